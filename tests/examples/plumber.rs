//! Plomberie Durand: telephone, before and after 11 August 2026.

use crate::common::{DAY, Example, never_says, says};

#[test]
fn the_plumber_calls_under_the_opposition_regime_until_the_tenth_of_august() {
    let example = Example::open_on("plomberie-durand", "2026-08-10");
    let assessment = example.assessment();
    assessment.has_critical_gaps(&[
        "prospection.appels/bloctel",
        "prospection.travaux/sans-appel-energie",
    ]);
    assessment.has_gaps(&[
        "prospection.appels/refus-soixante-jours",
        "prospection.appels/heures",
    ]);
    assessment.does_not_ask(&[
        "prospection.accord-telephone",
        "prospection.sources/accord-appels",
        "prospection.appels/refus",
    ]);
    let plan = example.plan();
    assert!(
        plan.iter().any(|id| id == "filtrer-par-bloctel"),
        "{plan:?}"
    );
    assert!(
        !plan.iter().any(|id| id == "arreter-appels-sans-accord"),
        "{plan:?}"
    );
}

#[test]
fn the_plumber_needs_prior_consent_from_the_eleventh_of_august() {
    for day in ["2026-08-11", DAY] {
        let example = Example::open_on("plomberie-durand", day);
        let assessment = example.assessment();
        assessment.has_critical_gaps(&[
            "prospection.accord-telephone",
            "prospection.sources/accord-appels",
            "prospection.travaux/sans-appel-energie",
            "prospection.appels/refus",
            "socle.droits/refus-immediat",
        ]);
        assessment.has_gaps(&[
            "prospection.appels/heures",
            "prospection.sources/provenance",
        ]);
        assessment.does_not_ask(&[
            "prospection.appels/bloctel",
            "prospection.appels/refus-soixante-jours",
        ]);
        let plan = example.plan();
        let first: Vec<&str> = plan.iter().take(4).map(String::as_str).collect();
        assert!(first.contains(&"arreter-appels-sans-accord"), "{first:?}");
        assert!(first.contains(&"arreter-fichier-achete"), "{first:?}");
        assert!(first.contains(&"arreter-demarchage-travaux"), "{first:?}");
        assert!(
            !plan.iter().any(|id| id == "filtrer-par-bloctel"),
            "{plan:?}"
        );
        example
            .documents()
            .need(&["accord-telephonique", "liste-opposition"]);
    }
}

#[test]
fn the_plumber_is_named_as_a_craftsman() {
    let example = Example::open("plomberie-durand");
    let assessment = example.assessment();
    assessment.leaves_out(&["ecommerce", "reseaux"]);
    // A page without form nor tracker is not asked about banners and form texts.
    assessment.does_not_ask(&["cookies.bandeau", "vitrine.formulaires/texte"]);
    let documents = example.documents();
    documents.need(&["mentions-legales", "registre"]);
    documents.do_not_need(&[
        "cgv-donnees",
        "page-sociale",
        "mention-formulaire",
        "autorisation-image",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "Marc Durand EI",
            "8 chemin des Vignes",
            "registre national des entreprises",
            "004 711 032",
            "Assurance professionnelle",
        ],
    );
    never_says(&mentions, &["Capital", "RCS", "répertoire des métiers"]);
    says(
        &example.text("registre"),
        &["Suivi des clients", "Factures et comptabilité"],
    );
}

#[test]
fn only_who_calls_gets_the_consent_box_and_the_script_of_a_call() {
    for slug in ["boulangerie-martin", "bougies-maelle", "salon-eclat"] {
        let text = Example::open(slug).text("accord-telephonique");
        says(&text, &["Sous chaque champ « téléphone »"]);
        never_says(&text, &["J'accepte que", "script d'appel"]);
    }
    let text = Example::open("plomberie-durand").text("accord-telephonique");
    says(
        &text,
        &[
            "J'accepte que **Marc Durand EI",
            "script d'appel",
            "un an",
            "interdit",
            // No form, yet a number is noted by whoever calls.
            "Sous chaque champ « téléphone »",
            "Dans le contrat, le devis",
        ],
    );
    never_says(&text, &["Bloctel"]);
    let before = Example::open_on("plomberie-durand", "2026-08-10").text("accord-telephonique");
    says(&before, &["Bloctel"]);
    never_says(&before, &["J'accepte que"]);
}
