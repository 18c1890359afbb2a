//! The text itself: from Markdown pieces to paragraphs, lists and tables.

use std::fmt::Write as _;

use pulldown_cmark::{HeadingLevel, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use super::parts::{BOXES, BULLETS, FIRST_NUMBERED, INDENT, LEVELS, MARGIN};
use super::{Bookmark, Page, brand, escape, escaped};
use crate::documents::markdown::{Piece, after_box, placed};
use crate::domain::branding::Branding;

/// Narrowest column.
const NARROWEST: usize = 900;
/// Width of a letter of a cell, a wide one, and of what stands on both sides of a text.
const LETTER: usize = 125;
const PADDING: usize = 230;

/// The text, and what the other parts must know of it.
pub(super) struct Body {
    /// `word/document.xml`.
    pub(super) document: String,
    /// Where links lead, in order.
    pub(super) links: Vec<String>,
    /// First number of each ordered list, in order.
    pub(super) lists: Vec<u64>,
}

/// Lays out a Markdown text under a title, a bookmark at each of these places.
pub(super) fn body(
    title: &str,
    markdown: &str,
    bookmarks: &[Bookmark],
    (width, height): Page,
    branding: Option<&Branding>,
) -> Body {
    let mut writer = Writer {
        page: width - 2 * MARGIN,
        ..Writer::default()
    };
    writer.out.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>",
    );
    write!(
        writer.out,
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        escaped(title)
    )
    .unwrap_or_default();
    let mut bookmarks = bookmarks.iter().peekable();
    for (place, piece) in &placed(markdown) {
        while let Some(bookmark) = bookmarks.next_if(|bookmark| bookmark.place <= *place) {
            // What came before belongs to the clause before.
            writer.paragraph();
            writer.bookmarks.push(bookmark.name.clone());
        }
        writer.piece(piece);
    }
    writer.paragraph();
    let orient = if width > height {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    if let Some(words) = branding.and_then(|branding| branding.closing.as_ref()) {
        writer
            .out
            .push_str(&brand::line("Motdelafin", words, false));
    }
    let header = branding.map_or("", |_| brand::HEADER_REFERENCE);
    write!(
        writer.out,
        "<w:sectPr>{header}<w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orient}/>\
         <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    )
    .unwrap_or_default();
    Body {
        document: writer.out,
        links: writer.links,
        lists: writer.ordered,
    }
}

/// A cell: its runs, and how wide its text and its longest word are.
#[derive(Default)]
struct Cell {
    runs: String,
    width: usize,
    word: usize,
}

/// What stands in front of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// That of its list: a bullet or a number.
    Own,
    /// A box to tick.
    Box,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Width of the text, in twentieths of a point.
    page: usize,
    /// Runs of the paragraph under way.
    runs: String,
    /// Width of the text of the paragraph under way, and of its longest word.
    width: usize,
    word: usize,
    /// Style of the paragraph under way, when it is not an ordinary one.
    style: Option<&'static str>,
    bold: usize,
    italic: usize,
    quotes: usize,
    /// Number of the open lists, outermost first.
    lists: Vec<usize>,
    /// What the next paragraph carries of its item.
    mark: Option<Mark>,
    in_link: bool,
    in_code: bool,
    links: Vec<String>,
    ordered: Vec<u64>,
    rows: Vec<Vec<Cell>>,
    /// Bookmarks of the paragraph to come.
    bookmarks: Vec<String>,
    /// How many were written.
    bookmarked: usize,
}

impl Writer {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(tag) => self.end(*tag),
            Piece::Text(text) if self.in_code => {
                for line in text.trim_end_matches('\n').split('\n') {
                    self.run(line, None);
                    self.style = Some("Texteacopier");
                    self.paragraph();
                }
            }
            Piece::Text(text) if self.mark.is_some() && self.runs.is_empty() => {
                match after_box(text) {
                    Some(rest) => {
                        self.mark = Some(Mark::Box);
                        self.run(rest, None);
                    }
                    None => self.run(text, None),
                }
            }
            Piece::Text(text) => self.run(text, None),
            Piece::Blank(text) => self.run(text, Some("Acompleter")),
            Piece::Code(code) => self.run(code, Some("Codeenligne")),
            Piece::SoftBreak => self.run(" ", None),
            Piece::HardBreak => self.runs.push_str("<w:r><w:br/></w:r>"),
            Piece::Rule => {
                self.paragraph();
                self.out
                    .push_str("<w:p><w:pPr><w:pStyle w:val=\"Filet\"/></w:pPr></w:p>");
            }
        }
    }

    fn run(&mut self, text: &str, style: Option<&str>) {
        self.width += text.width();
        let words = text.split([' ', '-', '/']).map(UnicodeWidthStr::width);
        self.word = words.fold(self.word, usize::max);
        self.runs.push_str("<w:r>");
        let style = style.or(self.in_link.then_some("Hyperlink"));
        if style.is_some() || self.bold > 0 || self.italic > 0 {
            self.runs.push_str("<w:rPr>");
            if let Some(style) = style {
                write!(self.runs, "<w:rStyle w:val=\"{style}\"/>").unwrap_or_default();
            }
            if self.bold > 0 {
                self.runs.push_str("<w:b/>");
            }
            if self.italic > 0 {
                self.runs.push_str("<w:i/>");
            }
            self.runs.push_str("</w:rPr>");
        }
        self.runs.push_str("<w:t xml:space=\"preserve\">");
        escape(text, &mut self.runs);
        self.runs.push_str("</w:t></w:r>");
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.style = Some(match level {
                    HeadingLevel::H1 | HeadingLevel::H2 => "Heading1",
                    HeadingLevel::H3 => "Heading2",
                    _ => "Heading3",
                });
            }
            Tag::List(first) => {
                self.paragraph();
                self.lists.push(match first {
                    Some(first) => {
                        self.ordered.push(*first);
                        self.ordered.len() - 1 + FIRST_NUMBERED
                    }
                    None => BULLETS,
                });
            }
            Tag::Item => self.mark = Some(Mark::Own),
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.in_code = true;
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link { dest_url, .. } => self.open_link(dest_url),
            Tag::Table(_) => {
                self.paragraph();
                self.rows.clear();
            }
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) => self.paragraph(),
            TagEnd::List(_) => {
                self.paragraph();
                self.lists.pop();
                self.mark = None;
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link if self.in_link => {
                self.in_link = false;
                self.runs.push_str("</w:hyperlink>");
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                let cell = Cell {
                    runs: self.bookmarked(&runs),
                    width: std::mem::take(&mut self.width),
                    word: std::mem::take(&mut self.word),
                };
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    /// Links within the page have nowhere to lead in a file of their own.
    fn open_link(&mut self, target: &str) {
        if target.starts_with(['#', '/']) {
            return;
        }
        write!(
            self.runs,
            "<w:hyperlink r:id=\"rIdLink{}\">",
            self.links.len()
        )
        .unwrap_or_default();
        self.links.push(target.to_owned());
        self.in_link = true;
    }

    /// The runs of a paragraph, between the ends of the bookmarks it carries.
    fn bookmarked(&mut self, runs: &str) -> String {
        let names = std::mem::take(&mut self.bookmarks);
        let (mut before, mut after) = (String::new(), String::new());
        for name in names {
            let id = self.bookmarked;
            self.bookmarked += 1;
            write!(before, "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>")
                .unwrap_or_default();
            write!(after, "<w:bookmarkEnd w:id=\"{id}\"/>").unwrap_or_default();
        }
        before + runs + &after
    }

    /// Writes the paragraph under way.
    fn paragraph(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let style = self.style.take();
        (self.width, self.word) = (0, 0);
        if runs.is_empty() {
            return;
        }
        let runs = self.bookmarked(&runs);
        self.out.push_str("<w:p><w:pPr>");
        match (style, self.lists.last()) {
            (Some(style), _) => {
                write!(self.out, "<w:pStyle w:val=\"{style}\"/>").unwrap_or_default();
            }
            (None, Some(list)) => {
                let level = (self.lists.len() - 1).min(LEVELS - 1);
                self.out.push_str("<w:pStyle w:val=\"ListParagraph\"/>");
                if let Some(mark) = self.mark.take() {
                    let list = if mark == Mark::Box { &BOXES } else { list };
                    write!(
                        self.out,
                        "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
                    )
                    .unwrap_or_default();
                } else {
                    write!(self.out, "<w:ind w:left=\"{}\"/>", (level + 1) * INDENT)
                        .unwrap_or_default();
                }
            }
            (None, None) if self.quotes > 0 => {
                self.out.push_str("<w:pStyle w:val=\"Quote\"/>");
            }
            (None, None) => {}
        }
        self.out.extend(["</w:pPr>", &runs, "</w:p>"]);
    }

    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let widths = widths(&rows, self.page);
        self.out.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Tableau\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
        );
        for width in &widths {
            write!(self.out, "<w:gridCol w:w=\"{width}\"/>").unwrap_or_default();
        }
        self.out.push_str("</w:tblGrid>");
        for (at, row) in rows.iter().enumerate() {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/>");
            if at == 0 {
                self.out.push_str("<w:tblHeader/>");
            }
            self.out.push_str("</w:trPr>");
            for (cell, width) in row.iter().zip(&widths) {
                write!(
                    self.out,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cellule\"/></w:pPr>{}</w:p></w:tc>",
                    cell.runs
                )
                .unwrap_or_default();
            }
            self.out.push_str("</w:tr>");
        }
        // A paragraph parts two tables, and a document never ends on one.
        self.out.push_str("</w:tbl><w:p/>");
    }
}

/// Widths of the columns: each holds its longest word where the page allows it, the rest is shared
/// by the length of their texts.
fn widths(rows: &[Vec<Cell>], page: usize) -> Vec<usize> {
    let count = rows.first().map_or(0, Vec::len);
    let columns: Vec<(usize, usize)> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let (word, width) = cells.fold((0, 8), |(word, width), cell| {
                (word.max(cell.word), width.max(cell.width))
            });
            ((word * LETTER + PADDING).max(NARROWEST), width.min(60))
        })
        .collect();
    let least: usize = columns.iter().map(|(least, _)| least).sum();
    let texts: usize = columns.iter().map(|(_, width)| width).sum();
    let free = page.saturating_sub(least);
    columns
        .iter()
        .map(|(own, width)| {
            if least > page {
                own * page / least
            } else {
                own + free * width / texts.max(1)
            }
        })
        .collect()
}
