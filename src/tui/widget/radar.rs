//! A radar of the themes: one spoke each, its name and its figure at the end, so that nothing has to
//! be guessed from an angle; the list below says it again in full.
//!
//! It is drawn in whole characters: the spokes, the shape and its points differ by their drawing,
//! never by their colour alone, and every glyph set has them.

use ratatui::text::{Line, Span};

use super::page::Look;
use crate::tui::text::{self, MEASURE};
use crate::tui::theme::Role;

/// A theme: its title, what is certain of its percentage, what is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its title.
    pub title: String,
    /// What is certain.
    pub lo: u32,
    /// What is possible.
    pub hi: u32,
}

impl Point {
    /// « 40 % », « 40 à 60 % ».
    pub fn figure(&self) -> String {
        if self.lo == self.hi {
            format!("{} %", self.lo)
        } else {
            format!("{} à {} %", self.lo, self.hi)
        }
    }
}

/// Rows from the centre to the edge in a narrow window.
const NARROW: u8 = 5;

/// Rows of characters with their roles.
struct Canvas {
    cells: Vec<Vec<(char, Role)>>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Self {
            cells: vec![vec![(' ', Role::Text); width]; height],
        }
    }

    fn write(&mut self, column: i32, row: i32, words: &str, role: Role) {
        let row = usize::try_from(row).ok();
        let Some(cells) = row.and_then(|row| self.cells.get_mut(row)) else {
            return;
        };
        for (at, c) in (column..).zip(words.chars()) {
            let cell = usize::try_from(at).ok().and_then(|at| cells.get_mut(at));
            if let Some(cell) = cell {
                *cell = (c, role);
            }
        }
    }

    /// A straight row of signs from one place to another.
    fn stroke(&mut self, from: (f64, f64), to: (f64, f64), sign: &str, role: Role) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steps = dx.abs().max(dy.abs()).ceil().max(1.0);
        let mut step = 0.0;
        while step <= steps {
            let (x, y) = (from.0 + dx * step / steps, from.1 + dy * step / steps);
            self.write(cell(x), cell(y), sign, role);
            step += 1.0;
        }
    }

    fn lines(self, look: &Look<'_>) -> Vec<Line<'static>> {
        let line = |row: Vec<(char, Role)>| {
            let end = row
                .iter()
                .rposition(|(c, _)| *c != ' ')
                .map_or(0, |at| at + 1);
            let runs = row[..end].chunk_by(|a, b| a.1 == b.1);
            let spans = runs.map(|run| {
                let words: String = run.iter().map(|(c, _)| c).collect();
                Span::styled(words, look.theme.style(run[0].1))
            });
            spans.collect::<Line>()
        };
        self.cells.into_iter().map(line).collect()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places of a drawing of a few dozen characters"
)]
fn cell(place: f64) -> i32 {
    place.round() as i32
}

/// Lines of a radar of the themes, its legend and their figures below.
pub fn lines(look: &Look<'_>, points: &[Point]) -> Vec<Line<'static>> {
    let width = look.width.min(MEASURE);
    // A row is about twice as tall as a column is wide.
    let rows = if width < 56 { NARROW } else { 8 };
    let reach = f64::from(rows);
    let centre = (f64::from(width / 2), reach + 2.0);
    let count = u32::try_from(points.len()).map_or(1.0, f64::from);
    let turn = |at: usize| {
        let at = u32::try_from(at).map_or(0.0, f64::from);
        (std::f64::consts::TAU * at / count).sin_cos()
    };
    let place = |at: usize, percent: f64| {
        let (sin, cos) = turn(at);
        let reach = reach * percent / 100.0;
        (centre.0 + 2.0 * reach * sin, centre.1 - reach * cos)
    };
    let mut canvas = Canvas::new(usize::from(width), 2 * usize::from(rows) + 5);
    let glyphs = look.glyphs;
    let next = |at: usize| (at + 1) % points.len();
    for at in 0..points.len() {
        canvas.stroke(centre, place(at, 100.0), glyphs.empty, Role::Dim);
        canvas.stroke(
            place(at, 100.0),
            place(next(at), 100.0),
            glyphs.empty,
            Role::Dim,
        );
    }
    let (x, y) = place(0, 100.0);
    canvas.write(cell(x) + 1, cell(y), "100", Role::Dim);
    let certain = |at: usize| place(at, f64::from(points[at].lo));
    for at in 0..points.len() {
        canvas.stroke(certain(at), certain(next(at)), glyphs.bullet, Role::Strong);
    }
    for (at, point) in points.iter().enumerate() {
        let (x, y) = place(at, f64::from(point.hi));
        canvas.write(cell(x), cell(y), glyphs.todo, Role::Strong);
        let (x, y) = certain(at);
        canvas.write(cell(x), cell(y), glyphs.point, Role::Strong);
        // Where there is no room for names, the number of the list below.
        let label = match rows {
            NARROW => (format!("{}", at + 1), String::new()),
            _ => (point.title.clone(), point.figure()),
        };
        name(&mut canvas, look, label, (turn(at), place(at, 100.0)));
    }
    let mut lines = canvas.lines(look);
    while lines.last().is_some_and(|line| line.width() == 0) {
        lines.pop();
    }
    lines.push(Line::default());
    let signs = [
        (glyphs.point, "acquis"),
        (glyphs.todo, "possible"),
        (glyphs.empty, "de 0 au centre à 100 au bord"),
    ];
    let signs = signs.map(|(sign, words)| format!("{sign}\u{a0}{}", words.replace(' ', "\u{a0}")));
    let legend = look.span(Role::Dim, &signs.join("\u{a0}\u{a0} "));
    lines.extend(text::wrap_spans(&[legend], width));
    for (at, point) in points.iter().enumerate() {
        let words = format!("{}. {} : {}", at + 1, point.title, point.figure());
        lines.extend(text::wrap_spans(&[look.span(Role::Text, &words)], width));
    }
    lines
}

/// Writes the name and the figure of a theme at the end of its spoke, away from the shape.
fn name(
    canvas: &mut Canvas,
    look: &Look<'_>,
    (title, figure): (String, String),
    ((sin, cos), (x, y)): ((f64, f64), (f64, f64)),
) {
    let width = f64::from(look.width.min(MEASURE));
    let (x, y) = (cell(x), cell(y));
    let aside = if sin.abs() < 0.2 {
        width
    } else if sin > 0.0 {
        width - f64::from(x) - 2.0
    } else {
        f64::from(x) - 2.0
    };
    let room = u16::try_from(cell(aside)).unwrap_or(0);
    let figure = look.shown(&figure);
    let title = look.shown(&title);
    let title = text::fit(&title, room, look.glyphs.ellipsis);
    let top = if sin.abs() >= 0.2 {
        y
    } else if cos > 0.0 {
        y - 1 - i32::from(!figure.is_empty())
    } else {
        y + 1
    };
    for (row, words, role) in [(top, &title, Role::Text), (top + 1, &figure, Role::Strong)] {
        let wide = i32::from(text::width(words));
        let column = if sin.abs() < 0.2 {
            x - wide / 2
        } else if sin > 0.0 {
            x + 2
        } else {
            x - 1 - wide
        };
        canvas.write(column, row, words, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::GlyphSet;
    use crate::tui::theme::{Background, Theme, ThemeName};

    fn drawn(set: GlyphSet, width: u16) -> String {
        let theme = Theme::new(ThemeName::Mono, Background::Unknown);
        let look = Look {
            veil: &crate::tui::veil::BARE,
            theme: &theme,
            glyphs: set.glyphs(),
            width,
        };
        let point = |title: &str, lo, hi| Point {
            title: title.to_owned(),
            lo,
            hi,
        };
        let points = [
            point("Site vitrine", 80, 80),
            point("Réseaux sociaux", 35, 60),
            point("Cookies et traceurs", 10, 90),
            point("Prospection", 100, 100),
            point("Fidélité", 0, 0),
        ];
        let lines = lines(&look, &points);
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn every_spoke_is_named_and_figured_in_each_set() {
        for set in [GlyphSet::Standard, GlyphSet::Ascii, GlyphSet::Extended] {
            for width in [38, 58, 78, 120] {
                let drawn = drawn(set, width);
                let longest = drawn.lines().map(text::width).max();
                assert!(longest <= Some(width), "{width}\n{drawn}");
                assert!(drawn.chars().all(|c| set.holds(c)), "{set:?}\n{drawn}");
                // Once at the end of the spoke where there is room, once in the list.
                let times = if width < 56 { 1 } else { 2 };
                for figure in ["80\u{a0}%", "35 à 60\u{a0}%", " 100\u{a0}%", " 0\u{a0}%"] {
                    assert_eq!(drawn.matches(figure).count(), times, "{figure}\n{drawn}");
                }
            }
        }
        insta::assert_snapshot!(format!(
            "{}\n{}",
            drawn(GlyphSet::Standard, 78),
            drawn(GlyphSet::Ascii, 58)
        ));
    }
}
