//! The shipped questions, each drawn as it will be.

use std::sync::Arc;

use crate::content;
use crate::domain::catalogue::Question;
use crate::tui::glyphs::GlyphSet;
use crate::tui::harness::Harness;

#[test]
fn every_shipped_question_draws_within_the_standard_set() {
    let content = match content::load(None) {
        Ok(content) => Arc::new(content),
        Err(error) => panic!("{error}"),
    };
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
