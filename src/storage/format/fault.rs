//! What is wrong in a text, where, and in French.

use std::ops::Range;

/// Something wrong in a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("ligne {line}, colonne {column} : {what}")]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in French, without a final stop.
    pub what: String,
}

impl Fault {
    /// A fault at this byte of a text.
    pub(crate) fn at(text: &str, offset: usize, what: impl Into<String>) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            what: what.into(),
        }
    }
}

/// Why a text gives no dossier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The text is damaged.
    #[error(transparent)]
    Damaged(#[from] Fault),
    /// The text was written by a newer program.
    #[error("format {0} inconnu de cette version")]
    Newer(u64),
}

/// A fault not yet placed in its text.
#[derive(Debug)]
pub(crate) struct Misread {
    pub offset: usize,
    pub what: String,
}

impl Misread {
    pub fn new(span: Range<usize>, what: impl Into<String>) -> Self {
        Self {
            offset: span.start,
            what: what.into(),
        }
    }

    pub fn place(self, text: &str) -> Fault {
        Fault::at(text, self.offset, self.what)
    }
}

/// The French for a syntax error of the TOML parser.
pub(crate) fn syntax(error: &toml::de::Error) -> Misread {
    Misread::new(
        error.span().unwrap_or_default(),
        crate::domain::syntax::french(error.message()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_survive_any_offset() {
        let text = "é = 1\nœuf";
        assert_eq!(
            (Fault::at(text, 0, "").line, Fault::at(text, 0, "").column),
            (1, 1)
        );
        assert_eq!(
            (Fault::at(text, 3, "").line, Fault::at(text, 3, "").column),
            (1, 3)
        );
        assert_eq!(
            (Fault::at(text, 9, "").line, Fault::at(text, 9, "").column),
            (2, 2)
        );
        assert_eq!(Fault::at(text, 1, "").column, 1, "inside a character");
        assert_eq!(Fault::at(text, 999, "").line, 2);
    }
}
