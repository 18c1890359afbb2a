//! « Pourquoi cette phrase ? »: each passage of a document, and what supports it.

use super::{Cursor, Step, View};
use crate::documents::why::{behind, reason};
use crate::domain::typography::quoted;
use crate::tui::app::App;
use crate::tui::desk::{Desk, Paper};
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::page::{Entry, Look, Page};

/// The passages of a document.
#[derive(Debug)]
pub struct Why {
    id: String,
    cursor: Cursor,
}

impl Why {
    /// The passages of the document of this id.
    pub fn new(id: String) -> Self {
        Self {
            id,
            cursor: Cursor::default(),
        }
    }

    fn paper<'a>(&self, desk: &'a Desk) -> Option<&'a Paper> {
        desk.papers().iter().find(|paper| paper.id == self.id)
    }
}

/// The first words of a passage.
fn opening(look: &Look<'_>, markdown: &str) -> String {
    let wide = Look {
        width: 400,
        ..*look
    };
    let lines = markdown::plain(&wide, markdown);
    let bar = look.glyphs.bar;
    let told: Vec<String> = lines
        .iter()
        .map(|line| line.trim_start_matches([' ', '\u{a0}']))
        .map(|line| line.trim_start_matches(look.glyphs.bullet))
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || bar.contains(c)))
        .filter(|line| line.chars().any(char::is_alphanumeric))
        // Cells of a row follow one another as in a sentence.
        .map(|line| line.replace(&format!(" {bar} "), ", "))
        .take(3)
        .collect();
    let words = match told.split_first() {
        None => return "Passage vide".to_owned(),
        Some((title, rest)) if markdown.trim_start().starts_with('#') && !rest.is_empty() => {
            format!("{title} {} {}", look.glyphs.dot, rest.join(" "))
        }
        Some(_) => told.join(" "),
    };
    text::fit(&words, 150, look.glyphs.ellipsis)
}

impl View for Why {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Pourquoi cette phrase ?".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some((desk, paper)) = app
            .desk
            .as_ref()
            .and_then(|desk| Some((desk, self.paper(desk)?)))
        else {
            page.text(Role::Text, "Ce document n'existe pas encore.");
            return page;
        };
        let catalogue = desk.session.catalogue();
        let view = desk.session.view();
        page.text(Role::Title, &paper.title);
        page.text(
            Role::Dim,
            "Chaque passage, et ce qui le soutient. Entrée ouvre la question dont il vient.",
        );
        page.legend(&[
            (look.glyphs.done, "complet"),
            (look.glyphs.doing, "il y manque une réponse"),
        ]);
        for (target, clause) in paper.clauses.iter().enumerate() {
            page.gap();
            let mark = if clause.complete {
                look.glyphs.done
            } else {
                look.glyphs.doing
            };
            page.entry(Entry {
                target,
                mark,
                text: &opening(&look, &clause.markdown),
                right: "",
            });
            let known = catalogue.document(&self.id);
            let behind = known.map_or_else(Vec::new, |known| behind(&view, known, clause));
            for question in behind.iter().filter_map(|(id, _)| desk.question(id)) {
                let said = app.said(desk, question);
                let words = [
                    look.span(
                        Role::Dim,
                        &format!("Vous avez répondu à {} : ", quoted(&question.text)),
                    ),
                    look.raw(Role::Text, &said),
                ];
                page.spans(&words, 4);
            }
            for obligation in clause
                .obligations
                .iter()
                .filter_map(|id| catalogue.obligation(id))
            {
                let words = format!("Obligation : {}", obligation.title);
                page.spans(&[look.span(Role::Dim, &words)], 4);
            }
            for reference in clause
                .references
                .iter()
                .filter_map(|id| catalogue.reference(id))
            {
                page.source(reference, "Source : ", 4);
            }
            if let Some(known) = known.filter(|_| !app.hides_private()) {
                let words = format!("Là {}.", reason(&view, known, &clause.id));
                page.spans(&[look.span(Role::Dim, &words)], 4);
            }
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        let paper = app.desk.as_ref().and_then(|desk| self.paper(desk));
        paper.map_or(0, |paper| paper.clauses.len())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let paper = app.desk.as_ref().and_then(|desk| self.paper(desk));
        let clause = paper.and_then(|paper| paper.clauses.get(self.cursor.at));
        match (action, clause.map(|clause| clause.questions.first())) {
            (Action::Accept, Some(Some(question))) => vec![Step::Ask(question.clone())],
            (Action::Accept, Some(None)) => {
                Step::say(Role::Notice, "Ce passage ne vient d'aucune question.")
            }
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        action != Action::Accept || self.targets(app) > 0
    }
}
