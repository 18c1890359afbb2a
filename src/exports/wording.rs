//! Words shared by the exports.

use crate::domain::assessment::{Finding, LOSS_UNITS, Points, Status};
use crate::domain::catalogue::Severity;

/// « 1 action », « 3 actions ».
pub fn plural<'w>(count: usize, one: &'w str, many: &'w str) -> &'w str {
    if count > 1 { many } else { one }
}

/// « 1,4 point », « 2 points ».
pub fn points(points: Points) -> String {
    // What is shown is rounded to a tenth.
    let many = points.0 + LOSS_UNITS / 20 >= 2 * LOSS_UNITS;
    let word = if many { "points" } else { "point" };
    format!("{}\u{a0}{word}", points.label())
}

/// « +1,4 point » of an action; one that only finds something out gains what will be found.
pub fn gain(gain: Points) -> String {
    if gain.0 == 0 {
        return "selon la réponse".to_owned();
    }
    format!("+{}", points(gain))
}

/// What the user reads of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critique",
        Severity::Obligation => "obligation",
        Severity::Recommendation => "recommandation",
        Severity::GoodPractice => "bonne pratique",
    }
}

/// What the user reads of a finding.
pub fn status(finding: &Finding<'_>) -> &'static str {
    match finding.status {
        Status::Unanswered => "pas encore répondu",
        Status::Met => "en place",
        Status::Unknown => "à vérifier",
        Status::PartlyMet | Status::Unmet if finding.planned => "écart planifié",
        Status::PartlyMet => "en partie",
        Status::Unmet => "écart",
    }
}
