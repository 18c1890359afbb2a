//! Each blank is filled by the question it leads to: whatever a text cannot say yet, one answer to
//! that question at least makes it say it, unless the blank says it is filled in by hand.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::{BTreeMap, BTreeSet};

use aplomb::documents::{BLANK_PREFIX, Needed, Rendered, render_all};
use aplomb::domain::answer::{Amount, Answer, Tick, Value};
use aplomb::domain::catalogue::{Choice, Consent, Field, Kind, LegalBasis, Question};
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::Part;
use aplomb::domain::view::{Seen, View};
use examples::{CATALOGUE, DAY};

/// A plausible answer to a question, or to a field, that takes no list of options.
fn plausible(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "2026-05-04",
        Kind::Email => "contact@exemple.example",
        Kind::Phone => "0102030405",
        Kind::Url => "https://www.exemple.example",
        Kind::Siren => "001122332",
        Kind::Siret => "00112233200018",
        Kind::Vat => "FR12001122332",
        Kind::Number => "3",
        _ => "France",
    }
}

fn offered(options: &[Choice]) -> Vec<String> {
    let options = options.iter().filter(|o| o.validity.contains(DAY));
    options.map(|option| option.id.clone()).collect()
}

fn field(field: &Field, turn: usize) -> String {
    let options = offered(&field.options);
    match options.len() {
        0 if field.id == "pays" && turn % 2 == 1 => "États-Unis".to_owned(),
        0 => plausible(field.kind).to_owned(),
        count => options[turn % count].clone(),
    }
}

/// Entries with every field filled, each field of options in turn: those there are, or else one.
fn entries(question: &Question, now: Option<&Answer>) -> Vec<Value> {
    let entries = match now {
        Some(Answer::Value(Value::List(entries))) if !entries.is_empty() => entries.clone(),
        _ => vec![BTreeMap::new()],
    };
    let options = question.fields.iter().map(|field| field.options.len());
    let turns = options.max().unwrap_or(0).max(1);
    let filled = (0..turns).map(|turn| {
        let fill = |entry: &BTreeMap<String, String>| {
            let mut entry = entry.clone();
            for described in &question.fields {
                let given = field(described, turn);
                if described.kind == Kind::Choice {
                    entry.insert(described.id.clone(), given);
                } else {
                    entry.entry(described.id.clone()).or_insert(given);
                }
            }
            entry
        };
        Value::List(entries.iter().map(fill).collect())
    });
    filled.chain([Value::List(Vec::new())]).collect()
}

/// Every item answered alike, then each of them changed alone.
fn ticks(question: &Question, now: Option<&Answer>) -> Vec<Value> {
    let ids = || question.items.iter().map(|item| item.id.clone());
    let alike = |tick| Value::Ticks(ids().map(|id| (id, tick)).collect());
    let given = match now {
        Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
        _ => BTreeMap::new(),
    };
    let mut values = vec![alike(Tick::Yes), alike(Tick::No)];
    for (id, tick) in ids().flat_map(|id| [(id.clone(), Tick::Yes), (id, Tick::No)]) {
        let mut one = given.clone();
        one.insert(id, tick);
        values.push(Value::Ticks(one));
    }
    values
}

/// What a person may answer to a question.
fn answers(question: &Question, now: Option<&Answer>) -> Vec<Value> {
    let sets = |ids: Vec<String>| {
        let alone = ids.iter().map(|id| Value::Set(vec![id.clone()]));
        let all = [Value::Set(Vec::new()), Value::Set(ids.clone())];
        alone.chain(all).collect()
    };
    match question.kind {
        Kind::Choice => offered(&question.options)
            .into_iter()
            .map(Value::Text)
            .collect(),
        Kind::Checklist => ticks(question, now),
        Kind::Multi => sets(offered(&question.options)),
        Kind::Catalogue => {
            let one = |consent| CATALOGUE.services.iter().find(|s| s.consent == consent);
            let kinds = [Consent::None, Consent::Conditional, Consent::Required].map(one);
            sets(
                kinds
                    .iter()
                    .flatten()
                    .map(|service| service.id.clone())
                    .collect(),
            )
        }
        Kind::Number => [0, 1, 3, 30, 300]
            .map(|n| Value::Number(Amount(n * 100)))
            .into(),
        Kind::PostalAddress => {
            let parts = [
                ("line1", "1 rue Exemple"),
                ("postal_code", "33000"),
                ("city", "Bordeaux"),
            ];
            let parts = parts.map(|(key, text)| (key.to_owned(), text.to_owned()));
            vec![Value::Record(parts.into())]
        }
        Kind::List => entries(question, now),
        kind => vec![Value::Text(plausible(kind).to_owned())],
    }
}

/// A dossier once a question, or an activity of the record, was answered in each possible way.
fn filled(dossier: &Dossier, question: &str) -> Vec<Dossier> {
    if let Some(activity) = question.strip_prefix("traitements.") {
        let mut dossier = dossier.clone();
        let edit = dossier.activities.entry(activity.to_owned()).or_default();
        for part in Part::ALL {
            edit.texts
                .entry(part)
                .or_insert_with(|| "trois ans".to_owned());
        }
        edit.texts.retain(|_, text| !text.is_empty());
        edit.basis = Some(LegalBasis::Contract);
        return vec![dossier];
    }
    let known = CATALOGUE.question(question).unwrap();
    let values = answers(known, dossier.answers.get(question));
    let answered = values.into_iter().map(|value| {
        let mut dossier = dossier.clone();
        let answer = Answer::Value(value);
        dossier.answers.insert(question.to_owned(), answer);
        dossier
    });
    answered.collect()
}

fn texts(dossier: &Dossier, wanted: impl Fn(&str) -> bool) -> Vec<Rendered> {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let documents = CATALOGUE.documents.iter();
    render_all(&view, documents.filter(|document| wanted(&document.id))).unwrap()
}

/// What stands between the brackets of each blank of a text.
fn written(text: &Rendered) -> impl Iterator<Item = &str> {
    let parts = text.markdown.split(BLANK_PREFIX).skip(1);
    parts.filter_map(|part| part.split(']').next())
}

/// How many blanks of a text have these words.
fn count(text: &Rendered, words: &str) -> usize {
    written(text).filter(|other| *other == words).count()
}

fn label(text: &str) -> String {
    let kept = text.chars().filter(|c| !"[]*_`<>|\\".contains(*c));
    let label: String = kept.collect();
    let end = ['?', '\u{202f}', '\u{a0}', ' '];
    label.trim().trim_end_matches(end).to_owned()
}

/// A blank of a text that a question has to fill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    document: String,
    words: String,
    /// Field of a blank that is listed; of those of one field, only the first is.
    field: Option<String>,
    /// How many times it is written.
    times: usize,
}

/// The questions in a row a blank may lead to before the one that fills it is asked.
const STEPS: u8 = 6;

/// The blanks no answer to the question they lead to fills.
fn unfilled(dossier: &Dossier) -> Vec<String> {
    let mut by_question: BTreeMap<&str, BTreeSet<Due>> = BTreeMap::new();
    let mut unlisted: BTreeMap<Due, Vec<&String>> = BTreeMap::new();
    let view = View::new(&CATALOGUE, dossier, DAY);
    let texts = texts(dossier, |_| true);
    for text in texts.iter().filter(|text| text.needed != Needed::No) {
        let due = |words: String, field| Due {
            document: text.id.clone(),
            times: count(text, &words),
            words,
            field,
        };
        let asked = text.blanks.iter().filter(|blank| blank.by_hand.is_none());
        for blank in asked.clone() {
            let blanks = by_question.entry(&blank.question).or_default();
            blanks.insert(due(label(&blank.label), Some(blank.field.clone())));
        }
        let listed: BTreeSet<_> = text
            .blanks
            .iter()
            .map(|blank| label(&blank.label))
            .collect();
        let others = written(text).filter(|words| !listed.contains(*words));
        for words in others.collect::<BTreeSet<_>>() {
            let written = format!("{BLANK_PREFIX}{words}]");
            let mut clauses = text.clauses.iter();
            let clause = clauses.find(|clause| clause.markdown.contains(&written));
            let cited = clause.map_or(&[][..], |clause| &clause.questions);
            let is_hidden = |id: &String| matches!(view.seen(id), Seen::Hidden);
            if !cited.iter().any(is_hidden) {
                // A blank of the record is of a question no clause cites.
                let questions = cited
                    .iter()
                    .chain(asked.clone().map(|blank| &blank.question));
                unlisted.insert(due(words.to_owned(), None), questions.collect());
            }
        }
    }
    let mut never = Vec::new();
    for (question, blanks) in by_question {
        let left = still(dossier, question, blanks, STEPS);
        let left = left.iter();
        never.extend(left.map(|due| format!("{} [{}] → {question}", due.document, due.words)));
    }
    // Which of the questions of a clause fills it is not told: one of them does.
    for question in unlisted
        .values()
        .flatten()
        .copied()
        .collect::<BTreeSet<_>>()
    {
        let mine = unlisted.iter().filter(|(_, all)| all.contains(&question));
        let mine: BTreeSet<Due> = mine.map(|(due, _)| due.clone()).collect();
        for due in mine.difference(&still(dossier, question, mine.clone(), 0)) {
            unlisted.remove(due);
        }
    }
    let left = unlisted.keys();
    never.extend(left.map(|due| format!("{} [{}] → ?", due.document, due.words)));
    never
}

/// Of these blanks, those no answer to the question fills, nor leads on to one that does.
fn still(dossier: &Dossier, question: &str, mut left: BTreeSet<Due>, steps: u8) -> BTreeSet<Due> {
    for dossier in filled(dossier, question) {
        let mut onward: BTreeMap<String, BTreeSet<Due>> = BTreeMap::new();
        if left.is_empty() {
            break;
        }
        let wanted = |id: &str| left.iter().any(|due| due.document == id);
        let texts = texts(&dossier, wanted);
        left.retain(|due| {
            let text = texts.iter().find(|text| text.id == due.document).unwrap();
            if count(text, &due.words) < due.times {
                return false;
            }
            let Some(field) = &due.field else {
                return true;
            };
            let Some(blank) = text.blanks.iter().find(|blank| blank.field == *field) else {
                return false;
            };
            if blank.question != question {
                let next = onward.entry(blank.question.clone()).or_default();
                next.insert(due.clone());
            }
            true
        });
        for (next, blanks) in onward.into_iter().filter(|_| steps > 0) {
            let over = still(&dossier, &next, blanks.clone(), steps - 1);
            for due in blanks.difference(&over) {
                left.remove(due);
            }
        }
    }
    left
}

/// A business that answers everything alike: each option in turn, each point with this.
fn alike(turn: usize, tick: Option<Tick>) -> Dossier {
    let mut dossier = Dossier::new("Essai", DAY);
    for question in &CATALOGUE.questions {
        let options = offered(&question.options);
        let value = match (question.kind, tick) {
            (Kind::Choice, _) => Value::Text(options[turn % options.len()].clone()),
            (Kind::Multi, _) => {
                let open = question.options.iter().filter(|o| !o.exclusive);
                Value::Set(open.map(|option| option.id.clone()).collect())
            }
            (Kind::Checklist, Some(tick)) => {
                let items = question.items.iter();
                Value::Ticks(items.map(|item| (item.id.clone(), tick)).collect())
            }
            (Kind::Catalogue, _) => {
                Value::Set(CATALOGUE.services.iter().map(|s| s.id.clone()).collect())
            }
            (Kind::List, Some(Tick::No)) => {
                // An entry that says its first field and nothing else.
                let first = &question.fields[0];
                let text = field(first, 0);
                Value::List(vec![BTreeMap::from([(first.id.clone(), text)])])
            }
            _ => continue,
        };
        dossier
            .answers
            .insert(question.id.clone(), Answer::Value(value));
    }
    dossier
}

fn check(name: &str, dossier: &Dossier) {
    let never = unfilled(dossier);
    assert!(never.is_empty(), "{name}:\n{}", never.join("\n"));
}

#[test]
fn each_blank_of_the_examples_is_filled_by_its_question() {
    for (slug, dossier) in examples::all() {
        check(slug, &dossier);
    }
}

#[test]
fn each_blank_of_any_business_is_filled_by_its_question() {
    check("nothing", &Dossier::new("Essai", DAY));
    for (turn, tick) in [(0, Some(Tick::Yes)), (1, Some(Tick::No)), (3, None)] {
        check(&format!("{turn} {tick:?}"), &alike(turn, tick));
    }
}
