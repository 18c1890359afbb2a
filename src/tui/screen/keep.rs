//! Keeping documents: where, in which formats, and what to open afterwards; the path comes first.

use super::{Cursor, Step, View};
use crate::documents::output::Format;
use crate::export;
use crate::tui::app::App;
use crate::tui::effect::{Effect, Opened};
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// What will be written.
#[derive(Debug)]
pub struct Keep {
    /// One document, or all those needed.
    only: Option<String>,
    formats: Vec<Format>,
    cursor: Cursor,
}

const BUTTONS: [&str; 3] = [
    "Enregistrer",
    "Enregistrer et ouvrir",
    "Ouvrir le dossier des textes",
];

/// What a person reads of a format.
fn words(format: Format) -> &'static str {
    match format.word() {
        "markdown" => "Markdown : à garder, à modifier",
        "html" => "Page : s'ouvre et s'imprime dans le navigateur",
        "fragment" => "HTML à coller dans l'éditeur de votre site",
        "texte" => "Texte simple : à coller partout",
        "docx" => "Word : s'ouvre dans le traitement de texte",
        "pdf" => "PDF : à envoyer ou à imprimer",
        other => other,
    }
}

impl Keep {
    /// Everything needed, or one document; the focus on the first format or on « ouvrir ».
    pub fn new(only: Option<String>, opening: bool) -> Self {
        let at = if opening { Format::ALL.len() + 1 } else { 0 };
        Self {
            only,
            formats: vec![Format::Markdown, Format::Html],
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

    fn write(&self, opened: Opened) -> Vec<Step> {
        if self.formats.is_empty() && opened != Opened::Folder {
            return Step::say(Role::Bad, "! Cochez au moins un format.");
        }
        let formats = Format::ALL
            .into_iter()
            .filter(|format| self.formats.contains(format))
            .collect();
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
        if self.cursor.at < Format::ALL.len() {
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
                    format!("« {} » ira ici :", paper.title)
                }),
            None => "Les textes dont votre entreprise a besoin iront ici :".to_owned(),
        };
        page.text(Role::Title, &what);
        let folder = desk.session.store().dir().join(export::FOLDER);
        page.spans(&[look.raw(Role::Link, &folder.display().to_string())], 2);
        page.text(
            Role::Dim,
            "Un fichier que vous avez modifié n'est jamais écrasé : le nouveau va à côté.",
        );
        page.heading("Formats");
        for (target, format) in Format::ALL.into_iter().enumerate() {
            let on = self.formats.contains(&format);
            page.entry(Entry {
                target,
                mark: if on { "[x]" } else { "[ ]" },
                text: words(format),
                right: "",
            });
        }
        page.gap();
        let from = Format::ALL.len();
        let buttons: Vec<(usize, &str)> = BUTTONS
            .iter()
            .enumerate()
            .map(|(at, label)| (from + at, *label))
            .collect();
        page.buttons(&buttons);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        Format::ALL.len() + BUTTONS.len()
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match (action, Format::ALL.get(self.cursor.at)) {
            (Action::Accept | Action::Toggle, Some(format)) => self.toggle(*format),
            (Action::All, _) => self.formats = Format::ALL.to_vec(),
            (Action::Nothing, _) => self.formats.clear(),
            (Action::Accept, None) => {
                return self.write(match self.cursor.at - Format::ALL.len() {
                    0 => Opened::Nothing,
                    1 => Opened::File,
                    _ => Opened::Folder,
                });
            }
            _ => {}
        }
        Vec::new()
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        match action {
            Action::All => self.formats.len() < Format::ALL.len(),
            Action::Nothing => !self.formats.is_empty(),
            _ => true,
        }
    }
}
