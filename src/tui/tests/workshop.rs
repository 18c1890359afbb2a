//! A workshop: what it keeps, what it never shows nor gives away.

use std::io::{Cursor, Read as _};

use super::journeys::filled;
use crate::export;
use crate::storage::discussion::RECORD;
use crate::tui::harness::Harness;

/// A workshop where a question was put aside and a private note written.
fn led() -> Harness {
    filled(80, 24).keys("<échap>w/carte<entrée>vPMéfiance<tab><entrée>")
}

#[test]
fn questions_put_aside_and_time_spent_survive_leaving() {
    let mut harness = led();
    let desk = harness.app.desk.as_mut().unwrap();
    let hour = std::time::Duration::from_hours(1);
    desk.discussion.spent.insert("vitrine".to_owned(), hour);
    let mut harness = harness.reopened();
    let screen = harness.screen();
    assert!(screen.contains("Questions mises de côté"), "{screen}");
    harness.press("w");
    assert!(harness.screen().contains("60 min"), "{}", harness.screen());
    harness.press(":mises<entrée>");
    let screen = harness.screen();
    assert!(screen.contains("Mentions légales"), "{screen}");
    // Taken again, it leaves the list for good.
    harness.press("<entrée>v");
    assert!(harness.reopened().app.parked().is_empty());
}

#[test]
fn nothing_private_reaches_the_proof_folder_or_the_documents() {
    let harness = led().reopened();
    let folder = harness.folder();
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.note("atelier:vitrine.mentions"), Some("Méfiance"));
    let record = std::fs::read_to_string(folder.join(RECORD)).unwrap();
    assert!(record.contains("vitrine.mentions"), "{record}");
    let (bytes, _) = export::proof(&desk.session).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = 0;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for private in ["Méfiance", "atelier:", "garée", "temps vitrine"] {
            assert!(!text.contains(private), "{private} at {at}");
        }
        read += 1;
    }
    assert!(read > 5);
    for paper in desk.papers().iter().filter(|paper| paper.needed) {
        let formats = export::formats(Some(&paper.id));
        desk.write_paper(&paper.id, &formats).unwrap();
    }
    for entry in std::fs::read_dir(desk.papers_folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Méfiance"));
    }
}

#[test]
fn typed_answers_and_names_are_not_shown_to_a_room() {
    let typed = ["12 rue", "contact@pains", "Les pains", "8 000"];
    let mut harness = filled(80, 60).keys("<échap>w");
    let mut seen = Vec::new();
    for keys in [
        "r",
        "<échap>/rue<entrée>",
        "<échap><échap>/électronique<entrée>",
        "<échap><échap>/nom exact<entrée>",
        "<échap><échap>/héberge votre<entrée>",
        "<échap><échap><échap>",
    ] {
        harness.press(keys);
        seen.push(harness.screen());
    }
    for screen in &seen {
        for typed in typed {
            assert!(!screen.contains(typed), "{typed}\n{screen}");
        }
        assert!(!screen.contains("Boulangerie Martin"), "{screen}");
        assert!(!screen.contains("OVH"), "{screen}");
    }
    assert!(seen[2].contains("Réponse masquée"), "{}", seen[2]);
    // Without a workshop, they are all there.
    let mut plain = filled(80, 60).keys("<échap>r");
    let screen = plain.screen();
    assert!(screen.contains("contact@pains"), "{screen}");
}

#[test]
fn paths_are_not_shown_to_a_room_since_they_hold_the_name() {
    let mut harness = filled(80, 60).keys("<échap>w");
    for keys in [
        "f",
        "<échap>d<entrée>e",
        "<entrée><fin><haut><haut><entrée>",
        "c",
    ] {
        harness.press(keys);
        let screen = harness.screen();
        assert!(!screen.contains("boulangerie-martin"), "{keys}\n{screen}");
    }
    assert!(
        harness.screen().contains("…/documents/"),
        "{}",
        harness.screen()
    );
    let mut plain = filled(80, 60).keys("<échap>f");
    assert!(plain.screen().contains("boulangerie-martin"));
}

#[test]
fn what_is_masked_is_shown_once_changed_and_stays_whole() {
    let mut harness = filled(80, 24).keys("<échap>w/électronique<entrée>");
    harness.press("z");
    assert!(
        harness.screen().contains("contact@pains.examplez"),
        "{}",
        harness.screen()
    );
    harness.press("<effacer><entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    let answer = desk.answer("profil.email").and_then(|a| a.text());
    assert_eq!(answer, Some("contact@pains.example"));
}

#[test]
fn a_remote_goes_through_the_questions() {
    let mut harness = filled(80, 40).keys("<échap>w/forme<entrée>");
    let first = harness.app.top_question().unwrap().to_owned();
    harness.press("<page-bas>");
    let second = harness.app.top_question().unwrap().to_owned();
    assert_ne!(first, second);
    harness.press("<page-haut>");
    assert_eq!(harness.app.top_question(), Some(first.as_str()));
    harness.press("<espace>");
    assert_eq!(harness.app.top_question(), Some(second.as_str()));
    // Outside a workshop the same keys only scroll.
    let mut plain = filled(80, 40).keys("<échap>/forme<entrée><page-bas><espace>");
    assert_eq!(plain.app.top_question(), Some(first.as_str()));
    assert!(!plain.screen().contains("Conseil"));
}

#[test]
fn a_remote_changes_no_answer_of_a_list() {
    let mut harness = filled(80, 24).keys("<échap>w/dit cette page<entrée>");
    let answers = |harness: &Harness| {
        let desk = harness.app.desk.as_ref().unwrap();
        desk.session.dossier().answers.clone()
    };
    let (before, question) = (
        answers(&harness),
        harness.app.top_question().map(str::to_owned),
    );
    harness.press("<espace><droite>");
    assert_eq!(answers(&harness), before);
    assert_ne!(harness.app.top_question().map(str::to_owned), question);
    harness.press("<gauche><gauche>");
    assert_eq!(answers(&harness), before);
}

#[test]
fn a_room_is_not_shown_the_note_as_it_goes_and_a_field_can_be_hidden() {
    let mut harness = filled(80, 24).keys("<échap>w/mentions<entrée>3<entrée>");
    let screen = harness.screen();
    assert!(screen.contains("Enregistré"), "{screen}");
    assert!(!screen.contains("Note :"), "{screen}");
    harness.press("<échap>/forme<entrée>Psecret<f2>");
    assert!(harness.app.blank);
    assert!(!harness.screen().contains("secret"));
}

#[test]
fn coming_back_finds_the_dossier_one_was_in() {
    let mut harness = Harness::new(80, 24).keys("<entrée>Zoé<entrée><échap>");
    harness.press("nAbel<entrée><échap>");
    let screen = harness.screen();
    assert!(screen.contains("► Abel"), "{screen}");
    harness.press("/zo<entrée><échap>");
    let screen = harness.screen();
    assert!(screen.contains("► Zoé"), "{screen}");
}

#[test]
fn notes_and_reasons_of_the_plan_are_not_shown_to_a_room() {
    let mut harness = filled(100, 40).keys("<échap>pnLe patron refuse<entrée>oLéa<entrée>");
    assert!(harness.screen().contains("Le patron refuse"));
    harness.press("<échap>wp");
    let screen = harness.screen();
    assert!(!screen.contains("Le patron refuse"), "{screen}");
    // Who does it is what a room decides.
    assert!(screen.contains("Léa"), "{screen}");
    harness.press("<entrée>");
    let screen = harness.screen();
    assert!(!screen.contains("Le patron refuse"), "{screen}");
}
