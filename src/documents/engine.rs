//! The template engine: Tera, with the functions clauses may call and nothing else of use to harm.
//!
//! Values come out as data, escaped for Markdown by the engine itself. Nothing here reads a file, a
//! clock or the environment; output is bounded, and [`super::scan`] bounds the work.

use std::io::{self, Write};
use std::sync::Arc;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::blank;
use super::escape::{self, clean};
use super::french;
use super::material::{Known, Material, Row, matches_form, question_label};
use super::room;
use super::sorting;
use super::vocabulary::{ABROAD, NO_GROUND, PUBLISHER, SERVICE_FIELDS};
use crate::domain::catalogue::Kind;
use crate::domain::typography::capital;

/// Largest text a clause may produce, in bytes.
const MAX_OUTPUT: usize = 512 * 1024;

/// Tera with the functions of the templates.
pub(super) struct Engine {
    tera: Tera,
}

/// Why a clause could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The text would be too long.
    TooLong,
    /// The template is wrong: byte offset if known, and message of the engine.
    Wrong(Option<usize>, String),
}

impl Engine {
    /// An engine that reads this material.
    pub(super) fn new(material: &Arc<Material>) -> Self {
        let mut tera = Tera::default();
        tera.set_escape_fn(escape::write);
        register(&mut tera, material);
        Self { tera }
    }

    /// Renders a body.
    pub(super) fn render(&self, body: &str) -> Result<String, Failure> {
        // A clause that states no answer needs no template engine.
        if !body.contains('{') {
            return Ok(body.to_owned());
        }
        let mut out = Bounded(Vec::new());
        self.tera
            .render_str_to(body, &Context::new(), true, &mut out)
            .map_err(|error| failure(&error, body))?;
        String::from_utf8(out.0).map_err(|_| Failure::Wrong(None, "texte illisible".into()))
    }
}

fn failure(error: &tera::Error, body: &str) -> Failure {
    match error.kind() {
        ErrorKind::Io(_) => Failure::TooLong,
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let line = span.start_line.saturating_sub(1);
            let start: usize = body.split_inclusive('\n').take(line).map(str::len).sum();
            let rest = body.get(start..).unwrap_or_default();
            let column = rest
                .char_indices()
                .nth(span.start_col)
                .map_or(rest.len(), |(at, _)| at);
            Failure::Wrong(Some(start + column), report.message().to_owned())
        }
        other => Failure::Wrong(None, other.to_string()),
    }
}

/// Refuses to grow beyond the bound.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn register(tera: &mut Tera, material: &Arc<Material>) {
    let mut function = |name: &'static str, call: fn(&Material, &Kwargs) -> TeraResult<Value>| {
        let material = Arc::clone(material);
        tera.register_function(name, move |arguments: Kwargs, _: &State| {
            call(&material, &arguments)
        });
    };
    function("champ", champ);
    function("fiche", fiche);
    function("fiches", fiches);
    function("lien", lien);
    function("services", services);
    function("connu", connu);
    function("est", est);
    function("inclut", est);
    function("vrai", |material, a| {
        Ok(material.facts.contains(text(a, "fait")?).into())
    });
    function("blanc", |material, a| {
        let (id, label) = (text(a, "q")?, text(a, "libelle")?);
        Ok(match optional(a, "main")? {
            Some(reason) => material.blank_by_hand(id, label, reason),
            None => material.blank(id, None, label),
        }
        .into())
    });
    function("entreprise", |material, _| Ok(entreprise(material).into()));
    function("date_document", |material, _| {
        Ok(material.date.clone().into())
    });
    function("traitements", traitements);
    function("traitements_ecartes", |material, _| {
        Ok(Value::from_serializable(&material.declined))
    });
    function("traitements_incertains", uncertain);
    function("base", base);
    function("dans", dans);
    tera.register_filter("capitale", |text: &str, _: Kwargs, _: &State| capital(text));
    tera.register_filter("code", |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&code(text))
    });
    tera.register_filter("sms", |text: &str, _: Kwargs, _: &State| {
        room::for_sms(text)
    });
}

fn text<'k>(arguments: &'k Kwargs, name: &'static str) -> TeraResult<&'k str> {
    arguments.must_get::<&str>(name)
}

fn optional<'k>(arguments: &'k Kwargs, name: &'static str) -> TeraResult<Option<&'k str>> {
    arguments.get::<&str>(name)
}

fn question<'v>(material: &'v Material, id: &str) -> TeraResult<&'v Known> {
    let found = material.questions.get(id);
    found.ok_or_else(|| tera::Error::message(format!("la question « {id} » n'existe pas")))
}

/// The value of a question, or that of the question it falls back on.
fn value<'v>(material: &'v Material, a: &Kwargs) -> TeraResult<Option<(&'v Known, &'v str)>> {
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
fn blank_of(material: &Material, a: &Kwargs) -> TeraResult<String> {
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

fn champ(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    match value(material, a)? {
        Some((_, text)) => Ok(text.to_owned().into()),
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

fn fiche(material: &Material, a: &Kwargs) -> TeraResult<Value> {
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

/// Rows of a list, those whose field is among `hors` left out, and those alone that are outside the
/// European Economic Area with `hors_eee`. Without an answer, one row of blanks; none when « sans
/// objet », not asked, or when rows are sorted out.
fn fiches(material: &Material, a: &Kwargs) -> TeraResult<Value> {
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
        for told in [PUBLISHER, ABROAD] {
            let text = entry.and_then(|entry| entry.get(told));
            row.entry(told.to_owned())
                .or_insert_with(|| text.cloned().unwrap_or_default());
        }
        row
    };
    let hors = a.get::<Vec<String>>("hors")?.unwrap_or_default();
    let (field, abroad) = (optional(a, "champ")?, optional(a, ABROAD)?);
    let kept = |entry: &&Row| {
        // An empty field is sorted out by an empty name.
        let text = |field| entry.get(field).map_or("", String::as_str);
        !field.is_some_and(|field| is_among(&hors, text(field)))
            && abroad.is_none_or(|abroad| text(ABROAD) == abroad)
    };
    let rows: Vec<Row> = match &known.entries {
        Some(entries) => entries
            .iter()
            .filter(kept)
            .map(|entry| row(Some(entry)))
            .collect(),
        None if known.is_irrelevant || field.is_some() || abroad.is_some() => Vec::new(),
        None => vec![row(None)],
    };
    Ok(Value::from_serializable(&rows))
}

/// Rows of the services picked: not those the entries of `sauf` name, nor those of a country among
/// `hors`; and, with `garde`, those alone of which one of these « field=value » is true.
fn services(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    let known = question(material, text(a, "q")?)?;
    let named = match optional(a, "sauf")? {
        Some(list) => question(material, list)?.named.as_slice(),
        None => &[],
    };
    let hors = a.get::<Vec<String>>("hors")?.unwrap_or_default();
    let garde = a.get::<Vec<String>>("garde")?;
    let mut wanted = Vec::new();
    for pair in garde.iter().flatten() {
        match pair.split_once('=') {
            Some((field, value)) if SERVICE_FIELDS.contains(&field) => wanted.push((field, value)),
            _ => {
                let message = format!("« {pair} » n'est pas « champ=valeur » d'un service");
                return Err(tera::Error::message(message));
            }
        }
    }
    let get = |row: &Row, field: &str| row.get(field).cloned().unwrap_or_default();
    let rows: Vec<&Row> = known
        .services
        .iter()
        .filter(|row| !named.contains(&get(row, "id")))
        .filter(|row| !is_among(&hors, &get(row, "pays")))
        .filter(|row| garde.is_none() || wanted.iter().any(|(f, value)| get(row, f) == *value))
        .collect();
    Ok(Value::from_serializable(&rows))
}

fn connu(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    let known = question(material, text(a, "q")?)?;
    let filled = |entry: &Row, field: &str| entry.get(field).is_some_and(|t| !t.trim().is_empty());
    Ok(match (optional(a, "champ")?, &known.entries) {
        (Some(field), Some(entries)) => entries.iter().any(|entry| filled(entry, field)).into(),
        (None, Some(entries)) => (!entries.is_empty()).into(),
        (Some(_), None) => false.into(),
        (None, None) => known.text.is_some().into(),
    })
}

fn est(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    let wanted = text(a, "vaut")?;
    Ok(question(material, text(a, "q")?)?
        .ids
        .iter()
        .any(|id| id == wanted)
        .into())
}

/// A link to a web, mail or telephone value; its blank, or its text if no link may lead there.
fn lien(material: &Material, a: &Kwargs) -> TeraResult<Value> {
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
        Some(address) => Value::safe_string(&format!("[{shown}]({address})")),
        None => Value::safe_string(&shown),
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

fn traitements(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    let (form, base, id) = (
        optional(a, "formulaire")?,
        optional(a, "base")?.map(ground),
        optional(a, "id")?,
    );
    let with_source = optional(a, "source")?.is_some();
    let on_page = optional(a, "page")?.is_some();
    let is = |row: &Row, key: &str, wanted: Option<&str>| {
        wanted.is_none_or(|wanted| row.get(key).is_some_and(|text| text == wanted))
    };
    let mut rows: Vec<&Row> = material
        .activities
        .iter()
        .filter(|activity| matches_form(&activity.forms, form))
        .filter(|activity| !(on_page && activity.is_internal))
        .map(|activity| &activity.row)
        .filter(|row| is(row, "base_id", base) && is(row, "id", id))
        .filter(|row| !with_source || row.get("source").is_some_and(|text| !text.is_empty()))
        .collect();
    if optional(a, "tri")?.is_some() {
        // By month; what comes back at no month, then what nobody placed, comes last.
        rows.sort_by_key(|row| {
            let when = row.get("tri_quand").map_or("", String::as_str);
            (sorting::month_of(when).unwrap_or(i8::MAX), when.is_empty())
        });
    }
    Ok(Value::from_serializable(&rows))
}

/// One blank for each question that decides of an activity.
fn uncertain(material: &Material, a: &Kwargs) -> TeraResult<Value> {
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
    Ok(Value::from_serializable(&blanks))
}

/// The id of a ground in a row, from its word in a template.
fn ground(word: &str) -> &str {
    if word == NO_GROUND { "" } else { word }
}

fn base(material: &Material, a: &Kwargs) -> TeraResult<Value> {
    let (wanted, form) = (ground(text(a, "vaut")?), optional(a, "formulaire")?);
    let on_page = optional(a, "page")?.is_some();
    let mut activities = material
        .activities
        .iter()
        .filter(|x| matches_form(&x.forms, form) && !(on_page && x.is_internal));
    Ok(activities
        .any(|x| x.row.get("base_id").is_some_and(|base| base == wanted))
        .into())
}

fn dans(_: &Material, a: &Kwargs) -> TeraResult<Value> {
    let known = a.must_get::<Vec<String>>("parmi")?;
    Ok(is_among(&known, text(a, "valeur")?).into())
}

/// Tells whether a name is one of these, however it is written.
fn is_among(names: &[String], name: &str) -> bool {
    names.iter().any(|known| french::is_same(known, name))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    proptest! {
        #[test]
        fn a_code_span_holds_the_text_and_no_mark(text in "\\PC{0,40}|[a-z`|\\[\\]()*_<>&{}% ]{0,40}") {
            let cleaned = clean(&text);
            prop_assume!(!cleaned.is_empty() && !cleaned.contains('\\'));
            let table = format!("| a |\n|---|\n| {} |\n", code(&text));
            let spans: Vec<String> = Parser::new_ext(&table, Options::ENABLE_TABLES)
                .filter_map(|event| match event {
                    Event::Code(words) => Some(words.to_string()),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(spans, [cleaned]);
        }
    }
}
