//! The command line: one small function a command, results on stdout, explanations on stderr.

mod activities;
mod answers;
mod args;
mod assessing;
mod comparing;
mod content_files;
mod dossiers;
mod error;
mod generating;
mod interface;
mod listing;
mod planning;
mod rules;
mod target;

pub use args::{Cli, Command, Global};
pub use error::CliError;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser};
use jiff::civil::Date;

use crate::content::{self, Content};
use crate::domain::visible::visible;
pub(crate) use crate::exports::json;
use crate::session::{Renewal, Session, system_clock};
use crate::storage::Workspace;

/// What a command answers: its results, and whether the answer is yes.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Written on stdout.
    pub(crate) text: String,
    /// Written on stderr, one line each.
    pub(crate) notes: Vec<String>,
    /// Exit code.
    pub(crate) code: u8,
}

impl Reply {
    pub(crate) fn yes(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            notes: Vec::new(),
            code: 0,
        }
    }
}

/// What the commands share.
pub(crate) struct Context {
    pub(crate) global: Global,
}

impl Context {
    pub(crate) fn date(&self) -> Date {
        self.global.date.unwrap_or_else(|| system_clock().date())
    }

    pub(crate) fn content(&self) -> Result<Arc<Content>, CliError> {
        let mut content = content::load(self.global.contenu.as_deref())?;
        content.cabinet.clone_from(&self.global.cabinet);
        let content = Arc::new(content);
        // It lives as long as the process: taking it apart, text by text, would only delay the end.
        std::mem::forget(Arc::clone(&content));
        Ok(content)
    }

    pub(crate) fn workspace(&self) -> Result<Workspace, CliError> {
        Ok(Workspace::locate(self.global.classeur.clone(), None)?)
    }

    /// Refuses an identity of the practice that was asked for and cannot be used, whatever the
    /// command makes of it.
    fn check_cabinet(&self) -> Result<(), CliError> {
        if let Some(file) = &self.global.cabinet {
            content::branding::read(file)?;
        }
        Ok(())
    }

    /// Opens a dossier by slug or path, and notes what opening it revealed.
    pub(crate) fn open(&self, dossier: &str) -> Result<(Session, Vec<String>), CliError> {
        let dir = self.workspace()?.resolve(dossier)?;
        let session = Session::open(self.content()?, &dir, self.date(), system_clock)?;
        let mut notes = session.messages();
        if self.global.contenu.is_some() {
            let lost = content::lost_elements(session.catalogue()).into_iter();
            notes.extend(lost.map(|(_, message)| format!("Attention : {message}.")));
        }
        notes.extend(session.renewal().iter().flat_map(Renewal::sentences));
        Ok((session, notes))
    }
}

/// Reads the command line, runs the command, and gives the exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let context = Context { global: cli.global };
    let asked = context.check_cabinet().map(|()| (cli.command, cli.path));
    let result = asked.and_then(|asked| match asked {
        (Some(_), Some(path)) => Err(CliError::bad_input(format!(
            "« {} » n'est pas une commande. Tapez « aplomb --aide » pour la liste des commandes.",
            path.display()
        ))),
        (Some(command), None) => run(&context, command),
        (None, path) => interface::start(&context, path),
    });
    match result {
        Ok(reply) => finish(&reply),
        Err(error) => {
            say(&format!("Erreur : {error}"));
            ExitCode::from(error.code)
        }
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            finish(&Reply::yes(text))
        }
        _ => {
            let error = error::usage(error);
            say(&format!("Erreur : {error}"));
            ExitCode::from(error.code)
        }
    }
}

/// Writes the results; a reader that went away is not an error.
fn finish(reply: &Reply) -> ExitCode {
    let mut out = io::stdout().lock();
    let text = visible(&reply.text);
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    for note in &reply.notes {
        say(note);
    }
    if text != reply.text {
        say(
            "Des caractères invisibles ou de commande sont montrés par « \u{fffd} » ; rien n'est changé dans le dossier. Vérifiez d'où il vient.",
        );
    }
    match written {
        Ok(()) => ExitCode::from(reply.code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(reply.code),
        Err(_) => {
            say(
                "Erreur : impossible d'écrire le résultat. Vérifiez l'espace libre, puis recommencez.",
            );
            ExitCode::from(error::CANNOT_WRITE)
        }
    }
}

/// Writes a line on stderr, without anything a terminal could obey.
fn say(text: &str) {
    let mut err = io::stderr().lock();
    // Nothing can be said about a stderr that refuses to be written.
    let _ = writeln!(err, "{}", visible(text).trim_end());
}

/// The format asked for, once: `--json` is one too.
fn one<F: PartialEq>(format: Option<F>, json: Option<F>) -> Result<Option<F>, CliError> {
    match (format, json) {
        (Some(format), Some(json)) if format != json => Err(CliError::bad_input(
            "« --json » ne va pas avec un autre format : gardez l'un des deux.",
        )),
        (format, json) => Ok(format.or(json)),
    }
}

fn run(context: &Context, command: Command) -> Result<Reply, CliError> {
    match command {
        Command::Nouveau { nom, reponses } => dossiers::create(context, &nom, reponses.as_deref()),
        Command::Repondre { dossier, reponses } => dossiers::answer(context, &dossier, &reponses),
        Command::Questions { dossier, json } => {
            listing::questions(context, dossier.as_deref(), json)
        }
        Command::Bilan {
            dossier,
            json,
            exiger,
            format,
            sortie,
        } => {
            let format = one(format, json.then_some(args::ReportFormat::Json))?;
            assessing::assessment(context, &dossier, format, exiger, sortie.as_deref())
        }
        Command::Plan {
            dossier,
            format,
            json,
            sortie,
        } => {
            let format = one(format, json.then_some(args::PlanFormat::Json))?;
            planning::plan(context, &dossier, format, sortie.as_deref())
        }
        Command::Documents {
            dossier,
            format,
            sortie,
            seulement,
            preuves,
            voir,
            liste,
            json,
        } => {
            if sortie
                .as_deref()
                .is_some_and(|path| path.as_os_str() == "-")
            {
                return Err(target::unshowable());
            }
            if let Some(file) = sortie.as_deref().filter(|_| preuves) {
                return generating::proof(context, &dossier, file);
            }
            let request = generating::Request {
                formats: format,
                folder: sortie,
                only: seulement,
            };
            match (liste, voir) {
                (true, _) => generating::list(context, &dossier, &request, json),
                (_, true) => generating::preview(context, &dossier, &request, json),
                _ => generating::write(context, &dossier, &request, json),
            }
        }
        Command::Traitements {
            dossier,
            modifications,
            json,
        } => activities::activities(context, &dossier, &modifications, json),
        Command::Comparer {
            dossier,
            avant,
            apres,
            json,
        } => comparing::compare(context, &dossier, avant, apres, json),
        Command::Droit { avant, apres, json } => rules::rules(context, avant, apres, json),
        Command::Classeur { json, bilan } => listing::portfolio(context, json, bilan),
        Command::Verifier { chemins, json } => content_files::lint(context, &chemins, json),
        Command::Schema { genre } => Ok(Reply::yes(content_files::schema(genre))),
        Command::Completions { shell } => {
            let mut bytes = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "aplomb", &mut bytes);
            Ok(Reply::yes(String::from_utf8_lossy(&bytes)))
        }
        Command::Man => {
            let mut bytes = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut bytes)
                .map_err(|_| CliError::cannot_write("la page de manuel n'a pas pu être écrite"))?;
            Ok(Reply::yes(String::from_utf8_lossy(&bytes)))
        }
    }
}
