//! What the application asks of the world.
//!
//! `App::update` never touches a file or the terminal: it returns effects, which `world` executes
//! and whose results come back to it.

use std::path::PathBuf;

use crate::domain::answer::Answer;
use crate::domain::dossier::Tracking;
use crate::export::{Exported, Format};
use crate::session::Request;

/// What to open once documents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    Nothing,
    /// The first document, in the program of the computer for it.
    File,
    /// Their folder; nothing is written.
    Folder,
}

/// Documents being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// Ids of those still to write.
    pub left: Vec<String>,
    /// How many there were at first.
    pub total: usize,
    /// In which formats.
    pub formats: Vec<Format>,
    /// What became of each file so far.
    pub files: Vec<Exported>,
    /// What to know of them.
    pub notes: Vec<String>,
    /// What to open afterwards.
    pub opened: Opened,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Record an answer.
    Answer {
        /// Question id.
        question: String,
        /// The answer.
        answer: Answer,
        /// Stay on the question afterwards.
        stay: bool,
    },
    /// Erase an answer.
    Erase {
        /// Question id.
        question: String,
    },
    /// Write a note; an empty one erases it.
    Note {
        /// Question id.
        question: String,
        /// The note.
        text: String,
    },
    /// Record a decision about an action.
    Track {
        /// Action id.
        action: String,
        /// The decision.
        tracking: Tracking,
    },
    /// Rename the dossier.
    Rename(String),
    /// Keep what the workshop leaves behind.
    Remember,
    /// Write about a processing activity.
    Record(Request),
    /// Undo the last change.
    Undo,
    /// Redo what was undone.
    Redo,
    /// Create a dossier and open it.
    Create(String),
    /// Create a copy of the example of this rank and open it.
    Example(usize),
    /// Open a dossier.
    Open(PathBuf),
    /// Copy a text to the clipboard and keep it in a file of the dossier.
    Copy {
        /// Document id.
        document: String,
        /// The text.
        text: String,
    },
    /// Go on writing documents, one at a time, so that the progress is seen.
    WriteNext(Box<Writing>),
    /// Write documents in the dossier.
    Write {
        /// One document, or all those needed.
        only: Option<String>,
        /// In which formats.
        formats: Vec<Format>,
        /// What to open afterwards.
        opened: Opened,
    },
    /// Write the assessment and the plan in the dossier.
    WriteResults,
    /// Capture the mouse, or not.
    Mouse(bool),
    /// Stop, as Ctrl+Z does in other programs.
    Suspend,
    /// Leave.
    Quit,
}
