//! Fonts of the page: a few faces cut to Latin, and the shapes of words.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_normalization::UnicodeNormalization as _;

use super::PdfError;

/// The sign drawn for a character no face has.
pub(super) const MISSING: char = '□';

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

const FACES: [(Face, &[u8]); 4] = [
    (Face::Regular, include_bytes!("polices/Inter-Regular.otf")),
    (Face::Bold, include_bytes!("polices/Inter-Bold.otf")),
    (Face::Italic, include_bytes!("polices/Inter-Italic.otf")),
    (
        Face::BoldItalic,
        include_bytes!("polices/Inter-BoldItalic.otf"),
    ),
];

/// A word ready to be drawn, for a size of 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Shaped {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

impl Shaped {
    /// Puts another word after this one.
    pub(super) fn append(&mut self, other: &Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.width += other.width;
        self.glyphs
            .extend(other.glyphs.iter().map(|glyph| KrillaGlyph {
                text_range: glyph.text_range.start + start..glyph.text_range.end + start,
                ..glyph.clone()
            }));
    }
}

struct Loaded {
    drawn: Font,
    shaped: rustybuzz::Face<'static>,
}

/// The faces, and the words met so far.
pub(super) struct Fonts {
    faces: HashMap<Face, Loaded>,
    words: HashMap<(Face, String), Rc<Shaped>>,
    /// Characters no face has, met so far.
    pub(super) lacking: BTreeSet<char>,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, PdfError> {
        let mut faces = HashMap::new();
        for (face, bytes) in FACES {
            let drawn = Font::new(bytes.into(), 0).ok_or(PdfError::Font)?;
            let shaped = rustybuzz::Face::from_slice(bytes, 0).ok_or(PdfError::Font)?;
            faces.insert(face, Loaded { drawn, shaped });
        }
        Ok(Self {
            faces,
            words: HashMap::new(),
            lacking: BTreeSet::new(),
        })
    }

    /// The face to draw with.
    pub(super) fn face(&self, face: Face) -> Option<Font> {
        self.faces.get(&face).map(|loaded| loaded.drawn.clone())
    }

    fn has(&self, face: Face, c: char) -> bool {
        self.faces
            .get(&face)
            .and_then(|loaded| loaded.shaped.glyph_index(c))
            .is_some_and(|glyph| glyph.0 != 0)
    }

    /// A text with signs in the place of what the face lacks.
    pub(super) fn fit(&mut self, text: &str, face: Face) -> String {
        text.nfc()
            .filter_map(readable)
            .map(|c| {
                if self.has(face, c) {
                    return c;
                }
                self.lacking.insert(c);
                MISSING
            })
            .collect()
    }

    /// Shapes a word that [`Self::fit`] has been through.
    pub(super) fn shape(&mut self, word: &str, face: Face) -> Rc<Shaped> {
        let key = (face, word.to_owned());
        if let Some(known) = self.words.get(&key) {
            return Rc::clone(known);
        }
        let shaped = Rc::new(match self.faces.get(&face) {
            Some(loaded) => shape(word, &loaded.shaped),
            None => Shaped::default(),
        });
        self.words.insert(key, Rc::clone(&shaped));
        shaped
    }
}

/// What a character is drawn as: a box to tick has the look of an empty square, marks that only
/// direct the writing are left out.
fn readable(c: char) -> Option<char> {
    match c {
        '\u{2610}' => Some('\u{25a1}'),
        '\u{2611}' => Some('\u{2713}'),
        '\t' | '\n' | '\r' => Some(' '),
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' => {
            None
        }
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn shape(word: &str, face: &rustybuzz::Face<'_>) -> Shaped {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(word);
    buffer.guess_segment_properties();
    buffer.set_direction(Direction::LeftToRight);
    let output = rustybuzz::shape(face, &[], buffer);
    let em = face.units_per_em() as f32;
    let infos = output.glyph_infos();
    let mut shaped = Shaped {
        text: word.to_owned(),
        glyphs: Vec::with_capacity(infos.len()),
        width: 0.0,
    };
    for (at, (info, position)) in infos.iter().zip(output.glyph_positions()).enumerate() {
        let start = info.cluster as usize;
        let next = infos[at..]
            .iter()
            .find(|other| other.cluster > info.cluster);
        let end = next.map_or(word.len(), |other| other.cluster as usize);
        let part = |value: i32| value as f32 / em;
        shaped.width += part(position.x_advance);
        shaped.glyphs.push(KrillaGlyph {
            glyph_id: GlyphId::new(info.glyph_id),
            text_range: start..end,
            x_advance: part(position.x_advance),
            x_offset: part(position.x_offset),
            y_offset: part(position.y_offset),
            y_advance: part(position.y_advance),
            location: None,
        });
    }
    shaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_is_drawn_as_written_and_the_rest_becomes_a_sign() {
        let mut fonts = Fonts::load().unwrap_or_else(|error| unreachable!("{error}"));
        let french =
            "« À l’œuvre\u{a0}: ça coûte 1\u{202f}234\u{a0}€\u{202f}! Ÿ, n°\u{a0}1 → ≥ −2 — … ✓";
        assert_eq!(fonts.fit(french, Face::Regular), french);
        assert!(fonts.lacking.is_empty());
        assert_eq!(fonts.fit("☐ oui", Face::Bold), "□ oui");
        assert!(fonts.lacking.is_empty());
        assert_eq!(fonts.fit("a 漢 \u{1f600}\u{fe0f}é", Face::Italic), "a □ □é");
        assert_eq!(fonts.lacking, BTreeSet::from(['漢', '\u{1f600}']));
    }

    #[test]
    fn every_glyph_stands_for_its_letters() {
        let mut fonts = Fonts::load().unwrap_or_else(|error| unreachable!("{error}"));
        let shaped = fonts.shape("l’École", Face::Regular);
        let read: String = shaped
            .glyphs
            .iter()
            .map(|g| &shaped.text[g.text_range.clone()])
            .collect();
        assert_eq!(read, "l’École");
        assert!(shaped.width > 2.0);
    }
}
