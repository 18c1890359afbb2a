//! Getting in and out of the terminal; nothing else may change its modes.
//!
//! The guard puts everything back on drop, on panic and when a signal ends the program, once and
//! only once: restoring twice would wipe the message printed in between.

use std::io::{self, Write as _, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, read,
};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::event::{Input, split};
use super::theme::Background;

/// The terminal the program draws on.
pub type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Asks the terminal to remember the title of its window; those that cannot ignore it.
const KEEP_TITLE: &str = "\x1b[22;0t";
/// Asks the terminal to give the title back.
const GIVE_TITLE_BACK: &str = "\x1b[23;0t";

static ACTIVE: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// What reaches the loop.
#[derive(Debug)]
pub enum Signal {
    /// The user did something, at that moment.
    Input(Input, Instant),
    /// A signal asks the program to stop until it is continued.
    Stop,
    /// A signal, or the end of the terminal, asks the program to leave.
    Leave,
}

/// Gives the terminal back when it goes out of scope.
#[derive(Debug)]
pub struct Guard;

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, pastes announced, mouse on request.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        HOOK.call_once(|| {
            let previous = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                leave();
                previous(info);
            }));
        });
        ACTIVE.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(
            stdout(),
            Print(KEEP_TITLE),
            EnterAlternateScreen,
            cursor::Hide
        )?;
        // Not every terminal can: their pastes are told from keys by how fast they come.
        let _ = execute!(stdout(), EnableBracketedPaste);
        if mouse {
            set_mouse(true)?;
        }
        Ok(Self)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Puts the terminal back as it was; does nothing the second time.
pub fn leave() {
    if ACTIVE.swap(false, Ordering::SeqCst) {
        // Each step is tried whatever became of the previous one: there is no one to tell.
        let mut out = stdout();
        let _ = execute!(out, DisableMouseCapture);
        let _ = execute!(out, DisableBracketedPaste);
        let _ = execute!(
            out,
            LeaveAlternateScreen,
            cursor::Show,
            Print(GIVE_TITLE_BACK)
        );
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// Turns mouse capture on or off.
pub fn set_mouse(on: bool) -> io::Result<()> {
    if on {
        execute!(stdout(), EnableMouseCapture)
    } else {
        execute!(stdout(), DisableMouseCapture)
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    // A title is a comfort: a terminal that refuses it changes nothing.
    let _ = execute!(stdout(), SetTitle(title));
}

/// Stops the program as the shell would, and takes the terminal again when it goes on.
#[cfg(unix)]
pub fn suspend(mouse: bool) -> io::Result<()> {
    leave();
    signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)?;
    // The guard of the caller is still there to give the terminal back.
    std::mem::forget(Guard::enter(mouse)?);
    Ok(())
}

/// Nothing to stop into outside Unix.
#[cfg(not(unix))]
pub fn suspend(_mouse: bool) -> io::Result<()> {
    Ok(())
}

/// Reads the terminal and the signals on their own threads, so that the loop sleeps until needed.
pub fn listen(to: &Sender<Signal>) -> io::Result<()> {
    let events = to.clone();
    thread::Builder::new()
        .name("terminal".to_owned())
        .spawn(move || {
            while let Ok(event) = read() {
                for input in split(event) {
                    if events.send(Signal::Input(input, Instant::now())).is_err() {
                        return;
                    }
                }
            }
            // The terminal is gone, and the loop may be too.
            let _ = events.send(Signal::Leave);
        })?;
    listen_to_signals(to)
}

#[cfg(unix)]
fn listen_to_signals(to: &Sender<Signal>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let known = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP];
    let mut signals = signal_hook::iterator::Signals::new(known)?;
    let to = to.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let asked = if signal == SIGTSTP {
                    Signal::Stop
                } else {
                    Signal::Leave
                };
                // The loop may already be gone, and then there is nothing to end.
                if to.send(asked).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_signals(_to: &Sender<Signal>) -> io::Result<()> {
    Ok(())
}

/// Asks the terminal whether its background is light, within 100 ms; then looks at `COLORFGBG`.
pub fn background() -> Background {
    use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};
    let mut options = QueryOptions::default();
    options.timeout = Duration::from_millis(100);
    match theme_mode(options) {
        Ok(ThemeMode::Dark) => Background::Dark,
        Ok(ThemeMode::Light) => Background::Light,
        Err(_) => std::env::var("COLORFGBG").map_or(Background::Unknown, |v| from_colorfgbg(&v)),
    }
}

fn from_colorfgbg(value: &str) -> Background {
    match value
        .rsplit(';')
        .next()
        .and_then(|part| part.parse::<u8>().ok())
    {
        Some(7 | 15) => Background::Light,
        Some(0..=6 | 8) => Background::Dark,
        _ => Background::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colorfgbg_is_read() {
        assert_eq!(from_colorfgbg("0;15"), Background::Light);
        assert_eq!(from_colorfgbg("15;default;0"), Background::Dark);
        assert_eq!(from_colorfgbg("rubbish"), Background::Unknown);
    }
}
