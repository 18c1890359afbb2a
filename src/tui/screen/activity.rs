//! One activity of the record: each content, whose words it is made of, and what is left to say.

use super::written::{What, Written};
use super::{Cursor, Screen, Step, View};
use crate::domain::processing::{self, Author, OWN, Part, Standing};
use crate::domain::typography::{capital, sentence};
use crate::session::{Request, Writing};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// An activity being read.
#[derive(Debug)]
pub struct Card {
    id: String,
    cursor: Cursor,
}

/// A row of the page.
#[derive(Debug, Clone, Copy)]
enum Row {
    Content(What),
    /// It takes place after all.
    Resume,
    /// Everything back to the catalogue, or the activity removed.
    Reset,
}

/// Does something with an activity, if it is there.
pub(super) fn with<T>(
    app: &App,
    id: &str,
    read: impl FnOnce(&Standing<'_>, &crate::domain::view::View<'_>) -> T,
) -> Option<T> {
    let view = app.desk.as_ref()?.session.view();
    let all = processing::all(&view);
    let standing = processing::find(&all, id)?;
    Some(read(standing, &view))
}

fn rows(standing: &Standing<'_>) -> Vec<Row> {
    let own = standing.model.is_none();
    if standing.declined().is_some() {
        return vec![Row::Content(What::Absent), Row::Resume];
    }
    let mut rows = Vec::new();
    for part in Part::ALL {
        if part == Part::Interest {
            rows.push(Row::Content(What::Basis));
            if standing.said(part) == standing_nothing() {
                continue;
            }
        }
        if own || !matches!(part, Part::Title | Part::Publication) {
            rows.push(Row::Content(What::Part(part)));
        }
    }
    rows.push(Row::Content(What::Note));
    if !own {
        rows.push(Row::Content(What::Absent));
    }
    if standing.edit.is_some() {
        rows.push(Row::Reset);
    }
    rows
}

/// What an interest says where the basis is another.
fn standing_nothing() -> processing::Said {
    processing::Said {
        items: Vec::new(),
        author: Author::Catalogue,
    }
}

impl Card {
    /// The page of an activity.
    pub fn new(id: String) -> Self {
        Self {
            id,
            cursor: Cursor::default(),
        }
    }

    fn rows(&self, app: &App) -> Vec<Row> {
        with(app, &self.id, |standing, _| rows(standing)).unwrap_or_default()
    }

    fn write(&self, writing: Writing) -> Vec<Step> {
        let request = Request::Write(self.id.clone(), writing);
        vec![Step::Do(Effect::Record(request))]
    }
}

fn content(page: &mut Page<'_>, target: usize, what: What, standing: &Standing<'_>) {
    let (text, author) = what.read(standing);
    let right = match author {
        Author::Owner if !text.is_empty() => "écrit par vous",
        Author::Owner => "retiré",
        Author::Missing => "à compléter",
        Author::Catalogue => "",
    };
    page.entry(Entry {
        target,
        mark: "",
        text: &capital(what.label()),
        right,
    });
    let role = match author {
        Author::Owner => Role::Strong,
        Author::Missing => Role::Warn,
        Author::Catalogue => Role::Dim,
    };
    if author == Author::Missing {
        page.spans(
            &[page
                .look
                .span(role, "rien n'est dit : un blanc prend sa place")],
            6,
        );
    } else if text.is_empty() {
        let words = match what {
            What::Absent => "Entrée pour l'écarter du registre, en disant pourquoi",
            What::Note => "aucune",
            _ => "rien à préciser",
        };
        page.spans(&[page.look.span(Role::Dim, words)], 6);
    } else {
        let span = page.look.raw(role, &text);
        page.spans(&[span], 6);
    }
}

impl View for Card {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Traitement".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let drawn = with(app, &self.id, |standing, view| {
            page.text(Role::Title, &standing.title());
            for remark in standing.remarks(view) {
                page.text(Role::Warn, &format!("! {}", sentence(&remark)));
            }
            if !standing.truth.is_true() {
                page.text(
                    Role::Dim,
                    "D'après vos réponses, il n'est pas au registre pour l'instant.",
                );
            }
            page.gap();
            for (target, row) in rows(standing).into_iter().enumerate() {
                let button = |page: &mut Page<'_>, text: &str| {
                    page.gap();
                    page.entry(Entry {
                        target,
                        mark: "",
                        text,
                        right: "",
                    });
                };
                match row {
                    Row::Content(what) => content(&mut page, target, what, standing),
                    Row::Resume => button(&mut page, "Il a lieu : le remettre au registre"),
                    Row::Reset if self.id.starts_with(OWN) => {
                        button(&mut page, "Retirer ce traitement");
                    }
                    Row::Reset => button(&mut page, "Tout reprendre du catalogue"),
                }
            }
        });
        if drawn.is_none() {
            page.text(Role::Dim, "Ce traitement n'est plus au registre.");
        }
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn place(&self) -> Cursor {
        self.cursor
    }

    fn targets(&self, app: &App) -> usize {
        self.rows(app).len()
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        if action != Action::Accept {
            return Vec::new();
        }
        match self.rows(app).get(self.cursor.at) {
            Some(Row::Content(what)) => {
                let written = with(app, &self.id, |standing, _| Written::of(standing, *what));
                written.map_or_else(Vec::new, |w| Step::push(Screen::Written(w.resumed(app))))
            }
            Some(Row::Resume) => self.write(Writing::Resume),
            Some(Row::Reset) if self.id.starts_with(OWN) => {
                let mut steps = vec![Step::Pop];
                steps.extend(self.write(Writing::Reset));
                steps
            }
            Some(Row::Reset) => self.write(Writing::Reset),
            None => Vec::new(),
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
