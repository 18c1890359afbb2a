//! Documents rendered for fictitious businesses: what they say, what they leave blank, what they
//! never say, and what hostile answers do to them.
#![expect(clippy::panic, reason = "a test stops where it fails")]

mod fixture;
mod hostile;
mod narrow;
mod said;
mod shipped;
