//! What stands in a folder of the dossier: the texts in place, what the owner dropped there.
//!
//! Read to be kept as a proof: in the order of names, ordinary files only, within bounds, and what is
//! left out is said. Hidden files are no texts, they are left out without a word.

use std::fs;
use std::path::Path;

use super::disk::{Disk as _, RealDisk};
use super::error::is_unsafe;

/// The heaviest file kept, in bytes.
const MAX_FILE: u64 = 16 << 20;
/// The most that the files of a folder weigh together.
const MAX_TOTAL: u64 = 64 << 20;
/// The most files and folders looked at.
const MAX_ENTRIES: usize = 2_000;
/// The deepest folder looked into.
const MAX_DEPTH: usize = 6;

/// The files of a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Name from the dossier on, with « / », and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was left out, and why, in French.
    pub left: Vec<(String, &'static str)>,
    total: u64,
    seen: usize,
}

/// Reads a folder of a dossier; there may be none.
pub fn read(dossier: &Path, folder: &str) -> Kept {
    let mut kept = Kept::default();
    kept.take(&dossier.join(folder), folder.to_owned(), 0);
    kept
}

impl Kept {
    fn take(&mut self, path: &Path, name: String, depth: usize) {
        let Ok(metadata) = fs::symlink_metadata(path) else {
            return;
        };
        self.seen += 1;
        let why = if self.seen > MAX_ENTRIES {
            // Said once: the rest would be as many lines.
            if self.seen > MAX_ENTRIES + 1 {
                return;
            }
            "il y a trop de fichiers, celui-ci et les suivants sont laissés"
        } else if name.contains('\\') || name.contains(is_unsafe) {
            "son nom ne convient pas à une archive"
        } else if metadata.is_symlink() {
            "c'est un lien, qui n'est pas suivi"
        } else if metadata.is_dir() && depth > MAX_DEPTH {
            "ce dossier est trop profond"
        } else if metadata.is_dir() {
            return self.enter(path, &name, depth);
        } else if !metadata.is_file() {
            "ce n'est pas un fichier ordinaire"
        } else if metadata.len() > MAX_FILE {
            "il dépasse 16 Mio"
        } else if self.total + metadata.len() > MAX_TOTAL {
            "l'ensemble dépasserait 64 Mio"
        } else {
            match RealDisk.read(path, MAX_FILE) {
                Ok(bytes) => {
                    self.total += bytes.len() as u64;
                    self.files.push((name, bytes));
                    return;
                }
                Err(_) => "il n'a pas pu être lu",
            }
        };
        self.left.push((name, why));
    }

    fn enter(&mut self, path: &Path, name: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(path) else {
            self.left
                .push((name.to_owned(), "ce dossier n'a pas pu être lu"));
            return;
        };
        let mut names: Vec<_> = entries
            .take(MAX_ENTRIES)
            .filter_map(|entry| Some(entry.ok()?.file_name()))
            .filter(|name| !name.to_string_lossy().starts_with('.'))
            .collect();
        names.sort();
        for inner in names {
            let full = format!("{name}/{}", inner.to_string_lossy());
            self.take(&path.join(&inner), full, depth + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_files_are_kept_in_order_and_the_rest_is_said() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |name: &str| root.path().join("preuves").join(name);
        assert_eq!(read(root.path(), "preuves"), Kept::default());
        fs::create_dir_all(at("b/c")).expect("creates");
        for name in ["z.txt", "b/c/deux.pdf", "a.txt", ".cache"] {
            fs::write(at(name), name).expect("writes");
        }
        let big = fs::File::create(at("gros.bin")).expect("creates");
        big.set_len(MAX_FILE + 1).expect("grows");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc/passwd", at("lien")).expect("links");
            std::os::unix::fs::symlink(root.path(), at("boucle")).expect("links");
        }
        let kept = read(root.path(), "preuves");
        let names: Vec<_> = kept.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["preuves/a.txt", "preuves/b/c/deux.pdf", "preuves/z.txt"]
        );
        assert_eq!(kept.files[1].1, b"b/c/deux.pdf");
        let left: Vec<_> = kept.left.iter().map(|(name, _)| name.as_str()).collect();
        if cfg!(unix) {
            assert_eq!(left, ["preuves/boucle", "preuves/gros.bin", "preuves/lien"]);
        }
    }
}
