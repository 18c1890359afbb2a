//! Each answer of the five examples is changed, forgotten and erased in turn: no text goes on stating it.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::{BTreeMap, BTreeSet};

use aplomb::documents::{Rendered, render_all, render_seen};
use aplomb::domain::answer::{Amount, Answer, Tick, Value};
use aplomb::domain::catalogue::{Kind, Question};
use aplomb::domain::dossier::Dossier;
use aplomb::domain::explain;
use aplomb::domain::processing::{self, Part};
use aplomb::domain::view::{Seen, View};
use examples::{CATALOGUE, DAY};
use serde_json::Value as Json;

/// Words and figures alone, in lower case, figures together: what a text says, whatever its format.
fn bare(text: &str) -> String {
    let mut out = String::from(" ");
    let mut last = ' ';
    for c in text.chars() {
        let was_apart = out.ends_with(' ');
        if !c.is_alphanumeric() {
            if !was_apart {
                out.push(' ');
            }
            continue;
        }
        if was_apart && last.is_ascii_digit() && c.is_ascii_digit() {
            out.pop();
        }
        out.extend(c.to_lowercase());
        last = c;
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// The facts of an answer, as a text would state them.
fn facts(question: &Question, value: &Value) -> BTreeSet<String> {
    let label = |id: &String| {
        let option = question.options.iter().find(|option| option.id == *id);
        let option = option.map(|option| option.label.clone());
        option
            .or_else(|| CATALOGUE.service(id).map(|service| service.name.clone()))
            .unwrap_or_else(|| id.clone())
    };
    let texts: Vec<String> = match value {
        Value::Text(text) if question.kind == Kind::Choice => vec![label(text)],
        Value::Text(text) if question.kind == Kind::Date => {
            vec![text.clone(), explain::day(text.parse().unwrap())]
        }
        Value::Text(text) => vec![text.clone()],
        Value::Number(Amount(hundredths)) => vec![(hundredths / 100).to_string()],
        Value::Set(ids) => ids.iter().map(label).collect(),
        Value::Ticks(_) => Vec::new(),
        Value::Record(parts) => parts.values().cloned().collect(),
        Value::List(entries) => entries.iter().flat_map(|e| e.values().cloned()).collect(),
    };
    // A shorter one could be anywhere.
    let bare = texts.iter().map(|text| bare(text));
    bare.filter(|text| text.chars().count() >= 5).collect()
}

/// Another valid value of the same kind.
fn other(question: &Question, value: &Value) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    let swap = |parts: &BTreeMap<String, String>| {
        let swapped = parts.iter().map(|(name, part)| {
            let field = question.fields.iter().find(|field| field.id == *name);
            let option = field.and_then(|f| f.options.iter().find(|option| option.id != *part));
            let digits = part.chars().all(|c| c.is_ascii_digit());
            let new = match option {
                Some(option) => option.id.clone(),
                None if digits => "7".repeat(part.len()),
                None => "Wxyz".to_owned(),
            };
            (name.clone(), new)
        });
        swapped.collect::<BTreeMap<_, _>>()
    };
    match (value, question.kind) {
        (Value::Text(old), Kind::Choice) => {
            let option = question.options.iter().find(|option| option.id != *old);
            text(&option.unwrap().id)
        }
        (Value::Text(_), Kind::Date) => text("2001-02-03"),
        (Value::Text(_), Kind::Email) => text("wxyz@wxyz.example"),
        (Value::Text(_), Kind::Url) => text("https://wxyz.example"),
        (Value::Text(_), Kind::Phone) => text("0177777777"),
        (Value::Text(_), Kind::Siren) => text("732829320"),
        (Value::Text(_), Kind::Siret) => text("73282932000074"),
        (Value::Text(_), Kind::Vat) => text("FR44732829320"),
        (Value::Text(_), _) => text("Wxyz"),
        (Value::Number(Amount(n)), _) => Value::Number(Amount(n + 777_700)),
        (Value::Set(ids), Kind::Catalogue) => {
            let services = CATALOGUE.services.iter().map(|service| service.id.clone());
            Value::Set(services.filter(|id| !ids.contains(id)).take(1).collect())
        }
        (Value::Set(ids), _) => {
            let options = question.options.iter().map(|option| option.id.clone());
            Value::Set(options.filter(|id| !ids.contains(id)).take(1).collect())
        }
        (Value::Ticks(ticks), _) => {
            let flipped = ticks.iter().map(|(item, tick)| {
                let tick = if *tick == Tick::Yes {
                    Tick::No
                } else {
                    Tick::Yes
                };
                (item.clone(), tick)
            });
            Value::Ticks(flipped.collect())
        }
        (Value::Record(parts), _) => Value::Record(swap(parts)),
        (Value::List(entries), _) => Value::List(entries.iter().take(1).map(swap).collect()),
    }
}

/// Facts that other answers state as well: a text may go on stating them.
fn shared(dossier: &Dossier, but: &str, fact: &str) -> bool {
    let same = |text: &str| bare(text).contains(fact);
    same(&dossier.name)
        || dossier.answers.iter().any(|(id, answer)| {
            let (Some(question), Some(value)) = (CATALOGUE.question(id), answer.value()) else {
                return false;
            };
            id != but
                && facts(question, value)
                    .iter()
                    .any(|other| other.contains(fact))
        })
}

/// What the catalogue says of the services picked: names and countries, which answers may state too.
fn sheets(view: &View<'_>) -> String {
    let picks = CATALOGUE.questions.iter().filter_map(|question| {
        let value = view.value(&question.id)?;
        match value {
            Value::Set(ids) if question.kind == Kind::Catalogue => Some(ids),
            _ => None,
        }
    });
    let services = picks.flatten().filter_map(|id| CATALOGUE.service(id));
    let said = services.map(|s| {
        let lines = [&s.name, &s.publisher, &s.country, &s.reason, &s.remedy];
        lines.map(|line| bare(line)).concat()
    });
    said.collect()
}

/// What one example proves: how many facts were changed, and which text still states an old one.
fn tamper(slug: &str, dossier: &Dossier) -> (usize, Vec<String>) {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let before: Vec<Rendered> = CATALOGUE
        .documents
        .iter()
        .map(|document| render_seen(&view, document).unwrap())
        .collect();
    let (mut proved, mut wrong) = (0, Vec::new());
    for (id, answer) in &dossier.answers {
        let Some(question) = CATALOGUE.question(id) else {
            continue;
        };
        let (Some(value), Seen::Answer(_)) = (answer.value(), view.seen(id)) else {
            continue;
        };
        // The clauses that state this answer, and what they state of it.
        let stated: Vec<(&Rendered, BTreeSet<String>)> = before
            .iter()
            .filter_map(|document| {
                let clauses = document.clauses.iter();
                let own = clauses.filter(|clause| clause.questions.contains(&question.id));
                let text: String = own.map(|clause| bare(&clause.markdown)).collect();
                let own: BTreeSet<String> = facts(question, value)
                    .into_iter()
                    .filter(|fact| text.contains(fact) && !shared(dossier, id, fact))
                    .collect();
                (!own.is_empty()).then_some((document, own))
            })
            .collect();
        if stated.is_empty() {
            continue;
        }
        let changed = Answer::Value(other(question, value));
        let beside = Answer::NotApplicable {
            reason: "Pas chez nous".to_owned(),
        };
        let states = [changed, Answer::Unknown, Answer::Later, beside].map(Some);
        for tampered in states.into_iter().chain([None]) {
            let mut forged = dossier.clone();
            match tampered.clone() {
                Some(answer) => forged.answers.insert(id.clone(), answer),
                None => forged.answers.remove(id),
            };
            let view = View::new(&CATALOGUE, &forged, DAY);
            let sheets = sheets(&view);
            for (document, facts) in &stated {
                let template = CATALOGUE.document(&document.id).unwrap();
                let after = render_seen(&view, template).unwrap();
                if after.markdown == document.markdown {
                    wrong.push(format!("{slug}: {} does not change with {id}", document.id));
                }
                for clause in &after.clauses {
                    // What the template itself says is not the answer.
                    let body = template.clauses.iter().find(|c| c.id == clause.id).unwrap();
                    let (text, mut own) = (bare(&clause.markdown), bare(&body.body));
                    own.push_str(&sheets);
                    for fact in facts {
                        if text.contains(fact.as_str()) && !own.contains(fact.as_str()) {
                            wrong.push(format!(
                                "{slug}: {}/{} still says « {fact} » of {id}, now {tampered:?}",
                                document.id, clause.id
                            ));
                        }
                    }
                }
                proved += facts.len();
            }
        }
    }
    (proved, wrong)
}

#[test]
fn no_text_goes_on_stating_an_answer_that_changed() {
    let results: Vec<(&str, (usize, Vec<String>))> = std::thread::scope(|scope| {
        let running = examples::all()
            .map(|(slug, dossier)| (slug, scope.spawn(move || tamper(slug, &dossier))));
        running
            .map(|(slug, thread)| (slug, thread.join().unwrap()))
            .into()
    });
    let wrong: Vec<String> = results
        .iter()
        .flat_map(|(_, (_, wrong))| wrong.clone())
        .collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    for (slug, (proved, _)) in results {
        println!("{slug}: {proved} facts followed");
        assert!(proved >= 100, "{slug}: only {proved} facts followed");
    }
}

/// The names of a list answer, with the answer without each of them.
fn without_each(question: &Question, value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Set(ids) if question.kind == Kind::Catalogue => {
            let named = ids.iter().filter_map(|id| {
                let service = CATALOGUE.service(id)?;
                let rest = ids.iter().filter(|other| *other != id).cloned();
                Some((service.name.clone(), Value::Set(rest.collect())))
            });
            named.collect()
        }
        Value::List(entries) => {
            let named = entries.iter().enumerate().filter_map(|(at, entry)| {
                let mut rest = entries.clone();
                rest.remove(at);
                Some((entry.get("nom")?.clone(), Value::List(rest)))
            });
            named.collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_service_or_provider_taken_away_is_named_nowhere() {
    let mut followed = 0;
    for (slug, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let texts =
            |view: &View<'_>| -> Vec<Rendered> { render_all(view, &CATALOGUE.documents).unwrap() };
        let before = texts(&view);
        for question in &CATALOGUE.questions {
            let Some(value) = view.value(&question.id) else {
                continue;
            };
            for (name, rest) in without_each(question, value) {
                let name = bare(&name);
                let mut forged = dossier.clone();
                let answer = Answer::Value(rest);
                forged.answers.insert(question.id.clone(), answer);
                let view = View::new(&CATALOGUE, &forged, DAY);
                let sheets = sheets(&view);
                // Another answer may name it as well.
                let others = bare(&format!("{} {:?}", forged.name, forged.answers));
                if sheets.contains(&name) || others.contains(&name) {
                    continue;
                }
                for (was, now) in before.iter().zip(texts(&view)) {
                    let template = CATALOGUE.document(&was.id).unwrap();
                    let said = was
                        .clauses
                        .iter()
                        .any(|c| bare(&c.markdown).contains(&name));
                    if !said {
                        continue;
                    }
                    for clause in &now.clauses {
                        let body = template.clauses.iter().find(|c| c.id == clause.id).unwrap();
                        assert!(
                            !bare(&clause.markdown).contains(&name)
                                || bare(&body.body).contains(&name),
                            "{slug}: {}/{} still names « {name} » of {}",
                            was.id,
                            clause.id,
                            question.id
                        );
                    }
                    followed += 1;
                }
            }
        }
    }
    println!("{followed} texts followed");
    assert!(followed >= 40, "only {followed} texts followed");
}

#[test]
fn what_the_owner_writes_of_an_activity_is_said_until_it_changes() {
    let mark = |part: Part, n: usize| format!("Qzwx{n}{}", part.key());
    let mut followed = 0;
    for (_, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let recorded = processing::standing(&view);
        for standing in recorded.iter().filter(|s| s.is_recorded()) {
            let written = |text: &dyn Fn(Part) -> String| {
                let mut forged = dossier.clone();
                let mut edit = standing.edit.cloned().unwrap_or_default();
                let parts = Part::ALL.into_iter().filter(|part| *part != Part::Title);
                edit.texts.extend(parts.map(|part| (part, text(part))));
                forged.activities.insert(standing.id.to_owned(), edit);
                let view = View::new(&CATALOGUE, &forged, DAY);
                render_all(&view, &CATALOGUE.documents).unwrap()
            };
            let first = written(&|part| mark(part, 1));
            let second = written(&|part| mark(part, 2));
            let erased = written(&|_| String::new());
            for (at, text) in first.iter().enumerate() {
                for part in Part::ALL {
                    let (one, two) = (mark(part, 1), mark(part, 2));
                    if !text.markdown.contains(&one) {
                        continue;
                    }
                    let id = format!("{}/{}", standing.id, part.word());
                    assert!(!second[at].markdown.contains(&one), "{id} in {}", text.id);
                    assert!(second[at].markdown.contains(&two), "{id} in {}", text.id);
                    assert!(!erased[at].markdown.contains("Qzwx"), "{id} in {}", text.id);
                    followed += 1;
                }
            }
        }
    }
    println!("{followed} contents followed");
    assert!(followed >= 500, "only {followed} contents followed");
}

/// Points of checklists that conditions read, by question and item.
type Points = BTreeSet<(String, String)>;

/// The points and the named conditions cited anywhere in these contents.
fn cited(content: &Json, points: &mut Points, facts: &mut BTreeSet<String>) {
    match content {
        Json::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value.as_str()) {
                    ("Is", _) => {
                        if let (Some(question), Some(item)) =
                            (value["question"].as_str(), value["item"].as_str())
                        {
                            points.insert((question.to_owned(), item.to_owned()));
                        }
                    }
                    ("Fact", Some(id)) => {
                        facts.insert(id.to_owned());
                    }
                    ("body", Some(body)) => {
                        let names = body.split("fait=\"").skip(1);
                        facts.extend(names.filter_map(|n| Some(n.split_once('"')?.0.to_owned())));
                    }
                    _ => cited(value, points, facts),
                }
            }
        }
        Json::Array(values) => values.iter().for_each(|v| cited(v, points, facts)),
        _ => {}
    }
}

/// The points that a text rests on, through named conditions and what the record says.
fn points_behind_texts() -> Points {
    let (mut points, mut facts) = (Points::new(), BTreeSet::new());
    let contents = [
        serde_json::to_value(&CATALOGUE.documents),
        serde_json::to_value(&CATALOGUE.provisos),
        serde_json::to_value(&CATALOGUE.variants),
        serde_json::to_value(&CATALOGUE.processing_activities),
    ];
    for content in contents {
        cited(&content.unwrap(), &mut points, &mut facts);
    }
    let mut known = BTreeSet::new();
    while let Some(id) = facts.difference(&known).next().cloned() {
        let fact = serde_json::to_value(&CATALOGUE.fact(&id).unwrap().when).unwrap();
        cited(&fact, &mut points, &mut facts);
        known.insert(id);
    }
    points
}

#[test]
fn a_point_that_a_text_rests_on_changes_it() {
    let points = points_behind_texts();
    let mut moved = Points::new();
    let mut asked = Points::new();
    let twice = [true, false].map(|best| examples::all().map(|(_, dossier)| (best, dossier)));
    for (best, mut dossier) in twice.into_iter().flatten() {
        // Where all goes well, one point that does not is what a text has to say.
        for (id, answer) in &mut dossier.answers {
            if let Answer::Value(Value::Ticks(ticks)) = answer {
                for tick in ticks.values_mut() {
                    *tick = Tick::Yes;
                }
            }
            let question = CATALOGUE.question(id).filter(|_| best);
            let options = question.map_or(&[][..], |question| &question.options);
            let best = options
                .iter()
                .find(|option| option.conformity == Some(1_000));
            if let (Answer::Value(Value::Text(chosen)), Some(best)) = (answer, best) {
                chosen.clone_from(&best.id);
            }
        }
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let before = render_all(&view, &CATALOGUE.documents).unwrap();
        for point in &points {
            let (id, item) = point;
            let Some(Value::Ticks(ticks)) = view.value(id) else {
                continue;
            };
            if moved.contains(point) || !ticks.contains_key(item) {
                continue;
            }
            asked.insert(point.clone());
            let mut ticks = ticks.clone();
            ticks.insert(item.clone(), Tick::No);
            let mut forged = dossier.clone();
            let answer = Answer::Value(Value::Ticks(ticks));
            forged.answers.insert(id.clone(), answer);
            let view = View::new(&CATALOGUE, &forged, DAY);
            if render_all(&view, &CATALOGUE.documents).unwrap() != before {
                moved.insert(point.clone());
            }
        }
    }
    let still: Vec<_> = asked.difference(&moved).collect();
    assert!(still.is_empty(), "{still:?}");
    println!("{} points followed, of {}", moved.len(), points.len());
    assert!(moved.len() >= 100, "only {} points followed", moved.len());
}
