//! The fictional businesses, to try the program without typing.

use super::{Cursor, Step, View};
use crate::session::example::EXAMPLES;
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The list of examples.
#[derive(Debug, Default)]
pub struct Examples {
    cursor: Cursor,
}

impl View for Examples {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Exemples fictifs".to_owned()
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.text(
            Role::Text,
            "Ces entreprises sont inventées. Entrée en ouvre une copie dans votre classeur : \
             changez-y ce que vous voulez.",
        );
        page.gap();
        for (target, example) in EXAMPLES.iter().enumerate() {
            page.entry(Entry {
                target,
                text: example.name,
                ..Entry::default()
            });
            page.spans(&[look.span(Role::Dim, example.words)], 4);
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        EXAMPLES.len()
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => vec![Step::Do(Effect::Example(self.cursor.at))],
            _ => Vec::new(),
        }
    }
}
