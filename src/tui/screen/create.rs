//! The name of a dossier: a new one, or another name for the one on the desk.

use super::draft::Draft;
use super::{Cursor, Pending, Step, View};
use crate::tui::app::App;
use crate::tui::app::drafts::About;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Look, Page};

/// The name of a dossier.
#[derive(Debug)]
pub struct Create {
    name: Field,
    /// What it was when it was opened.
    before: String,
    renames: bool,
    cursor: Cursor,
}

impl Create {
    /// The name of a new dossier.
    pub fn naming(app: &App) -> Self {
        Self::open(app, "", false)
    }

    /// Another name for the dossier that bears this one.
    pub fn renaming(app: &App, name: &str) -> Self {
        Self::open(app, name, true)
    }

    fn about(renames: bool) -> About {
        if renames { About::Name } else { About::NewName }
    }

    /// Opens on what was left there, if anything was.
    fn open(app: &App, name: &str, renames: bool) -> Self {
        let field = match app.draft(&Self::about(renames)).map(|kept| &kept.draft) {
            Some(Draft::Line(field)) => field.clone(),
            _ => Field::new(name),
        };
        Self {
            name: field,
            before: name.to_owned(),
            renames,
            cursor: Cursor::default(),
        }
    }

    /// Tells whether another name was typed.
    fn differs(&self) -> bool {
        !self.name.is_empty() && self.name.value().trim() != self.before.trim()
    }
}

impl View for Create {
    fn scope(&self, _app: &App) -> Scope {
        if self.cursor.at == 0 {
            Scope::Typing
        } else {
            Scope::List
        }
    }

    fn title(&self, _app: &App) -> String {
        if self.renames {
            "Renommer le dossier"
        } else {
            "Nouveau dossier"
        }
        .to_owned()
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.text(Role::Title, "Quel est le nom de l'entreprise ?");
        page.text(
            Role::Dim,
            "C'est le nom du dossier. Vous pourrez le changer plus tard.",
        );
        page.gap();
        page.field(0, "", &self.name);
        page.gap();
        let label = if self.renames {
            "Renommer"
        } else {
            "Créer le dossier"
        };
        page.buttons(&[(1, label)]);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        2
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept if self.name.is_empty() => {
                self.cursor = Cursor::default();
                Step::say(
                    Role::Bad,
                    "! Écrivez un nom, par exemple « Boulangerie Martin ».",
                )
            }
            Action::Accept if self.renames => vec![
                Step::Pop,
                Step::Do(Effect::Rename(self.name.value().trim().to_owned())),
            ],
            Action::Accept => vec![Step::Do(Effect::Create(
                self.name.value().trim().to_owned(),
            ))],
            Action::Previous => {
                self.cursor.at = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        self.cursor.at == 0 && self.name.key(key)
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if self.cursor.at == 0 {
            self.name.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        Pending {
            save: None,
            lost: self.differs(),
        }
    }

    fn draft(&self, _app: &App) -> Option<(About, Option<Draft>)> {
        let draft = self.differs().then(|| Draft::Line(self.name.clone()));
        Some((Self::about(self.renames), draft))
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
