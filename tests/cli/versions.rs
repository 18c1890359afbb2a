//! A dossier remembers the catalogue it was last assessed with; another one says what it changes.

use serde_json::json;

use crate::support::Aplomb;

const NEWER: &str = r#"
[catalogue]
version = "2099-01-01"
"#;

const QUESTION: &str = r#"
[[question]]
id = "profil.nouveaute"
kind = "choice"
text = "Avez-vous un robot ?"
why = "Pour essayer."
help = "Regardez."
example = "Un robot."
tip = "Demandez."
depth = "essential"
options = [ { id = "oui", label = "Oui" }, { id = "non", label = "Non" } ]
"#;

/// A dossier assessed with a catalogue that has one more question.
fn assessed_with_another() -> Aplomb {
    let aplomb = Aplomb::new();
    aplomb.write("contenu/questionnaires/catalogue.toml", NEWER);
    aplomb.write("contenu/questionnaires/nouveaute.toml", QUESTION);
    aplomb.dossier("Essai", "");
    let run = aplomb.run([
        "--contenu",
        "contenu",
        "repondre",
        "essai",
        "profil.forme=ei",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    aplomb
}

#[test]
fn another_catalogue_says_what_it_changes_then_is_remembered() {
    let aplomb = assessed_with_another();
    let run = aplomb.run(["bilan", "essai"]);
    assert!(run.stderr.contains("version 2099-01-01"), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("1 question qui ne se pose plus : profil.nouveaute."),
        "{}",
        run.stderr
    );
    let compared = aplomb.json(["comparer", "essai", "--json"]);
    assert_eq!(compared["renewal"]["from"], "2099-01-01");
    assert_eq!(
        compared["renewal"]["last"]["closed"],
        json!(["profil.nouveaute"])
    );
    // Looking changes nothing; answering does.
    let run = aplomb.run(["repondre", "essai", "profil.exploitant=Marc Durand"]);
    assert!(run.stderr.contains("ne se pose plus"), "{}", run.stderr);
    let run = aplomb.run(["bilan", "essai"]);
    assert!(!run.stderr.contains("2099"), "{}", run.stderr);
    assert_eq!(
        aplomb.json(["comparer", "essai", "--json"])["renewal"],
        json!(null)
    );
    // The other way round, the question is one more.
    let run = aplomb.run(["--contenu", "contenu", "comparer", "essai"]);
    assert!(
        run.stdout
            .contains("1 question de plus : Avez-vous un robot ?"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_dossier_that_kept_nothing_says_so() {
    let aplomb = assessed_with_another();
    let path = "classeur/essai/dossier.toml";
    let file = aplomb.read(path);
    let (head, rest) = file.split_once("\n[assessed]").unwrap();
    let rest = rest.split_once("\n[answers]").unwrap().1;
    std::fs::write(aplomb.path(path), format!("{head}\n[answers]{rest}")).unwrap();
    let run = aplomb.run(["bilan", "essai"]);
    assert!(
        run.stderr.contains("n'a pas gardé de quoi"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_linear_mode_says_it_once() {
    let aplomb = assessed_with_another();
    let first = aplomb.typed(["--simple", "classeur/essai"], "quitter\n");
    assert!(first.contains("Les questionnaires ont changé"), "{first}");
    let second = aplomb.typed(["--simple", "classeur/essai"], "quitter\n");
    assert!(
        !second.contains("Les questionnaires ont changé"),
        "{second}"
    );
}
