//! The shipped questions, each drawn as it will be.

use std::sync::Arc;

use super::promises::shipped;
use crate::domain::answer::Answer;
use crate::domain::catalogue::{Kind, Question};
use crate::tui::glyphs::GlyphSet;
use crate::tui::harness::Harness;
use crate::tui::screen::preview::Preview;
use crate::tui::screen::{Screen, View as _};

#[test]
fn every_shipped_question_draws_within_the_standard_set() {
    let content = shipped();
    for (width, height) in [(40, 12), (80, 60)] {
        let mut harness = Harness::with(width, height, Arc::clone(&content)).dossier();
        for Question { id, .. } in &content.catalogue.questions {
            harness.app.ask(id);
            let screen = harness.screen();
            let strange: String = screen
                .chars()
                .filter(|c| *c != '\n' && !GlyphSet::Standard.holds(*c))
                .collect();
            assert!(strange.is_empty(), "{id}: {strange}\n{screen}");
            assert!(screen.lines().count() > 3, "{id}\n{screen}");
        }
    }
}

#[test]
fn a_form_refused_puts_the_focus_on_the_part_at_fault() {
    let content = shipped();
    let mut harness = Harness::with(80, 40, content).dossier();
    harness.app.ask("vitrine.hebergeur");
    harness.press("Chez nous<entrée>12 rue du Port<entrée>zéro<entrée><entrée><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("! Téléphone"), "{screen}");
    assert!(screen.contains("► Téléphone"), "{screen}");
    harness.press("<ctrl-u>10 07<entrée><entrée><entrée>");
    assert!(!harness.screen().contains("! "), "{}", harness.screen());
    // What it still has to say is told, and what is said is kept.
    harness.app.ask("vitrine.hebergeur");
    harness.press("<ctrl-u><entrée><entrée><entrée><entrée><entrée>");
    let screen = harness.screen();
    assert!(
        screen.contains("Il reste à préciser : Nom légal"),
        "{screen}"
    );
}

#[test]
fn the_path_to_the_next_level_holds_nothing_needless() {
    use crate::domain::prospect::{next_level, with_actions};
    let content = shipped();
    let mut found = 0;
    for example in crate::session::example::EXAMPLES {
        let dossier = example.dossier(jiff::civil::date(2026, 11, 28)).unwrap();
        let day = crate::tui::harness::TODAY;
        let view = crate::domain::view::View::new(&content.catalogue, &dossier, day);
        let assessment = crate::domain::assessment::assess(&view);
        let plan = crate::domain::plan::plan(&view, &assessment);
        let (Some(level), Some(path)) = (assessment.score.level, next_level(&assessment, &plan))
        else {
            continue;
        };
        found += 1;
        let done = |without: Option<&String>| {
            let kept = plan
                .actions
                .iter()
                .filter(|a| path.actions.contains(&a.id) && Some(&a.id) != without);
            with_actions(&assessment, kept).level
        };
        assert!(path.level < level, "{}", example.name);
        assert_eq!(done(None), Some(path.level), "{}", example.name);
        for action in &path.actions {
            assert!(done(Some(action)) >= Some(level), "{action} is needless");
        }
    }
    assert!(found >= 3);
}

#[test]
fn every_shipped_document_draws_within_the_standard_set() {
    let content = shipped();
    // Long enough to hold the longest document whole.
    let mut harness = Harness::with(80, 400, Arc::clone(&content)).keys("x<entrée>d");
    for at in 0..content.catalogue.documents.len() {
        for key in ["<entrée>", "s"] {
            harness.press(key);
            let screen = harness.screen();
            let strange: String = screen
                .chars()
                .filter(|c| *c != '\n' && !GlyphSet::Standard.holds(*c))
                .collect();
            assert!(strange.is_empty(), "document {at}: {strange}\n{screen}");
        }
        harness.press("<échap><échap><bas>");
    }
}

#[test]
fn a_blank_that_no_answer_fills_says_how_and_opens_nothing() {
    let content = shipped();
    let mut tried = 0;
    for at in 0..crate::session::example::EXAMPLES.len() {
        let keys = format!("x{}<entrée>", "<bas>".repeat(at));
        let mut harness = Harness::with(80, 24, Arc::clone(&content)).keys(&keys);
        let papers = harness.app.desk.as_ref().unwrap().papers().to_vec();
        for paper in papers.iter().filter(|paper| paper.needed) {
            let by_hand = paper.blanks.iter().position(|b| b.by_hand.is_some());
            let Some(blank) = by_hand else { continue };
            let mut preview = Preview::new(paper.id.clone());
            preview.cursor().at = blank;
            harness.app.screens.push(Screen::Preview(preview));
            harness.press("<entrée>");
            let screen = harness.screen();
            assert!(screen.contains("se remplit à la main"), "{screen}");
            assert!(harness.app.top_question().is_none(), "{screen}");
            harness.press("<échap><échap>");
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn no_shipped_document_shows_a_room_what_was_typed() {
    let content = shipped();
    // The one that needs most documents, in a window that holds them whole.
    let mut harness = Harness::with(80, 400, Arc::clone(&content)).keys("x<bas><entrée>wd");
    let desk = harness.app.desk.as_ref().unwrap();
    let mut hidden = vec![desk.name().to_owned()];
    for question in &content.catalogue.questions {
        let typed = matches!(
            question.kind,
            Kind::Text | Kind::Email | Kind::Siren | Kind::Siret | Kind::Phone | Kind::Url
        );
        let answer = desk.answer(&question.id).and_then(Answer::text);
        hidden.extend(answer.filter(|_| typed).map(str::to_owned));
    }
    assert!(hidden.len() > 2, "{hidden:?}");
    for document in &content.catalogue.documents {
        for key in ["<entrée>", "s"] {
            harness.press(key);
            let screen = harness.screen();
            for text in &hidden {
                assert!(
                    !screen.contains(text.as_str()),
                    "{text} in {}\n{screen}",
                    document.id
                );
            }
        }
        harness.press("<échap><échap><bas>");
    }
}

#[test]
fn a_form_left_empty_is_no_answer() {
    let content = shipped();
    let mut harness = Harness::with(80, 40, content).dossier();
    harness.app.ask("vitrine.directeur");
    harness.press("<entrée><entrée><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("! Rien n'est écrit"), "{screen}");
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.answer("vitrine.directeur"), None);
    // Nor is Enter on a list without an entry, unless it is struck again.
    harness.app.ask("vitrine.stockage");
    harness.press("<bas><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("! Aucune fiche"), "{screen}");
    let desk = harness.app.desk.as_ref().unwrap();
    assert_eq!(desk.answer("vitrine.stockage"), None);
}

#[test]
fn every_theme_finished_hands_over_a_text() {
    let content = shipped();
    for (at, example) in crate::session::example::EXAMPLES.iter().enumerate() {
        let keys = format!("x{}<entrée>", "<bas>".repeat(at));
        let harness = Harness::with(80, 24, Arc::clone(&content)).keys(&keys);
        let desk = harness.app.desk.as_ref().unwrap();
        for progress in &desk.themes {
            let handed = crate::tui::screen::finished::handed(desk, &progress.id);
            assert!(!handed.is_empty(), "{} of {}", progress.id, example.name);
        }
    }
}
