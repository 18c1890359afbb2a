//! The end of a snapshot: a count, a hash, and proof that nothing is missing.

use std::borrow::Cow;

use crate::storage::checksum::{hex, sha256};

const KEY: &str = "sha256 = \"";
const DIGITS: usize = 64;

/// Ends a text: the hash covers every byte before its own line.
pub(crate) fn seal(text: &mut String) {
    let digest = hex(&sha256(text.as_bytes()));
    text.push_str(KEY);
    text.push_str(&digest);
    text.push_str("\"\n");
}

/// Tells whether a text ends with a whole control line, newline included.
pub fn is_complete(text: &str) -> bool {
    split(text).is_some()
}

/// Tells whether a whole text is what the program wrote, line endings aside.
pub(crate) fn is_intact(text: &str) -> bool {
    split(text).is_some_and(|(body, digest)| {
        // A versioning tool may have changed every line ending; no text spans two lines.
        let body = if body.contains('\r') {
            Cow::Owned(body.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(body)
        };
        hex(&sha256(body.as_bytes())) == digest
    })
}

/// What is hashed, and the hash.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_suffix('\n')?;
    let text = text.strip_suffix('\r').unwrap_or(text);
    let start = text.rfind('\n')? + 1;
    let digest = text[start..].strip_prefix(KEY)?.strip_suffix('"')?;
    let is_hex = digest
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (digest.len() == DIGITS && is_hex).then_some((&text[..start], digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_is_intact_with_either_line_ending() {
        let mut text = "a = 1\n".to_owned();
        seal(&mut text);
        assert!(is_intact(&text));
        assert!(is_intact(&text.replace('\n', "\r\n")));
        assert!(!is_intact(&text.replace("a = 1", "a = 2")));
    }

    #[test]
    fn an_incomplete_end_is_not_complete() {
        let mut text = "a = 1\n".to_owned();
        seal(&mut text);
        assert!(is_complete(&text));
        for cut in 0..text.len() {
            assert!(!is_complete(&text[..cut]), "{cut}");
        }
        assert!(!is_complete(&text.replace("sha256", "sha255")));
    }
}
