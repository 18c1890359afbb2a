//! Screens: what they share, and the enum that names them all.
//!
//! A screen owns its focus and its drafts; the truth is the dossier, read through the application.
//! It answers an action with steps: where to go, what to do, what to say.

pub mod account;
pub mod action;
pub mod activities;
pub mod activity;
pub mod assessment;
pub mod create;
pub mod documents;
pub mod dossier;
pub mod draft;
pub mod entry;
pub mod examples;
pub mod finished;
pub mod help;
pub mod home;
pub mod keep;
pub mod note;
pub mod palette;
pub mod past;
pub mod plan;
pub mod preview;
pub mod question;
pub mod renewed;
pub mod restitution;
pub mod review;
pub mod search;
pub mod whatif;
pub mod why;
pub mod written;

use super::app::drafts::About;
use super::app::{App, Seen};
use super::effect::Effect;
use super::event::Key;
use super::keymap::{Action, Scope};
use super::theme::Role;
use super::widget::page::{Look, Page};

/// What Enter does in a field that is not the last one.
pub const NEXT_FIELD: &str = "suivant";

/// Where the focus is in a screen, and how far the user scrolled from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Focus number.
    pub at: usize,
    /// Lines scrolled from where the focus puts the page.
    pub scroll: i32,
    /// The first line shown, whatever the focus: a click leaves the page where it was.
    pub top: Option<usize>,
}

impl Cursor {
    /// A cursor on a row.
    pub fn on(at: usize) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }

    /// A cursor on the first row of a page read from its top.
    pub fn at_top() -> Self {
        Self {
            scroll: i32::from(i16::MIN),
            ..Self::default()
        }
    }

    /// A cursor on a row that was clicked: the page stays where the last frame was.
    pub fn clicked(at: usize, seen: Seen) -> Self {
        Self {
            at,
            scroll: 0,
            top: Some(seen.above),
        }
    }

    /// Goes to the last row and to the last line, which may stand far below.
    pub fn go_to_end(&mut self, len: usize) {
        *self = Self {
            at: len.saturating_sub(1),
            scroll: 0,
            top: Some(usize::MAX),
        };
    }

    /// Tells whether the page stays where a click found it, as long as the focus is in sight.
    pub fn is_kept(&self) -> bool {
        self.top.is_some_and(|top| top != usize::MAX)
    }

    /// Tells whether the page was scrolled further than the focus, or read to its end.
    pub fn is_past(&self) -> bool {
        self.scroll > 0 || self.top == Some(usize::MAX)
    }

    /// Tells from the focus again where a page read to its end is.
    pub fn settle(&mut self, seen: Seen) {
        if !self.is_kept() {
            self.release(seen);
        }
    }

    /// Tells from the focus again where the page is, which does not move.
    pub fn release(&mut self, seen: Seen) {
        if self.top.take().is_some() {
            self.scroll = lines(seen.above) - seen.base;
        }
    }

    /// Scrolls from where the last frame was.
    pub fn scroll_by(&mut self, by: i32, seen: Seen) {
        let (below, above) = (lines(seen.below), lines(seen.above));
        self.release(seen);
        self.scroll = self.scroll.max(-seen.base) + by.clamp(-above, below);
    }

    /// Moves to a row among `len`.
    pub fn go(&mut self, at: usize, len: usize) {
        let at = at.min(len.saturating_sub(1));
        if at != self.at || self.scroll > 0 {
            *self = Self::on(at);
        }
    }
}

fn lines(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// What a screen answers to an action.
#[derive(Debug)]
pub enum Step {
    /// Opens a screen above this one.
    Push(Box<Screen>),
    /// Goes back one level.
    Pop,
    /// Goes to a question, from wherever one is.
    Ask(String),
    /// Says something in the notice line.
    Say(Role, String),
    /// Says something beside what the effect that follows says of itself.
    Remark(String),
    /// Gives the screen below what was written in this one, and closes it.
    Hand(Handed),
    /// Closes this screen and does an action in the one below.
    Run(Action),
    /// Does an action from this screen.
    Also(Action),
    /// Acts on the world.
    Do(Effect),
}

impl Step {
    /// Opens a screen above.
    pub fn push(screen: Screen) -> Vec<Self> {
        vec![Self::Push(Box::new(screen))]
    }

    /// Says something.
    pub fn say(role: Role, text: impl Into<String>) -> Vec<Self> {
        vec![Self::Say(role, text.into())]
    }
}

/// What was typed in a screen and is not on file yet.
#[derive(Debug, Default)]
pub struct Pending {
    /// What records the part of it that is worth recording as it stands.
    pub save: Option<Effect>,
    /// Whether some of it would be lost by leaving now.
    pub lost: bool,
}

/// What a screen hands to the one below.
#[derive(Debug, Clone)]
pub struct Handed {
    /// Which entry of the list.
    pub at: usize,
    /// Its parts; `None` removes it.
    pub record: Option<std::collections::BTreeMap<String, String>>,
    /// Whether an entry that was there goes away.
    pub is_removal: bool,
}

/// The focus of a screen that keeps it in a field named `cursor`.
macro_rules! focused {
    () => {
        fn cursor(&mut self) -> &mut $crate::tui::screen::Cursor {
            &mut self.cursor
        }

        fn place(&self) -> $crate::tui::screen::Cursor {
            self.cursor
        }
    };
}
pub(crate) use focused;

/// What a screen with a field named `past` takes back: its field of this name.
macro_rules! travels {
    ($now:ident) => {
        fn travel(&mut self, back: bool) -> bool {
            self.past.travel(&mut self.$now, back)
        }

        fn can_travel(&self, back: bool) -> bool {
            self.past.can(back)
        }
    };
}
pub(crate) use travels;

/// What every screen can do.
pub trait View {
    /// What the keys mean now.
    fn scope(&self, app: &App) -> Scope;
    /// What the header says.
    fn title(&self, app: &App) -> String;
    /// The same where there is little room.
    fn short_title(&self, app: &App) -> String {
        self.title(app)
    }
    /// Its content.
    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a>;
    /// Its focus.
    fn cursor(&mut self) -> &mut Cursor;
    /// Its focus, to look at.
    fn place(&self) -> Cursor;
    /// Number of rows that can be focused.
    fn targets(&self, app: &App) -> usize;
    /// Answers an action.
    fn act(&mut self, app: &App, action: Action) -> Vec<Step>;
    /// Types a key; `false` when the screen has no use for it.
    fn key(&mut self, _app: &App, _key: Key) -> bool {
        false
    }
    /// Receives a pasted text.
    fn paste(&mut self, _app: &App, _text: &str) {}
    /// Leads by a letter, which may be struck by mistake, to the row that does an action; `None` where
    /// the letter does it.
    fn lead(&mut self, _app: &App, _action: Action) -> Option<Vec<Step>> {
        None
    }
    /// Chooses by number.
    fn digit(&mut self, _app: &App, _number: usize) {}
    /// Receives what the screen above handed down.
    fn receive(&mut self, _app: &App, _handed: Handed) {}
    /// Looks at the dossier again after a change.
    fn refresh(&mut self, _app: &App) {}
    /// Takes back what was ticked here and recorded nowhere yet, or does it again; `false` when
    /// there is nothing of the kind.
    fn travel(&mut self, _back: bool) -> bool {
        false
    }
    /// Tells whether there is something to take back here, or to do again.
    fn can_travel(&self, _back: bool) -> bool {
        false
    }
    /// What was typed here and is not on file yet, for those who leave from anywhere.
    fn pending(&self, _app: &App) -> Pending {
        Pending::default()
    }
    /// What Enter does here, in a word or two, where it is not what it does elsewhere.
    fn enter(&self, _app: &App) -> Option<&'static str> {
        None
    }
    /// What closing the screen would lose, and what it is about; `None` beside it once nothing
    /// would be.
    fn draft(&self, _app: &App) -> Option<(About, Option<draft::Draft>)> {
        None
    }
    /// Tells whether an action would do something now.
    fn can(&self, _app: &App, _action: Action) -> bool {
        true
    }
}

impl Screen {
    /// Tells whether the screen is one of those of the record.
    pub fn is_of_record(&self) -> bool {
        matches!(
            self,
            Self::Activities(_) | Self::Activity(_) | Self::Written(_)
        )
    }
}

macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident($type:ty)),* $(,)?) => {
        /// Every screen.
        #[derive(Debug)]
        #[expect(clippy::large_enum_variant, reason = "a handful of screens live at a time")]
        pub enum Screen {
            $($(#[$doc])* $name($type),)*
        }

        impl Screen {
            /// The screen, to look at.
            pub fn view(&self) -> &dyn View {
                match self { $(Self::$name(screen) => screen,)* }
            }

            /// The screen, to act upon.
            pub fn view_mut(&mut self) -> &mut dyn View {
                match self { $(Self::$name(screen) => screen,)* }
            }
        }
    };
}

screens! {
    /// The workspace.
    Home(home::Home),
    /// A new dossier.
    Create(create::Create),
    /// One dossier.
    Dossier(dossier::Menu),
    /// A question.
    Question(question::Asking),
    /// An entry of a list.
    Entry(entry::Entry),
    /// A note or a reason.
    Note(note::Note),
    /// A theme just finished.
    Finished(finished::Finished),
    /// The assessment.
    Assessment(assessment::Results),
    /// The plan.
    Plan(plan::Table),
    /// One action of the plan.
    Action(action::Card),
    /// The documents.
    Documents(documents::Papers),
    /// One document.
    Preview(preview::Preview),
    /// All the answers.
    Review(review::Review),
    /// The record of processing activities.
    Activities(activities::Activities),
    /// One activity.
    Activity(activity::Card),
    /// A content of an activity.
    Written(written::Written),
    /// What a newer catalogue changes.
    Renewed(renewed::Renewed),
    /// Search.
    Search(search::Search),
    /// The fictional businesses.
    Examples(examples::Examples),
    /// The account of the score.
    Account(account::Account),
    /// Actions supposed done.
    WhatIf(whatif::WhatIf),
    /// What supports a document.
    Why(why::Why),
    /// Where and how to keep documents.
    Keep(keep::Keep),
    /// What is read to the room at the end.
    Restitution(restitution::Restitution),
    /// Every command.
    Palette(palette::Palette),
    /// Help and keys.
    Help(help::Help),
}
