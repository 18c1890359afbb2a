//! What the score would become: some gaps supposed closed, and the fewest actions to the next level.

use std::collections::HashSet;

use super::assessment::{Assessment, Finding, Level, Score, Status, score};
use super::catalogue::Severity;
use super::explain::told_level;
use super::plan::{Plan, PlannedAction};

/// The fewest actions found that reach a better level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The level reached.
    pub level: Level,
    /// The score reached.
    pub score: u32,
    /// Ids of the actions, in the order of the plan.
    pub actions: Vec<String>,
}

/// The score if the gaps of these ids were closed.
fn supposing(assessment: &Assessment<'_>, closed: &HashSet<&str>) -> Score {
    let supposed: Vec<Finding<'_>> = assessment
        .findings
        .iter()
        .map(|finding| {
            let mut finding = finding.clone();
            if closed.contains(finding.id().as_str()) {
                finding.status = Status::Met;
                finding.conformity = Some(1_000);
            }
            finding
        })
        .collect();
    score(supposed.iter())
}

/// The score if these actions of the plan were done.
pub fn with_actions<'p>(
    assessment: &Assessment<'_>,
    actions: impl IntoIterator<Item = &'p PlannedAction<'p>>,
) -> Score {
    let closed = actions
        .into_iter()
        .flat_map(|action| action.closes.iter().map(String::as_str))
        .collect();
    supposing(assessment, &closed)
}

/// The fewest actions that reach the next level: the largest gains first, unmet criticals before
/// them while they hold the letter down, then those that turn out to be needless taken back.
pub fn next_level(assessment: &Assessment<'_>, plan: &Plan<'_>) -> Option<Path> {
    let now = told_level(&assessment.score)?;
    let mut left: Vec<&PlannedAction<'_>> =
        plan.actions.iter().filter(|a| !a.is_closed()).collect();
    let mut taken: Vec<&PlannedAction<'_>> = Vec::new();
    let mut reached = assessment.score.clone();
    while reached.level.is_none_or(|level| level >= now) {
        let capped = reached.level != reached.level_before_cap;
        let best = left.iter().enumerate().max_by_key(|(at, action)| {
            let critical = capped && action.severity == Severity::Critical;
            (critical, action.gain, std::cmp::Reverse(*at))
        })?;
        taken.push(left.remove(best.0));
        reached = with_actions(assessment, taken.iter().copied());
    }
    for at in (0..taken.len()).rev() {
        let mut fewer = taken.clone();
        fewer.remove(at);
        let without = with_actions(assessment, fewer.iter().copied());
        if without.level.is_some_and(|level| level < now) {
            taken = fewer;
            reached = without;
        }
    }
    let chosen = |action: &&PlannedAction<'_>| taken.iter().any(|t| t.id == action.id);
    Some(Path {
        level: reached.level?,
        score: reached.score?,
        actions: plan
            .actions
            .iter()
            .filter(chosen)
            .map(|action| action.id.clone())
            .collect(),
    })
}
