//! Puts blocks on pages.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::geom::Rect;
use krilla::tagging::{BBox, ListNumbering, Tag, TagKind};

use super::blocks::{Back, Block, Look, Span};
use super::drawing::{Drawing, Stroke};
use super::fonts::{Face, Fonts};
use super::lines::{Line, Run, lines};
use super::sheet::{Bookmark, Frame, Mark, Rgb, Sheets, tint};
use super::{Colours, table};
use crate::documents::markdown::{BOX, after_box};

pub(super) const INK: Rgb = [0x1b, 0x1d, 0x22];
pub(super) const SOFT: Rgb = [0x56, 0x5c, 0x68];
pub(super) const RULE: Rgb = [0xc9, 0xce, 0xd7];
const BLANK: Rgb = [0xff, 0xe2, 0x8a];
const CODE: Rgb = [0xee, 0xf0, 0xf4];
/// Height of a line, for a size of 1.
pub(super) const LEADING: f32 = 1.42;
/// Size of the text.
pub(super) const BODY: f32 = 10.0;
const INDENT: f32 = 17.0;
/// Space above a paragraph.
const PARAGRAPH: f32 = 6.0;
/// Lines that a heading announces and keeps with it, where there are as many.
const ANNOUNCED: f32 = 3.5;
/// Narrowest text, whatever stands around it.
const NARROWEST: f32 = 160.0;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) colour: Rgb,
}

pub(super) const TEXT: Style = Style {
    size: BODY,
    colour: INK,
};

impl Style {
    pub(super) fn leading(self) -> f32 {
        self.size * LEADING
    }
}

/// A heading ready to be placed.
struct Heading {
    style: Style,
    lines: Vec<Line>,
    /// Space around it.
    before: f32,
    after: f32,
}

impl Heading {
    fn height(&self) -> f32 {
        self.style.leading() * self.lines.len() as f32 + self.after
    }
}

/// Puts blocks on pages.
pub(super) struct Layout<'f> {
    pub(super) fonts: &'f mut Fonts,
    pub(super) sheets: Sheets,
    pub(super) colours: Colours,
    /// Left and right edges of the text.
    pub(super) edges: (f32, f32),
    /// Level of the last heading: none may be skipped.
    level: u16,
    /// Mark of the item whose first line is to come: its part, its words, its place.
    label: Option<(usize, String, f32)>,
    /// Words of a practice at the foot of each page.
    pub(super) foot: Vec<Line>,
}

impl<'f> Layout<'f> {
    pub(super) fn new(fonts: &'f mut Fonts, frame: Frame, colours: Colours) -> Self {
        Self {
            fonts,
            sheets: Sheets::new(frame),
            colours,
            edges: (frame.left, frame.right),
            level: 0,
            label: None,
            foot: Vec::new(),
        }
    }

    fn width(&self) -> f32 {
        (self.edges.1 - self.edges.0).max(NARROWEST)
    }

    /// The title, and the line below it.
    pub(super) fn title(&mut self, title: &str, note: Option<&str>) {
        self.heading(1, &[span(title, Face::Bold)], &[]);
        if let Some(note) = note {
            let node = self.sheets.node(Tag::P, None);
            let style = Style {
                size: BODY,
                colour: SOFT,
            };
            self.paragraph(&[span(note, Face::Regular)], style, node);
        }
        let (y, frame) = (self.sheets.y + 5.0, self.sheets.frame);
        let accent = self.colours.accent;
        self.sheets.tint(frame.left, y, frame.width(), 1.4, accent);
        self.sheets.y = y + 8.0;
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], parent: Option<usize>) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            match block {
                Block::Heading(level, spans) => self.heading(*level, spans, after),
                block => self.block(block, parent),
            }
            rest = after;
        }
    }

    fn block(&mut self, block: &Block, parent: Option<usize>) {
        match block {
            Block::Heading(level, spans) => self.heading(*level, spans, &[]),
            Block::Paragraph(spans) => {
                self.sheets
                    .gap(if self.label.is_some() { 2.5 } else { PARAGRAPH });
                let node = self.sheets.node(Tag::P, parent);
                self.paragraph(spans, TEXT, node);
            }
            Block::List(first, items) => self.list(*first, items, parent),
            Block::Quote(blocks) => self.quote(blocks, parent),
            Block::Code(code) => self.code(code, parent),
            Block::Table(head, rows) => table::place(self, head, rows, parent),
            Block::Rule => {
                self.sheets.gap(9.0);
                let (left, y, width) = (self.edges.0, self.sheets.y, self.width());
                self.sheets.tint(left, y, width, 0.7, RULE);
                self.sheets.y += 5.0;
            }
        }
    }

    fn set_heading(&mut self, level: u16, spans: &[Span]) -> Heading {
        let (size, before, after) = match level {
            1 => (20.0, 0.0, 2.0),
            2 => (14.5, 18.0, 3.0),
            3 => (11.5, 12.0, 1.0),
            _ => (10.0, 9.0, 0.0),
        };
        let style = Style {
            size,
            colour: if level < 4 { self.colours.heading } else { INK },
        };
        let spans: Vec<Span> = spans.iter().map(bold).collect();
        let lines = lines(self.fonts, &spans, self.width() / size);
        Heading {
            style,
            lines,
            before,
            after,
        }
    }

    /// Least height of what a heading announces: it may not stand without it at the foot of a page.
    fn opening(&mut self, blocks: &[Block]) -> f32 {
        match blocks {
            [Block::Heading(level, spans), rest @ ..] => {
                let heading = self.set_heading((*level).min(self.level + 1), spans);
                heading.before + heading.height() + self.opening(rest)
            }
            [Block::Table(head, rows), ..] => table::opening(self, head, rows),
            [] => ANNOUNCED * TEXT.leading(),
            blocks => self.height(blocks, ANNOUNCED * TEXT.leading()),
        }
    }

    /// Height of some blocks; no more than the most asked for.
    fn height(&mut self, blocks: &[Block], most: f32) -> f32 {
        let mut height = 0.0;
        for block in blocks {
            height += match block {
                Block::Paragraph(spans) => {
                    let lines = lines(self.fonts, spans, self.width() / BODY);
                    PARAGRAPH + TEXT.leading() * lines.len() as f32
                }
                Block::List(_, items) => {
                    self.edges.0 += INDENT;
                    let height = items.iter().map(|item| self.height(item, most)).sum();
                    self.edges.0 -= INDENT;
                    height
                }
                _ => most,
            };
            if height >= most {
                return most;
            }
        }
        height
    }

    /// Places a heading with the beginning of what follows it.
    fn heading(&mut self, level: u16, spans: &[Span], rest: &[Block]) {
        let level = level.min(self.level + 1);
        self.level = level;
        let heading = self.set_heading(level, spans);
        let opening = self.opening(rest);
        self.sheets.gap(heading.before);
        self.sheets.need(heading.height() + opening);
        let title: String = heading
            .lines
            .iter()
            .flat_map(|line| &line.runs)
            .map(|run| run.shaped.text.as_str())
            .collect();
        self.sheets.headings.push(Bookmark {
            level,
            title: title.clone(),
            page: self.sheets.page(),
            y: self.sheets.y,
        });
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        let node = self.sheets.node(Tag::Hn(level, Some(title)), None);
        self.lines(&heading.lines, heading.style, node);
        self.sheets.y += heading.after;
    }

    /// Places words in a part of the structure.
    pub(super) fn paragraph(&mut self, spans: &[Span], style: Style, node: usize) {
        let set = lines(self.fonts, spans, self.width() / style.size);
        self.lines(&set, style, node);
    }

    /// Places lines, two at least on each side of a turn of page.
    fn lines(&mut self, lines: &[Line], style: Style, node: usize) {
        let leading = style.leading();
        let mut link = None;
        let mut rest = lines;
        while !rest.is_empty() {
            let room = (1..=rest.len())
                .take_while(|count| self.sheets.fits(leading * *count as f32))
                .count();
            let mut taken = room.min(rest.len());
            if taken < rest.len() {
                if rest.len() - taken == 1 {
                    taken = taken.saturating_sub(1);
                }
                if taken < 2 && !self.sheets.is_at_top() {
                    self.sheets.turn();
                    continue;
                }
            }
            let (here, after) = rest.split_at(taken.max(1));
            for line in here {
                let (x, y) = (self.edges.0, self.sheets.y);
                self.label(y, style);
                self.line(line, (x, y), style, Some(node), &mut link);
                self.sheets.y += leading;
            }
            rest = after;
            if !rest.is_empty() {
                self.sheets.turn();
            }
        }
    }

    /// Draws the mark of an item beside its first line.
    fn label(&mut self, y: f32, style: Style) {
        let Some((node, words, x)) = self.label.take() else {
            return;
        };
        let line = &lines(self.fonts, &[span(&words, Face::Regular)], f32::INFINITY);
        if let Some(line) = line.first() {
            let style = Style {
                size: style.size.min(BODY),
                colour: self.colours.heading,
            };
            self.line(line, (x, y), style, Some(node), &mut None);
        }
    }

    /// Draws a line whose top left corner is here; `link` is the link under way, which may go on
    /// from line to line.
    pub(super) fn line(
        &mut self,
        line: &Line,
        (x, y): (f32, f32),
        style: Style,
        node: Option<usize>,
        link: &mut Option<(Rc<str>, usize)>,
    ) {
        let size = style.size;
        let baseline = y + size * 1.03;
        let mut at = x;
        let mut texts = Vec::with_capacity(line.runs.len());
        for run in &line.runs {
            let width = run.shaped.width * size;
            if let Some(back) = run.look.back {
                let colour = if back == Back::Blank { BLANK } else { CODE };
                self.sheets
                    .draw(tint(at, y + size * 0.08, width, size * 1.26, colour));
            }
            texts.push((at, width, run));
            at += width;
        }
        let mut slot: Option<(Option<Rc<str>>, usize)> = None;
        for (at, width, run) in texts {
            let target = run.look.link.as_ref().filter(|_| node.is_some());
            if target != link.as_ref().map(|(target, _)| target) {
                *link = target.map(|target| (Rc::clone(target), self.sheets.node(Tag::Link, node)));
            }
            let parent = link.as_ref().map(|(_, node)| *node).or(node);
            let same = slot.as_ref().filter(|(known, _)| known.as_ref() == target);
            let own = match (same, parent) {
                (Some((_, slot)), _) => Some(*slot),
                (None, Some(parent)) => {
                    let new = self.sheets.slot(parent);
                    slot = Some((target.cloned(), new));
                    Some(new)
                }
                (None, None) => None,
            };
            let colour = if run.look.link.is_some() {
                self.colours.link
            } else {
                style.colour
            };
            self.sheets.draw(text(run, at, baseline, size, colour, own));
            if run.look.link.is_some() {
                self.sheets
                    .draw(tint(at, baseline + size * 0.12, width, size * 0.05, colour));
            }
            // What is drawn next starts a place of its own when a rule came between.
            if run.look.link.is_some() {
                slot = None;
            }
            if let (Some(target), Some(parent)) = (target, parent)
                && let Some(area) = Rect::from_xywh(at, y, width.max(1.0), size * LEADING)
            {
                let mark = Mark::Link {
                    area,
                    target: Rc::clone(target),
                    words: run.shaped.text.trim().to_owned(),
                    slot: self.sheets.slot(parent),
                };
                self.sheets.draw(mark);
            }
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], parent: Option<usize>) {
        let numbering = if first.is_some() {
            ListNumbering::Decimal
        } else {
            ListNumbering::Disc
        };
        let list = self.sheets.node(Tag::L(numbering), parent);
        self.sheets.gap(2.0);
        let widest = first.map_or(0, |first| {
            first.saturating_add(items.len() as u64).to_string().len()
        });
        let indent = INDENT + 5.0 * widest.saturating_sub(1) as f32;
        let left = self.edges.0;
        for (at, blocks) in items.iter().enumerate() {
            let unboxed = first.is_none().then(|| unboxed(blocks)).flatten();
            let item = self.sheets.node(Tag::LI, Some(list));
            let label = self.sheets.node(Tag::Lbl, Some(item));
            let body = self.sheets.node(Tag::LBody, Some(item));
            let words = match first {
                Some(first) => format!("{}.", first.saturating_add(at as u64)),
                None if unboxed.is_some() => BOX.to_string(),
                None => "•".to_owned(),
            };
            let blocks = unboxed.as_deref().unwrap_or(blocks);
            self.label = Some((label, words, left + 3.0));
            self.edges.0 = left + indent;
            self.blocks(blocks, Some(body));
            self.edges.0 = left;
            // An item without words has a mark all the same.
            if self.label.is_some() {
                let y = self.sheets.y;
                self.label(y, TEXT);
                self.sheets.y += TEXT.leading();
            }
        }
    }

    fn quote(&mut self, blocks: &[Block], parent: Option<usize>) {
        let node = self.sheets.node(Tag::BlockQuote, parent);
        self.sheets.gap(6.0);
        let (left, from, start) = (self.edges.0, self.sheets.page(), self.sheets.y);
        self.edges.0 = left + 13.0;
        self.blocks(blocks, Some(node));
        self.edges.0 = left;
        let frame = self.sheets.frame;
        let accent = self.colours.accent;
        let last = self.sheets.page();
        for at in from..=last {
            let top = if at == from { start + 4.0 } else { frame.top };
            let bottom = if at == last {
                self.sheets.y
            } else {
                frame.bottom
            };
            if let Some(page) = self.sheets.pages.get_mut(at)
                && bottom > top
            {
                page.push(tint(left, top, 2.2, bottom - top, accent));
            }
        }
    }

    fn code(&mut self, code: &str, parent: Option<usize>) {
        self.sheets.gap(8.0);
        let node = self.sheets.node(Tag::P, parent);
        let left = self.edges.0;
        self.edges.0 += 10.0;
        let width = self.width() - 10.0;
        let style = TEXT;
        let mut link = None;
        let mut set = Vec::new();
        for line in code.trim_end_matches('\n').split('\n') {
            set.extend(lines(
                self.fonts,
                &[span(line, Face::Regular)],
                width / style.size,
            ));
        }
        let leading = style.leading();
        self.sheets.need(leading * 2.0 + 8.0);
        self.code_edge(left, 6.0);
        self.label(self.sheets.y, style);
        for line in &set {
            if !self.sheets.fits(leading) {
                self.sheets.turn();
            }
            let (x, y, right) = (self.edges.0, self.sheets.y, self.edges.1);
            // A hair more than the line, so that no seam shows between two.
            self.sheets.tint(left, y, right - left, leading + 0.3, CODE);
            self.line(line, (x, y), style, Some(node), &mut link);
            self.sheets.y += leading;
        }
        self.code_edge(left, 5.0);
        self.edges.0 = left;
    }

    fn code_edge(&mut self, left: f32, height: f32) {
        let (y, right) = (self.sheets.y, self.edges.1);
        self.sheets.tint(left, y, right - left, height + 0.3, CODE);
        self.sheets.y += height;
    }

    /// Places a drawing; its words come from its description.
    pub(super) fn drawing(&mut self, drawing: &Drawing) {
        self.sheets.gap(8.0);
        let scale = self.width() / drawing.width;
        let height = drawing.height * scale;
        self.sheets.need(height);
        let (left, top, page) = (self.edges.0, self.sheets.y, self.sheets.page());
        let area = Rect::from_xywh(left, top, self.width(), height);
        let kind: TagKind = Tag::Figure(Some(drawing.description.clone()))
            .with_bbox(area.map(|rect| BBox::new(page, rect)))
            .into();
        let node = self.sheets.node(kind, None);
        let slot = Some(self.sheets.slot(node));
        for stroke in &drawing.strokes {
            match stroke {
                Stroke::Shape { points, fill, line } => {
                    let points = points
                        .iter()
                        .map(|(x, y)| (left + x * scale, top + y * scale))
                        .collect();
                    self.sheets.draw(Mark::Shape {
                        points,
                        fill: *fill,
                        line: *line,
                        slot,
                    });
                }
                Stroke::Words {
                    at: (x, y),
                    size,
                    bold,
                    anchor,
                    words,
                    colour,
                } => {
                    let face = if *bold { Face::Bold } else { Face::Regular };
                    let set = lines(self.fonts, &[span(words, face)], f32::INFINITY);
                    for run in set.first().into_iter().flat_map(|line| &line.runs) {
                        let from = left + x * scale - run.shaped.width * size * anchor;
                        let mark = text(run, from, top + y * scale, *size, *colour, slot);
                        self.sheets.draw(mark);
                    }
                }
            }
        }
        self.sheets.y += height + 4.0;
    }
}

pub(super) fn text(
    run: &Run,
    x: f32,
    baseline: f32,
    size: f32,
    colour: Rgb,
    slot: Option<usize>,
) -> Mark {
    Mark::Text {
        x,
        baseline,
        size,
        run: run.clone(),
        colour,
        slot,
    }
}

/// Words in a face.
pub(super) fn span(text: &str, face: Face) -> Span {
    Span {
        text: text.to_owned(),
        look: Look {
            face,
            back: None,
            link: None,
        },
    }
}

/// The same words, bold.
pub(super) fn bold(span: &Span) -> Span {
    let face = match span.look.face {
        Face::Regular | Face::Bold => Face::Bold,
        Face::Italic | Face::BoldItalic => Face::BoldItalic,
    };
    Span {
        text: span.text.clone(),
        look: Look {
            face,
            ..span.look.clone()
        },
    }
}
/// The blocks of an item without the box to tick it begins with; none when it has no box.
fn unboxed(blocks: &[Block]) -> Option<Vec<Block>> {
    let (Block::Paragraph(spans), rest) = blocks.split_first()? else {
        return None;
    };
    let (opening, after) = spans.split_first()?;
    let words = after_box(&opening.text)?.to_owned();
    let opening = Span {
        text: words,
        look: opening.look.clone(),
    };
    let spans = std::iter::once(opening)
        .chain(after.iter().cloned())
        .collect();
    Some(
        std::iter::once(Block::Paragraph(spans))
            .chain(rest.iter().cloned())
            .collect(),
    )
}
