//! Errors of the command line: what, where, what to do next, and the exit code.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::content::ContentError;
use crate::content::source::SourceError;
use crate::session::SessionError;
use crate::storage;

/// An error ready to be shown.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CliError {
    /// Exit code.
    pub code: u8,
    /// What is wrong and what to do, in French.
    pub message: String,
}

/// Exit code: the answer is no.
pub const ANSWER_IS_NO: u8 = 1;
/// Exit code: wrong usage or bad input.
pub const BAD_INPUT: u8 = 2;
/// Exit code: damaged file.
pub const DAMAGED: u8 = 3;
/// Exit code: could not write.
pub const CANNOT_WRITE: u8 = 4;

impl CliError {
    /// Wrong usage or bad input.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self {
            code: BAD_INPUT,
            message: message.into(),
        }
    }

    /// Could not write.
    pub fn cannot_write(message: impl Into<String>) -> Self {
        Self {
            code: CANNOT_WRITE,
            message: message.into(),
        }
    }
}

impl From<ContentError> for CliError {
    fn from(error: ContentError) -> Self {
        let code = match &error {
            ContentError::Source(SourceError::NotText(_)) => DAMAGED,
            _ => BAD_INPUT,
        };
        Self {
            code,
            message: error.to_string(),
        }
    }
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        Self {
            code: error.exit_code(),
            message: error.to_string(),
        }
    }
}

impl From<storage::Error> for CliError {
    fn from(error: storage::Error) -> Self {
        SessionError::from(error).into()
    }
}

/// Says in French what clap says in English.
pub fn usage(error: &clap::Error) -> CliError {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let suggestion = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(context)
    .find(|text| !text.is_empty());
    let message = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') && suggestion.is_none() => format!(
            "l'option « {argument} » n'existe pas ici. Si c'est un nom ou une valeur qui commence par un tiret, mettez « -- » devant : {}",
            after_dashes(std::env::args().skip(1), &argument)
        ),
        ErrorKind::UnknownArgument => {
            format!("l'option ou l'argument « {argument} » n'existe pas ici")
        }
        ErrorKind::InvalidSubcommand => {
            format!(
                "la commande « {} » n'existe pas",
                context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("il manque : {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("« {argument} » attend une valeur"),
        ErrorKind::InvalidValue => {
            let known = context(ContextKind::ValidValue);
            format!("« {value} » ne convient pas pour « {argument} » ; valeurs possibles : {known}")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            format!(
                "« {value} » ne convient pas pour « {argument} » : {}",
                reason.unwrap_or_default()
            )
        }
        ErrorKind::ArgumentConflict => format!(
            "« {argument} » ne va pas avec « {} »",
            context(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidUtf8 => "un argument n'est pas du texte UTF-8".to_owned(),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("« {argument} » n'a pas le bon nombre de valeurs")
        }
        _ => "cette commande n'est pas comprise".to_owned(),
    };
    let suggestion =
        suggestion.map_or_else(String::new, |s| format!(" Vouliez-vous dire « {s} » ?"));
    CliError::bad_input(format!(
        "{message}.{suggestion}\nTapez « aplomb --aide » pour la liste des commandes."
    ))
}

/// The same command with « -- » before the argument taken for an option.
fn after_dashes(args: impl Iterator<Item = String>, argument: &str) -> String {
    let mut command = "aplomb".to_owned();
    for arg in args {
        if arg.starts_with(argument) {
            command.push_str(" --");
        }
        let is_plain = |c: char| c.is_alphanumeric() || "-_./=".contains(c);
        if arg.chars().all(is_plain) {
            command.push_str(&format!(" {arg}"));
        } else {
            command.push_str(&format!(" \"{arg}\""));
        }
    }
    command
}
