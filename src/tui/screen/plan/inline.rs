//! Who, when and the note of an action, written under its row of the plan.

use crate::domain::dossier::Tracking;
use crate::domain::explain::day;
use crate::domain::plan::PlannedAction;
use crate::tui::screen::action::{Part, labels, read_due};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::Page;

/// A part of an action being written.
#[derive(Debug)]
pub struct Inline {
    /// The action.
    pub action: String,
    part: Part,
    label: String,
    /// What is typed.
    pub field: Field,
    before: Tracking,
    error: Option<String>,
}

impl Inline {
    /// Opens a part of an action on what is on file; the status has no text, and its card.
    pub fn of(action: &PlannedAction<'_>, part: Part) -> Self {
        let known = &action.tracking;
        let (owner, due) = labels(action);
        let (label, text) = match part {
            Part::Due => (due, known.due.map(day)),
            Part::Note => ("Note".to_owned(), known.note.clone()),
            Part::Owner | Part::Status => (owner, known.owner.clone()),
        };
        Self {
            action: action.id.clone(),
            part,
            label,
            field: Field::new(&text.unwrap_or_default()),
            before: known.clone(),
            error: None,
        }
    }

    /// Draws the field under the row of the action.
    pub fn draw(&self, page: &mut Page<'_>, target: usize) {
        page.field(target, &self.label, &self.field);
        if let Some(error) = &self.error {
            page.text(Role::Bad, &format!("! {error}"));
        }
    }

    /// Says what is wrong with what is typed, until it changes.
    pub fn refuse(&mut self, error: Option<String>) {
        self.error = error;
    }

    /// The decision once this part is what is typed; nothing when it is what it was.
    pub fn tracking(&self) -> Result<Option<Tracking>, String> {
        let typed = self.field.value().trim();
        let typed = (!typed.is_empty()).then(|| typed.to_owned());
        let mut tracking = self.before.clone();
        match self.part {
            Part::Due => tracking.due = read_due(&self.field)?,
            Part::Note => tracking.note = typed,
            Part::Owner | Part::Status => tracking.owner = typed,
        }
        Ok((tracking != self.before).then_some(tracking))
    }
}
