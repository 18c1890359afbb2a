//! The proof folder: its texts in place, its pieces, the same each time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};

use crate::support::Aplomb;
use crate::{EI, SHOP};

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
fn a_proof_folder_is_the_same_each_time() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let write = |name: &str| {
        let run = aplomb.run([
            "documents",
            "plomberie-durand",
            "--date",
            "2026-11-02",
            "--preuves",
            "-o",
            name,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(aplomb.path(name)).unwrap()
    };
    let bytes = write("a.zip");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, write("b.zip"));
    let run = aplomb.run(["documents", "plomberie-durand", "--preuves"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}
