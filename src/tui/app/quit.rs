//! Leaving without losing what was typed.

use super::App;
use crate::tui::effect::Effect;
use crate::tui::theme::Role;

/// What stands in the way of leaving.
#[derive(Debug, Default)]
pub(super) struct WayOut {
    /// Whether asking once more drops what is not recorded.
    pub insists: bool,
    /// Whether something could not be recorded on the way.
    failed: bool,
}

impl App {
    /// Leaves, once what can be recorded is; what cannot is told first, and dropped when asked twice.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        self.way_out.failed = false;
        if let Some(told) = self.would_lose()
            && !self.way_out.insists
        {
            self.way_out.insists = true;
            self.say(Role::Warn, told);
            return Vec::new();
        }
        let mut effects = self.pending();
        effects.push(Effect::Quit);
        effects
    }

    /// What records what is typed on screen, where it is worth recording as it stands.
    pub fn pending(&self) -> Vec<Effect> {
        let pending = self
            .screens
            .iter()
            .map(|screen| screen.view().pending(self));
        pending.filter_map(|pending| pending.save).collect()
    }

    /// What to say of what would be lost by leaving now.
    fn would_lose(&self) -> Option<String> {
        if self.top().view().pending(self).lost {
            return Some(
                "Ce que vous avez tapé n'est pas enregistré : Entrée pour valider, ou encore Ctrl+Q \
                 pour quitter sans."
                    .to_owned(),
            );
        }
        if let Some(words) = self.left_behind() {
            return Some(format!(
                "{words} par Entrée, ou encore Ctrl+Q pour quitter sans."
            ));
        }
        let below = self
            .screens
            .iter()
            .any(|screen| screen.view().pending(self).lost);
        below.then(|| {
            "Ce que vous avez tapé sous cette page n'est pas enregistré : Échap pour y revenir, ou \
             encore Ctrl+Q pour quitter sans."
                .to_owned()
        })
    }

    /// Says what could not be recorded.
    pub(super) fn fail(&mut self, message: &str) {
        self.way_out.failed = true;
        self.say(Role::Bad, format!("! {message}"));
    }

    /// Stays where what was typed still is when it could not be recorded, unless asked twice.
    pub(super) fn stay_after_failure(&mut self) {
        if self.leaving && self.way_out.failed && !self.way_out.insists {
            self.leaving = false;
            self.way_out.insists = true;
        }
    }
}
