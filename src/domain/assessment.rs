//! The assessment: findings, score, interval, coverage, level.
//!
//! Every figure is computed in whole numbers. With `g` the weight of an item and `c` its conformity:
//! score = 100·Σg·c / Σg over answered items, rounded down; « je ne sais pas » counts `c = 0`.
//! The interval puts every open item at 0, then at 1. An item whose scope is still undecided counts
//! as open: an answer that settles the scope can then only narrow the interval.

mod finding;
mod losses;
mod score;

use jiff::civil::Date;

use super::catalogue::{Exposure, Questionnaire};
use super::view::View;

pub use finding::{Finding, Status};
pub use losses::{LOSS_UNITS, Points};
pub use score::{Level, Score, score};

/// Highest exposure, in thousandths.
const MAX_EXPOSURE: u16 = 1_500;

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
    let mut findings = finding::findings(view);
    let score = score(findings.iter());
    let rounding = losses::share(&mut findings, score.score);
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
        projected: score::projected(&findings),
        score,
        themes,
        findings,
        rounding,
        exposure: exposure.min(MAX_EXPOSURE),
        exposures,
    }
}
