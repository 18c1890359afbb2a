//! Where the loaders put what they find: faults, definitions and citations, each with its place.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Gravity};

/// Sort of thing an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Entity {
    Questionnaire,
    Question,
    Fact,
    Obligation,
    Reference,
    Action,
    Service,
    ProcessingActivity,
    Decision,
    Contradiction,
    Exposure,
    Document,
}

impl Entity {
    /// « l'obligation », « la question »…
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Questionnaire => "le questionnaire",
            Self::Question => "la question",
            Self::Fact => "la condition nommée",
            Self::Obligation => "l'obligation",
            Self::Reference => "la référence",
            Self::Action => "l'action",
            Self::Service => "le service",
            Self::ProcessingActivity => "le traitement",
            Self::Decision => "la décision",
            Self::Contradiction => "la contradiction",
            Self::Exposure => "l'exposition",
            Self::Document => "le document",
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) span: Range<usize>,
}

/// What a piece of content cites; checked once everything is read.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// An id of some sort.
    Id(Entity, String),
    /// A question used by an operator that suits some kinds only.
    Operand {
        question: String,
        operator: &'static str,
        item: Option<String>,
        value: Option<String>,
    },
    /// A category of services.
    Category(String),
    /// An element of the document of the same file.
    Element { document: String, element: String },
}

/// A citation and its place.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) place: Place,
    pub(crate) target: Target,
}

/// A definition, its place and the place of its condition.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) entity: Entity,
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) when: Option<Place>,
}

/// Where faults, citations and definitions are collected.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub(crate) file: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) definitions: Vec<Definition>,
}

impl Sink {
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            gravity: Gravity::Error,
            code,
            file: self.file,
            span,
            message: message.into(),
            help: help.into(),
        });
    }

    pub(crate) fn mention(&mut self, span: Range<usize>, target: Target) {
        let place = self.place(span);
        self.mentions.push(Mention { place, target });
    }
}
