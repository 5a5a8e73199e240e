//! The files of a new site: the whole folder appears at once, or, in a folder that is there already, all
//! of the files or none.

use super::author::Before;
use super::calls;
use super::error::WriteError;
use super::folder::Staged;
use super::together::replace_together;
use super::{disk, fault};
use crate::text::SitePath;
use std::path::Path;

/// Writes `files` into `folder`, which is made where it is missing. A process killed here may leave a
/// `.rapporteur-….tmp` beside it or in it.
///
/// # Errors
/// [`WriteError::Moved`] where something stands in the place of one of them; [`WriteError::System`].
pub fn new_site(folder: &Path, files: &[(SitePath, Vec<u8>)]) -> Result<(), WriteError> {
    let folder = std::path::absolute(folder).map_err(WriteError::system("find", folder))?;
    if disk::look(&folder).map_err(WriteError::system("look at", &folder))?.is_some() {
        let edits: Vec<_> =
            files.iter().map(|(path, bytes)| (path.clone(), Before::Absent, Some(bytes.clone()))).collect();
        return replace_together(&folder, &edits);
    }
    let above = folder.parent().unwrap_or(&folder);
    calls::create_dir_all(above).map_err(WriteError::system("make the folder", above))?;
    let staged = Staged::beside(above).map_err(WriteError::system("make a folder in", above))?;
    for (path, bytes) in files {
        let file = staged.0.join(path.as_str());
        let inside = file.parent().unwrap_or(&staged.0);
        calls::create_dir_all(inside).map_err(WriteError::system("make the folder", inside))?;
        disk::create_new(&file)
            .and_then(|mut created| {
                calls::write_all(&mut created, &file, bytes)?;
                calls::sync_file(&created, &file)
            })
            .map_err(WriteError::system("write", &file))?;
        fault::step();
    }
    calls::rename(&staged.0, &folder).map_err(WriteError::system("write", &folder))?;
    fault::step();
    let _ = disk::sync(above);
    Ok(())
}
