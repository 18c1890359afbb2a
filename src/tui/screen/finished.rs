//! A theme just finished: what it hands over, and what comes next.

use super::{Cursor, Screen, Step, View};
use crate::domain::typography::quoted;
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
    Document(usize),
    Assessment,
    Back,
}

/// The documents a theme hands over, those ready first; when it asks for none, those ready anyway.
pub fn handed(desk: &Desk, theme: &str) -> Vec<usize> {
    let papers = desk.papers();
    let own = desk.session.catalogue().questionnaire(theme);
    let needed = |at: &usize| papers[*at].needed;
    let is_own = |at: &usize| own.is_some_and(|own| own.hands_over.contains(&papers[*at].id));
    let is_ready = |at: &usize| papers[*at].ready;
    let needed: Vec<usize> = (0..papers.len()).filter(needed).collect();
    let (ready, others): (Vec<usize>, Vec<usize>) =
        needed.iter().copied().filter(is_own).partition(is_ready);
    if ready.is_empty() && others.is_empty() {
        return needed.into_iter().filter(is_ready).collect();
    }
    ready.into_iter().chain(others).collect()
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
        let handed = handed(desk, &self.theme);
        rows.extend(handed.into_iter().map(Row::Document));
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
            &format!("{} {} est terminé.", look.glyphs.done, quoted(title)),
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
                Row::Document(at) => {
                    let paper = &desk.papers()[*at];
                    if std::mem::take(&mut first) {
                        let own = theme.is_some_and(|own| own.hands_over.contains(&paper.id));
                        page.heading(if own {
                            "Ce thème vous remet"
                        } else {
                            "Déjà prêts pour vous"
                        });
                    }
                    page.entry(Entry {
                        target,
                        mark: if paper.ready {
                            look.glyphs.done
                        } else {
                            look.glyphs.doing
                        },
                        text: &paper.title,
                        right: &paper.state(),
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

    crate::tui::screen::focused!();

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
            Some(Row::Document(at)) => {
                let id = desk.papers()[at].id.clone();
                Step::push(Screen::Preview(super::preview::Preview::new(id)))
            }
            _ => vec![Step::Pop],
        }
    }
}
