//! What the documents put in place of ours lost: mandatory elements, and the answers they stated.

use super::lint::cites;
use crate::domain::catalogue::Catalogue;
use crate::domain::document::{Clause, Document, Element, Level};

/// Mandatory elements that the documents of a catalogue had and that those put in their place lost, or say no
/// more, as (document id, message).
pub fn elements(before: &Catalogue, after: &Catalogue) -> Vec<(String, String)> {
    let mut lost = Vec::new();
    for document in &before.documents {
        let Some(new) = after.document(&document.id) else {
            lost.push((
                document.id.clone(),
                format!("le document « {} » n'existe plus", document.title),
            ));
            continue;
        };
        let mandatory = |element: &&Element| element.level == Level::Mandatory;
        for element in document.elements.iter().filter(mandatory) {
            let kept = new.elements.iter().find(|e| e.id == element.id);
            let what = match kept {
                Some(kept) if mandatory(&kept) => match unstated(document, new, &element.id) {
                    Some(what) => what,
                    None => continue,
                },
                Some(_) => "n'est plus obligatoire".to_owned(),
                None => "a disparu".to_owned(),
            };
            lost.push((
                document.id.clone(),
                format!(
                    "dans « {} », l'élément obligatoire « {} » ({}) {what}",
                    document.title, element.label, element.id
                ),
            ));
        }
    }
    lost
}

/// How an element is said no more: by no clause, or by clauses that state none of the answers it was made of.
fn unstated(before: &Document, after: &Document, element: &str) -> Option<String> {
    let now: Vec<&Clause> = covering(after, element).collect();
    if now.is_empty() {
        return Some("n'est plus dit par aucune clause".to_owned());
    }
    let mut stated: Vec<&str> = covering(before, element)
        .flat_map(|clause| clause.needs.iter().filter(|id| cites(&clause.body, id)))
        .map(String::as_str)
        .collect();
    stated.sort_unstable();
    stated.dedup();
    let still = |id: &&str| now.iter().any(|clause| cites(&clause.body, id));
    if stated.is_empty() || stated.iter().any(still) {
        return None;
    }
    Some(format!(
        "ne cite plus la réponse à « {} »",
        stated.join(" », ni à « ")
    ))
}

/// The clauses that cover an element.
fn covering<'d>(document: &'d Document, element: &'d str) -> impl Iterator<Item = &'d Clause> {
    let covers = move |clause: &&Clause| clause.covers.iter().any(|id| id == element);
    document.clauses.iter().filter(covers)
}
