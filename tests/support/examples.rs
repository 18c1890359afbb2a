//! The five dossiers shipped in `examples/`, with the content they are read under.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses its part of the support"
)]
#![expect(clippy::panic, reason = "a test stops where it fails")]

use std::sync::LazyLock;

use aplomb::content;
use aplomb::domain::catalogue::Catalogue;
use aplomb::domain::dossier::Dossier;
use aplomb::storage::format;
use jiff::civil::{Date, date};

/// The day the examples were filled in.
pub const DAY: Date = date(2026, 11, 23);

/// The file of each example, by the name of its folder.
pub const FILES: [(&str, &[u8]); 5] = [
    (
        "boulangerie-martin",
        include_bytes!("../../examples/boulangerie-martin/dossier.toml"),
    ),
    (
        "bougies-maelle",
        include_bytes!("../../examples/bougies-maelle/dossier.toml"),
    ),
    (
        "salon-eclat",
        include_bytes!("../../examples/salon-eclat/dossier.toml"),
    ),
    (
        "plomberie-durand",
        include_bytes!("../../examples/plomberie-durand/dossier.toml"),
    ),
    (
        "aurore-conseil",
        include_bytes!("../../examples/aurore-conseil/dossier.toml"),
    ),
];

/// The shipped content.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| match content::load(None) {
    Ok(content) => content.catalogue,
    Err(fault) => panic!("{fault}"),
});

/// Each example, by the name of its folder.
pub fn all() -> [(&'static str, Dossier); 5] {
    FILES.map(|(slug, _)| (slug, example(slug)))
}

/// The file of one example.
pub fn file(slug: &str) -> &'static [u8] {
    match FILES.iter().find(|(id, _)| *id == slug) {
        Some((_, bytes)) => bytes,
        None => panic!("no example is named {slug}"),
    }
}

/// One example.
pub fn example(slug: &str) -> Dossier {
    match format::read(file(slug)) {
        Ok(read) => read.dossier,
        Err(fault) => panic!("{slug}: {fault}"),
    }
}
