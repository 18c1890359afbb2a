//! From a rendered document to a file in any format.

use super::sheet::{self, Sheet};
use super::xlsx::SheetError;
use super::{csv, docx, pdf, xlsx};
use crate::documents::Rendered;
use crate::documents::output::{self, File};
use crate::documents::{record, sorting};
use crate::domain::branding::Branding;
use crate::domain::view::View;

/// The document that also comes as a table of processing activities.
pub const RECORD: &str = "registre";
/// The document that also comes as a table of durations.
pub const RETENTION: &str = sorting::DOCUMENT;

/// A format documents come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A text, or a page.
    Text(output::Format),
    /// A word-processor file.
    Docx,
    /// Pages to send or to print.
    Pdf,
    /// A table for any spreadsheet; only for the documents that are tables.
    Csv,
    /// A spreadsheet file; only for the documents that are tables.
    Xlsx,
}

impl From<output::Format> for Format {
    fn from(format: output::Format) -> Self {
        Self::Text(format)
    }
}

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        let texts = output::Format::ALL.into_iter().map(Self::Text);
        texts.chain([Self::Docx, Self::Pdf, Self::Xlsx, Self::Csv])
    }

    /// The word used in commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text(format) => format.word(),
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Tells whether the format is made to be pasted in an editor, and not to be read.
    pub fn is_pasted(self) -> bool {
        use output::Format::{Fragment, FragmentLists};
        matches!(self, Self::Text(Fragment | FragmentLists))
    }

    /// Tells whether the format is read line by line.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text(_) | Self::Csv)
    }

    /// The format of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|format| format.word() == word)
    }
}

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A spreadsheet could not be made.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A PDF could not be made.
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
    /// An archive could not be made.
    #[error(transparent)]
    Pack(#[from] docx::PackError),
}

/// A file, and what its format could not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub file: File,
    /// What it could not show.
    pub lacking: pdf::Lacking,
}

/// The file of a document in a format; none when the document does not come in it.
pub fn file(
    view: &View<'_>,
    document: &Rendered,
    format: Format,
    branding: Option<&Branding>,
) -> Result<Option<File>, FileError> {
    Ok(made(view, document, format, branding)?.map(|made| made.file))
}

/// The same, and what the file could not show.
pub fn made(
    view: &View<'_>,
    document: &Rendered,
    format: Format,
    branding: Option<&Branding>,
) -> Result<Option<Made>, FileError> {
    let mut lacking = pdf::Lacking::default();
    let sheets = || sheets(view, document);
    let file = match format {
        Format::Text(format) => Some(output::file(document, format, branding)),
        Format::Docx => Some(File {
            name: output::name(document, "docx"),
            bytes: docx::write(&docx::Text {
                title: &document.title,
                author: &view.dossier().name,
                markdown: &document.markdown,
                clauses: &document.clauses,
                date: view.date(),
                landscape: is_table(&document.id),
                branding,
            })?,
        }),
        Format::Pdf => {
            let written = pages(view, document, branding)?;
            lacking = written.lacking;
            Some(File {
                name: output::name(document, "pdf"),
                bytes: written.bytes,
            })
        }
        Format::Csv => table(view, document).map(|sheet| File {
            name: output::name(document, "csv"),
            bytes: csv::write(&sheet).into_bytes(),
        }),
        Format::Xlsx => match sheets().as_slice() {
            [] => None,
            sheets => Some(File {
                name: output::name(document, "xlsx"),
                bytes: xlsx::write(&sheets[0].title, sheets, view.date())?,
            }),
        },
    };
    Ok(file.map(|file| Made { file, lacking }))
}

/// The document as pages. Wide tables ask for pages on their long side.
fn pages(
    view: &View<'_>,
    document: &Rendered,
    branding: Option<&Branding>,
) -> Result<pdf::Written, pdf::PdfError> {
    let properties = pdf::Properties {
        title: &document.title,
        note: None,
        author: &view.dossier().name,
        date: view.date(),
        landscape: is_table(&document.id),
        branding,
    };
    pdf::write(&properties, &[pdf::Part::Text(document.markdown.clone())])
}

/// Tells whether a document also comes as a table.
pub fn is_table(document: &str) -> bool {
    [RECORD, RETENTION].contains(&document)
}

/// The table of a document, rows alone.
fn table(view: &View<'_>, document: &Rendered) -> Option<Sheet> {
    let name = &view.dossier().name;
    match document.id.as_str() {
        RECORD => Some(sheet::record_rows(
            name,
            &record::record(view),
            &record::around(document),
            view.date(),
        )),
        _ => sheets(view, document).into_iter().next(),
    }
}

/// The tables of a document, one tab each.
fn sheets(view: &View<'_>, document: &Rendered) -> Vec<Sheet> {
    let name = &view.dossier().name;
    match document.id.as_str() {
        RECORD => {
            let (record, around) = (record::record(view), record::around(document));
            let abroad =
                (!around.transfers.is_empty()).then(|| sheet::abroad(name, &around, view.date()));
            std::iter::once(sheet::record(name, &record, &around, view.date()))
                .chain(abroad)
                .chain([sheet::retention(name, &record, view.date())])
                .collect()
        }
        RETENTION => {
            let durations = sheet::retention(name, &record::record(view), view.date());
            let sorts = sorting::sorts(document);
            let calendar = (!sorts.is_empty()).then(|| sheet::sorting(name, &sorts, view.date()));
            std::iter::once(durations).chain(calendar).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for format in Format::all() {
            assert_eq!(Format::from_word(format.word()), Some(format));
        }
        assert_eq!(Format::from_word("odt"), None);
    }
}
