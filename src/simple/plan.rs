//! The plan as lines: what to do today, the actions in order, and each one followed.

use super::console::Console;
use super::words::{self, Word, after, numbers};
use super::{Line, Prompts, SimpleError, Turn, counted, next_line};
use crate::domain::dossier::{Status, Tracking};
use crate::domain::explain::{day, gain, plan_count, projected_words, score_words, today_words};
use crate::domain::input;
use crate::domain::plan::{FIRST_ACTIONS, PlannedAction};
use crate::domain::prospect;
use crate::domain::typography;

const ASKED: &str = "Tapez un numéro pour une action ; « tout » pour toutes ; « filtrer » et un \
    nom ; « si 1, 3 » pour la note avec ces actions ; ou « retour ».";
const ON_ACTION: &str = "Tapez : en cours, fait, à faire, écarter, qui et un nom, date et un jour, \
    note et un texte, ou retour.";

/// Which actions are said.
#[derive(Default)]
struct Shown {
    everything: bool,
    who: Option<String>,
}

impl Shown {
    fn holds(&self, action: &PlannedAction<'_>) -> bool {
        let owner = action.owner.to_lowercase();
        self.who.as_ref().is_none_or(|who| owner.contains(who))
    }
}

impl Prompts {
    /// The plan, and the actions one by one.
    pub(super) fn plan(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        let mut shown = Shown::default();
        loop {
            let ids = self.tell_plan(console, &shown)?;
            let id = loop {
                let text = match next_line(console)? {
                    Line::End => return Ok(Turn::Leave),
                    Line::Word(Word::Back) => return Ok(Turn::Stay),
                    Line::Word(word) => match self.anywhere(console, word, ASKED)? {
                        Turn::Stay => continue,
                        turn => return Ok(turn),
                    },
                    Line::Text(text) => text,
                };
                if text.to_lowercase() == "tout" {
                    shown = Shown {
                        everything: true,
                        who: None,
                    };
                    break None;
                }
                if let Some(who) = after(&text, "filtrer") {
                    shown.who = (!who.is_empty()).then(|| who.to_lowercase());
                    break None;
                }
                if let Some(chosen) = after(&text, "si").and_then(numbers) {
                    self.suppose(console, &ids, &chosen)?;
                    continue;
                }
                let number = text.parse::<usize>().ok();
                match number.and_then(|n| ids.get(n.wrapping_sub(1))) {
                    Some(id) => break Some(id.clone()),
                    None => console.say(&words::unknown(&text, ASKED))?,
                }
            };
            if let Some(id) = id {
                match self.action(console, &id)? {
                    Turn::Back => {}
                    turn => return Ok(turn),
                }
            }
        }
    }

    /// Says the plan; gives the ids of the numbers said.
    fn tell_plan(
        &self,
        console: &mut Console<'_>,
        shown: &Shown,
    ) -> Result<Vec<String>, SimpleError> {
        let assessment = self.session.assessment();
        let plan = self.session.plan();
        console.gap()?;
        if plan.actions.is_empty() {
            console.say(
                "Rien à faire pour l'instant. Le plan se remplit à mesure que vous répondez : \
                 chaque écart y devient une action. Tapez « retour ».",
            )?;
            return Ok(Vec::new());
        }
        let own: Vec<&PlannedAction<'_>> = plan.actions.iter().filter(|a| shown.holds(a)).collect();
        if !own.is_empty() {
            let first = own.iter().find(|action| !action.is_closed());
            let first = first.map(|action| action.first_step.as_str());
            console.say(&today_words(shown.who.as_deref(), first))?;
        }
        if let Some(words) = projected_words(&assessment) {
            console.say(&words)?;
        }
        if let Some(path) = prospect::next_level(&assessment, &plan) {
            let titles: Vec<String> = plan
                .actions
                .iter()
                .filter(|action| path.actions.contains(&action.id))
                .map(|action| typography::quoted(&action.title))
                .collect();
            console.say(&format!(
                "Le plus court vers le niveau {} ({} sur 100) : {}.",
                path.level.letter(),
                path.score,
                titles.join(", ")
            ))?;
        }
        if own.is_empty() {
            console.say("Aucune action pour ce nom. « filtrer » seul les montre toutes.")?;
        }
        let most = if shown.everything {
            own.len()
        } else {
            FIRST_ACTIONS
        };
        if !own.is_empty() {
            let said = own.len().min(most);
            let words = plan_count(shown.who.as_deref(), said, own.len(), plan.actions.len());
            console.say(&format!("{words} :"))?;
        }
        let mut ids = Vec::new();
        for action in own.iter().take(most) {
            ids.push(action.id.clone());
            console.indented(&format!("  {}. ", ids.len()), &line(action))?;
        }
        let more = own.len().saturating_sub(most);
        if more > 0 {
            console.say(&format!("Et {more} de plus : tapez « tout »."))?;
        }
        console.say(ASKED)?;
        Ok(ids)
    }

    /// The score if these actions were done.
    fn suppose(
        &self,
        console: &mut Console<'_>,
        ids: &[String],
        chosen: &[usize],
    ) -> Result<(), SimpleError> {
        let plan = self.session.plan();
        let wanted: Vec<&String> = chosen
            .iter()
            .filter_map(|number| ids.get(number.wrapping_sub(1)))
            .collect();
        let done = plan.actions.iter().filter(|a| wanted.contains(&&a.id));
        let score = prospect::with_actions(&self.session.assessment(), done);
        console.say(&format!(
            "Avec {} : {}. Rien n'est changé au dossier.",
            counted(wanted.len(), "action faite", "actions faites"),
            score_words(&score)
        ))?;
        Ok(())
    }

    /// One action: what it is, and what the user decides about it.
    fn action(&mut self, console: &mut Console<'_>, id: &str) -> Result<Turn, SimpleError> {
        if !self.tell_action(console, id)? {
            return Ok(Turn::Back);
        }
        console.say(ON_ACTION)?;
        loop {
            let text = match next_line(console)? {
                Line::End => return Ok(Turn::Leave),
                Line::Word(Word::Back) => return Ok(Turn::Back),
                // « note » followed by nothing asks for the text.
                Line::Word(Word::Note) => "note".to_owned(),
                Line::Word(word) => match self.anywhere(console, word, ON_ACTION)? {
                    Turn::Stay => continue,
                    turn => return Ok(turn),
                },
                Line::Text(text) => text,
            };
            let tracked = self.session.dossier().actions.get(id).cloned();
            let mut tracking = tracked.unwrap_or_default();
            match self.decide(console, &text, &mut tracking)? {
                Decided::Yes => match self.session.track(id, tracking) {
                    Ok(()) => {
                        console.say("Enregistré.")?;
                        self.tell_state(console, id)?;
                    }
                    Err(error) => self.refused(console, &error)?,
                },
                Decided::No => console.say("L'action reste comme elle était.")?,
                Decided::Unknown => console.say(&words::unknown(&text, ON_ACTION))?,
                Decided::Left(turn) => return Ok(turn),
            }
        }
    }

    fn tell_action(&self, console: &mut Console<'_>, id: &str) -> Result<bool, SimpleError> {
        let plan = self.session.plan();
        let Some(action) = plan.actions.iter().find(|action| action.id == id) else {
            console.say("Cette action n'est plus nécessaire.")?;
            return Ok(false);
        };
        console.gap()?;
        console.say(&line(action))?;
        if let Some(note) = &action.tracking.note {
            console.say(&format!("Note : {note}"))?;
        }
        console.say(&format!("Premier pas : {}", action.first_step))?;
        for (at, step) in action.steps.iter().enumerate() {
            console.indented(&format!("  Étape {}. ", at + 1), step)?;
        }
        console.say(&format!("À garder comme preuve : {}", action.proof))?;
        for document in &action.documents {
            if let Some(document) = self.session.catalogue().document(document) {
                console.say(&format!(
                    "Texte utile : {}.",
                    typography::quoted(&document.title)
                ))?;
            }
        }
        Ok(true)
    }

    fn tell_state(&self, console: &mut Console<'_>, id: &str) -> Result<(), SimpleError> {
        let plan = self.session.plan();
        if let Some(action) = plan.actions.iter().find(|action| action.id == id) {
            console.say(&line(action))?;
            if let Some(note) = &action.tracking.note {
                console.say(&format!("Note : {note}"))?;
            }
        }
        Ok(())
    }

    /// Applies what was typed to what is decided about an action.
    fn decide(
        &mut self,
        console: &mut Console<'_>,
        text: &str,
        tracking: &mut Tracking,
    ) -> Result<Decided, SimpleError> {
        let status = match text.to_lowercase().as_str() {
            "en cours" | "commencer" => Some(Status::Doing),
            "fait" => Some(Status::Done),
            "à faire" | "a faire" => Some(Status::Todo),
            "écarter" | "écarté" | "ecarter" => Some(Status::Dismissed),
            _ => None,
        };
        if let Some(status) = status {
            tracking.reason = match status {
                Status::Dismissed => {
                    match self.asked(
                        console,
                        "Pourquoi écarter cette action ? Une ligne vide la laisse comme elle est.",
                        "",
                    )? {
                        Ok(reason) if reason.is_empty() => return Ok(Decided::No),
                        Ok(reason) => Some(reason),
                        Err(decided) => return Ok(decided),
                    }
                }
                _ => None,
            };
            tracking.status = status;
            return Ok(Decided::Yes);
        }
        if let Some(who) = after(text, "qui") {
            match self.asked(
                console,
                "Qui s'en occupe ? Une ligne vide rend la proposition.",
                who,
            )? {
                Ok(who) => tracking.owner = (!who.is_empty()).then_some(who),
                Err(decided) => return Ok(decided),
            }
            return Ok(Decided::Yes);
        }
        if let Some(due) = after(text, "date") {
            let question =
                "Pour quel jour ? Comme 12/01/2027 ; une ligne vide rend la proposition.";
            let due = match self.asked(console, question, due)? {
                Ok(due) => due,
                Err(decided) => return Ok(decided),
            };
            tracking.due = if due.is_empty() {
                None
            } else {
                match input::date(&due) {
                    Ok(due) => Some(due),
                    Err(reason) => {
                        console.say(&typography::sentence(&reason))?;
                        return Ok(Decided::No);
                    }
                }
            };
            return Ok(Decided::Yes);
        }
        if let Some(note) = after(text, "note") {
            match self.asked(console, "Quelle note ? Une ligne vide l'efface.", note)? {
                Ok(note) => tracking.note = (!note.is_empty()).then_some(note),
                Err(decided) => return Ok(decided),
            }
            return Ok(Decided::Yes);
        }
        Ok(Decided::Unknown)
    }

    /// What was given on the same line, or asked on the next one.
    fn asked(
        &mut self,
        console: &mut Console<'_>,
        question: &str,
        given: &str,
    ) -> Result<Result<String, Decided>, SimpleError> {
        if !given.is_empty() {
            return Ok(Ok(given.to_owned()));
        }
        console.say(question)?;
        Ok(match next_line(console)? {
            Line::Text(text) => Ok(text),
            Line::Word(Word::Erase) => Ok(String::new()),
            Line::Word(Word::Back | Word::Undo) => Err(Decided::No),
            Line::End => Err(Decided::Left(Turn::Leave)),
            Line::Word(word) => Err(match self.anywhere(console, word, question)? {
                Turn::Stay => Decided::No,
                turn => Decided::Left(turn),
            }),
        })
    }
}

/// What came of a line typed at an action.
enum Decided {
    Yes,
    No,
    Unknown,
    Left(Turn),
}

/// « Publier une page. À faire, dirigeant, pour le 12/12/2026, 15 minutes au plus, +1,6 point. »
fn line(action: &PlannedAction<'_>) -> String {
    let tracking = &action.tracking;
    let planned = match tracking.status {
        Status::Doing => ", écart planifié",
        _ => "",
    };
    let reason = match &tracking.reason {
        Some(reason) if tracking.status == Status::Dismissed => format!(" ({reason})"),
        _ => String::new(),
    };
    format!(
        "{} {}{planned}{reason}, {}, pour le {}, {}, gain : {}.",
        typography::sentence(&action.title),
        typography::sentence(tracking.status.label()).trim_end_matches('.'),
        action.owner,
        day(action.due),
        action.effort.label(),
        gain(action.gain),
    )
}
