//! What an answer changes: the questions to ask, the note, what contradicts, the theme it finishes.

use super::console::Console;
use super::{Prompts, SimpleError};
use crate::documents::Needed;
use crate::domain::typography;
use crate::export;

/// What an answer may change.
pub(super) struct State {
    total: usize,
    interval: Option<(u32, u32)>,
    clashes: Vec<String>,
    finished: bool,
}

impl Prompts {
    /// What an answer may change.
    pub(super) fn state(&self, id: &str) -> State {
        let score = self.session.assessment().score;
        State {
            total: self.done().1,
            interval: (score.answered > 0).then_some(score.interval),
            clashes: self.clashes(),
            finished: self.finished(id),
        }
    }

    fn clashes(&self) -> Vec<String> {
        let view = self.session.view();
        let all = &self.session.catalogue().contradictions;
        all.iter()
            .filter(|clash| clash.when.evaluate(&view).is_true())
            .map(|clash| clash.message.clone())
            .collect()
    }

    /// Whether every question of the theme of this one is settled.
    fn finished(&self, id: &str) -> bool {
        let theme = self.session.question(id).map(|q| q.questionnaire.clone());
        let progress = self.session.progress();
        progress.iter().any(|p| {
            theme
                .as_ref()
                .is_ok_and(|theme| *theme == p.questionnaire.id)
                && p.settled == p.total
        })
    }

    /// Says that an answer is kept, and what it just changed.
    pub(super) fn news(
        &mut self,
        console: &mut Console<'_>,
        id: &str,
        before: &State,
    ) -> Result<(), SimpleError> {
        self.tell(console, id, before, "Enregistré.")
    }

    /// What an answer already said to be kept or erased just changed.
    pub(super) fn follows(
        &mut self,
        console: &mut Console<'_>,
        id: &str,
        before: &State,
    ) -> Result<(), SimpleError> {
        self.tell(console, id, before, "")
    }

    fn tell(
        &mut self,
        console: &mut Console<'_>,
        id: &str,
        before: &State,
        done: &str,
    ) -> Result<(), SimpleError> {
        let now = self.state(id);
        let mut said = vec![done.to_owned()];
        if now.total != before.total {
            said.push(format!("Il y a maintenant {} questions.", now.total));
        }
        if let Some((lo, hi)) = now.interval.filter(|_| now.interval != before.interval) {
            said.push(if lo == hi {
                format!("Note : {lo} sur 100.")
            } else {
                format!("Note : entre {lo} et {hi} sur 100.")
            });
        }
        said.retain(|words| !words.is_empty());
        if !said.is_empty() {
            console.say(&said.join(" "))?;
        }
        for notice in self.session.take_notices() {
            console.say(&notice)?;
        }
        for clash in now.clashes.iter().filter(|c| !before.clashes.contains(c)) {
            console.say(&format!(
                "Attention : {clash} « bilan » permet de corriger."
            ))?;
        }
        if now.finished && !before.finished {
            self.theme_finished(console, id)?;
        }
        Ok(())
    }

    /// A theme just finished hands over its texts.
    fn theme_finished(&self, console: &mut Console<'_>, id: &str) -> Result<(), SimpleError> {
        let question = self.session.question(id)?;
        let Some(theme) = self
            .session
            .catalogue()
            .questionnaire(&question.questionnaire)
        else {
            return Ok(());
        };
        console.say(&format!(
            "Le thème {} est terminé.",
            typography::quoted(&theme.title)
        ))?;
        let handed = export::render(&self.session, &theme.hands_over).unwrap_or_default();
        let needed: Vec<String> = handed
            .iter()
            .filter(|document| document.needed == Needed::Yes)
            .map(|document| typography::quoted(&document.title))
            .collect();
        if !theme.hands_over.is_empty() && !needed.is_empty() {
            console.say(&format!(
                "Il vous remet : {}. Tapez « documents » pour lire.",
                needed.join(", ")
            ))?;
        }
        Ok(())
    }
}
