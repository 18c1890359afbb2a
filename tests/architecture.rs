//! The direction of dependency, and a few rules a compiler does not hold.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("content", &["domain"]),
    ("storage", &["domain"]),
    ("documents", &["domain"]),
    ("exports", &["domain", "documents"]),
    ("session", &["domain", "content", "storage"]),
    (
        "export",
        &[
            "domain",
            "content",
            "storage",
            "documents",
            "exports",
            "session",
        ],
    ),
    (
        "tui",
        &[
            "domain",
            "content",
            "storage",
            "documents",
            "session",
            "export",
        ],
    ),
    (
        "simple",
        &[
            "domain",
            "content",
            "storage",
            "documents",
            "session",
            "export",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "content",
            "storage",
            "documents",
            "session",
            "exports",
            "export",
            "tui",
            "simple",
        ],
    ),
];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn all() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// `src/tui/screen/home.rs` → `tui`.
fn layer(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_str()
        .unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of the crate a file names: `crate::x`, and `crate::{x, y}`.
fn used(text: &str) -> Vec<String> {
    let word = |rest: &str| -> String {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut used = Vec::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = &text[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = &list[..list.find(';').unwrap_or(list.len())];
                used.extend(list.split(',').map(|item| word(item.trim())));
            }
            None => used.push(word(rest)),
        }
    }
    used
}

#[test]
fn dependencies_go_one_way() {
    let known: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let own = layer(&path);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            assert!(
                matches!(own.as_str(), "lib" | "main" | "build"),
                "{own} is not a known layer"
            );
            continue;
        };
        for module in used(&text)
            .into_iter()
            .filter(|m| known.contains(&m.as_str()))
        {
            if module != own && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{} uses {module}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_touches_neither_disk_nor_clock_nor_terminal() {
    let forbidden = [
        "std::fs",
        "std::io",
        "std::env",
        "SystemTime",
        "Zoned::now",
        "toml::",
        "ratatui",
        "crossterm",
    ];
    for (path, text) in all()
        .into_iter()
        .filter(|(path, _)| layer(path) == "domain")
    {
        for word in forbidden {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

/// The command line writes through its own functions; a build script speaks to cargo by printing.
#[test]
fn only_the_command_line_prints() {
    for (path, text) in all().into_iter().filter(|(path, _)| layer(path) != "build") {
        for call in ["println!(", "print!(", "eprintln!(", "eprint!("] {
            assert!(!text.contains(call), "{} calls {call}", path.display());
        }
    }
}

#[test]
fn files_stay_small() {
    for (path, text) in all() {
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let lines = code.lines().count();
        assert!(
            lines <= 600,
            "{} has {lines} lines outside tests",
            path.display()
        );
    }
}

#[test]
fn no_mod_rs() {
    for (path, _) in all() {
        assert_ne!(path.file_name().unwrap(), "mod.rs", "{}", path.display());
    }
}
