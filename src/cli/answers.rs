//! Answers written in a file (TOML or JSON) or on the command line.

mod json;

use std::fs;
use std::path::Path;

use crate::cli::error::{CliError, DAMAGED};
use crate::domain::input::Raw;
use crate::storage;

/// Largest answers file accepted, in bytes.
const MAX_FILE: u64 = 16 << 20;

/// Reads an answers file: question ids with their values, at the top or below `answers`.
pub fn read_file(path: &Path) -> Result<Vec<(String, Raw)>, CliError> {
    let shown = path.display();
    let failed = |source| {
        let path = path.to_owned();
        CliError::bad_input(storage::Error::Read { path, source }.to_string())
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() || metadata.len() > MAX_FILE {
        return Err(CliError::bad_input(format!(
            "« {shown} » n'est pas un fichier de réponses : un fichier TOML ou JSON de 16 Mio au plus est attendu."
        )));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| CliError {
        code: DAMAGED,
        message: format!("« {shown} » n'est pas du texte UTF-8. Enregistrez-le en UTF-8."),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let json = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("json"))
        || text.trim_start().starts_with('{');
    let root = if json {
        parse_json(text)
    } else {
        parse_toml(text)
    };
    let root = root.map_err(|reason| {
        CliError::bad_input(format!("« {shown} » n'est pas lisible : {reason}"))
    })?;
    Ok(flatten(root))
}

fn parse_json(text: &str) -> Result<Vec<(String, Raw)>, String> {
    match json::read(text)? {
        Some(Raw::Table(entries)) => Ok(entries),
        _ => Err("le fichier doit être un objet { \"question\": réponse, … }.".into()),
    }
}

/// A JSON list or table written on the command line.
pub fn read_json_value(text: &str) -> Option<Raw> {
    let looks = text.starts_with(['{', '[']);
    looks.then(|| json::read(text).ok()).flatten().flatten()
}

fn parse_toml(text: &str) -> Result<Vec<(String, Raw)>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("ce n'est pas du TOML valide (ligne {line}, colonne {column} : {}). Vérifiez les guillemets, les crochets et le signe « = ».", crate::domain::syntax::french(error.message()))
    })?;
    match raw_toml(toml::Value::Table(table)) {
        Raw::Table(entries) => Ok(entries),
        _ => Ok(Vec::new()),
    }
}

fn raw_toml(value: toml::Value) -> Raw {
    match value {
        toml::Value::String(text) => Raw::Text(text),
        toml::Value::Integer(number) => Raw::Number(number.to_string()),
        toml::Value::Float(number) => Raw::Number(number.to_string()),
        toml::Value::Boolean(flag) => Raw::Flag(flag),
        toml::Value::Datetime(date) => Raw::Text(date.to_string()),
        toml::Value::Array(items) => Raw::List(items.into_iter().map(raw_toml).collect()),
        toml::Value::Table(table) => Raw::Table(
            table
                .into_iter()
                .map(|(key, value)| (key, raw_toml(value)))
                .collect(),
        ),
    }
}

/// Takes `answers` if there is one, and joins `[profil]` / `forme = …` into `profil.forme`.
fn flatten(root: Vec<(String, Raw)>) -> Vec<(String, Raw)> {
    let answers = root
        .iter()
        .position(|(key, _)| key == "answers" || key == "reponses");
    let entries = match answers.map(|at| &root[at].1) {
        Some(Raw::Table(entries)) => entries.clone(),
        _ => root,
    };
    let mut flat = Vec::new();
    for (key, value) in entries {
        match value {
            Raw::Table(inner) if !key.contains('.') => {
                flat.extend(
                    inner
                        .into_iter()
                        .map(|(slug, v)| (format!("{key}.{slug}"), v)),
                );
            }
            value => flat.push((key, value)),
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_an_id_are_read() {
        let quoted = parse_toml("\"profil.forme\" = \"ei\"").map(flatten);
        let nested = parse_toml("[answers]\nprofil.forme = \"ei\"").map(flatten);
        let json = parse_json("{\"answers\": {\"profil.forme\": \"ei\"}}").map(flatten);
        let expected = Ok(vec![(
            "profil.forme".to_owned(),
            Raw::Text("ei".to_owned()),
        )]);
        assert_eq!(quoted, expected);
        assert_eq!(nested, expected);
        assert_eq!(json, expected);
    }

    #[test]
    fn a_fault_says_where() {
        assert!(parse_toml("a = \nb = 1").unwrap_err().contains("ligne 1"));
        assert!(parse_json("{\n  \"a\": }").unwrap_err().contains("ligne 2"));
        assert!(parse_json("[1]").is_err());
    }
}
