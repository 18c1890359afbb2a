//! Answers of a dossier that the catalogue does not understand.

use super::answer::{Answer, Value};
use super::catalogue::{Catalogue, Question};
use super::dossier::{Change, Dossier};
use super::input::{self, Raw};
use super::processing::edit::{MAX_TEXT, bounded};
use super::processing::{ActivityEdit, OWN};
use super::reason;

/// An answer that is kept and ignored, or read though written unusually, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Question id, as written in the dossier.
    pub question: String,
    /// What is wrong with it, in French.
    pub reason: String,
    /// Whether it counts all the same.
    pub counts: bool,
}

/// Lists the answers that name no question, or do not suit theirs.
pub fn misfits(catalogue: &Catalogue, dossier: &Dossier) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    for (id, answer) in &dossier.answers {
        let found = match (catalogue.question(id), answer) {
            (None, _) => {
                let reason = "cette question n'existe pas dans les questionnaires";
                Some((reason.to_owned(), false))
            }
            (Some(question), Answer::Value(value)) => unsuited(catalogue, question, value),
            (Some(question), Answer::NotApplicable { reason })
                if reason::needs_reason(question) && !reason::tells_why(reason) =>
            {
                let reason = "sa raison est trop courte pour être comprise plus tard : deux mots au \
                              moins, ou un mot de huit lettres, comme « aucun salarié »";
                Some((reason.to_owned(), true))
            }
            _ => None,
        };
        misfits.extend(found.map(|(reason, counts)| Misfit {
            question: id.clone(),
            reason,
            counts,
        }));
    }
    misfits.extend(dossier.activities.iter().filter_map(|(id, edit)| {
        let reason = misplaced(catalogue, id, edit)?;
        let question = format!("activities.{id}");
        Some(Misfit {
            question,
            reason,
            counts: false,
        })
    }));
    misfits
}

/// Why what was written about an activity is ignored, or not as the program writes it.
fn misplaced(catalogue: &Catalogue, id: &str, edit: &ActivityEdit) -> Option<String> {
    let known = catalogue.processing_activities.iter().any(|a| a.id == id);
    if !known && !id.starts_with(OWN) {
        return Some("ce traitement n'existe pas dans les questionnaires".to_owned());
    }
    let texts = edit.texts.iter();
    texts
        .map(|(part, text)| (part.label(), text, part.read(text)))
        .chain(
            [&edit.note, &edit.absent]
                .into_iter()
                .flatten()
                .map(|text| ("note ou raison", text, bounded(text, MAX_TEXT))),
        )
        .find_map(|(label, text, read)| match read {
            Err(reason) => Some(format!("{label} : {reason}")),
            Ok(read) if read != *text => Some(format!(
                "{label} : le texte n'est pas écrit sous sa forme habituelle"
            )),
            Ok(_) => None,
        })
}

/// What is wrong with a value, and whether it counts all the same.
fn unsuited(catalogue: &Catalogue, question: &Question, value: &Value) -> Option<(String, bool)> {
    match input::value(question, &raw(value), catalogue) {
        Err(reason) => Some((reason, false)),
        Ok(read) if read != *value => {
            let reason = "la valeur n'est pas écrite sous sa forme habituelle";
            Some((reason.to_owned(), true))
        }
        Ok(_) => None,
    }
}

/// The dossier as it can be understood, and what cannot: an answer that is none of those possible is
/// left out, as if it had not been given yet, and one written in an unusual way is read all the same.
/// Nothing when the dossier is understood as it is.
///
/// A correction by hand, or an option that a newer catalogue lacks, must not pass for an answer.
pub fn understood(catalogue: &Catalogue, dossier: &Dossier) -> Option<(Dossier, Vec<Misfit>)> {
    let mut read = Vec::new();
    let mut misfits = Vec::new();
    for (id, answer) in &dossier.answers {
        let (Some(question), Answer::Value(value)) = (catalogue.question(id), answer) else {
            continue;
        };
        let (kept, reason) = possible(catalogue, question, value);
        if kept.as_ref() != Some(value) {
            read.push((id.clone(), kept.map(Answer::Value)));
        }
        misfits.extend(reason.map(|reason| Misfit {
            question: id.clone(),
            reason,
            counts: false,
        }));
    }
    if read.is_empty() {
        return None;
    }
    let mut dossier = dossier.clone();
    for (question, answer) in read {
        dossier.perform(Change::Answer { question, answer });
    }
    Some((dossier, misfits))
}

/// What can be kept of a value, and why the rest cannot.
fn possible(
    catalogue: &Catalogue,
    question: &Question,
    value: &Value,
) -> (Option<Value>, Option<String>) {
    let read = |value: &Value| input::value(question, &raw(value), catalogue);
    let reason = match read(value) {
        Ok(read) => return (Some(read), None),
        Err(reason) => reason,
    };
    // The other points, or the other options, were answered all the same.
    let rest = match value {
        Value::Ticks(ticks) => {
            let mut ticks = ticks.clone();
            ticks.retain(|id, _| question.items.iter().any(|item| item.id == *id));
            (!ticks.is_empty()).then_some(Value::Ticks(ticks))
        }
        Value::Set(ids) => {
            let is_possible = |id: &&String| read(&Value::Set(vec![(*id).clone()])).is_ok();
            let ids: Vec<String> = ids.iter().filter(is_possible).cloned().collect();
            (!ids.is_empty()).then_some(Value::Set(ids))
        }
        _ => None,
    };
    (rest.and_then(|rest| read(&rest).ok()), Some(reason))
}

/// A value as it would be written.
pub fn raw(value: &Value) -> Raw {
    let table = |parts: &std::collections::BTreeMap<String, String>| {
        Raw::Table(
            parts
                .iter()
                .map(|(k, v)| (k.clone(), Raw::Text(v.clone())))
                .collect(),
        )
    };
    match value {
        Value::Text(text) => Raw::Text(text.clone()),
        Value::Number(amount) => Raw::Number(amount.to_string()),
        Value::Set(ids) => Raw::List(ids.iter().cloned().map(Raw::Text).collect()),
        Value::Ticks(ticks) => Raw::Table(
            ticks
                .iter()
                .map(|(k, t)| (k.clone(), Raw::Text(t.word().to_owned())))
                .collect(),
        ),
        Value::Record(parts) => table(parts),
        Value::List(entries) => Raw::List(entries.iter().map(table).collect()),
    }
}
