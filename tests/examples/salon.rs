//! Salon Éclat: loyalty card, text messages, health notes.

use crate::common::{Example, says};

#[test]
fn the_salon_is_told_its_critical_gaps_and_nothing_about_a_site() {
    let assessment = Example::open("salon-eclat").assessment();
    assessment.covers(&["fidelisation", "prospection", "reseaux"]);
    assessment.leaves_out(&["vitrine", "cookies", "ecommerce"]);
    assessment.has_critical_gaps(&[
        "prospection.accord-messages",
        "prospection.messages/desinscription",
        "socle.securite/liste-gardee",
        "fidelisation.sante/accord",
        "fidelisation.sante/acces",
        "reseaux.photos/avant-apres",
    ]);
    assessment.has_gaps(&[
        "prospection.messages/stop",
        "fidelisation.papiers/information",
        "fidelisation.comptoir/sans-copie",
        "fidelisation.programme/adherents",
        "socle.conservation",
    ]);
    assessment.does_not_ask(&["socle.securite/https", "prospection.accord-telephone"]);
}

#[test]
fn the_salon_stops_first() {
    let plan = Example::open("salon-eclat").plan();
    let first: Vec<&str> = plan.iter().take(6).map(String::as_str).collect();
    for action in [
        "arreter-messages-sans-accord",
        "arreter-partage-sans-accord",
        "arreter-photos-sans-accord",
    ] {
        assert!(first.contains(&action), "{action} is not among {first:?}");
    }
    assert!(
        plan.iter().any(|id| id == "proteger-les-notes-de-sante"),
        "{plan:?}"
    );
}

#[test]
fn the_salon_gets_the_texts_of_the_counter() {
    let example = Example::open("salon-eclat");
    let documents = example.documents();
    documents.need(&[
        "bulletin-fidelite",
        "cases-de-consentement",
        "consentement-partenaires",
        "page-sociale",
        "autorisation-image",
        "registre",
        "durees-conservation",
    ]);
    documents.do_not_need(&["mentions-legales", "bandeau-et-page-cookies", "cgv-donnees"]);
    says(
        &example.text("registre"),
        &["Programme de fidélité", "Précautions de santé"],
    );
}
