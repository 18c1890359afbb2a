//! The core: what a catalogue and a dossier are, and what follows from them on a given day.
//!
//! Pure functions over plain data. Nothing here reads a file, a clock or a terminal, and nothing
//! here knows a rule of law: rules are data of the catalogue.

pub mod answer;
pub mod assessment;
pub mod branding;
pub mod catalogue;
pub mod condition;
pub mod document;
pub mod dossier;
pub mod explain;
pub mod identifiers;
pub mod input;
pub mod numbers;
pub mod plan;
pub mod processing;
pub mod prospect;
pub mod reason;
pub mod review;
pub mod rules;
pub mod search;
pub mod syntax;
pub mod typography;
pub mod unasked;
pub mod validity;
pub mod view;
pub mod visible;
