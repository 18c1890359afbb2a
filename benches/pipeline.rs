//! What the program computes, without the terminal: load, assess, plan, render, re-assess.
//!
//! `cargo bench` runs everything; `docs/performances.md` says how the figures of the budgets are taken.

use aplomb::content::{self, Content};
use aplomb::documents;
use aplomb::documents::output::{Format, written};
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::assessment::assess;
use aplomb::domain::catalogue::{Depth, Kind};
use aplomb::domain::dossier::Dossier;
use aplomb::domain::plan::plan;
use aplomb::domain::view::View;
use aplomb::exports::report::{self, Report};
use aplomb::exports::{self, file};
use divan::Bencher;
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 23);

fn main() {
    divan::main();
}

fn load() -> Content {
    content::load(None).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A business that does everything, with an answer to every question it can meet.
fn full_dossier(content: &Content) -> Dossier {
    let mut dossier = Dossier::new("Essai", DAY);
    // Answers open questions, which are answered in turn.
    for _ in 0..4 {
        let answers: Vec<_> = View::new(&content.catalogue, &dossier, DAY)
            .asked(Depth::Full)
            .filter(|question| dossier.answer(&question.id).is_none())
            .map(|question| {
                let value = match question.kind {
                    Kind::Choice => question.options.first().map(|o| Value::Text(o.id.clone())),
                    Kind::Checklist => {
                        let ticks = question.items.iter().map(|i| (i.id.clone(), Tick::No));
                        Some(Value::Ticks(ticks.collect()))
                    }
                    Kind::Multi => {
                        let open = question.options.iter().filter(|o| !o.exclusive);
                        Some(Value::Set(open.map(|o| o.id.clone()).collect()))
                    }
                    Kind::Catalogue => {
                        let services = content.catalogue.services.iter().take(12);
                        Some(Value::Set(services.map(|s| s.id.clone()).collect()))
                    }
                    _ => None,
                };
                (
                    question.id.clone(),
                    value.map_or(Answer::Unknown, Answer::Value),
                )
            })
            .collect();
        dossier.answers.extend(answers);
    }
    dossier
}

#[divan::bench]
fn load_embedded_content() -> usize {
    load().catalogue.questions.len()
}

#[divan::bench]
fn assess_and_plan(bencher: Bencher) {
    let content = load();
    let dossier = full_dossier(&content);
    bencher.bench(|| {
        let view = View::new(&content.catalogue, &dossier, DAY);
        plan(&view, &assess(&view)).actions.len()
    });
}

#[divan::bench]
fn render_every_document_in_markdown_and_html(bencher: Bencher) {
    let content = load();
    let dossier = full_dossier(&content);
    bencher.bench(|| {
        content
            .catalogue
            .documents
            .iter()
            .filter_map(|document| {
                documents::render(&content.catalogue, &dossier, DAY, document).ok()
            })
            .map(|d| {
                written(&d, Format::Markdown, None).len() + written(&d, Format::Html, None).len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn a_document_in_pdf(bencher: Bencher) {
    let content = load();
    let dossier = full_dossier(&content);
    let view = View::new(&content.catalogue, &dossier, DAY);
    let document = content.catalogue.document("page-vie-privee");
    let document = document.and_then(|d| documents::render_seen(&view, d).ok());
    bencher.bench_local(|| {
        let file = document
            .as_ref()
            .map(|d| file(&view, d, exports::Format::Pdf, None));
        file.and_then(Result::ok)
            .flatten()
            .map_or(0, |file| file.bytes.len())
    });
}

#[divan::bench]
fn the_report_in_pdf(bencher: Bencher) {
    let content = load();
    let dossier = full_dossier(&content);
    let view = View::new(&content.catalogue, &dossier, DAY);
    let all = content.catalogue.documents.iter();
    let all = all.filter_map(|d| documents::render_seen(&view, d).ok());
    let report = Report::new(&view, all.collect());
    bencher.bench_local(|| report::pdf(&report).map_or(0, |written| written.bytes.len()));
}

#[divan::bench(sample_count = 20)]
fn assess_200_dossiers_at_a_new_date(bencher: Bencher) {
    let content = load();
    let dossier = full_dossier(&content);
    bencher.bench(|| {
        (0..200)
            .map(|_| {
                assess(&View::new(&content.catalogue, &dossier, DAY))
                    .findings
                    .len()
            })
            .sum::<usize>()
    });
}
