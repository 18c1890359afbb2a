//! Conditions on answers: typed, three-valued, explained.
//!
//! A condition is true, false or unknown. It is unknown as long as an answer it depends on is
//! missing, or is « je ne sais pas »: nothing is ever assumed. Every operator is monotone — giving a
//! missing answer can turn unknown into true or false, never true into false — which is what keeps
//! the interval of the score from widening when a question is answered.

use super::answer::{Amount, Answer, Tick, Value};
use super::catalogue::{Catalogue, Consent};
use super::view::{Seen, View};
use serde::{Deserialize, Serialize};

/// Result of evaluating a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// An answer is missing to tell.
    Unknown,
}

impl Truth {
    /// True or false.
    pub fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    /// Tells whether it is certainly true.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Tells whether it is certainly false.
    pub fn is_false(self) -> bool {
        self == Self::False
    }

    /// True when both are, false when one is not.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// True when one is, false when neither is.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// A condition on the answers of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// One holds at least.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A choice has this option, or an item of a checklist this tick.
    Is {
        /// Question id.
        question: String,
        /// Item id, for a checklist.
        item: Option<String>,
        /// Option id, or `oui` / `non`.
        value: String,
    },
    /// A choice has one of these options.
    Among {
        /// Question id.
        question: String,
        /// Option ids.
        values: Vec<String>,
    },
    /// A multi or a catalogue includes one of these.
    Includes {
        /// Question id.
        question: String,
        /// Option or service ids.
        values: Vec<String>,
    },
    /// A number is at least this.
    AtLeast {
        /// Question id.
        question: String,
        /// Lower bound, included.
        value: Amount,
    },
    /// A number is at most this.
    AtMost {
        /// Question id.
        question: String,
        /// Upper bound, included.
        value: Amount,
    },
    /// A value was given; false for « je ne sais pas » and « sans objet ».
    Answered {
        /// Question id.
        question: String,
    },
    /// The answer is « je ne sais pas ».
    DoesNotKnow {
        /// Question id.
        question: String,
    },
    /// One of the services picked in a catalogue question has this trait.
    Picks {
        /// Question id.
        question: String,
        /// The trait.
        attribute: Attribute,
    },
    /// A named condition of the catalogue.
    Fact(String),
}

/// A trait of a third-party service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribute {
    /// Its category is one of these.
    Category(Vec<String>),
    /// Its trackers need this consent.
    Consent(Consent),
    /// Data may leave the European Economic Area.
    Transfer(bool),
}

impl Condition {
    /// Evaluates the condition as seen on the day of `view`.
    pub fn evaluate(&self, view: &View<'_>) -> Truth {
        match self {
            Self::All(parts) => parts
                .iter()
                .fold(Truth::True, |truth, part| truth.and(part.evaluate(view))),
            Self::Any(parts) => {
                let one = |truth: Truth, part: &Self| truth.or(part.evaluate(view));
                parts.iter().fold(Truth::False, one)
            }
            Self::Not(part) => part.evaluate(view).not(),
            Self::Fact(id) => view.fact(id),
            Self::Answered { question } => match view.seen(question) {
                Seen::Nothing => Truth::Unknown,
                Seen::Hidden => Truth::False,
                Seen::Answer(answer) => Truth::of(answer.value().is_some()),
            },
            Self::DoesNotKnow { question } => match view.seen(question) {
                Seen::Nothing => Truth::Unknown,
                Seen::Hidden => Truth::False,
                Seen::Answer(answer) => Truth::of(*answer == Answer::Unknown),
            },
            Self::Is {
                question,
                item: None,
                value,
            } => known(view, question, |v| Truth::of(text_is(v, value))),
            Self::Is {
                question,
                item: Some(item),
                value,
            } => match view.item_truth(question, item) {
                // A hidden item is false like a hidden question, ticked once or not asked yet.
                Truth::False => Truth::False,
                Truth::Unknown => known(view, question, |_| Truth::Unknown),
                Truth::True => known(view, question, |v| {
                    let Value::Ticks(ticks) = v else {
                        return Truth::False;
                    };
                    match ticks.get(item) {
                        None | Some(Tick::Unknown) => Truth::Unknown,
                        Some(tick) => Truth::of(tick.word() == value),
                    }
                }),
            },
            Self::Among { question, values } => known(view, question, |v| {
                Truth::of(values.iter().any(|value| text_is(v, value)))
            }),
            Self::Includes { question, values } => known(view, question, |v| {
                let Value::Set(set) = v else {
                    return Truth::False;
                };
                Truth::of(values.iter().any(|value| set.contains(value)))
            }),
            Self::AtLeast { question, value } => known(view, question, |v| {
                Truth::of(matches!(v, Value::Number(number) if number >= value))
            }),
            Self::AtMost { question, value } => known(view, question, |v| {
                Truth::of(matches!(v, Value::Number(number) if number <= value))
            }),
            Self::Picks {
                question,
                attribute,
            } => known(view, question, |v| {
                let Value::Set(set) = v else {
                    return Truth::False;
                };
                picks(set, attribute, view.catalogue())
            }),
        }
    }

    /// Calls `visit` on every question the condition depends on, named conditions excepted.
    pub fn for_each_question<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.for_each_question(visit);
                }
            }
            Self::Not(part) => part.for_each_question(visit),
            Self::Is { question, .. }
            | Self::Among { question, .. }
            | Self::Includes { question, .. }
            | Self::AtLeast { question, .. }
            | Self::AtMost { question, .. }
            | Self::Answered { question }
            | Self::DoesNotKnow { question }
            | Self::Picks { question, .. } => visit(question),
            Self::Fact(_) => {}
        }
    }

    /// Every question the condition depends on, through named conditions too.
    pub fn questions<'a>(&'a self, catalogue: &'a Catalogue) -> Vec<&'a str> {
        fn collect<'a>(
            condition: &'a Condition,
            catalogue: &'a Catalogue,
            seen: &mut Vec<&'a str>,
            depth: u8,
        ) {
            condition.for_each_question(&mut |id| {
                if !seen.contains(&id) {
                    seen.push(id);
                }
            });
            if depth > 0 {
                condition.for_each_fact(&mut |id| {
                    if let Some(fact) = catalogue.fact(id) {
                        collect(&fact.when, catalogue, seen, depth - 1);
                    }
                });
            }
        }
        let mut seen = Vec::new();
        collect(self, catalogue, &mut seen, 16);
        seen
    }

    /// Calls `visit` on every named condition it cites directly.
    pub fn for_each_fact<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.for_each_fact(visit);
                }
            }
            Self::Not(part) => part.for_each_fact(visit),
            Self::Fact(id) => visit(id),
            _ => {}
        }
    }
}

/// Evaluates on the value of a question; false when the question is hidden or « sans objet ».
fn known(view: &View<'_>, question: &str, test: impl FnOnce(&Value) -> Truth) -> Truth {
    match view.seen(question) {
        Seen::Answer(Answer::Value(value)) => test(value),
        Seen::Answer(Answer::NotApplicable { .. }) | Seen::Hidden => Truth::False,
        Seen::Answer(Answer::Unknown | Answer::Later) | Seen::Nothing => Truth::Unknown,
    }
}

fn text_is(value: &Value, expected: &str) -> bool {
    matches!(value, Value::Text(text) if text == expected)
}

/// Tells whether a picked service has the trait; unknown when only an unestablished one might.
fn picks(set: &[String], attribute: &Attribute, catalogue: &Catalogue) -> Truth {
    let mut truth = Truth::False;
    for service in set.iter().filter_map(|id| catalogue.service(id)) {
        let has = match attribute {
            Attribute::Category(categories) => Truth::of(categories.contains(&service.category)),
            Attribute::Consent(consent) => Truth::of(service.consent == *consent),
            Attribute::Transfer(expected) => service
                .transfer
                .map_or(Truth::Unknown, |t| Truth::of(t == *expected)),
        };
        match has {
            Truth::True => return Truth::True,
            Truth::Unknown => truth = Truth::Unknown,
            Truth::False => {}
        }
    }
    truth
}
