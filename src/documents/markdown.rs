//! From our Markdown to HTML and plain text, through one stream of events.
//!
//! Raw HTML becomes text, links lead only where [`super::escape::is_allowed`] says, images become
//! their description, headings start at level 2. Blanks come out apart, for each output to show.

pub mod brand;
pub mod html;
pub mod page;
pub mod text;

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blank;
use super::escape::is_allowed;

/// An event every output understands.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    /// Opens a tag; only those [`pieces`] lets through.
    Start(Tag<'a>),
    /// Closes a tag.
    End(TagEnd),
    /// Text.
    Text(CowStr<'a>),
    /// A blank.
    Blank(String),
    /// Code within a line.
    Code(CowStr<'a>),
    /// End of line that is only in the source.
    SoftBreak,
    /// End of line to keep.
    HardBreak,
    /// A line across.
    Rule,
}

impl Piece<'_> {
    /// What it adds to a line of words; nothing for a mark.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(words) | Self::Code(words) => Some(words),
            Self::Blank(words) => Some(words),
            Self::SoftBreak | Self::HardBreak => Some(" "),
            Self::Start(_) | Self::End(_) | Self::Rule => None,
        }
    }
}

/// Reads a Markdown text.
pub fn pieces(markdown: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    read(markdown, &mut out, |_, _| {});
    out
}

/// The same, each piece with the place of the event it comes from, in bytes.
pub fn placed(markdown: &str) -> Vec<(usize, Piece<'_>)> {
    let (mut out, mut places) = (Vec::new(), Vec::new());
    read(markdown, &mut out, |count, place| {
        places.resize(count, place);
    });
    places.into_iter().zip(out).collect()
}

/// Reads a text; `seen` is told how many pieces there are once an event was read, and its place.
fn read<'a>(markdown: &'a str, out: &mut Vec<Piece<'a>>, mut seen: impl FnMut(usize, usize)) {
    let mut pending: Option<Cow<'a, str>> = None;
    let mut from = 0;
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if let Some(before) = &mut pending {
                    before.to_mut().push_str(&text);
                } else {
                    from = range.start;
                    pending = Some(text.into());
                }
                continue;
            }
            _ => flush(pending.take(), out),
        }
        seen(out.len(), from);
        match event {
            Event::Start(tag) => start(tag, &mut links, out),
            Event::End(TagEnd::Link) => close_link(&mut links, out),
            Event::End(TagEnd::Heading(level)) => {
                out.push(Piece::End(TagEnd::Heading(lower(level))));
            }
            Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            Event::End(tag) => out.push(Piece::End(tag)),
            Event::Code(code) => out.push(Piece::Code(code)),
            Event::SoftBreak => out.push(Piece::SoftBreak),
            Event::HardBreak => out.push(Piece::HardBreak),
            Event::Rule => out.push(Piece::Rule),
            _ => {}
        }
        seen(out.len(), range.start);
    }
    flush(pending, out);
    seen(out.len(), from);
}

fn close_link(links: &mut Vec<bool>, out: &mut Vec<Piece<'_>>) {
    if links.pop() == Some(true) {
        out.push(Piece::End(TagEnd::Link));
    }
}

fn start<'a>(tag: Tag<'a>, links: &mut Vec<bool>, out: &mut Vec<Piece<'a>>) {
    match tag {
        Tag::Link { ref dest_url, .. } => {
            let allowed = is_allowed(dest_url);
            links.push(allowed);
            if allowed {
                out.push(Piece::Start(tag));
            }
        }
        Tag::Heading { level, .. } => out.push(Piece::Start(Tag::Heading {
            level: lower(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Tag::Image { .. } | Tag::HtmlBlock => {}
        tag => out.push(Piece::Start(tag)),
    }
}

/// A box to tick.
pub const BOX: char = '☐';

/// What follows the box to tick a text begins with: in an item of a list, the box is its mark.
pub fn after_box(text: &str) -> Option<&str> {
    text.strip_prefix(BOX)?.strip_prefix([' ', '\u{a0}'])
}

/// The words of a Markdown text on one line, marks left out.
pub fn flat(markdown: &str) -> String {
    pieces(markdown).iter().filter_map(Piece::words).collect()
}

/// Level 1 is the title of the page: ours start at 2.
fn lower(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 {
        HeadingLevel::H2
    } else {
        level
    }
}

/// Text comes in slices: they are joined before blanks are looked for.
fn flush<'a>(pending: Option<Cow<'a, str>>, out: &mut Vec<Piece<'a>>) {
    let Some(text) = pending else { return };
    if !text.contains(blank::PREFIX) {
        out.push(Piece::Text(text.into()));
        return;
    }
    for (part, is_blank) in blank::find(&text) {
        out.push(if is_blank {
            Piece::Blank(part.to_owned())
        } else {
            Piece::Text(CowStr::from(part.to_owned()))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_where_they_come_from() {
        let markdown = "## Un\n\nMot **gras**.\n\n- a\n- b\n";
        let placed = placed(markdown);
        assert_eq!(
            placed
                .iter()
                .map(|(_, piece)| piece.clone())
                .collect::<Vec<_>>(),
            pieces(markdown)
        );
        let place = |words: &str| {
            let piece = Piece::Text(CowStr::from(words.to_owned()));
            placed.iter().find(|(_, p)| *p == piece).unwrap().0
        };
        assert_eq!(place("gras"), markdown.find("gras").unwrap());
        assert_eq!(place("b"), markdown.rfind('b').unwrap());
        let item = placed
            .iter()
            .rfind(|(_, p)| matches!(p, Piece::Start(Tag::Item)));
        assert_eq!(item.unwrap().0, markdown.rfind("- b").unwrap());
    }
}
