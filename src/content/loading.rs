//! Reading and checking: from TOML texts to a catalogue, or to every fault at once.
//!
//! This module and `domain` are also compiled by `build.rs`, which turns the shipped content into
//! the catalogue embedded in the binary: content with a fault does not build.

pub(crate) mod activities;
pub(crate) mod conditions;
mod documents;
mod forms;
mod law;
mod menus;
pub(crate) mod questions;
mod reach;
pub(crate) mod reader;
mod resolve;
pub(crate) mod sink;
mod steps;

pub mod diagnostic;
pub mod source;

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use self::diagnostic::Faults;
use self::reader::Reader;
use self::sink::{Definition, Sink};
use self::source::Sources;
use crate::domain::catalogue::Catalogue;
use crate::domain::document::Document;
use crate::domain::syntax;

/// A catalogue together with the places of its definitions.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The checked catalogue.
    pub catalogue: Catalogue,
    /// Where each thing is defined.
    pub(crate) definitions: Vec<Definition>,
}

/// Reads and checks a set of sources.
pub fn read(sources: &Sources) -> Result<Loaded, Box<Faults>> {
    let mut sink = Sink::default();
    let mut catalogue = Catalogue::default();
    for file in 0..sources.len() {
        sink.file = file;
        read_file(sources.get(file).1, &mut catalogue, &mut sink);
    }
    menus::warn(&mut catalogue);
    arrange(&mut catalogue);
    let catalogue = catalogue.indexed();
    resolve::check(&catalogue, &mut sink);
    // Reachability only means something once every id resolves.
    if sink.diagnostics.is_empty() {
        reach::check(&catalogue, &mut sink);
    }
    let Sink {
        mut diagnostics,
        definitions,
        ..
    } = sink;
    if diagnostics.is_empty() {
        return Ok(Loaded {
            catalogue,
            definitions,
        });
    }
    diagnostic::sort(&mut diagnostics);
    Err(Box::new(Faults {
        sources: sources.clone(),
        diagnostics,
    }))
}

/// Puts documents and questionnaires in order, and questions behind their questionnaire.
fn arrange(catalogue: &mut Catalogue) {
    catalogue
        .documents
        .sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    catalogue
        .questionnaires
        .sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let rank = |id: &str| catalogue.questionnaires.iter().position(|q| q.id == id);
    catalogue
        .questions
        .sort_by_key(|question| rank(&question.questionnaire));
    for questionnaire in &mut catalogue.questionnaires {
        questionnaire.questions = catalogue
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.questionnaire == questionnaire.id)
            .map(|(at, _)| at)
            .collect();
    }
}

/// The tables of a text; none, and the faults, when it is not TOML.
pub(crate) fn root<'t>(text: &'t str, sink: &mut Sink) -> Option<Spanned<DeTable<'t>>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        sink.error(
            "syntaxe",
            span,
            format!(
                "ce n'est pas du TOML valide : {}",
                syntax::french(error.message())
            ),
            "vérifiez les guillemets, les crochets et le signe « = » autour de cet endroit",
        );
    }
    errors.is_empty().then_some(root)
}

fn read_file(text: &str, catalogue: &mut Catalogue, sink: &mut Sink) {
    let Some(root) = root(text, sink) else {
        return;
    };
    let span = root.span();
    let mut r = Reader::new(root.get_ref(), span, sink);
    if let Some((table, span)) = r.table("catalogue") {
        let mut c = Reader::new(table, span, r.sink);
        catalogue.version = c.text("version");
        catalogue.menus = c.text_opt("menus");
        c.finish();
    }
    if let Some((table, span)) = r.table("questionnaire") {
        catalogue
            .questionnaires
            .push(questions::questionnaire(table, span, r.sink));
    }
    each(
        &mut r,
        "question",
        questions::question,
        &mut catalogue.questions,
    );
    each(&mut r, "fact", law::fact, &mut catalogue.facts);
    each(
        &mut r,
        "obligation",
        law::obligation,
        &mut catalogue.obligations,
    );
    each(
        &mut r,
        "reference",
        law::reference,
        &mut catalogue.references,
    );
    each(&mut r, "decision", law::decision, &mut catalogue.decisions);
    each(&mut r, "action", law::action, &mut catalogue.actions);
    each(&mut r, "exposure", law::exposure, &mut catalogue.exposures);
    each(
        &mut r,
        "contradiction",
        law::contradiction,
        &mut catalogue.contradictions,
    );
    each(
        &mut r,
        "processing_activity",
        activities::processing_activity,
        &mut catalogue.processing_activities,
    );
    each(
        &mut r,
        "variant",
        activities::variant,
        &mut catalogue.variants,
    );
    each(
        &mut r,
        "proviso",
        activities::proviso,
        &mut catalogue.provisos,
    );
    each(
        &mut r,
        "service",
        activities::service,
        &mut catalogue.services,
    );
    read_document(&mut r, catalogue);
    r.finish();
}

fn each<T>(
    r: &mut Reader<'_, '_>,
    key: &'static str,
    read: impl Fn(&DeTable<'_>, Range<usize>, &mut Sink) -> T,
    rows: &mut Vec<T>,
) {
    for (table, span) in r.tables(key) {
        rows.push(read(table, span, r.sink));
    }
}

/// A file holds one document at most; its elements and clauses belong to it.
fn read_document(r: &mut Reader<'_, '_>, catalogue: &mut Catalogue) {
    let document = r.table("document");
    let mut forms = Vec::new();
    each(r, "form", forms::form, &mut forms);
    let elements = r.tables("element");
    let clauses = r.tables("clause");
    let Some((table, span)) = document else {
        if let Some((_, span)) = elements.first().or(clauses.first()) {
            r.sink.error(
                "sans-document",
                span.clone(),
                "cette table ne va qu'avec un document",
                "ajoutez une table [document] au fichier",
            );
        }
        return;
    };
    let mut document: Document = documents::document(table, span, r.sink);
    for (table, span) in forms::spread(&elements, &forms, r.sink) {
        let element = documents::element(&table, span, r.sink, &document);
        document.elements.push(element);
    }
    for (table, span) in forms::spread(&clauses, &forms, r.sink) {
        let clause = documents::clause(&table, span, r.sink, &document);
        document.clauses.push(clause);
    }
    catalogue.documents.push(document);
}
