//! One question as lines: how each kind is shown and read.

use std::io;

use super::console::Console;
use super::groups::{NOTHING_HERE, edits};
use super::words::{self, Word};
use super::{Line, Prompts, SimpleError, Turn, next_line};
use crate::domain::answer::{Answer, Value};
use crate::domain::catalogue::{Choice, Kind, Question};
use crate::domain::explain::said;
use crate::domain::input::chosen::meant;
use crate::domain::input::{self, Raw};
use crate::domain::reason;
use crate::domain::typography;
use crate::session::Session;

/// What every question can be answered besides its own answers.
const ALWAYS: [&str; 3] = ["je ne sais pas", "sans objet", "plus tard"];

/// Tells whether the services of the catalogue are picked here, and searched.
pub fn picks_services(question: &Question) -> bool {
    question.kind == Kind::Catalogue
}

/// The options offered on the day.
fn options<'q>(session: &Session, question: &'q Question) -> Vec<&'q Choice> {
    let date = session.date();
    let offered = question.options.iter();
    offered.filter(|o| o.validity.contains(date)).collect()
}

/// Shows what can be answered and what is answered now.
pub fn show(console: &mut Console<'_>, session: &Session, question: &Question) -> io::Result<()> {
    console.say(&question.text)?;
    let labels = options(session, question);
    let mut labels: Vec<&str> = labels.iter().map(|option| option.label.as_str()).collect();
    if question.kind == Kind::Choice {
        labels.extend(["Je ne sais pas", "Sans objet", "Plus tard"]);
    }
    for (at, label) in labels.into_iter().enumerate() {
        console.indented(&format!("  {}. ", at + 1), label)?;
    }
    let view = session.view();
    let current = match view.recorded(question) {
        None => "aucune".to_owned(),
        Some(_) => said(&view, question),
    };
    if let Some(note) = session.dossier().notes.get(&question.id) {
        console.say(&format!("Note : {note}"))?;
    }
    console.say(&format!(
        "Réponse actuelle : {current}. {}",
        expected(question, view.recorded(question))
    ))
}

/// What is to be typed.
fn expected(question: &Question, answer: Option<&Answer>) -> String {
    let asked = match question.kind {
        Kind::Choice => return "Tapez un numéro.".to_owned(),
        Kind::Multi => "un ou plusieurs numéros séparés par des virgules, « aucun »".to_owned(),
        Kind::Checklist => "« oui » pour répondre ligne par ligne".to_owned(),
        Kind::Catalogue => match answer {
            Some(Answer::Value(Value::Set(ids))) if !ids.is_empty() => {
                "un nom pour l'ajouter, « retirer » et un nom, « chercher » et un mot, « aucun »"
            }
            _ => "des noms séparés par des virgules, « chercher » et un mot, « aucun »",
        }
        .to_owned(),
        Kind::List => {
            let known = match answer {
                Some(Answer::Value(Value::List(entries))) => entries.len(),
                _ => 0,
            };
            format!("{}, « aucun »", edits(question, known))
        }
        Kind::Date => "une date comme 11/08/2026".to_owned(),
        Kind::PostalAddress => {
            "l'adresse sur une ligne, avec le code postal, ou le pays à l'étranger".to_owned()
        }
        _ => "la réponse".to_owned(),
    };
    format!("Tapez {asked}, « je ne sais pas », « sans objet » ou « plus tard ».")
}

impl Prompts {
    /// Records an answer and says what follows from it; a refusal is said and nothing moves.
    pub(super) fn record(
        &mut self,
        console: &mut Console<'_>,
        id: &str,
        answer: Option<Answer>,
    ) -> Result<bool, SimpleError> {
        let before = self.state(id);
        let erases = answer.is_none();
        // A list is answered line by line, services are added to those known: nothing is replaced.
        let goes_on = match &answer {
            Some(Answer::Value(Value::Ticks(_) | Value::List(_))) => true,
            Some(Answer::Value(Value::Set(ids))) => {
                !ids.is_empty() && self.session.question(id).is_ok_and(picks_services)
            }
            _ => false,
        };
        let was = self.told(id).filter(|_| !goes_on);
        match self.session.answer(id, answer) {
            Ok(_) => {
                if let Some(was) = was.filter(|was| self.told(id).as_ref() != Some(was)) {
                    console.say(&format!(
                        "{} {} ; « annuler » le rend.",
                        if erases { "Efface" } else { "Remplace" },
                        typography::quoted(&was)
                    ))?;
                }
                let told = if erases {
                    self.follows(console, id, &before)
                } else {
                    self.news(console, id, &before)
                };
                told.map(|()| true)
            }
            Err(error) => self.refused(console, &error).map(|()| false),
        }
    }

    /// The answer recorded, as it is said; nothing when there is none.
    pub(super) fn told(&self, id: &str) -> Option<String> {
        let view = self.session.view();
        let question = self.session.catalogue().question(id)?;
        view.recorded(question)
            .is_some()
            .then(|| said(&view, question))
    }

    /// Understands a line typed at a question; nothing when the question is still to be answered.
    pub(super) fn understand(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        if line.is_empty() {
            console.say("Rien n'est écrit. Tapez une réponse, « passer » ou « aide ».")?;
            return Ok(None);
        }
        let typed = line.to_owned();
        let numbered = (question.kind == Kind::Choice)
            .then(|| line.parse::<usize>().ok())
            .flatten();
        let line = match numbered {
            Some(number) => {
                let Some(words) = self.numbered(question, number) else {
                    self.out_of_list(console, question, &typed)?;
                    return Ok(None);
                };
                words
            }
            None => line.to_owned(),
        };
        let lower = line.to_lowercase();
        if lower == "sans objet" && reason::needs_reason(question) {
            return self.reason(console, question);
        }
        let deliberate = input::is_unknown(&line)
            || ALWAYS.contains(&lower.as_str())
            || lower.starts_with("sans objet");
        match question.kind {
            _ if deliberate => self.take(console, question, &Raw::Text(line)),
            Kind::Multi | Kind::Checklist | Kind::List if words::slip(&line).is_some() => {
                console.say(&words::unknown(&line, ""))?;
                Ok(None)
            }
            Kind::Multi => self.multi(console, question, &line),
            Kind::Checklist => self.checklist(console, question, &lower),
            Kind::Catalogue => self.services(console, question, &line),
            Kind::List => self.entries(console, question, &line),
            Kind::Choice => {
                if meant(&question.options, &line).is_empty() {
                    self.out_of_list(console, question, &typed)?;
                    return Ok(None);
                }
                self.take(console, question, &Raw::Text(line))
            }
            _ => match words::slip(&line) {
                Some(known) => self.sure(console, question, &line, known),
                None => self.take(console, question, &Raw::Text(line)),
            },
        }
    }

    /// Asks whether a text that is almost a command is the answer, rather than keep a slip.
    fn sure(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
        known: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        console.say(&format!(
            "Vouliez-vous dire « {known} » ? Tapez ce mot, ou « oui » si votre réponse est bien \
             « {line} »."
        ))?;
        match next_line(console)? {
            Line::End => Ok(Some(Turn::Leave)),
            Line::Word(Word::Undo) if known != "annuler" => {
                console.say(NOTHING_HERE)?;
                Ok(Some(Turn::Stay))
            }
            Line::Word(word) => self.obey(console, question, word).map(Some),
            Line::Text(text) if text.to_lowercase() == "oui" => {
                self.take(console, question, &Raw::Text(line.to_owned()))
            }
            Line::Text(text) => self.understand(console, question, &text),
        }
    }

    /// Checks and records what was typed, or says what is wrong with it.
    pub(super) fn take(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        raw: &Raw,
    ) -> Result<Option<Turn>, SimpleError> {
        match input::answer(question, raw, self.session.catalogue()) {
            Ok(answer) => {
                let kept = self.record(console, &question.id, Some(answer))?;
                Ok(kept.then_some(Turn::Next))
            }
            Err(reason) => {
                console.say(&typography::sentence(&reason))?;
                Ok(None)
            }
        }
    }

    /// The option of a number, deliberate non-answers coming last.
    fn numbered(&self, question: &Question, number: usize) -> Option<String> {
        let options = options(&self.session, question);
        let at = number.checked_sub(1)?;
        match options.get(at) {
            Some(option) => Some(option.id.clone()),
            None => ALWAYS.get(at - options.len()).map(|w| (*w).to_owned()),
        }
    }

    fn out_of_list(
        &self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> io::Result<()> {
        let most = options(&self.session, question).len() + ALWAYS.len();
        let here = format!("Tapez un numéro de 1 à {most}.");
        console.say(&words::unknown(line, &here))
    }

    /// Why a rule does not concern the business.
    fn reason(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
    ) -> Result<Option<Turn>, SimpleError> {
        loop {
            console.say(
                "Pourquoi cette règle ne concerne-t-elle pas votre entreprise ? « retour » revient \
                 à la question.",
            )?;
            match next_line(console)? {
                Line::End => return Ok(Some(Turn::Leave)),
                Line::Word(Word::Back) => return Ok(Some(Turn::Stay)),
                Line::Word(Word::Undo) => {
                    console.say(NOTHING_HERE)?;
                    return Ok(Some(Turn::Stay));
                }
                Line::Word(word) => match self.obey(console, question, word)? {
                    Turn::Stay => {}
                    turn => return Ok(Some(turn)),
                },
                Line::Text(reason) if !reason::tells_why(&reason) => {
                    console.say(&typography::sentence(&reason::reason_wanted("")))?;
                }
                Line::Text(reason) => {
                    let raw = Raw::Text(format!("sans objet : {reason}"));
                    return self.take(console, question, &raw);
                }
            }
        }
    }

    fn multi(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        if line.to_lowercase() == "aucun" {
            let exclusive = question.options.iter().find(|option| option.exclusive);
            let ids = exclusive.map(|option| Raw::Text(option.id.clone()));
            return self.take(console, question, &Raw::List(ids.into_iter().collect()));
        }
        let mut ids = Vec::new();
        let options = options(&self.session, question);
        let most = options.len();
        let parts = line.split([',', ';']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            let Some(numbers) = words::numbers(part) else {
                if meant(&question.options, part).is_empty() {
                    let here = format!("Tapez des numéros de 1 à {most}.");
                    console.say(&words::unknown(part, &here))?;
                    return Ok(None);
                }
                ids.push(Raw::Text(part.to_owned()));
                continue;
            };
            for number in numbers {
                let Some(option) = options.get(number.wrapping_sub(1)) else {
                    console.say(&format!("« {number} » n'est pas un numéro de 1 à {most}."))?;
                    return Ok(None);
                };
                ids.push(Raw::Text(option.id.clone()));
            }
        }
        if ids.is_empty() {
            console.say(&format!("Tapez des numéros de 1 à {most}."))?;
            return Ok(None);
        }
        self.take(console, question, &Raw::List(ids))
    }
}
