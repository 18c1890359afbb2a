//! One action of the plan: who, when, how, and what to keep as proof.

use crossterm::event::KeyCode;
use jiff::civil::Date;

use super::{Cursor, NEXT_FIELD, Pending, Screen, Step, View};
use crate::domain::dossier::{Status, Tracking};
use crate::domain::explain::day;
use crate::domain::input;
use crate::domain::plan::PlannedAction;
use crate::domain::typography::{quoted, sentence};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Look, Page};

/// Which part to start on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Status.
    Status = 0,
    /// Who.
    Owner = 1,
    /// When.
    Due = 2,
    /// The note.
    Note = 3,
}

const DUE: usize = 2;
const NOTE: usize = 3;
const REASON: usize = 4;
const SAVE: usize = 5;

/// What stands above who and when: what the plan proposes, until it is decided.
pub fn labels(action: &PlannedAction<'_>) -> (String, String) {
    let label = |words: &str, decided: bool, proposed: &str| {
        if decided {
            words.to_owned()
        } else {
            format!("{words} (proposé : {proposed})")
        }
    };
    let known = &action.tracking;
    (
        label("Qui s'en occupe", known.owner.is_some(), &action.owner),
        label("Pour quand", known.due.is_some(), &day(action.due)),
    )
}

/// The day typed, none if nothing is, or what is wrong with it.
pub fn read_due(field: &Field) -> Result<Option<Date>, String> {
    let typed = Some(field.value().trim()).filter(|typed| !typed.is_empty());
    let read = typed.map(input::date).transpose();
    read.map_err(|reason| sentence(&reason))
}

/// One action being followed.
#[derive(Debug)]
pub struct Card {
    id: String,
    status: Status,
    owner: Field,
    due: Field,
    note: Field,
    reason: Field,
    /// What stands above who and when.
    labels: (String, String),
    /// What was decided until now.
    before: Tracking,
    cursor: Cursor,
}

impl Card {
    /// Opens an action on one of its parts.
    pub fn new(action: &PlannedAction<'_>, part: Part) -> Self {
        let tracking = &action.tracking;
        let text = |text: &Option<String>| Field::new(text.as_deref().unwrap_or(""));
        Self {
            id: action.id.clone(),
            status: tracking.status,
            owner: text(&tracking.owner),
            due: Field::new(&tracking.due.map(day).unwrap_or_default()),
            note: text(&tracking.note),
            reason: text(&tracking.reason),
            labels: labels(action),
            before: tracking.clone(),
            cursor: Cursor::on(part as usize),
        }
    }

    /// Opens an action on the reason to set it aside.
    pub fn dismissing(action: &PlannedAction<'_>) -> Self {
        Self {
            status: Status::Dismissed,
            cursor: Cursor::on(REASON),
            ..Self::new(action, Part::Status)
        }
    }

    /// What is valid among what was typed; the rest stays as it was.
    fn valid(&self) -> Tracking {
        let given = |field: &Field| (!field.is_empty()).then(|| field.value().trim().to_owned());
        let reason = given(&self.reason);
        let unexplained = self.status == Status::Dismissed && reason.is_none();
        let due = given(&self.due).map(|typed| input::date(&typed));
        Tracking {
            status: if unexplained {
                self.before.status
            } else {
                self.status
            },
            reason: if unexplained {
                self.before.reason.clone()
            } else {
                reason.filter(|_| self.status == Status::Dismissed)
            },
            owner: given(&self.owner),
            due: match due {
                Some(Err(_)) => self.before.due,
                Some(Ok(due)) => Some(due),
                None => None,
            },
            note: given(&self.note),
        }
    }

    fn row(&self) -> usize {
        // The reason is asked only of a dismissed action.
        if self.cursor.at >= REASON && self.status != Status::Dismissed {
            self.cursor.at + 1
        } else {
            self.cursor.at
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.row() {
            1 => Some(&mut self.owner),
            DUE => Some(&mut self.due),
            NOTE => Some(&mut self.note),
            REASON => Some(&mut self.reason),
            _ => None,
        }
    }

    /// The decision typed, or the row at fault and what is wrong there.
    fn tracking(&self) -> Result<Tracking, (usize, String)> {
        let given = |field: &Field| (!field.is_empty()).then(|| field.value().trim().to_owned());
        let refused = |reason: String| (DUE, format!("! {reason}"));
        let due = read_due(&self.due).map_err(refused)?;
        let reason = given(&self.reason).filter(|_| self.status == Status::Dismissed);
        if self.status == Status::Dismissed && reason.is_none() {
            let words = "! Dites en quelques mots pourquoi cette action est écartée.";
            return Err((REASON, words.to_owned()));
        }
        Ok(Tracking {
            status: self.status,
            reason,
            owner: given(&self.owner),
            due,
            note: given(&self.note),
        })
    }

    fn track(&self, tracking: Tracking) -> Effect {
        Effect::Track {
            action: self.id.clone(),
            tracking,
        }
    }

    /// What stays as it was although something else was typed, in the words of the user.
    fn unkept(&self) -> Option<String> {
        let typed = self.due.value().trim();
        let date = (!typed.is_empty()).then(|| input::date(typed).err());
        let date = date
            .flatten()
            .map(|reason| format!("! La date « {typed} » n'a pas été gardée : {reason}"));
        let unexplained = self.status == Status::Dismissed && self.reason.is_empty();
        let status = unexplained.then(|| {
            "! L'action n'a pas été écartée : il faut dire pourquoi en quelques mots.".to_owned()
        });
        let told: Vec<String> = date.into_iter().chain(status).collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn save(&mut self) -> Vec<Step> {
        match self.tracking() {
            Ok(tracking) => vec![Step::Pop, Step::Do(self.track(tracking))],
            Err((row, message)) => {
                self.cursor = Cursor::on(row);
                Step::say(Role::Bad, message)
            }
        }
    }

    fn cycle(&mut self, forward: bool) {
        use Status::{Dismissed, Doing, Done, Todo};
        const ORDER: [Status; 4] = [Todo, Doing, Done, Dismissed];
        let at = ORDER
            .iter()
            .position(|status| *status == self.status)
            .unwrap_or(0);
        self.status = ORDER[if forward { at + 1 } else { at + 3 } % 4];
    }
}

impl View for Card {
    fn scope(&self, _app: &App) -> Scope {
        match self.row() {
            0 | SAVE.. => Scope::Action,
            _ => Scope::Typing,
        }
    }

    fn title(&self, _app: &App) -> String {
        "Action".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let plan = desk.session.plan();
        let Some(action) = plan.actions.iter().find(|action| action.id == self.id) else {
            page.text(Role::Text, "Cette action n'est plus nécessaire.");
            return page;
        };
        page.text(Role::Title, &action.title);
        page.gap();
        let status = format!("État : {}", self.status.label());
        let sign = super::plan::sign(self.status, &look.glyphs);
        page.choice(0, sign, &status);
        let (owner, due) = &self.labels;
        page.field(1, owner, &self.owner);
        page.field(DUE, due, &self.due);
        page.field(NOTE, "Note", &self.note);
        let mut next = REASON;
        if self.status == Status::Dismissed {
            page.field(REASON, "Pourquoi l'écarter", &self.reason);
            next = SAVE;
        }
        page.gap();
        let mut buttons = vec![(next, "Enregistrer")];
        let titles: Vec<(usize, String)> = action
            .documents
            .iter()
            .filter_map(|id| desk.session.catalogue().document(id))
            .enumerate()
            .map(|(at, document)| (next + 1 + at, format!("Lire {}", quoted(&document.title))))
            .collect();
        buttons.extend(
            titles
                .iter()
                .map(|(target, title)| (*target, title.as_str())),
        );
        page.buttons(&buttons);
        page.heading("Premier pas, aujourd'hui");
        page.text(Role::Text, &action.first_step);
        page.heading("Étapes");
        for (at, step) in action.steps.iter().enumerate() {
            page.numbered(Role::Text, at + 1, step);
        }
        page.heading("À garder comme preuve");
        page.text(Role::Text, &action.proof);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        let documents = app
            .desk
            .as_ref()
            .and_then(|desk| desk.session.catalogue().action(&self.id))
            .map_or(0, |action| action.documents.len());
        REASON + usize::from(self.status == Status::Dismissed) + 1 + documents
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match (action, self.row()) {
            (Action::Accept, row) if row < SAVE => {
                self.cursor.at += 1;
                Vec::new()
            }
            (Action::Accept, SAVE) => self.save(),
            (Action::Accept, row) => {
                let catalogue = app.desk.as_ref().map(|desk| desk.session.catalogue());
                let document = catalogue
                    .and_then(|catalogue| catalogue.action(&self.id))
                    .and_then(|action| action.documents.get(row - SAVE - 1));
                document.map_or_else(Vec::new, |id| {
                    Step::push(Screen::Preview(super::preview::Preview::new(id.clone())))
                })
            }
            (Action::Right, 0) => {
                self.cycle(true);
                Vec::new()
            }
            (Action::Left, 0) => {
                self.cycle(false);
                Vec::new()
            }
            (Action::Previous, _) => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            // Leaving keeps what is valid: nothing is ever lost.
            (Action::Back, _) => {
                let mut steps = vec![Step::Pop];
                let tracking = self.valid();
                if tracking != self.before {
                    steps.extend(self.unkept().map(Step::Remark));
                    steps.push(Step::Do(self.track(tracking)));
                } else if let Err((_, message)) = self.tracking() {
                    steps.extend(Step::say(
                        Role::Warn,
                        format!("{message} Rien n'est changé."),
                    ));
                }
                steps
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        if key.code == KeyCode::Esc {
            return false;
        }
        self.field().is_some_and(|field| field.key(key))
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if let Some(field) = self.field() {
            field.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        let tracking = self.valid();
        Pending {
            save: (tracking != self.before).then(|| self.track(tracking)),
            lost: self.unkept().is_some(),
        }
    }

    fn enter(&self, _app: &App) -> Option<&'static str> {
        (self.row() < SAVE).then_some(NEXT_FIELD)
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        match action {
            Action::Right | Action::Left => self.row() == 0,
            Action::Previous => self.cursor.at > 0,
            _ => true,
        }
    }
}
