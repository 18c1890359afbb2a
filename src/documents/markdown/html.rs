//! HTML fragment: semantic tags only, ready to paste in the editor of a site.

use pulldown_cmark::{Tag, TagEnd};

use super::{Piece, after_box, pieces};

/// Writes a Markdown text as HTML: no class, no style, no script, no attribute but `href`, `scope`.
pub fn fragment(markdown: &str) -> String {
    written(&pieces(markdown), Tables::Plain)
}

/// The same for a page of ours: each cell carries the head of its column, and tables say their parts,
/// so that a narrow screen can show a row as a card without losing its meaning.
pub(super) fn labelled(pieces: &[Piece<'_>]) -> String {
    written(pieces, Tables::Labelled(Labels::default()))
}

/// The same, each table as a list: an item a row, each cell after the head of its column.
pub fn fragment_without_tables(markdown: &str) -> String {
    written(&pieces(markdown), Tables::Lists(Rows::default()))
}

fn written(pieces: &[Piece<'_>], tables: Tables) -> String {
    let mut writer = Writer {
        out: String::new(),
        in_head: false,
        tables,
    };
    for piece in pieces {
        writer.piece(piece);
    }
    let mut out = writer.out.trim().to_owned();
    out.push('\n');
    out
}

/// Escapes a text for HTML, attribute values included.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match after.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &after[1..];
    }
    out.push_str(rest);
}

struct Writer {
    out: String,
    in_head: bool,
    tables: Tables,
}

/// What becomes of tables.
enum Tables {
    Plain,
    Labelled(Labels),
    Lists(Rows),
}

/// Heads of the columns of the table under way, as words.
#[derive(Default)]
struct Labels {
    heads: Vec<String>,
    /// Column under way.
    at: usize,
}

impl Labels {
    fn start(&mut self, tag: &Tag<'_>, in_head: bool, out: &mut String) -> bool {
        match tag {
            Tag::Table(_) => {
                self.heads.clear();
                out.push_str("<table role=\"table\">\n");
            }
            Tag::TableHead => out.push_str("<thead role=\"rowgroup\">\n<tr role=\"row\">"),
            Tag::TableRow => {
                self.at = 0;
                out.push_str("<tr role=\"row\">");
            }
            Tag::TableCell if in_head => {
                self.heads.push(String::new());
                out.push_str("<th scope=\"col\" role=\"columnheader\">");
            }
            Tag::TableCell => {
                out.push_str("<td role=\"cell\" data-label=\"");
                let head = self.heads.get(self.at).map_or("", String::as_str);
                if !head.is_empty() {
                    escape(head, out);
                    out.push_str("\u{a0}: ");
                }
                out.push_str("\">");
                self.at += 1;
            }
            _ => return false,
        }
        true
    }

    fn words(&mut self, words: &str) {
        if let Some(head) = self.heads.last_mut() {
            head.push_str(words);
        }
    }
}

/// A table that becomes a list, already as HTML.
#[derive(Default)]
struct Rows {
    heads: Vec<String>,
    cells: Vec<String>,
    /// Where the cell under way begins.
    from: usize,
    count: usize,
}

impl Rows {
    fn start(&mut self, tag: &Tag<'_>, out: &str) -> bool {
        match tag {
            Tag::Table(_) => *self = Self::default(),
            Tag::TableHead | Tag::TableRow => self.cells.clear(),
            Tag::TableCell => self.from = out.len(),
            _ => return false,
        }
        true
    }

    fn end(&mut self, tag: TagEnd, out: &mut String) -> bool {
        match tag {
            TagEnd::TableCell => self.cells.push(out.split_off(self.from)),
            TagEnd::TableHead => self.heads = std::mem::take(&mut self.cells),
            TagEnd::TableRow => {
                out.push_str(if self.count == 0 {
                    "<ul>\n<li>"
                } else {
                    "<li>"
                });
                self.count += 1;
                let full = self.cells.iter().zip(&self.heads);
                for (at, (cell, head)) in full.filter(|(cell, _)| !cell.is_empty()).enumerate() {
                    if at > 0 {
                        out.push_str("<br>\n");
                    }
                    if !head.is_empty() {
                        out.extend(["<strong>", head, "\u{a0}:</strong> "]);
                    }
                    out.push_str(cell);
                }
                out.push_str("</li>\n");
            }
            // A table without a row says what its heads say.
            TagEnd::Table if self.count == 0 => {
                out.extend(["<p>", &self.heads.join(", "), "</p>\n"]);
            }
            TagEnd::Table => out.push_str("</ul>\n"),
            _ => return false,
        }
        true
    }
}

impl Writer {
    fn piece(&mut self, piece: &Piece<'_>) {
        if let (Tables::Labelled(labels), true, Piece::Text(words) | Piece::Code(words)) =
            (&mut self.tables, self.in_head, piece)
        {
            labels.words(words);
        }
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(tag) => self.end(*tag),
            Piece::Text(text) => {
                if matches!(self.tables, Tables::Labelled(_)) && after_box(text).is_some() {
                    self.boxed_item();
                }
                escape(text, &mut self.out);
            }
            Piece::Blank(text) => {
                self.out.push_str("<mark>");
                escape(text, &mut self.out);
                self.out.push_str("</mark>");
            }
            Piece::Code(code) => {
                self.out.push_str("<code>");
                escape(code, &mut self.out);
                self.out.push_str("</code>");
            }
            Piece::SoftBreak => self.out.push('\n'),
            Piece::HardBreak => self.out.push_str("<br>\n"),
            Piece::Rule => self.out.push_str("<hr>\n"),
        }
    }

    /// The item under way begins with a box to tick: on a page of ours, the box is its mark.
    fn boxed_item(&mut self) {
        const ITEM: &str = "<li>";
        if self.out.ends_with(ITEM) {
            self.out.truncate(self.out.len() - 1);
            self.out.push_str(" class=\"box\">");
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let done = match &mut self.tables {
            Tables::Plain => false,
            Tables::Labelled(labels) => {
                self.in_head |= matches!(tag, Tag::TableHead);
                labels.start(tag, self.in_head, &mut self.out)
            }
            Tables::Lists(rows) => rows.start(tag, &self.out),
        };
        if done {
            return;
        }
        match tag {
            Tag::Heading { level, .. } => self.out.extend(["\n<", &level.to_string(), ">"]),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                self.out
                    .extend(["<ol start=\"", &first.to_string(), "\">\n"]);
            }
            Tag::Link { dest_url, .. } => {
                self.out.push_str("<a href=\"");
                escape(dest_url, &mut self.out);
                self.out.push_str("\">");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableCell if self.in_head => self.out.push_str("<th scope=\"col\">"),
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            other => {
                if let Some((name, is_block)) = plain(other.to_end()) {
                    self.out.extend(["<", name, ">"]);
                    if is_block {
                        self.out.push('\n');
                    }
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let Tables::Lists(rows) = &mut self.tables
            && rows.end(tag, &mut self.out)
        {
            return;
        }
        match tag {
            TagEnd::Heading(level) => self.out.extend(["</", &level.to_string(), ">\n"]),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::Link => self.out.push_str("</a>"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableCell if self.in_head => self.out.push_str("</th>"),
            TagEnd::Table => self.out.push_str("</tbody>\n</table>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            other => {
                if let Some((name, _)) = plain(other) {
                    let inline = matches!(name, "strong" | "em" | "td");
                    self.out.extend([
                        "</",
                        name,
                        ">",
                        if inline {
                            ""
                        } else {
                            "
"
                        },
                    ]);
                }
            }
        }
    }
}

/// Tags that open and close under one name, and whether their content starts on a new line.
fn plain(tag: TagEnd) -> Option<(&'static str, bool)> {
    Some(match tag {
        TagEnd::Paragraph => ("p", false),
        TagEnd::BlockQuote(_) => ("blockquote", true),
        TagEnd::List(false) => ("ul", true),
        TagEnd::Item => ("li", false),
        TagEnd::Table => ("table", true),
        TagEnd::TableRow => ("tr", false),
        TagEnd::TableCell => ("td", false),
        TagEnd::Emphasis => ("em", false),
        TagEnd::Strong => ("strong", false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_meaning_comes_out() {
        let html = fragment(
            "# T\n\nUn **mot** <b>brut</b> [à compléter : nom].\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n- x\n- [y](https://e.fr)\n- [z](javascript:alert)\n\n<script>alert(1)</script>\n",
        );
        assert_eq!(
            html,
            "<h2>T</h2>\n<p>Un <strong>mot</strong> &lt;b&gt;brut&lt;/b&gt; <mark>[à compléter : nom]</mark>.</p>\n\
             <table>\n<thead>\n<tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>\n\
             <ul>\n<li>x</li>\n<li><a href=\"https://e.fr\">y</a></li>\n<li>z</li>\n</ul>\n&lt;script&gt;alert(1)&lt;/script&gt;\n"
        );
    }

    #[test]
    fn on_a_page_each_cell_carries_the_head_of_its_column() {
        assert_eq!(
            labelled(&pieces("| A \"b\" | |\n|---|---|\n| 1 | 2 |\n")),
            "<table role=\"table\">\n<thead role=\"rowgroup\">\n<tr role=\"row\"><th scope=\"col\" role=\"columnheader\">A &quot;b&quot;</th><th scope=\"col\" role=\"columnheader\"></th></tr>\n</thead>\n<tbody>\n\
             <tr role=\"row\"><td role=\"cell\" data-label=\"A &quot;b&quot;\u{a0}: \">1</td><td role=\"cell\" data-label=\"\">2</td></tr>\n</tbody>\n</table>\n"
        );
    }

    #[test]
    fn on_a_page_a_box_is_the_mark_of_its_item() {
        let text = "- ☐ oui\n- non ☐ oui\n\n☐ seul\n";
        assert_eq!(
            labelled(&pieces(text)),
            "<ul>\n<li class=\"box\">☐ oui</li>\n<li>non ☐ oui</li>\n</ul>\n<p>☐ seul</p>\n"
        );
        assert!(!fragment(text).contains("class"));
    }

    #[test]
    fn a_table_becomes_a_list_that_keeps_its_heads() {
        let html = fragment_without_tables(
            "| Finalité | Durée | |\n|---|---|---|\n| **a** | 1 [à compléter : x] | z |\n| b |  | |\n\n| Seul |\n|---|\n\nFin.\n",
        );
        assert_eq!(
            html,
            "<ul>\n<li><strong>Finalité\u{a0}:</strong> <strong>a</strong><br>\n<strong>Durée\u{a0}:</strong> 1 <mark>[à compléter : x]</mark><br>\nz</li>\n\
             <li><strong>Finalité\u{a0}:</strong> b</li>\n</ul>\n<p>Seul</p>\n<p>Fin.</p>\n"
        );
    }

    /// Names of the tags of an HTML text, attributes included.
    fn tags(html: &str) -> Vec<&str> {
        html.split('<')
            .skip(1)
            .map(|part| part.split('>').next().unwrap_or(part))
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_gives_known_tags_only(text in "[ -~é\\n\\t`*_<>\\[\\]()#|!\"'&;:/{}-]{0,200}") {
            let lists = fragment_without_tables(&text);
            prop_assert!(!lists.contains("<table"));
            let html = fragment(&text) + &lists;
            for tag in tags(&html) {
                let name = tag.trim_start_matches('/');
                let known = ["h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "br", "hr", "blockquote", "mark"];
                let (name, rest) = name.split_once(' ').unwrap_or((name, ""));
                prop_assert!(known.contains(&name), "{tag} in {html}");
                prop_assert!(rest.is_empty() || rest == "scope=\"col\"" || rest.starts_with("href=\"") || rest.starts_with("start=\""), "{tag}");
                prop_assert!(!rest.to_lowercase().starts_with("href=\"javascript:"), "{tag}");
                prop_assert!(rest.matches('"').count() % 2 == 0);
            }
        }
    }
}
