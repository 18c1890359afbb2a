//! Readers that leave one check out, played by making right what they would not look at.

use std::path::Path;

use aplomb::storage::{Files, format, journal};

use super::script::DIR;
use super::simulated_disk::Image;

/// Plays a journal reader that does not check the CRC.
pub fn without_crc(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
    rewrite_journal(path, bytes, |record, _| record)
}

/// Plays a reader that applies every record, whatever its sequence number.
pub fn without_sequence(path: &Path, bytes: Vec<u8>, image: &Image) -> Vec<u8> {
    let snapshot = image
        .get(&Files::new(DIR).snapshot())
        .and_then(Option::as_ref);
    let known = snapshot.and_then(|text| format::read(text).ok());
    let first = known.map_or(0, |loaded| loaded.dossier.history.len() as u64) + 1;
    rewrite_journal(path, bytes, |mut record, index| {
        record[8..16].copy_from_slice(&(first + index).to_le_bytes());
        record
    })
}

/// Changes each record of a journal, and makes its CRC right.
fn rewrite_journal(path: &Path, bytes: Vec<u8>, edit: impl Fn(Vec<u8>, u64) -> Vec<u8>) -> Vec<u8> {
    if !path.ends_with("dossier.journal") || !bytes.starts_with(journal::HEADER) {
        return bytes;
    }
    let mut out = journal::HEADER.to_vec();
    let mut rest = &bytes[journal::HEADER.len()..];
    for index in 0.. {
        let Some(length) = rest.first_chunk().map(|length| u32::from_le_bytes(*length)) else {
            break;
        };
        let end = journal::PREFIX + usize::try_from(length).expect("32 bits");
        let Some(record) = rest.get(..end) else { break };
        let mut record = edit(record.to_vec(), index);
        let crc = journal::checksum(&record);
        record[4..8].copy_from_slice(&crc.to_le_bytes());
        out.extend(record);
        rest = &rest[end..];
    }
    out.extend(rest);
    out
}

/// Plays a snapshot reader that does not check the hash of a file with a complete end.
pub fn without_hash(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    match (path.ends_with("dossier.toml"), text.rfind("sha256 = \"")) {
        (true, Some(start)) => sealed(&text[..start]),
        _ => bytes,
    }
}

/// Plays a snapshot reader that does not look for the end of the file.
pub fn without_end_mark(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    let start = text.find("sha256 = \"").unwrap_or(text.len());
    if !path.ends_with("dossier.toml") {
        return bytes;
    }
    match &text[..start] {
        text if text.contains("[integrity]") => sealed(text),
        text => sealed(&format!("{text}\n[integrity]\nanswers = 0\n")),
    }
}

fn sealed(text: &str) -> Vec<u8> {
    use aplomb::storage::checksum::{hex, sha256};
    format!("{text}sha256 = \"{}\"\n", hex(&sha256(text.as_bytes()))).into_bytes()
}
