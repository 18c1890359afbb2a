//! The identity of a practice at the head of each page.

use std::fmt::Write as _;

use super::escaped;
use crate::documents::escape::clean;
use crate::domain::branding::{Branding, Logo, Picture};
use crate::domain::typography::french;

/// The box a logo fits in, in pixels of 1/96 inch.
const LOGO: (u32, u32) = (180, 64);
/// English Metric Units in a pixel.
const UNITS: u32 = 9525;

/// The type of the header.
pub(super) const CONTENT_TYPE: &str = r#"<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#;
/// Where the header is.
pub(super) const HEADER_RELATION: &str = r#"<Relationship Id="rIdHeader" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>"#;
/// What calls the header, at the end of the text.
pub(super) const HEADER_REFERENCE: &str =
    r#"<w:headerReference w:type="default" r:id="rIdHeader"/>"#;

/// The type of the picture.
pub(super) fn picture_type(logo: &Logo) -> String {
    format!(
        "<Default Extension=\"{}\" ContentType=\"{}\"/>",
        logo.format.extension(),
        logo.format.media_type()
    )
}

/// The name of the picture in the package.
pub(super) fn picture(logo: &Logo) -> &'static str {
    match logo.format {
        Picture::Png => "word/media/logo.png",
        Picture::Jpeg => "word/media/logo.jpeg",
    }
}

/// Where the picture of the header is.
pub(super) fn header_relations(logo: &Logo) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rIdLogo\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/logo.{}\"/></Relationships>",
        logo.format.extension()
    )
}

/// A line in a style.
pub(super) fn line(style: &str, words: &str, is_strong: bool) -> String {
    let strong = if is_strong {
        "<w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr>"
    } else {
        ""
    };
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r>{strong}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        escaped(&clean(&french(words)))
    )
}

/// Logo, name and contact.
pub(super) fn header(branding: &Branding) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">",
    );
    if let Some(logo) = &branding.logo {
        let (width, height) = logo.fit(LOGO.0, LOGO.1);
        let (width, height) = (width * UNITS, height * UNITS);
        let name = escaped(&clean(&format!("Logo de {}", branding.name)));
        write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"1\" name=\"Logo\" descr=\"{name}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"Logo\" descr=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"rIdLogo\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
        .unwrap_or_default();
    }
    out.push_str(&line("Footer", &branding.name, true));
    for words in &branding.contact {
        out.push_str(&line("Footer", words, false));
    }
    // A line between the head and the text.
    out.push_str(&line("Footer", "", false));
    out.push_str("</w:hdr>");
    out
}
