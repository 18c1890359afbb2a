//! Why a question is not asked now, and where to go for it to be.

use std::collections::HashSet;

use super::catalogue::{Depth, Question};
use super::explain::{deciding, why_hidden};
use super::typography::quoted;
use super::view::View;

/// A question that is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    /// « pas posée : dépend de « … » », without an end.
    pub reason: String,
    /// The question to go to: itself, or the one it depends on.
    pub leads_to: Option<String>,
    /// What to say on the way there.
    pub advice: &'static str,
}

/// Why a question is not asked down to a depth, or none when it is.
pub fn unasked(view: &View<'_>, question: &Question, depth: Depth) -> Option<Unasked> {
    if view.applies(question).is_true() {
        return (question.depth > depth).then(|| Unasked {
            reason: "posée seulement si vous approfondissez".to_owned(),
            leads_to: Some(question.id.clone()),
            advice: "Question approfondie, ouverte seule. « Approfondir » les pose toutes.",
        });
    }
    let theme = view.catalogue().questionnaire(&question.questionnaire);
    let left = theme.filter(|theme| !view.theme_applies(theme).is_true());
    let what = left.map_or_else(
        || "pas posée".to_owned(),
        |theme| format!("thème {} non choisi", quoted(&theme.title)),
    );
    let opener = opener(view, question, &mut HashSet::new());
    let why = opener.map_or_else(
        || why_hidden(view, question).unwrap_or_default(),
        |opener| format!("dépend de {}", quoted(&opener.text)),
    );
    Some(Unasked {
        reason: format!("{what} : {why}"),
        leads_to: opener.map(|opener| opener.id.clone()),
        advice: if opener.is_some() {
            "La question trouvée n'est pas posée : elle dépend de votre réponse à celle-ci."
        } else {
            "Aucune réponse ne fait poser cette question aujourd'hui."
        },
    })
}

/// The first question that is asked and on whose answer this one depends, through those that are not.
fn opener<'a>(
    view: &View<'a>,
    question: &Question,
    met: &mut HashSet<String>,
) -> Option<&'a Question> {
    if !question.validity.contains(view.date()) {
        return None;
    }
    let catalogue = view.catalogue();
    let theme = catalogue.questionnaire(&question.questionnaire);
    let items = question.items.iter().filter_map(|item| item.when.as_ref());
    let conditions = theme.and_then(|theme| theme.when.as_ref()).into_iter();
    for condition in conditions.chain(&question.when).chain(items) {
        if condition.evaluate(view).is_true() {
            continue;
        }
        for id in deciding(view, condition) {
            let known = catalogue.question(&id);
            let Some(decider) = known.filter(|known| met.insert(known.id.clone())) else {
                continue;
            };
            if view.applies(decider).is_true() {
                return Some(decider);
            }
            if let Some(opener) = opener(view, decider, met) {
                return Some(opener);
            }
        }
    }
    None
}
