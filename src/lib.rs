//! Aplomb: questionnaires, dated law, plan and texts for very small French businesses.
//!
//! One direction of dependency, held by `tests/architecture.rs`:
//! `domain ← content ← storage ← documents ← exports ← session ← export ← faces (tui, simple, cli)`.

pub mod cli;
pub mod content;
pub mod documents;
pub mod domain;
pub mod export;
pub mod exports;
pub mod session;
pub mod simple;
pub mod storage;
pub mod tui;
