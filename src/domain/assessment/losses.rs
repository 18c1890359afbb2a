//! Points lost by each finding, shared so that they add up exactly.

use serde::{Serialize, Serializer};

use super::finding::Finding;

/// Units of loss in one point of score.
pub const LOSS_UNITS: u64 = 10_000;

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

    /// « 1,2195 »: four decimals, so that lines add up on paper as they do in the program.
    pub fn exact(self) -> String {
        format!("{},{:04}", self.0 / LOSS_UNITS, self.0 % LOSS_UNITS)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

/// Shares the losses among the findings so that they add up exactly; returns the rounding.
///
/// Each loss `100·g·(1−c)/Σg` is rounded down to a unit, then the units left over go to the largest
/// remainders, ties in the order of the catalogue.
pub(super) fn share(findings: &mut [Finding<'_>], score: Option<u32>) -> Points {
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
