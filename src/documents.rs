//! Documents: texts generated from answers, with the proof of what each passage says.
//!
//! [`render()`] is pure: same catalogue, dossier and date, same bytes. It never states what no answer
//! supports: what is missing stays a visible blank, tied to the question that fills it. Answers are
//! data, escaped for Markdown by the engine, and reach every other format through Markdown.
//! Nothing here reads or writes a file.

mod activity;
mod blank;
mod engine;
mod material;
mod named;
mod render;
mod rendered;
mod room;
mod scan;
mod vocabulary;

pub mod check;
pub mod escape;
pub mod french;
pub mod markdown;
pub mod output;
pub mod pasting;
pub mod record;
pub mod sorting;
pub mod why;
pub mod wording;

pub use blank::{ACTIVITY, Blank, PREFIX as BLANK_PREFIX};
pub use render::{DocumentError, render, render_all, render_seen};
pub use rendered::{ClauseTrace, ElementState, Needed, Rendered, published};
