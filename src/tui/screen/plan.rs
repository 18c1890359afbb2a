//! The plan: what to do, in order; status, owner and date changed in place.

use super::action::{Card, Part};
use super::{Cursor, Screen, Step, View};
use crate::domain::catalogue::Severity;
use crate::domain::dossier::Status;
use crate::domain::explain::day;
use crate::domain::plan::{FIRST_ACTIONS, PlannedAction};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The table of actions.
#[derive(Debug, Default)]
pub struct Table {
    cursor: Cursor,
    everything: bool,
}

/// The sign of a status.
pub fn sign(status: Status, glyphs: &Glyphs) -> &'static str {
    match status {
        Status::Todo => glyphs.todo,
        Status::Doing => glyphs.doing,
        Status::Done => glyphs.done,
        Status::Dismissed => glyphs.dismissed,
    }
}

/// The next status, in a circle that a key can follow; dismissing needs a reason, and its page.
pub fn next_status(status: Status) -> Status {
    match status {
        Status::Todo => Status::Doing,
        Status::Doing => Status::Done,
        Status::Done | Status::Dismissed => Status::Todo,
    }
}

fn heading(action: &PlannedAction<'_>) -> &'static str {
    match (action.stop, action.severity) {
        (true, _) => "À arrêter tout de suite",
        (false, Severity::Critical) => "Critique",
        (false, Severity::Obligation) => "Obligations",
        (false, _) => "Pour aller plus loin",
    }
}

impl Table {
    fn shown(&self, total: usize) -> usize {
        if self.everything {
            total
        } else {
            total.min(FIRST_ACTIONS)
        }
    }
}

impl View for Table {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Plan
    }

    fn title(&self, _app: &App) -> String {
        "Plan d'action".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let plan = desk.session.plan();
        let total = plan.actions.len();
        if total == 0 {
            page.text(Role::Title, "Rien à faire pour l'instant.");
            page.text(
                Role::Text,
                "Le plan se remplit à mesure que vous répondez : chaque écart y devient une action.",
            );
            return page;
        }
        let closed = plan
            .actions
            .iter()
            .filter(|action| action.is_closed())
            .count();
        let words = format!(
            "{}, dont {}",
            text::count(total, "action", "actions"),
            text::count(closed, "terminée", "terminées")
        );
        page.text(Role::Title, &words);
        let mut last = "";
        let shown = self.shown(total);
        for (target, action) in plan.actions.iter().take(shown).enumerate() {
            let group = heading(action);
            if group != last {
                page.heading(group);
                last = group;
            }
            let mark = sign(action.tracking.status, &look.glyphs);
            page.entry(Entry {
                target,
                mark,
                text: &action.title,
                right: "",
            });
            let dot = look.glyphs.dot;
            let words = format!(
                "{} {dot} +{} point(s) {dot} {} {dot} {} {dot} pour le {}",
                action.tracking.status.label(),
                action.gain.label(),
                action.effort.label(),
                action.owner,
                day(action.due)
            );
            page.spans(&[look.span(Role::Dim, &words)], 4);
        }
        page.gap();
        if total > FIRST_ACTIONS {
            let label = if self.everything {
                "Montrer les premières".to_owned()
            } else {
                format!("Voir tout ({total})")
            };
            page.buttons(&[(shown, &label)]);
        }
        let g = look.glyphs;
        let legend = format!(
            "{} à faire   {} en cours   {} fait   {} écarté",
            g.todo, g.doing, g.done, g.dismissed
        );
        page.text(Role::Dim, &legend);
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn scrolled(&self) -> i32 {
        self.cursor.scroll
    }

    fn targets(&self, app: &App) -> usize {
        let total = app
            .desk
            .as_ref()
            .map_or(0, |desk| desk.session.plan().actions.len());
        self.shown(total) + usize::from(total > FIRST_ACTIONS)
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let plan = desk.session.plan();
        let shown = self.shown(plan.actions.len());
        let row = plan.actions.iter().take(shown).nth(self.cursor.at);
        let card = |part| {
            row.map(|row| Step::Push(Box::new(Screen::Action(Card::new(row, part)))))
                .into_iter()
                .collect()
        };
        match action {
            Action::Accept if row.is_none() && !plan.actions.is_empty() => {
                self.everything = !self.everything;
                self.cursor.at = 0;
                Vec::new()
            }
            Action::Everything => {
                self.everything = !self.everything;
                let len = self.targets(app);
                self.cursor.go(self.cursor.at, len);
                Vec::new()
            }
            Action::Accept => card(Part::Status),
            Action::Owner => card(Part::Owner),
            Action::Due => card(Part::Due),
            Action::Status => row
                .map(|row| {
                    let mut tracking = row.tracking.clone();
                    tracking.status = next_status(tracking.status);
                    tracking.reason = None;
                    Step::Do(Effect::Track {
                        action: row.id.clone(),
                        tracking,
                    })
                })
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
        let Some(desk) = app.desk.as_ref() else {
            return false;
        };
        let total = desk.session.plan().actions.len();
        match action {
            Action::Accept => total > 0,
            Action::Status | Action::Owner | Action::Due => self.cursor.at < self.shown(total),
            Action::Everything => total > FIRST_ACTIONS,
            _ => true,
        }
    }
}
