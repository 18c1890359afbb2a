//! Aplomb: questionnaires, dated law, plan and texts for very small French businesses.
//!
//! One direction of dependency, held by `tests/architecture.rs`:
//! `domain ← content ← storage ← documents ← session ← faces (tui, simple, cli)`.

pub mod content;
pub mod documents;
pub mod domain;
pub mod session;
pub mod storage;
pub mod tui;
