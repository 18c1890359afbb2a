//! The session every test plays: the same changes, on a disk that may be sabotaged.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use aplomb::domain::answer::{Amount, Answer, Value};
use aplomb::domain::catalogue::LegalBasis;
use aplomb::domain::dossier::{Change, Dossier, Status, Tracking};
use aplomb::domain::processing::{ActivityEdit, Part};
use aplomb::storage::{Error, Store};
use jiff::civil::{DateTime, date};

use super::simulated_disk::{Forgery, Image, Sabotage, SimulatedDisk};

pub const ROOT: &str = "/classeur";
pub const DIR: &str = "/classeur/bel-atelier";

pub fn at(n: usize) -> DateTime {
    let n = i8::try_from(n % 60).expect("under 60");
    date(2026, 1, 15).at(10, n, 0, 0)
}

/// The n-th change of every session: answers given, replaced and erased, notes, decisions.
pub fn change(n: usize) -> Change {
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
pub fn expected(changes: usize) -> Vec<Dossier> {
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
pub struct Mutant {
    pub skipped: Option<Sabotage>,
    pub renamed_in_place: Option<Sabotage>,
    pub forged: Option<Forgery>,
}

impl Mutant {
    pub fn disk(self, image: &Image) -> Arc<SimulatedDisk> {
        let mut disk = SimulatedDisk::of(image);
        disk.skipped = self.skipped;
        disk.renamed_in_place = self.renamed_in_place;
        disk.forged = self.forged;
        disk.is_recorded = true;
        Arc::new(disk)
    }
}

pub fn workspace() -> Image {
    Image::from([(PathBuf::from(ROOT), None)])
}

/// Creates a dossier, makes changes, opens it again half-way, and closes it.
pub fn session(
    mutant: Mutant,
    changes: usize,
    fold_every: usize,
) -> Result<Arc<SimulatedDisk>, Error> {
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
