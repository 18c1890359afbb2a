//! Transcripts: what is typed, what is said, what is on disk.

use std::io::Cursor;
use std::sync::Arc;

use jiff::civil::{DateTime, date};

use super::{Options, run};
use crate::content::source::Sources;
use crate::content::{self, Content};
use crate::storage::{Store, Workspace};

fn noon() -> DateTime {
    date(2026, 11, 23).at(12, 0, 0, 0)
}

fn demo() -> Arc<Content> {
    let file = |name: &str, text: &str| (format!("questionnaires/{name}"), text.to_owned());
    let sources = Sources::from_texts([
        file("demo.toml", include_str!("../tui/tests/demo.toml")),
        file("site.toml", include_str!("../tui/tests/site.toml")),
        file("mentions.toml", include_str!("../tui/tests/mentions.toml")),
    ]);
    match content::from_sources(sources) {
        Ok(content) => Arc::new(content.into()),
        Err(faults) => panic!("{faults}"),
    }
}

/// Types lines over a fresh workspace; gives the transcript and the dossier.
fn transcript(lines: &[&str]) -> (String, crate::domain::dossier::Dossier) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        content: demo(),
        workspace: Workspace::at(folder.path()),
        date: date(2026, 11, 23),
        clock: noon,
        dossier: None,
    };
    let mut typed = Cursor::new(lines.join("\n").into_bytes());
    let mut out = Vec::new();
    run(&options, &mut typed, &mut out).unwrap();
    let out = String::from_utf8(out)
        .unwrap()
        .replace(folder.path().to_str().unwrap(), "[tmp]");
    let dossier = Store::open(folder.path().join("les-pains"))
        .unwrap()
        .dossier()
        .clone();
    (out, dossier)
}

const ALL: &[&str] = &[
    "Les pains",
    "2",
    "Les pains",
    "8 000",
    "12 rue du Port, 56000 Vannes",
    "contact@pains.example",
    "1, 2",
    "2",
    "oui",
    "oui",
    "non",
    "analytics",
    "oui",
    "OVH",
    "01 02 03 04 05",
    "non",
];

#[test]
fn a_whole_dossier_is_a_transcript() {
    let (out, dossier) = transcript(&[ALL, &["bilan", "plan", "documents", "quitter"]].concat());
    assert_eq!(dossier.answers.len(), 10);
    for line in out.lines() {
        // What is typed is not echoed here: a prompt stands at the start of the next line.
        let line = line.trim_start_matches("> ");
        let long = unicode_width::UnicodeWidthStr::width(line) > 80;
        assert!(!long || line.starts_with("aplomb"), "{line}");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_end_of_the_input_at_any_prompt_saves_and_says_how_to_resume() {
    for count in 1..=ALL.len() {
        let (out, _) = transcript(&ALL[..count]);
        assert!(out.contains("Reprenez avec"), "{count}\n{out}");
    }
}

#[test]
fn words_work_at_every_prompt_and_can_be_answers() {
    let (out, dossier) = transcript(&[
        "Les pains",
        "2",
        "=retour",
        "retour",
        "aide",
        "passer",
        "quitter",
    ]);
    assert!(out.contains("Comment") || out.contains("Exemple"), "{out}");
    let name = dossier.answers["profil.denomination"].text();
    assert_eq!(name, Some("retour"));
}

#[test]
fn faults_are_explained_and_asked_again() {
    let (out, dossier) = transcript(&["Les pains", "9", "deux", "1", "nulle part", "quitter"]);
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("Tapez un numéro de 1 à 6"), "{out}");
    assert!(out.contains("Il manque le code postal"), "{out}");
    assert_eq!(dossier.answers.len(), 1);
}
