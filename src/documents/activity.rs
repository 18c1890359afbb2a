//! An activity of the record as the row templates read.

use super::blank::{ACTIVITY, Blank};
use super::escape::clean;
use super::french;
use super::material::{Material, Row, known, row};
use crate::domain::catalogue::{LegalBasis, Proviso, Sorting};
use crate::domain::processing::{Author, Part, Said, Standing};
use crate::domain::typography;
use crate::domain::view::View;

/// Longest name of an activity in a blank.
const NAMED: usize = 60;

/// The row of an activity.
pub(super) fn row_of(standing: &Standing<'_>, view: &View<'_>, material: &Material) -> Row {
    let writer = Writer { standing, material };
    let mut fields = writer.contents(view);
    fields.extend(writer.sorting());
    fields
}

/// Which of the providers take part in an activity is not known: none is named here.
fn providers(standing: &Standing<'_>, view: &View<'_>) -> Option<String> {
    let sources = standing
        .model
        .map_or(&[][..], |model| &model.recipients_from);
    let mut sources = sources
        .iter()
        .filter_map(|id| view.catalogue().question(id));
    let some = sources.any(|question| {
        let known = known(view, question);
        let none = known.entries.is_some_and(|entries| entries.is_empty());
        !none && !known.is_irrelevant
    });
    some.then(|| "ceux de nos prestataires dont la tâche le demande".to_owned())
}

/// Writes what is said of an activity, and leaves blanks for the rest.
struct Writer<'s, 'a, 'm> {
    standing: &'s Standing<'a>,
    material: &'m Material,
}

impl Writer<'_, '_, '_> {
    /// Stand-in of a content that is not said: an answer is awaited, or the owner fills it in the record.
    fn blank(
        &self,
        unborne: Option<&Proviso>,
        key: &'static str,
        word: &str,
        label: &str,
    ) -> String {
        let awaited = unborne.and_then(|proviso| proviso.question.as_deref());
        let activity = || format!("{ACTIVITY}{}", self.standing.id);
        let question = awaited.map_or_else(activity, str::to_owned);
        let field = awaited.map_or_else(|| format!("{question}.{word}"), str::to_owned);
        let label = match unborne {
            Some(proviso) => proviso.blank.clone(),
            None => format!("{label} pour {}", self.name()),
        };
        self.material.give(Blank {
            field,
            question,
            label: typography::french(&label),
            by_hand: None,
            part: Some(key),
        })
    }

    /// The activity, in a blank.
    fn name(&self) -> String {
        let title: String = clean(&self.standing.title()).chars().take(NAMED).collect();
        if title.is_empty() {
            "ce traitement".to_owned()
        } else {
            typography::quoted(&title)
        }
    }

    fn write(&self, part: Part, said: Said) -> Vec<String> {
        match said.author {
            Author::Missing => {
                let unborne = self.standing.unborne_part(part);
                vec![self.blank(unborne, part.key(), part.word(), part.label())]
            }
            Author::Catalogue => said.items,
            Author::Owner => said.items.iter().map(|item| clean(item)).collect(),
        }
    }

    fn items(&self, part: Part) -> Vec<String> {
        self.write(part, self.standing.said(part))
    }

    fn say(&self, part: Part) -> String {
        french::list(&self.items(part))
    }

    /// A content as it should be, held or not.
    fn mean(&self, part: Part) -> String {
        french::list(&self.write(part, self.standing.meant(part)))
    }

    fn base(&self, basis: Option<LegalBasis>, interest: &str) -> String {
        match basis {
            None => {
                let unborne = self.standing.unborne_basis();
                self.blank(unborne, LegalBasis::KEY, "base", Part::BASIS)
            }
            Some(basis) if interest.is_empty() => french::ground(basis).to_owned(),
            Some(basis) => format!("{} ({interest})", french::ground(basis)),
        }
    }

    /// Where the duration comes from.
    fn source(&self) -> String {
        let duration = self.standing.meant(Part::Retention).author;
        match (duration, self.standing.retention_source()) {
            (Author::Owner, _) => match self.standing.exceeded() {
                Some(usual) => typography::french(&format!(
                    "durée fixée par l'entreprise, plus longue que le repère, à justifier ; repère : {usual}"
                )),
                None => typography::french("durée fixée par l'entreprise"),
            },
            (Author::Catalogue, Some(source)) => source,
            _ => self.say(Part::Retention),
        }
    }

    fn contents(&self, view: &View<'_>) -> Row {
        let standing = self.standing;
        let model = standing.model;
        let direct = self.items(Part::Recipients);
        let mut recipients = direct.clone();
        recipients.extend(providers(standing, view));
        let interest = self.say(Part::Interest);
        let (basis, chosen) = standing.basis();
        let consequence = model.and_then(|model| model.consequence.as_deref());
        let mandatory = self.say(Part::Mandatory);
        let consequence = consequence.filter(|_| !mandatory.is_empty());
        let owners = standing.owners();
        let owners = owners.iter().map(|label| typography::french(label));
        let is_chosen = if chosen == Author::Owner { "oui" } else { "" };
        row([
            ("id", standing.id.to_owned()),
            ("propre", model.map_or("oui", |_| "").to_owned()),
            ("titre", self.say(Part::Title)),
            ("finalite", self.say(Part::Purpose)),
            ("base", self.base(basis, &interest)),
            ("base_id", basis.map_or("", LegalBasis::word).to_owned()),
            ("base_choisie", is_chosen.to_owned()),
            ("interet", interest),
            ("personnes", self.say(Part::Persons)),
            ("donnees", self.say(Part::Data)),
            ("destinataires", french::list(&recipients)),
            ("destinataires_directs", french::list(&direct)),
            ("duree", self.say(Part::Retention)),
            ("archive", self.say(Part::Archive)),
            ("duree_a_tenir", self.mean(Part::Retention)),
            ("archive_a_tenir", self.mean(Part::Archive)),
            ("duree_source", self.source()),
            ("securite", self.say(Part::Security)),
            (
                "consequence",
                consequence.map(typography::french).unwrap_or_default(),
            ),
            ("obligatoires", mandatory),
            ("source", self.say(Part::Origin)),
            ("modifie", owners.collect::<Vec<_>>().join(", ")),
            ("note", standing.note().map(clean).unwrap_or_default()),
        ])
    }

    /// How it is sorted out; empty words where nobody said.
    fn sorting(&self) -> Row {
        let sorting = self.standing.model.and_then(|model| model.sorting.as_ref());
        let say = |word: fn(&Sorting) -> &str| {
            let words = sorting.map(word).map(typography::french);
            words.unwrap_or_default()
        };
        let held = if sorting.is_some_and(|sorting| sorting.archived) {
            Part::Archive
        } else {
            Part::Retention
        };
        row([
            ("tri_quand", say(|sorting| &sorting.when)),
            ("tri_lieu", say(|sorting| &sorting.place)),
            ("tri_depart", say(|sorting| &sorting.start)),
            (
                "tri_geste",
                say(|sorting| sorting.gesture.as_deref().unwrap_or_default()),
            ),
            ("tri_duree", self.mean(held)),
        ])
    }
}
