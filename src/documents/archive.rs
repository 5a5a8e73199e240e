//! The parts of a document that is a zip archive. The reader of archives is the crate `zip`, with deflate
//! alone; how much a part may hold is bounded here, since an archive's own word for it can be false.

use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// No part may be larger when it is unpacked.
const LARGEST: u64 = 128 << 20;

/// An archive that is open.
pub struct Archive<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Archive<'b> {
    /// Opens one.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        ZipArchive::new(Cursor::new(bytes)).map(Archive).map_err(|error| damaged(&error.to_string()))
    }

    /// Whether it has this part.
    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// The text of a part; `None` where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let part = match self.0.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err("it is protected by a password: save a copy without one".into());
            }
            Err(error) => return Err(damaged(&error.to_string())),
        };
        let mut bytes = Vec::new();
        part.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        if bytes.len() as u64 > LARGEST {
            let most = LARGEST >> 20;
            return Err(format!(
                "`{name}` in it is larger than {most} MiB when it is unpacked: that is no text"
            ));
        }
        super::encoding::decoded(&bytes, super::encoding::Declared::No).map(Some)
    }
}

fn damaged(why: &str) -> String {
    format!("it is damaged: {why}")
}
