//! Where one is: the themes, their questions and answers; and the search.

use super::console::Console;
use super::words::{self, Word};
use super::{Line, Prompts, SimpleError, Turn, next_line};
use crate::domain::explain::said;
use crate::domain::search::find;

impl Prompts {
    /// The themes, then the questions of the one chosen, then the question chosen.
    pub(super) fn summary(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        let themes: Vec<String> = self
            .session
            .progress()
            .iter()
            .map(|p| p.questionnaire.id.clone())
            .collect();
        loop {
            console.gap()?;
            for (at, progress) in self.session.progress().iter().enumerate() {
                let title = &progress.questionnaire.title;
                let words = format!("{title} : {} sur {}.", progress.settled, progress.total);
                console.indented(&format!("  {}. ", at + 1), &words)?;
            }
            console.say("Tapez le numéro d'un thème pour lire ses réponses, ou « retour ».")?;
            let theme = match self.chosen(console, &themes)? {
                Ok(theme) => theme,
                Err(Turn::Back) => return Ok(Turn::Stay),
                Err(turn) => return Ok(turn),
            };
            let questions: Vec<String> = self
                .session
                .asked()
                .iter()
                .filter(|question| question.questionnaire == theme)
                .map(|question| question.id.clone())
                .collect();
            match self.pick(console, &questions)? {
                Turn::Back => {}
                turn => return Ok(turn),
            }
        }
    }

    /// Questions that hold the words wanted.
    pub(super) fn find(
        &mut self,
        console: &mut Console<'_>,
        wanted: &str,
    ) -> Result<Turn, SimpleError> {
        let found: Vec<String> = find(&self.session.view(), &self.session.asked(), wanted)
            .into_iter()
            .map(|question| question.id.clone())
            .collect();
        if found.is_empty() {
            console.say(
                "Rien ne contient ces mots. Tapez « chercher » et un mot : les questions, les \
                 réponses, les notes et les aides sont parcourues.",
            )?;
            return Ok(Turn::Stay);
        }
        match self.pick(console, &found)? {
            Turn::Back => Ok(Turn::Stay),
            turn => Ok(turn),
        }
    }

    /// Reads a list of questions with their answers; the number typed leads to one.
    fn pick(&mut self, console: &mut Console<'_>, ids: &[String]) -> Result<Turn, SimpleError> {
        console.gap()?;
        let view = self.session.view();
        for (at, id) in ids.iter().enumerate() {
            let question = self.session.question(id)?;
            let words = format!("{} {}.", question.text, said(&view, question));
            console.indented(&format!("  {}. ", at + 1), &words)?;
        }
        console.say("Tapez le numéro d'une question pour y aller, ou « retour ».")?;
        Ok(match self.chosen(console, ids)? {
            Ok(id) => Turn::Go(id),
            Err(turn) => turn,
        })
    }

    /// Reads the number of one of these; otherwise where the line leads.
    fn chosen(
        &mut self,
        console: &mut Console<'_>,
        ids: &[String],
    ) -> Result<Result<String, Turn>, SimpleError> {
        let here = &format!("Tapez un numéro de 1 à {}, ou « retour ».", ids.len());
        loop {
            match next_line(console)? {
                Line::End => return Ok(Err(Turn::Leave)),
                Line::Word(Word::Summary) => return Ok(Err(Turn::Run(Word::Summary))),
                Line::Word(word) => match self.anywhere(console, word, here)? {
                    Turn::Stay => {}
                    turn => return Ok(Err(turn)),
                },
                Line::Text(text) => {
                    let number = text.parse::<usize>().ok();
                    match number.and_then(|n| ids.get(n.wrapping_sub(1))) {
                        Some(id) => return Ok(Ok(id.clone())),
                        None => console.say(&words::unknown(&text, here))?,
                    }
                }
            }
        }
    }
}
