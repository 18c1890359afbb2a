//! What holds for each example.

use std::fs;

use serde_json::Value;

use crate::common::{DAY, Example};
use crate::examples;
use crate::support::contents;

#[test]
fn every_example_suits_the_questions() {
    for (slug, _) in examples::FILES {
        let example = Example::open(slug);
        let checked = example
            .aplomb
            .run(["verifier", example.dossier.to_str().unwrap()]);
        assert_eq!(checked.code, 0, "{slug}: {}", checked.stdout);
        assert!(
            checked.stdout.contains("0 erreur, 0 avertissement"),
            "{slug}: {}",
            checked.stdout
        );
    }
}

#[test]
fn no_example_leaves_a_question_open_or_answers_one_that_is_hidden() {
    for (slug, _) in examples::FILES {
        let questions = Example::open(slug).json(&["questions"]);
        for row in questions["questions"].as_array().unwrap() {
            let (id, answer) = (&row["id"], &row["answer"]);
            if row["applicable"] == false {
                assert!(answer.is_null(), "{slug}: {id} is answered and ignored");
                continue;
            }
            assert_eq!(row["applicable"], true, "{slug}: {id} is not decided");
            let items = row["items"].as_array().unwrap();
            assert!(!answer.is_null(), "{slug}: {id} is open");
            assert_ne!(answer["status"], "later", "{slug}: {id} is put off");
            for item in items.iter().filter(|i| i["applicable"] == true) {
                assert!(
                    !item["answer"].is_null(),
                    "{slug}: {id}/{} is open",
                    item["id"]
                );
            }
        }
    }
}

#[test]
fn every_example_is_fully_assessed_without_contradiction() {
    for (slug, _) in examples::FILES {
        let assessment = Example::open(slug).assessment();
        assert_eq!(assessment.0["coverage"], 1.0, "{slug}");
        assert_eq!(assessment.0["provisional"], false, "{slug}");
        assert_eq!(
            assessment.0["contradictions"].as_array().unwrap().len(),
            0,
            "{slug}"
        );
        for theme in assessment.0["themes"].as_array().unwrap() {
            assert_eq!(
                theme["answered"], theme["applicable"],
                "{slug}: {}",
                theme["id"]
            );
        }
    }
}

#[test]
fn every_gap_of_an_example_has_its_action() {
    for (slug, _) in examples::FILES {
        let example = Example::open(slug);
        let actions = example.actions();
        let closed: Vec<&Value> = actions
            .iter()
            .flat_map(|action| action["closes"].as_array().unwrap())
            .collect();
        for finding in example.assessment().findings() {
            if finding["status"] == "met" {
                continue;
            }
            let question = finding["question"].as_str().unwrap();
            let place = finding["item"]
                .as_str()
                .map_or_else(|| question.to_owned(), |item| format!("{question}/{item}"));
            assert!(
                closed.iter().any(|c| **c == place),
                "{slug}: nothing closes {place}"
            );
        }
        // Stopping comes first, and nothing is left to do before starting.
        let stops: Vec<bool> = actions
            .iter()
            .map(|action| action["stop"] == true)
            .collect();
        assert!(stops.is_sorted_by(|a, b| a >= b), "{slug}: {stops:?}");
        for action in &actions {
            assert!(
                !action["first_step"].as_str().unwrap().is_empty(),
                "{slug}: {action}"
            );
        }
    }
}

#[test]
fn every_text_of_an_example_is_written_in_every_format() {
    for (slug, _) in examples::FILES {
        let example = Example::open(slug);
        let out = example.aplomb.path("textes");
        let run = example.aplomb.run([
            "documents",
            example.dossier.to_str().unwrap(),
            "--format",
            "markdown,html,texte",
            "--date",
            DAY,
            "-o",
            out.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{slug}: {}", run.stderr);
        let files = contents(&out);
        for row in example.documents().0["documents"].as_array().unwrap() {
            if row["needed"] != true {
                continue;
            }
            let id = row["id"].as_str().unwrap();
            for end in ["md", "html", "txt"] {
                let name = format!("{id}.{end}");
                let file = files.iter().find(|(path, _)| path.ends_with(&name));
                let (_, bytes) = file.unwrap_or_else(|| panic!("{slug}: {name}"));
                let text = str::from_utf8(bytes).unwrap();
                assert!(!text.trim().is_empty(), "{slug}: {name}");
                assert!(
                    !text.contains("{{") && !text.contains("{%"),
                    "{slug}: {name}"
                );
            }
        }
    }
}

#[test]
fn reading_an_example_does_not_change_it() {
    for (slug, _) in examples::FILES {
        let example = Example::open(slug);
        let before = fs::read(example.dossier.join("dossier.toml")).unwrap();
        example.assessment();
        example.actions();
        example.documents();
        assert_eq!(
            before,
            fs::read(example.dossier.join("dossier.toml")).unwrap(),
            "{slug}"
        );
    }
}
