//! Answers in a file from elsewhere: impossible, or written unusually.

use std::fs;

use crate::SHOP;
use crate::support::Aplomb;
use crate::trust::edit;

#[test]
fn an_impossible_answer_is_said_does_not_count_and_stays_in_the_file() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    let settled = aplomb.json(["bilan", "essai", "--json"]);
    edit(&dossier, |text| {
        let text = text.replacen("[\"particuliers\"]", "[\"martiens\"]", 1);
        text.replacen("[\"clients\"]", "[\"clients\", \"licornes\"]", 1)
    });
    for command in [
        &["bilan", "essai"][..],
        &["plan", "essai"],
        &["documents", "essai", "--liste"],
        &["documents", "essai", "--voir"],
        &["questions", "essai"],
    ] {
        let run = aplomb.run(command);
        assert_eq!(run.code, 0, "{command:?}");
        for said in ["profil.clients", "martiens", "licornes"] {
            assert!(run.stderr.contains(said), "{command:?}: {}", run.stderr);
        }
    }
    let row = |id: &str| {
        let all = aplomb.json(["questions", "essai", "--json"]);
        let rows = all["questions"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["id"] == id).unwrap()["answer"].clone()
    };
    assert!(row("profil.clients").is_null());
    assert!(row("profil.fichiers").to_string().contains("clients"));
    assert!(!row("profil.fichiers").to_string().contains("licornes"));
    // Another answer leaves the file as it was corrected.
    assert_eq!(
        aplomb
            .run(["repondre", "essai", "profil.fidelite=non"])
            .code,
        0
    );
    let text = fs::read_to_string(dossier.join("dossier.toml")).unwrap();
    assert!(
        text.contains("martiens") && text.contains("licornes"),
        "{text}"
    );
    assert_eq!(
        aplomb
            .run([
                "repondre",
                "essai",
                "profil.clients=particuliers",
                "profil.fichiers=clients"
            ])
            .code,
        0
    );
    let run = aplomb.run(["bilan", "essai"]);
    assert!(!run.stderr.contains("martiens"), "{}", run.stderr);
    assert_eq!(
        aplomb.json(["bilan", "essai", "--json"])["coverage"],
        settled["coverage"]
    );
}

#[test]
fn an_answer_written_unusually_counts_and_is_said_so() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier(
        "Essai",
        &format!("{SHOP}\"profil.siren\" = \"004711032\"\n"),
    );
    edit(&dossier, |text| {
        text.replacen("\"004711032\"", "\"004 711 032\"", 1)
    });
    let run = aplomb.run(["verifier", dossier.to_str().unwrap()]);
    assert!(run.stdout.contains("est comprise"), "{}", run.stdout);
    let run = aplomb.run(["bilan", "essai"]);
    assert!(!run.stderr.contains("profil.siren"), "{}", run.stderr);
    let all = aplomb.json(["questions", "essai", "--json"]);
    let row = all["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == "profil.siren");
    assert!(row.unwrap()["answer"].to_string().contains("004711032"));
}

#[test]
fn a_reason_that_tells_nothing_is_refused_and_one_on_file_is_warned_of() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    let run = aplomb.run(["repondre", "essai", "vitrine.mentions=sans-objet: s"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("deux mots"), "{}", run.stderr);
    assert!(run.stderr.contains("aucun salarié"), "{}", run.stderr);
    let run = aplomb.run([
        "repondre",
        "essai",
        "vitrine.mentions=sans-objet: site fermé",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let score = || aplomb.json(["bilan", "essai", "--json"])["score"].clone();
    let (told, was) = (score(), dossier.to_str().unwrap());
    edit(&dossier, |text| text.replace("site fermé", "s"));
    let run = aplomb.run(["verifier", was]);
    assert!(
        run.stdout.contains("sa raison est trop courte"),
        "{}",
        run.stdout
    );
    assert_eq!(score(), told);
}
