//! Makes answers harmless in Markdown.
//!
//! An answer is data: whatever it holds, it reads back as that text and nothing else. [`clean`]
//! removes what cannot be seen, [`markdown`] escapes what Markdown would interpret. Escaping is
//! registered on the template engine, so that no template can forget it.

use std::io::{self, Write};

use super::blank;

/// Removes invisible characters and turns any run of blanks or line ends into one space.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if matches!(
            c,
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ) {
            gap = true;
        } else if !is_hidden(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    let kept = out.trim_start().len();
    out.split_off(out.len() - kept)
}

/// Control, direction, zero-width, tag and private-use characters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..='\u{10ffff}')
}

/// Escapes a value for any place in a Markdown line: paragraph, list, heading, table cell, bold.
pub fn markdown(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    let mut rest = text.char_indices().peekable();
    let ordered = list_marker(text);
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map(|&(_, next)| next);
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric))
            }
            '&' => after.is_none_or(|next| next == '#' || next.is_ascii_alphabetic()),
            '!' => after.is_none(),
            '#' => before.is_none_or(char::is_whitespace),
            '>' | '-' | '+' | '=' | ':' => before.is_none(),
            '.' | ')' => ordered == Some(at),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Position of the `.` or `)` that would make a list item of a value such as « 1. Paris ».
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = text
        .as_bytes()
        .get(digits)
        .is_some_and(|b| matches!(b, b'.' | b')'));
    let alone = text[digits..]
        .chars()
        .nth(1)
        .is_none_or(char::is_whitespace);
    ((1..=9).contains(&digits) && marker && alone).then_some(digits)
}

/// Escape function of the template engine: blanks pass untouched, the rest is escaped.
pub(super) fn write(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // A value mixed with a blank keeps its inner spaces: « Maëlle Le Goff EI ».
    let mut first = true;
    for (part, is_blank) in blank::split(text) {
        if is_blank {
            out.write_all(part.as_bytes())?;
        } else {
            let lead = part.len() - part.trim_start().len();
            let tail = part.trim_end().len();
            if !first {
                out.write_all(&part.as_bytes()[..lead])?;
            }
            out.write_all(markdown(part).as_bytes())?;
            if tail > lead {
                out.write_all(&part.as_bytes()[tail..])?;
            }
        }
        first = false;
    }
    Ok(())
}

/// Escapes an address for the destination of a link; nothing when its scheme is not allowed.
pub fn destination(url: &str) -> Option<String> {
    let url = clean(url);
    is_allowed(&url).then(|| {
        let mut out = String::with_capacity(url.len());
        for c in url.chars() {
            match c {
                ' ' | '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '_' | '[' | ']'
                | '|' | '~' | '&' => {
                    let mut buffer = [0; 4];
                    if matches!(c, '_' | '~' | '&' | '*') {
                        out.push('\\');
                        out.push(c);
                    } else {
                        for byte in c.encode_utf8(&mut buffer).bytes() {
                            out.push('%');
                            out.extend([byte >> 4, byte & 15].map(hexadecimal));
                        }
                    }
                }
                _ => out.push(c),
            }
        }
        out
    })
}

/// A hexadecimal digit.
fn hexadecimal(value: u8) -> char {
    char::from_digit(u32::from(value), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

/// Tells whether a link may lead there: web, mail, telephone, a page of the site, an anchor.
pub fn is_allowed(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
        || lower.starts_with('#')
        || (lower.starts_with('/') && !lower.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_values_stay_as_they_are() {
        for text in [
            "Boulangerie L'Épi d'or",
            "12 rue Saint-Jean, bât. B",
            "8 000 €",
            "jean_dupont@exemple.fr",
            "Dupont & Fils",
            "1.0",
            "Café n° 3 (centre)",
            "A/B : essai ! Oui",
            "10 %",
        ] {
            assert_eq!(markdown(text), text);
        }
    }

    #[test]
    fn what_markdown_reads_is_escaped() {
        assert_eq!(
            markdown("*gras* _et_ `code`"),
            "\\*gras\\* \\_et\\_ \\`code\\`"
        );
        assert_eq!(markdown("1. Paris"), "1\\. Paris");
        assert_eq!(markdown("# titre"), "\\# titre");
        assert_eq!(markdown("<b>&amp;</b>"), "\\<b>\\&amp;\\</b>");
        assert_eq!(markdown("    indenté"), "indenté");
    }

    #[test]
    fn what_cannot_be_seen_is_removed() {
        assert_eq!(clean(" a\u{202e}b\u{0}\u{feff}\n\tc \u{e000}"), "ab c");
        assert_eq!(clean("\u{a0}x\u{a0}"), "x");
    }

    #[test]
    fn only_known_schemes_become_links() {
        assert_eq!(destination("javascript:alert(1)"), None);
        assert_eq!(destination("//exemple.fr"), None);
        assert_eq!(
            destination("https://e.fr/a(b)"),
            Some("https://e.fr/a%28b%29".into())
        );
    }

    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag};

    proptest! {
        #[test]
        fn a_clean_text_holds_nothing_that_cannot_be_seen(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(is_hidden));
            prop_assert_eq!(clean(&cleaned), cleaned);
        }

        #[test]
        fn any_text_reads_back_as_itself(text in "\\PC{0,60}|[ -~é\\n\\t]{0,60}") {
            let read = crate::documents::markdown::flat(&markdown(&clean(&text)));
            prop_assert_eq!(read, clean(&text));
        }

        #[test]
        fn a_link_leads_where_it_is_allowed_and_nowhere_else(
            scheme in "https://|mailto:|tel:|/|#|javascript:|data:|//|",
            rest in "\\PC{0,40}|[ -~\\n]{0,40}",
        ) {
            if let Some(address) = destination(&(scheme + &rest)) {
                let text = format!("[x]({address})");
                let links: Vec<String> = Parser::new(&text)
                    .filter_map(|event| match event {
                        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                        _ => None,
                    })
                    .collect();
                prop_assert_eq!(links.len(), 1, "{}", text);
                prop_assert!(is_allowed(&links[0]), "{}", text);
                let words: String = Parser::new(&text)
                    .filter_map(|event| match event {
                        Event::Text(words) => Some(words.to_string()),
                        _ => None,
                    })
                    .collect();
                prop_assert_eq!(words, "x");
            }
        }
    }
}
