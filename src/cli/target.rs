//! Where a result goes: on stdout or in a file whose name says the format.

use std::path::Path;

use super::args::{PlanFormat, ReportFormat};
use super::error::CliError;
use crate::storage::output::{Overwrite, Written, write_atomic};

/// A format that a file name can ask for.
pub(super) trait Named: Copy + PartialEq + 'static {
    /// Each format and the endings of its files, the usual one first.
    const ENDINGS: &'static [(Self, &'static [&'static str])];
}

const TEXT: &[&str] = &["txt"];
const MARKDOWN: &[&str] = &["md", "markdown"];
const HTML: &[&str] = &["html", "htm"];
const PDF: &[&str] = &["pdf"];
const JSON: &[&str] = &["json"];

impl Named for ReportFormat {
    const ENDINGS: &'static [(Self, &'static [&'static str])] = &[
        (Self::Html, HTML),
        (Self::Pdf, PDF),
        (Self::Markdown, MARKDOWN),
        (Self::Texte, TEXT),
        (Self::Json, JSON),
    ];
}

impl Named for PlanFormat {
    const ENDINGS: &'static [(Self, &'static [&'static str])] = &[
        (Self::Texte, TEXT),
        (Self::Markdown, MARKDOWN),
        (Self::Pdf, PDF),
        (Self::Csv, &["csv"]),
        (Self::Ics, &["ics"]),
        (Self::Xlsx, &["xlsx"]),
        (Self::Json, JSON),
    ];
}

/// The file to write, if any: « - » is stdout, as everywhere else.
pub(super) fn file(asked: Option<&Path>) -> Option<&Path> {
    asked.filter(|path| path.as_os_str() != "-")
}

/// The format asked for by name or by the name of the file; the two must agree.
pub(super) fn format<F: Named>(
    asked: Option<F>,
    file: Option<&Path>,
) -> Result<Option<F>, CliError> {
    let Some(file) = file else {
        return Ok(asked);
    };
    let Some(extension) = file.extension() else {
        return Ok(asked);
    };
    let extension = extension.to_string_lossy().to_lowercase();
    let found = F::ENDINGS
        .iter()
        .find(|(_, endings)| endings.contains(&extension.as_str()))
        .map(|(format, _)| *format);
    match (found, asked) {
        (Some(found), Some(asked)) if found != asked => Err(disagreement::<F>(file, asked)),
        (Some(found), _) => Ok(Some(found)),
        (None, Some(asked)) => Err(disagreement::<F>(file, asked)),
        (None, None) => {
            let known: Vec<_> = usual::<F>()
                .map(|(_, ending)| format!(".{ending}"))
                .collect();
            Err(CliError::bad_input(format!(
                "« {} » : on ne sait pas quel format écrire. Terminez le nom par {}.",
                file.display(),
                known.join(", ")
            )))
        }
    }
}

fn usual<F: Named>() -> impl Iterator<Item = (F, &'static str)> {
    F::ENDINGS
        .iter()
        .map(|(format, endings)| (*format, endings[0]))
}

fn disagreement<F: Named>(file: &Path, asked: F) -> CliError {
    let ending = usual::<F>()
        .find(|(format, _)| *format == asked)
        .map_or("", |(_, ending)| ending);
    CliError::bad_input(format!(
        "le nom « {} » ne va pas avec le format demandé. Terminez-le par .{ending}, ou retirez --format.",
        file.display()
    ))
}

/// What a terminal shows of a file; only texts.
pub(super) fn shown(bytes: Vec<u8>) -> Result<String, CliError> {
    String::from_utf8(bytes).map_err(|_| {
        CliError::bad_input(
            "ce format ne s'affiche pas dans un terminal : donnez un fichier avec -o.",
        )
    })
}

/// Says that documents and their proofs go to the disk.
pub(super) fn unshowable() -> CliError {
    CliError::bad_input(
        "les documents ne s'écrivent pas sur la sortie standard : avec -o, donnez un dossier, ou un fichier .zip pour --preuves.",
    )
}

/// Writes a file that was asked for, never over another; tells where it is.
pub(super) fn put(file: &Path, bytes: &[u8], what: &str) -> Result<String, CliError> {
    if write_atomic(file, bytes, Overwrite::Refuse)? == Written::Differs {
        return Err(CliError::cannot_write(format!(
            "« {} » existe déjà et son contenu est différent ; il n'a pas été touché. Choisissez un autre nom, ou déplacez-le.",
            file.display()
        )));
    }
    Ok(format!("{what} dans {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_its_format() {
        let of = |asked, name: &str| format::<PlanFormat>(asked, Some(Path::new(name)));
        for (format, endings) in PlanFormat::ENDINGS {
            for ending in *endings {
                let name = format!("d/p.{}", ending.to_uppercase());
                assert_eq!(of(None, &name).ok().flatten(), Some(*format), "{name}");
                assert_eq!(of(Some(*format), &name).ok().flatten(), Some(*format));
            }
        }
        for (asked, name) in [
            (None, "p.docx"),
            (Some(PlanFormat::Pdf), "p.txt"),
            (Some(PlanFormat::Csv), "p.xyz"),
        ] {
            let error = of(asked, name).expect_err(name);
            assert_eq!(error.code, 2, "{error}");
        }
        assert_eq!(of(None, "plan").ok(), Some(None));
        assert_eq!(file(Some(Path::new("-"))), None);
        assert_eq!(file(Some(Path::new("./-"))), Some(Path::new("./-")));
    }
}
