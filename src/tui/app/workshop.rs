//! Workshop mode: tips, time spent on each theme, questions put aside, nothing private on the wall.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::App;
use crate::tui::theme::{Role, Theme, ThemeName};

/// What the keys of private notes start with; no question has such an id, so no export reads them.
pub const PRIVATE: &str = "atelier:";

/// Workshop mode.
#[derive(Debug, Clone, Default)]
pub struct Workshop {
    /// Questions put aside, to see again at the end.
    pub parked: Vec<String>,
    /// When the timer was started.
    pub since: Option<Instant>,
    /// Time spent on the themes left since.
    spent: BTreeMap<String, Duration>,
    /// The theme discussed now, and since when.
    current: Option<(String, Instant)>,
    /// The theme of colours to go back to.
    before: ThemeName,
}

impl Workshop {
    /// Time spent on a theme so far.
    pub fn spent_on(&self, theme: &str) -> Duration {
        let before = self.spent.get(theme).copied().unwrap_or_default();
        let now = match &self.current {
            Some((current, since)) if current == theme => since.elapsed(),
            _ => Duration::ZERO,
        };
        before + now
    }

    /// « 12 min », or nothing before the first minute.
    pub fn minutes_on(&self, theme: &str) -> Option<String> {
        let minutes = self.spent_on(theme).as_secs() / 60;
        (minutes > 0).then(|| format!("{minutes} min"))
    }

    /// Follows the discussion from a theme to another.
    fn follow(&mut self, theme: Option<&str>) {
        if self.current.as_ref().map(|(theme, _)| theme.as_str()) == theme {
            return;
        }
        if let Some((left, since)) = self.current.take() {
            *self.spent.entry(left).or_default() += since.elapsed();
        }
        self.current = theme.map(|theme| (theme.to_owned(), Instant::now()));
    }
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
        if let Some(workshop) = self.workshop.take() {
            if self.settings.theme == ThemeName::Projector {
                self.paint(workshop.before);
            }
            self.say(Role::Notice, "Mode atelier terminé.");
        } else {
            self.start_workshop();
            self.say(
                Role::Notice,
                "Mode atelier : v met une question de côté, Maj+P note en privé, . masque l'écran, \
                 Maj+R restitue.",
            );
        }
    }

    /// Uses a theme of colours.
    pub(super) fn paint(&mut self, name: ThemeName) {
        self.settings.theme = name;
        self.theme = Theme::new(name, self.settings.background);
    }

    /// Counts the time of the theme discussed.
    pub(super) fn follow_discussion(&mut self) {
        let theme = self.workshop.as_ref().and_then(|_| {
            let question = self.desk.as_ref()?.question(self.top_question()?)?;
            Some(question.questionnaire.clone())
        });
        if let Some(workshop) = &mut self.workshop {
            workshop.follow(theme.as_deref());
        }
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

    pub(super) fn park(&mut self) {
        let Some(id) = self.top_question().map(str::to_owned) else {
            return;
        };
        let Some(workshop) = &mut self.workshop else {
            return;
        };
        let said = if workshop.parked.contains(&id) {
            workshop.parked.retain(|parked| *parked != id);
            "Question reprise."
        } else {
            workshop.parked.push(id);
            "Question mise de côté : on y reviendra à la fin."
        };
        self.say(Role::Notice, said);
    }

    /// Tells whether what was typed must not be shown to a room.
    pub fn hides_private(&self) -> bool {
        self.workshop.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_follows_the_discussion() {
        let mut workshop = Workshop::default();
        workshop.follow(Some("site"));
        let hour = Duration::from_hours(1);
        workshop.spent.insert("site".to_owned(), hour);
        workshop.follow(Some("profil"));
        workshop.follow(None);
        assert_eq!(workshop.minutes_on("site").as_deref(), Some("60 min"));
        assert_eq!(workshop.minutes_on("profil"), None);
        assert!(workshop.current.is_none());
    }
}
