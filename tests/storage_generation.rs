//! The promise « a manual edit is never lost » on a simulated disk: the power is cut after every single
//! operation of a generation, and the next generation finds every edit.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

#[path = "storage/simulated_disk.rs"]
#[expect(
    dead_code,
    reason = "shared with tests/storage_power_loss, which uses all of it"
)]
mod simulated_disk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aplomb::storage::generation::{Foreseen, Generation, Nature, Outcome, RECORD};
use jiff::civil::{Date, date};
use simulated_disk::{Image, Sabotage, SimulatedDisk, Step};

const FOLDER: &str = "/documents";
const MINE: &str = "une phrase à moi";
/// One is merged, one is in conflict, one is untouched, one is of another kind.
const NAMES: [&str; 4] = ["a.md", "b.md", UNTOUCHED, "d.docx"];
const UNTOUCHED: &str = "c.md";

fn day(n: i8) -> Date {
    date(2026, 11, n)
}

fn text(name: &str, generation: i8) -> String {
    match name {
        "b.md" => format!("début\n\nsuite {generation}\n\nfin\n"),
        _ => format!("début\n\nmilieu\n\nsuite {generation}\n"),
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

fn generate(disk: &Arc<SimulatedDisk>, names: &[&str], n: i8) -> Vec<Foreseen> {
    let forms = |date: Date| vec![date.to_string()];
    let generation = Generation::open_on(disk.clone(), FOLDER, day(n), forms);
    let foreseen = names.iter().map(|name| {
        let nature = if path(name).extension() == Some("docx".as_ref()) {
            Nature::Binary
        } else {
            Nature::Text
        };
        generation
            .foresee(name, text(name, n).into(), nature)
            .unwrap()
    });
    let foreseen = foreseen.collect();
    generation.write(foreseen).unwrap()
}

/// Puts a sentence of the user in a file.
fn edit(image: &mut Image, name: &str, sentence: &str) {
    let Some(Some(bytes)) = image.get_mut(&path(name)) else {
        unreachable!("{name} is there");
    };
    let old = String::from_utf8(bytes.clone()).unwrap();
    let place = if name == "b.md" { "suite" } else { "début" };
    *bytes = old
        .replacen(place, &format!("{sentence}, {place}"), 1)
        .into_bytes();
}

fn holds(image: &Image, name: &str, sentence: &str) -> bool {
    let bytes = image
        .get(&path(name))
        .cloned()
        .flatten()
        .unwrap_or_default();
    String::from_utf8_lossy(&bytes).contains(sentence)
}

/// What stands after a generation, and what the user did to it.
fn edited(names: &[&str]) -> Image {
    let disk = Arc::new(SimulatedDisk::of(&Image::from([(
        PathBuf::from("/"),
        None,
    )])));
    generate(&disk, names, 1);
    let mut image = disk.moment().live();
    for name in names.iter().filter(|name| **name != UNTOUCHED) {
        edit(&mut image, name, MINE);
    }
    image
}

/// The first edit lost once the power is cut at any moment of the second generation.
fn first_loss(names: &[&str], skipped: Option<Sabotage>) -> (usize, Option<String>) {
    let before = edited(names);
    let mut disk = SimulatedDisk::of(&before);
    disk.skipped = skipped;
    disk.is_recorded = true;
    let disk = Arc::new(disk);
    generate(&disk, names, 2);
    let edited: Vec<&str> = names.iter().copied().filter(|n| *n != UNTOUCHED).collect();
    let has_untouched = names.contains(&UNTOUCHED);
    let mut states = BTreeSet::new();
    for (moment, _) in disk.moments() {
        states.extend(moment.power_cuts());
    }
    for image in &states {
        for name in &edited {
            if !holds(image, name, MINE) {
                return (states.len(), Some(format!("{name} lost by the cut")));
            }
        }
        // Whatever the state, the next generation keeps every edit, the last one too.
        let mut later = image.clone();
        if has_untouched {
            edit(&mut later, UNTOUCHED, "encore moi");
        }
        for image in [image.clone(), later] {
            let is_edited = holds(&image, UNTOUCHED, "encore moi");
            let disk = Arc::new(SimulatedDisk::of(&image));
            generate(&disk, names, 3);
            generate(&disk, names, 3);
            let live = disk.moment().live();
            for name in &edited {
                if !holds(&live, name, MINE) {
                    return (states.len(), Some(format!("{name} overwritten")));
                }
            }
            if is_edited != holds(&live, UNTOUCHED, "encore moi") {
                return (states.len(), Some("c.md overwritten".to_owned()));
            }
            // An untouched file follows, whatever happened.
            if has_untouched && !is_edited && !holds(&live, UNTOUCHED, "suite 3") {
                return (states.len(), Some("c.md taken for an edit".to_owned()));
            }
        }
    }
    (states.len(), None)
}

#[test]
fn an_edit_survives_a_power_cut_at_any_moment() {
    for names in [["a.md", UNTOUCHED], ["b.md", UNTOUCHED], ["d.docx", "a.md"]] {
        let (states, loss) = first_loss(&names, None);
        assert_eq!(loss, None);
        assert!(states > 50, "{states}");
    }
}

#[test]
fn the_generation_does_what_is_promised() {
    let disk = Arc::new(SimulatedDisk::of(&edited(&NAMES)));
    let outcomes: Vec<Outcome> = generate(&disk, &NAMES, 2)
        .iter()
        .map(|file| file.outcome)
        .collect();
    let labels: Vec<&str> = outcomes.iter().map(|outcome| outcome.label()).collect();
    assert_eq!(labels, ["fusionné", "gardé", "à jour", "gardé"]);
    let live = disk.moment().live();
    assert!(holds(&live, "b.nouveau.md", "suite 2"));
    assert!(holds(&live, "d.nouveau.docx", "suite 2"));
}

#[test]
fn a_file_that_is_not_waited_for_would_be_lost() {
    let (_, loss) = first_loss(
        &["a.md"],
        Some(
            |step| matches!(step, Step::SyncFile(path) if path.extension() == Some("tmp".as_ref())),
        ),
    );
    assert!(loss.is_some());
}

#[test]
fn whatever_happens_to_the_record_nothing_is_overwritten() {
    let image = edited(&NAMES);
    let whole = image.get(&path(RECORD)).cloned().flatten().unwrap();
    let damaged = (0..=whole.len())
        .map(|cut| whole[..cut].to_vec())
        .chain((0..whole.len()).map(|at| {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            flipped
        }));
    for record in damaged {
        let mut image = image.clone();
        image.insert(path(RECORD), Some(record));
        let disk = Arc::new(SimulatedDisk::of(&image));
        generate(&disk, &NAMES, 2);
        let live = disk.moment().live();
        for name in ["a.md", "b.md", "d.docx"] {
            assert!(holds(&live, name, MINE), "{name}");
        }
    }
}
