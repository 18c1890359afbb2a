//! Widgets: they draw and hold drafts; they hold no truth and know no screen.

pub mod digits;
pub mod field;
pub mod gauge;
pub mod markdown;
pub mod page;
pub mod radar;
