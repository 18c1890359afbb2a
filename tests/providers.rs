//! Who decides what becomes of the data rules what is written of a provider, and to them; one that is
//! also a service of the site is cited once, with what the catalogue knows of it.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::{BTreeMap, BTreeSet};

use aplomb::documents::render_seen;
use aplomb::domain::answer::{Answer, Value};
use aplomb::domain::dossier::Dossier;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY, example};

const PROVIDERS: &str = "socle.prestataires";

/// The same business with these providers, each given as « field=value » words.
fn with(slug: &str, providers: &[&[(&str, &str)]]) -> Dossier {
    let mut dossier = example(slug);
    let entry = |words: &&[(&str, &str)]| {
        let words = words.iter();
        words
            .map(|(field, text)| ((*field).to_owned(), (*text).to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let list = Value::List(providers.iter().map(entry).collect());
    dossier
        .answers
        .insert(PROVIDERS.to_owned(), Answer::Value(list));
    dossier
}

fn told(dossier: &Dossier, document: &str) -> String {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let document = CATALOGUE.document(document).unwrap();
    let text = render_seen(&view, document).unwrap().markdown;
    text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

/// One provider of each kind, and two of which nobody said who decides.
fn every_kind() -> Dossier {
    let named = |name, decide| {
        [
            ("nom", name),
            ("role", "tâche"),
            ("pays", "France"),
            ("decide", decide),
        ]
    };
    with(
        "bougies-maelle",
        &[
            &named("Envoi-Exemple", "nous"),
            &named("Transport-Exemple", "lui"),
            &named("Réseau-Exemple", "ensemble"),
            &named("Agenda-Exemple", "inconnu"),
            &[
                ("nom", "Ancien-Exemple"),
                ("role", "tâche"),
                ("pays", "France"),
            ],
        ],
    )
}

#[test]
fn only_who_acts_for_the_business_is_sent_the_letter() {
    let letter = told(&every_kind(), "lettre-sous-traitant");
    assert!(letter.contains("## Lettre à Envoi-Exemple"), "{letter}");
    for name in ["Transport", "Réseau", "Agenda", "Ancien"] {
        assert!(
            !letter.contains(&format!("Lettre à {name}-Exemple")),
            "{name}"
        );
    }
    let undecided = letter.split("## À trancher avant d'écrire").nth(1).unwrap();
    let undecided = undecided.split("\n## ").next().unwrap();
    for name in ["Agenda-Exemple", "Ancien-Exemple"] {
        assert!(
            undecided.contains(&format!("- {name} : tâche")),
            "{undecided}"
        );
    }
    assert!(!undecided.contains("Réseau-Exemple"), "{undecided}");
    assert!(
        undecided.contains("[à compléter : qui décide de l'usage"),
        "{undecided}"
    );
}

#[test]
fn who_has_a_contract_is_only_asked_for_the_safeguard_that_is_missing() {
    let letter = |country: &str, safeguard: &str| {
        let provider = [
            ("nom", "Envoi-Exemple"),
            ("role", "tâche"),
            ("pays", country),
            ("contrat", "oui"),
            ("garantie", safeguard),
            ("decide", "nous"),
        ];
        told(
            &with("bougies-maelle", &[&provider]),
            "lettre-sous-traitant",
        )
    };
    let short = "## Lettre à Envoi-Exemple : pays et garantie";
    assert!(letter("États-Unis", "aucune").contains(short));
    for (country, safeguard) in [("États-Unis", "dpf"), ("France", "aucune")] {
        assert!(!letter(country, safeguard).contains("Lettre à Envoi-Exemple"));
    }
}

#[test]
fn a_list_told_before_the_question_was_asked_is_left_to_be_decided() {
    let dossier = with(
        "boulangerie-martin",
        &[&[
            ("nom", "Meta"),
            ("role", "page Facebook"),
            ("pays", "États-Unis"),
        ]],
    );
    let letter = told(&dossier, "lettre-sous-traitant");
    assert!(!letter.contains("Lettre à Meta"), "{letter}");
    assert!(letter.contains("- Meta : page Facebook"), "{letter}");
    let page = told(&dossier, "page-vie-privee");
    assert!(
        page.contains("- Meta (États-Unis) : page Facebook\n"),
        "{page}"
    );
    let record = told(&dossier, "registre");
    assert!(
        record.contains("| Meta | page Facebook | à trancher"),
        "{record}"
    );
}

#[test]
fn a_provider_is_never_said_to_be_what_nobody_said() {
    let dossier = every_kind();
    let page = told(&dossier, "page-vie-privee");
    for line in [
        "- Envoi-Exemple (France) : tâche ; agit pour nous, sur nos consignes\n",
        "- Transport-Exemple (France) : tâche ; décide lui-même de l'usage qu'il en fait\n",
        "- Réseau-Exemple (France) : tâche ; nous en décidons ensemble\n",
        "- Agenda-Exemple (France) : tâche\n",
        "Pour ce que nous décidons avec Réseau-Exemple, nous sommes responsables ensemble.",
    ] {
        assert!(page.contains(line), "« {line} » is missing:\n{page}");
    }
    let record = told(&dossier, "registre");
    for row in [
        "| Envoi-Exemple | tâche | nous : sous-traitant |",
        "| Transport-Exemple | tâche | lui-même : responsable distinct |",
        "| Réseau-Exemple | tâche | ensemble : responsable conjoint |",
        "| Agenda-Exemple | tâche | à trancher",
    ] {
        assert!(record.contains(row), "« {row} » is missing:\n{record}");
    }
    let terms = told(&dossier, "cgv-donnees");
    let section = terms.split("### Qui les reçoit").nth(1).unwrap();
    let section = section.split("\n###").next().unwrap();
    assert!(
        section.contains("- Envoi-Exemple : tâche ; agit pour nous"),
        "{section}"
    );
    assert!(
        section.contains("- Transport-Exemple : tâche ; décide lui-même"),
        "{section}"
    );
    assert!(!section.contains("Réseau-Exemple"), "{section}");
}

/// Aurore Conseil, whose site is made with Wix: one of the services picked too.
fn wix(words: &[(&str, &str)]) -> Dossier {
    let mut entry = vec![("role", "site")];
    entry.extend(words);
    with("aurore-conseil", &[&entry])
}

#[test]
fn a_provider_that_is_a_service_of_the_site_is_cited_once_with_its_country() {
    for name in ["Wix", "wix", "  WIX ", "Wix.com Ltd", "wix com ltd"] {
        let dossier = wix(&[("nom", name)]);
        let page = told(&dossier, "page-vie-privee");
        let shown = name.trim();
        let line = format!("- {shown}, de Wix.com Ltd (Israël) : site");
        assert!(page.contains(&line), "{page}");
        let transfers = format!("- {shown}, Israël : ");
        assert!(page.contains(&transfers), "{page}");
        for repeated in ["- Wix, de Wix.com Ltd, Israël", "- Wix\n"] {
            assert!(!page.contains(repeated), "{page}");
        }
        // The other service goes on being named.
        assert!(
            page.contains("- Calendly, de Calendly LLC, États-Unis"),
            "{page}"
        );
        let record = told(&dossier, "registre");
        assert!(
            record.contains(&format!("| {shown} (Wix.com Ltd) |")),
            "{record}"
        );
        assert!(
            record.contains(&format!("- Prestataire : {shown}, Israël.")),
            "{record}"
        );
        assert!(!record.contains("Service du site : Wix"), "{record}");
        let answers = told(&dossier, "reponses-droits");
        assert!(!answers.contains("- Wix, Wix.com Ltd"), "{answers}");
    }
}

#[test]
fn no_heading_is_left_over_a_list_that_became_empty() {
    let mut dossier = wix(&[("nom", "Wix")]);
    let only = Value::Set(vec!["wix".to_owned()]);
    dossier
        .answers
        .insert("cookies.services".to_owned(), Answer::Value(only));
    let page = told(&dossier, "page-vie-privee");
    assert!(!page.contains("fait aussi appel à ces services"), "{page}");
    assert!(!page.contains("Les services du site et les pays"), "{page}");
}

#[test]
fn a_country_that_disagrees_leaves_both_said() {
    let page = told(
        &wix(&[("nom", "Wix"), ("pays", "France")]),
        "page-vie-privee",
    );
    assert!(page.contains("- Wix (France) : site"), "{page}");
    assert!(page.contains("- Wix, de Wix.com Ltd, Israël"), "{page}");
}

#[test]
fn a_name_that_is_no_service_picked_gains_nothing() {
    let page = told(&wix(&[("nom", "Wixette")]), "page-vie-privee");
    assert!(page.contains("- Wixette ([à compléter : pays"), "{page}");
}

#[test]
fn every_text_knows_the_same_countries_of_the_european_economic_area() {
    let question = CATALOGUE.question(PROVIDERS).unwrap();
    let eea = &question.known_services.as_ref().unwrap().eea;
    let countries: BTreeSet<&str> = eea.iter().map(String::as_str).collect();
    assert_eq!(countries.len(), eea.len(), "a name is written twice");
    // « Europe » names no country: which one has to be told.
    let others = [
        "Europe",
        "Suisse",
        "Royaume-Uni",
        "Andorre",
        "Monaco",
        "Irlande du Nord",
    ];
    assert!(others.iter().all(|name| !countries.contains(name)));
    let abroad = |country: &str| {
        let provider = [
            ("nom", "Envoi-Exemple"),
            ("role", "tâche"),
            ("pays", country),
            ("decide", "nous"),
        ];
        let dossier = with("bougies-maelle", &[&provider]);
        let letter = told(&dossier, "lettre-sous-traitant");
        let record = told(&dossier, "registre");
        (
            told(&dossier, "page-vie-privee").contains("- Envoi-Exemple, "),
            told(&dossier, "cgv-donnees").contains("- Envoi-Exemple, "),
            told(&dossier, "reponses-droits").contains("- Envoi-Exemple, "),
            letter.contains("Pays que nous avons noté pour ces données"),
            record.contains("- Prestataire : Envoi-Exemple, "),
            record.contains("à obtenir : ……"),
        )
    };
    for country in ["france", "PAYS-BAS", "Norvege", "République tchèque"] {
        assert_eq!(
            abroad(country),
            (false, false, false, false, false, false),
            "{country}"
        );
    }
    for country in others {
        assert_eq!(
            abroad(country),
            (true, true, true, true, true, true),
            "{country}"
        );
    }
}
