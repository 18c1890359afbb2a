//! JSON given as answers, read so that a key written twice is refused: nobody could tell which counts.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::domain::input::Raw;

/// What stands before the key in the error about a key written twice.
const TWICE: &str = "deux fois : ";

/// Reads a JSON text; `None` is `null`.
pub(super) fn read(text: &str) -> Result<Option<Raw>, String> {
    if text.trim().is_empty() {
        return Err("il est vide.".to_owned());
    }
    match serde_json::from_str::<Json>(text) {
        Ok(Json(raw)) => Ok(raw),
        Err(error) => {
            let said = error.to_string();
            let place = format!("ligne {}, colonne {}", error.line(), error.column().max(1));
            Err(match said.split_once(TWICE).filter(|_| error.is_data()) {
                Some((_, rest)) => {
                    let key = rest.rsplit_once(" at line").map_or(rest, |(key, _)| key);
                    format!("la clé « {key} » y est écrite deux fois ({place}). Gardez-en une.")
                }
                None => format!(
                    "ce n'est pas du JSON valide ({place}). Vérifiez les guillemets, les virgules et les accolades."
                ),
            })
        }
    }
}

/// A value, unless it is `null`.
struct Json(Option<Raw>);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Option<Raw>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une valeur JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Some(Raw::Flag(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Raw::Number(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Raw::Number(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Raw::Number(number.to_string())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Raw::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Json(item)) = items.next_element()? {
            list.extend(item);
        }
        Ok(Some(Raw::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut seen = std::collections::HashSet::new();
        let mut table = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(Error::custom(format!("{TWICE}{key}")));
            }
            let Json(value) = entries.next_value()?;
            table.extend(value.map(|value| (key, value)));
        }
        Ok(Some(Raw::Table(table)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_written_twice_is_refused_at_any_depth() {
        for text in [
            r#"{"a": 1, "b": 2, "a": 1}"#,
            r#"{"b": [{"a": 1, "\u0061": 2}]}"#,
        ] {
            let error = read(text).expect_err(text);
            assert!(
                error.contains("« a »") && error.contains("ligne 1"),
                "{error}"
            );
        }
        assert!(read(r#"{"a": {"x": 1}, "b": {"x": 1}}"#).is_ok());
    }

    #[test]
    fn an_empty_text_is_said_empty() {
        for text in ["", " \n"] {
            let error = read(text).expect_err("nothing to read");
            assert!(!error.contains("colonne"), "{error}");
        }
        let error = read("{\n").expect_err("cut");
        assert!(
            error.contains("ligne") && !error.contains("colonne 0"),
            "{error}"
        );
    }
}
