//! Adds the warning about menus to every text that gives a way through one.
//!
//! Publishers rename their menus at any time: the warning is written once in the content, and no
//! author has to think of it.

use crate::domain::catalogue::{Catalogue, Step};

/// What separates two menus: « Réglages > Confidentialité ».
const WAY: &str = " > ";

/// Ends with the warning the help of a question, the steps of an action and the advice of a document
/// that name a menu.
pub(super) fn warn(catalogue: &mut Catalogue) {
    let Some(note) = &catalogue.menus else {
        return;
    };
    let helps = catalogue.questions.iter_mut().map(|q| &mut q.help);
    let advice = catalogue.documents.iter_mut().map(|d| &mut d.paste);
    for text in helps.chain(advice).filter(|text| text.contains(WAY)) {
        let end = text.trim_end().len();
        text.truncate(end);
        text.push_str("\n\n");
        text.push_str(note);
    }
    for action in &mut catalogue.actions {
        if action.every_step().any(|step| step.say.contains(WAY)) {
            action.steps.push(Step::always(note.clone()));
        }
    }
}
