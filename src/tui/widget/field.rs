//! A text field over `tui-input`: one line or several, drawn wrapped, with the real cursor.

use crossterm::event::KeyCode;
use tui_input::{Input, InputRequest};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::tui::event::Key;
use crate::tui::text;

/// Longest text a field holds, in characters: far more than an answer may have, so that what is
/// too long is told when it is given, and stays there to be shortened.
const LIMIT: usize = 100_000;

/// Most changes that can be undone.
const UNDONE: usize = 100;

/// A text being typed.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
    multiline: bool,
    /// What was typed before, and what was undone since.
    past: Vec<Input>,
    future: Vec<Input>,
}

impl Field {
    /// A field of one line holding a text.
    pub fn new(value: &str) -> Self {
        Self {
            input: Input::new(value.to_owned()),
            ..Self::default()
        }
    }

    /// A field of several lines holding a text.
    pub fn long(value: &str) -> Self {
        Self {
            input: Input::new(value.to_owned()),
            multiline: true,
            ..Self::default()
        }
    }

    /// The text.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Tells whether nothing but spaces was typed.
    pub fn is_empty(&self) -> bool {
        self.value().trim().is_empty()
    }

    /// Tells whether it holds what it was opened with, and never held anything else.
    pub fn is_untouched(&self) -> bool {
        self.past.is_empty() && self.future.is_empty()
    }

    /// Replaces the text.
    pub fn set(&mut self, value: &str) {
        self.input = Input::new(value.nfc().collect());
    }

    /// Replaces the text by another choice, which can be taken back.
    pub fn choose(&mut self, value: &str) {
        self.remember();
        self.set(value);
    }

    /// Empties the field; what it held can be taken back.
    fn clear(&mut self) {
        if !self.value().is_empty() {
            self.remember();
            self.input = Input::default();
        }
    }

    /// Takes back the last change, or does it again, if the key asks for that and there is one.
    pub fn travels(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl) {
            (KeyCode::Char('z'), true) => self.travel(true),
            (KeyCode::Char('y'), true) => self.travel(false),
            _ => false,
        }
    }

    /// Inserts a pasted text; a field of one line flattens it.
    pub fn paste(&mut self, pasted: &str) {
        self.remember();
        let mut cleaned = text::clean(pasted);
        let (before, after) = self.around_cursor();
        if !self.multiline {
            cleaned = cleaned.trim_end().replace('\n', " ");
            // What goes on with a text keeps what parts it from it.
            if before.is_empty() || before.ends_with(char::is_whitespace) {
                cleaned = cleaned.trim_start().to_owned();
            }
        }
        let room = LIMIT.saturating_sub(self.value().chars().count());
        let kept: String = cleaned.chars().take(room).collect();
        let cursor = self.input.cursor() + kept.chars().count();
        self.input = Input::new([before, &kept, after].concat()).with_cursor(cursor);
        self.compose();
    }

    /// The text before the cursor, and after.
    fn around_cursor(&self) -> (&str, &str) {
        let value = self.value();
        let cursor = value.char_indices().nth(self.input.cursor());
        value.split_at(cursor.map_or(value.len(), |(at, _)| at))
    }

    /// Keeps the text as it is, to come back to it.
    fn remember(&mut self) {
        self.future.clear();
        if self.past.len() == UNDONE {
            self.past.remove(0);
        }
        self.past.push(self.input.clone());
    }

    /// Goes back to the text before the last change, or forward again; `false` when there is none.
    fn travel(&mut self, back: bool) -> bool {
        let (from, to) = if back {
            (&mut self.past, &mut self.future)
        } else {
            (&mut self.future, &mut self.past)
        };
        // Typing and deleting back to the same text left nothing to see.
        while let Some(input) = from.pop() {
            let changed = input.value() != self.input.value();
            to.push(std::mem::replace(&mut self.input, input));
            if changed {
                return true;
            }
        }
        false
    }

    fn insert(&mut self, c: char) {
        if self.value().chars().count() < LIMIT {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Composes accents typed or pasted apart, keeping the cursor where it was.
    fn compose(&mut self) {
        let value = self.value();
        let composed: String = value.nfc().collect();
        if composed != value {
            let before: String = value.chars().take(self.input.cursor()).collect();
            let cursor = before.nfc().count();
            self.input = Input::new(composed).with_cursor(cursor);
        }
    }

    /// Handles a key; tells whether the field used it.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            if !c.is_control() {
                // A word is undone at once.
                if c == ' ' || self.typing_starts() {
                    self.remember();
                }
                self.insert(c);
                self.compose();
            }
            return true;
        }
        if matches!(key.code, KeyCode::Char('z' | 'y')) && key.ctrl {
            return self.travels(key);
        }
        if matches!(key.code, KeyCode::Char('u')) && key.ctrl {
            self.clear();
            return true;
        }
        let request = match (key.code, key.ctrl) {
            (KeyCode::Backspace, false) => InputRequest::DeletePrevChar,
            (KeyCode::Backspace | KeyCode::Char('w'), true) => InputRequest::DeletePrevWord,
            (KeyCode::Delete, _) => InputRequest::DeleteNextChar,
            (KeyCode::Left, false) => InputRequest::GoToPrevChar,
            (KeyCode::Right, false) => InputRequest::GoToNextChar,
            (KeyCode::Left, true) => InputRequest::GoToPrevWord,
            (KeyCode::Right, true) => InputRequest::GoToNextWord,
            (KeyCode::Home, _) | (KeyCode::Char('a'), true) => InputRequest::GoToStart,
            (KeyCode::End, _) | (KeyCode::Char('e'), true) => InputRequest::GoToEnd,
            (KeyCode::Enter, false) if self.multiline => InputRequest::InsertChar('\n'),
            (KeyCode::Up, false) if self.multiline => return self.move_line(false),
            (KeyCode::Down, false) if self.multiline => return self.move_line(true),
            _ => return false,
        };
        let before = self.input.clone();
        self.input.handle(request);
        if before.value() != self.value() {
            self.future.clear();
            self.past.push(before);
        }
        true
    }

    /// Tells whether the next character starts something: nothing was typed just before it.
    fn typing_starts(&self) -> bool {
        self.past.is_empty() || !self.future.is_empty()
    }

    /// Moves to the line above or below; `false` when there is none.
    fn move_line(&mut self, down: bool) -> bool {
        let before: String = self.value().chars().take(self.input.cursor()).collect();
        let row = before.matches('\n').count();
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count());
        let lines: Vec<usize> = self
            .value()
            .split('\n')
            .map(|l| l.chars().count())
            .collect();
        let target = if down {
            Some(row + 1)
        } else {
            row.checked_sub(1)
        };
        let Some(target) = target.filter(|&at| at < lines.len()) else {
            return false;
        };
        let start: usize = lines[..target].iter().map(|n| n + 1).sum();
        let cursor = start + column.min(lines[target]);
        self.input.handle(InputRequest::SetCursor(cursor));
        true
    }

    /// Lines as drawn at a width, and the row and column of the cursor.
    pub fn layout(&self, width: u16) -> (Vec<String>, (usize, u16)) {
        let width = width.max(2);
        let mut lines = vec![String::new()];
        let (mut used, mut chars) = (0, 0);
        let mut cursor = None;
        for grapheme in self.value().graphemes(true) {
            if cursor.is_none() && chars >= self.input.cursor() {
                cursor = Some((lines.len() - 1, used));
            }
            chars += grapheme.chars().count();
            if grapheme == "\n" {
                lines.push(String::new());
                used = 0;
                continue;
            }
            let w = text::width(grapheme);
            if used + w >= width {
                lines.push(String::new());
                used = 0;
                if cursor.is_some_and(|(row, _)| row + 2 == lines.len())
                    && chars - grapheme.chars().count() == self.input.cursor()
                {
                    cursor = Some((lines.len() - 1, 0));
                }
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(grapheme);
            }
            used += w;
        }
        let end = (lines.len() - 1, used);
        (lines, cursor.unwrap_or(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut Field, script: &str) {
        for c in script.chars() {
            field.key(Key::char(c));
        }
    }

    #[test]
    fn accents_compose_and_delete_whole() {
        let mut field = Field::default();
        typed(&mut field, "e\u{301}te");
        assert_eq!(field.value(), "éte");
        for _ in 0..3 {
            field.key(Key::code(KeyCode::Backspace));
        }
        assert!(field.value().is_empty());
    }

    #[test]
    fn a_paste_of_three_lines_is_one_line_or_three() {
        let mut short = Field::default();
        short.paste("a\nb\nc\n");
        assert_eq!(short.value(), "a b c");
        let mut long = Field::long("");
        long.paste("a\nb\nc");
        assert_eq!(long.value(), "a\nb\nc");
    }

    #[test]
    fn a_long_paste_is_whole_and_stands_at_the_cursor() {
        let mut field = Field::new("début fin");
        for _ in 0.." fin".len() {
            field.key(Key::code(KeyCode::Left));
        }
        let pasted = " é".repeat(4_000);
        field.paste(&format!("x{pasted}"));
        assert_eq!(field.value(), format!("débutx{pasted} fin"));
        typed(&mut field, "!");
        assert_eq!(field.value(), format!("débutx{pasted}! fin"));
    }

    #[test]
    fn ctrl_u_empties_the_field_and_ctrl_z_gives_it_back() {
        let mut field = Field::new("une faute");
        assert!(field.key(Key::ctrl('u')));
        assert_eq!(field.value(), "");
        assert!(field.key(Key::ctrl('z')));
        assert_eq!(field.value(), "une faute");
    }

    #[test]
    fn digits_of_the_azerty_row_type_themselves() {
        let mut field = Field::default();
        typed(&mut field, "&é\"à@{");
        assert_eq!(field.value(), "&é\"à@{");
    }

    #[test]
    fn the_cursor_follows_lines() {
        let mut field = Field::long("ab\ncd");
        assert_eq!(field.layout(20), (vec!["ab".into(), "cd".into()], (1, 2)));
        assert!(field.key(Key::code(KeyCode::Up)));
        assert_eq!(field.layout(20).1, (0, 2));
        assert!(!field.key(Key::code(KeyCode::Up)));
        assert!(!Field::new("a").key(Key::code(KeyCode::Up)));
    }

    proptest::proptest! {
        #[test]
        fn the_cursor_stays_inside(text in "\\PC{0,60}", width in 4_u16..40, left in 0_usize..70) {
            let mut field = Field::default();
            field.paste(&text);
            for _ in 0..left {
                field.key(Key::code(KeyCode::Left));
            }
            let (lines, (row, column)) = field.layout(width);
            proptest::prop_assert!(row < lines.len());
            proptest::prop_assert!(column < width);
        }
    }
}
