//! Without a command: which face to start, and on what.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use super::{CliError, Context, Reply};
use crate::session::system_clock;
use crate::simple;
use crate::storage::Workspace;
use crate::tui::glyphs::GlyphSet;
use crate::tui::{self, world::World};

/// Starts the full-screen interface, or the linear prompts where it cannot or must not run.
pub(super) fn start(context: &Context, path: Option<PathBuf>) -> Result<Reply, CliError> {
    let (workspace, dossier) = place(context, path)?;
    if is_plain(context) {
        let options = simple::Options {
            content: context.content()?,
            workspace,
            date: context.date(),
            clock: system_clock,
            dossier,
        };
        simple::run(&options, &mut io::stdin().lock(), &mut io::stdout().lock())
            .map_err(|error| CliError::cannot_write(error.to_string()))?;
        return Ok(Reply::yes(""));
    }
    let options = tui::Options {
        world: World {
            content: context.content()?,
            workspace,
            date: context.date(),
            clock: system_clock,
        },
        dossier,
        theme: context.global.theme.unwrap_or_default(),
        glyphs: if context.global.ascii {
            Some(GlyphSet::Ascii)
        } else {
            context.global.glyphes
        },
        mouse: !context.global.sans_souris,
        workshop: context.global.atelier,
    };
    let left = tui::run(&options).map_err(|error| CliError::bad_input(error.to_string()))?;
    Ok(Reply::yes(farewell(left)))
}

/// What stays in the terminal once the interface is left; the room that watched a workshop still
/// does, and the folder bears the name of the business.
fn farewell(left: tui::Left) -> String {
    let Some((name, dir)) = left.dossier else {
        return String::new();
    };
    let (kept, again) = if left.read_only {
        ("Dossier lu, rien n'a été changé", "Rouvrez-le")
    } else {
        ("Dossier enregistré", "Reprenez")
    };
    if left.private {
        return format!("{kept}. {again} avec : aplomb\n");
    }
    format!(
        "{kept} : {name}.\n{again} avec : aplomb \"{}\"\n",
        dir.display()
    )
}

/// The workspace, and the dossier if a path names one.
fn place(
    context: &Context,
    path: Option<PathBuf>,
) -> Result<(Workspace, Option<PathBuf>), CliError> {
    // Paths are shown, and read again from another folder: they are whole.
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let workspace = Workspace::at(whole(context.workspace()?.root().to_owned()));
    let Some(path) = path else {
        return Ok((workspace, None));
    };
    match workspace.resolve(&path.to_string_lossy()) {
        Ok(dir) => Ok((workspace, Some(whole(dir)))),
        // A folder without a dossier is a workspace.
        Err(_) if is_folder(&path) => Ok((Workspace::at(whole(path)), None)),
        Err(error) => Err(error.into()),
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Tells whether lines suit better than a full screen.
fn is_plain(context: &Context) -> bool {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let accessible = !matches!(variable("ACCESSIBLE").as_str(), "" | "0" | "false");
    context.global.simple
        || accessible
        || variable("TERM") == "dumb"
        || !io::stdin().is_terminal()
        || !io::stdout().is_terminal()
}
