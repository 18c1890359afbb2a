//! Search in the questions, the answers and the help of every theme, or among the dossiers.

use super::{Cursor, Step, View};
use crate::domain::search::{self, Wanted, find};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Look, Page};

/// Most results shown; how many there are is said all the same.
const MOST: usize = 50;

/// What is found.
#[derive(Debug)]
enum Found {
    /// Questions, asked or not.
    Questions(Vec<search::Found>),
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
            (Found::Questions(found), Some(desk)) => {
                *found = find(&desk.session.view(), desk.session.depth(), wanted);
            }
            (Found::Questions(_), None) => {}
            (Found::Dossiers(found), _) => {
                let wanted = Wanted::new(wanted);
                let names = app.listed.iter().enumerate();
                let found_names = names.filter(|(_, listed)| wanted.is_in(&listed.name));
                *found = found_names.map(|(at, _)| at).collect();
            }
        }
    }

    /// How many are shown.
    fn len(&self) -> usize {
        self.count().min(MOST)
    }

    /// How many are found.
    fn count(&self) -> usize {
        match &self.found {
            Found::Questions(found) => found.len(),
            Found::Dossiers(found) => found.len(),
        }
    }
}

/// « 3 questions trouvées, dont 2 qui ne sont pas posées ».
fn counted(found: &Found, count: usize) -> String {
    let words = match found {
        Found::Questions(found) => {
            let words = text::count(count, "question trouvée", "questions trouvées");
            match found.iter().filter(|one| one.unasked.is_some()).count() {
                0 => words,
                all if all == count => format!("{words}, et aucune n'est posée pour l'instant"),
                1 => format!("{words}, dont une qui n'est pas posée"),
                many => format!("{words}, dont {many} qui ne sont pas posées"),
            }
        }
        Found::Dossiers(_) => text::count(count, "dossier trouvé", "dossiers trouvés"),
    };
    if count > MOST {
        format!("{words} ; voici les {MOST} premiers résultats. Un mot de plus en laisse moins.")
    } else {
        words
    }
}

/// Goes to a question that is asked, or to what leads to the one that is not.
fn steps(found: &search::Found) -> Vec<Step> {
    let Some(unasked) = &found.unasked else {
        return vec![Step::Ask(found.question.clone())];
    };
    let ask = unasked.leads_to.clone().map(Step::Ask);
    ask.into_iter()
        .chain(Step::say(Role::Notice, unasked.advice))
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
            page.text(Role::Dim, &counted(&self.found, self.count()));
        }
        match (&self.found, app.desk.as_ref()) {
            (Found::Questions(found), Some(desk)) => {
                let mut asked = true;
                for (at, one) in found.iter().take(MOST).enumerate() {
                    let Some(question) = desk.question(&one.question) else {
                        continue;
                    };
                    if one.unasked.is_some() && std::mem::take(&mut asked) {
                        page.heading("Pas posées pour l'instant");
                    }
                    page.entry(Entry {
                        target: at + 1,
                        text: &question.text,
                        ..Entry::default()
                    });
                    let below = match &one.unasked {
                        None => look.raw(Role::Dim, &app.said(desk, question)),
                        Some(unasked) => look.span(Role::Dim, &unasked.reason),
                    };
                    page.spans(&[below], 4);
                }
            }
            (Found::Questions(_), None) => {}
            (Found::Dossiers(found), _) => {
                for (at, listed) in found.iter().take(MOST).enumerate() {
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
                let steps = match &self.found {
                    Found::Questions(found) => found.get(at).map(steps),
                    Found::Dossiers(found) => found
                        .get(at)
                        .and_then(|at| app.listed.get(*at))
                        .map(|listed| vec![Step::Do(Effect::Open(listed.path.clone()))]),
                };
                match steps {
                    Some(steps) => steps,
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
