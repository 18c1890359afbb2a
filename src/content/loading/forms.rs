//! Elements and clauses written once for several forms of a document: each is read once for each form it
//! names, « {form} » being its id there and « {label} » its name.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use super::sink::Sink;

/// Key of the forms a table is for.
const KEY: &str = "forms";
/// Word for every form.
const ALL: &str = "tous";

/// A form of a document.
pub(super) struct Form {
    id: String,
    label: String,
}

pub(super) fn form(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Form {
    let mut r = Reader::new(table, span, sink);
    let form = Form {
        id: r.text("id"),
        label: r.text("label"),
    };
    r.finish();
    form
}

/// The tables as they are read: those that follow each other and name forms come form by form.
pub(super) fn spread<'t>(
    tables: &[(&'t DeTable<'t>, Range<usize>)],
    forms: &[Form],
    sink: &mut Sink,
) -> Vec<(Cow<'t, DeTable<'t>>, Range<usize>)> {
    let named = tables.iter().map(|(table, _)| named(table, forms, sink));
    let named: Vec<Option<Vec<String>>> = named.collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((table, span)) = tables.get(at) {
        let run = named[at..].iter().take_while(|named| named.is_some());
        let end = at + run.count();
        if end == at {
            out.push((Cow::Borrowed(*table), span.clone()));
            at += 1;
            continue;
        }
        for form in forms {
            for (named, (table, span)) in named[at..end].iter().zip(&tables[at..end]) {
                if named.as_ref().is_some_and(|ids| ids.contains(&form.id)) {
                    out.push((Cow::Owned(filled(table, form)), span.clone()));
                }
            }
        }
        at = end;
    }
    out
}

/// The forms a table names, if it names any.
fn named(table: &DeTable<'_>, forms: &[Form], sink: &mut Sink) -> Option<Vec<String>> {
    let value = table.get(KEY)?;
    let words = value.get_ref().as_array();
    let words = words.into_iter().flatten();
    let mut ids = Vec::new();
    for word in words {
        match word.get_ref().as_str() {
            Some(ALL) => ids.extend(forms.iter().map(|form| form.id.clone())),
            Some(id) if forms.iter().any(|form| form.id == id) => ids.push(id.to_owned()),
            _ => sink.error(
                "formulaire",
                word.span(),
                "ce formulaire n'est pas de ce document".to_owned(),
                "nommez un [[form]] du fichier, ou « tous »",
            ),
        }
    }
    Some(ids)
}

/// A table for one form.
fn filled<'t>(table: &DeTable<'t>, form: &Form) -> DeTable<'t> {
    let mut table = table.clone();
    table.remove(KEY);
    for (_, value) in &mut table {
        fill(value.get_mut(), form);
    }
    table
}

fn fill(value: &mut DeValue<'_>, form: &Form) {
    match value {
        DeValue::String(text) if text.contains('{') => {
            let words = text.replace("{form}", &form.id);
            *text = Cow::Owned(words.replace("{label}", &form.label));
        }
        DeValue::Array(values) => values.iter_mut().for_each(|v| fill(v.get_mut(), form)),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, v)| fill(v.get_mut(), form)),
        _ => {}
    }
}
