//! Reads questionnaires and questions.

use std::ops::Range;

use toml::de::DeTable;

use super::conditions;
use super::reader::Reader;
use super::sink::{Entity, Sink, Target};
use crate::domain::catalogue::{
    Choice, Depth, Field, Item, Kind, KnownServices, Question, Questionnaire, Severity,
};

pub(crate) const KINDS: &[(&str, Kind)] = &[
    ("choice", Kind::Choice),
    ("checklist", Kind::Checklist),
    ("multi", Kind::Multi),
    ("text", Kind::Text),
    ("number", Kind::Number),
    ("date", Kind::Date),
    ("email", Kind::Email),
    ("phone", Kind::Phone),
    ("url", Kind::Url),
    ("siren", Kind::Siren),
    ("siret", Kind::Siret),
    ("vat", Kind::Vat),
    ("postal-address", Kind::PostalAddress),
    ("catalogue", Kind::Catalogue),
    ("list", Kind::List),
];

pub(crate) const SEVERITIES: &[(&str, Severity)] = &[
    ("critical", Severity::Critical),
    ("obligation", Severity::Obligation),
    ("recommendation", Severity::Recommendation),
    ("good-practice", Severity::GoodPractice),
];

const DEPTHS: &[(&str, Depth)] = &[("essential", Depth::Essential), ("full", Depth::Full)];

pub(super) fn questionnaire(
    table: &DeTable<'_>,
    span: Range<usize>,
    sink: &mut Sink,
) -> Questionnaire {
    let mut r = Reader::new(table, span, sink);
    let questionnaire = Questionnaire {
        id: r.define(Entity::Questionnaire),
        title: r.text("title"),
        summary: r.text("summary"),
        order: u32::try_from(r.integer("order")).unwrap_or(u32::MAX),
        when: conditions::optional(&mut r, "when"),
        hands_over: r.ids("hands_over", Entity::Document),
        questions: Vec::new(),
    };
    r.finish();
    questionnaire
}

pub(super) fn question(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Question {
    let mut r = Reader::new(table, span, sink);
    let id = r.define(Entity::Question);
    let id_span = r.span_of("id");
    let questionnaire = id.split('.').next().unwrap_or_default().to_owned();
    r.sink.mention(
        id_span,
        Target::Id(Entity::Questionnaire, questionnaire.clone()),
    );
    let kind = r.word("kind", KINDS);
    let severity = r.word_opt("severity", SEVERITIES);
    let mut question = Question {
        id,
        aliases: r.plain_texts("aliases"),
        questionnaire,
        kind,
        text: r.text("text"),
        why: r.text("why"),
        help: r.text("help"),
        example: r.text("example"),
        tip: r.text("tip"),
        severity,
        depth: r.word("depth", DEPTHS),
        obligations: r.ids("obligations", Entity::Obligation),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
        when: conditions::optional(&mut r, "when"),
        options: Vec::new(),
        items: Vec::new(),
        fields: Vec::new(),
        max_entries: None,
        known_services: None,
        ask: r.text_opt("ask").unwrap_or_default(),
        ask_words: r.text_opt("ask_words").unwrap_or_default(),
    };
    match kind {
        Kind::Choice | Kind::Multi => {
            question.options = options(&mut r, kind, severity.is_some());
        }
        Kind::Checklist => question.items = items(&mut r),
        Kind::List => {
            question.fields = fields(&mut r);
            question.max_entries = r
                .integer_opt("max_entries")
                .and_then(|n| usize::try_from(n).ok());
            question.known_services = known_services(&mut r, &question.fields);
        }
        _ => {}
    }
    shape(&question, &mut r);
    r.finish();
    question
}

/// Rules on a question as a whole.
fn shape(question: &Question, r: &mut Reader<'_, '_>) {
    let scored = question.severity.is_some() || question.kind == Kind::Checklist;
    if question.severity.is_some() && question.kind != Kind::Choice {
        let span = r.span_of("severity");
        r.sink.error(
            "severite",
            span,
            "seule une question « choice » porte une sévérité",
            "sur un « checklist », mettez la sévérité sur chaque point ; ailleurs, retirez-la",
        );
    }
    for key in ["ask", "ask_words"] {
        let empty = if key == "ask" {
            question.ask.is_empty()
        } else {
            question.ask_words.is_empty()
        };
        if scored && empty {
            let span = r.span_of("id");
            r.sink.error(
                "je-ne-sais-pas",
                span,
                format!("cette question est notée et n'a pas de « {key} »"),
                "dites à qui demander (« ask ») et avec quels mots (« ask_words »)",
            );
        }
    }
    if question.severity.is_some() && question.obligations.is_empty() {
        let span = r.span_of("id");
        r.sink.error(
            "sans-obligation",
            span,
            "cette question est notée et ne cite aucune obligation",
            "ajoutez « obligations = [\"…\"] »",
        );
    }
}

fn options(r: &mut Reader<'_, '_>, kind: Kind, scored: bool) -> Vec<Choice> {
    let tables = r.tables("options");
    if tables.len() < 2 {
        let span = r.span_of("id");
        r.sink.error(
            "options",
            span,
            "il faut au moins deux options",
            "ajoutez « options = [ { id = \"…\", label = \"…\" }, … ] »",
        );
    }
    let mut options: Vec<Choice> = Vec::new();
    for (table, span) in tables {
        let mut o = Reader::new(table, span.clone(), r.sink);
        let option = Choice {
            id: o.text("id"),
            label: o.text("label"),
            conformity: o.thousandths_opt("conformity"),
            actions: o.ids("actions", Entity::Action),
            exclusive: o.flag("exclusive"),
            validity: o.validity(),
        };
        let id_span = o.span_of("id");
        o.finish();
        if options.iter().any(|other| other.id == option.id) {
            r.sink.error(
                "double",
                id_span.clone(),
                format!("l'option « {} » existe deux fois", option.id),
                "donnez un identifiant différent à chaque option",
            );
        }
        if option.conformity.is_some() != (scored && kind == Kind::Choice) {
            r.sink.error(
                "conformite",
                id_span,
                "« conformity » va avec « severity »",
                "une question notée a une conformité sur chaque option ; une question de fait n'en a aucune",
            );
        } else if option.conformity.is_some_and(|c| c < 1000) && option.actions.is_empty() {
            r.sink.error(
                "sans-action",
                id_span,
                format!(
                    "l'option « {} » révèle un écart et ne propose aucune action",
                    option.id
                ),
                "ajoutez « actions = [\"…\"] »",
            );
        }
        options.push(option);
    }
    options
}

fn items(r: &mut Reader<'_, '_>) -> Vec<Item> {
    let tables = r.tables("items");
    if tables.is_empty() {
        let span = r.span_of("id");
        r.sink.error(
            "points",
            span,
            "un « checklist » a au moins un point",
            "ajoutez une table [[question.items]]",
        );
    }
    let mut items: Vec<Item> = Vec::new();
    for (table, span) in tables {
        let mut i = Reader::new(table, span, r.sink);
        let item = Item {
            id: i.text("id"),
            text: i.text("text"),
            severity: i.word("severity", SEVERITIES),
            expected: i
                .word_opt("expected", &[("yes", true), ("no", false)])
                .unwrap_or(true),
            obligations: i.ids("obligations", Entity::Obligation),
            references: i.ids("references", Entity::Reference),
            actions: i.ids("actions", Entity::Action),
            validity: i.validity(),
            when: conditions::optional(&mut i, "when"),
            ask: i.text_opt("ask").unwrap_or_default(),
            ask_words: i.text_opt("ask_words").unwrap_or_default(),
        };
        let id_span = i.span_of("id");
        i.finish();
        if item.ask.is_empty() != item.ask_words.is_empty() {
            r.sink.error(
                "je-ne-sais-pas",
                id_span.clone(),
                format!("le point « {} » a « ask » sans « ask_words », ou l'inverse", item.id),
                "dites à qui demander (« ask ») et avec quels mots (« ask_words »), ou retirez les deux",
            );
        }
        if items.iter().any(|other| other.id == item.id) {
            r.sink.error(
                "double",
                id_span.clone(),
                format!("le point « {} » existe deux fois", item.id),
                "donnez un identifiant différent à chaque point",
            );
        }
        if item.actions.is_empty() {
            r.sink.error(
                "sans-action",
                id_span.clone(),
                format!("le point « {} » ne propose aucune action", item.id),
                "ajoutez « actions = [\"…\"] »",
            );
        }
        if item.obligations.is_empty() {
            r.sink.error(
                "sans-obligation",
                id_span,
                format!("le point « {} » ne cite aucune obligation", item.id),
                "ajoutez « obligations = [\"…\"] »",
            );
        }
        items.push(item);
    }
    items
}

fn fields(r: &mut Reader<'_, '_>) -> Vec<Field> {
    let tables = r.tables("fields");
    if tables.is_empty() {
        let span = r.span_of("id");
        r.sink.error(
            "champs",
            span,
            "une « list » a au moins un champ",
            "ajoutez « fields = [ { id = \"…\", label = \"…\", kind = \"text\" } ] »",
        );
    }
    let mut fields: Vec<Field> = Vec::new();
    for (table, span) in tables {
        let mut f = Reader::new(table, span, r.sink);
        let mut field = Field {
            id: f.text("id"),
            label: f.text("label"),
            kind: f.word("kind", KINDS),
            required: f.flag("required"),
            options: Vec::new(),
        };
        let kind_span = f.span_of("kind");
        let id_span = f.span_of("id");
        if field.kind == Kind::Choice {
            field.options = options(&mut f, Kind::Multi, false);
        }
        f.finish();
        let composite = matches!(
            field.kind,
            Kind::Checklist | Kind::Multi | Kind::List | Kind::Catalogue | Kind::PostalAddress
        );
        if composite {
            r.sink.error(
                "champs",
                kind_span,
                "un champ de liste est une valeur simple",
                "choisissez text, choice, number, date, email, phone, url, siren, siret ou vat",
            );
        }
        if fields.iter().any(|other| other.id == field.id) {
            r.sink.error(
                "double",
                id_span,
                format!("le champ « {} » existe deux fois", field.id),
                "donnez un identifiant différent à chaque champ",
            );
        }
        fields.push(field);
    }
    fields
}

fn known_services(r: &mut Reader<'_, '_>, fields: &[Field]) -> Option<KnownServices> {
    let (table, span) = r.table("known_services")?;
    let mut k = Reader::new(table, span, r.sink);
    let known = KnownServices {
        picked: k.text("picked"),
        name: k.text("name"),
        country: k.text("country"),
        eea: k.plain_texts("eea"),
    };
    let place = k.span();
    let picked = Target::Operand {
        question: known.picked.clone(),
        operator: "picks",
        item: None,
        value: None,
    };
    let span = k.span_of("picked");
    let exists = Target::Id(Entity::Question, known.picked.clone());
    for target in [exists, picked] {
        k.sink.mention(span.clone(), target);
    }
    k.finish();
    for id in [&known.name, &known.country] {
        if !fields.iter().any(|field| field.id == *id) {
            r.sink.error(
                "services-nommes",
                place.clone(),
                format!("cette liste n'a pas de champ « {id} »"),
                "citez un champ de « fields »",
            );
        }
    }
    Some(known)
}
