//! The record of processing activities: what the answers make it, what the owner wrote over it.

use super::activity::Card;
use super::written::Written;
use super::{Cursor, Screen, Step, View};
use crate::domain::condition::Truth;
use crate::domain::processing::{self, Standing};
use crate::tui::app::App;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The list of activities, then a row to add one.
#[derive(Debug, Default)]
pub struct Activities {
    cursor: Cursor,
}

fn ids(app: &App) -> Vec<String> {
    let Some(desk) = &app.desk else {
        return Vec::new();
    };
    let view = desk.session.view();
    let standing = processing::standing(&view);
    standing.iter().map(|s| s.id.to_owned()).collect()
}

/// What a list says of where an activity comes from.
fn state(standing: &Standing<'_>) -> &'static str {
    match standing.truth {
        _ if standing.declined().is_some() => "écarté",
        Truth::Unknown => "selon vos réponses",
        _ if standing.model.is_none() => "ajouté",
        _ if standing.edit.is_some() => "modifié",
        _ => "",
    }
}

impl View for Activities {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Registre des traitements".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = &app.desk else {
            return page;
        };
        page.text(
            Role::Dim,
            "Ce que vous faites des données, d'après vos réponses. Ouvrez une ligne pour l'adapter : \
             le registre, les durées et la page « Vie privée » suivent.",
        );
        page.gap();
        let view = desk.session.view();
        let standing = processing::standing(&view);
        for (target, activity) in standing.iter().enumerate() {
            let remarks = activity.remarks(&view).len();
            let mark = match activity.truth {
                _ if activity.declined().is_some() => look.glyphs.todo,
                _ if remarks > 0 => "!",
                Truth::Unknown => look.glyphs.doing,
                _ => look.glyphs.done,
            };
            page.entry(Entry {
                target,
                mark,
                text: &activity.title(),
                right: state(activity),
            });
            if page.is_focused(target) && remarks > 0 {
                let words = text::count(remarks, "remarque", "remarques");
                page.spans(&[look.span(Role::Warn, &words)], 6);
            }
        }
        page.gap();
        page.entry(Entry {
            target: standing.len(),
            mark: "+",
            text: "Ajouter un traitement",
            right: "",
        });
        page.gap();
        page.legend(&[
            (look.glyphs.done, "complet"),
            ("!", "à compléter ou à relire"),
            (look.glyphs.doing, "selon une réponse qui manque"),
            (look.glyphs.todo, "écarté"),
        ]);
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn place(&self) -> Cursor {
        self.cursor
    }

    fn targets(&self, app: &App) -> usize {
        ids(app).len() + 1
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => match ids(app).into_iter().nth(self.cursor.at) {
                Some(id) => Step::push(Screen::Activity(Card::new(id))),
                None => Step::push(Screen::Written(Written::added().resumed(app))),
            },
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }
}
