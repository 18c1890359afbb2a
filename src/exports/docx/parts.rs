//! The parts of the package around the text.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Page, brand, escaped};
use crate::documents::markdown::BOX;
use crate::domain::branding::Branding;

/// Margin on each side of the text, in twentieths of a point.
pub(super) const MARGIN: usize = 1_134;
/// Indentation of a list level, in twentieths of a point.
pub(super) const INDENT: usize = 360;
/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// Number of the lists with bullets.
pub(super) const BULLETS: usize = 1;
/// Number of the lists with boxes to tick.
pub(super) const BOXES: usize = 2;
/// First of the numbered lists.
pub(super) const FIRST_NUMBERED: usize = 3;

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
);

/// The type of each part.
pub(super) fn content_types(branding: Option<&Branding>) -> String {
    let mut out = CONTENT_TYPES.to_owned();
    if let Some(branding) = branding {
        out.push_str(brand::CONTENT_TYPE);
        if let Some(logo) = &branding.logo {
            out.push_str(&brand::picture_type(logo));
        }
    }
    out.push_str("</Types>");
    out
}

pub(super) const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>"
);

pub(super) const APPLICATION: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Aplomb</Application></Properties>"#
);

pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:defaultTabStop w:val="708"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="fr-FR"/></w:settings>"#
);

const STYLES: &str = include_str!("styles.xml");

/// Styles, in the colours of the practice if it has some.
pub(super) fn styles(branding: Option<&Branding>) -> String {
    let mut styles = STYLES.to_owned();
    let Some(branding) = branding else {
        return styles;
    };
    if let Some(accent) = branding.accent {
        styles = styles
            .replace("w:fill=\"1F3A5F\"", &format!("w:fill=\"{}\"", accent.hex()))
            .replace(
                "w:color w:val=\"FFFFFF\"",
                &format!("w:color w:val=\"{}\"", accent.text().hex()),
            );
    }
    if let Some(main) = branding.main {
        for ours in ["1F3A5F", "1A4F8B"] {
            styles = styles.replace(
                &format!("w:color w:val=\"{ours}\""),
                &format!("w:color w:val=\"{}\"", main.hex()),
            );
        }
        if branding.accent.is_none() {
            styles = styles.replace("w:fill=\"1F3A5F\"", &format!("w:fill=\"{}\"", main.hex()));
        }
    }
    styles
}

/// Title, author, language and date.
pub(super) fn properties(title: &str, author: &str, date: Date) -> String {
    let (title, author) = (escaped(title), escaped(author));
    let day = date.strftime("%Y-%m-%dT00:00:00Z");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><dc:language>fr-FR</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified></cp:coreProperties>"
    )
}

/// Where the links of the text lead.
pub(super) fn document_relations(links: &[String], has_header: bool) -> String {
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
        r#"<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
        r#"<Relationship Id="rIdNumbering" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>"#,
        r#"<Relationship Id="rIdSettings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
        r#"<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    ));
    if has_header {
        out.push_str(brand::HEADER_RELATION);
    }
    for (at, link) in links.iter().enumerate() {
        write!(
            out,
            "<Relationship Id=\"rIdLink{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
            escaped(link)
        )
        .unwrap_or_default();
    }
    out.push_str("</Relationships>");
    out
}

/// « Title — Page 1 sur 3 » at the foot of each page.
pub(super) fn footer(title: &str, (width, _): Page, branding: Option<&Branding>) -> String {
    let edge = width - 2 * MARGIN;
    let title = escaped(title);
    let words = branding
        .and_then(|branding| branding.footer.as_ref())
        .map_or_else(String::new, |words| brand::line("Footer", words, false));
    let field = |name: &str| {
        format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{words}<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{edge}\"/></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{title}</w:t></w:r><w:r><w:tab/><w:t xml:space=\"preserve\">Page\u{a0}</w:t></w:r>{}\
         <w:r><w:t xml:space=\"preserve\"> sur\u{a0}</w:t></w:r>{}</w:p></w:ftr>",
        field("PAGE"),
        field("NUMPAGES")
    )
}

/// One definition with bullets, one with numbers, one with boxes, and one numbered list an ordered list of the text.
pub(super) fn numbering(lists: &[u64]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    );
    for (id, format) in [(0, "bullet"), (1, "decimal"), (2, "bullet")] {
        write!(
            out,
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
        )
        .unwrap_or_default();
        for level in 0..LEVELS {
            let text = match (id, level % 2) {
                (0, 0) => "•".to_owned(),
                (0, _) => "–".to_owned(),
                (2, _) => BOX.to_string(),
                _ => format!("%{}.", level + 1),
            };
            write!(
                out,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"{INDENT}\"/></w:pPr></w:lvl>",
                (level + 1) * INDENT
            )
            .unwrap_or_default();
        }
        out.push_str("</w:abstractNum>");
    }
    for (list, id) in [(BULLETS, 0), (BOXES, 2)] {
        write!(
            out,
            "<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
        )
        .unwrap_or_default();
    }
    for (at, first) in lists.iter().enumerate() {
        write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>",
            at + FIRST_NUMBERED
        )
        .unwrap_or_default();
        for level in 0..LEVELS {
            write!(
                out,
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride>"
            )
            .unwrap_or_default();
        }
        out.push_str("</w:num>");
    }
    out.push_str("</w:numbering>");
    out
}
