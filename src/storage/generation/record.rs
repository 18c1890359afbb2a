//! The hidden file that remembers the previous generation of a folder.
//!
//! Written before the files, with what they are and what they will be; a mark added after them says that
//! they are. Everything read is checked against fingerprints: damage or loss makes a file look edited,
//! which loses nothing.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::io::{Read as _, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::checksum::{hex, sha256};
use super::super::disk::{Disk, read_if_exists};

/// Name of the file.
pub const RECORD: &str = ".aplomb-documents";

const FIRST_LINE: &[u8] = b"aplomb-documents 2\n";
/// Added once every file is written.
pub(super) const DONE: &[u8] = b"\nfait\n";

/// The largest record read, and the most its texts may weigh.
const MAX_RECORD: u64 = 16 << 20;
const MAX_TEXTS: u64 = 64 << 20;

/// A SHA-256, in hexadecimal.
pub(super) type Hash = String;

pub(super) fn hash(bytes: &[u8]) -> Hash {
    hex(&sha256(bytes))
}

/// A state of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    /// The file as the program left it.
    pub(super) file: Hash,
    /// The generated text it comes from: the same, unless a manual edit was merged in.
    pub(super) base: Hash,
    /// The day of that text.
    pub(super) date: Date,
}

/// A new version written beside an edited file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Proposed {
    /// Its name.
    pub(super) name: String,
    /// The generated text.
    pub(super) base: Hash,
    /// Its day.
    pub(super) date: Date,
}

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its last state; during a generation, the state before and the state after.
    pub(super) versions: Vec<Version>,
    /// The new version that waits beside it.
    pub(super) proposed: Option<Proposed>,
    /// The mark will say that the last version was written.
    #[serde(default)]
    pub(super) is_settling: bool,
    /// A generation stopped half-way: only a fingerprint can tell the state of the file.
    #[serde(default)]
    pub(super) is_unsure: bool,
}

/// The previous generation.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) entries: BTreeMap<String, Entry>,
    pub(super) texts: Texts,
}

/// The texts of a record. They are unpacked the day one of them is needed: most generations find every
/// file as it was left.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    /// Fingerprints of the texts that are packed, in order, and that are still named.
    packed: Vec<(Hash, bool)>,
    /// Lengths of the packed texts.
    lengths: Vec<usize>,
    /// The texts together, deflated.
    bytes: Vec<u8>,
    unpacked: OnceCell<BTreeMap<Hash, String>>,
    added: BTreeMap<Hash, String>,
}

impl Texts {
    /// Tells whether a text of this fingerprint is there.
    pub(super) fn has(&self, hash: &Hash) -> bool {
        let is_packed = self.packed.binary_search_by(|(known, _)| known.cmp(hash));
        self.added.contains_key(hash) || is_packed.is_ok_and(|at| self.packed[at].1)
    }

    /// The text of this fingerprint, if it is there and undamaged.
    pub(super) fn get(&self, hash: &Hash) -> Option<&str> {
        let found = self.added.get(hash).or_else(|| self.unpacked().get(hash));
        found.filter(|_| self.has(hash)).map(String::as_str)
    }

    /// Adds a text.
    pub(super) fn insert(&mut self, hash: Hash, text: String) {
        self.added.insert(hash, text);
    }

    /// Forgets the other texts.
    fn retain(&mut self, is_named: impl Fn(&Hash) -> bool) {
        self.added.retain(|hash, _| is_named(hash));
        for (hash, is_kept) in &mut self.packed {
            *is_kept &= is_named(hash);
        }
    }

    /// Tells whether these are the very texts that were read.
    fn is_as_read(&self) -> bool {
        self.added.is_empty() && self.packed.iter().all(|(_, is_kept)| *is_kept)
    }

    fn unpacked(&self) -> &BTreeMap<Hash, String> {
        self.unpacked
            .get_or_init(|| unpack(&self.bytes, &self.lengths))
    }

    /// Every text that is there, in the order of fingerprints.
    fn all(&self) -> BTreeMap<&Hash, &str> {
        let unpacked = self.unpacked().iter().filter(|(hash, _)| self.has(hash));
        let all = unpacked.chain(&self.added);
        all.map(|(hash, text)| (hash, text.as_str())).collect()
    }
}

/// What stands before the texts.
#[derive(Serialize, Deserialize)]
struct Index {
    entries: BTreeMap<String, Entry>,
    /// Lengths of the texts, in order.
    texts: Vec<usize>,
    /// Fingerprints of the texts, in order. A file written before they were has none.
    #[serde(default)]
    hashes: Vec<Hash>,
    /// Length of the texts together, deflated.
    packed: usize,
}

impl Record {
    /// The record of a folder; empty when there is none that can be read.
    pub(super) fn read(disk: &dyn Disk, path: &Path) -> Self {
        let bytes = read_if_exists(disk, path, MAX_RECORD).ok().flatten();
        bytes
            .and_then(|bytes| Self::parse(&bytes))
            .unwrap_or_default()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(FIRST_LINE)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let index: Index = serde_json::from_slice(&rest[..end]).ok()?;
        let rest = &rest[end + 1..];
        let is_done = rest.get(index.packed..) == Some(DONE);
        let packed = &rest[..index.packed.min(rest.len())];
        let mut entries = index.entries;
        for entry in entries.values_mut().filter(|entry| entry.is_settling) {
            entry.is_settling = false;
            if is_done {
                entry
                    .versions
                    .drain(..entry.versions.len().saturating_sub(1));
                entry.is_unsure = false;
            } else {
                entry.proposed = None;
                entry.is_unsure = true;
            }
        }
        let mut texts = Texts {
            lengths: index.texts,
            bytes: packed.to_vec(),
            ..Texts::default()
        };
        let is_sorted = index.hashes.is_sorted() && index.hashes.len() == texts.lengths.len();
        let hashes = if is_sorted {
            index.hashes
        } else {
            texts.unpacked().keys().cloned().collect()
        };
        texts.packed = hashes.into_iter().map(|hash| (hash, true)).collect();
        Some(Self { entries, texts })
    }

    /// The bytes of the record, without the mark.
    pub(super) fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        let texts = self.texts.all();
        for text in texts.values() {
            encoder.write_all(text.as_bytes())?;
        }
        let packed = encoder.finish()?;
        let index = Index {
            entries: self.entries.clone(),
            texts: texts.values().map(|text| text.len()).collect(),
            hashes: texts.into_keys().cloned().collect(),
            packed: packed.len(),
        };
        let mut bytes = FIRST_LINE.to_vec();
        serde_json::to_writer(&mut bytes, &index)?;
        bytes.push(b'\n');
        bytes.extend(packed);
        Ok(bytes)
    }

    /// Forgets the texts that nothing names any more.
    pub(super) fn forget(&mut self) {
        let named = self.entries.values().flat_map(|entry| {
            let versions = entry.versions.iter().map(|version| &version.base);
            versions.chain(entry.proposed.iter().map(|proposed| &proposed.base))
        });
        let named: HashSet<&Hash> = named.collect();
        self.texts.retain(|hash| named.contains(hash));
    }

    /// Tells whether nothing has to be written over the record it was read from.
    pub(super) fn is_as_read(&self, entries: &BTreeMap<String, Entry>) -> bool {
        self.entries == *entries && self.texts.is_as_read()
    }
}

/// The texts found whole, each under its own fingerprint.
fn unpack(packed: &[u8], lengths: &[usize]) -> BTreeMap<Hash, String> {
    let mut texts = BTreeMap::new();
    let mut decoder = DeflateDecoder::new(packed).take(MAX_TEXTS);
    for length in lengths {
        let mut text = Vec::new();
        let read = (&mut decoder).take(*length as u64).read_to_end(&mut text);
        if read.is_err() || text.len() < *length {
            break;
        }
        let hash = hash(&text);
        if let Ok(text) = String::from_utf8(text) {
            texts.insert(hash, text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn record() -> Record {
        let version = |text: &str| Version {
            file: hash(text.as_bytes()),
            base: hash(text.as_bytes()),
            date: date(2026, 11, 23),
        };
        let entry = Entry {
            versions: vec![version("un\n"), version("deux, é\n")],
            proposed: None,
            is_settling: true,
            is_unsure: false,
        };
        let texts = ["un\n", "deux, é\n"].map(|text| (hash(text.as_bytes()), text.to_owned()));
        Record {
            entries: BTreeMap::from([("a.md".to_owned(), entry)]),
            texts: Texts {
                added: texts.into(),
                ..Texts::default()
            },
        }
    }

    #[test]
    fn the_mark_tells_which_version_stands() {
        let record = record();
        let mut bytes = record.write().unwrap();
        let half = Record::parse(&bytes).unwrap();
        assert_eq!(half.texts.all(), record.texts.all());
        assert!(half.entries["a.md"].is_unsure);
        assert_eq!(half.entries["a.md"].versions.len(), 2);
        bytes.extend(DONE);
        let whole = Record::parse(&bytes).unwrap();
        assert!(!whole.entries["a.md"].is_unsure);
        assert_eq!(
            whole.entries["a.md"].versions,
            record.entries["a.md"].versions[1..]
        );
    }

    #[test]
    fn a_record_without_the_fingerprints_of_its_texts_is_read() {
        let record = record();
        let bytes = record.write().unwrap();
        let start = bytes
            .windows(10)
            .position(|w| w == b"\"hashes\":[")
            .unwrap();
        let end = start + bytes[start..].iter().position(|b| *b == b']').unwrap();
        let older = [&bytes[..start], &bytes[end + 2..]].concat();
        let read = Record::parse(&older).unwrap();
        assert_eq!(read.texts.all(), record.texts.all());
    }

    #[test]
    fn damage_is_noticed_wherever_it_is() {
        let record = record();
        let mut whole = record.write().unwrap();
        whole.extend(DONE);
        for at in 0..whole.len() {
            let cut = Record::parse(&whole[..at]).unwrap_or_default();
            assert!(cut.entries.values().all(|entry| entry.is_unsure), "{at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            let read = Record::parse(&flipped).unwrap_or_default();
            for version in read.entries.values().flat_map(|entry| &entry.versions) {
                let text = read.texts.get(&version.base);
                assert!(
                    text.is_none() || text == record.texts.get(&version.base),
                    "{at}"
                );
            }
        }
    }
}
