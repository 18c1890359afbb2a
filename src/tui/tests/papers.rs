//! Documents: read, copied, written, filled, and where each goes.

use super::journeys::filled;

#[test]
fn documents_are_read_copied_and_written() {
    let mut harness = filled(80, 24).keys("<échap>d<entrée>");
    assert!(
        harness.screen().contains("Ce site est édité par Les pains"),
        "{}",
        harness.screen()
    );
    harness.press("c");
    assert!(harness.host.copied[0].contains("Les pains"));
    let written = harness.folder().join("documents/mentions-legales.txt");
    assert!(
        std::fs::read_to_string(written)
            .unwrap()
            .contains("Les pains")
    );
}

#[test]
fn documents_say_why_and_open_where_they_are() {
    let mut harness = filled(80, 24).keys("<échap>d<entrée>s");
    let screen = harness.screen();
    assert!(screen.contains("Vous avez répondu à"), "{screen}");
    harness.press("<échap>o");
    let folder = harness.folder().join("documents");
    assert!(harness.screen().contains("ira ici"), "{}", harness.screen());
    harness.press("<entrée>");
    assert_eq!(harness.host.opened, [folder.join("mentions-legales.html")]);
    harness.press("e<bas><bas><espace><fin><haut><haut><entrée>");
    assert!(folder.join("mentions-legales.fragment.html").is_file());
}

#[test]
fn writing_shows_where_it_is_and_what_became_of_edited_files() {
    let mut harness = filled(80, 24).keys("<échap>de");
    let screen = harness.screen();
    assert!(screen.contains("Enregistrer 4 fichiers"), "{screen}");
    harness.press("<fin><haut><haut><entrée>");
    assert!(
        harness.shown[0].contains("Enregistrement : 0 sur 2"),
        "{:?}",
        harness.shown
    );
    assert!(
        harness.shown[1].contains("Enregistrement : 1 sur 2"),
        "{:?}",
        harness.shown
    );
    let screen = harness.screen();
    assert!(screen.contains("4 fichiers écrits."), "{screen}");
    let file = harness.folder().join("documents/mentions-legales.md");
    std::fs::write(&file, "À ma façon").unwrap();
    harness.press("<échap>de<fin><haut><haut><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("mentions-legales.md"), "{screen}");
    assert!(screen.contains("déjà à jour"), "{screen}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "À ma façon");
}

#[test]
fn what_became_of_many_files_is_read_on_a_page_of_its_own() {
    let mut harness = filled(80, 24).keys("<échap>de<fin><haut><haut><entrée>");
    let folder = harness.folder().join("documents");
    for name in ["mentions-legales.md", "mentions-legales.html"] {
        std::fs::write(folder.join(name), "À ma façon").unwrap();
    }
    harness.press("e<fin><haut><haut><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("À lire"), "{screen}");
    assert!(screen.contains("2 fichiers déjà là"), "{screen}");
    for told in [
        "mentions-legales.md :",
        "mentions-legales.html :",
        "Dossier :",
    ] {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    harness.press("<entrée>");
    assert!(
        harness.screen().contains("· Documents"),
        "{}",
        harness.screen()
    );
}

#[test]
fn where_to_paste_a_document_is_one_key_away() {
    let mut harness = filled(80, 14).keys("<échap>d<entrée>");
    assert!(!harness.screen().contains("Où coller ce texte"));
    harness.press("l");
    assert!(
        harness.screen().contains("Où coller ce texte"),
        "{}",
        harness.screen()
    );
    let mut arrows = filled(80, 14).keys("<échap>d<entrée>");
    arrows.press("<bas><bas><entrée>");
    assert!(
        arrows.screen().contains("Où coller ce texte"),
        "{}",
        arrows.screen()
    );
}

#[test]
fn blanks_are_filled_on_the_spot() {
    let mut harness =
        filled(80, 24).keys("<échap>/électronique<entrée><tab><tab><entrée><échap>d<entrée>");
    assert!(
        harness.screen().contains("1 blanc à compléter"),
        "{}",
        harness.screen()
    );
    harness.press("<entrée>a@b.fr<entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("Mentions légales") && !screen.contains("à compléter"),
        "{screen}"
    );
}

#[test]
fn the_assessment_and_the_plan_are_files_one_key_away() {
    let mut harness = filled(80, 24).keys("<échap>be");
    let screen = harness.screen();
    assert!(screen.contains("4 fichiers écrits."), "{screen}");
    let folder = harness.folder().join("documents");
    for (name, start) in [
        ("bilan.html", &b"<!doctype html>"[..]),
        ("bilan.pdf", b"%PDF-"),
        ("plan.xlsx", b"PK"),
        ("plan.ics", b"BEGIN:VCALENDAR"),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert!(bytes.starts_with(start), "{name}");
    }
    // What was edited is not lost, and what did not change is not written again.
    std::fs::write(folder.join("bilan.html"), "À ma façon").unwrap();
    harness.press("<échap>p:classeur<entrée>");
    let screen = harness.screen();
    assert!(screen.contains("déjà à jour"), "{screen}");
    let kept = std::fs::read_to_string(folder.join("bilan.html")).unwrap();
    assert_eq!(kept, "À ma façon");
}
