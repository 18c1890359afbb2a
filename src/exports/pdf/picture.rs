//! The logo of a practice, as the pages take it.

use krilla::image::Image;

use super::PdfError;
use crate::domain::branding::{Logo, Picture};

/// The box a logo fits in, in points.
const BOX: (f32, f32) = (150.0, 54.0);
/// The most pixels opened: a small file may hold a huge picture.
const MOST: u64 = 4_000_000;

/// Why a logo stays out of a file, in words that say what to do.
pub(super) const TOO_LARGE: &str = "Le PDF est fait sans le logo : l'image a plus de 4 millions de points. Réduisez-la, par exemple à 600 points de large.";
pub(super) const UNREADABLE: &str = "Le PDF est fait sans le logo : l'image est abîmée, ou en couleurs d'imprimerie (CMJN). Enregistrez-la de nouveau en PNG.";

/// A logo ready to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) image: Image,
    /// Width and height on the page.
    pub(super) size: (f32, f32),
}

/// Opens a logo; its pixels are read when the file is written.
pub(super) fn read(logo: &Logo) -> Result<Drawn, &'static str> {
    if u64::from(logo.width) * u64::from(logo.height) > MOST {
        return Err(TOO_LARGE);
    }
    let bytes = logo.bytes.clone().into();
    let image = match logo.format {
        Picture::Png => Image::from_png(bytes, false),
        Picture::Jpeg => Image::from_jpeg(bytes, false),
    };
    let image = image.map_err(|_| UNREADABLE)?;
    let (width, height) = (logo.width as f32, logo.height as f32);
    // A pixel of a screen is three quarters of a point; a picture is never enlarged beyond that.
    let scale = (BOX.0 / width).min(BOX.1 / height).min(0.75);
    Ok(Drawn {
        image,
        size: ((width * scale).max(1.0), (height * scale).max(1.0)),
    })
}

/// Makes a file with the logo, or without it when the logo is what stands in the way; says why then.
pub(super) fn with_or_without<T>(
    logo: Option<&Logo>,
    mut make: impl FnMut(Option<&Drawn>) -> Result<T, PdfError>,
) -> Result<(T, Option<&'static str>), PdfError> {
    let Some(logo) = logo else {
        return Ok((make(None)?, None));
    };
    let fault = match read(logo) {
        Ok(drawn) => match make(Some(&drawn)) {
            Ok(made) => return Ok((made, None)),
            Err(_) => UNREADABLE,
        },
        Err(fault) => fault,
    };
    Ok((make(None)?, Some(fault)))
}
