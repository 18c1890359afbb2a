//! Workshop mode: tips, time spent on each theme, questions put aside, nothing private on the wall.
//!
//! What outlives the workshop stands in [`Discussion`](crate::storage::Discussion), beside the
//! dossier; here is only what is under way.

use std::time::{Duration, Instant};

use super::App;
use crate::domain::catalogue::Question;
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::screen::review;
use crate::tui::text;
use crate::tui::theme::{Role, ThemeName};
use crate::tui::veil;

/// What stands for a typed answer before a room.
pub const MASK: &str = "•••";

/// Workshop mode.
#[derive(Debug, Clone, Default)]
pub struct Workshop {
    /// When the timer was started.
    pub since: Option<Instant>,
    /// The theme discussed now, and since when.
    current: Option<(String, Instant)>,
    /// The theme of colours to go back to.
    before: ThemeName,
}

impl App {
    /// Starts workshop mode, in the colours of a projector unless others were chosen.
    pub fn start_workshop(&mut self) {
        let before = self.settings.theme;
        self.workshop = Some(Workshop {
            before,
            ..Workshop::default()
        });
        if before == ThemeName::Automatic {
            self.paint(ThemeName::Projector);
        }
    }

    pub(super) fn toggle_workshop(&mut self) {
        self.bank_discussion();
        if let Some(workshop) = self.workshop.take() {
            if self.settings.theme == ThemeName::Projector {
                self.paint(workshop.before);
            }
            self.say(Role::Notice, "Mode atelier terminé.");
        } else {
            self.start_workshop();
            self.say(
                Role::Notice,
                "Mode atelier : agrandissez les caractères (Ctrl et +). v met de côté, \
                 .\u{a0}masque, ?\u{a0}dit le reste.",
            );
        }
    }

    /// Uses a theme of colours.
    pub(super) fn paint(&mut self, name: ThemeName) {
        self.settings.theme = name;
        self.theme = self.settings.painted();
    }

    /// Counts the time of the theme discussed; asks to keep it when the discussion moves on.
    pub(super) fn follow_discussion(&mut self) -> Option<Effect> {
        let theme = self.workshop.as_ref().and_then(|_| {
            let question = self.desk.as_ref()?.question(self.top_question()?)?;
            Some(question.questionnaire.clone())
        });
        let current = self.workshop.as_ref()?.current.as_ref();
        if current.map(|(theme, _)| theme) == theme.as_ref() {
            return None;
        }
        let moved = self.bank_discussion();
        if let Some(workshop) = &mut self.workshop {
            workshop.current = theme.map(|theme| (theme, Instant::now()));
        }
        moved.then_some(Effect::Remember)
    }

    /// Adds the time of the theme under discussion to what the dossier remembers.
    pub fn bank_discussion(&mut self) -> bool {
        let current = self.workshop.as_mut().and_then(|w| w.current.take());
        let (Some((theme, since)), Some(desk)) = (current, &mut self.desk) else {
            return false;
        };
        *desk.discussion.spent.entry(theme).or_default() += since.elapsed();
        true
    }

    /// Time spent on a theme so far.
    pub fn spent_on(&self, theme: &str) -> Duration {
        let desk = self.desk.as_ref();
        let before = desk.and_then(|desk| desk.discussion.spent.get(theme).copied());
        let current = self.workshop.as_ref().and_then(|w| w.current.as_ref());
        let now = match current {
            Some((current, since)) if current == theme => since.elapsed(),
            _ => Duration::ZERO,
        };
        before.unwrap_or_default() + now
    }

    /// « 12 min », or nothing before the first minute.
    pub fn minutes_on(&self, theme: &str) -> Option<String> {
        let minutes = self.spent_on(theme).as_secs() / 60;
        (minutes > 0).then(|| format!("{minutes} min"))
    }

    pub(super) fn toggle_timer(&mut self) {
        let Some(workshop) = &mut self.workshop else {
            return;
        };
        let said = if let Some(since) = workshop.since.take() {
            let minutes = since.elapsed().as_secs() / 60;
            format!("Minuteur arrêté : {minutes} min.")
        } else {
            workshop.since = Some(Instant::now());
            "Minuteur démarré.".to_owned()
        };
        self.say(Role::Notice, said);
    }

    pub(super) fn park(&mut self) -> Vec<Effect> {
        let Some(id) = self.top_question().map(str::to_owned) else {
            return Vec::new();
        };
        let Some(desk) = &mut self.desk else {
            return Vec::new();
        };
        let parked = &mut desk.discussion.parked;
        let said = if parked.contains(&id) {
            parked.retain(|parked| *parked != id);
            "Question reprise."
        } else {
            parked.push(id);
            "Question mise de côté : on y reviendra à la fin."
        };
        self.say(Role::Notice, said);
        vec![Effect::Remember]
    }

    /// Questions put aside, in this workshop or an earlier one.
    pub fn parked(&self) -> &[String] {
        let desk = self.desk.as_ref();
        desk.map_or(&[], |desk| &desk.discussion.parked)
    }

    /// Tells whether what was typed must not be shown to a room.
    pub fn hides_private(&self) -> bool {
        self.workshop.is_some()
    }

    /// The answer in words, or a mask before a room when it was typed.
    pub fn said(&self, desk: &Desk, question: &Question) -> String {
        if self.hides_private() && review::is_private(question) {
            MASK.to_owned()
        } else {
            desk.said(question)
        }
    }

    /// The name of a business, or its initials before a room.
    pub fn shown_name(&self, name: &str) -> String {
        let name = text::clean(name);
        if self.hides_private() {
            veil::initials(&name)
        } else {
            name
        }
    }
}
