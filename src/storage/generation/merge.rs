//! Three-way merge of texts, line by line, and the difference between two of them.
//!
//! A paragraph of a generated text is one line. What an editor does on its own (Windows line ends, a
//! mark at the beginning, no line end at the last line) is neither an edit nor lost.

use std::collections::HashSet;
use std::ops::Range;

use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, Hunk, InternedInput, UnifiedDiffConfig};

/// The largest text merged or compared, in bytes; the largest generated one is a tenth of it.
pub const MAX_TEXT: usize = 1 << 20;

/// A passage changed on both sides, in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What the user's file says.
    pub yours: String,
    /// What the new version says.
    pub new: String,
}

/// What merging gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merged {
    /// Every change of both sides.
    Clean(String),
    /// Some changes exclude one another.
    Conflicts(Vec<Conflict>),
}

/// Applies to `mine` what changed from `base` to `new`.
///
/// `dated` pairs each way the day of `base` is written with the same way for the day of `new`: a
/// generated line that only tells its day is not a change.
pub(super) fn merge(base: &str, mine: &str, new: &str, dated: &[(String, String)]) -> Merged {
    let (shape, mine) = Shape::take(mine);
    let (_, base) = Shape::take(base);
    let (_, new) = Shape::take(new);
    let generated: HashSet<&str> = base.split_inclusive('\n').collect();
    let mine = redate(&mine, dated, |line| generated.contains(line));
    let base = redate(&base, dated, |_| true);
    match merge_lines(&base, &mine, &new) {
        Merged::Clean(text) => Merged::Clean(shape.restore(&text)),
        conflicts @ Merged::Conflicts(_) => conflicts,
    }
}

/// What changes from one text to another, as a unified difference without its heading.
pub(super) fn difference(old: &str, new: &str) -> String {
    let (_, old) = Shape::take(old);
    let (_, new) = Shape::take(new);
    let input = InternedInput::new(old.as_str(), new.as_str());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let printer = BasicLineDiffPrinter(&input.interner);
    diff.unified_diff(&printer, UnifiedDiffConfig::default(), &input)
        .to_string()
}

/// Writes the new day in place of the old one, on chosen lines.
fn redate(text: &str, dated: &[(String, String)], chosen: impl Fn(&str) -> bool) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let mut line = line.to_owned();
        if chosen(&line) {
            for (old, new) in dated.iter().filter(|(old, new)| old != new) {
                if line.contains(old.as_str()) {
                    line = line.replace(old.as_str(), new);
                }
            }
        }
        line
    });
    lines.collect()
}

/// What is around the lines of a text, whatever they say.
struct Shape {
    has_mark: bool,
    has_windows_ends: bool,
    lacks_last_end: bool,
}

impl Shape {
    /// The shape of a text, and the text with plain line ends.
    fn take(text: &str) -> (Self, String) {
        let (has_mark, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let windows = text.matches("\r\n").count();
        let has_windows_ends = windows > 0 && windows == text.matches('\n').count();
        let mut plain = if has_windows_ends {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        };
        let lacks_last_end = !plain.is_empty() && !plain.ends_with('\n');
        if lacks_last_end {
            plain.push('\n');
        }
        let shape = Self {
            has_mark,
            has_windows_ends,
            lacks_last_end,
        };
        (shape, plain)
    }

    fn restore(&self, plain: &str) -> String {
        let plain = if self.lacks_last_end {
            plain.strip_suffix('\n').unwrap_or(plain)
        } else {
            plain
        };
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        if self.has_windows_ends {
            format!("{mark}{}", plain.replace('\n', "\r\n"))
        } else {
            format!("{mark}{plain}")
        }
    }
}

/// One changed side of the merge.
struct Side<'a> {
    lines: Vec<&'a str>,
    hunks: Vec<Hunk>,
    next: usize,
}

impl<'a> Side<'a> {
    fn new(base: &str, text: &'a str) -> Self {
        let input = InternedInput::new(base, text);
        let mut diff = Diff::compute(Algorithm::Histogram, &input);
        diff.postprocess_lines(&input);
        Self {
            lines: text.split_inclusive('\n').collect(),
            hunks: diff.hunks().collect(),
            next: 0,
        }
    }

    fn peek(&self) -> Option<&Hunk> {
        self.hunks.get(self.next)
    }

    /// The text that stands for these lines of the base, changed by these hunks.
    fn text(&self, base: &Range<u32>, hunks: Range<usize>) -> String {
        let (Some(first), Some(last)) = (
            self.hunks.get(hunks.start),
            hunks.end.checked_sub(1).and_then(|at| self.hunks.get(at)),
        ) else {
            return String::new();
        };
        let start = first.after.start - (first.before.start - base.start);
        let end = last.after.end + (base.end - last.before.end);
        self.lines[start as usize..end as usize].concat()
    }

    /// Takes every hunk that begins within or right after these lines of the base.
    fn absorb(&mut self, base: &mut Range<u32>) -> bool {
        let before = self.next;
        while let Some(hunk) = self.peek().filter(|hunk| hunk.before.start <= base.end) {
            base.end = base.end.max(hunk.before.end);
            base.start = base.start.min(hunk.before.start);
            self.next += 1;
        }
        self.next > before
    }
}

/// Tells whether two changes touch the same lines; an insertion also touches what is next to it.
fn meet(a: &Range<u32>, b: &Range<u32>) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}

fn merge_lines(base: &str, mine: &str, new: &str) -> Merged {
    let lines: Vec<&str> = base.split_inclusive('\n').collect();
    let mut mine = Side::new(base, mine);
    let mut new = Side::new(base, new);
    let mut out = String::with_capacity(base.len());
    let mut conflicts = Vec::new();
    let mut at = 0;
    loop {
        let (range, text) = match (mine.peek(), new.peek()) {
            (Some(a), Some(b)) if meet(&a.before, &b.before) => {
                let mut range = a.before.clone();
                let (from_mine, from_new) = (mine.next, new.next);
                while mine.absorb(&mut range) | new.absorb(&mut range) {}
                let yours = mine.text(&range, from_mine..mine.next);
                let theirs = new.text(&range, from_new..new.next);
                if yours != theirs {
                    conflicts.push(Conflict {
                        yours: yours.clone(),
                        new: theirs,
                    });
                }
                (range, yours)
            }
            (Some(a), b) if b.is_none_or(|b| a.before.start < b.before.start) => {
                let range = a.before.clone();
                mine.next += 1;
                let text = mine.text(&range, mine.next - 1..mine.next);
                (range, text)
            }
            (_, Some(b)) => {
                let range = b.before.clone();
                new.next += 1;
                let text = new.text(&range, new.next - 1..new.next);
                (range, text)
            }
            // The second arm takes every case where only `mine` is left.
            (_, None) => break,
        };
        out.extend(lines[at..range.start as usize].iter().copied());
        out.push_str(&text);
        at = range.end as usize;
    }
    out.extend(lines[at..].iter().copied());
    if conflicts.is_empty() {
        Merged::Clean(out)
    } else {
        Merged::Conflicts(conflicts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(base: &str, mine: &str, new: &str) -> Option<String> {
        match merge(base, mine, new, &[]) {
            Merged::Clean(text) => Some(text),
            Merged::Conflicts(_) => None,
        }
    }

    #[test]
    fn changes_apart_are_both_kept_and_changes_together_are_shown() {
        let base = "un\n\ndeux\n\ntrois\n";
        let both = clean(base, "un, à moi\n\ndeux\n\ntrois\n", "un\n\ndeux\n\n3\n");
        assert_eq!(both.as_deref(), Some("un, à moi\n\ndeux\n\n3\n"));
        // The same change on both sides is one change.
        let same = clean(base, "un\n\n2\n\ntrois\n", "un\n\n2\n\n3\n");
        assert_eq!(same.as_deref(), Some("un\n\n2\n\n3\n"));
        let conflict = merge(base, "un\n\nmoi\n\ntrois\n", "un\n\n2\n\ntrois\n", &[]);
        let expected = Conflict {
            yours: "moi\n".to_owned(),
            new: "2\n".to_owned(),
        };
        assert_eq!(conflict, Merged::Conflicts(vec![expected]));
        // What was added next to what disappeared must be seen.
        assert_eq!(clean("a\nb\nc\n", "a\nc\n", "a\nb\nd\nc\n"), None);
    }

    #[test]
    fn what_an_editor_does_by_itself_is_kept_and_is_no_conflict() {
        let (base, new) = ("un\ndeux\ntrois\n", "un\ndeux\n3\n");
        let notepad = "\u{feff}UN\r\ndeux\r\ntrois";
        let merged = clean(base, notepad, new);
        assert_eq!(merged.as_deref(), Some("\u{feff}UN\r\ndeux\r\n3"));
    }

    #[test]
    fn a_day_is_not_a_change() {
        let dated = [("1er mai".to_owned(), "2 mai".to_owned())];
        let (base, new) = ("a\nPage du 1er mai.\nb\n", "a\nPage du 2 mai.\nb\n");
        let to = |mine: &str| match merge(base, mine, new, &dated) {
            Merged::Clean(text) => text,
            Merged::Conflicts(found) => unreachable!("{found:?}"),
        };
        // A generated line tells the new day; a line of the user is hers, the day she wrote too.
        assert_eq!(to("A\nPage du 1er mai.\nb\n"), "A\nPage du 2 mai.\nb\n");
        assert_eq!(
            to("a\nMa page du 1er mai.\nb\n"),
            "a\nMa page du 1er mai.\nb\n"
        );
    }

    #[test]
    fn a_difference_says_what_goes_and_what_comes() {
        let text = difference("a\r\nb\r\nc\r\n", "a\nB\nc\n");
        assert_eq!(text, "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
        assert_eq!(difference("a", "a\n"), "");
    }

    /// Texts that have lines in common, now and then blank or with odd ends.
    fn text() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec!["a", "b", "c", "d", "", " ", "é\r", "<p>x</p>"]);
        (prop::collection::vec(line, 0..9), "\n|\r\n", any::<bool>()).prop_map(
            |(lines, end, last)| {
                let mut text = lines.join(&end);
                if last {
                    text.push_str(&end);
                }
                text
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn one_side_alone_wins(base in text(), other in text()) {
            prop_assert_eq!(clean(&base, &other, &base), Some(other.clone()));
            let (_, plain) = Shape::take(&other);
            let (shape, plain_base) = Shape::take(&base);
            let new = merge_lines(&plain_base, &plain_base, &plain);
            prop_assert_eq!(new, Merged::Clean(plain));
            prop_assert_eq!(shape.restore(&plain_base), base.clone());
            prop_assert_eq!(clean(&base, &other, &other), Some(other));
        }

        #[test]
        fn what_the_user_wrote_is_still_there(base in text(), mine in text(), new in text()) {
            if let Some(merged) = clean(&base, &mine, &new) {
                // How a line ends is not something written: an odd carriage return is left aside,
                // and so is an empty line, which cannot be told from an end.
                let lines = |text: &str| -> Vec<String> {
                    let ended = text.lines().map(|line| line.trim_end_matches('\r'));
                    ended.map(str::to_owned).collect()
                };
                let known = lines(&base);
                let written = lines(&mine).into_iter();
                for line in written.filter(|l| !l.is_empty() && !known.contains(l)) {
                    let count = |text: &str| lines(text).iter().filter(|l| **l == line).count();
                    prop_assert!(count(&merged) >= count(&mine), "{line:?} in {merged:?}");
                }
                // Merging again brings nothing.
                prop_assert_eq!(clean(&new, &merged, &new), Some(merged.clone()));
            }
        }

        #[test]
        fn no_text_is_too_odd(base in "\\PC{0,40}", mine in "[ab\\r\\n\u{feff}]{0,20}", new in "[ab\\r\\n]{0,20}") {
            merge(&base, &mine, &new, &[("a".to_owned(), "b".to_owned())]);
            prop_assert_eq!(clean(&base, &mine, &base), Some(mine));
        }
    }
}
