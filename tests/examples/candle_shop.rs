//! Les Bougies de Maëlle: a shop run by one person.

use crate::common::{Example, never_says, says};

#[test]
fn the_candle_shop_is_told_its_critical_gaps() {
    let assessment = Example::open("bougies-maelle").assessment();
    assessment.covers(&["ecommerce", "cookies", "reseaux", "prospection"]);
    assessment.has_critical_gaps(&[
        "ecommerce.mots-de-passe/jamais-envoyes",
        "cookies.bandeau",
        "vitrine.page-vie-privee",
    ]);
    assessment.has_gaps(&[
        "ecommerce.mots-de-passe/force",
        "ecommerce.achat-sans-compte",
        "ecommerce.formulaire/sans-naissance",
        "vitrine.contenu-mentions/mediateur",
        "reseaux.reponses/avis-sans-details",
    ]);
    // The European dispute platform closed: its link is only to be taken away.
    assessment.are(
        "unmet",
        "recommendation",
        &["vitrine.tenue/sans-plateforme-europeenne"],
    );
    // Nobody is called, and no tax number is due.
    assessment.does_not_ask(&[
        "prospection.accord-telephone",
        "prospection.appels/heures",
        "vitrine.contenu-mentions/tva-boutique",
        "vitrine.contenu-mentions/identite-societe",
    ]);
}

#[test]
fn the_candle_shop_is_given_credit_for_what_it_does_well() {
    let assessment = Example::open("bougies-maelle").assessment();
    assessment.recognises(&[
        "ecommerce.paiement",
        "ecommerce.cartes/aucun-numero",
        "ecommerce.cartes/sans-cryptogramme",
        "ecommerce.securite/https",
        "cookies.avant-accord/google-analytics",
        "cookies.avant-accord/publicite",
        "prospection.accord-messages",
        "prospection.messages/semblable",
        "prospection.messages/desinscription",
    ]);
}

#[test]
fn the_candle_shop_is_named_as_a_person() {
    let example = Example::open("bougies-maelle");
    let documents = example.documents();
    documents.need(&[
        "mentions-legales",
        "page-vie-privee",
        "cgv-donnees",
        "bandeau-et-page-cookies",
        "page-sociale",
        "reponse-avis",
    ]);
    documents.do_not_need(&[
        "bulletin-fidelite",
        "consentement-partenaires",
        "autorisation-image",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "Maëlle Le Goff EI",
            "Les Bougies de Maëlle",
            "002 244 663",
            "médiateur",
        ],
    );
    never_says(
        &mentions,
        &["Capital", "TVA intracommunautaire", "FR0", "la société"],
    );
}

#[test]
fn the_candle_shop_lets_a_buyer_refuse_its_offers_on_the_order_form() {
    let example = Example::open("bougies-maelle");
    says(
        &example.text("mention-formulaire"),
        &[
            "Offres aux clients",
            "☐ Je ne souhaite pas recevoir vos offres par e-mail.",
        ],
    );
    says(&example.text("message-prestataire"), &["Case de refus"]);
}

#[test]
fn a_social_network_is_a_joint_controller_and_no_subcontractor() {
    let example = Example::open("bougies-maelle");
    says(
        &example.text("registre"),
        &["pour la collecte par Pixel Meta"],
    );
    let terms = example.text("cgv-donnees");
    says(
        &terms,
        &["la banque et le prestataire de paiement", "Stripe"],
    );
    never_says(&terms, &["Meta : compte"]);
    for slug in ["bougies-maelle", "salon-eclat"] {
        let letters = Example::open(slug).text("lettre-sous-traitant");
        says(&letters, &["Lettre à"]);
        never_says(&letters, &["Lettre à Meta"]);
    }
    let card = Example::open("salon-eclat").text("bulletin-fidelite");
    never_says(&card, &["Meta (page Instagram)"]);
}
