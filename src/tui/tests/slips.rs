//! Slips of the hand: what is struck or clicked by mistake changes nothing without a word.

use super::journeys::{filled, text};
use crate::tui::event::Input;
use crate::tui::harness::Harness;

#[test]
fn an_address_without_its_code_is_refused_where_it_lacks() {
    let mut harness = filled(80, 40).keys("<échap>/siège<entrée><entrée><entrée><ctrl-u>");
    let screen = harness.screen();
    // Enter goes on from field to field, and says so until the last one.
    assert!(screen.contains("Entrée suivant"), "{screen}");
    harness.press("<bas><bas>");
    let screen = harness.screen();
    assert!(screen.contains("Entrée valider"), "{screen}");
    harness.press("<entrée>");
    let screen = harness.screen();
    assert!(screen.contains("! Code postal"), "{screen}");
    assert!(screen.contains("► Code postal"), "{screen}");
}

#[test]
fn a_letter_leads_to_an_answer_and_enter_gives_it() {
    for (letter, row) in [
        ("l", "Plus tard"),
        ("i", "Je ne sais pas"),
        ("s", "Sans objet"),
    ] {
        let mut harness = Harness::new(80, 30).dossier().keys("<entrée>");
        harness.press(letter);
        let screen = harness.screen();
        let led = |line: &str| line.contains('►') && line.contains(row);
        assert!(screen.lines().any(led), "{screen}");
        assert!(screen.contains("Entrée pour confirmer."), "{screen}");
        let answers = |harness: &Harness| {
            let desk = harness.app.desk.as_ref().unwrap();
            desk.session.dossier().answers.len()
        };
        assert_eq!(answers(&harness), 0, "{screen}");
        harness.press("<entrée>");
        assert_eq!(answers(&harness), 1, "{}", harness.screen());
    }
    // Capitals left on do the same; a key that means nothing says so.
    let mut harness = Harness::new(80, 30).dossier().keys("<entrée>L");
    assert!(harness.screen().contains("Entrée pour confirmer."));
    harness.press("x");
    let screen = harness.screen();
    assert!(
        screen.contains("Cette touche ne fait rien ici."),
        "{screen}"
    );

    // Yes and no are letters too, where they are answers.
    let mut harness = filled(80, 30).keys("<échap>/mentions<entrée>n");
    assert!(
        harness.screen().contains("► 3 ( ) Non"),
        "{}",
        harness.screen()
    );
    harness.press("oo");
    assert!(
        harness.screen().contains("► 2 (●) Oui"),
        "{}",
        harness.screen()
    );

    // Where there is an answer, a letter leads to the row, and Enter validates it.
    let mut harness = filled(80, 30).keys("<échap>/forme<entrée>l");
    assert!(
        harness.screen().contains("► 6 ( ) Plus tard"),
        "{}",
        harness.screen()
    );
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));
    harness.press("<entrée><ctrl-z>");
    assert_eq!(text(&harness, "profil.forme").as_deref(), Some("societe"));

    // A word typed where nothing is typed changes no answer, and sweeps away no tick.
    for question in ["forme", "ligne", "dit cette page", "mentions"] {
        let keys = format!("<échap>/{question}<entrée>");
        let mut harness = filled(80, 30).keys(&keys);
        let id = harness.app.top_question().unwrap().to_owned();
        let before = harness.app.desk.as_ref().unwrap().answer(&id).cloned();
        harness.press("elles");
        assert_eq!(harness.app.top_question(), Some(id.as_str()));
        let after = harness.app.desk.as_ref().unwrap().answer(&id).cloned();
        assert_eq!(after, before, "{question}");
    }
    let mut harness = filled(80, 30).keys("<échap>/ligne<entrée><espace>l");
    let screen = harness.screen();
    assert!(screen.contains("Entrée pour confirmer"), "{screen}");
    assert!(screen.contains("[ ] Un site internet"), "{screen}");
}

/// Clicks on the first place where a text stands.
fn click_on(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    let found = screen.lines().enumerate().find_map(|(y, line)| {
        let before = line.split_once(text)?.0;
        Some((before.chars().count(), y))
    });
    let Some((x, y)) = found else {
        panic!("{text}\n{screen}");
    };
    let cell = |at: usize| u16::try_from(at).unwrap();
    harness.send(Input::Click(cell(x), cell(y)));
}

#[test]
fn boxes_and_buttons_answer_to_one_click() {
    let mut harness = filled(80, 40).keys("<échap>/ligne<entrée>");
    click_on(&mut harness, "[ ] Nulle part");
    assert!(
        harness.screen().contains("[x] Nulle part"),
        "{}",
        harness.screen()
    );
    click_on(&mut harness, "[ Valider");
    assert!(
        harness.screen().contains("Enregistré."),
        "{}",
        harness.screen()
    );

    // A form: a field gets the focus, a value changes, a button is pressed.
    let mut harness = filled(80, 40).keys("<échap>p<entrée>");
    click_on(&mut harness, "→ changer");
    assert!(harness.screen().contains("En cours") || harness.screen().contains("en cours"));
    click_on(&mut harness, "Note");
    harness.press("vu");
    click_on(&mut harness, "[ Enregistrer");
    assert!(
        harness.screen().contains("Action enregistrée"),
        "{}",
        harness.screen()
    );

    let mut harness = filled(80, 40).keys("<échap>d<entrée>");
    click_on(&mut harness, "[ Enregistrer ou ouvrir");
    click_on(&mut harness, "[ ] PDF");
    assert!(harness.screen().contains("[x] PDF"), "{}", harness.screen());
    click_on(&mut harness, "[ Enregistrer");
    assert!(harness.screen().contains("écrit"), "{}", harness.screen());
}

#[test]
fn rows_of_the_palette_and_of_a_search_open_by_clicks() {
    let mut harness = filled(80, 40).keys("<échap>:");
    click_on(&mut harness, "Voir le bilan");
    click_on(&mut harness, "Voir le bilan");
    assert!(harness.screen().contains("· Bilan"), "{}", harness.screen());
    let mut harness = filled(80, 40).keys("<échap>/page");
    click_on(&mut harness, "Que dit cette page");
    click_on(&mut harness, "Que dit cette page");
    assert!(harness.app.top_question().is_some(), "{}", harness.screen());
    // The footer, too.
    click_on(&mut harness, "? aide");
    assert!(harness.screen().contains("· Aide"), "{}", harness.screen());
}

#[test]
fn no_answer_is_changed_nor_left_without_a_word() {
    let mut harness = filled(80, 30).keys("<échap>/forme<entrée><haut><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("Enregistré."), "{screen}");
    assert!(screen.contains("Remplace « Société (SARL"), "{screen}");
    // The same answer again replaces nothing.
    harness.press("<entrée><entrée>");
    let screen = harness.screen();
    assert!(!screen.contains("Remplace"), "{screen}");

    // Enter twice where nothing is ticked is « nulle part », and says so.
    let mut harness = Harness::new(80, 30)
        .dossier()
        .keys("/ligne<entrée><entrée><entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("Rien n'était coché, c'est « Nulle part »"),
        "{screen}"
    );

    // Away from ticks that wait, by Escape or by an arrow on a button.
    for away in ["<échap>", "<bas><bas><bas><droite>"] {
        let mut harness = filled(80, 30)
            .keys("<échap>/ligne<entrée><espace>")
            .keys(away);
        let screen = harness.screen();
        assert!(screen.contains("vous attend là"), "{away}\n{screen}");
    }
}

#[test]
fn a_date_that_is_none_brings_back_to_where_it_was_typed() {
    let mut harness = filled(80, 40).keys("<échap>p<entrée><bas><bas>demain");
    click_on(&mut harness, "[ Enregistrer");
    let screen = harness.screen();
    assert!(screen.contains("! Une date s'écrit"), "{screen}");
    assert!(screen.contains("► Pour quand"), "{screen}");
}

#[test]
fn an_entry_without_all_it_has_to_say_is_kept_and_told() {
    let mut harness = filled(80, 24).keys("<échap>/héberge<entrée><bas><entrée>");
    harness.press("<entrée>01 02 03 04 06<entrée><entrée>");
    let screen = harness.screen().replace('\u{a0}', " ");
    assert!(
        screen.contains("Il reste à préciser : Nom de l'hébergeur."),
        "{screen}"
    );
    assert!(screen.contains("2. 01 02 03 04 06"), "{screen}");
    assert!(screen.contains("incomplète"), "{screen}");
    harness.press("<bas><entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    let answer = desk
        .answer("vitrine.hebergeurs")
        .and_then(|answer| answer.value());
    let Some(crate::domain::answer::Value::List(entries)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(entries[1]["telephone"], "0102030406");
}

#[test]
fn an_address_abroad_is_taken_part_by_part() {
    let mut harness = filled(80, 24).keys("<échap>/adresse du siège<entrée>");
    harness.press("<ctrl-u>1 Main Street<entrée><entrée><ctrl-u><entrée><ctrl-u>Dublin<entrée>");
    harness.press("<ctrl-u>Irlande<entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    let answer = desk
        .answer("profil.adresse")
        .and_then(|answer| answer.value());
    let Some(crate::domain::answer::Value::Record(parts)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(parts["country"], "Irlande");
    assert!(!parts.contains_key("postal_code"));
}
