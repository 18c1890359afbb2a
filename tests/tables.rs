//! The tables of the record and of the durations: what article 30 asks for, and what has to be sorted out.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/examples.rs"]
mod examples;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use aplomb::documents::markdown::flat;
use aplomb::documents::record::record;
use aplomb::documents::sorting::{self, sorts};
use aplomb::documents::{Rendered, output, render_seen};
use aplomb::domain::answer::{Answer, Value};
use aplomb::domain::assessment::assess;
use aplomb::domain::plan::plan;
use aplomb::domain::view::View;
use aplomb::exports::{Format, file, ics};
use examples::{CATALOGUE, DAY, example};

fn rendered(view: &View<'_>, id: &str) -> Rendered {
    render_seen(view, CATALOGUE.document(id).unwrap()).unwrap()
}

fn written(view: &View<'_>, document: &Rendered, format: Format) -> Vec<u8> {
    file(view, document, format, None).unwrap().unwrap().bytes
}

/// Words of a workbook: names of its tabs, then its texts.
fn workbook(bytes: &[u8]) -> (Vec<String>, String) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text.replace("&amp;", "&").replace("&quot;", "\"")
    };
    let tabs = part("xl/workbook.xml");
    let tabs = tabs.split("<sheet name=\"").skip(1);
    let tabs = tabs.map(|tab| tab.split('"').next().unwrap().to_owned());
    (tabs.collect(), part("xl/sharedStrings.xml"))
}

/// The record as a workbook, as rows and as a text.
fn record_files(view: &View<'_>) -> [(&'static str, String); 3] {
    let document = rendered(view, "registre");
    let text = |format| String::from_utf8(written(view, &document, format)).unwrap();
    [
        ("xlsx", workbook(&written(view, &document, Format::Xlsx)).1),
        ("csv", text(Format::Csv).replace("\"\"", "\"")),
        ("markdown", text(output::Format::Markdown.into())),
    ]
}

#[test]
fn the_record_says_all_that_article_30_asks_for() {
    for (name, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let rows = record(&view);
        assert!(rows.activities.len() > 4, "{name}");
        for (format, text) in record_files(&view) {
            // A Markdown text escapes what would mean something else.
            let text = text.replace('\\', "");
            let has = |what: &str| assert!(text.contains(what), "{name}, {format}: {what}");
            // (a) Name and contact details of the controller.
            has(&rows.controller);
            has(&rows.address);
            let close = text.replace([' ', '\u{a0}', '\u{202f}'], "");
            for question in ["profil.telephone", "profil.email"] {
                if let Some(Answer::Value(Value::Text(answer))) = dossier.answers.get(question) {
                    assert!(
                        close.contains(answer.as_str()),
                        "{name}, {format}: {answer}"
                    );
                }
            }
            for activity in &rows.activities {
                has(&activity.title);
                // (b) Purposes.
                has(&activity.purpose);
                // (c) Categories of persons and of data.
                has(&activity.persons);
                has(&activity.data);
                // (d) Recipients.
                has(&activity.recipients);
                // (f) Time limits for erasure.
                has(&activity.retention);
                has(&activity.archive);
                // (g) Security measures.
                has(&activity.security);
            }
            // (e) Transfers: said, or a blank to fill.
            let said = text.contains("Garantie") || text.contains("[à compléter");
            assert!(said && text.contains("hors d"), "{name}, {format}");
        }
    }
}

#[test]
fn an_officer_joint_controllers_and_transfers_are_in_the_record_in_every_format() {
    let mut dossier = example("bougies-maelle");
    let officer = BTreeMap::from([
        ("nom".to_owned(), "Cabinet Tiers".to_owned()),
        ("email".to_owned(), "dpo@tiers.example".to_owned()),
    ]);
    let officer = Answer::Value(Value::List(vec![officer]));
    dossier.answers.insert("socle.dpo".to_owned(), officer);
    let view = View::new(&CATALOGUE, &dossier, DAY);
    for (format, text) in record_files(&view) {
        for said in [
            "Cabinet Tiers",
            "dpo@tiers.example",
            "Responsables conjoints",
            "Instagram",
            "Stripe, États-Unis",
            "Google Analytics 4",
        ] {
            assert!(text.contains(said), "{format}: {said}");
        }
    }
}

#[test]
fn no_transfer_is_said_only_when_it_was_checked() {
    let mut dossier = example("plomberie-durand");
    for (answer, said, unsaid) in [
        ("aucun", "contrôle outil par outil", "envois relevés à part"),
        ("pas-regarde", "[à compléter", "contrôle outil par outil"),
    ] {
        let answer = Answer::Value(Value::Text(answer.to_owned()));
        let id = "socle.transferts".to_owned();
        dossier.answers.insert(id, answer);
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for (format, text) in record_files(&view) {
            assert!(text.contains(said), "{format}: {said}");
            assert!(!text.contains(unsaid), "{format}: {unsaid}");
        }
    }
}

#[test]
fn what_is_sorted_out_is_the_same_in_the_text_the_spreadsheet_and_the_calendar() {
    for (name, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let document = rendered(&view, sorting::DOCUMENT);
        let sorts = sorts(&document);
        assert!(sorts.len() > 4, "{name}");
        let months: Vec<i8> = sorts.iter().filter_map(|sort| sort.month).collect();
        assert!(months.is_sorted(), "{name}: {months:?}");
        let (tabs, texts) = workbook(&written(&view, &document, Format::Xlsx));
        assert_eq!(tabs, ["Durées", "Calendrier de tri"]);
        let plan = plan(&view, &assess(&view));
        let calendar = ics::calendar(&view, &plan, &sorts).replace("\r\n ", "");
        let calendar = calendar.replace("\\n", "\n").replace('\\', "");
        for sort in &sorts {
            for words in [
                &sort.when,
                &sort.what,
                &sort.place,
                &sort.duration,
                &sort.start,
                &sort.gesture,
            ] {
                assert!(!words.is_empty(), "{name}: {sort:?}");
                assert!(texts.contains(words.as_str()), "{name}: {words}");
            }
            let line = format!("- Geste\u{a0}: {}\n", sort.gesture);
            assert_eq!(
                sort.month.is_some(),
                calendar.contains(&line) && calendar.contains(&sort.what),
                "{name}: {sort:?}"
            );
        }
        let mut yearly = months;
        yearly.dedup();
        assert_eq!(
            calendar.matches("RRULE:FREQ=YEARLY\r\n").count(),
            yearly.len()
        );
    }
}

/// The rows of the first table of a Markdown text, its head first.
fn table(markdown: &str) -> Vec<Vec<String>> {
    let lines = markdown.lines().skip_while(|line| !line.starts_with('|'));
    let lines = lines.take_while(|line| line.starts_with('|'));
    let cells = |line: &str| {
        let cells = line.trim_matches('|').split(" | ");
        cells.map(|cell| flat(cell.trim())).collect()
    };
    lines
        .filter(|line| !line.contains("---"))
        .map(cells)
        .collect()
}

#[test]
fn the_durations_are_the_same_in_every_format() {
    for (name, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let document = rendered(&view, sorting::DOCUMENT);
        let rows = table(&document.markdown);
        assert!(rows.len() > 5, "{name}");
        let csv = String::from_utf8(written(&view, &document, Format::Csv)).unwrap();
        let lines: Vec<&str> = csv
            .lines()
            .skip_while(|l| !l.contains("Traitement"))
            .collect();
        let (tabs, words) = workbook(&written(&view, &document, Format::Xlsx));
        assert_eq!(tabs[0], "Durées");
        let registre = rendered(&view, "registre");
        let (_, with_record) = workbook(&written(&view, &registre, Format::Xlsx));
        assert_eq!(rows.len(), lines.len(), "{name}");
        for (row, line) in rows.iter().zip(lines) {
            // The first cell names the file, under a head of its own.
            for cell in &row[usize::from(row[0] == "Fichier")..] {
                let own = cell.replace('"', "\"\"");
                assert!(line.contains(&own), "{name}, csv: {cell} not in {line}");
                for words in [&words, &with_record] {
                    assert!(words.contains(cell), "{name}, xlsx: {cell}");
                }
            }
        }
        let blanks = |text: &str| text.matches("[à compléter").count();
        let of_rows: usize = rows.iter().flatten().map(|cell| blanks(cell)).sum();
        let durations: usize = csv.lines().map(blanks).sum();
        // The tab shows the data too, of which the text says nothing.
        let rows = record(&view).activities;
        let of_data: usize = rows.iter().map(|row| blanks(&row.data)).sum();
        assert_eq!(of_rows + of_data, durations, "{name}");
    }
}

#[test]
fn only_the_files_of_a_business_are_sorted_out() {
    let dossier = example("bougies-maelle");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let titles: Vec<String> = record(&view)
        .activities
        .into_iter()
        .map(|a| a.title)
        .collect();
    let general = ["Paniers abandonnés", "Copies oubliées"];
    for sort in sorts(&rendered(&view, sorting::DOCUMENT)) {
        let known = titles
            .iter()
            .any(|title| sort.what.starts_with(title.as_str()));
        let known = known || general.iter().any(|what| sort.what.starts_with(what));
        assert!(known, "{}", sort.what);
        assert!(!sort.what.contains("fidélité"), "{}", sort.what);
    }
}

#[test]
fn what_is_kept_has_a_day_to_be_sorted_out_or_a_reason_never_to_be() {
    for activity in &CATALOGUE.processing_activities {
        assert!(activity.sorting.is_some(), "{}", activity.id);
    }
}

#[test]
fn an_activity_that_says_how_it_is_sorted_out_is_in_the_calendar_at_its_month() {
    let mut catalogue = CATALOGUE.clone();
    let mut all = catalogue.processing_activities.iter();
    let contact = all.find(|a| a.id == "contact").unwrap().clone();
    let mut added = contact.clone();
    added.id = "ajoute".to_owned();
    added.title = "Fichier du cabinet".to_owned();
    let sorting = added.sorting.as_mut().unwrap();
    sorting.when = "Mai".to_owned();
    sorting.gesture = None;
    let mut unplaced = contact;
    unplaced.id = "sans-tri".to_owned();
    unplaced.title = "Autre fichier".to_owned();
    unplaced.sorting = None;
    // Said first, so that the order is that of the months.
    catalogue.processing_activities.insert(0, unplaced);
    catalogue.processing_activities.insert(0, added);
    let catalogue = catalogue.indexed();
    let dossier = example("aurore-conseil");
    let view = View::new(&catalogue, &dossier, DAY);
    let document = catalogue.document(sorting::DOCUMENT).unwrap();
    let rendered = render_seen(&view, document).unwrap();
    let clause = rendered.clauses.iter().find(|c| c.id == "calendrier");
    let table = &clause.unwrap().markdown;
    let at = |start: &str| {
        table
            .find(start)
            .unwrap_or_else(|| panic!("{start}: {table}"))
    };
    let row = at("| Mai | Fichier du cabinet | Messagerie");
    assert!(at("| Janvier | Demandes de contact") < row);
    assert!(row < at("| Décembre | Journaux techniques"));
    let gesture = table[row..].lines().next().unwrap();
    let words = "| Ensuite\u{a0}: effacement";
    assert!(gesture.contains(words), "{gesture}");
    assert!(at("| Décembre |") < at("| Novembre | Autre fichier | …… |"));
}
