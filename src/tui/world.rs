//! Effects executed: the files, the clipboard, the modes of the terminal.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::app::{App, Did, Listed};
use super::desk::Desk;
use super::effect::Effect;
use super::theme::Role;
use crate::content::Content;
use crate::domain::explain::day;
use crate::session::{Clock, Session, SessionError};
use crate::storage::{self, Store, Workspace};

/// The terminal side of effects; tests have their own.
pub trait Host {
    /// Puts a text on the clipboard, if the terminal allows it.
    fn copy(&mut self, text: &str);
    /// Captures the mouse, or not.
    fn mouse(&mut self, on: bool);
    /// Stops the program until it is continued.
    fn suspend(&mut self, mouse: bool);
}

/// What effects need.
#[derive(Debug, Clone)]
pub struct World {
    /// Content in use.
    pub content: Arc<Content>,
    /// Where dossiers are.
    pub workspace: Workspace,
    /// Day whose law applies.
    pub date: Date,
    /// Time.
    pub clock: Clock,
}

impl World {
    /// The dossiers of the workspace, for the first screen.
    pub fn list(&self) -> Result<Vec<Listed>, String> {
        let summaries = self.workspace.list().map_err(|error| error.to_string())?;
        Ok(summaries
            .map(|summary| Listed {
                summary: match (&summary.problem, summary.created) {
                    (Some(_), _) => "à réparer".to_owned(),
                    (None, Some(created)) => format!("créé le {}", day(created)),
                    (None, None) => String::new(),
                },
                name: summary.name,
                path: summary.dir,
            })
            .collect())
    }

    /// Opens the dossier of a folder.
    pub fn open(&self, dir: &Path) -> Result<Box<Desk>, String> {
        Session::open(Arc::clone(&self.content), dir, self.date, self.clock)
            .map(|session| Box::new(Desk::new(session)))
            .map_err(|error| error.to_string())
    }

    fn adopt(&self, store: Result<Store, storage::Error>) -> Result<Box<Desk>, String> {
        store
            .map_err(SessionError::from)
            .and_then(|store| {
                Session::from_store(Arc::clone(&self.content), store, self.date, self.clock)
            })
            .map(|session| Box::new(Desk::new(session)))
            .map_err(|error| error.to_string())
    }

    /// Executes an effect and says how it went.
    pub fn perform(&self, app: &mut App, host: &mut dyn Host, effect: Effect) -> Did {
        match effect {
            Effect::Create(name) => {
                app.desk = None;
                let opened = self.adopt(self.workspace.create(&name, self.date));
                self.listed(app);
                Did::Opened(opened)
            }
            Effect::Example => Did::Opened(self.example(app)),
            Effect::Open(path) => {
                // The lock of the dossier open until now is released first.
                app.desk = None;
                Did::Opened(self.open(&path))
            }
            Effect::Mouse(on) => {
                host.mouse(on);
                Did::Nothing
            }
            Effect::Suspend => {
                host.suspend(app.settings.mouse);
                Did::Nothing
            }
            Effect::Quit => {
                app.leaving = true;
                Did::Nothing
            }
            effect => match app.desk.as_mut() {
                Some(desk) => change(desk, host, effect),
                None => Did::Nothing,
            },
        }
    }

    fn listed(&self, app: &mut App) {
        if let Ok(listed) = self.list() {
            app.listed = listed;
        }
    }

    /// A fictional business, to try without typing.
    fn example(&self, app: &mut App) -> Result<Box<Desk>, String> {
        app.desk = None;
        let mut desk = self.adopt(
            self.workspace
                .create("Exemple : Boulangerie Martin", self.date),
        )?;
        for (id, typed) in super::example::ANSWERS {
            let raw = crate::domain::input::Raw::Text((*typed).to_owned());
            if let Ok(answer) = desk.session.parse(id, &raw) {
                desk.session
                    .answer(id, Some(answer))
                    .map_err(|error| error.to_string())?;
            }
        }
        desk.refresh();
        self.listed(app);
        Ok(desk)
    }
}

fn change(desk: &mut Desk, host: &mut dyn Host, effect: Effect) -> Did {
    let session = &mut desk.session;
    let said = |result: Result<(), SessionError>, words: &str| {
        Did::Changed(
            result
                .map(|()| words.to_owned())
                .map_err(|error| error.to_string()),
        )
    };
    match effect {
        Effect::Answer {
            question,
            answer,
            stay,
        } => {
            let result = session.answer(&question, Some(answer));
            let result = result.map(drop).map_err(|error| error.to_string());
            Did::Answered {
                question,
                stay,
                result,
            }
        }
        Effect::Erase { question } => said(
            session.answer(&question, None).map(drop),
            "Réponse effacée. Ctrl+Z l'annule.",
        ),
        Effect::Note { question, text } => {
            let text = text.trim();
            let before = session
                .dossier()
                .notes
                .get(&question)
                .map_or("", String::as_str);
            if before == text {
                return Did::Nothing;
            }
            let note = (!text.is_empty()).then_some(text);
            said(session.note(&question, note), "Note enregistrée.")
        }
        Effect::Track { action, tracking } => {
            let before = session
                .dossier()
                .actions
                .get(&action)
                .cloned()
                .unwrap_or_default();
            if before == tracking {
                return Did::Nothing;
            }
            let words = format!("Action enregistrée : {}.", tracking.status.label());
            said(session.track(&action, tracking), &words)
        }
        Effect::Undo => said(session.undo().map(drop), "Annulé. Ctrl+Y rétablit."),
        Effect::Redo => said(session.redo().map(drop), "Rétabli."),
        Effect::Copy { document, text } => {
            host.copy(&text);
            match desk.write_papers(Some(&document)) {
                Ok(written) => Did::Said(
                    Role::Notice,
                    format!("Copié, si votre terminal l'autorise ; aussi enregistré : {written}."),
                ),
                Err(message) => Did::Said(
                    Role::Warn,
                    format!("Copié, si votre terminal l'autorise. ! {message}"),
                ),
            }
        }
        Effect::Write => match desk.write_papers(None) {
            Ok(written) => Did::Said(Role::Notice, format!("Enregistré : {written}.")),
            Err(message) => Did::Said(Role::Bad, format!("! {message}")),
        },
        _ => Did::Nothing,
    }
}
