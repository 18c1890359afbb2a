//! A theme just finished: what it hands over, and what comes next.

use super::{Cursor, Screen, Step, View};
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The end of a theme.
#[derive(Debug)]
pub struct Finished {
    theme: String,
    cursor: Cursor,
}

enum Row {
    Next(String),
    Document(String, String),
    Assessment,
    Back,
}

impl Finished {
    /// The end of the theme of this id.
    pub fn new(theme: String) -> Self {
        Self {
            theme,
            cursor: Cursor::default(),
        }
    }

    fn rows(&self, desk: &Desk) -> Vec<Row> {
        let mut rows = Vec::new();
        rows.extend(desk.open.first().cloned().map(Row::Next));
        if rows.is_empty() {
            rows.push(Row::Assessment);
        }
        if let Some(theme) = desk.session.catalogue().questionnaire(&self.theme) {
            for paper in desk.papers() {
                if paper.needed && theme.hands_over.contains(&paper.id) {
                    rows.push(Row::Document(paper.id.clone(), paper.title.clone()));
                }
            }
        }
        rows.push(Row::Back);
        rows
    }
}

impl View for Finished {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Thème terminé".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let theme = desk.session.catalogue().questionnaire(&self.theme);
        let title = theme.map_or("", |theme| &theme.title);
        page.text(
            Role::Title,
            &format!("{} « {title} » est terminé.", look.glyphs.done),
        );
        page.gap();
        let mut first = true;
        for (target, row) in self.rows(desk).iter().enumerate() {
            match row {
                Row::Next(id) => {
                    let next = desk.theme_of(id).map_or("", |theme| &theme.title);
                    let text = format!("Continuer : {next}");
                    page.entry(Entry {
                        target,
                        text: &text,
                        ..Entry::default()
                    });
                }
                Row::Assessment => {
                    page.text(Role::Good, "Toutes les questions ont une réponse.");
                    page.gap();
                    page.entry(Entry {
                        target,
                        text: "Voir le bilan",
                        ..Entry::default()
                    });
                }
                Row::Document(_, title) => {
                    if std::mem::take(&mut first) {
                        page.heading("Ce thème vous remet");
                    }
                    page.entry(Entry {
                        target,
                        text: title,
                        right: "lire",
                        ..Entry::default()
                    });
                }
                Row::Back => {
                    page.gap();
                    page.entry(Entry {
                        target,
                        text: "Revenir au dossier",
                        ..Entry::default()
                    });
                }
            }
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
        app.desk.as_ref().map_or(0, |desk| self.rows(desk).len())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let (Action::Accept, Some(desk)) = (action, app.desk.as_ref()) else {
            return Vec::new();
        };
        match self.rows(desk).into_iter().nth(self.cursor.at) {
            Some(Row::Next(id)) => vec![Step::Ask(id)],
            Some(Row::Assessment) => vec![Step::Also(Action::Assessment)],
            Some(Row::Document(id, _)) => {
                Step::push(Screen::Preview(super::preview::Preview::new(id)))
            }
            _ => vec![Step::Pop],
        }
    }
}
