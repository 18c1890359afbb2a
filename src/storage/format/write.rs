//! Dossier → text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};

use super::{FORMAT, MARKER, trailer};
use crate::domain::answer::{Answer, Value};
use crate::domain::dossier::{Change, Dossier, Entry, Tracking};
use crate::domain::processing::ActivityEdit;
use crate::storage::error::is_unsafe;

/// The whole text of a dossier.
pub(super) fn dossier(dossier: &Dossier) -> String {
    let mut out = String::with_capacity(1024 + 160 * dossier.history.len());
    line(&mut out, MARKER);
    line(
        &mut out,
        "# Ce fichier contient vos réponses. Vous pouvez le lire, le comparer, et le corriger",
    );
    line(
        &mut out,
        "# avec un éditeur de texte : Aplomb reconnaît une correction et vous le dit.",
    );
    line(&mut out, "");
    line(&mut out, &format!("format = {FORMAT}"));
    line(&mut out, &format!("name = {}", string(&dossier.name)));
    line(&mut out, &format!("created = {}", date(dossier.created)));
    if let Some(version) = &dossier.assessed_with {
        line(&mut out, &format!("assessed_with = {}", string(version)));
    }
    if let Some(last) = &dossier.last {
        line(&mut out, "\n[assessed]");
        line(&mut out, &format!("on = {}", date(last.on)));
        if let Some(score) = last.score {
            line(&mut out, &format!("score = {score}"));
        }
        let questions: Vec<String> = last.questions.iter().map(|id| string(id)).collect();
        line(&mut out, &format!("questions = [{}]", questions.join(", ")));
    }
    section(&mut out, "answers", &dossier.answers, |value| {
        answer(value, true)
    });
    section(&mut out, "notes", &dossier.notes, |note| string(note));
    section(&mut out, "actions", &dossier.actions, tracking);
    for (id, edit) in &dossier.activities {
        line(&mut out, &format!("\n[activities.{}]", string(id)));
        for (key, value) in activity(edit) {
            line(&mut out, &format!("{key} = {value}"));
        }
    }
    line(&mut out, "\n[history]\nchanges = [");
    for change in &dossier.history {
        line(&mut out, &format!("  {},", entry(change)));
    }
    line(&mut out, "]\n\n[integrity]");
    line(
        &mut out,
        "# Posé par Aplomb, pour reconnaître un fichier coupé ou abîmé.",
    );
    line(&mut out, &format!("answers = {}", dossier.answers.len()));
    trailer::seal(&mut out);
    out
}

/// One change on one line, as an inline table: the form of the history and of the journal.
pub(crate) fn entry(entry: &Entry) -> String {
    let mut parts = vec![("at", date_time(entry.at))];
    match &entry.change {
        Change::Answer {
            question,
            answer: value,
        } => {
            parts.push(("answer", string(question)));
            parts.extend(value.iter().map(|value| ("value", answer(value, false))));
        }
        Change::Note { question, text } => {
            parts.push(("note", string(question)));
            parts.extend(text.iter().map(|text| ("text", string(text))));
        }
        Change::Action {
            action,
            tracking: decision,
        } => {
            parts.push(("action", string(action)));
            parts.extend(
                decision
                    .iter()
                    .map(|decision| ("tracking", tracking(decision))),
            );
        }
        Change::Activity { activity: id, edit } => {
            parts.push(("activity", string(id)));
            parts.extend(edit.iter().map(|edit| {
                let fields = activity(edit).into_iter();
                ("edit", inline(fields.map(|(key, v)| (key.to_owned(), v))))
            }));
        }
        Change::Rename { name } => parts.push(("name", string(name))),
        Change::Assessed { version } => parts.push(("assessed", string(version))),
    }
    inline(
        parts
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value)),
    )
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn section<V>(
    out: &mut String,
    title: &str,
    values: &BTreeMap<String, V>,
    form: impl Fn(&V) -> String,
) {
    line(out, &format!("\n[{title}]"));
    for (key, value) in values {
        line(out, &format!("{} = {}", string(key), form(value)));
    }
}

/// An answer; the entries of a list stand on a line each when there is room.
fn answer(answer: &Answer, multiline: bool) -> String {
    let tagged = |tag: &str, value: String| inline([(tag.to_owned(), value)]);
    match answer {
        Answer::Value(Value::Text(text)) => string(text),
        Answer::Value(Value::Number(amount)) => amount.to_string(),
        Answer::Value(Value::Set(ids)) => {
            format!(
                "[{}]",
                ids.iter()
                    .map(|id| string(id))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        Answer::Value(Value::Ticks(ticks)) => tagged(
            "checklist",
            inline(
                ticks
                    .iter()
                    .map(|(item, tick)| (string(item), string(tick.word()))),
            ),
        ),
        Answer::Value(Value::Record(fields)) => tagged("record", record(fields)),
        Answer::Value(Value::List(entries)) => {
            let entries: Vec<String> = entries.iter().map(record).collect();
            let list = match (multiline, entries.is_empty()) {
                (true, false) => format!("[\n  {},\n]", entries.join(",\n  ")),
                _ => format!("[{}]", entries.join(", ")),
            };
            tagged("list", list)
        }
        Answer::Unknown => tagged("status", string("unknown")),
        Answer::Later => tagged("status", string("later")),
        Answer::NotApplicable { reason } => inline([
            ("status".to_owned(), string("not-applicable")),
            ("reason".to_owned(), string(reason)),
        ]),
    }
}

fn record(fields: &BTreeMap<String, String>) -> String {
    inline(
        fields
            .iter()
            .map(|(name, text)| (string(name), string(text))),
    )
}

fn tracking(tracking: &Tracking) -> String {
    let mut parts = vec![("status", string(tracking.status.word()))];
    parts.extend(
        tracking
            .reason
            .iter()
            .map(|reason| ("reason", string(reason))),
    );
    parts.extend(tracking.owner.iter().map(|owner| ("owner", string(owner))));
    parts.extend(tracking.due.iter().map(|due| ("due", date(*due))));
    parts.extend(tracking.note.iter().map(|note| ("note", string(note))));
    inline(
        parts
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value)),
    )
}

/// What an owner wrote about an activity, by key.
fn activity(edit: &ActivityEdit) -> Vec<(&'static str, String)> {
    let absent = edit.absent.iter().map(|why| ("absent", string(why)));
    let texts = edit.texts.iter();
    let texts = texts.map(|(part, text)| (part.key(), string(text)));
    let basis = edit
        .basis
        .iter()
        .map(|basis| ("basis", string(basis.word())));
    let note = edit.note.iter().map(|note| ("note", string(note)));
    absent.chain(texts).chain(basis).chain(note).collect()
}

fn inline(parts: impl IntoIterator<Item = (String, String)>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    if parts.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", parts.join(", "))
    }
}

/// A TOML date, or a text for the years TOML cannot write.
fn date(date: Date) -> String {
    if date.year() < 0 {
        string(&date.to_string())
    } else {
        date.to_string()
    }
}

fn date_time(at: DateTime) -> String {
    if at.year() < 0 {
        string(&at.to_string())
    } else {
        at.to_string()
    }
}

/// A TOML text on one line, with nothing in it that could change how the file is shown.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unsafe(c) => {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
