//! The assessment: findings, score, interval, coverage, level.
//!
//! Every figure is computed in whole numbers. With `g` the weight of an item and `c` its conformity:
//! score = 100·Σg·c / Σg over answered items, rounded down; « je ne sais pas » counts `c = 0`.
//! The interval puts every open item at 0, then at 1. An item whose scope is still undecided counts
//! as open: an answer that settles the scope can then only narrow the interval.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::answer::{Answer, Tick, Value};
use super::catalogue::{Exposure, Question, Questionnaire, Severity};
use super::condition::Truth;
use super::dossier::Status as ActionStatus;
use super::typography::quoted;
use super::view::View;

/// Units of loss in one point of score.
pub const LOSS_UNITS: u64 = 10_000;
/// Fewer applicable items than this give a list and no letter.
pub const FEWEST_ITEMS_FOR_A_LEVEL: usize = 8;
/// Coverage, in thousandths, below which a score is provisional.
const PROVISIONAL_BELOW: u64 = 900;
/// Highest exposure, in thousandths.
const MAX_EXPOSURE: u16 = 1_500;

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

/// A letter from A to E.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Level {
    /// 90 and above.
    A,
    /// 75 and above.
    B,
    /// 55 and above.
    C,
    /// 35 and above.
    D,
    /// Below 35.
    E,
}

impl Level {
    /// The letter of a score.
    pub fn of(score: u32) -> Self {
        match score {
            90.. => Self::A,
            75.. => Self::B,
            55.. => Self::C,
            35.. => Self::D,
            _ => Self::E,
        }
    }

    /// The letter itself.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
        }
    }
}

/// Points of score, kept in units of [`LOSS_UNITS`] so that sums are exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(
    /// Ten-thousandths of a point.
    pub u64,
);

impl Points {
    /// As a decimal number.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / LOSS_UNITS as f64
    }

    /// « 2,4 », one decimal, rounded to the nearest.
    pub fn label(self) -> String {
        let tenths = (self.0 + LOSS_UNITS / 20) / (LOSS_UNITS / 10);
        match tenths % 10 {
            0 => format!("{}", tenths / 10),
            decimal => format!("{},{decimal}", tenths / 10),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
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

/// Score of a set of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// From 0 to 100, rounded down; none while nothing is answered.
    pub score: Option<u32>,
    /// Lowest and highest score that the open answers still allow.
    pub interval: (u32, u32),
    /// Weight answered, and weight applicable.
    pub weights: (u64, u64),
    /// Letter after the cap.
    pub level: Option<Level>,
    /// Letter before the cap.
    pub level_before_cap: Option<Level>,
    /// Why the letter was capped.
    pub cap_reason: Option<String>,
    /// Whether too little is answered to rely on it.
    pub provisional: bool,
    /// Number of answered items.
    pub answered: usize,
    /// Number of applicable items.
    pub applicable: usize,
}

/// Score of a theme.
#[derive(Debug, Clone)]
pub struct ThemeScore<'a> {
    /// The theme.
    pub questionnaire: &'a Questionnaire,
    /// Its score.
    pub score: Score,
}

/// A dossier assessed on a day.
#[derive(Debug, Clone)]
pub struct Assessment<'a> {
    /// The day.
    pub date: Date,
    /// Score over all items.
    pub score: Score,
    /// Score once the actions under way or done have taken effect.
    pub projected: Option<u32>,
    /// Score of each theme that has applicable items.
    pub themes: Vec<ThemeScore<'a>>,
    /// Every applicable item, in the order of the catalogue.
    pub findings: Vec<Finding<'a>>,
    /// What rounding the score down takes away: losses and rounding add up to 100 − score.
    pub rounding: Points,
    /// Exposure in thousandths, from 1000 to 1500.
    pub exposure: u16,
    /// What raises the exposure.
    pub exposures: Vec<&'a Exposure>,
}

impl<'a> Assessment<'a> {
    /// The findings that cost something, the costliest first.
    pub fn costliest(&self, most: usize) -> Vec<&Finding<'a>> {
        let mut gaps: Vec<_> = self.findings.iter().filter(|f| f.loss.0 > 0).collect();
        gaps.sort_by_key(|finding| std::cmp::Reverse(finding.loss));
        gaps.truncate(most);
        gaps
    }
}

/// Assesses a dossier.
pub fn assess<'a>(view: &View<'a>) -> Assessment<'a> {
    let mut findings = findings(view);
    let score = score(findings.iter());
    let rounding = share_losses(&mut findings, score.score);
    let exposures: Vec<&Exposure> = view
        .catalogue()
        .exposures
        .iter()
        .filter(|exposure| exposure.when.evaluate(view).is_true())
        .collect();
    let exposure: u16 = exposures
        .iter()
        .map(|e| e.add)
        .fold(1_000, u16::saturating_add);
    let themes = view
        .catalogue()
        .questionnaires
        .iter()
        .filter_map(|questionnaire| {
            let own = |f: &&Finding<'_>| f.question.questionnaire == questionnaire.id;
            let has_items = findings.iter().any(|f| own(&f));
            has_items.then(|| ThemeScore {
                questionnaire,
                score: self::score(findings.iter().filter(own)),
            })
        })
        .collect();
    Assessment {
        date: view.date(),
        projected: projected(&findings),
        score,
        themes,
        findings,
        rounding,
        exposure: exposure.min(MAX_EXPOSURE),
        exposures,
    }
}

/// Every item that applies or may apply.
fn findings<'a>(view: &View<'a>) -> Vec<Finding<'a>> {
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

/// Scores a set of findings.
pub fn score<'f, 'a: 'f>(findings: impl Iterator<Item = &'f Finding<'a>>) -> Score {
    let (mut all, mut answered_weight, mut reached, mut hoped) = (0, 0, 0, 0);
    let (mut answered, mut applicable, mut open_critical) = (0, 0, false);
    let mut unmet_criticals: Vec<&str> = Vec::new();
    for finding in findings {
        let weight = finding.weight();
        applicable += 1;
        all += weight;
        if let Some(conformity) = finding.conformity {
            let earned = weight * u64::from(conformity);
            answered += 1;
            answered_weight += weight;
            reached += earned;
            hoped += if finding.status == Status::Unknown {
                weight * 1_000
            } else {
                earned
            };
        } else {
            hoped += weight * 1_000;
            open_critical |= finding.severity == Severity::Critical;
        }
        if finding.severity == Severity::Critical && finding.status == Status::Unmet {
            unmet_criticals.push(finding.text);
        }
    }
    let score = percent(reached, answered_weight);
    let interval = (
        percent(reached, all).unwrap_or(0),
        percent(hoped, all).unwrap_or(100),
    );
    let lettered = applicable >= FEWEST_ITEMS_FOR_A_LEVEL;
    let before_cap = score.filter(|_| lettered).map(Level::of);
    let cap = match unmet_criticals.len() {
        0 => Level::A,
        1 => Level::C,
        _ => Level::D,
    };
    let level = before_cap.map(|level| level.max(cap));
    Score {
        score,
        interval,
        weights: (answered_weight, all),
        cap_reason: (level != before_cap).then(|| cap_reason(cap, &unmet_criticals)),
        level,
        level_before_cap: before_cap,
        provisional: answered_weight * 1_000 < PROVISIONAL_BELOW * all || open_critical,
        answered,
        applicable,
    }
}

impl Score {
    /// Share of the applicable weight that is answered, from 0 to 1.
    pub fn coverage(&self) -> f64 {
        match self.weights {
            (_, 0) => 1.0,
            (answered, all) => answered as f64 / all as f64,
        }
    }

    /// The same in whole percents, rounded down.
    pub fn coverage_percent(&self) -> u64 {
        match self.weights {
            (_, 0) => 100,
            (answered, all) => answered * 100 / all,
        }
    }
}

fn cap_reason(cap: Level, unmet: &[&str]) -> String {
    let list: Vec<String> = unmet.iter().take(3).map(|text| quoted(text)).collect();
    let more = match unmet.len().saturating_sub(3) {
        0 => String::new(),
        1 => " et 1 autre".to_owned(),
        more => format!(" et {more} autres"),
    };
    let points = if unmet.len() == 1 {
        "1 point critique n'est pas rempli"
    } else {
        "plusieurs points critiques ne sont pas remplis"
    };
    format!(
        "niveau {} au mieux, car {points} : {}{more}",
        cap.letter(),
        list.join(", ")
    )
}

/// `100·thousandths / (1000·weight)`, rounded down.
fn percent(thousandths: u64, weight: u64) -> Option<u32> {
    let percent = thousandths.checked_div(weight * 10)?;
    u32::try_from(percent).ok()
}

/// Score with planned gaps closed.
fn projected(findings: &[Finding<'_>]) -> Option<u32> {
    let (mut weight, mut reached) = (0, 0);
    for finding in findings {
        if let Some(conformity) = finding.conformity {
            weight += finding.weight();
            let conformity = if finding.planned {
                1_000
            } else {
                u64::from(conformity)
            };
            reached += finding.weight() * conformity;
        }
    }
    percent(reached, weight)
}

/// Shares the losses among the findings so that they add up exactly; returns the rounding.
///
/// Each loss `100·g·(1−c)/Σg` is rounded down to a unit, then the units left over go to the largest
/// remainders, ties in the order of the catalogue.
fn share_losses(findings: &mut [Finding<'_>], score: Option<u32>) -> Points {
    let Some(score) = score else {
        return Points::default();
    };
    let weight: u64 = findings
        .iter()
        .filter(|f| f.conformity.is_some())
        .map(Finding::weight)
        .sum();
    let lost = |finding: &Finding<'_>| {
        finding
            .conformity
            .map_or(0, |c| finding.weight() * (1_000 - u64::from(c)))
    };
    // 100 points × units, over 1000 thousandths × the weight.
    let (numerator, denominator) = (LOSS_UNITS / 10, weight.max(1));
    let total = findings.iter().map(lost).sum::<u64>() * numerator / denominator;
    let mut given = 0;
    let mut remainders = Vec::new();
    for (at, finding) in findings.iter_mut().enumerate() {
        let exact = lost(finding) * numerator;
        finding.loss = Points(exact / denominator);
        given += finding.loss.0;
        remainders.push((exact % denominator, at));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let missing = usize::try_from(total - given).unwrap_or(0);
    for (_, at) in remainders.into_iter().take(missing) {
        findings[at].loss.0 += 1;
    }
    Points((100 - u64::from(score)) * LOSS_UNITS - total)
}
