//! The pages under way: what is drawn where, and the structure read aloud.

use std::rc::Rc;

use krilla::geom::Rect;
use krilla::tagging::TagKind;

use super::lines::Run;
use super::picture::Drawn;

/// A colour.
pub(crate) type Rgb = [u8; 3];

/// Size of the paper and edges of the text, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) paper: (f32, f32),
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

impl Frame {
    /// A4, upright or lying.
    pub(super) fn a4(landscape: bool) -> Self {
        let (width, height) = if landscape {
            (841.89, 595.28)
        } else {
            (595.28, 841.89)
        };
        Self {
            paper: (width, height),
            left: 62.0,
            right: width - 62.0,
            top: 60.0,
            bottom: height - 66.0,
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }
}

/// Something drawn. What has no slot is decoration.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    Text {
        x: f32,
        baseline: f32,
        size: f32,
        run: Run,
        colour: Rgb,
        slot: Option<usize>,
    },
    Shape {
        points: Vec<(f32, f32)>,
        fill: Option<Rgb>,
        line: Option<(Rgb, f32)>,
        slot: Option<usize>,
    },
    Picture {
        x: f32,
        y: f32,
        drawn: Drawn,
        slot: usize,
    },
    Link {
        area: Rect,
        target: Rc<str>,
        words: String,
        slot: usize,
    },
}

/// A part of the structure.
pub(super) struct Node {
    pub(super) kind: TagKind,
    pub(super) children: Vec<Child>,
}

/// What a part holds, in reading order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Child {
    Node(usize),
    /// Something drawn, known once it is.
    Slot(usize),
}

/// A heading, for the bookmarks.
#[derive(Debug, Clone)]
pub(super) struct Bookmark {
    pub(super) level: u16,
    pub(super) title: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// The pages.
pub(super) struct Sheets {
    pub(super) frame: Frame,
    pub(super) pages: Vec<Vec<Mark>>,
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<usize>,
    pub(super) slots: usize,
    pub(super) headings: Vec<Bookmark>,
    /// Where the next thing goes.
    pub(super) y: f32,
}

impl Sheets {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            pages: vec![Vec::new()],
            nodes: Vec::new(),
            roots: Vec::new(),
            slots: 0,
            headings: Vec::new(),
            y: frame.top,
        }
    }

    /// Number of the page under way, from 0.
    pub(super) fn page(&self) -> usize {
        self.pages.len() - 1
    }

    pub(super) fn draw(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A filled rectangle that says nothing.
    pub(super) fn tint(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Rgb) {
        self.draw(tint(x, y, width, height, colour));
    }

    /// Opens a part of the structure in another, or at the root.
    pub(super) fn node(&mut self, kind: impl Into<TagKind>, parent: Option<usize>) -> usize {
        self.nodes.push(Node {
            kind: kind.into(),
            children: Vec::new(),
        });
        let node = self.nodes.len() - 1;
        match parent.and_then(|parent| self.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(Child::Node(node)),
            None => self.roots.push(node),
        }
        node
    }

    /// A place in a part for something drawn.
    pub(super) fn slot(&mut self, node: usize) -> usize {
        self.slots += 1;
        if let Some(node) = self.nodes.get_mut(node) {
            node.children.push(Child::Slot(self.slots - 1));
        }
        self.slots - 1
    }

    pub(super) fn is_at_top(&self) -> bool {
        self.y <= self.frame.top + 0.01
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.frame.top;
    }

    /// Space before a block; none at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.is_at_top() {
            self.y += height;
        }
    }

    /// Whether this height still fits.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= self.frame.bottom + 0.01
    }

    /// Turns the page unless this height fits, or the page is new.
    pub(super) fn need(&mut self, height: f32) {
        if !self.fits(height) && !self.is_at_top() {
            self.turn();
        }
    }
}

/// A filled rectangle that says nothing.
pub(super) fn tint(x: f32, y: f32, width: f32, height: f32, colour: Rgb) -> Mark {
    Mark::Shape {
        points: vec![
            (x, y),
            (x + width, y),
            (x + width, y + height),
            (x, y + height),
        ],
        fill: Some(colour),
        line: None,
        slot: None,
    }
}
