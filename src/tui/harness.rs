//! Test harness: key scripts written for humans, frames as text and as roles.
//!
//! `harness.keys("o<tab>12 500<entrée>?")` types; [`Harness::screen`] gives the text of the frame and
//! [`Harness::styled`] the text followed by each run of cells in a role.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crossterm::event::KeyCode;
use jiff::civil::{Date, DateTime, date};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::app::{App, Message, Settings};
use super::desk::Desk;
use super::event::{Input, Key};
use super::frame::{self, HitMap};
use super::glyphs::GlyphSet;
use super::theme::{Background, ROLES, Role, Theme, ThemeName};
use super::world::{Host, World};
use crate::content::source::Sources;
use crate::content::{self, Content};
use crate::storage::Workspace;

/// The day tests live on.
pub const TODAY: Date = date(2026, 11, 23);

fn noon() -> DateTime {
    TODAY.at(12, 0, 0, 0)
}

/// A small made-up catalogue with every kind of question, loaded once.
pub fn demo() -> Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    let load = || {
        let file = |name: &str, text: &str| (format!("questionnaires/{name}"), text.to_owned());
        let sources = Sources::from_texts([
            file("demo.toml", include_str!("tests/demo.toml")),
            file("site.toml", include_str!("tests/site.toml")),
            file("mentions.toml", include_str!("tests/mentions.toml")),
        ]);
        match content::from_sources(sources) {
            Ok(content) => Arc::new(content.into()),
            Err(faults) => panic!("{faults}"),
        }
    };
    Arc::clone(CONTENT.get_or_init(load))
}

/// A terminal that remembers what was asked of it.
#[derive(Debug, Default)]
pub struct Recorder {
    /// Texts copied.
    pub copied: Vec<String>,
    /// Paths opened.
    pub opened: Vec<PathBuf>,
    /// Mouse modes.
    pub mouse: Vec<bool>,
}

impl Host for Recorder {
    fn copy(&mut self, text: &str) {
        self.copied.push(text.to_owned());
    }
    fn open(&mut self, path: &Path) -> Result<(), String> {
        self.opened.push(path.to_owned());
        Ok(())
    }
    fn mouse(&mut self, on: bool) {
        self.mouse.push(on);
    }
    fn suspend(&mut self, _mouse: bool) {}
}

/// An application on a fake terminal and a real folder.
pub struct Harness {
    /// The application.
    pub app: App,
    /// What it asked of the terminal.
    pub host: Recorder,
    /// What the last frame drew where.
    pub map: HitMap,
    /// What was said while documents were being written.
    pub shown: Vec<String>,
    /// Where the cursor was set.
    pub cursor: Option<(u16, u16)>,
    world: World,
    terminal: Terminal<TestBackend>,
    _folder: tempfile::TempDir,
}

impl Harness {
    /// A fresh workspace in a window of this size.
    pub fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, demo())
    }

    /// A fresh workspace over other content.
    pub fn with(width: u16, height: u16, content: Arc<Content>) -> Self {
        // Memory where there is some: every answer is flushed to disk.
        let folder = tempfile::tempdir_in("/dev/shm")
            .or_else(|_| tempfile::tempdir())
            .expect("temporary folder");
        let world = World {
            content,
            workspace: Workspace::at(folder.path().join("Aplomb")),
            date: TODAY,
            clock: noon,
        };
        let settings = Settings {
            theme: ThemeName::Mono,
            background: Background::Unknown,
            shades: false,
            set: GlyphSet::Standard,
            mouse: true,
            colourless: false,
        };
        let app = App::new(
            "/Documents/Aplomb".to_owned(),
            world.list().expect("list"),
            settings,
        );
        let mut harness = Self {
            app,
            host: Recorder::default(),
            map: HitMap::default(),
            shown: Vec::new(),
            cursor: None,
            world,
            terminal: Terminal::new(TestBackend::new(width, height)).expect("terminal"),
            _folder: folder,
        };
        harness.draw();
        harness
    }

    /// Creates a dossier and stands on its page.
    pub fn dossier(self) -> Self {
        self.keys("<entrée>Boulangerie Martin<entrée>")
    }

    /// Uses a glyph set.
    pub fn glyphs(mut self, set: GlyphSet) -> Self {
        self.app.settings.set = set;
        self.draw();
        self
    }

    /// Sends an input, executes what follows, draws.
    pub fn send(&mut self, input: Input) {
        let effects = match input {
            Input::Click(column, row) => match self.map.at(column, row) {
                Some(hit) => self.app.update(Message::Hit(hit)),
                None => Vec::new(),
            },
            Input::Resize(width, height) => {
                self.terminal.backend_mut().resize(width, height);
                // The cursor of a terminal is in its window, even while it is hidden.
                let corner = self.terminal.set_cursor_position((0, 0));
                corner.expect("cursor");
                self.app.update(Message::Input(input))
            }
            input => self.app.update(Message::Input(input)),
        };
        self.settle(effects);
        self.look();
        self.draw();
    }

    /// Looks at the dossiers on screen, as the loop does while nobody types.
    fn look(&mut self) {
        while self.world.look(&mut self.app) {}
    }

    /// Leaves, and opens the same folder again in a new window.
    pub fn reopened(mut self) -> Self {
        let folder = self.folder();
        super::world::put_away(&mut self.app);
        let desk = self.world.open(&folder).expect("it opens");
        let settings = self.app.settings;
        let listed = self.world.list().expect("list");
        self.app = App::new("/Documents/Aplomb".to_owned(), listed, settings);
        self.app
            .update(Message::Did(super::app::Did::Opened(Ok(desk))));
        self.draw();
        self
    }

    fn settle(&mut self, effects: Vec<crate::tui::effect::Effect>) {
        let shown = &mut self.shown;
        super::settle(
            &mut self.app,
            &self.world,
            &mut self.host,
            effects,
            &mut |app| {
                shown.extend(app.notice.clone().map(|(_, words)| words));
                Ok(())
            },
        )
        .expect("settle");
    }

    /// Types a script: characters, and keys between angle brackets.
    pub fn press(&mut self, script: &str) {
        for key in parse(script) {
            self.send(Input::Key(key));
        }
    }

    /// Types a script, drawing only the last frame: scrolling does not matter to it.
    pub fn quickly(mut self, script: &str) -> Self {
        for key in parse(script) {
            let effects = self.app.update(Message::Input(Input::Key(key)));
            self.settle(effects);
        }
        self.draw();
        self
    }

    /// Types a script.
    pub fn keys(mut self, script: &str) -> Self {
        self.press(script);
        self
    }

    fn draw(&mut self) {
        let mut map = HitMap::default();
        let app = &self.app;
        let mut drawn = None;
        self.terminal
            .draw(|frame| {
                map = frame::draw(app, frame);
                drawn = Some(frame.area());
            })
            .expect("draw");
        self.app.seen = map.seen;
        self.map = map;
        let position = self.terminal.get_cursor_position().expect("cursor");
        self.cursor = Some((position.x, position.y));
    }

    /// The frame as text, without trailing spaces.
    pub fn screen(&mut self) -> String {
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let area = buffer.area;
        (0..area.height)
            .map(|y| {
                let row: String = (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
                row.replace('\u{a0}', " ").trim_end().to_owned()
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The frame in a theme, cell by cell.
    pub fn painted(&mut self, theme: Theme) -> Buffer {
        let kept = std::mem::replace(&mut self.app.theme, theme);
        self.draw();
        self.app.theme = kept;
        self.terminal.backend().buffer().clone()
    }

    /// The role of a cell of a frame painted in [`Theme::roles`].
    pub fn role(cell: &Cell) -> Role {
        match cell.fg {
            Color::Indexed(n) => ROLES[usize::from(n - 100)],
            _ => Role::Text,
        }
    }

    /// The dossier opened once more, as a second window does.
    pub fn second_window(&self) -> Box<Desk> {
        self.world.open(&self.folder()).expect("it opens")
    }

    /// The frame as text, then the runs of each role, row by row.
    pub fn styled(&mut self) -> String {
        let mut out = self.screen();
        let buffer = self.painted(Theme::roles());
        let area = buffer.area;
        out.push_str("\n---");
        for y in 0..area.height {
            let mut runs: Vec<(Role, String)> = Vec::new();
            for x in 0..area.width {
                let cell = &buffer[(x, y)];
                let role = Self::role(cell);
                match runs.last_mut() {
                    Some((last, text)) if *last == role => text.push_str(cell.symbol()),
                    _ => runs.push((role, cell.symbol().to_owned())),
                }
            }
            let told: Vec<String> = runs
                .iter()
                .filter(|(role, text)| {
                    !matches!(role, Role::Text | Role::Border) && !text.trim().is_empty()
                })
                .map(|(role, text)| format!("[{role:?}] {}", text.trim().replace('\u{a0}', " ")))
                .collect();
            if !told.is_empty() {
                out.push_str(&format!("\n{y:>2} {}", told.join("  ")));
            }
        }
        out
    }

    /// Folder of the open dossier.
    pub fn folder(&self) -> PathBuf {
        let desk = self.app.desk.as_ref().expect("an open dossier");
        desk.session.store().dir().to_owned()
    }
}

/// Keys of a script: `a<bas><entrée><ctrl-z><maj-tab>`.
pub fn parse(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest.find('>')
            && end > 1
        {
            keys.push(named(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            keys.push(Key::char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}

fn named(name: &str) -> Key {
    if let Some(letter) = name.strip_prefix("ctrl-") {
        return Key::ctrl(letter.chars().next().expect("a letter"));
    }
    Key::code(match name {
        "entrée" | "enter" => KeyCode::Enter,
        "échap" | "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "maj-tab" => KeyCode::BackTab,
        "haut" => KeyCode::Up,
        "bas" => KeyCode::Down,
        "gauche" => KeyCode::Left,
        "droite" => KeyCode::Right,
        "espace" => KeyCode::Char(' '),
        "effacer" => KeyCode::Backspace,
        "page-haut" => KeyCode::PageUp,
        "page-bas" => KeyCode::PageDown,
        "début" => KeyCode::Home,
        "fin" => KeyCode::End,
        "f1" => KeyCode::F(1),
        "f2" => KeyCode::F(2),
        other => panic!("no key is named {other}"),
    })
}
