//! Checks, once everything is read, that ids are unique and that everything cited exists and suits.

use std::collections::{HashMap, HashSet};

use super::reader::closest;
use super::sink::{Definition, Entity, Mention, Place, Sink, Target};
use crate::domain::catalogue::{Catalogue, Kind, Question};

/// Checks duplicates, then every citation.
pub(super) fn check(catalogue: &Catalogue, sink: &mut Sink) {
    let definitions = std::mem::take(&mut sink.definitions);
    let mentions = std::mem::take(&mut sink.mentions);
    duplicates(&definitions, sink);
    let mut known: HashMap<Entity, HashSet<&str>> = HashMap::new();
    for definition in &definitions {
        known
            .entry(definition.entity)
            .or_default()
            .insert(&definition.id);
    }
    for mention in &mentions {
        cited(mention, catalogue, &known, sink);
    }
    questionnaires_have_questions(catalogue, &definitions, sink);
    sink.definitions = definitions;
    sink.mentions = mentions;
}

fn error(
    sink: &mut Sink,
    code: &'static str,
    place: &Place,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    sink.file = place.file;
    sink.error(code, place.span.clone(), message, help);
}

fn duplicates(definitions: &[Definition], sink: &mut Sink) {
    let mut seen: HashMap<(Entity, &str), &Place> = HashMap::new();
    for definition in definitions {
        let key = (definition.entity, definition.id.as_str());
        if definition.id.is_empty() {
            continue;
        }
        if seen.insert(key, &definition.place).is_some() {
            error(
                sink,
                "double",
                &definition.place,
                format!(
                    "{} « {} » existe deux fois",
                    definition.entity.name(),
                    definition.id
                ),
                "gardez une seule définition, ou changez l'identifiant de celle-ci",
            );
        }
    }
}

fn cited(
    mention: &Mention,
    catalogue: &Catalogue,
    known: &HashMap<Entity, HashSet<&str>>,
    sink: &mut Sink,
) {
    match &mention.target {
        Target::Id(entity, id) => {
            let ids = known.get(entity);
            let alias = match entity {
                Entity::Question => catalogue.question(id).is_some(),
                Entity::Action => catalogue.action(id).is_some(),
                _ => false,
            };
            if !alias && !ids.is_some_and(|ids| ids.contains(id.as_str())) {
                let close = closest(id, ids.into_iter().flatten().copied());
                error(
                    sink,
                    "inconnu",
                    &mention.place,
                    format!("{} « {id} » n'existe pas", entity.name()),
                    close.map_or_else(
                        || {
                            "définissez-le dans un fichier du contenu, ou corrigez l'identifiant"
                                .to_owned()
                        },
                        |close| format!("vouliez-vous dire « {close} » ?"),
                    ),
                );
            }
        }
        Target::Operand {
            question,
            operator,
            item,
            value,
        } => {
            if let Some(question) = catalogue.question(question) {
                let fault = operand(
                    question,
                    operator,
                    item.as_deref(),
                    value.as_deref(),
                    catalogue,
                );
                if let Some((message, help)) = fault {
                    error(sink, "condition", &mention.place, message, help);
                }
            }
        }
        Target::Category(category) => {
            if !catalogue
                .services
                .iter()
                .any(|service| service.category == *category)
            {
                let close = closest(
                    category,
                    catalogue.services.iter().map(|s| s.category.as_str()),
                );
                error(
                    sink,
                    "inconnu",
                    &mention.place,
                    format!("aucun service n'a la catégorie « {category} »"),
                    close.map_or_else(
                        || "regardez les catégories de services.toml".to_owned(),
                        |close| format!("vouliez-vous dire « {close} » ?"),
                    ),
                );
            }
        }
        Target::Element { document, element } => {
            let exists = catalogue
                .document(document)
                .is_some_and(|d| d.elements.iter().any(|e| e.id == *element));
            if !exists {
                error(
                    sink,
                    "inconnu",
                    &mention.place,
                    format!("l'élément « {element} » n'existe pas dans ce document"),
                    "ajoutez une table [[element]] avec cet identifiant, ou corrigez « covers »",
                );
            }
        }
    }
}

/// What is wrong with an operator applied to a question, if anything.
fn operand(
    question: &Question,
    operator: &str,
    item: Option<&str>,
    value: Option<&str>,
    catalogue: &Catalogue,
) -> Option<(String, String)> {
    let suits = match operator {
        "is" => matches!(question.kind, Kind::Choice | Kind::Checklist),
        "among" => question.kind == Kind::Choice,
        "includes" => matches!(question.kind, Kind::Multi | Kind::Catalogue),
        "at_least" | "at_most" => question.kind == Kind::Number,
        _ => question.kind == Kind::Catalogue,
    };
    if !suits {
        let help = match question.kind {
            Kind::Choice => "sur un « choice » : is, among, answered, unknown",
            Kind::Checklist => "sur un « checklist » : is avec « item », answered, unknown",
            Kind::Multi => "sur un « multi » : includes, answered, unknown",
            Kind::Catalogue => "sur un « catalogue » : includes, picks, answered, unknown",
            Kind::Number => "sur un « number » : at_least, at_most, answered, unknown",
            _ => "sur cette question : answered ou unknown",
        };
        return Some((
            format!(
                "« {operator} » ne s'applique pas à la question « {} »",
                question.id
            ),
            help.to_owned(),
        ));
    }
    if question.kind == Kind::Checklist {
        let Some(item) = item else {
            return Some((
                format!("« {} » est une liste de points", question.id),
                "ajoutez « item = \"…\" »".to_owned(),
            ));
        };
        if !question.items.iter().any(|i| i.id == item) {
            return Some(unknown(
                "le point",
                item,
                question.items.iter().map(|i| i.id.as_str()),
            ));
        }
        return match value {
            Some("oui" | "non") | None => None,
            Some(value) => Some((
                format!("« {value} » n'est pas la réponse à un point"),
                "écrivez « oui » ou « non »".to_owned(),
            )),
        };
    }
    if item.is_some() {
        return Some((
            format!("« {} » n'a pas de points", question.id),
            "retirez « item »".to_owned(),
        ));
    }
    let value = value?;
    let known: Vec<&str> = match question.kind {
        Kind::Catalogue => catalogue.services.iter().map(|s| s.id.as_str()).collect(),
        _ => question.options.iter().map(|o| o.id.as_str()).collect(),
    };
    (!known.contains(&value)).then(|| unknown("l'option", value, known))
}

fn unknown<'i>(what: &str, id: &str, known: impl IntoIterator<Item = &'i str>) -> (String, String) {
    let known: Vec<&str> = known.into_iter().collect();
    let help = match closest(id, known.iter().copied()) {
        Some(close) => format!("vouliez-vous dire « {close} » ?"),
        None if known.len() <= 20 => format!("valeurs possibles : {}", known.join(", ")),
        None => "regardez les identifiants de cette question".to_owned(),
    };
    (
        format!("{what} « {id} » n'existe pas dans cette question"),
        help,
    )
}

fn questionnaires_have_questions(
    catalogue: &Catalogue,
    definitions: &[Definition],
    sink: &mut Sink,
) {
    for definition in definitions
        .iter()
        .filter(|d| d.entity == Entity::Questionnaire)
    {
        let empty = catalogue
            .questionnaire(&definition.id)
            .is_some_and(|q| q.questions.is_empty());
        if empty {
            error(
                sink,
                "vide",
                &definition.place,
                format!("le questionnaire « {} » n'a aucune question", definition.id),
                format!("ajoutez des questions « {}.… »", definition.id),
            );
        }
    }
}
