//! The report as an accessible PDF.

use super::{Report, markdown, note};
use crate::documents::french;
use crate::domain::assessment::{Level, ThemeScore};
use crate::domain::typography::french as typeset;
use crate::exports::pdf::{
    Colours, Drawing, Part, PdfError, Properties, Rgb, Stroke, Written, write,
};

use super::chart::{ZONES, pointed};

const INK: Rgb = [0x1b, 0x1d, 0x22];
const SOFT: Rgb = [0x56, 0x5c, 0x68];
const LINE: Rgb = [0xc9, 0xce, 0xd7];
/// Width of the drawings, in their own units.
const WIDTH: f32 = 640.0;

/// Writes the report.
pub fn pdf(report: &Report<'_, '_>) -> Result<Written, PdfError> {
    let title = format!("Bilan — {}", report.view.dossier().name);
    let note = format!(
        "Au {}, questionnaires en version {}.",
        french::date(report.assessment.date),
        report.view.catalogue().version
    );
    let markdown::Sections {
        result,
        themes,
        rest,
    } = markdown::sections(report);
    let mut parts = vec![
        Part::Text(result),
        Part::Drawing(gauge(report)),
        Part::Text(themes),
    ];
    if let Some(radar) = radar(report) {
        parts.push(Part::Drawing(radar));
    }
    parts.push(Part::Text(rest));
    let properties = Properties {
        title: &title,
        note: Some(&note),
        author: &report.view.dossier().name,
        date: report.assessment.date,
        landscape: false,
        branding: report.branding.as_ref(),
    };
    write(&properties, &parts)
}

/// The colour of bars and areas, and a pale shade of it.
fn shades(report: &Report<'_, '_>) -> (Rgb, Rgb) {
    let strong = Colours::of(report.branding.as_ref()).link;
    (strong, strong.map(|part| 255 - (255 - part) / 5))
}

fn words(at: (f32, f32), size: f32, anchor: f32, words: impl Into<String>, colour: Rgb) -> Stroke {
    Stroke::Words {
        at,
        size,
        bold: false,
        anchor,
        words: words.into(),
        colour,
    }
}

fn strong(at: (f32, f32), size: f32, anchor: f32, text: impl Into<String>) -> Stroke {
    Stroke::Words {
        at,
        size,
        bold: true,
        anchor,
        words: text.into(),
        colour: INK,
    }
}

fn filled(points: Vec<(f32, f32)>, colour: Rgb) -> Stroke {
    Stroke::Shape {
        points,
        fill: Some(colour),
        line: None,
    }
}

fn bar(x: f32, y: f32, width: f32, height: f32, colour: Rgb) -> Stroke {
    filled(
        vec![
            (x, y),
            (x + width, y),
            (x + width, y + height),
            (x, y + height),
        ],
        colour,
    )
}

/// Colour of a level, light enough for dark letters.
fn shade(level: Level) -> Rgb {
    match level {
        Level::A => [0xbf, 0xe3, 0xcb],
        Level::B => [0xd9, 0xec, 0xc2],
        Level::C => [0xfb, 0xe9, 0xa9],
        Level::D => [0xfb, 0xd0, 0xa6],
        Level::E => [0xf4, 0xb8, 0xb3],
    }
}

/// A share of a hundred as a length.
fn share(score: u32, whole: f32) -> f32 {
    whole * score.min(100) as f32 / 100.0
}

/// A scale from 0 to 100 with the levels, the interval and the score.
fn gauge(report: &Report<'_, '_>) -> Drawing {
    let (strong_shade, _) = shades(report);
    let (low, high) = report.assessment.score.interval;
    let along = |score: u32| 10.0 + share(score, WIDTH - 20.0);
    let mut strokes = Vec::new();
    for (start, end, level) in ZONES {
        let (x, width) = (along(start), along(end) - along(start));
        strokes.push(bar(x, 40.0, width - 1.5, 22.0, shade(level)));
        let letter = level.letter().to_string();
        strokes.push(strong((x + width / 2.0, 55.0), 10.0, 0.5, letter));
    }
    for tick in [0, 35, 55, 75, 90, 100] {
        strokes.push(words((along(tick), 76.0), 8.0, 0.5, tick.to_string(), SOFT));
    }
    let width = (along(high) - along(low)).max(4.0);
    strokes.push(bar(along(low), 83.0, width, 6.0, strong_shade));
    let pointed = pointed(&report.assessment.score);
    if let Some(score) = pointed {
        let x = along(score);
        strokes.push(filled(
            vec![(x, 39.0), (x - 7.0, 27.0), (x + 7.0, 27.0)],
            INK,
        ));
        strokes.push(strong(
            (x.clamp(20.0, 620.0), 22.0),
            17.0,
            0.5,
            score.to_string(),
        ));
    }
    let description = match pointed {
        Some(score) => format!(
            "Note : {score} sur 100, sur une échelle de 0 à 100 ; elle peut aller de {low} à {high}."
        ),
        None => format!("Échelle de 0 à 100 ; la note sera entre {low} et {high}."),
    };
    Drawing {
        width: WIDTH,
        height: 92.0,
        description: typeset(&description),
        strokes,
    }
}

/// The themes as a radar and as bars, with their names; none below three.
fn radar(report: &Report<'_, '_>) -> Option<Drawing> {
    let (shade, pale) = shades(report);
    let scored: Vec<(&ThemeScore<'_>, u32)> = report
        .assessment
        .themes
        .iter()
        .filter_map(|theme| Some((theme, theme.score.score?)))
        .collect();
    if scored.len() < 3 {
        return None;
    }
    let (centre, reach) = ((115.0, 120.0), 92.0);
    let count = scored.len() as f32;
    let at = |index: usize, part: f32| {
        let angle = std::f32::consts::TAU * index as f32 / count;
        (
            centre.0 + reach * part * angle.sin(),
            centre.1 - reach * part * angle.cos(),
        )
    };
    let polygon = |part: &dyn Fn(usize) -> f32| (0..scored.len()).map(|i| at(i, part(i))).collect();
    let value = |index: usize| {
        scored
            .get(index)
            .map_or(0.0, |(_, score)| share(*score, 1.0))
    };
    let mut strokes = vec![Stroke::Shape {
        points: polygon(&value),
        fill: Some(pale),
        line: None,
    }];
    let outline = |points, colour, width| Stroke::Shape {
        points,
        fill: None,
        line: Some((colour, width)),
    };
    for ring in [0.25, 0.5, 0.75, 1.0] {
        strokes.push(outline(polygon(&|_| ring), LINE, 0.6));
    }
    for index in 0..scored.len() {
        strokes.push(outline(vec![centre, at(index, 1.0)], LINE, 0.6));
    }
    strokes.push(outline(polygon(&value), shade, 1.4));
    for (index, (theme, score)) in scored.iter().enumerate() {
        let number = (index + 1).to_string();
        let (x, y) = at(index, 1.14);
        strokes.push(strong((x, y + 4.0), 8.0, 0.5, number.clone()));
        let top = 120.0 + (index as f32 - (count - 1.0) / 2.0) * 27.0;
        strokes.push(strong((262.0, top), 9.0, 0.5, number));
        strokes.push(words(
            (276.0, top),
            9.0,
            0.0,
            typeset(&theme.questionnaire.title),
            INK,
        ));
        strokes.push(words((640.0, top), 9.0, 1.0, note(&theme.score), INK));
        strokes.push(bar(276.0, top + 5.0, 364.0, 5.0, LINE));
        strokes.push(bar(276.0, top + 5.0, share(*score, 364.0), 5.0, shade));
    }
    let notes: Vec<String> = scored
        .iter()
        .map(|(theme, _)| format!("{}, {}", theme.questionnaire.title, note(&theme.score)))
        .collect();
    Some(Drawing {
        width: WIDTH,
        height: (count * 27.0 + 20.0).max(240.0),
        description: typeset(&format!("Notes des thèmes : {}.", notes.join(" ; "))),
        strokes,
    })
}
