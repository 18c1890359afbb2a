//! Narrow places: a line of profile, an SMS. A text that does not fit says so, never silently.

use unicode_normalization::UnicodeNormalization;

use super::markdown;
use crate::domain::document::Room;

/// Signs of an SMS written in its own alphabet.
const SMS: usize = 160;
/// Signs left when one of them is outside that alphabet.
const SMS_UNICODE: usize = 70;
/// GSM 03.38, letters and signs beyond the ASCII ones of [`is_plain`].
const BASIC: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
/// GSM 03.38, signs that take the room of two.
const DOUBLE: &str = "^{}\\[~]|€";

/// What to do, in words, when a text does not fit; headings do not count.
pub(super) fn overflow(room: Room, text: &str) -> Option<String> {
    let body: Vec<&str> = text
        .lines()
        .skip_while(|line| line.starts_with('#') || line.is_empty())
        .collect();
    let text = markdown::flat(&body.join("\n"));
    match room {
        Room::Line(most) => {
            let (size, most) = (text.chars().count(), usize::from(most));
            (size > most)
                .then(|| format!("un texte plus court : {size} caractères, {most} au plus"))
        }
        Room::Sms(most) => {
            let most = usize::from(most);
            match text.chars().find(|c| weight(*c).is_none()) {
                None => {
                    let size: usize = text.chars().filter_map(weight).sum();
                    let words = || {
                        format!(
                            "un nom plus court : ce texte prend {size} des {SMS} caractères d'un SMS, il en faut pour l'offre"
                        )
                    };
                    (size > most).then(words)
                }
                Some(foreign) => {
                    let size: usize = text.chars().map(char::len_utf16).sum();
                    let words = || {
                        format!(
                            "un nom plus court, ou sans « {foreign} » : ce signe réduit le SMS à {SMS_UNICODE} caractères, et ce texte en prend déjà {size}"
                        )
                    };
                    (size > most * SMS_UNICODE / SMS).then(words)
                }
            }
        }
    }
}

/// Writes a text in the alphabet of SMS as far as it goes: accents it lacks are dropped.
pub(super) fn for_sms(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            _ if weight(c).is_some() => out.push(c),
            '’' | '‘' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '–' | '—' | '‑' => out.push('-'),
            '…' => out.push_str("..."),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            '\u{a0}' | '\u{202f}' => out.push(' '),
            _ => match std::iter::once(c).nfd().next() {
                Some(bare) if weight(bare).is_some() => out.push(bare),
                _ => out.push(c),
            },
        }
    }
    out
}

/// Room a sign takes in the alphabet of SMS; nothing outside it.
fn weight(c: char) -> Option<usize> {
    if is_plain(c) || BASIC.contains(c) {
        Some(1)
    } else if DOUBLE.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// The part of ASCII that takes one sign.
fn is_plain(c: char) -> bool {
    c == '\n' || ((' '..='~').contains(&c) && c != '`' && !DOUBLE.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_without_its_heading_nor_its_marks() {
        assert_eq!(overflow(Room::Line(7), "## Titre\n\n**Bonjour**"), None);
        let told = overflow(Room::Line(6), "## Titre\n\n**Bonjour**").unwrap();
        assert_eq!(told, "un texte plus court : 7 caractères, 6 au plus");
    }

    #[test]
    fn an_sms_is_counted_in_its_own_alphabet() {
        assert_eq!(overflow(Room::Sms(10), "> Éclat 20"), None);
        assert!(
            overflow(Room::Sms(10), "> Éclat 20 €").is_some(),
            "€ is two signs"
        );
        // One foreign sign, and 160 become 70.
        assert_eq!(overflow(Room::Sms(160), &"ç".repeat(70)), None);
        let told = overflow(Room::Sms(160), &"ç".repeat(71)).unwrap();
        assert!(told.contains("« ç »") && told.contains("70"), "{told}");
        assert!(overflow(Room::Sms(160), &"😀".repeat(36)).is_some());
    }

    #[test]
    fn accents_an_sms_lacks_are_dropped_and_the_others_kept() {
        let text = for_sms("Les Bougies de Maëlle – l’œuvre, ça «été» à Noël…");
        assert_eq!(
            text,
            "Les Bougies de Maelle - l'oeuvre, ca \"été\" à Noel..."
        );
        assert_eq!(
            for_sms("سوق"),
            "سوق",
            "what has no equal is left, and counted"
        );
        assert_eq!(for_sms("e\u{301}"), "é");
    }
}
