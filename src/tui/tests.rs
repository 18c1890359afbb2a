//! What the interface promises, tested from the keyboard.

mod journeys;
mod promises;
mod shipped;
mod snapshots;
