//! How keys are written, on screen and in the documentation.

use crossterm::event::KeyCode;

use super::{Action, Command};
use crate::tui::event::Key;
use crate::tui::glyphs::Glyphs;

/// How each key of a command is written, for the help page and the documentation.
pub fn labels(command: &Command, glyphs: &Glyphs) -> Vec<String> {
    if command.action == Action::Digits {
        return vec!["1-9".to_owned()];
    }
    command
        .keys
        .iter()
        .map(|key| key_label(*key, glyphs))
        .collect()
}

/// How a command's key is written on screen.
pub fn label(command: &Command, glyphs: &Glyphs) -> String {
    match (command.action, command.keys.first()) {
        (_, None) => String::new(),
        (Action::Digits, _) => "1-9".to_owned(),
        // One hint stands for both vertical arrows.
        (Action::Up, Some(key)) if key.code == KeyCode::Up => glyphs.arrows[0].to_owned(),
        (_, Some(key)) => key_label(*key, glyphs),
    }
}

/// How a key is written on screen.
pub fn key_label(key: Key, glyphs: &Glyphs) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "Espace".to_owned(),
        KeyCode::Char(c) if key.ctrl => c.to_ascii_uppercase().to_string(),
        KeyCode::Char(c) if c.is_ascii_uppercase() => format!("Maj+{c}"),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Enter => "Entrée".to_owned(),
        KeyCode::Esc => "Échap".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "Maj+Tab".to_owned(),
        KeyCode::Up => glyphs.arrows[0]
            .chars()
            .next()
            .map_or("Haut".to_owned(), |first| {
                if first.is_alphabetic() {
                    "Haut".to_owned()
                } else {
                    first.to_string()
                }
            }),
        KeyCode::Down => glyphs.arrows[0]
            .chars()
            .nth(1)
            .map_or("Bas".to_owned(), |second| {
                if second.is_alphabetic() {
                    "Bas".to_owned()
                } else {
                    second.to_string()
                }
            }),
        KeyCode::Left => glyphs.arrows[1].to_owned(),
        KeyCode::Right => glyphs.arrows[2].to_owned(),
        KeyCode::PageUp => "Page haut".to_owned(),
        KeyCode::PageDown => "Page bas".to_owned(),
        KeyCode::Home => "Début".to_owned(),
        KeyCode::End => "Fin".to_owned(),
        KeyCode::F(n) => format!("F{n}"),
        _ => String::new(),
    };
    if key.ctrl {
        format!("Ctrl+{name}")
    } else {
        name
    }
}
