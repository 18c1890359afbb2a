//! The plan: what to do, in order; status, owner and date changed in place.

mod inline;

use super::action::{Card, Part};
use super::{Cursor, Pending, Screen, Step, View};
use crate::domain::dossier::Status;
use crate::domain::explain::{day, gain, plan_count, today_words};
use crate::domain::plan::{FIRST_ACTIONS, PlannedAction};
use crate::domain::typography::quoted;
use crate::tui::app::App;
use crate::tui::desk::{Desk, Planned};
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};
use inline::Inline;

/// The table of actions.
#[derive(Debug, Default)]
pub struct Table {
    cursor: Cursor,
    everything: bool,
    /// Show only the actions of this person.
    who: Option<String>,
    /// What is being written under an action.
    writing: Option<Inline>,
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

/// « en cours, écart planifié · dirigeant · pour le 12/12/2026 · 1 heure au plus ».
fn followed(action: &Planned, dot: &str) -> String {
    let planned = match action.tracking.status {
        Status::Doing => ", écart planifié",
        _ => "",
    };
    let parts = [
        format!("{}{planned}", action.tracking.status.label()),
        action.owner.clone(),
        format!("pour le {}", day(action.due)),
        action.effort.label().to_owned(),
    ];
    let parts = parts.map(|part| part.replace(' ', "\u{a0}"));
    parts.join(&format!("\u{a0}{dot} "))
}

/// Everybody who has something to do, in the order of the plan.
fn people(desk: &Desk) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for action in desk.planned() {
        if !people.contains(&action.owner) {
            people.push(action.owner.clone());
        }
    }
    people
}

impl Table {
    /// Tells whether an action is one of whoever is chosen.
    fn is_own(&self, owner: &str) -> bool {
        self.who.as_ref().is_none_or(|who| who == owner)
    }

    /// The actions of whoever is chosen.
    fn chosen<'d>(&self, desk: &'d Desk) -> impl Iterator<Item = &'d Planned> {
        let planned = desk.planned().iter();
        planned.filter(|action| self.is_own(&action.owner))
    }

    /// How many actions whoever is chosen has.
    fn count(&self, desk: &Desk) -> usize {
        self.chosen(desk).count()
    }

    fn shown(&self, total: usize) -> usize {
        if self.everything {
            total
        } else {
            total.min(FIRST_ACTIONS)
        }
    }

    /// The buttons below the table, and what they do.
    fn buttons(&self, desk: &Desk) -> Vec<(Action, String)> {
        let total = self.count(desk);
        let mut buttons = Vec::new();
        if total > FIRST_ACTIONS {
            let label = if self.everything {
                "Montrer les premières".to_owned()
            } else {
                format!("Voir tout ({total})")
            };
            buttons.push((Action::Everything, label));
        }
        if people(desk).len() > 1 {
            let who = self.who.as_deref().unwrap_or("tout le monde");
            buttons.push((Action::Who, format!("Filtrer : {who}")));
        }
        buttons
    }

    /// From everybody to each person in turn.
    fn next_person(&mut self, desk: &Desk) {
        let people = people(desk);
        let next = match &self.who {
            None => 0,
            Some(who) => people.iter().position(|p| p == who).map_or(0, |at| at + 1),
        };
        self.who = people.get(next).cloned();
    }

    /// Tells whether letters go under the action of the focus.
    fn is_writing(&self, app: &App) -> bool {
        let desk = app.desk.as_ref();
        let here = desk.and_then(|desk| self.chosen(desk).nth(self.cursor.at));
        let written = self.writing.as_ref().map(|writing| &writing.action);
        here.is_some_and(|here| written == Some(&here.id))
    }

    /// Records what is written under an action; by merely leaving, says what is not kept.
    fn close(&mut self, leaving: bool) -> Vec<Step> {
        let Some(writing) = self.writing.as_mut() else {
            return Vec::new();
        };
        match writing.tracking() {
            Err(error) if !leaving => {
                writing.refuse(Some(error));
                Vec::new()
            }
            decided => {
                let action = std::mem::take(&mut writing.action);
                self.writing = None;
                match decided {
                    Ok(Some(tracking)) => vec![Step::Do(Effect::Track { action, tracking })],
                    Ok(None) => Step::say(Role::Notice, "Rien n'est changé."),
                    Err(error) => Step::say(Role::Warn, format!("! {error} Rien n'est changé.")),
                }
            }
        }
    }

    /// What to do today, and the fewest actions to the next level.
    fn compass(&self, page: &mut Page<'_>, desk: &Desk) {
        let first = self.chosen(desk).find(|action| !action.closed);
        let first = first.map(|action| action.first_step.as_str());
        page.text(Role::Strong, &today_words(self.who.as_deref(), first));
        let Some(path) = desk.path() else { return };
        let titles: Vec<String> = desk
            .planned()
            .iter()
            .filter(|action| path.actions.contains(&action.id))
            .map(|action| quoted(&action.title))
            .collect();
        let (level, score) = (path.level.letter(), path.score);
        let words = match titles.len() {
            0 => return,
            1..=3 => format!(
                "Le plus court vers le niveau {level} ({score} sur 100) : {}.",
                titles.join(", ")
            ),
            n => format!(
                "Le plus court vers le niveau {level} ({score} sur 100) : {n} actions, marquées {}.",
                page.look.glyphs.next
            ),
        };
        page.text(Role::Dim, &words);
    }
}

impl View for Table {
    fn scope(&self, app: &App) -> Scope {
        if self.is_writing(app) {
            Scope::Typing
        } else {
            Scope::Plan
        }
    }

    fn title(&self, _app: &App) -> String {
        "Plan d'action".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        // What is written has the focus for itself, so that it is in sight in any window.
        let field = self.targets(app);
        let focus = if self.is_writing(app) {
            field
        } else {
            self.cursor.at
        };
        let mut page = Page::new(look, Some(focus));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let total = desk.planned().len();
        if total == 0 {
            page.text(Role::Title, "Rien à faire pour l'instant.");
            page.text(
                Role::Text,
                "Le plan se remplit à mesure que vous répondez : chaque écart y devient une action.",
            );
            return page;
        }
        let own = self.count(desk);
        let shown = self.shown(own);
        let closed = self.chosen(desk).take(shown);
        let closed = closed.filter(|action| action.closed).count();
        let mut words = plan_count(self.who.as_deref(), shown, own, total);
        if closed > 0 {
            let closed = text::count(closed, "terminée", "terminées");
            words = format!("{words}, dont {closed}");
        }
        page.text(Role::Title, &words);
        if let Some(words) = &desk.counted().projected {
            page.text(Role::Good, words);
        }
        self.compass(&mut page, desk);
        let mut last = None;
        for (target, action) in self.chosen(desk).take(shown).enumerate() {
            if last.replace(action.group) != Some(action.group) {
                page.heading(action.group.label());
            }
            let mark = sign(action.tracking.status, &look.glyphs);
            let short = desk
                .path()
                .is_some_and(|path| path.actions.len() > 3 && path.actions.contains(&action.id));
            let arrow = if short { look.glyphs.next } else { "" };
            let gain = format!("{arrow} {}", gain(action.gain));
            page.entry(Entry {
                target,
                mark,
                text: &action.title,
                right: gain.trim_start(),
            });
            page.spans(
                &[look.span(Role::Dim, &followed(action, look.glyphs.dot))],
                4,
            );
            let writing = self.writing.as_ref();
            if let Some(writing) = writing.filter(|writing| writing.action == action.id) {
                writing.draw(&mut page, field);
            }
            if let Some(reason) = &action.tracking.reason {
                let words = [
                    look.span(Role::Dim, "Raison : "),
                    look.raw(Role::Text, reason),
                ];
                page.spans(&words, 4);
            }
            if let Some(note) = &action.tracking.note {
                let words = [look.span(Role::Dim, "Note : "), look.raw(Role::Text, note)];
                page.spans(&words, 4);
            }
        }
        page.gap();
        let buttons = self.buttons(desk);
        let buttons: Vec<(usize, &str)> = buttons
            .iter()
            .enumerate()
            .map(|(at, (_, label))| (shown + at, label.as_str()))
            .collect();
        if !buttons.is_empty() {
            page.buttons(&buttons);
            page.gap();
        }
        let g = look.glyphs;
        page.legend(&[
            (g.todo, Status::Todo.label()),
            (g.doing, Status::Doing.label()),
            (g.done, Status::Done.label()),
            (g.dismissed, Status::Dismissed.label()),
        ]);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| {
            self.shown(self.count(desk)) + self.buttons(desk).len()
        })
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        match action {
            Action::Accept if self.is_writing(app) => return self.close(false),
            Action::Back if self.writing.is_some() => return self.close(true),
            _ => {}
        }
        let plan = desk.session.plan();
        let shown = self.shown(self.count(desk));
        let own = |action: &&PlannedAction<'_>| self.is_own(&action.owner);
        let row = plan
            .actions
            .iter()
            .filter(own)
            .take(shown)
            .nth(self.cursor.at);
        let card = |part| {
            row.map(|row| Step::Push(Box::new(Screen::Action(Card::new(row, part)))))
                .into_iter()
                .collect()
        };
        match action {
            Action::Accept if row.is_none() => {
                let at = self.cursor.at.saturating_sub(shown);
                match self.buttons(desk).get(at).map(|(action, _)| *action) {
                    Some(Action::Who) => {
                        self.next_person(desk);
                        let len = self.targets(app);
                        self.cursor.go(len.saturating_sub(1), len);
                    }
                    Some(_) => {
                        self.everything = !self.everything;
                        self.cursor.at = 0;
                    }
                    None => {}
                }
                Vec::new()
            }
            Action::Who => {
                self.next_person(desk);
                let len = self.targets(app);
                self.cursor.go(self.cursor.at, len);
                Vec::new()
            }
            Action::Everything => {
                self.everything = !self.everything;
                let len = self.targets(app);
                self.cursor.go(self.cursor.at, len);
                Vec::new()
            }
            Action::Accept => card(Part::Status),
            Action::Dismiss => row
                .map(|row| Step::Push(Box::new(Screen::Action(Card::dismissing(row)))))
                .into_iter()
                .collect(),
            Action::Write => vec![Step::Do(Effect::WriteResults)],
            Action::Owner | Action::Due | Action::Note => {
                let part = match action {
                    Action::Owner => Part::Owner,
                    Action::Due => Part::Due,
                    _ => Part::Note,
                };
                let next = row.map(|row| Inline::of(row, part));
                // What was being written elsewhere is not lost.
                let mut steps = self.close(true);
                steps.retain(|step| matches!(step, Step::Do(_)));
                self.writing = next;
                steps
            }
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

    fn key(&mut self, app: &App, key: Key) -> bool {
        if !self.is_writing(app) {
            return false;
        }
        let used = |writing: &mut Inline| {
            writing.refuse(None);
            writing.field.key(key)
        };
        self.writing.as_mut().is_some_and(used)
    }

    fn paste(&mut self, app: &App, text: &str) {
        if self.is_writing(app)
            && let Some(writing) = self.writing.as_mut()
        {
            writing.field.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        let Some(writing) = &self.writing else {
            return Pending::default();
        };
        let action = writing.action.clone();
        match writing.tracking() {
            Ok(Some(tracking)) => Pending {
                save: Some(Effect::Track { action, tracking }),
                lost: false,
            },
            Ok(None) => Pending::default(),
            Err(_) => Pending {
                save: None,
                lost: true,
            },
        }
    }

    fn enter(&self, app: &App) -> Option<&'static str> {
        self.is_writing(app).then_some("enregistrer")
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        let Some(desk) = app.desk.as_ref() else {
            return false;
        };
        let total = self.count(desk);
        match action {
            Action::Accept => total > 0,
            Action::Status | Action::Dismiss | Action::Owner | Action::Due | Action::Note => {
                self.cursor.at < self.shown(total)
            }
            Action::Who => people(desk).len() > 1,
            Action::Everything => total > FIRST_ACTIONS,
            _ => true,
        }
    }
}
