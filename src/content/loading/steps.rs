//! Reads the steps of an action: plain texts, or texts that answers may rule out.

use toml::Spanned;
use toml::de::DeValue;

use super::conditions;
use super::reader::Reader;
use super::sink::Sink;
use crate::domain::catalogue::Step;

/// The first step: one text, or several of which the first that suits the answers is kept. The last one
/// suits everybody.
pub(super) fn first(r: &mut Reader<'_, '_>) -> Vec<Step> {
    let is_list = r
        .peek("first_step")
        .is_some_and(|value| value.get_ref().is_array());
    if !is_list {
        return vec![Step::always(r.text("first_step"))];
    }
    let steps = some(r, "first_step");
    if steps.last().is_some_and(|step| step.when.is_some()) {
        let span = r.span_of("first_step");
        r.sink.error(
            "premier-pas",
            span,
            "le dernier premier pas a une condition : il pourrait n'en rester aucun",
            "terminez par un texte seul, qui convient à tous",
        );
    }
    steps
}

/// The steps that follow.
pub(super) fn some(r: &mut Reader<'_, '_>, key: &'static str) -> Vec<Step> {
    let values = r.some_values(key);
    values
        .iter()
        .map(|value| step(value, key, r.sink))
        .collect()
}

fn step(value: &Spanned<DeValue<'_>>, key: &str, sink: &mut Sink) -> Step {
    match value.get_ref() {
        DeValue::String(text) => Step::always(text.trim().to_owned()),
        DeValue::Table(table) => {
            let mut r = Reader::new(table, value.span(), sink);
            let step = Step {
                say: r.text("say"),
                when: Some(conditions::required(&mut r, "when")),
            };
            r.finish();
            step
        }
        _ => {
            sink.error(
                "type",
                value.span(),
                format!("« {key} » n'a pas le bon type de valeur"),
                "écrivez un texte, ou { say = \"…\", when = { … } }",
            );
            Step::always(String::new())
        }
    }
}
