//! `documents`: what is needed and ready, what is written, and what becomes of a text edited by hand.

use std::fs;

use serde_json::Value;

use crate::support::{Aplomb, contents};
use crate::{EI, has_keys};

#[test]
fn documents_say_what_is_ready_and_why() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Plomberie Durand", EI);
    let list = aplomb.json(["documents", "plomberie-durand", "--liste", "--json"]);
    let documents = list["documents"].as_array().unwrap();
    for document in documents {
        has_keys(
            document,
            &[
                "id", "title", "needed", "why", "ready", "blanks", "elements", "paste",
            ],
        );
        assert!(document["paste"].as_str().unwrap().len() > 20, "{document}");
        for clause in document["clauses"].as_array().unwrap() {
            assert!(clause["private"].is_boolean(), "{clause}");
        }
        for blank in document["blanks"].as_array().unwrap() {
            has_keys(blank, &["field", "question"]);
        }
        for element in document["elements"].as_array().unwrap() {
            has_keys(element, &["id", "covered", "clause", "source"]);
        }
    }
    let notice = documents
        .iter()
        .find(|d| d["id"] == "mentions-legales")
        .unwrap();
    assert_eq!(notice["needed"], true);
    assert_eq!(notice["ready"], false);
    assert!(
        notice["blanks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["question"] == "vitrine.hebergeur")
    );
    let run = aplomb.run([
        "documents",
        "plomberie-durand",
        "--format",
        "markdown,html,texte",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(dir.join("documents/mentions-legales.md")).unwrap();
    assert!(text.contains("Marc Durand EI"), "{text}");
    assert!(!text.contains("capital"), "{text}");
    // One file tells where each text goes, in each format that is read.
    let guide = |name: &str| fs::read_to_string(dir.join("documents").join(name)).unwrap();
    for name in ["ou-coller.md", "ou-coller.html", "ou-coller.txt"] {
        let guide = guide(name);
        for words in ["Mentions légales", "WordPress", "mentions-legales"] {
            assert!(guide.contains(words), "{name}: {words}");
        }
        assert!(!guide.contains("Bulletin de fidélité"), "{name}");
    }
    let run = aplomb.run([
        "documents",
        "plomberie-durand",
        "--format",
        "fragment",
        "-o",
        "a-coller",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("ou-coller"), "{}", run.stdout);
    let run = aplomb.run(["documents", "plomberie-durand", "--seulement", "registre"]);
    assert!(!run.stdout.contains("ou-coller"), "{}", run.stdout);
    // A text among tables is told, and the tables are written.
    let only = |ids| {
        [
            "documents",
            "plomberie-durand",
            "--format",
            "xlsx",
            "--seulement",
            ids,
        ]
    };
    let run = aplomb.run(only("mentions-legales,registre"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("registre.xlsx"), "{}", run.stdout);
    assert!(run.stderr.contains("mentions-legales"), "{}", run.stderr);
    assert_ne!(aplomb.run(only("mentions-legales")).code, 0);
    // A manual edit is never overwritten.
    fs::write(dir.join("documents/mentions-legales.md"), "à ma façon").unwrap();
    aplomb.run([
        "repondre",
        "plomberie-durand",
        "profil.telephone=05 00 00 00 05",
    ]);
    let run = aplomb.run(["documents", "plomberie-durand"]);
    assert!(run.stdout.contains("gardé"), "{}", run.stdout);
    let text = fs::read_to_string(dir.join("documents/mentions-legales.md")).unwrap();
    assert_eq!(text, "à ma façon");
    assert!(
        run.stdout.contains("mentions-legales.nouveau.md"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("| à ma façon"), "{}", run.stdout);
}

#[test]
fn an_edited_document_is_shown_before_it_is_completed() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Plomberie Durand", EI);
    let page = dir.join("documents/mentions-legales.md");
    let run = |words: &[&str]| aplomb.run([&["documents", "plomberie-durand"], words].concat());
    assert_eq!(run(&[]).code, 0);
    let written = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{written}\n\u{1b}[31mOuvert le samedi.\n")).unwrap();
    aplomb.run([
        "repondre",
        "plomberie-durand",
        "profil.telephone=05 00 00 00 05",
    ]);
    let before = fs::read_to_string(&page).unwrap();

    let seen = run(&["--voir"]);
    assert_eq!(seen.code, 0, "{}", seen.stderr);
    assert!(seen.stdout.contains("fusionné"), "{}", seen.stdout);
    assert!(
        seen.stdout.contains("+++ votre fichier, complété"),
        "{}",
        seen.stdout
    );
    assert!(seen.stdout.contains("\n+- Téléphone"), "{}", seen.stdout);
    assert!(!seen.stdout.contains('\u{1b}'));
    assert_eq!(fs::read_to_string(&page).unwrap(), before);
    let seen = run(&["--voir", "--json", "--seulement", "mentions-legales"]);
    let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
    assert_eq!(seen["written"], false);
    assert_eq!(seen["files"][0]["outcome"], "merged");
    has_keys(
        &seen["files"][0],
        &["document", "path", "difference", "conflicts"],
    );

    let done = run(&["--json", "--seulement", "mentions-legales"]);
    let done: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(done["files"][0]["outcome"], "merged");
    let after = fs::read_to_string(&page).unwrap();
    assert!(after.contains("Ouvert le samedi."), "{after}");
    assert!(
        after.contains("05\u{a0}00\u{a0}00\u{a0}00\u{a0}05") || after.contains("05 00 00 00 05"),
        "{after}"
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    for folder in ["un", "deux"] {
        let run = aplomb.run([
            "documents",
            "plomberie-durand",
            "--format",
            "markdown,html,fragment,texte",
            "-o",
            folder,
            "--date",
            "2026-11-23",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let strip = |folder: &str| {
        contents(&aplomb.path(folder))
            .into_iter()
            .map(|(_, bytes)| bytes)
            .collect::<Vec<_>>()
    };
    assert_eq!(strip("un"), strip("deux"));
}

#[test]
fn the_record_comes_as_a_table_and_a_letter_does_not() {
    let aplomb = Aplomb::new();
    aplomb.dossier("=Plomberie Durand", EI);
    let write = |format, only| {
        aplomb.run([
            "documents",
            "plomberie-durand",
            "--format",
            format,
            "--seulement",
            only,
            "-o",
            "ecrits",
        ])
    };
    let run = write("csv,xlsx", "registre");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let csv = aplomb.read("ecrits/registre.csv");
    assert!(csv.starts_with("\u{feff}\"N°\";\"Traitement\";"));
    assert!(csv.contains("Marc Durand"));
    assert!(!csv.contains("\"="));
    assert!(
        fs::read(aplomb.path("ecrits/registre.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
    let run = write("docx", "mentions-legales");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let docx = fs::read(aplomb.path("ecrits/mentions-legales.docx")).unwrap();
    assert!(docx.starts_with(b"PK"));
    let run = write("xlsx", "mentions-legales");
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("n'est pas un tableau"),
        "{}",
        run.stderr
    );
}
