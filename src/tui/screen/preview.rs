//! One document, as it reads, and the questions that fill its blanks.

use super::{Cursor, Screen, Step, View};
use crate::documents::markdown::text::plain;
use crate::documents::published;
use crate::domain::typography::capital;
use crate::tui::app::App;
use crate::tui::desk::Paper;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::page::{Entry, Look, Page};

/// A document being read.
#[derive(Debug)]
pub struct Preview {
    id: String,
    cursor: Cursor,
}

impl Preview {
    /// The preview of a document.
    pub fn new(id: String) -> Self {
        Self {
            id,
            cursor: Cursor::at_top(),
        }
    }

    fn paper<'a>(&self, app: &'a App) -> Option<&'a Paper> {
        app.desk
            .as_ref()?
            .papers()
            .iter()
            .find(|paper| paper.id == self.id)
    }

    /// Where to paste the document.
    fn paste<'a>(&self, app: &'a App) -> Option<&'a str> {
        let document = app.desk.as_ref()?.session.catalogue().document(&self.id)?;
        Some(document.paste.as_str()).filter(|paste| !paste.is_empty())
    }

    /// Lines of the page that are headings, to jump to.
    fn headings(&self, app: &App) -> usize {
        self.paper(app).map_or(0, |paper| {
            paper
                .markdown
                .lines()
                .filter(|line| line.starts_with('#'))
                .count()
        })
    }
}

impl View for Preview {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Preview
    }

    fn title(&self, app: &App) -> String {
        self.paper(app)
            .map_or_else(|| "Document".to_owned(), |paper| paper.title.clone())
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(paper) = self.paper(app) else {
            page.text(Role::Text, "Ce document n'existe pas encore.");
            return page;
        };
        page.text(Role::Title, &paper.title);
        let role = if paper.needed { Role::Dim } else { Role::Warn };
        page.text(role, &paper.why);
        let blanks = paper.blanks.len();
        if blanks > 0 {
            page.gap();
            let words = text::count(blanks, "blanc à compléter", "blancs à compléter");
            page.text(Role::Warn, &format!("{words}. Entrée dit comment :"));
            let mut last = None;
            for (target, blank) in paper.blanks.iter().enumerate() {
                // A label alone would not say whose address, or how long what is kept.
                let by_hand = blank.by_hand.is_some();
                if last.replace((&blank.question, by_hand)) != Some((&blank.question, by_hand)) {
                    let asked = app
                        .desk
                        .as_ref()
                        .and_then(|desk| desk.question(&blank.question));
                    let asked = match asked {
                        _ if by_hand => "À la main, dans le texte enregistré",
                        Some(question) => &question.text,
                        None => "Dans le registre",
                    };
                    page.spans(&[look.span(Role::Dim, asked)], 2);
                }
                page.entry(Entry {
                    target,
                    mark: look.glyphs.bullet,
                    text: &capital(&blank.told()),
                    right: "",
                });
            }
        }
        page.gap();
        page.buttons(&[
            (blanks, "Copier"),
            (blanks + 1, "Enregistrer ou ouvrir"),
            (blanks + 2, "Où le coller ?"),
            (blanks + 3, "Pourquoi cette phrase ?"),
        ]);
        page.gap();
        page.extend(markdown::render(&look, &paper.markdown));
        if let Some(paste) = self.paste(app) {
            page.heading("Où coller ce texte");
            page.extend(markdown::render(&look, paste));
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        self.paper(app).map_or(0, |paper| paper.blanks.len() + 4)
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(paper) = self.paper(app) else {
            return Vec::new();
        };
        let copy = || {
            vec![Step::Do(Effect::Copy {
                document: paper.id.clone(),
                // What is pasted in a message or an editor has no use for Markdown.
                text: plain(&published(&paper.markdown, &paper.private)),
            })]
        };
        let keep = |opening| {
            let one = Some(self.id.clone());
            Step::push(Screen::Keep(super::keep::Keep::new(one, opening)))
        };
        let why = || Step::push(Screen::Why(super::why::Why::new(self.id.clone())));
        match action {
            Action::Accept => match paper.blanks.get(self.cursor.at) {
                // What no answer fills has no question to open.
                Some(blank) => match blank.filling() {
                    Some(how) => Step::say(Role::Notice, how),
                    None => vec![Step::Ask(blank.question.clone())],
                },
                None if self.cursor.at == paper.blanks.len() => copy(),
                None if self.cursor.at == paper.blanks.len() + 1 => keep(false),
                None if self.cursor.at == paper.blanks.len() + 2 => {
                    self.show_where(app);
                    Vec::new()
                }
                None => why(),
            },
            Action::Where => {
                self.show_where(app);
                Vec::new()
            }
            Action::Copy => copy(),
            Action::Write => keep(false),
            Action::Launch => keep(true),
            Action::Why => why(),
            Action::Heading => {
                self.next_heading(app);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn enter(&self, app: &App) -> Option<&'static str> {
        let blanks = self.paper(app)?.blanks.len();
        Some(match self.cursor.at.checked_sub(blanks) {
            None => "compléter",
            Some(0) => "copier",
            Some(1) => "enregistrer",
            Some(2) => "voir où",
            Some(_) => "voir pourquoi",
        })
    }

    fn can(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Heading => self.headings(app) > 0 && app.seen.below > 0,
            Action::Where => self.paste(app).is_some() && app.seen.below > 0,
            Action::Accept | Action::Copy | Action::Write | Action::Launch => {
                self.paper(app).is_some()
            }
            Action::Why => self
                .paper(app)
                .is_some_and(|paper| !paper.clauses.is_empty()),
            _ => true,
        }
    }
}

impl Preview {
    /// Row of the page where the text of the document starts.
    fn text_start(&self, app: &App, look: &Look<'_>) -> Option<usize> {
        let paper = self.paper(app)?;
        let text = markdown::render(look, &paper.markdown).len();
        // The gap above the heading of where to paste.
        self.where_starts(app, look)?.checked_sub(text + 1)
    }

    /// Row of the page of the heading « Où coller ce texte ».
    fn where_starts(&self, app: &App, look: &Look<'_>) -> Option<usize> {
        let paste = markdown::render(look, self.paste(app)?).len();
        self.page(app, *look).len().checked_sub(paste + 1)
    }

    /// Scrolls to where the text is to be pasted, or as far as the page goes.
    fn show_where(&mut self, app: &App) {
        let look = app.look(app.seen.width);
        let start = self.where_starts(app, &look).unwrap_or(usize::MAX);
        self.scroll_to(app, start);
    }

    /// Scrolls so that the next heading comes to the top.
    fn next_heading(&mut self, app: &App) {
        let Some(paper) = self.paper(app) else { return };
        let look = app.look(app.seen.width);
        let lines = markdown::render(&look, &paper.markdown);
        let heading = look.theme.style(Role::Heading);
        let total = self.page(app, look).len();
        let after = total.saturating_sub(lines.len());
        let from = self.text_start(app, &look).unwrap_or(after);
        let top = app.seen.above;
        let next = lines
            .iter()
            .enumerate()
            .map(|(at, line)| (at + from, line))
            .find(|(at, line)| {
                *at > top && line.spans.first().is_some_and(|span| span.style == heading)
            });
        self.scroll_to(app, next.map_or(usize::MAX, |(at, _)| at));
    }

    /// Brings a row of the page to the top, or as near as the end of the page allows.
    fn scroll_to(&mut self, app: &App, row: usize) {
        let up = i32::try_from(app.seen.above).unwrap_or(i32::MAX);
        let by = i32::try_from(row).unwrap_or(i32::MAX).saturating_sub(up);
        self.cursor.scroll_by(by, app.seen);
    }
}
