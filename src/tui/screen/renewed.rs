//! A newer catalogue: what it changes for this dossier, told once before anything is computed again.

use super::{Cursor, Step, View};
use crate::session::Renewal;
use crate::tui::app::App;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// What changed.
#[derive(Debug)]
pub struct Renewed {
    renewal: Renewal,
    cursor: Cursor,
}

impl Renewed {
    /// The page of what changed.
    pub fn new(renewal: Renewal) -> Self {
        Self {
            renewal,
            cursor: Cursor::default(),
        }
    }

    fn opened(&self) -> &[(String, String)] {
        self.renewal.last.as_ref().map_or(&[], |last| &last.opened)
    }
}

impl View for Renewed {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Les questionnaires ont changé".to_owned()
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let renewal = &self.renewal;
        page.text(
            Role::Title,
            &format!(
                "Votre dernier bilan date de la version {} ; voici la version {}.",
                renewal.from, renewal.to
            ),
        );
        page.gap();
        match &renewal.last {
            None => page.text(
                Role::Dim,
                "Ce dossier n'a pas gardé de quoi dire ce qui change pour lui. Vos réponses sont là.",
            ),
            Some(last) => {
                page.text(Role::Strong, &renewal.scores(last));
                page.text(Role::Dim, "Vos réponses n'ont pas changé.");
                if last.opened.is_empty() && last.closed.is_empty() {
                    page.text(Role::Text, "Les mêmes questions se posent.");
                }
                if !last.opened.is_empty() {
                    let count = last.opened.len();
                    page.heading(&text::count(count, "question de plus", "questions de plus"));
                }
                for (target, (_, words)) in last.opened.iter().enumerate() {
                    page.entry(Entry {
                        target,
                        mark: "+",
                        text: words,
                        right: "",
                    });
                }
                if !last.closed.is_empty() {
                    let one = "question qui ne se pose plus";
                    let many = "questions qui ne se posent plus";
                    page.heading(&text::count(last.closed.len(), one, many));
                }
                for (_, words) in &last.closed {
                    page.text(Role::Dim, &format!("- {words}"));
                }
            }
        }
        page.gap();
        page.buttons(&[(self.opened().len(), "Continuer")]);
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn place(&self) -> Cursor {
        self.cursor
    }

    fn targets(&self, _app: &App) -> usize {
        self.opened().len() + 1
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => match self.opened().get(self.cursor.at) {
                Some((id, _)) => vec![Step::Ask(id.clone())],
                None => vec![Step::Pop],
            },
            _ => Vec::new(),
        }
    }
}
