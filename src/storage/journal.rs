//! The journal: each change made since the snapshot, one checksummed record after the other.
//!
//! ```text
//! "APLOMB JOURNAL 2 2\n"                                  header; the version twice, so that
//!                                                         no single damaged bit makes a new one
//! length u32 │ CRC-32C u32 │ sequence u64 │ payload       little-endian; the CRC covers all but
//! …                                                       itself; the payload is the history line
//! ```
//!
//! The sequence number of a change is its place in the history of the dossier, from 1. A journal can
//! thus always be compared with a snapshot: changes already folded are recognised, and a journal that
//! belongs to another history is never applied. Reading takes the longest valid prefix.

use crate::domain::dossier::Entry;

use super::checksum::crc32c;
use super::format::{read_entry, write_entry};

/// What a journal of this version starts with.
pub const HEADER: &[u8] = b"APLOMB JOURNAL 2 2\n";

/// What a journal of the version before starts with: read, never added to, so that an older program
/// never meets a change it does not know under a header it does.
const FORMER: &[u8] = b"APLOMB JOURNAL 1 1\n";

/// The newest version this program reads.
pub const VERSION: u64 = 2;

/// The largest change accepted.
pub const MAX_PAYLOAD: usize = 1 << 20;

/// The largest journal read.
pub const MAX_BYTES: u64 = 64 << 20;

/// Bytes before the payload of a record.
pub const PREFIX: usize = 16;

/// How many bytes the search for records after a break may check.
const SEARCH_BUDGET: usize = 16 << 20;

/// One change read from a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Place in the history, from 1.
    pub sequence: u64,
    /// The change.
    pub entry: Entry,
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// The longest valid prefix.
    pub records: Vec<Record>,
    /// Where it ends.
    pub valid_len: usize,
    /// Bytes left after it: a record cut by a crash, or damage.
    pub lost_bytes: usize,
    /// Valid records beyond a break; more than none means damage, not a crash.
    pub lost_records: usize,
    /// It is of a version before.
    pub former: bool,
}

/// Why a change cannot be written, or a journal read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalError {
    /// The change is larger than [`MAX_PAYLOAD`].
    TooLarge(usize),
    /// The journal was written by a newer program, of this version.
    Newer(u64),
}

/// The bytes of one record.
pub fn encode(sequence: u64, entry: &Entry) -> Result<Vec<u8>, JournalError> {
    let payload = write_entry(entry);
    let length = u32::try_from(payload.len())
        .ok()
        .filter(|_| payload.len() <= MAX_PAYLOAD);
    let length = length.ok_or(JournalError::TooLarge(payload.len()))?;
    let mut record = Vec::with_capacity(PREFIX + payload.len());
    record.extend(length.to_le_bytes());
    record.extend([0; 4]);
    record.extend(sequence.to_le_bytes());
    record.extend(payload.as_bytes());
    let crc = checksum(&record);
    record[4..8].copy_from_slice(&crc.to_le_bytes());
    Ok(record)
}

/// The CRC of a record, its own field left out.
pub fn checksum(record: &[u8]) -> u32 {
    let mut covered = Vec::with_capacity(record.len());
    covered.extend(record.iter().take(4));
    covered.extend(record.iter().skip(8));
    crc32c(&covered)
}

/// The longest valid prefix of a journal.
pub fn scan(bytes: &[u8]) -> Result<Scan, JournalError> {
    let former = bytes.starts_with(FORMER);
    let header = if former { FORMER } else { HEADER };
    let Some(body) = bytes.strip_prefix(header) else {
        return match newer(bytes) {
            Some(version) => Err(JournalError::Newer(version)),
            None => Ok(Scan {
                lost_bytes: bytes.len(),
                lost_records: stray_records(bytes),
                ..Scan::default()
            }),
        };
    };
    let mut records: Vec<Record> = Vec::new();
    let mut rest = body;
    while let Some((record, length)) = decode(rest) {
        if records
            .last()
            .is_some_and(|last| last.sequence + 1 != record.sequence)
        {
            break;
        }
        records.push(record);
        rest = &rest[length..];
    }
    Ok(Scan {
        records,
        valid_len: bytes.len() - rest.len(),
        lost_bytes: rest.len(),
        lost_records: stray_records(rest),
        former,
    })
}

/// The first record, and its length in bytes.
fn decode(bytes: &[u8]) -> Option<(Record, usize)> {
    let length = PREFIX + payload_length(bytes)?;
    let record = bytes.get(..length)?;
    let crc = u32::from_le_bytes(*record.get(4..)?.first_chunk()?);
    let sequence = u64::from_le_bytes(*record.get(8..)?.first_chunk()?);
    if checksum(record) != crc || sequence == 0 || sequence == u64::MAX {
        return None;
    }
    let payload = std::str::from_utf8(&record[PREFIX..]).ok()?;
    let entry = read_entry(&format!("change = {payload}")).ok()?;
    Some((Record { sequence, entry }, length))
}

/// The length of the payload of the first record, when it is one a record can have.
fn payload_length(bytes: &[u8]) -> Option<usize> {
    let length = usize::try_from(u32::from_le_bytes(*bytes.first_chunk()?)).ok()?;
    (1..=MAX_PAYLOAD).contains(&length).then_some(length)
}

/// Counts the valid records after a break.
fn stray_records(bytes: &[u8]) -> usize {
    let (mut found, mut start, mut budget) = (0, 0, SEARCH_BUDGET);
    while start + PREFIX < bytes.len() {
        let rest = &bytes[start..];
        let cost = payload_length(rest).filter(|length| PREFIX + length <= rest.len());
        match budget.checked_sub(cost.unwrap_or(1)) {
            Some(left) => budget = left,
            None => break,
        }
        match cost.and_then(|_| decode(rest)) {
            Some((_, length)) => {
                found += 1;
                start += length;
            }
            None => start += 1,
        }
    }
    found
}

/// The version of a journal written by a newer program.
fn newer(bytes: &[u8]) -> Option<u64> {
    let line = bytes.strip_prefix(b"APLOMB JOURNAL ")?;
    let line = line.get(..line.iter().position(|byte| *byte == b'\n')?)?;
    let (first, second) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let version = first.parse().ok().filter(|version| *version > VERSION)?;
    (first == second).then_some(version)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::answer::Answer;
    use crate::domain::dossier::Change;

    fn entry(n: usize) -> Entry {
        Entry {
            at: date(2026, 1, 15).at(10, 0, 0, 0),
            change: Change::Answer {
                question: format!("q.{n}"),
                answer: Some(Answer::Later),
            },
        }
    }

    fn journal(sequences: &[u64]) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        for sequence in sequences {
            let entry = entry(usize::try_from(*sequence).expect("small"));
            bytes.extend(encode(*sequence, &entry).expect("encodes"));
        }
        bytes
    }

    #[test]
    fn every_truncation_gives_the_longest_valid_prefix() {
        let bytes = journal(&[1, 2, 3]);
        let ends: Vec<usize> = [&[][..], &[1], &[1, 2], &[1, 2, 3]]
            .map(|sequences| journal(sequences).len())
            .into();
        for cut in 0..=bytes.len() {
            let scan = scan(&bytes[..cut]).expect("reads");
            let whole = ends.iter().rposition(|end| *end <= cut).unwrap_or(0);
            assert_eq!(scan.records.len(), whole, "{cut}");
            assert_eq!(scan.lost_bytes, cut - scan.valid_len, "{cut}");
            assert_eq!(scan.lost_records, 0, "{cut}");
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = journal(&[1, 2, 3]);
        let clean = scan(&bytes).expect("reads");
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let scan = scan(&flipped).expect("never taken for a newer journal");
            assert!(scan.lost_bytes > 0, "{bit}");
            assert_eq!(scan.records, clean.records[..scan.records.len()], "{bit}");
        }
    }

    #[test]
    fn a_broken_record_in_the_middle_is_told_from_a_cut_tail() {
        let mut bytes = journal(&[1, 2, 3, 4]);
        let second = journal(&[1]).len();
        bytes[second + PREFIX + 2] ^= 1;
        let scan = scan(&bytes).expect("reads");
        assert_eq!((scan.records.len(), scan.lost_records), (1, 2));
    }

    #[test]
    fn a_record_out_of_sequence_ends_the_prefix() {
        for sequences in [[4, 6].as_slice(), &[4, 4], &[4, 3]] {
            assert_eq!(scan(&journal(sequences)).expect("reads").records.len(), 1);
        }
    }

    #[test]
    fn a_newer_journal_is_refused() {
        assert_eq!(
            scan(b"APLOMB JOURNAL 3 3\nxyz"),
            Err(JournalError::Newer(3))
        );
        assert!(scan(b"APLOMB JOURNAL 3 1\nxyz").is_ok_and(|scan| scan.lost_bytes == 22));
    }

    #[test]
    fn a_giant_change_is_refused() {
        let text = Some("x".repeat(MAX_PAYLOAD));
        let change = Change::Note {
            question: "q".to_owned(),
            text,
        };
        let entry = Entry {
            at: date(2026, 1, 15).at(0, 0, 0, 0),
            change,
        };
        assert!(matches!(encode(1, &entry), Err(JournalError::TooLarge(_))));
    }
}
