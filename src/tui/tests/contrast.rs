//! Every theme can be read, on the palettes of common terminals.

use ratatui::style::Color;

use crate::tui::theme::{Background, ROLES, Role, Theme, ThemeName};

const ALL: [ThemeName; 4] = [
    ThemeName::Automatic,
    ThemeName::Contrast,
    ThemeName::Projector,
    ThemeName::Mono,
];

/// Background, text, then the sixteen colours of common terminals.
const DARK: [&str; 5] = [
    // Windows Terminal.
    "0c0c0c cccccc 0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd \
     cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    // Visual Studio Code.
    "1e1e1e cccccc 000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd \
     e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5",
    // GNOME Terminal.
    "1e1e1e ffffff 171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 \
     d0cfcc 5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",
    // xterm.
    "000000 e5e5e5 000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd \
     e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    // Terminal on macOS.
    "000000 c7c7c7 000000 c91b00 00c200 c7c400 0225c7 ca30c7 00c5c7 \
     c7c7c7 676767 ff6d67 5ff967 fefb67 6871ff ff76ff 5ffdff feffff",
];

const LIGHT: [&str; 4] = [
    // Visual Studio Code.
    "ffffff 333333 000000 cd3131 107c10 949800 0451a5 bc05bc 0598bc \
     555555 666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5",
    // GNOME Terminal.
    "ffffff 171421 171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 \
     d0cfcc 5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",
    // Terminal on macOS.
    "ffffff 000000 000000 990000 00a600 999900 0000b2 b200b2 00a6b2 \
     bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
    // xterm.
    "ffffff 000000 000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd \
     e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
];

fn read(palette: &str) -> Vec<u32> {
    let colors = palette
        .split(' ')
        .map(|color| u32::from_str_radix(color, 16));
    colors.collect::<Result<_, _>>().unwrap()
}

/// What a colour is on a terminal; `default` when it is not set.
fn paint(color: Option<Color>, default: u32, palette: &[u32]) -> u32 {
    let ansi = |at: usize| palette[2 + at];
    match color {
        None => default,
        Some(Color::Indexed(n @ 232..)) => (8 + 10 * u32::from(n - 232)) * 0x01_01_01,
        Some(Color::Indexed(n @ 16..)) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * u32::from(n) };
            let n = n - 16;
            level(n / 36) << 16 | level(n / 6 % 6) << 8 | level(n % 6)
        }
        Some(color) => ansi(match color {
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            _ => 15,
        }),
    }
}

/// The contrast of the accessibility guidelines for web content.
fn contrast_of(ink: u32, paper: u32) -> f64 {
    let luminance = |color: u32| {
        let part = |shift: u32| {
            let part = f64::from(color >> shift & 0xff) / 255.0;
            if part <= 0.039_28 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    };
    let (a, b) = (luminance(ink), luminance(paper));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_role_can_be_read_on_common_terminals() {
    let dark = DARK.iter().map(|palette| (Background::Dark, palette));
    let light = LIGHT.iter().map(|palette| (Background::Light, palette));
    for (told, palette) in dark.chain(light) {
        let palette = read(palette);
        for name in ALL {
            for background in [told, Background::Unknown] {
                let plain = Theme::new(name, background);
                for theme in [plain.clone(), plain.shaded(background)] {
                    for role in ROLES {
                        let style = theme.style(role);
                        let ink = paint(style.fg, palette[1], &palette);
                        let paper = paint(style.bg, palette[0], &palette);
                        // A rule is a line, not words; a grey for every background is a
                        // compromise.
                        let least = match background {
                            _ if role == Role::Border => 2.5,
                            Background::Unknown => 3.4,
                            _ => 3.9,
                        };
                        let found = contrast_of(ink, paper);
                        assert!(
                            found >= least,
                            "{name:?} {background:?} {role:?}: {found:.1} on {:06x}",
                            palette[0]
                        );
                    }
                }
            }
        }
    }
}
