//! Gauges readable without colour: filled, uncertain and empty parts differ by their drawing, and
//! the figure is always written beside.

use ratatui::text::{Line, Span};

use super::page::Look;
use crate::tui::text;
use crate::tui::theme::Role;

/// A gauge of `width` columns for an interval of percentages.
pub fn interval(look: &Look<'_>, lo: u32, hi: u32, width: u16) -> Vec<Span<'static>> {
    let columns =
        |percent: u32| usize::try_from(u32::from(width) * percent.min(100) / 100).unwrap_or(0);
    let (full, reach) = (columns(lo), columns(hi.max(lo)));
    let empty = usize::from(width) - reach;
    let glyphs = look.glyphs;
    vec![
        Span::styled(glyphs.full.repeat(full), look.theme.style(Role::Good)),
        Span::styled(
            glyphs.maybe.repeat(reach - full),
            look.theme.style(Role::Warn),
        ),
        Span::styled(glyphs.empty.repeat(empty), look.theme.style(Role::Dim)),
    ]
}

/// A gauge of done over total.
pub fn progress(look: &Look<'_>, done: usize, total: usize, width: u16) -> Vec<Span<'static>> {
    let percent = percent(done, total);
    interval(look, percent, percent, width)
}

/// Whole percentage, rounded down; nothing to do is all done.
pub fn percent(done: usize, total: usize) -> u32 {
    (done * 100)
        .checked_div(total)
        .map_or(100, |percent| u32::try_from(percent).unwrap_or(100))
}

/// A row « label  70 % ████ », or label then gauge on two rows when it is narrow.
pub fn bar_row(look: &Look<'_>, label: &str, figure: &str, lo: u32, hi: u32) -> Vec<Line<'static>> {
    let width = look.width.min(100);
    let ellipsis = look.glyphs.ellipsis;
    let label_text = look.shown(label);
    let figure_text = look.shown(figure);
    let plain = look.theme.style(Role::Text);
    if width < 56 {
        let room = width.saturating_sub(text::width(&figure_text) + 2);
        let first = format!("{}  {figure_text}", text::pad(&label_text, room, ellipsis));
        let mut spans = vec![Span::raw("  ")];
        spans.extend(interval(look, lo, hi, width.saturating_sub(4)));
        return vec![Line::styled(first, plain), Line::from(spans)];
    }
    let label_width = (width / 3).max(20);
    let gauge = width.saturating_sub(label_width + 18);
    let lead = format!(
        "{}  {} ",
        text::pad(&label_text, label_width, ellipsis),
        text::pad(&figure_text, 14, ellipsis)
    );
    let mut spans = vec![Span::styled(lead, plain)];
    spans.extend(interval(look, lo, hi, gauge));
    vec![Line::from(spans)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::GlyphSet;
    use crate::tui::theme::{Background, Theme, ThemeName};

    fn drawn(lo: u32, hi: u32) -> String {
        let theme = Theme::new(ThemeName::Mono, Background::Unknown);
        let look = Look {
            veil: &crate::tui::veil::BARE,
            theme: &theme,
            glyphs: GlyphSet::Ascii.glyphs(),
            width: 80,
        };
        Line::from(interval(&look, lo, hi, 10)).to_string()
    }

    #[test]
    fn parts_differ_without_colour() {
        assert_eq!(drawn(30, 70), "###++++...");
        assert_eq!(drawn(0, 0), "..........");
        assert_eq!(drawn(100, 100), "##########");
        assert_eq!(drawn(80, 20), "########..");
    }

    #[test]
    fn percentages_round_down() {
        assert_eq!((percent(2, 3), percent(0, 0), percent(0, 9)), (66, 100, 0));
    }
}
