//! The plan: gaps closed by the same action merged, actions ordered by what they bring.
//!
//! `priority = Σ over gaps closed g·(1−c)·exposure / effort`. « Arrêter de… » first, then what
//! closes an unmet critical, then obligations, then the rest; each by priority, ties by id;
//! an action never comes before those it must follow.

use jiff::ToSpan;
use jiff::civil::Date;

use super::assessment::{Assessment, Finding, Points, Status as FindingStatus};
use super::catalogue::{Action, Catalogue, Effort, Severity, Step};
use super::dossier::{Status, Tracking};
use super::typography::quoted;
use super::view::View;

/// Number of actions shown before « voir tout ».
pub const FIRST_ACTIONS: usize = 6;
/// Prefix of the ids of actions made from a « je ne sais pas ».
pub const VERIFY_PREFIX: &str = "verifier.";

/// The part of the plan an action stands in, from the first part to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Stopping something: the cheapest compliance.
    Stop,
    /// What closes a critical gap that is plainly unmet.
    Urgent,
    /// Obligations. A critical point partly met, or still to be verified, stands with them.
    Obligation,
    /// The rest.
    Further,
}

impl Group {
    /// The heading of this part.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stop => "À arrêter tout de suite",
            Self::Urgent => "Le plus grave",
            Self::Obligation => "Les obligations",
            Self::Further => "Pour aller plus loin",
        }
    }

    fn of(stop: bool, urgent: bool, severity: Severity) -> Self {
        match severity {
            _ if stop => Self::Stop,
            _ if urgent => Self::Urgent,
            Severity::Critical | Severity::Obligation => Self::Obligation,
            Severity::Recommendation | Severity::GoodPractice => Self::Further,
        }
    }
}

/// An action of the plan.
#[derive(Debug, Clone)]
pub struct PlannedAction<'a> {
    /// Stable id.
    pub id: String,
    /// Imperative title.
    pub title: String,
    /// Whether it consists in stopping something.
    pub stop: bool,
    /// Highest severity among the gaps it closes.
    pub severity: Severity,
    /// The part of the plan it stands in.
    pub group: Group,
    /// Effort, once the documents are generated.
    pub effort: Effort,
    /// Priority, in thousandths.
    pub priority: u64,
    /// Points gained once done.
    pub gain: Points,
    /// Who carries it out.
    pub owner: String,
    /// Day suggested or chosen.
    pub due: Date,
    /// What the owner decided.
    pub tracking: Tracking,
    /// First step, doable today.
    pub first_step: String,
    /// All the steps.
    pub steps: Vec<String>,
    /// Documents that do it.
    pub documents: Vec<&'a str>,
    /// What to keep as proof.
    pub proof: String,
    /// Ids of the findings it closes.
    pub closes: Vec<String>,
    /// Obligations it serves.
    pub obligations: Vec<&'a str>,
    /// References behind it.
    pub references: Vec<&'a str>,
    /// Ids of the actions of the plan to do before.
    pub after: Vec<&'a str>,
}

/// The ordered plan.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The actions, first things first.
    pub actions: Vec<PlannedAction<'a>>,
}

/// Builds the plan of an assessment.
pub fn plan<'a>(view: &View<'a>, assessment: &Assessment<'a>) -> Plan<'a> {
    let mut actions: Vec<PlannedAction<'a>> = Vec::new();
    for action in &view.catalogue().actions {
        if !action.validity.contains(view.date()) || !view.holds(action.when.as_ref()).is_true() {
            continue;
        }
        let gaps: Vec<&Finding<'a>> = assessment
            .findings
            .iter()
            .filter(|f| f.is_gap() && f.actions.contains(&action.id.as_str()))
            .collect();
        if let Some(severity) = gaps.iter().map(|f| f.severity).min() {
            actions.push(from_action(view, assessment, action, severity, &gaps));
        }
    }
    actions.extend(verifications(view, assessment));
    actions.sort_by(|a, b| {
        a.group
            .cmp(&b.group)
            .then(b.priority.cmp(&a.priority))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut actions = respect_order(actions);
    // What must come before an action stands in its part: each part is read in one piece.
    let mut next = Group::Further;
    for action in actions.iter_mut().rev() {
        next = next.min(action.group);
        action.group = next;
    }
    Plan { actions }
}

fn is_urgent(gaps: &[&Finding<'_>]) -> bool {
    let unmet =
        |f: &&Finding<'_>| f.severity == Severity::Critical && f.status == FindingStatus::Unmet;
    gaps.iter().any(unmet)
}

/// `Σ g·(1−c)·exposure / effort`, in thousandths.
fn priority(assessment: &Assessment<'_>, gaps: &[&Finding<'_>], effort: Effort) -> u64 {
    let weight: u64 = gaps
        .iter()
        .map(|f| f.weight() * (1_000 - u64::from(f.conformity.unwrap_or(0))))
        .sum();
    weight * u64::from(assessment.exposure) / (1_000 * u64::from(effort.cost()))
}

fn gain(gaps: &[&Finding<'_>]) -> Points {
    Points(gaps.iter().map(|f| f.loss.0).sum())
}

fn due(view: &View<'_>, tracking: &Tracking, days: u32) -> Date {
    let suggested = view.date().checked_add(i64::from(days.min(3_650)).days());
    tracking
        .due
        .unwrap_or_else(|| suggested.unwrap_or(Date::MAX))
}

fn from_action<'a>(
    view: &View<'a>,
    assessment: &Assessment<'a>,
    action: &'a Action,
    severity: Severity,
    gaps: &[&Finding<'a>],
) -> PlannedAction<'a> {
    let tracking = tracking(view, &action.id, &action.aliases);
    let effort = action.effort_with_document.unwrap_or(action.effort);
    PlannedAction {
        id: action.id.clone(),
        title: action.title.clone(),
        stop: action.stop,
        severity,
        group: Group::of(action.stop, is_urgent(gaps), severity),
        effort,
        priority: priority(assessment, gaps, effort),
        gain: gain(gaps),
        owner: tracking
            .owner
            .clone()
            .unwrap_or_else(|| action.owner.label().to_owned()),
        due: due(view, &tracking, action.due_days),
        tracking,
        first_step: told(view, &action.first_step).next().unwrap_or_default(),
        steps: told(view, &action.steps).collect(),
        documents: action.documents.iter().map(String::as_str).collect(),
        proof: action.proof.clone(),
        closes: gaps.iter().map(|f| f.id()).collect(),
        obligations: action.obligations.iter().map(String::as_str).collect(),
        references: action.references.iter().map(String::as_str).collect(),
        after: action.after.iter().map(String::as_str).collect(),
    }
}

/// The steps that the answers do not rule out.
fn told<'a>(view: &View<'a>, steps: &'a [Step]) -> impl Iterator<Item = String> {
    steps
        .iter()
        .filter(|step| !view.holds(step.when.as_ref()).is_false())
        .map(|step| step.say.clone())
}

fn tracking(view: &View<'_>, id: &str, aliases: &[String]) -> Tracking {
    let actions = &view.dossier().actions;
    let known = actions
        .get(id)
        .or_else(|| aliases.iter().find_map(|alias| actions.get(alias)));
    known.cloned().unwrap_or_default()
}

/// « Vérifier auprès de… »: one action a question with an item answered « je ne sais pas », and one
/// for each item that somebody else can tell about.
fn verifications<'a>(view: &View<'a>, assessment: &Assessment<'a>) -> Vec<PlannedAction<'a>> {
    let mut actions: Vec<PlannedAction<'a>> = Vec::new();
    let unknown: Vec<&Finding<'a>> = assessment
        .findings
        .iter()
        .filter(|f| f.status == FindingStatus::Unknown)
        .collect();
    for gaps in unknown.chunk_by(|a, b| a.question.id == b.question.id) {
        let question = gaps[0].question;
        let mut together = Vec::new();
        for gap in gaps {
            let item = gap.item.and_then(|id| question.item(id));
            let Some(item) = item.filter(|item| !item.ask.is_empty()) else {
                together.push(*gap);
                continue;
            };
            let asking = Asking {
                id: format!("{VERIFY_PREFIX}{}.{}", question.id, item.id),
                who: &item.ask,
                words: &item.ask_words,
                what: &item.text,
            };
            actions.push(verification(view, assessment, asking, &[*gap]));
        }
        if !together.is_empty() {
            let asking = Asking {
                id: format!("{VERIFY_PREFIX}{}", question.id),
                who: &question.ask,
                words: &question.ask_words,
                what: &question.text,
            };
            actions.push(verification(view, assessment, asking, &together));
        }
    }
    actions
}

/// Tells whether an action id is that of a question to ask, about the whole or about one item.
pub fn is_verification(catalogue: &Catalogue, id: &str) -> bool {
    let Some(asked) = id.strip_prefix(VERIFY_PREFIX) else {
        return false;
    };
    let one = || asked.rsplit_once('.');
    catalogue.question(asked).is_some()
        || one().is_some_and(|(question, item)| {
            let question = catalogue.question(question);
            question.is_some_and(|question| question.item(item).is_some())
        })
}

/// Whom to ask, what, and in which words.
struct Asking<'a> {
    id: String,
    who: &'a str,
    words: &'a str,
    what: &'a str,
}

/// « de », elided before a vowel.
fn of(who: &str) -> &'static str {
    if who.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'h']) {
        "d'"
    } else {
        "de "
    }
}

fn verification<'a>(
    view: &View<'a>,
    assessment: &Assessment<'a>,
    asking: Asking<'_>,
    gaps: &[&Finding<'a>],
) -> PlannedAction<'a> {
    let severities = gaps.iter().map(|f| f.severity);
    let severity = severities.min().unwrap_or(Severity::GoodPractice);
    let tracking = tracking(view, &asking.id, &[]);
    let points = gaps.iter().filter(|f| f.item.is_some());
    let mut steps = vec![format!("Posez la question : {}", quoted(asking.words))];
    steps.extend(points.map(|f| format!("À vérifier : {}", f.text)));
    steps.push("Notez la réponse dans le dossier : le bilan se met à jour.".to_owned());
    let mut obligations: Vec<&str> = Vec::new();
    for obligation in gaps.iter().flat_map(|f| &f.obligations) {
        if !obligations.contains(obligation) {
            obligations.push(obligation);
        }
    }
    PlannedAction {
        title: format!("Vérifier auprès {}{} : {}", of(asking.who), asking.who, asking.what),
        id: asking.id,
        stop: false,
        severity,
        group: Group::of(false, false, severity),
        effort: Effort::XS,
        priority: priority(assessment, gaps, Effort::XS),
        // Asking closes nothing by itself: the points come with the answer.
        gain: Points::default(),
        owner: tracking
            .owner
            .clone()
            .unwrap_or_else(|| "dirigeant".to_owned()),
        due: due(view, &tracking, 7),
        tracking,
        first_step: "Posez la question aujourd'hui ; si c'est à vous de savoir, suivez l'aide de la question."
            .to_owned(),
        steps,
        documents: Vec::new(),
        proof: "La réponse reçue, datée.".to_owned(),
        closes: gaps.iter().map(|f| f.id()).collect(),
        obligations,
        references: Vec::new(),
        after: Vec::new(),
    }
}

/// Puts each action behind those it must follow, without otherwise changing the order.
fn respect_order(actions: Vec<PlannedAction<'_>>) -> Vec<PlannedAction<'_>> {
    let mut waiting: Vec<Option<PlannedAction<'_>>> = actions.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    for at in 0..waiting.len() {
        take(at, &mut waiting, &mut ordered);
    }
    ordered
}

/// Moves an action to the ordered list, what it must follow first. Circles are content faults.
fn take<'a>(
    at: usize,
    waiting: &mut Vec<Option<PlannedAction<'a>>>,
    ordered: &mut Vec<PlannedAction<'a>>,
) {
    let Some(action) = waiting[at].take() else {
        return;
    };
    for before in &action.after {
        let found = waiting
            .iter()
            .position(|a| a.as_ref().is_some_and(|a| a.id == *before));
        if let Some(before) = found {
            take(before, waiting, ordered);
        }
    }
    ordered.push(action);
}

impl PlannedAction<'_> {
    /// Tells whether nothing more is expected of it.
    pub fn is_closed(&self) -> bool {
        matches!(self.tracking.status, Status::Done | Status::Dismissed)
    }
}
