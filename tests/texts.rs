//! What holds of every text of the five examples, passage by passage.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "support/examples.rs"]
mod examples;

use aplomb::documents::render_seen;
use aplomb::documents::why::why;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY};

#[test]
fn every_passage_shows_what_it_rests_on() {
    for document in &CATALOGUE.documents {
        for clause in &document.clauses {
            let id = format!("{}/{}", document.id, clause.id);
            assert!(!clause.obligations.is_empty(), "{id}: no obligation");
            assert!(!clause.references.is_empty(), "{id}: no reference");
        }
    }
    let mut passages = 0;
    for (slug, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            for trace in rendered.clauses.iter().filter(|t| !t.markdown.is_empty()) {
                let id = format!("{slug}: {}/{}", document.id, trace.id);
                let why = why(&view, document, trace);
                assert!(!why.rules.is_empty(), "{id}: no obligation");
                assert!(!why.sources.is_empty(), "{id}: no reference");
                assert!(!why.because.is_empty(), "{id}: no reason");
                for stated in &why.answers {
                    assert!(
                        !stated.answer.is_empty(),
                        "{id}: {} unsaid",
                        stated.question
                    );
                }
                passages += 1;
            }
        }
    }
    assert!(passages > 900, "only {passages} passages");
}

#[test]
fn numbers_are_grouped_in_the_reasons_as_in_the_texts() {
    let (_, dossier) = examples::all().into_iter().next().unwrap();
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let document = CATALOGUE.document("mentions-legales").unwrap();
    let rendered = render_seen(&view, document).unwrap();
    for question in ["profil.telephone", "profil.siren"] {
        let trace = rendered
            .clauses
            .iter()
            .find(|trace| trace.questions.iter().any(|id| id == question))
            .unwrap();
        let why = why(&view, document, trace);
        let stated = why.answers.iter().find(|a| a.question == question).unwrap();
        assert!(stated.answer.contains('\u{a0}'), "{}", stated.answer);
        assert!(trace.markdown.contains(&stated.answer), "{}", stated.answer);
    }
}
