//! One document, as it reads, and the questions that fill its blanks.

use super::{Cursor, Screen, Step, View};
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
            page.text(Role::Warn, &format!("{words}. Entrée ouvre la question :"));
            for (target, (label, _)) in paper.blanks.iter().enumerate() {
                page.entry(Entry {
                    target,
                    mark: "",
                    text: label,
                    right: "",
                });
            }
        }
        page.gap();
        page.buttons(&[
            (blanks, "Copier"),
            (blanks + 1, "Enregistrer ou ouvrir"),
            (blanks + 2, "Pourquoi cette phrase ?"),
        ]);
        page.gap();
        page.extend(markdown::render(&look, &paper.markdown));
        let catalogue = app.desk.as_ref().map(|desk| desk.session.catalogue());
        if let Some(document) = catalogue.and_then(|catalogue| catalogue.document(&self.id)) {
            page.heading("Où coller ce texte");
            page.extend(markdown::render(&look, &document.paste));
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        self.paper(app).map_or(0, |paper| paper.blanks.len() + 3)
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(paper) = self.paper(app) else {
            return Vec::new();
        };
        let copy = || {
            vec![Step::Do(Effect::Copy {
                document: paper.id.clone(),
                text: paper.markdown.clone(),
            })]
        };
        let keep = |opening| {
            let one = Some(self.id.clone());
            Step::push(Screen::Keep(super::keep::Keep::new(one, opening)))
        };
        let why = || Step::push(Screen::Why(super::why::Why::new(self.id.clone())));
        match action {
            Action::Accept => match paper.blanks.get(self.cursor.at) {
                Some((_, question)) => vec![Step::Ask(question.clone())],
                None if self.cursor.at == paper.blanks.len() => copy(),
                None if self.cursor.at == paper.blanks.len() + 1 => keep(false),
                None => why(),
            },
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

    fn can(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Heading => self.headings(app) > 0 && app.seen.below > 0,
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
        let document = app.desk.as_ref()?.session.catalogue().document(&self.id)?;
        let text = markdown::render(look, &paper.markdown).len();
        let paste = markdown::render(look, &document.paste).len();
        // The heading « Où coller ce texte » and the gap above it.
        self.page(app, *look).len().checked_sub(text + paste + 2)
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
        let most = i32::try_from(app.seen.below).unwrap_or(0);
        let by = next
            .and_then(|(at, _)| i32::try_from(at - top).ok())
            .unwrap_or(most);
        self.cursor.scroll += by.min(most);
    }
}
