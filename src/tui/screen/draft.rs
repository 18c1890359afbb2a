//! What is being answered, before it is an answer: one shape for each kind of question.

use std::collections::BTreeMap;

use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Choice, Field as Slot, Kind, Question};
use crate::domain::explain::written;
use crate::domain::input::{self, ADDRESS_PARTS};
use crate::tui::widget::field::Field;

/// Named texts: an address, an entry of a list.
pub type Record = BTreeMap<String, String>;

/// A part of a form.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// What the user reads.
    pub label: String,
    /// Its kind.
    pub kind: Kind,
    /// Its options, when it is a choice.
    pub options: Vec<Choice>,
    /// What is typed; the id of the option for a choice.
    pub field: Field,
}

/// What follows the label of a part that may stay empty.
const OPTIONAL: &str = " (facultatif)";

impl Part {
    /// Its label alone, as messages about it begin.
    pub fn name(&self) -> &str {
        self.label.strip_suffix(OPTIONAL).unwrap_or(&self.label)
    }

    /// The part of a form for a field of the catalogue.
    pub fn of(slot: &Slot, record: &Record) -> Self {
        let optional = if slot.required { "" } else { OPTIONAL };
        Self {
            id: slot.id.clone(),
            label: format!("{}{optional}", slot.label),
            kind: slot.kind,
            options: slot.options.clone(),
            field: Field::new(
                &record
                    .get(&slot.id)
                    .map_or_else(String::new, |text| written(slot.kind, text)),
            ),
        }
    }

    /// Tells whether it is chosen rather than typed.
    pub fn picks(&self) -> bool {
        self.kind == Kind::Choice
    }

    /// Moves to the next or previous option.
    pub fn cycle(&mut self, forward: bool) {
        let len = self.options.len();
        if len == 0 {
            return;
        }
        let now = self
            .options
            .iter()
            .position(|option| option.id == self.field.value());
        let next = match (now, forward) {
            (None, true) => 0,
            (None, false) => len - 1,
            (Some(at), true) => (at + 1) % len,
            (Some(at), false) => (at + len - 1) % len,
        };
        let id = self.options[next].id.clone();
        self.field.choose(&id);
    }

    /// What is shown of a chosen part.
    pub fn chosen(&self) -> &str {
        let picked = self
            .options
            .iter()
            .find(|option| option.id == self.field.value());
        picked.map_or("à choisir", |option| &option.label)
    }
}

/// The parts of a form as a record, as they are filed; empty parts are left out, and what cannot be
/// filed stays as it is typed.
pub fn record(parts: &[Part]) -> Record {
    let filed = |part: &Part| {
        let typed = part.field.value().trim();
        let read = (!part.picks()).then(|| input::simple(part.kind, typed).ok());
        read.flatten().unwrap_or_else(|| typed.to_owned())
    };
    let filled = parts.iter().filter(|part| !part.field.is_empty());
    filled.map(|part| (part.id.clone(), filed(part))).collect()
}

/// An answer under construction.
#[derive(Debug, Clone)]
pub enum Draft {
    /// Nothing to hold: the focus is the choice.
    Choice,
    /// Ticked options, by id.
    Multi(Vec<String>),
    /// Items of a checklist.
    Items(BTreeMap<String, Tick>),
    /// One line of text.
    Line(Field),
    /// Several fields.
    Form(Vec<Part>),
    /// Services, and the filter that finds them.
    Services {
        /// What the list is filtered by.
        filter: Field,
        /// Ids picked.
        picked: Vec<String>,
    },
    /// Entries of a repeatable group.
    List(Vec<Record>),
}

impl Draft {
    /// The draft that starts from the answer on file.
    pub fn of(question: &Question, answer: Option<&Answer>) -> Self {
        let value = answer.and_then(Answer::value);
        let set = || match value {
            Some(Value::Set(ids)) => ids.clone(),
            _ => Vec::new(),
        };
        match question.kind {
            Kind::Choice => Self::Choice,
            Kind::Multi => Self::Multi(set()),
            Kind::Checklist => Self::Items(match value {
                Some(Value::Ticks(ticks)) => ticks.clone(),
                _ => BTreeMap::new(),
            }),
            Kind::Catalogue => Self::Services {
                filter: Field::default(),
                picked: set(),
            },
            Kind::PostalAddress => {
                let known = match value {
                    Some(Value::Record(record)) => record.clone(),
                    _ => Record::new(),
                };
                let part = |&(id, _, label): &(&str, &str, &str)| Part {
                    id: id.to_owned(),
                    label: match id {
                        "line2" => format!("{label} (facultatif)"),
                        "country" => format!("{label} (France si rien n'est écrit)"),
                        _ => label.to_owned(),
                    },
                    kind: Kind::Text,
                    options: Vec::new(),
                    field: Field::new(known.get(id).map_or("", String::as_str)),
                };
                Self::Form(ADDRESS_PARTS.iter().map(part).collect())
            }
            Kind::List => {
                let entries = match value {
                    Some(Value::List(entries)) => entries.clone(),
                    _ => Vec::new(),
                };
                if question.max_entries == Some(1) {
                    let first = entries.into_iter().next().unwrap_or_default();
                    Self::Form(
                        question
                            .fields
                            .iter()
                            .map(|slot| Part::of(slot, &first))
                            .collect(),
                    )
                } else {
                    Self::List(entries)
                }
            }
            kind => Self::Line(Field::new(&match value {
                Some(Value::Text(text)) => written(kind, text),
                Some(Value::Number(number)) => written(kind, &number.to_string()),
                _ => String::new(),
            })),
        }
    }

    /// Ticks or unticks an option, minding the exclusive ones (« aucun »).
    pub fn toggle(&mut self, question: &Question, id: &str) {
        match self {
            Self::Multi(ticked) => {
                if ticked.iter().any(|t| t == id) {
                    ticked.retain(|t| t != id);
                    return;
                }
                let exclusive =
                    |id: &str| question.options.iter().any(|o| o.id == id && o.exclusive);
                if exclusive(id) {
                    ticked.clear();
                } else {
                    ticked.retain(|t| !exclusive(t));
                }
                ticked.push(id.to_owned());
            }
            Self::Services { picked, .. } => {
                if picked.iter().any(|p| p == id) {
                    picked.retain(|p| p != id);
                } else {
                    picked.push(id.to_owned());
                }
            }
            _ => {}
        }
    }

    /// Moves an item of a checklist to its next or previous value.
    pub fn cycle(&mut self, id: &str, forward: bool) {
        if let Self::Items(ticks) = self {
            let next = match (ticks.get(id), forward) {
                (None, true) | (Some(Tick::Unknown), false) => {
                    if forward {
                        Some(Tick::Yes)
                    } else {
                        Some(Tick::No)
                    }
                }
                (Some(Tick::Yes), true) => Some(Tick::No),
                (Some(Tick::No), true) | (None, false) => Some(Tick::Unknown),
                (Some(Tick::No), false) => Some(Tick::Yes),
                (Some(Tick::Unknown), true) | (Some(Tick::Yes), false) => None,
            };
            match next {
                Some(tick) => ticks.insert(id.to_owned(), tick),
                None => ticks.remove(id),
            };
        }
    }

    /// Sets an item of a checklist.
    pub fn tick(&mut self, id: &str, tick: Tick) {
        if let Self::Items(ticks) = self {
            ticks.insert(id.to_owned(), tick);
        }
    }

    /// Tells whether both would give the same answer; what a list is filtered by is no answer.
    pub fn says_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Choice, Self::Choice) => true,
            (Self::Line(a), Self::Line(b)) => a.value().trim() == b.value().trim(),
            (Self::Form(a), Self::Form(b)) => record(a) == record(b),
            (Self::Items(a), Self::Items(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (
                Self::Multi(a) | Self::Services { picked: a, .. },
                Self::Multi(b) | Self::Services { picked: b, .. },
            ) => a.len() == b.len() && a.iter().all(|id| b.contains(id)),
            _ => false,
        }
    }

    /// Tells whether it is made of ticks or entries, recorded together once they are validated.
    pub fn is_ticked(&self) -> bool {
        matches!(self, Self::Multi(_) | Self::Services { .. } | Self::List(_))
    }

    /// Tells whether an option or a service is ticked.
    pub fn has(&self, id: &str) -> bool {
        match self {
            Self::Multi(ids) | Self::Services { picked: ids, .. } => ids.iter().any(|i| i == id),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filed_is_opened_again_as_it_is_written_and_filed_as_it_was() {
        for (kind, filed, shown) in [
            (Kind::Date, "2026-03-12", "12/03/2026"),
            (
                Kind::Phone,
                "0297000001",
                "02\u{a0}97\u{a0}00\u{a0}00\u{a0}01",
            ),
            (Kind::Siren, "732829320", "732\u{a0}829\u{a0}320"),
            (
                Kind::Siret,
                "73282932000074",
                "732\u{a0}829\u{a0}320\u{a0}00074",
            ),
            (Kind::Number, "12.50", "12,50"),
            (Kind::Vat, "FR44732829320", "FR44732829320"),
            (Kind::Email, "a@b.example", "a@b.example"),
            (Kind::Text, "2026-03-12", "2026-03-12"),
        ] {
            let slot = Slot {
                id: "champ".to_owned(),
                label: "Champ".to_owned(),
                kind,
                required: false,
                options: Vec::new(),
            };
            let known = Record::from([(slot.id.clone(), filed.to_owned())]);
            let part = Part::of(&slot, &known);
            assert_eq!(part.field.value(), shown);
            assert_eq!(record(&[part]), known, "{kind:?}");
        }
    }

    #[test]
    fn items_go_round_both_ways() {
        let mut draft = Draft::Items(BTreeMap::new());
        let mut seen = Vec::new();
        for _ in 0..4 {
            draft.cycle("a", true);
            let Draft::Items(ticks) = &draft else {
                unreachable!()
            };
            seen.push(ticks.get("a").copied());
        }
        assert_eq!(
            seen,
            [Some(Tick::Yes), Some(Tick::No), Some(Tick::Unknown), None]
        );
        draft.cycle("a", false);
        let Draft::Items(ticks) = &draft else {
            unreachable!()
        };
        assert_eq!(ticks.get("a"), Some(&Tick::Unknown));
    }
}
