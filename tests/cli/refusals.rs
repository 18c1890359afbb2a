//! What is asked wrongly is explained, and changes nothing.

use crate::EI;
use crate::support::{Aplomb, contents};

#[test]
fn bad_requests_are_explained_and_change_nothing() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    let before = contents(&aplomb.path("classeur"));
    let cases: &[(&[&str], &str)] = &[
        (
            &["repondre", "essai", "profil.form=ei"],
            "Vouliez-vous dire « profil.forme »",
        ),
        (
            &["repondre", "essai", "profil.forme=roi"],
            "choisissez parmi : ei, societe",
        ),
        (&["repondre", "essai", "profil.siren=123456789"], "clé"),
        (&["repondre", "essai", "profil.email=x"], "nom@domaine.fr"),
        (&["repondre", "essai", "profil.forme"], "ID=VALEUR"),
        (
            &["repondre", "essai", "profil.clients=martiens"],
            "particuliers, professionnels",
        ),
        (
            &["repondre", "essai", "profil.presence=site,aucun"],
            "ne va pas avec une autre réponse",
        ),
        // One bad answer in a batch: nothing of the batch is recorded.
        (
            &[
                "repondre",
                "essai",
                "profil.forme=societe",
                "profil.siren=1",
            ],
            "rien n'a été enregistré",
        ),
        (&["bilan", "inconnu"], "inconnu"),
        (&["bilan", "esai"], "essai"),
        (&["bilan", "essai", "--date", "2026-13-01"], "--date"),
        (&["documents", "essai", "--format", "docxx"], "docxx"),
        (&["documents", "essai", "--seulement", "poeme"], "poeme"),
        (&["plna", "essai"], "existe pas"),
        (&["plan", "essai", "--formta", "json"], "--format"),
        (&["plan"], "il manque"),
        (&["nouveau", "  "], "vide"),
        (
            &["nouveau", "Essai 2", "--reponses", "absent.toml"],
            "absent.toml",
        ),
        (&["bilan", "essai", "--contenu", "nulle-part"], "nulle-part"),
    ];
    for (args, expected) in cases {
        let run = aplomb.run(*args);
        assert_eq!(run.code, 2, "{args:?}: {} {}", run.stdout, run.stderr);
        assert!(run.stderr.contains(expected), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
    }
    assert_eq!(before, contents(&aplomb.path("classeur")));
}

#[test]
fn bad_answer_files_create_nothing() {
    let aplomb = Aplomb::new();
    for (name, text, code, expected) in [
        ("a.toml", &b"profil.forme = "[..], 2, "ligne 1"),
        ("b.json", &b"{\"profil.forme\": }"[..], 2, "ligne 1"),
        (
            "c.toml",
            &b"\"profil.forme\" = \"roi\"\n\"x.y\" = 1"[..],
            2,
            "2 réponses ne conviennent pas",
        ),
        ("d.toml", &b"\xff\xfe\x00"[..], 3, "UTF-8"),
        ("e.json", &b"[1, 2]"[..], 2, "objet"),
    ] {
        let file = aplomb.write(name, text);
        let run = aplomb.run(["nouveau", "Essai", "--reponses", file.to_str().unwrap()]);
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
        assert!(!aplomb.path("classeur/essai").exists());
    }
}
