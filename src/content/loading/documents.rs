//! Reads a document template: what it must say and the clauses that say it.

use std::ops::Range;

use toml::de::DeTable;

use super::reader::Reader;
use super::sink::{Entity, Sink, Target};
use super::{activities, conditions};
use crate::domain::document::{Clause, Document, Element, Level, Room};
use crate::domain::typography;

const LEVELS: &[(&str, Level)] = &[
    ("mandatory", Level::Mandatory),
    ("recommended", Level::Recommended),
];

pub(super) fn document(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Document {
    let mut r = Reader::new(table, span, sink);
    let document = Document {
        id: r.define(Entity::Document),
        title: r.text("title"),
        family: r.text("family"),
        order: r
            .integer_opt("order")
            .map_or(u32::MAX, |order| u32::try_from(order).unwrap_or(u32::MAX)),
        needed_when: conditions::optional(&mut r, "when"),
        why_needed: r.text("why_needed"),
        why_not: r.text("why_not"),
        paste: r.text("paste"),
        validity: r.validity(),
        elements: Vec::new(),
        clauses: Vec::new(),
    };
    r.finish();
    document
}

pub(super) fn element(
    table: &DeTable<'_>,
    span: Range<usize>,
    sink: &mut Sink,
    document: &Document,
) -> Element {
    let mut r = Reader::new(table, span, sink);
    let element = Element {
        id: r.text("id"),
        label: r.text("label"),
        level: r.word("level", LEVELS),
        parts: activities::contents(&mut r),
        when: conditions::optional(&mut r, "when"),
        obligations: r.ids("obligations", Entity::Obligation),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
    };
    let id_span = r.span_of("id");
    r.finish();
    if document.elements.iter().any(|other| other.id == element.id) {
        double(sink, id_span, "l'élément", &element.id);
    }
    element
}

pub(super) fn clause(
    table: &DeTable<'_>,
    span: Range<usize>,
    sink: &mut Sink,
    document: &Document,
) -> Clause {
    let mut r = Reader::new(table, span, sink);
    let covers = r.texts("covers");
    for (element, span) in &covers {
        let target = Target::Element {
            document: document.id.clone(),
            element: element.clone(),
        };
        r.sink.mention(span.clone(), target);
    }
    let room = room(&mut r);
    let clause = Clause {
        id: r.text("id"),
        room,
        body: typography::french(&r.text("body")),
        private: r.flag("private"),
        covers: covers.into_iter().map(|(element, _)| element).collect(),
        when: conditions::optional(&mut r, "when"),
        needs: r.ids("needs", Entity::Question),
        obligations: r.ids("obligations", Entity::Obligation),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
    };
    let id_span = r.span_of("id");
    r.finish();
    if clause.needs.is_empty() && clause.obligations.is_empty() && clause.references.is_empty() {
        sink.error(
            "sans-appui",
            id_span.clone(),
            format!("la clause « {} » ne s'appuie sur rien", clause.id),
            "citez une réponse (« needs »), une obligation ou une référence",
        );
    }
    if clause.room.is_some() && clause.needs.is_empty() {
        sink.error(
            "sans-appui",
            id_span.clone(),
            format!(
                "la clause « {} » a une place limitée, mais ne cite aucune réponse",
                clause.id
            ),
            "citez dans « needs » la réponse qui peut la rendre trop longue",
        );
    }
    if document.clauses.iter().any(|other| other.id == clause.id) {
        double(sink, id_span, "la clause", &clause.id);
    }
    clause
}

/// The narrow place a clause has to fit in: `line` and `sms` cannot both be asked for.
fn room(r: &mut Reader<'_, '_>) -> Option<Room> {
    let narrow = |size: u64| u16::try_from(size).unwrap_or(u16::MAX);
    let line = r.integer_opt("line").map(|size| Room::Line(narrow(size)));
    let sms = r.integer_opt("sms").map(|size| Room::Sms(narrow(size)));
    if line.is_some() && sms.is_some() {
        let span = r.span_of("sms");
        r.sink.error(
            "deux-places",
            span,
            "cette clause ne peut pas être à la fois une ligne et un SMS".to_owned(),
            "gardez « line » ou « sms »",
        );
    }
    sms.or(line)
}

fn double(sink: &mut Sink, span: Range<usize>, what: &str, id: &str) {
    sink.error(
        "double",
        span,
        format!("{what} « {id} » existe deux fois dans ce document"),
        "donnez un identifiant différent",
    );
}
