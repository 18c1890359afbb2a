//! What a key costs, up to the frame it draws in a window of 200 × 60, and what starting costs.
//!
//! The dossier is the shipped example of the bakery, every question answered; the terminal is a
//! buffer in memory, so the figures leave out what the real terminal takes.
#![expect(clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use std::path::Path;
use std::sync::Arc;

use aplomb::content::{self, Content};
use aplomb::storage::Workspace;
use aplomb::tui::app::{App, Message, Settings};
use aplomb::tui::effect::Effect;
use aplomb::tui::event::{Input, Key};
use aplomb::tui::frame;
use aplomb::tui::world::{Host, World};
use crossterm::event::KeyCode;
use divan::Bencher;
use jiff::civil::{DateTime, date};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// A computer that opens and copies nothing.
struct Nobody;

impl Host for Nobody {
    fn copy(&mut self, _text: &str) {}
    fn open(&mut self, _path: &Path) -> Result<(), String> {
        Ok(())
    }
    fn mouse(&mut self, _on: bool) {}
    fn suspend(&mut self, _mouse: bool) {}
}

fn noon() -> DateTime {
    date(2026, 11, 23).at(12, 0, 0, 0)
}

fn load() -> Arc<Content> {
    Arc::new(content::load(None).unwrap_or_else(|error| unreachable!("{error}")))
}

struct Desk {
    app: App,
    world: World,
    terminal: Terminal<TestBackend>,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The program on its first screen.
    fn new(content: Arc<Content>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World {
            content,
            workspace: Workspace::at(folder.path()),
            date: date(2026, 11, 23),
            clock: noon,
        };
        let app = App::new(String::new(), world.list().unwrap(), Settings::default());
        Self {
            app,
            world,
            terminal: Terminal::new(TestBackend::new(200, 60)).unwrap(),
            _folder: folder,
        }
    }

    /// The example of the bakery, on a screen reached by letters.
    fn on(letters: &str) -> Self {
        let mut desk = Self::new(load());
        desk.settle(vec![Effect::Example(0)]);
        for c in letters.chars() {
            desk.press(Key::char(c));
        }
        desk
    }

    fn settle(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let did = self.world.perform(&mut self.app, &mut Nobody, effect);
            let next = self.app.update(Message::Did(did));
            self.settle(next);
        }
    }

    fn press(&mut self, key: Key) {
        let effects = self.app.update(Message::Input(Input::Key(key)));
        self.settle(effects);
        self.draw();
    }

    fn draw(&mut self) {
        let app = &self.app;
        let mut map = frame::HitMap::default();
        self.terminal
            .draw(|frame| map = frame::draw(app, frame))
            .unwrap();
        self.app.seen = map.seen;
    }

    /// Down, then up: two keys, two frames.
    fn bench(mut self, bencher: Bencher) {
        bencher.bench_local(|| {
            self.press(Key::code(KeyCode::Down));
            self.press(Key::code(KeyCode::Up));
        });
    }
}

/// Loading the content, building the application, drawing the first frame.
#[divan::bench]
fn start_to_first_frame(bencher: Bencher) {
    bencher.bench_local(|| {
        let mut desk = Desk::new(load());
        desk.draw();
    });
}

/// Opening a dossier and drawing its page.
#[divan::bench]
fn open_a_dossier(bencher: Bencher) {
    bencher.bench_local(|| {
        let mut desk = Desk::on("");
        desk.draw();
    });
}

#[divan::bench]
fn two_keys_on_a_question(bencher: Bencher) {
    let mut desk = Desk::on("");
    desk.app.ask("vitrine.mentions");
    desk.draw();
    desk.bench(bencher);
}

#[divan::bench]
fn two_keys_on_the_assessment(bencher: Bencher) {
    Desk::on("b").bench(bencher);
}

#[divan::bench]
fn two_keys_on_what_if(bencher: Bencher) {
    Desk::on("bh").bench(bencher);
}

#[divan::bench]
fn two_keys_on_the_plan(bencher: Bencher) {
    Desk::on("pv").bench(bencher);
}

#[divan::bench]
fn two_keys_on_the_documents(bencher: Bencher) {
    Desk::on("d").bench(bencher);
}

/// Answering: on disk, assessed again, the next question drawn.
#[divan::bench]
fn an_answer(bencher: Bencher) {
    let mut desk = Desk::on("");
    bencher.bench_local(|| {
        desk.app.ask("vitrine.mentions");
        desk.press(Key::char('2'));
        desk.press(Key::code(KeyCode::Enter));
    });
}
