//! The proof folder: one archive that shows what was answered, what was found, what was done, under
//! which version of the rules, with a fingerprint of every file.
//!
//! The same dossier on the same day gives the same archive, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::docx::pack;
use super::file::{FileError, Format, RECORD, file};
use super::report::{self, Report};
use super::wording::severity;
use super::{activities, csv, ics, json, plan, sheet};
use crate::documents::escape::{clean, markdown as escape};
use crate::documents::sorting::{Sort, sorts};
use crate::documents::{Needed, french as words, output, pasting};
use crate::domain::answer::Answer;
use crate::domain::dossier::Status;
use crate::domain::explain;
use crate::domain::typography::french;

/// Name of the list of fingerprints.
pub const MANIFEST: &str = "EMPREINTES.sha256";

/// Where the texts in place go.
pub const IN_PLACE: &str = "en-place";

/// What stands beside the dossier: the texts in place, and what the owner dropped there.
#[derive(Debug, Default)]
pub struct Beside {
    /// Names in the archive and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is left out, and why, in French.
    pub left: Vec<(String, String)>,
}

/// Tells whether a file is itself such an archive: it would grow each time it is made.
pub fn is_archive(bytes: &[u8]) -> bool {
    // The names are at the end of an archive.
    let end = &bytes[bytes.len().saturating_sub(1 << 20)..];
    let name = MANIFEST.as_bytes();
    bytes.starts_with(b"PK") && end.windows(name.len()).any(|window| window == name)
}

/// Writes the archive; `dossier` is the text of `dossier.toml`.
pub fn archive(
    report: &Report<'_, '_>,
    dossier: &str,
    beside: Beside,
) -> Result<Vec<u8>, FileError> {
    let mut files = BTreeMap::new();
    texts(report, &beside, &mut files);
    files.extend(beside.files);
    files.insert("dossier/dossier.toml".to_owned(), dossier.into());
    documents(report, &mut files)?;
    let manifest = manifest(&files);
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    let files: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    Ok(pack(&files)?)
}

/// Fingerprints as `sha256sum --check` reads them, in the order of names.
fn manifest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut out = String::new();
    for (name, bytes) in files {
        for byte in Sha256::digest(bytes) {
            write!(out, "{byte:02x}").unwrap_or_default();
        }
        writeln!(out, "  {name}").unwrap_or_default();
    }
    out
}

fn texts(report: &Report<'_, '_>, beside: &Beside, files: &mut BTreeMap<String, Vec<u8>>) {
    let (view, actions) = (report.view, &report.plan);
    let (dossier, date) = (view.dossier(), view.date());
    let name = &dossier.name;
    let version = json!({
        "program": env!("CARGO_PKG_VERSION"),
        "catalogue": view.catalogue().version,
        "date": date,
        "name": name,
        "created": dossier.created,
        "assessed_with": dossier.assessed_with,
    });
    let assessment = json::assessment(name, view, &report.assessment);
    let sorts: Vec<Sort> = report.documents.iter().flat_map(sorts).collect();
    let all = [
        ("LISEZ-MOI.txt", readme(report, beside)),
        ("bilan/bilan.html", report::page(report)),
        ("bilan/bilan.json", json::text(&assessment)),
        ("bilan/bilan.md", report::markdown(report)),
        ("documents/preuves.json", json::text(&report.documents)),
        ("dossier/reponses.json", json::text(&answers(report))),
        ("dossier/sans-objet.md", set_aside(report)),
        (
            "dossier/traitements.json",
            json::text(&activities::json(view)),
        ),
        (
            "plan/plan.csv",
            csv::write(&sheet::plan(name, actions, date)),
        ),
        ("plan/plan.ics", ics::calendar(view, actions, &sorts)),
        (
            "plan/plan.json",
            json::text(&json::plan(name, date, actions)),
        ),
        ("plan/plan.md", plan::markdown(name, actions, date)),
        ("version.json", json::text(&version)),
    ];
    files.extend(all.map(|(name, text)| (name.to_owned(), text.into_bytes())));
}

/// The documents needed, as they stand on the day.
fn documents(
    report: &Report<'_, '_>,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), FileError> {
    let needed = report
        .documents
        .iter()
        .filter(|document| document.needed == Needed::Yes);
    let templates = needed
        .clone()
        .filter_map(|d| report.view.catalogue().document(&d.id));
    let guide = pasting::page(templates);
    for document in needed.chain(&guide) {
        let mut formats = vec![
            Format::from(output::Format::Markdown),
            Format::from(output::Format::Html),
        ];
        if document.id == RECORD {
            formats.push(Format::Csv);
        }
        for format in formats {
            if let Some(file) = file(report.view, document, format, report.branding.as_ref())? {
                files.insert(format!("documents/{}", file.name), file.bytes);
            }
        }
    }
    Ok(())
}

/// Every answer to a question of the catalogue, whether it counts that day or not.
fn answers(report: &Report<'_, '_>) -> serde_json::Value {
    let view = report.view;
    let rows = view.catalogue().questions.iter().filter_map(|question| {
        let answer = view.recorded(question)?;
        Some(json!({
            "id": question.id,
            "text": question.text,
            "applicable": view.applies(question).is_true(),
            "answer": json::answer(answer),
            "said": explain::said(view, question),
            "note": view.dossier().notes.get(&question.id),
        }))
    });
    rows.collect()
}

/// What was set aside, and why.
fn set_aside(report: &Report<'_, '_>) -> String {
    let view = report.view;
    let mut out = format!(
        "# Ce qui a été mis de côté, et pourquoi\n\nAu {}.\n\n## Questions sans objet\n\n",
        words::date(view.date())
    );
    let before = out.len();
    for question in &view.catalogue().questions {
        if let Some(Answer::NotApplicable { reason }) = view.recorded(question) {
            let weight = question
                .severity
                .map_or_else(String::new, |s| format!(" ({})", severity(s)));
            let reason = match clean(reason) {
                reason if reason.is_empty() => "sans motif".to_owned(),
                reason => escape(&reason),
            };
            writeln!(
                out,
                "- {}{weight} — {reason}",
                escape(&clean(&french(&question.text)))
            )
            .unwrap_or_default();
        }
    }
    if out.len() == before {
        out.push_str("Aucune.\n");
    }
    out.push_str("\n## Actions écartées\n\n");
    let before = out.len();
    for action in &report.plan.actions {
        if action.tracking.status == Status::Dismissed {
            let reason = clean(action.tracking.reason.as_deref().unwrap_or("sans motif"));
            writeln!(
                out,
                "- {} — {}",
                escape(&clean(&french(&action.title))),
                escape(&reason)
            )
            .unwrap_or_default();
        }
    }
    if out.len() == before {
        out.push_str("Aucune.\n");
    }
    out
}

fn readme(report: &Report<'_, '_>, beside: &Beside) -> String {
    let view = report.view;
    let in_place = format!("{IN_PLACE}/");
    let (texts, pieces) = beside
        .files
        .iter()
        .partition::<Vec<_>, _>(|(name, _)| name.starts_with(&in_place));
    let count = |files: usize| match files {
        0 => "aucun ce jour-là".to_owned(),
        1 => "1 fichier".to_owned(),
        n => format!("{n} fichiers"),
    };
    let (texts, pieces) = (count(texts.len()), count(pieces.len()));
    let mut left = String::new();
    for (name, why) in &beside.left {
        writeln!(left, "    {} : {why}", clean(name)).unwrap_or_default();
    }
    if !left.is_empty() {
        left = format!("Laissés de côté :\n\n{left}\n");
    }
    french(&format!(
        "Dossier de preuves\n==================\n\n\
         État au {}, questionnaires en version {}.\n\n\
         bilan/      la note, ce qui la compose, le rapport complet\n\
         plan/       les actions, leur état, leurs dates (tableur et agenda)\n\
         documents/  les textes que donnent les réponses ce jour-là ; preuves.json dit\n\
         \u{20}           quelle réponse et quelle règle portent chaque passage\n\
         en-place/   les textes tels qu'ils se trouvent dans le répertoire « documents » du\n\
         \u{20}           dossier, retouches comprises ({texts})\n\
         preuves/    ce que l'entreprise a rangé dans le répertoire « preuves » de son\n\
         \u{20}           dossier ({pieces})\n\
         dossier/    les réponses, l'historique, ce qui a été mis de côté et pourquoi\n\n\
         {MANIFEST} donne l'empreinte SHA-256 de chaque fichier. Pour vérifier, dans le\n\
         dossier décompressé :\n\n\
         \u{20}   sha256sum --check {MANIFEST}\n\n\
         {left}\
         Refait le même jour sur les mêmes réponses et les mêmes fichiers, il est identique à\n\
         l'octet près.\n\
         Les dates viennent de cet ordinateur : pour mieux prouver celle de l'archive,\n\
         faites horodater son empreinte.\n\n\
         Il contient des données de l'entreprise : ne le publiez pas.\n",
        words::date(view.date()),
        clean(&view.catalogue().version),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::dossier::Dossier;
    use crate::domain::view::View;
    use jiff::civil::date;
    use std::io::{Cursor, Read as _};

    fn of(name: &str) -> Vec<u8> {
        let catalogue = Catalogue::default().indexed();
        let dossier = Dossier::new(name, date(2026, 1, 1));
        let view = View::new(&catalogue, &dossier, date(2026, 11, 2));
        archive(
            &Report::new(&view, Vec::new()),
            "x = 1\n",
            Beside::default(),
        )
        .unwrap_or_default()
    }

    #[test]
    fn two_runs_give_the_same_bytes_and_another_dossier_does_not() {
        assert_eq!(of("../../a"), of("../../a"));
        assert_ne!(of("a"), of("b"));
    }

    #[test]
    fn the_manifest_tells_every_other_file_and_names_are_sorted() {
        let mut archive = match zip::ZipArchive::new(Cursor::new(of("a\u{202e}\nb"))) {
            Ok(archive) => archive,
            Err(error) => unreachable!("{error}"),
        };
        let names: Vec<String> = archive
            .file_names()
            .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
            .collect();
        assert!(names.is_sorted());
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            if let Ok(mut file) = archive.by_name(name) {
                file.read_to_end(&mut bytes).unwrap_or_default();
            }
            bytes
        };
        let files: BTreeMap<String, Vec<u8>> = names
            .iter()
            .filter(|name| *name != MANIFEST)
            .map(|name| (name.clone(), read(name)))
            .collect();
        assert_eq!(read(MANIFEST), manifest(&files).into_bytes());
        assert_eq!(files.len() + 1, names.len());
        assert!(files.contains_key("dossier/dossier.toml"));
    }
}
