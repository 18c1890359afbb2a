//! A person answers, corrects, reads: scripts that read like a session.

use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::dossier::Status;
use crate::tui::event::Input;
use crate::tui::harness::Harness;

/// A dossier with every question of the demo answered, by arrows, Enter and typing alone.
pub fn filled(width: u16, height: u16) -> Harness {
    Harness::new(width, height).dossier().quickly(FILL)
}

/// Keys that answer every question of the demo from the page of the dossier.
pub const FILL: &str = concat!(
    "<entrée>",
    "<bas><entrée>",
    "Les pains<entrée>",
    "8 000<entrée>",
    "12 rue du Port<entrée><entrée>56000<entrée>Vannes<entrée><entrée>",
    "contact@pains.example<entrée>",
    "<droite><bas><droite><entrée>",
    "<entrée>",
    "<bas><entrée>",
    "<droite><bas><droite><droite><bas><entrée>",
    "<bas><droite><entrée>",
    "<entrée>OVH<entrée>01 02 03 04 05<entrée><entrée><bas><entrée>",
);

/// The answer on file, when it is a text.
pub fn text(harness: &Harness, id: &str) -> Option<String> {
    let desk = harness.app.desk.as_ref()?;
    desk.answer(id).and_then(Answer::text).map(str::to_owned)
}

#[test]
fn arrows_enter_and_typing_answer_every_kind() {
    let mut harness = filled(80, 24);
    let screen = harness.screen();
    assert!(
        screen.contains("Toutes les questions ont une réponse"),
        "{screen}"
    );
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.open, Vec::<String>::new());
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
    assert_eq!(
        text(&harness, "vitrine.mentions").as_deref(),
        Some("cachee")
    );
    let answer = |id: &str| desk.answer(id).and_then(Answer::value).unwrap();
    assert!(matches!(answer("profil.adresse"), Value::Record(r) if r["city"] == "Vannes"));
    assert!(matches!(answer("vitrine.services"), Value::Set(s) if s == &["google-analytics"]));
    let Value::Ticks(ticks) = answer("vitrine.contenu") else {
        panic!("ticks")
    };
    assert_eq!((ticks["nom"], ticks["hebergeur"]), (Tick::Yes, Tick::No));
    assert!(matches!(answer("vitrine.hebergeurs"), Value::List(l) if l[0]["nom"] == "OVH"));
}

#[test]
fn a_dossier_reopens_at_the_first_open_question() {
    let mut harness = Harness::new(80, 24)
        .dossier()
        .keys("<entrée>1<entrée><échap><échap><échap>");
    assert!(
        harness.screen().contains("Vos dossiers"),
        "{}",
        harness.screen()
    );
    harness.press("<entrée><entrée>");
    assert!(
        harness.screen().contains("Quelle est l'adresse du siège"),
        "{}",
        harness.screen()
    );
}

#[test]
fn a_branch_that_opens_is_announced() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>2<entrée>");
    assert!(
        harness
            .screen()
            .contains("+2 questions selon votre réponse"),
        "{}",
        harness.screen()
    );
    harness.press("<maj-tab>1<entrée>");
    assert!(
        harness
            .screen()
            .contains("−2 questions selon votre réponse"),
        "{}",
        harness.screen()
    );
}

#[test]
fn digits_choose_without_validating_shifted_or_not() {
    for key in ["3", "\""] {
        let mut harness = Harness::new(80, 24).dossier().keys("<entrée>").keys(key);
        assert!(
            harness.screen().contains("► 3 ( ) Association"),
            "{}",
            harness.screen()
        );
        assert_eq!(text(&harness, "profil.forme"), None);
        harness.press("<entrée>");
        assert_eq!(
            text(&harness, "profil.forme").as_deref(),
            Some("association")
        );
    }
}

#[test]
fn undo_and_redo_work_in_and_out_of_text_fields() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>2<entrée>");
    harness.press("<ctrl-z>");
    assert_eq!(text(&harness, "profil.forme"), None);
    harness.press("<ctrl-y>");
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
    harness.press("<échap>u");
    assert_eq!(text(&harness, "profil.forme"), None);
    harness.press("U");
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
}

#[test]
fn no_key_acts_on_a_dossier_that_was_left() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>2<entrée>");
    harness.press("<échap><échap>");
    assert!(harness.screen().contains("Nouveau dossier"));
    harness.press("<ctrl-z>");
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
    // The list of fictitious examples is about no dossier either.
    harness.press("x");
    let list = harness.screen();
    harness.press("b");
    assert_eq!(harness.screen(), list);
}

#[test]
fn an_invalid_draft_can_be_left_and_found_again() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>1<entrée>");
    harness.press("<échap><bas><entrée>");
    harness.press("rue<entrée><entrée><entrée><entrée><entrée>");
    assert!(harness.screen().contains("! "), "{}", harness.screen());
    harness.press("<échap>");
    assert!(harness.screen().contains("Thèmes"), "{}", harness.screen());
    harness.press("<haut><entrée>");
    assert!(harness.screen().contains("[ rue"), "{}", harness.screen());
}

#[test]
fn an_empty_multiple_choice_asks_twice() {
    let keys = "<entrée>1<entrée>rue<échap>";
    let mut harness = Harness::new(80, 24).dossier().keys(keys);
    harness.press("/presence<échap>");
    harness.press("/ligne<entrée>");
    assert!(
        harness.screen().contains("Où êtes-vous présent"),
        "{}",
        harness.screen()
    );
    harness.press("<entrée>");
    assert!(
        harness.screen().contains("Aucune case cochée"),
        "{}",
        harness.screen()
    );
    harness.press("<entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    // « Nulle part » is offered: ticking nothing says it.
    assert!(
        matches!(desk.answer("profil.presence"), Some(Answer::Value(Value::Set(s))) if s == &["aucun"])
    );
}

#[test]
fn the_exclusive_option_stands_alone() {
    let harness = Harness::new(80, 24)
        .dossier()
        .keys("/ligne<entrée> <bas> <bas> <entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    assert!(
        matches!(desk.answer("profil.presence"), Some(Answer::Value(Value::Set(s))) if s == &["aucun"])
    );
}

#[test]
fn notes_and_reasons_are_kept() {
    let mut harness = Harness::new(80, 24)
        .dossier()
        .keys("<entrée>nVoir le Kbis<tab><entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.note("profil.forme"), Some("Voir le Kbis"));
    harness.press("<échap>");
    let mut harness = filled(80, 24).keys("<échap>/carte<entrée>s<entrée>");
    assert!(
        harness.screen().contains("Pourquoi cette règle"),
        "{}",
        harness.screen()
    );
    for refused in ["<entrée>", "s<entrée>", " x 1<entrée>"] {
        harness.press(refused);
        let screen = harness.screen();
        assert!(screen.contains("Dites pourquoi en deux mots"), "{screen}");
        assert!(screen.contains("aucun salarié"), "{screen}");
    }
    harness.press("<ctrl-u>Site fermé<entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    assert!(matches!(
        desk.answer("vitrine.mentions"),
        Some(Answer::NotApplicable { reason }) if reason == "Site fermé"
    ));
}

#[test]
fn the_first_step_of_today_is_one_of_the_person_shown() {
    let first = |harness: &mut Harness| {
        let screen = harness.screen();
        let row = screen.lines().find(|row| row.contains("Aujourd'hui"));
        row.map(|row| row.trim().to_owned()).unwrap_or_default()
    };
    let mut harness = filled(120, 35).keys("<échap>p");
    let mine = first(&mut harness);
    // The first action is Paul's: the other person begins with another one.
    harness.press("o<ctrl-u>Paul<entrée>");
    harness.press("f");
    assert!(harness.screen().contains("Paul :"), "{}", harness.screen());
    assert_eq!(first(&mut harness), mine);
    harness.press("f");
    let other = first(&mut harness);
    assert!(
        other.len() > "Aujourd'hui : ".len() && other != mine,
        "{other}"
    );
    harness.press("ff<espace><espace>");
    assert_eq!(
        first(&mut harness),
        "Aujourd'hui : plus rien à faire pour « Paul »."
    );
}

#[test]
fn the_plan_is_edited_in_place() {
    let mut harness = filled(80, 24).keys("<échap>p<espace>");
    let tracking = |harness: &Harness| {
        let actions = &harness.app.desk.as_ref().unwrap().session.dossier().actions;
        actions.get("publier-mentions").cloned().unwrap_or_default()
    };
    assert_eq!(tracking(&harness).status, Status::Doing);
    // Who, when and the note are written under the row, and the plan stays on screen.
    harness.press("o");
    let screen = harness.screen();
    assert!(screen.contains("Qui s'en occupe"), "{screen}");
    assert!(screen.contains("Entrée enregistrer"), "{screen}");
    harness.press("Paul<entrée>edemain<entrée>");
    let screen = harness.screen();
    assert!(screen.contains("! Une date s'écrit"), "{screen}");
    assert_eq!(tracking(&harness).due, None);
    harness.press("<ctrl-u>12/01/2027<entrée>nvoir avec l'agence<échap>");
    // What is decided is no proposal any more.
    harness.press("o");
    let screen = harness.screen();
    assert!(!screen.contains("proposé : Paul"), "{screen}");
    harness.press("<échap>");
    let done = tracking(&harness);
    assert_eq!(done.owner.as_deref(), Some("Paul"));
    assert_eq!(done.due, Some(jiff::civil::date(2027, 1, 12)));
    assert_eq!(done.note.as_deref(), Some("voir avec l'agence"));
    let screen = harness.screen();
    assert!(screen.contains("Paul"), "{screen}");
    assert!(screen.contains("Plan"), "{screen}");
    // Going to another row keeps what is written; so does writing about another action.
    harness.press("n, vu<bas>oAnne<entrée>");
    let note = tracking(&harness).note;
    assert_eq!(note.as_deref(), Some("voir avec l'agence, vu"));
    harness.press("<haut>");
    let mut small = filled(40, 12).keys("<échap>peabc");
    let screen = small.screen();
    assert!(screen.contains("[ abc"), "{screen}");
    harness.press("<entrée><droite><droite><échap>");
    assert!(harness.screen().contains("Plan"), "{}", harness.screen());
}

#[test]
fn review_corrects_one_answer_and_comes_back() {
    let mut harness = filled(80, 24).keys("<échap>r<bas><entrée>");
    for _ in 0..9 {
        harness.press("<effacer>");
    }
    harness.press("Le four<entrée>");
    assert!(
        harness.screen().contains("Toutes les réponses"),
        "{}",
        harness.screen()
    );
    assert!(harness.screen().contains("Le four"), "{}", harness.screen());
}

#[test]
fn pastes_fill_fields_and_never_validate() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>2<entrée>");
    harness.send(Input::Paste("Les pains\nde Marie\n".into()));
    assert!(
        harness.screen().contains("[ Les pains de Marie"),
        "{}",
        harness.screen()
    );
    assert_eq!(text(&harness, "profil.denomination"), None);
    let mut choice = Harness::new(80, 24).dossier().keys("<entrée>");
    choice.send(Input::Paste("2\n".into()));
    assert_eq!(text(&choice, "profil.forme"), None);
}

#[test]
fn a_click_chooses_and_a_second_one_validates() {
    let mut harness = Harness::new(80, 24).dossier().keys("<entrée>");
    harness.send(Input::Click(10, 6));
    assert!(
        harness.screen().contains("► 2 ( ) Société"),
        "{}",
        harness.screen()
    );
    harness.send(Input::Click(10, 6));
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
}

#[test]
fn the_palette_finds_and_runs_a_command() {
    let mut harness = Harness::new(80, 24).dossier().keys(":bilan<entrée>");
    assert!(harness.screen().contains("· Bilan"), "{}", harness.screen());
    harness.press("<échap>:couleurs<entrée>");
    assert!(
        harness.screen().contains("Couleurs"),
        "{}",
        harness.screen()
    );
}

#[test]
fn workshop_mode_gives_tips_parks_and_hides() {
    let mut harness = Harness::new(80, 24).dossier().keys("w<entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("Conseil : Faire sortir une facture"),
        "{screen}"
    );
    assert!(!screen.contains("Boulangerie"), "{screen}");
    harness.press("v<échap>:mises<entrée>");
    assert!(
        harness.screen().contains("Sous quelle forme"),
        "{}",
        harness.screen()
    );
    harness.press(".");
    assert!(
        harness.screen().contains("Écran masqué"),
        "{}",
        harness.screen()
    );
    harness.press("x");
    assert!(
        harness.screen().contains("Questions mises de côté"),
        "{}",
        harness.screen()
    );
}

#[test]
fn the_example_opens_without_typing() {
    let mut harness = Harness::new(80, 24).keys("<bas><entrée><entrée>");
    assert!(
        harness.screen().contains("Exemple : Boulangerie Martin"),
        "{}",
        harness.screen()
    );
}

#[test]
fn an_action_is_set_aside_with_a_reason_or_left_as_it_was() {
    let mut harness = filled(80, 24).keys("<échap>px");
    assert!(
        harness.screen().contains("Pourquoi l'écarter"),
        "{}",
        harness.screen()
    );
    harness.press("<échap>");
    let actions = |harness: &Harness| {
        let desk = harness.app.desk.as_ref().unwrap();
        desk.session.dossier().actions.clone()
    };
    assert!(actions(&harness).is_empty());
    assert!(
        harness.screen().contains("Rien n'est changé"),
        "{}",
        harness.screen()
    );
    harness.press("xSite fermé<échap>");
    assert_eq!(
        actions(&harness)["publier-mentions"].status,
        Status::Dismissed
    );
    assert!(
        harness.screen().contains("Raison : Site fermé"),
        "{}",
        harness.screen()
    );
    // A date that cannot be read does not lose the name typed above it.
    harness.press("<bas>oPaul<entrée>demain<échap>");
    assert_eq!(
        actions(&harness)["completer-mentions"].owner.as_deref(),
        Some("Paul")
    );
}

#[test]
fn private_notes_stay_out_of_the_notes_of_the_report() {
    let mut harness = filled(80, 24).keys("<échap>w/carte<entrée>PMéfiance<tab><entrée>");
    assert!(
        harness.screen().contains("jamais exportée"),
        "{}",
        harness.screen()
    );
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.note("atelier:vitrine.mentions"), Some("Méfiance"));
    assert_eq!(desk.note("vitrine.mentions"), None);
    harness.press("<ctrl-z>");
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.note("atelier:vitrine.mentions"), None);
}

#[test]
fn the_restitution_goes_from_the_interval_to_the_texts() {
    let mut harness = filled(80, 24).keys("<échap>wR");
    let expected = [
        "La note est de 60",
        "Premier pas",
        "fixer qui et quand",
        "texte",
    ];
    for (at, words) in expected.into_iter().enumerate() {
        let screen = harness.screen();
        assert!(
            screen.contains(&format!("Restitution {} sur 4", at + 1)),
            "{screen}"
        );
        assert!(screen.contains(words), "{screen}");
        harness.press(["<droite>", "<espace>", "<page-bas>", "<page-haut>"][at]);
    }
    harness.press("<entrée>Zoé<entrée><entrée><entrée><entrée>");
    assert!(harness.screen().contains("Zoé"), "{}", harness.screen());
}

#[test]
fn answers_move_the_note_in_words() {
    let mut harness = filled(80, 24).keys("<échap>/carte<entrée>1<entrée>");
    assert!(harness.screen().contains("Note : "), "{}", harness.screen());
}

#[test]
fn what_is_typed_as_not_known_is_not_a_text() {
    let mut harness =
        filled(80, 40).keys("<échap>/nom exact<entrée><ctrl-u>je ne sais pas<entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("Compris comme « Je ne sais pas »"),
        "{screen}"
    );
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(
        desk.answer("profil.denomination"),
        Some(&Answer::Unknown),
        "{screen}"
    );
}

#[test]
fn once_all_is_answered_enter_goes_on_from_question_to_question() {
    let mut harness = filled(80, 30).keys("<échap><début>");
    let first = harness.app.desk.as_ref().unwrap().asked[0].clone();
    let second = harness.app.desk.as_ref().unwrap().asked[1].clone();
    harness.press("<entrée>");
    assert_eq!(harness.app.top_question(), Some(first.as_str()));
    harness.press("<entrée>");
    assert_eq!(harness.app.top_question(), Some(second.as_str()));
}

#[test]
fn each_letter_of_a_list_answers_a_line_and_goes_on() {
    let mut harness = filled(80, 30).keys("<échap>/dit cette page<entrée>");
    let at = |harness: &Harness| harness.app.top().view().place().at;
    harness.press("n");
    assert_eq!(at(&harness), 1);
    harness.press("o");
    let screen = harness.screen();
    assert!(screen.contains("►[ Valider ]"), "{screen}");
    let desk = harness.app.desk.as_ref().unwrap();
    let said = desk.said(desk.question("vitrine.contenu").unwrap());
    assert!(said.contains("1 oui sur 2"), "{said}");
}
