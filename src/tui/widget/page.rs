//! A page: rows of text, some of which can be focused, scrolled so that the focus is always seen.
//!
//! Screens build a page for the width they get; the page does the wrapping, the scrolling, the real
//! cursor and the mouse zones. It holds no state: what is shown follows from the focus alone, plus
//! the lines the user scrolled by.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::field::Field;
use crate::domain::catalogue::Reference;
use crate::tui::app::workshop::MASK;
use crate::tui::glyphs::{GlyphSet, Glyphs};
use crate::tui::text::{self, MEASURE};
use crate::tui::theme::{Role, Theme};
use crate::tui::veil::Veil;

/// What is under the mouse, which tells what a click does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// A text field: it gets the focus.
    Field,
    /// A row: it gets the focus, and is validated by another click.
    Row,
    /// A value that changes in place: it changes.
    Choice,
    /// A button: it is pressed.
    Button,
}

/// A row of a page.
#[derive(Debug, Clone, Default)]
pub struct Row {
    line: Line<'static>,
    hits: Vec<(Range<u16>, usize, Zone)>,
    cursor: Option<u16>,
}

/// What a page looks like and how wide it is.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Styles.
    pub theme: &'a Theme,
    /// Drawings.
    pub glyphs: Glyphs,
    /// What a room must not read.
    pub veil: &'a Veil,
    /// Columns.
    pub width: u16,
}

impl Look<'_> {
    /// A text as the screen shows it: under the veil, with French spaces, in the set in use.
    pub fn shown(&self, text: &str) -> String {
        let covered = self.veil.cover(text);
        self.glyphs.set.adapt(text::display(&covered))
    }

    /// A piece of program or catalogue text in a role.
    pub fn span(&self, role: Role, text: &str) -> Span<'static> {
        Span::styled(self.shown(text), self.theme.style(role))
    }

    /// A piece of user text in a role: cleaned, otherwise as typed.
    pub fn raw(&self, role: Role, text: &str) -> Span<'static> {
        let shown = text::clean(&self.veil.cover(text)).replace('\n', " ");
        Span::styled(self.glyphs.set.adapt(shown), self.theme.style(role))
    }

    /// The set in use.
    pub fn set(&self) -> GlyphSet {
        self.glyphs.set
    }
}

/// A focusable row with a marker.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry<'a> {
    /// Focus number.
    pub target: usize,
    /// What stands before the text: a number, a box.
    pub mark: &'a str,
    /// The text; wrapped under itself.
    pub text: &'a str,
    /// A shorter text at the right, when there is room.
    pub right: &'a str,
}

/// Rows under construction.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its look.
    pub look: Look<'a>,
    focus: Option<usize>,
    rows: Vec<Row>,
    pinned: usize,
}

/// What was drawn where.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// Zones and their focus numbers.
    pub hits: Vec<(Rect, usize, Zone)>,
    /// Where the real cursor goes.
    pub cursor: Option<Position>,
    /// Lines hidden below.
    pub below: usize,
    /// Lines hidden above.
    pub above: usize,
    /// Lines above when the page is where its focus puts it.
    pub base: usize,
}

impl<'a> Page<'a> {
    /// An empty page with the focus on a row.
    pub fn new(look: Look<'a>, focus: Option<usize>) -> Self {
        Self {
            look,
            focus,
            rows: Vec::new(),
            pinned: 0,
        }
    }

    /// Number of rows so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Keeps the rows so far on screen while the rest scrolls, if they leave room.
    pub fn pin(&mut self) {
        self.pinned = self.rows.len();
    }

    /// Adds an empty row, unless the last one is empty already.
    pub fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| row.line.width() > 0) {
            self.rows.push(Row::default());
        }
    }

    /// Adds a ready line.
    pub fn line(&mut self, line: Line<'static>) {
        self.rows.push(Row {
            line,
            ..Row::default()
        });
    }

    /// Adds a paragraph of program or catalogue text.
    pub fn text(&mut self, role: Role, text: &str) {
        let span = self.look.span(role, text);
        self.spans(&[span], 0);
    }

    /// Adds pieces of text wrapped together, under an indent.
    pub fn spans(&mut self, spans: &[Span<'static>], indent: u16) {
        let room = self.look.width.min(MEASURE).saturating_sub(indent);
        for mut line in text::wrap_spans(spans, room) {
            if indent > 0 {
                line.spans
                    .insert(0, Span::raw(" ".repeat(usize::from(indent))));
            }
            self.line(line);
        }
    }

    /// Makes the rows from `from` on part of a focusable row: a click on them is a click on it.
    pub fn belongs(&mut self, from: usize, target: usize) {
        let width = entry_width(self.look.width);
        for row in self.rows.iter_mut().skip(from) {
            row.hits.push((0..width, target, Zone::Row));
        }
    }

    /// Adds a numbered paragraph in a role, wrapped under itself.
    pub fn numbered(&mut self, role: Role, number: usize, words: &str) {
        let lead = format!("{number}. ");
        let indent = text::width(&lead);
        let from = self.rows.len();
        self.spans(&[self.look.span(role, words)], indent);
        let first = self.rows.get_mut(from);
        if let Some(start) = first.and_then(|row| row.line.spans.first_mut()) {
            *start = self.look.span(role, &lead);
        }
    }

    /// Adds a key and what it does, in two columns.
    pub fn pair(&mut self, key: &str, words: &str) {
        let column: u16 = if self.look.width < 60 { 12 } else { 20 };
        let key = self.look.span(Role::Key, key);
        let width = text::width(&key.content);
        let from = self.rows.len();
        let words = self.look.span(Role::Text, words);
        if width > column {
            self.spans(&[key], 0);
            self.spans(&[words], column + 1);
            return;
        }
        self.spans(&[words], column + 1);
        if let Some(first) = self
            .rows
            .get_mut(from)
            .and_then(|row| row.line.spans.first_mut())
        {
            *first = Span::raw(" ".repeat(usize::from(column + 1 - width)));
            self.rows[from].line.spans.insert(0, key);
        }
    }

    /// Adds a source, and where to read it: alone on its line, so that a terminal makes it a link.
    pub fn source(&mut self, reference: &Reference, lead: &str, indent: u16) {
        let title = format!("{lead}{}", reference.title);
        self.spans(&[self.look.span(Role::Dim, &title)], indent);
        if let Some(url) = &reference.url {
            self.spans(&[self.look.raw(Role::Link, url)], indent);
        }
    }

    /// Adds what signs mean, apart from one another and never cut in two.
    pub fn legend(&mut self, signs: &[(&str, &str)]) {
        let told: Vec<String> = signs
            .iter()
            .map(|(sign, words)| format!("{sign}\u{a0}{}", words.replace(' ', "\u{a0}")))
            .collect();
        self.text(Role::Dim, &told.join("\u{a0}\u{a0} "));
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.text(Role::Heading, text);
    }

    /// Tells whether a target has the focus.
    pub fn is_focused(&self, target: usize) -> bool {
        self.focus == Some(target)
    }

    /// Adds a title with the heads of the columns below it.
    pub fn head(&mut self, title: &str, columns: &str) {
        let look = self.look;
        let columns = look.span(Role::Dim, columns);
        let room = entry_width(look.width).saturating_sub(text::width(&columns.content) + 2);
        let title = look.shown(title);
        let title = text::pad(&title, room, look.glyphs.ellipsis);
        let title = Span::styled(title, look.theme.style(Role::Title));
        self.line(Line::from(vec![title, Span::raw("  "), columns]));
        self.gap();
    }

    /// Adds one empty row for each target far out of sight, so that the others keep their place.
    pub fn blank(&mut self, targets: Range<usize>) {
        let focus = self.focus;
        self.rows.extend(targets.map(|target| Row {
            hits: Vec::from_iter((focus == Some(target)).then_some((0..0, target, Zone::Row))),
            ..Row::default()
        }));
    }

    /// Adds a focusable row: marker, text wrapped under itself, and a short text at the right.
    pub fn entry(&mut self, entry: Entry<'_>) {
        self.zoned(entry, Zone::Row);
    }

    /// Adds a focusable row whose value changes in place.
    pub fn choice(&mut self, target: usize, mark: &str, text: &str) {
        let entry = Entry {
            target,
            mark,
            text,
            right: "→ changer",
        };
        self.zoned(entry, Zone::Choice);
    }

    fn zoned(&mut self, entry: Entry<'_>, zone: Zone) {
        let focused = self.focus == Some(entry.target);
        let role = if focused { Role::Focus } else { Role::Text };
        let glyphs = self.look.glyphs;
        let arrow = if focused { glyphs.focus } else { " " };
        let mark = self.look.shown(entry.mark);
        let lead = if mark.is_empty() {
            format!("{arrow} ")
        } else {
            format!("{arrow} {mark} ")
        };
        let indent = text::width(&lead);
        let width = entry_width(self.look.width);
        let right = self.look.shown(entry.right);
        let right_width = if right.is_empty() {
            0
        } else {
            text::width(&right) + 2
        };
        let beside = indent + 16 + right_width <= width;
        let room = width.saturating_sub(indent + if beside { right_width } else { 0 });
        let shown = self.look.shown(entry.text);
        let style = self.look.theme.style(role);
        // What stands at the right comes second to the eye too.
        let second = if focused {
            style
        } else {
            self.look.theme.style(Role::Dim)
        };
        let mut lines = text::wrap(&shown, room);
        let own = lines.len();
        if !beside && !right.is_empty() {
            lines.push(text::fit(right.trim_start(), room, glyphs.ellipsis));
        }
        for (at, line) in lines.into_iter().enumerate() {
            let style = if at < own { style } else { second };
            let start = if at == 0 {
                lead.clone()
            } else {
                " ".repeat(usize::from(indent))
            };
            let mut spans = vec![Span::styled(
                format!("{start}{}", text::pad(&line, room, "")),
                style,
            )];
            if beside && right_width > 0 {
                let blank = " ".repeat(usize::from(right_width));
                let right = (at == 0).then(|| format!("  {right}"));
                spans.push(Span::styled(right.unwrap_or(blank), second));
            }
            let row = Row {
                line: Line::from(spans),
                hits: vec![(0..width, entry.target, zone)],
                cursor: (focused && at == 0).then_some(0),
            };
            self.rows.push(row);
        }
    }

    /// Adds buttons side by side, on as many rows as they need.
    pub fn buttons(&mut self, buttons: &[(usize, &str)]) {
        let start = || Row {
            line: Line::from(" "),
            ..Row::default()
        };
        let mut row = start();
        let mut used = 1;
        for &(target, label) in buttons {
            let focused = self.focus == Some(target);
            let label = self.look.shown(label).replace(' ', "\u{a0}");
            let room = self.look.width.saturating_sub(6);
            let label = text::fit(&label, room, self.look.glyphs.ellipsis);
            let text = format!("[\u{a0}{label}\u{a0}]");
            let w = text::width(&text);
            if used > 1 && used + 2 + w > self.look.width.min(MEASURE) {
                self.rows.push(std::mem::replace(&mut row, start()));
                used = 1;
            } else if used > 1 {
                // The arrow of a button does not touch the one before.
                row.line.spans.push(Span::raw(" "));
                used += 1;
            }
            let arrow = if focused { self.look.glyphs.focus } else { " " };
            row.line.spans.push(Span::raw(arrow));
            used += 1;
            let role = if focused { Role::Focus } else { Role::Text };
            row.line
                .spans
                .push(Span::styled(text, self.look.theme.style(role)));
            row.hits.push((used..used + w, target, Zone::Button));
            if focused {
                row.cursor = Some(used);
            }
            used += w;
        }
        self.rows.push(row);
    }

    /// Adds a text field under its label.
    pub fn field(&mut self, target: usize, label: &str, field: &Field) {
        self.sized_field(target, label, field, MEASURE);
    }

    /// Adds a text field of a width that tells how much is expected.
    pub fn sized_field(&mut self, target: usize, label: &str, field: &Field, most: u16) {
        let focused = self.focus == Some(target);
        let glyphs = self.look.glyphs;
        let width = self.look.width.min(MEASURE);
        if !label.is_empty() {
            let role = if focused { Role::Strong } else { Role::Text };
            let from = self.rows.len();
            self.spans(&[self.look.span(role, label)], 2);
            for row in &mut self.rows[from..] {
                row.hits.push((0..width, target, Zone::Field));
            }
            let lead = self.rows.get_mut(from);
            if let Some(lead) = lead.and_then(|row| row.line.spans.first_mut())
                && focused
            {
                *lead = self.look.span(role, &format!("{} ", glyphs.focus));
            }
        }
        // What was there is covered until it is changed; what is typed has to be seen.
        let covered = Field::new(MASK);
        let hidden = field.is_untouched() && self.look.veil.cover(field.value()) != field.value();
        let field = if hidden { &covered } else { field };
        let width = width.min(most.max(text::width(field.value()) + 7));
        let lead = if focused && label.is_empty() {
            glyphs.focus
        } else {
            " "
        };
        let room = width.saturating_sub(6);
        let (lines, (cursor_row, cursor_column)) = field.layout(room);
        for (at, line) in lines.iter().enumerate() {
            let style = self.look.theme.style(Role::Input);
            let first = at == 0;
            let spans = vec![
                Span::raw(format!("{} [ ", if first { lead } else { " " })),
                Span::styled(text::pad(line, room, ""), style),
                Span::raw("]"),
            ];
            self.rows.push(Row {
                line: Line::from(spans),
                hits: vec![(0..width, target, Zone::Field)],
                cursor: (focused && at == cursor_row).then_some(4 + cursor_column),
            });
        }
    }

    /// Adds rows made elsewhere.
    pub fn extend(&mut self, lines: impl IntoIterator<Item = Line<'static>>) {
        for line in lines {
            self.line(line);
        }
    }

    /// Draws the page in an area, scrolled by `scroll` lines from where the focus puts it; or from
    /// the line `first` on as long as the focus is in sight, the last one being [`usize::MAX`].
    pub fn draw(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        scroll: i32,
        first: Option<usize>,
    ) -> Drawn {
        let area = area.intersection(frame.area());
        let mut drawn = Drawn::default();
        let height = usize::from(area.height);
        if height == 0 || area.width == 0 {
            return drawn;
        }
        let pinned = if self.pinned * 2 <= height {
            self.pinned
        } else {
            0
        };
        let room = height - pinned;
        let total = self.rows.len() - pinned;
        drawn.base = self.top(pinned, room, 0);
        let top = match first {
            Some(usize::MAX) => total.saturating_sub(room),
            Some(first) => self.around(first, pinned, room),
            None => self.top(pinned, room, scroll),
        };
        drawn.above = top;
        drawn.below = total.saturating_sub(top + room);
        let shown = (0..pinned).chain(pinned + top..(pinned + top + room).min(self.rows.len()));
        for (y, at) in (area.y..).zip(shown) {
            let row = &self.rows[at];
            frame.render_widget(
                &row.line,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
            );
            for (columns, target, zone) in &row.hits {
                let x = area.x + columns.start.min(area.width);
                let end = area.x + columns.end.min(area.width);
                let area = Rect {
                    x,
                    y,
                    width: end.saturating_sub(x),
                    height: 1,
                };
                drawn.hits.push((area, *target, *zone));
            }
            if let Some(column) = row.cursor {
                let x = area.x + column.min(area.width - 1);
                drawn.cursor = Some(Position { x, y });
            }
        }
        // The first line of the focus may stand above the window.
        let own = drawn.hits.iter().find(|(_, at, _)| self.focus == Some(*at));
        drawn.cursor = drawn
            .cursor
            .or_else(|| own.map(|(own, ..)| own.as_position()));
        drawn
    }

    /// The first line nearest to `first` that leaves the focus in sight.
    fn around(&self, first: usize, pinned: usize, room: usize) -> usize {
        let rows = &self.rows[pinned..];
        let first = first.min(rows.len().saturating_sub(room));
        let (Some(start), Some(end)) = self.focused(rows) else {
            return first;
        };
        first.min(end).max((start + 1).saturating_sub(room))
    }

    /// The first and the last of the rows that have the focus.
    fn focused(&self, rows: &[Row]) -> (Option<usize>, Option<usize>) {
        let focused = |row: &Row| row.hits.iter().any(|(_, at, _)| self.focus == Some(*at));
        (
            rows.iter().position(focused),
            rows.iter().rposition(focused),
        )
    }

    fn top(&self, pinned: usize, room: usize, scroll: i32) -> usize {
        let total = self.rows.len() - pinned;
        let last = total.saturating_sub(room);
        let rows = &self.rows[pinned..];
        let base = match self.focused(rows) {
            (Some(start), Some(end)) if end + 2 > room => {
                let middle = start.saturating_sub(room / 2);
                // The row of the cursor is seen even when the focused rows are taller than the area.
                let cursor = rows
                    .iter()
                    .position(|row| row.cursor.is_some())
                    .unwrap_or(start);
                middle
                    .max((cursor + 1).saturating_sub(room))
                    .min(cursor)
                    .min(last)
            }
            _ => 0,
        };
        let scrolled = i64::try_from(base).unwrap_or(0) + i64::from(scroll);
        usize::try_from(scrolled.max(0)).unwrap_or(0).min(last)
    }
}

/// Lists may be wider than running text, which keeps a comfortable measure.
fn entry_width(width: u16) -> u16 {
    width.min(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::{Background, ThemeName};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn drawn(width: u16, height: u16, focus: usize, scroll: i32) -> (String, Drawn) {
        let theme = Theme::new(ThemeName::Mono, Background::Unknown);
        let look = Look {
            veil: &crate::tui::veil::BARE,
            theme: &theme,
            glyphs: GlyphSet::Standard.glyphs(),
            width,
        };
        let mut page = Page::new(look, Some(focus));
        page.text(
            Role::Title,
            "Une question assez longue pour tenir sur deux lignes ?",
        );
        page.pin();
        for target in 0..20 {
            let text = format!("Réponse {target}");
            page.entry(Entry {
                target,
                text: &text,
                mark: "( )",
                right: "ici",
            });
        }
        page.field(20, "Autre", &Field::new("texte libre"));
        page.buttons(&[(21, "Valider"), (22, "Plus tard")]);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut out = Drawn::default();
        terminal
            .draw(|frame| {
                let area = frame.area();
                out = page.draw(frame, area, scroll, None);
            })
            .unwrap();
        (terminal.backend().to_string(), out)
    }

    #[test]
    fn the_focus_is_seen_and_holds_the_cursor_at_every_size() {
        for width in [2, 10, 40, 80, 200] {
            for height in [1, 3, 12, 40] {
                for focus in 0..23 {
                    let (_, out) = drawn(width, height, focus, 0);
                    let cursor = out.cursor.expect("cursor");
                    assert!(cursor.x < width && cursor.y < height);
                }
            }
        }
    }

    #[test]
    fn the_question_stays_while_the_answers_scroll() {
        let (screen, _) = drawn(40, 12, 15, 0);
        assert!(screen.contains("Une question assez longue"), "{screen}");
        assert!(screen.contains("► ( ) Réponse 15"), "{screen}");
    }

    proptest::proptest! {
        #[test]
        fn any_size_and_scroll_draws(
            width in 1_u16..200, height in 1_u16..60, focus in 0_usize..30, scroll in -50_i32..50
        ) {
            drawn(width, height, focus, scroll);
        }
    }
}
