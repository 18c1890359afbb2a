//! Spreadsheet file (`.xlsx`): filters, frozen heads, dates and figures typed, ready to print.
//!
//! Heads, borders and row heights are explicit: not every program reads table styles or fits rows.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr as _;

use super::sheet::{Cell, Sheet};

/// Rows above the rows of the table: title, note, head.
const HEAD: u32 = 2;
/// Height of a line of text, in points.
const LINE: f64 = 15.0;
/// Highest row a spreadsheet takes, in points.
const HIGHEST: f64 = 405.0;
/// Longest text of a cell.
const LONGEST: usize = 32_000;
/// Paper sizes, as spreadsheets number them.
const A3: u8 = 8;
const A4: u8 = 9;
/// Widest table, in characters, that is still read on the long side of an A4 sheet.
const A4_WIDTH: u16 = 240;
const INK: Color = Color::RGB(0x001F_3A5F);
const LINES: Color = Color::RGB(0x00BF_C6D1);

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("le tableur n'a pas pu être écrit : {0}")]
pub struct SheetError(#[from] XlsxError);

/// Writes tables, one tab each.
pub fn write(title: &str, sheets: &[Sheet], date: Date) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(shortened(title, 250))
        .set_author("Aplomb");
    if let Some(day) = excel_day(date) {
        properties = properties.set_creation_datetime(&day);
    }
    workbook.set_properties(&properties);
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn excel_day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    let (month, day) = (
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest).chain(['…']).collect()
}

fn fill(tab: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last_row = HEAD + u32::try_from(sheet.rows.len()).unwrap_or(0);
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(0);
    let title = Format::new()
        .set_bold()
        .set_font_size(14)
        .set_font_color(INK);
    let head = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(INK)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINES)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    tab.set_name(sheet.name)?;
    tab.write_string_with_format(0, 0, shortened(&sheet.title, 250), &title)?;
    tab.set_row_height(0, 22)?;
    note(tab, sheet, last_column)?;
    tab.set_row_height(HEAD, 2.0 * LINE + 3.0)?;
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        tab.set_column_width(at, f64::from(column.width))?;
        tab.write_string_with_format(HEAD, at, column.label, &head)?;
        if !column.choices.is_empty() && last_row > HEAD {
            let list = DataValidation::new().allow_list_strings(column.choices)?;
            tab.add_data_validation(HEAD + 1, at, last_row, at, &list)?;
        }
    }
    for (at, row) in (HEAD + 1..).zip(&sheet.rows) {
        cells(tab, at, row)?;
        tab.set_row_height(at, height(sheet, row))?;
    }
    tab.set_freeze_panes(HEAD + 1, 2.min(last_column))?;
    tab.autofilter(HEAD, 0, last_row, last_column)?;
    tab.set_repeat_rows(HEAD, HEAD)?;
    let wide: u16 = sheet.columns.iter().map(|column| column.width).sum();
    let paper = if wide > A4_WIDTH { A3 } else { A4 };
    tab.set_landscape().set_paper_size(paper);
    tab.set_print_fit_to_pages(1, 0);
    tab.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    tab.set_footer("&L&A&RPage &P sur &N");
    Ok(())
}

/// The line under the title, over the whole width so that none of it is lost on paper.
fn note(tab: &mut Worksheet, sheet: &Sheet, last_column: u16) -> Result<(), XlsxError> {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let text = shortened(&sheet.note, LONGEST);
    let wide: u16 = sheet.columns.iter().map(|column| column.width).sum();
    let lines = text.width().div_ceil(usize::from(wide.max(1))).max(1);
    tab.set_row_height(1, (lines as f64 * LINE + 3.0).min(HIGHEST))?;
    if last_column > 0 {
        tab.merge_range(1, 0, 1, last_column, &text, &format)?;
    } else {
        tab.write_string_with_format(1, 0, &text, &format)?;
    }
    Ok(())
}

fn cells(tab: &mut Worksheet, at: u32, row: &[Cell]) -> Result<(), XlsxError> {
    let body = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(LINES)
        .set_align(FormatAlign::Top)
        .set_indent(1)
        .set_text_wrap();
    let figure = body.clone().set_indent(0).set_align(FormatAlign::Center);
    for (column, cell) in (0_u16..).zip(row) {
        match cell {
            Cell::Text(text) => {
                tab.write_string_with_format(at, column, shortened(text, LONGEST), &body)?
            }
            Cell::Count(count) => tab.write_number_with_format(at, column, *count, &figure)?,
            Cell::Points(points) => {
                let tenths = figure.clone().set_num_format("0.0");
                tab.write_number_with_format(at, column, points.to_f64(), &tenths)?
            }
            Cell::Day(date) => match excel_day(*date) {
                Some(day) => {
                    let format = figure.clone().set_num_format("dd/mm/yyyy");
                    tab.write_datetime_with_format(at, column, &day, &format)?
                }
                None => tab.write_string_with_format(at, column, cell.shown(), &body)?,
            },
        };
    }
    Ok(())
}

/// Height that shows every line of a row.
fn height(sheet: &Sheet, row: &[Cell]) -> f64 {
    let lines = row.iter().zip(&sheet.columns).map(|(cell, column)| {
        // An indent is lost, and words do not fill their lines: one character in eight.
        let room = usize::from(column.width.saturating_sub(2)) * 7 / 8;
        cell.shown().width().div_ceil(room.max(1)).max(1)
    });
    (lines.max().unwrap_or(1) as f64 * LINE + 3.0).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::sheet::{Column, STATES};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn of(cell: &str) -> Sheet {
        let column = |label, choices| Column {
            label,
            width: 10,
            choices,
        };
        Sheet {
            name: "Plan d’action",
            title: cell.to_owned(),
            note: cell.to_owned(),
            columns: vec![column("A", &[]), column("B", STATES), column("C", &[])],
            rows: vec![vec![
                Cell::text(cell),
                Cell::text("fait"),
                Cell::Day(Date::MAX),
            ]],
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let write = || write("t", &[of("=1+1")], date(2026, 11, 1));
        assert_eq!(write().ok(), write().ok());
        assert!(write().is_ok());
    }

    #[test]
    fn an_empty_table_and_a_very_long_name_are_written() {
        let mut empty = of(&"é".repeat(40_000));
        assert!(write(&empty.title, &[empty.clone()], date(2026, 11, 1)).is_ok());
        empty.rows.clear();
        assert!(write(&empty.title, &[empty.clone()], Date::MIN).is_ok());
    }

    /// The first tab of a workbook, as text.
    fn tab(sheet: &Sheet) -> String {
        use std::io::Read as _;
        let bytes = write("t", std::slice::from_ref(sheet), date(2026, 11, 1)).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_table_is_printed_on_paper_it_is_read_on_with_all_of_its_note() {
        let mut sheet = of("Responsable : quelqu'un");
        let narrow = tab(&sheet);
        for expected in [
            "orientation=\"landscape\"",
            "paperSize=\"9\"",
            "fitToHeight=\"0\"",
            "<mergeCell ref=\"A2:C2\"/>",
        ] {
            assert!(narrow.contains(expected), "{expected}: {narrow}");
        }
        sheet.columns[2].width = 250;
        assert!(tab(&sheet).contains("paperSize=\"8\""));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_text_is_written(cell in "\\PC{0,80}|[=;\"'<&>\\r\\n\\t\u{202e}\u{1}a+@-]{0,80}") {
            prop_assert!(write(&cell, &[of(&cell)], date(2026, 11, 1)).is_ok());
        }
    }
}
