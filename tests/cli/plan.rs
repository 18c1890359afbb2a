//! `plan`: the actions, in words, as JSON, as a calendar and as a spreadsheet.

use std::fs;

use crate::support::Aplomb;
use crate::{EI, has_keys};

#[test]
fn the_plan_in_words_tells_each_gain_once() {
    let run = Aplomb::new().run([
        "plan",
        concat!(env!("CARGO_MANIFEST_DIR"), "/examples/boulangerie-martin"),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let gains: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains("avant le"))
        .map(str::trim_start)
        .collect();
    assert!(gains.len() > 20, "{}", run.stdout);
    for gain in &gains {
        let points = gain
            .strip_prefix('+')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        assert!(points || gain.starts_with("selon la réponse"), "{gain}");
    }
    assert!(gains.iter().any(|gain| gain.starts_with("selon")));
}

#[test]
fn the_plan_gives_the_keys_of_the_contract() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let questions = aplomb.json(["questions", "plomberie-durand", "--json"]);
    // Answer « don't know » to every applicable scored question.
    let pairs: Vec<String> = questions["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["applicable"] == true && !row["severity"].is_null())
        .map(|row| format!("{}=?", row["id"].as_str().unwrap()))
        .collect();
    let mut args = vec!["repondre".to_owned(), "plomberie-durand".to_owned()];
    args.extend(pairs.clone());
    assert_eq!(aplomb.run(&args).code, 0);
    let plan = aplomb.json(["plan", "plomberie-durand", "--format", "json"]);
    let actions = plan["actions"].as_array().unwrap();
    assert!(actions.len() >= pairs.len());
    for action in actions {
        has_keys(
            action,
            &[
                "id",
                "title",
                "severity",
                "effort",
                "priority",
                "gain",
                "owner",
                "due",
                "status",
                "first_step",
                "steps",
                "documents",
                "proof",
                "closes",
            ],
        );
        assert!(
            action["title"]
                .as_str()
                .unwrap()
                .starts_with("Vérifier auprès de ")
        );
    }
    let bilan = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    assert_eq!(bilan["score"], 0);
}

#[test]
fn a_plan_comes_as_a_calendar_and_as_a_spreadsheet() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let run = aplomb.run(["plan", "plomberie-durand", "--format", "ics"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("BEGIN:VCALENDAR\r\n"));
    assert!(run.stdout.ends_with("END:VCALENDAR\r\n"));
    let run = aplomb.run(["plan", "plomberie-durand", "--format", "xlsx"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let again = |name| {
        let run = aplomb.run([
            "plan",
            "plomberie-durand",
            "--date",
            "2026-11-02",
            "--format",
            "xlsx",
            "-o",
            name,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(aplomb.path(name)).unwrap()
    };
    let bytes = again("plan.xlsx");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, again("plan2.xlsx"));
}
