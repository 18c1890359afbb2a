//! What an entry of a list still has to say: it is kept all the same, and told.

use std::collections::BTreeMap;

use crate::domain::catalogue::Field;

/// Tells whether an entry lacks something it has to say.
pub fn is_incomplete(fields: &[Field], entry: &BTreeMap<String, String>) -> bool {
    missing(fields, entry).next().is_some()
}

/// « Il reste à préciser : Pays, Garantie. », of an entry kept without all it has to say.
pub fn still_to_say(fields: &[Field], entry: &BTreeMap<String, String>) -> Option<String> {
    let labels: Vec<&str> = missing(fields, entry).collect();
    (!labels.is_empty()).then(|| format!("Il reste à préciser : {}.", labels.join(", ")))
}

fn missing<'f>(
    fields: &'f [Field],
    entry: &BTreeMap<String, String>,
) -> impl Iterator<Item = &'f str> {
    let required = fields.iter().filter(|field| field.required);
    required
        .filter(|field| !entry.contains_key(&field.id))
        .map(|field| field.label.as_str())
}
