//! Answers of several lines: points of a checklist, services, entries of a list. Each line that is
//! accepted is on disk before the next one is asked.

use std::collections::BTreeMap;

use super::console::Console;
use super::words::{Word, after};
use super::{Line, Prompts, SimpleError, Turn, counted, next_line};
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Field, Kind, Question, Service};
use crate::domain::explain::said;
use crate::domain::input::{self, Raw};
use crate::domain::search::{Wanted, fold, services};
use crate::domain::typography;

const POINTS: &str = "Tapez « oui », « non », « je ne sais pas », « passer » ou « retour ».";

/// What was said of an entry of a list.
enum Filled {
    Fields(BTreeMap<String, String>),
    /// What leads elsewhere, and what was typed before it.
    Left(Turn, BTreeMap<String, String>),
}

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
            console.say("Tapez « oui » pour répondre ligne par ligne.")?;
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
        while let Some((id, text)) = items.get(at) {
            console.say(&format!("Ligne {} sur {} : {text}.", at + 1, items.len()))?;
            if let Some(tick) = self.ticks(question).get(id) {
                console.say(&format!("Réponse actuelle : {}.", tick.said()))?;
            }
            if at == 0 {
                console.say(POINTS)?;
            }
            match next_line(console)? {
                Line::End => return Ok(Some(Turn::Leave)),
                Line::Word(Word::Back) if at == 0 => return Ok(Some(Turn::Stay)),
                Line::Word(Word::Back) => at -= 1,
                Line::Word(Word::Skip) => at += 1,
                Line::Word(word) => match self.obey(console, question, word)? {
                    Turn::Stay => {}
                    turn => return Ok(Some(turn)),
                },
                Line::Text(typed) if typed.to_lowercase() == "plus tard" => at += 1,
                Line::Text(typed) => {
                    let Some(tick) = tick(&typed) else {
                        console.say(POINTS)?;
                        continue;
                    };
                    match self.session.tick(&question.id, id, Some(tick)) {
                        Ok(_) => at += 1,
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

    fn ticks(&self, question: &Question) -> BTreeMap<String, Tick> {
        match self.session.view().recorded(question) {
            Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
            _ => BTreeMap::new(),
        }
    }

    /// The services that hold a text, to be named in the answer.
    pub(super) fn find_services(
        &self,
        console: &mut Console<'_>,
        wanted: &str,
    ) -> Result<(), SimpleError> {
        let found = self.matching(wanted);
        console.say(&match found.len() {
            0 => "Aucun service de ce nom.".to_owned(),
            n => format!("{} :", counted(n, "service", "services")),
        })?;
        for service in found {
            console.indented("  ", &service.name)?;
        }
        Ok(())
    }

    /// The service of this id, or those found by these words.
    fn matching(&self, wanted: &str) -> Vec<&Service> {
        let catalogue = self.session.catalogue();
        match catalogue.service(wanted.trim()) {
            Some(service) => vec![service],
            None => services(catalogue, wanted).collect(),
        }
    }

    /// The service a text names, or what to say of it.
    fn service(&self, named: &str) -> Result<String, String> {
        let wanted = Wanted::new(named);
        let found = self.matching(named);
        let exact = found
            .iter()
            .find(|service| service.id == named || fold(&service.name) == fold(named));
        let close: Vec<&&Service> = found
            .iter()
            .filter(|service| wanted.is_in(&service.name))
            .collect();
        match (exact, close.as_slice()) {
            (Some(service), _) => Ok(service.id.clone()),
            (None, [service]) => Ok(service.id.clone()),
            (None, []) => Err(format!(
                "« {named} » n'est pas dans la liste. Tapez « chercher » et un mot."
            )),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|s| s.name.as_str()).collect();
                Err(format!("« {named} » : précisez : {}.", names.join(", ")))
            }
        }
    }

    /// Names, or « ajouter » and « retirer » which stay on the question.
    pub(super) fn services(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        line: &str,
    ) -> Result<Option<Turn>, SimpleError> {
        if line.to_lowercase() == "aucun" {
            return self.take(console, question, &Raw::List(Vec::new()));
        }
        let (adding, removing) = (after(line, "ajouter"), after(line, "retirer"));
        let names = adding.or(removing).unwrap_or(line);
        let mut ids = Vec::new();
        for name in names.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            match self.service(name) {
                Ok(id) => ids.push(id),
                Err(message) => {
                    console.say(&message)?;
                    return Ok(None);
                }
            }
        }
        let edits = adding.is_some() || removing.is_some();
        if edits && let Some(Answer::Value(Value::Set(known))) = self.recorded(question) {
            ids = if removing.is_some() {
                known.into_iter().filter(|id| !ids.contains(id)).collect()
            } else {
                known
                    .into_iter()
                    .filter(|id| !ids.contains(id))
                    .chain(ids.clone())
                    .collect()
            };
        } else if removing.is_some() {
            ids.clear();
        }
        let raw = Raw::List(ids.into_iter().map(Raw::Text).collect());
        let turn = self.take(console, question, &raw)?;
        if !edits || turn.is_none() {
            return Ok(turn);
        }
        let answer = said(&self.session.view(), question);
        console.say(&format!(
            "Réponse : {answer}. Continuez, ou « passer » pour la suite."
        ))?;
        Ok(None)
    }

    fn recorded(&self, question: &Question) -> Option<Answer> {
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
        let known = self.known_entries(question);
        let most = question.max_entries.unwrap_or(input::MAX_ENTRIES);
        let chosen = |rest: &str| {
            rest.parse::<usize>()
                .ok()
                .filter(|n| (1..=known.len()).contains(n))
        };
        match (after(line, "modifier"), after(line, "retirer")) {
            _ if line.to_lowercase() == "aucun" => {
                return self.take(console, question, &Raw::List(Vec::new()));
            }
            (Some(rest), _) => match chosen(rest) {
                Some(number) => return self.fill(console, question, number - 1),
                None => self.list_entries(console, question)?,
            },
            (_, Some(rest)) => match chosen(rest) {
                Some(number) => {
                    let mut fewer = known.clone();
                    fewer.remove(number - 1);
                    self.keep_entries(console, question, fewer)?;
                    self.list_entries(console, question)?;
                }
                None => self.list_entries(console, question)?,
            },
            _ if yes(line) && known.len() >= most => {
                console.say("La liste est pleine.")?;
                self.list_entries(console, question)?;
            }
            _ if yes(line) || line.to_lowercase() == "ajouter" => {
                return self.fill(console, question, known.len());
            }
            _ => self.list_entries(console, question)?,
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
                Some(format!("{} : {}", field.label, shown(field, text)))
            });
            let parts: Vec<String> = parts.collect();
            console.indented(&format!("  Fiche {}. ", at + 1), &parts.join(" ; "))?;
        }
        console.say(if known.is_empty() {
            "Tapez « oui » pour remplir une fiche, ou « aucun »."
        } else {
            "Tapez « oui » pour ajouter une fiche, « modifier 1 », « retirer 1 », ou « passer »."
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
        let most = question.max_entries.unwrap_or(input::MAX_ENTRIES);
        let before = self.state(&question.id);
        let mut at = from;
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
            if typed.is_empty() && left.is_none() {
                console.say("Fiche vide, laissée de côté.")?;
            }
            let changed = !typed.is_empty() && entries.get(at) != Some(&typed);
            if changed && at < entries.len() {
                entries[at] = typed.clone();
            } else if changed {
                entries.push(typed.clone());
            }
            if let Some(turn) = left {
                // Going elsewhere keeps what was typed: nothing is ever lost.
                if changed && self.keep_entries(console, question, entries)? {
                    console.say("La fiche reste à compléter : revenez à cette question.")?;
                }
                return Ok(Some(turn));
            }
            if !typed.is_empty() && !self.keep_entries(console, question, entries)? {
                // What is missing is asked again, what was typed stays.
                continue;
            }
            at = self.known_entries(question).len();
            typed = BTreeMap::new();
            if at >= most {
                self.news(console, &question.id, &before)?;
                return Ok(Some(Turn::Next));
            }
            console.say("Une autre fiche ? Tapez « oui » ou « non ».")?;
            match next_line(console)? {
                Line::Text(line) if yes(&line) => {}
                Line::Text(_) | Line::Word(Word::Skip) => {
                    if self.recorded(question).is_none() {
                        return Ok(Some(Turn::Stay));
                    }
                    self.news(console, &question.id, &before)?;
                    return Ok(Some(Turn::Next));
                }
                Line::End => return Ok(Some(Turn::Leave)),
                Line::Word(Word::Back) => return Ok(Some(Turn::Stay)),
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
                Ok(_) => {
                    console.say("Liste enregistrée.")?;
                    Ok(true)
                }
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
            console.say(&field_prompt(field, typed.get(&field.id)))?;
            match next_line(console)? {
                Line::End => return Ok(Filled::Left(Turn::Leave, typed)),
                // Back from where it starts: the entry is given up.
                Line::Word(Word::Back) if at == 0 => {
                    return Ok(Filled::Left(Turn::Stay, BTreeMap::new()));
                }
                Line::Word(Word::Back) => at -= 1,
                Line::Word(Word::Skip) => at += 1,
                Line::Word(Word::Help) => console.say(&question.help)?,
                Line::Word(word) => match self.obey(console, question, word)? {
                    Turn::Stay => {}
                    turn => return Ok(Filled::Left(turn, typed)),
                },
                Line::Text(line) => {
                    let number = (field.kind == Kind::Choice)
                        .then(|| line.parse::<usize>().ok())
                        .flatten();
                    let option = number.and_then(|n| field.options.get(n.wrapping_sub(1)));
                    let line = option.map_or(line, |option| option.id.clone());
                    match input::field_value(field, &Raw::Text(line)) {
                        Ok(Some(value)) => {
                            typed.insert(field.id.clone(), value);
                            at += 1;
                        }
                        Ok(None) => {
                            typed.remove(&field.id);
                            at += 1;
                        }
                        Err(reason) => console.say(&typography::sentence(&reason))?,
                    }
                }
            }
        }
        Ok(Filled::Fields(typed))
    }
}

fn tick(line: &str) -> Option<Tick> {
    match line.to_lowercase().as_str() {
        "oui" | "o" => Some(Tick::Yes),
        "non" | "n" => Some(Tick::No),
        "je ne sais pas" | "nsp" | "?" => Some(Tick::Unknown),
        _ => None,
    }
}

/// The value of a field as it reads.
fn shown(field: &Field, text: &str) -> String {
    let option = field.options.iter().find(|option| option.id == text);
    option.map_or_else(|| text.to_owned(), |option| option.label.clone())
}

fn field_prompt(field: &Field, current: Option<&String>) -> String {
    let optional = match (current, field.required) {
        (Some(current), _) => format!(
            " (actuellement : {}, « passer » pour garder)",
            shown(field, current)
        ),
        (None, true) => String::new(),
        (None, false) => " (facultatif, « passer » pour ne rien mettre)".to_owned(),
    };
    let options: Vec<String> = field
        .options
        .iter()
        .enumerate()
        .map(|(at, o)| format!("{}. {}", at + 1, o.label))
        .collect();
    let choices = if options.is_empty() {
        String::new()
    } else {
        format!(" {}", options.join(", "))
    };
    format!("{}{optional} :{choices}", field.label)
}
