//! What the owner writes about processing activities, told from what the catalogue says.
#![expect(clippy::expect_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::BTreeMap;

use aplomb::domain::catalogue::LegalBasis;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::input::{self, Raw};
use aplomb::domain::processing::{ActivityEdit, Author, OWN, Part, Standing, all, edit};
use aplomb::domain::view::View;
use examples::CATALOGUE;
use jiff::civil::date;
use proptest::prelude::*;

fn dossier() -> Dossier {
    let mut dossier = Dossier::new("Essai", date(2026, 11, 27));
    for (id, words) in [
        ("profil.forme", Raw::Text("societe".into())),
        ("profil.presence", Raw::List(vec![Raw::Text("site".into())])),
        (
            "profil.formulaires",
            Raw::List(vec![Raw::Text("contact".into())]),
        ),
        (
            "profil.fichiers",
            Raw::List(vec![Raw::Text("clients".into())]),
        ),
    ] {
        let question = CATALOGUE.question(id).expect("a question");
        let answer = input::answer(question, &words, &CATALOGUE).expect("an answer");
        dossier.answers.insert(id.to_owned(), answer);
    }
    dossier
}

fn look<T>(dossier: &Dossier, id: &str, read: impl Fn(&Standing<'_>, &View<'_>) -> T) -> T {
    let view = View::new(&CATALOGUE, dossier, date(2026, 11, 27));
    let all = all(&view);
    let standing = all.iter().find(|s| s.id == id).expect("an activity");
    read(standing, &view)
}

fn write(dossier: &mut Dossier, id: &str, part: Part, text: &str) {
    let edit = dossier.activities.entry(id.to_owned()).or_default();
    edit.texts.insert(part, text.to_owned());
}

#[test]
fn words_of_the_owner_are_told_from_those_of_the_catalogue() {
    let mut dossier = dossier();
    let before = look(&dossier, "contact", |s, _| s.said(Part::Persons));
    assert_eq!(before.author, Author::Catalogue);
    write(&mut dossier, "contact", Part::Data, "nom ; courriel");
    look(&dossier, "contact", |s, _| {
        let said = s.said(Part::Data);
        assert_eq!(
            (said.items.as_slice(), said.author),
            (
                ["nom".to_owned(), "courriel".to_owned()].as_slice(),
                Author::Owner
            )
        );
        assert_eq!(s.said(Part::Persons), before);
        // The fields to fill in were those of other data.
        assert_eq!(s.said(Part::Mandatory).author, Author::Missing);
        assert_eq!(s.owners(), ["données"]);
    });
    write(&mut dossier, "contact", Part::Mandatory, "");
    look(&dossier, "contact", |s, _| {
        assert_eq!(s.said(Part::Mandatory).author, Author::Owner);
    });
}

#[test]
fn what_was_taken_away_is_missing_not_filled() {
    let mut dossier = dossier();
    for part in Part::ALL {
        write(&mut dossier, "contact", part, "");
    }
    look(&dossier, "contact", |s, view| {
        for part in Part::ALL {
            let said = s.said(part);
            assert!(said.items.is_empty(), "{part:?}");
            assert_eq!(said.author == Author::Missing, part.is_due(), "{part:?}");
        }
        assert!(s.remarks(view).iter().any(|r| r.contains("reste à dire")));
    });
}

#[test]
fn a_longer_duration_is_told_and_a_shorter_is_not() {
    let mut dossier = dossier();
    for (text, longer) in [
        ("dix ans", true),
        ("5 ans après le dernier échange", true),
        ("un an", false),
        ("trois ans", false),
        ("le temps qu'il faut", false),
    ] {
        write(&mut dossier, "contact", Part::Retention, text);
        look(&dossier, "contact", |s, view| {
            assert_eq!(s.exceeded().is_some(), longer, "{text}");
            let remarks = s.remarks(view).join(" ");
            assert!(remarks.contains("durée fixée par vous"), "{remarks}");
            assert_eq!(remarks.contains("plus longue"), longer, "{remarks}");
        });
    }
    // Where the catalogue names no duration, none is said to be exceeded.
    write(&mut dossier, "clients", Part::Retention, "vingt ans");
    look(&dossier, "clients", |s, _| {
        assert!(s.exceeded().is_none());
    });
}

#[test]
fn declining_what_the_answers_say_is_told() {
    let mut dossier = dossier();
    let edit = ActivityEdit {
        absent: Some("nous ne répondons à personne".into()),
        ..ActivityEdit::default()
    };
    dossier.activities.insert("contact".into(), edit);
    look(&dossier, "contact", |s, view| {
        assert!(!s.is_recorded());
        let remarks = s.remarks(view);
        assert!(
            remarks[0].contains("parce que vous avez répondu"),
            "{remarks:?}"
        );
    });
}

#[test]
fn an_interest_goes_with_its_basis() {
    let mut dossier = dossier();
    let edit = ActivityEdit {
        basis: Some(LegalBasis::Consent),
        ..ActivityEdit::default()
    };
    dossier.activities.insert("contact".into(), edit);
    look(&dossier, "contact", |s, _| {
        assert_eq!(s.basis(), (Some(LegalBasis::Consent), Author::Owner));
        assert_eq!(s.said(Part::Interest).items, Vec::<String>::new());
    });
    let edit = ActivityEdit {
        basis: Some(LegalBasis::LegitimateInterest),
        ..ActivityEdit::default()
    };
    dossier.activities.insert("clients".into(), edit);
    look(&dossier, "clients", |s, _| {
        assert_eq!(s.said(Part::Interest).author, Author::Missing);
    });
}

#[test]
fn an_activity_of_the_owner_needs_everything() {
    assert!(
        CATALOGUE
            .processing_activities
            .iter()
            .all(|a| !a.id.starts_with(OWN))
    );
    let mut dossier = dossier();
    let texts = BTreeMap::from([(Part::Title, "Caméras".to_owned())]);
    let edit = ActivityEdit {
        texts,
        ..ActivityEdit::default()
    };
    dossier.activities.insert("propre-cameras".into(), edit);
    look(&dossier, "propre-cameras", |s, _| {
        assert!(s.is_recorded());
        assert_eq!(s.title(), "Caméras");
        assert_eq!(s.basis(), (None, Author::Missing));
        assert_eq!(s.said(Part::Retention).author, Author::Missing);
    });
}

#[test]
fn bases_are_known_by_what_people_write() {
    for (text, basis) in [
        ("consentement", Some(LegalBasis::Consent)),
        ("Intérêt légitime", Some(LegalBasis::LegitimateInterest)),
        ("obligation legale", Some(LegalBasis::LegalObligation)),
        ("legitimate-interest", Some(LegalBasis::LegitimateInterest)),
        ("bof", None),
    ] {
        assert_eq!(LegalBasis::named(text), basis, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_kept_is_bounded_clean_and_stable(text in "\\PC{0,40}|.{0,40}", part in prop::sample::select(Part::ALL.as_slice())) {
        if let Ok(kept) = part.read(&text) {
            prop_assert!(kept.chars().count() <= edit::MAX_TEXT);
            prop_assert!(!kept.chars().any(input::is_hidden));
            prop_assert!(!kept.contains('\n'));
            // Reading it again changes nothing: what is shown for editing is what is kept.
            prop_assert_eq!(part.read(&kept), Ok(kept.clone()));
            prop_assert_eq!(part.items(&kept).join(" ; "), kept);
        }
    }
}

#[test]
fn a_text_too_long_or_with_commands_is_refused() {
    let long = "x".repeat(edit::MAX_TEXT + 1);
    assert!(Part::Purpose.read(&long).is_err());
    assert!(Part::Title.read(&"x".repeat(edit::MAX_TITLE + 1)).is_err());
    assert!(Part::Purpose.read("a\u{1b}[2J").is_err());
}
