//! From a draft to an answer: what Enter, Space and the letters do.

use super::{Asking, Row};
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Kind, Question};
use crate::domain::input::missing::still_to_say;
use crate::domain::reason;
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::screen::draft::{Draft, Part, Record, record};
use crate::tui::screen::{Cursor, Screen, Step, View as _, entry, note};
use crate::tui::text;
use crate::tui::theme::Role;

/// What is said of a field where nothing is typed.
const EMPTY: &str = "Rien n'est écrit. Si vous ne savez pas, descendez avec la flèche sur « Je ne sais \
                     pas » ou « Plus tard ».";

/// Says what an empty answer was taken for.
fn nothing_said(done: &str, words: &str) -> Step {
    Step::Remark(format!(
        "Rien n'était {done}, c'est « {words} » : Ctrl+Z l'annule."
    ))
}

impl Asking {
    pub(super) fn answer(&self, answer: Answer, stay: bool) -> Vec<Step> {
        vec![Step::Do(Effect::Answer {
            question: self.id.clone(),
            answer,
            stay,
        })]
    }

    pub(super) fn value(&self, value: Value) -> Vec<Step> {
        self.answer(Answer::Value(value), false)
    }

    /// Validates what the focus is on.
    pub(super) fn accept(&mut self, app: &App) -> Vec<Step> {
        self.row(app)
            .map_or_else(Vec::new, |row| self.use_row(app, row))
    }

    pub(super) fn use_row(&mut self, app: &App, row: Row) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let Some(question) = desk.question(&self.id) else {
            return Vec::new();
        };
        match row {
            Row::Option(id) => self.value(Value::Text(id)),
            Row::Tick(_) | Row::Service(_) | Row::Filter | Row::Confirm => {
                self.confirm(desk, question)
            }
            Row::Item(_) => {
                self.cursor.at += 1;
                Vec::new()
            }
            Row::Input(at) => match &self.draft {
                Draft::Form(parts) if at + 1 < parts.len() => {
                    self.cursor.at += 1;
                    Vec::new()
                }
                _ => self.confirm(desk, question),
            },
            Row::Entry(at) => self.open_entry(question, at),
            Row::Add => {
                let Draft::List(entries) = &self.draft else {
                    return Vec::new();
                };
                self.open_entry(question, entries.len())
            }
            Row::Unknown => self.answer(Answer::Unknown, false),
            Row::NotApplicable => self.not_applicable(app),
            Row::Later => self.answer(Answer::Later, false),
            Row::Note => note::Note::beside(app, &self.id),
            Row::Park => vec![Step::Also(Action::Park)],
            Row::Previous => self.act(app, Action::Previous),
            Row::Erase => {
                // The button goes away with the answer: what is to be done is at the top again.
                self.cursor = Cursor::default();
                vec![Step::Do(Effect::Erase {
                    question: self.id.clone(),
                })]
            }
            Row::Help => vec![Step::Also(Action::Help)],
            Row::More => vec![Step::Also(Action::Palette)],
        }
    }

    pub(super) fn open_entry(&self, question: &Question, at: usize) -> Vec<Step> {
        let Draft::List(entries) = &self.draft else {
            return Vec::new();
        };
        let known = entries.get(at).cloned().unwrap_or_default();
        let filed = at < entries.len();
        Step::push(Screen::Entry(entry::Entry::new(
            question, at, &known, filed,
        )))
    }

    /// Validates a draft as a whole.
    pub(super) fn confirm(&mut self, desk: &Desk, question: &Question) -> Vec<Step> {
        self.error = None;
        match &self.draft {
            Draft::Choice => Vec::new(),
            Draft::Multi(ids) | Draft::Services { picked: ids, .. } => {
                // « Nulle part » is the answer of those who tick nothing, where it is offered.
                let none = desk.options(question).find(|option| option.exclusive);
                if ids.is_empty() && !self.warned {
                    let words = none.map_or("aucun", |option| &option.label);
                    self.warned = true;
                    self.error = Some(format!(
                        "Aucune case cochée : Espace ou → pour cocher, Entrée encore pour \
                         répondre « {words} »."
                    ));
                    return Vec::new();
                }
                let mut ids = desk.in_order(question, ids);
                let nothing = ids.is_empty();
                ids.extend(none.filter(|_| nothing).map(|option| option.id.clone()));
                let mut steps = self.value(Value::Set(ids));
                if nothing {
                    let words = none.map_or("aucun", |option| &option.label);
                    steps.insert(0, nothing_said("coché", words));
                }
                steps
            }
            Draft::Items(ticks) => {
                let open = desk
                    .items(question)
                    .iter()
                    .filter(|i| !ticks.contains_key(&i.id))
                    .count();
                if open > 0 && !self.warned {
                    self.warned = true;
                    self.error = Some(format!(
                        "{} sans réponse : Entrée encore pour continuer quand même.",
                        text::count(open, "ligne", "lignes")
                    ));
                    return Vec::new();
                }
                if ticks.is_empty() {
                    return self.answer(Answer::Later, false);
                }
                self.value(Value::Ticks(ticks.clone()))
            }
            Draft::Line(field) => {
                let typed = field.value().to_owned();
                self.confirm_line(desk, question, &typed)
            }
            Draft::Form(parts) => self.confirm_form(desk, question, record(parts)),
            Draft::List(entries) if entries.is_empty() && !self.warned => {
                self.warned = true;
                self.error = Some(
                    "Aucune fiche : « Ajouter une fiche » pour en remplir une, Entrée encore pour \
                     répondre « aucun »."
                        .to_owned(),
                );
                Vec::new()
            }
            Draft::List(entries) => match desk.parse_entries(question, entries.clone()) {
                Ok(value) => {
                    let mut steps = self.value(value);
                    if entries.is_empty() {
                        steps.insert(0, nothing_said("rempli", "aucun"));
                    }
                    steps
                }
                Err(message) => self.refuse(message),
            },
        }
    }

    /// Validates a text; « je ne sais pas » typed there is understood, and said to be.
    fn confirm_line(&mut self, desk: &Desk, question: &Question, typed: &str) -> Vec<Step> {
        if typed.trim().is_empty() {
            self.error = Some(EMPTY.to_owned());
            return Vec::new();
        }
        let answer = match desk.parse(question, typed) {
            Ok(answer) => answer,
            Err(message) => return self.refuse(message),
        };
        let taken = match answer {
            Answer::Value(_) => None,
            Answer::Unknown => Some("Je ne sais pas"),
            Answer::Later => Some("Plus tard"),
            Answer::NotApplicable { .. } => Some("Sans objet"),
        };
        let words = |taken| format!("Compris comme « {taken} » : Ctrl+Z l'annule.");
        let mut steps = self.answer(answer, false);
        steps.splice(0..0, taken.map(|taken| Step::Remark(words(taken))));
        steps
    }

    /// Validates a form; what it still has to say is told.
    fn confirm_form(&mut self, desk: &Desk, question: &Question, typed: Record) -> Vec<Step> {
        let missing = still_to_say(&question.fields, &typed);
        let parsed = if question.kind == Kind::PostalAddress {
            desk.parse_address(question, typed)
        } else if typed.is_empty() {
            // Enter struck from field to field says nothing of who there is none of.
            self.cursor = Cursor::default();
            self.error = Some(EMPTY.to_owned());
            return Vec::new();
        } else {
            desk.parse_entries(question, vec![typed])
        };
        match parsed {
            Ok(value) => {
                let mut steps = self.value(value);
                steps.splice(0..0, missing.map(Step::Remark));
                steps
            }
            Err(message) => self.refuse(message),
        }
    }

    pub(super) fn refuse(&mut self, message: String) -> Vec<Step> {
        // What is wrong with a part of a form starts with its label: the focus goes there.
        if let Draft::Form(parts) = &self.draft {
            let at_fault = |part: &Part| message.starts_with(&format!("{} :", part.name()));
            if let Some(at) = parts.iter().position(at_fault) {
                self.cursor.at = at;
            }
        }
        self.error = Some(message);
        Vec::new()
    }

    pub(super) fn not_applicable(&self, app: &App) -> Vec<Step> {
        let desk = app.desk.as_ref();
        let question = desk.and_then(|desk| desk.question(&self.id));
        let reasoned = question.is_some_and(reason::needs_reason);
        if reasoned {
            note::Note::reason(app, &self.id)
        } else {
            self.answer(
                Answer::NotApplicable {
                    reason: String::new(),
                },
                false,
            )
        }
    }

    /// Leads to a row, and says what Enter does there.
    pub(super) fn lead_to(&mut self, app: &App, row: &Row) -> Option<Vec<Step>> {
        let rows = self.shown_rows(app);
        let at = rows.iter().position(|shown| shown == row)?;
        self.cursor.go(at, rows.len());
        let filed = app.desk.as_ref().and_then(|desk| desk.answer(&self.id));
        let answered = matches!(filed, Some(Answer::Value(_) | Answer::NotApplicable { .. }));
        let words = match row {
            Row::Erase => "Entrée pour effacer votre réponse.",
            _ if answered || (self.dirty && self.differs(app)) => {
                "Entrée pour confirmer : votre réponse sera remplacée."
            }
            _ => "Entrée pour confirmer.",
        };
        Some(Step::say(Role::Notice, words))
    }

    /// Leads to the next option that starts with a word.
    pub(super) fn by_word(&mut self, app: &App, word: &str) -> Vec<Step> {
        let desk = app.desk.as_ref();
        let question = desk.and_then(|desk| desk.question(&self.id));
        let starts = |row: &Row| {
            let Row::Option(id) = row else { return false };
            let options = question.map_or(&[][..], |question| &question.options);
            let own = options.iter().find(|option| option.id == *id);
            own.is_some_and(|option| option.label.starts_with(word))
        };
        let rows = self.shown_rows(app);
        let wanted = |(at, row): (usize, &Row)| starts(row).then_some(at);
        let mut found = rows.iter().enumerate().filter_map(wanted);
        let first = found.clone().next();
        let next = found.find(|at| *at > self.cursor.at).or(first);
        self.cursor.go(next.unwrap_or(self.cursor.at), rows.len());
        Vec::new()
    }

    fn shown_rows(&self, app: &App) -> Vec<Row> {
        let desk = app.desk.as_ref();
        let question = desk.and_then(|desk| Some((desk, desk.question(&self.id)?)));
        question.map_or_else(Vec::new, |(desk, question)| self.rows(app, desk, question))
    }

    pub(super) fn toggle(&mut self, app: &App) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let Some(question) = desk.question(&self.id) else {
            return Vec::new();
        };
        if let Some(Row::Tick(id) | Row::Service(id)) = self.row(app) {
            self.past.keep(self.draft.clone());
            self.draft.toggle(question, &id);
            self.touch();
        }
        Vec::new()
    }

    /// From a long list of services to the button below it.
    pub(super) fn finish_list(&mut self, app: &App) -> Vec<Step> {
        let rows = self.shown_rows(app);
        let confirm = rows.iter().position(|row| *row == Row::Confirm);
        self.cursor
            .go(confirm.unwrap_or(self.cursor.at), rows.len());
        Vec::new()
    }

    pub(super) fn touch(&mut self) {
        self.dirty = true;
        self.warned = false;
        self.error = None;
    }

    pub(super) fn tick_all(&mut self, app: &App, on: bool) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        if let (Some(question), Draft::Multi(_)) = (desk.question(&self.id), &self.draft) {
            let all = desk
                .options(question)
                .filter(|o| on && !o.exclusive)
                .map(|o| o.id.clone());
            let all = Draft::Multi(all.collect());
            self.past.keep(std::mem::replace(&mut self.draft, all));
            self.touch();
        }
        Vec::new()
    }

    /// Changes an item of a checklist; each tick is on disk at once.
    pub(super) fn item(&mut self, app: &App, change: impl FnOnce(&mut Draft, &str)) -> Vec<Step> {
        let Some(Row::Item(id)) = self.row(app) else {
            return Vec::new();
        };
        change(&mut self.draft, &id);
        self.touch();
        self.dirty = false;
        match &self.draft {
            Draft::Items(ticks) if ticks.is_empty() => {
                vec![Step::Do(Effect::Erase {
                    question: self.id.clone(),
                })]
            }
            Draft::Items(ticks) => self.answer(Answer::Value(Value::Ticks(ticks.clone())), true),
            _ => Vec::new(),
        }
    }

    /// Answers an item, and goes to the next one.
    pub(super) fn tick_and_go(&mut self, app: &App, tick: Tick) -> Vec<Step> {
        let steps = self.item(app, |draft, id| draft.tick(id, tick));
        let len = self.shown_rows(app).len();
        self.cursor.go(self.cursor.at + 1, len);
        steps
    }

    pub(super) fn cycle_part(&mut self, at: usize, forward: bool) {
        if let Draft::Form(parts) = &mut self.draft
            && let Some(part) = parts.get_mut(at).filter(|part| part.picks())
        {
            part.cycle(forward);
            self.touch();
        }
    }
}
