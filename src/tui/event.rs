//! Terminal events made plain: presses only, `AltGr` resolved, pastes apart from keys.
//!
//! Everything downstream sees an [`Input`]; nothing else in the program knows crossterm events.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

/// A key, with the modifiers that matter: Shift is already in the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub ctrl: bool,
}

impl Key {
    /// A key alone.
    pub const fn code(code: KeyCode) -> Self {
        Self { code, ctrl: false }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::code(KeyCode::Char(c))
    }

    /// A character with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: KeyCode::Char(c),
            ctrl: true,
        }
    }

    /// The character this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }
}

/// What the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text; its line ends are `\n`.
    Paste(String),
    /// Clicked at a column and a row.
    Click(u16, u16),
    /// Turned the wheel; negative is up.
    Wheel(i8),
    /// Resized the window.
    Resize(u16, u16),
}

/// Makes an event plain; `None` when it means nothing to us.
pub fn normalise(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => normalise_key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(-1)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(1)),
            _ => None,
        },
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Escape pressed just before a character can reach us as Alt and that character: both are given.
pub fn split(event: Event) -> Vec<Input> {
    if let Event::Key(key) = &event
        && key.modifiers.contains(KeyModifiers::ALT)
        && !key.modifiers.contains(KeyModifiers::CONTROL)
        && key
            .code
            .as_char()
            .is_some_and(|c| c.is_ascii_alphanumeric())
        && key.kind != KeyEventKind::Release
    {
        let escape = Input::Key(Key::code(KeyCode::Esc));
        return std::iter::once(escape).chain(normalise(event)).collect();
    }
    normalise(event).into_iter().collect()
}

fn normalise_key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let mut ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        // AltGr arrives as Ctrl+Alt on Windows: the character is what was typed.
        KeyCode::Char(c) if ctrl && alt => {
            ctrl = false;
            KeyCode::Char(c)
        }
        KeyCode::Char('h') if ctrl => {
            ctrl = false;
            KeyCode::Backspace
        }
        KeyCode::Char('j' | 'm') if ctrl => {
            ctrl = false;
            KeyCode::Enter
        }
        KeyCode::Char('i') if ctrl => {
            ctrl = false;
            KeyCode::Tab
        }
        KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        KeyCode::Tab if shift => KeyCode::BackTab,
        KeyCode::Enter => {
            ctrl = false;
            KeyCode::Enter
        }
        code => code,
    };
    Some(Key { code, ctrl })
}

/// The digit a key stands for in a choice list: the digit row, shifted or not, on AZERTY keyboards.
pub fn digit(c: char) -> Option<usize> {
    Some(match c {
        '0'..='9' => usize::from(u8::try_from(c).ok()? - b'0'),
        '&' => 1,
        'é' => 2,
        '"' => 3,
        '\'' => 4,
        '(' => 5,
        '-' | '§' => 6,
        'è' => 7,
        '_' | '!' => 8,
        'ç' => 9,
        'à' => 0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEventState;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
        normalise(Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn alt_gr_types_its_character() {
        for c in "@#{}[]|\\€~^".chars() {
            for extra in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
                let modifiers = KeyModifiers::CONTROL | KeyModifiers::ALT | extra;
                assert_eq!(
                    press(KeyCode::Char(c), modifiers),
                    Some(Input::Key(Key::char(c)))
                );
            }
        }
    }

    #[test]
    fn escape_glued_to_a_letter_is_both() {
        let event = Event::Key(KeyEvent::new(KeyCode::Char('b'), KeyModifiers::ALT));
        let both = [
            Input::Key(Key::code(KeyCode::Esc)),
            Input::Key(Key::char('b')),
        ];
        assert_eq!(split(event), both);
    }

    #[test]
    fn releases_are_ignored_and_repeats_count() {
        let with = |kind| {
            normalise(Event::Key(KeyEvent {
                code: KeyCode::Down,
                modifiers: KeyModifiers::NONE,
                kind,
                state: KeyEventState::NONE,
            }))
        };
        assert_eq!(with(KeyEventKind::Release), None);
        assert_eq!(
            with(KeyEventKind::Repeat),
            Some(Input::Key(Key::code(KeyCode::Down)))
        );
    }

    #[test]
    fn control_letters_that_are_keys_become_those_keys() {
        let ctrl = |c| press(KeyCode::Char(c), KeyModifiers::CONTROL);
        assert_eq!(ctrl('h'), Some(Input::Key(Key::code(KeyCode::Backspace))));
        assert_eq!(ctrl('m'), Some(Input::Key(Key::code(KeyCode::Enter))));
        assert_eq!(ctrl('z'), Some(Input::Key(Key::ctrl('z'))));
        assert_eq!(
            press(KeyCode::Tab, KeyModifiers::SHIFT),
            Some(Input::Key(Key::code(KeyCode::BackTab)))
        );
    }

    #[test]
    fn the_unshifted_azerty_row_gives_digits() {
        let row: Vec<_> = "&é\"'(-è_çà".chars().map(digit).collect();
        let expected: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(Some).to_vec();
        assert_eq!(row, expected);
        assert_eq!(
            (digit('§'), digit('!'), digit('7')),
            (Some(6), Some(8), Some(7))
        );
        assert_eq!(digit('a'), None);
    }

    #[test]
    fn pasted_line_ends_are_normalised() {
        assert_eq!(
            normalise(Event::Paste("a\r\nb\rc".into())),
            Some(Input::Paste("a\nb\nc".into()))
        );
    }
}
