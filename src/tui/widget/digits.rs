//! Large digits for a room: terminals cannot enlarge text, blocks can be read from far away.

use ratatui::text::{Line, Span};

use super::page::Look;
use crate::tui::theme::Role;

/// Rows of each character, three columns wide.
const FONT: [(char, [&str; 5]); 13] = [
    ('0', ["###", "# #", "# #", "# #", "###"]),
    ('1', ["## ", " # ", " # ", " # ", "###"]),
    ('2', ["###", "  #", "###", "#  ", "###"]),
    ('3', ["###", "  #", "###", "  #", "###"]),
    ('4', ["# #", "# #", "###", "  #", "  #"]),
    ('5', ["###", "#  ", "###", "  #", "###"]),
    ('6', ["###", "#  ", "###", "# #", "###"]),
    ('7', ["###", "  #", "  #", "  #", "  #"]),
    ('8', ["###", "# #", "###", "# #", "###"]),
    ('9', ["###", "# #", "###", "  #", "###"]),
    ('-', ["   ", "   ", "###", "   ", "   "]),
    ('/', ["  #", "  #", " # ", "#  ", "#  "]),
    (' ', ["   ", "   ", "   ", "   ", "   "]),
];

/// The rows of a text made of digits, « - », « / » and spaces; other characters are left out.
///
/// Each block is two columns wide when there is room.
pub fn lines(look: &Look<'_>, text: &str) -> Vec<Line<'static>> {
    let known: Vec<&[&str; 5]> = text
        .chars()
        .filter_map(|c| FONT.iter().find(|(known, _)| *known == c))
        .map(|(_, rows)| rows)
        .collect();
    let twice = known.len() * 8 <= usize::from(look.width);
    let full = look.glyphs.full.repeat(if twice { 2 } else { 1 });
    let none = if twice { "  " } else { " " };
    (0..5)
        .map(|row| {
            let words: Vec<String> = known
                .iter()
                .map(|rows| {
                    let blocks = rows[row]
                        .chars()
                        .map(|c| if c == '#' { &full } else { none });
                    blocks.collect::<String>()
                })
                .collect();
            Line::from(Span::styled(
                words.join(none),
                look.theme.style(Role::Strong),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::GlyphSet;
    use crate::tui::theme::{Background, Theme, ThemeName};

    #[test]
    fn digits_fit_the_width() {
        let theme = Theme::new(ThemeName::Mono, Background::Unknown);
        for width in [40, 80, 200] {
            let look = Look {
                veil: &crate::tui::veil::BARE,
                theme: &theme,
                glyphs: GlyphSet::Ascii.glyphs(),
                width,
            };
            let drawn = lines(&look, "100 - 100");
            assert_eq!(drawn.len(), 5);
            assert!(drawn.iter().all(|line| line.width() <= usize::from(width)));
            assert!(drawn[0].to_string().starts_with('#'));
        }
    }
}
