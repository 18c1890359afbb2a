//! What the tests read: the texts of an example whose answers were changed.

use std::collections::BTreeMap;

use aplomb::documents::{Rendered, render_seen};
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::catalogue::Question;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::view::View;

use super::examples::{CATALOGUE, DAY, example};

pub fn ticked(question: &Question, tick: Tick) -> Answer {
    let items = question.items.iter().map(|item| (item.id.clone(), tick));
    Answer::Value(Value::Ticks(items.collect::<BTreeMap<_, _>>()))
}

pub fn render(view: &View<'_>) -> Vec<Rendered> {
    let documents = CATALOGUE.documents.iter();
    // What has to be kept, whether it is yet or not.
    let documents = documents.filter(|document| document.id != "durees-conservation");
    documents
        .map(|document| render_seen(view, document).unwrap())
        .collect()
}

/// A text with plain spaces.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The section of a text that has this title.
pub fn section<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    let at = text.lines().position(|line| {
        line.starts_with("### ") && line.trim_end().ends_with(&format!(" {title}"))
    })?;
    let start: usize = text.lines().take(at + 1).map(|line| line.len() + 1).sum();
    let rest = &text[start.min(text.len())..];
    Some(rest.split("\n#").next().unwrap_or(rest))
}

/// Bougies Maëlle, whose shop has trackers and whose banner has to be gone through to refuse.
pub fn shop() -> Dossier {
    example("bougies-maelle")
}

pub fn told(dossier: &Dossier, document: &str) -> String {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let document = CATALOGUE.document(document).unwrap();
    plain(&render_seen(&view, document).unwrap().markdown)
}

/// Answers one point of a checklist, and leaves the others as they are.
pub fn tick(dossier: &mut Dossier, question: &str, item: &str, tick: Tick) {
    let answer = dossier.answers.get_mut(question).unwrap();
    let Answer::Value(Value::Ticks(ticks)) = answer else {
        panic!("{question} is a checklist");
    };
    ticks.insert(item.to_owned(), tick);
}
