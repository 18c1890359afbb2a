//! Aurore Conseil: prospecting professionals.

use serde_json::Value;

use crate::common::{Example, never_says, says};

#[test]
fn the_consultant_gets_no_undue_critical_alert() {
    let assessment = Example::open("aurore-conseil").assessment();
    let alerts: Vec<&Value> = assessment
        .findings()
        .iter()
        .filter(|f| {
            f["severity"] == "critical" && f["status"] != "met" && f["status"] != "partly-met"
        })
        .collect();
    assert!(alerts.is_empty(), "{alerts:?}");
    assert_eq!(assessment.0["cap_reason"], Value::Null);
    // Rules for consumers are not hers.
    assessment.does_not_ask(&[
        "prospection.accord-messages",
        "prospection.accord-telephone",
        "prospection.sources/internet-avec-accord",
        "vitrine.contenu-mentions/mediateur",
        "vitrine.formulaires/telephone",
    ]);
    assessment.leaves_out(&["ecommerce"]);
}

#[test]
fn the_consultant_is_told_her_major_gaps() {
    let assessment = Example::open("aurore-conseil").assessment();
    assessment.covers(&["vitrine", "cookies", "prospection", "reseaux"]);
    assessment.has_gaps(&[
        "prospection.sources/origine-dite",
        "socle.organisation/vieux-cv",
        "prospection.messages/ouvertures",
        "vitrine.contenu-vie-privee/transferts",
        "vitrine.contenu-vie-privee/origine",
    ]);
    assert_eq!(
        assessment.status("vitrine.page-vie-privee"),
        Some("partly-met")
    );
}

#[test]
fn the_consultant_is_given_credit_for_her_strengths() {
    let assessment = Example::open("aurore-conseil").assessment();
    assessment.recognises(&[
        "vitrine.mentions",
        "vitrine.contenu-mentions/identite-societe",
        "vitrine.contenu-mentions/hebergeur",
        "cookies.bandeau",
        "cookies.avant-accord/refus-effectif",
        "socle.securite/seconde-preuve",
        "socle.securite/mots-de-passe",
        "prospection.professionnels/metier",
        "prospection.professionnels/refus",
        "prospection.messages/desinscription",
        "reseaux.acces/double-authentification",
    ]);
    for theme in ["socle", "prospection", "reseaux"] {
        assert!(
            assessment.score("cookies") > assessment.score(theme),
            "{theme}"
        );
    }
}

#[test]
fn the_consultant_gets_the_texts_of_a_company() {
    let example = Example::open("aurore-conseil");
    let documents = example.documents();
    documents.need(&[
        "page-vie-privee",
        "mention-formulaire",
        "registre",
        "pied-de-message",
    ]);
    documents.do_not_need(&[
        "cgv-donnees",
        "bulletin-fidelite",
        "accord-telephonique",
        "consentement-partenaires",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "**Aurore Conseil**",
            "SASU",
            "1 000 €",
            "RCS Paris 005 288 402",
            "Aurore Petit, présidente",
        ],
    );
    never_says(&mentions, &["Petit EI", "médiateur"]);
    let privacy = example.text("page-vie-privee");
    says(
        &privacy,
        &[
            "Prospection de professionnels",
            "Candidatures",
            "États-Unis",
        ],
    );
}
