//! Plain text, wrapped at 76 columns, for e-mails and forms that take nothing else.

use pulldown_cmark::{HeadingLevel, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use super::Piece;

/// Width of the lines, in columns.
pub const WIDTH: usize = 76;

/// Writes a Markdown text as plain text.
pub fn plain(markdown: &str) -> String {
    let pieces = super::pieces(markdown);
    let mut writer = Writer::default();
    for piece in &pieces {
        writer.piece(piece);
    }
    writer.paragraph();
    let mut out = writer.out.trim_end().to_owned();
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Text of the paragraph under way.
    line: String,
    /// Open lists: next number, or nothing for bullets.
    lists: Vec<Option<u64>>,
    /// Marker to write before the next paragraph.
    marker: Option<String>,
    /// Open quotations.
    quotes: usize,
    /// Link under way: where it leads, and where its words start.
    link: Option<(String, usize)>,
    heads: Vec<String>,
    cells: Vec<String>,
    in_head: bool,
    in_code: bool,
}

impl Writer {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(tag) => self.end(*tag),
            Piece::Text(text) if self.in_code => self.out.push_str(text),
            Piece::Text(text) => self.line.push_str(text),
            Piece::Blank(text) => self.line.push_str(text),
            Piece::Code(code) => self.line.push_str(code),
            Piece::SoftBreak => self.line.push(' '),
            Piece::HardBreak => self.line.push('\n'),
            Piece::Rule => {
                self.gap();
                self.out.push_str(&"-".repeat(WIDTH));
                self.out.push('\n');
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.paragraph();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(*first);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.marker = Some(marker);
            }
            Tag::Heading { .. } => {
                self.paragraph();
                self.gap();
            }
            Tag::Paragraph if self.lists.is_empty() => self.gap(),
            Tag::BlockQuote(_) => {
                self.gap();
                self.quotes += 1;
            }
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.to_string(), self.line.len())),
            Tag::Table(_) => self.gap(),
            Tag::TableHead => {
                self.in_head = true;
                self.heads.clear();
            }
            Tag::TableRow => self.cells.clear(),
            Tag::CodeBlock(_) => {
                self.gap();
                self.in_code = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.paragraph(),
            TagEnd::Heading(level) => {
                let title = std::mem::take(&mut self.line);
                let mark = if level == HeadingLevel::H2 { "=" } else { "-" };
                let wrapped = wrap(&title, WIDTH);
                let width = wrapped.iter().map(|line| line.width()).max().unwrap_or(0);
                self.out.push_str(&wrapped.join("\n"));
                self.out.extend(["\n", &mark.repeat(width), "\n"]);
            }
            TagEnd::List(_) => {
                self.paragraph();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Link => self.close_link(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if self.in_head {
                    self.heads.push(cell);
                } else {
                    self.cells.push(cell);
                }
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableRow => self.row(),
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
    }

    /// A table row reads as a short list: « tête : cellule ».
    fn row(&mut self) {
        self.gap();
        let cells = std::mem::take(&mut self.cells);
        for (at, cell) in cells.iter().enumerate() {
            let head = self.heads.get(at).filter(|head| at > 0 && !head.is_empty());
            let text = head.map_or_else(|| cell.clone(), |head| format!("{head}\u{a0}: {cell}"));
            let indent = if at == 0 { "" } else { "  " };
            self.write(&text, indent, if at == 0 { "  " } else { "    " });
        }
    }

    fn close_link(&mut self) {
        let Some((target, start)) = self.link.take() else {
            return;
        };
        let shown = self.line.get(start..).unwrap_or_default();
        let bare = |text: &str| {
            let text = text
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            let text = text
                .trim_start_matches("mailto:")
                .trim_start_matches("www.");
            text.trim_end_matches('/').to_owned()
        };
        if bare(shown) != bare(&target)
            && !target.starts_with(['#', '/'])
            && !target.starts_with("tel:")
        {
            self.line.extend([" (", &target, ")"]);
        }
    }

    /// Writes the paragraph under way.
    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.line);
        let marker = self.marker.take();
        if text.trim().is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1);
        let indent = "> ".repeat(self.quotes) + &"  ".repeat(depth);
        match marker {
            Some(marker) => {
                let hanging = indent.clone() + &" ".repeat(marker.len());
                self.write(&text, &(indent + &marker), &hanging);
            }
            None if self.lists.is_empty() => self.write(&text, &indent, &indent),
            None => {
                let hanging = indent + "  ";
                self.write(&text, &hanging, &hanging);
            }
        }
    }

    fn write(&mut self, text: &str, first: &str, next: &str) {
        let mut lead = first;
        for part in text.split('\n') {
            for line in wrap(part, WIDTH.saturating_sub(next.width())) {
                self.out.push_str(lead);
                self.out.push_str(&line);
                self.out.push('\n');
                lead = next;
            }
        }
    }

    /// One empty line before a block.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

/// Words that stay on one line: « opens and » closes beside what they enclose, and a sign such as
/// « ? » never begins a line, even where the source has an ordinary space.
fn held(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match units.last_mut() {
            Some(unit) if unit.ends_with('«') || word.starts_with(['»', ':', ';', '!', '?']) => {
                unit.push(' ');
                unit.push_str(word);
            }
            _ => units.push(word.to_owned()),
        }
    }
    units
}

/// Breaks a text at ordinary spaces; no-break spaces hold.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in held(text) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_and_indented() {
        let long = "mot ".repeat(30);
        let text = plain(&format!(
            "## Titre\n\n{long}\n\n- {long}\n- [à compléter : nom]\n\n1. un\n2. deux\n"
        ));
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert!(text.starts_with("Titre\n=====\n\nmot mot"), "{text}");
        assert!(text.contains("\n- mot"), "{text}");
        assert!(text.contains("\n  mot"), "{text}");
        assert!(text.contains("- [à compléter : nom]"), "{text}");
        assert!(text.contains("1. un\n2. deux\n"), "{text}");
    }

    #[test]
    fn guillemets_hold_to_what_they_enclose() {
        assert_eq!(wrap("un « deux » trois", 6), ["un", "« deux »", "trois"]);
        assert_eq!(wrap("deux mots ?", 9), ["deux", "mots ?"]);
    }

    #[test]
    fn links_and_tables_stay_readable() {
        let text = plain(
            "[ici](https://e.fr/a) et [e.fr](https://e.fr) [a@b.fr](mailto:a@b.fr)\n\n| But | Durée |\n|---|---|\n| lire | 3 ans |\n",
        );
        assert_eq!(
            text,
            "ici (https://e.fr/a) et e.fr a@b.fr\n\nlire\n  Durée\u{a0}: 3 ans\n"
        );
    }

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_value_is_found_again_in_plain_text(text in "[!-~é]{1,20}( [!-~é]{1,20}){0,3}") {
            let cleaned = crate::documents::escape::clean(&text);
            let escaped = crate::documents::escape::markdown(&cleaned);
            let read = plain(&format!("- {escaped}\n"));
            let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(spaces(&read).contains(&spaces(&cleaned)), "{}", read);
        }
    }
}
