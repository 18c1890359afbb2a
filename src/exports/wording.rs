//! Words shared by the exports.

use crate::domain::assessment::{Finding, Status};
use crate::domain::catalogue::Severity;

/// « 1 action », « 3 actions ».
pub fn plural<'w>(count: usize, one: &'w str, many: &'w str) -> &'w str {
    if count > 1 { many } else { one }
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
