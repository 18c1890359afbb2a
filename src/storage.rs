//! Durable storage: dossiers on disk, their journal, their lock, and the folder that holds them.
//!
//! One dossier is one folder. `dossier.toml` is the snapshot a person can read, compare and correct
//! ([`mod@format`]); `dossier.journal` holds the changes made since ([`journal`]). [`Store`] opens both,
//! and makes each change durable before it returns. Everything that touches the disk goes through
//! [`disk::Disk`], so that `tests/storage_power_loss` can cut the power at every operation.
//!
//! This layer depends on `domain` alone: it knows neither the catalogue nor any face.

pub mod checksum;
pub mod discussion;
pub mod disk;
pub mod error;
pub mod files;
mod fold;
pub mod format;
pub mod generation;
pub mod journal;
pub mod kept;
pub mod lock;
pub mod output;
mod recovery;
pub mod slug;
pub mod store;
pub mod workspace;

pub use discussion::Discussion;
pub use error::{Error, Kind};
pub use files::Files;
pub use recovery::{Backup, Recovered};
pub use store::{Notice, Opening, Store};
pub use workspace::{Summary, Workspace};
