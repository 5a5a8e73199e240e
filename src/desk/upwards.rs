//! Which site a folder belongs to.

use std::path::{Path, PathBuf};

/// The nearest folder, from `folder` upwards, that holds a `rapporteur.yaml`.
pub fn site_above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| above.join("rapporteur.yaml").is_file()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_site_counts() {
        let top = tempfile::tempdir().unwrap();
        let inner = top.path().join("inner/content/debates");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(top.path().join("rapporteur.yaml"), "title: Outer\n").unwrap();
        assert_eq!(site_above(&inner), Some(top.path().to_owned()));
        std::fs::write(top.path().join("inner/rapporteur.yaml"), "title: Inner\n").unwrap();
        assert_eq!(site_above(&inner), Some(top.path().join("inner")));
    }
}
