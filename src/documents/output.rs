//! From a rendered document to files: names and bytes, nothing written here.

use super::Rendered;
use super::markdown::{html, page, text};
use crate::domain::branding::Branding;

/// A format documents come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// A page that opens in a browser.
    Html,
    /// HTML to paste in the editor of a site.
    Fragment,
    /// The same with lists in place of tables, for editors and mail programs that break tables.
    FragmentLists,
    /// Plain text.
    Text,
}

/// A file to write: relative name, without folder, and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Name, safe on every system.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [
        Self::Markdown,
        Self::Html,
        Self::Fragment,
        Self::FragmentLists,
        Self::Text,
    ];

    /// The word used in commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Fragment => "fragment",
            Self::FragmentLists => "fragment-listes",
            Self::Text => "texte",
        }
    }

    /// The format of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Fragment => "fragment.html",
            Self::FragmentLists => "fragment-listes.html",
            Self::Text => "txt",
        }
    }
}

/// The text of a document in a format.
pub fn written(document: &Rendered, format: Format, branding: Option<&Branding>) -> String {
    match format {
        Format::Markdown => format!("# {}\n\n{}", document.title, document.markdown),
        Format::Html => page::page(&document.title, &document.markdown, branding),
        Format::Fragment => html::fragment(&document.published()),
        Format::FragmentLists => html::fragment_without_tables(&document.published()),
        Format::Text => {
            let markdown = format!("# {}\n\n{}", document.title, document.markdown);
            text::plain(&markdown)
        }
    }
}

/// Name of the file of a document, safe on every system.
pub fn name(document: &Rendered, extension: &str) -> String {
    let base: String = document
        .id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!("{base}.{extension}")
}

/// The file of a document in a format.
pub fn file(document: &Rendered, format: Format, branding: Option<&Branding>) -> File {
    File {
        name: name(document, format.extension()),
        bytes: written(document, format, branding).into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for format in Format::ALL {
            assert_eq!(Format::from_word(format.word()), Some(format));
        }
        assert_eq!(Format::from_word("pdf"), None);
    }
}
