//! The last thing done to a text before a terminal reads it.
//!
//! A dossier can come from anybody: its names, notes and reasons may hold characters that a terminal
//! obeys, or that change what is read around them. Whatever wrote the text, it goes through here.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::input::is_hidden;

/// What stands in place of a character that is not shown.
const SHOWN: char = '\u{fffd}';

/// A text without anything a terminal could obey, line ends and tabs apart.
///
/// A mark at the very beginning says that a table is UTF-8, and the lines of a calendar end with two
/// characters: both are kept.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_kept = |at: usize, c: char| match c {
        '\t' => true,
        '\r' => text[at..].starts_with("\r\n"),
        '\u{feff}' => at == 0,
        c => !is_hidden(c),
    };
    if text.char_indices().all(|(at, c)| is_kept(at, c)) {
        return Cow::Borrowed(text);
    }
    let shown = |(at, c)| if is_kept(at, c) { c } else { SHOWN };
    Cow::Owned(text.char_indices().map(shown).collect())
}

/// The same for JSON, where such a character is only ever inside a text and has an escape of its own:
/// nothing is lost.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").unwrap_or_default();
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ordinary texts strewn with what must not get through.
    fn hostile() -> impl Strategy<Value = String> {
        let bad = "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0001}]";
        proptest::collection::vec(prop_oneof![bad, "\\PC{0,6}", "\r\n|\t|\n"], 0..12)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn nothing_a_terminal_obeys_gets_through(text in hostile()) {
            let shown = visible(&text);
            let rest = shown.strip_prefix('\u{feff}').unwrap_or(&shown).replace("\r\n", "\n");
            prop_assert!(!rest.contains(|c| is_hidden(c) && c != '\t'), "{rest:?}");
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            let again = visible(&shown);
            prop_assert_eq!(&again, &shown);
        }

        #[test]
        fn json_loses_nothing(text in hostile()) {
            let json = serde_json::to_string_pretty(&serde_json::json!({ &text: [&text] })).unwrap();
            let escaped = escaped_json(&json);
            prop_assert!(!escaped.contains(is_hidden), "{escaped:?}");
            let read: serde_json::Value = serde_json::from_str(&escaped).unwrap();
            prop_assert_eq!(&read[&text][0], &serde_json::json!(text));
        }
    }

    #[test]
    fn what_is_ordinary_stays_as_it_is() {
        let table = "\u{feff}Nom;Durée\r\nÉté 🧵;3\u{a0}ans\r\n";
        assert!(matches!(visible(table), Cow::Borrowed(text) if text == table));
        assert_eq!(visible("a\rb\u{feff}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(
            escaped_json("\"\u{202e}\u{e0001}\""),
            r#""\u202e\udb40\udc01""#
        );
    }
}
