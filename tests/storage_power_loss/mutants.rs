//! Each step of the protocol is removed in turn, and the loss is noticed.

use std::path::Path;

use super::cuts::cut_everywhere;
use super::forgeries::without_sequence;
use super::script::Mutant;
use super::simulated_disk::{Sabotage, Step};

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
