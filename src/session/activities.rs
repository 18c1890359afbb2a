//! What the owner writes about the processing activities.

use std::collections::BTreeMap;

use super::{Session, SessionError};
use crate::domain::catalogue::LegalBasis;
use crate::domain::dossier::Change;
use crate::domain::processing::edit::{MAX_OWN, MAX_TEXT, bounded};
use crate::domain::processing::{self, ActivityEdit, OWN, Part};
use crate::storage::slug;

/// What to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Adds an activity of this name.
    Add(String),
    /// Writes about an activity.
    Write(String, Writing),
}

/// Something the owner writes about one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// A content; an empty text takes it away, and leaves a blank.
    Text(Part, String),
    /// Back to the words of the catalogue for a content.
    Restore(Part),
    /// A legal basis; `None` goes back to that of the catalogue.
    Basis(Option<LegalBasis>),
    /// A note; an empty one is erased.
    Note(String),
    /// It does not take place, for this reason.
    Decline(String),
    /// It takes place after all.
    Resume,
    /// Everything back to the catalogue; an activity the owner added is removed.
    Reset,
}

impl Request {
    /// Reads a line: `contact.duree=un an`, `contact.duree=-` (taken away), `contact.duree=` (back to
    /// the catalogue), `contact=sans-objet: raison`, `contact=oui`, `contact=`, `+Un nom`. A line
    /// without « = » nor « + » asks for nothing.
    pub fn read(line: &str) -> Result<Option<Self>, String> {
        if let Some(title) = line.strip_prefix('+') {
            return Ok(Some(Self::Add(title.to_owned())));
        }
        let Some((target, text)) = line.split_once('=') else {
            return Ok(None);
        };
        let (target, text) = (target.trim(), text.trim());
        let (id, writing) = match target.split_once('.') {
            None => (target, Writing::of_activity(target, text)?),
            Some((id, field)) => (id, Writing::of_field(field, text)?),
        };
        Ok(Some(Self::Write(id.to_owned(), writing)))
    }
}

impl Writing {
    /// What is written in a field.
    fn of_field(field: &str, text: &str) -> Result<Self, String> {
        match field {
            "note" => Ok(Self::Note(text.to_owned())),
            "base" | "basis" if text.is_empty() => Ok(Self::Basis(None)),
            "base" | "basis" => {
                let basis = LegalBasis::named(text).ok_or_else(|| {
                    let known = LegalBasis::ALL.map(LegalBasis::label).join(", ");
                    format!("« {text} » n'est pas une base légale ; écrivez : {known}")
                })?;
                Ok(Self::Basis(Some(basis)))
            }
            _ => {
                let part = Part::named(field).ok_or_else(|| {
                    let known = Part::ALL.map(Part::word).join(", ");
                    format!(
                        "« {field} » n'est pas un champ d'un traitement ; champs : {known}, base, note"
                    )
                })?;
                Ok(match text {
                    "" => Self::Restore(part),
                    "-" => Self::Text(part, String::new()),
                    text => Self::Text(part, text.to_owned()),
                })
            }
        }
    }

    /// What is said of a whole activity.
    fn of_activity(id: &str, text: &str) -> Result<Self, String> {
        let lower = text.to_lowercase();
        for prefix in ["sans-objet", "sans objet"] {
            if lower.starts_with(prefix) {
                let reason = text.get(prefix.len()..).unwrap_or_default();
                let reason = reason.trim_start_matches([':', ' ', '\u{a0}']);
                return Ok(Self::Decline(reason.to_owned()));
            }
        }
        match lower.as_str() {
            "" => Ok(Self::Reset),
            "oui" => Ok(Self::Resume),
            _ => Err(format!(
                "« {id}= » attend « sans-objet: raison » (il n'a pas lieu), « oui » (il a lieu) ou rien \
                 (revenir au catalogue) ; pour écrire un champ : {id}.duree=un an"
            )),
        }
    }
}

impl Session {
    /// Tells whether something can be written about an activity.
    pub fn knows_activity(&self, id: &str) -> bool {
        let catalogue = &self.catalogue().processing_activities;
        catalogue.iter().any(|activity| activity.id == id)
            || self.dossier().activities.contains_key(id)
    }

    /// What the owner should know of what they wrote, by activity, for those of the record.
    pub fn activity_remarks(&self, id: &str) -> Vec<String> {
        let view = self.view();
        let all = processing::all(&view);
        let found = processing::find(&all, id);
        found.map_or_else(Vec::new, |standing| standing.remarks(&view))
    }

    /// Records what the owner writes about activities, all of it or nothing; gives the ids touched.
    pub fn write_activities(
        &mut self,
        requests: Vec<Request>,
    ) -> Result<Vec<String>, SessionError> {
        let mut edits: BTreeMap<String, Option<ActivityEdit>> = BTreeMap::new();
        let mut touched: Vec<String> = Vec::new();
        for request in requests {
            let (id, edit) = match request {
                Request::Add(title) => self.added(&title, &edits)?,
                Request::Write(id, writing) => {
                    let current = match edits.get(&id) {
                        Some(edit) => edit.clone(),
                        None if self.knows_activity(&id) => {
                            self.dossier().activities.get(&id).cloned()
                        }
                        None => return Err(SessionError::UnknownActivity(id)),
                    };
                    let own = id.starts_with(OWN);
                    let edit = written(current.unwrap_or_default(), own, writing);
                    let edit = edit.map_err(|reason| SessionError::Unwritable {
                        activity: id.clone(),
                        reason,
                    })?;
                    (id, Some(edit).filter(|edit| !edit.is_empty()))
                }
            };
            if !touched.contains(&id) {
                touched.push(id.clone());
            }
            edits.insert(id, edit);
        }
        let before = &self.dossier().activities;
        let changes = touched.iter().filter_map(|activity| {
            let edit = edits.remove(activity)?;
            (before.get(activity) != edit.as_ref()).then(|| Change::Activity {
                activity: activity.clone(),
                edit,
            })
        });
        let changes = changes.collect();
        self.record_all(changes)?;
        Ok(touched)
    }

    /// A new activity of this name, under an id nothing bears.
    fn added(
        &self,
        title: &str,
        edits: &BTreeMap<String, Option<ActivityEdit>>,
    ) -> Result<(String, Option<ActivityEdit>), SessionError> {
        let refused = |reason: &str| SessionError::Unwritable {
            activity: title.trim().to_owned(),
            reason: reason.to_owned(),
        };
        let title = Part::Title.read(title).map_err(|reason| refused(&reason))?;
        if title.is_empty() {
            return Err(refused("donnez un nom au traitement"));
        }
        let known = &self.dossier().activities;
        let own = known.keys().filter(|id| id.starts_with(OWN)).count();
        if own + edits.len() >= MAX_OWN {
            return Err(refused(&format!(
                "un dossier porte {MAX_OWN} traitements ajoutés au plus"
            )));
        }
        let mut ids = slug::candidates(&title).map(|slug| format!("{OWN}{slug}"));
        let id = ids.find(|id| !known.contains_key(id) && !edits.contains_key(id));
        let texts = BTreeMap::from([(Part::Title, title)]);
        let edit = ActivityEdit {
            texts,
            ..ActivityEdit::default()
        };
        Ok((id.unwrap_or_default(), Some(edit)))
    }
}

/// What the owner says of an activity once this is written.
fn written(mut edit: ActivityEdit, own: bool, writing: Writing) -> Result<ActivityEdit, String> {
    match writing {
        Writing::Text(Part::Title, _) | Writing::Restore(Part::Title) if !own => {
            return Err("son nom vient du catalogue ; écrivez plutôt une note".to_owned());
        }
        Writing::Text(Part::Publication, _) if !own => {
            return Err(
                "seul un traitement que vous avez ajouté peut rester interne ; s'il n'a pas lieu, \
                 écrivez « sans-objet: raison »"
                    .to_owned(),
            );
        }
        Writing::Text(part, text) => {
            let text = part.read(&text)?;
            if part == Part::Title && text.is_empty() {
                return Err("un traitement ajouté garde un nom".to_owned());
            }
            edit.texts.insert(part, text);
        }
        Writing::Restore(Part::Title) => return Err("un traitement ajouté garde un nom".to_owned()),
        Writing::Restore(part) => {
            edit.texts.remove(&part);
        }
        Writing::Basis(basis) => edit.basis = basis,
        Writing::Note(text) => {
            edit.note = Some(bounded(&text, MAX_TEXT)?).filter(|text| !text.is_empty());
        }
        Writing::Decline(_) if own => {
            return Err("vous l'avez ajouté : retirez-le plutôt".to_owned());
        }
        Writing::Decline(reason) => {
            let reason = bounded(&reason, MAX_TEXT)?;
            if reason.is_empty() {
                return Err("dites pourquoi il n'a pas lieu".to_owned());
            }
            edit.absent = Some(reason);
        }
        Writing::Resume => edit.absent = None,
        Writing::Reset => edit = ActivityEdit::default(),
    }
    Ok(edit)
}
