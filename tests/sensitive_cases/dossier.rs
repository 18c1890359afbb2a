//! A business made of a few answers: the action it is told, the text it gets.

use serde_json::Value;

use super::support::Aplomb;

pub const PROFILE: &str = r#"
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
pub fn action(answers: &str, id: &str) -> Value {
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
pub fn sends_to_a_lawyer(answers: &str, id: &str) -> Value {
    let action = action(answers, id);
    assert_eq!(action["owner"], "avocat", "{id}");
    assert!(!action["first_step"].as_str().unwrap().is_empty());
    action
}

/// A text that a set of answers brings, with plain spaces.
pub fn text(answers: &str, document: &str) -> String {
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
pub fn record(answers: &str) -> String {
    let answers = format!("{PROFILE}\"profil.fichiers\" = [\"clients\"]\n{answers}");
    text(&answers, "registre")
}

pub fn says(help: &str, words: &[&str]) {
    for words in words {
        assert!(help.contains(words), "« {words} » in:\n{help}");
    }
}
