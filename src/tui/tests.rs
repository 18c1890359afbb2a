//! What the interface promises, tested from the keyboard.

mod contrast;
mod journeys;
mod leaving;
mod pages;
mod papers;
mod places;
mod promises;
mod record;
mod shipped;
mod slips;
mod snapshots;
mod told;
mod workshop;
mod workspace;
