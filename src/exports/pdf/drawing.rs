//! Drawings of a page, as shapes and words with a description for who cannot see them.

use super::sheet::Rgb;

/// A drawing, in units of its own that the page scales to its width.
#[derive(Debug, Clone)]
pub struct Drawing {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) description: String,
    pub(crate) strokes: Vec<Stroke>,
}

/// A part of a drawing.
#[derive(Debug, Clone)]
pub(crate) enum Stroke {
    Shape {
        points: Vec<(f32, f32)>,
        fill: Option<Rgb>,
        line: Option<(Rgb, f32)>,
    },
    Words {
        at: (f32, f32),
        /// In points, whatever the scale.
        size: f32,
        bold: bool,
        /// Share of the words left of the place: 0, 0.5 or 1.
        anchor: f32,
        words: String,
        colour: Rgb,
    },
}
