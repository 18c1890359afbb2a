//! Markdown as styled lines, from pulldown-cmark events.
//!
//! One renderer for help, document previews and the linear prompts. HTML is shown literally, links
//! as « texte (adresse) », tables in columns or, when they do not fit, as « clé : valeur » blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::page::Look;
use crate::tui::text::{self, MEASURE};
use crate::tui::theme::Role;

/// Lines of a Markdown text at the width of a look.
pub fn render(look: &Look<'_>, markdown: &str) -> Vec<Line<'static>> {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS);
    options.insert(Options::ENABLE_STRIKETHROUGH);
    let mut writer = Writer::new(look);
    let cleaned = text::clean(markdown);
    // A text is one event, escapes or not: what is covered may hold any character.
    for event in TextMergeStream::new(Parser::new_ext(&cleaned, options)) {
        writer.event(event);
    }
    writer.finish()
}

/// Text without any mark-up, for the linear prompts.
pub fn plain(look: &Look<'_>, markdown: &str) -> Vec<String> {
    render(look, markdown)
        .iter()
        .map(|line| line.to_string().trim_end().to_owned())
        .collect()
}

/// Tells whether the words of a link are its address already: an e-mail, a number as it is read.
fn says(label: &str, url: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    match url.strip_prefix("tel:") {
        // « 06 12 34 56 78 » and « +33612345678 » are one number.
        Some(number) => {
            let (number, said) = (digits(number), digits(label));
            let own = said.trim_start_matches('0');
            own.len() > 3 && number.ends_with(own)
        }
        None => url.trim_start_matches("mailto:") == label,
    }
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    cell: Option<String>,
}

struct Writer<'a> {
    look: &'a Look<'a>,
    lines: Vec<Line<'static>>,
    spans: Vec<Span<'static>>,
    roles: Vec<Style>,
    lists: Vec<Option<u64>>,
    marker: Option<String>,
    quotes: usize,
    links: Vec<(String, usize)>,
    code: bool,
    table: Option<Table>,
}

impl<'a> Writer<'a> {
    fn new(look: &'a Look<'a>) -> Self {
        Self {
            look,
            lines: Vec::new(),
            spans: Vec::new(),
            roles: vec![look.theme.style(Role::Text)],
            lists: Vec::new(),
            marker: None,
            quotes: 0,
            links: Vec::new(),
            code: false,
            table: None,
        }
    }

    fn style(&self) -> Style {
        self.roles.last().copied().unwrap_or_default()
    }

    fn push(&mut self, text: &str) {
        if let Some(cell) = self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            cell.push_str(&text::display(&self.look.veil.cover(text)));
        } else {
            let shown = self.look.shown(text);
            self.spans.push(Span::styled(shown, self.style()));
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => {
                let style = self.look.theme.style(Role::Code);
                let room = self.look.width.saturating_sub(4);
                for line in self.look.veil.cover(&text).lines() {
                    let shown = self.look.set().adapt(line.replace(' ', "\u{a0}"));
                    for mut line in text::wrap_spans(&[Span::styled(shown, style)], room) {
                        line.spans.insert(0, Span::raw("    "));
                        self.lines.push(line);
                    }
                }
            }
            Event::Text(text) => self.push(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.push(text.trim_end()),
            Event::Code(code) => {
                self.roles.push(self.look.theme.style(Role::Code));
                self.push(&format!("`{code}`"));
                self.roles.pop();
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.spans.push(Span::raw("\n")),
            Event::Rule => {
                self.gap();
                let rule = self
                    .look
                    .glyphs
                    .rule
                    .repeat(usize::from(self.measure().min(40)));
                self.lines
                    .push(Line::styled(rule, self.look.theme.style(Role::Border)));
            }
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.marker.is_none() => self.gap(),
            Tag::Heading { .. } => {
                self.flush();
                self.gap();
                self.roles.push(self.look.theme.style(Role::Heading));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.gap();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.gap();
                self.code = true;
            }
            Tag::List(start) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => format!("{} ", self.look.glyphs.bullet),
                };
                self.marker = Some(marker);
            }
            Tag::Emphasis => self.roles.push(self.style().add_modifier(Modifier::ITALIC)),
            Tag::Strong => {
                let strong = self.look.theme.style(Role::Strong);
                self.roles.push(self.style().patch(strong));
            }
            Tag::Strikethrough => self
                .roles
                .push(self.style().add_modifier(Modifier::CROSSED_OUT)),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((dest_url.into_string(), self.spans.len()));
                self.roles.push(self.look.theme.style(Role::Link));
            }
            Tag::Table(_) => {
                self.flush();
                self.gap();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                if let Some(table) = &mut self.table {
                    table.cell = Some(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Heading(level) => {
                self.flush();
                self.roles.pop();
                if level as usize <= 2 {
                    let w = self.lines.last().map_or(0, Line::width).max(4);
                    let rule = self.look.glyphs.rule.repeat(w);
                    self.lines
                        .push(Line::styled(rule, self.look.theme.style(Role::Border)));
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.roles.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((url, from)) = self.links.pop() {
                    let label: String = self
                        .spans
                        .iter()
                        .skip(from)
                        .map(|s| s.content.as_ref())
                        .collect();
                    if !url.is_empty() && !says(&label, &url) {
                        self.push(&format!(" ({url})"));
                    }
                }
                self.roles.pop();
            }
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table
                    && let Some(cell) = table.cell.take()
                    && let Some(row) = table.rows.last_mut()
                {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.draw_table(&table.rows);
                }
            }
            _ => {}
        }
    }

    fn measure(&self) -> u16 {
        self.look.width.min(MEASURE)
    }

    /// Empty line between blocks; none at the top.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// Ends the paragraph under way: wraps it under its list marker and quote bars.
    fn flush(&mut self) {
        if self.spans.is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1);
        let bars = format!("{} ", self.look.glyphs.bar).repeat(self.quotes);
        let base = format!("{bars}{}", "  ".repeat(depth));
        let marker = self.marker.take();
        let hanging = match (&marker, self.lists.is_empty()) {
            (Some(marker), _) => " ".repeat(usize::from(text::width(marker))),
            (None, false) => "  ".to_owned(),
            (None, true) => String::new(),
        };
        let lead = text::width(&base) + text::width(&hanging);
        let spans = std::mem::take(&mut self.spans);
        let border = self.look.theme.style(Role::Border);
        let room = self.measure().saturating_sub(lead).max(8);
        for (at, mut line) in text::wrap_spans(&spans, room).into_iter().enumerate() {
            let hang = match &marker {
                Some(marker) if at == 0 => marker.clone(),
                _ => hanging.clone(),
            };
            if !base.is_empty() || !hang.is_empty() {
                line.spans
                    .insert(0, Span::styled(format!("{base}{hang}"), border));
            }
            self.lines.push(line);
        }
    }

    fn draw_table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|c| text::width(c))
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<u16> = (0..columns).map(width).collect();
        let total = widths
            .iter()
            .fold(0_u16, |sum, w| sum.saturating_add(w + 3));
        let plain = self.look.theme.style(Role::Text);
        let strong = self.look.theme.style(Role::Strong);
        let set = self.look.set();
        let Some((head, body)) = rows.split_first() else {
            return;
        };
        if total <= self.look.width.min(120) {
            let bar = format!(" {} ", self.look.glyphs.bar);
            for (at, row) in rows.iter().enumerate() {
                let cells: Vec<String> = row
                    .iter()
                    .zip(&widths)
                    .map(|(c, &w)| text::pad(&set.adapt(c.clone()), w, ""))
                    .collect();
                let style = if at == 0 { strong } else { plain };
                self.lines
                    .push(Line::styled(cells.join(&bar).trim_end().to_owned(), style));
                if at == 0 {
                    let rule = self
                        .look
                        .glyphs
                        .rule
                        .repeat(usize::from(total.saturating_sub(3)));
                    self.lines
                        .push(Line::styled(rule, self.look.theme.style(Role::Border)));
                }
            }
            return;
        }
        for row in body {
            for (name, cell) in head.iter().zip(row) {
                let spans = [
                    Span::styled(set.adapt(format!("{name}\u{a0}: ")), strong),
                    Span::styled(set.adapt(cell.clone()), plain),
                ];
                self.lines.extend(text::wrap_spans(&spans, self.measure()));
            }
            self.lines.push(Line::default());
        }
    }

    fn finish(mut self) -> Vec<Line<'static>> {
        self.flush();
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::GlyphSet;
    use crate::tui::theme::{Background, Theme, ThemeName};

    fn lines(width: u16, markdown: &str) -> Vec<String> {
        let theme = Theme::new(ThemeName::Mono, Background::Unknown);
        plain(
            &Look {
                veil: &crate::tui::veil::BARE,
                theme: &theme,
                glyphs: GlyphSet::Standard.glyphs(),
                width,
            },
            markdown,
        )
    }

    #[test]
    fn blocks_are_laid_out() {
        let text = "# Titre\n\nUn **mot** et `code`.\n\n- un point assez long\n- deux\n  - sous\n\n1. a\n2. b\n\n> cité\n";
        let expected = [
            "Titre",
            "─────",
            "",
            "Un mot et `code`.",
            "",
            "• un point assez",
            "  long",
            "• deux",
            "  • sous",
            "",
            "1. a",
            "2. b",
            "",
            "│ cité",
        ];
        assert_eq!(lines(17, text), expected);
    }

    #[test]
    fn links_show_their_address_once() {
        assert_eq!(
            lines(80, "[CNIL](https://cnil.fr) <https://a.b>"),
            ["CNIL (https://cnil.fr) https://a.b"]
        );
        assert_eq!(
            lines(
                80,
                "[06 12 34 56 78](tel:+33612345678) [nous appeler](tel:0612345678)"
            ),
            ["06 12 34 56 78 nous appeler (tel:0612345678)"]
        );
    }

    #[test]
    fn tables_fall_back_to_blocks() {
        let table = "| A | B |\n|---|---|\n| un | deux |\n";
        assert_eq!(lines(40, table), ["A  │ B", "─────────", "un │ deux"]);
        assert_eq!(lines(8, table), ["A\u{a0}: un", "B\u{a0}: deux"]);
    }

    #[test]
    fn html_is_literal_and_tasks_are_boxes() {
        assert_eq!(lines(40, "a <b>x</b>"), ["a <b>x</b>"]);
        assert_eq!(
            lines(40, "- [ ] à faire\n- [x] fait"),
            ["• [ ] à faire", "• [x] fait"]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_markdown_at_any_width(markdown in "\\PC{0,120}", width in 1_u16..120) {
            lines(width, &markdown);
        }
    }
}
