//! The workspace: dossiers, a new one, where the files are.

use super::create::Create;
use super::{Cursor, Screen, Step, View};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    cursor: Cursor,
}

impl Home {
    fn accept(&self, app: &App) -> Vec<Step> {
        match app.listed.get(self.cursor.at) {
            Some(listed) => vec![Step::Do(Effect::Open(listed.path.clone()))],
            None => match self.cursor.at - app.listed.len() {
                0 => Step::push(Screen::Create(Create::default())),
                1 => Step::push(Screen::Examples(super::examples::Examples::default())),
                _ => Step::push(Screen::Help(super::help::Help::files())),
            },
        }
    }
}

impl View for Home {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Home
    }

    fn title(&self, _app: &App) -> String {
        "Classeur".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        if app.listed.is_empty() {
            page.text(Role::Title, "Bienvenue.");
            page.gap();
            page.text(
                Role::Text,
                "Aplomb vous pose des questions simples sur votre entreprise, vous dit où vous \
                 en êtes avec les règles sur les données et la communication en ligne, et vous \
                 remet les textes à coller. Chaque réponse est enregistrée sur votre ordinateur, \
                 et rien n'est envoyé.",
            );
            page.gap();
            page.text(Role::Text, "Pour commencer, appuyez sur Entrée.");
        } else {
            page.text(Role::Title, "Vos dossiers");
        }
        page.gap();
        for (target, listed) in app.listed.iter().enumerate() {
            let right = listed.summary.as_str();
            page.entry(Entry {
                target,
                mark: "",
                text: &listed.name,
                right,
            });
        }
        page.gap();
        let next = app.listed.len();
        for (at, text) in [
            "Nouveau dossier",
            "Essayer un exemple fictif",
            "Où sont mes fichiers ?",
        ]
        .into_iter()
        .enumerate()
        {
            page.entry(Entry {
                target: next + at,
                mark: "",
                text,
                right: "",
            });
        }
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn scrolled(&self) -> i32 {
        self.cursor.scroll
    }

    fn targets(&self, app: &App) -> usize {
        app.listed.len() + 3
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => self.accept(app),
            Action::New => Step::push(Screen::Create(Create::default())),
            Action::Example => Step::push(Screen::Examples(super::examples::Examples::default())),
            _ => Vec::new(),
        }
    }
}
