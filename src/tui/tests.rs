//! What the interface promises, tested from the keyboard.

use super::harness::Harness;

#[test]
fn a_dossier_is_created_with_enter_alone_and_a_name() {
    let mut harness = Harness::new(80, 24).dossier();
    let screen = harness.screen();
    assert!(screen.contains("Boulangerie Martin"), "{screen}");
    assert!(screen.contains("Commencer"), "{screen}");
}
