//! Glyph sets: which characters the program may draw.
//!
//! The standard set is WGL4, carried by every Windows console font. Extended adds rounded corners;
//! ASCII replaces drawings by `+-|#*`, signs by words or look-alikes, and keeps accented letters.

use ratatui::symbols::border;

/// Name of a glyph set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GlyphSet {
    /// Rounded corners, check marks: on request.
    Extended,
    /// WGL4.
    #[default]
    Standard,
    /// ASCII and accented letters.
    Ascii,
}

/// The drawings of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Which set this is.
    pub set: GlyphSet,
    /// Mark of the focused row, and its absence, of the same width.
    pub focus: &'static str,
    /// Horizontal rule.
    pub rule: &'static str,
    /// Part of a rule that tells what is done.
    pub rule_done: &'static str,
    /// Vertical rule.
    pub bar: &'static str,
    /// Filled part of a gauge.
    pub full: &'static str,
    /// Uncertain part of a gauge.
    pub maybe: &'static str,
    /// Empty part of a gauge.
    pub empty: &'static str,
    /// Bullet of a list.
    pub bullet: &'static str,
    /// A value of a drawing.
    pub point: &'static str,
    /// Done.
    pub done: &'static str,
    /// Under way.
    pub doing: &'static str,
    /// To do.
    pub todo: &'static str,
    /// Dismissed.
    pub dismissed: &'static str,
    /// Chosen option.
    pub radio_on: &'static str,
    /// Other options.
    pub radio_off: &'static str,
    /// Separator of short pieces of information.
    pub dot: &'static str,
    /// Cut text.
    pub ellipsis: &'static str,
    /// More above.
    pub up: &'static str,
    /// More below.
    pub down: &'static str,
    /// What comes next, or becomes of something.
    pub next: &'static str,
    /// Arrow keys, as named in the footer: up and down, left, right.
    pub arrows: [&'static str; 3],
}

const STANDARD: Glyphs = Glyphs {
    set: GlyphSet::Standard,
    focus: "►",
    rule: "─",
    rule_done: "═",
    bar: "│",
    full: "█",
    maybe: "▒",
    empty: "·",
    bullet: "•",
    point: "●",
    done: "√",
    doing: "◊",
    todo: "○",
    dismissed: "x",
    radio_on: "(●)",
    radio_off: "( )",
    dot: "·",
    ellipsis: "…",
    up: "▲",
    down: "▼",
    next: "→",
    arrows: ["↑↓", "←", "→"],
};

const EXTENDED: Glyphs = Glyphs {
    set: GlyphSet::Extended,
    done: "✓",
    ..STANDARD
};

const ASCII: Glyphs = Glyphs {
    set: GlyphSet::Ascii,
    focus: ">",
    rule: "-",
    rule_done: "=",
    bar: "|",
    full: "#",
    maybe: "+",
    empty: ".",
    bullet: "*",
    point: "#",
    done: "#",
    doing: "+",
    todo: "-",
    dismissed: "x",
    radio_on: "(*)",
    radio_off: "( )",
    dot: "-",
    ellipsis: "...",
    up: "^",
    down: "v",
    next: "->",
    arrows: ["Haut/Bas", "Gauche", "Droite"],
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl GlyphSet {
    /// The drawings of this set.
    pub fn glyphs(self) -> Glyphs {
        match self {
            Self::Extended => EXTENDED,
            Self::Standard => STANDARD,
            Self::Ascii => ASCII,
        }
    }

    /// Borders of dialogs.
    pub fn border(self) -> border::Set<'static> {
        match self {
            Self::Extended => border::ROUNDED,
            Self::Standard => border::PLAIN,
            Self::Ascii => ASCII_BORDER,
        }
    }

    /// The set suited to the locale: ASCII when it is set and is not UTF-8.
    pub fn from_locale(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| lookup(name).filter(|value| !value.is_empty()));
        match locale {
            Some(locale) => {
                let locale = locale.to_ascii_uppercase();
                // « C » and « POSIX » say nothing about the terminal, which is UTF-8 nowadays.
                let utf8 = locale.contains("UTF-8") || locale.contains("UTF8");
                if utf8 || matches!(locale.as_str(), "C" | "POSIX") {
                    Self::Standard
                } else {
                    Self::Ascii
                }
            }
            None => Self::Standard,
        }
    }

    /// The set of this French word, as given on the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "etendu" | "étendu" => Some(Self::Extended),
            "standard" => Some(Self::Standard),
            "ascii" => Some(Self::Ascii),
            _ => None,
        }
    }

    /// The set suited to the locale, extended where the terminal is known to draw it.
    pub fn from_terminal(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, known: &[&str]| {
            lookup(name).is_some_and(|value| known.iter().any(|known| value.contains(known)))
        };
        let known = lookup("WT_SESSION").is_some()
            || is("TERM_PROGRAM", &["WezTerm", "iTerm.app", "ghostty"])
            || is("TERM", &["kitty", "ghostty"])
            || lookup("VTE_VERSION")
                .and_then(|version| version.parse().ok())
                .is_some_and(|version: u32| version >= 5_200);
        match Self::from_locale(&lookup) {
            Self::Standard if known => Self::Extended,
            set => set,
        }
    }

    /// The text with the characters this set lacks replaced by look-alikes.
    pub fn adapt(self, text: String) -> String {
        if self != Self::Ascii || text.chars().all(is_plain) {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                c if is_plain(c) => out.push(c),
                '«' => {
                    out.push('"');
                    chars.next_if(|c| matches!(c, ' ' | '\u{a0}'));
                }
                '»' => {
                    out.truncate(out.trim_end_matches([' ', '\u{a0}']).len());
                    out.push('"');
                }
                '°' | 'º' => out.push('o'),
                '²' => out.push('2'),
                '×' => out.push('x'),
                '§' => out.push_str("par."),
                'œ' => out.push_str("oe"),
                'Œ' => out.push_str("OE"),
                '€' => out.push_str("EUR"),
                '…' => out.push_str("..."),
                '·' | '—' | '–' | '−' | '‑' => out.push('-'),
                // Those inside guillemets, which become straight quotes.
                '’' | '‘' | '“' | '”' => out.push('\''),
                '→' => out.push_str("->"),
                '←' => out.push_str("<-"),
                '≥' => out.push_str(">="),
                '≤' => out.push_str("<="),
                '•' => out.push('*'),
                '►' => out.push('>'),
                c => out.push(c),
            }
        }
        out
    }

    /// Tells whether the set holds a character.
    #[cfg(test)]
    pub fn holds(self, c: char) -> bool {
        match self {
            Self::Ascii => is_plain(c),
            Self::Standard => is_plain(c) || matches!(c, '\u{a1}'..='ÿ') || WGL4.contains(c),
            Self::Extended => Self::Standard.holds(c) || "╭╮╰╯✓".contains(c),
        }
    }
}

/// ASCII, accented letters, and the space that does not break, which is drawn as a space.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | '\n')
}

/// The part of WGL4 beyond Latin-1 that French text and our drawings can need.
#[cfg(test)]
const WGL4: &str = "œŒŸ–—‘’‚“”„†‡•…‰‹›€™−≤≥≠≈√∞←↑→↓↔─│┌┐└┘├┤┬┴┼═║╔╗╚╝█▄▀▌▐░▒▓■□▪▫▲►▼◄◊○●";

#[cfg(test)]
mod tests {
    use super::*;

    fn all(glyphs: &Glyphs) -> Vec<&'static str> {
        let [a, b, c] = glyphs.arrows;
        let border = glyphs.set.border();
        vec![
            glyphs.focus,
            glyphs.rule,
            glyphs.bar,
            glyphs.full,
            glyphs.maybe,
            glyphs.empty,
            glyphs.bullet,
            glyphs.point,
            glyphs.done,
            glyphs.doing,
            glyphs.todo,
            glyphs.dismissed,
            glyphs.radio_on,
            glyphs.radio_off,
            glyphs.dot,
            glyphs.ellipsis,
            glyphs.up,
            glyphs.down,
            glyphs.next,
            a,
            b,
            c,
            border.top_left,
            border.top_right,
            border.bottom_left,
            border.bottom_right,
            border.vertical_left,
            border.horizontal_top,
        ]
    }

    #[test]
    fn each_set_draws_with_its_own_characters() {
        for set in [GlyphSet::Extended, GlyphSet::Standard, GlyphSet::Ascii] {
            for glyph in all(&set.glyphs()) {
                assert!(glyph.chars().all(|c| set.holds(c)), "{set:?} {glyph}");
            }
        }
    }

    #[test]
    fn the_locale_decides() {
        let with =
            |value: &str| GlyphSet::from_locale(|name| (name == "LANG").then(|| value.to_owned()));
        assert_eq!(with("fr_FR.UTF-8"), GlyphSet::Standard);
        assert_eq!(with("C"), GlyphSet::Standard);
        assert_eq!(with("fr_FR.ISO-8859-1"), GlyphSet::Ascii);
        assert_eq!(GlyphSet::from_locale(|_| None), GlyphSet::Standard);
    }

    #[test]
    fn extended_glyphs_need_a_known_terminal() {
        let with = |pairs: &'static [(&str, &str)]| {
            GlyphSet::from_terminal(|name| {
                let found = pairs.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[]), GlyphSet::Standard);
        assert_eq!(with(&[("TERM", "xterm-256color")]), GlyphSet::Standard);
        assert_eq!(with(&[("TERM", "xterm-kitty")]), GlyphSet::Extended);
        assert_eq!(with(&[("WT_SESSION", "1")]), GlyphSet::Extended);
        assert_eq!(with(&[("VTE_VERSION", "7600")]), GlyphSet::Extended);
        assert_eq!(with(&[("VTE_VERSION", "5002")]), GlyphSet::Standard);
        let latin = &[("WT_SESSION", "1"), ("LANG", "fr_FR.ISO-8859-1")];
        assert_eq!(with(latin), GlyphSet::Ascii);
        assert_eq!(GlyphSet::from_word("étendu"), Some(GlyphSet::Extended));
        assert_eq!(GlyphSet::from_word("beau"), None);
    }

    #[test]
    fn ascii_keeps_accents() {
        let adapted = |text: &str| GlyphSet::Ascii.adapt(text.to_owned());
        assert_eq!(adapted("Été — œuf…"), "Été - oeuf...");
        assert_eq!(
            adapted("Lire «\u{a0}Page “Cookies”\u{a0}» · n°\u{a0}3"),
            "Lire \"Page 'Cookies'\" - no\u{a0}3"
        );
        assert_eq!(GlyphSet::Standard.adapt("œ…".into()), "œ…");
    }
}
