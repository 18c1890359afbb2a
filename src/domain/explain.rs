//! Says in French why a condition holds or does not: « parce que vous avez répondu… ».

use std::collections::HashSet;

use super::answer::{Answer, Tick, Value};
use super::assessment::{Assessment, LOSS_UNITS, Level, Points, Score};
use super::catalogue::{Catalogue, Consent, Field, Kind, Question, Service};
use super::condition::{Condition, Truth};
use super::dossier::{Change, PRIVATE_NOTE};
use super::numbers::number;
use super::typography::{capital, quoted};
use super::view::{Seen, View};

/// Why a question is not asked, or none when it is.
pub fn why_hidden(view: &View<'_>, question: &Question) -> Option<String> {
    if view.applies(question).is_true() {
        return None;
    }
    if !question.validity.contains(view.date()) {
        return Some(
            match (question.validity.valid_from, question.validity.valid_until) {
                (Some(from), _) if view.date() < from => {
                    format!("cette règle ne s'applique qu'à partir du {}", day(from))
                }
                (_, Some(until)) => {
                    format!("cette règle ne s'applique plus depuis le {}", day(until))
                }
                _ => "cette règle n'est pas en vigueur à cette date".to_owned(),
            },
        );
    }
    let theme = view.catalogue().questionnaire(&question.questionnaire);
    let conditions = theme
        .and_then(|theme| theme.when.as_ref())
        .into_iter()
        .chain(&question.when);
    let mut undecided = None;
    for condition in conditions {
        match condition.evaluate(view) {
            Truth::False => return Some(because(view, condition)),
            Truth::Unknown => undecided = undecided.or_else(|| Some(because(view, condition))),
            Truth::True => {}
        }
    }
    Some(undecided.unwrap_or_else(|| no_item(view, question)))
}

/// Why a checklist whose own condition holds has no item to tick yet.
fn no_item(view: &View<'_>, question: &Question) -> String {
    let truth = view.applies(question);
    let mut items = question.items.iter();
    let telling = items.find(|item| view.item_applies(item) == truth && item.when.is_some());
    let reason = telling.and_then(|item| Some(because(view, item.when.as_ref()?)));
    match (truth, reason) {
        (Truth::Unknown, Some(reason)) => reason,
        (_, Some(reason)) => format!("aucune de ses lignes ne s'applique, {reason}"),
        (_, None) => "aucune de ses lignes n'est en vigueur à cette date".to_owned(),
    }
}

/// The questions whose answers give a condition the truth it has, through named conditions.
pub fn deciding(view: &View<'_>, condition: &Condition) -> Vec<String> {
    let truth = condition.evaluate(view);
    let among = |parts: &[Condition], each: Truth| -> Vec<String> {
        let agrees = |part: &&Condition| part.evaluate(view) == truth;
        let agreeing = parts.iter().filter(agrees);
        // Where every part has to say so, each counts; else the first that does settles it.
        let telling = agreeing.take(if truth == each { parts.len() } else { 1 });
        telling.flat_map(|part| deciding(view, part)).collect()
    };
    let mut ids = match condition {
        Condition::All(parts) => among(parts, Truth::True),
        Condition::Any(parts) => among(parts, Truth::False),
        Condition::Not(part) => deciding(view, part),
        Condition::Fact(id) => view
            .catalogue()
            .fact(id)
            .map_or_else(Vec::new, |fact| deciding(view, &fact.when)),
        leaf => {
            let mut ids = Vec::new();
            leaf.for_each_question(&mut |id| ids.push(id.to_owned()));
            ids
        }
    };
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}

/// Why a condition has the truth it has, as a clause beginning with « parce que » or « car ».
pub fn because(view: &View<'_>, condition: &Condition) -> String {
    match condition {
        Condition::Fact(id) => {
            let label = view
                .catalogue()
                .fact(id)
                .map_or(id.as_str(), |fact| fact.label.as_str());
            match condition.evaluate(view) {
                Truth::True if label.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è']) => {
                    format!("parce qu'{label}")
                }
                Truth::True => format!("parce que {label}"),
                Truth::False => format!("parce que ce n'est pas votre cas : {label}"),
                Truth::Unknown => missing(view, condition),
            }
        }
        Condition::Not(part) => because(view, part),
        Condition::All(parts) | Condition::Any(parts) => {
            let truth = condition.evaluate(view);
            let telling = parts.iter().find(|part| part.evaluate(view) == truth);
            telling
                .or(parts.first())
                .map_or_else(String::new, |part| because(view, part))
        }
        _ if condition.evaluate(view) == Truth::Unknown => missing(view, condition),
        leaf => {
            let mut reason = String::new();
            leaf.for_each_question(&mut |id| {
                if let Some(question) = view.catalogue().question(id) {
                    reason = match view.seen(id) {
                        Seen::Hidden => {
                            format!(
                                "parce que la question {} ne se pose pas",
                                quoted(&question.text)
                            )
                        }
                        _ => format!(
                            "parce que vous avez répondu {} à {}",
                            quoted(&said(view, question)),
                            quoted(&question.text)
                        ),
                    };
                }
            });
            reason
        }
    }
}

fn missing(view: &View<'_>, condition: &Condition) -> String {
    let catalogue = view.catalogue();
    for id in condition.questions(catalogue) {
        let Some(question) = catalogue.question(id) else {
            continue;
        };
        match view.seen(id) {
            Seen::Answer(Answer::Unknown) => {
                return format!(
                    "parce que vous ne savez pas encore : {}",
                    quoted(&question.text)
                );
            }
            Seen::Nothing if view.applies(question).is_true() => {
                return format!("cela dépend de votre réponse à {}", quoted(&question.text));
            }
            _ => {}
        }
    }
    "cela dépend de réponses encore absentes".to_owned()
}

/// The answer as the user would say it.
pub fn said(view: &View<'_>, question: &Question) -> String {
    match view.recorded(question) {
        None => "pas encore de réponse".to_owned(),
        Some(Answer::Later) => "plus tard".to_owned(),
        Some(Answer::Unknown) => "je ne sais pas".to_owned(),
        Some(Answer::NotApplicable { reason }) if reason.is_empty() => "sans objet".to_owned(),
        Some(Answer::NotApplicable { reason }) => format!("sans objet : {reason}"),
        Some(Answer::Value(value)) => value_text(view, question, value),
    }
}

fn value_text(view: &View<'_>, question: &Question, value: &Value) -> String {
    let label = |id: &str| {
        let option = question.options.iter().find(|option| option.id == id);
        let service = || {
            view.catalogue()
                .service(id)
                .map(|service| service.name.clone())
        };
        option
            .map(|o| o.label.clone())
            .or_else(service)
            .unwrap_or_else(|| id.to_owned())
    };
    match value {
        Value::Text(text) if question.kind == Kind::Choice => label(text),
        Value::Text(text) => written(question.kind, text),
        Value::Number(amount) => written(question.kind, &amount.to_string()),
        Value::Set(ids) if ids.is_empty() => "aucun".to_owned(),
        Value::Set(ids) => ids
            .iter()
            .map(|id| label(id))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Ticks(ticks) => {
            // Out of the lines asked, ticked or not: a list just begun is not done.
            let asked = question.items.iter();
            let asked = asked.filter(|item| view.item_applies(item).is_true());
            let asked: Vec<_> = asked.map(|item| ticks.get(&item.id)).collect();
            let yes = asked.iter().flatten().filter(|t| ***t == Tick::Yes).count();
            match asked[..] {
                [Some(only)] => only.said().to_owned(),
                _ => format!("{yes} oui sur {}", asked.len()),
            }
        }
        Value::Record(parts) => {
            let part = |key: &str| parts.get(key).map_or("", String::as_str);
            let town = format!("{} {}", part("postal_code"), part("city"));
            let country = match part("country") {
                "France" => "",
                abroad => abroad,
            };
            [part("line1"), part("line2"), town.trim(), country]
                .into_iter()
                .filter(|p| !p.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        }
        Value::List(entries) => entries
            .iter()
            .map(|entry| {
                let mut fields = question.fields.iter();
                let first = fields.find_map(|field| Some(field_text(field, entry.get(&field.id)?)));
                first.unwrap_or_default()
            })
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The value of a field of an entry as it reads: the words of an option, not its id.
pub fn field_text(field: &Field, text: &str) -> String {
    let option = field.options.iter().find(|option| option.id == text);
    option.map_or_else(|| written(field.kind, text), |option| option.label.clone())
}

/// What is known of a service, in a few short lines, the last one saying since when.
pub fn service(service: &Service) -> Vec<String> {
    let consent = match service.consent {
        Consent::Required => "Accord du visiteur à demander avant",
        Consent::Conditional => "Dispensé d'accord sous conditions",
        Consent::None => "Pas de traceur : informer suffit",
    };
    let standing = if service.verified {
        ""
    } else {
        ", à confirmer"
    };
    vec![
        format!("{} · {}", service.publisher, service.country),
        format!("{consent}. {} {}", service.reason, service.remedy),
        format!(
            "Fiche au {}{standing} · source : {}",
            day(service.checked_on),
            service.source
        ),
    ]
}

/// « 1,4 point », « 2 points ».
pub fn points(points: Points) -> String {
    // What is shown is rounded to a tenth.
    let many = points.0 + LOSS_UNITS / 20 >= 2 * LOSS_UNITS;
    let word = if many { "points" } else { "point" };
    format!("{}\u{a0}{word}", points.label())
}

/// « +1,4 point » of an action; one that only finds something out gains what will be found.
pub fn gain(gain: Points) -> String {
    if gain.0 == 0 {
        return "selon la réponse".to_owned();
    }
    format!("+{}", points(gain))
}

/// « Prestataire web : les 6 premières actions sur 9 », « 51 actions »: what a list of actions shows,
/// out of how many there are of a person and in all.
pub fn plan_count(who: Option<&str>, shown: usize, own: usize, all: usize) -> String {
    let actions = if shown < 2 { "action" } else { "actions" };
    let words = match who {
        _ if shown < own => format!("les {shown} premières actions sur {own}"),
        Some(_) => format!("{shown}\u{a0}{actions} sur {all}"),
        None => format!("{shown}\u{a0}{actions}"),
    };
    capital(&match who {
        Some(who) => format!("{who} : {words}"),
        None => words,
    })
}

/// « Aujourd'hui : … »: the first step of the first action still open among those shown, or that there
/// is none; the words of whoever they are limited to are quoted.
pub fn today_words(who: Option<&str>, first_step: Option<&str>) -> String {
    match (first_step, who) {
        (Some(step), _) => format!("Aujourd'hui : {step}"),
        (None, Some(who)) => format!("Aujourd'hui : plus rien à faire pour {}.", quoted(who)),
        (None, None) => "Aujourd'hui : plus rien à faire.".to_owned(),
    }
}

/// « 24 % des points qui comptent »: of what the note is made of, not of the questions.
pub fn coverage_words(score: &Score) -> String {
    format!("{} % des points qui comptent", score.coverage_percent())
}

/// « 118 critères répondus sur 118 »: a criterion is what is scored, a point is what it brings.
pub fn answered_words(score: &Score) -> String {
    let words = if score.answered < 2 {
        "critère répondu"
    } else {
        "critères répondus"
    };
    format!("{}\u{a0}{words} sur {}", score.answered, score.applicable)
}

/// « 46 sur 100, niveau D », or the interval.
pub fn score_words(score: &Score) -> String {
    let (lo, hi) = score.interval;
    let note = if lo == hi {
        format!("{lo} sur 100")
    } else {
        format!("entre {lo} et {hi} sur 100")
    };
    match told_level(score) {
        Some(level) => format!("{note}, niveau {}", level.letter()),
        None => note,
    }
}

/// Tells whether less than half of what counts is answered: what is missing outweighs what is said.
pub fn too_early(score: &Score) -> bool {
    let (answered, all) = score.weights;
    answered * 2 < all
}

/// The note some actions would give, once it differs: of what is answered, as long as the rest may change it.
pub fn projected_words(assessment: &Assessment<'_>) -> Option<String> {
    let score = &assessment.score;
    let projected = assessment.projected?;
    if Some(projected) == score.score {
        return None;
    }
    let of = if score.answered < score.applicable {
        ", sur ce qui est répondu"
    } else {
        ""
    };
    Some(format!(
        "Avec les actions en cours ou faites : {projected} sur 100{of}."
    ))
}

/// The letter that may be told: none before half of what counts is answered.
pub fn told_level(score: &Score) -> Option<Level> {
    score.level.filter(|_| !too_early(score))
}

/// Why there is no letter at all.
pub fn no_level_words(score: &Score) -> &'static str {
    if score.answered == 0 {
        "Rien n'est encore répondu : la lettre viendra avec vos réponses"
    } else {
        "Trop peu de critères pour une lettre"
    }
}

/// « Niveau B, provisoire », without an end; a letter on a few answers would flatter.
pub fn level_words(score: &Score) -> Option<String> {
    let level = score.level?;
    Some(if too_early(score) {
        "Trop tôt pour une lettre : moins de la moitié des points qui comptent ont une réponse"
            .to_owned()
    } else if score.provisional {
        format!("Niveau {}, provisoire", level.letter())
    } else {
        format!("Niveau {}", level.letter())
    })
}

/// The score as a sentence: the interval, and what it depends on.
pub fn score_sentence(score: &Score) -> String {
    let (lo, hi) = score.interval;
    if score.applicable == 0 {
        "Rien n'est noté pour l'instant : répondez aux thèmes qui suivent le profil.".to_owned()
    } else if lo == hi {
        format!("Votre note est de {lo} sur 100.")
    } else if score.answered == score.applicable {
        format!(
            "Votre note est entre {lo} et {hi} sur 100, selon ce que donneront les critères à \
             vérifier."
        )
    } else {
        format!(
            "Votre note est entre {lo} et {hi} sur 100, selon les réponses qui manquent encore."
        )
    }
}

/// What a change is about, to name what is undone: « la réponse à « … » ».
pub fn change_words(catalogue: &Catalogue, change: &Change) -> String {
    let asked = |id: &str| {
        let id = id.strip_prefix(PRIVATE_NOTE).unwrap_or(id);
        quoted(catalogue.question(id).map_or(id, |question| &question.text))
    };
    match change {
        Change::Answer { question, .. } => format!("la réponse à {}", asked(question)),
        Change::Note { question, .. } => format!("la note de {}", asked(question)),
        Change::Action { action, .. } => {
            let known = catalogue.action(action);
            let title = known.map_or(action.as_str(), |action| &action.title);
            format!("le suivi de {}", quoted(title))
        }
        Change::Activity { .. } => "ce que vous avez écrit d'un traitement".to_owned(),
        Change::Rename { .. } => "le nom du dossier".to_owned(),
        Change::Assessed { .. } => "le bilan".to_owned(),
    }
}

/// A value on file as a person writes it: « 11/08/2026 », « 02 97 00 00 01 », « 12,5 ».
pub fn written(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Date => text.parse().map_or_else(|_| text.to_owned(), day),
        Kind::Number => text.replace('.', ","),
        kind => number(kind, text),
    }
}

/// « 11/08/2026 ».
pub fn day(date: jiff::civil::Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_is_told_before_half_of_the_weight_is_answered() {
        let mut score = Score {
            score: Some(100),
            interval: (19, 100),
            weights: (19, 100),
            level: Some(Level::A),
            level_before_cap: Some(Level::A),
            cap_reason: None,
            provisional: true,
            answered: 3,
            applicable: 20,
        };
        let words = level_words(&score).unwrap();
        assert!(words.starts_with("Trop tôt pour une lettre"), "{words}");
        assert_eq!(score_words(&score), "entre 19 et 100 sur 100");
        assert_eq!(told_level(&score), None);
        score.weights = (50, 100);
        assert_eq!(told_level(&score), Some(Level::A));
        assert_eq!(level_words(&score).unwrap(), "Niveau A, provisoire");
        score.provisional = false;
        assert_eq!(level_words(&score).unwrap(), "Niveau A");
    }
}
