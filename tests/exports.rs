//! What hostile answers do to the exports of a real dossier: they stay text, everywhere.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::LazyLock;

use proptest::prelude::*;

use aplomb::documents::sorting::{Sort, sorts};
use aplomb::documents::{Rendered, output, render_seen};
use aplomb::domain::answer::{Answer, Value};
use aplomb::domain::catalogue::{Kind, LegalBasis};
use aplomb::domain::dossier::{Dossier, Status, Tracking};
use aplomb::domain::input::is_hidden;
use aplomb::domain::processing::{ActivityEdit, OWN, Part};
use aplomb::domain::view::View;
use aplomb::exports::report::{self, Report};
use aplomb::exports::{Format, csv, file, ics, json, proof, sheet, xlsx};
use aplomb::storage::format;
use examples::{CATALOGUE, DAY, example};

/// The same dossier where every free text, name, note and reason is this one.
fn dossier(text: &str) -> Dossier {
    spoiled(example("bougies-maelle"), text)
}

fn spoiled(mut dossier: Dossier, text: &str) -> Dossier {
    text.clone_into(&mut dossier.name);
    for question in &CATALOGUE.questions {
        let fill = |parts: &mut BTreeMap<String, String>| {
            for field in question.fields.iter().filter(|f| f.options.is_empty()) {
                parts.insert(field.id.clone(), text.to_owned());
            }
        };
        match dossier.answers.get_mut(&question.id) {
            Some(Answer::Value(Value::Text(value))) if question.kind != Kind::Choice => {
                text.clone_into(value);
            }
            Some(Answer::Value(Value::Record(parts))) => {
                for part in parts.values_mut() {
                    text.clone_into(part);
                }
            }
            Some(Answer::Value(Value::List(entries))) => entries.iter_mut().for_each(fill),
            Some(Answer::NotApplicable { reason }) => text.clone_into(reason),
            _ => {}
        }
    }
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let actions = Report::new(&view, Vec::new()).plan.actions;
    let ids: Vec<String> = actions.into_iter().map(|action| action.id).collect();
    for (at, id) in ids.into_iter().enumerate() {
        let tracking = Tracking {
            status: if at % 3 == 0 {
                Status::Dismissed
            } else {
                Status::Todo
            },
            reason: Some(text.to_owned()),
            owner: Some(text.to_owned()),
            note: Some(text.to_owned()),
            due: None,
        };
        dossier.actions.insert(id, tracking);
    }
    for question in &CATALOGUE.questions {
        dossier.notes.insert(question.id.clone(), text.to_owned());
    }
    // What the owner writes in the record, over ours and of their own.
    let words = |parts: &[Part]| {
        let texts = parts.iter().map(|part| (*part, text.to_owned()));
        ActivityEdit {
            texts: texts.collect(),
            note: Some(text.to_owned()),
            ..ActivityEdit::default()
        }
    };
    let written = [
        Part::Purpose,
        Part::Data,
        Part::Recipients,
        Part::Retention,
        Part::Security,
    ];
    dossier
        .activities
        .insert("contact".to_owned(), words(&written));
    let mut own = words(&[&written[..], &[Part::Title, Part::Persons, Part::Archive]].concat());
    own.basis = Some(LegalBasis::Contract);
    dossier.activities.insert(format!("{OWN}essai"), own);
    let absent = ActivityEdit {
        absent: Some(text.to_owned()),
        ..ActivityEdit::default()
    };
    dossier.activities.insert("comptabilite".to_owned(), absent);
    dossier
}

fn documents(view: &View<'_>) -> Vec<Rendered> {
    let all = CATALOGUE.documents.iter();
    all.map(|document| render_seen(view, document).unwrap())
        .collect()
}

/// Names of the properties of a calendar, in order.
fn properties(calendar: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let lines = unfolded.split_terminator("\r\n");
    lines
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect()
}

/// Cells of a CSV, read as spreadsheets do.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted);
    assert_eq!(rows.pop(), Some(vec![String::new()]));
    rows
}

/// Names of the tags of an XML or HTML text.
fn tags(text: &str) -> Vec<String> {
    let parts = text.split('<').skip(1);
    parts
        .map(|part| {
            let tag = part.split('>').next().unwrap();
            tag.split(' ').next().unwrap().to_owned()
        })
        .collect()
}

/// Every part of a package closes what it opens, and holds what XML allows.
fn parts(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut xml = String::new();
        let mut part = archive.by_index(at).unwrap();
        part.read_to_string(&mut xml).unwrap();
        let mut open = Vec::new();
        for piece in xml.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap();
            assert!(!text.contains('>'), "{piece}");
            assert!(!tag.contains('&') || tag.contains(';'), "{tag}");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if tag.ends_with(['/', '?']) => {}
                None => open.push(tag.split(' ').next().unwrap()),
            }
        }
        assert!(open.is_empty());
        let illegal = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!xml.contains(illegal));
        assert!(!xml.contains(['\u{fffe}', '\u{ffff}', '\u{202e}']));
    }
    archive.len()
}

/// Properties of the calendar and tags of the page of an ordinary dossier.
static ORDINARY: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let dossier = dossier("Ordinaire");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    shape(&Report::new(&view, documents(&view)))
});

fn shape(report: &Report<'_, '_>) -> (Vec<String>, Vec<String>) {
    let sorts: Vec<Sort> = report.documents.iter().flat_map(sorts).collect();
    let calendar = ics::calendar(report.view, &report.plan, &sorts);
    (properties(&calendar), tags(&report::page(report)))
}

/// Tags that pages and fragments of an ordinary dossier are made of.
static TAGS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let dossier = dossier("Ordinaire");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let documents = documents(&view);
    documents.iter().flat_map(|d| pages(&view, d)).collect()
});

/// Tags of the page and of the fragment of a document; its texts hold nothing a reader cannot see.
fn pages(view: &View<'_>, document: &Rendered) -> BTreeSet<String> {
    let read = |format: output::Format| {
        let written = file(view, document, format.into(), None).unwrap().unwrap();
        let text = String::from_utf8(written.bytes).unwrap();
        let hidden = |c: char| is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
        let found = text.chars().find(|c| hidden(*c));
        assert_eq!(found, None, "{}", written.name);
        text
    };
    for format in [output::Format::Markdown, output::Format::Text] {
        assert!(!read(format).contains("1337"), "{}", document.id);
    }
    let formats = [
        output::Format::Html,
        output::Format::Fragment,
        output::Format::FragmentLists,
    ];
    let tags = formats.iter().flat_map(|format| {
        let html = read(*format);
        let links = html.split("href=\"").skip(1);
        for link in links {
            let known = ["http://", "https://", "mailto:", "tel:", "#", "/"];
            assert!(known.iter().any(|start| link.starts_with(start)), "{link}");
        }
        let (opened, closed) = (html.matches("<a ").count(), html.matches("</a>").count());
        assert_eq!(opened, closed);
        tags(&html)
    });
    tags.collect()
}

/// Names of an archive stay in its folder, on every system.
fn names(archive: &[u8]) {
    let archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    for name in archive.file_names() {
        let name = name.unwrap().into_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
        assert!(
            name.chars().all(plain) && !name.contains("..") && !name.starts_with('/'),
            "{name}"
        );
    }
}

/// Writes everything; the shape must be that of an ordinary dossier.
fn check(text: &str) {
    let hostile = dossier(text);
    let view = View::new(&CATALOGUE, &hostile, DAY);
    let report = Report::new(&view, documents(&view));
    assert_eq!(shape(&report), *ORDINARY);
    for document in &report.documents {
        let foreign: Vec<String> = pages(&view, document).difference(&TAGS).cloned().collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", document.id);
    }
    let written = json::text(&report.documents);
    let read: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(read.as_array().unwrap().len(), report.documents.len());

    let table = sheet::plan(&hostile.name, &report.plan, DAY);
    let record = report
        .documents
        .iter()
        .find(|d| d.id == "registre")
        .unwrap();
    let record = file(&view, record, Format::Csv, None).unwrap().unwrap();
    for csv in [csv::write(&table), String::from_utf8(record.bytes).unwrap()] {
        let rows = cells(&csv);
        for row in &rows {
            assert_eq!(row.len(), rows[0].len());
            for cell in row {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!formula, "{cell}");
            }
        }
    }
    assert!(parts(&xlsx::write(&table.title, std::slice::from_ref(&table), DAY).unwrap()) > 5);
    for document in &report.documents {
        let docx = file(&view, document, Format::Docx, None).unwrap().unwrap();
        assert_eq!(parts(&docx.bytes), 10);
    }
}

#[test]
fn hostile_texts_stay_text() {
    for text in [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{{ 7 * 191 }}{% include \"/etc/passwd\" %}{# x #}",
        "]]></w:t><w:p/><!-- & &amp; &#0; \" '",
        "=HYPERLINK(\"http://e.fr\";\"x\")",
        "+33 1 | @SUM(A1)\r\n-2\t;\"",
        "\u{202e}\u{200f}droite\u{0}\u{7}\u{1b}[31m\u{feff}\u{ffff}\u{fffe}",
        "a\r\nEND:VEVENT\r\nBEGIN:VALARM;x,y\\n",
        "# *Titre* [x](javascript:alert(1)) | `code` ~~~ \\ > 1. ",
        "../../../etc/passwd\\..\\C:",
    ] {
        check(text);
    }
}

#[test]
fn every_clause_of_a_word_processor_file_has_its_bookmark() {
    let dossier = dossier("Bel Atelier");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    for document in documents(&view) {
        let bytes = file(&view, &document, Format::Docx, None)
            .unwrap()
            .unwrap()
            .bytes;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        let mut part = archive.by_name("word/document.xml").unwrap();
        part.read_to_string(&mut xml).unwrap();
        let names = xml.split("<w:bookmarkStart ").skip(1).map(|mark| {
            let name = mark.split("w:name=\"").nth(1).unwrap();
            name.split('"').next().unwrap().to_owned()
        });
        let clauses = document.clauses.iter();
        let clauses = clauses.filter(|clause| !clause.markdown.trim().is_empty());
        let expected = clauses.map(|clause| format!("clause_{}", clause.id.replace('-', "_")));
        assert_eq!(
            names.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{}",
            document.id
        );
    }
}

/// Every trick at once.
const WORST: &str = "=cmd|' /C calc'!A1 <script>alert(1)</script>{{ 7 * 191 }}{% include \"x\" %}\r\n\
    ]]></w:t>&amp;&#0;\u{202e}\u{200f}\u{0}\u{1b}[31m\"' | `# *x* [y](javascript:alert(1));\\,";

#[test]
fn every_example_keeps_a_hostile_text_a_text_in_every_format() {
    for (_, shipped) in examples::all() {
        let ordinary = spoiled(shipped.clone(), "Ordinaire");
        let view = View::new(&CATALOGUE, &ordinary, DAY);
        let plain = Report::new(&view, documents(&view));
        let tags: BTreeSet<String> = plain
            .documents
            .iter()
            .flat_map(|d| pages(&view, d))
            .collect();
        let expected = shape(&plain);

        let hostile = spoiled(shipped, WORST);
        let view = View::new(&CATALOGUE, &hostile, DAY);
        let report = Report::new(&view, documents(&view));
        assert_eq!(shape(&report), expected);
        for document in &report.documents {
            let found = pages(&view, document);
            let foreign: Vec<_> = found.difference(&tags).collect();
            assert!(foreign.is_empty(), "{}: {foreign:?}", document.id);
            let docx = file(&view, document, Format::Docx, None).unwrap().unwrap();
            assert_eq!(parts(&docx.bytes), 10);
            for format in [Format::Csv, Format::Xlsx] {
                if let Some(table) = file(&view, document, format, None).unwrap() {
                    held(format, table.bytes);
                }
            }
        }
        let markdown = report::markdown(&report);
        assert!(!markdown.contains("1337"));
        assert!(!markdown.replace("\\<", "").contains('<'), "{markdown}");
        assert!(report::pdf(&report).unwrap().bytes.starts_with(b"%PDF"));
        let archive = proof::archive(&report, &format::write(&hostile), proof::Beside::default());
        names(&archive.unwrap());
        // What is written is read again as it was, control characters aside.
        let read = format::read(format::write(&hostile).as_bytes())
            .unwrap()
            .dossier;
        assert_eq!(read.answers.len(), hostile.answers.len());
    }
}

/// A table holds cells, and no formula.
fn held(format: Format, bytes: Vec<u8>) {
    if format == Format::Xlsx {
        assert!(parts(&bytes) > 5);
        return;
    }
    for row in cells(&String::from_utf8(bytes).unwrap()) {
        let formula = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        assert!(!row.iter().any(formula), "{row:?}");
    }
}

#[test]
fn every_example_is_written_when_its_texts_are_empty() {
    for (_, shipped) in examples::all() {
        let empty = spoiled(shipped, "");
        let view = View::new(&CATALOGUE, &empty, DAY);
        let report = Report::new(&view, documents(&view));
        shape(&report);
        for document in &report.documents {
            pages(&view, document);
            assert_eq!(
                parts(
                    &file(&view, document, Format::Docx, None)
                        .unwrap()
                        .unwrap()
                        .bytes
                ),
                10
            );
        }
    }
}

#[test]
fn nothing_answered_is_written_too() {
    let empty = Dossier::new("", DAY);
    let view = View::new(&CATALOGUE, &empty, DAY);
    let report = Report::new(&view, documents(&view));
    for document in &report.documents {
        pages(&view, document);
        for format in [Format::Docx, Format::Xlsx, Format::Csv] {
            if let Some(file) = file(&view, document, format, None).unwrap() {
                assert!(!file.bytes.is_empty(), "{}", file.name);
            }
        }
        assert!(
            !document.ready || document.blanks.is_empty(),
            "{}",
            document.id
        );
    }
    shape(&report);
    for dossier in [
        empty.clone(),
        dossier("../../../etc/passwd\\..\\C:\u{202e}"),
    ] {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let report = Report::new(&view, documents(&view));
        names(
            &proof::archive(&report, &format::write(&dossier), proof::Beside::default()).unwrap(),
        );
    }
}

#[test]
fn a_name_of_ten_thousand_characters_is_written() {
    check(&"é".repeat(10_000));
}

#[test]
fn the_same_dossier_gives_the_same_spreadsheet_and_document() {
    let dossier = dossier("Bel Atelier");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let documents = documents(&view);
    for document in documents.iter().take(6) {
        for format in [Format::Docx, Format::Xlsx, Format::Csv] {
            let write = || file(&view, document, format, None).unwrap();
            assert_eq!(write(), write());
        }
    }
    let report = Report::new(&view, documents);
    let archive =
        || proof::archive(&report, &format::write(&dossier), proof::Beside::default()).unwrap();
    assert_eq!(archive(), archive());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]
    #[test]
    fn any_text_stays_text(text in "(\\PC|[<>&\"'=+@;,|\\r\\n\\t{}%#*_`\\[\\]()\\\\\u{202e}\u{0}-]){0,60}z") {
        check(&text);
    }
}
