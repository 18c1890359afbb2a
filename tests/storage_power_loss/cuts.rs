//! The power is cut after every operation, in every way the model of the disk allows.

use aplomb::domain::dossier::Dossier;
use aplomb::storage::format::{self, State};
use aplomb::storage::{Error, Files, Store};

use super::script::{DIR, Mutant, at, change, expected, session};
use super::simulated_disk::Image;

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
pub fn cut_everywhere(
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
