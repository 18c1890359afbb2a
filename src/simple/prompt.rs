//! One question as lines: how each kind is shown and read.

use std::collections::BTreeMap;
use std::io;

use super::console::Console;
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Field, Kind, Question, Service};
use crate::domain::explain::{self, said};
use crate::domain::input::{self, Raw};
use crate::domain::typography;
use crate::session::Session;

/// What was typed at a prompt.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// An answer.
    Answer(Answer),
    /// A command.
    Word(Word),
    /// The end of the input.
    End,
}

/// The commands, which are words because screen readers mispronounce signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Help on the question.
    Help,
    /// Back to the previous question.
    Back,
    /// On to the next one.
    Skip,
    /// Themes and progress.
    Summary,
    /// Leave.
    Quit,
    /// Undo the last change.
    Undo,
    /// The assessment.
    Assessment,
    /// The plan.
    Plan,
    /// The documents.
    Documents,
}

/// The command a line is, if it is one; « =retour » is the word itself.
pub fn word(line: &str) -> Option<Word> {
    Some(match line.to_lowercase().as_str() {
        "aide" => Word::Help,
        "retour" => Word::Back,
        "passer" => Word::Skip,
        "sommaire" => Word::Summary,
        "quitter" => Word::Quit,
        "annuler" => Word::Undo,
        "bilan" => Word::Assessment,
        "plan" => Word::Plan,
        "documents" => Word::Documents,
        _ => return None,
    })
}

/// Shows what can be answered and what is answered now.
pub fn show(console: &mut Console<'_>, session: &Session, question: &Question) -> io::Result<()> {
    console.say(&question.text)?;
    let date = session.date();
    let mut number = 0;
    for option in question
        .options
        .iter()
        .filter(|option| option.validity.contains(date))
    {
        number += 1;
        console.indented(&format!("  {number}. "), &option.label)?;
    }
    if question.kind == Kind::Choice {
        for label in ["Je ne sais pas", "Sans objet", "Plus tard"] {
            number += 1;
            console.indented(&format!("  {number}. "), label)?;
        }
    }
    let view = session.view();
    let current = match view.recorded(question) {
        None => "aucune".to_owned(),
        Some(_) => said(&view, question),
    };
    console.say(&format!(
        "Réponse actuelle : {current}. {}",
        expected(question)
    ))
}

/// What is to be typed.
fn expected(question: &Question) -> &'static str {
    match question.kind {
        Kind::Choice => "Tapez un numéro.",
        Kind::Multi => {
            "Tapez un ou plusieurs numéros séparés par des virgules, « aucun », « je ne sais pas », « sans objet » ou « plus tard »."
        }
        Kind::Checklist => {
            "Tapez « oui » pour répondre point par point, « je ne sais pas », « sans objet » ou « plus tard »."
        }
        Kind::Catalogue => {
            "Tapez des noms séparés par des virgules, « chercher » et un mot, « aucun », « je ne sais pas », « sans objet » ou « plus tard »."
        }
        Kind::List => {
            "Tapez « oui » pour remplir une fiche, « aucun », « je ne sais pas », « sans objet » ou « plus tard »."
        }
        Kind::Date => {
            "Tapez une date comme 11/08/2026, « je ne sais pas », « sans objet » ou « plus tard »."
        }
        Kind::PostalAddress => {
            "Tapez l'adresse sur une ligne, avec le code postal, « je ne sais pas », « sans objet » ou « plus tard »."
        }
        _ => "Tapez la réponse, « je ne sais pas », « sans objet » ou « plus tard ».",
    }
}

/// Reads an answer; faults are said and asked again.
pub fn read(
    console: &mut Console<'_>,
    session: &Session,
    question: &Question,
) -> io::Result<Typed> {
    loop {
        let Some(line) = console.ask()? else {
            return Ok(Typed::End);
        };
        if let Some(word) = word(&line) {
            return Ok(Typed::Word(word));
        }
        let literal = line.strip_prefix('=').filter(|rest| word(rest).is_some());
        let line = literal.unwrap_or(&line);
        if line.is_empty() {
            console.say("Rien n'est écrit. Tapez une réponse, « passer » ou « aide ».")?;
            continue;
        }
        match understand(console, session, question, line)? {
            Read::Typed(typed) => return Ok(typed),
            Read::Again(message) => console.say(&typography::sentence(&message))?,
            Read::Said => {}
        }
    }
}

/// What a line turned out to be.
enum Read {
    Typed(Typed),
    Again(String),
    Said,
}

fn understand(
    console: &mut Console<'_>,
    session: &Session,
    question: &Question,
    line: &str,
) -> io::Result<Read> {
    let lower = line.to_lowercase();
    let date = session.date();
    let options: Vec<&str> = question
        .options
        .iter()
        .filter(|option| option.validity.contains(date))
        .map(|option| option.id.as_str())
        .collect();
    let extra = |number: usize| match number.checked_sub(options.len() + 1) {
        Some(0) => Some("je ne sais pas"),
        Some(1) => Some("sans objet"),
        Some(2) => Some("plus tard"),
        _ => None,
    };
    let line = match (question.kind, line.parse::<usize>()) {
        (Kind::Choice, Ok(number)) => {
            let option = options.get(number.wrapping_sub(1)).copied();
            let Some(words) = option.or_else(|| extra(number)) else {
                let most = options.len() + 3;
                return Ok(Read::Again(format!("tapez un numéro de 1 à {most}")));
            };
            words.to_owned()
        }
        _ => line.to_owned(),
    };
    if line.to_lowercase() == "sans objet" && input::needs_reason(question) {
        console.say("Pourquoi cette règle ne concerne-t-elle pas votre entreprise ?")?;
        return Ok(match console.ask()? {
            None => Read::Typed(Typed::End),
            Some(reason) => match word(&reason) {
                Some(word) => Read::Typed(Typed::Word(word)),
                None => parse(
                    session,
                    question,
                    &Raw::Text(format!("sans objet : {reason}")),
                ),
            },
        });
    }
    let non_answer = ["je ne sais pas", "plus tard", "?", "nsp"].contains(&lower.as_str())
        || lower.starts_with("sans objet");
    match question.kind {
        _ if non_answer => Ok(parse(session, question, &Raw::Text(line))),
        Kind::Multi => Ok(multi(session, question, &options, &line)),
        Kind::Checklist => checklist(console, session, question),
        Kind::Catalogue => services(console, session, question, &line),
        Kind::List if lower == "aucun" => Ok(parse(session, question, &Raw::List(Vec::new()))),
        Kind::List => entries(console, session, question),
        Kind::Choice => Ok(match parse(session, question, &Raw::Text(line)) {
            Read::Again(_) => {
                let most = options.len() + 3;
                Read::Again(format!("tapez un numéro de 1 à {most}"))
            }
            read => read,
        }),
        _ => Ok(parse(session, question, &Raw::Text(line))),
    }
}

fn parse(session: &Session, question: &Question, raw: &Raw) -> Read {
    match input::answer(question, raw, session.catalogue()) {
        Ok(answer) => Read::Typed(Typed::Answer(answer)),
        Err(reason) => Read::Again(reason),
    }
}

fn multi(session: &Session, question: &Question, options: &[&str], line: &str) -> Read {
    if line.eq_ignore_ascii_case("aucun") {
        let exclusive = question.options.iter().find(|option| option.exclusive);
        let ids = exclusive.map(|option| Raw::Text(option.id.clone()));
        return parse(session, question, &Raw::List(ids.into_iter().collect()));
    }
    let mut ids = Vec::new();
    for part in line.split([',', ' ', ';']).filter(|part| !part.is_empty()) {
        match part
            .parse::<usize>()
            .ok()
            .and_then(|n| options.get(n.wrapping_sub(1)))
        {
            Some(id) => ids.push(Raw::Text((*id).to_owned())),
            None => {
                return Read::Again(format!(
                    "« {part} » n'est pas un numéro de 1 à {}",
                    options.len()
                ));
            }
        }
    }
    parse(session, question, &Raw::List(ids))
}

fn checklist(
    console: &mut Console<'_>,
    session: &Session,
    question: &Question,
) -> io::Result<Read> {
    let view = session.view();
    let items: Vec<_> = view.items(question).collect();
    let mut ticks = match view.recorded(question) {
        Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
        _ => BTreeMap::new(),
    };
    let mut at = 0;
    while let Some(item) = items.get(at) {
        console.say(&format!(
            "Point {} sur {} : {}.",
            at + 1,
            items.len(),
            item.text
        ))?;
        if let Some(tick) = ticks.get(&item.id) {
            console.say(&format!("Réponse actuelle : {}.", tick.word()))?;
        }
        if at == 0 {
            console.say("Tapez « oui », « non » ou « je ne sais pas ».")?;
        }
        let Some(line) = console.ask()? else {
            // What was answered is kept; the end of the input is met again at the next prompt.
            break;
        };
        let tick = match line.to_lowercase().as_str() {
            "oui" | "o" => Some(Tick::Yes),
            "non" | "n" => Some(Tick::No),
            "je ne sais pas" | "nsp" | "?" => Some(Tick::Unknown),
            _ => None,
        };
        match (tick, word(&line)) {
            (Some(tick), _) => {
                ticks.insert(item.id.clone(), tick);
                at += 1;
            }
            (None, Some(Word::Back)) if at > 0 => at -= 1,
            (None, Some(Word::Skip)) => at += 1,
            (None, Some(Word::Help)) => console.say(&question.help)?,
            (None, Some(word)) => return Ok(Read::Typed(Typed::Word(word))),
            (None, None) => console.say("Tapez « oui », « non » ou « je ne sais pas ».")?,
        }
    }
    let answer = if ticks.is_empty() {
        Answer::Later
    } else {
        Answer::Value(Value::Ticks(ticks))
    };
    Ok(Read::Typed(Typed::Answer(answer)))
}

fn services(
    console: &mut Console<'_>,
    session: &Session,
    question: &Question,
    line: &str,
) -> io::Result<Read> {
    let catalogue = session.catalogue();
    if line.eq_ignore_ascii_case("aucun") {
        return Ok(parse(session, question, &Raw::List(Vec::new())));
    }
    let matching = |wanted: &str| -> Vec<&Service> {
        let wanted = wanted.trim().to_lowercase();
        let holds = |s: &&Service| s.name.to_lowercase().contains(&wanted) || s.id == wanted;
        catalogue.services.iter().filter(holds).collect()
    };
    if let Some(wanted) = line.to_lowercase().strip_prefix("chercher") {
        let found = matching(wanted);
        console.say(&match found.len() {
            0 => "Aucun service de ce nom.".to_owned(),
            1 => "1 service :".to_owned(),
            n => format!("{n} services :"),
        })?;
        let alone = found.len() == 1;
        for service in found {
            console.indented("  ", &service.name)?;
            for line in explain::service(service).iter().filter(|_| alone) {
                console.indented("    ", line)?;
            }
        }
        return Ok(Read::Said);
    }
    let mut ids = Vec::new();
    for part in line
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let found = matching(part);
        let exact = found
            .iter()
            .find(|service| service.name.to_lowercase() == part.to_lowercase());
        match (exact, found.as_slice()) {
            (Some(service), _) | (None, [service]) => ids.push(Raw::Text(service.id.clone())),
            (None, []) => {
                return Ok(Read::Again(format!(
                    "« {part} » n'est pas dans la liste ; tapez « chercher » et un mot"
                )));
            }
            (None, several) => {
                let names: Vec<&str> = several
                    .iter()
                    .map(|service| service.name.as_str())
                    .collect();
                return Ok(Read::Again(format!(
                    "« {part} » : précisez : {}",
                    names.join(", ")
                )));
            }
        }
    }
    Ok(parse(session, question, &Raw::List(ids)))
}

fn entries(console: &mut Console<'_>, session: &Session, question: &Question) -> io::Result<Read> {
    let most = question.max_entries.unwrap_or(input::MAX_ENTRIES);
    let mut rows = Vec::new();
    while rows.len() < most {
        match entry(console, question)? {
            Entry::Word(word) => return Ok(Read::Typed(Typed::Word(word))),
            Entry::End => break,
            Entry::Fields(fields) => {
                if !fields.is_empty() {
                    rows.push(Raw::Table(fields));
                }
            }
        }
        if rows.len() == most {
            break;
        }
        console.say("Une autre fiche ? Tapez « oui » ou « non ».")?;
        match console.ask()?.map(|line| line.to_lowercase()).as_deref() {
            Some("oui" | "o") => {}
            _ => break,
        }
    }
    Ok(parse(session, question, &Raw::List(rows)))
}

enum Entry {
    Fields(Vec<(String, Raw)>),
    Word(Word),
    End,
}

fn entry(console: &mut Console<'_>, question: &Question) -> io::Result<Entry> {
    let mut typed: Vec<Option<String>> = vec![None; question.fields.len()];
    let mut at = 0;
    while let Some(field) = question.fields.get(at) {
        console.say(&field_prompt(field))?;
        let Some(line) = console.ask()? else {
            return Ok(Entry::End);
        };
        match word(&line) {
            Some(Word::Back) if at > 0 => at -= 1,
            Some(Word::Skip) => at += 1,
            Some(Word::Help) => console.say(&question.help)?,
            Some(word) => return Ok(Entry::Word(word)),
            None => {
                let number = line
                    .parse::<usize>()
                    .ok()
                    .filter(|_| field.kind == Kind::Choice);
                let option = number.and_then(|n| field.options.get(n.wrapping_sub(1)));
                let line = option.map_or(line, |option| option.id.clone());
                match input::field_value(field, &Raw::Text(line)) {
                    Ok(value) => {
                        typed[at] = value;
                        at += 1;
                    }
                    Err(reason) => console.say(&typography::sentence(&reason))?,
                }
            }
        }
    }
    let fields = question.fields.iter().zip(typed);
    Ok(Entry::Fields(
        fields
            .filter_map(|(field, text)| Some((field.id.clone(), Raw::Text(text?))))
            .collect(),
    ))
}

fn field_prompt(field: &Field) -> String {
    let optional = if field.required {
        ""
    } else {
        " (facultatif, « passer » pour ne rien mettre)"
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
