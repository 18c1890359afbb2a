//! `comparer`: what moved between two dates, answers, record, law, and questionnaires.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::error::CliError;
use super::{Context, Reply, json};
use crate::domain::assessment::{Assessment, assess};
use crate::domain::catalogue::{Obligation, Question};
use crate::domain::dossier::{Change, Dossier};
use crate::domain::explain::{self, day};
use crate::domain::processing::{self, Standing};
use crate::domain::view::View;
use crate::session::Renewal;

/// What moved between two dates: answers, law, and the questionnaire version.
pub(super) fn compare(
    context: &Context,
    dossier: &str,
    before: Option<Date>,
    after: Option<Date>,
    as_json: bool,
) -> Result<Reply, CliError> {
    let (session, notes) = context.open(dossier)?;
    let current = session.dossier();
    let before = before.unwrap_or(current.created);
    let after = after.unwrap_or_else(|| context.date());
    if before > after {
        return Err(CliError::bad_input(
            "la première date doit précéder la seconde.",
        ));
    }
    let (old, new) = (as_of(current, before), as_of(current, after));
    let catalogue = session.catalogue();
    let (then, now) = (
        View::new(catalogue, &old, before),
        View::new(catalogue, &new, after),
    );
    let mut moves = moves(&then, &now);
    moves.renewal = session.renewal();
    let text = if as_json {
        json::text(&moves.json(current, &catalogue.version))
    } else {
        moves.text(current)
    };
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

/// What moved.
struct Moves<'a> {
    /// Questions whose answer changed, before and after.
    answers: Vec<(&'a Question, String, String)>,
    /// Activities the owner wrote about: id, title, contents before and after.
    activities: Vec<(String, String, Vec<String>)>,
    /// Rules that entered into force, or left it.
    law: Vec<(&'a Obligation, bool)>,
    /// What a newer catalogue changes.
    renewal: Option<Renewal>,
    then: Assessment<'a>,
    now: Assessment<'a>,
}

fn moves<'a>(then: &View<'a>, now: &View<'a>) -> Moves<'a> {
    let catalogue = now.catalogue();
    let answers = catalogue
        .questions
        .iter()
        .filter(|question| then.recorded(question) != now.recorded(question))
        .map(|q| (q, explain::said(then, q), explain::said(now, q)))
        .collect();
    let in_force = |validity: crate::domain::validity::Validity| {
        (
            validity.contains(then.date()),
            validity.contains(now.date()),
        )
    };
    let law = catalogue
        .obligations
        .iter()
        .filter_map(|o| match in_force(o.validity) {
            (false, true) => Some((o, true)),
            (true, false) => Some((o, false)),
            _ => None,
        })
        .collect();
    Moves {
        answers,
        activities: activities_changed(then, now),
        law,
        renewal: None,
        then: assess(then),
        now: assess(now),
    }
}

impl Moves<'_> {
    fn json(&self, dossier: &Dossier, version: &str) -> Json {
        let side = |a: &Assessment<'_>| json!({ "date": a.date, "score": a.score.score, "level": a.score.level });
        json!({
            "name": dossier.name,
            "before": side(&self.then),
            "after": side(&self.now),
            "answers": self.answers.iter().map(|(q, old, new)| json!({
                "question": q.id, "text": q.text, "before": old, "after": new,
            })).collect::<Vec<_>>(),
            "activities": self.activities.iter().map(|(id, title, what)| json!({
                "id": id, "title": title, "changes": what,
            })).collect::<Vec<_>>(),
            "law": self.law.iter().map(|(o, entered)| json!({
                "obligation": o.id, "title": o.title, "change": if *entered { "entered" } else { "left" },
            })).collect::<Vec<_>>(),
            "renewal": self.renewal.as_ref().map(renewal),
            "assessed_with": dossier.assessed_with,
            "catalogue_version": version,
        })
    }

    fn text(&self, dossier: &Dossier) -> String {
        let mut text = String::new();
        let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
        line(format!(
            "{} — du {} au {}",
            dossier.name,
            day(self.then.date),
            day(self.now.date)
        ));
        line(format!("\nRéponses changées : {}", self.answers.len()));
        for (question, old, new) in &self.answers {
            line(format!("  {}\n      {old} → {new}", question.text));
        }
        if !self.activities.is_empty() {
            let count = self.activities.len();
            line(format!("\nTraitements modifiés par vous : {count}"));
        }
        for (_, title, changes) in &self.activities {
            line(format!("  {title}"));
            for change in changes {
                line(format!("      {change}"));
            }
        }
        line(format!(
            "\nRègles entrées en vigueur ou sorties : {}",
            self.law.len()
        ));
        for (obligation, entered) in &self.law {
            let sign = if *entered { '+' } else { '-' };
            line(format!("  {sign} {}", obligation.title));
        }
        if let Some(renewal) = &self.renewal {
            line(String::new());
            for sentence in renewal.sentences() {
                line(sentence);
            }
        }
        let of = |a: &Assessment<'_>| a.score.score.map_or("–".to_owned(), |s| s.to_string());
        line(format!(
            "\nNote : {} → {} sur 100",
            of(&self.then),
            of(&self.now)
        ));
        text
    }
}

/// What a newer catalogue changes, as JSON.
fn renewal(renewal: &Renewal) -> Json {
    let ids = |questions: &[(String, String)]| -> Vec<String> {
        questions.iter().map(|(id, _)| id.clone()).collect()
    };
    json!({
        "from": renewal.from,
        "to": renewal.to,
        "score": renewal.score,
        "last": renewal.last.as_ref().map(|last| json!({
            "date": last.on,
            "score": last.score,
            "opened": ids(&last.opened),
            "closed": ids(&last.closed),
        })),
    })
}

/// What the owner changed in the record: id, title, and each content before and after.
fn activities_changed(then: &View<'_>, now: &View<'_>) -> Vec<(String, String, Vec<String>)> {
    let (before, after) = (processing::all(then), processing::all(now));
    let ids: BTreeSet<&str> = before.iter().chain(&after).map(|s| s.id).collect();
    let changed = ids.into_iter().filter_map(|id| {
        let (old, new) = (processing::find(&before, id), processing::find(&after, id));
        if old.and_then(|s| s.edit) == new.and_then(|s| s.edit) {
            return None;
        }
        let title = new.or(old).map(Standing::title).unwrap_or_default();
        let words =
            |standing: Option<&Standing<'_>>| standing.map_or_else(Vec::new, Standing::lines);
        let (old, new) = (words(old), words(new));
        let told = |from: &[(&'static str, String)], label: &str| -> String {
            let line = from.iter().find(|(l, _)| *l == label);
            line.map_or("—".to_owned(), |(_, text)| text.clone())
        };
        let labels: BTreeSet<&str> = old.iter().chain(&new).map(|(label, _)| *label).collect();
        let moved = labels.into_iter().filter_map(|label| {
            let (a, b) = (told(&old, label), told(&new, label));
            (a != b).then(|| format!("{label} : {a} → {b}"))
        });
        Some((id.to_owned(), title, moved.collect()))
    });
    changed.collect()
}

/// The dossier as it stood at the end of a day, replayed from its history.
fn as_of(dossier: &Dossier, date: Date) -> Dossier {
    let mut replayed = Dossier::new(&dossier.name, dossier.created);
    let until = dossier
        .history
        .iter()
        .take_while(|entry| entry.at.date() <= date);
    let changes: Vec<Change> = until.map(|entry| entry.change.clone()).collect();
    for change in changes {
        replayed.perform(change);
    }
    replayed
}
