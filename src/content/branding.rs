//! `cabinet.toml`: the identity put on reports and documents, read and checked.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::loading;
use super::loading::diagnostic::{self, Diagnostic, Faults, Gravity};
use super::loading::reader::Reader;
use super::loading::sink::Sink;
use super::source::{self, Sources};
use crate::domain::branding::{Branding, Colour, Logo};
use crate::domain::input::is_hidden;
use crate::domain::typography::french;

/// Name of the file.
pub const FILE: &str = "cabinet.toml";

/// The heaviest logo, in bytes: every page holds a copy.
const MAX_LOGO: u64 = 128 << 10;
/// The longest text, in characters.
const MAX_TEXT: usize = 400;
/// The most lines of contact.
const MAX_LINES: usize = 8;

/// A branding and what its author should know.
#[derive(Debug, Clone)]
pub struct Authored {
    /// The branding, colours corrected.
    pub branding: Branding,
    /// Warnings, each with its place.
    pub warnings: Faults,
}

impl Authored {
    /// The warnings, a line each.
    pub fn remarks(&self) -> Vec<String> {
        let line = |warning: &Diagnostic| {
            let text = format!("{FILE} : {} ; {}.", warning.message, warning.help);
            french(&text)
        };
        self.warnings.diagnostics.iter().map(line).collect()
    }
}

/// The file of a dossier: its own, or the one of the workspace that holds it.
pub fn find(dossier: &Path) -> Option<PathBuf> {
    let own = dossier.join(FILE);
    let shared = dossier
        .canonicalize()
        .ok()
        .and_then(|dir| Some(dir.parent()?.join(FILE)));
    [Some(own), shared]
        .into_iter()
        .flatten()
        .find(|path| path.is_file())
}

/// Reads a file; every fault is reported at once, with its place.
pub fn read(path: &Path) -> Result<Authored, super::ContentError> {
    let text = source::read_file(path)?;
    let name = path.display().to_string();
    let sources = Sources::from_texts([(name, text)]);
    let mut sink = Sink::default();
    let folder = path.parent().unwrap_or(Path::new("."));
    let branding = branding(sources.get(0).1, folder, &mut sink);
    let mut diagnostics = sink.diagnostics;
    diagnostic::sort(&mut diagnostics);
    let faults = Faults {
        sources,
        diagnostics,
    };
    let is_wrong = |fault: &Diagnostic| fault.gravity == Gravity::Error;
    match branding.filter(|_| !faults.diagnostics.iter().any(is_wrong)) {
        Some(branding) => Ok(Authored {
            branding,
            warnings: faults,
        }),
        None => Err(Box::new(faults).into()),
    }
}

fn branding(text: &str, folder: &Path, sink: &mut Sink) -> Option<Branding> {
    let root = loading::root(text, sink)?;
    let span = root.span();
    let mut r = Reader::new(root.get_ref(), span, sink);
    let name = r.text("name");
    let name_span = r.span_of("name");
    bounded(&name, name_span, r.sink);
    let contact = r.texts("contact");
    for (line, span) in &contact {
        bounded(line, span.clone(), r.sink);
    }
    if contact.len() > MAX_LINES {
        let span = r.span_of("contact");
        r.sink.error(
            "trop-de-lignes",
            span,
            format!("« contact » compte {} lignes", contact.len()),
            format!("gardez-en {MAX_LINES} au plus"),
        );
    }
    let logo = r.text_opt("logo").and_then(|file| {
        let span = r.span_of("logo");
        logo(&folder.join(&file), &file, span, r.sink)
    });
    let mut optional = |key: &'static str| {
        let text = r.text_opt(key).filter(|text| !text.is_empty())?;
        let span = r.span_of(key);
        bounded(&text, span, r.sink);
        Some(text)
    };
    let (footer, closing) = (optional("footer"), optional("closing"));
    let (mut main, mut accent) = (None, None);
    if let Some((table, span)) = r.table("colours") {
        let mut c = Reader::new(table, span, r.sink);
        main = colour(&mut c, "main").map(|main| readable(main, c.span_of("main"), c.sink));
        accent = colour(&mut c, "accent");
        c.finish();
    }
    r.finish();
    Some(Branding {
        name,
        contact: contact.into_iter().map(|(line, _)| line).collect(),
        logo,
        main,
        accent,
        footer,
        closing,
    })
}

/// Refuses a text that is too long, or that holds what no page should.
fn bounded(text: &str, span: Range<usize>, sink: &mut Sink) {
    if text.chars().count() > MAX_TEXT {
        sink.error(
            "texte-long",
            span,
            "ce texte est trop long",
            format!("{MAX_TEXT} caractères au plus"),
        );
    } else if text.chars().any(|c| is_hidden(c) || c == '\n') {
        sink.error(
            "caractere-invisible",
            span,
            "ce texte contient un caractère invisible ou un retour à la ligne",
            "tapez-le de nouveau, sur une seule ligne",
        );
    }
}

fn colour(r: &mut Reader<'_, '_>, key: &'static str) -> Option<Colour> {
    let text = r.text_opt(key)?;
    let colour = Colour::parse(&text);
    if colour.is_none() {
        let span = r.span_of(key);
        r.sink.error(
            "couleur",
            span,
            format!("« {text} » n'est pas une couleur"),
            "écrivez un dièse et six chiffres hexadécimaux, comme \"#1f3a5f\"",
        );
    }
    colour
}

/// The colour, or a darker shade of it that reads on our pages, with a warning.
fn readable(colour: Colour, span: Range<usize>, sink: &mut Sink) -> Colour {
    let shade = colour.readable_on(Colour::PAGE);
    if shade != colour {
        sink.diagnostics.push(Diagnostic {
            gravity: Gravity::Warning,
            code: "contraste",
            file: sink.file,
            span,
            message: format!(
                "cette couleur se lit mal sur une page claire : contraste de {:.1}, il en faut 4,5",
                colour.contrast(Colour::PAGE)
            )
            .replacen('.', ",", 1),
            help: format!(
                "une teinte plus foncée est employée à la place ; écrivez \"#{}\" pour la choisir vous-même",
                shade.hex()
            ),
        });
    }
    shade
}

fn logo(path: &Path, name: &str, span: Range<usize>, sink: &mut Sink) -> Option<Logo> {
    let is_inside = Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    let read = if is_inside {
        match fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => Err("ce n'est pas un fichier ordinaire"),
            Ok(metadata) if metadata.len() > MAX_LOGO => {
                Err("il pèse plus de 128 Kio ; réduisez l'image")
            }
            Ok(_) => fs::read(path)
                .map_err(|_| "il est impossible de le lire ; vérifiez vos droits")
                .and_then(Logo::read),
            Err(_) => Err("il est introuvable ; le chemin part du dossier de ce fichier"),
        }
    } else {
        Err("il doit se trouver dans le dossier de ce fichier, ou plus bas")
    };
    match read {
        Ok(logo) => Some(logo),
        Err(why) => {
            sink.error(
                "logo",
                span,
                format!("le logo « {name} » ne peut pas servir"),
                why,
            );
            None
        }
    }
}
