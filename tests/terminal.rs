//! The program in a pseudo-terminal: start, resize, leave, and the terminal given back.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use aplomb::storage::Store;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A running program and the screen it draws on.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    parser: Arc<Mutex<vt100::Parser>>,
    folder: tempfile::TempDir,
}

fn some(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn start(variables: &[(&str, &str)]) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_aplomb"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "fr_FR.UTF-8");
    command.env("HOME", folder.path());
    for (name, value) in variables {
        command.env(name, value);
    }
    command.args(["--classeur", folder.path().join("Aplomb").to_str().unwrap()]);
    spawn(command, folder)
}

/// The program over dossiers kept in a folder, which outlives it.
fn over(classeur: &Path, arguments: &[&str]) -> Running {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_aplomb"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "fr_FR.UTF-8");
    command.env("HOME", classeur);
    command.args(["--classeur", classeur.to_str().unwrap()]);
    command.args(arguments);
    spawn(command, tempfile::tempdir().unwrap())
}

fn spawn(command: CommandBuilder, folder: tempfile::TempDir) -> Running {
    let pty = native_pty_system().openpty(size(80, 24)).unwrap();
    let child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let parser = Arc::new(Mutex::new(vt100::Parser::new(some(24), some(80), 0)));
    let mut reader = pty.master.try_clone_reader().unwrap();
    let screen = Arc::clone(&parser);
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count) = reader.read(&mut bytes) {
            if count == 0 {
                break;
            }
            screen.lock().unwrap().process(&bytes[..count]);
        }
    });
    let writer = pty.master.take_writer().unwrap();
    Running {
        child,
        master: pty.master,
        writer,
        parser,
        folder,
    }
}

impl Running {
    fn screen(&self) -> String {
        self.parser
            .lock()
            .unwrap()
            .screen()
            .contents()
            .replace('\u{a0}', " ")
    }

    fn wait_for(&self, text: &str) -> String {
        let limit = Instant::now() + Duration::from_secs(10);
        loop {
            let screen = self.screen();
            if screen.contains(text) {
                return screen;
            }
            assert!(Instant::now() < limit, "« {text} » never came:\n{screen}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the end and checks that the terminal is as it was.
    fn given_back(&mut self) -> u32 {
        let limit = Instant::now() + Duration::from_secs(10);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < limit, "still running:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        };
        thread::sleep(Duration::from_millis(100));
        let parser = self.parser.lock().unwrap();
        let screen = parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(
            !screen.bracketed_paste(),
            "pastes are not announced any more"
        );
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        status.exit_code()
    }
}

#[test]
fn it_starts_and_gives_the_terminal_back() {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    assert!(running.parser.lock().unwrap().screen().alternate_screen());
    running.send("q");
    assert_eq!(running.given_back(), 0);
}

#[test]
fn control_c_leaves_and_says_where_the_dossier_is() {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    running.send("\r");
    running.wait_for("Quel est le nom de l'entreprise");
    running.send("Les pains\r");
    running.wait_for("Commencer");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
    assert!(
        running.screen().contains("Dossier enregistré : Les pains"),
        "{}",
        running.screen()
    );
}

#[test]
fn a_workshop_leaves_no_name_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = over(folder.path(), &["--atelier"]);
    running.wait_for("Bienvenue");
    running.send("\r");
    running.wait_for("Quel est le nom de l'entreprise");
    running.send("Les pains\r");
    running.wait_for("Commencer");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
    let screen = running.screen();
    assert!(screen.contains("Dossier enregistré."), "{screen}");
    assert!(!screen.to_lowercase().contains("pains"), "{screen}");
}

#[test]
fn signals_give_the_terminal_back() {
    for name in ["TERM", "HUP", "QUIT"] {
        let mut running = start(&[]);
        running.wait_for("Bienvenue");
        running.signal(name);
        running.given_back();
    }
}

#[test]
fn it_follows_the_size_of_the_window() {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    running
        .parser
        .lock()
        .unwrap()
        .screen_mut()
        .set_size(some(8), some(30));
    running.master.resize(size(30, 8)).unwrap();
    running.wait_for("Agrandissez");
    running
        .parser
        .lock()
        .unwrap()
        .screen_mut()
        .set_size(some(40), some(120));
    running.master.resize(size(120, 40)).unwrap();
    running.wait_for("Bienvenue");
    running.send("q");
    assert_eq!(running.given_back(), 0);
}

#[test]
fn without_colour_the_focus_is_still_reversed() {
    let mut running = start(&[("NO_COLOR", "1")]);
    running.wait_for("Bienvenue");
    running.wait_for("commandes");
    let mut reversed = 0;
    {
        let parser = running.parser.lock().unwrap();
        for (y, x) in (0..24).flat_map(|y| (0..80).map(move |x| (y, x))) {
            let cell = parser.screen().cell(y, x).unwrap();
            assert_eq!(cell.fgcolor(), vt100::Color::Default, "row {y}, column {x}");
            reversed += usize::from(cell.inverse());
        }
    }
    assert!(reversed > 10, "the focused row is reversed");
    running.send("q");
    running.given_back();
}

/// Sends three lines to the name of a business: they make one name, which nothing validates.
fn three_lines(sent: &str) {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    running.send("\r");
    running.wait_for("Quel est le nom de l'entreprise");
    running.send(sent);
    running.wait_for("[ Les pains frais");
    running.send("\x03");
    running.wait_for("n'est pas enregistré");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
}

#[test]
fn a_paste_of_three_lines_does_not_validate_announced_or_not() {
    three_lines("\x1b[200~Les\rpains\rfrais\r\x1b[201~");
    three_lines("Les\rpains\rfrais\r");
}

#[test]
fn the_mouse_presses_a_button() {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    running.send("\r");
    running.wait_for("Quel est le nom de l'entreprise");
    running.send("Les pains");
    let screen = running.wait_for("[ Les pains");
    let button = screen.lines().enumerate().find_map(|(y, line)| {
        let before = line.split_once("[ Créer")?.0;
        Some((before.chars().count() + 3, y + 1))
    });
    let (x, y) = button.unwrap();
    // Pressed, then released, as terminals tell it.
    running.send(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    running.wait_for("Commencer");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
}

#[test]
fn a_dumb_terminal_gets_lines() {
    let mut running = start(&[("TERM", "dumb")]);
    running.wait_for("Tapez le nom de l");
    running.send("quitter\r");
    assert_eq!(running.given_back(), 0);
}

/// Not a test by itself: run below, in a pseudo-terminal of its own.
#[test]
#[ignore = "panics on purpose"]
fn panic_inside() {
    let _guard = aplomb::tui::terminal::Guard::enter(true).unwrap();
    panic!("exprès");
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.env("TERM", "xterm-256color");
    command.env("RUST_BACKTRACE", "0");
    command.args(["--ignored", "--exact", "panic_inside", "--nocapture"]);
    let mut running = spawn(command, tempfile::tempdir().unwrap());
    assert_ne!(running.given_back(), 0);
    assert!(running.screen().contains("exprès"), "{}", running.screen());
}

/// State and processor time of a process, as the system tells them.
#[cfg(target_os = "linux")]
fn process(id: u32) -> (String, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let after = stat.rsplit(") ").next().unwrap();
    let fields: Vec<&str> = after.split(' ').collect();
    let time = |at: usize| fields[at].parse::<u64>().unwrap();
    (fields[0].to_owned(), time(11) + time(12))
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_turns_while_nobody_types() {
    let mut running = start(&[]);
    let id = running.child.process_id().unwrap();
    let pages = [
        ("", "Bienvenue"),
        ("x\r", "Toutes les réponses"),
        ("b", "Bilan"),
        ("p", "Plan d'action"),
        ("\x1b", "Bilan"),
    ];
    for (keys, shown) in pages {
        running.send(keys);
        running.wait_for(shown);
        thread::sleep(Duration::from_millis(500));
        let (_, before) = process(id);
        thread::sleep(Duration::from_millis(1_200));
        assert_eq!(
            process(id).1,
            before,
            "processor time while idle on {shown}"
        );
    }
    running.send("q");
    assert_eq!(running.given_back(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn it_stops_and_goes_on_with_its_screen() {
    let mut running = start(&[]);
    running.wait_for("Bienvenue");
    let stopped = |running: &Running| {
        let id = running.child.process_id().unwrap();
        let limit = Instant::now() + Duration::from_secs(10);
        while process(id).0 != "T" {
            assert!(Instant::now() < limit, "never stopped");
            thread::sleep(Duration::from_millis(10));
        }
        thread::sleep(Duration::from_millis(100));
        assert!(!running.parser.lock().unwrap().screen().alternate_screen());
        running.signal("CONT");
        running.wait_for("Bienvenue");
        assert!(running.parser.lock().unwrap().screen().alternate_screen());
    };
    running.send(":pause");
    running.wait_for("Mettre en pause");
    running.send("\r");
    stopped(&running);
    // Asked from elsewhere, twice.
    for _ in 0..2 {
        running.signal("TSTP");
        stopped(&running);
    }
    running.send("q");
    assert_eq!(running.given_back(), 0);
}

#[test]
fn a_second_window_is_told_and_may_read() {
    let mut first = start(&[]);
    first.wait_for("Bienvenue");
    first.send("\r");
    first.wait_for("Quel est le nom de l'entreprise");
    first.send("Les pains\r");
    first.wait_for("Commencer");
    // Something is under way there: nothing ended badly.
    first.send("\r");
    first.wait_for("Comment vérifier");
    first.send("2\r");
    first.wait_for("Quel est le nom exact");
    let classeur = first.folder.path().join("Aplomb");
    let mut second = over(&classeur, &["les-pains"]);
    let screen = second.wait_for("il est déjà ouvert dans une autre");
    assert!(!screen.contains("bien terminée"), "{screen}");
    second.send("\r");
    second.wait_for("Quel est le nom exact");
    second.send("Les pains\r");
    second.wait_for("! Le dossier");
    // What was typed could not be recorded: it is asked once before it is dropped.
    second.send("\x03");
    second.wait_for("n'est pas enregistré");
    second.send("\x03");
    assert_eq!(second.given_back(), 0);
    let screen = second.screen();
    assert!(
        screen.contains("Dossier lu, rien n'a été changé"),
        "{screen}"
    );
    assert!(!screen.contains("Dossier enregistré"), "{screen}");
    first.send("\x03");
    assert_eq!(first.given_back(), 0);
}

/// Keys that answer the first questions, and the start of the question that each leads to.
const ANSWERS: [(&str, &str, &str); 4] = [
    ("2\r", "profil.forme", "Quel est le nom exact"),
    ("Les pains\r", "profil.denomination", "forme juridique"),
    ("1\r", "profil.forme-juridique", "SIREN"),
    ("552100554\r", "profil.siren", "greffe"),
];

/// Kills the process as a power cut would, with no time to say goodbye.
fn kill(running: &mut Running) {
    running.signal("KILL");
    let limit = Instant::now() + Duration::from_secs(10);
    while running.child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < limit, "still running");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_killed_process_loses_no_answer_that_was_on_screen() {
    for count in 1..=ANSWERS.len() {
        let folder = tempfile::tempdir().unwrap();
        let mut running = over(folder.path(), &[]);
        running.wait_for("Bienvenue");
        running.send("\r");
        running.wait_for("Quel est le nom de l'entreprise");
        running.send("Les pains\r");
        running.wait_for("Commencer");
        running.send("\r");
        running.wait_for("Sous quelle forme");
        for (keys, _, next) in &ANSWERS[..count] {
            running.send(keys);
            running.wait_for("Enregistré");
            running.wait_for(next);
        }
        kill(&mut running);
        let dossier = folder.path().join("les-pains");
        let found = Store::open(&dossier).unwrap();
        assert!(!found.is_read_only(), "the lock went with the process");
        for (_, question, _) in &ANSWERS[..count] {
            let known = found.dossier().answers.contains_key(*question);
            assert!(known, "{question} is lost after {count} answers");
        }
        assert_eq!(found.dossier().answers.len(), count);
        found.close().unwrap();
        let stray: Vec<PathBuf> = std::fs::read_dir(&dossier)
            .unwrap()
            .map(|entry| PathBuf::from(entry.unwrap().file_name()))
            .filter(|name| name.to_string_lossy().contains("tmp"))
            .collect();
        assert!(stray.is_empty(), "{stray:?}");
        // A new window goes on where the first one stopped.
        let mut again = over(folder.path(), &["les-pains"]);
        again.wait_for("Reprendre");
        again.send("\r");
        again.wait_for(ANSWERS[count - 1].2);
        again.send("\x03");
        assert_eq!(again.given_back(), 0);
    }
}

#[test]
fn killed_lines_lose_no_answer_either() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = over(folder.path(), &["--simple"]);
    running.wait_for("Tapez le nom de l");
    running.send("Les pains\r");
    running.wait_for("Sous quelle forme");
    for (keys, _, next) in ANSWERS {
        running.send(keys);
        running.wait_for(next);
    }
    kill(&mut running);
    let found = Store::open(folder.path().join("les-pains")).unwrap();
    for (_, question, _) in ANSWERS {
        assert!(found.dossier().answers.contains_key(question), "{question}");
    }
}

/// A disk of its own, given back at the end.
struct Disk(tempfile::TempDir);

impl Disk {
    /// A small disk in memory; nothing where one may not be mounted.
    fn small() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=96k", "tmpfs"])
            .arg(folder.path())
            .output()
            .is_ok_and(|output| output.status.success());
        mounted.then_some(Self(folder))
    }

    fn remount(&self, mode: &str) {
        let done = Command::new("mount")
            .args(["-o", &format!("remount,{mode}")])
            .arg(self.0.path())
            .status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A disk still in use goes away with the processes that use it.
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// A dossier with one answer, on the second question.
fn at_the_second_question(classeur: &Path) -> Running {
    let mut running = over(classeur, &[]);
    running.wait_for("Bienvenue");
    running.send("\r");
    running.wait_for("Quel est le nom de l'entreprise");
    running.send("Les pains\r");
    running.wait_for("Commencer");
    running.send("\r");
    running.wait_for("Sous quelle forme");
    running.send("2\r");
    running.wait_for("Quel est le nom exact");
    running
}

/// Only where a disk can be mounted, which asks for the rights of an administrator.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let Some(disk) = Disk::small() else { return };
    let mut running = at_the_second_question(disk.0.path());
    let filler = disk.0.path().join("photos");
    let full = std::fs::write(&filler, vec![0; 200_000]);
    assert!(full.is_err(), "the disk is full");
    // Longer than what the last block of the journal still holds.
    let name = "pain ".repeat(900);
    running.send(&format!("\x1b[200~{name}\x1b[201~"));
    running.wait_for("pain pain");
    running.send("\r");
    running.wait_for("plein");
    let screen = running.screen();
    assert!(
        screen.contains("pain pain"),
        "what was typed stays:\n{screen}"
    );
    std::fs::remove_file(&filler).unwrap();
    running.send("\r");
    running.wait_for("forme juridique");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
    let found = Store::open(disk.0.path().join("les-pains")).unwrap();
    let kept = found.dossier().answers["profil.denomination"].text();
    assert_eq!(kept, Some(name.trim_end()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_cannot_be_written_is_said_and_nothing_is_lost() {
    let Some(disk) = Disk::small() else { return };
    let mut running = at_the_second_question(disk.0.path());
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
    disk.remount("ro");
    let mut running = over(disk.0.path(), &["les-pains"]);
    running.wait_for("lecture");
    running.send("\r");
    running.wait_for("Quel est le nom exact");
    running.send("Les pains frais\r");
    running.wait_for("! ");
    let screen = running.screen();
    assert!(
        screen.contains("Les pains frais"),
        "what was typed stays:\n{screen}"
    );
    // What is typed cannot be kept: leaving says so once, then leaves.
    running.send("\x03");
    running.wait_for("n'est pas enregistré");
    running.send("\x03");
    assert_eq!(running.given_back(), 0);
    let found = Store::open(disk.0.path().join("les-pains")).unwrap();
    assert_eq!(found.dossier().answers.len(), 1);
}

#[test]
fn a_window_closed_at_any_moment_leaves_a_whole_dossier() {
    for name in ["TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let mut running = at_the_second_question(folder.path());
        running.send("Les pa");
        running.signal(name);
        running.given_back();
        let found = Store::open(folder.path().join("les-pains")).unwrap();
        assert!(!found.is_read_only());
        assert_eq!(found.dossier().answers.len(), 1);
    }
}

#[test]
fn a_window_closed_on_a_note_records_it() {
    for name in ["TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let mut running = over(folder.path(), &[]);
        running.wait_for("Bienvenue");
        running.send("\r");
        running.wait_for("Quel est le nom de l'entreprise");
        running.send("Les pains\r");
        running.wait_for("Commencer");
        running.send("\r");
        running.wait_for("Comment vérifier");
        running.send("n");
        running.wait_for("Votre note figurera");
        running.send("voir Anne");
        running.wait_for("voir Anne");
        running.signal(name);
        running.given_back();
        let found = Store::open(folder.path().join("les-pains")).unwrap();
        let notes: Vec<&String> = found.dossier().notes.values().collect();
        assert_eq!(notes, ["voir Anne"], "{name}");
    }
}
