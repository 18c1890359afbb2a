//! Files that rot: no flipped bit passes in silence, no truncated file is taken for a whole one.

use std::path::Path;

use aplomb::domain::dossier::Dossier;
use aplomb::storage::format::State;
use aplomb::storage::{Error, Files, Store, journal};
use jiff::civil::date;

use super::forgeries::{without_crc, without_end_mark, without_hash};
use super::script::{DIR, Mutant, at, change, workspace};
use super::simulated_disk::{Forgery, Image};

/// A small dossier with an unfolded journal.
fn small_dossier() -> (Image, Dossier) {
    let disk = Mutant::default().disk(&workspace());
    let dossier = Dossier::new("Bel Atelier", date(2026, 1, 15));
    let mut store = Store::create_on(disk.clone(), DIR, dossier).expect("creates");
    for n in 0..3 {
        store.apply(change(n), at(n)).expect("applies");
    }
    store.checkpoint().expect("folds");
    for n in 3..5 {
        store.apply(change(n), at(n)).expect("applies");
    }
    (disk.moment().live(), store.dossier().clone())
}

/// Counts the flips of one file that change the dossier without a word, or are taken for clean.
fn silent_flips(forged: Option<Forgery>, path: &Path) -> (usize, usize) {
    let (image, dossier) = small_dossier();
    let content = image[path].clone().expect("a file");
    let mut silent = 0;
    let bits = content.len() * 8;
    for bit in 0..bits {
        let mut flipped = content.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let mut image = image.clone();
        image.insert(path.to_owned(), Some(flipped.clone()));
        let disk = Mutant {
            forged,
            ..Mutant::default()
        }
        .disk(&image);
        let is_told = match Store::open_on(disk.clone(), DIR) {
            Err(_) => true,
            Ok(store) if store.opening().state == State::HandEdited => true,
            Ok(store) => {
                let lost = store.opening().recovered.is_some_and(|r| r.lost_bytes > 0);
                lost && dossier.history.starts_with(&store.dossier().history)
            }
        };
        let untouched = disk.moment().live()[path].as_deref() == Some(&flipped[..]);
        if !is_told || !untouched {
            silent += 1;
        }
    }
    (bits, silent)
}

#[test]
fn no_flipped_bit_passes_in_silence() {
    let files = Files::new(DIR);
    for path in [files.snapshot(), files.journal()] {
        let (bits, silent) = silent_flips(None, &path);
        println!("{}: {bits} bits, {silent} silent", path.display());
        assert!(bits > 1000 && silent == 0, "{silent} of {bits}");
    }
}

#[test]
fn a_reader_without_its_checksums_would_be_noticed() {
    let files = Files::new(DIR);
    assert!(
        silent_flips(Some(without_crc), &files.journal()).1 > 0,
        "CRC"
    );
    assert!(
        silent_flips(Some(without_hash), &files.snapshot()).1 > 0,
        "hash"
    );
}

/// Counts the truncations of the snapshot that are not reported as damage.
fn accepted_truncations(forged: Option<Forgery>) -> usize {
    let (image, dossier) = small_dossier();
    let files = Files::new(DIR);
    let content = image[&files.snapshot()].clone().expect("a file");
    let mut accepted = 0;
    for cut in 0..content.len() {
        let mut image = image.clone();
        image.insert(files.snapshot(), Some(content[..cut].to_vec()));
        let disk = Mutant {
            forged,
            ..Mutant::default()
        }
        .disk(&image);
        match Store::open_on(disk.clone(), DIR) {
            Err(Error::Damaged {
                line,
                column,
                backup,
                ..
            }) => {
                assert!(line >= 1 && column >= 1);
                let backup = backup.expect("the last good version is offered");
                assert_eq!(backup.answers, dossier.answers.len());
            }
            _ => accepted += 1,
        }
        let live = disk.moment().live();
        assert_eq!(
            live[&files.snapshot()].as_deref(),
            Some(&content[..cut]),
            "untouched"
        );
    }
    accepted
}

#[test]
fn no_truncated_snapshot_is_taken_for_a_whole_one() {
    assert_eq!(accepted_truncations(None), 0);
}

#[test]
fn a_reader_without_the_end_mark_would_be_noticed() {
    assert!(accepted_truncations(Some(without_end_mark)) > 0);
}

#[test]
fn a_truncated_journal_gives_its_longest_valid_prefix_and_says_so() {
    let (image, dossier) = small_dossier();
    let path = Files::new(DIR).journal();
    let content = image[&path].clone().expect("a file");
    let whole = journal::scan(&content).expect("reads");
    for cut in 0..content.len() {
        let mut image = image.clone();
        image.insert(path.clone(), Some(content[..cut].to_vec()));
        let store = Store::open_on(Mutant::default().disk(&image), DIR).expect("opens");
        let known = journal::scan(&content[..cut]).expect("reads");
        let replayed = known.records.len();
        assert_eq!(
            store.dossier().history,
            dossier.history[..3 + replayed],
            "{cut}"
        );
        let recovered = store.opening().recovered.unwrap_or_default();
        assert_eq!(
            (recovered.replayed, recovered.lost_bytes),
            (replayed, known.lost_bytes)
        );
        assert_eq!(
            store.opening().messages().is_empty(),
            replayed == 0 && known.lost_bytes == 0
        );
    }
    assert_eq!(whole.records.len(), 2);
}
