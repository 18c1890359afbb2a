//! PDF files: what they cannot draw, and what happens when one cannot be made.

use std::fs;

use crate::EI;
use crate::support::Aplomb;

#[test]
fn documents_report_and_plan_come_as_pdf_and_say_what_it_cannot_draw() {
    let aplomb = Aplomb::new();
    let folder = aplomb.dossier("Épi \u{6f22}", EI);
    let dossier = folder.to_str().unwrap();
    let sign = "n'a pas de dessin pour : \u{6f22}. Un « □ »";
    for (command, file) in [("bilan", "b.pdf"), ("plan", "p.pdf")] {
        let run = aplomb.run([command, dossier, "--format", "pdf", "-o", file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains(sign), "{}", run.stderr);
        assert!(fs::read(aplomb.path(file)).unwrap().starts_with(b"%PDF-"));
    }
    let run = aplomb.run(["documents", dossier, "--format", "pdf", "-o", "d"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("registre.pdf"), "{}", run.stdout);
    let run = aplomb.run(["plan", dossier, "--format", "pdf"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("donnez un fichier avec -o"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_pdf_that_cannot_be_made_keeps_nothing_else_from_being_written() {
    let aplomb = Aplomb::new();
    let mut dossier = fs::read_to_string("examples/boulangerie-martin/dossier.toml").unwrap();
    let name = format!("name = \"{}\"", "é".repeat(20_000));
    dossier = dossier.replacen("name = \"Boulangerie Martin\"", &name, 1);
    aplomb.write("essai/dossier.toml", dossier);
    let run = aplomb.run([
        "documents",
        "essai",
        "--seulement",
        "mentions-legales",
        "--format",
        "pdf,docx,html",
        "-o",
        "sortie",
    ]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    for said in [
        "« Mentions légales » : le PDF n’a pas pu être fait",
        "trop long",
        "Les autres fichiers sont écrits.",
    ] {
        assert!(
            run.stderr.replace('\u{a0}', " ").contains(said),
            "{said}: {}",
            run.stderr
        );
    }
    assert!(!run.stderr.contains("TooLong"), "{}", run.stderr);
    let folder = aplomb.path("sortie");
    assert!(folder.join("mentions-legales.docx").is_file());
    assert!(folder.join("mentions-legales.html").is_file());
    assert!(!folder.join("mentions-legales.pdf").exists());

    let run = aplomb.run(["plan", "essai", "--format", "pdf", "-o", "plan.pdf"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("trop long"), "{}", run.stderr);
    assert!(!aplomb.path("plan.pdf").exists());
}
