//! Properties of the score and of the plan, over random catalogues and random answers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::fmt::Write as _;

use aplomb::content;
use aplomb::content::source::Sources;
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::assessment::{Assessment, LOSS_UNITS, Level, Status, assess};
use aplomb::domain::catalogue::{Catalogue, Severity};
use aplomb::domain::dossier::{Change, Dossier, Tracking};
use aplomb::domain::plan::{Group, PlannedAction, plan};
use aplomb::domain::view::View;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2026, 8, 11);

/// A question of a random catalogue.
#[derive(Debug, Clone)]
struct Spec {
    severity: usize,
    /// Conformities of the middle options, in thousandths.
    middle: Vec<u16>,
    /// Number of items; 0 makes a choice.
    items: usize,
    /// Earlier question it depends on, if any.
    gate: Option<usize>,
}

fn spec() -> impl Strategy<Value = Spec> {
    (
        0..4usize,
        prop::collection::vec(1..1000u16, 0..3),
        0..4usize,
        prop::option::of(0..30usize),
    )
        .prop_map(|(severity, middle, items, gate)| Spec {
            severity,
            middle,
            items,
            gate,
        })
}

const SEVERITIES: [&str; 4] = ["critical", "obligation", "recommendation", "good-practice"];

fn catalogue(specs: &[Spec]) -> Catalogue {
    let mut text = String::from(
        r#"
        [catalogue]
        version = "test"
        [questionnaire]
        id = "t"
        title = "T"
        summary = "S"
        order = 1
        [[reference]]
        id = "r"
        title = "R"
        force = "law"
        checked_on = 2026-01-01
        review_by = 2027-01-01
        [[obligation]]
        id = "o"
        title = "O"
        severity = "critical"
        force = "law"
        references = ["r"]
        "#,
    );
    for (at, spec) in specs.iter().enumerate() {
        action(&mut text, at);
        question(&mut text, at, spec, specs);
    }
    let sources = Sources::from_texts([("questionnaires/t.toml".to_owned(), text)]);
    content::from_sources(sources)
        .expect("a well-formed catalogue")
        .catalogue
}

fn action(text: &mut String, at: usize) {
    let effort = ["XS", "S", "M", "L", "XL"][at % 5];
    let after = if at % 3 == 2 {
        format!("after = [\"a{}\"]", at - 1)
    } else {
        String::new()
    };
    write!(
        text,
        r#"
        [[action]]
        id = "a{at}"
        title = "A"
        stop = {}
        effort = "{effort}"
        owner = "dirigeant"
        first_step = "F"
        steps = ["S"]
        proof = "P"
        due_days = 10
        obligations = ["o"]
        {after}
        "#,
        at.is_multiple_of(7)
    )
    .unwrap();
}

fn question(text: &mut String, at: usize, spec: &Spec, specs: &[Spec]) {
    let severity = SEVERITIES[spec.severity];
    let choice = spec.items == 0;
    let severity_line = if choice {
        format!("severity = \"{severity}\"")
    } else {
        String::new()
    };
    let gate = spec
        .gate
        .map(|gate| gate % specs.len())
        .filter(|gate| *gate < at);
    let gate = gate
        .filter(|gate| specs[*gate].items == 0)
        .map_or(String::new(), |gate| {
            format!("when = {{ is = {{ question = \"t.q{gate}\", value = \"oui\" }} }}")
        });
    write!(
        text,
        r#"
        [[question]]
        id = "t.q{at}"
        kind = "{}"
        text = "Q"
        why = "W"
        help = "H"
        example = "E"
        tip = "T"
        depth = "full"
        ask = "A"
        ask_words = "B"
        obligations = ["o"]
        {severity_line}
        {gate}
        "#,
        if choice { "choice" } else { "checklist" }
    )
    .unwrap();
    if choice {
        text.push_str("options = [{ id = \"oui\", label = \"Oui\", conformity = 1 },");
        for (rank, middle) in spec.middle.iter().enumerate() {
            write!(
                text,
                "{{ id = \"m{rank}\", label = \"M{rank}\", conformity = 0.{middle:03}, actions = [\"a{at}\"] }},"
            )
            .unwrap();
        }
        writeln!(
            text,
            "{{ id = \"non\", label = \"Non\", conformity = 0, actions = [\"a{at}\", \"a{}\"] }}]",
            at / 2
        )
        .unwrap();
    }
    for item in 0..spec.items {
        let expected = if item % 2 == 0 { "yes" } else { "no" };
        write!(
            text,
            r#"
            [[question.items]]
            id = "i{item}"
            text = "I"
            severity = "{}"
            expected = "{expected}"
            obligations = ["o"]
            actions = ["a{at}"]
            "#,
            SEVERITIES[(spec.severity + item) % 4]
        )
        .unwrap();
    }
}

/// Turns random numbers into answers; 0 leaves the question alone.
fn answered(catalogue: &Catalogue, choices: &[u8]) -> Dossier {
    let mut dossier = Dossier::new("Essai", DAY);
    for (question, choice) in catalogue.questions.iter().zip(choices) {
        if let Some(answer) = answer(catalogue, &question.id, *choice) {
            dossier.answers.insert(question.id.clone(), answer);
        }
    }
    dossier
}

fn answer(catalogue: &Catalogue, id: &str, choice: u8) -> Option<Answer> {
    let question = catalogue.question(id).unwrap();
    match choice % 8 {
        0 | 1 => None,
        2 => Some(Answer::Unknown),
        3 => Some(Answer::NotApplicable {
            reason: "sans rapport".into(),
        }),
        _ if question.items.is_empty() => {
            let options = &question.options;
            let option = &options[usize::from(choice / 8) % options.len()];
            Some(Answer::Value(Value::Text(option.id.clone())))
        }
        _ => Some(Answer::Value(Value::Ticks(
            question
                .items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| {
                    let tick = [Some(Tick::Yes), Some(Tick::No), Some(Tick::Unknown), None]
                        [(usize::from(choice / 8) + at) % 4]?;
                    Some((item.id.clone(), tick))
                })
                .collect(),
        ))),
    }
}

fn bounds(assessment: &Assessment<'_>) -> Result<(), TestCaseError> {
    let themes = assessment.themes.iter().map(|theme| &theme.score);
    for score in std::iter::once(&assessment.score).chain(themes) {
        let (low, high) = score.interval;
        prop_assert!(low <= high && high <= 100);
        prop_assert!(score.score.is_none_or(|score| low <= score && score <= 100));
        prop_assert!((0.0..=1.0).contains(&score.coverage()));
        prop_assert!(score.answered <= score.applicable);
        if score.answered == score.applicable {
            prop_assert_eq!(score.score.unwrap_or(low), low);
        }
        prop_assert_eq!(
            score.cap_reason.is_some(),
            score.level != score.level_before_cap
        );
    }
    Ok(())
}

/// The definition of DESIGN, written again in the plainest way.
fn plain_score(assessment: &Assessment<'_>) -> Option<u32> {
    let answered: Vec<_> = assessment
        .findings
        .iter()
        .filter_map(|f| f.conformity.map(|c| (f.weight(), c)))
        .collect();
    let weight: u64 = answered.iter().map(|(g, _)| g).sum();
    let reached: u64 = answered.iter().map(|(g, c)| g * u64::from(*c)).sum();
    (weight > 0).then(|| u32::try_from(100 * reached / (1000 * weight)).unwrap())
}

/// The part of the plan an action stands in when nothing has to wait for it.
fn own_group(action: &PlannedAction<'_>, unmet: bool) -> Group {
    match action.severity {
        _ if action.stop => Group::Stop,
        _ if unmet => Group::Urgent,
        Severity::Critical | Severity::Obligation => Group::Obligation,
        Severity::Recommendation | Severity::GoodPractice => Group::Further,
    }
}

fn inputs() -> impl Strategy<Value = (Vec<Spec>, Vec<u8>)> {
    prop::collection::vec(spec(), 1..24).prop_flat_map(|specs| {
        let count = specs.len();
        (Just(specs), prop::collection::vec(any::<u8>(), count))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn scores_stay_in_bounds_and_follow_the_formula((specs, choices) in inputs()) {
        let catalogue = catalogue(&specs);
        let dossier = answered(&catalogue, &choices);
        let view = View::new(&catalogue, &dossier, DAY);
        let assessment = assess(&view);
        bounds(&assessment)?;
        prop_assert_eq!(assessment.score.score, plain_score(&assessment));
    }

    #[test]
    fn losses_and_rounding_add_up_to_what_is_missing((specs, choices) in inputs()) {
        let catalogue = catalogue(&specs);
        let dossier = answered(&catalogue, &choices);
        let view = View::new(&catalogue, &dossier, DAY);
        let assessment = assess(&view);
        if let Some(score) = assessment.score.score {
            let losses: u64 = assessment.findings.iter().map(|f| f.loss.0).sum();
            prop_assert_eq!(losses + assessment.rounding.0, u64::from(100 - score) * LOSS_UNITS);
            // The rounding is less than a point: nothing hides in it.
            prop_assert!(assessment.rounding.0 < LOSS_UNITS);
            let weight: u64 = assessment.score.weights.0;
            for finding in &assessment.findings {
                let exact = finding.conformity.map_or(0.0, |c| {
                    100.0 * finding.weight() as f64 * (1.0 - f64::from(c) / 1000.0) / weight as f64
                });
                prop_assert!((finding.loss.to_f64() - exact).abs() <= 1.0 / LOSS_UNITS as f64);
            }
        }
    }

    #[test]
    fn answering_never_widens_the_interval((specs, choices) in inputs(), at in any::<prop::sample::Index>(), choice in any::<u8>()) {
        let catalogue = catalogue(&specs);
        let mut dossier = answered(&catalogue, &choices);
        let question = &catalogue.questions[at.index(catalogue.questions.len())];
        dossier.answers.remove(&question.id);
        let before = assess(&View::new(&catalogue, &dossier, DAY)).score.interval;
        // « Sans objet » takes the item out of the scope: another rule, tested below.
        let answer = answer(&catalogue, &question.id, choice);
        if let Some(answer) = answer.filter(|a| !matches!(a, Answer::NotApplicable { .. })) {
            dossier.answers.insert(question.id.clone(), answer);
        }
        let after = assess(&View::new(&catalogue, &dossier, DAY)).score.interval;
        prop_assert!(before.0 <= after.0 && after.1 <= before.1, "{:?} then {:?}", before, after);
    }

    #[test]
    fn fixing_never_lowers_the_score((specs, choices) in inputs()) {
        // Without gates: a fix that opens new questions brings new obligations with it.
        let specs: Vec<Spec> = specs.into_iter().map(|spec| Spec { gate: None, ..spec }).collect();
        let catalogue = catalogue(&specs);
        let dossier = answered(&catalogue, &choices);
        let view = View::new(&catalogue, &dossier, DAY);
        let before = assess(&view);
        for finding in before.findings.iter().filter(|f| f.conformity.is_some()) {
            let mut fixed = dossier.clone();
            let answer = match finding.item {
                None => Answer::Value(Value::Text("oui".into())),
                Some(item) => {
                    let mut ticks = match dossier.answer(&finding.question.id) {
                        Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
                        _ => continue,
                    };
                    let expected = finding.question.items.iter().find(|i| i.id == item).unwrap().expected;
                    ticks.insert(item.to_owned(), if expected { Tick::Yes } else { Tick::No });
                    Answer::Value(Value::Ticks(ticks))
                }
            };
            fixed.answers.insert(finding.question.id.clone(), answer);
            let after = assess(&View::new(&catalogue, &fixed, DAY));
            prop_assert!(after.score.score >= before.score.score);
            prop_assert!(after.score.interval.0 >= before.score.interval.0);
        }
    }

    #[test]
    fn not_applicable_is_neutral((specs, choices) in inputs(), at in any::<prop::sample::Index>()) {
        let specs: Vec<Spec> = specs.into_iter().map(|spec| Spec { gate: None, ..spec }).collect();
        let whole = catalogue(&specs);
        let at = at.index(specs.len());
        let mut dossier = answered(&whole, &choices);
        let id = whole.questions[at].id.clone();
        dossier.answers.insert(id.clone(), Answer::NotApplicable { reason: "non".into() });
        let with = assess(&View::new(&whole, &dossier, DAY)).score;
        // The same dossier under a catalogue in which the question was never in force.
        let mut without = whole.clone();
        without.questions[at].validity.valid_until = Some(date(2000, 1, 1));
        let without = without.indexed();
        prop_assert_eq!(with, assess(&View::new(&without, &dossier, DAY)).score);
    }

    #[test]
    fn the_order_of_answers_does_not_matter((specs, choices) in inputs(), order in any::<u64>()) {
        let catalogue = catalogue(&specs);
        let straight = answered(&catalogue, &choices);
        let mut entries: Vec<_> = straight.answers.clone().into_iter().collect();
        entries.sort_by_key(|(id, _)| id.bytes().fold(order, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b))));
        let mut shuffled = Dossier::new("Essai", DAY);
        for (question, answer) in entries {
            shuffled.apply(DAY.at(8, 0, 0, 0), Change::Answer { question, answer: Some(answer) });
        }
        let a = assess(&View::new(&catalogue, &straight, DAY));
        let b = assess(&View::new(&catalogue, &shuffled, DAY));
        prop_assert_eq!(a.score, b.score);
    }

    #[test]
    fn unmet_criticals_cap_the_letter_and_never_the_number((specs, choices) in inputs()) {
        let catalogue = catalogue(&specs);
        let dossier = answered(&catalogue, &choices);
        let assessment = assess(&View::new(&catalogue, &dossier, DAY));
        let unmet = assessment.findings.iter()
            .filter(|f| f.severity == Severity::Critical && f.status == Status::Unmet).count();
        if let Some(level) = assessment.score.level {
            let best = match unmet { 0 => Level::A, 1 => Level::C, _ => Level::D };
            prop_assert!(level >= best);
            prop_assert_eq!(level, assessment.score.level_before_cap.unwrap().max(best));
            prop_assert!(assessment.score.applicable >= 8);
        } else {
            prop_assert!(assessment.score.applicable < 8 || assessment.score.answered == 0);
        }
    }

    #[test]
    fn the_plan_closes_every_gap_in_a_lawful_order((specs, choices) in inputs()) {
        let catalogue = catalogue(&specs);
        let dossier = answered(&catalogue, &choices);
        let view = View::new(&catalogue, &dossier, DAY);
        let assessment = assess(&view);
        let plan = plan(&view, &assessment);
        for finding in &assessment.findings {
            let closed = plan.actions.iter().any(|a| a.closes.contains(&finding.id()));
            let open = finding.is_gap() || finding.status == Status::Unknown;
            prop_assert_eq!(closed, open, "{}", finding.id());
        }
        for action in &plan.actions {
            let unmet = assessment.findings.iter().any(|f| f.severity == Severity::Critical
                && f.status == Status::Unmet && action.closes.contains(&f.id()));
            let own = own_group(action, unmet);
            let needed = plan.actions.iter().any(|a| a.after.contains(&action.id.as_str()));
            prop_assert!(action.group == own || (needed && action.group < own));
        }
        prop_assert!(plan.actions.is_sorted_by_key(|action| action.group));
        for (at, action) in plan.actions.iter().enumerate() {
            for before in &action.after {
                let other = plan.actions.iter().position(|a| a.id == *before);
                prop_assert!(other.is_none_or(|other| other < at));
            }
        }
        // Without dependencies, ranks and priorities alone decide.
        let free: Vec<_> = plan.actions.iter().filter(|a| a.after.is_empty() && !plan.actions.iter().any(|b| b.after.contains(&a.id.as_str()))).collect();
        for pair in free.windows(2) {
            let key = |a: &PlannedAction<'_>| (a.group, u64::MAX - a.priority, a.id.clone());
            prop_assert!(key(pair[0]) <= key(pair[1]));
        }
    }

    #[test]
    fn planning_changes_the_projection_and_never_the_score((specs, choices) in inputs(), at in 0..24usize) {
        let catalogue = catalogue(&specs);
        let mut dossier = answered(&catalogue, &choices);
        let before = assess(&View::new(&catalogue, &dossier, DAY)).score;
        let tracking = Tracking { status: aplomb::domain::dossier::Status::Doing, ..Tracking::default() };
        dossier.actions.insert(format!("a{at}"), tracking);
        let after = assess(&View::new(&catalogue, &dossier, DAY));
        prop_assert!(after.projected >= after.score.score);
        prop_assert_eq!(before, after.score);
    }

    #[test]
    fn changes_are_undone_exactly((specs, choices) in inputs(), again in prop::collection::vec(any::<u8>(), 24)) {
        let catalogue = catalogue(&specs);
        let start = answered(&catalogue, &choices);
        let mut dossier = start.clone();
        let mut undo = Vec::new();
        for (question, choice) in catalogue.questions.iter().zip(&again) {
            let change = Change::Answer {
                question: question.id.clone(),
                answer: answer(&catalogue, &question.id, *choice),
            };
            undo.push(dossier.perform(change));
        }
        for change in undo.into_iter().rev() {
            dossier.perform(change);
        }
        prop_assert_eq!(start, dossier);
    }
}
