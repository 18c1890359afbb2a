//! `questions` and `repondre`: what is asked, what is hidden and why, and what an answer is.

use std::fs;

use serde_json::{Value, json};

use crate::support::Aplomb;
use crate::{EI, has_keys, question};

#[test]
fn questions_give_the_keys_of_the_contract() {
    let aplomb = Aplomb::new();
    let all = aplomb.json(["questions", "--json"]);
    for row in all["questions"].as_array().unwrap() {
        has_keys(
            row,
            &[
                "id",
                "questionnaire",
                "kind",
                "text",
                "severity",
                "depth",
                "applicable",
                "why_hidden",
                "answer",
                "options",
                "items",
                "obligations",
                "references",
                "valid_from",
                "valid_until",
            ],
        );
        for option in row["options"].as_array().unwrap() {
            has_keys(option, &["id", "label", "conformity"]);
            if row["kind"] == "catalogue" {
                let day = |key| option[key].as_str().unwrap();
                assert!(day("checked_on") < day("review_by"), "{option}");
                assert!(option["verified"].is_boolean());
            }
        }
        let id = row["id"].as_str().unwrap();
        assert!(id.starts_with(&format!("{}.", row["questionnaire"].as_str().unwrap())));
    }
}

#[test]
fn answering_opens_questions_and_moves_the_assessment() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", "");
    let run = aplomb.run(["repondre", "essai", "profil.forme=societe"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("profil.capital"), "{}", run.stdout);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["applicable"], true);
    let hidden = question(&questions, "profil.exploitant");
    assert_eq!(hidden["applicable"], false);
    assert!(
        hidden["why_hidden"]
            .as_str()
            .unwrap()
            .contains("parce que vous avez répondu")
    );
    // A hidden answer is kept, ignored, and comes back with its branch.
    aplomb.run(["repondre", "essai", "profil.capital=8 000"]);
    aplomb.run(["repondre", "essai", "profil.forme=ei"]);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["applicable"], false);
    aplomb.run(["repondre", "essai", "profil.forme=societe"]);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["answer"], 8000.0);
}

#[test]
fn a_checklist_without_any_item_left_is_not_asked_and_says_why() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    for pair in [
        "profil.presence=reseaux",
        "profil.clients=particuliers",
        "profil.prospection=courriel",
        "prospection.accord-messages=clients",
        "fidelisation.situations=cheque",
    ] {
        let run = aplomb.run(["repondre", "essai", pair]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let comptoir = |aplomb: &Aplomb| {
        let questions = aplomb.json(["questions", "essai", "--json"]);
        question(&questions, "fidelisation.comptoir").clone()
    };
    assert_eq!(comptoir(&aplomb)["applicable"], true);
    // The receipt is asked about with the messages, and nothing else happens at the counter.
    aplomb.run(["repondre", "essai", "fidelisation.situations=ticket"]);
    let hidden = comptoir(&aplomb);
    assert_eq!(hidden["applicable"], false);
    let why = hidden["why_hidden"].as_str().unwrap();
    assert!(
        why.starts_with("aucune de ses lignes ne s'applique, parce que"),
        "{why}"
    );
    let text = aplomb.run(["questions", "essai"]).stdout;
    assert!(text.contains("- fidelisation.comptoir"), "{text}");
}

#[test]
fn the_four_non_answers_are_kept_apart() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", "[answers]\n\"profil.forme\" = \"societe\"");
    let set = |pair: &str| aplomb.run(["repondre", "essai", pair]);
    assert_eq!(set("profil.siren=?").code, 0);
    assert_eq!(set("profil.telephone=plus-tard").code, 0);
    assert_eq!(set("profil.email=sans-objet: pas d'ordinateur").code, 0);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(
        question(&questions, "profil.siren")["answer"],
        json!({"status": "unknown"})
    );
    assert_eq!(
        question(&questions, "profil.telephone")["answer"],
        json!({"status": "later"})
    );
    assert_eq!(
        question(&questions, "profil.email")["answer"],
        json!({"status": "not-applicable", "reason": "pas d'ordinateur"})
    );
    assert_eq!(
        question(&questions, "profil.adresse")["answer"],
        Value::Null
    );
    assert_eq!(set("profil.siren=").code, 0);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.siren")["answer"], Value::Null);
}

#[test]
fn what_questions_print_can_be_given_back() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let before = aplomb.json(["questions", "plomberie-durand", "--json"]);
    let answers: serde_json::Map<String, Value> = before["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["answer"].is_null())
        .map(|row| {
            (
                row["id"].as_str().unwrap().to_owned(),
                row["answer"].clone(),
            )
        })
        .collect();
    let file = aplomb.write("retour.json", serde_json::to_string(&answers).unwrap());
    let run = aplomb.run(["nouveau", "Copie", "--reponses", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bilan = |dossier| {
        let mut json = aplomb.json(["bilan", dossier, "--json"]);
        json["name"].take();
        json
    };
    assert_eq!(bilan("plomberie-durand"), bilan("copie"));
}

#[test]
fn a_dossier_serves_as_an_answers_file() {
    let aplomb = Aplomb::new();
    for example in ["boulangerie-martin", "salon-eclat", "aurore-conseil"] {
        let file = format!(
            "{}/examples/{example}/dossier.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let run = aplomb.run(["nouveau", example, "--reponses", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let original = aplomb.path("original").join(example);
        fs::create_dir_all(&original).unwrap();
        fs::copy(&file, original.join("dossier.toml")).unwrap();
        let answers = |dossier: &str| -> Vec<Value> {
            let json = aplomb.json(["questions", dossier, "--json"]);
            let rows = json["questions"].as_array().unwrap();
            rows.iter().map(|row| row["answer"].clone()).collect()
        };
        assert_eq!(answers(example), answers(original.to_str().unwrap()));
    }
}

#[test]
fn a_list_just_begun_is_told_out_of_all_its_lines() {
    let aplomb = Aplomb::new();
    let answers = format!("{EI}\"socle.securite\" = {{ fichiers-fermes = \"oui\" }}\n");
    let dossier = aplomb.dossier("Commencé", &answers);
    let run = aplomb.run(["questions", dossier.to_str().unwrap()]);
    let said = run.stdout.replace('\u{a0}', " ");
    assert!(said.contains("      1 oui sur 1"), "{said}");
    assert!(!said.contains("      1 oui sur 1\n"), "{said}");
}
