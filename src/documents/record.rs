//! The record of processing activities as rows, for the formats that are not read line by line.

use std::sync::Arc;

use pulldown_cmark::{Tag, TagEnd};

use super::blank::{self, Blank};
use super::engine::Engine;
use super::markdown::{Piece, flat, pieces};
use super::material::{Material, Row};
use super::rendered::Rendered;
use super::scan;
use crate::domain::view::View;

const CONTROLLER: &str = "{{ entreprise() }}";
const ADDRESS: &str = "{{ champ(q=\"profil.adresse\", libelle=\"l’adresse de l’entreprise\") }}";
const CONTACT: &str = "{{ champ(q=\"profil.contact-donnees\", sinon=\"profil.email\", libelle=\"l’adresse où exercer ses droits\") }}";
const ACTIVITIES: &str = "{% for t in traitements() %}{{ t.titre }}{% endfor %}";

/// The record of one business on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Who decides on the processing.
    pub controller: String,
    /// Where it stands.
    pub address: String,
    /// Where requests go.
    pub contact: String,
    /// What it certainly does, in the order of the catalogue.
    pub activities: Vec<Activity>,
}

/// A row of the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Its name.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Its legal ground.
    pub ground: String,
    /// Whom it is about.
    pub persons: String,
    /// Which data.
    pub data: String,
    /// Who receives them.
    pub recipients: String,
    /// How long they are used.
    pub retention: String,
    /// What happens next.
    pub archive: String,
    /// How long they may be used: what to keep to, whether the answers bear it out or not.
    pub retention_due: String,
    /// What has to happen next.
    pub archive_due: String,
    /// Where the duration comes from.
    pub retention_source: String,
    /// How they are protected.
    pub security: String,
    /// Where they come from, when not from the person.
    pub origin: String,
    /// Which of these the owner wrote.
    pub owners: String,
    /// Note of the owner.
    pub note: String,
}

/// What the document says around its activities, for the formats that hold rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Who decides, how to reach them, who acts for or with them: one line each.
    pub identity: Vec<String>,
    /// What leaves Europe, one line each.
    pub transfers: Vec<String>,
    /// Whether the answers say that nothing leaves Europe.
    pub no_transfer: bool,
}

/// Reads it from the document, so that a template changed by a practice changes the tables with it.
pub fn around(document: &Rendered) -> Around {
    let of = |clauses: &[&str]| -> Vec<String> {
        let clauses = document
            .clauses
            .iter()
            .filter(|c| clauses.contains(&&*c.id));
        clauses.flat_map(|clause| items(&clause.markdown)).collect()
    };
    Around {
        identity: of(&["responsable", "representant", "dpo", "conjoints"]),
        transfers: of(&["transferts"]),
        no_transfer: document.clauses.iter().any(|c| c.id == "transferts-aucun"),
    }
}

/// The items of the lists of a text, as words.
fn items(markdown: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item: Option<String> = None;
    for piece in pieces(markdown) {
        match piece {
            Piece::Start(Tag::Item) => item = Some(String::new()),
            Piece::End(TagEnd::Item) => items.extend(item.take()),
            piece => {
                if let (Some(item), Some(words)) = (&mut item, piece.words()) {
                    item.push_str(words);
                }
            }
        }
    }
    items
}

/// The record of a dossier. What no answer tells stays a visible blank.
pub fn record(view: &View<'_>) -> Record {
    let scans = [CONTROLLER, ADDRESS, CONTACT, ACTIVITIES].map(scan::scan);
    let material = Arc::new(Material::new(view, &scans));
    let engine = Engine::new(&material);
    // A catalogue without these questions has no such line.
    let line = |body: &str| {
        let raw = engine.render(body).unwrap_or_default();
        flat(&blank::resolve(&raw, &material.blanks()).0)
    };
    Record {
        controller: line(CONTROLLER),
        address: line(ADDRESS),
        contact: line(CONTACT),
        activities: material
            .activities
            .iter()
            .map(|a| activity(&a.row, &material.blanks()))
            .collect(),
    }
}

fn activity(row: &Row, blanks: &[Blank]) -> Activity {
    let get = |key: &str| {
        let text = row.get(key).map_or("", String::as_str);
        blank::resolve(text, blanks).0
    };
    Activity {
        title: get("titre"),
        purpose: get("finalite"),
        ground: get("base"),
        persons: get("personnes"),
        data: get("donnees"),
        recipients: get("destinataires"),
        retention: get("duree"),
        archive: get("archive"),
        retention_due: get("duree_a_tenir"),
        archive_due: get("archive_a_tenir"),
        retention_source: get("duree_source"),
        security: get("securite"),
        origin: get("source"),
        owners: get("modifie"),
        note: get("note"),
    }
}
