//! Boulangerie Martin: a shop window site and a Facebook page.

use crate::common::{Example, never_says, says};

#[test]
fn the_bakery_is_told_its_critical_gaps_and_not_what_it_does_not_do() {
    let assessment = Example::open("boulangerie-martin").assessment();
    assessment.covers(&["vitrine", "reseaux", "cookies", "prospection"]);
    assessment.leaves_out(&["ecommerce"]);
    // No loyalty programme: nothing is asked about one, so nothing is lost.
    assessment.does_not_ask(&[
        "fidelisation.programme/regles",
        "fidelisation.papiers/information",
        "fidelisation.sante/accord",
        "fidelisation.programme/adherents",
    ]);
    assessment.has_critical_gaps(&[
        "vitrine.mentions",
        "vitrine.formulaires/cases-vides",
        "vitrine.formulaires/texte",
        "cookies.avant-accord/google-analytics",
        "cookies.bandeau",
    ]);
    assessment.has_gaps(&[
        "cookies.avant-accord/videos-cartes",
        "reseaux.acces/double-authentification",
        "reseaux.acces/acces-personnel",
        "socle.registre",
        "socle.conservation",
        "socle.transferts",
    ]);
    // A remote font is worth an advice, not an alert.
    assessment.are("unmet", "recommendation", &["cookies.particuliers/polices"]);
    assessment.recognises(&["socle.securite/https"]);
    assert_eq!(assessment.0["level"], "E");
}

#[test]
fn the_bakery_gets_its_texts_with_the_host_left_to_fill_in() {
    let example = Example::open("boulangerie-martin");
    let documents = example.documents();
    documents.need(&[
        "mentions-legales",
        "page-vie-privee",
        "mention-formulaire",
        "bandeau-et-page-cookies",
        "page-sociale",
        "reponse-mecontent",
        "registre",
    ]);
    documents.do_not_need(&[
        "cgv-donnees",
        "bulletin-fidelite",
        "consentement-partenaires",
    ]);
    let blanks = documents.blanks("mentions-legales");
    assert!(blanks.contains(&"vitrine.hebergeur.adresse"), "{blanks:?}");
    assert!(
        blanks.contains(&"vitrine.hebergeur.telephone"),
        "{blanks:?}"
    );
    assert!(!blanks.contains(&"vitrine.hebergeur.nom"), "{blanks:?}");
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "la société **Boulangerie Martin**",
            "SARL",
            "8 000 €",
            "RCS Vannes 001 122 332",
            "FR41001122332",
            "Claire Martin, gérante",
            "OVH",
            "à compléter : l'adresse de l'hébergeur",
        ],
    );
    never_says(&mentions, &["Martin EI"]);
    says(
        &example.text("mention-formulaire"),
        &["Formulaire de contact", "lettre d'information"],
    );
    says(
        &example.text("registre"),
        &[
            "Demandes de contact",
            "Lettre d'information",
            "Suivi des clients",
            "Gestion du personnel",
        ],
    );
}

#[test]
fn the_bakery_starts_with_what_the_visitor_suffers() {
    let plan = Example::open("boulangerie-martin").plan();
    for action in [
        "publier-mentions-legales",
        "arreter-les-traceurs-avant-accord",
        "poser-un-bandeau-conforme",
        "coller-mentions-formulaires",
        "regler-les-formulaires",
        "publier-page-vie-privee",
    ] {
        assert!(plan.iter().any(|id| id == action), "{action}");
    }
    assert!(
        !plan
            .iter()
            .any(|id| id.contains("telephone") && id.contains("accord")),
        "{plan:?}"
    );
}

#[test]
fn not_knowing_whether_openings_are_tracked_leaves_the_question_and_what_to_do() {
    let example = Example::open("boulangerie-martin");
    for document in ["mention-formulaire", "pied-de-message"] {
        let text = example.text(document);
        says(&text, &["votre outil mesure-t-il les ouvertures"]);
        never_says(&text, &["la réponse à « Que trouve-t-on"]);
    }
}
