//! The plan as text, as Markdown, and in every other format.

use std::fmt::Write as _;

use super::pdf::{Part, PdfError, Properties, Written, write};
use super::wording::plural;
use crate::documents::escape::{clean, markdown as escape};
use crate::domain::branding::Branding;
use crate::domain::explain::{day, gain};
use crate::domain::plan::{FIRST_ACTIONS, Plan, PlannedAction};
use crate::domain::typography::french;

/// The plan to read in a terminal.
pub fn text(name: &str, plan: &Plan<'_>, date: jiff::civil::Date) -> String {
    let count = plan.actions.len();
    let mut text = format!(
        "{name} — plan d'action au {} : {count} {}\n",
        day(date),
        plural(count, "action", "actions")
    );
    for (at, action) in plan.actions.iter().enumerate() {
        if at == FIRST_ACTIONS {
            text.push_str("\nEnsuite\n");
        }
        writeln!(
            text,
            "\n{:>2}. {}\n    {} · {} · {} · avant le {} · {}",
            at + 1,
            french(&action.title),
            gain(action.gain),
            action.effort.label(),
            action.owner,
            day(action.due),
            action.tracking.status.label(),
        )
        .unwrap_or_default();
        writeln!(text, "    Dès aujourd'hui : {}", french(&action.first_step)).unwrap_or_default();
    }
    text
}

/// The plan as Markdown.
pub fn markdown(name: &str, plan: &Plan<'_>, date: jiff::civil::Date) -> String {
    let escaped = escape(&clean(name));
    format!("# Plan d'action — {escaped}\n\nAu {}.\n", day(date)) + &actions(plan)
}

/// The plan as an accessible PDF.
pub fn pdf(
    name: &str,
    plan: &Plan<'_>,
    date: jiff::civil::Date,
    branding: Option<&Branding>,
) -> Result<Written, PdfError> {
    let properties = Properties {
        title: &format!("Plan d’action — {name}"),
        note: Some(&format!("Au {}.", day(date))),
        author: name,
        date,
        landscape: false,
        branding,
    };
    write(&properties, &[Part::Text(actions(plan))])
}

fn actions(plan: &Plan<'_>) -> String {
    let mut text = String::new();
    for (at, action) in plan.actions.iter().enumerate() {
        writeln!(text, "\n## {}. {}\n", at + 1, french(&action.title)).unwrap_or_default();
        action_markdown(&mut text, action);
    }
    text
}

fn action_markdown(text: &mut String, action: &PlannedAction<'_>) {
    let rows = [
        ("Gain", gain(action.gain)),
        ("Temps", action.effort.label().to_owned()),
        ("Qui", escape(&clean(&action.owner))),
        ("Avant le", day(action.due)),
        ("État", action.tracking.status.label().to_owned()),
        ("Dès aujourd'hui", french(&action.first_step)),
        ("Preuve à garder", french(&action.proof)),
    ];
    for (label, value) in rows {
        writeln!(text, "- **{label} :** {value}").unwrap_or_default();
    }
    text.push('\n');
    for (at, step) in action.steps.iter().enumerate() {
        writeln!(text, "{}. {}", at + 1, french(step)).unwrap_or_default();
    }
    if let Some(note) = &action.tracking.note {
        writeln!(text, "\n> {}", escape(&clean(note))).unwrap_or_default();
    }
}
