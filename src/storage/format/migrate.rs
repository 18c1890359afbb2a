//! Old files and renamed ids.

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::domain::dossier::{Change, Dossier};

/// Brings a table from one format to the next.
type Step = fn(&mut DeTable<'_>);

/// What brings format `n + 1` to `n + 2`, in order. Each past format keeps a file in the tests.
const STEPS: [Step; 1] = [no_activity];

/// Format 2 added what the owner writes about activities: a file of format 1 has none.
fn no_activity(_: &mut DeTable<'_>) {}

/// Brings a table of this format to the current one.
pub(super) fn upgrade(table: &mut DeTable<'_>, from: u64) {
    let done = usize::try_from(from.saturating_sub(1)).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(done) {
        step(table);
    }
}

/// Gives renamed questions and actions their new id; returns how many entries moved.
///
/// `alias` knows the new id of an old one. When both are present the new one stands and the old one
/// is left where it is: nothing is lost.
pub fn rename_ids(dossier: &mut Dossier, alias: impl Fn(&str) -> Option<String>) -> usize {
    let mut moved = rename_keys(&mut dossier.answers, &alias)
        + rename_keys(&mut dossier.notes, &alias)
        + rename_keys(&mut dossier.actions, &alias)
        + rename_keys(&mut dossier.activities, &alias);
    for entry in &mut dossier.history {
        let id = match &mut entry.change {
            Change::Answer { question, .. } | Change::Note { question, .. } => question,
            Change::Action { action, .. } => action,
            Change::Activity { activity, .. } => activity,
            Change::Rename { .. } | Change::Assessed { .. } => continue,
        };
        if let Some(new) = alias(id) {
            *id = new;
            moved += 1;
        }
    }
    moved
}

fn rename_keys<V>(map: &mut BTreeMap<String, V>, alias: &impl Fn(&str) -> Option<String>) -> usize {
    let renamed: Vec<(String, String)> = map
        .keys()
        .filter_map(|old| Some((old.clone(), alias(old)?)))
        .filter(|(_, new)| !map.contains_key(new))
        .collect();
    let mut moved = 0;
    for (old, new) in renamed {
        if !map.contains_key(&new)
            && let Some(value) = map.remove(&old)
        {
            map.insert(new, value);
            moved += 1;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, DateTime};

    use super::*;
    use crate::domain::answer::Answer;

    #[test]
    fn renamed_ids_move_and_nothing_is_lost() {
        let mut dossier = Dossier::new("A", Date::default());
        for (question, answer) in [
            ("a.old", Answer::Later),
            ("b.old", Answer::Unknown),
            ("b.new", Answer::Later),
        ] {
            let question = question.to_owned();
            dossier.apply(
                DateTime::default(),
                Change::Answer {
                    question,
                    answer: Some(answer),
                },
            );
        }
        let alias = |id: &str| id.strip_suffix("old").map(|stem| format!("{stem}new"));
        assert_eq!(rename_ids(&mut dossier, alias), 3);
        let ids: Vec<_> = dossier.answers.keys().map(String::as_str).collect();
        assert_eq!(ids, ["a.new", "b.new", "b.old"]);
        assert_eq!(dossier.answer("b.new"), Some(&Answer::Later));
        assert_eq!(rename_ids(&mut dossier, |_| None), 0);
    }
}
