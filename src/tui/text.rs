//! Text for the screen: French typography, cutting and wrapping by display width.
//!
//! Everything the program or the catalogue says goes through [`display`]; what the user typed is
//! only cleaned of control characters ([`clean`]). Widths are those of `unicode-width`, cuts fall
//! between graphemes, and lines never break at a no-break space.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

/// No-break space, the only special space used on screen.
pub const NBSP: char = '\u{a0}';

/// Largest measure of running text, whatever the width of the window.
pub const MEASURE: u16 = 78;

/// Removes control characters and makes tabs and narrow spaces safe for a terminal.
pub fn clean(text: &str) -> String {
    text.chars().filter_map(safe).collect()
}

/// What the screen gets of a character, if anything.
fn safe(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        '\u{202f}' => Some(NBSP),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Text of the program or of the catalogue, with no-break spaces where French wants them.
pub fn display(text: &str) -> String {
    let mut chars = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // The boxes of paper forms are missing from the fonts of consoles.
            '☐' => chars.extend(['[', ' ', ']']),
            '☑' | '☒' => chars.extend(['[', 'x', ']']),
            c => chars.extend(safe(c)),
        }
    }
    for at in 0..chars.len() {
        if chars[at] != ' ' {
            continue;
        }
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        let ends = chars.get(at + 2).is_none_or(|c| !c.is_alphanumeric());
        let digits = before.is_some_and(|c| c.is_ascii_digit());
        let grouped = digits
            && (at + 1..at + 4).all(|i| chars.get(i).is_some_and(char::is_ascii_digit))
            && chars.get(at + 4).is_none_or(|c| !c.is_ascii_digit());
        // « article L. 34-5 »
        let article = before == Some('.')
            && after.is_some_and(|c| c.is_ascii_digit())
            && at.checked_sub(2).is_some_and(|i| "LRDA".contains(chars[i]))
            && at
                .checked_sub(3)
                .is_none_or(|i| !chars[i].is_alphanumeric());
        if before == Some('«')
            || article
            || matches!(after, Some('»' | '?' | '!' | ';'))
            || (after == Some(':') && ends)
            || (digits && matches!(after, Some('%' | '€')))
            || grouped
        {
            chars[at] = NBSP;
        }
    }
    chars.into_iter().collect()
}

/// Display width in columns: that of each grapheme, since each is drawn in cells of its own.
pub fn width(text: &str) -> u16 {
    let columns = if text.is_ascii() {
        text.len()
    } else if text.chars().all(is_plain) {
        text.chars().count()
    } else {
        text.graphemes(true).map(UnicodeWidthStr::width).sum()
    };
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Characters of French texts and of our drawings: one column each, joining no other.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2af}')
        || matches!(c, '‐'..='‧' | '€' | '←'..='↓' | '−' | '─'..='▟')
}

/// Cuts a text to a width, at a word when possible, with an ellipsis.
pub fn fit(text: &str, max: u16, ellipsis: &str) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let room = max.saturating_sub(width(ellipsis));
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = width(grapheme);
        if used + w > room {
            break;
        }
        cut.push_str(grapheme);
        used += w;
    }
    if let Some(space) = cut.rfind(' ')
        && width(&cut[..space]) * 3 >= room * 2
    {
        cut.truncate(space);
    }
    // A sign that announced what was cut goes with it.
    let kept = cut.trim_end_matches([' ', NBSP, '·', ',', ':', ';', '-', '–']);
    if !kept.is_empty() {
        cut.truncate(kept.len());
    }
    if width(ellipsis) <= max {
        cut.push_str(ellipsis);
    }
    cut
}

/// Pads a text with spaces to a width, cutting it if it is longer.
pub fn pad(text: &str, to: u16, ellipsis: &str) -> String {
    let mut out = fit(text, to, ellipsis);
    let missing = to.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', usize::from(missing)));
    out
}

/// A word of a line: pieces in several styles, without a breakable space.
#[derive(Default)]
struct Word {
    pieces: Vec<(String, Style)>,
    width: u16,
}

impl Word {
    fn push(&mut self, text: &str, style: Style) {
        self.width = self.width.saturating_add(width(text));
        match self.pieces.last_mut() {
            Some((last, same)) if *same == style => last.push_str(text),
            _ => self.pieces.push((text.to_owned(), style)),
        }
    }
}

/// Ends a line.
fn flush(lines: &mut Vec<Line<'static>>, line: &mut Vec<(String, Style)>, used: &mut u16) {
    let spans = line
        .drain(..)
        .map(|(text, style)| Span::styled(text, style));
    lines.push(Line::from(spans.collect::<Vec<_>>()));
    *used = 0;
}

/// Adds a text to a line, joining pieces of the same style.
fn append(line: &mut Vec<(String, Style)>, text: &str, style: Style) {
    match line.last_mut() {
        Some((last, same)) if *same == style => last.push_str(text),
        _ => line.push((text.to_owned(), style)),
    }
}

/// Wraps styled pieces of text to a width; newlines start a new line.
pub fn wrap_spans(spans: &[Span<'_>], max: u16) -> Vec<Line<'static>> {
    let max = max.max(1);
    let mut lines = Vec::new();
    let mut line: Vec<(String, Style)> = Vec::new();
    let mut used = 0_u16;
    let mut word = Word::default();
    let mut gap: Option<Style> = None;

    let place = |lines: &mut Vec<Line<'static>>,
                 line: &mut Vec<(String, Style)>,
                 used: &mut u16,
                 word: &mut Word,
                 gap: &mut Option<Style>| {
        if word.width == 0 {
            return;
        }
        let space = u16::from(gap.is_some() && *used > 0);
        if *used > 0 && *used + space + word.width > max {
            flush(lines, line, used);
        } else if space == 1 {
            append(line, " ", gap.unwrap_or_default());
            *used += 1;
        }
        *gap = None;
        let taken = std::mem::take(word);
        let fits = *used + taken.width <= max;
        for (text, style) in taken.pieces {
            if fits {
                append(line, &text, style);
                *used += width(&text);
                continue;
            }
            for grapheme in text.graphemes(true) {
                let w = width(grapheme);
                if *used > 0 && *used + w > max {
                    flush(lines, line, used);
                }
                append(line, grapheme, style);
                *used += w;
            }
        }
    };
    for span in spans {
        let mut rest = span.content.as_ref();
        while let Some(at) = rest.find([' ', '\n']) {
            word.push(&rest[..at], span.style);
            place(&mut lines, &mut line, &mut used, &mut word, &mut gap);
            if rest.as_bytes()[at] == b'\n' {
                flush(&mut lines, &mut line, &mut used);
                gap = None;
            } else {
                gap = Some(span.style);
            }
            rest = &rest[at + 1..];
        }
        word.push(rest, span.style);
    }
    place(&mut lines, &mut line, &mut used, &mut word, &mut gap);
    if !line.is_empty() || lines.is_empty() {
        flush(&mut lines, &mut line, &mut used);
    }
    lines
}

/// Wraps a plain text to a width.
pub fn wrap(text: &str, max: u16) -> Vec<String> {
    wrap_spans(&[Span::raw(text)], max)
        .iter()
        .map(Line::to_string)
        .collect()
}

/// « 1 réponse », « 3 réponses »: zero and one take the singular, as French wants.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!(
        "{number}{NBSP}{}",
        if number < 2 { singular } else { plural }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(
            display("Quoi ? « oui » : 12 500 €"),
            "Quoi\u{a0}? «\u{a0}oui\u{a0}»\u{a0}: 12\u{a0}500\u{a0}€"
        );
        assert_eq!(display("a\u{202f}; b"), "a\u{a0}; b");
        assert_eq!(display("de 18 ans"), "de 18 ans");
        assert_eq!(display("article L. 34-5"), "article L.\u{a0}34-5");
        assert_eq!(display("au RCS. 3 jours"), "au RCS. 3 jours");
    }

    #[test]
    fn control_characters_never_reach_the_screen() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\u{202e}"), "a[31mb");
    }

    #[test]
    fn wrapping_keeps_no_break_spaces_and_cuts_long_words() {
        assert_eq!(
            wrap("Où allez-vous\u{a0}? Loin", 15),
            ["Où allez-vous\u{a0}?", "Loin"]
        );
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("un\n\ndeux", 10), ["un", "", "deux"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn cutting_prefers_words() {
        assert_eq!(fit("Boulangerie Martin", 12, "…"), "Boulangerie…");
        assert_eq!(fit("Boulangerie", 4, "…"), "Bou…");
        assert_eq!(fit("Cookies · question 1", 11, "…"), "Cookies…");
        assert_eq!(pad("ab", 4, "…"), "ab  ");
    }

    #[test]
    fn plain_characters_take_one_column_and_join_nothing() {
        let plain: String = ('\0'..='\u{ffff}').filter(|c| is_plain(*c)).collect();
        assert!(plain.contains("é") && plain.contains('…') && plain.contains('█'));
        for c in plain.chars() {
            assert_eq!(c.to_string().width(), 1, "{c:?}");
        }
        let alone = plain.graphemes(true).count();
        assert_eq!(alone, plain.chars().count());
    }

    proptest::proptest! {
        #[test]
        fn no_line_exceeds_the_width(text in "\\PC{0,80}", max in 6_u16..40) {
            for line in wrap(&clean(&text), max) {
                proptest::prop_assert!(width(&line) <= max);
            }
        }
    }
}
