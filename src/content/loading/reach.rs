//! Finds dependencies that turn in circles and questions that can never be asked.
//!
//! A question is unreachable when no set of answers makes its condition true, the conditions of the
//! questions it depends on included. The condition is unfolded into alternatives; an alternative is
//! impossible when it wants two different options of one choice, both ticks of one item, an empty
//! range of a number, or days on which what it depends on is not asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::sink::{Definition, Entity, Place, Sink};
use crate::domain::answer::Amount;
use crate::domain::catalogue::{Catalogue, Question};
use crate::domain::condition::Condition;
use crate::domain::validity::Validity;

/// Beyond this many alternatives a condition is presumed reachable.
const MAX_ALTERNATIVES: usize = 512;

pub(super) fn check(catalogue: &Catalogue, sink: &mut Sink) {
    let definitions = std::mem::take(&mut sink.definitions);
    let circles = cycles(catalogue, &definitions, sink);
    if !circles {
        unreachable(catalogue, &definitions, sink);
    }
    sink.definitions = definitions;
}

fn place_of<'d>(definitions: &'d [Definition], entity: Entity, id: &str) -> Option<&'d Place> {
    let definition = definitions
        .iter()
        .find(|d| d.entity == entity && d.id == id)?;
    Some(definition.when.as_ref().unwrap_or(&definition.place))
}

/// Reports the circles among named conditions, questions and actions; tells whether there is one.
fn cycles(catalogue: &Catalogue, definitions: &[Definition], sink: &mut Sink) -> bool {
    let mut edges: HashMap<(Entity, &str), Vec<(Entity, &str)>> = HashMap::new();
    for fact in &catalogue.facts {
        edges.insert((Entity::Fact, &fact.id), cites(&fact.when));
    }
    for question in &catalogue.questions {
        // An item is looked at through the question that holds it, so its condition counts too.
        let items = question.items.iter().filter_map(|item| item.when.as_ref());
        let conditions = conditions_of(question, catalogue).chain(items);
        let mut cited = conditions.flat_map(cites).collect::<Vec<_>>();
        cited.dedup();
        edges.insert((Entity::Question, &question.id), cited);
    }
    let mut state: HashMap<(Entity, &str), bool> = HashMap::new();
    let mut found = false;
    let starts = definitions
        .iter()
        .filter(|d| matches!(d.entity, Entity::Fact | Entity::Question));
    for definition in starts {
        let node = (definition.entity, definition.id.as_str());
        let mut path = Vec::new();
        if let Some(circle) = visit(node, &edges, &mut state, &mut path) {
            found = true;
            if let Some(place) = place_of(definitions, circle[0].0, circle[0].1) {
                let names: Vec<_> = circle.iter().map(|(_, id)| format!("« {id} »")).collect();
                sink.file = place.file;
                sink.error(
                    "cycle",
                    place.span.clone(),
                    format!("ces dépendances tournent en rond : {}", names.join(" → ")),
                    "rien ne peut dépendre de soi-même : retirez l'un de ces liens",
                );
            }
        }
    }
    found
}

fn cites(condition: &Condition) -> Vec<(Entity, &str)> {
    let mut cited = Vec::new();
    condition.for_each_question(&mut |id| cited.push((Entity::Question, id)));
    condition.for_each_fact(&mut |id| cited.push((Entity::Fact, id)));
    cited
}

/// The conditions that decide whether a question is asked.
fn conditions_of<'c>(
    question: &'c Question,
    catalogue: &'c Catalogue,
) -> impl Iterator<Item = &'c Condition> {
    let theme = catalogue
        .questionnaire(&question.questionnaire)
        .and_then(|q| q.when.as_ref());
    question.when.iter().chain(theme)
}

type Node<'n> = (Entity, &'n str);

/// Depth-first search; `state` is false while a node is open and true once it is closed.
fn visit<'n>(
    node: Node<'n>,
    edges: &HashMap<Node<'n>, Vec<Node<'n>>>,
    state: &mut HashMap<Node<'n>, bool>,
    path: &mut Vec<Node<'n>>,
) -> Option<Vec<Node<'n>>> {
    match state.get(&node) {
        Some(true) => return None,
        Some(false) => {
            let start = path.iter().position(|n| *n == node).unwrap_or(0);
            let mut circle = path[start..].to_vec();
            circle.push(node);
            return Some(circle);
        }
        None => {}
    }
    state.insert(node, false);
    path.push(node);
    let mut circle = None;
    for next in edges.get(&node).into_iter().flatten() {
        circle = visit(*next, edges, state, path);
        if circle.is_some() {
            break;
        }
    }
    path.pop();
    state.insert(node, true);
    circle
}

fn unreachable(catalogue: &Catalogue, definitions: &[Definition], sink: &mut Sink) {
    for question in &catalogue.questions {
        if reachable(question, catalogue) {
            continue;
        }
        if let Some(place) = place_of(definitions, Entity::Question, &question.id) {
            sink.file = place.file;
            sink.error(
                "inatteignable",
                place.span.clone(),
                format!(
                    "aucune réponse ne peut amener à la question « {} »",
                    question.id
                ),
                "sa condition se contredit, ou contredit celle d'une question dont elle dépend",
            );
        }
    }
}

/// What one alternative wants of the answers.
#[derive(Debug, Clone, Default)]
struct Alternative {
    /// Options still possible, by question or by (question, item).
    choices: BTreeMap<(String, Option<String>), BTreeSet<String>>,
    /// Range still possible of a number.
    ranges: BTreeMap<String, (Amount, Amount)>,
    /// Questions it needs an answer to.
    needs: BTreeSet<String>,
}

impl Alternative {
    fn possible(&self) -> bool {
        self.choices.values().all(|options| !options.is_empty())
            && self.ranges.values().all(|(low, high)| low <= high)
    }

    fn merged(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        for (key, options) in &other.choices {
            merged
                .choices
                .entry(key.clone())
                .and_modify(|kept| kept.retain(|option| options.contains(option)))
                .or_insert_with(|| options.clone());
        }
        for (key, (low, high)) in &other.ranges {
            let range = merged.ranges.entry(key.clone()).or_insert((*low, *high));
            *range = (range.0.max(*low), range.1.min(*high));
        }
        merged.needs.extend(other.needs.iter().cloned());
        merged
    }
}

fn reachable(question: &Question, catalogue: &Catalogue) -> bool {
    let mut alternatives = vec![Alternative::default()];
    for condition in conditions_of(question, catalogue) {
        alternatives = cross(&alternatives, &unfold(condition, true, catalogue));
    }
    // What an alternative needs an answer to must itself be asked, on a common day.
    for _ in 0..8 {
        if alternatives.len() > MAX_ALTERNATIVES {
            return true;
        }
        let mut grown = Vec::new();
        let mut changed = false;
        for alternative in alternatives {
            let mut versions = vec![alternative.clone()];
            for need in &alternative.needs {
                let Some(needed) = catalogue.question(need) else {
                    continue;
                };
                if !meets(question.validity, needed.validity) {
                    versions.clear();
                    break;
                }
                for condition in conditions_of(needed, catalogue) {
                    versions = cross(&versions, &unfold(condition, true, catalogue));
                }
            }
            changed |= versions
                .iter()
                .any(|v| v.needs.len() > alternative.needs.len());
            grown.extend(versions);
        }
        alternatives = grown;
        if !changed {
            break;
        }
    }
    !alternatives.is_empty()
}

fn meets(a: Validity, b: Validity) -> bool {
    let before = |until: Option<jiff::civil::Date>, from: Option<jiff::civil::Date>| matches!((until, from), (Some(until), Some(from)) if until < from);
    !before(a.valid_until, b.valid_from) && !before(b.valid_until, a.valid_from)
}

fn cross(left: &[Alternative], right: &[Alternative]) -> Vec<Alternative> {
    if left.len() * right.len() > MAX_ALTERNATIVES * 8 {
        // Too many to follow: keep the left side, which can only make more things reachable.
        return left.to_vec();
    }
    left.iter()
        .flat_map(|l| right.iter().map(move |r| l.merged(r)))
        .filter(Alternative::possible)
        .collect()
}

/// The alternatives under which `condition` evaluates to `wanted`.
fn unfold(condition: &Condition, wanted: bool, catalogue: &Catalogue) -> Vec<Alternative> {
    match (condition, wanted) {
        (Condition::Not(part), _) => unfold(part, !wanted, catalogue),
        (Condition::Fact(id), _) => catalogue
            .fact(id)
            .map_or_else(Vec::new, |fact| unfold(&fact.when, wanted, catalogue)),
        (Condition::All(parts), true) | (Condition::Any(parts), false) => parts
            .iter()
            .fold(vec![Alternative::default()], |alternatives, part| {
                cross(&alternatives, &unfold(part, wanted, catalogue))
            }),
        (Condition::Any(parts), true) | (Condition::All(parts), false) => parts
            .iter()
            .flat_map(|part| unfold(part, wanted, catalogue))
            .collect(),
        _ => vec![leaf(condition, wanted, catalogue)],
    }
}

fn leaf(condition: &Condition, wanted: bool, catalogue: &Catalogue) -> Alternative {
    let mut alternative = Alternative::default();
    condition.for_each_question(&mut |id| {
        alternative.needs.insert(id.to_owned());
    });
    let options = |question: &str| -> BTreeSet<String> {
        catalogue
            .question(question)
            .map(|q| q.options.iter().map(|o| o.id.clone()).collect())
            .unwrap_or_default()
    };
    let keep = |all: BTreeSet<String>, listed: &[String]| -> BTreeSet<String> {
        all.into_iter()
            .filter(|option| listed.contains(option) == wanted)
            .collect()
    };
    match condition {
        Condition::Is {
            question,
            item: Some(item),
            value,
        } => {
            let ticks = BTreeSet::from(["oui".to_owned(), "non".to_owned()]);
            let key = (question.clone(), Some(item.clone()));
            alternative
                .choices
                .insert(key, keep(ticks, std::slice::from_ref(value)));
        }
        Condition::Is {
            question,
            item: None,
            value,
        } => {
            let kept = keep(options(question), std::slice::from_ref(value));
            alternative.choices.insert((question.clone(), None), kept);
        }
        Condition::Among { question, values } => {
            alternative
                .choices
                .insert((question.clone(), None), keep(options(question), values));
        }
        Condition::AtLeast { question, value } | Condition::AtMost { question, value } => {
            let least = matches!(condition, Condition::AtLeast { .. }) == wanted;
            let range = match (least, wanted) {
                (true, true) => (*value, Amount(i64::MAX)),
                (true, false) => (Amount(value.0.saturating_add(1)), Amount(i64::MAX)),
                (false, true) => (Amount(0), *value),
                (false, false) => (Amount(0), Amount(value.0.saturating_sub(1))),
            };
            alternative.ranges.insert(question.clone(), range);
        }
        _ => {}
    }
    alternative
}
