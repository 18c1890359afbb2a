//! Folder names made from business names, safe on every system.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, a collision suffix excluded.
const MAX: usize = 60;

/// What stands in for a name without any usable letter.
const FALLBACK: &str = "dossier";

/// A lower-case name of ASCII letters, digits and single hyphens; never empty, never reserved.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len().min(MAX));
    for c in name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        let folded = match c {
            'a'..='z' | '0'..='9' => c.encode_utf8(&mut [0; 4]).to_owned(),
            'œ' => "oe".to_owned(),
            'æ' => "ae".to_owned(),
            'ß' => "ss".to_owned(),
            'ø' => "o".to_owned(),
            'đ' | 'ð' => "d".to_owned(),
            'ł' => "l".to_owned(),
            'þ' => "th".to_owned(),
            _ if out.is_empty() || out.ends_with('-') => continue,
            _ => "-".to_owned(),
        };
        if out.len() + folded.len() > MAX {
            break;
        }
        out.push_str(&folded);
    }
    let slug = out.trim_end_matches('-');
    match slug {
        "" => FALLBACK.to_owned(),
        _ if is_reserved(slug) => format!("{FALLBACK}-{slug}"),
        _ => slug.to_owned(),
    }
}

/// The slugs to try in turn for a name: itself, then `-2`, `-3`…
pub fn candidates(name: &str) -> impl Iterator<Item = String> + use<> {
    let slug = slug(name);
    std::iter::once(slug.clone()).chain((2_u32..).map(move |n| format!("{slug}-{n}")))
}

/// Tells whether Windows keeps this file name for a device, whatever its extension.
pub(crate) fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or(name)
        .trim_end()
        .to_ascii_lowercase();
    let is_port = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|port| {
            let mut port = port.chars();
            matches!(port.next(), Some('0'..='9' | '¹' | '²' | '³')) && port.next().is_none()
        })
    };
    matches!(
        stem.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" | "clock$"
    ) || is_port("com")
        || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn french_names_keep_their_letters() {
        for (name, expected) in [
            ("L'Épicerie d'Élodie & Fils", "l-epicerie-d-elodie-fils"),
            ("Cœur de Bœuf – Lyon 7ᵉ", "coeur-de-boeuf-lyon-7e"),
            ("E\u{301}te\u{301}", "ete"),
            ("CON", "dossier-con"),
            ("nul", "dossier-nul"),
            ("Com1", "dossier-com1"),
            ("contact", "contact"),
            ("com10", "com10"),
            ("...", "dossier"),
            ("", "dossier"),
            ("東京", "dossier"),
            ("../../etc/passwd", "etc-passwd"),
            ("a. ", "a"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(
            candidates("A").take(3).collect::<Vec<_>>(),
            ["a", "a-2", "a-3"]
        );
    }

    proptest! {
        #[test]
        fn any_name_gives_a_safe_slug(name in any::<String>()) {
            let slug = slug(&name);
            prop_assert!(!slug.is_empty() && slug.len() <= MAX + FALLBACK.len() + 1);
            prop_assert!(slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            prop_assert!(!is_reserved(&slug));
            prop_assert_eq!(super::slug(&slug), slug);
        }
    }
}
