//! The five fictitious businesses shipped in `examples/`: each file still suits the questions, and
//! the assessment, the plan and the texts say what a good adviser would.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod bakery;
mod candle_shop;
mod common;
mod consultant;
mod every;
#[path = "../support/examples.rs"]
mod examples;
mod plumber;
mod salon;
#[path = "../support/program.rs"]
mod support;
