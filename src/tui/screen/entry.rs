//! One entry of a repeatable group: its fields, then save or remove.

use crossterm::event::KeyCode;

use super::draft::{Part, Record, record};
use super::question::measure;
use super::{Cursor, Handed, NEXT_FIELD, Pending, Step, View};
use crate::domain::catalogue::{Field, Question};
use crate::domain::input::missing::still_to_say;
use crate::tui::app::App;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Look, Page};

/// An entry being filled in.
#[derive(Debug)]
pub struct Entry {
    question: String,
    at: usize,
    fields: Vec<Field>,
    parts: Vec<Part>,
    /// What the entry said when it was opened.
    before: Record,
    known: bool,
    cursor: Cursor,
}

impl Entry {
    /// Opens the entry at a position of a list.
    pub fn new(question: &Question, at: usize, entry: &Record, known: bool) -> Self {
        let fields = question.fields.clone();
        let parts: Vec<Part> = fields.iter().map(|slot| Part::of(slot, entry)).collect();
        Self {
            question: question.text.clone(),
            at,
            fields,
            before: record(&parts),
            parts,
            known,
            cursor: Cursor::default(),
        }
    }

    fn hand(&self, keep: bool) -> Vec<Step> {
        let record = keep
            .then(|| record(&self.parts))
            .filter(|record| !record.is_empty());
        // What is missing is said, and stops nobody.
        let kept = record.as_ref();
        let missing = kept.and_then(|record| still_to_say(&self.fields, record));
        let handed = Handed {
            at: self.at,
            is_removal: self.known && record.is_none(),
            record,
        };
        let said = missing.map(|words| Step::Say(Role::Warn, words));
        std::iter::once(Step::Hand(handed)).chain(said).collect()
    }

    fn focused(&mut self) -> Option<&mut Part> {
        self.parts.get_mut(self.cursor.at)
    }
}

impl View for Entry {
    fn scope(&self, _app: &App) -> Scope {
        if self.cursor.at < self.parts.len() {
            Scope::Typing
        } else {
            Scope::List
        }
    }

    fn title(&self, _app: &App) -> String {
        format!("Fiche {}", self.at + 1)
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.text(Role::Title, &self.question);
        page.gap();
        for (target, part) in self.parts.iter().enumerate() {
            if part.picks() {
                let text = format!("{} : {}", part.label, part.chosen());
                page.choice(target, "", &text);
            } else {
                page.sized_field(target, &part.label, &part.field, measure(part.kind));
            }
        }
        page.gap();
        let next = self.parts.len();
        let mut buttons = vec![(next, "Enregistrer la fiche")];
        if self.known {
            buttons.push((next + 1, "Supprimer la fiche"));
        }
        page.buttons(&buttons);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        self.parts.len() + 1 + usize::from(self.known)
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept if self.cursor.at < self.parts.len() => {
                self.cursor.at += 1;
                Vec::new()
            }
            Action::Right => {
                if let Some(part) = self.focused().filter(|part| part.picks()) {
                    part.cycle(true);
                }
                Vec::new()
            }
            Action::Accept => self.hand(self.cursor.at == self.parts.len()),
            // Leaving keeps what was typed: nothing is ever lost.
            Action::Back => self.hand(true),
            Action::Previous => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        let Some(part) = self.focused() else {
            return false;
        };
        if part.picks() {
            match key.code {
                KeyCode::Right | KeyCode::Char(' ') => part.cycle(true),
                KeyCode::Left => part.cycle(false),
                _ => return key.typed().is_some() || part.field.travels(key),
            }
            return true;
        }
        part.field.key(key)
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if let Some(part) = self.focused().filter(|part| !part.picks()) {
            part.field.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        Pending {
            save: None,
            lost: record(&self.parts) != self.before,
        }
    }

    fn enter(&self, _app: &App) -> Option<&'static str> {
        (self.cursor.at < self.parts.len()).then_some(NEXT_FIELD)
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
