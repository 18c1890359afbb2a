//! Periods during which a rule, a question or a clause is in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A period of days, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Last day in force.
    pub valid_until: Option<Date>,
}

impl Validity {
    /// Tells whether `date` lies within the period.
    pub fn contains(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= date)
            && self.valid_until.is_none_or(|until| date <= until)
    }

    /// Tells whether the two ends are in order.
    pub fn is_ordered(&self) -> bool {
        match (self.valid_from, self.valid_until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn both_ends_are_included() {
        let period = Validity {
            valid_from: Some(date(2026, 8, 11)),
            valid_until: Some(date(2026, 12, 31)),
        };
        assert!(!period.contains(date(2026, 8, 10)));
        assert!(period.contains(date(2026, 8, 11)));
        assert!(period.contains(date(2026, 12, 31)));
        assert!(!period.contains(date(2027, 1, 1)));
    }

    #[test]
    fn an_absent_end_is_open() {
        assert!(Validity::default().contains(date(1900, 1, 1)));
    }

    #[test]
    fn reversed_ends_are_told() {
        let period = Validity {
            valid_from: Some(date(2026, 8, 11)),
            valid_until: Some(date(2026, 8, 10)),
        };
        assert!(!period.is_ordered());
    }
}
