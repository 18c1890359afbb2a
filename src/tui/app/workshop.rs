//! Workshop mode: tips, a timer, questions put aside, and nothing private on the wall.

use super::{App, Workshop};
use crate::tui::theme::Role;

impl App {
    pub(super) fn toggle_workshop(&mut self) {
        if self.workshop.take().is_some() {
            self.say(Role::Notice, "Mode atelier terminé.");
        } else {
            self.workshop = Some(Workshop::default());
            self.say(
                Role::Notice,
                "Mode atelier : conseils à l'animateur, v met une question de côté, . masque.",
            );
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
            workshop.since = Some(std::time::Instant::now());
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
