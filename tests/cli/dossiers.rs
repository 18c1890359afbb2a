//! Dossiers on disk: the portfolio, what is damaged or newer, and what cannot be written.

use std::fs;

use crate::EI;
use crate::support::Aplomb;

#[test]
fn the_portfolio_lists_what_opens_and_what_does_not() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Un", EI);
    let dir = aplomb.dossier("Deux", EI);
    let file = dir.join("dossier.toml");
    fs::write(&file, "format = ").unwrap();
    let json = aplomb.json(["classeur", "--json"]);
    let rows = json["dossiers"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let damaged = rows.iter().find(|row| row["slug"] == "deux").unwrap();
    assert!(damaged["fault"].is_string());
    let json = aplomb.json(["classeur", "--json", "--bilan"]);
    let sound = json["dossiers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["slug"] == "un")
        .unwrap();
    assert!(sound["interval"].is_array());
}

#[test]
fn damaged_and_newer_dossiers_are_left_alone() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Essai", EI);
    let file = dir.join("dossier.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let half = &whole[..whole.len() / 2];
    fs::write(&file, half).unwrap();
    let run = aplomb.run(["bilan", "essai"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("ligne"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), half);
    let run = aplomb.run(["repondre", "essai", "profil.forme=ei"]);
    assert_eq!(run.code, 3);
    assert_eq!(fs::read_to_string(&file).unwrap(), half);
    let newer = whole.replacen("format = 2", "format = 99", 1);
    fs::write(&file, &newer).unwrap();
    let run = aplomb.run(["bilan", "essai"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("plus récente"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    // A file where a folder is needed fails for every user, root included.
    aplomb.write("fichier", "x");
    let run = aplomb.run(["documents", "essai", "-o", "fichier"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("Impossible"), "{}", run.stderr);
    aplomb.write("plan.txt", "à moi");
    let run = aplomb.run(["plan", "essai", "-o", "plan.txt"]);
    assert_eq!(run.code, 4);
    assert_eq!(aplomb.read("plan.txt"), "à moi");
}
