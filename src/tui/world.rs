//! Effects executed: the files, the clipboard, the modes of the terminal.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::app::{App, Did, Listed};
use super::desk::Desk;
use super::effect::{Effect, Opened, Writing};
use super::text;
use super::theme::Role;
use crate::content::Content;
use crate::documents::{output, pasting};
use crate::domain::catalogue::Depth;
use crate::domain::dossier::{Change, PRIVATE_NOTE};
use crate::domain::explain::change_words;
use crate::domain::input;
use crate::export::{self, Exported, Format, told};
use crate::session::{Clock, Glance, Request, Session, SessionError};
use crate::storage::{self, Store, Workspace};

/// The terminal side of effects; tests have their own.
pub trait Host {
    /// Puts a text on the clipboard, if the terminal allows it.
    fn copy(&mut self, text: &str);
    /// Opens a file or a folder in the program of the computer for it.
    fn open(&mut self, path: &Path) -> Result<(), String>;
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
                created: summary.created,
                damaged: summary.problem.is_some(),
                name: summary.name,
                path: summary.dir,
                glance: None,
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
                put_away(app);
                let opened = self.adopt(self.workspace.create(&name, self.date));
                self.listed(app);
                Did::Opened(opened)
            }
            Effect::Example(at) => Did::Opened(self.example(app, at)),
            Effect::Open(path) => {
                put_away(app);
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
                Some(desk) => {
                    let renamed = matches!(effect, Effect::Rename(_));
                    let did = change(desk, host, effect);
                    if renamed {
                        self.listed(app);
                    }
                    did
                }
                None => Did::Nothing,
            },
        }
    }

    fn listed(&self, app: &mut App) {
        if let Ok(listed) = self.list() {
            app.listed = listed;
        }
    }

    /// Looks at one dossier whose row is on screen; `false` when all were looked at.
    pub fn look(&self, app: &mut App) -> bool {
        let Some(at) = app.unseen() else {
            return false;
        };
        let listed = &mut app.listed[at];
        match Workspace::peek(&listed.path) {
            Ok(dossier) => {
                let catalogue = &self.content.catalogue;
                let glance = Glance::of(catalogue, &dossier, self.date, Depth::Essential);
                listed.glance = Some(glance);
            }
            Err(_) => listed.damaged = true,
        }
        true
    }

    /// A fictional business, to try without typing.
    fn example(&self, app: &mut App, at: usize) -> Result<Box<Desk>, String> {
        let dossier = crate::session::example::EXAMPLES
            .get(at)
            .and_then(|example| example.dossier(self.date))
            .ok_or("Cet exemple ne se lit pas.")?;
        put_away(app);
        let desk = self.adopt(self.workspace.create_with(dossier))?;
        self.listed(app);
        Ok(desk)
    }
}

/// Closes the dossier on the desk: its lock is released before another one is opened.
pub fn put_away(app: &mut App) {
    app.bank_discussion();
    if let Some(desk) = app.desk.take() {
        // The time spent is worth no error once the dossier is left; answers are on disk already,
        // whether or not the journal can be folded now.
        let _ = desk.keep_discussion();
        let dir = desk.session.store().dir();
        if let Some(listed) = app.listed.iter_mut().find(|listed| listed.path == dir) {
            listed.glance = None;
        }
        let _ = desk.session.close();
    }
}

/// Opens a path, and says where it is when nothing can open it.
fn open(host: &mut dyn Host, path: &Path, done: &str) -> Did {
    let shown = path.display();
    match host.open(path) {
        Ok(()) => Did::Said(Role::Notice, format!("{done} Ouverture de {shown}.")),
        Err(_) => Did::Said(
            Role::Warn,
            format!("{done} Rien ne peut l'ouvrir d'ici : allez le chercher dans {shown}."),
        ),
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
            if question.starts_with(PRIVATE_NOTE) {
                let change = Change::Note {
                    question,
                    text: note.map(input::clean),
                };
                let result = session.record_all(vec![change]).map(drop);
                return said(
                    result,
                    "Note privée enregistrée ; elle n'est jamais exportée.",
                );
            }
            let words = if note.is_some() {
                "Note enregistrée."
            } else {
                "Note effacée."
            };
            said(session.note(&question, note), words)
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
        Effect::Rename(name) => {
            let name = input::clean(&name);
            if name == session.dossier().name {
                return Did::Nothing;
            }
            let change = Change::Rename { name };
            said(
                session.record_all(vec![change]).map(drop),
                "Dossier renommé ; son emplacement ne change pas.",
            )
        }
        Effect::Remember => match desk.keep_discussion() {
            Ok(()) => Did::Nothing,
            Err(message) => Did::Said(Role::Warn, format!("! {message}")),
        },
        Effect::Record(request) => {
            let words = match &request {
                Request::Add(_) => "Traitement ajouté : ouvrez-le pour le compléter.",
                Request::Write(..) => "Enregistré. Ctrl+Z l'annule.",
            };
            said(session.write_activities(vec![request]).map(drop), words)
        }
        Effect::Undo => undo(session),
        Effect::Redo => redo(session),
        effect @ (Effect::Copy { .. }
        | Effect::Write { .. }
        | Effect::WriteNext(_)
        | Effect::WriteResults) => keep(desk, host, effect),
        _ => Did::Nothing,
    }
}

/// Takes back the last change, and names it.
fn undo(session: &mut Session) -> Did {
    let changed = session.undo();
    travelled(session, changed, |words| match words {
        Some(words) => format!("Annulé : {words}. Ctrl+Y rétablit."),
        None => "Rien à annuler.".to_owned(),
    })
}

/// Does again what was taken back, and names it.
fn redo(session: &mut Session) -> Did {
    let changed = session.redo();
    travelled(session, changed, |words| match words {
        Some(words) => format!("Rétabli : {words}."),
        None => "Rien à rétablir.".to_owned(),
    })
}

fn travelled(
    session: &Session,
    changed: Result<Option<Change>, SessionError>,
    say: impl Fn(Option<String>) -> String,
) -> Did {
    let words = |change| change_words(session.catalogue(), &change);
    Did::Changed(match changed {
        Ok(change) => Ok(say(change.map(words))),
        Err(error) => Err(error.to_string()),
    })
}

/// Copies or writes documents, and opens them.
fn keep(desk: &Desk, host: &mut dyn Host, effect: Effect) -> Did {
    match effect {
        Effect::Copy { document, text } => {
            host.copy(&text);
            let papers = desk.papers();
            let paper = papers.iter().find(|paper| paper.id == document);
            let left = paper.map_or(0, |paper| paper.copied_blanks);
            let all = paper.is_none_or(|paper| paper.private.is_empty());
            let kept_back = if all {
                ""
            } else {
                ", sans ce qui est pour vous seul"
            };
            let mut copied =
                format!("Copié (si le terminal l'autorise) : Ctrl+V le colle{kept_back}");
            if left > 0 {
                let blanks = text::count(left, "blanc reste", "blancs restent");
                copied.push_str(&format!(" ; {blanks} à compléter"));
            }
            let plain = [Format::Text(output::Format::Text)];
            match desk.write_paper(&document, &plain) {
                Ok((files, _)) => {
                    let path = files.first().map(|f| f.file.path.display().to_string());
                    let path = path.unwrap_or_default();
                    let words = format!("{copied}. Aussi dans {path}.");
                    Did::Said(Role::Notice, words)
                }
                Err(message) => Did::Said(Role::Warn, format!("{copied}. ! {message}")),
            }
        }
        Effect::Write {
            opened: Opened::Folder,
            ..
        } => {
            let folder = desk.papers_folder();
            if folder.is_dir() {
                open(host, &folder, "")
            } else {
                let words = "Rien n'y est encore enregistré : choisissez d'abord « Enregistrer ».";
                Did::Said(Role::Notice, words.to_owned())
            }
        }
        Effect::Write {
            only,
            formats,
            opened,
        } => {
            let needed = desk.papers().iter().filter(|paper| paper.needed);
            let left: Vec<String> = match only {
                Some(id) => vec![id],
                None => needed
                    .map(|paper| paper.id.clone())
                    .chain([pasting::DOCUMENT.to_owned()])
                    .collect(),
            };
            Did::Writing(Box::new(Writing {
                total: left.len(),
                left,
                formats,
                files: Vec::new(),
                notes: Vec::new(),
                opened,
            }))
        }
        Effect::WriteNext(writing) => write_next(desk, host, writing),
        Effect::WriteResults => write_results(desk),
        _ => Did::Nothing,
    }
}

/// Writes the assessment and the plan, and says where.
fn write_results(desk: &Desk) -> Did {
    let planned = match export::results(&desk.session) {
        Ok(planned) => planned,
        Err(error) => return Did::Said(Role::Bad, format!("! {error}")),
    };
    let notes = planned.notes.clone();
    match planned.write() {
        Ok(files) => {
            let role = if notes.is_empty() {
                Role::Notice
            } else {
                Role::Warn
            };
            let words = [told(&files), notes.join("\n")].join("\n");
            let folder = desk.papers_folder();
            let words = format!("{}\nDossier : {}.", words.trim_end(), folder.display());
            Did::Said(role, words)
        }
        Err(error) => Did::Said(Role::Bad, format!("! {error}")),
    }
}

/// Writes the next document; after the last one, says what became of the files and opens them.
fn write_next(desk: &Desk, host: &mut dyn Host, mut writing: Box<Writing>) -> Did {
    if writing.left.is_empty() {
        let folder = desk.papers_folder();
        let notes = writing.notes.join("\n");
        let told_files = format!("{}\n{notes}", told(&writing.files))
            .trim_end()
            .to_owned();
        let done = format!("{told_files}\nDossier : {}.", folder.display());
        let edited = !writing.notes.is_empty()
            || writing
                .files
                .iter()
                .any(|f| f.file.outcome.sentence().is_some());
        let shown = |file: &&Exported| {
            let end = file.file.path.extension();
            end.is_some_and(|end| end == "html" || end == "docx" || end == "pdf")
        };
        let files = &writing.files;
        return match files.iter().find(shown).or(files.first()) {
            Some(file) if writing.opened == Opened::File && writing.total == 1 => {
                open(host, &file.file.path, &told_files)
            }
            Some(_) if writing.opened == Opened::File => open(host, &folder, &told_files),
            _ if edited => Did::Said(Role::Warn, done),
            _ => Did::Said(Role::Notice, done),
        };
    }
    let id = writing.left.remove(0);
    match desk.write_paper(&id, &writing.formats) {
        Ok((files, notes)) => {
            writing.files.extend(files);
            writing.notes.extend(notes);
            Did::Writing(writing)
        }
        Err(message) => {
            let before = match writing.files.as_slice() {
                [] => String::new(),
                files => format!(" Avant cela : {}", told(files)),
            };
            Did::Said(Role::Bad, format!("! {message}{before}"))
        }
    }
}
