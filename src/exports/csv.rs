//! CSV as French spreadsheets expect it: byte-order mark, semicolons, CRLF, no formula.

use super::sheet::{Cell, Sheet};

/// Writes a table, its title left out.
pub fn write(sheet: &Sheet) -> String {
    let mut text = String::from("\u{feff}");
    row(&mut text, sheet.columns.iter().map(|c| c.label.to_owned()));
    for cells in &sheet.rows {
        row(&mut text, cells.iter().map(Cell::shown));
    }
    text
}

fn row(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(';');
        }
        text.push_str(&quoted(&cell));
    }
    text.push_str("\r\n");
}

/// A cell between quotes; one that a spreadsheet could take for a formula is kept as text.
fn quoted(cell: &str) -> String {
    let formula = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::sheet::Column;
    use proptest::prelude::*;

    fn one(cell: &str) -> String {
        write(&Sheet {
            name: "a",
            title: String::new(),
            note: String::new(),
            columns: vec![Column {
                label: "A",
                width: 1,
                choices: &[],
            }],
            rows: vec![vec![Cell::text(cell)]],
        })
    }

    #[test]
    fn formulas_stay_text() {
        for cell in ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(one(cell).contains("\"'"), "{cell}");
        }
        assert_eq!(one("a;\"b\""), "\u{feff}\"A\"\r\n\"a;\"\"b\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn any_text_is_one_cell(cell in "\\PC{0,80}|[=;\"'\\r\\n\\t\u{202e}a+@-]{0,80}") {
            let text = one(&cell);
            let body = text.strip_prefix("\u{feff}\"A\"\r\n\"").unwrap_or_default();
            let inside = body.strip_suffix("\"\r\n").unwrap_or("\"");
            prop_assert_eq!(inside.replace("\"\"", "").matches('"').count(), 0);
            let stray = inside.contains(['\r', '\n', '\u{202e}']);
            prop_assert!(!stray);
            prop_assert!(!inside.starts_with(['=', '+', '-', '@']));
        }
    }
}
