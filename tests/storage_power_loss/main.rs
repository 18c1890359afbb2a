//! The promise « never lost », on a simulated disk: the power is cut after every single operation, in
//! every way the model allows; each step of the protocol is removed in turn, and the loss noticed;
//! files rot; every call fails in turn.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod cuts;
mod damage;
mod failing_calls;
mod forgeries;
mod mutants;
mod script;
#[path = "../storage/simulated_disk.rs"]
mod simulated_disk;
