//! Reads conditions: a tree in which one key names the operator.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::reader::{Reader, closest};
use super::sink::{Entity, Sink, Target};
use crate::domain::answer::Amount;
use crate::domain::catalogue::Consent;
use crate::domain::condition::{Attribute, Condition};

/// Deepest nesting accepted.
const MAX_DEPTH: u8 = 16;

const OPERATORS: &[&str] = &[
    "all", "any", "not", "is", "among", "includes", "at_least", "at_most", "answered", "unknown",
    "picks", "fact",
];

/// Words of `consent`, shared with the services table.
pub(crate) const CONSENTS: &[(&str, Consent)] = &[
    ("required", Consent::Required),
    ("conditional", Consent::Conditional),
    ("none", Consent::None),
];

/// Reads the condition under `key`, if there is one.
pub(super) fn optional(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<Condition> {
    let value = reader.value(key)?;
    read(value.get_ref(), value.span(), reader.sink, 0)
}

/// Reads the condition under `key`; its absence is a fault.
pub(super) fn required(reader: &mut Reader<'_, '_>, key: &'static str) -> Condition {
    let present = reader.value(key).is_some();
    if let Some(condition) = optional(reader, key) {
        return condition;
    }
    if !present {
        let span = reader.span();
        reader.sink.error(
            "cle-manquante",
            span,
            format!("il manque la condition « {key} »"),
            "ajoutez par exemple « when = { fact = \"a-un-site\" } »",
        );
    }
    Condition::Any(Vec::new())
}

fn read(value: &DeValue<'_>, span: Range<usize>, sink: &mut Sink, depth: u8) -> Option<Condition> {
    let Some(table) = value.as_table() else {
        sink.error(
            "condition",
            span,
            "une condition est une table",
            "par exemple { is = { question = \"profil.forme\", value = \"ei\" } }",
        );
        return None;
    };
    if depth > MAX_DEPTH {
        sink.error(
            "condition",
            span,
            "cette condition est trop imbriquée",
            "nommez une partie dans facts.toml",
        );
        return None;
    }
    let mut entries = table.iter();
    let (Some((key, operand)), None) = (entries.next(), entries.next()) else {
        sink.error(
            "condition",
            span,
            "une condition a une seule clé : son opérateur",
            format!("opérateurs : {}", OPERATORS.join(", ")),
        );
        return None;
    };
    let operand_span = operand.span();
    let operand = operand.get_ref();
    match key.get_ref().as_ref() {
        "all" => Some(Condition::All(list(operand, operand_span, sink, depth)?)),
        "any" => Some(Condition::Any(list(operand, operand_span, sink, depth)?)),
        "not" => Some(Condition::Not(Box::new(read(
            operand,
            operand_span,
            sink,
            depth + 1,
        )?))),
        "fact" => {
            let Some(id) = operand.as_str() else {
                sink.error(
                    "type",
                    operand_span,
                    "« fact » attend un identifiant",
                    "écrivez { fact = \"a-un-site\" }",
                );
                return None;
            };
            sink.mention(operand_span, Target::Id(Entity::Fact, id.to_owned()));
            Some(Condition::Fact(id.to_owned()))
        }
        name => leaf(name, key.span(), operand.as_table(), operand_span, sink),
    }
}

fn list(
    operand: &DeValue<'_>,
    span: Range<usize>,
    sink: &mut Sink,
    depth: u8,
) -> Option<Vec<Condition>> {
    let parts = operand.as_array().filter(|parts| !parts.is_empty());
    let Some(parts) = parts else {
        sink.error(
            "condition",
            span,
            "il faut une liste d'au moins une condition",
            "écrivez { all = [ { … }, { … } ] }",
        );
        return None;
    };
    let read: Vec<_> = parts
        .iter()
        .map(|part| read(part.get_ref(), part.span(), sink, depth + 1))
        .collect();
    read.into_iter().collect()
}

fn leaf(
    name: &str,
    name_span: Range<usize>,
    operand: Option<&DeTable<'_>>,
    span: Range<usize>,
    sink: &mut Sink,
) -> Option<Condition> {
    let Some(&operator) = OPERATORS.iter().find(|operator| **operator == name) else {
        sink.error(
            "operateur-inconnu",
            name_span,
            format!("l'opérateur « {name} » n'existe pas"),
            closest(name, OPERATORS.iter().copied()).map_or_else(
                || format!("opérateurs : {}", OPERATORS.join(", ")),
                |close| format!("vouliez-vous dire « {close} » ?"),
            ),
        );
        return None;
    };
    let Some(table) = operand else {
        sink.error(
            "condition",
            span,
            format!("« {operator} » attend une table"),
            "par exemple { question = \"profil.forme\", value = \"ei\" }",
        );
        return None;
    };
    let faults = sink.diagnostics.len();
    let mut reader = Reader::new(table, span, sink);
    let question = reader.text("question");
    let condition = operands(operator, question, &mut reader);
    reader.finish();
    (sink.diagnostics.len() == faults).then_some(condition)
}

fn operands(operator: &'static str, question: String, reader: &mut Reader<'_, '_>) -> Condition {
    let question_span = reader.span_of("question");
    reader.sink.mention(
        question_span.clone(),
        Target::Id(Entity::Question, question.clone()),
    );
    let operand = |item: Option<&String>, value: Option<&String>| Target::Operand {
        question: question.clone(),
        operator,
        item: item.cloned(),
        value: value.cloned(),
    };
    match operator {
        "is" => {
            let item = reader.text_opt("item");
            let value = reader.text("value");
            let span = reader.span_of("value");
            reader
                .sink
                .mention(span, operand(item.as_ref(), Some(&value)));
            Condition::Is {
                question,
                item,
                value,
            }
        }
        "among" | "includes" => {
            let values = reader.texts("values");
            if values.is_empty() {
                let span = reader.span();
                reader.sink.error(
                    "liste-vide",
                    span,
                    "il manque « values », avec au moins une valeur",
                    "écrivez values = [\"…\"]",
                );
            }
            for (value, span) in &values {
                reader
                    .sink
                    .mention(span.clone(), operand(None, Some(value)));
            }
            let values = values.into_iter().map(|(value, _)| value).collect();
            match operator {
                "among" => Condition::Among { question, values },
                _ => Condition::Includes { question, values },
            }
        }
        "at_least" | "at_most" => {
            let value = reader.integer("value");
            let value = Amount(
                i64::try_from(value)
                    .unwrap_or(i64::MAX / 100)
                    .saturating_mul(100),
            );
            reader.sink.mention(question_span, operand(None, None));
            match operator {
                "at_least" => Condition::AtLeast { question, value },
                _ => Condition::AtMost { question, value },
            }
        }
        "picks" => {
            reader.sink.mention(question_span, operand(None, None));
            let attribute = attribute(reader);
            Condition::Picks {
                question,
                attribute,
            }
        }
        "unknown" => Condition::DoesNotKnow { question },
        _ => Condition::Answered { question },
    }
}

fn attribute(reader: &mut Reader<'_, '_>) -> Attribute {
    let categories = reader.texts("category");
    for (category, span) in &categories {
        reader
            .sink
            .mention(span.clone(), Target::Category(category.clone()));
    }
    let categories: Vec<_> = categories
        .into_iter()
        .map(|(category, _)| category)
        .collect();
    let consent = reader.word_opt("consent", CONSENTS);
    let transfer = reader.flag_opt("transfer");
    let given = usize::from(!categories.is_empty())
        + usize::from(consent.is_some())
        + usize::from(transfer.is_some());
    if given != 1 {
        let span = reader.span();
        reader.sink.error(
            "condition",
            span,
            "« picks » attend un seul critère",
            "écrivez « category », « consent » ou « transfer »",
        );
    }
    match (consent, transfer) {
        (Some(consent), _) => Attribute::Consent(consent),
        (None, Some(transfer)) => Attribute::Transfer(transfer),
        (None, None) => Attribute::Category(categories),
    }
}
