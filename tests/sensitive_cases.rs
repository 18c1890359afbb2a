//! The cases where the program must not pretend: it says plainly whom to see, and does not conclude.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/program.rs"]
mod support;

use serde_json::Value;
use support::Aplomb;

const PROFILE: &str = r#"
"profil.forme" = "ei"
"profil.clients" = ["particuliers"]
"profil.presence" = ["site"]
"profil.formulaires" = ["contact"]
"profil.fidelite" = "non"
"profil.prospection" = ["aucun"]
"profil.effectif" = 0
"#;

/// The action of the plan that answers, among those a set of answers brings.
#[track_caller]
fn action(answers: &str, id: &str) -> Value {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Cas sensible", &format!("{PROFILE}{answers}"));
    let plan = aplomb.json([
        "plan",
        dossier.to_str().unwrap(),
        "--json",
        "--date",
        "2026-11-23",
    ]);
    let actions = plan["actions"].as_array().unwrap();
    let found = actions.iter().find(|action| action["id"] == id);
    assert!(found.is_some(), "{id} is not in the plan");
    found.unwrap().clone()
}

#[track_caller]
fn sends_to_a_lawyer(answers: &str, id: &str) -> Value {
    let action = action(answers, id);
    assert_eq!(action["owner"], "avocat", "{id}");
    assert!(!action["first_step"].as_str().unwrap().is_empty());
    action
}

#[test]
fn health_at_scale_children_scoring_and_high_risk_lead_to_a_lawyer() {
    let health = sends_to_a_lawyer(
        "\"profil.fichiers\" = [\"clients\", \"sante\"]\n\"socle.organisation\" = { sante-nombreuse = \"non\" }\n",
        "faire-verifier-la-sante",
    );
    let first = health["first_step"].as_str().unwrap();
    assert!(first.contains("ne peut pas conclure"), "{first}");
    sends_to_a_lawyer(
        "\"profil.fichiers\" = [\"clients\", \"mineurs\"]\n\"socle.organisation\" = { enfants-d-abord = \"non\" }\n",
        "faire-verifier-les-enfants",
    );
    sends_to_a_lawyer(
        "\"profil.fichiers\" = [\"clients\"]\n\"socle.organisation\" = { notation = \"non\" }\n",
        "faire-verifier-la-notation",
    );
    // Impact assessment or delegate.
    sends_to_a_lawyer(
        "\"profil.fichiers\" = [\"clients\"]\n\"socle.organisation\" = { risque-evalue = \"non\" }\n",
        "evaluer-le-risque",
    );
    // A camera that never stops filming people.
    sends_to_a_lawyer(
        "\"profil.fichiers\" = [\"clients\", \"video\"]\n\"socle.organisation\" = { cameras-mesurees = \"non\" }\n",
        "evaluer-le-risque",
    );
}

#[test]
fn a_doubt_on_a_sensitive_point_says_whom_to_ask_and_in_which_words() {
    let health = "\"profil.activite-reglementee\" = \"sante\"\n";
    for (files, item, who) in [
        ("\"sante\"", "sante-nombreuse", "votre ordre"),
        ("\"sante\"", "hebergement-sante", "votre ordre"),
        ("\"mineurs\"", "enfants-d-abord", "avocat"),
        ("\"clients\"", "risque-evalue", "avocat"),
        ("\"clients\"", "notation", "avocat"),
        ("\"clients\"", "regles-de-la-profession", "ordre"),
        ("\"video\"", "vieilles-images", "installateur"),
        ("\"video\"", "cameras-sans-rue", "mairie"),
        ("\"video\"", "cameras-hors-intimite", "installateur"),
    ] {
        let found = action(
            &format!(
                "\"profil.fichiers\" = [{files}]\n{health}\"socle.organisation\" = {{ {item} = \"nsp\" }}\n"
            ),
            &format!("verifier.socle.organisation.{item}"),
        );
        let title = found["title"].as_str().unwrap();
        assert!(title.contains(who), "{item}: {title}");
        assert!(!title.contains("de un"), "{title}");
        let first = found["steps"][0].as_str().unwrap();
        assert!(first.starts_with("Posez la question"), "{item}: {first}");
        assert!(found["closes"].as_array().unwrap().len() == 1, "{item}");
    }
}

#[test]
fn health_and_children_together_are_told_without_concluding() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier(
        "Club",
        &format!(
            "{PROFILE}\"profil.fichiers\" = [\"clients\", \"sante\", \"mineurs\"]\n\"socle.organisation\" = {{ risque-evalue = \"oui\" }}\n"
        ),
    );
    let found = aplomb.run(["bilan", dossier.to_str().unwrap()]).stdout;
    assert!(found.contains("deux signes"), "{found}");
    assert!(found.contains("voyez un avocat"), "{found}");
}

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

#[test]
fn those_who_call_for_the_business_are_told_what_may_not_be_sold_so() {
    let letter = |situations: &str| {
        let answers = format!(
            "\"profil.forme\" = \"ei\"\n\"profil.clients\" = [\"particuliers\"]\n\"profil.prospection\" = [\"telephone\"]\n\"prospection.situations\" = [{situations}]\n"
        );
        text(&answers, "lettre-sous-traitant")
    };
    let forbidden = "n'appeler aucun particulier, même s'il est d'accord";
    assert!(letter("\"appels-confies\", \"energie\"").contains(forbidden));
    assert!(!letter("\"appels-confies\"").contains(forbidden));
}

#[test]
fn an_association_with_consumers_is_told_of_its_mediator() {
    let aplomb = Aplomb::new();
    let profile = PROFILE.replace("\"ei\"", "\"association\"");
    let dossier = aplomb.dossier(
        "Club",
        &format!(
            "{profile}\"profil.fichiers\" = [\"adherents\"]\n\"vitrine.mentions\" = \"oui\"\n\"vitrine.contenu-mentions\" = {{ mediateur = \"non\" }}\n"
        ),
    );
    let plan = aplomb.json(["plan", dossier.to_str().unwrap(), "--json"]);
    let actions = plan["actions"].as_array().unwrap();
    let ids: Vec<_> = actions.iter().map(|action| &action["id"]).collect();
    assert!(
        ids.iter().any(|id| *id == "choisir-un-mediateur"),
        "{ids:?}"
    );
    let told = text(
        &format!("{profile}\"profil.fichiers\" = [\"adherents\", \"benevoles\"]\n"),
        "registre",
    );
    says(&told, &["Adhérents", "Bénévoles"]);
}

#[test]
fn a_regulated_profession_is_sent_to_its_own_authority() {
    let action = action(
        "\"profil.fichiers\" = [\"clients\"]\n\"profil.activite-reglementee\" = \"titre\"\n\"socle.organisation\" = { regles-de-la-profession = \"non\" }\n",
        "demander-a-votre-ordre",
    );
    assert!(action["first_step"].as_str().unwrap().contains("ordre"));
}

#[test]
fn none_of_it_is_asked_of_an_ordinary_shop() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier(
        "Boutique",
        &format!(
            "{PROFILE}\"profil.fichiers\" = [\"clients\"]\n\"profil.activite-reglementee\" = \"non\"\n\"socle.etranger\" = [\"aucun\"]\n\"socle.nis-2\" = [\"aucun\"]\n"
        ),
    );
    let questions = aplomb.json(["questions", dossier.to_str().unwrap(), "--json"]);
    let rows = questions["questions"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == "socle.organisation");
    for item in row.unwrap()["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        if [
            "sante-nombreuse",
            "enfants-d-abord",
            "regles-de-la-profession",
            "seuils-californiens",
            "droit-du-pays",
            "nis-2-verifie",
            "exigences-ecrites",
            "cameras-mesurees",
        ]
        .contains(&id)
        {
            assert_eq!(item["applicable"], false, "{id}");
        }
    }
}

/// The help of a question, with plain spaces.
fn help(id: &str) -> String {
    let questions = Aplomb::new().json(["questions", "--json"]);
    let rows = questions["questions"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id).unwrap();
    let help = row["help"].as_str().unwrap();
    help.replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
fn says(help: &str, words: &[&str]) {
    for words in words {
        assert!(help.contains(words), "« {words} » in:\n{help}");
    }
}

#[test]
fn three_questions_give_the_thresholds_and_dates_of_the_other_laws() {
    says(
        &help("socle.etranger"),
        &[
            "26 625 000",
            "100 000",
            "1er janvier 2025",
            "1er janvier 2027",
            "PIPEDA",
            "Loi 25",
            "HIPAA",
            "Royaume-Uni, Suisse",
            "été relu",
        ],
    );
    says(
        &help("socle.nis-2"),
        &["moyennes ou grandes", "6 août 2026", "5 septembre 2026"],
    );
    says(&help("socle.seuils"), &["moins de dix personnes", "ou"]);
}

#[test]
fn another_law_that_may_apply_leads_to_a_lawyer() {
    for (answers, item, action) in [
        (
            "\"socle.etranger\" = [\"californie\"]\n\"socle.seuils\" = [\"ca-californie\"]\n",
            "seuils-californiens",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"quebec\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"royaume-uni\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"sante-americaine\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.nis-2\" = [\"metier-vise\"]\n",
            "nis-2-verifie",
            "verifier-nis-2",
        ),
        (
            "\"socle.nis-2\" = [\"secteur-liste\"]\n\"socle.seuils\" = [\"taille-moyenne\"]\n",
            "nis-2-verifie",
            "verifier-nis-2",
        ),
        (
            "\"socle.nis-2\" = [\"grand-client\"]\n",
            "exigences-ecrites",
            "verifier-nis-2",
        ),
    ] {
        sends_to_a_lawyer(
            &format!(
                "\"profil.fichiers\" = [\"clients\"]\n{answers}\"socle.organisation\" = {{ {item} = \"non\" }}\n"
            ),
            action,
        );
    }
}

/// A text that a set of answers brings, with plain spaces.
fn text(answers: &str, document: &str) -> String {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Conclusion", answers);
    let out = aplomb.path("textes");
    let run = aplomb.run([
        "documents",
        dossier.to_str().unwrap(),
        "--seulement",
        document,
        "--date",
        "2026-11-23",
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    std::fs::read_to_string(out.join(format!("{document}.md")))
        .unwrap()
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace('\u{2019}', "'")
}

/// The record of processing that a set of answers brings.
fn record(answers: &str) -> String {
    let answers = format!("{PROFILE}\"profil.fichiers\" = [\"clients\"]\n{answers}");
    text(&answers, "registre")
}

#[test]
fn the_record_keeps_the_conclusion_and_its_day() {
    let nothing = record("\"socle.etranger\" = [\"aucun\"]\n\"socle.nis-2\" = [\"aucun\"]\n");
    says(
        &nothing,
        &[
            "test du 23 novembre 2026",
            "rien n'indique que leurs lois",
            "rien n'indique que NIS 2",
        ],
    );
    let unticked = record("\"socle.etranger\" = []\n\"socle.nis-2\" = []\n");
    says(
        &unticked,
        &["rien n'indique que leurs lois", "rien n'indique que NIS 2"],
    );
    let under = record("\"socle.etranger\" = [\"californie\"]\n\"socle.seuils\" = [\"aucun\"]\n");
    says(&under, &["aucun des trois seuils", "26 625 000 dollars"]);
    let over = record(
        "\"socle.etranger\" = [\"californie\"]\n\"socle.seuils\" = [\"moitie-en-donnees\"]\n",
    );
    says(&over, &["Non conclu : à voir avec un avocat"]);
    assert!(!over.contains("aucun des trois seuils"));
    let open = record("\"socle.etranger\" = [\"californie\"]\n");
    says(&open, &["l'un des trois seuils est-il dépassé"]);
    assert!(!record("").contains("NIS 2"));
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
