//! Every fault of a content file is told, all at once, with its place and what to do.
//!
//! `tests/catalogues/base` is a small sound catalogue; each file beside it adds its faults, and the
//! whole report is pinned. A new case is a new file: run with `INSTA_UPDATE=always` and read the
//! report before committing it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use aplomb::content;
use aplomb::content::source::Sources;
use aplomb::domain::catalogue::Action;

const FOLDER: &str = "tests/catalogues";

fn base() -> (String, String) {
    let text = fs::read_to_string(format!("{FOLDER}/base/base.toml")).unwrap();
    ("questionnaires/base.toml".to_owned(), text)
}

fn cases(folder: &str) -> Vec<std::path::PathBuf> {
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    cases.sort();
    cases
}

fn faults(case: &Path) -> content::diagnostic::Faults {
    let name = format!(
        "questionnaires/{}",
        case.file_name().unwrap().to_str().unwrap()
    );
    let sources = Sources::from_texts([base(), (name, fs::read_to_string(case).unwrap())]);
    *content::from_sources(sources).expect_err("each case holds a fault")
}

fn pin(name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("catalogues/reports");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn the_base_is_sound() {
    let content = content::from_sources(Sources::from_texts([base()])).unwrap();
    assert_eq!(content.catalogue.questions.len(), 3);
}

#[test]
fn every_fault_is_told_with_its_place() {
    for case in cases(FOLDER) {
        let faults = faults(&case);
        let name = case.file_stem().unwrap().to_str().unwrap().to_owned();
        let codes: BTreeSet<_> = faults.diagnostics.iter().map(|d| d.code).collect();
        assert!(codes.contains(name.as_str()), "{name}: {codes:?}");
        pin(&name, &faults.to_string());
    }
}

/// The lint, on content that loads: good order, economy, sources reviewed in time.
#[test]
fn every_disorder_is_told_with_its_place() {
    let mut told = BTreeSet::new();
    for case in cases(&format!("{FOLDER}/lint")) {
        let name = case.file_stem().unwrap().to_str().unwrap().to_owned();
        let file = (
            format!("questionnaires/{name}.toml"),
            fs::read_to_string(&case).unwrap(),
        );
        let content = content::from_sources(Sources::from_texts([base(), file])).unwrap();
        let faults = content.lint(jiff::civil::date(2026, 11, 23));
        let codes: BTreeSet<_> = faults
            .diagnostics
            .iter()
            .map(|d| d.code.to_owned())
            .collect();
        assert!(codes.contains(&name), "{name}: {codes:?}");
        // The base is not in perfect order itself: only what the case adds is pinned.
        let own: Vec<_> = faults
            .diagnostics
            .iter()
            .filter(|d| faults.sources.get(d.file).0 != "questionnaires/base.toml")
            .collect();
        let report: String = own
            .iter()
            .map(|d| format!("{}\n\n", d.render(&faults.sources)))
            .collect();
        pin(&format!("lint-{name}"), &report);
        told.extend(codes);
    }
    told.extend(too_many_questions());
    for code in codes_of(&fs::read_to_string("src/content/lint.rs").unwrap()) {
        assert!(
            told.contains(&code),
            "no case triggers « {code} » of lint.rs"
        );
    }
}

/// More questions than anyone would answer.
fn too_many_questions() -> BTreeSet<String> {
    let questions: String = (0..200)
        .map(|at| {
            format!(
                "[[question]]\nid = \"base.q{at}\"\nkind = \"text\"\ntext = \"T\"\nwhy = \"W\"\n\
                 help = \"H\"\nexample = \"E\"\ntip = \"C\"\ndepth = \"essential\"\n"
            )
        })
        .collect();
    let file = ("questionnaires/trop.toml".to_owned(), questions);
    let content = content::from_sources(Sources::from_texts([base(), file])).unwrap();
    let faults = content.lint(jiff::civil::date(2026, 11, 23));
    faults
        .diagnostics
        .iter()
        .map(|d| d.code.to_owned())
        .collect()
}

/// Codes of the lint: the third argument of a fault, a lone word in kebab case.
fn codes_of(lint: &str) -> BTreeSet<String> {
    let line = |line: &str| -> Option<String> {
        let word = line.trim().strip_prefix('"')?.strip_suffix("\",")?;
        let is_code = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        is_code.then(|| word.to_owned())
    };
    lint.lines().filter_map(line).collect()
}

/// A diagnostic nobody can trigger is a diagnostic nobody has read.
#[test]
fn every_diagnostic_has_a_case() {
    let known: BTreeSet<String> = cases(FOLDER)
        .iter()
        .flat_map(|case| faults(case).diagnostics)
        .map(|d| d.code.to_owned())
        .collect();
    for file in [
        "conditions",
        "questions",
        "law",
        "activities",
        "documents",
        "reader",
        "resolve",
        "reach",
    ] {
        let source = fs::read_to_string(format!("src/content/loading/{file}.rs")).unwrap();
        for code in codes(&source) {
            assert!(
                known.contains(&code),
                "no case triggers « {code} » of {file}.rs"
            );
        }
    }
    let source = fs::read_to_string("src/content/loading.rs").unwrap();
    for code in codes(&source) {
        assert!(
            known.contains(&code),
            "no case triggers « {code} » of content.rs"
        );
    }
}

/// First string argument of each call to `error(`.
fn codes(source: &str) -> BTreeSet<String> {
    source
        .match_indices("error(")
        .filter_map(|(at, call)| {
            let rest = source[at + call.len()..].trim_start();
            let rest = rest.strip_prefix("sink,").unwrap_or(rest).trim_start();
            let rest = rest.strip_prefix('"')?;
            let code = &rest[..rest.find('"')?];
            code.bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-')
                .then(|| code.to_owned())
        })
        .collect()
}

/// Deleting, renaming or doubling an id of the shipped content never goes unnoticed.
#[test]
fn damage_to_the_shipped_content_is_noticed() {
    let sources = content::author(None)
        .expect("the shipped content is sound")
        .sources;
    let files: Vec<(String, String)> = (0..sources.len())
        .map(|at| {
            let (path, text) = sources.get(at);
            (path.to_owned(), text.to_owned())
        })
        .collect();
    let sound = content::from_sources(sources)
        .expect("the shipped content is sound")
        .catalogue;
    let cited: Vec<&str> = sound
        .questions
        .iter()
        .flat_map(|q| {
            q.options
                .iter()
                .flat_map(|o| &o.actions)
                .chain(q.items.iter().flat_map(|i| &i.actions))
        })
        .map(String::as_str)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .step_by(17)
        .collect();
    for id in cited {
        let definition = format!("id = \"{id}\"");
        let damaged = files.iter().map(|(path, text)| {
            (
                path.clone(),
                text.replace(&definition, &format!("id = \"{id}-autre\"")),
            )
        });
        let faults = content::from_sources(Sources::from_texts(damaged)).expect_err(id);
        assert!(
            faults.diagnostics.iter().any(|d| d.message.contains(id)),
            "{id}"
        );
    }
}

#[test]
fn each_text_that_names_a_menu_ends_with_the_warning_and_no_other_does() {
    let catalogue = content::load(None).unwrap().catalogue;
    let note = catalogue
        .menus
        .expect("the shipped content warns about menus");
    let helps = catalogue.questions.iter().map(|q| (&q.id, q.help.clone()));
    let advice = catalogue.documents.iter().map(|d| (&d.id, d.paste.clone()));
    let told = |action: &Action| {
        let steps: Vec<&str> = action.every_step().map(|step| step.say.as_str()).collect();
        steps.join("\n")
    };
    let actions = catalogue.actions.iter().map(|a| (&a.id, told(a)));
    let texts: Vec<_> = helps.chain(advice).chain(actions).collect();
    for (id, text) in &texts {
        let named = text.contains(" > ");
        assert_eq!(named, text.ends_with(&note), "{id}");
        assert_eq!(text.matches(&note).count(), usize::from(named), "{id}");
    }
    assert!(
        texts
            .iter()
            .filter(|(_, text)| text.ends_with(&note))
            .count()
            > 20
    );
}

/// Ways of joining two facts that a business can do one without the other.
const JOINTS: [&str; 6] = [
    ", et ",
    " et l'on ",
    ", quand ",
    ", puis ",
    ", mais ",
    " ; ",
];

#[test]
fn a_question_and_an_item_tell_one_short_fact() {
    let catalogue = content::load(None).unwrap().catalogue;
    let words = |text: &str| {
        let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        text.split_whitespace().filter(long).count()
    };
    for question in &catalogue.questions {
        assert!(words(&question.text) <= 14, "{}", question.text);
        let reasons = question.why.matches(". ").count();
        assert_eq!(reasons, 0, "{}: {}", question.id, question.why);
        for item in &question.items {
            let place = format!("{}/{}: {}", question.id, item.id, item.text);
            assert!(words(&item.text) <= 13, "{place}");
            assert!(
                !JOINTS.iter().any(|joint| item.text.contains(joint)),
                "{place}"
            );
        }
    }
}

#[test]
fn a_document_named_in_an_action_has_that_title() {
    let catalogue = content::load(None).unwrap().catalogue;
    let titles: BTreeSet<_> = catalogue
        .documents
        .iter()
        .map(|d| d.title.as_str())
        .collect();
    for action in &catalogue.actions {
        for step in action.every_step() {
            for named in step.say.split("document « ").skip(1) {
                let title = named.split(" »").next().unwrap();
                assert!(titles.contains(title), "{}: {title}", action.id);
            }
        }
    }
}
