//! What is for the owner alone is shown to the owner, and never part of what is pasted.

#[path = "support/examples.rs"]
mod examples;

use std::collections::BTreeSet;

use aplomb::content::schema;
use aplomb::documents::output::{Format, written};
use aplomb::documents::render_seen;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY};
use jiff::civil::date;

/// How a passage says that it is for the owner alone.
const SAYS: [&str; 5] = [
    "ne pas publier",
    "ne pas imprimer",
    ">Pour vous\u{a0}:",
    ">Conseil\u{a0}:",
    "D’après vos réponses",
];
/// The formats one pastes.
const PASTED: [Format; 2] = [Format::Fragment, Format::FragmentLists];

#[test]
fn nothing_pasted_is_for_the_owner_alone() {
    let mut kept_back = 0;
    for (slug, dossier) in examples::all() {
        for day in [DAY, date(2026, 1, 5)] {
            let view = View::new(&CATALOGUE, &dossier, day);
            for document in &CATALOGUE.documents {
                let rendered = render_seen(&view, document).unwrap();
                let id = format!("{slug}/{}", document.id);
                let private = rendered.clauses.iter().filter(|clause| clause.private);
                let published = rendered.published();
                for passage in private.filter(|clause| !clause.markdown.is_empty()) {
                    kept_back += 1;
                    let words = &passage.markdown;
                    assert!(rendered.markdown.contains(words), "{id}: {words}");
                    assert!(!published.contains(words), "{id}: {words}");
                }
                let public = rendered.clauses.iter().filter(|clause| !clause.private);
                for passage in public {
                    assert!(
                        published.contains(&passage.markdown),
                        "{id}: {}",
                        passage.id
                    );
                }
                for format in PASTED {
                    let text = written(&rendered, format, None);
                    for words in SAYS {
                        assert!(!text.contains(words), "{id}, {}: {words}", format.word());
                    }
                }
                for format in [Format::Markdown, Format::Html, Format::Text] {
                    let text = written(&rendered, format, None);
                    let says = |text: &str| text.matches("(ne pas publier)").count();
                    assert_eq!(says(&text), says(&rendered.markdown), "{id}");
                }
            }
        }
    }
    assert!(kept_back > 150, "only {kept_back} passages kept back");
}

/// A heading stands over something: none is left alone once what was under it is kept back.
#[test]
fn no_heading_is_left_alone_in_what_is_pasted() {
    for (slug, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            let published = rendered.published();
            let depth = |line: &str| line.chars().take_while(|c| *c == '#').count();
            let mut above = 0;
            for line in published
                .lines()
                .filter(|line| !line.is_empty())
                .chain(["## Fin"])
            {
                let own = depth(line);
                assert!(
                    above == 0 || own == 0 || own > above,
                    "{slug}/{}: {line}",
                    document.id
                );
                above = own;
            }
        }
    }
}

#[test]
fn the_schema_knows_every_key_of_the_templates() {
    let schema = schema::document();
    let mut unknown = BTreeSet::new();
    for file in std::fs::read_dir("templates").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        for (kind, known) in [
            ("form", "/items"),
            ("element", "/items"),
            ("clause", "/items"),
            ("document", ""),
        ] {
            let known = &schema
                .pointer(&format!("/properties/{kind}{known}/properties"))
                .unwrap();
            let rows = match table.get(kind) {
                Some(toml::Value::Array(rows)) => rows.as_slice(),
                Some(row) => std::slice::from_ref(row),
                None => &[],
            };
            let keys = rows
                .iter()
                .filter_map(|row| row.as_table())
                .flat_map(toml::Table::keys);
            unknown.extend(
                keys.filter(|key| known.get(key).is_none())
                    .map(|key| format!("{kind}.{key}")),
            );
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}
