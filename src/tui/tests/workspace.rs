//! The list of dossiers: figures, search, a great many of them; names; undoing what is typed.

use crate::domain::input::Raw;
use crate::tui::app::{Did, Listed, Message};
use crate::tui::event::Input;
use crate::tui::harness::Harness;

use super::journeys::filled;

#[test]
fn the_list_tells_how_far_each_dossier_is() {
    let mut harness = filled(80, 24).keys("<échap><échap>");
    let screen = harness.screen();
    let row = screen.lines().find(|line| line.contains("Martin")).unwrap();
    assert!(row.contains("100 %") && row.contains("60"), "{row}");
    assert!(row.contains("23/11/2026"), "{row}");
    // Read from the disk, it says the same.
    harness.press("nAutre<entrée><échap>");
    let screen = harness.screen();
    let again = screen.lines().find(|line| line.contains("Martin")).unwrap();
    assert_eq!(
        row.trim_start_matches([' ', '►']),
        again.trim_start_matches([' ', '►'])
    );
    harness.press("/autr<entrée>");
    assert!(
        harness.screen().contains("Autre · Dossier"),
        "{}",
        harness.screen()
    );
}

#[test]
fn ten_thousand_dossiers_only_cost_what_is_on_screen() {
    let mut harness = Harness::new(80, 24);
    harness.app.listed = (0..10_000)
        .map(|at| Listed {
            name: format!("Dossier {at:05}"),
            path: format!("/nulle/part/{at}").into(),
            created: None,
            damaged: false,
            glance: None,
        })
        .collect();
    let seen = |harness: &mut Harness, wanted: &str| {
        let screen = harness.screen();
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
        let looked = harness.app.listed.iter().filter(|l| l.damaged).count();
        assert!(looked < 600, "{looked} dossiers were read");
    };
    harness.press("<bas>");
    seen(&mut harness, "► Dossier 00001");
    harness.press("<fin><haut><haut><haut>");
    seen(&mut harness, "► Dossier 09999");
    harness.press("<haut><haut>");
    seen(&mut harness, "► Dossier 09997");
    harness.press("<début>");
    for _ in 0..40 {
        harness.send(Input::Wheel(1));
    }
    seen(&mut harness, "Dossier 00120");
    harness.press("<bas>");
    seen(&mut harness, "► Dossier 00001");
}

#[test]
fn a_dossier_can_be_renamed() {
    let mut harness = Harness::new(80, 24).dossier().keys("<haut>");
    harness.press("<fin><entrée>");
    for _ in 0.."Martin".len() {
        harness.press("<effacer>");
    }
    harness.press("du Port<entrée>");
    assert!(harness.screen().contains("Boulangerie du Port · Dossier"));
    // It is a change like any other.
    harness.press("<ctrl-z>");
    assert!(harness.screen().contains("Boulangerie Martin · Dossier"));
    harness.press("<ctrl-y><échap>");
    assert!(harness.screen().contains("► Boulangerie du Port"));
}

#[test]
fn undo_takes_back_what_is_typed_before_what_is_answered() {
    let mut harness = Harness::new(80, 24).dossier();
    harness.press("<entrée>2<entrée>Les bons pains");
    harness.press("<ctrl-z>");
    let screen = harness.screen();
    assert!(
        screen.contains("Les bons ") && !screen.contains("pains"),
        "{screen}"
    );
    harness.press("<ctrl-y>");
    assert!(harness.screen().contains("Les bons pains"));
    harness.press("<ctrl-z><ctrl-z><ctrl-z>");
    let screen = harness.screen();
    assert!(!screen.contains("Les"), "{screen}");
    let answered = |harness: &Harness| {
        let desk = harness.app.desk.as_ref().unwrap();
        desk.answer("profil.forme").is_some()
    };
    assert!(answered(&harness));
    harness.press("<ctrl-z>");
    assert!(!answered(&harness));
}

#[test]
fn undo_takes_back_ticks_before_what_is_answered() {
    let mut harness = filled(80, 40);
    let on_file = |harness: &Harness, id: &str| {
        let desk = harness.app.desk.as_ref().unwrap();
        desk.answer(id).cloned()
    };
    let ticked = |harness: &mut Harness| harness.screen().matches("[x]").count();
    harness.press("<échap>");
    for (keys, id) in [
        ("/en ligne<entrée>", "profil.presence"),
        ("/services ext<entrée><bas>", "vitrine.services"),
    ] {
        harness.press(keys);
        let (before, kept) = (ticked(&mut harness), on_file(&harness, id));
        harness.press("<espace><bas><espace>");
        harness.press("<ctrl-z>");
        assert!(
            harness.screen().contains("Annulé ici"),
            "{}",
            harness.screen()
        );
        harness.press("<ctrl-z>");
        assert_eq!(ticked(&mut harness), before, "{}", harness.screen());
        assert_eq!(on_file(&harness, id), kept);
        // Done again, then left and taken back from there.
        harness.press("<ctrl-y><échap><échap>");
        harness.press(keys);
        assert_ne!(ticked(&mut harness), before, "{}", harness.screen());
        harness.press("<ctrl-z>");
        assert_eq!(ticked(&mut harness), before, "{}", harness.screen());
        assert_eq!(on_file(&harness, id), kept);
        harness.press("<échap><échap>");
    }
    // « Et si… » is undone there, never in the answers.
    harness.press("bh<espace>");
    let kept = on_file(&harness, "vitrine.mentions");
    harness.press("<ctrl-z>");
    assert_eq!(ticked(&mut harness), 0, "{}", harness.screen());
    assert_eq!(on_file(&harness, "vitrine.mentions"), kept);
}

#[test]
fn search_folds_case_and_accents_in_questions_answers_and_help() {
    let mut harness = filled(80, 24).keys("<échap>");
    for (typed, found) in [
        ("SIEGE", "Quelle est l'adresse du siège"),
        ("vannes", "Quelle est l'adresse du siège"),
        ("Denomination", "nom exact inscrit"),
    ] {
        harness.press(&format!("/{typed}"));
        let screen = harness.screen();
        assert!(screen.contains(found), "{typed}\n{screen}");
        harness.press("<échap>");
    }
    harness.press("/services ext<entrée>AUDIENCE google");
    let screen = harness.screen();
    assert!(screen.contains("Google Analytics 4"), "{screen}");
    assert!(!screen.contains("YouTube"), "{screen}");
}

/// Answers without a key.
fn answer(harness: &mut Harness, question: &str, raw: &str) {
    let desk = harness.app.desk.as_mut().unwrap();
    let read = desk.session.parse(question, &Raw::Text(raw.to_owned()));
    desk.session.answer(question, read.ok()).unwrap();
    desk.refresh();
}

#[test]
fn search_tells_the_questions_that_are_not_asked_and_leads_to_what_opens_them() {
    let asked = |harness: &Harness| harness.app.top_question().map(str::to_owned);
    let found = |typed: &str| {
        let mut harness = filled(80, 24).keys("<échap>");
        answer(&mut harness, "profil.forme", "ei");
        answer(&mut harness, "profil.presence", "aucun");
        harness.press(&format!("/{typed}"));
        let screen = harness.screen().replace('\n', " ");
        (harness.keys("<bas><entrée>"), screen)
    };
    for (typed, reason, opens) in [
        (
            "capital",
            "pas posée : dépend de « Sous quelle forme",
            "profil.forme",
        ),
        (
            "héberge",
            "thème « Site vitrine » non choisi : dépend de « Où êtes-vous",
            "profil.presence",
        ),
        (
            "SIREN",
            "posée seulement si vous approfondissez",
            "profil.siren",
        ),
    ] {
        let (harness, screen) = found(typed);
        assert!(screen.contains("Pas posées pour l'instant"), "{screen}");
        assert!(screen.contains(reason), "{screen}");
        assert_eq!(asked(&harness).as_deref(), Some(opens), "{typed}");
    }
    let (mut harness, _) = found("capital");
    assert!(
        harness
            .screen()
            .contains("elle dépend de votre réponse à celle-ci")
    );
    // What is asked comes first, without a reason.
    let mut harness = filled(80, 24).keys("<échap>/kbis");
    let screen = harness.screen();
    let (asked, others) = screen.split_once("Pas posées").unwrap();
    assert!(asked.contains("le capital social"), "{screen}");
    assert!(others.contains("numéro SIREN"), "{screen}");
    assert!(asked.contains("dont une qui n'est pas posée"), "{screen}");
}

#[test]
fn a_theme_with_one_line_of_a_list_ticked_is_begun() {
    let mut harness = Harness::new(120, 35).dossier();
    answer(&mut harness, "profil.presence", "site");
    let row = |screen: &str| {
        let mut rows = screen.lines().filter(|row| row.contains("Site vitrine"));
        rows.next_back().unwrap_or_default().to_owned()
    };
    assert!(row(&harness.screen()).contains('○'), "{}", harness.screen());
    harness.press("/dit cette page<entrée>o");
    // At the left of the question, then in the menu.
    assert!(
        harness.screen().contains("◊ Site vitrine"),
        "{}",
        harness.screen()
    );
    harness.press("<échap><échap>");
    let row = row(&harness.screen());
    assert!(row.contains('◊') && row.contains("0 sur"), "{row}");
}

#[test]
fn a_dossier_open_elsewhere_is_told_in_the_header_at_every_width() {
    for width in [40, 60, 71, 72, 80] {
        let first = filled(width, 24);
        let mut second = Harness::new(width, 24);
        let desk = first.second_window();
        second.app.update(Message::Did(Did::Opened(Ok(desk))));
        if second.screen().contains("À lire") {
            second.press("<entrée>");
        }
        second.press("b");
        let screen = second.screen();
        let header = screen.lines().next().unwrap();
        assert!(header.contains("lecture seule"), "{screen}");
        assert!(header.contains("Bilan"), "{screen}");
        assert_eq!(header.contains("des questions"), width >= 72, "{screen}");
    }
}

#[test]
fn the_dossier_reminds_the_last_answer() {
    let mut harness = Harness::new(80, 24).dossier();
    assert!(!harness.screen().contains("Dernière réponse"));
    let mut harness = harness.keys("<entrée>2<entrée>").reopened();
    let screen = harness.screen();
    assert!(
        screen.contains("Dernière réponse : Sous quelle forme"),
        "{screen}"
    );
    assert!(screen.contains("Société"), "{screen}");
}
