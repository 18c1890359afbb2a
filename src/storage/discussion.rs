//! What a workshop leaves behind: the time spent on each theme and the questions put aside.
//!
//! It is nobody's answer: it stays out of `dossier.toml`, of undo, and of everything exported. A
//! hidden file of its own beside the dossier holds it, one fact on each line; losing that file loses
//! no answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::error::Error;
use super::output::{Overwrite, write_atomic};

/// Name of the file.
pub const RECORD: &str = ".aplomb-atelier";
/// Word of a question put aside.
const PARKED: &str = "garée";
/// Word of a time in seconds.
const SPENT: &str = "temps";
/// Largest file read.
const MOST: u64 = 64 * 1024;

/// What was discussed about a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Questions put aside, to see again at the end.
    pub parked: Vec<String>,
    /// Time spent on each theme.
    pub spent: BTreeMap<String, Duration>,
}

impl Discussion {
    /// What the folder of a dossier remembers; nothing when it cannot be read.
    pub fn read(dir: &Path) -> Self {
        let path = dir.join(RECORD);
        let small = fs::symlink_metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= MOST);
        let text = if small {
            fs::read_to_string(&path).unwrap_or_default()
        } else {
            String::new()
        };
        let mut discussion = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                [PARKED, id] if !id.is_empty() => discussion.parked.push(id.to_owned()),
                [SPENT, theme, seconds] => {
                    if let Ok(seconds) = seconds.parse() {
                        let spent = Duration::from_secs(seconds);
                        discussion.spent.insert(theme.to_owned(), spent);
                    }
                }
                _ => {}
            }
        }
        discussion
    }

    /// Writes it in the folder of a dossier, if there is something to remember.
    pub fn write(&self, dir: &Path) -> Result<(), Error> {
        let path = dir.join(RECORD);
        if *self == Self::default() && !path.exists() {
            return Ok(());
        }
        let parked = self.parked.iter().map(|id| format!("{PARKED} {id}\n"));
        let spent = self
            .spent
            .iter()
            .map(|(theme, spent)| format!("{SPENT} {theme} {}\n", spent.as_secs()));
        let text: String = parked.chain(spent).collect();
        write_atomic(&path, text.as_bytes(), Overwrite::Allow).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discussion_survives_and_damage_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Discussion::read(folder.path()), Discussion::default());
        Discussion::default().write(folder.path()).unwrap();
        assert!(!folder.path().join(RECORD).exists());
        let discussion = Discussion {
            parked: vec!["site.mentions".to_owned()],
            spent: BTreeMap::from([("site".to_owned(), Duration::from_secs(754))]),
        };
        discussion.write(folder.path()).unwrap();
        assert_eq!(Discussion::read(folder.path()), discussion);
        let path = folder.path().join(RECORD);
        let damaged = format!("{}temps site\n\0\ngarée \ntemps profil -3\n", {
            fs::read_to_string(&path).unwrap()
        });
        fs::write(&path, damaged).unwrap();
        assert_eq!(Discussion::read(folder.path()), discussion);
        Discussion::default().write(folder.path()).unwrap();
        assert_eq!(Discussion::read(folder.path()), Discussion::default());
    }
}
