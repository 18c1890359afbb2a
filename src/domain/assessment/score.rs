//! Score, interval, level and cap of a set of findings.

use serde::Serialize;

use super::finding::{Finding, Status};
use crate::domain::catalogue::Severity;
use crate::domain::typography::quoted;

/// Fewer applicable items than this give a list and no letter.
const FEWEST_ITEMS_FOR_A_LEVEL: usize = 8;
/// Coverage, in thousandths, below which a score is provisional.
const PROVISIONAL_BELOW: u64 = 900;

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
pub(super) fn projected(findings: &[Finding<'_>]) -> Option<u32> {
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
