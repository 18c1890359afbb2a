//! What the rights of a file ask for, and what stands in the way of writing it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::SHOP;
use crate::support::Aplomb;

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
