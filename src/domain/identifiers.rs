//! Checks of official numbers and addresses: SIREN, SIRET, VAT, telephone, e-mail, web.
//!
//! Each function takes what a person typed and gives the canonical form, or says in French what is
//! wrong and what is expected.

/// Why a value was refused, in French.
pub type Reason = String;

/// SIREN of La Poste, whose establishments do not follow the usual key.
const LA_POSTE: &str = "356000000";

fn digits(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '_'))
        .collect()
}

/// Luhn sum: from the right, every second digit doubled (minus 9 beyond 9).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            match (at % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn only_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// A SIREN: nine digits and a Luhn key.
pub fn siren(text: &str) -> Result<String, Reason> {
    let number = digits(text);
    if !only_digits(&number, 9) {
        return Err("un SIREN a 9 chiffres, par exemple 732 829 320".into());
    }
    if number == "000000000" || !luhn(&number) {
        return Err(format!(
            "« {text} » ne passe pas le contrôle de clé d'un SIREN : un chiffre est sans doute faux"
        ));
    }
    Ok(number)
}

/// A SIRET: fourteen digits, a valid SIREN, and a Luhn key (La Poste excepted).
pub fn siret(text: &str) -> Result<String, Reason> {
    let number = digits(text);
    if !only_digits(&number, 14) {
        return Err("un SIRET a 14 chiffres : le SIREN puis 5 chiffres".into());
    }
    siren(&number[..9])?;
    let sum: u32 = number.bytes().map(|b| u32::from(b - b'0')).sum();
    let post = number.starts_with(LA_POSTE) && sum.is_multiple_of(5);
    if !luhn(&number) && !post {
        return Err(format!(
            "« {text} » ne passe pas le contrôle de clé d'un SIRET : un chiffre est sans doute faux"
        ));
    }
    Ok(number)
}

/// A French VAT number: `FR`, a key, the SIREN. An alphanumeric key is accepted unchecked.
pub fn vat(text: &str) -> Result<String, Reason> {
    let number = digits(text).to_uppercase();
    let expected = "un numéro de TVA français s'écrit FR, 2 caractères, puis le SIREN";
    let Some(rest) = number.strip_prefix("FR") else {
        return Err(expected.into());
    };
    if rest.len() != 11 || !rest.is_ascii() {
        return Err(expected.into());
    }
    let (key, siren_part) = rest.split_at(2);
    let siren_number = siren(siren_part)?;
    if let Ok(key) = key.parse::<u64>() {
        let number: u64 = siren_number.parse().unwrap_or(0);
        if key != (12 + 3 * (number % 97)) % 97 {
            return Err(format!(
                "la clé « {key:02} » ne correspond pas au SIREN {siren_part}"
            ));
        }
    } else if !key
        .bytes()
        .all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && b != b'I' && b != b'O'))
    {
        return Err(expected.into());
    }
    Ok(number)
}

/// A telephone number: French (`0…` or `+33…`), or international (`+…`).
pub fn phone(text: &str) -> Result<String, Reason> {
    let number: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '(' | ')' | '\u{a0}'))
        .collect();
    let number = match number.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => number,
    };
    // « +33 (0)2 … » keeps a zero that is not dialled.
    let number = match number.strip_prefix("+330") {
        Some(rest) => format!("+33{rest}"),
        None => number,
    };
    let body = number
        .strip_prefix("+33")
        .or_else(|| number.strip_prefix('0'));
    let french = body.is_some_and(|b| only_digits(b, 9) && !b.starts_with('0'));
    let foreign = number.strip_prefix('+').is_some_and(|b| {
        (7..=15).contains(&b.len()) && b.bytes().all(|c| c.is_ascii_digit()) && !b.starts_with('0')
    });
    // Hosts and helplines answer at numbers of four digits, such as 1007 or 3900.
    if only_digits(&number, 4) && (number.starts_with("10") || number.starts_with('3')) {
        return Ok(number);
    }
    match (french, foreign && !number.starts_with("+33")) {
        (true, _) => Ok(format!("0{}", body.unwrap_or_default())),
        (false, true) => Ok(number),
        _ => Err("un numéro de téléphone a 10 chiffres (02 97 00 00 01) ou commence par + et l'indicatif du pays".into()),
    }
}

/// An e-mail address someone reads.
pub fn email(text: &str) -> Result<String, Reason> {
    let address = text.trim();
    let expected = "une adresse électronique s'écrit nom@domaine.fr";
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Err(expected.into());
    };
    let forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | ',' | ';' | '(' | ')' | '@' | '\\')
    };
    let domain_is_valid = domain.rsplit_once('.').is_some_and(|(name, end)| {
        end.len() >= 2
            && end.chars().all(char::is_alphabetic)
            && name.split('.').all(|label| {
                !label.is_empty()
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            })
    });
    if local.is_empty()
        || local.chars().count() > 64
        || local.contains(forbidden)
        || local.starts_with('.')
        || local.ends_with('.')
        || !domain_is_valid
        || address.len() > 254
    {
        return Err(expected.into());
    }
    let name: String = local
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    if name.contains("noreply") || name.contains("nepasrepondre") {
        return Err("donnez une adresse que quelqu'un lit : on doit pouvoir vous répondre".into());
    }
    Ok(format!("{local}@{}", domain.to_lowercase()))
}

/// A web address; `https://` is added when nothing is said.
pub fn url(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    let expected = "une adresse web s'écrit https://www.exemple.fr";
    let address = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    if !matches!(scheme.to_lowercase().as_str(), "https" | "http") {
        return Err(expected.into());
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '<' | '>' | '"' | '\'' | '`' | '\\' | '{' | '}' | '|' | '^' | '(' | ')'
            )
    };
    let name = host.split(':').next().unwrap_or_default();
    let labels_are_valid = name.contains('.')
        && name.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    if !labels_are_valid || rest.contains(forbidden) || address.chars().count() > 2_000 {
        return Err(expected.into());
    }
    Ok(format!("{}://{rest}", scheme.to_lowercase()))
}

/// A French postal code.
pub fn postal_code(text: &str) -> Result<String, Reason> {
    let code = digits(text);
    let department = code.get(..2).and_then(|d| d.parse::<u8>().ok());
    if only_digits(&code, 5) && department.is_some_and(|d| (1..=98).contains(&d) && d != 96) {
        Ok(code)
    } else {
        Err("un code postal français a 5 chiffres, par exemple 56000".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siren_checks_length_and_key() {
        assert_eq!(siren("732 829 320"), Ok("732829320".into()));
        assert_eq!(siren("001122332"), Ok("001122332".into()));
        assert!(siren("732829321").is_err());
        assert!(siren("000000000").is_err());
        assert!(siren("73282932").is_err());
        assert!(siren("73282932a").is_err());
    }

    #[test]
    fn siret_checks_its_siren_and_knows_la_poste() {
        assert_eq!(siret("73282932000074"), Ok("73282932000074".into()));
        assert!(siret("73282932000075").is_err());
        // La Poste: the digits add up to a multiple of 5, the Luhn key fails.
        assert_eq!(siret("35600000049837"), Ok("35600000049837".into()));
    }

    #[test]
    fn vat_key_is_computed_from_the_siren() {
        assert_eq!(vat("FR 44 732829320"), Ok("FR44732829320".into()));
        assert_eq!(vat("fr41001122332"), Ok("FR41001122332".into()));
        assert!(vat("FR45732829320").is_err());
        assert_eq!(vat("FRX7732829320"), Ok("FRX7732829320".into()));
        assert!(vat("FRO7732829320").is_err());
        assert!(vat("BE0123456789").is_err());
        assert!(vat("FRé1732829320").is_err());
    }

    #[test]
    fn phones_are_brought_to_one_form() {
        assert_eq!(phone("02 97 00 00 01"), Ok("0297000001".into()));
        assert_eq!(phone("+33 2.97.00.00.01"), Ok("0297000001".into()));
        assert_eq!(phone("+33 (0)2 97 00 00 01"), Ok("0297000001".into()));
        assert_eq!(phone("0032 2 555 12 12"), Ok("+3225551212".into()));
        assert_eq!(phone("10 07"), Ok("1007".into()));
        assert_eq!(phone("3900"), Ok("3900".into()));
        assert!(phone("2024").is_err());
        assert!(phone("12345").is_err());
        assert!(phone("+33 097000001").is_err());
    }

    #[test]
    fn emails_that_nobody_reads_are_refused() {
        assert_eq!(
            email(" Contact@Exemple.FR "),
            Ok("Contact@exemple.fr".into())
        );
        for bad in [
            "x",
            "@a.fr",
            "a@b",
            "a b@c.fr",
            "no-reply@a.fr",
            "ne_pas_repondre@a.fr",
            "a@-b.fr",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn urls_keep_only_the_web() {
        assert_eq!(url("www.exemple.fr"), Ok("https://www.exemple.fr".into()));
        assert_eq!(
            url("HTTPS://exemple.fr/a?b=1#c"),
            Ok("https://exemple.fr/a?b=1#c".into())
        );
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "exemple",
            "https://a b.fr",
            "https://x.fr/\"><",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn postal_codes_are_french() {
        assert!(postal_code("56000").is_ok());
        assert!(postal_code("97133").is_ok());
        assert!(postal_code("00100").is_err());
        assert!(postal_code("99000").is_err());
    }
}
