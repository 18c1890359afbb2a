//! Accessible PDF (PDF/UA-1 and PDF/A-2a): tagged, with bookmarks, fonts inside, the same bytes
//! each time.
//!
//! Markdown becomes blocks (`blocks`), words become lines (`lines`), blocks go on pages
//! (`layout`, `table`), and pages become a file (`paint`). Nothing is read from the system.

mod blocks;
mod drawing;
mod edges;
mod fonts;
mod layout;
mod lines;
mod paint;
mod picture;
mod sheet;
mod table;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use drawing::Drawing;
pub(crate) use drawing::Stroke;
pub(crate) use sheet::Rgb;

use crate::documents::escape::{clean, markdown as escape};
use crate::domain::branding::{Branding, Colour};
use crate::domain::typography::french;
use fonts::Fonts;
use layout::Layout;
use sheet::{Frame, Sheets};

/// Why a PDF could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font of the program does not open.
    #[error("le PDF n'a pas pu être fait : une police du programme ne s'ouvre pas")]
    Font,
    /// The paper has no size.
    #[error("le PDF n'a pas pu être fait : le format du papier ne convient pas")]
    Paper,
    /// The file would not be accessible.
    #[error("le PDF n'a pas pu être fait : le contrôle d'accessibilité l'a refusé ({0}).")]
    Refused(String),
}

/// What a file is about.
#[derive(Debug, Clone, Copy)]
pub struct Properties<'a> {
    /// Title, on the first page and in the window.
    pub title: &'a str,
    /// Line under the title.
    pub note: Option<&'a str>,
    /// Who it is about.
    pub author: &'a str,
    /// Day of the document.
    pub date: Date,
    /// Whether the page lies on its long side.
    pub landscape: bool,
    /// The identity put on it.
    pub branding: Option<&'a Branding>,
}

/// What stands on the pages, in order.
#[derive(Debug, Clone)]
pub enum Part {
    /// A Markdown text.
    Text(String),
    /// A drawing.
    Drawing(Drawing),
}

/// A file, and what it could not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it could not show.
    pub lacking: Lacking,
}

/// What a file could not show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Characters shown as « □ ».
    pub characters: BTreeSet<char>,
    /// Why the logo is left out, if it is.
    pub logo: Option<&'static str>,
}

impl Lacking {
    /// Adds what another file could not show.
    pub fn join(&mut self, other: Self) {
        self.characters.extend(other.characters);
        self.logo = self.logo.or(other.logo);
    }

    /// Tells it, in sentences; none when all is shown.
    pub fn told(&self) -> Vec<String> {
        let logo = self.logo.map(french);
        replaced(&self.characters).into_iter().chain(logo).collect()
    }
}

/// Colours of the pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colours {
    pub(crate) heading: Rgb,
    pub(crate) accent: Rgb,
    pub(crate) link: Rgb,
    pub(crate) tint: Rgb,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            heading: [0x1f, 0x3a, 0x5f],
            accent: [0x1a, 0x4f, 0x8b],
            link: [0x1a, 0x4f, 0x8b],
            tint: [0xf3, 0xf5, 0xf8],
        }
    }
}

impl Colours {
    /// Ours, or those of a practice.
    pub(crate) fn of(branding: Option<&Branding>) -> Self {
        let mut colours = Self::default();
        if let Some(Colour(red, green, blue)) = branding.and_then(|branding| branding.main) {
            (colours.heading, colours.link) = ([red, green, blue], [red, green, blue]);
        }
        if let Some(Colour(red, green, blue)) = branding.and_then(|branding| branding.accent) {
            colours.accent = [red, green, blue];
        }
        colours
    }
}

/// Words of a practice, as Markdown.
fn written(words: &str) -> String {
    escape(&clean(&french(words)))
}

/// Last words of a practice, if it has some, parted from the text.
fn closing(branding: Option<&Branding>) -> Option<String> {
    let words = branding?.closing.as_deref()?;
    Some(format!("---\n\n{}", written(words)))
}

/// Tells that characters were replaced; nothing when none was.
fn replaced(lacking: &BTreeSet<char>) -> Option<String> {
    if lacking.is_empty() {
        return None;
    }
    let some: Vec<String> = lacking.iter().take(12).map(char::to_string).collect();
    let more = if lacking.len() > some.len() {
        "…"
    } else {
        ""
    };
    Some(format!(
        "Le PDF n'a pas de dessin pour : {}{more}. Un « {} » les remplace ; les autres formats les gardent.",
        some.join(" "),
        fonts::MISSING
    ))
}

/// Writes a file.
pub fn write(properties: &Properties<'_>, parts: &[Part]) -> Result<Written, PdfError> {
    let logo = properties.branding.and_then(|b| b.logo.as_ref());
    let ((bytes, characters), logo) =
        picture::with_or_without(logo, |logo| made(properties, parts, logo))?;
    Ok(Written {
        bytes,
        lacking: Lacking { characters, logo },
    })
}

/// Most lines that each page gives to the last one.
const MOST_GIVEN: u8 = 8;
/// Fewest lines of a last page.
const FEWEST: f32 = 4.0;

/// The pages, each shorter by some lines, and whether the last one holds hardly a word: a few lines, or
/// the last words of a practice and nothing of the text.
fn laid_out(
    fonts: &mut Fonts,
    properties: &Properties<'_>,
    parts: &[Part],
    logo: Option<&picture::Drawn>,
    given: u8,
) -> (Sheets, bool) {
    let mut frame = Frame::a4(properties.landscape);
    frame.bottom -= f32::from(given) * layout::TEXT.leading();
    let mut layout = Layout::new(fonts, frame, Colours::of(properties.branding));
    if let Some(branding) = properties.branding {
        layout.keep_foot(branding);
        layout.masthead(branding, logo);
    }
    layout.title(properties.title, properties.note);
    for part in parts {
        match part {
            Part::Text(markdown) => layout.blocks(&blocks::blocks(markdown), None),
            Part::Drawing(drawing) => layout.drawing(drawing),
        }
    }
    let end = layout.sheets.page();
    if let Some(words) = closing(properties.branding) {
        layout.blocks(&blocks::blocks(&words), None);
    }
    let page = layout.sheets.page();
    let filled = layout.sheets.y - frame.top;
    let thin = page > 0 && (page > end || filled < FEWEST * layout::TEXT.leading());
    layout.feet(properties.title);
    (layout.sheets, thin)
}

fn made(
    properties: &Properties<'_>,
    parts: &[Part],
    logo: Option<&picture::Drawn>,
) -> Result<(Vec<u8>, BTreeSet<char>), PdfError> {
    let mut fonts = Fonts::load()?;
    let title = clean(properties.title);
    let author = clean(properties.author);
    let title = if title.trim().is_empty() {
        "Document"
    } else {
        title.trim()
    };
    let properties = Properties {
        title,
        author: &author,
        ..*properties
    };
    let (pages, thin) = laid_out(&mut fonts, &properties, parts, logo, 0);
    // Where the last page would hold hardly a word, every page gives it a line, then two…
    let mut fuller = |given| {
        let (pages, thin) = laid_out(&mut fonts, &properties, parts, logo, given);
        (!thin).then_some(pages)
    };
    let fuller = thin.then(|| (1..=MOST_GIVEN).find_map(&mut fuller));
    let sheets = fuller.flatten().unwrap_or(pages);
    Ok((paint::write(&sheets, &fonts, &properties)?, fonts.lacking))
}
