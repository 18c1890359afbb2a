//! JSON given to other programs. Keys are a contract: add some, never rename any.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::domain::answer::{Answer, Value};
use crate::domain::assessment::{Assessment, Finding, Score};
use crate::domain::catalogue::{Catalogue, Choice, Decision, Kind, Question, Service};
use crate::domain::condition::Truth;
use crate::domain::explain;
use crate::domain::plan::{Plan, PlannedAction};
use crate::domain::view::View;
use crate::domain::visible::escaped_json;

/// `bilan --json`.
pub fn assessment(name: &str, view: &View<'_>, assessment: &Assessment<'_>) -> Json {
    let mut root = score(&assessment.score);
    let themes: Vec<Json> = assessment
        .themes
        .iter()
        .map(|theme| {
            let mut row = score(&theme.score);
            row["id"] = json!(theme.questionnaire.id);
            row["title"] = json!(theme.questionnaire.title);
            row
        })
        .collect();
    let contradictions: Vec<Json> = contradictions(view)
        .map(|c| json!({ "id": c.id, "message": c.message, "questions": c.questions }))
        .collect();
    root["date"] = json!(assessment.date);
    root["name"] = json!(name);
    root["projected_score"] = json!(assessment.projected);
    root["rounding"] = json!(assessment.rounding);
    root["exposure"] = json!(f64::from(assessment.exposure) / 1_000.0);
    root["exposure_reasons"] = json!(
        assessment
            .exposures
            .iter()
            .map(|e| &e.reason)
            .collect::<Vec<_>>()
    );
    root["themes"] = Json::Array(themes);
    root["findings"] = assessment.findings.iter().map(finding).collect();
    root["contradictions"] = Json::Array(contradictions);
    root["catalogue_version"] = json!(view.catalogue().version);
    root
}

/// Contradictions that certainly hold.
pub fn contradictions<'a>(
    view: &View<'a>,
) -> impl Iterator<Item = &'a crate::domain::catalogue::Contradiction> {
    view.catalogue()
        .contradictions
        .iter()
        .filter(|c| c.when.evaluate(view).is_true())
}

fn score(score: &Score) -> Json {
    json!({
        "score": score.score,
        "interval": [score.interval.0, score.interval.1],
        "coverage": (score.coverage() * 10_000.0).floor() / 10_000.0,
        "level": score.level,
        "level_before_cap": score.level_before_cap,
        "cap_reason": score.cap_reason,
        "provisional": score.provisional,
        "answered": score.answered,
        "applicable": score.applicable,
    })
}

fn finding(finding: &Finding<'_>) -> Json {
    json!({
        "question": finding.question.id,
        "item": finding.item,
        "text": finding.text,
        "answer": finding.answer,
        "obligations": finding.obligations,
        "severity": finding.severity,
        "status": finding.status,
        "conformity": finding.conformity.map(|c| f64::from(c) / 1_000.0),
        "loss": finding.loss,
        "planned": finding.planned,
        "undecided": finding.undecided,
        "references": finding.references,
    })
}

/// `plan --json`.
pub fn plan(name: &str, date: Date, plan: &Plan<'_>) -> Json {
    json!({
        "date": date,
        "name": name,
        "actions": plan.actions.iter().map(action).collect::<Vec<_>>(),
    })
}

fn action(action: &PlannedAction<'_>) -> Json {
    json!({
        "id": action.id,
        "title": action.title,
        "stop": action.stop,
        "severity": action.severity,
        "effort": action.effort,
        "time": action.effort.label(),
        "priority": action.priority as f64 / 1_000.0,
        "gain": action.gain,
        "owner": action.owner,
        "due": action.due,
        "status": action.tracking.status.word(),
        "reason": action.tracking.reason,
        "note": action.tracking.note,
        "first_step": action.first_step,
        "steps": action.steps,
        "documents": action.documents,
        "proof": action.proof,
        "closes": action.closes,
        "obligations": action.obligations,
        "references": action.references,
    })
}

/// `questions --json`; without a dossier, what depends on answers is null.
pub fn questions(catalogue: &Catalogue, view: Option<&View<'_>>) -> Json {
    let rows: Vec<Json> = catalogue
        .questions
        .iter()
        .map(|q| question(catalogue, q, view))
        .collect();
    json!({ "version": catalogue.version, "questions": rows })
}

/// A service offered by a question, with what is known of it and since when.
fn service(service: &Service) -> Json {
    json!({
        "id": service.id,
        "label": service.name,
        "conformity": null,
        "consent": service.consent,
        "transfer": service.transfer,
        "source": service.source,
        "checked_on": service.checked_on,
        "review_by": service.review_by,
        "verified": service.verified,
    })
}

fn question(catalogue: &Catalogue, question: &Question, view: Option<&View<'_>>) -> Json {
    let applies = view.map(|view| view.applies(question));
    let options: Vec<Json> = match question.kind {
        Kind::Catalogue => catalogue.services.iter().map(service).collect(),
        _ => question.options.iter().map(option).collect(),
    };
    let items: Vec<Json> = question
        .items
        .iter()
        .map(|item| {
            json!({
                "id": item.id,
                "text": item.text,
                "severity": item.severity,
                "expected": if item.expected { "oui" } else { "non" },
                "obligations": item.obligations,
                "references": item.references,
                "actions": item.actions,
                "applicable": view.map(|v| v.item_applies(item) == Truth::True),
                "answer": view.and_then(|v| v.tick(question, item)).map(crate::domain::answer::Tick::word),
                "valid_from": item.validity.valid_from,
                "valid_until": item.validity.valid_until,
                "ask": item.ask,
                "ask_words": item.ask_words,
            })
        })
        .collect();
    let fields: Vec<Json> = question
        .fields
        .iter()
        .map(|field| {
            json!({
                "id": field.id,
                "label": field.label,
                "kind": field.kind,
                "required": field.required,
                "options": field.options.iter().map(option).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "id": question.id,
        "questionnaire": question.questionnaire,
        "kind": question.kind,
        "text": question.text,
        "why": question.why,
        "help": question.help,
        "example": question.example,
        "tip": question.tip,
        "severity": question.severity,
        "depth": question.depth,
        "applicable": applies.map(Truth::is_true),
        "why_hidden": view.and_then(|v| explain::why_hidden(v, question)),
        "answer": view.and_then(|v| v.recorded(question)).map(answer),
        "options": options,
        "items": items,
        "fields": fields,
        "max_entries": question.max_entries,
        "obligations": question.obligations,
        "references": question.references,
        "decisions": catalogue.decisions_for(question).into_iter().map(decision).collect::<Vec<_>>(),
        "ask": question.ask,
        "ask_words": question.ask_words,
        "valid_from": question.validity.valid_from,
        "valid_until": question.validity.valid_until,
    })
}

/// A decision that teaches something about a question.
fn decision(decision: &Decision) -> Json {
    json!({
        "id": decision.id,
        "who": decision.who,
        "date": decision.date,
        "amount": decision.amount,
        "lesson": decision.lesson,
        "source": decision.source,
    })
}

fn option(option: &Choice) -> Json {
    json!({
        "id": option.id,
        "label": option.label,
        "conformity": option.conformity.map(|c| f64::from(c) / 1_000.0),
        "exclusive": option.exclusive,
        "actions": option.actions,
        "valid_from": option.validity.valid_from,
        "valid_until": option.validity.valid_until,
    })
}

/// An answer in the form the commands accept.
pub fn answer(answer: &Answer) -> Json {
    match answer {
        Answer::Unknown => json!({ "status": "unknown" }),
        Answer::Later => json!({ "status": "later" }),
        Answer::NotApplicable { reason } => json!({ "status": "not-applicable", "reason": reason }),
        Answer::Value(Value::Text(text)) => json!(text),
        Answer::Value(Value::Number(amount)) => json!(amount.0 as f64 / 100.0),
        Answer::Value(Value::Set(ids)) => json!(ids),
        Answer::Value(Value::Ticks(ticks)) => ticks
            .iter()
            .map(|(item, tick)| (item.clone(), json!(tick.word())))
            .collect(),
        Answer::Value(Value::Record(parts)) => json!(parts),
        Answer::Value(Value::List(entries)) => json!(entries),
    }
}

/// Writes JSON with indentation and a final line end; what a terminal could obey is escaped.
pub fn text(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    escaped_json(&text).into_owned()
}
