//! The processing activities of one business: what the catalogue derives from its answers, and what
//! its owner wrote over it.
//!
//! The words of the owner never pass for those of the catalogue: each content says whose it is, and a
//! content taken away is told as missing, never filled in silence.

pub mod duration;
pub mod edit;

use super::catalogue::{LegalBasis, ProcessingActivity, Proviso, Variant};
use super::condition::Truth;
use super::explain::because;
use super::typography::french;
use super::view::View;
pub use edit::{ActivityEdit, Part};

/// How the ids of the activities an owner adds begin; none of the catalogue does.
pub const OWN: &str = "propre-";

/// Whose words a content is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The catalogue.
    Catalogue,
    /// The owner.
    Owner,
    /// Nobody: it has to be said, and is not.
    Missing,
}

/// A content, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its items, one for what is not a list; none when there is nothing to say.
    pub items: Vec<String>,
    /// Whose words.
    pub author: Author,
}

impl Said {
    fn by(author: Author, items: Vec<String>) -> Self {
        Self { items, author }
    }

    /// One line: items apart by a semicolon, as they are typed.
    pub fn line(&self) -> String {
        self.items.join(" ; ")
    }
}

/// An activity as it stands for one business on one day.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// Its id.
    pub id: &'a str,
    /// What the catalogue says of it; nothing when the owner added it.
    pub model: Option<&'a ProcessingActivity>,
    /// What the owner wrote.
    pub edit: Option<&'a ActivityEdit>,
    /// Whether the answers say it takes place.
    pub truth: Truth,
    /// Other words of the catalogue that the answers call for, the first one first.
    pub variants: Vec<&'a Variant>,
    /// Provisos of the catalogue that no answer bears out.
    pub unborne: Vec<&'a Proviso>,
}

/// The activities a business has or may have: those of the catalogue, then those the owner added.
pub fn standing<'a>(view: &View<'a>) -> Vec<Standing<'a>> {
    all(view)
        .into_iter()
        .filter(|standing| standing.truth != Truth::False)
        .collect()
}

/// Every activity that can be written about on the day, those the answers exclude too.
pub fn all<'a>(view: &View<'a>) -> Vec<Standing<'a>> {
    let edits = &view.dossier().activities;
    let catalogue = view.catalogue().processing_activities.iter();
    let derived = catalogue
        .filter(|activity| activity.validity.contains(view.date()))
        .map(|activity| Standing {
            id: &activity.id,
            model: Some(activity),
            edit: edits.get(&activity.id),
            truth: view.holds(activity.when.as_ref()),
            variants: variants(view, &activity.id),
            unborne: unborne(view, &activity.id),
        });
    let own = edits.iter().filter(|(id, _)| id.starts_with(OWN));
    let own = own.map(|(id, edit)| Standing {
        id,
        model: None,
        edit: Some(edit),
        truth: Truth::True,
        variants: Vec::new(),
        unborne: Vec::new(),
    });
    derived.chain(own).collect()
}

/// The other words the answers certainly call for.
fn variants<'a>(view: &View<'a>, id: &str) -> Vec<&'a Variant> {
    let variants = view.catalogue().variants.iter();
    variants
        .filter(|variant| variant.activities.iter().any(|about| about == id))
        .filter(|variant| variant.when.evaluate(view).is_true())
        .collect()
}

/// The provisos on an activity that no answer bears out.
fn unborne<'a>(view: &View<'a>, id: &str) -> Vec<&'a Proviso> {
    let provisos = view.catalogue().provisos.iter();
    provisos
        .filter(|proviso| proviso.activities.iter().any(|about| about == id))
        .filter(|proviso| {
            let when = proviso.when.as_ref();
            !when.is_some_and(|when| when.evaluate(view).is_true())
        })
        .collect()
}

/// Tells whether persons are all of those who are informed elsewhere than on the site.
fn are_insiders(persons: &str) -> bool {
    const INSIDERS: [&str; 8] = [
        "salarié",
        "employé",
        "apprenti",
        "stagiaire",
        "intérimaire",
        "candidat",
        "fournisseur",
        "personnel",
    ];
    let persons = persons.to_lowercase().replace(" et ", ",");
    persons
        .split([',', ';'])
        .filter(|group| !group.trim().is_empty())
        .all(|group| INSIDERS.iter().any(|word| group.contains(word)))
}

/// The activity of this id among others.
pub fn find<'s, 'a>(all: &'s [Standing<'a>], id: &str) -> Option<&'s Standing<'a>> {
    all.iter().find(|standing| standing.id == id)
}

impl<'a> Standing<'a> {
    /// Why the owner says it does not take place, if so.
    pub fn declined(&self) -> Option<&'a str> {
        self.edit.and_then(|edit| edit.absent.as_deref())
    }

    /// Tells whether it is a row of the record.
    pub fn is_recorded(&self) -> bool {
        self.truth.is_true() && self.declined().is_none()
    }

    /// The note of the owner.
    pub fn note(&self) -> Option<&'a str> {
        self.edit.and_then(|edit| edit.note.as_deref())
    }

    /// Its name.
    pub fn title(&self) -> String {
        let said = self.said(Part::Title);
        said.items.into_iter().next().unwrap_or_default()
    }

    /// Its legal basis, and whose choice it is.
    pub fn basis(&self) -> (Option<LegalBasis>, Author) {
        let chosen = self.edit.and_then(|edit| edit.basis);
        match (chosen, self.model) {
            (Some(basis), _) => (Some(basis), Author::Owner),
            (None, Some(_)) if self.unborne_basis().is_some() => (None, Author::Missing),
            (None, Some(model)) => (Some(model.legal_basis), Author::Catalogue),
            (None, None) => (None, Author::Missing),
        }
    }

    /// The proviso that keeps the catalogue from naming a legal basis.
    pub fn unborne_basis(&self) -> Option<&'a Proviso> {
        self.unborne.iter().find(|proviso| proviso.basis).copied()
    }

    /// The proviso that keeps the catalogue from saying a content.
    pub fn unborne_part(&self, part: Part) -> Option<&'a Proviso> {
        let mut unborne = self.unborne.iter();
        unborne
            .find(|proviso| proviso.parts.contains(&part))
            .copied()
    }

    /// A content and whose words it is made of.
    pub fn said(&self, part: Part) -> Said {
        let meant = self.meant(part);
        if meant.author == Author::Catalogue && self.unborne_part(part).is_some() {
            return Said::by(Author::Missing, Vec::new());
        }
        meant
    }

    /// A content as it should be, even where the answers say it is not so yet: a duration to keep.
    pub fn meant(&self, part: Part) -> Said {
        if part == Part::Publication {
            return self.publication();
        }
        // An interest only goes with its basis.
        if part == Part::Interest && self.basis().0 != Some(LegalBasis::LegitimateInterest) {
            return Said::by(Author::Catalogue, Vec::new());
        }
        let (items, author) = match self.edit.and_then(|edit| edit.texts.get(&part)) {
            Some(text) => (part.items(text), Author::Owner),
            None => (self.of_catalogue(part), Author::Catalogue),
        };
        if items.is_empty() && (part.is_due() || self.is_outdated(part)) {
            return Said::by(Author::Missing, items);
        }
        Said::by(author, items)
    }

    /// Whether the privacy page says an activity the owner added: what they chose, or what the persons
    /// concerned tell. Templates know which of the catalogue it says.
    fn publication(&self) -> Said {
        let Some(edit) = self.edit.filter(|_| self.model.is_none()) else {
            return Said::by(Author::Catalogue, Vec::new());
        };
        let chosen = edit.texts.get(&Part::Publication);
        if let Some(chosen) = chosen.filter(|text| !text.is_empty()) {
            return Said::by(Author::Owner, vec![chosen.clone()]);
        }
        let persons = edit.texts.get(&Part::Persons);
        let is_internal = persons.is_some_and(|persons| are_insiders(persons));
        let word = if is_internal {
            edit::INTERNAL
        } else {
            edit::PUBLIC
        };
        Said::by(Author::Catalogue, vec![word.to_owned()])
    }

    /// Tells whether it stays in the record, off the privacy page.
    pub fn is_internal(&self) -> bool {
        self.said(Part::Publication).items == [edit::INTERNAL]
    }

    /// Contents the owner wrote, took away or chose, for whoever reads the record.
    pub fn owners(&self) -> Vec<&'static str> {
        let mut labels = Vec::new();
        if let (Some(edit), true) = (self.edit, self.model.is_some()) {
            if edit.basis.is_some() {
                labels.push(Part::BASIS);
            }
            labels.extend(edit.texts.keys().map(|part| part.label()));
        }
        labels
    }

    /// Everything it says, one labelled line a content; what it does not say has no line.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let basis = self
            .basis()
            .0
            .map(|basis| (Part::BASIS, basis.label().to_owned()));
        let said = |part: Part| Some((part.label(), self.said(part).line()));
        let contents = Part::ALL.into_iter().filter_map(said);
        let words = |label, text: Option<&str>| text.map(|text| (label, text.to_owned()));
        let rest = [
            words("note", self.note()),
            words("n'a pas lieu", self.declined()),
        ];
        let all = contents.chain(basis).chain(rest.into_iter().flatten());
        all.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// What the catalogue says; nothing where the words of the owner made it doubtful.
    fn of_catalogue(&self, part: Part) -> Vec<String> {
        let Some(model) = self.model else {
            return Vec::new();
        };
        if self.is_outdated(part) {
            return Vec::new();
        }
        let one = |text: &str| vec![french(text)];
        let list = |items: &[String]| items.iter().map(|item| french(item)).collect();
        let maybe = |text: &Option<String>| text.iter().map(|text| french(text)).collect();
        if let Some(said) = self.variants.iter().find_map(|v| v.texts.get(&part)) {
            return list(said);
        }
        match part {
            Part::Title => one(&model.title),
            Part::Purpose => one(&model.purpose),
            Part::Interest => maybe(&model.legitimate_interest),
            Part::Persons => one(&model.persons),
            Part::Data => list(&model.data),
            Part::Mandatory => list(&model.mandatory),
            Part::Recipients => list(&model.recipients),
            Part::Origin => maybe(&model.source),
            Part::Retention => one(&model.retention),
            Part::Archive => one(&model.archive),
            Part::Security => list(&model.security),
            Part::Publication => Vec::new(),
        }
    }

    /// The fields to fill in were those of the data the catalogue named: other data, other fields.
    fn is_outdated(&self, part: Part) -> bool {
        let written = |part: Part| self.edit.is_some_and(|edit| edit.texts.contains_key(&part));
        part == Part::Mandatory
            && written(Part::Data)
            && !written(Part::Mandatory)
            && self.model.is_some_and(|model| !model.mandatory.is_empty())
    }

    /// Where the duration of the catalogue comes from.
    pub fn retention_source(&self) -> Option<String> {
        let model = self.model?;
        let mut others = self.variants.iter();
        let other = others.find_map(|variant| variant.retention_source.as_ref());
        Some(french(other.unwrap_or(&model.retention_source)))
    }

    /// The duration of the catalogue and its source, where the owner chose a longer one.
    pub fn exceeded(&self) -> Option<String> {
        let source = self.retention_source()?;
        let said = self.said(Part::Retention);
        let chosen = (said.author == Author::Owner).then(|| duration::longest(&said.line()))??;
        let retention = self.of_catalogue(Part::Retention).join(" ");
        let usual = duration::longest(&retention)?;
        usual
            .is_exceeded_by(chosen)
            .then(|| format!("{retention} ({source})"))
    }

    /// What the owner should know of what they wrote, in French sentences.
    pub fn remarks(&self, view: &View<'_>) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.declined().is_some() {
            let when = self.model.and_then(|model| model.when.as_ref());
            if let (Some(when), Truth::True) = (when, self.truth) {
                remarks.push(format!(
                    "vous l'avez écarté, mais vos réponses disent qu'il a lieu, {}",
                    because(view, when)
                ));
            }
            return remarks;
        }
        if let (Some(basis), Author::Owner) = self.basis() {
            let usual = self.model.map(|model| model.legal_basis);
            remarks.push(match usual.filter(|usual| *usual != basis) {
                Some(usual) => format!(
                    "base légale choisie par vous ; le catalogue propose : {}",
                    usual.label()
                ),
                None => "base légale choisie par vous".to_owned(),
            });
        }
        let written = |part| self.edit.is_some_and(|edit| edit.texts.contains_key(&part));
        if written(Part::Interest) && self.basis().0 != Some(LegalBasis::LegitimateInterest) {
            remarks.push(
                "l'intérêt poursuivi n'est dit qu'avec la base « intérêt légitime »".to_owned(),
            );
        }
        if self.said(Part::Retention).author == Author::Owner {
            remarks.push(match self.exceeded() {
                Some(usual) => {
                    format!("durée fixée par vous, plus longue que celle du catalogue : {usual}")
                }
                None => "durée fixée par vous".to_owned(),
            });
        }
        let missing = Part::ALL
            .into_iter()
            .filter(|part| self.said(*part).author == Author::Missing);
        let mut missing: Vec<&str> = missing.map(Part::label).collect();
        if self.basis().0.is_none() {
            missing.insert(0, Part::BASIS);
        }
        if !missing.is_empty() {
            remarks.push(format!("reste à dire : {}", missing.join(", ")));
        }
        remarks
    }
}
