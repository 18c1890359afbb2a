//! Pages that count, order and name what they show.

use std::sync::Arc;

use super::journeys::filled;
use crate::content::{self, Content};
use crate::domain::plan::Group;
use crate::session::example::EXAMPLES;
use crate::tui::harness::Harness;

fn shipped() -> Arc<Content> {
    match content::load(None) {
        Ok(content) => Arc::new(content),
        Err(error) => panic!("{error}"),
    }
}

/// A shipped example, open in a window long enough to hold its longest page.
fn example(at: usize) -> Harness {
    let keys = format!("x{}<entrée>", "<bas>".repeat(at));
    Harness::with(100, 400, shipped()).keys(&keys)
}

/// Rows of a screen that hold a text.
fn rows(screen: &str, text: &str) -> usize {
    screen.lines().filter(|line| line.contains(text)).count()
}

#[test]
fn each_part_of_the_plan_stands_once_and_in_order() {
    for at in 0..EXAMPLES.len() {
        let mut harness = example(at).keys("pv");
        let screen = harness.screen();
        let parts = [
            Group::Stop,
            Group::Urgent,
            Group::Obligation,
            Group::Further,
        ];
        let labels = parts.map(Group::label);
        let told: Vec<&str> = screen
            .lines()
            .map(str::trim)
            .filter(|line| labels.contains(line))
            .collect();
        let expected: Vec<&str> = labels.into_iter().filter(|l| told.contains(l)).collect();
        assert_eq!(told, expected, "{screen}");
        assert!(told.len() > 1, "{screen}");
    }
}

#[test]
fn the_plan_counts_what_it_shows() {
    let mut harness = example(0).keys("p");
    let all = harness.app.desk.as_ref().unwrap().planned().len();
    let screen = harness.screen();
    let words = format!("Les 6 premières actions sur {all}");
    assert!(screen.contains(&words), "{words}\n{screen}");
    assert_eq!(rows(&screen, "pour le "), 6, "{screen}");
    harness.press("v");
    let screen = harness.screen();
    assert!(screen.contains(&format!(" {all} actions\n")), "{screen}");
    assert_eq!(rows(&screen, "pour le "), all, "{screen}");
    harness.press("f");
    let screen = harness.screen();
    let own = rows(&screen, "pour le ");
    assert!(own < all, "{screen}");
    let words = format!(" : {own} actions sur {all}\n");
    assert!(screen.contains(&words), "{words}{screen}");
}

#[test]
fn the_plan_shows_one_person_at_a_time() {
    let mut harness = filled(80, 24).keys("<échap>poPaul<entrée>");
    assert!(
        harness.screen().contains("Aujourd'hui : "),
        "{}",
        harness.screen()
    );
    harness.press("f");
    assert!(
        harness.screen().contains("Paul : 1 action sur 2"),
        "{}",
        harness.screen()
    );
    harness.press("ff");
    assert!(
        !harness.screen().contains("Seulement"),
        "{}",
        harness.screen()
    );
    harness.press("nRappeler lundi<entrée>");
    assert!(
        harness.screen().contains("Note : Rappeler lundi"),
        "{}",
        harness.screen()
    );
}

#[test]
fn six_actions_fit_on_the_screen_of_a_room() {
    let mut harness = Harness::with(80, 24, shipped()).keys("x<entrée>wR<entrée><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("6. "), "{screen}");
    assert!(screen.contains("Suite"), "{screen}");
    assert!(screen.contains("Entrée fixer qui et quand"), "{screen}");
    assert_eq!(rows(&screen, "pour le "), 6, "{screen}");
}

#[test]
fn documents_stand_in_the_order_of_use() {
    let content = shipped();
    let ids: Vec<&str> = content
        .catalogue
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    assert_eq!(ids[..2], ["mentions-legales", "page-vie-privee"]);
    // It gets a workshop ready: whoever fills the dossier alone needs it last.
    assert_eq!(ids.last(), Some(&"fiche-preparation"));
    for theme in &content.catalogue.questionnaires {
        let first = theme.hands_over.first().map(String::as_str);
        assert_ne!(first, Some("fiche-preparation"), "{}", theme.id);
    }
}

#[test]
fn a_blank_says_which_question_it_belongs_to() {
    let mut harness = example(0);
    let desk = harness.app.desk.as_ref().unwrap();
    let wanted = ["mentions-legales", "registre"];
    let asked: Vec<(String, Vec<String>)> = wanted
        .iter()
        .filter_map(|id| desk.papers().iter().find(|paper| paper.id == *id))
        .map(|paper| {
            let answered = paper.blanks.iter().filter(|blank| blank.by_hand.is_none());
            let texts = answered.filter_map(|blank| desk.question(&blank.question));
            (
                paper.id.clone(),
                texts.map(|question| question.text.clone()).collect(),
            )
        })
        .collect();
    for (id, texts) in asked {
        assert!(!texts.is_empty(), "{id}");
        let preview = crate::tui::screen::preview::Preview::new(id);
        harness
            .app
            .screens
            .push(crate::tui::screen::Screen::Preview(preview));
        let screen = harness.screen();
        for text in texts {
            let start: Vec<&str> = text.split(' ').take(4).collect();
            assert_eq!(rows(&screen, &start.join(" ")), 1, "{text}\n{screen}");
        }
    }
}

#[test]
fn a_title_that_holds_guillemets_is_quoted_with_inner_ones() {
    let mut harness = example(0);
    let preview =
        crate::tui::screen::keep::Keep::new(Some("bandeau-et-page-cookies".into()), false);
    harness
        .app
        .screens
        .push(crate::tui::screen::Screen::Keep(preview));
    let screen = harness.screen();
    let quoted = "« Bandeau et page “Cookies et traceurs” » ira ici";
    assert!(screen.contains(quoted), "{screen}");
}

#[test]
fn what_if_changes_nothing() {
    let mut harness = filled(80, 24).keys("<échap>b");
    let before = harness.app.desk.as_ref().unwrap().session.dossier().clone();
    harness.press("h<entrée>");
    assert!(
        harness.screen().contains("Avec 1 action cochée"),
        "{}",
        harness.screen()
    );
    assert!(harness.screen().contains("[x]"), "{}", harness.screen());
    assert_eq!(
        &before,
        harness.app.desk.as_ref().unwrap().session.dossier()
    );
}

#[test]
fn the_account_adds_up_to_what_is_missing() {
    let mut harness = filled(80, 24).keys("<échap>bl");
    let screen = harness.screen();
    assert!(screen.contains("il manque 40 points"), "{screen}");
    assert!(screen.contains("Ensemble : 40,0000 = 100 − 60"), "{screen}");
    harness.press("<entrée><échap>");
    assert!(
        harness.screen().contains("Le compte"),
        "{}",
        harness.screen()
    );
}

#[test]
fn contradictory_answers_are_one_key_from_being_fixed() {
    let mut harness = filled(80, 24).keys("<échap>/forme<entrée>3<entrée>");
    let clash = "Une association de démonstration";
    assert!(harness.screen().contains(clash), "{}", harness.screen());
    harness.press("<échap>b");
    assert!(harness.screen().contains(clash), "{}", harness.screen());
    harness.press("<entrée>2<entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("· Bilan") && !screen.contains(clash),
        "{screen}"
    );
}

#[test]
fn a_name_of_no_service_is_said() {
    let mut harness = filled(80, 24).keys("<échap>/services ext<entrée>zzz");
    let screen = harness.screen();
    assert!(screen.contains("Aucun service de ce nom."), "{screen}");
    harness.press("<ctrl-u>");
    assert!(!harness.screen().contains("Aucun service de ce nom."));
}

#[test]
fn the_number_of_the_question_is_seen_in_the_smallest_window() {
    let content = super::promises::shipped();
    let mut harness = Harness::with(40, 12, content).keys("x<entrée>");
    let asked = harness.app.desk.as_ref().unwrap().asked.clone();
    for id in asked {
        harness.app.ask(&id);
        let screen = harness.screen();
        let first = screen.lines().next().unwrap_or_default();
        let place = harness.app.desk.as_ref().unwrap().short_place(&id);
        let number = place.split(' ').next().unwrap().replace('/', " sur ");
        let is_told = first.contains(&number) || first.contains(&number.replace(" sur ", "/"));
        assert!(is_told, "{number}\n{screen}");
    }
}
