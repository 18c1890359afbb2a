//! An example as the commands tell it: its assessment, its plan, its documents, its texts.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::examples;
use crate::support::Aplomb;

/// The day the examples were filled in, as the commands read it.
pub const DAY: &str = "2026-11-23";

/// A copy of an example in a folder of its own, seen on a day.
pub struct Example {
    pub aplomb: Aplomb,
    pub dossier: PathBuf,
    day: &'static str,
}

impl Example {
    pub fn open(slug: &str) -> Self {
        Self::open_on(slug, DAY)
    }

    pub fn open_on(slug: &str, day: &'static str) -> Self {
        let aplomb = Aplomb::new();
        let place = format!("classeur/{slug}/dossier.toml");
        let file = aplomb.write(&place, examples::file(slug));
        Self {
            aplomb,
            dossier: file.parent().unwrap().to_owned(),
            day,
        }
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let (command, rest) = args.split_first().unwrap();
        let dossier = self.dossier.to_str().unwrap();
        let mut all = vec![*command, dossier, "--json", "--date", self.day];
        all.extend(rest);
        self.aplomb.json(all)
    }

    pub fn assessment(&self) -> Assessment {
        Assessment(self.json(&["bilan"]))
    }

    pub fn actions(&self) -> Vec<Value> {
        self.json(&["plan"])["actions"].as_array().unwrap().clone()
    }

    /// Ids of the actions, in the order of the plan.
    pub fn plan(&self) -> Vec<String> {
        self.actions()
            .iter()
            .map(|action| action["id"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn documents(&self) -> Documents {
        Documents(self.json(&["documents", "--liste"]))
    }

    /// A text as its reader sees it, with plain spaces and apostrophes.
    pub fn text(&self, document: &str) -> String {
        let out = self.aplomb.path("textes");
        let run = self.aplomb.run([
            "documents",
            self.dossier.to_str().unwrap(),
            "--seulement",
            document,
            "--date",
            self.day,
            "-o",
            out.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read_to_string(out.join(format!("{document}.md")))
            .unwrap()
            .replace(['\u{a0}', '\u{202f}'], " ")
            .replace('\u{2019}', "'")
    }
}

pub struct Assessment(pub Value);

impl Assessment {
    pub fn findings(&self) -> &[Value] {
        self.0["findings"].as_array().unwrap()
    }

    /// Status of a question, or of an item written « question/item »; none when it is not asked.
    pub fn status(&self, place: &str) -> Option<&str> {
        let (question, item) = parted(place);
        self.findings()
            .iter()
            .find(|f| f["question"] == question && f["item"].as_str() == item)
            .map(|f| f["status"].as_str().unwrap())
    }

    pub fn theme(&self, id: &str) -> Option<&Value> {
        self.0["themes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|theme| theme["id"] == id)
    }

    pub fn score(&self, theme: &str) -> u64 {
        self.theme(theme).unwrap()["score"].as_u64().unwrap()
    }

    #[track_caller]
    pub fn are(&self, status: &str, severity: &str, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), Some(status), "{place}");
            let (question, item) = parted(place);
            let mut rows = self.findings().iter();
            let row = rows.find(|f| f["question"] == question && f["item"].as_str() == item);
            assert_eq!(row.unwrap()["severity"], severity, "{place}");
        }
    }

    #[track_caller]
    pub fn has_critical_gaps(&self, places: &[&str]) {
        self.are("unmet", "critical", places);
    }

    #[track_caller]
    pub fn has_gaps(&self, places: &[&str]) {
        self.are("unmet", "obligation", places);
    }

    #[track_caller]
    pub fn recognises(&self, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), Some("met"), "{place}");
        }
    }

    #[track_caller]
    pub fn does_not_ask(&self, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), None, "{place}");
        }
    }

    #[track_caller]
    pub fn leaves_out(&self, themes: &[&str]) {
        for theme in themes {
            assert!(self.theme(theme).is_none(), "{theme}");
            assert!(!self.findings().iter().any(|f| {
                f["question"]
                    .as_str()
                    .unwrap()
                    .starts_with(&format!("{theme}."))
            }));
        }
    }

    #[track_caller]
    pub fn covers(&self, themes: &[&str]) {
        for theme in themes {
            assert!(self.theme(theme).is_some(), "{theme}");
        }
    }
}

fn parted(place: &str) -> (&str, Option<&str>) {
    place
        .split_once('/')
        .map_or((place, None), |(question, item)| (question, Some(item)))
}

pub struct Documents(pub Value);

impl Documents {
    pub fn get(&self, id: &str) -> &Value {
        let mut rows = self.0["documents"].as_array().unwrap().iter();
        rows.find(|row| row["id"] == id)
            .unwrap_or_else(|| panic!("{id}"))
    }

    pub fn blanks(&self, id: &str) -> Vec<&str> {
        let blanks = self.get(id)["blanks"].as_array().unwrap();
        blanks
            .iter()
            .map(|blank| blank["field"].as_str().unwrap())
            .collect()
    }

    #[track_caller]
    pub fn need(&self, ids: &[&str]) {
        for id in ids {
            assert_eq!(self.get(id)["needed"], true, "{id}");
        }
    }

    #[track_caller]
    pub fn do_not_need(&self, ids: &[&str]) {
        for id in ids {
            assert_eq!(self.get(id)["needed"], false, "{id}");
            assert!(!self.get(id)["why"].as_str().unwrap().is_empty(), "{id}");
        }
    }
}

#[track_caller]
pub fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "« {word} » is missing of:\n{text}");
    }
}

#[track_caller]
pub fn never_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "« {word} » is in:\n{text}");
    }
}
