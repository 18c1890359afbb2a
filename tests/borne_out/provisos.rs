//! Each proviso of the catalogue is broken in turn, in the five examples, and no text goes on saying
//! what it held.

use std::collections::BTreeSet;

use aplomb::documents::record::record;
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::catalogue::{Kind, Proviso, Question};
use aplomb::domain::condition::Condition;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::{self, Part};
use aplomb::domain::typography::french;
use aplomb::domain::view::View;

use super::examples::{self, CATALOGUE, DAY};
use super::texts::{render, section, ticked};

#[test]
fn nothing_is_said_of_an_activity_that_the_answers_contradict() {
    let mut broken = BTreeSet::new();
    for (_, dossier) in examples::all() {
        for (at, proviso) in CATALOGUE.provisos.iter().enumerate() {
            let when = proviso.when.as_ref();
            for id in when.map_or(Vec::new(), |when| when.questions(&CATALOGUE)) {
                let question = CATALOGUE.question(id).unwrap();
                if !dossier.answers.contains_key(id) {
                    continue;
                }
                for answer in contrary(question) {
                    let mut forged = dossier.clone();
                    forged.answers.insert(id.to_owned(), answer);
                    if breaks(&forged, proviso) {
                        broken.insert(at);
                    }
                }
            }
        }
    }
    println!("{} of {} provisos", broken.len(), CATALOGUE.provisos.len());
    assert!(broken.len() * 2 > CATALOGUE.provisos.len());
}

/// Answers to a question that a proviso may not be borne out by.
fn contrary(question: &Question) -> Vec<Answer> {
    match question.kind {
        Kind::Checklist => vec![ticked(question, Tick::No), Answer::Unknown],
        Kind::Choice => {
            let options = question.options.iter();
            let value = |id: &String| Answer::Value(Value::Text(id.clone()));
            let mut answers: Vec<Answer> = options.map(|option| value(&option.id)).collect();
            answers.push(Answer::Unknown);
            answers
        }
        _ => Vec::new(),
    }
}

/// Tells whether a dossier does not bear a proviso out, after looking for what it should not say.
fn breaks(dossier: &Dossier, proviso: &Proviso) -> bool {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let standing = processing::standing(&view);
    let recorded = standing.iter().filter(|s| s.is_recorded());
    let held: Vec<_> = recorded
        .filter(|s| s.unborne.iter().any(|p| std::ptr::eq(*p, proviso)))
        .collect();
    if held.is_empty() {
        return false;
    }
    let rows = record(&view).activities;
    let texts = render(&view);
    for activity in held {
        let title = activity.title();
        let row = rows.iter().find(|row| row.title == title).unwrap();
        for part in &proviso.parts {
            let told = match part {
                Part::Data => &row.data,
                Part::Recipients => &row.recipients,
                Part::Retention => &row.retention,
                Part::Archive => &row.archive,
                Part::Security => &row.security,
                _ => panic!("{part:?} is not looked at"),
            };
            assert!(told.contains("[à compléter"), "{title}: {part:?} {told}");
        }
        if proviso.basis {
            assert!(
                row.ground.contains("[à compléter"),
                "{title}: {}",
                row.ground
            );
        }
        let kept_back = proviso
            .parts
            .iter()
            .map(|part| activity.meant(*part).line());
        for words in kept_back {
            let words = french(&words);
            for text in &texts {
                let body = section(&text.markdown, &title).unwrap_or_default();
                assert!(
                    !body.contains(&words),
                    "{}, {title}: « {words} », not borne out by {:?}",
                    text.id,
                    proviso.question
                );
            }
        }
    }
    true
}

#[test]
fn every_point_on_a_duration_keeps_back_what_is_not_kept() {
    let mut cited = BTreeSet::new();
    for proviso in &CATALOGUE.provisos {
        if let Some(when) = &proviso.when {
            items(when, &mut cited);
        }
    }
    for question in &CATALOGUE.questions {
        for item in &question.items {
            let rules = item.obligations.iter();
            let is_duration = |rule: &&String| {
                let words = ["duree", "conservation", "archiv", "dix-ans", "120-euros"];
                words.iter().any(|word| rule.contains(word))
            };
            let key = (question.id.clone(), item.id.clone());
            let name = format!("{}.{}", key.0, key.1);
            let is_due = rules
                .filter(is_duration)
                .any(|rule| !rule.starts_with("info-"));
            if is_due && !OTHER_DURATIONS.contains(&name.as_str()) {
                assert!(cited.contains(&key), "{name}: no proviso on what it says");
            }
        }
    }
}

/// Items of checklists a condition cites, through named conditions too.
pub fn items(condition: &Condition, found: &mut BTreeSet<(String, String)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                items(part, found);
            }
        }
        Condition::Not(part) => items(part, found),
        Condition::Is {
            question,
            item: Some(item),
            ..
        } => drop(found.insert((question.clone(), item.clone()))),
        Condition::Fact(id) => items(&CATALOGUE.fact(id).unwrap().when, found),
        _ => {}
    }
}

/// Rules on how long things are kept that a point may carry without a duration of the record.
const OTHER_DURATIONS: [&str; 5] = [
    // The choice on trackers, and points of a programme, are no data of the record.
    "cookies.bandeau-detail.six-mois",
    "fidelisation.programme.points",
    // Who opens an archive, and which papers are kept aside: no duration either.
    "reseaux.messageries.pieces",
    "ecommerce.cartes.aucun-numero",
    "socle.information.candidats",
];

#[test]
fn every_activity_may_reach_the_providers_the_business_names() {
    for activity in &CATALOGUE.processing_activities {
        let from = &activity.recipients_from;
        assert!(
            from.iter().any(|id| id == "socle.prestataires"),
            "{}",
            activity.id
        );
        let recipients = activity.recipients.join(" ");
        assert!(
            !recipients.contains("seul"),
            "{}: {recipients}",
            activity.id
        );
    }
}
