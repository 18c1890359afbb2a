//! What `build.rs` put into the binary: the catalogue, ready to use, and the files it comes from.

use super::loading;
use super::source::Sources;
use crate::domain::catalogue::Catalogue;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The shipped catalogue.
pub(super) fn catalogue() -> Catalogue {
    // Written by the build script of this very build from the same types. Were it ever not to read
    // back, the sources would say the same.
    postcard::from_bytes(CATALOGUE)
        .or_else(|_| loading::read(&sources()).map(|loaded| loaded.catalogue))
        .map(Catalogue::indexed)
        .unwrap_or_default()
}

/// The shipped files.
pub(super) fn sources() -> Sources {
    Sources::from_embedded(FILES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_catalogue_is_the_one_of_the_sources() {
        let embedded = postcard::from_bytes::<Catalogue>(CATALOGUE).unwrap();
        let read = loading::read(&sources()).unwrap().catalogue;
        assert_eq!(
            postcard::to_allocvec(&embedded).unwrap(),
            postcard::to_allocvec(&read).unwrap()
        );
        assert!(embedded.questions.len() > 50);
    }
}
