//! Turns what a person or a program wrote into an answer of the right kind.

mod abroad;
pub mod chosen;
pub mod missing;

use std::collections::BTreeMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use self::chosen::{meant, one, option, services, set, ticks};
use super::answer::{Amount, Answer, Value};
use super::catalogue::{Catalogue, Field, Kind, Question};
use super::identifiers::{self, Reason};
use super::reason::{needs_reason, reason_wanted, tells_why};

/// Longest text accepted, in characters.
pub const MAX_TEXT: usize = 5_000;
/// Largest number of entries of a list.
pub const MAX_ENTRIES: usize = 200;

/// Parts of a postal address: key in files, French key also accepted, label.
pub const ADDRESS_PARTS: [(&str, &str, &str); 5] = [
    ("line1", "ligne1", "Numéro et voie"),
    ("line2", "ligne2", "Complément"),
    ("postal_code", "code_postal", "Code postal"),
    ("city", "commune", "Commune"),
    ("country", "pays", "Pays"),
];

/// Names of the months.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// An answer as written in a command, a TOML or a JSON file, before anything is known of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// A text.
    Text(String),
    /// A number, as written.
    Number(String),
    /// True or false.
    Flag(bool),
    /// A list.
    List(Vec<Raw>),
    /// Named values.
    Table(Vec<(String, Raw)>),
}

impl Raw {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text.clone()),
            Self::Flag(flag) => Some(if *flag { "oui" } else { "non" }.into()),
            Self::List(_) | Self::Table(_) => None,
        }
    }
}

/// Reads an answer, deliberate non-answers included: `?` or `nsp`, `plus-tard`,
/// `sans-objet: raison`, or a table with a `status` (`unknown`, `later`, `not-applicable`).
pub fn answer(question: &Question, raw: &Raw, catalogue: &Catalogue) -> Result<Answer, Reason> {
    if let Some(answer) = non_answer(raw)? {
        if let Answer::NotApplicable { reason } = &answer
            && needs_reason(question)
            && !tells_why(reason)
        {
            return Err(reason_wanted("sans-objet: "));
        }
        return Ok(answer);
    }
    value(question, raw, catalogue).map(Answer::Value)
}

/// Ways to say « je ne sais pas ».
const UNKNOWN: [&str; 8] = [
    "?",
    "nsp",
    "jsp",
    "je ne sais pas",
    "je sais pas",
    "ne sais pas",
    "sais pas",
    "aucune idée",
];

/// Tells whether a text says « je ne sais pas », as people write it: « Je sais pas trop. ».
pub fn is_unknown(text: &str) -> bool {
    let lower = text.trim().trim_end_matches(['.', '!', '…']).to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let words = words.join(" ");
    let plain = words.strip_suffix(" trop").unwrap_or(&words);
    UNKNOWN.contains(&plain)
}

fn non_answer(raw: &Raw) -> Result<Option<Answer>, Reason> {
    match raw {
        Raw::Text(text) => {
            let word = text.trim();
            let lower = word.to_lowercase();
            if is_unknown(word) {
                return Ok(Some(Answer::Unknown));
            }
            if matches!(lower.as_str(), "plus-tard" | "plus tard") {
                return Ok(Some(Answer::Later));
            }
            for prefix in ["sans-objet", "sans objet", "na:"] {
                if lower.starts_with(prefix) {
                    let reason = word.get(prefix.len()..).unwrap_or_default();
                    let reason = clean(reason.trim_start_matches([':', ' ', '\u{a0}']));
                    return Ok(Some(Answer::NotApplicable { reason }));
                }
            }
            Ok(None)
        }
        Raw::Table(entries) => {
            let get = |key: &str| {
                entries
                    .iter()
                    .find(|(k, _)| k == key)
                    .and_then(|(_, v)| v.text())
            };
            match get("status").as_deref() {
                None => Ok(None),
                Some("unknown") => Ok(Some(Answer::Unknown)),
                Some("later") => Ok(Some(Answer::Later)),
                Some("not-applicable") => {
                    let reason = clean(&get("reason").unwrap_or_default());
                    Ok(Some(Answer::NotApplicable { reason }))
                }
                Some(other) => Err(format!(
                    "« {other} » n'est pas un statut : unknown, later ou not-applicable (avec reason)"
                )),
            }
        }
        _ => Ok(None),
    }
}

/// Reads a value of the kind of the question.
///
/// The tagged tables of `dossier.toml` (`{ checklist = … }`, `{ record = … }`, `{ list = … }`) are
/// read like what they hold, so that a dossier can serve as an answers file.
pub fn value(question: &Question, raw: &Raw, catalogue: &Catalogue) -> Result<Value, Reason> {
    let raw = match raw {
        Raw::Table(entries) => match &entries[..] {
            [(tag, inner)] if matches!(tag.as_str(), "checklist" | "record" | "list") => inner,
            _ => raw,
        },
        _ => raw,
    };
    match question.kind {
        Kind::Choice => option(question, raw).map(Value::Text),
        Kind::Checklist => ticks(question, raw).map(Value::Ticks),
        Kind::Multi => set(question, raw),
        Kind::Catalogue => services(raw, catalogue),
        Kind::PostalAddress => address(raw).map(Value::Record),
        Kind::List => list(question, raw),
        Kind::Number => number(&single(raw)?).map(Value::Number).map_err(|reason| {
            match question.example.as_str() {
                "" => reason,
                example => format!("un nombre est attendu, sans signe, par exemple {example}"),
            }
        }),
        kind => simple(kind, &single(raw)?).map(Value::Text),
    }
}

fn single(raw: &Raw) -> Result<String, Reason> {
    raw.text()
        .ok_or_else(|| "une seule valeur est attendue ici".into())
}

/// Reads a simple value and gives its canonical text.
///
/// # Errors
///
/// When the text is empty, too long, or not of this kind.
pub fn simple(kind: Kind, text: &str) -> Result<String, Reason> {
    let text = clean(text);
    if text.is_empty() {
        return Err(
            "la réponse est vide : écrivez quelque chose, ou répondez « je ne sais pas »".into(),
        );
    }
    match kind {
        Kind::Date => date(&text).map(|d| d.to_string()),
        Kind::Email => identifiers::email(&text),
        Kind::Phone => identifiers::phone(&text),
        Kind::Url => identifiers::url(&text),
        Kind::Siren => identifiers::siren(&text),
        Kind::Siret => identifiers::siret(&text),
        Kind::Vat => identifiers::vat(&text),
        Kind::Number => number(&text).map(|amount| amount.to_string()),
        _ if text.chars().count() > MAX_TEXT => Err(format!(
            "ce texte dépasse {MAX_TEXT} caractères : raccourcissez-le"
        )),
        _ => Ok(text),
    }
}

/// Normalises a text: NFC, no control or direction character, trimmed; line ends are kept.
pub fn clean(text: &str) -> String {
    let kept = text.nfc().filter(|c| !is_hidden(*c)).collect::<String>();
    kept.trim().to_owned()
}

/// Control, direction and invisible characters, which never reach a file nor a terminal.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
        || ('\u{e0000}'..='\u{e007f}').contains(&c)
        || is_private(c)
        || is_noncharacter(c)
}

/// What Unicode keeps out of every text.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

fn address(raw: &Raw) -> Result<BTreeMap<String, String>, Reason> {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    match raw {
        Raw::Table(entries) => {
            for (key, value) in entries {
                let part = ADDRESS_PARTS
                    .iter()
                    .find(|(en, fr, _)| en == key || fr == key);
                let Some((name, _, _)) = part else {
                    return Err(format!(
                        "« {key} » n'est pas une partie d'adresse : line1, line2, postal_code, city, country"
                    ));
                };
                let text = clean(
                    &value
                        .text()
                        .ok_or("chaque partie d'une adresse est un texte")?,
                );
                if !text.is_empty() {
                    parts.insert((*name).to_owned(), text);
                }
            }
        }
        _ => parts = split_address(&clean(&single(raw)?))?,
    }
    for (key, _, label) in ADDRESS_PARTS {
        let required = matches!(key, "line1" | "city");
        if required && !parts.contains_key(key) {
            return Err(format!("{label} : cette partie de l'adresse manque"));
        }
        if parts
            .get(key)
            .is_some_and(|part| part.chars().count() > 200 || part.contains('\n'))
        {
            return Err(format!(
                "« {label} » est trop long ou tient sur plusieurs lignes"
            ));
        }
    }
    let country = parts
        .get("country")
        .cloned()
        .unwrap_or_else(|| "France".to_owned());
    let french = ["france", "fr"].contains(&country.to_lowercase().as_str());
    let country = if french { "France".to_owned() } else { country };
    if french {
        let code = parts.get("postal_code").cloned().unwrap_or_default();
        let code = identifiers::postal_code(&code).map_err(|reason| {
            let part = ADDRESS_PARTS
                .iter()
                .find(|(key, _, _)| *key == "postal_code");
            format!("{} : {reason}", part.map_or("", |(_, _, label)| label))
        })?;
        parts.insert("postal_code".into(), code);
        let line = parts["line1"].to_lowercase();
        if ["bp ", "b.p.", "boîte postale"]
            .iter()
            .any(|p| line.starts_with(p))
        {
            return Err(
                "une boîte postale seule ne suffit pas : donnez la voie et le numéro".into(),
            );
        }
    }
    parts.insert("country".into(), country);
    Ok(parts)
}

/// « 12 rue du Port, 56000 Vannes » in one line: the five digits part the street from the town.
fn split_address(text: &str) -> Result<BTreeMap<String, String>, Reason> {
    let text = text.replace('\n', ", ");
    let bytes = text.as_bytes();
    let at = (0..bytes.len().saturating_sub(4)).rev().find(|&at| {
        let digits = bytes[at..at + 5].iter().all(u8::is_ascii_digit);
        let alone = (at == 0 || !bytes[at - 1].is_ascii_digit())
            && bytes.get(at + 5).is_none_or(|b| !b.is_ascii_digit());
        digits && alone
    });
    let Some(at) = at else {
        return abroad::split(&text).ok_or_else(|| {
            "il manque le code postal : écrivez « 12 rue du Port, 56000 Vannes » ; à l'étranger, \
             finissez par le pays, « 1 Main Street, Dublin, Irlande »"
                .into()
        });
    };
    let trim = |part: &str| part.trim_matches([',', ' ', '-', '\u{a0}']).to_owned();
    let (city, country) = match text[at + 5..].rsplit_once(',') {
        Some((city, country)) => (trim(city), Some(trim(country))),
        None => (trim(&text[at + 5..]), None),
    };
    let mut parts = BTreeMap::from([
        ("line1".to_owned(), trim(&text[..at])),
        ("postal_code".to_owned(), text[at..at + 5].to_owned()),
        ("city".to_owned(), city),
    ]);
    parts.extend(country.map(|country| ("country".to_owned(), country)));
    parts.retain(|_, part| !part.is_empty());
    Ok(parts)
}

fn list(question: &Question, raw: &Raw) -> Result<Value, Reason> {
    let most = question.max_entries.unwrap_or(MAX_ENTRIES).min(MAX_ENTRIES);
    let entries: Vec<BTreeMap<String, String>> = match raw {
        Raw::List(rows) => rows
            .iter()
            .map(|row| entry(question, row))
            .collect::<Result<_, _>>()?,
        Raw::Text(text) if text.trim().is_empty() => Vec::new(),
        Raw::Text(text) if most > 1 => text
            .split('|')
            .map(|row| entry(question, &Raw::Text(row.to_owned())))
            .collect::<Result<_, _>>()?,
        other => vec![entry(question, other)?],
    };
    if entries.len() > most {
        return Err(format!("{} fiches : c'est plus que {most}", entries.len()));
    }
    Ok(Value::List(
        entries
            .into_iter()
            .filter(|entry| !entry.is_empty())
            .collect(),
    ))
}

/// One entry: a table, « champ=valeur ; champ=valeur », or the first field alone.
fn entry(question: &Question, raw: &Raw) -> Result<BTreeMap<String, String>, Reason> {
    let pairs: Vec<(String, Raw)> = match raw {
        Raw::Table(pairs) => pairs.clone(),
        Raw::Text(text) if text.contains('=') => text
            .split(';')
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                let (field, value) = part
                    .split_once('=')
                    .ok_or("écrivez « champ=valeur ; champ=valeur »")?;
                Ok((field.trim().to_owned(), Raw::Text(value.to_owned())))
            })
            .collect::<Result<_, Reason>>()?,
        other => {
            let first = question
                .fields
                .first()
                .map(|f| f.id.clone())
                .unwrap_or_default();
            vec![(first, other.clone())]
        }
    };
    let mut entry = BTreeMap::new();
    for (name, raw) in pairs {
        let Some(field) = question.fields.iter().find(|f| f.id == name) else {
            let known: Vec<_> = question.fields.iter().map(|f| f.id.as_str()).collect();
            return Err(format!(
                "le champ « {name} » n'existe pas ; champs : {}",
                known.join(", ")
            ));
        };
        if let Some(text) = field_value(field, &raw)? {
            entry.insert(name, text);
        }
    }
    Ok(entry)
}

/// Canonical text of a field; an empty one is left out, and so is « je ne sais pas ».
pub fn field_value(field: &Field, raw: &Raw) -> Result<Option<String>, Reason> {
    let text = clean(&single(raw)?);
    if text.is_empty() {
        return Ok(None);
    }
    if is_unknown(&text) && meant(&field.options, &text).is_empty() {
        return Ok(None);
    }
    let read = if field.kind == Kind::Choice {
        one(&field.options, &text)
    } else {
        simple(field.kind, &text)
    };
    read.map(Some)
        .map_err(|reason| format!("{} : {reason}", field.label))
}

/// A non-negative number typed the French way: « 12 500,50 ».
pub fn number(text: &str) -> Result<Amount, Reason> {
    let expected = "un nombre est attendu, par exemple 12 500 ou 12 500,50";
    let kept: String = text
        .trim()
        .trim_end_matches('€')
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '_'))
        .collect();
    let kept = kept.replace(',', ".");
    let (whole, decimals) = kept.split_once('.').unwrap_or((&kept, ""));
    let valid = !whole.is_empty()
        && whole.len() <= 15
        && decimals.len() <= 2
        && whole
            .bytes()
            .chain(decimals.bytes())
            .all(|b| b.is_ascii_digit());
    if !valid {
        return Err(expected.into());
    }
    let hundredths: i64 = format!("{whole}{decimals:0<2}")
        .parse()
        .map_err(|_| expected)?;
    Ok(Amount(hundredths))
}

/// A date: « 11/08/2026 », « 11 août 2026 » or « 2026-08-11 ».
pub fn date(text: &str) -> Result<Date, Reason> {
    let expected = "une date s'écrit 11/08/2026 (ou 2026-08-11)";
    let text = text.trim().to_lowercase();
    if let Ok(date) = text.parse::<Date>() {
        return Ok(date);
    }
    let parts: Vec<&str> = text
        .split(['/', '.', ' ', '\u{a0}', '-'])
        .filter(|p| !p.is_empty())
        .collect();
    let [day, month, year] = parts[..] else {
        return Err(expected.into());
    };
    let day = day
        .trim_end_matches("er")
        .parse::<i8>()
        .map_err(|_| expected)?;
    let month = match MONTHS.iter().position(|name| *name == month) {
        Some(at) => i8::try_from(at + 1).map_err(|_| expected)?,
        None => month.parse::<i8>().map_err(|_| expected)?,
    };
    let year = year.parse::<i16>().map_err(|_| expected)?;
    let year = if (0..100).contains(&year) {
        year + 2000
    } else {
        year
    };
    Date::new(year, month, day).map_err(|_| format!("« {text} » n'est pas une date du calendrier"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_the_french_way() {
        assert_eq!(number("12 500"), Ok(Amount(1_250_000)));
        assert_eq!(number("12\u{202f}500,5 €"), Ok(Amount(1_250_050)));
        assert_eq!(number("8000.00"), Ok(Amount(800_000)));
        for bad in ["", "-1", "1,234", "douze", "1e5", "9999999999999999"] {
            assert!(number(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_are_typed_the_french_way() {
        let expected = Ok(jiff::civil::date(2026, 8, 11));
        for text in [
            "11/08/2026",
            "11 août 2026",
            "2026-08-11",
            "11.8.26",
            "11-08-2026",
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
        assert_eq!(date("1er janvier 2027"), Ok(jiff::civil::date(2027, 1, 1)));
        assert!(date("31/02/2026").is_err());
        assert!(date("hier").is_err());
    }

    #[test]
    fn an_address_in_one_line_is_parted() {
        let parts = address(&Raw::Text("12 rue du Port, 56000 Vannes".into())).unwrap();
        assert_eq!(parts["line1"], "12 rue du Port");
        assert_eq!(parts["postal_code"], "56000");
        assert_eq!(parts["city"], "Vannes");
        assert_eq!(parts["country"], "France");
        assert!(address(&Raw::Text("12 rue du Port".into())).is_err());
        // The same part is asked for whether it is typed in one line or part by part.
        let parts = |country: &str| {
            let part = |key: &str, text: &str| (key.to_owned(), Raw::Text(text.to_owned()));
            let typed = [
                part("line1", "12 rue du Port"),
                part("city", "Vannes"),
                part("country", country),
            ];
            address(&Raw::Table(typed.into()))
        };
        for country in ["", "France", "FRANCE", "fr"] {
            let refused = parts(country).unwrap_err();
            assert!(refused.starts_with("Code postal :"), "{refused}");
        }
        assert!(parts("Irlande").is_ok());
        let brussels = "Rue de la Loi 16, 1000 Bruxelles, Belgique";
        let brussels = address(&Raw::Text(brussels.into())).unwrap();
        assert_eq!(brussels["postal_code"], "1000");
        assert_eq!(brussels["city"], "Bruxelles");
        assert_eq!(brussels["country"], "Belgique");
        assert!(address(&Raw::Text("BP 12, 56000 Vannes".into())).is_err());
    }

    #[test]
    fn hidden_characters_never_get_in() {
        assert_eq!(clean(" a\u{1b}[31m\u{202e}b\u{0}\u{feff} "), "a[31mb");
        assert_eq!(clean("e\u{301}te\u{301}"), "été");
        assert_eq!(clean("deux\nlignes"), "deux\nlignes");
    }

    #[test]
    fn not_knowing_is_said_in_many_ways() {
        for text in [
            "?",
            "NSP",
            "jsp",
            "Je ne sais pas.",
            "je  sais pas",
            "ne sais pas",
            "Je sais pas trop",
            "Aucune idée !",
        ] {
            assert!(is_unknown(text), "{text}");
            let read = non_answer(&Raw::Text(text.to_owned()));
            assert_eq!(read, Ok(Some(Answer::Unknown)), "{text}");
        }
        for text in ["", "aucune", "trop", "Je ne sais pas nager"] {
            assert!(!is_unknown(text), "{text}");
        }
    }

    #[test]
    fn not_knowing_leaves_a_field_empty_unless_it_is_an_option() {
        let field = |kind, options| Field {
            id: "decide".to_owned(),
            label: "Qui décide".to_owned(),
            kind,
            required: true,
            options,
        };
        let read = |field: Field| field_value(&field, &Raw::Text("je sais pas".to_owned()));
        assert_eq!(read(field(Kind::Text, Vec::new())), Ok(None));
        assert_eq!(read(field(Kind::Siren, Vec::new())), Ok(None));
        let option = crate::domain::catalogue::Choice {
            id: "inconnu".to_owned(),
            label: "Je sais pas".to_owned(),
            conformity: None,
            actions: Vec::new(),
            exclusive: false,
            validity: crate::domain::validity::Validity::default(),
        };
        let inconnu = Ok(Some("inconnu".to_owned()));
        assert_eq!(read(field(Kind::Choice, vec![option])), inconnu);
    }
}
