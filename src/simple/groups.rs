//! Answers of several lines: points of a checklist, entries of a list. Each line that is accepted is on
//! disk before the next one is asked, and undone without touching another question.

use std::collections::BTreeMap;

use super::console::Console;
use super::words::{self, Word, after};
use super::{Line, Prompts, SimpleError, Turn, explain, next_line};
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Field, Kind, Question};
use crate::domain::dossier::Change;
use crate::domain::explain::field_text;
use crate::domain::input::chosen::{meant, tick};
use crate::domain::input::missing::still_to_say;
use crate::domain::input::{self, Raw};
use crate::domain::typography;

const POINTS: &str = "Tapez « oui », « non », « je ne sais pas », « passer » ou « retour ».";

/// What was said of an entry of a list.
enum Filled {
    Fields(BTreeMap<String, String>),
    /// What leads elsewhere, and what was typed before it.
    Left(Turn, BTreeMap<String, String>),
}

/// What is said when « annuler » finds nothing of this question to undo.
pub const NOTHING_HERE: &str = "Rien n'est enregistré ici : « annuler » revient à la question.";

fn yes(line: &str) -> bool {
    ["oui", "o"].contains(&line.to_lowercase().as_str())
}

impl Prompts {
    /// Point by point; « retour » goes to the point before, then to the question.
    pub(super) fn checklist(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        if !yes(line) {
            let here = "Tapez « oui » pour répondre ligne par ligne.";
            console.say(&words::unknown(line, here))?;
            return Ok(None);
        }
        let before = self.state(&question.id);
        let items: Vec<(String, String)> = self
            .session
            .view()
            .items(question)
            .map(|item| (item.id.clone(), item.text.clone()))
            .collect();
        let mut at = 0;
        let mut done = Vec::new();
        let mut asked = None;
        while let Some((id, text)) = items.get(at) {
            if asked.replace(at) != Some(at) {
                console.say(&format!("Ligne {} sur {} : {text}.", at + 1, items.len()))?;
                if let Some(tick) = self.ticks(question).get(id) {
                    console.say(&format!("Réponse actuelle : {}.", tick.said()))?;
                }
                if at == 0 {
                    console.say(POINTS)?;
                }
            }
            match next_line(console)? {
                Line::End => return Ok(Some(Turn::Leave)),
                Line::Word(Word::Back) if at == 0 => return Ok(Some(Turn::Stay)),
                Line::Word(Word::Back) => at -= 1,
                Line::Word(Word::Skip) => at += 1,
                Line::Word(Word::Undo) => match self.undo_point(console, &mut done)? {
                    Some(undone) => at = undone,
                    None => return Ok(Some(Turn::Stay)),
                },
                Line::Word(word) if word != Word::Erase => {
                    match self.obey(console, question, word)? {
                        Turn::Stay => asked = None,
                        turn => return Ok(Some(turn)),
                    }
                }
                Line::Text(typed) if typed.to_lowercase() == "plus tard" => at += 1,
                Line::Text(typed) if tick(&typed).is_none() => {
                    console.say(&words::unknown(&typed, POINTS))?;
                }
                typed => {
                    let tick = match typed {
                        Line::Text(typed) => tick(&typed),
                        _ => None,
                    };
                    if tick.is_none() && !self.ticks(question).contains_key(id) {
                        at += 1;
                        continue;
                    }
                    match self.session.tick(&question.id, id, tick) {
                        Ok(_) => {
                            done.push(at);
                            at += 1;
                        }
                        Err(error) => {
                            self.refused(console, &error)?;
                            return Ok(None);
                        }
                    }
                }
            }
        }
        if self.ticks(question).is_empty() {
            let kept = self.record(console, &question.id, Some(Answer::Later))?;
            return Ok(kept.then_some(Turn::Next));
        }
        self.news(console, &question.id, &before)?;
        Ok(Some(Turn::Next))
    }

    /// Undoes the last point answered during this visit; gives where it is, or nothing when none was.
    fn undo_point(
        &mut self,
        console: &mut Console<'_>,
        done: &mut Vec<usize>,
    ) -> Result<Option<usize>, SimpleError> {
        let Some(at) = done.pop() else {
            console.say(NOTHING_HERE)?;
            return Ok(None);
        };
        match self.session.undo() {
            Ok(Some(Change::Answer { .. })) => console.say("Ligne annulée :")?,
            // A note, written since.
            Ok(Some(change)) => {
                console.say(&self.undone(&change))?;
                done.push(at);
            }
            Ok(None) => {}
            Err(error) => self.refused(console, &error)?,
        }
        Ok(Some(at))
    }

    fn ticks(&self, question: &Question) -> BTreeMap<String, Tick> {
        match self.session.view().recorded(question) {
            Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
            _ => BTreeMap::new(),
        }
    }

    pub(super) fn recorded(&self, question: &Question) -> Option<Answer> {
        self.session.view().recorded(question).cloned()
    }

    fn known_entries(&self, question: &Question) -> Vec<BTreeMap<String, String>> {
        match self.recorded(question) {
            Some(Answer::Value(Value::List(entries))) => entries,
            _ => Vec::new(),
        }
    }

    /// Entries of a list: add, change, take away; each is recorded as soon as it is whole.
    pub(super) fn entries(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        if line.to_lowercase() == "aucun" {
            return self.take(console, question, &Raw::List(Vec::new()));
        }
        let known = self.known_entries(question);
        let chosen = |rest: &str| match rest.parse::<usize>() {
            Ok(number) => number.checked_sub(1).filter(|at| *at < known.len()),
            Err(_) => (rest.is_empty() && known.len() == 1).then_some(0),
        };
        if let Some(at) = after(line, "modifier").and_then(chosen) {
            return self.fill(console, question, at);
        }
        if let Some(at) = after(line, "retirer").and_then(chosen) {
            return self.take_away(console, question, at);
        }
        if yes(line) || line.to_lowercase() == "ajouter" {
            let most = most(question);
            if known.len() < most {
                return self.fill(console, question, known.len());
            }
            if most == 1 {
                return self.fill(console, question, 0);
            }
            console.say("La liste est pleine.")?;
        } else if after(line, "modifier").or(after(line, "retirer")).is_none() {
            let here = format!("Tapez {}, ou « passer ».", edits(question, known.len()));
            console.say(&words::unknown(line, &here))?;
            return Ok(None);
        }
        self.list_entries(console, question)?;
        Ok(None)
    }

    fn take_away(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        at: usize,
    ) -> Result<Option<Turn>, SimpleError> {
        let before = self.state(&question.id);
        let mut fewer = self.known_entries(question);
        fewer.remove(at);
        if self.keep_entries(console, question, fewer)? {
            console.say("Fiche retirée ; « annuler » la rend.")?;
            self.follows(console, &question.id, &before)?;
            self.list_entries(console, question)?;
        }
        Ok(None)
    }

    fn list_entries(
        &self,
        console: &mut Console<'_>,
        question: &Question,
    ) -> Result<(), SimpleError> {
        let known = self.known_entries(question);
        for (at, entry) in known.iter().enumerate() {
            let parts = question.fields.iter().filter_map(|field| {
                let text = entry.get(&field.id)?;
                Some(format!("{} : {}", field.label, field_text(field, text)))
            });
            let parts: Vec<String> = parts.collect();
            console.indented(&format!("  Fiche {}. ", at + 1), &parts.join(" ; "))?;
            if let Some(missing) = still_to_say(&question.fields, entry) {
                console.indented("    ", &format!("Fiche incomplète. {missing}"))?;
            }
        }
        let edits = edits(question, known.len());
        console.say(&if known.is_empty() {
            format!("Tapez {edits}, ou « aucun ».")
        } else {
            format!("Tapez {edits}, ou « passer ».")
        })?;
        Ok(())
    }

    /// Fills entries from a rank on, until the user has no more.
    fn fill(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        from: usize,
    ) -> Result<Option<Turn>, SimpleError> {
        let before = self.state(&question.id);
        let mut at = from;
        let mut kept = false;
        let mut typed = self
            .known_entries(question)
            .get(at)
            .cloned()
            .unwrap_or_default();
        loop {
            let mut entries = self.known_entries(question);
            let (fields, left) = match self.entry(console, question, typed)? {
                Filled::Left(turn, fields) => (fields, Some(turn)),
                Filled::Fields(fields) => (fields, None),
            };
            typed = fields;
            let changed = !typed.is_empty() && entries.get(at) != Some(&typed);
            if changed && at < entries.len() {
                entries[at] = typed.clone();
            } else if changed {
                entries.push(typed.clone());
            }
            if let Some(turn) = left {
                // Going elsewhere keeps what was typed: nothing is ever lost.
                if changed && self.keep_entries(console, question, entries)? {
                    console.say(
                        "La fiche reste à compléter : ce qui est tapé est enregistré, revenez à \
                         cette question.",
                    )?;
                }
                return Ok(Some(turn));
            }
            if changed && !self.keep_entries(console, question, entries)? {
                // What is missing is asked again, what was typed stays.
                continue;
            }
            kept |= changed;
            let single = most(question) == 1;
            match (changed, typed.is_empty()) {
                // What follows says it.
                (true, _) if single => {}
                (true, _) => console.say("Fiche enregistrée.")?,
                (false, true) => console.say("Fiche vide : rien n'est enregistré.")?,
                (false, false) => console.say("Fiche inchangée.")?,
            }
            let missing = still_to_say(&question.fields, &typed).filter(|_| !typed.is_empty());
            if let Some(missing) = missing {
                let back = if single {
                    "« oui » y revient.".to_owned()
                } else {
                    format!("« modifier {} » y revient.", at + 1)
                };
                console.say(&format!("{missing} {back}"))?;
            }
            at = self.known_entries(question).len();
            typed = BTreeMap::new();
            let turn = if at >= most(question) {
                Some(Turn::Next)
            } else {
                self.another(console, question, kept)?
            };
            match turn {
                None => {}
                Some(Turn::Next) if self.recorded(question).is_none() => {
                    return Ok(Some(Turn::Stay));
                }
                Some(Turn::Next) if kept && single => {
                    self.news(console, &question.id, &before)?;
                    return Ok(Some(Turn::Next));
                }
                Some(Turn::Next) => {
                    self.follows(console, &question.id, &before)?;
                    return Ok(Some(Turn::Next));
                }
                turn => return Ok(turn),
            }
        }
    }

    /// Asks whether there is another entry; nothing when there is.
    fn another(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        kept: bool,
    ) -> Result<Option<Turn>, SimpleError> {
        let asked = "Une autre fiche ? Tapez « oui » ou « non ».";
        console.say(asked)?;
        loop {
            match next_line(console)? {
                Line::Text(line) if yes(&line) => return Ok(None),
                Line::Text(line) if ["", "non", "n"].contains(&line.to_lowercase().as_str()) => {
                    return Ok(Some(Turn::Next));
                }
                Line::Text(line) => console.say(&words::unknown(&line, asked))?,
                Line::Word(Word::Skip) => return Ok(Some(Turn::Next)),
                Line::End => return Ok(Some(Turn::Leave)),
                Line::Word(Word::Back) => return Ok(Some(Turn::Stay)),
                Line::Word(Word::Undo) if !kept => {
                    console.say(NOTHING_HERE)?;
                    return Ok(Some(Turn::Stay));
                }
                Line::Word(word) => return self.obey(console, question, word).map(Some),
            }
        }
    }

    /// Records the entries; says what is wrong when they are refused.
    fn keep_entries(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        entries: Vec<BTreeMap<String, String>>,
    ) -> Result<bool, SimpleError> {
        let row = |entry: BTreeMap<String, String>| {
            Raw::Table(entry.into_iter().map(|(k, v)| (k, Raw::Text(v))).collect())
        };
        let raw = Raw::List(entries.into_iter().map(row).collect());
        match input::answer(question, &raw, self.session.catalogue()) {
            Ok(answer) => match self.session.answer(&question.id, Some(answer)) {
                Ok(_) => Ok(true),
                Err(error) => self.refused(console, &error).map(|()| false),
            },
            Err(reason) => {
                console.say(&typography::sentence(&reason))?;
                Ok(false)
            }
        }
    }

    /// One entry, field by field.
    fn entry(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        mut typed: BTreeMap<String, String>,
    ) -> Result<Filled, SimpleError> {
        let mut at = 0;
        while let Some(field) = question.fields.get(at) {
            ask_field(console, field, typed.get(&field.id))?;
            match next_line(console)? {
                Line::End => return Ok(Filled::Left(Turn::Leave, typed)),
                // Back from where it starts: the entry is given up.
                Line::Word(Word::Back | Word::Undo) if at == 0 => {
                    console.say("Fiche abandonnée : rien n'y est changé.")?;
                    return Ok(Filled::Left(Turn::Stay, BTreeMap::new()));
                }
                Line::Word(Word::Back) => at -= 1,
                Line::Word(Word::Undo) => {
                    console
                        .say("Rien n'est encore enregistré : « annuler » revient d'un champ.")?;
                    at -= 1;
                }
                Line::Word(Word::Skip) => at += 1,
                Line::Word(Word::Help) => explain(console, question)?,
                Line::Word(Word::Erase) => {
                    let erased = typed.remove(&field.id).is_some();
                    console.say(if erased {
                        "Champ vidé."
                    } else {
                        "Champ déjà vide."
                    })?;
                    at += 1;
                }
                Line::Word(word) => match self.obey(console, question, word)? {
                    Turn::Stay => {}
                    turn => return Ok(Filled::Left(turn, typed)),
                },
                // What is there stays.
                Line::Text(line) if line.is_empty() => at += 1,
                Line::Text(line) => match read_field(field, &line) {
                    Ok(Some(value)) => {
                        typed.insert(field.id.clone(), value);
                        at += 1;
                    }
                    Ok(None) => {
                        typed.remove(&field.id);
                        console.say("Champ laissé vide.")?;
                        at += 1;
                    }
                    Err(reason) => console.say(&reason)?,
                },
            }
        }
        Ok(Filled::Fields(typed))
    }
}

/// The most entries a list takes.
fn most(question: &Question) -> usize {
    question.max_entries.unwrap_or(input::MAX_ENTRIES)
}

/// What can be done with a list that holds so many entries.
pub fn edits(question: &Question, known: usize) -> &'static str {
    match (known, most(question)) {
        (0, 1) => "« oui » pour remplir la fiche",
        (0, _) => "« oui » pour remplir une fiche",
        (_, 1) => "« oui » pour modifier la fiche, « retirer » pour l'ôter",
        (known, most) if known >= most => "« modifier 1 », « retirer 1 »",
        _ => "« oui » pour ajouter une fiche, « modifier 1 », « retirer 1 »",
    }
}

/// Reads a field; an option is also given by its number.
fn read_field(field: &Field, line: &str) -> Result<Option<String>, String> {
    let number = line.parse::<usize>().ok();
    let option = number.and_then(|n| field.options.get(n.wrapping_sub(1)));
    if let Some(option) = option {
        return Ok(Some(option.id.clone()));
    }
    let lost = field.kind == Kind::Choice && meant(&field.options, line).is_empty();
    if lost && !input::is_unknown(line) {
        let here = format!("Tapez un numéro de 1 à {}.", field.options.len());
        return Err(words::unknown(line, &here));
    }
    let read = input::field_value(field, &Raw::Text(line.to_owned()));
    read.map_err(|reason| typography::sentence(&reason))
}

fn ask_field(
    console: &mut Console<'_>,
    field: &Field,
    current: Option<&String>,
) -> Result<(), SimpleError> {
    console.say(&format!("{} :", field.label))?;
    for (at, option) in field.options.iter().enumerate() {
        console.indented(&format!("  {}. ", at + 1), &option.label)?;
    }
    match current {
        Some(current) => console.say(&format!(
            "Actuellement : {}. Entrée pour garder, « effacer » pour vider.",
            field_text(field, current)
        ))?,
        None if !field.required => console.say("Facultatif : Entrée pour ne rien mettre.")?,
        None => {}
    }
    Ok(())
}
