//! Every screen at four sizes, as text and roles; once more in ASCII at the design size.
//!
//! A theme only says how each role looks: the text does not depend on it, and no cell has another
//! look than that of its role. So one snapshot of each screen and one table of the looks are every
//! screen in every theme; a test checks that this is true.

use ratatui::style::{Color, Style};

use super::journeys::filled;
use crate::tui::event::Input;
use crate::tui::glyphs::GlyphSet;
use crate::tui::harness::Harness;
use crate::tui::theme::{Background, ROLES, Role, Theme, ThemeName};

const SIZES: [(u16, u16); 4] = [(40, 12), (60, 20), (80, 24), (120, 40)];

/// Name of the screen, whether the dossier is filled, keys that lead there.
const SCREENS: &[(&str, bool, &str)] = &[
    ("accueil", false, "<échap>"),
    ("nouveau", false, "<échap>n"),
    ("dossier", false, ""),
    ("choix", false, "<entrée><bas>"),
    ("texte", false, "<entrée>2<entrée>Les pains"),
    (
        "adresse",
        false,
        "<entrée>1<entrée>12 rue<entrée><entrée>56",
    ),
    ("multiple", false, "/ligne<entrée> <bas>"),
    ("courriel-faux", false, "/électronique<entrée>moi@<entrée>"),
    ("liste-de-points", true, "<échap>/dit cette page<entrée>"),
    ("services", true, "<échap>/services ext<entrée><bas>"),
    ("fiches", true, "<échap>/héberge votre<entrée>"),
    ("fiche", true, "<échap>/héberge votre<entrée><entrée>"),
    ("note", false, "<entrée>nDeux<entrée>lignes"),
    ("theme-fini", true, ""),
    ("bilan", true, "<échap>b"),
    ("et-si", true, "<échap>bh<entrée>"),
    ("plan", true, "<échap>p"),
    ("action", true, "<échap>p<entrée>"),
    ("documents", true, "<échap>d"),
    ("document", true, "<échap>d<entrée>"),
    ("compte", true, "<échap>bl"),
    ("pourquoi", true, "<échap>d<entrée>s"),
    ("enregistrer", true, "<échap>d<entrée>e"),
    ("exemples", false, "<échap><échap>x"),
    ("note-privee", true, "<échap>w<entrée>PDeux<entrée>lignes"),
    ("restitution", true, "<échap>wR"),
    ("restitution-actions", true, "<échap>wR<entrée><entrée>"),
    ("reponses", true, "<échap>r"),
    ("registre", true, "<échap>t"),
    ("traitement", true, "<échap>t<entrée>"),
    (
        "traitement-duree",
        true,
        "<échap>t<entrée><bas><bas><bas><bas><bas><bas><bas><entrée>",
    ),
    ("traitement-base", true, "<échap>t<entrée><bas><entrée>"),
    ("recherche", true, "<échap>/page"),
    ("commandes", false, ":"),
    ("aide", false, "<entrée>?"),
    ("fichiers", false, "<échap>f"),
    ("atelier", false, "w<entrée>"),
];

fn at(width: u16, height: u16, full: bool, keys: &str) -> Harness {
    let harness = if full {
        filled(width, height)
    } else {
        Harness::new(width, height).dossier()
    };
    harness.keys(keys)
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    // The temporary folder of each run.
    settings.add_filter(r"/\S*\.tmp\w+\S*", "[dossier]");
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings
}

#[test]
fn every_screen_at_every_size() {
    let settings = settings();
    for (name, full, keys) in SCREENS {
        for (width, height) in SIZES {
            let mut harness = at(width, height, *full, keys);
            for c in harness.screen().chars() {
                assert!(GlyphSet::Standard.holds(c), "{name}: {c:?}");
            }
            let frame = harness.styled();
            settings.bind(|| insta::assert_snapshot!(format!("{name}-{width}x{height}"), frame));
        }
    }
}

#[test]
fn no_screen_shows_a_room_the_name_nor_what_was_typed() {
    let answers = [
        "Les pains",
        "8 000",
        "12 rue",
        "56000",
        "Vannes",
        "contact@pains",
        "OVH",
        "01 02 03",
    ];
    let names = ["Boulangerie Martin", "boulangerie-martin"];
    for (screen, full, keys) in SCREENS {
        let mut harness = at(120, 200, *full, keys);
        if harness.app.workshop.is_none() {
            harness.app.start_workshop();
        }
        let hidden = names.iter().chain(answers.iter().filter(|_| *full));
        let shown = harness.screen();
        for text in hidden {
            assert!(!shown.contains(text), "{text} in {screen}\n{shown}");
        }
        // What is said while leaving, too.
        harness.press("<ctrl-q>");
        let shown = format!("{}\n{}", harness.screen(), harness.app.window);
        for text in names {
            assert!(!shown.contains(text), "{text} in {screen}\n{shown}");
        }
    }
}

/// Every theme on every background, with sixteen colours and with more.
fn themes() -> Vec<(String, Theme)> {
    let named = [
        ("auto clair", ThemeName::Automatic, Background::Light),
        ("auto sombre", ThemeName::Automatic, Background::Dark),
        ("auto inconnu", ThemeName::Automatic, Background::Unknown),
        ("contraste", ThemeName::Contrast, Background::Unknown),
        ("projecteur", ThemeName::Projector, Background::Unknown),
        ("sans couleur", ThemeName::Mono, Background::Unknown),
    ];
    let both = named.map(|(label, name, background)| {
        let theme = Theme::new(name, background);
        [
            (label.to_owned(), theme.clone()),
            (format!("{label}, 256"), theme.shaded(background)),
        ]
    });
    both.into_iter().flatten().collect()
}

#[test]
fn a_theme_changes_the_look_of_roles_and_nothing_else() {
    for (name, full, keys) in SCREENS {
        for (width, height) in SIZES {
            let mut harness = at(width, height, *full, keys);
            let roles = harness.painted(Theme::roles());
            for (label, theme) in themes() {
                let painted = harness.painted(theme.clone());
                for (cell, known) in painted.content().iter().zip(roles.content()) {
                    assert_eq!(cell.symbol(), known.symbol(), "{name} {width} {label}");
                    let mut expected = known.clone();
                    expected.reset();
                    expected.set_symbol(cell.symbol());
                    expected.set_style(theme.style(Role::Text));
                    expected.set_style(theme.style(Harness::role(known)));
                    assert_eq!(*cell, expected, "{name} {width} {label}");
                }
            }
        }
    }
}

/// « Indexed(240) + BOLD », « – » when nothing is asked of the terminal.
fn told(style: Style) -> String {
    let color = |name: &str, color: Option<Color>| {
        let color = color.filter(|color| *color != Color::Reset)?;
        Some(format!("{name} {color}"))
    };
    let parts: Vec<String> = [color("encre", style.fg), color("fond", style.bg)]
        .into_iter()
        .flatten()
        .chain(
            style
                .add_modifier
                .iter_names()
                .map(|(name, _)| name.to_lowercase()),
        )
        .collect();
    if parts.is_empty() {
        "–".to_owned()
    } else {
        parts.join(", ")
    }
}

#[test]
fn the_look_of_every_role_in_every_theme() {
    let mut out = String::new();
    for (label, theme) in themes() {
        out.push_str(&format!("{label}\n"));
        for role in ROLES {
            let role_name = format!("{role:?}");
            out.push_str(&format!("  {role_name:<8} {}\n", told(theme.style(role))));
        }
    }
    settings().bind(|| insta::assert_snapshot!("themes", out));
}

#[test]
fn every_screen_draws_within_its_set() {
    for set in [GlyphSet::Extended, GlyphSet::Standard, GlyphSet::Ascii] {
        for (name, full, keys) in SCREENS {
            for (width, height) in SIZES {
                let mut harness = at(width, height, *full, keys).glyphs(set);
                let mono = Theme::new(ThemeName::Mono, Background::Unknown);
                let drawn = harness.painted(mono);
                for c in drawn
                    .content()
                    .iter()
                    .flat_map(|cell| cell.symbol().chars())
                {
                    let drawable = set.holds(c) && (set != GlyphSet::Ascii || c != '\u{a0}');
                    assert!(drawable, "{set:?} {name}: {c:?}\n{}", harness.screen());
                }
            }
        }
    }
}

#[test]
fn the_mark_of_what_is_hidden_stands_apart_from_the_text() {
    let mut marks = 0;
    for set in [GlyphSet::Standard, GlyphSet::Ascii] {
        let glyphs = set.glyphs();
        for (name, full, keys) in SCREENS {
            for (width, height) in SIZES {
                let mut harness = at(width, height, *full, keys).glyphs(set);
                let drawn = harness.painted(Theme::roles());
                for y in 2..height {
                    let cell = &drawn[(width - 1, y)];
                    if cell.symbol() == " " {
                        continue;
                    }
                    assert!([glyphs.up, glyphs.down].contains(&cell.symbol()), "{name}");
                    assert_eq!(drawn[(width - 2, y)].symbol(), " ", "{name} {width}");
                    marks += 1;
                }
            }
        }
    }
    assert!(marks > 20, "{marks}");
}

#[test]
fn every_screen_draws_in_a_very_large_window() {
    for (name, full, keys) in SCREENS {
        let mut harness = at(200, 60, *full, keys);
        let frame = harness.screen();
        let longest = frame.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(200), "{name}\n{frame}");
        // As much room on both sides: nothing is drawn on the left alone.
        let sides = |mut from: std::ops::Range<usize>| {
            let lines = frame.lines().map(|line| line.chars().collect::<Vec<_>>());
            let mut lines = lines.collect::<Vec<_>>().into_iter();
            lines.all(|line| from.all(|at| line.get(at).is_none_or(|c| *c == ' ')))
        };
        assert!(sides(0..40) && sides(160..200), "{name}\n{frame}");
        let footer = frame.lines().last().unwrap_or_default();
        assert!(footer.contains("commandes"), "{name}\n{frame}");
    }
}

#[test]
fn a_window_too_small_says_so() {
    let mut harness = Harness::new(39, 11).dossier();
    assert!(
        harness.screen().contains("Agrandissez la"),
        "{}",
        harness.screen()
    );
    // Nothing is done in the dark, but leaving, from a text too.
    let mut typing = Harness::new(80, 24).dossier().keys(":bil");
    typing.send(Input::Resize(20, 5));
    typing.press("an<entrée>");
    typing.send(Input::Paste("tout".to_owned()));
    typing.send(Input::Resize(80, 24));
    assert!(typing.screen().contains("[ bil "), "{}", typing.screen());
    typing.send(Input::Resize(20, 5));
    typing.press("q");
    assert!(typing.app.leaving);
}
