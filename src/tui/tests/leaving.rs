//! Nothing typed is lost without a word, and a theme that ends says so.

use super::journeys::filled;
use super::record::text as content;
use crate::domain::processing::Part;
use crate::tui::app::{Did, Message};
use crate::tui::effect::Effect;
use crate::tui::harness::Harness;
use crate::tui::keymap::Action;

/// The note of a question, as the disk has it.
fn note(harness: &mut Harness, id: &str) -> Option<String> {
    let folder = harness.folder();
    harness.app.desk = None;
    let read = crate::storage::Store::open(folder).unwrap();
    read.dossier().notes.get(id).cloned()
}

/// Leaves at once.
fn leaves(harness: &mut Harness, key: &str) {
    harness.press(key);
    assert!(harness.app.leaving, "{}", harness.screen());
}

/// Does not leave and says this.
fn asks(harness: &mut Harness, key: &str, said: &str) {
    harness.press(key);
    let screen = harness.screen();
    assert!(!harness.app.leaving, "{screen}");
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(said), "{screen}");
}

/// Does not leave the first time and says this, leaves the second time.
fn asks_twice(mut harness: Harness, key: &str, said: &str) {
    asks(&mut harness, key, said);
    leaves(&mut harness, key);
}

#[test]
fn leaving_records_an_open_note() {
    for keys in ["<ctrl-q>", "<ctrl-c>", "<tab>q"] {
        let mut harness = filled(80, 24).keys("<échap>/forme<entrée>nvoir le Kbis");
        leaves(&mut harness, keys);
        let kept = note(&mut harness, "profil.forme");
        assert_eq!(kept.as_deref(), Some("voir le Kbis"), "{keys}");
    }
    let mut harness = filled(80, 24).keys("<échap>w/forme<entrée>Pà relancer");
    leaves(&mut harness, "<ctrl-q>");
    let kept = note(&mut harness, "atelier:profil.forme");
    assert_eq!(kept.as_deref(), Some("à relancer"));
}

#[test]
fn leaving_records_a_note_under_the_help_page() {
    let mut harness = filled(80, 24).keys("<échap>/forme<entrée>nvoir le Kbis<f1>");
    leaves(&mut harness, "q");
    let kept = note(&mut harness, "profil.forme");
    assert_eq!(kept.as_deref(), Some("voir le Kbis"));
}

#[test]
fn leaving_records_an_action_and_tells_of_a_wrong_date() {
    let owner = |harness: &Harness| {
        let desk = harness.app.desk.as_ref().unwrap();
        let mut actions = desk.session.dossier().actions.values();
        actions.next().and_then(|tracking| tracking.owner.clone())
    };
    let mut harness = filled(80, 24).keys("<échap>p<entrée><bas>Léa");
    leaves(&mut harness, "<ctrl-q>");
    assert_eq!(owner(&harness).as_deref(), Some("Léa"));
    let harness = filled(80, 24).keys("<échap>p<entrée><bas>Léa<bas>45/13");
    asks_twice(harness, "<ctrl-q>", "n'est pas enregistré");
}

#[test]
fn a_wrong_date_is_told_when_the_rest_of_an_action_is_recorded() {
    let mut harness = filled(80, 24).keys("<échap>p<entrée><bas>Léa<bas>45/13<échap>");
    let screen = harness.screen();
    assert!(screen.contains("Action enregistrée"), "{screen}");
    assert!(
        screen.contains("La date « 45/13 » n'a pas été gardée"),
        "{screen}"
    );
    // Said once: the next change says nothing of it.
    harness.press("<entrée><bas> B<échap>");
    let screen = harness.screen();
    assert!(screen.contains("Action enregistrée"), "{screen}");
    assert!(!screen.contains("45/13"), "{screen}");
}

#[test]
fn leaving_asks_twice_for_an_answer_that_was_not_validated() {
    let typed = || filled(80, 24).keys("<échap>/nom exact<entrée> et fils");
    let said = "Ce que vous avez tapé n'est pas enregistré : Entrée pour valider, ou encore Ctrl+Q";
    asks_twice(typed(), "<ctrl-c>", said);
    asks_twice(typed(), "<ctrl-q>", said);
    // A draft left behind.
    asks_twice(
        typed().keys("<échap><échap>"),
        "q",
        "n'est pas enregistrée : retournez-y",
    );
    // Any other key changes one's mind.
    let mut harness = typed().keys("<ctrl-q>!<ctrl-q>");
    assert!(!harness.app.leaving, "{}", harness.screen());
    // What was validated, or taken back, holds nobody.
    leaves(&mut typed().keys("<entrée><échap><échap>"), "q");
    let back = "<effacer>".repeat(" et fils".len());
    leaves(&mut typed().keys(&back), "<ctrl-q>");
    leaves(&mut typed().keys(&back).keys("<échap><échap>"), "q");
}

#[test]
fn leaving_asks_twice_for_ticks_and_entries_that_were_not_validated() {
    let harness = filled(80, 24).keys("<échap>/ligne<entrée><espace>");
    asks_twice(harness, "<ctrl-q>", "n'est pas enregistré");
    let harness = filled(80, 24).keys("<échap>/héberge<entrée><entrée>Ovh 2");
    asks_twice(harness, "<ctrl-q>", "n'est pas enregistré");
    // What services are filtered by is no answer.
    let mut harness = filled(80, 24).keys("<échap>/services ext<entrée>you");
    leaves(&mut harness, "<ctrl-q>");
}

/// What is ticked or typed on screen, whatever was drawn around it.
fn shows(harness: &mut Harness, what: &str) {
    let screen = harness.screen();
    assert!(screen.contains(what), "{what}\n{screen}");
}

#[test]
fn a_note_written_beside_leaves_ticks_and_words_as_they_were() {
    let mut harness = filled(80, 30).keys("<échap>/ligne<entrée><espace>");
    shows(&mut harness, "[ ] Un site internet");
    // From the button below the list, while the tick waits to be validated.
    harness.press("<bas><bas><bas><bas><bas><bas><bas><entrée>voir Léa<échap>");
    shows(&mut harness, "Note enregistrée");
    shows(&mut harness, "[ ] Un site internet");
    // What is undone elsewhere is not what was ticked here.
    harness.press("<échap><échap>u");
    shows(&mut harness, "Annulé");
    harness.press("/ligne<entrée>");
    shows(&mut harness, "[ ] Un site internet");
    shows(&mut harness, "Laissé ici sans être validé");
    harness.press("<ctrl-z>");
    shows(&mut harness, "[x] Un site internet");
}

#[test]
fn an_answer_erased_or_undone_takes_its_draft_along() {
    let mut harness = filled(80, 30).keys("<échap>/ligne<entrée><espace>");
    harness.press("<bas><bas><bas>e<entrée>");
    shows(&mut harness, "Réponse effacée");
    shows(&mut harness, "[ ] Un réseau social");
    leaves(&mut harness, "<ctrl-q>");
}

#[test]
fn each_dossier_keeps_what_was_left_there() {
    let mut harness = filled(80, 30).keys("<échap>/nom exact<entrée> et fils<échap><échap><échap>");
    harness.press("nCoiffure Lys<entrée>");
    shows(&mut harness, "Commencer");
    harness.press("<échap>");
    asks(
        &mut harness,
        "q",
        "Une réponse tapée dans « Boulangerie Martin »",
    );
    // Back where it was left, told at once.
    harness.press("/boulangerie<entrée>");
    shows(&mut harness, "Votre réponse à « Quel est le nom exact");
    harness.press("/nom exact<entrée>");
    shows(&mut harness, "Les pains et fils");
    harness.press("<entrée><échap><échap>");
    leaves(&mut harness, "q");
}

#[test]
fn the_name_of_a_dossier_and_a_reason_are_not_lost() {
    let harness = Harness::new(80, 24).keys("<entrée>Boulangerie");
    asks_twice(harness, "<ctrl-q>", "n'est pas enregistré");
    let mut harness = Harness::new(80, 24).keys("<entrée>Boulangerie<échap><entrée>");
    shows(&mut harness, "Boulangerie");
    leaves(&mut harness.keys(" Martin<entrée>"), "<ctrl-q>");

    let renaming = || filled(80, 24).keys("<échap><fin><entrée> et fils");
    asks_twice(renaming(), "<ctrl-q>", "n'est pas enregistré");
    let mut harness = renaming().keys("<échap><entrée>");
    shows(&mut harness, "Martin et fils");
    leaves(&mut harness.keys("<entrée>"), "<ctrl-q>");

    let mut harness = filled(80, 24).keys("<échap>/dit cette page<entrée><bas><bas>s<entrée>Sans");
    harness.press("<échap>");
    asks(&mut harness, "<ctrl-q>", "La raison tapée pour");
    harness.press("s<entrée>");
    shows(&mut harness, "Sans");
    leaves(&mut harness.keys(" capital<entrée>"), "<ctrl-q>");
}

#[test]
fn escape_keeps_a_content_of_the_record_or_says_why_not() {
    let retention = "<échap>t<entrée><bas><bas><bas><bas><bas><bas><bas><entrée>";
    let written = || filled(80, 24).keys(retention).keys(" et demi");
    let kept = "trois ans au plus après notre dernier échange et demi";
    let harness = written().keys("<échap>");
    assert_eq!(content(&harness, Part::Retention).as_deref(), Some(kept));
    let mut harness = written();
    leaves(&mut harness, "<ctrl-q>");
    assert_eq!(content(&harness, Part::Retention).as_deref(), Some(kept));
    // Nothing changed, nothing written.
    let harness = filled(80, 24).keys(retention).keys("<échap>");
    assert_eq!(content(&harness, Part::Retention), None);
    let harness = filled(80, 24).keys("<échap>t<fin><entrée>Caméras");
    asks_twice(harness, "<ctrl-q>", "n'est pas enregistré");
}

#[test]
fn a_theme_whose_last_question_is_a_checklist_says_it_is_finished() {
    // The answer to the checklist is erased, so that it ends its theme and the questionnaire.
    let mut harness = filled(80, 24).keys("<échap>/dit cette page<entrée>e<entrée>");
    harness.press("<droite><bas><droite>");
    let screen = harness.screen();
    assert!(!screen.contains("est terminé"), "{screen}");
    harness.press("<bas><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("est terminé"), "{screen}");
    assert!(screen.contains("Voir le bilan"), "{screen}");
    // Told once: to validate it again goes back to where one came from.
    harness.press("<échap><échap>/dit cette page<entrée><bas><bas><entrée>");
    let screen = harness.screen();
    assert!(!screen.contains("est terminé"), "{screen}");
}

#[test]
fn what_the_disk_refuses_while_leaving_stays_on_screen() {
    let mut harness = filled(80, 24).keys("<échap>/forme<entrée>nvoir le Kbis");
    let refused = |harness: &mut Harness| {
        let effects = harness.app.act(Action::Quit);
        assert_eq!(effects.last(), Some(&Effect::Quit));
        let full = Did::Changed(Err("Le disque est plein.".to_owned()));
        harness.app.update(Message::Did(full));
        harness.app.leaving = true;
        harness.app.update(Message::Did(Did::Nothing));
        harness.app.leaving
    };
    assert!(!refused(&mut harness));
    let screen = harness.screen();
    assert!(screen.contains("voir le Kbis"), "{screen}");
    assert!(screen.contains("Le disque est plein"), "{screen}");
    // Nobody is held before a disk that stays full.
    assert!(refused(&mut harness));
}

#[test]
fn an_activity_left_half_said_waits_there() {
    // A new one, by its name; then one that does not take place, by its reason.
    for (path, typed) in [
        ("t<fin>", "Livraison à vélo"),
        ("t<entrée><fin>", "Nous ne livrons pas"),
    ] {
        let mut harness = filled(80, 40).keys("<échap>").keys(path).keys("<entrée>");
        harness.press(typed);
        harness.press("<échap>");
        let screen = harness.screen();
        assert!(screen.contains("vous attend là"), "{screen}");
        harness.press("<entrée>");
        let screen = harness.screen();
        assert!(screen.contains("Laissé ici sans être validé"), "{screen}");
        assert!(screen.contains(typed), "{screen}");
        // Once it is validated, nothing waits any more.
        harness.press("<entrée>");
        leaves(&mut harness, "<ctrl-q>");
    }
}
