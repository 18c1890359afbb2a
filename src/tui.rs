//! The full-screen interface.
//!
//! ```text
//! terminal ─► event ─► App::update ─► effects ─► world ─► App::update …
//!                          │
//!                       frame::draw(&App) ─► terminal
//! ```
//!
//! Nothing turns while nobody types: two threads wait for the terminal and for signals, and the loop
//! sleeps until one of them has something to say.

pub mod app;
mod burst;
pub mod desk;
pub mod effect;
pub mod event;
pub mod frame;
pub mod glyphs;
pub mod keymap;
pub mod screen;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod touches;
pub mod veil;
pub mod widget;
pub mod world;

#[cfg(test)]
mod harness;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _, stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Instant;

use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use self::app::{App, Did, Message, Settings};
use self::burst::{Arrived, Burst};
use self::effect::Effect;
use self::event::Input;
use self::frame::HitMap;
use self::glyphs::GlyphSet;
use self::terminal::{Guard, Screen, Signal};
use self::theme::{Background, ThemeName};
use self::world::{Host, World};

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the program works on.
    pub world: World,
    /// The dossier to open at once.
    pub dossier: Option<PathBuf>,
    /// Theme; the automatic one if nothing is said.
    pub theme: ThemeName,
    /// Glyphs; those of the locale if nothing is said.
    pub glyphs: Option<GlyphSet>,
    /// Whether to capture the mouse.
    pub mouse: bool,
    /// Whether to start in workshop mode.
    pub workshop: bool,
}

/// Why the interface could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal refused something.
    #[error(
        "Le terminal ne répond pas ({0}). Essayez « aplomb --simple », qui pose les mêmes questions ligne par ligne."
    )]
    Terminal(#[from] io::Error),
    /// The workspace or the dossier could not be opened.
    #[error("{0}")]
    Open(String),
}

/// Where the user was when leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Name and folder of the dossier that was open.
    pub dossier: Option<(String, PathBuf)>,
    /// Whether it could only be read.
    pub read_only: bool,
    /// Whether its name is kept from the room that was watching.
    pub private: bool,
}

/// Runs the interface until the user leaves; the terminal is given back whatever happens.
pub fn run(options: &Options) -> Result<Left, TuiError> {
    let settings = settings(options);
    let listed = options.world.list().map_err(TuiError::Open)?;
    let root = options.world.workspace.root().display().to_string();
    let mut app = App::new(root, listed, settings);
    if let Some(dir) = &options.dossier {
        let desk = options.world.open(dir).map_err(TuiError::Open)?;
        app.update(Message::Did(Did::Opened(Ok(desk))));
    }
    if options.workshop {
        app.start_workshop();
    }
    let guard = Guard::enter(settings.mouse)?;
    let mut screen = Terminal::new(CrosstermBackend::new(stdout()))?;
    let outcome = turn(&mut app, &options.world, &mut screen);
    drop(guard);
    outcome?;
    let left = Left {
        read_only: app
            .desk
            .as_ref()
            .is_some_and(|desk| desk.session.is_read_only()),
        private: app.hides_private(),
        dossier: app.desk.as_ref().map(|desk| {
            (
                desk.name().to_owned(),
                desk.session.store().dir().to_owned(),
            )
        }),
    };
    app.bank_discussion();
    if let Some(desk) = app.desk.take() {
        desk.keep_discussion().map_err(TuiError::Open)?;
        desk.session
            .close()
            .map_err(|error| TuiError::Open(error.to_string()))?;
    }
    Ok(left)
}

/// The look, from the options and the environment.
fn settings(options: &Options) -> Settings {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let colourless = variable("NO_COLOR").is_some();
    let theme = if colourless {
        ThemeName::Mono
    } else {
        options.theme
    };
    // The terminal is asked once, before anything else reads it.
    let background = match theme {
        ThemeName::Automatic => terminal::background(),
        _ => Background::Unknown,
    };
    Settings {
        theme,
        background,
        shades: variable("COLORTERM").is_some()
            || variable("TERM").is_some_and(|term| term.contains("256color")),
        set: options
            .glyphs
            .unwrap_or_else(|| GlyphSet::from_terminal(variable)),
        mouse: options.mouse,
        colourless,
    }
}

/// The loop: draw, sleep until something happens, update.
fn turn(app: &mut App, world: &World, screen: &mut Screen) -> io::Result<()> {
    let (to, signals) = mpsc::channel();
    terminal::listen(&to)?;
    let mut burst = Burst::default();
    let mut arrived = Arrived::new(&signals);
    let start = Instant::now();
    let mut host = Real;
    draw(app, screen)?;
    // Now that the width is known, what was said on opening may need a page of its own.
    app.update(Message::Did(Did::Nothing));
    let mut map = draw(app, screen)?;
    while let Some(signal) = wait(app, world, screen, &mut map, &signals)? {
        let mut next = Some(signal);
        // Everything that already arrived is handled before sleeping again.
        while let Some(signal) = next.take() {
            match signal {
                Signal::Input(input, at) => {
                    let (at, types) = (at.saturating_duration_since(start), app.scope().types());
                    let following = if types && burst.is_in_doubt(&input, at) {
                        arrived.following()
                    } else {
                        0
                    };
                    for input in burst.feed(input, at, types, following) {
                        if matches!(input, Input::Resize(..)) {
                            screen.autoresize()?;
                        }
                        let effects = answer(app, &map, input);
                        obey(app, world, screen, &mut host, effects)?;
                    }
                }
                Signal::Stop => obey(app, world, screen, &mut host, vec![Effect::Suspend])?,
                Signal::Leave => {
                    // Nobody can be asked any more: what can be recorded as it stands is.
                    let effects = app.pending();
                    return settle(app, world, &mut host, effects, &mut |_| Ok(()));
                }
            }
            if app.leaving {
                return Ok(());
            }
            next = arrived.take();
            if next.is_some() {
                map = draw(app, screen)?;
            }
        }
        map = draw(app, screen)?;
    }
    Ok(())
}

/// What the user did, to the application; a click is on what the last frame showed there.
fn answer(app: &mut App, map: &HitMap, input: Input) -> Vec<Effect> {
    match input {
        Input::Click(column, row) => match map.at(column, row) {
            Some(hit) => app.update(Message::Hit(hit)),
            None => Vec::new(),
        },
        input => app.update(Message::Input(input)),
    }
}

/// Executes effects, the longest ones in sight, and draws all again after a stop.
fn obey(
    app: &mut App,
    world: &World,
    screen: &mut Screen,
    host: &mut Real,
    effects: Vec<Effect>,
) -> io::Result<()> {
    let suspended = effects.contains(&Effect::Suspend);
    settle(app, world, host, effects, &mut |app| {
        draw(app, screen).map(drop)
    })?;
    if suspended && !app.leaving {
        // `clear` asks the terminal where its cursor is, and the answer would reach the
        // thread that reads keys: a new screen knows that nothing is drawn.
        execute!(stdout(), Clear(ClearType::All))?;
        *screen = Terminal::new(CrosstermBackend::new(stdout()))?;
    }
    Ok(())
}

/// Sleeps until something happens; before that, looks at the dossiers whose rows are on screen, one
/// after the other, as long as nobody types.
fn wait(
    app: &mut App,
    world: &World,
    screen: &mut Screen,
    map: &mut HitMap,
    signals: &mpsc::Receiver<Signal>,
) -> io::Result<Option<Signal>> {
    let mut news = false;
    loop {
        match signals.try_recv() {
            Ok(signal) => return Ok(Some(signal)),
            Err(mpsc::TryRecvError::Disconnected) => return Ok(None),
            Err(mpsc::TryRecvError::Empty) if world.look(app) => news = true,
            Err(mpsc::TryRecvError::Empty) if news => {
                *map = draw(app, screen)?;
                news = false;
            }
            Err(mpsc::TryRecvError::Empty) => return Ok(signals.recv().ok()),
        }
    }
}

/// Executes effects and what follows from them; shows where the longest ones are.
fn settle(
    app: &mut App,
    world: &World,
    host: &mut dyn Host,
    effects: Vec<Effect>,
    show: &mut dyn FnMut(&mut App) -> io::Result<()>,
) -> io::Result<()> {
    let mut waiting = std::collections::VecDeque::from(effects);
    while let Some(effect) = waiting.pop_front() {
        let did = world.perform(app, host, effect);
        let unfinished = matches!(did, Did::Writing(_));
        waiting.extend(app.update(Message::Did(did)));
        if unfinished {
            show(app)?;
        }
    }
    Ok(())
}

fn draw(app: &mut App, screen: &mut Screen) -> io::Result<HitMap> {
    execute!(stdout(), BeginSynchronizedUpdate)?;
    let mut map = HitMap::default();
    screen.draw(|frame| map = frame::draw(app, frame))?;
    if app.seen != map.seen {
        // What the footer offers depends on what is hidden, which was not known yet.
        app.seen = map.seen;
        screen.draw(|frame| map = frame::draw(app, frame))?;
        app.seen = map.seen;
    }
    execute!(stdout(), EndSynchronizedUpdate)?;
    let title = format!("Aplomb · {}", app.top().view().title(app));
    if app.window != title {
        let shown = app.look(0).veil.cover(&title).replace('\n', " ");
        terminal::set_title(&text::clean(&shown));
        app.window = title;
    }
    Ok(map)
}

/// The real terminal.
struct Real;

impl Host for Real {
    fn copy(&mut self, text: &str) {
        use crossterm::clipboard::CopyToClipboard;
        // A terminal that refuses changes nothing: the text is in a file too.
        let _ = execute!(stdout(), CopyToClipboard::to_clipboard_from(text));
        let _ = stdout().flush();
    }

    fn open(&mut self, path: &Path) -> Result<(), String> {
        // Detached: what it prints must not reach this terminal.
        open::that_detached(path).map_err(|error| error.to_string())
    }

    fn mouse(&mut self, on: bool) {
        // A terminal without a mouse says so by doing nothing.
        let _ = terminal::set_mouse(on);
    }

    fn suspend(&mut self, mouse: bool) {
        // Failing to stop leaves the program running, which harms nobody.
        let _ = terminal::suspend(mouse);
    }
}
