//! Themes: what each role looks like. Screens name roles, never colours.
//!
//! The default theme inherits the background and the sixteen colours of the terminal. The mono theme
//! holds no colour at all, because crossterm 0.29 answers `NO_COLOR` by wiping bold and reverse too.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// Running text.
    Text,
    /// Secondary text.
    Dim,
    /// Title of the screen, the question itself.
    Title,
    /// Heading inside a page.
    Heading,
    /// The focused row.
    Focus,
    /// A key to press.
    Key,
    /// Favourable.
    Good,
    /// To watch.
    Warn,
    /// Unfavourable, error.
    Bad,
    /// A piece of news: « enregistré ».
    Notice,
    /// Content of a text field.
    Input,
    /// Borders and rules.
    Border,
    /// Link or address.
    Link,
    /// Literal text.
    Code,
    /// A blank of a document.
    Blank,
    /// Strong text.
    Strong,
}

/// Every role, in order.
pub const ROLES: [Role; 16] = [
    Role::Text,
    Role::Dim,
    Role::Title,
    Role::Heading,
    Role::Focus,
    Role::Key,
    Role::Good,
    Role::Warn,
    Role::Bad,
    Role::Notice,
    Role::Input,
    Role::Border,
    Role::Link,
    Role::Code,
    Role::Blank,
    Role::Strong,
];

/// Background of the terminal, when it could be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// Not known: the palette must be legible on both.
    #[default]
    Unknown,
}

/// The themes a user can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// Follows the terminal.
    #[default]
    Automatic,
    /// White on black, thick.
    Contrast,
    /// Black on white, for a projector.
    Projector,
    /// No colour.
    Mono,
}

impl ThemeName {
    /// What the user reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Automatic => "automatique",
            Self::Contrast => "contraste fort",
            Self::Projector => "projecteur",
            Self::Mono => "sans couleur",
        }
    }

    /// The next theme, in a circle.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Automatic => Self::Contrast,
            Self::Contrast => Self::Projector,
            Self::Projector => Self::Mono,
            Self::Mono => Self::Automatic,
        }
    }

    /// The theme of this French word, as given on the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "auto" | "automatique" => Some(Self::Automatic),
            "contraste" => Some(Self::Contrast),
            "projecteur" => Some(Self::Projector),
            "mono" | "sans-couleur" => Some(Self::Mono),
            _ => None,
        }
    }
}

/// Styles by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: ThemeName,
    styles: [Style; ROLES.len()],
}

const PLAIN: Style = Style::new();

impl Theme {
    /// The theme of this name on this background.
    pub fn new(name: ThemeName, background: Background) -> Self {
        let style: fn(Role) -> Style = match (name, background) {
            (ThemeName::Mono, _) => shape,
            (ThemeName::Contrast, _) => contrast,
            (ThemeName::Projector, _) => projector,
            (ThemeName::Automatic, Background::Dark) => dark,
            (ThemeName::Automatic, Background::Light) => light,
            (ThemeName::Automatic, Background::Unknown) => either,
        };
        Self {
            name,
            styles: ROLES.map(style),
        }
    }

    /// The theme for terminals of 256 colours, whose colours above sixteen are the same everywhere.
    ///
    /// What comes second is told apart by a grey that can be read on any background, known or not,
    /// and the themes that paint their background paint it really black or really white.
    #[must_use]
    pub fn shaded(mut self, background: Background) -> Self {
        match self.name {
            ThemeName::Mono => {}
            ThemeName::Contrast | ThemeName::Projector => {
                if self.name == ThemeName::Projector {
                    self.styles = ROLES.map(exact_projector);
                }
                for style in &mut self.styles {
                    style.fg = style.fg.map(exact);
                    style.bg = style.bg.map(exact);
                }
            }
            ThemeName::Automatic => {
                for &(role, color) in shades(background) {
                    let style = &mut self.styles[role as usize];
                    *style = style.fg(Color::Indexed(color));
                }
            }
        }
        self
    }

    /// A theme where each role has its own indexed colour, so that tests can name what they see.
    #[cfg(test)]
    pub fn roles() -> Self {
        Self {
            name: ThemeName::Mono,
            styles: ROLES.map(|role| PLAIN.fg(Color::Indexed(100 + role as u8))),
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

/// Colours of the 256 that suit a background better than the sixteen do.
fn shades(background: Background) -> &'static [(Role, u8)] {
    match background {
        // The blue and the red of some terminals can hardly be read on black.
        Background::Dark => &[
            (Role::Dim, 248),
            (Role::Border, 242),
            (Role::Link, 111),
            (Role::Code, 111),
            (Role::Bad, 203),
        ],
        Background::Light => &[
            (Role::Dim, 240),
            (Role::Border, 247),
            (Role::Good, 28),
            (Role::Notice, 28),
        ],
        Background::Unknown => &[
            (Role::Dim, 243),
            (Role::Border, 244),
            (Role::Good, 28),
            (Role::Notice, 28),
            (Role::Bad, 196),
        ],
    }
}

/// The colour a name promises, whatever the palette of the terminal.
fn exact(color: Color) -> Color {
    Color::Indexed(match color {
        Color::Black => 16,
        Color::White => 231,
        Color::LightYellow => 227,
        Color::LightCyan => 123,
        other => return other,
    })
}

/// Modifiers alone: the mono theme, and what the others build upon.
fn shape(role: Role) -> Style {
    match role {
        Role::Focus => PLAIN.add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
        Role::Title | Role::Heading | Role::Key | Role::Strong | Role::Bad | Role::Notice => {
            PLAIN.add_modifier(Modifier::BOLD)
        }
        Role::Input | Role::Link => PLAIN.add_modifier(Modifier::UNDERLINED),
        Role::Blank => PLAIN.add_modifier(Modifier::REVERSED),
        _ => PLAIN,
    }
}

fn dark(role: Role) -> Style {
    let style = shape(role);
    match role {
        Role::Dim | Role::Border => style.fg(Color::Gray),
        Role::Title | Role::Heading => style.fg(Color::LightCyan),
        Role::Key | Role::Warn | Role::Blank => style.fg(Color::LightYellow),
        Role::Good | Role::Notice => style.fg(Color::LightGreen),
        Role::Bad => style.fg(Color::LightRed),
        Role::Link | Role::Code => style.fg(Color::LightBlue),
        _ => style,
    }
}

fn light(role: Role) -> Style {
    let style = shape(role);
    match role {
        Role::Dim | Role::Border => style.fg(Color::DarkGray),
        // The green of most palettes is too pale on white.
        Role::Title | Role::Heading | Role::Link | Role::Key | Role::Good | Role::Notice => {
            style.fg(Color::Blue)
        }
        Role::Warn | Role::Code | Role::Blank => style.fg(Color::Magenta),
        Role::Bad => style.fg(Color::Red),
        _ => style,
    }
}

/// Nothing of the sixteen colours can be read on every background.
fn either(role: Role) -> Style {
    shape(role)
}

fn contrast(role: Role) -> Style {
    let style = shape(role)
        .fg(Color::White)
        .bg(Color::Black)
        .remove_modifier(Modifier::REVERSED);
    match role {
        Role::Focus => style.fg(Color::Black).bg(Color::LightYellow),
        Role::Blank => style.fg(Color::Black).bg(Color::White),
        Role::Key | Role::Warn => style.fg(Color::LightYellow),
        Role::Good | Role::Notice => style.fg(Color::LightCyan),
        Role::Bad => style
            .fg(Color::LightYellow)
            .add_modifier(Modifier::UNDERLINED),
        _ => style,
    }
}

fn projector(role: Role) -> Style {
    let style = shape(role)
        .fg(Color::Black)
        .bg(Color::White)
        .remove_modifier(Modifier::REVERSED)
        .add_modifier(Modifier::BOLD);
    match role {
        Role::Focus | Role::Blank => style.fg(Color::White).bg(Color::Black),
        // All is bold here: a title stands out by its line.
        Role::Bad | Role::Title | Role::Heading => style.add_modifier(Modifier::UNDERLINED),
        _ => style,
    }
}

/// Blue and red are legible on white when both are exact: the white of some palettes is grey.
fn exact_projector(role: Role) -> Style {
    let style = projector(role);
    match role {
        Role::Focus => style.bg(Color::Indexed(19)),
        Role::Title | Role::Heading | Role::Key | Role::Link => style.fg(Color::Indexed(19)),
        Role::Bad => style.fg(Color::Indexed(124)),
        _ => style,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ThemeName; 4] = [
        ThemeName::Automatic,
        ThemeName::Contrast,
        ThemeName::Projector,
        ThemeName::Mono,
    ];

    #[test]
    fn mono_holds_no_colour() {
        let theme = Theme::new(ThemeName::Mono, Background::Dark);
        for role in ROLES {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn the_automatic_theme_never_paints_the_background() {
        for background in [Background::Dark, Background::Light, Background::Unknown] {
            for role in ROLES {
                assert_eq!(
                    Theme::new(ThemeName::Automatic, background).style(role).bg,
                    None
                );
            }
        }
    }

    #[test]
    fn no_theme_emits_rgb_and_focus_always_stands_out() {
        for name in ALL {
            for background in [Background::Dark, Background::Light, Background::Unknown] {
                let theme = Theme::new(name, background);
                assert_ne!(theme.style(Role::Focus), theme.style(Role::Text));
                for role in ROLES {
                    let style = theme.style(role);
                    assert!(!matches!(style.fg, Some(Color::Rgb(..))));
                    assert!(!matches!(style.bg, Some(Color::Rgb(..))));
                }
            }
        }
    }

    #[test]
    fn themes_form_a_circle() {
        assert_eq!(
            ALL.iter().fold(ThemeName::Automatic, |n, _| n.next()),
            ThemeName::Automatic
        );
    }
}
