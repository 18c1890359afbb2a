//! Reads obligations, references, decisions, actions and exposures.

use std::ops::Range;

use toml::de::DeTable;

use super::conditions;
use super::questions::SEVERITIES;
use super::reader::Reader;
use super::sink::{Entity, Sink, Target};
use super::steps;
use crate::domain::catalogue::{
    Action, Contradiction, Decision, Effort, Exposure, Fact, Force, Obligation, Owner, Reference,
};

const FORCES: &[(&str, Force)] = &[
    ("law", Force::Law),
    ("soft-law", Force::SoftLaw),
    ("good-practice", Force::GoodPractice),
];

const EFFORTS: &[(&str, Effort)] = &[
    ("XS", Effort::XS),
    ("S", Effort::S),
    ("M", Effort::M),
    ("L", Effort::L),
    ("XL", Effort::XL),
];

const OWNERS: &[(&str, Owner)] = &[
    ("dirigeant", Owner::Dirigeant),
    ("prestataire-web", Owner::PrestataireWeb),
    ("comptable", Owner::Comptable),
    ("avocat", Owner::Avocat),
];

pub(super) fn fact(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Fact {
    let mut r = Reader::new(table, span, sink);
    let fact = Fact {
        id: r.define(Entity::Fact),
        label: r.text("label"),
        when: conditions::required(&mut r, "when"),
    };
    r.finish();
    fact
}

pub(super) fn obligation(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Obligation {
    let mut r = Reader::new(table, span, sink);
    let obligation = Obligation {
        id: r.define(Entity::Obligation),
        title: r.text("title"),
        severity: r.word("severity", SEVERITIES),
        force: r.word("force", FORCES),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
        same_as: r.text_opt("same_as"),
        left_out: r.text_opt("left_out"),
        caution: r.text_opt("caution"),
    };
    if let Some(same) = &obligation.same_as {
        let span = r.span_of("same_as");
        r.sink
            .mention(span, Target::Id(Entity::Obligation, same.clone()));
    }
    r.finish();
    obligation
}

pub(super) fn reference(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Reference {
    let mut r = Reader::new(table, span, sink);
    let reference = Reference {
        id: r.define(Entity::Reference),
        title: r.text("title"),
        force: r.word("force", FORCES),
        url: r.text_opt("url"),
        validity: r.validity(),
        checked_on: r.date("checked_on"),
        review_by: r.date("review_by"),
        read: r.flag("read"),
        note: r.text_opt("note"),
    };
    if let Some(url) = &reference.url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        let span = r.span_of("url");
        r.sink.error(
            "adresse",
            span,
            "cette adresse n'est pas une adresse web",
            "commencez par https://",
        );
    }
    r.finish();
    reference
}

pub(super) fn decision(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Decision {
    let mut r = Reader::new(table, span, sink);
    let decision = Decision {
        id: r.define(Entity::Decision),
        who: r.text("who"),
        date: r.date("date"),
        amount: r.integer_opt("amount"),
        facts: r.text("facts"),
        lesson: r.text("lesson"),
        obligations: r.ids("obligations", Entity::Obligation),
        source: r.text("source"),
    };
    r.finish();
    decision
}

pub(super) fn action(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Action {
    let mut r = Reader::new(table, span, sink);
    let action = Action {
        id: r.define(Entity::Action),
        aliases: r.plain_texts("aliases"),
        title: r.text("title"),
        stop: r.flag("stop"),
        effort: r.word("effort", EFFORTS),
        effort_with_document: r.word_opt("effort_with_document", EFFORTS),
        owner: r.word("owner", OWNERS),
        first_step: steps::first(&mut r),
        steps: steps::some(&mut r, "steps"),
        proof: r.text("proof"),
        documents: r.ids("documents", Entity::Document),
        after: r.ids("after", Entity::Action),
        due_days: u32::try_from(r.integer("due_days")).unwrap_or(u32::MAX),
        obligations: r.ids("obligations", Entity::Obligation),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
        when: conditions::optional(&mut r, "when"),
    };
    if action.obligations.is_empty() {
        let span = r.span_of("id");
        r.sink.error(
            "sans-obligation",
            span,
            "cette action ne cite aucune obligation",
            "ajoutez « obligations = [\"…\"] »",
        );
    }
    if action.effort_with_document.is_some() && action.documents.is_empty() {
        let span = r.span_of("effort_with_document");
        r.sink.error(
            "effort",
            span,
            "cette action ne remet aucun document",
            "ajoutez « documents = [\"…\"] » ou retirez « effort_with_document »",
        );
    }
    r.finish();
    action
}

pub(super) fn exposure(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Exposure {
    let mut r = Reader::new(table, span, sink);
    let exposure = Exposure {
        id: r.define(Entity::Exposure),
        when: conditions::required(&mut r, "when"),
        add: r.thousandths_opt("add").unwrap_or(0),
        reason: r.text("reason"),
    };
    if exposure.add == 0 || exposure.add > 500 {
        let span = r.span_of("add");
        r.sink.error(
            "exposition",
            span,
            "« add » va de 0.001 à 0.5",
            "le total est plafonné à 1,5",
        );
    }
    r.finish();
    exposure
}

pub(super) fn contradiction(
    table: &DeTable<'_>,
    span: Range<usize>,
    sink: &mut Sink,
) -> Contradiction {
    let mut r = Reader::new(table, span, sink);
    let contradiction = Contradiction {
        id: r.define(Entity::Contradiction),
        when: conditions::required(&mut r, "when"),
        message: r.text("message"),
        questions: r.ids("questions", Entity::Question),
    };
    if contradiction.questions.is_empty() {
        let span = r.span_of("id");
        r.sink.error(
            "contradiction",
            span,
            "il manque les questions à revoir",
            "ajoutez « questions = [\"…\", \"…\"] »",
        );
    }
    r.finish();
    contradiction
}
