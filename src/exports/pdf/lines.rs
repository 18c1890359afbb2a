//! From words to lines: broken at ordinary spaces, so that no-break spaces hold.
//!
//! Lines are ragged on the right and words are never cut, except one that no line can hold: the
//! text reads, is searched and is copied as it was written.

use std::rc::Rc;

use super::blocks::{Look, Span};
use super::fonts::{Fonts, Shaped};

/// Words of one look within a line.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) shaped: Shaped,
    pub(super) look: Look,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    width: f32,
}

impl Line {
    fn push(&mut self, shaped: &Shaped, look: &Look) {
        self.width += shaped.width;
        match self.runs.last_mut() {
            Some(run) if run.look == *look => run.shaped.append(shaped),
            _ => self.runs.push(Run {
                shaped: shaped.clone(),
                look: look.clone(),
            }),
        }
    }
}

/// What holds together: fragments without a space between them.
#[derive(Default)]
struct Word {
    parts: Vec<(Rc<Shaped>, Look)>,
    width: f32,
    /// Whether a space, and of which look, comes before.
    space: Option<Look>,
    /// Whether a line ends before.
    ends_line: bool,
}

/// Breaks words in lines of this width, for a size of 1.
pub(super) fn lines(fonts: &mut Fonts, spans: &[Span], width: f32) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for word in words(fonts, spans, Some(width)) {
        let space = word
            .space
            .as_ref()
            .map(|look| (fonts.shape(" ", look.face), look));
        let gap = space.as_ref().map_or(0.0, |(space, _)| space.width);
        let Some(line) = lines.last_mut() else { break };
        let empty = line.runs.is_empty();
        let fits = empty || line.width + gap + word.width <= width + 0.001;
        // The space stays at the end of a line that is broken there: words never run together.
        if let Some((space, look)) = space.filter(|_| !empty) {
            line.push(&space, look);
        }
        if word.ends_line || !fits {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            for (shaped, look) in &word.parts {
                line.push(shaped, look);
            }
        }
    }
    lines
}

/// Width of the longest word and of the whole text, for a size of 1.
pub(super) fn widths(fonts: &mut Fonts, spans: &[Span]) -> (f32, f32) {
    let words = words(fonts, spans, None);
    let longest = words.iter().map(|word| word.width).fold(0.0, f32::max);
    let whole = words.iter().map(|word| word.width + 0.28).sum();
    (longest, whole)
}

fn words(fonts: &mut Fonts, spans: &[Span], limit: Option<f32>) -> Vec<Word> {
    let mut out = Vec::new();
    let mut word = Word::default();
    for span in spans {
        if span.text == "\n" {
            flush(&mut word, &mut out);
            word.ends_line = true;
            continue;
        }
        let look = &span.look;
        let text = fonts.fit(&span.text, look.face);
        for (at, piece) in text.split(' ').enumerate() {
            if at > 0 {
                flush(&mut word, &mut out);
                word.space = Some(look.clone());
            }
            if piece.is_empty() {
                continue;
            }
            for part in hyphens(piece) {
                if !word.parts.is_empty() && ends_with_hyphen(&word) {
                    flush(&mut word, &mut out);
                }
                fill(fonts, part, look, limit, &mut word, &mut out);
            }
        }
    }
    flush(&mut word, &mut out);
    out
}

/// Adds a fragment to a word, cut where no line could hold it.
fn fill(
    fonts: &mut Fonts,
    part: &str,
    look: &Look,
    limit: Option<f32>,
    word: &mut Word,
    out: &mut Vec<Word>,
) {
    let shaped = fonts.shape(part, look.face);
    let limit = limit.unwrap_or(f32::INFINITY);
    if word.width + shaped.width <= limit {
        word.width += shaped.width;
        word.parts.push((shaped, look.clone()));
        return;
    }
    if !word.parts.is_empty() && shaped.width <= limit {
        flush(word, out);
        return fill(fonts, part, look, Some(limit), word, out);
    }
    let mut buffer = [0; 4];
    for c in part.chars() {
        let letter = fonts.shape(c.encode_utf8(&mut buffer), look.face);
        if word.width + letter.width > limit {
            flush(word, out);
        }
        word.width += letter.width;
        word.parts.push((letter, look.clone()));
    }
}

fn flush(word: &mut Word, out: &mut Vec<Word>) {
    if !word.parts.is_empty() {
        out.push(std::mem::take(word));
    }
}

fn ends_with_hyphen(word: &Word) -> bool {
    let mut parts = word.parts.iter().rev();
    let last = parts.next();
    last.is_some_and(|(shaped, _)| {
        let mut letters = shaped.text.chars().rev();
        letters.next() == Some('-') && letters.next().is_some_and(char::is_alphabetic)
    })
}

/// A word in parts, each but the last ending with a hyphen between two letters.
fn hyphens(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in word.match_indices('-') {
        let before = word[start..at]
            .chars()
            .filter(|c| c.is_alphabetic())
            .count();
        let after = word[at + 1..]
            .chars()
            .take_while(|c| c.is_alphabetic())
            .count();
        if before >= 3 && after >= 3 {
            parts.push(&word[start..=at]);
            start = at + 1;
        }
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::pdf::fonts::Face;

    fn span(text: &str) -> Span {
        Span {
            text: text.to_owned(),
            look: Look {
                face: Face::Regular,
                back: None,
                link: None,
            },
        }
    }

    fn broken(text: &str, width: f32) -> Vec<String> {
        let mut fonts = Fonts::load().unwrap_or_else(|error| unreachable!("{error}"));
        let lines = lines(&mut fonts, &[span(text)], width);
        lines
            .iter()
            .map(|line| {
                line.runs
                    .iter()
                    .map(|run| run.shaped.text.as_str())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn no_break_spaces_hold_and_nothing_is_lost() {
        let text = "Combien\u{202f}? Voici\u{a0}: «\u{a0}oui\u{a0}», un rendez-vous de 1\u{202f}500\u{a0}€ et une suite.";
        for width in [4.0, 6.0, 9.0, 100.0] {
            let lines = broken(text, width);
            assert_eq!(lines.concat(), text);
            for line in &lines {
                assert!(!line.starts_with([':', '?', '»', '€', ' ']), "{line}");
            }
        }
    }

    #[test]
    fn a_word_no_line_can_hold_is_cut_and_stays_inside() {
        let text = "é".repeat(500);
        let lines = broken(&text, 10.0);
        assert!(lines.len() > 20);
        assert_eq!(lines.concat(), text);
    }
}
