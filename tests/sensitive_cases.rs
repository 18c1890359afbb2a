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
            "{PROFILE}\"profil.fichiers\" = [\"clients\"]\n\"profil.activite-reglementee\" = \"non\"\n\"socle.etranger\" = [\"aucun\"]\n"
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
fn foreign_law_is_concluded_with_its_thresholds_and_dates() {
    let aplomb = Aplomb::new();
    let questions = aplomb.json(["questions", "--json"]);
    let rows = questions["questions"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["id"] == "socle.etranger")
        .unwrap();
    let help = row["help"]
        .as_str()
        .unwrap()
        .replace(['\u{a0}', '\u{202f}'], " ");
    for words in [
        "26 625 000",
        "100 000",
        "1er janvier 2027",
        "PIPEDA",
        "Loi 25",
        "HIPAA",
        "Royaume-Uni, Suisse",
        "6 août 2026",
        "été relu",
    ] {
        assert!(help.contains(words), "« {words} » in:\n{help}");
    }
    for (country, item) in [
        ("californie", "seuils-californiens"),
        ("quebec", "droit-du-pays"),
        ("royaume-uni", "droit-du-pays"),
        ("sante-americaine", "droit-du-pays"),
        ("nis-2", "exigences-ecrites"),
    ] {
        sends_to_a_lawyer(
            &format!(
                "\"profil.fichiers\" = [\"clients\"]\n\"socle.etranger\" = [\"{country}\"]\n\"socle.organisation\" = {{ {item} = \"non\" }}\n"
            ),
            "verifier-les-lois-etrangeres",
        );
    }
}
