//! A radar of the themes, for who likes shapes: half blocks, with a legend because angles do not
//! read at this resolution.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;
use ratatui::widgets::canvas::{Canvas, Line as Stroke};

use super::page::Look;
use crate::tui::glyphs::GlyphSet;
use crate::tui::text;
use crate::tui::theme::Role;

/// Lines of a radar of titles and percentages, its legend below.
pub fn lines(look: &Look<'_>, points: &[(String, u32)]) -> Vec<Line<'static>> {
    let width = look.width.min(52);
    let height = (width / 2).min(20);
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let count = points.len() as f64;
    let at = |index: usize, reach: f64| {
        let angle = std::f64::consts::TAU * index as f64 / count;
        (reach * angle.sin(), reach * angle.cos())
    };
    let marker = match look.set() {
        GlyphSet::Ascii => Marker::Custom('*'),
        _ => Marker::HalfBlock,
    };
    Canvas::default()
        .marker(marker)
        .x_bounds([-120.0, 120.0])
        .y_bounds([-120.0, 120.0])
        .paint(|context| {
            for (index, (_, percent)) in points.iter().enumerate() {
                let next = (index + 1) % points.len();
                let (x1, y1) = at(index, f64::from(*percent));
                let (x2, y2) = at(next, f64::from(points[next].1));
                context.draw(&Stroke::new(x1, y1, x2, y2, Color::Reset));
                let (x, y) = at(index, 112.0);
                context.print(x, y, Line::from(format!("{}", index + 1)));
            }
            context.layer();
            context.print(0.0, 0.0, Line::from("+"));
        })
        .render(area, &mut buffer);
    let row = |y| {
        (0..width)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
    };
    let plain = look.theme.style(Role::Text);
    let mut lines: Vec<Line<'static>> = (0..height)
        .map(|y| Line::styled(row(y).trim_end().to_owned(), plain))
        .collect();
    for (index, (title, percent)) in points.iter().enumerate() {
        let label = format!("{}. {title}\u{a0}: {percent}\u{a0}%", index + 1);
        lines.push(Line::from(Span::styled(
            look.set().adapt(text::display(&label)),
            plain,
        )));
    }
    lines
}
