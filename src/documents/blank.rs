//! Blanks: what a text cannot say yet, kept visible and tied to the question that fills it.
//!
//! While a template is rendered a blank is a number between two private characters, which answers
//! never hold; [`resolve`] turns it into « [à compléter : …] » and tells which ones were printed.

use serde::Serialize;

use crate::domain::typography;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// How a blank begins in every output.
pub const PREFIX: &str = "[à compléter : ";

/// How the « question » of a blank begins when an activity of the record fills it, not a question.
pub const ACTIVITY: &str = "traitements.";

/// Something a text cannot say yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blank {
    /// Question, or question and field, that is missing: `vitrine.hebergeur.adresse`.
    pub field: String,
    /// Question that fills it, or the activity, as `traitements.contact`.
    pub question: String,
    /// What is missing, in words.
    pub label: String,
    /// Why it is filled in by hand in the text, when no answer does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<String>,
    /// Content of the record it stands for, when it stands for one.
    #[serde(skip)]
    pub part: Option<&'static str>,
}

impl Blank {
    /// The content of the record that fills it, as `contact.duree`, when no question does.
    pub fn activity(&self) -> Option<&str> {
        self.field.strip_prefix(ACTIVITY)
    }

    /// How it is filled where no answer does, in sentences.
    pub fn filling(&self) -> Option<String> {
        let reason = self.by_hand.as_ref()?;
        Some(typography::french(&format!(
            "Ce blanc se remplit à la main : {}. Enregistrez le texte, puis remplacez-y « {} ». Ce que \
             vous écrivez reste quand le texte est refait.",
            reason.trim_end_matches('.'),
            written(&self.label),
        )))
    }

    /// What is missing, and why it is filled by hand when no answer does.
    pub fn told(&self) -> String {
        match &self.by_hand {
            Some(reason) => format!("{} (à la main\u{a0}: {reason})", self.label),
            None => self.label.clone(),
        }
    }
}

/// Stand-in of the blank number `at` in a template output.
pub(super) fn stand_in(at: usize) -> String {
    format!("{OPEN}{at}{CLOSE}")
}

/// Parts a text into ordinary parts and stand-ins.
pub(super) fn split(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match rest.find(OPEN) {
            Some(0) => rest
                .find(CLOSE)
                .map_or(rest.len(), |at| at + CLOSE.len_utf8()),
            Some(at) => at,
            None => rest.len(),
        };
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some((part, part.starts_with(OPEN)))
    })
}

/// Writes the blanks of a rendered text in words and tells which ones it holds, in order.
pub(super) fn resolve(text: &str, known: &[Blank]) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut seen = Vec::new();
    let mut after_blank = false;
    for (part, is_blank) in split(text) {
        if is_blank {
            let number = part.trim_matches([OPEN, CLOSE]).parse::<usize>().ok();
            if let Some((at, blank)) = number.and_then(|at| Some((at, known.get(at)?))) {
                out.push_str(&written(&blank.label));
                if !seen.contains(&at) {
                    seen.push(at);
                }
            }
        } else {
            // `](`, `][` and `]:` would make a link of the blank.
            if after_blank && part.starts_with(['(', '[', ':']) {
                out.push(' ');
            }
            out.push_str(part);
        }
        after_blank = is_blank;
    }
    (out, seen)
}

/// « [à compléter : label] ».
pub(super) fn written(label: &str) -> String {
    let label: String = label
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | '*' | '_' | '`' | '<' | '>' | '|' | '\\'))
        .collect();
    format!(
        "{PREFIX}{}]",
        label
            .trim()
            .trim_end_matches(['?', '\u{202f}', '\u{a0}', ' '])
    )
}

/// Parts a text into ordinary parts and written blanks, for the outputs that show them apart.
pub(super) fn find(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.find(PREFIX);
        let (part, is_blank) = match start {
            Some(0) => match rest.find(']') {
                Some(end) => (&rest[..=end], true),
                None => (rest, false),
            },
            Some(at) => (&rest[..at], false),
            None => (rest, false),
        };
        rest = &rest[part.len()..];
        Some((part, is_blank))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_written_and_told() {
        let known = [Blank {
            field: "a".into(),
            question: "a".into(),
            label: "le [nom] ?".into(),
            by_hand: None,
            part: None,
        }];
        let (text, seen) = resolve(&format!("Nom : {}(x)", stand_in(0)), &known);
        assert_eq!(text, "Nom : [à compléter : le nom] (x)");
        assert_eq!(seen, [0]);
    }

    #[test]
    fn a_blank_by_hand_says_how_it_is_filled() {
        let mut blank = Blank {
            field: "a".into(),
            question: "a".into(),
            label: "vos mots".into(),
            by_hand: None,
            part: None,
        };
        assert_eq!(blank.filling(), None);
        blank.by_hand = Some("les réponses ne le disent pas".into());
        let told = blank.filling().unwrap_or_default();
        assert!(told.contains("[à compléter\u{a0}: vos mots]"), "{told}");
        assert!(
            told.contains("les réponses ne le disent pas. Enregistrez"),
            "{told}"
        );
    }

    #[test]
    fn a_forged_stand_in_names_nothing() {
        assert_eq!(resolve(&stand_in(7), &[]), (String::new(), Vec::new()));
    }

    #[test]
    fn written_blanks_are_found_again() {
        let parts: Vec<_> = find("a [à compléter : b] c").collect();
        assert_eq!(
            parts,
            [("a ", false), ("[à compléter : b]", true), (" c", false)]
        );
    }
}
