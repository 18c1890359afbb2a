//! From marks to the file: drawing, structure, bookmarks and properties.

use std::collections::BTreeSet;

use jiff::civil::Date;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, ValidationError};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as Tagged, SpanTag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::fonts::Fonts;
use super::sheet::{Bookmark, Child, Mark, Rgb, Sheets};
use super::{PdfError, Properties};

/// Language of everything written.
const LANGUAGE: &str = "fr-FR";

/// Writes the file, refused unless it keeps what PDF/UA-1 and PDF/A-2a ask for.
pub(super) fn write(
    sheets: &Sheets,
    fonts: &Fonts,
    properties: &Properties<'_>,
) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|error| PdfError::Refused(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut places: Vec<Option<Identifier>> = vec![None; sheets.slots];
    for marks in &sheets.pages {
        let (width, height) = sheets.frame.paper;
        let settings = PageSettings::from_wh(width, height).ok_or(PdfError::Paper)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        draw(&mut surface, marks, fonts, &mut places);
        surface.finish();
        for mark in marks {
            if let Mark::Link {
                area,
                target,
                words,
                slot,
            } = mark
            {
                let target = Target::Action(LinkAction::new(target.to_string()).into());
                let link = LinkAnnotation::new(*area, target);
                let place =
                    page.add_tagged_annotation(Annotation::new_link(link, Some(words.clone())));
                if let Some(known) = places.get_mut(*slot) {
                    *known = Some(place);
                }
            }
        }
        page.finish();
    }
    document.set_outline(outline(&sheets.headings, sheets.frame.left));
    document.set_metadata(metadata(properties));
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    for root in &sheets.roots {
        if let Some(group) = group(sheets, *root, &places) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|error| {
        PdfError::Refused(match &error {
            krilla::error::KrillaError::Validation(faults) => {
                let words: BTreeSet<String> =
                    faults.iter().map(|(error, _)| fault(error)).collect();
                words.into_iter().collect::<Vec<_>>().join(" ; ")
            }
            other => other.to_string(),
        })
    })
}

/// What a rule of the format found, in words of everyday where they exist.
fn fault(error: &ValidationError) -> String {
    let words = match error {
        ValidationError::TooLongString => {
            "un texte d'un seul tenant est trop long : un nom, un titre ou une adresse de site"
        }
        ValidationError::TooManyIndirectObjects => "le document est trop long",
        ValidationError::ContainsNotDefGlyph(..)
        | ValidationError::NoCodepointMapping(..)
        | ValidationError::InvalidCodepointMapping(..) => "un caractère n'a pas de dessin",
        ValidationError::MissingCMYKProfile => "une image est en couleurs d'imprimerie",
        other => return format!("{other:?}"),
    };
    words.to_owned()
}

/// Draws the marks of a page; those that share a slot one after the other share a place.
fn draw(
    surface: &mut Surface<'_>,
    marks: &[Mark],
    fonts: &Fonts,
    places: &mut [Option<Identifier>],
) {
    let mut open: Option<Option<usize>> = None;
    for mark in marks {
        let (slot, is_text) = match mark {
            Mark::Text { slot, .. } => (*slot, true),
            Mark::Shape { slot, .. } => (*slot, false),
            Mark::Picture { slot, .. } => (Some(*slot), false),
            Mark::Link { .. } => continue,
        };
        if open != Some(slot) {
            if open.is_some() {
                surface.end_tagged();
            }
            let tag = match slot {
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                Some(_) if is_text => ContentTag::Span(SpanTag::empty()),
                Some(_) => ContentTag::Other,
            };
            let place = surface.start_tagged(tag);
            if let Some(known) = slot.and_then(|slot| places.get_mut(slot)) {
                *known = Some(place);
            }
            open = Some(slot);
        }
        paint(surface, mark, fonts);
    }
    if open.is_some() {
        surface.end_tagged();
    }
}

fn paint(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts) {
    match mark {
        Mark::Text {
            x,
            baseline,
            size,
            run,
            colour,
            ..
        } => {
            let Some(font) = fonts.face(run.look.face) else {
                return;
            };
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            let start = Point::from_xy(*x, *baseline);
            surface.draw_glyphs(
                start,
                &run.shaped.glyphs,
                font,
                &run.shaped.text,
                *size,
                false,
            );
        }
        Mark::Shape {
            points,
            fill: inside,
            line,
            ..
        } => {
            let Some(path) = path(points) else { return };
            surface.set_fill(inside.map(fill));
            surface.set_stroke(line.map(|(colour, width)| Stroke {
                paint: rgb(colour).into(),
                width,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
        Mark::Picture { x, y, drawn, .. } => {
            let Some(size) = Size::from_wh(drawn.size.0, drawn.size.1) else {
                return;
            };
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.draw_image(drawn.image.clone(), size);
            surface.pop();
        }
        Mark::Link { .. } => {}
    }
}

fn path(points: &[(f32, f32)]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let ((x, y), rest) = points.split_first()?;
    builder.move_to(*x, *y);
    for (x, y) in rest {
        builder.line_to(*x, *y);
    }
    builder.close();
    builder.finish()
}

fn rgb([red, green, blue]: Rgb) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(colour: Rgb) -> Fill {
    Fill {
        paint: rgb(colour).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}

/// A part of the structure, without those that hold nothing.
fn group(sheets: &Sheets, at: usize, places: &[Option<Identifier>]) -> Option<TagGroup> {
    let node = sheets.nodes.get(at)?;
    let mut children: Vec<Tagged> = Vec::new();
    for child in &node.children {
        match child {
            Child::Node(at) => children.extend(group(sheets, *at, places).map(Tagged::from)),
            Child::Slot(slot) => {
                let place = places.get(*slot).and_then(Option::as_ref);
                children.extend(place.map(|place| Tagged::from(*place)));
            }
        }
    }
    // An empty cell is still a cell: it keeps the columns straight.
    let holds_its_place = matches!(
        node.kind,
        krilla::tagging::TagKind::TD(_) | krilla::tagging::TagKind::TH(_)
    );
    (holds_its_place || !children.is_empty())
        .then(|| TagGroup::with_children(node.kind.clone(), children))
}

/// Bookmarks, each heading under the one it belongs to.
fn outline(headings: &[Bookmark], left: f32) -> Outline {
    let mut outline = Outline::new();
    let mut at = 0;
    while at < headings.len() {
        let (node, next) = bookmark(headings, at, left);
        outline.push_child(node);
        at = next;
    }
    outline
}

fn bookmark(headings: &[Bookmark], at: usize, left: f32) -> (OutlineNode, usize) {
    let heading = &headings[at];
    let place = Point::from_xy(left, (heading.y - 6.0).max(0.0));
    let mut node = OutlineNode::new(
        heading.title.clone(),
        XyzDestination::new(heading.page, place),
    );
    node = node.with_open(heading.level == 1);
    let mut next = at + 1;
    while headings
        .get(next)
        .is_some_and(|below| below.level > heading.level)
    {
        let (child, after) = bookmark(headings, next, left);
        node.push_child(child);
        next = after;
    }
    (node, next)
}

fn metadata(properties: &Properties<'_>) -> Metadata {
    let mut metadata = Metadata::new()
        .title(properties.title.to_owned())
        .language(LANGUAGE.to_owned())
        .creator("Aplomb".to_owned())
        .creation_date(day(properties.date));
    if !properties.author.trim().is_empty() {
        metadata = metadata.authors(vec![properties.author.to_owned()]);
    }
    metadata
}

/// The day of the document, at noon: the same day whatever the reader's clock.
fn day(date: Date) -> DateTime {
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    DateTime::new(u16::try_from(date.year()).unwrap_or(1))
        .month(part(date.month()))
        .day(part(date.day()))
        .hour(12)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
