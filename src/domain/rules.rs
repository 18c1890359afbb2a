//! The law as a calendar: the rules in force on a day, what a period changed, what is announced.

use jiff::civil::Date;

use super::catalogue::{Catalogue, Force, Obligation, Questionnaire, Reference, Severity};
use super::validity::Validity;

/// A day that stands for « announced, date unknown » in the catalogue.
pub const UNDATED: Date = Date::MAX;

/// A rule and the theme that asks about it.
#[derive(Debug, Clone, Copy)]
pub struct Rule<'a> {
    /// The rule.
    pub obligation: &'a Obligation,
    /// The theme that asks about it, if one does.
    pub theme: Option<&'a Questionnaire>,
}

/// What entered, left or is announced: rules, and texts that change without a rule of ours.
#[derive(Debug, Clone, Default)]
pub struct Movement<'a> {
    /// Rules.
    pub rules: Vec<Rule<'a>>,
    /// Texts.
    pub references: Vec<&'a Reference>,
}

impl Movement<'_> {
    /// Tells whether nothing moved.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.references.is_empty()
    }
}

/// Rules in force on a day, by theme then from the gravest to the lightest. A rule known under two
/// ids is given once.
pub fn in_force(catalogue: &Catalogue, date: Date) -> Vec<Rule<'_>> {
    let holds = |o: &&Obligation| o.validity.contains(date);
    sorted(catalogue, catalogue.obligations.iter().filter(holds))
}

/// What is announced on a day: it begins later.
pub fn announced(catalogue: &Catalogue, date: Date) -> Movement<'_> {
    moved(catalogue, |v| v.valid_from.filter(|from| *from > date))
}

/// What came into force after `before`, up to `after` included.
pub fn entered(catalogue: &Catalogue, before: Date, after: Date) -> Movement<'_> {
    moved(catalogue, |v| {
        v.valid_from.filter(|from| before < *from && *from <= after)
    })
}

/// What was still in force on `before` or later, and no longer is on `after`.
pub fn left(catalogue: &Catalogue, before: Date, after: Date) -> Movement<'_> {
    moved(catalogue, |v| {
        v.valid_until
            .filter(|until| before <= *until && *until < after)
    })
}

/// What has a day, in the order of days.
fn moved(catalogue: &Catalogue, day: impl Fn(Validity) -> Option<Date>) -> Movement<'_> {
    let rows = catalogue.obligations.iter();
    let mut rules = sorted(catalogue, rows.filter(|o| day(o.validity).is_some()));
    rules.sort_by_key(|rule| day(rule.obligation.validity));
    let rows = catalogue.references.iter();
    let mut references: Vec<_> = rows.filter(|r| day(r.validity).is_some()).collect();
    references.sort_by_key(|reference| day(reference.validity));
    Movement { rules, references }
}

fn sorted<'a>(
    catalogue: &'a Catalogue,
    obligations: impl Iterator<Item = &'a Obligation>,
) -> Vec<Rule<'a>> {
    let kept: Vec<&Obligation> = obligations.collect();
    let told_elsewhere = |o: &Obligation| {
        let twin = o.same_as.as_deref();
        twin.is_some_and(|twin| kept.iter().any(|other| other.id == twin))
    };
    let mut rules: Vec<Rule<'a>> = kept
        .iter()
        .filter(|o| !told_elsewhere(o))
        .map(|o| Rule {
            obligation: o,
            theme: theme(catalogue, o),
        })
        .collect();
    rules.sort_by_key(|rule| {
        let theme = rule.theme.map_or(u32::MAX, |theme| theme.order);
        (theme, rule.obligation.severity)
    });
    rules
}

/// The first theme with a question that carries a rule, under its id or its twin's.
fn theme<'a>(catalogue: &'a Catalogue, obligation: &Obligation) -> Option<&'a Questionnaire> {
    let question = catalogue
        .questions
        .iter()
        .find(|question| {
            let items = question.items.iter().flat_map(|item| &item.obligations);
            question
                .obligations
                .iter()
                .chain(items)
                .any(|id| *id == obligation.id || Some(id) == obligation.same_as.as_ref())
        })
        .or_else(|| {
            // A rule carried by an action alone is told where the action is proposed.
            let carries = |id: &String| {
                catalogue
                    .action(id)
                    .is_some_and(|action| action.obligations.contains(&obligation.id))
            };
            catalogue.questions.iter().find(|question| {
                let options = question.options.iter().flat_map(|option| &option.actions);
                let items = question.items.iter().flat_map(|item| &item.actions);
                options.chain(items).any(carries)
            })
        })?;
    catalogue.questionnaire(&question.questionnaire)
}

impl Severity {
    /// What a reader calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Critical => "Critique",
            Self::Obligation => "Obligation",
            Self::Recommendation => "Recommandation",
            Self::GoodPractice => "Bonne habitude",
        }
    }
}

impl Force {
    /// What a reader must know of a rule that no binding text imposes.
    pub fn reserve(self) -> Option<&'static str> {
        match self {
            Self::Law => None,
            Self::SoftLaw => Some("recommandation d'une autorité, pas la loi"),
            Self::GoodPractice => Some("bonne habitude, sans texte"),
        }
    }
}
