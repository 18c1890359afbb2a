//! Tables: columns as wide as their words ask, heads repeated on each page, rows that may break.

use krilla::tagging::{TableHeaderScope, Tag};

use super::blocks::Spans;
use super::layout::{BODY, INK, Layout, RULE, Style, bold};
use super::lines::{Line, lines, widths};

const PADDING: f32 = 4.5;
const STYLE: Style = Style {
    size: BODY - 1.0,
    colour: INK,
};

/// Space above a table.
const BEFORE: f32 = 8.0;
/// Most lines of the first row that stay with the heads.
const OPENING: usize = 4;

/// A row ready to be placed: lines of each cell.
type Row = Vec<Vec<Line>>;

/// Least height of the beginning of a table: its heads and the first lines of its first row.
pub(super) fn opening(layout: &mut Layout<'_>, head: &[Spans], rows: &[Vec<Spans>]) -> f32 {
    let head = bold_row(head);
    let columns = columns(layout, &head, rows);
    let top = set(layout, &columns, &head);
    let first = rows.first().map(|row| set(layout, &columns, row));
    BEFORE + least(&top, first.as_ref())
}

fn least(top: &Row, first: Option<&Row>) -> f32 {
    let first = first.map_or(0, |row| tallest(row).min(OPENING));
    height(tallest(top)) + height(first)
}

fn bold_row(head: &[Spans]) -> Vec<Spans> {
    head.iter()
        .map(|cell| cell.iter().map(bold).collect())
        .collect()
}

/// The lines of a row in columns of these widths.
fn set(layout: &mut Layout<'_>, columns: &[f32], cells: &[Spans]) -> Row {
    let columns = columns.iter().enumerate();
    columns
        .map(|(at, width)| {
            let cell = cells.get(at).map_or(&[][..], Vec::as_slice);
            lines(layout.fonts, cell, (width - 2.0 * PADDING) / STYLE.size)
        })
        .collect()
}

/// Places a table.
pub(super) fn place(
    layout: &mut Layout<'_>,
    head: &[Spans],
    rows: &[Vec<Spans>],
    parent: Option<usize>,
) {
    let head = bold_row(head);
    let columns = columns(layout, &head, rows);
    let top = set(layout, &columns, &head);
    let rows: Vec<Row> = rows.iter().map(|row| set(layout, &columns, row)).collect();
    layout.sheets.gap(BEFORE);
    layout.sheets.need(least(&top, rows.first()));
    let table = layout.sheets.node(Tag::Table, parent);
    let group = layout.sheets.node(Tag::THead, Some(table));
    let tags = layout.sheets.node(Tag::TR, Some(group));
    let cells: Vec<usize> = columns
        .iter()
        .map(|_| {
            layout
                .sheets
                .node(Tag::TH(TableHeaderScope::Column), Some(tags))
        })
        .collect();
    header(layout, &columns, &top, Some(&cells));
    let body = layout.sheets.node(Tag::TBody, Some(table));
    for row in &rows {
        let tags = layout.sheets.node(Tag::TR, Some(body));
        let cells: Vec<usize> = columns
            .iter()
            .map(|_| layout.sheets.node(Tag::TD, Some(tags)))
            .collect();
        place_row(layout, &columns, &top, row, &cells);
    }
}

/// Places a row, on several pages if one cannot hold it.
fn place_row(layout: &mut Layout<'_>, columns: &[f32], top: &Row, row: &Row, cells: &[usize]) {
    let frame = layout.sheets.frame;
    let page = frame.bottom - frame.top - height(tallest(top));
    let count = tallest(row);
    let mut done = 0;
    while done < count {
        let left = count - done;
        let room = (1..=left)
            .take_while(|n| layout.sheets.fits(height(*n)))
            .count();
        let is_new = layout.sheets.y <= frame.top + height(tallest(top)) + 0.01;
        if room < left && !is_new && (room < 3 || height(left) <= page) {
            layout.sheets.turn();
            header(layout, columns, top, None);
            continue;
        }
        let taken = room.max(1);
        segment(layout, columns, row, done, taken, Some(cells));
        done += taken;
    }
}

fn header(layout: &mut Layout<'_>, columns: &[f32], top: &Row, cells: Option<&[usize]>) {
    let (x, y) = (layout.edges.0, layout.sheets.y);
    let count = tallest(top);
    let (accent, width) = (layout.colours.accent, columns.iter().sum());
    let back = layout.colours.tint;
    layout.sheets.tint(x, y, width, height(count), back);
    segment(layout, columns, top, 0, count, cells);
    let y = layout.sheets.y;
    layout.sheets.tint(x, y - 1.0, width, 1.0, accent);
}

/// Places some lines of each cell of a row.
fn segment(
    layout: &mut Layout<'_>,
    columns: &[f32],
    row: &Row,
    from: usize,
    count: usize,
    cells: Option<&[usize]>,
) {
    let top = layout.sheets.y;
    let mut x = layout.edges.0;
    for (at, width) in columns.iter().enumerate() {
        let node = cells.and_then(|cells| cells.get(at)).copied();
        let set = row.get(at).map_or(&[][..], Vec::as_slice);
        let mut link = None;
        for (line, words) in set.iter().skip(from).take(count).enumerate() {
            let y = top + PADDING + STYLE.leading() * line as f32;
            layout.line(words, (x + PADDING, y), STYLE, node, &mut link);
        }
        x += width;
    }
    layout.sheets.y = top + height(count);
    let (left, y) = (layout.edges.0, layout.sheets.y);
    layout.sheets.tint(left, y - 0.5, x - left, 0.5, RULE);
}

fn tallest(row: &Row) -> usize {
    row.iter().map(Vec::len).max().unwrap_or(1).max(1)
}

fn height(lines: usize) -> f32 {
    STYLE.leading() * lines as f32 + 2.0 * PADDING
}

/// Widths of the columns: each at least its longest word where that fits, the rest by what its
/// texts would take on one line.
fn columns(layout: &mut Layout<'_>, head: &[Spans], rows: &[Vec<Spans>]) -> Vec<f32> {
    let whole = layout.edges.1 - layout.edges.0;
    let padding = 2.0 * PADDING + 0.5;
    let count = head.len().max(1);
    let asked: Vec<(f32, f32)> = (0..count)
        .map(|at| {
            let cells = rows
                .iter()
                .filter_map(|row| row.get(at))
                .chain(head.get(at));
            let (least, most) = cells
                .map(|cell| widths(layout.fonts, cell))
                .fold((0.0, 0.0), |(a, b): (f32, f32), (c, d)| {
                    (a.max(c), b.max(d))
                });
            let least = least * STYLE.size + padding;
            // A long text asks for room, but not for that of all the others.
            let most = (most * STYLE.size + padding).min(whole * 0.9);
            (least, most.max(least))
        })
        .collect();
    let least: f32 = asked.iter().map(|(least, _)| least).sum();
    let most: f32 = asked.iter().map(|(_, most)| most).sum();
    asked
        .iter()
        .map(|(a, b)| {
            if least >= whole {
                whole * a / least
            } else if most <= whole {
                b * whole / most
            } else {
                a + (b - a) * (whole - least) / (most - least)
            }
        })
        .collect()
}
