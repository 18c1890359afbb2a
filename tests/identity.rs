//! The identity of a practice on reports and documents, and templates put in place of ours.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/program.rs"]
mod support;

use std::fs;
use std::path::Path;

use aplomb::content::branding;
use aplomb::documents::markdown::page;
use aplomb::domain::branding::{Branding, Colour, Logo};
use proptest::prelude::*;
use support::Aplomb;

const ANSWERS: &str =
    "[answers]\n\"profil.forme\" = \"ei\"\n\"profil.exploitant\" = \"Marc Durand\"\n";

fn example() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cabinet/cabinet.toml")
}

#[test]
fn the_example_is_whole_and_shown_in_the_report() {
    let read = branding::read(&example()).unwrap();
    assert!(read.warnings.diagnostics.is_empty());
    let logo = read.branding.logo.unwrap();
    assert_eq!((logo.width, logo.height), (160, 56));

    let aplomb = Aplomb::new();
    let dossier = aplomb.dossier("Essai", ANSWERS);
    let report = |extra: &[&str]| {
        let run = aplomb.run([&["bilan", "essai", "--format", "html"], extra].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(!report(&[]).contains("Mirabel"));
    let asked = report(&["--cabinet", example().to_str().unwrap()]);
    for expected in [
        "Cabinet Mirabel",
        "data:image/png;base64,",
        "#7a1f3d",
        "dans six mois",
        "img-src data:",
    ] {
        assert!(asked.contains(expected), "{expected}");
    }
    // The one of the workspace serves every dossier; the one of a dossier comes first.
    let workspace = dossier.parent().unwrap();
    fs::write(workspace.join("cabinet.toml"), "name = \"Partout\"\n").unwrap();
    assert!(report(&[]).contains("Partout"));
    fs::write(dossier.join("cabinet.toml"), "name = \"Ici\"\n").unwrap();
    let own = report(&[]);
    assert!(own.contains("Ici") && !own.contains("Partout"));
    let cabinet = "name = \"Ici\"\nclosing = \"À bientôt.\"\n";
    fs::write(dossier.join("cabinet.toml"), cabinet).unwrap();
    let run = aplomb.run(["documents", "essai", "--format", "html,docx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = fs::read_to_string(dossier.join("documents/registre.html")).unwrap();
    assert!(page.contains("<strong>Ici</strong>"));
    assert!(page.contains("<p>À bientôt.</p>"));
}

#[test]
fn each_fault_has_its_place_and_stops_the_documents() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", ANSWERS);
    aplomb.write("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    aplomb.write("lourd.png", vec![0; 200 << 10]);
    let cases = [
        ("name = \"\"", "est vide"),
        ("nom = \"x\"", "la clé « nom » n'existe pas ici"),
        ("name = \"x\"\nlogo = \"logo.svg\"", "ni un PNG ni un JPEG"),
        ("name = \"x\"\nlogo = \"lourd.png\"", "128 Kio"),
        ("name = \"x\"\nlogo = \"rien.png\"", "introuvable"),
        (
            "name = \"x\"\nlogo = \"../../../etc/passwd\"",
            "dans le dossier de ce fichier",
        ),
        (
            "name = \"x\"\nlogo = \"/etc/passwd\"",
            "dans le dossier de ce fichier",
        ),
        (
            "name = \"x\"\n[colours]\nmain = \"bleu\"",
            "n'est pas une couleur",
        ),
        ("name = \"x\\u001b[31m\"", "caractère invisible"),
        ("name = ", "ce n'est pas du TOML valide"),
    ];
    for (text, expected) in cases {
        aplomb.write("cabinet.toml", text);
        let run = aplomb.run(["verifier", "cabinet.toml"]);
        assert_eq!(run.code, 1, "{text}: {}", run.stdout);
        assert!(run.stdout.contains(expected), "{text}: {}", run.stdout);
        assert!(run.stdout.contains("cabinet.toml:"), "{}", run.stdout);
        let run = aplomb.run(["documents", "essai", "--cabinet", "cabinet.toml"]);
        assert_eq!(run.code, 2, "{text}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{text}: {}", run.stderr);
    }
    aplomb.write(
        "cabinet.toml",
        "name = \"x\"\n[colours]\nmain = \"#ffee88\"",
    );
    let run = aplomb.run(["verifier", "cabinet.toml"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("contraste"), "{}", run.stdout);
    for wanted in [
        ["documents", "essai", "--format", "html"],
        ["bilan", "essai", "--format", "html"],
        ["plan", "essai", "--format", "pdf"],
    ] {
        let run = aplomb.run([&wanted[..], &["--cabinet", "cabinet.toml", "-o", "ici"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let told = run.stderr.lines().filter(|line| line.contains("contraste"));
        assert_eq!(told.count(), 1, "{wanted:?}: {}", run.stderr);
        let _ = fs::remove_file(aplomb.path("ici"));
        let _ = fs::remove_dir_all(aplomb.path("ici"));
    }
}

fn shape(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1);
    tags.map(|tag| tag.split(['>', ' ']).next().unwrap().to_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn an_identity_adds_no_markup(text in "[<>&\"'/a={%}#*_|`\\[\\]()-]{1,60}z", r: u8, g: u8, b: u8) {
        let of = |text: &str| {
            let branding = Branding {
                name: text.to_owned(),
                contact: vec![text.to_owned()],
                logo: None::<Logo>,
                main: Some(Colour(r, g, b)),
                accent: Some(Colour(r, g, b)),
                footer: Some(text.to_owned()),
                closing: Some(text.to_owned()),
            };
            page::page("Titre", "Texte.", Some(&branding))
        };
        let page = of(&text);
        prop_assert_eq!(shape(&page), shape(&of("a")));
        prop_assert!(!page.contains("src="));
    }
}

#[test]
fn a_template_put_in_place_of_ours_is_told_what_it_lost() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = fs::read_to_string(root.join("templates/mentions-legales.toml")).unwrap();
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", ANSWERS);
    // The same file: nothing to say.
    aplomb.write("contenu/templates/mentions-legales.toml", &ours);
    let run = aplomb.run(["verifier", "contenu"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(!run.stdout.contains("element-perdu"), "{}", run.stdout);

    // A lighter one, without the element about the host.
    let light = without(&ours, "hebergeur");
    assert_ne!(light, ours);
    aplomb.write("contenu/templates/mentions-legales.toml", &light);
    let run = aplomb.run(["verifier", "contenu"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("element-perdu"), "{}", run.stdout);
    assert!(
        run.stdout.contains("(hebergeur) a disparu"),
        "{}",
        run.stdout
    );
    let run = aplomb.run(["documents", "essai", "--contenu", "contenu"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("(hebergeur) a disparu"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_element_that_the_template_in_place_of_ours_says_no_more_is_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = fs::read_to_string(root.join("templates/mentions-legales.toml")).unwrap();
    let aplomb = Aplomb::new();
    let answers = format!("{ANSWERS}\"profil.presence\" = [\"site\"]\n");
    aplomb.dossier("Essai", &answers);
    let told = |template: &str| {
        assert_ne!(template, ours);
        aplomb.write("contenu/templates/mentions-legales.toml", template);
        let verified = aplomb.run(["verifier", "contenu"]);
        let content = ["--contenu", "contenu"];
        let write = aplomb.run([&["documents", "essai"][..], &content].concat());
        assert_eq!(write.code, 0, "{}", write.stderr);
        let list = aplomb.run([&["documents", "essai", "--liste"][..], &content].concat());
        assert_eq!(list.code, 0, "{}", list.stderr);
        let spaces = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        [verified.stdout, write.stderr, list.stderr].map(|text| spaces(&text))
    };

    // Its clause holds other words.
    let body =
        "- Téléphone : {{ lien(q=\"profil.telephone\", libelle=\"un numéro où l'on répond\") }}";
    for text in told(&ours.replace(body, "Venez nous voir.")) {
        let words = "(telephone) ne cite plus la réponse à « profil.telephone »";
        assert!(text.contains(words), "{text}");
    }
    // Its clause is gone.
    let start = ours.find("[[clause]]\nid = \"telephone\"\n").unwrap();
    let end = start + 1 + ours[start + 1..].find("[[clause]]").unwrap();
    let [verified, write, list] = told(&format!("{}{}", &ours[..start], &ours[end..]));
    assert!(verified.contains("« telephone »"), "{verified}");
    for text in [write, list] {
        assert!(
            text.contains("(telephone) n'est plus dit par aucune clause"),
            "{text}"
        );
        assert!(text.contains("ne dit pas l’élément obligatoire"), "{text}");
    }
}

/// A template without an element, nor the clauses that cover it.
fn without(template: &str, element: &str) -> String {
    let mut tables: Vec<String> = Vec::new();
    for line in template.split_inclusive('\n') {
        if line.starts_with("[[") || tables.is_empty() {
            tables.push(String::new());
        }
        if let Some(table) = tables.last_mut() {
            table.push_str(line);
        }
    }
    let named = format!("id = \"{element}\"");
    let covered = format!("\"{element}\"");
    let kept = tables.iter().filter(|table| {
        let is_element = table.starts_with("[[element]]") && table.contains(&named);
        let covers = table
            .lines()
            .any(|l| l.starts_with("covers") && l.contains(&covered));
        !(is_element || covers)
    });
    kept.cloned().collect()
}
