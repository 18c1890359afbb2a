//! Draws the pictures of the README: runs the real program in a pseudo-terminal, presses keys, and
//! turns what the terminal shows into SVG, on a light and on a dark background.
//!
//! `cargo build --release && cargo run --example captures`

use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use std::{env, fs};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const COLUMNS: u16 = 100;
const ROWS: u16 = 30;
const DAY: &str = "2026-11-23";

/// The arrow down.
const DOWN: &str = "\x1b[B";

/// One picture: file name, example shown, keys pressed one after the other.
const PICTURES: &[(&str, &str, &[&str])] = &[
    (
        "question",
        "boulangerie-martin",
        &["/", "bandeau", DOWN, "\r"],
    ),
    ("bilan", "boulangerie-martin", &["b"]),
    ("plan", "boulangerie-martin", &["p"]),
    ("documents", "bougies-maelle", &["d"]),
    (
        "texte",
        "boulangerie-martin",
        &[
            "d", DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, "\r",
        ],
    ),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let program = env::args()
        .nth(1)
        .unwrap_or_else(|| "target/release/aplomb".to_owned());
    let program = fs::canonicalize(program)?;
    for (name, example, keys) in PICTURES {
        for shade in [&LIGHT, &DARK] {
            let svg = capture(&program, example, keys, shade)?;
            fs::write(format!("docs/captures/{name}{}.svg", shade.suffix), svg)?;
        }
    }
    Ok(())
}

/// A terminal: its background, its ink, its sixteen colours.
struct Shade {
    suffix: &'static str,
    /// What the program is told of the background.
    told: &'static str,
    paper: &'static str,
    edge: &'static str,
    ink: &'static str,
    sixteen: [&'static str; 16],
}

const LIGHT: Shade = Shade {
    suffix: "",
    told: "0;15",
    paper: "#ffffff",
    edge: "#c8c8c8",
    ink: "#1c1c1c",
    sixteen: [
        "#1c1c1c", "#b3261e", "#146c2e", "#8a5a00", "#0b57a4", "#7b2d8e", "#00696d", "#5c5c5c",
        "#767676", "#b3261e", "#146c2e", "#8a5a00", "#0b57a4", "#7b2d8e", "#00696d", "#1c1c1c",
    ],
};

const DARK: Shade = Shade {
    suffix: "-sombre",
    told: "15;0",
    paper: "#16181c",
    edge: "#3a3d44",
    ink: "#e4e4e4",
    sixteen: [
        "#16181c", "#ff8a80", "#8bd49c", "#e8c36a", "#8ab4f8", "#d7a6e8", "#7fd3d8", "#c0c0c0",
        "#9a9a9a", "#ff8a80", "#8bd49c", "#e8c36a", "#8ab4f8", "#d7a6e8", "#7fd3d8", "#ffffff",
    ],
};

/// Works on a copy, so that the example itself is not touched.
fn capture(program: &Path, example: &str, keys: &[&str], shade: &Shade) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join(example);
    fs::create_dir(&copy)?;
    fs::copy(
        format!("examples/{example}/dossier.toml"),
        copy.join("dossier.toml"),
    )?;
    let size = PtySize {
        rows: ROWS,
        cols: COLUMNS,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(program);
    command.args(["--date", DAY, "--sans-souris"]);
    command.arg(&copy);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "fr_FR.UTF-8");
    command.env("COLORFGBG", shade.told);
    let mut child = pty.slave.spawn_command(command)?;
    drop(pty.slave);
    let (rows, columns) = (NonZero::new(ROWS), NonZero::new(COLUMNS));
    let (Some(rows), Some(columns)) = (rows, columns) else {
        return Err("an empty screen".into());
    };
    let parser = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
    let screen = Arc::clone(&parser);
    let mut reader = pty.master.try_clone_reader()?;
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if let Ok(mut parser) = screen.lock() {
                parser.process(&bytes[..count]);
            }
        }
    });
    let mut writer = pty.master.take_writer()?;
    thread::sleep(Duration::from_millis(600));
    for key in keys {
        // Slowly enough not to be taken for a paste; an arrow is one key.
        let presses = if key.starts_with('\x1b') {
            vec![(*key).to_owned()]
        } else {
            key.chars().map(String::from).collect()
        };
        for press in presses {
            write!(writer, "{press}")?;
            writer.flush()?;
            thread::sleep(Duration::from_millis(60));
        }
        thread::sleep(Duration::from_millis(300));
    }
    let svg = match parser.lock() {
        Ok(parser) => draw(parser.screen(), shade),
        Err(_) => return Err("the reader of the terminal stopped".into()),
    };
    child.kill()?;
    child.wait()?;
    Ok(svg)
}

const CELL: (u32, u32) = (9, 19);

fn draw(screen: &vt100::Screen, shade: &Shade) -> String {
    let (width, height) = (
        u32::from(COLUMNS) * CELL.0 + 24,
        u32::from(ROWS) * CELL.1 + 24,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\" stroke=\"{}\"/>\n",
        shade.paper, shade.edge
    );
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            if let Some(cell) = screen.cell(row, column) {
                draw_cell(&mut svg, cell, row, column, shade);
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_cell(svg: &mut String, cell: &vt100::Cell, row: u16, column: u16, shade: &Shade) {
    let (x, y) = (
        12 + u32::from(column) * CELL.0,
        12 + u32::from(row) * CELL.1,
    );
    let (mut ink, mut paper) = (
        color(cell.fgcolor(), shade.ink, shade),
        color(cell.bgcolor(), "", shade),
    );
    if cell.inverse() {
        let swapped = if paper.is_empty() {
            shade.paper.to_owned()
        } else {
            paper
        };
        paper = ink;
        ink = swapped;
    }
    if !paper.is_empty() {
        let (w, h) = CELL;
        writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>"
        )
        .unwrap_or_default();
    }
    let text = cell.contents();
    if text.trim().is_empty() {
        return;
    }
    let weight = if cell.bold() {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let y = y + 14;
    writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" fill=\"{ink}\"{weight}>{text}</text>"
    )
    .unwrap_or_default();
}

/// A colour beyond the sixteen, which every terminal draws alike: a cube of six, then greys.
fn fixed(index: u8) -> String {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let (r, g, b) = if index < 232 {
        let at = index.saturating_sub(16);
        let step = |n: u8| STEPS[usize::from(n % 6)];
        (step(at / 36), step(at / 6), step(at))
    } else {
        let grey = 8 + 10 * (index - 232);
        (grey, grey, grey)
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The sixteen colours of the terminal; the others by their value.
fn color(color: vt100::Color, default: &str, shade: &Shade) -> String {
    match color {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Idx(index) => shade
            .sixteen
            .get(usize::from(index))
            .map_or_else(|| fixed(index), |c| (*c).to_owned()),
        vt100::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    }
}
