//! Drawings of the report as inline SVG. Figures that matter stand in the text beside them.

use std::fmt::Write as _;

use crate::domain::assessment::{Assessment, Level, Score};
use crate::domain::explain::too_early;

/// Left edge and width of the scale of the gauge.
const SCALE: (f64, f64) = (20.0, 600.0);
/// First score of each level, and the level.
pub(super) const ZONES: [(u32, u32, Level); 5] = [
    (0, 35, Level::E),
    (35, 55, Level::D),
    (55, 75, Level::C),
    (75, 90, Level::B),
    (90, 100, Level::A),
];

fn along(score: u32) -> f64 {
    SCALE.0 + SCALE.1 * f64::from(score.min(100)) / 100.0
}

/// The score a mark may point at: in its zone, it tells a letter.
pub(super) fn pointed(score: &Score) -> Option<u32> {
    score.score.filter(|_| !too_early(score))
}

/// A scale from 0 to 100 with the levels, the interval and, once it may be told, the score.
pub(super) fn gauge(assessment: &Assessment<'_>) -> String {
    let (low, high) = assessment.score.interval;
    let mut out = String::from(
        "<svg class=\"gauge\" viewBox=\"0 0 640 118\" role=\"img\" aria-labelledby=\"jauge-titre\"><title id=\"jauge-titre\">",
    );
    match pointed(&assessment.score) {
        Some(score) => write!(
            out,
            "Note\u{a0}: {score} sur 100, entre {low} et {high} selon ce qu’il reste à répondre ou à vérifier."
        ),
        None => write!(
            out,
            "La note sera entre {low} et {high} sur 100, selon ce qu’il reste à répondre ou à vérifier."
        ),
    }
    .unwrap_or_default();
    out.push_str("</title>");
    for (start, end, level) in ZONES {
        let (x, width) = (along(start), along(end) - along(start));
        write!(
            out,
            "<rect class=\"zone zone-{}\" x=\"{x:.1}\" y=\"52\" width=\"{width:.1}\" height=\"22\"/><text class=\"letter\" x=\"{:.1}\" y=\"68\">{0}</text>",
            level.letter(),
            x + width / 2.0
        )
        .unwrap_or_default();
    }
    for tick in [0, 35, 55, 75, 90, 100] {
        write!(
            out,
            "<text class=\"tick\" x=\"{:.1}\" y=\"92\">{tick}</text>",
            along(tick)
        )
        .unwrap_or_default();
    }
    write!(
        out,
        "<rect class=\"interval\" x=\"{:.1}\" y=\"100\" width=\"{:.1}\" height=\"8\" rx=\"4\"/>",
        along(low),
        (along(high) - along(low)).max(4.0)
    )
    .unwrap_or_default();
    if let Some(score) = pointed(&assessment.score) {
        let x = along(score);
        write!(
            out,
            "<path class=\"marker\" d=\"M{x:.1} 50 l-8 -13 h16 z\"/><text class=\"value\" x=\"{:.1}\" y=\"30\">{score}</text>",
            x.clamp(34.0, 606.0)
        )
        .unwrap_or_default();
    }
    out.push_str("</svg>");
    out
}

/// A radar of percentages, numbered as the table beside it; none below three.
pub(super) fn radar(values: &[(usize, u32)]) -> Option<String> {
    if values.len() < 3 {
        return None;
    }
    let count = values.len() as f64;
    let at = |index: usize, reach: f64| {
        let angle = std::f64::consts::TAU * index as f64 / count;
        (160.0 + reach * angle.sin(), 160.0 - reach * angle.cos())
    };
    let polygon = |class: &str, reach: &dyn Fn(usize) -> f64| {
        let points: Vec<String> = (0..values.len())
            .map(|index| {
                let (x, y) = at(index, reach(index));
                format!("{x:.1},{y:.1}")
            })
            .collect();
        format!(
            "<polygon class=\"{class}\" points=\"{}\"/>",
            points.join(" ")
        )
    };
    let mut out = String::from(
        "<svg class=\"radar\" viewBox=\"0 0 320 320\" role=\"img\" aria-labelledby=\"radar-titre\"><title id=\"radar-titre\">Notes des thèmes en étoile, numérotées comme dans le tableau.</title>",
    );
    for ring in [25.0, 50.0, 75.0, 100.0] {
        out.push_str(&polygon("ring", &|_| ring * 1.2));
    }
    for index in 0..values.len() {
        let (x, y) = at(index, 120.0);
        write!(
            out,
            "<line class=\"ring\" x1=\"160\" y1=\"160\" x2=\"{x:.1}\" y2=\"{y:.1}\"/>"
        )
        .unwrap_or_default();
    }
    let reach = |index: usize| {
        values
            .get(index)
            .map_or(0.0, |v| f64::from(v.1.min(100)) * 1.2)
    };
    out.push_str(&polygon("area", &reach));
    for (index, (number, _)) in values.iter().enumerate() {
        let (px, py) = at(index, reach(index));
        let (x, y) = at(index, 140.0);
        write!(
            out,
            "<circle class=\"dot\" cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"4\"/><text class=\"axis\" x=\"{x:.1}\" y=\"{:.1}\">{number}</text>",
            y + 5.0
        )
        .unwrap_or_default();
    }
    out.push_str("</svg>");
    Some(out)
}

/// A bar of a percentage, whose figure stands beside it.
pub(super) fn bar(percent: u32) -> String {
    let percent = percent.min(100);
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"10\"/><rect class=\"fill\" width=\"{percent}\" height=\"10\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stay_inside_the_drawing() {
        for count in 3..14 {
            let values: Vec<_> = (1..=count).map(|n| (n, 100)).collect();
            let svg = radar(&values).unwrap_or_default();
            for part in svg.split("class=\"axis\"").skip(1) {
                for name in [" x=\"", " y=\""] {
                    let text = part.split(name).nth(1).and_then(|t| t.split('"').next());
                    let value: f64 = text.and_then(|t| t.parse().ok()).unwrap_or(-1.0);
                    assert!((12.0..=312.0).contains(&value), "{value}");
                }
            }
        }
        assert_eq!(radar(&[(1, 10), (2, 20)]), None);
        assert!(bar(250).contains("width=\"100\" height=\"10\"/></svg>"));
    }
}
