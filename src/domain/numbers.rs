//! Numbers as people read them: those of companies and of telephones, in groups.

use super::catalogue::Kind;

/// A value of this kind in groups; what is not such a number stays as it is.
pub fn number(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Siren | Kind::Siret => grouped(text),
        Kind::Phone => phone(text),
        _ => text.to_owned(),
    }
}

/// A company or establishment number in groups of three, the rest last.
fn grouped(number: &str) -> String {
    let is_number = number.len() >= 9 && number.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return number.to_owned();
    }
    let (siren, rest) = number.split_at(9);
    let mut parts = vec![&siren[..3], &siren[3..6], &siren[6..]];
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.join("\u{a0}")
}

/// « 02 97 00 00 01 » or « +33 2 97 00 00 01 »; a foreign number stays as it is.
fn phone(number: &str) -> String {
    let pairs = |digits: &str| {
        let pair = |chunk: &[u8]| String::from_utf8_lossy(chunk).into_owned();
        digits
            .as_bytes()
            .chunks(2)
            .map(pair)
            .collect::<Vec<_>>()
            .join("\u{a0}")
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match number.strip_prefix("+33") {
        Some(rest) if rest.len() == 9 && digits(rest) => {
            format!("+33\u{a0}{}\u{a0}{}", &rest[..1], pairs(&rest[1..]))
        }
        _ if number.len() == 10 && number.starts_with('0') && digits(number) => pairs(number),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(Kind::Siren, "732829320"), "732\u{a0}829\u{a0}320");
        assert_eq!(
            number(Kind::Siret, "73282932000074"),
            "732\u{a0}829\u{a0}320\u{a0}00074"
        );
        assert_eq!(
            number(Kind::Phone, "0297000001"),
            "02\u{a0}97\u{a0}00\u{a0}00\u{a0}01"
        );
        assert_eq!(
            number(Kind::Phone, "+33297000001"),
            "+33\u{a0}2\u{a0}97\u{a0}00\u{a0}00\u{a0}01"
        );
        assert_eq!(number(Kind::Phone, "+4930123"), "+4930123");
        assert_eq!(number(Kind::Siren, "732é29320"), "732é29320");
    }
}
