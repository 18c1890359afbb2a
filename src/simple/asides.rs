//! What is done to an answer or a dossier besides answering: undo, erase, put aside, rename, find the
//! files.

use std::path::absolute;

use super::console::Console;
use super::{Prompts, SimpleError, Turn, counted};
use crate::domain::catalogue::Question;
use crate::domain::dossier::Change;
use crate::domain::explain::change_words;
use crate::domain::input;
use crate::domain::search::Found;
use crate::domain::typography::sentence;
use crate::domain::unasked::unasked;
use crate::storage::files::HELD;

impl Prompts {
    /// Undoes the last change; says which.
    pub(super) fn undo(&mut self) -> String {
        match self.session.undo() {
            Ok(Some(change)) => self.undone(&change),
            Ok(None) => "Rien à annuler.".to_owned(),
            Err(error) => sentence(&error.to_string()),
        }
    }

    /// Says what was undone.
    pub(super) fn undone(&self, change: &Change) -> String {
        let what = change_words(self.session.catalogue(), change);
        format!("Annulé : {what}. « rétablir » le refait.")
    }

    /// Does again the last change undone; says which.
    pub(super) fn redo(&mut self) -> String {
        match self.session.redo() {
            Ok(Some(change)) => {
                let what = change_words(self.session.catalogue(), &change);
                format!("Rétabli : {what}.")
            }
            Ok(None) => "Rien à rétablir.".to_owned(),
            Err(error) => sentence(&error.to_string()),
        }
    }

    /// Takes the answer to a question away, and asks it again.
    pub(super) fn erase(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
    ) -> Result<Turn, SimpleError> {
        if self.told(&question.id).is_none() {
            console.say("Il n'y a pas de réponse à effacer.")?;
        } else {
            self.record(console, &question.id, None)?;
        }
        Ok(Turn::Stay)
    }

    /// Gives the dossier another name; says what came of it.
    pub(super) fn rename(&mut self, name: &str) -> String {
        let name = input::clean(name);
        if name.is_empty() {
            return "Tapez « renommer » et le nouveau nom, comme : renommer Boulangerie Martin."
                .to_owned();
        }
        let said = format!(
            "Dossier renommé : {name}. Son emplacement ne change pas ; « annuler » rend l'ancien nom."
        );
        match self.session.record_all(vec![Change::Rename { name }]) {
            Ok(_) => said,
            Err(error) => sentence(&error.to_string()),
        }
    }

    /// Where the dossier is and what it holds.
    pub(super) fn tell_files(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        console.say("Vos réponses et vos textes sont sur votre ordinateur, dans ce dossier :")?;
        let dir = self.session.store().dir();
        let whole = absolute(dir).unwrap_or_else(|_| dir.to_owned());
        console.whole(&whole.display().to_string())?;
        console.say(HELD)?;
        Ok(())
    }

    /// Tells whether a question is put aside.
    pub(super) fn is_aside(&self, id: &str) -> bool {
        self.discussion.parked.iter().any(|parked| parked == id)
    }

    /// The questions put aside that the catalogue still asks.
    fn parked(&self) -> Vec<&Question> {
        let ids = self.discussion.parked.iter();
        ids.filter_map(|id| self.session.catalogue().question(id))
            .collect()
    }

    /// Puts a question aside and goes on, or takes it back.
    pub(super) fn put_aside(
        &mut self,
        console: &mut Console<'_>,
        id: &str,
    ) -> Result<Turn, SimpleError> {
        let back = self.is_aside(id);
        let before = self.discussion.clone();
        if back {
            self.discussion.parked.retain(|parked| parked != id);
        } else {
            self.discussion.parked.push(id.to_owned());
        }
        if self.session.is_read_only() {
            self.discussion = before;
            console.say("Ce dossier est ouvert en lecture seule : rien n'y est mis de côté.")?;
            return Ok(Turn::Stay);
        }
        if let Err(error) = self.discussion.write(self.session.store().dir()) {
            self.discussion = before;
            console.say(&sentence(&error.to_string()))?;
            return Ok(Turn::Stay);
        }
        if back {
            console.say("Question reprise.")?;
            return Ok(Turn::Stay);
        }
        console.say("Question mise de côté : le sommaire et la fin y ramènent.")?;
        Ok(Turn::Skip)
    }

    /// Reads the questions put aside; the number typed leads to one.
    pub(super) fn asides(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        let view = self.session.view();
        let parked = self.parked();
        let mut found: Vec<Found> = parked
            .into_iter()
            .map(|question| Found {
                question: question.id.clone(),
                unasked: unasked(&view, question, self.session.depth()),
            })
            .collect();
        found.sort_by_key(|one| one.unasked.is_some());
        if found.is_empty() {
            console.say(
                "Aucune question n'est de côté. À une question, « de côté » la garde pour plus \
                 tard.",
            )?;
            return Ok(Turn::Stay);
        }
        match self.pick(console, &found)? {
            Turn::Back => Ok(Turn::Stay),
            turn => Ok(turn),
        }
    }

    /// « 2 questions mises de côté », when there are.
    pub(super) fn told_asides(&self) -> Option<String> {
        let aside = self.parked().len();
        (aside > 0).then(|| counted(aside, "question mise de côté", "questions mises de côté"))
    }
}
