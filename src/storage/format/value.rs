//! TOML values → answers and decisions, each checked for its shape.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Misread;
use crate::domain::answer::{Amount, Answer, Tick, Value};
use crate::domain::catalogue::LegalBasis;
use crate::domain::dossier::{LastAssessment, Status, Tracking};
use crate::domain::processing::{ActivityEdit, Part};

/// A value and its place.
pub(super) type Node<'i> = Spanned<DeValue<'i>>;

type Result<T> = std::result::Result<T, Misread>;

/// The fields of a table, each to be taken once; any left is unknown.
pub(super) struct Fields<'t, 'i> {
    place: std::ops::Range<usize>,
    fields: BTreeMap<&'t str, (&'t Spanned<Cow<'i, str>>, &'t Node<'i>)>,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub fn new(table: &'t DeTable<'i>, place: std::ops::Range<usize>) -> Self {
        let fields = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), (key, value)))
            .collect();
        Self { place, fields }
    }

    pub fn of(node: &'t Node<'i>, expected: &str) -> Result<Self> {
        match node.get_ref() {
            DeValue::Table(table) => Ok(Self::new(table, node.span())),
            _ => Err(wrong(node, expected)),
        }
    }

    pub fn optional(&mut self, key: &str) -> Option<&'t Node<'i>> {
        self.fields.remove(key).map(|(_, node)| node)
    }

    pub fn required(&mut self, key: &str) -> Result<&'t Node<'i>> {
        self.optional(key)
            .ok_or_else(|| Misread::new(self.place.clone(), format!("il manque « {key} »")))
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> Result<()> {
        match self.fields.values().next() {
            None => Ok(()),
            Some((key, _)) => Err(Misread::new(
                key.span(),
                format!(
                    "« {} » n'est pas connu ici",
                    crate::storage::error::clean(key.get_ref())
                ),
            )),
        }
    }
}

/// The fault of a value that is not what was expected.
pub(super) fn wrong(node: &Node<'_>, expected: &str) -> Misread {
    let found = match node.get_ref() {
        DeValue::String(_) => "un texte",
        DeValue::Integer(_) | DeValue::Float(_) => "un nombre",
        DeValue::Boolean(_) => "true ou false",
        DeValue::Datetime(_) => "une date",
        DeValue::Array(_) => "une liste entre crochets",
        DeValue::Table(_) => "un groupe entre accolades",
    };
    Misread::new(
        node.span(),
        format!("{expected} est attendu, et non {found}"),
    )
}

pub(super) fn text(node: &Node<'_>) -> Result<String> {
    match node.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Err(wrong(node, "un texte entre guillemets")),
    }
}

/// A date or a date with a time, written bare or between guillemets.
pub(super) fn moment<T: std::str::FromStr>(node: &Node<'_>, expected: &str) -> Result<T> {
    let text = match node.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(at) => at.to_string(),
        _ => return Err(wrong(node, expected)),
    };
    text.parse()
        .map_err(|_| Misread::new(node.span(), format!("{expected} est attendue")))
}

/// A table of values, read one by one.
pub(super) fn map<'i, V>(
    node: &Node<'i>,
    mut read: impl FnMut(&Node<'i>) -> Result<V>,
) -> Result<BTreeMap<String, V>> {
    match node.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| Ok((key.get_ref().to_string(), read(value)?)))
            .collect(),
        _ => Err(wrong(node, "un groupe entre accolades")),
    }
}

fn array<'i, V>(node: &Node<'i>, read: impl FnMut(&Node<'i>) -> Result<V>) -> Result<Vec<V>> {
    match node.get_ref() {
        DeValue::Array(items) => items.iter().map(read).collect(),
        _ => Err(wrong(node, "une liste entre crochets")),
    }
}

/// An answer, in one of the forms documented in [`super`].
pub(super) fn answer(node: &Node<'_>) -> Result<Answer> {
    let value = match node.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A date corrected by hand without its guillemets.
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => {
            Value::Number(amount(node, number.as_str())?)
        }
        DeValue::Float(number) => Value::Number(amount(node, number.as_str())?),
        DeValue::Array(_) => Value::Set(array(node, text)?),
        DeValue::Table(_) => return tagged(node),
        DeValue::Integer(_) | DeValue::Boolean(_) => {
            return Err(wrong(node, "un texte, un nombre, une liste ou un groupe"));
        }
    };
    Ok(Answer::Value(value))
}

fn tagged(node: &Node<'_>) -> Result<Answer> {
    let mut fields = Fields::of(node, "un groupe")?;
    let answer = if let Some(ticks) = fields.optional("checklist") {
        Answer::Value(Value::Ticks(map(ticks, tick)?))
    } else if let Some(record) = fields.optional("record") {
        Answer::Value(Value::Record(map(record, text)?))
    } else if let Some(list) = fields.optional("list") {
        Answer::Value(Value::List(array(list, |entry| map(entry, text))?))
    } else if let Some(status) = fields.optional("status") {
        match text(status)?.as_str() {
            "unknown" => Answer::Unknown,
            "later" => Answer::Later,
            "not-applicable" => Answer::NotApplicable {
                reason: text(fields.required("reason")?)?,
            },
            _ => {
                return Err(Misread::new(
                    status.span(),
                    "« unknown », « later » ou « not-applicable » est attendu",
                ));
            }
        }
    } else {
        return Err(Misread::new(
            node.span(),
            "« checklist », « record », « list » ou « status » est attendu",
        ));
    };
    fields.finish()?;
    Ok(answer)
}

fn tick(node: &Node<'_>) -> Result<Tick> {
    let word = text(node)?;
    [Tick::Yes, Tick::No, Tick::Unknown]
        .into_iter()
        .find(|tick| tick.word() == word)
        .ok_or_else(|| Misread::new(node.span(), "« oui », « non » ou « nsp » est attendu"))
}

/// A decimal number with two decimals at most, read without rounding.
fn amount(node: &Node<'_>, digits: &str) -> Result<Amount> {
    parse_amount(digits).ok_or_else(|| {
        Misread::new(
            node.span(),
            "un nombre avec deux décimales au plus est attendu",
        )
    })
}

fn parse_amount(digits: &str) -> Option<Amount> {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) || decimals.len() > 2 {
        return None;
    }
    let hundredths: i128 = format!("{whole}{decimals:0<2}").parse().ok()?;
    i64::try_from(sign * hundredths).ok().map(Amount)
}

/// What was decided about an action.
pub(super) fn tracking(node: &Node<'_>) -> Result<Tracking> {
    let mut fields = Fields::of(node, "un groupe entre accolades")?;
    let status = fields.required("status")?;
    let tracking = Tracking {
        status: Status::from_word(&text(status)?).ok_or_else(|| {
            Misread::new(
                status.span(),
                "« a-faire », « en-cours », « fait » ou « ecarte » est attendu",
            )
        })?,
        reason: fields.optional("reason").map(text).transpose()?,
        owner: fields.optional("owner").map(text).transpose()?,
        due: fields
            .optional("due")
            .map(|due| moment::<Date>(due, "une date"))
            .transpose()?,
        note: fields.optional("note").map(text).transpose()?,
    };
    fields.finish()?;
    Ok(tracking)
}

/// What the owner wrote about an activity.
pub(super) fn activity(node: &Node<'_>) -> Result<ActivityEdit> {
    let mut fields = Fields::of(node, "un groupe")?;
    let mut texts = BTreeMap::new();
    for part in Part::ALL {
        if let Some(words) = fields.optional(part.key()) {
            texts.insert(part, text(words)?);
        }
    }
    let edit = ActivityEdit {
        texts,
        basis: fields.optional("basis").map(basis).transpose()?,
        absent: fields.optional("absent").map(text).transpose()?,
        note: fields.optional("note").map(text).transpose()?,
    };
    fields.finish()?;
    Ok(edit)
}

/// What the last assessment saw.
pub(super) fn last(node: &Node<'_>) -> Result<LastAssessment> {
    let mut fields = Fields::of(node, "un groupe")?;
    let last = LastAssessment {
        on: moment::<Date>(fields.required("on")?, "une date")?,
        score: fields.optional("score").map(score).transpose()?,
        questions: array(fields.required("questions")?, text)?,
    };
    fields.finish()?;
    Ok(last)
}

fn score(node: &Node<'_>) -> Result<u32> {
    let number = match node.get_ref() {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => None,
    };
    number
        .filter(|score| *score <= 100)
        .ok_or_else(|| Misread::new(node.span(), "un nombre de 0 à 100 est attendu"))
}

fn basis(node: &Node<'_>) -> Result<LegalBasis> {
    let word = text(node)?;
    let known = LegalBasis::ALL.into_iter();
    let mut found = known.filter(|basis| basis.word() == word);
    found.next().ok_or_else(|| {
        let known = LegalBasis::ALL.map(|basis| format!("« {} »", basis.word()));
        Misread::new(node.span(), format!("{} est attendu", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_refused() {
        assert_eq!(parse_amount("12"), Some(Amount(1200)));
        assert_eq!(parse_amount("-0.50"), Some(Amount(-50)));
        assert_eq!(parse_amount("12.5"), Some(Amount(1250)));
        assert_eq!(parse_amount("92233720368547758.07"), Some(Amount(i64::MAX)));
        assert_eq!(
            parse_amount("-92233720368547758.08"),
            Some(Amount(i64::MIN))
        );
        for bad in [
            "92233720368547758.08",
            "1.234",
            "1e3",
            "inf",
            "nan",
            "",
            ".5",
            "--1",
            "1.-1",
        ] {
            assert_eq!(parse_amount(bad), None, "{bad}");
        }
    }
}
