//! The full account: every point that applies, theme by theme, and what it costs.

use super::Report;
use crate::domain::assessment::{Finding, ThemeScore};

/// A theme and its points.
pub(super) struct Account<'r, 'a> {
    pub(super) theme: &'r ThemeScore<'a>,
    pub(super) findings: Vec<&'r Finding<'a>>,
}

/// Every theme that has points, in the order of the catalogue.
pub(super) fn accounts<'r, 'a>(report: &'r Report<'_, 'a>) -> Vec<Account<'r, 'a>> {
    let findings = &report.assessment.findings;
    let of = |theme: &'r ThemeScore<'a>| Account {
        theme,
        findings: findings
            .iter()
            .filter(|f| f.question.questionnaire == theme.questionnaire.id)
            .collect(),
    };
    report.assessment.themes.iter().map(of).collect()
}

/// Words of a point: the item with its question when the item alone says too little.
pub(super) fn words(finding: &Finding<'_>) -> String {
    match finding.item {
        Some(_) => format!("{} — {}", finding.question.text, finding.text),
        None => finding.words().into_owned(),
    }
}
