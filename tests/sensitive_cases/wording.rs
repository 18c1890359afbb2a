//! What a text says no more than the answers do.

use super::dossier::{PROFILE, action, text};

#[test]
fn a_note_of_health_without_ground_is_a_blank_in_every_profession() {
    for profession in ["non", "titre", "autorisation", "les-deux", "sante"] {
        let answers = |accord: &str| {
            format!(
                "{PROFILE}\"profil.fichiers\" = [\"clients\", \"sante\"]\n\"profil.activite-reglementee\" = \"{profession}\"\n\"fidelisation.sante\" = {{ accord = \"{accord}\", acces = \"oui\", effacees = \"oui\" }}\n"
            )
        };
        let page = text(&answers("non"), "page-vie-privee");
        let part = page.split("### Vos informations de santé").nth(1).unwrap();
        let part = part.split('#').next().unwrap();
        assert!(part.contains("[à compléter"), "{profession}: {part}");
        assert!(!page.contains("notre profession autorise"), "{profession}");
        let told = text(&answers("oui"), "page-vie-privee");
        assert!(
            !told.contains("### Vos informations de santé"),
            "{profession}"
        );
        assert_eq!(
            told.contains("article 9 du RGPD en plus : [à compléter"),
            profession == "sante"
        );
    }
}

#[test]
fn a_name_is_not_told_twice() {
    let named = |name: &str| {
        let answers = format!(
            "\"profil.forme\" = \"societe\"\n\"profil.denomination\" = \"Lin et Coton\"\n\"profil.nom-commercial\" = \"{name}\"\n\"profil.presence\" = [\"site\", \"reseaux\"]\n"
        );
        ["page-sociale", "page-vie-privee", "mentions-legales"].map(|id| text(&answers, id))
    };
    for page in named("Lin et Coton") {
        assert!(!page.contains("Lin et Coton (Lin et Coton)"), "{page}");
        assert!(!page.contains("« Lin et Coton »"), "{page}");
    }
    for page in named("Le Rouet") {
        assert!(page.contains("Le Rouet"), "{page}");
    }
}

/// A shop whose answers are all given but those of the test.
const SHOP: &str = r#"
"profil.forme" = "societe"
"profil.nom-commercial" = "Essai"
"profil.email" = "bonjour@essai.example"
"profil.clients" = ["particuliers"]
"profil.presence" = ["boutique"]
"profil.prospection" = ["aucun"]
"profil.formulaires" = ["commande", "compte"]
"ecommerce.fonctions" = ["biens", "compte", "carte", "carte-memoire"]
"#;

#[test]
fn no_text_says_that_no_security_code_is_kept_unless_the_answer_does() {
    let cards = |tick: &str| {
        format!(
            "{SHOP}\"ecommerce.cartes\" = {{ checklist = {{ \"sans-cryptogramme\" = \"{tick}\" }} }}"
        )
    };
    for id in ["registre", "cgv-donnees", "page-vie-privee"] {
        let kept = text(&cards("non"), id);
        for phrase in ["cryptogramme", "trois chiffres du dos"] {
            for line in kept.lines().filter(|line| line.contains(phrase)) {
                assert!(line.contains("[à compléter"), "{id}: {line}");
            }
        }
    }
    let kept_away = format!("{}\n\"ecommerce.paiement\" = \"page\"", cards("oui"));
    assert!(text(&kept_away, "registre").contains("aucun cryptogramme conservé"));
    let typed_here = format!("{}\n\"ecommerce.paiement\" = \"maison\"", cards("oui"));
    assert!(!text(&typed_here, "registre").contains("saisi chez le prestataire"));
    let said = "Les trois chiffres du dos de la carte ne sont jamais gardés";
    assert!(text(&cards("oui"), "cgv-donnees").contains(said));
}

#[test]
fn a_payment_service_of_the_site_is_not_said_to_be_the_one_that_takes_the_card() {
    let paid = |services: &str| {
        let answers =
            format!("{SHOP}\"ecommerce.paiement\" = \"page\"\n\"cookies.services\" = [{services}]");
        text(&answers, "cgv-donnees")
    };
    let both = paid("\"stripe\", \"paypal\"");
    assert!(
        both.contains("la banque qui encaisse pour nous, et qui a ses propres obligations."),
        "{both}"
    );
    assert!(both.contains("Notre site fait aussi appel à Stripe et à PayPal."));
    assert!(paid("\"paypal\"").contains("Notre site fait aussi appel à PayPal."));
    assert!(!paid("\"psp-page-hebergee\"").contains("fait aussi appel"));
}

#[test]
fn the_month_to_answer_is_told_as_the_law_and_not_as_a_habit() {
    let late = format!(
        "{SHOP}\"socle.droits\" = {{ checklist = {{ \"un-mois\" = \"non\", \"sans-piece-d-office\" = \"non\" }} }}"
    );
    for id in ["cgv-donnees", "page-vie-privee"] {
        let told = text(&late, id);
        assert!(
            told.contains("Le RGPD nous donne un mois")
                || told.contains("le RGPD nous donne un mois"),
            "{id}"
        );
        assert!(!told.to_lowercase().contains("nous répondons"), "{id}");
        assert!(!told.contains("Nous ne vous demandons de prouver"), "{id}");
    }
}

#[test]
fn under_an_order_and_an_account_the_duration_is_said_or_blank() {
    let mention = |kept: &str| {
        let answers = format!(
            "{SHOP}\"socle.conservation\" = \"{kept}\"\n\"ecommerce.durees\" = {{ comptes = \"oui\", factures = \"oui\", archive = \"oui\" }}"
        );
        text(&answers, "mention-formulaire")
    };
    let (held, never) = (mention("fait"), mention("jamais"));
    // The whole text of each form and its short one.
    let blank = "Durée : [à compléter : la durée que vous tiendrez vraiment]";
    assert_eq!(never.matches(blank).count(), 4, "{never}");
    assert!(!held.contains(blank), "{held}");
    let withdrawal = |kept: &str| {
        let answers = format!("{SHOP}\"socle.conservation\" = \"{kept}\"");
        text(&answers, "cgv-donnees")
    };
    assert!(withdrawal("jamais").contains("Elles sont gardées [à compléter"));
    assert!(withdrawal("fait").contains("Elles sont gardées avec la commande :"));
    assert!(
        held.contains("dix ans à part pour les pièces comptables"),
        "{held}"
    );
    assert!(
        held.matches("tant que le compte sert").count() >= 2,
        "{held}"
    );
}

/// What the answers rule out is not asked to be done.
#[test]
fn the_first_step_suits_what_the_answers_say() {
    let accesses = |ticks: &str| {
        let answers = format!(
            "\"profil.fichiers\" = [\"clients\"]\n\"socle.securite\" = {{ mots-de-passe = \"oui\", {ticks} }}\n"
        );
        let action = action(&answers, "renforcer-les-acces");
        action["first_step"].as_str().unwrap().to_owned()
    };
    let second = accesses("seconde-preuve = \"non\", identifiant-propre = \"oui\"");
    assert!(second.contains("double vérification"), "{second}");
    let own = accesses("seconde-preuve = \"oui\", identifiant-propre = \"non\"");
    assert!(own.contains("qui peut entrer"), "{own}");
    // Alone, there is nobody to tell.
    let alone = action(
        "\"profil.fichiers\" = [\"clients\"]\n\"socle.securite\" = { envois-proteges = \"non\" }\n",
        "arreter-les-envois-sensibles",
    );
    let steps = alone["steps"].as_array().unwrap();
    assert!(
        steps
            .iter()
            .all(|step| step != "Le dire à qui travaille avec vous.")
    );
}

#[test]
fn an_event_has_its_text_its_row_and_blanks_for_what_no_law_says() {
    let answers = |files: &str| {
        format!(
            "{}\"profil.fichiers\" = [{files}]\n\"socle.conservation\" = \"fait\"\n",
            PROFILE.replace("contact", "evenement")
        )
    };
    let title = "Inscriptions à un événement, un atelier, un webinaire";
    let recorded = "Cette séance sera enregistrée";
    let plain = answers("\"prospects\"");
    for document in ["registre", "page-vie-privee"] {
        let told = text(&plain, document);
        assert!(told.contains(title), "{document}");
        assert!(!told.contains("Séances enregistrées"), "{document}");
    }
    let form = text(&plain, "mention-formulaire");
    assert!(form.contains("## Inscription à un événement"));
    assert!(form.contains("Pour organiser l'événement"), "{form}");
    assert!(!form.contains(recorded), "{form}");

    let kept = answers("\"prospects\", \"enregistrements\"");
    assert!(text(&kept, "mention-formulaire").contains(recorded));
    for document in ["registre", "page-vie-privee"] {
        let told = text(&kept, document);
        let (_, part) = told.split_once("Séances enregistrées").unwrap();
        let part = part.split("\n### ").next().unwrap();
        assert!(part.contains("[à compléter"), "{document}: {part}");
    }
    let page = text(&kept, "page-vie-privee");
    let blank = "[à compléter : ce qui vous autorise à enregistrer";
    assert!(page.contains(blank), "{page}");
    assert!(page.contains("Séances enregistrées : [à compléter : combien de temps"));
}

#[test]
fn a_health_form_asks_for_an_agreement_apart_or_for_what_stands_for_it() {
    for profession in ["non", "titre", "autorisation", "les-deux", "sante"] {
        let answers = format!(
            "{}\"profil.fichiers\" = [\"fournisseurs\"]\n\"profil.activite-reglementee\" = \"{profession}\"\n\"socle.conservation\" = \"fait\"\n\"fidelisation.sante\" = {{ accord = \"oui\", acces = \"oui\", effacees = \"oui\" }}\n",
            PROFILE.replace("contact", "sante")
        );
        let form = text(&answers, "mention-formulaire");
        let (_, form) = form.split_once("## Questionnaire de santé").unwrap();
        let is_health = profession == "sante";
        assert_eq!(
            form.contains("J'accepte que **"),
            !is_health,
            "{profession}"
        );
        assert_eq!(
            form.contains("[à compléter : le cas prévu par l'article 9"),
            is_health,
            "{profession}"
        );
        assert!(form.contains("Aucun traceur publicitaire"), "{profession}");
        let title = if is_health {
            "Informations de santé dans une profession de santé"
        } else {
            "Précautions de santé pour une prestation"
        };
        for document in ["registre", "page-vie-privee"] {
            assert!(text(&answers, document).contains(title), "{profession}");
        }
    }
}
