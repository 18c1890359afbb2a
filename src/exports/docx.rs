//! Word-processor file (`.docx`): real styles, headings, lists and tables, in French, so that a
//! lawyer can correct the text, find its blanks, and keep its structure.

mod body;
mod brand;
mod parts;

use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::documents::escape::clean;
use crate::domain::branding::Branding;

/// Why a file could not be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The archive refused.
    #[error("le fichier n'a pas pu être assemblé : {0}")]
    Zip(#[from] zip::result::ZipError),
    /// Memory refused.
    #[error("le fichier n'a pas pu être assemblé : {0}")]
    Io(#[from] std::io::Error),
}

/// Writes a Markdown text under a title.
pub fn write(
    title: &str,
    author: &str,
    markdown: &str,
    date: Date,
    branding: Option<&Branding>,
) -> Result<Vec<u8>, PackError> {
    let (title, author) = (clean(title), clean(author));
    let body = body::body(&title, markdown, branding.is_some());
    let logo = branding.and_then(|branding| branding.logo.as_ref());
    let header;
    let mut files = vec![
        ("[Content_Types].xml", parts::content_types(branding)),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/app.xml", parts::APPLICATION.to_owned()),
        (
            "docProps/core.xml",
            parts::properties(&title, &author, date),
        ),
        ("word/document.xml", body.document),
        (
            "word/_rels/document.xml.rels",
            parts::document_relations(&body.links, branding.is_some()),
        ),
        ("word/footer1.xml", parts::footer(&title, branding)),
        ("word/numbering.xml", parts::numbering(&body.lists)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/styles.xml", parts::styles(branding)),
    ];
    if let Some(branding) = branding {
        files.push(("word/header1.xml", brand::header(branding)));
    }
    let mut files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    if let Some(logo) = logo {
        header = brand::header_relations(logo);
        files.push(("word/_rels/header1.xml.rels", header.as_bytes()));
        files.push((brand::picture(logo), &logo.bytes));
    }
    pack(&files)
}

/// Packs files in this order, at a fixed time: the same files give the same bytes.
pub(super) fn pack(files: &[(&str, impl AsRef<[u8]>)]) -> Result<Vec<u8>, PackError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, options)?;
        archive.write_all(bytes.as_ref())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Escapes a text for XML, attribute values included; what XML cannot hold is left out.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// The same as a text of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::branding::Colour;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Reads tags one by one: each closes what was opened last.
    fn is_well_formed(xml: &str) -> bool {
        let mut open = Vec::new();
        let mut rest = xml;
        while let Some(at) = rest.find('<') {
            if rest[..at].contains('>') {
                return false;
            }
            let Some(end) = rest[at..].find('>') else {
                return false;
            };
            let tag = &rest[at + 1..at + end];
            rest = &rest[at + end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                if open.pop() != Some(name) {
                    return false;
                }
            } else if !tag.ends_with(['/', '?']) {
                open.push(tag.split(' ').next().unwrap_or(tag));
            }
        }
        open.is_empty()
    }

    #[test]
    fn structure_comes_through_as_styles() {
        let body = body::body(
            "Titre",
            "## Un\n\nMot **fort** [à compléter : le nom] <b>\n\n- a\n  1. b\n\n| A | B |\n|---|---|\n| 1 | [x](https://e.fr/?a=1&b=2) |\n\n> cité\n\n```\nl 1\nl 2\n```\n",
            false,
        );
        for expected in [
            "w:val=\"Title\"",
            "w:val=\"Heading1\"",
            "<w:rStyle w:val=\"Acompleter\"/>",
            "[à compléter : le nom]",
            "&lt;b&gt;",
            "<w:tblHeader/>",
            "w:val=\"Quote\"",
            "w:val=\"Texteacopier\"",
            "<w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/>",
        ] {
            assert!(body.document.contains(expected), "{expected}");
        }
        assert_eq!(body.links, ["https://e.fr/?a=1&b=2"]);
        assert_eq!(body.lists, [1]);
        assert!(parts::document_relations(&body.links, false).contains("a=1&amp;b=2"));
    }

    #[test]
    fn every_part_is_well_formed() {
        let hostile = "<w:p>&\"]]>\u{1}\u{ffff}";
        let brand = Branding {
            name: hostile.to_owned(),
            contact: vec![hostile.to_owned()],
            main: Colour::parse("#7a1f3d"),
            accent: Colour::parse("#e0a030"),
            footer: Some(hostile.to_owned()),
            ..Branding::default()
        };
        assert!(parts::styles(Some(&brand)).contains("7a1f3d"));
        assert!(!parts::styles(Some(&brand)).contains("1F3A5F"));
        for xml in [
            &parts::content_types(Some(&brand)),
            &parts::content_types(None),
            parts::RELATIONS,
            parts::APPLICATION,
            parts::SETTINGS,
            &parts::styles(None),
            &parts::styles(Some(&brand)),
            &parts::properties(hostile, hostile, date(2026, 11, 2)),
            &parts::document_relations(&[hostile.to_owned()], true),
            &parts::footer(hostile, None),
            &parts::footer(hostile, Some(&brand)),
            &brand::header(&brand),
            &parts::numbering(&[1, 7]),
        ] {
            assert!(is_well_formed(xml), "{xml}");
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let write = || write("T", "A", "Texte.", date(2026, 11, 2), None).ok();
        assert!(write().is_some_and(|bytes| bytes.starts_with(b"PK")));
        assert_eq!(write(), write());
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed(text in "\\PC{0,120}|[ -~é\\n\\t`*_<>\\[\\]()#|!\"'&;:/{}-]{0,200}") {
            let body = body::body(&text, &text, false);
            prop_assert!(is_well_formed(&body.document), "{}", body.document);
            let count = |what: &str| body.document.matches(what).count();
            prop_assert_eq!(count("<w:hyperlink "), body.links.len());
        }

        #[test]
        fn an_answer_reads_back(answer in "[ -~é«»]{0,80}") {
            let answer = clean(&answer);
            let markdown = format!("Nom\u{a0}: x{}x", crate::documents::escape::markdown(&answer));
            let body = body::body("T", &markdown, false);
            prop_assert!(!body.document.contains("<w:hyperlink"));
        }
    }
}
