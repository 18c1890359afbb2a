//! Pastes that arrive as keys, where no terminal announces them: Windows, the Linux console.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crossterm::event::KeyCode;

use super::event::{Input, Key};
use super::terminal::Signal;

/// Two keys closer than this were not typed by hand.
const FAST: Duration = Duration::from_millis(8);
/// How long what may follow an Enter is waited for.
const REST: Duration = Duration::from_millis(30);
/// Fewest characters before an Enter, and after it, that make it the end of a pasted line. What is
/// shorter is answers typed in advance; a line that nothing follows was typed over a slow connection,
/// or sent by a program.
const LINE: usize = 3;

/// Tells the ends of pasted lines from validations.
///
/// Pure: it is fed inputs with the time they arrived and what follows them, and says what they are.
#[derive(Debug, Clone, Default)]
pub struct Burst {
    last: Option<Duration>,
    /// Characters that arrived together, up to now.
    run: usize,
    /// Whether a line of them ended already.
    is_paste: bool,
    /// Line ends that wait for the line they start.
    ends: usize,
}

impl Burst {
    /// Tells whether what follows decides what an input is: an Enter right after a burst.
    pub fn is_in_doubt(&self, input: &Input, at: Duration) -> bool {
        let is_enter = matches!(input, Input::Key(key) if key.code == KeyCode::Enter);
        is_enter && self.run >= LINE && self.gap(at) < REST
    }

    /// Says what an input that arrived at `at` is, in a text field when `types`; `following`
    /// characters arrived right after it.
    pub fn feed(
        &mut self,
        input: Input,
        at: Duration,
        types: bool,
        following: usize,
    ) -> Vec<Input> {
        let Input::Key(key) = input else {
            *self = Self::default();
            return vec![input];
        };
        if let Some(c) = key.typed() {
            let is_next = self.gap(at) <= FAST;
            let ends = std::mem::take(&mut self.ends);
            self.run = if is_next { self.run + 1 } else { 1 };
            self.is_paste &= is_next;
            self.last = Some(at);
            return vec![match ends {
                0 => input,
                ends => Input::Paste("\n".repeat(ends) + &c.to_string()),
            }];
        }
        if types && self.is_in_doubt(&input, at) && (self.is_paste || following >= LINE) {
            self.last = Some(at);
            self.is_paste = true;
            self.ends += 1;
            if following > 0 {
                return Vec::new();
            }
            return vec![Input::Paste("\n".repeat(std::mem::take(&mut self.ends)))];
        }
        if types && self.is_paste && key.code == KeyCode::Tab && self.gap(at) <= FAST {
            // A cell of a table.
            self.last = Some(at);
            return vec![Input::Key(Key::char(' '))];
        }
        *self = Self::default();
        vec![input]
    }

    fn gap(&self, at: Duration) -> Duration {
        let since = |last| at.saturating_sub(last);
        self.last.map_or(Duration::MAX, since)
    }
}

/// What arrived and was not looked at yet.
#[derive(Debug)]
pub struct Arrived<'a> {
    from: &'a Receiver<Signal>,
    ahead: VecDeque<Signal>,
}

impl<'a> Arrived<'a> {
    /// What comes from there.
    pub fn new(from: &'a Receiver<Signal>) -> Self {
        Self {
            from,
            ahead: VecDeque::new(),
        }
    }

    /// What arrived already, if anything did.
    pub fn take(&mut self) -> Option<Signal> {
        self.ahead.pop_front().or_else(|| self.from.try_recv().ok())
    }

    /// Characters that follow at once, as far as it takes to tell a line; waits for them a moment.
    pub fn following(&mut self) -> usize {
        loop {
            let mut letters = 0;
            for signal in &self.ahead {
                match signal {
                    Signal::Input(Input::Key(key), _) if key.typed().is_some() => letters += 1,
                    // A blank line does not end a paste.
                    Signal::Input(Input::Key(key), _) if key.code == KeyCode::Enter => {}
                    _ => return letters,
                }
            }
            if letters >= LINE {
                return letters;
            }
            match self.from.recv_timeout(REST) {
                Ok(signal) => self.ahead.push_back(signal),
                Err(_) => return letters,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::field::Field;

    fn key(c: char) -> Input {
        Input::Key(Key::code(match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            c => KeyCode::Char(c),
        }))
    }

    /// What a field holds once a text arrived key by key, and how often Enter validated it.
    fn typed(field: Field, text: &str, step: u64) -> (String, usize) {
        let (mut field, mut validated) = (field, 0);
        let mut guard = Burst::default();
        let chars: Vec<char> = text.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let rest = &chars[at + 1..];
            let together = Duration::from_millis(step) <= FAST;
            let letters = rest.iter().filter(|c| **c != '\n').count();
            let following = if together { letters } else { 0 };
            let time = Duration::from_millis(step * at as u64);
            for input in guard.feed(key(*c), time, true, following) {
                match input {
                    Input::Paste(text) => field.paste(&text),
                    Input::Key(key) if key.code == KeyCode::Enter => validated += 1,
                    Input::Key(key) => drop(field.key(key)),
                    other => panic!("{other:?}"),
                }
            }
        }
        (field.value().to_owned(), validated)
    }

    fn pasted(mut field: Field, text: &str) -> String {
        field.paste(text);
        field.value().to_owned()
    }

    #[test]
    fn a_burst_of_lines_does_not_validate_and_a_typed_line_does() {
        let paste = "Les pains\ndu port\n";
        let once = typed(Field::default(), paste, 1);
        assert_eq!(once, ("Les pains du port".to_owned(), 0));
        assert_eq!(
            typed(Field::default(), "Les pains\n", 1),
            ("Les pains".to_owned(), 1)
        );
        assert_eq!(typed(Field::default(), paste, 60).1, 2);
        // Answers typed in advance are short.
        assert_eq!(typed(Field::default(), "Les pains\n2\n", 1).1, 2);
    }

    #[test]
    fn outside_a_field_an_enter_is_an_enter() {
        let mut guard = Burst::default();
        for (at, c) in "abcd".chars().enumerate() {
            guard.feed(key(c), Duration::from_millis(at as u64), false, 0);
        }
        let enter = guard.feed(key('\n'), Duration::from_millis(5), false, 9);
        assert_eq!(enter, [key('\n')]);
    }

    proptest::proptest! {
        #[test]
        fn a_burst_and_an_announced_paste_give_the_same_field(
            lines in proptest::collection::vec("[a-zé]{3,9}( [a-z]{1,5}){0,2}", 2..6),
            last in proptest::bool::ANY, blank in proptest::bool::ANY
        ) {
            let text = lines.join(if blank { "\n\n" } else { "\n" }) + if last { "\n" } else { "" };
            for field in [Field::default(), Field::long("")] {
                let (value, validated) = typed(field.clone(), &text, 1);
                proptest::prop_assert_eq!(value, pasted(field, &text));
                proptest::prop_assert_eq!(validated, 0);
            }
        }

        #[test]
        fn a_typist_validates_at_each_enter(text in "[a-z\n]{0,40}", step in 31_u64..100) {
            let (_, validated) = typed(Field::default(), &text, step);
            proptest::prop_assert_eq!(validated, text.matches('\n').count());
        }
    }
}
