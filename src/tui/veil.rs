//! What a room must not read: the name of the business, its folder, what was typed as answers.
//!
//! Every text goes through [`Look::shown`](super::widget::page::Look::shown) on its way to the
//! screen, wherever it comes from: a veil there covers the sentences, the documents and the paths
//! that quote an answer as well as the answers themselves.

use std::borrow::Cow;

use jiff::civil::Date;

use super::app::workshop::MASK;
use super::screen::review::is_private;
use crate::documents::french;
use crate::domain::answer::{Amount, Answer, Value};
use crate::domain::catalogue::{Kind, Question};
use crate::domain::explain;
use crate::domain::view::View;

/// Shortest text that is always looked for; a shorter one may be an ordinary word.
const SHORTEST: usize = 3;
/// Words, elisions, levels and units of one or two letters: covered, they would say nothing and leave
/// holes in the sentences. Any other short text with a letter is the name of somebody.
const ORDINARY: &str = "a ai an as au b c cb ce ci cm d de do du dû e eh en es et eu go h ha ht id il ip j je kg \
    km ko l la le lu m ma me ml mm mo n ne ni nu nº o ok on or os ou où pc pu qu rh s sa se \
    si su t ta te tu tv u ue un va vu y à ça é ô";
/// Most figures of a number that is only known by its unit: it may also be a note, a year, a count.
const AMBIGUOUS: usize = 4;

/// A text to cover, and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hidden {
    /// Its characters as they are compared.
    folded: Vec<char>,
    mask: String,
}

/// Texts to cover, the longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    hidden: Vec<Hidden>,
}

/// A veil that covers nothing.
pub static BARE: Veil = Veil { hidden: Vec::new() };

impl Veil {
    /// Covers the answers of a dossier that were typed, its name and its folder.
    pub fn of(view: &View<'_>, folder: &str) -> Self {
        let mut veil = Self::default();
        veil.hide(folder, "…");
        let name = &view.dossier().name;
        veil.hide(name, &initials(name));
        for question in &view.catalogue().questions {
            veil.hide_answer(view, question);
        }
        // Notes and reasons are for who wrote them; who does what is for the room.
        let dossier = view.dossier();
        let decided = dossier.actions.values();
        let decided = decided.flat_map(|tracking| [&tracking.note, &tracking.reason]);
        let about = dossier.activities.values();
        let about = about.flat_map(|edit| [&edit.note, &edit.absent]);
        for text in dossier.notes.values().chain(decided.chain(about).flatten()) {
            veil.hide(text, MASK);
        }
        veil.hidden
            .sort_by_key(|hidden| std::cmp::Reverse(hidden.folded.len()));
        veil.hidden.dedup_by(|a, b| a.folded == b.folded);
        veil
    }

    fn hide(&mut self, text: &str, mask: &str) {
        let folded: Vec<char> = text.chars().filter_map(fold).collect();
        if folded.len() >= SHORTEST || is_short_name(&folded) {
            self.hidden.push(Hidden {
                folded,
                mask: mask.to_owned(),
            });
        }
    }

    fn hide_answer(&mut self, view: &View<'_>, question: &Question) {
        match view.recorded(question) {
            Some(Answer::NotApplicable { reason }) => self.hide(reason, MASK),
            Some(Answer::Value(value)) if is_private(question) => {
                match value {
                    Value::Text(text) => self.hide_simple(question.kind, text),
                    Value::Number(amount) => self.hide_number(*amount),
                    Value::Record(parts) => {
                        // The name of a country says nothing of a business.
                        let own = parts.iter().filter(|(id, _)| *id != "country");
                        own.for_each(|(_, text)| self.hide(text, MASK));
                    }
                    Value::List(entries) => {
                        for (id, text) in entries.iter().flatten() {
                            let field = question.fields.iter().find(|field| field.id == *id);
                            if let Some(field) = field.filter(|f| f.kind != Kind::Choice) {
                                self.hide_simple(field.kind, text);
                            }
                        }
                    }
                    Value::Set(_) | Value::Ticks(_) => {}
                }
                if !matches!(value, Value::Number(_)) {
                    self.hide(&explain::said(view, question), MASK);
                }
            }
            _ => {}
        }
    }

    /// A text, as it is kept and as documents and screens write it.
    fn hide_simple(&mut self, kind: Kind, text: &str) {
        match (kind, text.parse::<Date>()) {
            (Kind::Date, Ok(date)) => {
                self.hide(&french::date(date), MASK);
                self.hide(&explain::day(date), MASK);
                self.hide(text, MASK);
            }
            (Kind::Number, _) => {}
            _ => self.hide(text, MASK),
        }
    }

    /// An amount; a short one only where its unit follows.
    fn hide_number(&mut self, amount: Amount) {
        let written = amount.to_string().replace('.', ",");
        for unit in ["€", "euro", "euros"] {
            self.hide(&format!("{written}{unit}"), &format!("{MASK}\u{a0}{unit}"));
        }
        if written.len() > AMBIGUOUS {
            self.hide(&written, MASK);
        }
    }

    /// A text with a mask over what must not be read.
    pub fn cover<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        let places: Vec<(usize, char)> = text.char_indices().collect();
        // What is compared, and where each of its characters stands in the text.
        let read: Vec<(char, usize)> = places
            .iter()
            .enumerate()
            .filter_map(|(at, (_, c))| Some((fold(*c)?, at)))
            .collect();
        let word = |at: Option<usize>| {
            at.and_then(|at| places.get(at))
                .is_some_and(|(_, c)| c.is_alphanumeric())
        };
        let mut out = String::new();
        let mut copied = 0;
        let mut at = 0;
        while at < read.len() {
            let found = self.hidden.iter().find(|hidden| {
                let len = hidden.folded.len();
                let Some(run) = read.get(at..at + len) else {
                    return false;
                };
                run.iter().map(|(c, _)| c).eq(&hidden.folded)
                    && !(word(run[0].1.checked_sub(1)) && word(Some(run[0].1)))
                    && !(word(Some(run[len - 1].1)) && word(Some(run[len - 1].1 + 1)))
            });
            let Some(hidden) = found else {
                at += 1;
                continue;
            };
            let (first, last) = (read[at].1, read[at + hidden.folded.len() - 1].1);
            out.push_str(&text[copied..places[first].0]);
            out.push_str(&hidden.mask);
            copied = places.get(last + 1).map_or(text.len(), |(byte, _)| *byte);
            at += hidden.folded.len();
        }
        if copied == 0 && out.is_empty() {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[copied..]);
        Cow::Owned(out)
    }
}

/// Tells whether a text of one or two characters is a name rather than an ordinary word or a number.
fn is_short_name(folded: &[char]) -> bool {
    let text: String = folded.iter().collect();
    folded.iter().any(|c| c.is_alphabetic())
        && !ORDINARY.split_whitespace().any(|word| word == text)
}

/// « BM » for « Boulangerie Martin »; a name that its initials would tell whole is masked.
pub fn initials(name: &str) -> String {
    let initials: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .collect();
    if name
        .chars()
        .filter_map(fold)
        .eq(initials.chars().filter_map(fold))
    {
        MASK.to_owned()
    } else {
        initials
    }
}

/// A character as it is compared, whatever the spacing and the case: a number is grouped, a name
/// is also that of a folder, an apostrophe is typed or set.
fn fold(c: char) -> Option<char> {
    match c {
        '’' => Some('\''),
        '-' | '\u{2010}' | '\u{2011}' => None,
        c if c.is_whitespace() => None,
        c => c.to_lowercase().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil(texts: &[&str]) -> Veil {
        let mut veil = Veil::default();
        for text in texts {
            veil.hide(text, MASK);
        }
        veil
    }

    #[test]
    fn texts_are_covered_however_they_are_written() {
        let veil = veil(&["Pains d'Anne", "552100554", "12 rue du Port"]);
        for (text, shown) in [
            ("Les textes de PAINS D’ANNE.", "Les textes de •••."),
            ("SIREN 552\u{a0}100\u{202f}554, RCS", "SIREN •••, RCS"),
            ("/home/a/pains-d'anne/x.pdf", "/home/a/•••/x.pdf"),
            ("12 rue\ndu Port", "•••"),
            ("112 rue du Port", "112 rue du Port"),
            ("rien", "rien"),
            ("", ""),
        ] {
            assert_eq!(veil.cover(text), shown);
        }
        assert_eq!(BARE.cover("Pains d'Anne"), "Pains d'Anne");
    }

    #[test]
    fn a_short_name_is_covered_as_a_whole_word_and_ordinary_words_are_left() {
        let veil = veil(&["Zo", "X", "de", "B", "12", "R2"]);
        for (text, shown) in [
            ("Les textes de Zo.", "Les textes de •••."),
            (
                "zoologie de l'oZone, quiz ouvert",
                "zoologie de l'oZone, quiz ouvert",
            ),
            ("chez ZO, chez X", "chez •••, chez •••"),
            (
                "Niveau B, 12 sur 100, d'un bon mot de R2",
                "Niveau B, 12 sur 100, d'un bon mot de •••",
            ),
        ] {
            assert_eq!(veil.cover(text), shown);
        }
        assert_eq!(initials("Zo Coiffure"), "ZC");
        assert_eq!(initials("Z"), MASK);
        assert_eq!(initials("A & B"), "AB");
    }

    #[test]
    fn short_texts_are_left_in_words_and_amounts_are_known_by_their_unit() {
        let mut veil = veil(&["un", "Lys"]);
        veil.hide_number(Amount(50_000));
        assert_eq!(
            veil.cover("un analyste, 60 sur 500"),
            "un analyste, 60 sur 500"
        );
        assert_eq!(
            veil.cover("500\u{a0}€ ou 500 euros"),
            "•••\u{a0}€ ou •••\u{a0}euros"
        );
        veil.hide_number(Amount(800_000));
        assert_eq!(veil.cover("8\u{a0}000 €, 8000"), "•••\u{a0}€, 8000");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_covered(text in "\\PC{0,60}", hidden in "\\PC{0,8}") {
            veil(&[&hidden]).cover(&text);
        }
    }
}
