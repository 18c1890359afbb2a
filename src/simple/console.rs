//! Lines in, lines out: at most 80 columns, appended, never redrawn.

use std::io::{self, BufRead, Write};

use unicode_width::UnicodeWidthStr as _;

use crate::domain::input::is_hidden;
use crate::domain::typography;

/// Longest line written, in columns.
const COLUMNS: usize = 80;

/// What stands before what is typed.
const PROMPT: &str = "> ";
/// Most columns that prompts take on one line.
const MOST_PROMPTS: usize = 10;

/// A reader and a writer.
pub struct Console<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    /// Columns that prompts take at the start of the next line, where what is typed is not echoed: in
    /// a pipe, the answer of the program follows on the same line.
    taken: usize,
}

impl<'a> Console<'a> {
    /// A console over a reader and a writer.
    pub fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write) -> Self {
        Self {
            input,
            output,
            taken: 0,
        }
    }

    /// Writes a text, wrapped at words.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.indented("", text)
    }

    /// Writes a text under a lead such as « 1. ».
    pub fn indented(&mut self, lead: &str, text: &str) -> io::Result<()> {
        let under = " ".repeat(lead.width());
        let mut first = true;
        let room = COLUMNS - lead.width() - std::mem::take(&mut self.taken);
        for line in wrap(&typography::french(text), room) {
            let start = if std::mem::take(&mut first) {
                lead
            } else {
                &under
            };
            writeln!(self.output, "{}", format!("{start}{line}").trim_end())?;
        }
        Ok(())
    }

    /// Writes a path or a command whole, to be copied, without what a terminal could obey.
    pub fn whole(&mut self, text: &str) -> io::Result<()> {
        self.taken = 0;
        let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
        writeln!(self.output, "{text}")
    }

    /// Writes an empty line.
    pub fn gap(&mut self) -> io::Result<()> {
        self.taken = 0;
        writeln!(self.output)
    }

    /// Reads what is typed; `None` at the end of the input.
    pub fn ask(&mut self) -> io::Result<Option<String>> {
        if self.taken >= MOST_PROMPTS {
            self.gap()?;
        }
        write!(self.output, "{PROMPT}")?;
        self.taken += PROMPT.len();
        self.output.flush()?;
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            self.gap()?;
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Some(
            line.chars()
                .filter(|c| !is_hidden(*c))
                .collect::<String>()
                .trim()
                .to_owned(),
        ))
    }
}

/// Lines of a text, of `max` columns at most, without what a terminal could obey.
fn wrap(text: &str, max: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        // A closing mark never starts a line.
        let paragraph = [" »", " :", " ;", " ?", " !"]
            .iter()
            .fold(paragraph.to_owned(), |text, mark| {
                text.replace(mark, &mark.replace(' ', "\u{a0}"))
            });
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let word: String = word
                .chars()
                .filter(|c| !is_hidden(*c))
                .map(|c| if c == '\u{202f}' { '\u{a0}' } else { c })
                .collect();
            if !line.is_empty() && line.width() + 1 + word.width() > max {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
            while line.width() > max {
                let rest: String = line.chars().skip(max).collect();
                line = line.chars().take(max).collect();
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Console, wrap};
    use std::io::Cursor;
    use unicode_width::UnicodeWidthStr as _;

    #[test]
    fn lines_break_at_words() {
        assert_eq!(wrap("un deux trois", 7), ["un deux", "trois"]);
        assert_eq!(wrap("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(wrap("a\u{1b}[2Jb", 40), ["a[2Jb"]);
    }

    #[test]
    fn a_prompt_takes_room_from_the_line_that_follows_it() {
        let mut input = Cursor::new("\n".repeat(20));
        let mut out = Vec::new();
        let mut console = Console::new(&mut input, &mut out);
        for asked in 1..6 {
            for _ in 0..asked {
                console.ask().unwrap();
            }
            console.say(&"mot ".repeat(60)).unwrap();
        }
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("> > mot"), "{out}");
        for line in out.lines() {
            assert!(line.width() <= COLUMNS, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_starts_with_a_closing_mark(text in "[a-z]{1,9}( [a-z]{1,9}( [?:!;])?( »[.])?){0,30}", max in 30_usize..80) {
            for line in wrap(&text, max) {
                proptest::prop_assert!(!line.starts_with(['»', '?', ':', '!', ';']));
            }
        }

        #[test]
        fn no_line_is_longer(text in "[a-zé ]{0,200}", max in 5_usize..80) {
            for line in wrap(&text, max) {
                proptest::prop_assert!(line.width() <= max);
            }
        }
    }
}
