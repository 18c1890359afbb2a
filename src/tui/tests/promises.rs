//! Promises that hold on every screen, whatever is pressed.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;

use super::journeys::filled;
use crate::content::{self, Content};
use crate::tui::event::{Input, Key};
use crate::tui::harness::{Harness, parse};
use crate::tui::keymap::{self, Action, Scope};
use crate::tui::screen::Screen;
use crate::tui::theme::{Background, Theme, ThemeName};

/// How many cases a property is tried on: as many as `PROPTEST_CASES` says, or these.
fn cases(usual: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => asked,
        None => ProptestConfig {
            cases: usual,
            ..asked
        },
    }
}

/// Keys of a person who presses anything.
const ANY: &[&str] = &[
    "<haut>",
    "<bas>",
    "<gauche>",
    "<droite>",
    "<entrée>",
    "<entrée>",
    "<entrée>",
    "<échap>",
    "<tab>",
    "<maj-tab>",
    "<espace>",
    "<page-haut>",
    "<page-bas>",
    "<début>",
    "<fin>",
    "<f1>",
    "<ctrl-z>",
    "<ctrl-y>",
    "<ctrl-s>",
    "<ctrl-u>",
    "<ctrl-d>",
    "<ctrl-f>",
    "<ctrl-p>",
    "<effacer>",
    "1",
    "2",
    "3",
    "é",
    "o",
    "n",
    "i",
    "l",
    "s",
    "u",
    "U",
    "b",
    "p",
    "d",
    "r",
    "h",
    "a",
    "c",
    "e",
    "v",
    "t",
    "z",
    "w",
    "R",
    "P",
    "f",
    "m",
    "?",
    ":",
    "/",
    ".",
    "g",
    "G",
    "12 rue",
    "x@y.fr",
    "x",
    "j",
    "k",
    "y",
];

/// The content that is shipped, loaded once.
pub fn shipped() -> Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    let load = || match content::load(None) {
        Ok(content) => Arc::new(content),
        Err(error) => panic!("{error}"),
    };
    Arc::clone(CONTENT.get_or_init(load))
}

fn script() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(ANY), 0..60).prop_map(|keys| keys.concat())
}

/// Windows, down to one that is too small.
const SIZES: &[(u16, u16)] = &[(40, 12), (80, 24), (120, 40), (20, 5)];

/// What a person does who tries anything: keys most of all, and the mouse, pastes, the window.
fn gestures() -> impl Strategy<Value = Vec<Input>> {
    let keys = prop::sample::select(ANY)
        .prop_map(|keys| parse(keys).into_iter().map(Input::Key).collect::<Vec<_>>());
    let clicks = (0..120_u16, 0..40_u16, 1..3_usize)
        .prop_map(|(x, y, times)| vec![Input::Click(x, y); times]);
    let wheel = prop::sample::select(&[-1_i8, 1][..]).prop_map(|step| vec![Input::Wheel(step)]);
    let pastes = [
        "",
        "2\n",
        "Les pains\nde Marie\n",
        "e\u{301}\t\u{1b}[31m\u{0}",
        "日本 👩‍👩‍👧",
    ];
    let pastes =
        prop::sample::select(pastes.to_vec()).prop_map(|text| vec![Input::Paste(text.to_owned())]);
    let sizes =
        prop::sample::select(SIZES).prop_map(|(width, height)| vec![Input::Resize(width, height)]);
    // Leaving ends a sequence: it is tried, and rare enough for the others to go far.
    let leave = Just(parse("q").into_iter().map(Input::Key).collect::<Vec<_>>());
    let any =
        prop_oneof![48 => keys, 20 => clicks, 8 => wheel, 4 => pastes, 4 => sizes, 1 => leave];
    prop::collection::vec(any, 0..80).prop_map(|gestures| gestures.concat())
}

/// Does everything; on each frame the cursor is in the window and the focus on a row.
fn survives(
    harness: &mut Harness,
    size: (u16, u16),
    inputs: &[Input],
) -> Result<(), TestCaseError> {
    let (mut width, mut height) = size;
    for input in inputs {
        if let Input::Resize(w, h) = *input {
            (width, height) = (w, h);
        }
        harness.send(input.clone());
        if harness.app.leaving {
            break;
        }
        if let Some((x, y)) = harness.cursor {
            prop_assert!(x < width && y < height, "cursor {x},{y} after {input:?}");
        }
        let view = harness.app.top().view();
        let (at, rows) = (view.place().at, view.targets(&harness.app));
        prop_assert!(at < rows.max(1), "row {at} of {rows} after {input:?}");
    }
    // What is on disk is what is in memory.
    if let Some(desk) = harness.app.desk.as_ref() {
        // As it is kept: an example opened here holds answers that the small catalogue does not have.
        let dossier = desk.session.store().dossier().clone();
        let folder = harness.folder();
        harness.app.desk = None;
        let read = crate::storage::Store::open(folder).unwrap();
        prop_assert_eq!(&read.dossier().answers, &dossier.answers);
        prop_assert_eq!(&read.dossier().notes, &dossier.notes);
        prop_assert_eq!(&read.dossier().actions, &dossier.actions);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn anything_can_be_done(
        inputs in gestures(), full in any::<bool>(), size in prop::sample::select(SIZES)
    ) {
        let (width, height) = size;
        let mut harness = if full { filled(width, height) } else { Harness::new(width, height).dossier() };
        survives(&mut harness, size, &inputs)?;
    }

    #[test]
    fn escape_always_leads_home(script in script()) {
        let mut harness = Harness::new(80, 24).dossier().keys(&script);
        for _ in 0..20 {
            harness.press("<échap>");
        }
        prop_assert!(matches!(harness.app.top(), Screen::Home(_)));
        prop_assert!(!harness.app.leaving);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn anything_can_be_done_with_what_is_shipped(
        inputs in gestures(), from in any::<prop::sample::Index>(), size in prop::sample::select(SIZES)
    ) {
        let (width, height) = size;
        let mut harness = Harness::with(width, height, shipped()).dossier();
        harness.app.ask(&from.get(&shipped().catalogue.questions).id);
        survives(&mut harness, size, &inputs)?;
    }
}

/// Keys that lead to a screen of each scope.
const EACH: &[(Scope, &str)] = &[
    (Scope::Home, "<échap><échap>"),
    (Scope::Dossier, "<échap>"),
    (Scope::Choice, "<échap>/forme<entrée>"),
    (Scope::Multi, "<échap>/ligne<entrée>"),
    (Scope::Items, "<échap>/dit cette page<entrée>"),
    (Scope::Services, "<échap>/services ext<entrée><bas>"),
    (Scope::Answer, "<échap>/nom exact<entrée>"),
    (Scope::Typing, "<échap>/page"),
    (Scope::Writing, "<échap>/forme<entrée>nmot"),
    (Scope::Assessment, "<échap>b"),
    (Scope::Plan, "<échap>p"),
    (Scope::Action, "<échap>p<entrée>"),
    (Scope::Documents, "<échap>d"),
    (Scope::Preview, "<échap>d<entrée>"),
    (Scope::List, "<échap>r"),
    (Scope::Ticking, "<échap>bh"),
    (Scope::Slides, "<échap>wR<droite>"),
    (Scope::Reading, "<échap>?"),
    // In a workshop, a remote moves on; on the first question there is nothing before.
    (Scope::YesNo, "<échap>w/mentions<entrée>"),
    (Scope::YesNo, "<échap>/mentions<entrée>"),
    (Scope::RoomItems, "<échap>w/dit cette page<entrée>"),
    (Scope::Dossier, "<échap><échap>w<entrée>"),
];

/// What can be told of a state from the outside.
fn state(harness: &mut Harness) -> String {
    let screen = harness.styled();
    let dossier = harness
        .app
        .desk
        .as_ref()
        .map(|desk| desk.session.dossier().answers.clone());
    format!(
        "{screen}{dossier:?}{:?}{:?}",
        harness.app.leaving, harness.host.mouse
    )
}

#[test]
fn every_key_of_the_footer_does_something() {
    for (scope, keys) in EACH {
        let harness = filled(80, 24).keys(keys);
        assert_eq!(harness.app.scope(), *scope, "{keys}");
        for command in harness
            .app
            .commands()
            .into_iter()
            .filter(|command| command.rank > 0)
        {
            let mut fresh = filled(80, 24).keys(keys);
            let before = state(&mut fresh);
            // On the first row, the arrow down stands for both.
            let key = match command.action {
                Action::Up => Key::code(crossterm::event::KeyCode::Down),
                Action::Digits => Key::char('3'),
                _ => command.keys[0],
            };
            fresh.send(Input::Key(key));
            assert_ne!(
                before,
                state(&mut fresh),
                "{scope:?}: {:?} does nothing",
                command.action
            );
        }
    }
}

#[test]
fn every_key_of_the_help_page_does_something() {
    for (scope, keys) in EACH {
        let offered = filled(80, 24).keys(keys).app.commands();
        for command in offered {
            for row in keymap::commands(*scope).filter(|row| row.action == command.action) {
                for key in row.keys {
                    let key = match row.action {
                        Action::Digits => Key::char('3'),
                        _ => *key,
                    };
                    // At one end of a list, the key shows from the other end.
                    let works = ["", "<bas>", "<fin>"].into_iter().any(|from| {
                        let mut fresh = filled(80, 24).keys(keys).keys(from);
                        let before = state(&mut fresh);
                        fresh.send(Input::Key(key));
                        before != state(&mut fresh)
                    });
                    assert!(works, "{scope:?}: {row:?} {key:?}");
                }
            }
        }
    }
}

#[test]
fn every_command_found_by_name_does_something() {
    let mut tried = 0;
    for (scope, keys) in EACH {
        let offered = filled(80, 24).keys(keys).app.commands();
        for command in offered.into_iter().filter(|row| row.keys.is_empty()) {
            // Pausing hands the terminal over, which shows on no frame.
            if command.action == Action::Suspend {
                continue;
            }
            let mut harness = filled(80, 24).keys(keys);
            let before = state(&mut harness);
            harness.press("<ctrl-p>");
            for c in command.long.chars() {
                harness.send(Input::Key(Key::char(c)));
            }
            let screen = harness.screen();
            assert!(
                !screen.contains("Aucune commande"),
                "{scope:?}: {command:?}\n{screen}"
            );
            harness.press("<entrée>");
            assert_ne!(before, state(&mut harness), "{scope:?}: {command:?}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn what_a_screen_offers_is_in_its_commands_its_help_and_the_documentation() {
    let written = crate::tui::touches::page();
    for (scope, keys) in EACH {
        let offered = filled(80, 200).keys(keys).app.commands();
        let title = format!("\n## {}\n", scope.label());
        let section = written.split(&title);
        let section = section.last().and_then(|rest| rest.split("\n## ").next());
        let mut helped = filled(80, 200).keys(keys).keys("<f1>");
        let help = helped.screen();
        for command in offered {
            let row = format!("| {} |", command.long);
            assert!(
                section.is_some_and(|section| section.contains(&row)),
                "{command:?}"
            );
            let first: Vec<&str> = command.long.split(' ').take(3).collect();
            let read = *scope == Scope::Reading || help.contains(&first.join(" "));
            assert!(read, "{scope:?}: {command:?}\n{help}");
        }
    }
}

#[test]
fn every_footer_shows_help_and_commands() {
    for (scope, keys) in EACH {
        for (width, height) in [(40, 12), (80, 24)] {
            let mut harness = filled(width, height).keys(keys);
            let screen = harness.screen();
            let footer = screen.lines().last().unwrap();
            let helped = footer.contains("aide") || *scope == Scope::Reading;
            assert!(helped, "{scope:?}\n{screen}");
            let palette = footer.contains("commandes");
            assert!(palette || width < 60, "{scope:?}\n{screen}");
            let app = &harness.app;
            let first = app.commands();
            let first = first.iter().filter(|c| c.rank > 0).min_by_key(|c| c.rank);
            // A page may say better what Enter does there.
            let own = app.top().view().enter(app);
            let first = first.map_or("", |command| match (command.action, own) {
                (Action::Accept, Some(own)) => own,
                _ => command.short,
            });
            assert!(footer.contains(first), "{scope:?}: {first}\n{screen}");
        }
    }
}

#[test]
fn the_focused_row_holds_the_cursor_on_every_screen() {
    for (scope, keys) in EACH.iter().filter(|(scope, _)| *scope != Scope::Reading) {
        let mut harness = filled(80, 24).keys(keys);
        harness.screen();
        let (_, y) = harness.cursor.unwrap();
        assert!(y >= 2, "{scope:?}: no cursor");
    }
}

#[test]
fn the_mono_theme_draws_no_colour() {
    let harness = filled(80, 24);
    let mono = Theme::new(ThemeName::Mono, Background::Dark);
    assert_eq!(harness.app.theme, mono);
}

#[test]
fn a_question_goes_back_from_any_kind() {
    for (scope, keys) in EACH
        .iter()
        .filter(|(scope, _)| scope.asks() && *scope != Scope::Choice)
    {
        let mut harness = filled(80, 24).keys(keys);
        let before = harness.app.top_question().unwrap().to_owned();
        harness.press("<maj-tab>");
        let after = harness.app.top_question().unwrap().to_owned();
        assert_ne!(before, after, "{scope:?}");
    }
}

#[test]
fn no_colour_is_offered_where_none_is_wanted() {
    let offers = |harness: &Harness| {
        let commands = harness.app.commands();
        commands
            .iter()
            .any(|command| command.action == Action::Theme)
    };
    let mut harness = Harness::new(80, 24);
    assert!(offers(&harness));
    harness.app.settings.colourless = true;
    assert!(!offers(&harness));
}
