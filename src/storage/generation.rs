//! What was generated in a folder, so that a manual edit is recognised and never overwritten.
//!
//! A hidden record keeps the SHA-256 of each file as it was generated. A file whose content is no
//! longer the one recorded was edited by hand: it is left alone. The record is written after the
//! files: a crash in between makes a file look edited, which loses nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::checksum::{hex, sha256};
use super::error::Error;
use super::output::{Overwrite, Written, safe_output_path, write_atomic};

/// Name of the record.
pub const RECORD: &str = ".aplomb-documents";

/// What became of a generated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was nothing there.
    Created,
    /// The same text was there.
    Unchanged,
    /// The previous generation was there, untouched, and was replaced.
    Updated,
    /// The file was edited by hand, and was left alone.
    Edited,
}

/// A folder of generated files.
#[derive(Debug)]
pub struct Generation {
    folder: PathBuf,
    recorded: BTreeMap<String, String>,
}

impl Generation {
    /// The generation of a folder, which need not exist yet.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        // An unreadable record makes every file look edited, which loses nothing.
        let text = fs::read_to_string(folder.join(RECORD)).unwrap_or_default();
        let recorded = text
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(hash, name)| (name.to_owned(), hash.to_owned()))
            .collect();
        Self { folder, recorded }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Tells what writing a file would do.
    pub fn foresee(&self, name: &str, bytes: &[u8]) -> Result<Outcome, Error> {
        let path = safe_output_path(&self.folder, name)?;
        let current = match fs::read(&path) {
            Ok(current) => current,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Outcome::Created);
            }
            Err(error) => return Err(Error::read(&path, error)),
        };
        Ok(match self.recorded.get(name) {
            _ if current == bytes => Outcome::Unchanged,
            Some(hash) if *hash == digest(&current) => Outcome::Updated,
            _ => Outcome::Edited,
        })
    }

    /// Writes a file unless it was edited by hand.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<Outcome, Error> {
        let outcome = self.foresee(name, bytes)?;
        let path = safe_output_path(&self.folder, name)?;
        let overwrite = match outcome {
            Outcome::Edited => return Ok(Outcome::Edited),
            Outcome::Updated => Overwrite::Allow,
            Outcome::Created | Outcome::Unchanged => Overwrite::Refuse,
        };
        match write_atomic(&path, bytes, overwrite)? {
            Written::Differs => Ok(Outcome::Edited),
            Written::Created | Written::Unchanged | Written::Replaced => {
                self.recorded.insert(name.to_owned(), digest(bytes));
                Ok(outcome)
            }
        }
    }

    /// Remembers what was written.
    pub fn finish(self) -> Result<(), Error> {
        let lines: Vec<String> = self
            .recorded
            .iter()
            .map(|(name, hash)| format!("{hash}  {name}\n"))
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        write_atomic(
            &self.folder.join(RECORD),
            lines.concat().as_bytes(),
            Overwrite::Allow,
        )?;
        Ok(())
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_edit_survives_every_generation() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &str| {
            let mut generation = Generation::open(folder.path());
            let outcome = generation.write("a.md", text.as_bytes()).unwrap();
            generation.finish().unwrap();
            outcome
        };
        assert_eq!(write("un"), Outcome::Created);
        assert_eq!(write("un"), Outcome::Unchanged);
        assert_eq!(write("deux"), Outcome::Updated);
        fs::write(folder.path().join("a.md"), "deux, à ma façon").unwrap();
        assert_eq!(write("trois"), Outcome::Edited);
        assert_eq!(write("trois"), Outcome::Edited);
        let kept = fs::read_to_string(folder.path().join("a.md")).unwrap();
        assert_eq!(kept, "deux, à ma façon");
    }

    #[test]
    fn a_file_that_was_never_generated_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "à moi").unwrap();
        let mut generation = Generation::open(folder.path());
        assert_eq!(generation.write("a.md", b"autre").unwrap(), Outcome::Edited);
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut generation = Generation::open(folder.path());
        for name in ["../a.md", "/tmp/a.md", "a/../../b.md", "CON", ""] {
            assert!(generation.write(name, b"x").is_err(), "{name}");
        }
    }
}
