//! Where each text goes, gathered in one document: the paths in the menus of the sites, the tools, the papers.

use std::fmt::Write as _;

use super::rendered::{Needed, Rendered};
use crate::domain::document::Document;
use crate::domain::typography::french;

/// Its id; no document of a catalogue bears it.
pub const DOCUMENT: &str = "ou-coller";

const OPENING: &str = "Une rubrique par texte, dans l'ordre où l'on s'en sert. Le code à coller (fichiers « .fragment.html ») \
    ne contient pas les passages qui ne sont que pour vous ; les autres formats les montrent.\n";

/// Says where these documents are to be pasted; none when there is nothing to paste.
pub fn page<'c>(documents: impl Iterator<Item = &'c Document>) -> Option<Rendered> {
    let mut text = String::new();
    for document in documents {
        let (title, paste) = (document.title.trim(), document.paste.trim());
        write!(
            text,
            "\n## {title}\n\nFichiers : `{}`.\n\n{paste}\n",
            document.id
        )
        .unwrap_or_default();
    }
    if text.is_empty() {
        return None;
    }
    Some(Rendered {
        id: DOCUMENT.to_owned(),
        title: french("Où coller ces textes"),
        family: "interne".to_owned(),
        needed: Needed::Yes,
        why: french("Chaque texte a sa place."),
        markdown: french(&format!("{OPENING}{text}")),
        blanks: Vec::new(),
        elements: Vec::new(),
        clauses: Vec::new(),
        ready: true,
        private: Vec::new(),
    })
}
