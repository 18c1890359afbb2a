//! The promise « never lost », on a simulated disk: the power is cut after every single operation, in
//! every way the model allows; each step of the protocol is removed in turn, and the loss noticed;
//! every call fails in turn.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

#[path = "storage/simulated_disk.rs"]
mod simulated_disk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aplomb::domain::answer::{Amount, Answer, Value};
use aplomb::domain::catalogue::LegalBasis;
use aplomb::domain::dossier::{Change, Dossier, Status, Tracking};
use aplomb::domain::processing::{ActivityEdit, Part};
use aplomb::storage::format::{self, State};
use aplomb::storage::{Error, Files, Store, journal};
use jiff::civil::{DateTime, date};
use simulated_disk::{Fault, Forgery, Image, Sabotage, SimulatedDisk, Step};

const ROOT: &str = "/classeur";
const DIR: &str = "/classeur/bel-atelier";

fn at(n: usize) -> DateTime {
    let n = i8::try_from(n % 60).expect("under 60");
    date(2026, 1, 15).at(10, n, 0, 0)
}

/// The n-th change of every session: answers given, replaced and erased, notes, decisions.
fn change(n: usize) -> Change {
    let question = format!("q.{}", n % 7);
    match n % 6 {
        0 => Change::Answer {
            question,
            answer: Some(Answer::Value(Value::Number(Amount(
                i64::try_from(n).expect("small"),
            )))),
        },
        1 => Change::Note {
            question,
            text: Some(format!("note « {n} »")),
        },
        2 => Change::Answer {
            question,
            answer: Some(Answer::Unknown),
        },
        3 => Change::Action {
            action: question,
            tracking: Some(Tracking {
                status: Status::Doing,
                ..Tracking::default()
            }),
        },
        4 => Change::Activity {
            activity: question,
            edit: n.is_multiple_of(4).then(|| ActivityEdit {
                texts: BTreeMap::from([(Part::Retention, format!("{n} ans"))]),
                basis: Some(LegalBasis::Consent),
                ..ActivityEdit::default()
            }),
        },
        _ => Change::Answer {
            question,
            answer: n.is_multiple_of(2).then_some(Answer::Later),
        },
    }
}

/// The dossier after each number of changes.
fn expected(changes: usize) -> Vec<Dossier> {
    let mut dossier = Dossier::new("Bel Atelier", date(2026, 1, 15));
    let mut states = vec![dossier.clone()];
    for n in 0..changes {
        dossier.apply(at(n), change(n));
        states.push(dossier.clone());
    }
    states
}

/// A disk that may be sabotaged, in the hands of the same session.
#[derive(Clone, Copy, Default)]
struct Mutant {
    skipped: Option<Sabotage>,
    renamed_in_place: Option<Sabotage>,
    forged: Option<Forgery>,
}

impl Mutant {
    fn disk(self, image: &Image) -> Arc<SimulatedDisk> {
        let mut disk = SimulatedDisk::of(image);
        disk.skipped = self.skipped;
        disk.renamed_in_place = self.renamed_in_place;
        disk.forged = self.forged;
        disk.is_recorded = true;
        Arc::new(disk)
    }
}

fn workspace() -> Image {
    Image::from([(PathBuf::from(ROOT), None)])
}

/// Creates a dossier, makes changes, opens it again half-way, and closes it.
fn session(mutant: Mutant, changes: usize, fold_every: usize) -> Result<Arc<SimulatedDisk>, Error> {
    let disk = mutant.disk(&workspace());
    let dossier = expected(0).remove(0);
    let mut store = Store::create_on(disk.clone(), DIR, dossier)?.folding_every(fold_every);
    disk.acknowledge();
    for n in 0..changes {
        if n == changes / 2 {
            // As if the process had been killed.
            drop(store);
            store = Store::open_on(disk.clone(), DIR)?.folding_every(fold_every);
        }
        store.apply(change(n), at(n))?;
        disk.acknowledge();
    }
    store.close()?;
    Ok(disk)
}

/// What is wrong in what a power cut left, `acknowledged` changes having been promised.
fn fault_in(
    image: &Image,
    mutant: Mutant,
    acknowledged: usize,
    expected: &[Dossier],
    is_deep: bool,
) -> Option<String> {
    let open = |image: &Image| {
        let disk = mutant.disk(image);
        Store::open_on(disk.clone(), DIR).map(|store| (disk, store))
    };
    // The first acknowledgement is the creation.
    let Some(promised) = acknowledged.checked_sub(1) else {
        return match open(image) {
            Ok((_, store)) if *store.dossier() == expected[0] => None,
            Err(Error::Missing { .. }) => None,
            other => Some(format!("while being created: {other:?}")),
        };
    };
    let is_right = |dossier: &Dossier| {
        *dossier == expected[promised] || expected.get(promised + 1) == Some(dossier)
    };
    let files = Files::new(DIR);
    let (disk, mut store) = match open(image) {
        Ok(opened) => opened,
        Err(error) => return Some(format!("unreadable: {error}")),
    };
    if !is_right(store.dossier()) {
        return Some("lost or false changes".to_owned());
    }
    if store.opening().state != State::Clean {
        return Some("taken for a hand edit".to_owned());
    }
    if let Some(Some(backup)) = image.get(&files.backup()) {
        match format::read(backup) {
            Ok(loaded) if loaded.state == State::Clean => {}
            other => return Some(format!("bad backup: {other:?}")),
        }
    }
    if !is_deep {
        return None;
    }
    // Life goes on: the next change is as durable as the others, and nothing is left behind.
    let before = store.dossier().clone();
    if let Err(error) = store.apply(change(0), at(0)) {
        return Some(format!("no change after recovery: {error}"));
    }
    let mut after = before.clone();
    after.apply(at(0), change(0));
    match open(&disk.moment().durable()) {
        Ok((_, reopened)) if *reopened.dossier() == after => {}
        _ => return Some("the change after recovery is not durable".to_owned()),
    }
    if let Err(error) = store.close() {
        return Some(format!("not closed: {error}"));
    }
    let live = disk.moment().live();
    if let Some(stray) = live
        .keys()
        .find(|path| path.extension() == Some("tmp".as_ref()))
    {
        return Some(format!("left behind: {}", stray.display()));
    }
    // The backup rebuilds everything if the snapshot rots.
    let mut rotten = image.clone();
    rotten.insert(files.snapshot(), Some(b"# Dossier Aplomb\nrotten".to_vec()));
    match Store::restore_on(mutant.disk(&rotten), DIR) {
        Ok(restored) if *restored.dossier() == before => None,
        Ok(_) => Some("the backup lacks changes".to_owned()),
        Err(_) if !image.contains_key(&files.backup()) && promised == 0 => None,
        Err(error) => Some(format!("not restored: {error}")),
    }
}

/// Cuts the power everywhere; gives the number of states seen, and the first fault.
fn cut_everywhere(
    mutant: Mutant,
    changes: usize,
    fold_every: usize,
    deep_every: usize,
) -> (usize, Option<String>) {
    let disk = match session(mutant, changes, fold_every) {
        Ok(disk) => disk,
        Err(error) => return (0, Some(format!("the session itself failed: {error}"))),
    };
    let expected = expected(changes + 1);
    let mut seen = std::collections::HashSet::new();
    let mut states = 0;
    for (moment, acknowledged) in disk.moments() {
        for image in moment.power_cuts() {
            use std::hash::{DefaultHasher, Hash as _, Hasher as _};
            states += 1;
            let mut hasher = DefaultHasher::new();
            (&image, acknowledged).hash(&mut hasher);
            if !seen.insert(hasher.finish()) {
                continue;
            }
            let is_deep = seen.len().is_multiple_of(deep_every);
            if let Some(fault) = fault_in(&image, mutant, acknowledged, &expected, is_deep) {
                return (
                    states,
                    Some(format!("after {acknowledged} promises: {fault}")),
                );
            }
        }
    }
    println!(
        "{changes} changes folded every {fold_every}: {states} states, {} distinct",
        seen.len()
    );
    (states, None)
}

#[test]
fn no_power_cut_loses_a_change_in_short_sessions() {
    for (changes, fold_every) in [(1, 64), (2, 1), (9, 4), (12, 3)] {
        let (states, fault) = cut_everywhere(Mutant::default(), changes, fold_every, 1);
        assert_eq!(fault, None, "{changes} changes folded every {fold_every}");
        assert!(states > 100, "{states}");
    }
}

#[test]
fn no_power_cut_loses_a_change_in_long_sessions() {
    let (states, fault) = cut_everywhere(Mutant::default(), 66, 64, 25);
    assert_eq!(fault, None);
    assert!(states > 2000, "{states}");
}

/// Plays a journal reader that does not check the CRC.
fn without_crc(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
    rewrite_journal(path, bytes, |record, _| record)
}

/// Plays a reader that applies every record, whatever its sequence number.
fn without_sequence(path: &Path, bytes: Vec<u8>, image: &Image) -> Vec<u8> {
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
fn without_hash(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    match (path.ends_with("dossier.toml"), text.rfind("sha256 = \"")) {
        (true, Some(start)) => sealed(&text[..start]),
        _ => bytes,
    }
}

/// Plays a snapshot reader that does not look for the end of the file.
fn without_end_mark(path: &Path, bytes: Vec<u8>, _: &Image) -> Vec<u8> {
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

fn is_journal(path: &Path) -> bool {
    path.ends_with("dossier.journal")
}

fn skipping(skipped: Sabotage) -> Mutant {
    Mutant {
        skipped: Some(skipped),
        ..Mutant::default()
    }
}

#[test]
fn removing_any_step_of_the_protocol_is_noticed() {
    let mutants: [(&str, Mutant); 15] = [
        (
            "no sync of the journal",
            skipping(|step| matches!(step, Step::SyncFile(path) if is_journal(path))),
        ),
        (
            "no sync of the new snapshot",
            skipping(|s| matches!(s, Step::SyncFile(p) if p.ends_with("dossier.toml.tmp"))),
        ),
        (
            "no sync of the backup",
            skipping(|s| matches!(s, Step::SyncFile(p) if p.ends_with("dossier.toml.bak.tmp"))),
        ),
        (
            "no sync of the folder after the journal is created",
            skipping(|step| match step {
                Step::SyncDir { after } => matches!(&**after, Step::SyncFile(p) if is_journal(p)),
                _ => false,
            }),
        ),
        (
            "no sync of the folder after the snapshot is renamed",
            skipping(|step| match step {
                Step::SyncDir { after } => {
                    matches!(&**after, Step::Rename(p) if p.ends_with("dossier.toml"))
                }
                _ => false,
            }),
        ),
        (
            "no sync of the folder after the journal is put away",
            skipping(|step| match step {
                Step::SyncDir { after } => {
                    matches!(&**after, Step::Rename(p) if p.ends_with("dossier.journal.bak"))
                }
                _ => false,
            }),
        ),
        (
            "no sync of the parent after the folder is created",
            skipping(|step| matches!(step, Step::SyncDir { after } if **after == Step::CreateDir)),
        ),
        (
            "no sync of any folder",
            skipping(|step| matches!(step, Step::SyncDir { .. })),
        ),
        (
            "snapshot written in place",
            Mutant {
                renamed_in_place: Some(
                    |step| matches!(step, Step::Rename(p) if p.ends_with("dossier.toml")),
                ),
                ..Mutant::default()
            },
        ),
        (
            "snapshot never renamed",
            skipping(|s| matches!(s, Step::Rename(p) if p.ends_with("dossier.toml"))),
        ),
        (
            "backup never renamed",
            skipping(|s| matches!(s, Step::Rename(p) if p.ends_with("dossier.toml.bak"))),
        ),
        (
            "journal left in place",
            skipping(|s| matches!(s, Step::Rename(p) if p.ends_with("dossier.journal.bak"))),
        ),
        (
            "stale temporary files kept",
            skipping(|step| matches!(step, Step::Remove(_))),
        ),
        (
            "nothing appended to the journal",
            skipping(|step| matches!(step, Step::Append(path) if is_journal(path))),
        ),
        (
            "sequence numbers not checked",
            Mutant {
                forged: Some(without_sequence),
                ..Mutant::default()
            },
        ),
    ];
    for (name, mutant) in mutants {
        let (states, fault) = cut_everywhere(mutant, 9, 4, 1);
        println!("{name}: {states} states, {fault:?}");
        assert!(fault.is_some(), "not noticed: {name}");
    }
}

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

/// Every call of a session fails in turn; returns the number of sessions.
fn fail_everywhere(errno: i32, lasts: bool, is_short: bool) -> usize {
    const CHANGES: usize = 7;
    let expected = expected(CHANGES);
    for call in 0.. {
        let fault = Some(Fault {
            call,
            errno,
            lasts,
            is_short,
        });
        let place = format!("error {errno} at call {call}, lasting: {lasts}, short: {is_short}");
        let mut disk = SimulatedDisk::of(&workspace());
        disk.fault = fault;
        let disk = Arc::new(disk);
        let create = || Store::create_on(disk.clone(), DIR, expected[0].clone());
        let told = |error: &Error| {
            let message = error.to_string();
            assert!(
                message.ends_with('.') && message.contains('«'),
                "{place}: {message}"
            );
            assert!(
                !message.contains("os error") && !message.contains("Kind"),
                "{message}"
            );
        };
        // A creation that failed may have left a dossier or its backup: open or restore it then.
        let retried = |error: Error| {
            told(&error);
            create()
                .or_else(|_| Store::open_on(disk.clone(), DIR))
                .or_else(|_| Store::restore_on(disk.clone(), DIR))
        };
        let mut acknowledged = 0;
        match create().or_else(retried) {
            Err(error) => {
                assert!(lasts, "{place}: {error}");
                told(&error);
                continue;
            }
            Ok(store) => {
                let mut store = store.folding_every(3);
                for n in 0..CHANGES {
                    let before = store.dossier().clone();
                    let mut result = store.apply(change(n), at(n));
                    if let Err(error) = &result {
                        told(error);
                        assert_eq!(*store.dossier(), before, "{place}: memory intact");
                        result = store.apply(change(n), at(n));
                    }
                    if let Err(error) = &result {
                        told(error);
                        assert!(
                            lasts || store.is_read_only(),
                            "{place}: retry failed: {error}"
                        );
                        break;
                    }
                    acknowledged += 1;
                    assert_eq!(*store.dossier(), expected[acknowledged], "{place}");
                }
                if let Err(error) = store.close() {
                    told(&error);
                }
            }
        }
        // Both after the program ended, and after a power cut at the worst moment.
        for image in [disk.moment().live(), disk.moment().durable()] {
            let healthy = Arc::new(SimulatedDisk::of(&image));
            let mut store = Store::open_on(healthy.clone(), DIR)
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let found = store.dossier().clone();
            let is_right =
                found == expected[acknowledged] || expected.get(acknowledged + 1) == Some(&found);
            assert!(
                is_right,
                "{place}: {acknowledged} acknowledged, found {found:?}"
            );
            store
                .apply(change(0), at(0))
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let after = store.dossier().clone();
            store
                .close()
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let store = Store::open_on(healthy, DIR).expect("opens");
            assert_eq!(*store.dossier(), after, "{place}");
        }
        if disk.calls() <= call {
            return call;
        }
    }
    0
}

#[test]
fn every_failing_call_leaves_memory_and_disk_right() {
    let mut sessions = 0;
    // EIO, ENOSPC, EROFS, EACCES, EDQUOT.
    for errno in [5, 28, 30, 13, 122] {
        for (lasts, is_short) in [(false, false), (false, true), (true, false), (true, true)] {
            sessions += fail_everywhere(errno, lasts, is_short);
        }
    }
    println!("{sessions} sessions");
    assert!(sessions > 1000, "{sessions}");
}
