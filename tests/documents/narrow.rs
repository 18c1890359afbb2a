//! Texts that have to fit: an SMS, a line of profile.

use aplomb::documents::escape;
use aplomb::domain::answer::{Answer, Value};
use proptest::prelude::*;

use super::fixture::{force, rendered, sole_trader};
use super::hostile::read_back;

#[test]
fn a_narrow_text_fits_or_says_that_it_does_not() {
    for (name, url) in [
        ("Salon Éclat", "https://salon.example"),
        (
            "Les Bougies de Maëlle – l’atelier",
            "https://bougies.example",
        ),
        ("سوق الزيتون", "https://xn--example"),
        (
            "{{7*7}} {% for x in y %} | € € €",
            "https://a.example/?q=[x](y)",
        ),
        (
            &"Cœur & Fils ".repeat(30),
            &format!("https://a.example/{}", "é".repeat(200)),
        ),
        (&"😀".repeat(40), "https://a.example"),
        (&"€".repeat(60), "https://a.example"),
    ] {
        narrow(name, url);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_name_makes_a_narrow_text_longer_in_silence(name in "\\PC{1,120}", path in "[a-zé/]{0,120}") {
        prop_assume!(!escape::clean(&name).is_empty());
        narrow(&name, &format!("https://a.example/{path}"));
    }
}

/// Signs of an SMS: the basic table of GSM 03.38, and its extension, which counts twice.
fn sms_size(text: &str) -> Option<usize> {
    let basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                 ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    text.chars().try_fold(0, |size, c| match c {
        c if basic.contains(c) => Some(size + 1),
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(size + 2),
        _ => None,
    })
}

/// An SMS and a line of profile written for this name and this address.
fn narrow(name: &str, url: &str) {
    let mut dossier = sole_trader();
    force(&mut dossier, "profil.nom-commercial", name);
    force(&mut dossier, "profil.site-url", url);
    let sms = Value::Set(vec!["sms".into()]);
    dossier
        .answers
        .insert("profil.prospection".into(), Answer::Value(sms));
    for (id, clause, most) in [
        ("pied-de-message", "sms", 160),
        ("page-sociale", "ligne-avec-site", 150),
    ] {
        let document = rendered(&dossier, id);
        let Some(trace) = document.clauses.iter().find(|c| c.id == clause) else {
            panic!("{id}: {clause}");
        };
        let Some((_, body)) = trace.markdown.split_once("\n\n") else {
            panic!("{}", trace.markdown);
        };
        let text = read_back(body);
        let text = text.trim();
        let size = if clause == "sms" {
            sms_size(text).unwrap_or(most + 1)
        } else {
            text.chars().count()
        };
        let flagged = document
            .blanks
            .iter()
            .any(|b| b.label.contains("plus court"));
        assert_eq!(flagged, !trace.complete, "{id} {name} {url}");
        assert!(flagged || size <= most, "{id}: {size} in {text:?}");
        assert!(!flagged || !document.ready);
    }
}
