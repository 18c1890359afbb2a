//! Every command that means something now, found by a word.

use super::{Cursor, Step, View};
use crate::domain::search::Wanted;
use crate::tui::app::App;
use crate::tui::event::Key;
use crate::tui::keymap::{self, Action, Command, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Look, Page};

/// The palette over a screen.
#[derive(Debug)]
pub struct Palette {
    commands: Vec<&'static Command>,
    wanted: Field,
    cursor: Cursor,
}

impl Palette {
    /// A palette of the commands of the screen below.
    pub fn new(commands: Vec<&'static Command>) -> Self {
        let plain = [
            Action::Up,
            Action::Down,
            Action::Left,
            Action::Right,
            Action::Tab,
            Action::PageUp,
            Action::PageDown,
            Action::Top,
            Action::Bottom,
            Action::Accept,
            Action::Palette,
            Action::Digits,
        ];
        let commands = commands
            .into_iter()
            .filter(|c| !plain.contains(&c.action))
            .collect();
        Self {
            commands,
            wanted: Field::default(),
            cursor: Cursor::on(1),
        }
    }

    fn found(&self) -> Vec<&'static Command> {
        let wanted = Wanted::new(self.wanted.value());
        let named =
            |command: &&&Command| wanted.is_in(&format!("{} {}", command.short, command.long));
        self.commands.iter().filter(named).copied().collect()
    }

    fn first_found(&mut self) {
        self.cursor = Cursor::on(1.min(self.found().len()));
    }
}

impl View for Palette {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Typing
    }

    fn title(&self, _app: &App) -> String {
        "Commandes".to_owned()
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.field(0, "Que voulez-vous faire ?", &self.wanted);
        page.gap();
        let found = self.found();
        for (at, command) in found.iter().enumerate() {
            let right = keymap::label(command, &look.glyphs);
            page.entry(Entry {
                target: at + 1,
                mark: "",
                text: command.long,
                right: &right,
            });
        }
        if found.is_empty() {
            page.text(Role::Dim, "Aucune commande de ce nom ici.");
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        1 + self.found().len()
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => {
                let found = self.found();
                let command = found.get(self.cursor.at.saturating_sub(1));
                command
                    .map(|command| Step::Run(command.action))
                    .into_iter()
                    .collect()
            }
            Action::Previous => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        let used = self.wanted.key(key);
        if used {
            self.first_found();
        }
        used
    }

    fn paste(&mut self, _app: &App, text: &str) {
        self.wanted.paste(text);
        self.first_found();
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        match action {
            Action::Previous => self.cursor.at > 0,
            Action::Accept => !self.found().is_empty(),
            _ => true,
        }
    }
}
