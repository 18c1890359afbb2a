//! Exports: the assessment, the plan and the documents as files for other programs.
//!
//! Every writer is pure: the same catalogue, dossier and day give the same bytes, dates come from the
//! day of the assessment, nothing is read or written here. What a person typed is data in every
//! format: each writer escapes it by type.

pub mod activities;
pub mod csv;
pub mod docx;
pub mod file;
pub mod ics;
pub mod json;
pub mod pdf;
pub mod plan;
pub mod proof;
pub mod report;
pub mod sheet;
pub mod wording;
pub mod xlsx;

pub use file::{FileError, Format, Made, file, made};
