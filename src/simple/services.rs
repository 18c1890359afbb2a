//! The services of a site: named one after the other, searched, taken away.

use super::console::Console;
use super::words::after;
use super::{Prompts, SimpleError, Turn, counted};
use crate::domain::answer::{Answer, Value};
use crate::domain::catalogue::{Question, Service};
use crate::domain::explain::said;
use crate::domain::input::Raw;
use crate::domain::search::{fold, services};
use crate::domain::typography::quoted;

impl Prompts {
    /// The services that hold a text, to be named in the answer.
    pub(super) fn find_services(
        &self,
        console: &mut Console<'_>,
        wanted: &str,
    ) -> Result<(), SimpleError> {
        if wanted.is_empty() {
            console.say("Tapez « chercher » et un mot, comme : chercher carte.")?;
            return Ok(());
        }
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

    /// The service of this id or name, or those found by these words.
    fn matching(&self, wanted: &str) -> Vec<&Service> {
        let catalogue = self.session.catalogue();
        let named = |service: &&Service| fold(&service.name) == fold(wanted);
        let exact = catalogue
            .service(wanted)
            .or_else(|| catalogue.services.iter().find(named));
        match exact {
            Some(service) => vec![service],
            None => services(catalogue, wanted).collect(),
        }
    }

    /// The service a text names, among those of an answer if it is to be taken away; or what to say.
    fn service(&self, named: &str, among: Option<&[String]>) -> Result<String, String> {
        let mut found = self.matching(named);
        if let Some(ids) = among {
            found.retain(|service| ids.contains(&service.id));
        }
        match (&found[..], among) {
            ([service], _) => Ok(service.id.clone()),
            ([], Some(_)) => Err(format!("{} n'est pas dans votre réponse.", quoted(named))),
            ([], None) => Err(format!(
                "{} n'est pas dans la liste. Tapez « chercher » et un mot.",
                quoted(named)
            )),
            (several, _) => {
                let names: Vec<&str> = several.iter().map(|s| s.name.as_str()).collect();
                Err(format!(
                    "{} : précisez : {}.",
                    quoted(named),
                    names.join(", ")
                ))
            }
        }
    }

    /// Names, added to those of the answer if there is one; « retirer » takes some away.
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
        let known = match self.recorded(question) {
            Some(Answer::Value(Value::Set(ids))) => ids,
            _ => Vec::new(),
        };
        let among = removing.map(|_| &known[..]);
        let mut named = Vec::new();
        for name in names.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            match self.service(name, among) {
                Ok(id) => named.push(id),
                Err(message) => {
                    console.say(&message)?;
                    return Ok(None);
                }
            }
        }
        if named.is_empty() {
            let verb = if removing.is_some() {
                "retirer"
            } else {
                "ajouter"
            };
            console.say(&format!(
                "Tapez aussi le nom du service, comme : {verb} YouTube."
            ))?;
            return Ok(None);
        }
        let mut ids = known.clone();
        if removing.is_some() {
            ids.retain(|id| !named.contains(id));
        } else {
            ids.extend(named.into_iter().filter(|id| !known.contains(id)));
        }
        let mut turn = None;
        if ids == known {
            console.say("Déjà dans votre réponse.")?;
        } else {
            let raw = Raw::List(ids.into_iter().map(Raw::Text).collect());
            turn = self.take(console, question, &raw)?;
            if turn.is_none() {
                return Ok(None);
            }
        }
        let answer = said(&self.session.view(), question);
        // A first answer leads on; what is known is changed as long as one wants.
        if known.is_empty() && adding.is_none() {
            console.say(&format!("Réponse : {answer}."))?;
            return Ok(turn);
        }
        console.say(&format!(
            "Réponse : {answer}. Continuez, ou « passer » pour la suite."
        ))?;
        Ok(None)
    }
}
