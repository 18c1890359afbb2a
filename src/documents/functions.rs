//! What the functions and filters of clause bodies do: see [`super::vocabulary`] for their arguments.
//!
//! They read what [`Material`] prepared, and nothing else: no file, no clock, no environment.

use std::borrow::Cow;

use super::blank;
use super::escape::{self, clean};
use super::french;
use super::material::{Known, Material, Row, question_label};
use super::room;
use super::template::Value;
use crate::domain::catalogue::Kind;
use crate::domain::typography::capital;

/// A value, or what is wrong with the call, in French.
type Outcome<T> = Result<T, String>;

/// The arguments of a call, by name.
pub(super) struct Arguments<'a, 'v>(pub(super) Vec<(&'a str, Value<'v>)>);

impl Arguments<'_, '_> {
    fn get(&self, name: &str) -> Option<&Value<'_>> {
        let found = self.0.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value)
    }

    /// The texts of a list; none when it is not given.
    fn texts(&self, name: &str) -> Outcome<Vec<&str>> {
        let items = match self.get(name) {
            None => &[][..],
            Some(Value::List(items)) => items,
            Some(_) => return Err(format!("« {name} » est une liste de textes")),
        };
        let texts = items.iter().map(Value::text);
        texts
            .collect::<Option<_>>()
            .ok_or_else(|| format!("« {name} » est une liste de textes"))
    }
}

/// Calls a function.
pub(super) fn call<'v>(
    name: &str,
    material: &'v Material,
    a: &Arguments<'_, '_>,
) -> Outcome<Value<'v>> {
    match name {
        "champ" => champ(material, a),
        "fiche" => fiche(material, a),
        "fiches" => fiches(material, a),
        "lien" => lien(material, a),
        "services" => {
            let known = question(material, text(a, "q")?)?;
            Ok(rows(&known.services))
        }
        "connu" => connu(material, a),
        "est" | "inclut" => est(material, a),
        "vrai" => Ok(material.facts.contains(text(a, "fait")?).into()),
        "blanc" => Ok(material
            .blank(text(a, "q")?, None, text(a, "libelle")?)
            .into()),
        "entreprise" => Ok(entreprise(material).into()),
        "date_document" => Ok(material.date.as_str().into()),
        "traitements" => traitements(material, a),
        "traitements_ecartes" => Ok(rows(&material.declined)),
        "traitements_incertains" => uncertain(material, a),
        "base" => base(material, a),
        "dans" => {
            let value = french::folded(text(a, "valeur")?);
            let known = a.texts("parmi")?;
            Ok(known
                .iter()
                .any(|name| french::folded(name) == value)
                .into())
        }
        _ => Err(format!("la fonction « {name} » n'existe pas")),
    }
}

/// Filters a value.
pub(super) fn filter<'v>(name: &str, value: &Value<'_>) -> Outcome<Value<'v>> {
    if let ("length", Value::List(items)) = (name, value) {
        return Ok(Value::Number(items.len()));
    }
    let text = value
        .text()
        .ok_or_else(|| format!("« {name} » attend un texte"))?;
    match name {
        "capitale" => Ok(capital(text).into()),
        "code" => Ok(Value::Markdown(code(text))),
        "sms" => Ok(room::for_sms(text).into()),
        "length" => Ok(Value::Number(text.chars().count())),
        _ => Err(format!("le filtre « {name} » n'existe pas")),
    }
}

fn rows<'v>(rows: impl IntoIterator<Item = &'v Row>) -> Value<'v> {
    let rows = rows.into_iter().map(|row| Value::Row(Cow::Borrowed(row)));
    Value::List(rows.collect())
}

fn text<'k>(arguments: &'k Arguments<'_, '_>, name: &str) -> Outcome<&'k str> {
    optional(arguments, name)?.ok_or_else(|| format!("« {name} » manque"))
}

fn optional<'k>(arguments: &'k Arguments<'_, '_>, name: &str) -> Outcome<Option<&'k str>> {
    match arguments.get(name) {
        None => Ok(None),
        Some(value) => match value.text() {
            Some(text) => Ok(Some(text)),
            None => Err(format!("« {name} » est un texte")),
        },
    }
}

fn question<'v>(material: &'v Material, id: &str) -> Outcome<&'v Known> {
    let found = material.questions.get(id);
    found.ok_or_else(|| format!("la question « {id} » n'existe pas"))
}

/// The value of a question, or that of the question it falls back on.
fn value<'v>(
    material: &'v Material,
    a: &Arguments<'_, '_>,
) -> Outcome<Option<(&'v Known, &'v str)>> {
    for name in ["q", "sinon"] {
        if let Some(id) = optional(a, name)? {
            let known = question(material, id)?;
            if let Some(text) = known.text.as_deref() {
                return Ok(Some((known, text)));
            }
        }
    }
    Ok(None)
}

/// The blank of a question: where there is a fallback, it is the one to fill.
fn blank_of(material: &Material, a: &Arguments<'_, '_>) -> Outcome<String> {
    let own = text(a, "q")?;
    let id = match optional(a, "sinon")? {
        Some(other) if question(material, own)?.is_irrelevant => other,
        _ => own,
    };
    Ok(match optional(a, "libelle")? {
        Some(label) => material.blank(id, None, label),
        None => material.blank(id, None, &question_label(&question(material, id)?.label)),
    })
}

fn champ<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    match value(material, a)? {
        Some((_, text)) => Ok(text.into()),
        None => blank_of(material, a).map(Value::from),
    }
}

/// A field of an entry, or its blank; an optional field that is absent is empty.
fn cell(material: &Material, id: &str, known: &Known, entry: Option<&Row>, field: &str) -> String {
    let Some(described) = known.fields.iter().find(|f| f.id == field) else {
        return String::new();
    };
    match entry
        .and_then(|entry| entry.get(field))
        .map(|t| clean(&french::field(described, t)))
    {
        Some(text) if !text.is_empty() => text,
        _ if described.required => material.blank(id, Some(field), &label(&described.label)),
        _ => String::new(),
    }
}

/// A label as it reads in a blank.
fn label(text: &str) -> String {
    let mut chars = text.chars();
    let second = chars.clone().nth(1);
    // « SIREN » keeps its capitals.
    if second.is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    chars
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(chars)
        .collect()
}

fn fiche<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let (id, field) = (text(a, "q")?, text(a, "champ")?);
    let known = question(material, id)?;
    let entry = known.entries.as_ref().and_then(|entries| entries.first());
    let found = cell(material, id, known, entry, field);
    let worded = optional(a, "libelle")?;
    let is_blank = blank::split(&found).any(|(_, is_blank)| is_blank);
    Ok(match worded {
        Some(words) if is_blank => material.blank(id, Some(field), words).into(),
        _ => found.into(),
    })
}

/// Rows of a list, those whose field is among `hors` left out. Without an answer, one row of
/// blanks; none when « sans objet », not asked, or when rows are sorted out.
fn fiches<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let id = text(a, "q")?;
    let known = question(material, id)?;
    let row = |entry: Option<&Row>| {
        let mut row = Row::new();
        for field in &known.fields {
            let name = field.id.replace('-', "_");
            if field.kind == Kind::Choice {
                let chosen = entry
                    .and_then(|e| e.get(&field.id))
                    .cloned()
                    .unwrap_or_default();
                row.insert(format!("{name}_id"), chosen);
            }
            row.insert(name, cell(material, id, known, entry, &field.id));
        }
        row
    };
    let left_out = a.texts("hors")?.into_iter().map(french::folded);
    let left_out: Vec<String> = left_out.collect();
    let field = optional(a, "champ")?;
    let kept = |entry: &&Row| {
        let text = field.and_then(|field| entry.get(field));
        !text.is_some_and(|text| left_out.contains(&french::folded(text)))
    };
    let rows: Vec<Row> = match &known.entries {
        Some(entries) => entries
            .iter()
            .filter(kept)
            .map(|entry| row(Some(entry)))
            .collect(),
        None if known.is_irrelevant || field.is_some() => Vec::new(),
        None => vec![row(None)],
    };
    let rows = rows.into_iter().map(|row| Value::Row(Cow::Owned(row)));
    Ok(Value::List(rows.collect()))
}

fn connu<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let known = question(material, text(a, "q")?)?;
    let filled = |entry: &Row, field: &str| entry.get(field).is_some_and(|t| !t.trim().is_empty());
    Ok(match (optional(a, "champ")?, &known.entries) {
        (Some(field), Some(entries)) => entries.iter().any(|entry| filled(entry, field)).into(),
        (None, Some(entries)) => (!entries.is_empty()).into(),
        (Some(_), None) => false.into(),
        (None, None) => known.text.is_some().into(),
    })
}

fn est<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let wanted = text(a, "vaut")?;
    Ok(question(material, text(a, "q")?)?
        .ids
        .iter()
        .any(|id| id == wanted)
        .into())
}

/// A link to a web, mail or telephone value; its blank, or its text if no link may lead there.
fn lien<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let shown = optional(a, "texte")?;
    let (kind, target) = match optional(a, "champ")? {
        Some(field) => {
            let known = question(material, text(a, "q")?)?;
            let entry = known.entries.as_ref().and_then(|entries| entries.first());
            let described = known.fields.iter().find(|f| f.id == field);
            match entry
                .and_then(|entry| entry.get(field))
                .map(|text| clean(text))
            {
                Some(text) if !text.is_empty() => (described.map(|f| f.kind), text),
                _ => return fiche(material, a),
            }
        }
        None => match value(material, a)? {
            Some((known, text)) => (known.kind, text.to_owned()),
            None => return blank_of(material, a).map(Value::from),
        },
    };
    let address = match kind {
        Some(Kind::Email) => format!("mailto:{target}"),
        Some(Kind::Phone) => {
            let digits: String = target.chars().filter(|c| !c.is_whitespace()).collect();
            format!("tel:{digits}")
        }
        _ => target.clone(),
    };
    let shown = escape::markdown(shown.unwrap_or(&target));
    Ok(match escape::destination(&address) {
        Some(address) => Value::Markdown(format!("[{shown}]({address})")),
        None => Value::Markdown(shown),
    })
}

/// The legal name: « Maëlle Le Goff EI », « Boulangerie Martin ».
fn entreprise(material: &Material) -> String {
    let get = |id: &str| material.questions.get(id);
    let named = |id: &str, words: &str| {
        let text = get(id).and_then(|known| known.text.clone());
        text.unwrap_or_else(|| material.blank(id, None, words))
    };
    match get("profil.forme")
        .and_then(|forme| forme.ids.first())
        .map(String::as_str)
    {
        Some("ei") => named("profil.exploitant", "votre prénom et votre nom") + " EI",
        Some("particulier") => named("profil.exploitant", "votre prénom et votre nom"),
        Some("societe" | "association") => {
            named("profil.denomination", "le nom exact inscrit au registre")
        }
        _ => material.blank(
            "profil.forme",
            None,
            "le nom de l’entreprise, selon sa forme",
        ),
    }
}

fn matches_form(forms: &[String], wanted: Option<&str>) -> bool {
    wanted.is_none_or(|form| forms.iter().any(|known| known == form))
}

fn traitements<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let (form, base, id) = (
        optional(a, "formulaire")?,
        optional(a, "base")?,
        optional(a, "id")?,
    );
    let with_source = optional(a, "source")?.is_some();
    let on_page = optional(a, "page")?.is_some();
    let is = |row: &Row, key: &str, wanted: Option<&str>| {
        wanted.is_none_or(|wanted| row.get(key).is_some_and(|text| text == wanted))
    };
    let found = material
        .activities
        .iter()
        .filter(|activity| matches_form(&activity.forms, form))
        .filter(|activity| !(on_page && activity.is_internal))
        .map(|activity| &activity.row)
        .filter(|row| is(row, "base_id", base) && is(row, "id", id))
        .filter(|row| !with_source || row.get("source").is_some_and(|text| !text.is_empty()));
    Ok(rows(found))
}

/// One blank for each question that decides of an activity.
fn uncertain<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let form = optional(a, "formulaire")?;
    let mut blanks: Vec<String> = Vec::new();
    for activity in material
        .uncertain
        .iter()
        .filter(|activity| matches_form(&activity.forms, form))
    {
        let blank = material.blank(&activity.question, None, &activity.label);
        if !blanks.contains(&blank) {
            blanks.push(blank);
        }
    }
    Ok(Value::List(blanks.into_iter().map(Value::from).collect()))
}

fn base<'v>(material: &'v Material, a: &Arguments<'_, '_>) -> Outcome<Value<'v>> {
    let (wanted, form) = (text(a, "vaut")?, optional(a, "formulaire")?);
    let on_page = optional(a, "page")?.is_some();
    let mut activities = material
        .activities
        .iter()
        .filter(|x| matches_form(&x.forms, form) && !(on_page && x.is_internal));
    Ok(activities
        .any(|x| x.row.get("base_id").is_some_and(|base| base == wanted))
        .into())
}

/// A code span, with as many backquotes as it takes.
fn code(text: &str) -> String {
    let text = clean(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
