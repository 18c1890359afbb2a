//! What a text says of a business, and what it leaves blank.

use aplomb::documents::Needed;
use aplomb::documents::markdown::{page, text};
use aplomb::documents::output::{Format, file};
use aplomb::domain::answer::{Answer, Value};
use jiff::civil::date;

use super::fixture::{self, association, company, force, on, rendered, sole_trader};
use super::shipped::OURS;

#[test]
fn a_complete_business_gets_a_ready_text() {
    let legal = rendered(&sole_trader(), "mentions-legales");
    assert_eq!(legal.blanks, []);
    assert!(legal.ready, "{:#?}", legal.elements);
    assert!(legal.markdown.contains("**Maëlle Le Goff EI**"));
    assert!(!legal.markdown.contains("Capital"));
    let host = legal
        .elements
        .iter()
        .find(|element| element.id == "hebergeur")
        .unwrap();
    assert_eq!(host.source, ["vitrine.hebergeur"]);
    assert_eq!(host.clause.as_deref(), Some("hebergeur"));
}

#[test]
fn what_is_not_known_is_a_blank_and_never_a_yes() {
    let mut dossier = company();
    let legal = rendered(&dossier, "mentions-legales");
    assert!(!legal.ready);
    let phone = legal
        .blanks
        .iter()
        .find(|blank| blank.question == "profil.telephone")
        .unwrap();
    assert!(
        legal
            .markdown
            .contains(&format!("[à compléter : {}]", phone.label)),
        "{}",
        legal.markdown
    );
    for id in ["profil.capital-variable", "profil.capital"] {
        dossier.answers.insert(id.into(), Answer::Unknown);
    }
    let legal = rendered(&dossier, "mentions-legales");
    assert!(!legal.markdown.contains("société à capital variable"));
    assert!(
        legal
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.capital-variable")
    );
    assert!(
        legal
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.capital")
    );
}

#[test]
fn a_craftsman_who_trades_cites_both_registers() {
    let mut dossier = sole_trader();
    for (id, text) in [
        ("profil.registre", "rcs-artisan"),
        ("profil.greffe", "Vannes"),
    ] {
        force(&mut dossier, id, text);
    }
    let legal = rendered(&dossier, "mentions-legales").markdown;
    assert!(legal.contains("RCS Vannes"), "{legal}");
    assert!(
        legal.contains("registre national des entreprises"),
        "{legal}"
    );
    force(&mut dossier, "profil.registre", "rne-artisan");
    let legal = rendered(&dossier, "mentions-legales").markdown;
    assert!(!legal.contains("RCS"), "{legal}");
}

#[test]
fn a_title_half_given_leaves_blanks_and_no_hole() {
    let mut dossier = sole_trader();
    force(&mut dossier, "profil.activite-reglementee", "les-deux");
    let given = [("titre".to_owned(), "Opticienne".to_owned())];
    let value = Value::List(vec![given.into_iter().collect()]);
    let id = "profil.titre".to_owned();
    dossier.answers.insert(id, Answer::Value(value));
    let legal = rendered(&dossier, "mentions-legales");
    let blanks = legal.markdown.matches("[à compléter").count();
    assert_eq!(blanks, 5, "{}", legal.markdown);
    assert!(
        !legal.markdown.contains("profession :\n"),
        "{}",
        legal.markdown
    );
}

#[test]
fn a_host_without_a_telephone_gives_its_contact_page() {
    let entry = |fields: &[(&str, &str)]| {
        fields
            .iter()
            .map(|(id, text)| ((*id).to_owned(), (*text).to_owned()))
            .collect()
    };
    let mut dossier = sole_trader();
    let known = [("nom", "Hôte SA"), ("adresse", "1 rue Nord, Oslo")];
    let with_page = [&known[..], &[("contact", "https://hote.example/contact")]].concat();
    for (fields, blank) in [(&with_page[..], false), (&known[..], true)] {
        let value = Value::List(vec![entry(fields)]);
        let id = "vitrine.hebergeur".to_owned();
        dossier.answers.insert(id, Answer::Value(value));
        let legal = rendered(&dossier, "mentions-legales");
        let found = legal
            .blanks
            .iter()
            .any(|b| b.question == "vitrine.hebergeur");
        assert_eq!(found, blank, "{}", legal.markdown);
        assert_eq!(legal.markdown.contains("hote.example/contact"), !blank);
    }
}

#[test]
fn a_decision_of_a_tool_is_said_and_only_another_one_is_left_blank() {
    let choose = |options: &[&str]| {
        let mut dossier = company();
        let chosen = options.iter().map(|id| (*id).to_owned()).collect();
        let id = "socle.decision-automatisee".to_owned();
        dossier
            .answers
            .insert(id, Answer::Value(Value::Set(chosen)));
        rendered(&dossier, "page-vie-privee")
    };
    let blanks = |page: &aplomb::documents::Rendered| {
        let mine = |b: &&aplomb::documents::Blank| b.question == "socle.decision-automatisee";
        page.blanks.iter().filter(mine).count()
    };
    let card = choose(&["paiement"]);
    assert!(card.markdown.contains("paiement en plusieurs fois"));
    assert!(!card.markdown.contains("filtres d’un logiciel"));
    assert_eq!(blanks(&card), 0);
    assert_eq!(blanks(&choose(&["paiement", "oui"])), 1);
    let none = choose(&["non"]);
    assert!(none.markdown.contains("Aucune décision"));
    assert!(!none.markdown.contains("paiement en plusieurs fois"));
}

#[test]
fn an_empty_dossier_says_nothing_of_the_business() {
    let nobody = fixture::business("Vide", &[]);
    for id in OURS {
        let document = rendered(&nobody, id);
        assert_eq!(document.needed, Needed::Undetermined);
        assert!(!document.ready);
        assert!(document.why.contains("Répondez"), "{}", document.why);
        let told = document
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.forme");
        assert!(
            told || id == "mention-formulaire",
            "{id}: {:?}",
            document.blanks
        );
    }
}

#[test]
fn an_answer_that_does_not_apply_any_more_is_not_printed() {
    let mut dossier = company();
    dossier.answers.insert(
        "profil.forme".into(),
        Answer::Value(Value::Text("ei".into())),
    );
    let legal = rendered(&dossier, "mentions-legales");
    assert!(
        !legal.markdown.contains("Boulangerie Martin"),
        "{}",
        legal.markdown
    );
    assert!(!legal.markdown.contains("Capital"));
}

#[test]
fn the_law_of_the_day_is_the_one_that_speaks() {
    let dossier = sole_trader();
    let before = on(&dossier, "mention-formulaire", date(2026, 8, 10)).markdown;
    let after = on(&dossier, "mention-formulaire", date(2026, 8, 11)).markdown;
    assert!(before.contains("Bloctel") && !before.contains("sans votre accord préalable"));
    assert!(after.contains("sans votre accord préalable") && !after.contains("Bloctel"));
    let old = on(&dossier, "mentions-legales", date(2024, 5, 22));
    assert!(!old.markdown.contains("stockent des données"));
}

#[test]
fn rights_follow_the_legal_ground() {
    let mentions = rendered(&sole_trader(), "mention-formulaire").markdown;
    let section = |from: &str, to: &str| {
        let start = mentions.find(from).unwrap();
        let end = mentions[start..]
            .find(to)
            .map_or(mentions.len(), |at| start + at);
        mentions[start..end].to_owned()
    };
    let contact = section("## Formulaire de contact", "### Sous le champ");
    assert!(
        !contact.contains("récupérer") && contact.contains("vous opposer"),
        "{contact}"
    );
    let letter = section("## Inscription", "### La case");
    assert!(
        letter.contains("récupérer") && letter.contains("retirer votre accord"),
        "{letter}"
    );
}

#[test]
fn every_format_shows_the_blanks() {
    let document = rendered(&association(), "mentions-legales");
    assert!(!document.blanks.is_empty());
    for format in Format::ALL {
        let shown = String::from_utf8(file(&document, format, None).bytes).unwrap();
        let marked = matches!(
            format,
            Format::Html | Format::Fragment | Format::FragmentLists
        );
        assert_eq!(shown.contains("<mark>[à compléter"), marked, "{format:?}");
        assert!(shown.contains("[à compléter"), "{format:?}");
    }
    assert!(
        text::plain(&document.markdown)
            .lines()
            .all(|line| line.chars().count() <= 200)
    );
    assert!(page::page("x", &document.markdown, None).contains("<main>"));
}
