//! Keeping documents: where, in which formats, and what to open afterwards; the path comes first.

use super::past::Past;
use super::{Cursor, Step, View};
use crate::documents::pasting;
use crate::domain::typography::quoted;
use crate::export::{self, Format, format_words};
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::effect::{Effect, Opened};
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// What will be written.
#[derive(Debug)]
pub struct Keep {
    /// One document, or all those needed.
    only: Option<String>,
    offered: Vec<Format>,
    formats: Vec<Format>,
    past: Past<Vec<Format>>,
    cursor: Cursor,
}

/// How many buttons follow the formats.
const BUTTONS: usize = 3;

impl Keep {
    /// Everything needed, or one document; the focus on the first format or on « ouvrir ».
    pub fn new(only: Option<String>, opening: bool) -> Self {
        let offered = export::formats(only.as_deref());
        let at = if opening { offered.len() + 1 } else { 0 };
        Self {
            only,
            // Markdown and the page, which everybody can open.
            formats: offered.iter().take(2).copied().collect(),
            offered,
            past: Past::default(),
            cursor: Cursor::on(at),
        }
    }

    fn toggle(&mut self, format: Format) {
        if self.formats.contains(&format) {
            self.formats.retain(|known| *known != format);
        } else {
            self.formats.push(format);
        }
    }

    /// How many files the ticked formats make.
    fn count(&self, desk: &Desk) -> usize {
        let made = |id: &str| {
            let known = export::formats(Some(id));
            known.iter().filter(|f| self.formats.contains(f)).count()
        };
        if let Some(only) = &self.only {
            return made(only);
        }
        let needed = desk.papers().iter().filter(|paper| paper.needed);
        let papers: usize = needed.map(|paper| made(&paper.id)).sum();
        papers + made(pasting::DOCUMENT)
    }

    fn write(&self, opened: Opened) -> Vec<Step> {
        if self.formats.is_empty() && opened != Opened::Folder {
            return Step::say(Role::Bad, "! Cochez au moins un format.");
        }
        let offered = self.offered.iter().copied();
        let formats = offered.filter(|f| self.formats.contains(f)).collect();
        vec![
            Step::Pop,
            Step::Do(Effect::Write {
                only: self.only.clone(),
                formats,
                opened,
            }),
        ]
    }
}

impl View for Keep {
    fn scope(&self, _app: &App) -> Scope {
        if self.cursor.at < self.offered.len() {
            Scope::Ticking
        } else {
            Scope::List
        }
    }

    fn title(&self, _app: &App) -> String {
        "Enregistrer".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let what = match &self.only {
            Some(id) => desk
                .papers()
                .iter()
                .find(|paper| paper.id == *id)
                .map_or(String::new(), |paper| {
                    format!("{} ira ici :", quoted(&paper.title))
                }),
            None => "Les textes dont votre entreprise a besoin iront ici :".to_owned(),
        };
        page.text(Role::Title, &what);
        let folder = desk.papers_folder().display().to_string();
        page.spans(&[look.raw(Role::Link, &folder)], 2);
        page.text(
            Role::Dim,
            "Un fichier que vous avez modifié n'est jamais écrasé : le nouveau va à côté.",
        );
        page.heading("Formats");
        for (target, format) in self.offered.iter().copied().enumerate() {
            let on = self.formats.contains(&format);
            page.entry(Entry {
                target,
                mark: if on { "[x]" } else { "[ ]" },
                text: format_words(format),
                right: "",
            });
        }
        page.gap();
        let from = self.offered.len();
        // What is about to be created is said before it is.
        let files = match self.count(desk) {
            0 => String::new(),
            count => format!(" {}", text::count(count, "fichier", "fichiers")),
        };
        page.buttons(&[
            (from, &format!("Enregistrer{files}")),
            (from + 1, "Enregistrer et ouvrir"),
            (from + 2, "Ouvrir le dossier des textes"),
        ]);
        page
    }

    crate::tui::screen::focused!();
    crate::tui::screen::travels!(formats);

    fn targets(&self, _app: &App) -> usize {
        self.offered.len() + BUTTONS
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        let before = self.formats.clone();
        match (action, self.offered.get(self.cursor.at)) {
            (Action::Accept | Action::Toggle, Some(&format)) => self.toggle(format),
            (Action::All, _) => self.formats = self.offered.clone(),
            (Action::Nothing, _) => self.formats.clear(),
            (Action::Accept, None) => {
                return self.write(match self.cursor.at - self.offered.len() {
                    0 => Opened::Nothing,
                    1 => Opened::File,
                    _ => Opened::Folder,
                });
            }
            _ => {}
        }
        if self.formats != before {
            self.past.keep(before);
        }
        Vec::new()
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        match action {
            Action::All => self.formats.len() < self.offered.len(),
            Action::Nothing => !self.formats.is_empty(),
            _ => true,
        }
    }
}
