//! Choosing a dossier by its number, or creating one by its name.

use std::sync::Arc;

use super::console::Console;
use super::words::{self, Word};
use super::{Options, SimpleError};
use crate::domain::typography;
use crate::session::Session;

const HELP: &str = "Aplomb pose des questions simples sur votre entreprise, puis donne une note \
    expliquée, un plan d'action et des textes à coller. Chaque réponse est enregistrée aussitôt ; \
    quittez quand vous voulez, vous reprendrez où vous en étiez.";

/// The session the user wants, unless they leave.
pub fn choose(
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Option<Session>, SimpleError> {
    console.say("Aplomb. Vos réponses restent sur votre ordinateur.")?;
    let known: Vec<_> = options.workspace.list()?.collect();
    if known.is_empty() {
        console.say(HELP)?;
    } else {
        console.say("Vos dossiers :")?;
        for (at, summary) in known.iter().enumerate() {
            console.indented(&format!("  {}. ", at + 1), &summary.name)?;
        }
    }
    loop {
        console.say(if known.is_empty() {
            "Tapez le nom de l'entreprise pour créer son dossier, ou « quitter »."
        } else {
            "Tapez un numéro, ou le nom d'une nouvelle entreprise, ou « quitter »."
        })?;
        let Some(line) = console.ask()? else {
            return Ok(None);
        };
        let content = Arc::clone(&options.content);
        let opened = match (words::word(&line), line.parse::<usize>()) {
            (Some(Word::Quit), _) => return Ok(None),
            (Some(_), _) => {
                console.say(HELP)?;
                continue;
            }
            (None, _) if line.is_empty() => continue,
            (None, Ok(number)) => {
                let Some(summary) = known.get(number.wrapping_sub(1)) else {
                    console.say("Ce numéro n'est pas dans la liste.")?;
                    continue;
                };
                Session::open(content, &summary.dir, options.date, options.clock)
            }
            (None, Err(_)) => options
                .workspace
                .create(line.strip_prefix('=').unwrap_or(&line), options.date)
                .map_err(Into::into)
                .and_then(|store| Session::from_store(content, store, options.date, options.clock)),
        };
        match opened {
            Ok(session) => {
                console.say(&format!("Dossier : {}.", session.store().dir().display()))?;
                return Ok(Some(session));
            }
            Err(error) => console.say(&typography::sentence(&error.to_string()))?,
        }
    }
}
