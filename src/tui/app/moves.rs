//! Moving in a screen, and from a screen back to the one below.

use super::App;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::screen::Cursor;
use crate::tui::theme::Role;

impl App {
    pub(super) fn step(&mut self, by: i32) {
        let seen = self.seen;
        self.with_top(|screen, app| {
            let len = screen.view().targets(app);
            let cursor = screen.view_mut().cursor();
            let next = if by > 0 {
                cursor.at + 1
            } else {
                cursor.at.wrapping_sub(1)
            };
            if cursor.is_kept() && next < len {
                *cursor = Cursor::clicked(next, seen);
                return;
            }
            cursor.release(seen);
            cursor.scroll = cursor.scroll.max(-seen.base);
            if by > 0 {
                if cursor.scroll < 0 {
                    // Reading from the top down to the focus.
                    cursor.scroll += 1;
                } else if cursor.at + 1 < len {
                    cursor.go(cursor.at + 1, len);
                } else if seen.below > 0 {
                    cursor.scroll += 1;
                }
            } else if cursor.scroll > 0 || (cursor.at == 0 && seen.above > 0) {
                cursor.scroll -= 1;
            } else if cursor.at > 0 {
                cursor.go(cursor.at - 1, len);
            }
        });
    }

    pub(super) fn scroll(&mut self, by: i32) {
        let seen = self.seen;
        self.with_top(|screen, _| screen.view_mut().cursor().scroll_by(by, seen));
    }

    pub(super) fn jump(&mut self, at: usize) {
        let asks = self.scope().asks();
        self.with_top(|screen, app| {
            let len = screen.view().targets(app);
            let cursor = screen.view_mut().cursor();
            // The end of a question is its last button; what explains it, below, comes after.
            if at == usize::MAX && !(asks && cursor.at + 1 < len) {
                cursor.go_to_end(len);
            } else if len == 0 {
                *cursor = Cursor::on(0);
            } else {
                cursor.top = None;
                cursor.go(at, len);
            }
        });
    }

    /// Brings back the focus that scrolling left out of sight: what is not seen is not obeyed.
    pub(super) fn bring_back(&mut self) {
        self.seen.is_away = false;
        self.with_top(|screen, _| {
            let cursor = screen.view_mut().cursor();
            *cursor = Cursor::on(cursor.at);
        });
        let words = "Ce que vous aviez choisi n'était plus à l'écran : le revoici.";
        self.say(Role::Notice, words);
    }

    pub(super) fn back(&mut self) -> Vec<Effect> {
        let steps = self
            .with_top(|screen, app| screen.view_mut().act(app, Action::Back))
            .unwrap_or_default();
        if !steps.is_empty() {
            return self.obey(steps);
        }
        if self.screens.len() > 1 {
            let left = self.leaves_draft();
            self.pop();
            self.tell_draft(left);
        } else {
            self.say(Role::Notice, "q pour quitter : tout est enregistré.");
        }
        Vec::new()
    }

    /// Closes the screen shown, keeping what it would lose.
    pub(super) fn pop(&mut self) {
        if self.screens.len() > 1 {
            self.keep_draft();
            self.screens.pop();
            self.with_top(|screen, app| screen.view_mut().refresh(app));
        }
    }
}
