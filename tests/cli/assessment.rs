//! `bilan` and `comparer`: the score, what it rests on, and the law of the day.

use std::fs;

use serde_json::json;

use crate::support::Aplomb;
use crate::{EI, has_keys};

#[test]
fn an_assessment_gives_the_keys_of_the_contract_and_adds_up() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let json = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    has_keys(
        &json,
        &[
            "date",
            "score",
            "interval",
            "coverage",
            "level",
            "level_before_cap",
            "cap_reason",
            "provisional",
            "themes",
            "findings",
        ],
    );
    for theme in json["themes"].as_array().unwrap() {
        has_keys(
            theme,
            &[
                "id",
                "title",
                "score",
                "interval",
                "coverage",
                "level",
                "answered",
                "applicable",
            ],
        );
    }
    for finding in json["findings"].as_array().unwrap() {
        has_keys(
            finding,
            &[
                "question",
                "item",
                "obligations",
                "severity",
                "status",
                "loss",
                "references",
            ],
        );
    }
    assert_eq!(json["provisional"], true);
}

#[test]
fn a_gap_is_shown_with_the_answer_that_makes_it() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    aplomb.run(["repondre", "plomberie-durand", "socle.conservation=jamais"]);
    let json = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    let findings = json["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["question"] == "socle.conservation")
        .unwrap();
    let shown = format!(
        "{} {}",
        finding["text"].as_str().unwrap(),
        finding["answer"].as_str().unwrap()
    );
    let text = aplomb.run(["bilan", "plomberie-durand"]).stdout;
    assert!(text.contains(&shown), "{text}");
}

#[test]
fn the_law_of_the_day_is_applied() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let obligations = |date: &str| -> Vec<String> {
        let json = aplomb.json(["bilan", "plomberie-durand", "--json", "--date", date]);
        assert_eq!(json["date"], date);
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|finding| finding["obligations"].as_array().unwrap().clone())
            .map(|id| id.as_str().unwrap().to_owned())
            .collect()
    };
    let consent = "tel-b2c-consentement-prealable".to_owned();
    assert!(!obligations("2026-08-10").contains(&consent));
    assert!(obligations("2026-08-11").contains(&consent));
}

#[test]
fn required_levels_are_told_by_the_exit_code() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let run = aplomb.run(["bilan", "plomberie-durand", "--exiger", "B"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("Niveau B demandé"), "{}", run.stderr);
    assert_eq!(
        aplomb
            .run(["bilan", "plomberie-durand", "--exiger", "Z"])
            .code,
        2
    );
}

#[test]
fn two_days_are_compared() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let json = aplomb.json([
        "comparer",
        "plomberie-durand",
        "2026-08-10",
        "2026-08-11",
        "--json",
    ]);
    let law = json["law"].as_array().unwrap();
    let change = |id: &str| {
        law.iter()
            .find(|row| row["obligation"] == id)
            .map(|row| row["change"].clone())
    };
    assert_eq!(
        change("tel-b2c-consentement-prealable"),
        Some(json!("entered"))
    );
}

#[test]
fn a_report_comes_as_a_page_the_same_each_time() {
    let aplomb = Aplomb::new();
    aplomb.dossier("<script>alert(1)</script> {{ 1 }}", EI);
    let slug = fs::read_dir(aplomb.path("classeur"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .find(|name| !name.starts_with('.'))
        .unwrap();
    let write = |name: &str| {
        let run = aplomb.run(["bilan", &slug, "--date", "2026-11-02", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        aplomb.read(name)
    };
    let html = write("a.html");
    assert!(html.starts_with("<!doctype html>"));
    assert!(!html.contains("<script"));
    assert!(html.contains("{{ 1 }}"));
    assert_eq!(html, write("b.html"));
    assert!(write("a.md").starts_with("# Bilan — "));
    assert!(write("a.txt").contains("Le compte complet"));
    assert!(write("a.json").starts_with('{'));
}
