//! What leads to a lawyer or to an authority, and what does not.

use super::dossier::{PROFILE, action, record, says, sends_to_a_lawyer, text};
use super::support::Aplomb;

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
