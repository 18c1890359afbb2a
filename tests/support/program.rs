//! Runs the real program in a folder of its own.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses its part of the support"
)]
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A workspace of its own, and the program to run in it.
pub struct Aplomb {
    folder: TempDir,
}

/// What a run gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Aplomb {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aplomb"));
        command
            .args(args)
            .env_clear()
            .env("APLOMB_CLASSEUR", self.path("classeur"))
            .env("HOME", self.folder.path())
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "fr_FR.UTF-8")
            .current_dir(self.folder.path());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        Run {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Types a text into a command that must succeed; gives what it said.
    pub fn typed<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, text: &str) -> String {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    /// Runs a command that must succeed, and reads its JSON.
    pub fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// Creates a dossier from answers in TOML; gives its folder.
    pub fn dossier(&self, name: &str, answers: &str) -> PathBuf {
        let file = self.write("reponses.toml", answers);
        let run = self.run([
            OsStr::new("nouveau"),
            name.as_ref(),
            "--reponses".as_ref(),
            file.as_ref(),
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        PathBuf::from(run.stdout.lines().nth(1).unwrap())
    }
}

/// Every file below a folder with its bytes, to prove that nothing was touched.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                files.push((path, bytes));
            }
        }
    }
    files.sort();
    files
}

/// Tells whether a text holds something a terminal could obey.
pub fn is_safe(text: &str) -> bool {
    !text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}
