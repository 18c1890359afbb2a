//! Search in the questions, the answers and the help of every theme, or among the dossiers.

use super::{Cursor, Step, View};
use crate::domain::catalogue::Question;
use crate::domain::search::{Wanted, find};
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Look, Page};

/// Most results shown.
const MOST: usize = 50;

/// What is found.
#[derive(Debug)]
enum Found {
    /// Ids of questions.
    Questions(Vec<String>),
    /// Ranks of dossiers of the workspace.
    Dossiers(Vec<usize>),
}

/// A search; what it finds is looked for once after each key.
#[derive(Debug)]
pub struct Search {
    wanted: Field,
    found: Found,
    cursor: Cursor,
}

impl Search {
    /// A search in the open dossier.
    pub fn questions() -> Self {
        Self {
            wanted: Field::default(),
            found: Found::Questions(Vec::new()),
            cursor: Cursor::default(),
        }
    }

    /// A search among the dossiers, which are all found at first.
    pub fn dossiers(app: &App) -> Self {
        let mut search = Self {
            found: Found::Dossiers(Vec::new()),
            ..Self::questions()
        };
        search.look(app);
        search
    }

    fn look(&mut self, app: &App) {
        let wanted = self.wanted.value();
        match (&mut self.found, app.desk.as_ref()) {
            (Found::Questions(found), Some(desk)) => *found = results(desk, wanted),
            (Found::Questions(_), None) => {}
            (Found::Dossiers(found), _) => {
                let wanted = Wanted::new(wanted);
                let names = app.listed.iter().enumerate();
                let found_names = names.filter(|(_, listed)| wanted.is_in(&listed.name));
                *found = found_names.map(|(at, _)| at).take(MOST).collect();
            }
        }
    }

    fn len(&self) -> usize {
        match &self.found {
            Found::Questions(found) => found.len(),
            Found::Dossiers(found) => found.len(),
        }
    }
}

/// Ids of the questions found in a dossier.
fn results(desk: &Desk, typed: &str) -> Vec<String> {
    let asked: Vec<&Question> = desk
        .asked
        .iter()
        .filter_map(|id| desk.question(id))
        .collect();
    let found = find(&desk.session.view(), &asked, typed).into_iter();
    found
        .take(MOST)
        .map(|question| question.id.clone())
        .collect()
}

impl View for Search {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Typing
    }

    fn title(&self, _app: &App) -> String {
        match self.found {
            Found::Questions(_) => "Chercher",
            Found::Dossiers(_) => "Chercher un dossier",
        }
        .to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let label = match self.found {
            Found::Questions(_) => "Un mot des questions, des réponses ou des aides",
            Found::Dossiers(_) => "Un mot du nom",
        };
        page.field(0, label, &self.wanted);
        page.gap();
        if !self.wanted.is_empty() {
            let (one, many) = match self.found {
                Found::Questions(_) => ("question trouvée", "questions trouvées"),
                Found::Dossiers(_) => ("dossier trouvé", "dossiers trouvés"),
            };
            page.text(Role::Dim, &text::count(self.len(), one, many));
        }
        match (&self.found, app.desk.as_ref()) {
            (Found::Questions(found), Some(desk)) => {
                for (at, id) in found.iter().enumerate() {
                    let Some(question) = desk.question(id) else {
                        continue;
                    };
                    page.entry(Entry {
                        target: at + 1,
                        text: &question.text,
                        ..Entry::default()
                    });
                    page.spans(&[look.raw(Role::Dim, &app.said(desk, question))], 4);
                }
            }
            (Found::Questions(_), None) => {}
            (Found::Dossiers(found), _) => {
                for (at, listed) in found.iter().enumerate() {
                    let name = app.listed.get(*listed).map(|listed| &listed.name);
                    page.entry(Entry {
                        target: at + 1,
                        text: &app.shown_name(name.map_or("", String::as_str)),
                        ..Entry::default()
                    });
                }
            }
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        1 + self.len()
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => {
                let at = self.cursor.at.saturating_sub(1);
                let step = match &self.found {
                    Found::Questions(found) => found.get(at).cloned().map(Step::Ask),
                    Found::Dossiers(found) => found
                        .get(at)
                        .and_then(|at| app.listed.get(*at))
                        .map(|listed| Step::Do(Effect::Open(listed.path.clone()))),
                };
                match step {
                    Some(step) => vec![step],
                    None if self.wanted.is_empty() => {
                        Step::say(Role::Notice, "Rien à ouvrir : écrivez un mot.")
                    }
                    None => Step::say(Role::Notice, "Rien n'est trouvé : essayez un autre mot."),
                }
            }
            Action::Previous => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, app: &App, key: Key) -> bool {
        let used = self.wanted.key(key);
        if used {
            self.cursor = Cursor::default();
            self.look(app);
        }
        used
    }

    fn paste(&mut self, app: &App, text: &str) {
        self.wanted.paste(text);
        self.cursor = Cursor::default();
        self.look(app);
    }

    fn refresh(&mut self, app: &App) {
        // Ctrl+Z now takes back what was just answered, not the word that led there.
        self.wanted = Field::new(self.wanted.value());
        self.look(app);
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
