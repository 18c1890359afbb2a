//! The processing activities of a dossier as JSON: what the catalogue says, what the owner wrote.

use serde_json::{Map, Value as Json, json};

use crate::domain::condition::Truth;
use crate::domain::processing::{self, Author, Part, Standing};
use crate::domain::view::View;

/// `traitements --json`.
pub fn json(view: &View<'_>) -> Json {
    let rows: Vec<Json> = processing::all(view)
        .iter()
        .map(|standing| activity(standing, view))
        .collect();
    json!({
        "name": view.dossier().name,
        "date": view.date(),
        "activities": rows,
    })
}

fn activity(standing: &Standing<'_>, view: &View<'_>) -> Json {
    let mut contents = Map::new();
    for part in Part::ALL {
        let said = standing.said(part);
        let value = if part.is_list() {
            json!(said.items)
        } else {
            json!(said.items.first())
        };
        let content = json!({ "value": value, "author": author(said.author) });
        contents.insert(part.key().to_owned(), content);
    }
    let (basis, chosen) = standing.basis();
    json!({
        "id": standing.id,
        "title": standing.title(),
        "own": standing.model.is_none(),
        "state": state(standing),
        "basis": { "value": basis, "author": author(chosen) },
        "contents": contents,
        "reason": standing.declined(),
        "note": standing.note(),
        "remarks": standing.remarks(view),
    })
}

fn author(author: Author) -> &'static str {
    match author {
        Author::Catalogue => "catalogue",
        Author::Owner => "owner",
        Author::Missing => "missing",
    }
}

/// Where it stands: in the record, declined by the owner, undecided, or excluded by the answers.
fn state(standing: &Standing<'_>) -> &'static str {
    match standing.truth {
        Truth::False => "excluded",
        _ if standing.declined().is_some() => "declined",
        Truth::True => "recorded",
        Truth::Unknown => "undecided",
    }
}
