//! A new dossier: its name, and that is all.

use super::{Cursor, Step, View};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Look, Page};

/// The name of a new dossier.
#[derive(Debug, Default)]
pub struct Create {
    name: Field,
    cursor: Cursor,
}

impl View for Create {
    fn scope(&self, _app: &App) -> Scope {
        if self.cursor.at == 0 {
            Scope::Typing
        } else {
            Scope::List
        }
    }

    fn title(&self, _app: &App) -> String {
        "Nouveau dossier".to_owned()
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.text(Role::Title, "Quel est le nom de l'entreprise ?");
        page.text(
            Role::Dim,
            "C'est le nom du dossier ; il peut changer plus tard.",
        );
        page.gap();
        page.field(0, "", &self.name);
        page.gap();
        page.buttons(&[(1, "Créer le dossier")]);
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn scrolled(&self) -> i32 {
        self.cursor.scroll
    }

    fn targets(&self, _app: &App) -> usize {
        2
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept if self.name.is_empty() => {
                self.cursor = Cursor::default();
                Step::say(
                    Role::Bad,
                    "! Écrivez un nom, par exemple « Boulangerie Martin ».",
                )
            }
            Action::Accept => vec![Step::Do(Effect::Create(
                self.name.value().trim().to_owned(),
            ))],
            Action::Previous => {
                self.cursor.at = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        self.cursor.at == 0 && self.name.key(key)
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if self.cursor.at == 0 {
            self.name.paste(text);
        }
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
