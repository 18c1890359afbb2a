//! All the answers on one page; Enter corrects one and comes back here.

use super::{Cursor, Step, View};
use crate::tui::app::App;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// A page of answers.
#[derive(Debug, Default)]
pub struct Review {
    parked: bool,
    cursor: Cursor,
}

impl Review {
    /// Every question asked.
    pub fn all() -> Self {
        Self::default()
    }

    /// The questions put aside during a workshop.
    pub fn parked() -> Self {
        Self {
            parked: true,
            ..Self::default()
        }
    }

    fn ids<'a>(&self, app: &'a App) -> &'a [String] {
        match &app.desk {
            Some(desk) if self.parked => &desk.discussion.parked,
            Some(desk) => &desk.asked,
            None => &[],
        }
    }
}

impl View for Review {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        if self.parked {
            "Questions mises de côté"
        } else {
            "Toutes les réponses"
        }
        .to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        page.text(Role::Dim, "Entrée corrige une réponse et revient ici.");
        let mut theme = "";
        for (target, id) in self.ids(app).iter().enumerate() {
            let Some(question) = desk.question(id) else {
                continue;
            };
            if question.questionnaire != theme {
                theme = &question.questionnaire;
                let title = desk.theme_of(id).map_or("", |theme| &theme.title);
                page.heading(title);
            }
            let open = desk.open.contains(id);
            let mark = if open {
                look.glyphs.todo
            } else {
                look.glyphs.done
            };
            page.entry(Entry {
                target,
                mark,
                text: &question.text,
                right: "",
            });
            let role = if open { Role::Dim } else { Role::Strong };
            let from = page.len();
            page.spans(&[look.raw(role, &app.said(desk, question))], 6);
            page.belongs(from, target);
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        self.ids(app).len()
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => self
                .ids(app)
                .get(self.cursor.at)
                .cloned()
                .map(Step::Ask)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        action != Action::Accept || self.targets(app) > 0
    }
}

/// Typed answers are not shown to a room.
pub fn is_private(question: &crate::domain::catalogue::Question) -> bool {
    use crate::domain::catalogue::Kind;
    !matches!(
        question.kind,
        Kind::Choice | Kind::Checklist | Kind::Multi | Kind::Catalogue
    )
}
