//! Writes values the French way: dates, amounts, numbers of companies and telephones, lists.

use std::collections::BTreeMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::answer::Amount;
use crate::domain::catalogue::{Field, Kind, LegalBasis, Question};
use crate::domain::input::MONTHS;
use crate::domain::numbers::number;

/// « 1er août 2026 ».
pub fn date(date: Date) -> String {
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    let day = if date.day() == 1 {
        "1er".to_owned()
    } else {
        date.day().to_string()
    };
    format!(
        "{day}\u{a0}{} {}",
        month.copied().unwrap_or_default(),
        date.year()
    )
}

/// « 12 500,50 », thousands parted by a thin space.
pub fn amount(amount: Amount) -> String {
    let (whole, cents) = (amount.0.unsigned_abs() / 100, amount.0.unsigned_abs() % 100);
    let sign = if amount.0 < 0 { "−" } else { "" };
    let digits = whole.to_string();
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if cents > 0 {
        let padding = if cents < 10 { ",0" } else { "," };
        out.extend([padding, &cents.to_string()]);
    }
    out
}

/// « a, b et c »; commas alone when an item holds an « et » or an « ou » of its own.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        _ if items
            .iter()
            .any(|item| item.contains(" et ") || item.contains(" ou ")) =>
        {
            items.join(", ")
        }
        [head @ .., last] => format!("{} et {last}", head.join(", ")),
    }
}

/// « 12 rue du Port, 56000 Vannes »; the country is left out when it is France.
pub fn address(parts: &BTreeMap<String, String>) -> String {
    let get = |key: &str| parts.get(key).map(String::as_str).unwrap_or_default();
    let town = [get("postal_code"), get("city")].join(" ");
    let country = get("country");
    let country = if country.eq_ignore_ascii_case("france") {
        ""
    } else {
        country
    };
    let lines = [get("line1"), get("line2"), town.trim(), country];
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A simple value of this kind, as a reader expects it.
pub fn simple(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Date => text.parse::<Date>().map_or_else(|_| text.to_owned(), date),
        kind => number(kind, text),
    }
}

/// The label of an option of a question, its id if it has none.
pub fn option<'a>(question: &'a Question, id: &'a str) -> &'a str {
    question
        .options
        .iter()
        .find(|o| o.id == id)
        .map_or(id, |o| o.label.as_str())
}

/// A value of a field of a list.
pub fn field(field: &Field, text: &str) -> String {
    match field.kind {
        Kind::Choice => {
            let label = field
                .options
                .iter()
                .find(|o| o.id == text)
                .map(|o| o.label.clone());
            label.unwrap_or_else(|| text.to_owned())
        }
        kind => simple(kind, text),
    }
}

/// A legal ground in plain words, to follow « parce que c'est fondé sur ».
pub fn ground(ground: LegalBasis) -> &'static str {
    match ground {
        LegalBasis::Consent => "votre accord",
        LegalBasis::Contract => "le contrat, ou les démarches que vous demandez avant un contrat",
        LegalBasis::LegalObligation => "une obligation prévue par la loi",
        LegalBasis::VitalInterests => "la sauvegarde de la vie des personnes",
        LegalBasis::PublicInterest => "une mission d’intérêt public",
        LegalBasis::LegitimateInterest => "notre intérêt légitime",
    }
}

/// Tells whether two names of countries or of services are the same, whatever their case, accents
/// and signs.
pub fn is_same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// The letters and digits of a text, without case or accents.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn dates_and_amounts() {
        assert_eq!(date(civil::date(2026, 8, 1)), "1er\u{a0}août 2026");
        assert_eq!(date(civil::date(2026, 11, 23)), "23\u{a0}novembre 2026");
        assert_eq!(amount(Amount(1_250_050)), "12\u{202f}500,50");
        assert_eq!(amount(Amount(100)), "1");
    }

    #[test]
    fn lists_end_with_et() {
        let items: Vec<String> = ["a", "b", "c"].map(Into::into).into();
        assert_eq!(list(&items), "a, b et c");
        assert_eq!(list(&items[..1]), "a");
        assert_eq!(list(&["a et b".into(), "c".into()]), "a et b, c");
    }

    #[test]
    fn countries_compare_without_case_nor_accents() {
        assert!(is_same("États-Unis", "etats unis"));
        assert!(!is_same("États-Unis", "etats"));
    }
}
