//! Text → dossier.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, FormatError, Misread, syntax};
use super::value::{Fields, Node, activity, answer, last, map, moment, text, tracking, wrong};
use super::{FORMAT, Loaded, MARKER, State, migrate, trailer};
use crate::domain::dossier::{Change, Dossier, Entry};

/// The dossier of a whole text.
pub(super) fn dossier(bytes: &[u8]) -> Result<Loaded, FormatError> {
    let source = utf8(bytes)?;
    let parsed = DeTable::parse(source.strip_prefix('\u{FEFF}').unwrap_or(source));
    // The byte order mark counts for nothing in the places reported: it is on no visible column.
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let found = parsed.as_ref().ok().and_then(format_of);
    if let Some(found) = found.filter(|found| *found > FORMAT) {
        return Err(FormatError::Newer(found));
    }
    if source.starts_with(MARKER) && !trailer::is_complete(source) {
        let what = "le fichier s'arrête avant sa ligne de contrôle, il a été coupé ou abîmé";
        return Err(Fault::at(source, source.len(), what).into());
    }
    let table = parsed.map_err(|error| syntax(&error).place(source))?;
    let (place, mut table) = (table.span(), table.into_inner());
    migrate::upgrade(&mut table, found.unwrap_or(FORMAT));
    let dossier = whole(&table, place).map_err(|misread| misread.place(source))?;
    let state = if source.len() == bytes.len() && trailer::is_intact(source) {
        State::Clean
    } else {
        State::HandEdited
    };
    Ok(Loaded { dossier, state })
}

/// The change of one line of the journal.
pub(crate) fn entry(line: &str) -> Result<Entry, Fault> {
    let table = DeTable::parse(line).map_err(|error| syntax(&error).place(line))?;
    let read = || {
        let mut fields = Fields::new(table.get_ref(), table.span());
        let entry = change(fields.required("change")?)?;
        fields.finish()?;
        Ok(entry)
    };
    read().map_err(|misread: Misread| misread.place(line))
}

fn utf8(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        Fault::at(good, good.len(), "ces octets ne sont pas du texte UTF-8")
    })
}

/// The format, when it can be read.
fn format_of(table: &Spanned<DeTable<'_>>) -> Option<u64> {
    match table.get_ref().get("format")?.get_ref() {
        DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn whole(table: &DeTable<'_>, place: std::ops::Range<usize>) -> Result<Dossier, Misread> {
    let mut fields = Fields::new(table, place);
    let format = fields.required("format")?;
    let number = |n: &str| n.parse().is_ok_and(|n: u64| (1..=FORMAT).contains(&n));
    if !matches!(format.get_ref(), DeValue::Integer(n) if number(n.as_str())) {
        return Err(Misread::new(
            format.span(),
            format!("« format = {FORMAT} » est attendu"),
        ));
    }
    let dossier = Dossier {
        name: text(fields.required("name")?)?,
        created: moment::<Date>(fields.required("created")?, "une date comme 2026-01-15")?,
        assessed_with: fields.optional("assessed_with").map(text).transpose()?,
        last: fields.optional("assessed").map(last).transpose()?,
        answers: section(fields.optional("answers"), answer)?,
        notes: section(fields.optional("notes"), text)?,
        actions: section(fields.optional("actions"), tracking)?,
        activities: section(fields.optional("activities"), activity)?,
        history: fields
            .optional("history")
            .map(history)
            .transpose()?
            .unwrap_or_default(),
    };
    if let Some(integrity) = fields.optional("integrity") {
        let mut fields = Fields::of(integrity, "un groupe")?;
        fields.required("answers")?;
        fields.required("sha256")?;
        fields.finish()?;
    }
    fields.finish()?;
    Ok(dossier)
}

fn section<'i, V>(
    node: Option<&Node<'i>>,
    read: impl FnMut(&Node<'i>) -> Result<V, Misread>,
) -> Result<BTreeMap<String, V>, Misread> {
    node.map_or_else(|| Ok(BTreeMap::new()), |node| map(node, read))
}

fn history(node: &Node<'_>) -> Result<Vec<Entry>, Misread> {
    let mut fields = Fields::of(node, "un groupe")?;
    let changes = fields.required("changes")?;
    fields.finish()?;
    match changes.get_ref() {
        DeValue::Array(items) => items.iter().map(change).collect(),
        _ => Err(wrong(changes, "une liste entre crochets")),
    }
}

fn change(node: &Node<'_>) -> Result<Entry, Misread> {
    let mut fields = Fields::of(node, "un groupe entre accolades")?;
    let at = moment::<DateTime>(fields.required("at")?, "une date avec une heure")?;
    let change = if let Some(question) = fields.optional("answer") {
        let answer = fields.optional("value").map(answer).transpose()?;
        Change::Answer {
            question: text(question)?,
            answer,
        }
    } else if let Some(question) = fields.optional("note") {
        let words = fields.optional("text").map(text).transpose()?;
        Change::Note {
            question: text(question)?,
            text: words,
        }
    } else if let Some(action) = fields.optional("action") {
        let tracking = fields.optional("tracking").map(tracking).transpose()?;
        Change::Action {
            action: text(action)?,
            tracking,
        }
    } else if let Some(id) = fields.optional("activity") {
        let edit = fields.optional("edit").map(activity).transpose()?;
        Change::Activity {
            activity: text(id)?,
            edit,
        }
    } else if let Some(name) = fields.optional("name") {
        Change::Rename { name: text(name)? }
    } else if let Some(version) = fields.optional("assessed") {
        Change::Assessed {
            version: text(version)?,
        }
    } else {
        let what =
            "« answer », « note », « action », « activity », « name » ou « assessed » est attendu";
        return Err(Misread::new(node.span(), what));
    };
    fields.finish()?;
    Ok(Entry { at, change })
}
