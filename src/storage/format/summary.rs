//! The first fields of a snapshot, read without the rest: enough to list thousands of dossiers.

use jiff::civil::Date;
use toml::de::DeTable;

use super::value::{Fields, moment, text};

/// How many bytes are enough for the first fields of any ordinary snapshot.
pub const HEAD_BYTES: u64 = 4096;

/// The first fields of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Name of the business.
    pub name: String,
    /// Day of creation.
    pub created: Date,
    /// Catalogue version of the last assessment.
    pub assessed_with: Option<String>,
}

/// The first fields, from the first [`HEAD_BYTES`] bytes of a snapshot; `None` when they cannot be
/// told from these bytes alone.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let end = bytes.windows(2).position(|pair| pair == b"\n[")?;
    let source = std::str::from_utf8(&bytes[..=end]).ok()?;
    let table = DeTable::parse(source).ok()?;
    let mut fields = Fields::new(table.get_ref(), table.span());
    let _format = fields.required("format").ok()?;
    Some(Head {
        name: text(fields.required("name").ok()?).ok()?,
        created: moment(fields.required("created").ok()?, "une date").ok()?,
        assessed_with: fields
            .optional("assessed_with")
            .map(text)
            .transpose()
            .ok()?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::dossier::Dossier;

    #[test]
    fn the_head_agrees_with_the_whole() {
        let mut dossier = Dossier::new("L'Épi \"d'or\"\n[answers]", date(2026, 1, 15));
        dossier.assessed_with = Some("2026.1".to_owned());
        let written = super::super::write(&dossier);
        let head = head(written.as_bytes()).expect("a head");
        assert_eq!(head.name, dossier.name);
        assert_eq!(head.created, dossier.created);
        assert_eq!(head.assessed_with, dossier.assessed_with);
    }

    #[test]
    fn a_head_cut_short_is_not_guessed() {
        let written = super::super::write(&Dossier::new("A", date(2026, 1, 15)));
        let end = written.find("\n[").expect("a section");
        for cut in 0..=end {
            assert_eq!(head(&written.as_bytes()[..cut]), None, "{cut}");
        }
    }
}
