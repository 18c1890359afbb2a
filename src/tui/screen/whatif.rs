//! « Et si… »: tick actions of the plan, read the score they would give; nothing is changed.

use std::cell::OnceCell;

use super::past::Past;
use super::{Cursor, Step, View};
use crate::domain::assessment::Score;
use crate::domain::explain::{gain, score_words};
use crate::domain::prospect::with_actions;
use crate::tui::app::App;
use crate::tui::desk::{Desk, Planned};
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::gauge;
use crate::tui::widget::page::{Entry, Look, Page};

/// Actions supposed done.
#[derive(Debug, Default)]
pub struct WhatIf {
    ticked: Vec<String>,
    past: Past<Vec<String>>,
    /// The score they would give, once it is asked for.
    then: OnceCell<Score>,
    cursor: Cursor,
}

/// The actions still open.
fn open(desk: &Desk) -> impl Iterator<Item = &Planned> {
    desk.planned().iter().filter(|action| !action.closed)
}

impl WhatIf {
    fn toggle(&mut self, id: &str) {
        if self.ticked.iter().any(|ticked| ticked == id) {
            self.ticked.retain(|ticked| ticked != id);
        } else {
            self.ticked.push(id.to_owned());
        }
    }

    /// The score the actions ticked would give.
    fn then(&self, desk: &Desk) -> &Score {
        self.then.get_or_init(|| {
            let plan = desk.session.plan();
            let ticked = plan.actions.iter();
            let ticked = ticked.filter(|action| self.ticked.contains(&action.id));
            with_actions(&desk.session.assessment(), ticked)
        })
    }
}

impl View for WhatIf {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Ticking
    }

    fn title(&self, _app: &App) -> String {
        "Et si…".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let count = open(desk).filter(|a| self.ticked.contains(&a.id)).count();
        let then = self.then(desk);
        let now = score_words(desk.score());
        page.text(Role::Text, &format!("Aujourd'hui : {now}."));
        let words = format!(
            "Avec {} : {}.",
            text::count(count, "action cochée", "actions cochées"),
            score_words(then)
        );
        page.text(Role::Title, &words);
        let (lo, hi) = then.interval;
        page.line(gauge::interval(&look, lo, hi, look.width.min(60)).into());
        page.pin();
        page.gap();
        page.text(
            Role::Dim,
            "Cochez des actions pour voir la note qu'elles donneraient ; rien n'est changé au \
             dossier.",
        );
        for (target, action) in open(desk).enumerate() {
            let on = self.ticked.contains(&action.id);
            let right = gain(action.gain);
            page.entry(Entry {
                target,
                mark: if on { "[x]" } else { "[ ]" },
                text: &action.title,
                right: &right,
            });
        }
        if open(desk).next().is_none() {
            page.text(Role::Text, "Aucune action à essayer pour l'instant.");
        }
        page
    }

    crate::tui::screen::focused!();

    fn travel(&mut self, back: bool) -> bool {
        self.then = OnceCell::new();
        self.past.travel(&mut self.ticked, back)
    }

    fn can_travel(&self, back: bool) -> bool {
        self.past.can(back)
    }

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| open(desk).count())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let ids: Vec<String> = open(desk).map(|action| action.id.clone()).collect();
        let before = self.ticked.clone();
        match action {
            Action::Accept | Action::Toggle => {
                if let Some(id) = ids.get(self.cursor.at) {
                    self.toggle(id);
                }
            }
            Action::All => self.ticked = ids,
            Action::Nothing => self.ticked.clear(),
            _ => {}
        }
        if self.ticked != before {
            self.past.keep(before);
            self.then = OnceCell::new();
        }
        Vec::new()
    }

    fn refresh(&mut self, app: &App) {
        self.then = OnceCell::new();
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Accept | Action::Toggle => self.targets(app) > 0,
            Action::All => self.ticked.len() < self.targets(app),
            Action::Nothing => !self.ticked.is_empty(),
            _ => true,
        }
    }
}
