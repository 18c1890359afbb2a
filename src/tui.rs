//! The terminal interface.

pub mod event;
pub mod glyphs;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod widget;
