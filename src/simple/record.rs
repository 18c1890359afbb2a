//! The record of processing activities, line by line: what it holds, and how to write over it.

use super::console::Console;
use super::words::Word;
use super::{Line, Prompts, SimpleError, Turn, next_line};
use crate::domain::condition::Truth;
use crate::domain::processing;
use crate::domain::search::fold;
use crate::domain::typography::{capital, sentence};
use crate::session::Request;

const ASKED: &str = "Pour le détail, tapez le numéro, le titre ou le mot d'un traitement, comme : contact. Pour écrire : \
    contact.duree=un an. Pour en ajouter un : +Caméras du dépôt. S'il n'a pas lieu : \
    contact=sans-objet: la raison. Un traitement ajouté reste hors de la page vie privée : \
    propre-cameras-du-depot.publication=interne. Ou « retour ».";

impl Prompts {
    /// Lists the activities, then reads what is written about them until « retour » or an empty line.
    pub(super) fn activities(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        self.tell_activities(console)?;
        console.say(ASKED)?;
        loop {
            match next_line(console)? {
                Line::End => return Ok(Turn::Leave),
                Line::Word(Word::Back) => return Ok(Turn::Stay),
                Line::Text(text) if text.is_empty() => return Ok(Turn::Stay),
                Line::Word(word) => match self.anywhere(console, word, ASKED)? {
                    Turn::Stay => {}
                    turn => return Ok(turn),
                },
                Line::Text(text) => match Request::read(&text) {
                    Ok(None) => self.activity(console, &text)?,
                    Ok(Some(request)) => self.write_record(console, request)?,
                    Err(reason) => console.say(&sentence(&reason))?,
                },
            }
        }
    }

    fn write_record(
        &mut self,
        console: &mut Console<'_>,
        request: Request,
    ) -> Result<(), SimpleError> {
        let ids = match self.session.write_activities(vec![request]) {
            Ok(ids) => ids,
            Err(error) => return Ok(console.say(&sentence(&error.to_string()))?),
        };
        console.say("Enregistré.")?;
        for notice in self.session.take_notices() {
            console.say(&notice)?;
        }
        for id in ids {
            console.say(&format!("Son mot : {id}."))?;
            for remark in self.session.activity_remarks(&id) {
                console.say(&sentence(&remark))?;
            }
        }
        Ok(())
    }

    fn tell_activities(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        let view = self.session.view();
        console.say("Votre registre des traitements :")?;
        for (at, standing) in processing::standing(&view).iter().enumerate() {
            let state = match standing.truth {
                _ if standing.declined().is_some() => ", écarté par vous",
                Truth::Unknown => ", selon vos réponses",
                _ if standing.model.is_none() => ", ajouté par vous",
                _ if standing.edit.is_some() => ", modifié par vous",
                _ => "",
            };
            let words = format!("{} : {}{state}.", standing.id, standing.title());
            console.indented(&format!("  {}. ", at + 1), &words)?;
        }
        Ok(())
    }

    fn activity(&self, console: &mut Console<'_>, id: &str) -> Result<(), SimpleError> {
        let view = self.session.view();
        let all = processing::all(&view);
        let listed = processing::standing(&view);
        let number = id.parse::<usize>().ok();
        let titled = || listed.iter().find(|known| fold(&known.title()) == fold(id));
        let found = number
            .and_then(|number| listed.get(number.wrapping_sub(1)))
            .or_else(titled);
        let Some(standing) = found.or_else(|| processing::find(&all, id)) else {
            console.say(
                "Ce traitement n'est pas dans la liste : tapez son numéro, son titre ou son mot.",
            )?;
            return Ok(());
        };
        for (label, text) in standing.lines() {
            console.indented("  ", &format!("{} : {text}", capital(label)))?;
        }
        for remark in standing.remarks(&view) {
            console.say(&sentence(&remark))?;
        }
        Ok(())
    }
}
