//! What is told after the fact, and to a room: notices, and the pages of the restitution.

use super::journeys::filled;
use crate::tui::harness::Harness;

/// What is on screen, on one line.
fn flat(harness: &mut Harness) -> String {
    let screen = harness.screen();
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_remote_scrolls_a_page_of_the_restitution_before_the_next_one() {
    let mut harness = filled(40, 12).keys("<échap>wR<entrée><entrée>");
    let before = harness.screen();
    assert!(before.contains("3 sur 4"), "{before}");
    assert!(harness.app.seen.below > 0, "{before}");
    harness.press("<espace>");
    let after = harness.screen();
    assert!(after.contains("3 sur 4") && after != before, "{after}");
    for _ in 0..9 {
        harness.press("<page-bas>");
        harness.screen();
    }
    assert!(harness.screen().contains("4 sur 4"), "{}", harness.screen());
    assert_eq!(harness.app.seen.below, 0);
}

#[test]
fn a_restitution_is_played_whole_from_its_first_row_with_one_key() {
    let mut harness = filled(40, 12).keys("<échap>wR");
    assert_eq!(harness.app.seen.above, 0);
    let mut told = String::new();
    for _ in 0..20 {
        told.push_str(&harness.screen());
        harness.press("<page-bas>");
    }
    let words = [
        "La note est de 60 sur 100.",
        "1. Votre meilleur thème",
        "Qui fait quoi, pour quand",
        "dirigeant · pour le",
        "texte prêt",
        "Terminer",
    ];
    for words in words {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("Boulangerie"), "{told}");
}

#[test]
fn a_question_before_a_room_has_few_buttons_and_the_others_by_name() {
    let mut harness = filled(80, 24).keys("<échap>w/forme<entrée>");
    let screen = harness.screen();
    let buttons = screen.matches(" ]").count();
    assert!(buttons <= 3, "{screen}");
    harness.press("<fin><entrée>");
    let screen = harness.screen();
    for named in [
        "Écrire une note à côté",
        "note d'animateur",
        "Effacer la réponse",
    ] {
        assert!(screen.contains(named), "{named}\n{screen}");
    }
}

#[test]
fn a_restitution_of_a_dossier_hardly_filled_ranks_no_theme() {
    let mut harness = Harness::new(80, 24).dossier().keys("wR<droite>");
    let screen = harness.screen();
    assert!(!screen.contains("meilleur thème"), "{screen}");
    assert!(screen.contains("Trop peu de réponses"), "{screen}");
}

#[test]
fn a_text_copied_with_blanks_says_how_many_are_left() {
    let mut harness = Harness::new(80, 24).dossier().keys("d<entrée>c");
    let screen = flat(&mut harness);
    assert!(screen.contains("2 blancs restent à compléter"), "{screen}");
}

#[test]
fn what_is_for_the_owner_alone_is_shown_and_never_copied() {
    let mut harness = Harness::new(80, 40)
        .dossier()
        .keys("<entrée>1<entrée><échap>d<entrée>");
    let screen = harness.screen().replace('\u{a0}', " ");
    assert!(
        screen.contains("Pour vous : donnez une adresse"),
        "{screen}"
    );
    harness.press("c");
    let copied = &harness.host.copied[0];
    assert!(copied.contains("Écrivez-nous"), "{copied}");
    assert!(!copied.contains("Pour vous"), "{copied}");
    let screen = flat(&mut harness);
    assert!(
        screen.contains("sans ce qui est pour vous seul"),
        "{screen}"
    );
}

#[test]
fn what_is_undone_is_named_in_the_notice() {
    let mut harness = filled(80, 24).keys("<échap><ctrl-z>");
    let screen = harness.screen();
    assert!(screen.contains("Annulé : "), "{screen}");
}

#[test]
fn a_file_that_is_not_needed_any_more_is_told_beside_the_documents() {
    let mut harness = filled(80, 24).keys("<échap>d<entrée>c<échap>");
    let screen = harness.screen();
    assert!(!screen.contains("plus nécessaire"), "{screen}");
    harness.press("<échap>/ligne<entrée><espace><bas><espace><entrée><entrée><échap>d");
    let screen = harness.screen();
    assert!(
        screen.contains("! mentions-legales.txt n’est plus nécessaire"),
        "{screen}"
    );
}
