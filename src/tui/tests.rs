//! What the interface promises, tested from the keyboard.

use super::harness::Harness;

#[test]
fn a_dossier_is_created_with_enter_alone_and_a_name() {
    let mut harness = Harness::new(80, 24);
    println!("{}\n", harness.screen());
    let mut harness = harness.dossier();
    let screen = harness.screen();
    println!("{screen}\n");
    assert!(screen.contains("Boulangerie Martin"), "{screen}");
    assert!(screen.contains("Commencer"), "{screen}");
    harness.press("<entrée>");
    println!("{}\n", harness.screen());
    harness.press("2<entrée>");
    println!("{}\n", harness.screen());
    harness.press("<f1>");
    println!("{}\n", harness.screen());
    harness.press("<esc>Les pains<entrée>");
    println!("{}\n", harness.styled());
    harness.press("<esc>b");
    println!("{}\n", harness.screen());
}
