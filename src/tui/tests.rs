//! What the interface promises, tested from the keyboard.

mod contrast;
mod journeys;
mod promises;
mod shipped;
mod snapshots;
mod workshop;
mod workspace;
