//! Why a rule does not concern a business: when it must be said, and what says enough.

use super::catalogue::Question;
use super::input::is_unknown;

/// Tells whether « sans objet » must be justified: obligations and criticals.
pub fn needs_reason(question: &Question) -> bool {
    let own = question.severity;
    let items = question.items.iter().map(|item| item.severity);
    own.into_iter()
        .chain(items)
        .any(|severity| severity.weight() >= 4)
}

/// Letters of the shortest reason of a single word.
const LONE_WORD: usize = 8;

/// What is said of a reason that tells nothing, with an example as it is written there.
pub fn reason_wanted(before: &str) -> String {
    format!(
        "dites pourquoi en deux mots (ou huit lettres), car le rapport le cite : par exemple « {before}aucun \
         salarié »"
    )
}

/// Tells whether somebody else can read a reason: two words, or a long one.
pub fn tells_why(reason: &str) -> bool {
    if is_unknown(reason) {
        return false;
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let words = reason.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| letters(word) >= 2).count() >= 2 || letters(reason) >= LONE_WORD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_two_words_or_a_long_one() {
        for told in ["site fermé", "saisonnier", "plus d'activité", "pas lieu"] {
            assert!(tells_why(told), "{told}");
        }
        for short in [
            "",
            "s",
            "non",
            "x y z",
            "1234 5678",
            "raison",
            "…",
            "je sais pas",
        ] {
            assert!(!tells_why(short), "{short}");
        }
    }
}
