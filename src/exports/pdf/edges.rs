//! What stands around the text: the identity of a practice above it, the foot of each page.

use krilla::geom::Rect;
use krilla::tagging::{BBox, Tag, TagKind};

use super::fonts::Face;
use super::layout::{BODY, INK, LEADING, Layout, RULE, SOFT, Style, span, text};
use super::lines::lines;
use super::picture::Drawn;
use super::sheet::{Mark, tint};
use crate::documents::escape::clean;
use crate::domain::branding::Branding;
use crate::domain::typography::french;

const SMALL: f32 = 8.0;
/// Between a logo and the words beside it.
const BESIDE: f32 = 14.0;

/// Words of a practice.
fn words(text: &str) -> String {
    clean(&french(text))
}

impl Layout<'_> {
    /// Logo, name and contact, above the title.
    pub(super) fn masthead(&mut self, branding: &Branding, logo: Option<&Drawn>) {
        let (left, top, page) = (self.edges.0, self.sheets.y, self.sheets.page());
        let mut bottom = top;
        if let Some(drawn) = logo {
            let (width, height) = drawn.size;
            let area = Rect::from_xywh(left, top, width, height);
            let kind: TagKind = Tag::Figure(Some(words(&format!("Logo de {}", branding.name))))
                .with_bbox(area.map(|rect| BBox::new(page, rect)))
                .into();
            let node = self.sheets.node(kind, None);
            let slot = self.sheets.slot(node);
            self.sheets.draw(Mark::Picture {
                x: left,
                y: top,
                drawn: drawn.clone(),
                slot,
            });
            self.edges.0 = left + width + BESIDE;
            bottom = top + height;
        }
        let node = self.sheets.node(Tag::P, None);
        let style = Style {
            size: BODY,
            colour: INK,
        };
        self.paragraph(&[span(&words(&branding.name), Face::Bold)], style, node);
        let style = Style {
            size: SMALL + 0.5,
            colour: SOFT,
        };
        for line in &branding.contact {
            let node = self.sheets.node(Tag::P, None);
            self.paragraph(&[span(&words(line), Face::Regular)], style, node);
        }
        self.edges.0 = left;
        if self.sheets.page() == page {
            self.sheets.y = self.sheets.y.max(bottom);
        }
        let (y, width) = (self.sheets.y + 9.0, self.sheets.frame.width());
        self.sheets.tint(left, y, width, 0.6, RULE);
        self.sheets.y = y + 14.0;
    }

    /// Keeps room for the words of a practice at the foot of each page.
    pub(super) fn keep_foot(&mut self, branding: &Branding) {
        let Some(footer) = &branding.footer else {
            return;
        };
        let footer = [span(&words(footer), Face::Regular)];
        self.foot = lines(self.fonts, &footer, self.sheets.frame.width() / SMALL);
        self.sheets.frame.bottom -= self.foot_height();
    }

    fn foot_height(&self) -> f32 {
        self.foot.len() as f32 * SMALL * LEADING
    }

    /// « Title — Page 2 sur 9 » at the foot of each page, under the words of a practice. These are
    /// read aloud once, at the end; the rest is decoration.
    pub(super) fn feet(&mut self, title: &str) {
        let frame = self.sheets.frame;
        let count = self.sheets.pages.len();
        let title: String = title.chars().take(140).collect();
        let room = (frame.width() - 90.0) / SMALL;
        let title = lines(self.fonts, &[span(&title, Face::Regular)], room);
        let foot = std::mem::take(&mut self.foot);
        let top = frame.paper.1 - 50.0 - foot.len() as f32 * SMALL * LEADING;
        let said = (!foot.is_empty()).then(|| {
            let node = self.sheets.node(Tag::P, None);
            self.sheets.slot(node)
        });
        for at in 0..count {
            let page = format!("Page\u{a0}{} sur\u{a0}{count}", at + 1);
            let page = lines(self.fonts, &[span(&page, Face::Regular)], f32::INFINITY);
            let mut marks = vec![tint(frame.left, top, frame.width(), 0.6, RULE)];
            let mut y = top + 14.0;
            for line in &foot {
                let slot = said.filter(|_| at + 1 == count);
                let mut x = frame.left;
                for run in &line.runs {
                    marks.push(text(run, x, y, SMALL, SOFT, slot));
                    x += run.shaped.width * SMALL;
                }
                y += SMALL * LEADING;
            }
            for (line, right) in [(title.first(), false), (page.first(), true)] {
                let runs = line.map_or(&[][..], |line| &line.runs);
                let width: f32 = runs.iter().map(|run| run.shaped.width * SMALL).sum();
                let mut x = if right {
                    frame.right - width
                } else {
                    frame.left
                };
                for run in runs {
                    marks.push(text(run, x, y, SMALL, SOFT, None));
                    x += run.shaped.width * SMALL;
                }
            }
            if let Some(page) = self.sheets.pages.get_mut(at) {
                page.extend(marks);
            }
        }
    }
}
