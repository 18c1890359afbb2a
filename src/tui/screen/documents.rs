//! The documents: ready, with blanks to fill, undecided, or not needed and why.

use super::keep::Keep;
use super::preview::Preview;
use super::{Cursor, Screen, Step, View};
use crate::tui::app::App;
use crate::tui::desk::{Desk, Paper};
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The list of documents.
#[derive(Debug, Default)]
pub struct Papers {
    cursor: Cursor,
}

/// Ready first, then those with blanks, then those that are not needed.
fn sorted(desk: &Desk) -> Vec<&Paper> {
    let mut papers: Vec<&Paper> = desk.papers().iter().collect();
    papers.sort_by_key(|paper| group(paper));
    papers
}

fn group(paper: &Paper) -> u8 {
    match (paper.needed, paper.ready) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) if paper.undecided => 2,
        (false, _) => 3,
    }
}

impl View for Papers {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Documents
    }

    fn title(&self, _app: &App) -> String {
        "Documents".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let papers = sorted(desk);
        if let Some(problem) = desk.papers_problem() {
            page.text(Role::Bad, &format!("! {problem}"));
        } else if papers.is_empty() {
            page.text(Role::Text, "Aucun document pour l'instant.");
        }
        let mut last = None;
        for (target, paper) in papers.iter().enumerate() {
            let group = group(paper);
            if last != Some(group) {
                last = Some(group);
                page.heading(match group {
                    0 => "Prêts à coller",
                    1 => "À compléter",
                    2 => "Une réponse manque pour le dire",
                    _ => "Pas nécessaires",
                });
            }
            let (mark, right) = match group {
                0 => (look.glyphs.done, "prêt".to_owned()),
                1 => {
                    let blanks = text::count(paper.blanks.len(), "blanc", "blancs");
                    (look.glyphs.doing, blanks)
                }
                2 => ("?", String::new()),
                _ => (" ", String::new()),
            };
            page.entry(Entry {
                target,
                mark,
                text: &paper.title,
                right: &right,
            });
            if group >= 2 {
                page.spans(&[look.span(Role::Dim, &paper.why)], 4);
            }
        }
        for told in desk.leftovers() {
            page.gap();
            page.text(Role::Warn, &format!("! {told}"));
        }
        if papers.iter().any(|paper| paper.needed) {
            page.gap();
            page.buttons(&[(papers.len(), "Enregistrer les textes")]);
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| {
            let papers = desk.papers();
            papers.len() + usize::from(papers.iter().any(|paper| paper.needed))
        })
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let papers = sorted(desk);
        match (action, papers.get(self.cursor.at)) {
            (Action::Accept, Some(paper)) => {
                Step::push(Screen::Preview(Preview::new(paper.id.clone())))
            }
            (Action::Accept, None) if papers.is_empty() => Vec::new(),
            (Action::Accept | Action::Write, _) => Step::push(Screen::Keep(Keep::new(None, false))),
            (Action::Launch, paper) => {
                let one = paper
                    .filter(|paper| paper.needed)
                    .map(|paper| paper.id.clone());
                Step::push(Screen::Keep(Keep::new(one, true)))
            }
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn enter(&self, app: &App) -> Option<&'static str> {
        let papers = app.desk.as_ref()?.papers().len();
        (self.cursor.at == papers).then_some("enregistrer")
    }

    fn can(&self, app: &App, action: Action) -> bool {
        let papers = app.desk.as_ref().map(Desk::papers).unwrap_or_default();
        match action {
            Action::Accept => !papers.is_empty(),
            Action::Write | Action::Launch => papers.iter().any(|paper| paper.needed),
            _ => true,
        }
    }
}
