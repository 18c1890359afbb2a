//! Where one is: the themes, their questions and answers; and the search.

use super::console::Console;
use super::words::{self, Word};
use super::{Line, Prompts, SimpleError, Turn, next_line};
use crate::domain::explain::said;
use crate::domain::search::{Found, find};
use crate::domain::typography::capital;

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
                let words = format!(
                    "{title} : {} sur {}{}.",
                    progress.settled,
                    progress.total,
                    if progress.is_just_begun() {
                        ", entamé"
                    } else {
                        ""
                    }
                );
                console.indented(&format!("  {}. ", at + 1), &words)?;
            }
            let aside = self.told_asides();
            if let Some(words) = &aside {
                console.indented(&format!("  {}. ", themes.len() + 1), &format!("{words}."))?;
            }
            console.say("Tapez le numéro d'un thème pour lire ses réponses, ou « retour ».")?;
            let offered = themes.len() + usize::from(aside.is_some());
            let theme = match self.chosen(console, offered)? {
                Ok(at) => themes.get(at),
                Err(Turn::Back) => return Ok(Turn::Stay),
                Err(turn) => return Ok(turn),
            };
            let Some(theme) = theme else {
                return Ok(Turn::Run(Word::Aside));
            };
            let questions: Vec<Found> = self
                .session
                .asked()
                .iter()
                .filter(|question| question.questionnaire == *theme)
                .map(|question| Found {
                    question: question.id.clone(),
                    unasked: None,
                })
                .collect();
            match self.pick(console, &questions)? {
                Turn::Back => {}
                turn => return Ok(turn),
            }
        }
    }

    /// Questions that hold the words wanted, asked or not.
    pub(super) fn find(
        &mut self,
        console: &mut Console<'_>,
        wanted: &str,
    ) -> Result<Turn, SimpleError> {
        let found = find(&self.session.view(), self.session.depth(), wanted);
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

    /// Reads a list of questions with their answers, or why they are not asked; the number typed leads
    /// to one, or to the one it depends on.
    pub(super) fn pick(
        &mut self,
        console: &mut Console<'_>,
        found: &[Found],
    ) -> Result<Turn, SimpleError> {
        console.gap()?;
        let view = self.session.view();
        let mut asked = true;
        for (at, one) in found.iter().enumerate() {
            let question = self.session.question(&one.question)?;
            let below = match &one.unasked {
                None => said(&view, question),
                Some(unasked) => capital(&unasked.reason),
            };
            if one.unasked.is_some() && std::mem::take(&mut asked) {
                console.say("Pas posées pour l'instant :")?;
            }
            let words = format!("{} {below}.", question.text);
            console.indented(&format!("  {}. ", at + 1), &words)?;
        }
        console.say("Tapez le numéro d'une question pour y aller, ou « retour ».")?;
        let one = match self.chosen(console, found.len())? {
            Ok(at) => &found[at],
            Err(turn) => return Ok(turn),
        };
        let Some(unasked) = &one.unasked else {
            return Ok(Turn::Go(one.question.clone()));
        };
        console.say(unasked.advice)?;
        Ok(unasked.leads_to.clone().map_or(Turn::Back, Turn::Go))
    }

    /// Reads the number of one of these, counted from 0; otherwise where the line leads.
    fn chosen(
        &mut self,
        console: &mut Console<'_>,
        count: usize,
    ) -> Result<Result<usize, Turn>, SimpleError> {
        let here = &format!("Tapez un numéro de 1 à {count}, ou « retour ».");
        loop {
            match next_line(console)? {
                Line::End => return Ok(Err(Turn::Leave)),
                Line::Word(Word::Summary) => return Ok(Err(Turn::Run(Word::Summary))),
                Line::Word(word) => match self.anywhere(console, word, here)? {
                    Turn::Stay => {}
                    turn => return Ok(Err(turn)),
                },
                Line::Text(text) => match text.parse::<usize>() {
                    Ok(number) if (1..=count).contains(&number) => return Ok(Ok(number - 1)),
                    _ => console.say(&words::unknown(&text, here))?,
                },
            }
        }
    }
}
