//! From Markdown pieces to the blocks of a page.

use std::rc::Rc;

use pulldown_cmark::{HeadingLevel, Tag, TagEnd};

use super::fonts::Face;
use crate::documents::markdown::{Piece, pieces};

/// Nesting beyond which a block stands in the one around it.
const DEEPEST: usize = 10;

/// Some words of one look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) look: Look,
}

/// How words look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    pub(super) face: Face,
    pub(super) back: Option<Back>,
    /// Where they lead.
    pub(super) link: Option<Rc<str>>,
}

/// What stands behind words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    Blank,
    Code,
}

/// Words in a row; `\n` alone in a span is an end of line.
pub(super) type Spans = Vec<Span>;

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading(u16, Spans),
    Paragraph(Spans),
    List(Option<u64>, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    /// Text to copy, line by line.
    Code(String),
    Table(Vec<Spans>, Vec<Vec<Spans>>),
    Rule,
}

/// Reads a Markdown text.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    reader.open.push((Frame::Plain, Vec::new()));
    for piece in &pieces(markdown) {
        reader.piece(piece);
    }
    reader.paragraph();
    let mut out = Vec::new();
    for (_, blocks) in reader.open {
        out.extend(blocks);
    }
    out
}

enum Frame {
    Plain,
    Item,
    Quote,
    List(Option<u64>, Vec<Vec<Block>>),
}

#[derive(Default)]
struct Reader {
    open: Vec<(Frame, Vec<Block>)>,
    spans: Spans,
    bold: usize,
    italic: usize,
    link: Option<Rc<str>>,
    code: Option<String>,
    head: Vec<Spans>,
    rows: Vec<Vec<Spans>>,
    in_head: bool,
}

impl Reader {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(tag) => self.end(*tag),
            Piece::Text(text) => match &mut self.code {
                Some(code) => code.push_str(text),
                None => self.span(text, None),
            },
            Piece::Blank(text) => match &mut self.code {
                Some(code) => code.push_str(text),
                None => self.span(text, Some(Back::Blank)),
            },
            Piece::Code(code) => self.span(code, Some(Back::Code)),
            Piece::SoftBreak => self.span(" ", None),
            Piece::HardBreak => self.span("\n", None),
            Piece::Rule => {
                self.paragraph();
                self.block(Block::Rule);
            }
        }
    }

    fn span(&mut self, text: &str, back: Option<Back>) {
        let face = match (self.bold > 0, self.italic > 0) {
            (true, true) => Face::BoldItalic,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (false, false) => Face::Regular,
        };
        self.spans.push(Span {
            text: text.to_owned(),
            look: Look {
                face,
                back,
                link: self.link.clone(),
            },
        });
    }

    fn block(&mut self, block: Block) {
        if let Some((_, blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn paragraph(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.iter().any(|span| !span.text.trim().is_empty()) {
            self.block(Block::Paragraph(spans));
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.paragraph();
                self.open
                    .push((Frame::List(*first, Vec::new()), Vec::new()));
            }
            Tag::Item => self.open.push((Frame::Item, Vec::new())),
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.open.push((Frame::Quote, Vec::new()));
            }
            Tag::Heading { .. } | Tag::Paragraph => self.paragraph(),
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.code = Some(String::new());
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            // Links within the page have nowhere to lead in a file of their own.
            Tag::Link { dest_url, .. } if !dest_url.starts_with(['#', '/']) => {
                self.link = Some(Rc::from(address(dest_url)));
            }
            Tag::Table(_) => {
                self.paragraph();
                self.head.clear();
                self.rows.clear();
            }
            Tag::TableHead => self.in_head = true,
            Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.paragraph(),
            TagEnd::Heading(level) => {
                let spans = std::mem::take(&mut self.spans);
                let level = match level {
                    HeadingLevel::H1 | HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    _ => 4,
                };
                if spans.iter().any(|span| !span.text.trim().is_empty()) {
                    self.block(Block::Heading(level, spans));
                }
            }
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::List(_) => self.close(),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.block(Block::Code(code));
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::TableCell => {
                let spans = std::mem::take(&mut self.spans);
                if self.in_head {
                    self.head.push(spans);
                } else if let Some(row) = self.rows.last_mut() {
                    row.push(spans);
                }
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::Table => {
                let (head, rows) = (
                    std::mem::take(&mut self.head),
                    std::mem::take(&mut self.rows),
                );
                self.block(Block::Table(head, rows));
            }
            _ => {}
        }
    }

    /// Puts what was opened last in what stands around it.
    fn close(&mut self) {
        self.paragraph();
        let deep = self.open.len() > DEEPEST;
        let Some((frame, blocks)) = self.open.pop() else {
            return;
        };
        match frame {
            Frame::Item => match self.open.last_mut() {
                Some((Frame::List(_, items), _)) => items.push(blocks),
                Some((_, around)) => around.extend(blocks),
                None => {}
            },
            Frame::List(_, items) if deep => {
                for block in items.into_iter().flatten() {
                    self.block(block);
                }
            }
            Frame::List(first, items) => self.block(Block::List(first, items)),
            Frame::Quote if !deep => self.block(Block::Quote(blocks)),
            Frame::Quote | Frame::Plain => {
                for block in blocks {
                    self.block(block);
                }
            }
        }
    }
}

/// An address as PDF holds it: ASCII alone.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_comes_through() {
        let read = blocks(
            "# T\n\nUn **mot** [à compléter : nom]\n\n- a\n  1. b\n- c\n\n> q\n\n| A |\n|---|\n| [x](https://é.fr) |\n\n```\nl\n```\n\n---\n",
        );
        assert!(matches!(&read[0], Block::Heading(2, spans) if spans[0].text == "T"));
        assert!(
            matches!(&read[1], Block::Paragraph(spans) if spans.last().and_then(|s| s.look.back) == Some(Back::Blank))
        );
        assert!(
            matches!(&read[2], Block::List(None, items) if items.len() == 2 && matches!(items[0][1], Block::List(Some(1), _)))
        );
        assert!(matches!(&read[3], Block::Quote(_)));
        assert!(
            matches!(&read[4], Block::Table(_, rows) if rows[0][0][0].look.link.as_deref() == Some("https://%C3%A9.fr"))
        );
        assert_eq!(read[5], Block::Code("l\n".to_owned()));
        assert_eq!(read[6], Block::Rule);
        assert_eq!(read.len(), 7);
    }

    #[test]
    fn nesting_is_bounded() {
        let read = blocks(&format!("{} fond\n", ">".repeat(2_000)));
        let mut depth = 0;
        let mut at = &read[..];
        while let Some(Block::Quote(inside)) = at.first() {
            depth += 1;
            at = inside;
        }
        assert!(depth <= DEEPEST);
        assert!(matches!(at.first(), Some(Block::Paragraph(_))));
    }
}
