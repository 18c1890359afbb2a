//! Findings: what the answers say of each item that applies or may apply.

use std::borrow::Cow;

use serde::Serialize;

use super::losses::Points;
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Question, Severity};
use crate::domain::condition::Truth;
use crate::domain::dossier::Status as ActionStatus;
use crate::domain::view::View;

/// State of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Conformity 1.
    Met,
    /// Conformity between 0 and 1.
    PartlyMet,
    /// Conformity 0.
    Unmet,
    /// « Je ne sais pas ».
    Unknown,
    /// Not answered yet.
    Unanswered,
}

/// What was found about one item.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// The question.
    pub question: &'a Question,
    /// The item, for a checklist.
    pub item: Option<&'a str>,
    /// What the user reads: the question, or the item.
    pub text: &'a str,
    /// The words of the option chosen, for a choice.
    pub answer: Option<&'a str>,
    /// Weight.
    pub severity: Severity,
    /// Obligations behind it.
    pub obligations: Vec<&'a str>,
    /// References behind it.
    pub references: Vec<&'a str>,
    /// State.
    pub status: Status,
    /// Conformity in thousandths, when answered; 0 for « je ne sais pas ».
    pub conformity: Option<u16>,
    /// Actions that close the gap.
    pub actions: Vec<&'a str>,
    /// Points lost.
    pub loss: Points,
    /// Whether an action that closes the gap is under way or done (« écart planifié »).
    pub planned: bool,
    /// Whether it is not certain yet that the item applies.
    pub undecided: bool,
}

impl Finding<'_> {
    /// Weight `g`.
    pub fn weight(&self) -> u64 {
        u64::from(self.severity.weight())
    }

    /// Tells whether something is to be done about it.
    pub fn is_gap(&self) -> bool {
        matches!(self.status, Status::PartlyMet | Status::Unmet)
    }

    /// What was found, in words: an item says it by itself, a question needs its answer.
    pub fn words(&self) -> Cow<'_, str> {
        match self.answer {
            Some(answer) => Cow::Owned(format!("{} {answer}", self.text)),
            None => Cow::Borrowed(self.text),
        }
    }

    /// Stable id: the question, or the question and the item.
    pub fn id(&self) -> String {
        match self.item {
            Some(item) => format!("{}/{item}", self.question.id),
            None => self.question.id.clone(),
        }
    }
}

/// Every item that applies or may apply.
pub(super) fn findings<'a>(view: &View<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for question in &view.catalogue().questions {
        let truth = view.applies(question);
        if truth.is_false() {
            continue;
        }
        let answer = match view.recorded(question) {
            Some(Answer::NotApplicable { .. }) => continue,
            answer if truth.is_true() => answer,
            _ => None,
        };
        if let Some(severity) = question.severity {
            findings.push(choice_finding(view, question, severity, answer, truth));
        }
        for item in &question.items {
            let truth = truth.and(view.item_applies(item));
            if truth.is_false() {
                continue;
            }
            let tick = if truth.is_true() {
                view.tick(question, item)
            } else {
                None
            };
            let conformity = tick.map(|tick| match tick {
                Tick::Unknown => 0,
                Tick::Yes => u16::from(item.expected) * 1_000,
                Tick::No => u16::from(!item.expected) * 1_000,
            });
            findings.push(Finding {
                question,
                item: Some(&item.id),
                text: &item.text,
                answer: None,
                severity: item.severity,
                obligations: item.obligations.iter().map(String::as_str).collect(),
                references: references(view, &item.references, &item.obligations),
                status: status(conformity, tick == Some(Tick::Unknown)),
                conformity,
                actions: item.actions.iter().map(String::as_str).collect(),
                loss: Points::default(),
                planned: planned(view, &item.actions),
                undecided: truth == Truth::Unknown,
            });
        }
    }
    findings
}

fn choice_finding<'a>(
    view: &View<'a>,
    question: &'a Question,
    severity: Severity,
    answer: Option<&Answer>,
    truth: Truth,
) -> Finding<'a> {
    let option = match answer {
        Some(Answer::Value(Value::Text(id))) => question
            .options
            .iter()
            .find(|option| option.id == *id && option.validity.contains(view.date())),
        _ => None,
    };
    let unknown = answer == Some(&Answer::Unknown);
    let conformity = if unknown {
        Some(0)
    } else {
        option.and_then(|option| option.conformity)
    };
    let actions = option.map_or(&[][..], |option| &option.actions);
    Finding {
        question,
        item: None,
        text: &question.text,
        answer: option.map(|option| option.label.as_str()),
        severity,
        obligations: question.obligations.iter().map(String::as_str).collect(),
        references: references(view, &question.references, &question.obligations),
        status: status(conformity, unknown),
        conformity,
        actions: actions.iter().map(String::as_str).collect(),
        loss: Points::default(),
        planned: planned(view, actions),
        undecided: truth == Truth::Unknown,
    }
}

/// References cited directly, or else those of the obligations, in force on the day.
fn references<'a>(view: &View<'a>, own: &'a [String], obligations: &[String]) -> Vec<&'a str> {
    let catalogue = view.catalogue();
    let mut ids: Vec<&str> = own.iter().map(String::as_str).collect();
    for obligation in obligations.iter().filter_map(|id| catalogue.obligation(id)) {
        for reference in &obligation.references {
            if !ids.contains(&reference.as_str()) {
                ids.push(reference);
            }
        }
    }
    ids.retain(|id| {
        catalogue
            .reference(id)
            .is_none_or(|r| r.validity.contains(view.date()))
    });
    ids
}

fn planned(view: &View<'_>, actions: &[String]) -> bool {
    actions.iter().any(|action| {
        view.dossier()
            .actions
            .get(action)
            .is_some_and(|t| matches!(t.status, ActionStatus::Doing | ActionStatus::Done))
    })
}

fn status(conformity: Option<u16>, unknown: bool) -> Status {
    match conformity {
        _ if unknown => Status::Unknown,
        None => Status::Unanswered,
        Some(0) => Status::Unmet,
        Some(1_000..) => Status::Met,
        Some(_) => Status::PartlyMet,
    }
}
