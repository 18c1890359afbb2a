//! The list of dossiers: figures, search, a great many of them; names; undoing what is typed.

use crate::tui::app::Listed;
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
