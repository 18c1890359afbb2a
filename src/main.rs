//! The `aplomb` program; everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A command handles tens of thousands of short texts: see `docs/performances.md`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    aplomb::cli::main()
}
