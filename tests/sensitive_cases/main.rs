//! The cases where the program must not pretend: it says plainly whom to see, and does not conclude.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dossier;
mod lawyer;
mod other_laws;
#[path = "../support/program.rs"]
mod support;
mod wording;
