//! The full-screen interface and the linear prompts ask the same questions in the same order.
#![expect(clippy::panic, reason = "a test stops at the first surprise")]

#[path = "support/examples.rs"]
mod examples;

use std::io::Cursor;
use std::sync::Arc;

use aplomb::content::source::Sources;
use aplomb::content::{self, Content};
use aplomb::session::Session;
use aplomb::simple::{self, Options};
use aplomb::storage::{Store, Workspace};
use aplomb::tui::desk::Desk;
use examples::DAY;
use jiff::civil::DateTime;

fn noon() -> DateTime {
    DAY.at(12, 0, 0, 0)
}

fn demo() -> Arc<Content> {
    let file = |name: &str, text: &str| (format!("questionnaires/{name}"), text.to_owned());
    let sources = Sources::from_texts([
        file("demo.toml", include_str!("../src/tui/tests/demo.toml")),
        file("site.toml", include_str!("../src/tui/tests/site.toml")),
        file(
            "mentions.toml",
            include_str!("../src/tui/tests/mentions.toml"),
        ),
    ]);
    match content::from_sources(sources) {
        Ok(content) => Arc::new(content.into()),
        Err(faults) => panic!("{faults}"),
    }
}

const LINES: &str = "Les pains\n2\nLes pains\n8 000\n12 rue du Port, 56000 Vannes\n\
contact@pains.example\n1, 2\n2\noui\noui\nnon\nanalytics\noui\nOVH\n01 02 03 04 05\nnon\n";

#[test]
fn same_questions_in_the_same_order() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        content: demo(),
        workspace: Workspace::at(folder.path()),
        date: DAY,
        clock: noon,
        dossier: None,
    };
    let mut out = Vec::new();
    simple::run(&options, &mut Cursor::new(LINES), &mut out).unwrap();
    // Lines are wrapped and set with French typography.
    let out = String::from_utf8(out)
        .unwrap()
        .replace('’', "'")
        .replace(['\u{a0}', '\n'], " ");
    let answered = Store::open(folder.path().join("les-pains"))
        .unwrap()
        .dossier()
        .clone();

    let other = tempfile::tempdir().unwrap();
    let store = Workspace::at(other.path())
        .create("Les pains", DAY)
        .unwrap();
    let session = Session::from_store(demo(), store, DAY, noon).unwrap();
    let mut desk = Desk::new(session);
    let mut from = 0;
    let mut asked = 0;
    let mut next = desk.open.first().cloned();
    while let Some(id) = next {
        let text = desk.question(&id).unwrap().text.clone();
        let found = out[from..].find(&text);
        assert!(
            found.is_some(),
            "« {text} » is not asked in its place\n{out}"
        );
        from += found.unwrap() + text.len();
        asked += 1;
        desk.session
            .answer(&id, answered.answers.get(&id).cloned())
            .unwrap();
        desk.refresh();
        next = desk.next_open(&id);
    }
    assert_eq!(asked, 10);
    assert_eq!(desk.session.dossier().answers, answered.answers);
}

/// Each shipped example, from its last question back to its first one.
#[test]
fn the_shipped_examples_are_asked_alike() {
    let content = Arc::new(content::load(None).unwrap_or_else(|error| panic!("{error}")));
    for (name, bytes) in examples::FILES {
        let folder = tempfile::tempdir().unwrap();
        let dossier = folder.path().join("dossier.toml");
        std::fs::write(dossier, bytes).unwrap();
        let session = Session::open(Arc::clone(&content), folder.path(), DAY, noon).unwrap();
        let desk = Desk::new(session);
        let asked = desk.asked.clone();
        let texts: Vec<String> = asked
            .iter()
            .filter_map(|id| desk.question(id))
            .map(|question| question.text.clone())
            .collect();
        assert!(desk.open.is_empty(), "{name}: a question is open");
        desk.session.close().unwrap();
        let options = Options {
            content: Arc::clone(&content),
            workspace: Workspace::at(folder.path()),
            date: DAY,
            clock: noon,
            dossier: Some(folder.path().to_owned()),
        };
        let mut out = Vec::new();
        let lines = "retour\n".repeat(texts.len() + 1);
        simple::run(&options, &mut Cursor::new(lines), &mut out).unwrap();
        let out = String::from_utf8(out)
            .unwrap()
            .replace('’', "'")
            .replace(['\u{a0}', '\n'], " ");
        let mut from = 0;
        for text in texts.iter().rev() {
            let text = text.replace('’', "'").replace('\u{a0}', " ");
            let found = out[from..].find(&text);
            assert!(found.is_some(), "{name}: « {text} » is not in its place");
            from += found.unwrap() + text.len();
        }
        assert!(out[from..].contains("C'est la première question"), "{name}");
    }
}
