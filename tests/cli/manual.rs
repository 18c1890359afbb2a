//! What the program says of itself: help, manual, schemas, completions, English names; and the check of content.

use serde_json::Value;

use crate::EI;
use crate::support::Aplomb;

#[test]
fn content_is_linted_and_overridden() {
    let aplomb = Aplomb::new();
    let run = aplomb.run(["verifier"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("0 erreur"), "{}", run.stdout);
    aplomb.write(
        "contenu/questionnaires/faux.toml",
        "[[fact]]\nid = \"x\"\nlabel = 3\n",
    );
    let run = aplomb.run(["verifier", "contenu"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("questionnaires/faux.toml:3:9"),
        "{}",
        run.stdout
    );
    aplomb.dossier("Essai", EI);
    let run = aplomb.run(["bilan", "essai", "--contenu", "contenu"]);
    assert_eq!(run.code, 2);
    assert_eq!(aplomb.run(["verifier", "classeur/essai"]).code, 0);
}

#[test]
fn help_man_schemas_and_completions_are_given_in_french() {
    let aplomb = Aplomb::new();
    let help = aplomb.run(["--aide"]).stdout;
    for word in [
        "Utilisation :",
        "Commandes",
        "Options",
        "nouveau",
        "verifier",
        "Codes de sortie",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for word in [
        "Usage",
        "Commands",
        "Print help",
        "possible values",
        "default:",
    ] {
        assert!(!help.contains(word), "{word}: {help}");
    }
    assert!(aplomb.run(["man"]).stdout.contains(".TH aplomb"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(aplomb.run(["completions", shell]).stdout.contains("aplomb"));
    }
    for kind in ["questionnaire", "document", "dossier", "cabinet"] {
        let schema: Value = serde_json::from_str(&aplomb.run(["schema", kind]).stdout).unwrap();
        assert!(schema["$schema"].is_string());
        // What an activity may say of its sorting, and in other words, is known to editors.
        let tables = &schema["properties"];
        let sorting = &tables["processing_activity"]["items"]["properties"]["sorting"];
        assert_eq!(sorting["required"].is_array(), kind == "questionnaire");
        assert_eq!(tables["variant"].is_object(), kind == "questionnaire");
    }
}

#[test]
fn english_names_do_the_same() {
    let aplomb = Aplomb::new();
    assert_eq!(aplomb.run(["new", "Essai"]).code, 0);
    assert_eq!(aplomb.run(["answer", "essai", "profil.forme=ei"]).code, 0);
    assert_eq!(aplomb.run(["render", "essai", "--liste"]).code, 0);
    assert_eq!(aplomb.run(["lint", "classeur/essai"]).code, 0);
}
