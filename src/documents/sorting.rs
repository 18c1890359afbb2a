//! The calendar of sorting as rows, read from the document that holds it: a template changed by a
//! practice changes the spreadsheet and the calendar with it.

use pulldown_cmark::{Tag, TagEnd};

use super::markdown::{Piece, pieces};
use super::{Needed, Rendered};
use crate::domain::input::MONTHS;

/// The document that holds the calendar.
pub const DOCUMENT: &str = "durees-conservation";
/// Its clause, one table.
const CLAUSE: &str = "calendrier";

/// Something to sort out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sort {
    /// Its month, from 1, when it comes back every year.
    pub month: Option<i8>,
    /// When, as the document says it.
    pub when: String,
    /// What to sort out.
    pub what: String,
    /// Where to look.
    pub place: String,
    /// How long it may stay.
    pub duration: String,
    /// What makes that time start.
    pub start: String,
    /// What to do.
    pub gesture: String,
}

/// What a business has to sort out, by month, then what has none; nothing when it keeps no file.
pub fn sorts(document: &Rendered) -> Vec<Sort> {
    if document.id != DOCUMENT || document.needed != Needed::Yes {
        return Vec::new();
    }
    let clauses = document.clauses.iter().filter(|c| c.id == CLAUSE);
    let mut sorts: Vec<Sort> = clauses.flat_map(|c| rows(&c.markdown)).map(sort).collect();
    sorts.sort_by_key(|sort| sort.month.unwrap_or(i8::MAX));
    sorts
}

/// Name of a month, from 1.
pub fn month(number: i8) -> &'static str {
    let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    at.and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

/// The month a text begins with, from 1.
pub(super) fn month_of(when: &str) -> Option<i8> {
    let word = when.split(|c: char| !c.is_alphabetic()).next();
    let word = word.unwrap_or_default().to_lowercase();
    let month = (1_i8..).zip(MONTHS).find(|(_, name)| *name == word);
    month.map(|(number, _)| number)
}

fn sort(cells: Vec<String>) -> Sort {
    let mut cells = cells.into_iter();
    let mut next = || cells.next().unwrap_or_default();
    let when = next();
    Sort {
        month: month_of(&when),
        when,
        what: next(),
        place: next(),
        duration: next(),
        start: next(),
        gesture: next(),
    }
}

/// Cells of the rows of a table, its head left out.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut cell: Option<String> = None;
    for piece in pieces(markdown) {
        match piece {
            Piece::Start(Tag::TableRow) => rows.push(Vec::new()),
            Piece::Start(Tag::TableCell) => cell = Some(String::new()),
            Piece::End(TagEnd::TableCell) => {
                if let (Some(row), Some(words)) = (rows.last_mut(), cell.take()) {
                    row.push(words);
                }
            }
            piece => {
                if let (Some(cell), Some(words)) = (&mut cell, piece.words()) {
                    cell.push_str(words);
                }
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_words_and_find_their_month() {
        let read: Vec<Sort> = rows("| Quand | Quoi |\n|---|---|\n| Août, au calme | **Un** mot |\n| À chaque départ | [à compléter : x] |\n")
            .into_iter()
            .map(sort)
            .collect();
        assert_eq!(read[0].month, Some(8));
        assert_eq!((&*read[0].what, &*read[0].place), ("Un mot", ""));
        assert_eq!(read[1].month, None);
        assert_eq!(read[1].what, "[à compléter : x]");
        assert_eq!((month(8), month(0), month(13)), ("août", "", ""));
    }
}
