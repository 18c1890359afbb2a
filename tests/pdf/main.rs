//! PDF files: every document of every example, read back.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "../support/examples.rs"]
mod examples;
mod reader;

use proptest::prelude::*;
use pulldown_cmark::Tag;

use aplomb::content::branding;
use aplomb::documents::markdown::{Piece, after_box, pieces};
use aplomb::documents::{Rendered, render_seen};
use aplomb::domain::branding::{Branding, Logo};
use aplomb::domain::view::View;
use aplomb::exports::pdf::{self, Lacking, Part, Properties};
use aplomb::exports::report::{self, Report};
use aplomb::exports::{Format, file, plan};
use examples::{CATALOGUE, DAY, example};
use reader::Pdf;

fn documents(view: &View<'_>) -> Vec<Rendered> {
    let all = CATALOGUE.documents.iter();
    all.map(|document| render_seen(view, document).unwrap())
        .collect()
}

/// What a document says, marks of lists included.
fn said(title: &str, markdown: &str) -> String {
    let mut out = title.to_owned();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for piece in pieces(markdown) {
        match piece {
            // A box is the mark of the item it begins.
            Piece::Text(text) if out.ends_with('•') && after_box(&text).is_some() => {
                out.pop();
                out.push_str(&text);
            }
            Piece::Text(text) | Piece::Code(text) => out.push_str(&text),
            Piece::Blank(text) => out.push_str(&text),
            Piece::Start(Tag::List(first)) => lists.push(first),
            Piece::End(pulldown_cmark::TagEnd::List(_)) => {
                lists.pop();
            }
            Piece::Start(Tag::Item) => match lists.last_mut() {
                Some(Some(number)) => {
                    out.push_str(&format!("{number}."));
                    *number += 1;
                }
                _ => out.push('•'),
            },
            _ => {}
        }
    }
    out
}

/// Without the spaces where lines may be broken; no-break spaces stay.
fn joined(text: &str) -> String {
    text.replace('☐', "□").replace([' ', '\n'], "")
}

fn plain() -> Properties<'static> {
    Properties {
        title: "Titre",
        note: None,
        author: "Bel Atelier",
        date: DAY,
        landscape: false,
        branding: None,
    }
}

fn text(markdown: &str) -> (Vec<u8>, Vec<char>) {
    let written = pdf::write(&plain(), &[Part::Text(markdown.to_owned())]).unwrap();
    (
        written.bytes,
        written.lacking.characters.into_iter().collect(),
    )
}

#[test]
fn every_document_of_every_example_reads_back_word_for_word() {
    for (name, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in documents(&view) {
            let bytes = file(&view, &document, Format::Pdf, None)
                .unwrap()
                .unwrap()
                .bytes;
            let pdf = Pdf::read(&bytes);
            let expected = joined(&said(&document.title, &document.markdown));
            assert_eq!(joined(&pdf.text()), expected, "{name}, {}", document.id);
        }
    }
}

#[test]
fn a_file_says_its_language_its_title_and_its_structure() {
    let dossier = example("bougies-maelle");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let report = Report::new(&view, documents(&view));
    let pdf = Pdf::read(&report::pdf(&report).unwrap().bytes);
    for said in [
        "/Lang(fr-FR)",
        "/Marked true",
        "/DisplayDocTitle true",
        "/S/H1",
        "/S/H2",
        "/S/H3",
        "/S/P",
        "/S/L/",
        "/S/LBody",
        "/S/Table",
        "/S/THead",
        "/Scope/Column",
        "/S/Figure",
        "/Alt",
        "/Outlines",
        "/FontFile3",
        "pdfuaid",
    ] {
        let found = pdf.says(said) || said == "pdfuaid" && pdf.has_stream("pdfuaid:part");
        assert!(found, "{said}");
    }
    assert!(pdf.page_count() > 5);
    let text = pdf.text();
    assert!(text.contains("Bilan — Les Bougies de Maëlle"), "{text}");
    assert!(text.contains("Le plan d’action"));
}

#[test]
fn wide_tables_lie_on_their_long_side() {
    let dossier = example("salon-eclat");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    for document in documents(&view) {
        let bytes = file(&view, &document, Format::Pdf, None)
            .unwrap()
            .unwrap()
            .bytes;
        let lying = Pdf::read(&bytes).says("/MediaBox[0 0 841.89 595.28]");
        let is_wide = ["registre", "durees-conservation"].contains(&document.id.as_str());
        assert_eq!(lying, is_wide, "{}", document.id);
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let write = || {
        let dossier = example("aurore-conseil");
        let view = View::new(&CATALOGUE, &dossier, DAY);
        report::pdf(&Report::new(&view, documents(&view)))
            .unwrap()
            .bytes
    };
    assert!(write() == write());
}

#[test]
fn what_no_font_draws_becomes_a_sign_and_is_told() {
    let (bytes, lacking) = text("## Épi 漢\n\nשלום \u{1f600}, ça va\u{202f}?");
    assert_eq!(lacking, ['ו', 'ל', 'ם', 'ש', '漢', '\u{1f600}']);
    assert_eq!(
        joined(&Pdf::read(&bytes).text()),
        "TitreÉpi□□□□□□,çava\u{202f}?"
    );
    let lacking = Lacking {
        characters: lacking.into_iter().collect(),
        logo: None,
    };
    let told = lacking.told().join(" ");
    assert!(told.contains('漢') && told.contains('□'), "{told}");
    assert_eq!(text("Tout se dessine\u{a0}: ☐ œ € →").1, []);
}

#[test]
fn hostile_names_make_a_file_like_any_other() {
    for name in [
        "",
        " ",
        "\u{202e}\u{200f}\u{0}\u{7}\u{1b}[31m\u{feff}\u{ffff}\u{fffe}",
        "(a) Tj ET endstream endobj << /JS (x) >>",
        "../../x",
        "👩‍👩‍👧 Épi",
        &"é".repeat(10_000),
        &"mot ".repeat(3_000),
        &"e\u{301}".repeat(200),
    ] {
        let mut dossier = example("salon-eclat");
        name.clone_into(&mut dossier.name);
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let report = Report::new(&view, Vec::new());
        let plan = plan::pdf(name, &report.plan, DAY, None).unwrap();
        let pdf = Pdf::read(&plan.bytes);
        assert!(pdf.has_key("/Title"), "{name}");
        assert!(!pdf.has_key("/JS"), "{name}");
        assert!(pdf.text().contains("Dès aujourd"), "{name}");
    }
}

fn practice() -> Branding {
    let file = std::path::Path::new("examples/cabinet/cabinet.toml");
    branding::read(file).unwrap().branding
}

#[test]
fn a_practice_is_on_the_report_the_plan_and_the_documents() {
    let dossier = example("boulangerie-martin");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let practice = practice();
    let report = Report::new(&view, documents(&view)).branded(Some(practice.clone()));
    let record = report
        .documents
        .iter()
        .find(|d| d.id == "registre")
        .unwrap();
    let made = [
        report::pdf(&report).unwrap(),
        plan::pdf(&dossier.name, &report.plan, DAY, Some(&practice)).unwrap(),
        pdf::write(
            &Properties {
                title: &record.title,
                note: None,
                author: &dossier.name,
                date: DAY,
                landscape: true,
                branding: Some(&practice),
            },
            &[Part::Text(record.markdown.clone())],
        )
        .unwrap(),
    ];
    for written in made {
        assert_eq!(written.lacking, Lacking::default());
        let pdf = Pdf::read(&written.bytes);
        assert!(pdf.has_stream("pdfuaid:part"));
        assert!(pdf.says("/Alt(Logo de Cabinet Mirabel)"));
        assert!(pdf.says("/Subtype/Image"));
        let text = pdf.text();
        assert!(
            text.starts_with("Cabinet Mirabel4 rue de l’Exemple"),
            "{text}"
        );
        assert_eq!(text.matches("Document confidentiel.").count(), 1, "{text}");
        assert!(text.ends_with("Document confidentiel."), "{text}");
        let closing = "dans six mois pour tout relire ensemble.";
        assert!(text.contains(closing), "{text}");
        // #7a1f3d on titles, #e0a030 under them.
        let drawn = pdf.drawn(0);
        assert!(
            drawn.contains("0.47843137 0.12156863 0.23921569 "),
            "{drawn}"
        );
        assert!(drawn.contains("0.8784314 0.627451 0.1882353 "), "{drawn}");
    }
}

#[test]
fn a_last_page_holds_some_lines_and_not_the_last_words_alone() {
    let practice = practice();
    let mut turned = 0;
    for branding in [None, Some(&practice)] {
        // Texts that end at each height of a page.
        for lines in 25..85 {
            let markdown: Vec<String> = (0..lines).map(|at| format!("Ligne {at}.")).collect();
            let properties = Properties {
                branding,
                ..plain()
            };
            let parts = [Part::Text(markdown.join("\n\n"))];
            let bytes = pdf::write(&properties, &parts).unwrap().bytes;
            let pages = Pdf::read(&bytes).texts();
            let last = pages.last().unwrap();
            if pages.len() > 1 {
                turned += 1;
                // The closing words of the practice are a line more.
                let least = if branding.is_some() { 1 } else { 3 };
                let count = last.matches("Ligne").count();
                assert!(count >= least, "{lines} lines, {count} at the end: {last}");
            }
        }
    }
    assert!(turned > 60, "{turned}");
}

#[test]
fn a_heading_stays_with_what_it_announces() {
    let table = "| Critère | État |\n|---|---|\n| Premier | écart |\n| Second | écart |";
    for before in 20..60 {
        let lines: Vec<String> = (0..before).map(|at| format!("Ligne {at}.")).collect();
        let lines = lines.join("\n\n");
        for announced in [
            format!("## Le compte complet\n\n{table}"),
            format!("## Le compte complet\n\n### Les bases\n\n{table}"),
            "## Le compte complet\n\n### Les bases\n\nPremier, en un mot.".to_owned(),
        ] {
            let (bytes, _) = text(&format!("{lines}\n\n{announced}"));
            let pages = Pdf::read(&bytes).texts();
            let page = pages.iter().find(|page| page.contains("Le compte complet"));
            let page = page.unwrap();
            assert!(page.contains("Premier"), "{before} lines before: {page}");
        }
    }
}

#[test]
fn a_photograph_serves_as_a_logo_too() {
    let practice = Branding {
        logo: Some(Logo::read(include_bytes!("logo.jpg").to_vec()).unwrap()),
        ..practice()
    };
    let properties = Properties {
        branding: Some(&practice),
        ..plain()
    };
    let written = pdf::write(&properties, &[Part::Text("Texte.".to_owned())]).unwrap();
    assert_eq!(written.lacking, Lacking::default());
    assert!(Pdf::read(&written.bytes).says("/Filter/DCTDecode"));
}

#[test]
fn a_logo_that_does_not_open_is_told_and_left_out() {
    let real = practice().logo.unwrap();
    let mut broken = real.bytes.clone();
    let data = broken.windows(4).position(|four| four == b"IDAT").unwrap();
    broken[data + 4..data + 12].fill(0xee);
    let mut huge = real.bytes.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0x0f, 0, 0, 0, 0x0f, 0]);
    for (bytes, why) in [(broken, "abîmée"), (huge, "4 millions de points")] {
        let practice = Branding {
            logo: Some(Logo::read(bytes).unwrap()),
            ..practice()
        };
        let properties = Properties {
            branding: Some(&practice),
            ..plain()
        };
        let written = pdf::write(&properties, &[Part::Text("Texte.".to_owned())]).unwrap();
        let told = written.lacking.told().join(" ");
        assert!(
            told.contains("sans le logo") && told.contains(why),
            "{told}"
        );
        let pdf = Pdf::read(&written.bytes);
        assert!(!pdf.says("/Subtype/Image"));
        assert!(pdf.text().starts_with("Cabinet Mirabel"), "{}", pdf.text());
    }
}

#[test]
fn long_tables_and_long_cells_break_without_losing_a_word() {
    let mut markdown = String::from("| A | B |\n|---|---|\n");
    for row in 0..120 {
        markdown.push_str(&format!("| {row} | {} |\n", "mot ".repeat(row * 9)));
    }
    markdown.push_str(&format!("| x | {} |\n", "é".repeat(4_000)));
    let (bytes, _) = text(&markdown);
    let pdf = Pdf::read(&bytes);
    assert!(pdf.page_count() > 10);
    assert_eq!(joined(&pdf.text()), joined(&said("Titre", &markdown)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_markdown_makes_a_file(markdown in "\\PC{0,120}|[ -~é\\n\\t`*_<>\\[\\]()#|!\"'&;:/{}-]{0,300}") {
        let (bytes, _) = text(&markdown);
        prop_assert!(bytes.starts_with(b"%PDF-1.7"));
        prop_assert!(Pdf::read(&bytes).text().starts_with("Titre"));
    }
}
