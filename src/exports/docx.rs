//! Word-processor file (`.docx`): real styles, headings, lists and tables, in French, so that a
//! lawyer can correct the text, find its blanks, and keep its structure.

mod body;
mod brand;
mod parts;

use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::documents::ClauseTrace;
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

/// What stands in a file.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Title, also a property of the file.
    pub title: &'a str,
    /// Who it is about.
    pub author: &'a str,
    /// The text.
    pub markdown: &'a str,
    /// Its clauses: each gets a bookmark.
    pub clauses: &'a [ClauseTrace],
    /// Day of the document.
    pub date: Date,
    /// Whether the page lies on its long side.
    pub landscape: bool,
    /// The identity put on it.
    pub branding: Option<&'a Branding>,
}

/// Writes a file.
pub fn write(text: &Text<'_>) -> Result<Vec<u8>, PackError> {
    let (title, author) = (clean(text.title), clean(text.author));
    let (date, branding) = (text.date, text.branding);
    let bookmarks = bookmarks(text.markdown, text.clauses);
    let page = if text.landscape { LYING } else { UPRIGHT };
    let body = body::body(&title, text.markdown, &bookmarks, page, branding);
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
        ("word/footer1.xml", parts::footer(&title, page, branding)),
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

/// Width and height of an A4 page, in twentieths of a point.
type Page = (usize, usize);
const UPRIGHT: Page = (11_906, 16_838);
const LYING: Page = (16_838, 11_906);

/// A place other documents may refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bookmark {
    /// Where it stands in the Markdown text, in bytes.
    place: usize,
    name: String,
}

/// One bookmark a clause, where the clause begins.
fn bookmarks(markdown: &str, clauses: &[ClauseTrace]) -> Vec<Bookmark> {
    let mut from = 0;
    let mut bookmarks = Vec::new();
    for clause in clauses {
        let words = clause.markdown.trim();
        let found = markdown.get(from..).and_then(|rest| rest.find(words));
        let Some(at) = found.filter(|_| !words.is_empty()) else {
            continue;
        };
        bookmarks.push(Bookmark {
            place: from + at,
            name: bookmark_name(&clause.id),
        });
        from += at + words.len();
    }
    bookmarks
}

/// The name of the bookmark of a clause: letters, digits and underscores, forty at most.
fn bookmark_name(clause: &str) -> String {
    const LONGEST: usize = 33;
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = clause.chars().map(plain).collect();
    if name.len() <= LONGEST {
        return format!("clause_{name}");
    }
    let [a, b, c, ..] = *Sha256::digest(clause).as_slice() else {
        return format!("clause_{}", &name[..LONGEST]);
    };
    format!("clause_{}_{a:02x}{b:02x}{c:02x}", &name[..LONGEST - 7])
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
            &[],
            UPRIGHT,
            None,
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
            "<w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/>",
        ] {
            assert!(body.document.contains(expected), "{expected}");
        }
        assert_eq!(body.links, ["https://e.fr/?a=1&b=2"]);
        assert_eq!(body.lists, [1]);
        assert!(parts::document_relations(&body.links, false).contains("a=1&amp;b=2"));
    }

    #[test]
    fn a_box_is_the_mark_of_its_item() {
        let body = body::body("T", "- ☐ oui\n- non\n\n☐ seul\n", &[], UPRIGHT, None).document;
        let list = |number: usize| format!("<w:numId w:val=\"{number}\"/>");
        let words = |text: &str| format!("<w:t xml:space=\"preserve\">{text}</w:t>");
        assert_eq!(body.matches(&list(parts::BOXES)).count(), 1, "{body}");
        assert_eq!(body.matches(&list(parts::BULLETS)).count(), 1, "{body}");
        for text in ["oui", "non", "☐ seul"] {
            assert!(body.contains(&words(text)), "{text}: {body}");
        }
        assert!(parts::numbering(&[]).contains("<w:lvlText w:val=\"☐\"/>"));
    }

    #[test]
    fn the_closing_words_of_a_practice_end_the_text() {
        let brand = Branding {
            closing: Some("Merci.".to_owned()),
            ..Branding::default()
        };
        let body = body::body("T", "Texte.\n", &[], UPRIGHT, Some(&brand)).document;
        let at = |words: &str| body.find(words).unwrap();
        assert!(
            at("Texte.") < at("Merci.") && at("Merci.") < at("<w:sectPr>"),
            "{body}"
        );
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
            &parts::footer(hostile, UPRIGHT, None),
            &parts::footer(hostile, LYING, Some(&brand)),
            &brand::header(&brand),
            &parts::numbering(&[1, 7]),
        ] {
            assert!(is_well_formed(xml), "{xml}");
        }
    }

    #[test]
    fn a_column_holds_its_longest_word() {
        let markdown = "| Où | Quoi |\n|---|---|\n| Administration | un mot et puis bien d'autres, sur une ligne qui n'en finit pas de dire ce qu'elle a à dire |\n";
        let body = body::body("T", markdown, &[], UPRIGHT, None);
        let widths: Vec<usize> = body
            .document
            .split("<w:gridCol w:w=\"")
            .skip(1)
            .map(|part| part.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(widths[0] > 14 * 120 && widths[1] > widths[0], "{widths:?}");
        assert!(widths.iter().sum::<usize>() <= 9_638, "{widths:?}");
        let lying = body::body("T", markdown, &[], LYING, None).document;
        assert!(lying.contains("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""));
    }

    #[test]
    fn each_clause_has_a_bookmark_under_a_name_that_stays() {
        let clause = |id: &str, markdown: &str| ClauseTrace {
            id: id.to_owned(),
            markdown: markdown.to_owned(),
            private: false,
            questions: Vec::new(),
            obligations: Vec::new(),
            references: Vec::new(),
            complete: true,
            gaps: Vec::new(),
            awaits: Vec::new(),
        };
        let long = "une-clause-dont-le-nom-est-bien-trop-long-pour-un-signet";
        let clauses = [
            clause("titre", "## Un\n\nTexte.\n"),
            clause("a", "- a"),
            clause("vide", " "),
            clause("b", "- b"),
            clause("table-2", "| A |\n|---|\n| 1 |"),
            clause(long, "Fin."),
        ];
        let markdown =
            "## Un\n\nTexte.\n\n- a\n- b\n\n[à compléter : x]\n\n| A |\n|---|\n| 1 |\n\nFin.\n";
        let marks = bookmarks(markdown, &clauses);
        let body = body::body("T", markdown, &marks, UPRIGHT, None);
        for (name, words) in [
            ("clause_titre", "Un"),
            ("clause_a", "a"),
            ("clause_b", "b"),
            ("clause_table_2", "A"),
        ] {
            let start = format!("w:name=\"{name}\"/>");
            let after = body.document.split(&start).nth(1).unwrap();
            let inside = after.split("<w:bookmarkEnd").next().unwrap();
            assert!(
                inside.contains(&format!(">{words}</w:t>")),
                "{name}: {inside}"
            );
        }
        let count = |what: &str| body.document.matches(what).count();
        assert_eq!(count("<w:bookmarkStart"), 5);
        assert_eq!(count("<w:bookmarkEnd"), 5);
        assert_eq!(bookmark_name(long).len(), 40);
        assert_ne!(bookmark_name(long), bookmark_name(&format!("{long}-2")));
        assert!(is_well_formed(&body.document));
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let text = Text {
            title: "T",
            author: "A",
            markdown: "Texte.",
            clauses: &[],
            date: date(2026, 11, 2),
            landscape: false,
            branding: None,
        };
        let write = || write(&text).ok();
        assert!(write().is_some_and(|bytes| bytes.starts_with(b"PK")));
        assert_eq!(write(), write());
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed(text in "\\PC{0,120}|[ -~é\\n\\t`*_<>\\[\\]()#|!\"'&;:/{}-]{0,200}") {
            let body = body::body(&text, &text, &[], UPRIGHT, None);
            prop_assert!(is_well_formed(&body.document), "{}", body.document);
            let count = |what: &str| body.document.matches(what).count();
            prop_assert_eq!(count("<w:hyperlink "), body.links.len());
        }

        #[test]
        fn an_answer_reads_back(answer in "[ -~é«»]{0,80}") {
            let answer = clean(&answer);
            let markdown = format!("Nom\u{a0}: x{}x", crate::documents::escape::markdown(&answer));
            let body = body::body("T", &markdown, &[], UPRIGHT, None);
            prop_assert!(!body.document.contains("<w:hyperlink"));
        }
    }
}
