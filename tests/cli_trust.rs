//! What comes from others, and what is asked wrongly: nothing reaches the terminal that it obeys,
//! nothing is lost in silence, and each refusal has its exit code.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/program.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use support::{Aplomb, contents, is_safe};

const SHOP: &str = r#"
[answers]
"profil.forme" = "ei"
"profil.exploitant" = "Marc Durand"
"profil.clients" = ["particuliers"]
"profil.presence" = ["site"]
"profil.fidelite" = "non"
"profil.formulaires" = ["contact"]
"profil.fichiers" = ["clients"]
"#;

/// Changes a text of the dossier, as somebody else would before sending it.
fn edit(dossier: &Path, change: impl Fn(&str) -> String) {
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
    aplomb.run(["repondre", slug, "vitrine.mentions=sans-objet: raison"]);
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

/// The files of an archive.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

#[test]
fn the_proof_folder_holds_the_texts_in_place_and_the_pieces() {
    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", SHOP);
    let day = ["--date", "2026-11-02"];
    let run = aplomb.run([&["documents", "essai"][..], &day].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = dossier.join("documents/mentions-legales.md");
    let edited = format!("{}\nRETOUCHE\n", fs::read_to_string(&text).unwrap());
    fs::write(&text, &edited).unwrap();
    fs::create_dir_all(dossier.join("preuves/captures")).unwrap();
    fs::write(dossier.join("preuves/captures/site.png"), b"\x89PNG").unwrap();
    fs::write(dossier.join("preuves/.aplomb-atelier"), b"garder").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", dossier.join("preuves/lien")).unwrap();
    // Written among the pieces themselves: it must not hold the one before.
    let inside = dossier.join("preuves/dossier-de-preuves.zip");
    let inside = inside.to_str().unwrap();
    let first = aplomb.run([&["documents", "essai", "--preuves", "-o", inside][..], &day].concat());
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(
        !cfg!(unix) || first.stderr.contains("preuves/lien"),
        "{}",
        first.stderr
    );
    let bytes = fs::read(inside).unwrap();
    let files = unpacked(bytes.clone());
    assert_eq!(files["en-place/mentions-legales.md"], edited.as_bytes());
    assert!(!String::from_utf8_lossy(&files["documents/mentions-legales.md"]).contains("RETOUCHE"));
    assert_eq!(files["preuves/captures/site.png"], b"\x89PNG");
    assert!(
        !files
            .keys()
            .any(|name| name.contains("/.") || name.contains("lien"))
    );
    let manifest = String::from_utf8_lossy(&files["EMPREINTES.sha256"]).into_owned();
    assert_eq!(manifest.lines().count() + 1, files.len());
    assert!(manifest.contains("  en-place/mentions-legales.md\n"));
    assert!(manifest.contains("  preuves/captures/site.png\n"));
    let readme = String::from_utf8_lossy(&files["LISEZ-MOI.txt"]).into_owned();
    assert!(
        readme.contains("en-place/") && readme.contains("retouches comprises"),
        "{readme}"
    );
    fs::remove_file(inside).unwrap();
    let again = aplomb.run([&["documents", "essai", "--preuves", "-o", inside][..], &day].concat());
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        fs::read(inside).unwrap() == bytes,
        "two runs, the same bytes"
    );
    let other = aplomb.run(
        [
            &["documents", "essai", "--preuves", "-o", "b.zip"][..],
            &day,
        ]
        .concat(),
    );
    assert_eq!(other.code, 0);
    assert!(other.stderr.contains("à garder à part"), "{}", other.stderr);
    assert!(
        !unpacked(fs::read(aplomb.path("b.zip")).unwrap())
            .contains_key("preuves/dossier-de-preuves.zip")
    );
}

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

#[cfg(unix)]
mod rights {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_protected_document_is_left_and_the_new_version_goes_beside() {
        let aplomb = Aplomb::new();
        let dossier = aplomb.dossier("Essai", SHOP);
        assert_eq!(aplomb.run(["documents", "essai"]).code, 0);
        let text = dossier.join("documents/mentions-legales.md");
        let shared = dossier.join("documents/page-vie-privee.md");
        assert_eq!(mode(&text), 0o600);
        set_mode(&text, 0o444);
        set_mode(&shared, 0o644);
        let before = fs::read(&text).unwrap();
        let change = ["repondre", "essai", "profil.exploitant=Jeanne Durand"];
        assert_eq!(aplomb.run(change).code, 0);
        for _ in 0..2 {
            let run = aplomb.run(["documents", "essai"]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(run.stdout.contains("protégé en écriture"), "{}", run.stdout);
            assert_eq!(
                (fs::read(&text).unwrap(), mode(&text)),
                (before.clone(), 0o444)
            );
            let beside = dossier.join("documents/mentions-legales.nouveau.md");
            assert!(fs::read_to_string(beside).unwrap().contains("Jeanne"));
            assert_eq!(mode(&shared), 0o644);
        }
        set_mode(&text, 0o640);
        assert_eq!(aplomb.run(["documents", "essai"]).code, 0);
        assert!(fs::read_to_string(&text).unwrap().contains("Jeanne"));
        assert_eq!(mode(&text), 0o640);
        assert!(
            !dossier
                .join("documents/mentions-legales.nouveau.md")
                .exists()
        );
    }

    #[test]
    fn a_protected_dossier_is_not_replaced_and_rights_are_kept() {
        let aplomb = Aplomb::new();
        let dossier = aplomb.dossier("Essai", SHOP);
        let file = dossier.join("dossier.toml");
        let before = fs::read(&file).unwrap();
        set_mode(&file, 0o444);
        let run = aplomb.run(["repondre", "essai", "profil.fidelite=oui"]);
        assert_eq!(run.code, 4, "{}", run.stderr);
        assert!(run.stderr.contains("protégé en écriture"), "{}", run.stderr);
        assert_eq!((fs::read(&file).unwrap(), mode(&file)), (before, 0o444));
        assert_eq!(aplomb.run(["bilan", "essai"]).code, 0);
        set_mode(&file, 0o644);
        assert_eq!(
            aplomb
                .run(["repondre", "essai", "profil.exploitant=Jo"])
                .code,
            0
        );
        assert_eq!(mode(&file), 0o644);
    }

    #[test]
    fn what_stands_in_the_way_is_told_with_its_code() {
        let aplomb = Aplomb::new();
        let dossier = aplomb.dossier("Essai", SHOP);
        fs::create_dir(aplomb.path("d.txt")).unwrap();
        fs::create_dir(aplomb.path("d.zip")).unwrap();
        std::os::unix::fs::symlink("nulle-part", aplomb.path("casse.txt")).unwrap();
        aplomb.write("fichier", "à moi");
        for (arguments, accused) in [
            (&["plan", "essai", "-o", "d.txt"][..], "« d.txt »"),
            (&["bilan", "essai", "-o", "d.txt"], "« d.txt »"),
            (
                &["documents", "essai", "--preuves", "-o", "d.zip"],
                "« d.zip »",
            ),
            (&["plan", "essai", "-o", "/dev/null"], "« /dev/null »"),
            (&["plan", "essai", "-o", "/dev/full"], "« /dev/full »"),
            (&["plan", "essai", "-o", "casse.txt"], "« casse.txt »"),
            (&["plan", "essai", "-o", "fichier/p.txt"], "« fichier »"),
            (&["documents", "essai", "-o", "fichier"], "« fichier »"),
            (&["documents", "essai", "-o", "fichier/d"], "« fichier »"),
        ] {
            let run = aplomb.run(arguments);
            assert_eq!(run.code, 4, "{arguments:?}: {}", run.stderr);
            assert!(
                run.stderr.contains(accused),
                "{arguments:?}: {}",
                run.stderr
            );
        }
        fs::create_dir_all(dossier.join("documents")).unwrap();
        let text = dossier.join("documents/mentions-legales.md");
        std::os::unix::fs::symlink("/etc/passwd", &text).unwrap();
        let run = aplomb.run(["documents", "essai"]);
        assert_eq!(run.code, 4, "{}", run.stderr);
        assert!(run.stderr.contains("lien symbolique"), "{}", run.stderr);
        let big = fs::OpenOptions::new()
            .write(true)
            .open(dossier.join("dossier.toml"))
            .unwrap();
        big.set_len(40 << 20).unwrap();
        let run = aplomb.run(["bilan", "essai"]);
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(run.stderr.contains("16 Mio"), "{}", run.stderr);
    }
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
