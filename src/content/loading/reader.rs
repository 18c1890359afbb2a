//! Reads TOML tables key by key, keeps the place of everything, and collects every fault.
//!
//! A serde mirror would stop at the first fault of a file and lose the place of values below an
//! untagged enum; walking the parsed tree reports them all, in French, each under its own caret.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::sink::{Definition, Entity, Sink, Target};
use crate::domain::validity::Validity;

/// Reads one table, and tells at the end which keys nobody asked for.
pub(crate) struct Reader<'t, 's> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    known: Vec<&'static str>,
    pub(crate) sink: &'s mut Sink,
}

impl<'t, 's> Reader<'t, 's> {
    pub(crate) fn new(table: &'t DeTable<'t>, span: Range<usize>, sink: &'s mut Sink) -> Self {
        Self {
            table,
            span,
            known: Vec::new(),
            sink,
        }
    }

    /// The whole table.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Place of the value of a key, or of the table when it is absent.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span.clone(), Spanned::span)
    }

    /// The raw value of a key.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The raw value of a key, whatever is made of it.
    pub(crate) fn peek(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    fn wrong_type(&mut self, key: &str, span: Range<usize>, expected: &str) {
        self.sink.error(
            "type",
            span,
            format!("« {key} » n'a pas le bon type de valeur"),
            format!("écrivez {expected}"),
        );
    }

    fn missing(&mut self, key: &str) {
        let span = self.span.start..self.span.end.min(self.span.start + 1).max(self.span.start);
        self.sink.error(
            "cle-manquante",
            span,
            format!("il manque la clé « {key} »"),
            format!("ajoutez « {key} = … » à cette table"),
        );
    }

    /// An optional text.
    pub(crate) fn text_opt(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        if let Some(text) = value.get_ref().as_str() {
            Some(text.trim().to_owned())
        } else {
            self.wrong_type(key, value.span(), "un texte entre guillemets");
            None
        }
    }

    /// A required, non-empty text.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        if self.table.get(key).is_none() {
            self.known.push(key);
            self.missing(key);
            return String::new();
        }
        let text = self.text_opt(key).unwrap_or_default();
        if text.is_empty() {
            let span = self.span_of(key);
            if self.table.get(key).is_some_and(|v| v.get_ref().is_str()) {
                self.sink.error(
                    "texte-vide",
                    span,
                    format!("« {key} » est vide"),
                    "écrivez le texte, ou retirez l'élément",
                );
            }
        }
        text
    }

    /// An optional yes or no.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value.span(), "true ou false");
            false
        })
    }

    /// An optional yes or no, absent when not said.
    pub(crate) fn flag_opt(&mut self, key: &'static str) -> Option<bool> {
        self.table.get(key)?;
        Some(self.flag(key))
    }

    /// A list of texts with their places; absent means empty.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<(String, Range<usize>)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.span(), "une liste de textes : [\"…\", \"…\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in array {
            match entry.get_ref().as_str() {
                Some(text) => texts.push((text.trim().to_owned(), entry.span())),
                None => self.wrong_type(key, entry.span(), "un texte entre guillemets"),
            }
        }
        texts
    }

    /// A list of texts.
    pub(crate) fn plain_texts(&mut self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of ids of some sort, each checked later.
    pub(crate) fn ids(&mut self, key: &'static str, entity: Entity) -> Vec<String> {
        let texts = self.texts(key);
        for (id, span) in &texts {
            self.sink
                .mention(span.clone(), Target::Id(entity, id.clone()));
        }
        texts.into_iter().map(|(id, _)| id).collect()
    }

    /// An optional id of some sort, checked later.
    pub(crate) fn id_opt(&mut self, key: &'static str, entity: Entity) -> Option<String> {
        let id = self.text_opt(key)?;
        let span = self.span_of(key);
        self.sink.mention(span, Target::Id(entity, id.clone()));
        Some(id)
    }

    /// The values of a required list that holds at least one.
    pub(crate) fn some_values(&mut self, key: &'static str) -> &'t [Spanned<DeValue<'t>>] {
        let Some(value) = self.value(key) else {
            self.missing(key);
            return &[];
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.span(), "une liste : [\"…\", \"…\"]");
            return &[];
        };
        if array.is_empty() {
            self.sink.error(
                "liste-vide",
                value.span(),
                format!("« {key} » est vide"),
                "donnez au moins un élément",
            );
        }
        array
    }

    /// A required list with at least one text.
    pub(crate) fn some_texts(&mut self, key: &'static str) -> Vec<String> {
        if self.some_values(key).is_empty() {
            return Vec::new();
        }
        self.plain_texts(key)
    }

    /// A word among several, each with its meaning.
    pub(crate) fn word_opt<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let value = self.value(key)?;
        let list = words
            .iter()
            .map(|(word, _)| *word)
            .collect::<Vec<_>>()
            .join(", ");
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value.span(), &format!("l'un de ces mots : {list}"));
            return None;
        };
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning);
        if found.is_none() {
            let close = closest(text, words.iter().map(|(word, _)| *word));
            self.sink.error(
                "mot-inconnu",
                value.span(),
                format!("« {text} » n'est pas une valeur de « {key} »"),
                close.map_or(format!("choisissez parmi : {list}"), |word| {
                    format!("vouliez-vous dire « {word} » ? Valeurs possibles : {list}")
                }),
            );
        }
        found
    }

    /// A required word among several; the first one stands in for a fault.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> T {
        if self.table.get(key).is_none() {
            self.known.push(key);
            self.missing(key);
            return words[0].1;
        }
        self.word_opt(key, words).unwrap_or(words[0].1)
    }

    /// An optional date.
    pub(crate) fn date_opt(&mut self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date.and_then(|d| {
                let year = i16::try_from(d.year).ok()?;
                let (month, day) = (i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?);
                Date::new(year, month, day).ok()
            }),
            _ => None,
        };
        if date.is_none() {
            self.wrong_type(key, value.span(), "une date sans guillemets : 2026-08-11");
        }
        date
    }

    /// A required date; the zero date stands in for a fault.
    pub(crate) fn date(&mut self, key: &'static str) -> Date {
        if self.table.get(key).is_none() {
            self.known.push(key);
            self.missing(key);
            return Date::ZERO;
        }
        self.date_opt(key).unwrap_or(Date::ZERO)
    }

    /// `valid_from` and `valid_until`.
    pub(crate) fn validity(&mut self) -> Validity {
        let validity = Validity {
            valid_from: self.date_opt("valid_from"),
            valid_until: self.date_opt("valid_until"),
        };
        if !validity.is_ordered() {
            let span = self.span_of("valid_until");
            self.sink.error(
                "dates-inversees",
                span,
                "la fin de validité précède le début",
                "« valid_until » est le dernier jour en vigueur, inclus",
            );
        }
        validity
    }

    /// An optional number in thousandths, between 0 and 1.
    pub(crate) fn thousandths_opt(&mut self, key: &'static str) -> Option<u16> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(integer) => integer.as_str().to_owned(),
            DeValue::Float(float) => float.as_str().to_owned(),
            _ => String::new(),
        };
        let number = parse_thousandths(&text);
        if number.is_none() {
            self.wrong_type(
                key,
                value.span(),
                "un nombre de 0 à 1, trois décimales au plus",
            );
        }
        number
    }

    /// An optional whole number.
    pub(crate) fn integer_opt(&mut self, key: &'static str) -> Option<u64> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => {
                integer.as_str().replace('_', "").parse().ok()
            }
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value.span(), "un nombre entier");
        }
        number
    }

    /// A required whole number.
    pub(crate) fn integer(&mut self, key: &'static str) -> u64 {
        if self.table.get(key).is_none() {
            self.known.push(key);
            self.missing(key);
            return 0;
        }
        self.integer_opt(key).unwrap_or(0)
    }

    /// Tables of an array, with their places; absent means none.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(&'t DeTable<'t>, Range<usize>)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.span(), &format!("des tables : [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in array {
            match entry.get_ref().as_table() {
                Some(table) => tables.push((table, entry.span())),
                None => self.wrong_type(key, entry.span(), "une table"),
            }
        }
        tables
    }

    /// A table, with its place.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<(&'t DeTable<'t>, Range<usize>)> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, value.span(), &format!("une table : [{key}]"));
        }
        table.map(|table| (table, value.span()))
    }

    /// A required id, recorded as a definition.
    pub(crate) fn define(&mut self, entity: Entity) -> String {
        let id = self.text("id");
        let span = self.span_of("id");
        let dotted = entity == Entity::Question;
        let valid = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let well_formed = match (dotted, id.split_once('.')) {
            (true, Some((module, slug))) => valid(module) && valid(slug),
            (true, None) => false,
            (false, _) => valid(&id),
        };
        if !id.is_empty() && !well_formed {
            let form = if dotted {
                "module.nom"
            } else {
                "un-nom-simple"
            };
            self.sink.error(
                "identifiant",
                span.clone(),
                format!("« {id} » n'est pas un identifiant"),
                format!("minuscules sans accent, chiffres et tirets, sous la forme « {form} »"),
            );
        }
        let when = self
            .table
            .get("when")
            .map(|when| self.sink.place(when.span()));
        let place = self.sink.place(span);
        self.sink.definitions.push(Definition {
            entity,
            id: id.clone(),
            place,
            when,
        });
        id
    }

    /// Reports the keys nobody asked for.
    pub(crate) fn finish(self) {
        for (key, value) in self.table {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            let _ = value;
            let close = closest(name, self.known.iter().copied());
            self.sink.error(
                "cle-inconnue",
                key.span(),
                format!("la clé « {name} » n'existe pas ici"),
                close.map_or_else(
                    || format!("clés possibles : {}", self.known.join(", ")),
                    |close| format!("vouliez-vous dire « {close} » ?"),
                ),
            );
        }
    }
}

/// The known word nearest to a mistyped one, if any is near.
pub(crate) fn closest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

fn parse_thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    let value = whole.checked_mul(1000)?.checked_add(decimals)?;
    (value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_exact() {
        assert_eq!(parse_thousandths("0"), Some(0));
        assert_eq!(parse_thousandths("1.0"), Some(1000));
        assert_eq!(parse_thousandths("0.25"), Some(250));
        assert_eq!(parse_thousandths("1.001"), None);
        assert_eq!(parse_thousandths("0.1234"), None);
        assert_eq!(parse_thousandths("-0.5"), None);
    }

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        assert_eq!(closest("severty", ["severity", "depth"]), Some("severity"));
        assert_eq!(closest("xyz", ["severity", "depth"]), None);
    }
}
