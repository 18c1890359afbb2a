//! `dossier.toml`: the text of a dossier, and the dossier of a text.
//!
//! ```toml
//! # Dossier Aplomb            ← first line: marks a file written by the program
//! format = 2
//! name = "Bel Atelier"
//! created = 2026-01-15
//! assessed_with = "2026.1"    ← optional
//!
//! [assessed]                  ← what that assessment saw: `on`, `score`, `questions`
//! [answers]
//! "profil.forme" = "ei"                                        # choice, text, date, e-mail…
//! "profil.effectif" = 3                                        # number, two decimals at most
//! "vitrine.outils" = ["matomo", "youtube"]                     # several ids
//! "vitrine.mentions" = { checklist = { hebergeur = "oui", rcs = "nsp" } }
//! "profil.adresse" = { record = { line1 = "1 rue de la Paix" } }
//! "fidelite.partenaires" = { list = [ { nom = "A" } ] }
//! "socle.registre" = { status = "unknown" }                    # or "later"
//! "socle.dpo" = { status = "not-applicable", reason = "…" }
//!
//! [notes]
//! [actions]
//! [activities."contact"]      ← what the owner wrote over the record, an empty text being taken away
//! basis = "consent"           # also: absent, title, purpose, interest, persons, data, mandatory,
//! retention = "un an"         # recipients, origin, retention, archive, security, note
//! [history]
//! changes = [
//!   { at = 2026-01-15T10:00:00, answer = "profil.forme", value = "ei" },
//! ]
//!
//! [integrity]
//! answers = 8
//! sha256 = "…"                ← of every byte before this line; always the last line
//! ```
//!
//! A plain value never is a table and a table always has one of the four tags, so that the shape is
//! known without the catalogue. Texts are written on one line, hence a change of line endings made
//! by a versioning tool changes no text, and is not a correction.
//!
//! **Whole or not.** A file that begins with the marker must end with a complete `sha256` line,
//! newline included; otherwise it was cut and is damaged, even if what remains is good TOML. A file
//! without the marker was made by hand and needs no trailer. A proper prefix of a written file thus
//! never passes: either it has the marker and no complete end, or it stops inside the first line and
//! has no field at all. With a complete end, the hash tells a clean file from one corrected by hand.

use crate::domain::dossier::Dossier;

mod fault;
mod migrate;
mod read;
mod summary;
mod trailer;
mod value;
mod write;

pub use fault::{Fault, FormatError};
pub use migrate::rename_ids;
pub use summary::{HEAD_BYTES, Head, head};
pub use trailer::is_complete;

pub(crate) use read::entry as read_entry;
pub(crate) use write::entry as write_entry;

/// The format written by this program, and the newest it reads.
pub const FORMAT: u64 = 2;

/// What the first line of a written file starts with.
pub const MARKER: &str = "# Dossier Aplomb";

/// The largest snapshot read or written.
pub const MAX_BYTES: u64 = 16 << 20;

/// How far a text can be trusted to be what the program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Byte for byte what the program wrote.
    Clean,
    /// Sound, but not what the program wrote: somebody corrected it, or made it.
    HandEdited,
}

/// A dossier and the state of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The dossier.
    pub dossier: Dossier,
    /// The state of the text it came from.
    pub state: State,
}

/// The text of a dossier; the same dossier always gives the same bytes.
pub fn write(dossier: &Dossier) -> String {
    write::dossier(dossier)
}

/// The dossier of a text.
pub fn read(text: &[u8]) -> Result<Loaded, FormatError> {
    read::dossier(text)
}
