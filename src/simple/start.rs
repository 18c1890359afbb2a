//! Choosing a dossier by its number, creating one by its name, or trying an example.

use std::sync::Arc;

use super::console::Console;
use super::words::{self, Word, after};
use super::{Options, SimpleError};
use crate::domain::catalogue::Depth;
use crate::domain::search::Wanted;
use crate::domain::typography::{quoted, sentence};
use crate::session::example::EXAMPLES;
use crate::session::{Glance, Session, SessionError};
use crate::storage::Workspace;
use crate::storage::workspace::Summary;

const HELP: &str = "Aplomb pose des questions simples sur votre entreprise, puis donne une note \
    expliquée, un plan d'action et des textes à coller. Chaque réponse est enregistrée aussitôt ; \
    quittez quand vous voulez, vous reprendrez où vous en étiez.";

const WORDS: &str = "Vous pouvez taper : un numéro, le nom d'une nouvelle entreprise, chercher et un \
    mot, exemple (des entreprises fictives à essayer), fichiers (où ils sont), quitter.";

/// Most dossiers whose progress is told: each has to be read.
const TOLD: usize = 30;

/// The session the user wants, unless they leave.
pub fn choose(
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Option<Session>, SimpleError> {
    console.say("Aplomb. Vos réponses restent sur votre ordinateur.")?;
    let known: Vec<Summary> = options.workspace.list()?.collect();
    if known.is_empty() {
        console.say(HELP)?;
    } else {
        console.say("Vos dossiers :")?;
        tell(options, console, &known, "")?;
    }
    loop {
        console.say(if known.is_empty() {
            "Tapez le nom de l'entreprise pour créer son dossier, « exemple » ou « quitter »."
        } else {
            "Tapez un numéro, ou le nom d'une nouvelle entreprise, ou « quitter »."
        })?;
        let Some(line) = console.ask()? else {
            return Ok(None);
        };
        let opened = match (words::word(&line), line.parse::<usize>()) {
            (Some(Word::Quit), _) => return Ok(None),
            (Some(Word::Files), _) => {
                let root = options.workspace.root().display();
                console.say(&format!("Vos dossiers sont là : {root}"))?;
                continue;
            }
            (Some(Word::Find(wanted)), _) => {
                tell(options, console, &known, &wanted)?;
                continue;
            }
            (Some(_), _) => {
                console.say(WORDS)?;
                continue;
            }
            (None, _) if line.is_empty() => continue,
            (None, Ok(number)) => {
                let Some(summary) = known.get(number.wrapping_sub(1)) else {
                    console.say("Ce numéro n'est pas dans la liste.")?;
                    continue;
                };
                let content = Arc::clone(&options.content);
                Session::open(content, &summary.dir, options.date, options.clock)
            }
            (None, Err(_)) => match new(options, console, &line)? {
                Some(opened) => opened,
                None => continue,
            },
        };
        match opened {
            Ok(session) => {
                console.say(&format!("Dossier : {}.", session.store().dir().display()))?;
                return Ok(Some(session));
            }
            Err(error) => console.say(&sentence(&error.to_string()))?,
        }
    }
}

/// Lists the dossiers whose name holds these words, each under its number.
fn tell(
    options: &Options,
    console: &mut Console<'_>,
    known: &[Summary],
    wanted: &str,
) -> Result<(), SimpleError> {
    let wanted = Wanted::new(wanted);
    let found: Vec<_> = known
        .iter()
        .enumerate()
        .filter(|(_, summary)| wanted.is_in(&summary.name))
        .collect();
    for (at, summary) in &found {
        let progress = if found.len() <= TOLD {
            progress(options, summary)
        } else {
            String::new()
        };
        let words = format!("{}{progress}", summary.name);
        console.indented(&format!("  {}. ", at + 1), &words)?;
    }
    if found.is_empty() {
        console.say("Aucun dossier n'a ce nom.")?;
    }
    Ok(())
}

/// « : 80 % des questions, note entre 16 et 94 ».
fn progress(options: &Options, summary: &Summary) -> String {
    let Ok(dossier) = Workspace::peek(&summary.dir) else {
        return " : à réparer".to_owned();
    };
    let catalogue = &options.content.catalogue;
    let glance = Glance::of(catalogue, &dossier, options.date, Depth::Essential);
    let percent = glance.percent();
    let note = match glance.interval {
        None => String::new(),
        Some((lo, hi)) if lo == hi => format!(", note {lo} sur 100"),
        Some((lo, hi)) => format!(", note entre {lo} et {hi}"),
    };
    format!(" : {percent} % des questions{note}")
}

/// A new dossier of this name, or a copy of an example; nothing when the line was something else.
fn new(
    options: &Options,
    console: &mut Console<'_>,
    line: &str,
) -> Result<Option<Result<Session, SessionError>>, SimpleError> {
    let adopt = |store| {
        let content = Arc::clone(&options.content);
        Session::from_store(content, store, options.date, options.clock)
    };
    let lower = line.to_lowercase();
    let rank = if ["exemple", "exemples"].contains(&lower.as_str()) {
        Some("")
    } else {
        after(line, "exemple")
    };
    if let Some(rank) = rank {
        let rank = rank.parse::<usize>().unwrap_or(0).wrapping_sub(1);
        let Some(dossier) = EXAMPLES.get(rank).and_then(|e| e.dossier(options.date)) else {
            console.say("Des entreprises fictives, à ouvrir par « exemple 1 » :")?;
            for (at, example) in EXAMPLES.iter().enumerate() {
                let words = format!("{} : {}", example.name, example.words);
                console.indented(&format!("  {}. ", at + 1), &words)?;
            }
            return Ok(None);
        };
        let store = options.workspace.create_with(dossier);
        return Ok(Some(store.map_err(SessionError::from).and_then(adopt)));
    }
    let name = line.strip_prefix('=').unwrap_or(line);
    if name == line && !is_sure(console, name)? {
        return Ok(None);
    }
    let store = options.workspace.create(name, options.date);
    Ok(Some(store.map_err(SessionError::from).and_then(adopt)))
}

/// Asks before a name that looks like a slip becomes a dossier.
fn is_sure(console: &mut Console<'_>, name: &str) -> Result<bool, SimpleError> {
    let slip = words::slip(name);
    if let Some(known) = slip {
        console.say(&format!("Vouliez-vous dire {} ?", quoted(known)))?;
    } else if name.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
        return Ok(true);
    }
    let words = format!("Tapez « oui » pour créer le dossier {}.", quoted(name));
    console.say(&words)?;
    let answer = console.ask()?.unwrap_or_default();
    Ok(["oui", "o"].contains(&answer.to_lowercase().as_str()))
}
