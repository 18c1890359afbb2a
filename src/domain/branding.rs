//! The identity a consultant puts on reports and documents: name, logo, two colours, closing words.

/// What a `cabinet.toml` says, checked: nothing in it can break a page or be hard to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Branding {
    /// Name of the practice.
    pub name: String,
    /// Address, telephone, e-mail… one line each.
    pub contact: Vec<String>,
    /// The picture beside the name.
    pub logo: Option<Logo>,
    /// Titles and links; readable on a white page.
    pub main: Option<Colour>,
    /// Rules and heads of tables; [`Colour::text`] is readable on it.
    pub accent: Option<Colour>,
    /// Words at the foot of each page.
    pub footer: Option<String>,
    /// Last words of a report.
    pub closing: Option<String>,
}

/// A picture that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its format.
    pub format: Picture,
    /// The file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl Picture {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Its usual extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }
}

/// The largest side of a logo, in pixels.
const MAX_SIDE: u32 = 4000;

impl Logo {
    /// Reads a picture far enough to trust its format and its size; the fault is in French.
    pub fn read(bytes: Vec<u8>) -> Result<Self, &'static str> {
        let (format, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            (Picture::Png, png(&bytes))
        } else if bytes.starts_with(&[0xff, 0xd8]) {
            (Picture::Jpeg, jpeg(&bytes))
        } else {
            return Err(
                "ce n'est ni un PNG ni un JPEG ; enregistrez le logo dans l'un de ces formats",
            );
        };
        let (width, height) =
            size.ok_or("l'image est incomplète ou abîmée ; enregistrez-la de nouveau")?;
        if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) {
            return Err("l'image est trop grande ; 4 000 points de côté au plus");
        }
        Ok(Self {
            format,
            bytes,
            width,
            height,
        })
    }

    /// Width and height once made to fit a box, proportions kept, never enlarged.
    pub fn fit(&self, width: u32, height: u32) -> (u32, u32) {
        let (w, h) = (u64::from(self.width), u64::from(self.height));
        let (max_w, max_h) = (u64::from(width), u64::from(height));
        let (fit_w, fit_h) = if w <= max_w && h <= max_h {
            (w, h)
        } else if w * max_h > h * max_w {
            (max_w, h * max_w / w)
        } else {
            (w * max_h / h, max_h)
        };
        let side = |value: u64| u32::try_from(value.max(1)).unwrap_or(1);
        (side(fit_w), side(fit_h))
    }
}

/// Size of a PNG whose chunks follow one another to the end.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(four.try_into().ok()?))
    };
    let mut at = 8;
    let mut size = None;
    loop {
        let length = usize::try_from(number(at)?).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        if size.is_none() {
            if kind != b"IHDR" || length != 13 {
                return None;
            }
            size = Some((number(at + 8)?, number(at + 12)?));
        }
        at = at.checked_add(length)?.checked_add(12)?;
        if at > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return size;
        }
    }
}

/// Size of a JPEG, from its frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let pair = |at: usize| {
        let two = bytes.get(at..at + 2)?;
        Some(u16::from_be_bytes(two.try_into().ok()?))
    };
    if !bytes.ends_with(&[0xff, 0xd9]) {
        return None;
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((pair(at + 7)?.into(), pair(at + 5)?.into()));
        }
        let length = usize::from(pair(at + 2)?);
        if length < 2 || marker == 0xda {
            return None;
        }
        at += 2 + length;
    }
}

/// A colour, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The least contrast of a text with what is behind it (WCAG 2, level AA).
const READABLE: f64 = 4.5;

impl Colour {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self(0, 0, 0);
    /// What is behind the text of our pages, at its worst: the boxes of the report.
    pub const PAGE: Self = Self(0xf3, 0xf5, 0xf8);
    /// The same at night.
    pub const DARK_PAGE: Self = Self(0x20, 0x24, 0x2a);

    /// Reads « #1f3a5f ».
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Six hexadecimal digits, without a hash.
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// Tells whether a text in this colour can be read on a page.
    pub fn is_readable_on(self, page: Self) -> bool {
        self.contrast(page) >= READABLE
    }

    /// The nearest shade that can be read on a page: darker on a light one, lighter on a dark one.
    #[must_use]
    pub fn readable_on(self, page: Self) -> Self {
        let end = if page.luminance() > 0.18 {
            Self::BLACK
        } else {
            Self::WHITE
        };
        (0..=100)
            .map(|step| self.towards(end, step))
            .find(|shade| shade.is_readable_on(page))
            .unwrap_or(end)
    }

    /// Black or white, whichever reads best on this colour.
    #[must_use]
    pub fn text(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) {
            Self::WHITE
        } else {
            Self::BLACK
        }
    }

    /// This colour, some hundredths of the way to another.
    fn towards(self, end: Self, step: u16) -> Self {
        let mix = |from: u8, to: u8| {
            let value = (u16::from(from) * (100 - step) + u16::from(to) * step) / 100;
            u8::try_from(value).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, end.0), mix(self.1, end.1), mix(self.2, end.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_read_and_told_apart() {
        assert_eq!(Colour::parse("#1F3a5f"), Some(Colour(0x1f, 0x3a, 0x5f)));
        for wrong in ["1f3a5f", "#fff", "#12345g", "#é2345", "", "rouge"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.001);
        assert_eq!(Colour(0xff, 0xe2, 0x8a).text(), Colour::BLACK);
    }

    #[test]
    fn a_logo_is_a_whole_picture() {
        for wrong in [
            &b""[..],
            b"<svg/>",
            b"\x89PNG\r\n\x1a\n",
            &[0xff, 0xd8, 0xff, 0xd9],
        ] {
            assert!(Logo::read(wrong.to_vec()).is_err(), "{wrong:?}");
        }
        let mut png =
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x10\x08\x06\0\0\0....".to_vec();
        assert!(Logo::read(png.clone()).is_err());
        png.extend(b"\0\0\0\0IEND....");
        let logo = Logo::read(png).unwrap();
        assert_eq!((logo.width, logo.height), (64, 16));
        assert_eq!(logo.fit(32, 32), (32, 8));
        assert_eq!(logo.fit(640, 4), (16, 4));
        assert_eq!(logo.fit(640, 640), (64, 16));
    }

    proptest! {
        #[test]
        fn any_colour_becomes_readable(r: u8, g: u8, b: u8) {
            let colour = Colour(r, g, b);
            for page in [Colour::PAGE, Colour::DARK_PAGE] {
                prop_assert!(colour.readable_on(page).is_readable_on(page));
            }
            if colour.is_readable_on(Colour::PAGE) {
                prop_assert_eq!(colour.readable_on(Colour::PAGE), colour);
                prop_assert!(colour.is_readable_on(Colour::WHITE));
            }
            prop_assert!(colour.text().is_readable_on(colour));
        }

        #[test]
        fn no_bytes_are_too_odd(mut bytes in prop::collection::vec(any::<u8>(), 0..200), png: bool) {
            let head: &[u8] = if png { b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" } else { &[0xff, 0xd8, 0xff] };
            bytes.splice(0..0, head.iter().copied());
            if let Ok(logo) = Logo::read(bytes) {
                prop_assert!(logo.width >= 1 && logo.height <= MAX_SIDE);
            }
        }
    }
}
