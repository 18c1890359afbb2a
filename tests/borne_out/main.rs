//! What the record and the texts say of an activity is borne out by the answers.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "../support/examples.rs"]
mod examples;
mod orders;
mod people;
mod provisos;
mod texts;
mod trackers;
