//! The record in the full-screen interface, and the news of a newer catalogue.

use super::journeys::filled;
use crate::domain::catalogue::LegalBasis;
use crate::domain::dossier::Change;
use crate::domain::processing::Part;
use crate::tui::harness::Harness;
use crate::tui::keymap::Action;

/// What is on file about an activity.
fn edit(harness: &Harness, id: &str) -> Option<crate::domain::processing::ActivityEdit> {
    let desk = harness.app.desk.as_ref().unwrap();
    desk.session.dossier().activities.get(id).cloned()
}

/// The text of a content of the activity of the demo.
pub fn text(harness: &Harness, part: Part) -> Option<String> {
    edit(harness, "messages")?.texts.get(&part).cloned()
}

#[test]
fn a_content_is_written_undone_taken_away_and_given_back() {
    // Purpose, basis, persons, data, mandatory, recipients, origin, retention.
    let retention = "<échap>t<entrée><bas><bas><bas><bas><bas><bas><bas><entrée>";
    let mut harness = filled(80, 24).keys(retention).keys(" et demi<entrée>");
    assert_eq!(
        text(&harness, Part::Retention).as_deref(),
        Some("trois ans au plus après notre dernier échange et demi")
    );
    assert!(
        harness.screen().contains("écrit par vous"),
        "{}",
        harness.screen()
    );
    let mut harness = harness.keys("u");
    assert_eq!(edit(&harness, "messages"), None);
    // The buttons below the field: save, take away.
    harness = harness.keys("<entrée><bas><bas><entrée>");
    assert_eq!(text(&harness, Part::Retention).as_deref(), Some(""));
    assert!(
        harness.screen().contains("à compléter"),
        "{}",
        harness.screen()
    );
    harness = harness.keys("<entrée><bas><bas><entrée>");
    assert_eq!(edit(&harness, "messages"), None);
}

#[test]
fn a_basis_is_chosen_from_a_list() {
    let harness = filled(80, 24).keys("<échap>t<entrée><bas><entrée><haut><entrée>");
    let edit = edit(&harness, "messages").unwrap();
    assert_eq!(edit.basis, Some(LegalBasis::Consent));
}

#[test]
fn an_activity_is_added_declined_and_removed() {
    let mut harness = filled(80, 24).keys("<échap>t<fin><entrée>Caméras<entrée>");
    assert!(edit(&harness, "propre-cameras").is_some());
    assert!(harness.screen().contains("Caméras"), "{}", harness.screen());
    // The last row of its page removes it.
    let mut harness = harness.keys("<entrée><fin><entrée>");
    harness.screen();
    assert_eq!(edit(&harness, "propre-cameras"), None);
    // « Il n'a pas lieu » is the last row of one of the catalogue nobody touched.
    let mut harness = filled(80, 24).keys("<échap>t<entrée><fin><entrée>");
    harness = harness.keys("<entrée>");
    assert!(
        harness.screen().contains("pourquoi"),
        "{}",
        harness.screen()
    );
    let harness = harness.keys("plus de formulaire<entrée>");
    let absent = edit(&harness, "messages").and_then(|edit| edit.absent);
    assert_eq!(absent.as_deref(), Some("plus de formulaire"));
}

#[test]
fn the_record_opens_from_the_palette_of_any_page() {
    let mut harness = filled(80, 24).keys("<échap>p");
    harness.app.act(Action::Activities);
    assert!(
        harness.screen().contains("Messages reçus"),
        "{}",
        harness.screen()
    );
    assert!(!harness.app.can(Action::Activities));
}

#[test]
fn a_newer_catalogue_is_told_once() {
    let mut harness = filled(80, 24);
    let desk = harness.app.desk.as_mut().unwrap();
    let version = "ancienne".to_owned();
    desk.session
        .record_all(vec![Change::Assessed { version }])
        .unwrap();
    // Cut short: a session that ends well remembers what it assessed last.
    harness.app.desk = None;
    let mut harness = harness.keys("<échap><échap><entrée>");
    let screen = harness.screen();
    assert!(screen.contains("ancienne"), "{screen}");
    assert!(
        screen.contains("n'a pas gardé") || screen.contains("n’a pas gardé"),
        "{screen}"
    );
    let mut harness = harness.keys("<entrée>");
    assert!(harness.screen().contains("Thèmes"), "{}", harness.screen());
}
