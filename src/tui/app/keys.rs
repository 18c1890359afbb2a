//! From keys, clicks and pastes to actions.

use super::App;
use crate::tui::effect::Effect;
use crate::tui::event::{Input, Key, digit};
use crate::tui::keymap::{self, Action, Scope};
use crate::tui::screen::Cursor;
use crate::tui::theme::Role;
use crate::tui::widget::page::Zone;

impl App {
    pub(super) fn input(&mut self, input: Input) -> Vec<Effect> {
        if self.blank {
            self.blank = matches!(input, Input::Resize(..));
            return Vec::new();
        }
        match input {
            Input::Resize(..) => {}
            Input::Key(key) if self.seen.is_small => return self.key_unseen(key),
            _ if self.seen.is_small => return Vec::new(),
            _ => {}
        }
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => {
                self.way_out.insists = false;
                self.with_top(|screen, app| screen.view_mut().paste(app, &text));
                Vec::new()
            }
            Input::Wheel(step) => {
                self.scroll(i32::from(step) * 3);
                Vec::new()
            }
            Input::Resize(..) => {
                // Lines are cut elsewhere: the one a click left first says nothing any more.
                self.settle();
                Vec::new()
            }
            Input::Click(..) => Vec::new(),
        }
    }

    /// Lets the focus say again where the page is.
    fn settle(&mut self) {
        self.with_top(|screen, app| screen.view_mut().cursor().settle(app.seen));
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        let scope = self.scope();
        if scope.types() {
            self.settle();
        }
        if (scope.types() || scope == Scope::Action)
            && self.with_top(|screen, app| screen.view_mut().key(app, key)) == Some(true)
        {
            self.way_out.insists = false;
            return Vec::new();
        }
        if matches!(scope, Scope::Choice | Scope::YesNo)
            && let Some(number) = key.typed().and_then(digit)
        {
            self.with_top(|screen, app| screen.view_mut().digit(app, number));
            return Vec::new();
        }
        // What a capital does in a workshop alone is elsewhere what the small letter does.
        let out = |action: &Action| self.workshop.is_none() && action.is_of_workshop();
        let small = || keymap::find(scope, Key::char(key.typed()?.to_ascii_lowercase()));
        let found = keymap::find(scope, key).filter(|action| !out(action));
        let Some(action) = found.or_else(small) else {
            self.say_unused(scope);
            return Vec::new();
        };
        if key.typed().is_some()
            && let Some(Some(steps)) =
                self.with_top(|screen, app| screen.view_mut().lead(app, action))
        {
            return self.obey(steps);
        }
        self.act(action)
    }

    /// Where nothing is shown, the keys that leave are the only ones.
    fn key_unseen(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        let leaves = keymap::find(self.scope(), key) == Some(Action::Quit);
        if leaves || key.typed() == Some('q') {
            return self.act(Action::Quit);
        }
        Vec::new()
    }

    /// Says that a key does nothing here, but to a room.
    fn say_unused(&mut self, scope: Scope) {
        if self.workshop.is_none() {
            let help = if scope.types() { "F1" } else { "?" };
            let words = format!("Cette touche ne fait rien ici. {help} : celles qui servent.");
            self.say(Role::Notice, words);
        }
    }

    /// Focuses a row, or validates it when it was focused already; boxes and buttons answer at once.
    pub(super) fn click(&mut self, target: usize, zone: Zone) -> Vec<Effect> {
        self.notice = None;
        self.way_out.insists = false;
        // The screen may have changed since it was drawn.
        if target >= self.top().view().targets(self) {
            return Vec::new();
        }
        let again = self.with_top(|screen, app| {
            let cursor = screen.view_mut().cursor();
            let again = cursor.at == target;
            *cursor = Cursor::clicked(target, app.seen);
            again
        });
        self.seen.is_away = false;
        let action = match (zone, self.scope()) {
            (Zone::Field, _) => return Vec::new(),
            (Zone::Choice, _) | (Zone::Row, Scope::Items | Scope::RoomItems) => Action::Right,
            (Zone::Row, Scope::Multi | Scope::Services | Scope::Ticking) => Action::Toggle,
            (Zone::Row, _) if again != Some(true) => return Vec::new(),
            (Zone::Row | Zone::Button, _) => Action::Accept,
        };
        self.act(action)
    }
}
