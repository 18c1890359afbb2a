//! What comes from others, and what is asked wrongly: nothing reaches the terminal that it obeys,
//! nothing is lost in silence, and each refusal has its exit code.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::SHOP;
use crate::support::{Aplomb, contents, is_safe};

/// Changes a text of the dossier, as somebody else would before sending it.
pub fn edit(dossier: &Path, change: impl Fn(&str) -> String) {
    let file = dossier.join("dossier.toml");
    let text = fs::read_to_string(&file).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text);
    fs::write(file, changed).unwrap();
}

#[test]
fn nothing_a_terminal_obeys_comes_out_of_a_dossier_from_others() {
    const BAD: &str = r"\u001b]0;PIRATE\u0007\u009b2J\u202eZ\u2066\u200f\u00ad\ufeff\r";
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    let slug = dossier.to_str().unwrap();
    aplomb.run(["repondre", slug, "vitrine.mentions=sans-objet: une raison"]);
    edit(&dossier, |text| {
        let text = text.replacen("name = \"Essai", &format!("name = \"Essai{BAD}"), 1);
        let text = text.replace("Marc Durand", &format!("Marc{BAD} Durand"));
        let text = text.replace("raison", &format!("raison{BAD}"));
        let notes = format!("[notes]\n\"profil.forme\" = \"note{BAD}\"\n");
        let text = text.replacen("[notes]\n", &notes, 1);
        let own = format!(
            "[activities.\"propre-x\"]\ntitle = \"titre{BAD}\"\ndata = \"données{BAD}\"\n\n[history]"
        );
        text.replacen("[history]", &own, 1)
    });
    let before = contents(&dossier);
    let commands: &[&[&str]] = &[
        &["bilan", slug],
        &["bilan", slug, "--format", "markdown"],
        &["bilan", slug, "--format", "texte"],
        &["bilan", slug, "--format", "html"],
        &["bilan", slug, "--json"],
        &["plan", slug],
        &["plan", slug, "--format", "markdown"],
        &["plan", slug, "--format", "csv"],
        &["plan", slug, "--format", "ics"],
        &["plan", slug, "--json"],
        &["comparer", slug],
        &["comparer", slug, "--json"],
        &["traitements", slug],
        &["traitements", slug, "--json"],
        &["verifier", slug],
        &["verifier", slug, "--json"],
        &["classeur"],
        &["classeur", "--json", "--bilan"],
        &["questions", slug],
        &["questions", slug, "--json"],
        &["documents", slug, "--liste"],
        &["documents", slug, "--liste", "--json"],
        &["documents", slug, "--voir"],
        &["documents", slug, "--voir", "--json"],
        &["repondre", slug, "profil.forme=\u{1b}[31m\u{202e}"],
        &["bilan", "absent\u{1b}]0;X\u{7}\u{202e}"],
        &["plan", slug, "-o", "p\u{1b}[2J\u{202e}.xyz"],
    ];
    let mut hostile = 0;
    for command in commands {
        let run = aplomb.run(*command);
        let said = run.stdout.strip_prefix('\u{feff}').unwrap_or(&run.stdout);
        let said = said.replace("\r\n", "\n");
        assert!(is_safe(&said), "{command:?}: {said:?}");
        assert!(is_safe(&run.stderr), "{command:?}: {:?}", run.stderr);
        hostile += usize::from(said.contains("PIRATE"));
        if command.contains(&"--json") && run.code == 0 {
            serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap();
        }
    }
    assert!(hostile > 10, "{hostile}");
    let run = aplomb.run(["bilan", slug]);
    assert!(
        run.stderr.contains("caractères invisibles"),
        "{}",
        run.stderr
    );
    let json = aplomb.json(["bilan", slug, "--json"]);
    assert!(json["name"].as_str().unwrap().contains('\u{202e}'));
    let toml = |files: &[(std::path::PathBuf, Vec<u8>)]| {
        let found = files
            .iter()
            .find(|(path, _)| path.ends_with("dossier.toml"));
        found.map(|(_, bytes)| bytes.clone())
    };
    assert_eq!(toml(&contents(&dossier)), toml(&before));
}

#[test]
fn hostile_names_stay_text_everywhere() {
    let names = [
        "Chez \u{1b}]52;c;AAAA\u{7} Léa",
        "<script>alert(1)</script>",
        "{{ 7*7 }} & fils",
        "../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "\u{202e}gnp.exe",
        "CON",
        "| a | b |\n---",
        "*gras* _x_ [l](javascript:x) `c`",
        "日本の店 🎂",
    ];
    for name in names {
        let aplomb = Aplomb::new();
        let file = aplomb.write(
            "r.json",
            json!({
                "profil.forme": "societe", "profil.denomination": name, "profil.forme-juridique": "sarl",
                "profil.presence": ["site"], "profil.clients": ["particuliers"],
            })
            .to_string(),
        );
        let run = aplomb.run(["nouveau", name, "--reponses", file.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{name:?}: {}", run.stderr);
        let dir = std::path::PathBuf::from(run.stdout.lines().nth(1).unwrap());
        assert!(
            dir.starts_with(aplomb.path("classeur")),
            "{}",
            dir.display()
        );
        assert_eq!(dir.parent().unwrap(), aplomb.path("classeur"));
        let slug = dir.file_name().unwrap().to_str().unwrap().to_owned();
        for args in [
            vec!["bilan", &slug],
            vec!["plan", &slug],
            vec!["plan", &slug, "--format", "csv"],
            vec!["questions", &slug],
            vec!["classeur"],
            vec!["documents", &slug, "--liste"],
            vec![
                "documents",
                &slug,
                "--format",
                "html,fragment,markdown,texte",
            ],
        ] {
            let run = aplomb.run(&args);
            assert_eq!(run.code, 0, "{name:?} {args:?}: {}", run.stderr);
            let stdout = run.stdout.replace(['\r', '\u{feff}'], "");
            assert!(
                is_safe(&stdout) && is_safe(&run.stderr),
                "{name:?} {args:?}"
            );
        }
        let html = fs::read_to_string(dir.join("documents/mentions-legales.html")).unwrap();
        assert!(!html.contains("<script>alert"), "{name:?}");
        assert!(!html.contains("href=\"javascript"), "{name:?}");
        if name.contains("7*7") {
            assert!(html.contains("7*7") && !html.contains("49"), "{name:?}");
        }
    }
}

#[test]
fn the_name_of_a_file_says_its_format() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", SHOP);
    for (command, file, magic) in [
        ("plan", "p.pdf", "%PDF"),
        ("plan", "p.xlsx", "PK"),
        ("plan", "p.ics", "BEGIN:VCALENDAR"),
        ("plan", "p.csv", "\u{feff}"),
        ("plan", "p.json", "{"),
        ("bilan", "b.pdf", "%PDF"),
        ("bilan", "b.html", "<!"),
    ] {
        let run = aplomb.run([command, "essai", "-o", file]);
        assert_eq!(run.code, 0, "{command} {file}: {}", run.stderr);
        let bytes = fs::read(aplomb.path(file)).unwrap();
        assert!(bytes.starts_with(magic.as_bytes()), "{command} {file}");
    }
    for arguments in [
        &["plan", "essai", "-o", "p.docx"][..],
        &["bilan", "essai", "-o", "b.xyz"],
        &["bilan", "essai", "-o", "b.docx"],
        &["plan", "essai", "--format", "csv", "-o", "p2.pdf"],
        &["bilan", "essai", "--format", "pdf", "-o", "b2.html"],
        &["plan", "essai", "--json", "-o", "p2.ics"],
        &["plan", "essai", "--json", "--format", "pdf"],
        &["documents", "essai", "--preuves", "-o", "p.pdf.tar"],
        &["documents", "essai", "-o", "-"],
        &["documents", "essai", "--preuves", "-o", "-"],
    ] {
        let run = aplomb.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stdout.is_empty());
        let last = aplomb.path(arguments.last().unwrap());
        assert!(!last.exists() || last.ends_with("p.pdf"), "{last:?}");
    }
    for command in ["plan", "bilan"] {
        let run = aplomb.run([command, "essai", "-o", "-", "--json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.starts_with('{'));
    }
    assert!(!aplomb.path("-").exists());
}

#[test]
fn a_practice_that_cannot_be_read_is_refused_by_every_command() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", SHOP);
    aplomb.write("faux.toml", "nom = 3\n");
    for cabinet in ["absent.toml", "faux.toml", "classeur"] {
        for arguments in [
            &["plan", "essai"][..],
            &["plan", "essai", "--format", "csv"],
            &["plan", "essai", "--format", "xlsx", "-o", "p.xlsx"],
            &["bilan", "essai", "--json"],
            &["documents", "essai"],
            &["classeur"],
            &["verifier"],
        ] {
            let run = aplomb.run([arguments, &["--cabinet", cabinet]].concat());
            assert_eq!(run.code, 2, "{arguments:?} {cabinet}: {}", run.stderr);
            assert!(!run.stderr.contains("No such"), "{}", run.stderr);
            assert!(run.stderr.contains(cabinet), "{}", run.stderr);
        }
    }
    let run = aplomb.run(["plan", "essai", "--cabinet", "absent.toml"]);
    assert!(run.stderr.contains("il n'existe pas"), "{}", run.stderr);
}

#[test]
fn texts_that_are_not_needed_any_more_are_named_and_left() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    assert_eq!(aplomb.run(["documents", "essai"]).code, 0);
    let text = dossier.join("documents/mentions-legales.md");
    assert!(text.exists());
    assert_eq!(
        aplomb
            .run(["repondre", "essai", "profil.presence=reseaux"])
            .code,
        0
    );
    for arguments in [
        &["documents", "essai", "--voir"][..],
        &["documents", "essai"],
    ] {
        let run = aplomb.run(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stderr
                .contains("mentions-legales.md n’est plus nécessaire"),
            "{}",
            run.stderr
        );
        assert!(text.exists());
    }
    let json = aplomb.json(["documents", "essai", "--voir", "--json"]);
    let rows = json["useless"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["document"] == "mentions-legales"));
    fs::remove_file(&text).unwrap();
    let run = aplomb.run(["documents", "essai"]);
    assert!(
        !run.stderr.contains("mentions-legales.md n’est"),
        "{}",
        run.stderr
    );
}

#[test]
fn small_faults_are_said_plainly() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", SHOP);
    let said = |arguments: &[&str]| {
        let run = aplomb.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        run.stderr
    };
    aplomb.write(
        "double.json",
        r#"{"profil.forme": "ei", "profil.forme": "societe"}"#,
    );
    let double = said(&["nouveau", "Double", "--reponses", "double.json"]);
    assert!(
        double.contains("profil.forme") && double.contains("deux fois"),
        "{double}"
    );
    aplomb.write("vide.json", "");
    let empty = said(&["nouveau", "Vide", "--reponses", "vide.json"]);
    assert!(
        empty.contains("vide") && !empty.contains("colonne 0"),
        "{empty}"
    );
    let dash = said(&["nouveau", "-2+3"]);
    assert!(dash.contains("aplomb nouveau -- \"-2+3\""), "{dash}");
    assert_eq!(aplomb.run(["nouveau", "--", "-2+3"]).code, 0);
    let number = said(&["repondre", "essai", "profil.effectif=-5"]);
    assert!(!number.contains("12 500"), "{number}");
    for day in ["0001-01-01", "24/05/2018"] {
        let date = said(&["bilan", "essai", "--date", day]);
        assert!(date.contains("25/05/2018"), "{date}");
    }
    assert_eq!(
        aplomb.run(["bilan", "essai", "--date", "2018-05-25"]).code,
        0
    );
}

#[test]
fn a_lost_generation_does_not_accuse_the_owner() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    assert_eq!(aplomb.run(["documents", "essai"]).code, 0);
    fs::remove_file(dossier.join("documents/.aplomb-documents")).unwrap();
    aplomb.run(["repondre", "essai", "profil.exploitant=Jeanne Durand"]);
    let run = aplomb.run(["documents", "essai"]);
    assert!(
        run.stdout.contains("vous l’avez peut-être modifié"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("Il a été modifié"), "{}", run.stdout);
}
