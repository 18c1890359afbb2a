//! Self-contained HTML page: one file, no outside resource, no script, prints well.

use pulldown_cmark::Tag;

use super::html::{escape, labelled};
use super::{Piece, brand, pieces};
use crate::domain::branding::Branding;

const STYLE: &str = include_str!("page.css");
const CARDS: &str = include_str!("cards.css");
/// Columns from which a table asks for a wide page, and for paper on its long side.
const WIDE: usize = 6;

/// Rows shown as cards on screens narrower than this many times the size of a letter: no word is
/// cut, and nothing scrolls sideways.
pub fn cards(width: u32) -> String {
    format!("@media screen and (max-width: {width}rem) {{\n{CARDS}}}\n")
}

/// Writes a whole page in French around a Markdown text.
pub fn page(title: &str, markdown: &str, branding: Option<&Branding>) -> String {
    let mut name = String::new();
    escape(title, &mut name);
    let pieces = pieces(markdown);
    let body = labelled(&pieces);
    let is_wide = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Start(Tag::Table(columns)) if columns.len() >= WIDE));
    let (class, cards) = if is_wide {
        (" class=\"wide\"", cards(62))
    } else {
        ("", cards(40))
    };
    let (policy, style) = (brand::policy(branding), brand::style(branding));
    let (head, foot) = (brand::head(branding), brand::foot(branding));
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';{policy} base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{name}</title>\n<style>\n{STYLE}{cards}{style}</style>\n</head>\n<body>\n<main{class}>\n{head}<h1>{name}</h1>\n{body}{foot}</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_nothing_from_outside() {
        let html = page("A <b>", "## Titre\n\nTexte.", None);
        assert!(html.contains("<title>A &lt;b&gt;</title>"));
        assert!(html.contains("lang=\"fr\""));
        for outside in ["src=", "url(", "@import", "<script", "<link"] {
            assert!(!html.contains(outside), "{outside}");
        }
    }

    #[test]
    fn rows_become_cards_before_words_are_cut() {
        let narrow = page("T", "| A | B |\n|---|---|\n| 1 | 2 |\n", None);
        assert!(narrow.contains("(max-width: 40rem) {\n  table"), "{narrow}");
        assert!(narrow.contains("<main>") && narrow.contains("data-label=\"A"));
        assert!(!narrow.contains("overflow-wrap: anywhere; hyphens"));
        let six =
            "| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n";
        let wide = page("T", six, None);
        assert!(wide.contains("(max-width: 62rem) {\n  table"), "{wide}");
        assert!(wide.contains("<main class=\"wide\">"));
    }
}
