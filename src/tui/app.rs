//! The application: a stack of screens over one dossier, and one way to change it all.
//!
//! [`App::update`] takes what happened and returns what to do about it; it reads no file and draws
//! nothing. Screens answer actions with steps, obeyed here.

pub mod drafts;
mod keys;
mod moves;
mod quit;
mod steps;
pub mod workshop;

use std::path::PathBuf;

use jiff::civil::Date;

use super::desk::Desk;
use super::effect::{Effect, Writing};
use super::event::Input;
use super::frame::Hit;
use super::glyphs::GlyphSet;
use super::keymap::{self, Action, Command, Scope};
use super::screen::{self, Screen, Step};
use super::text;
use super::theme::{Background, Role, Theme, ThemeName};
use super::veil::BARE;
use super::widget::page::Look;
use crate::session::Glance;
use drafts::Drafts;
pub use workshop::Workshop;

/// Most rows of what was just said; what is longer has a page of its own.
pub const SAID: usize = 3;

/// What the user chose about the look.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Theme.
    pub theme: ThemeName,
    /// Background of the terminal.
    pub background: Background,
    /// Whether the terminal has shades of grey besides its sixteen colours.
    pub shades: bool,
    /// Glyphs.
    pub set: GlyphSet,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Whether the environment asks for no colour: a terminal that is told so loses reverse video with
    /// any colour, so no theme that has some is offered.
    pub colourless: bool,
}

impl Settings {
    /// The theme of these settings.
    pub fn painted(&self) -> Theme {
        let theme = Theme::new(self.theme, self.background);
        if self.shades {
            theme.shaded(self.background)
        } else {
            theme
        }
    }
}

/// A dossier of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Name of the business.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
    /// Day it was created.
    pub created: Option<Date>,
    /// Whether it cannot be read.
    pub damaged: bool,
    /// How far it is, once its row was on screen.
    pub glance: Option<Glance>,
}

/// What happened.
#[derive(Debug)]
pub enum Message {
    /// The user did something.
    Input(Input),
    /// The user clicked on something.
    Hit(Hit),
    /// An effect was executed.
    Did(Did),
}

/// How an effect went.
#[derive(Debug)]
pub enum Did {
    /// An answer was recorded, or not.
    Answered {
        /// Question id.
        question: String,
        /// Whether to stay on it.
        stay: bool,
        /// Why it was not.
        result: Result<(), String>,
    },
    /// The dossier changed; the sentence says how.
    Changed(Result<String, String>),
    /// A dossier was opened.
    Opened(Result<Box<Desk>, String>),
    /// Something was said.
    Said(Role, String),
    /// A document was written, others are to follow.
    Writing(Box<Writing>),
    /// Nothing to tell.
    Nothing,
}

/// What the last frame showed, so that scrolling stops at its ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Lines hidden above.
    pub above: usize,
    /// Lines hidden below.
    pub below: usize,
    /// Lines above when the page is where its focus puts it.
    pub base: i32,
    /// Height of the body.
    pub height: u16,
    /// Width of the body.
    pub width: u16,
    /// Width of what is said below it.
    pub spoken: u16,
    /// Whether scrolling left the focus out of sight.
    pub is_away: bool,
    /// Whether the window was too small to show anything.
    pub is_small: bool,
}

/// Everything on screen and behind it.
#[derive(Debug)]
pub struct App {
    /// Dossiers of the workspace.
    pub listed: Vec<Listed>,
    /// Where the workspace is.
    pub workspace: String,
    /// The open dossier.
    pub desk: Option<Desk>,
    /// Screens, the one shown last; never empty.
    pub screens: Vec<Screen>,
    /// What was left without being validated.
    drafts: Drafts,
    /// What was just said.
    pub notice: Option<(Role, String)>,
    /// Look.
    pub settings: Settings,
    /// Styles of the look.
    pub theme: Theme,
    /// Workshop mode, when on.
    pub workshop: Option<Workshop>,
    /// Whether the screen is hidden during a discussion.
    pub blank: bool,
    /// What the last frame showed.
    pub seen: Seen,
    /// The title the window was given.
    pub window: String,
    /// Whether to leave.
    pub leaving: bool,
    /// The theme that a line of a checklist finished, until its page is shown.
    finishing: Option<String>,
    /// What to add to what the effect under way says of itself.
    remark: Option<String>,
    /// What stands in the way of leaving.
    way_out: quit::WayOut,
}

impl App {
    /// The application on its first screen.
    pub fn new(workspace: String, listed: Vec<Listed>, settings: Settings) -> Self {
        Self {
            screens: vec![Screen::Home(screen::home::Home::over(&listed))],
            listed,
            workspace,
            desk: None,
            drafts: Drafts::default(),
            notice: None,
            settings,
            theme: settings.painted(),
            workshop: None,
            blank: false,
            seen: Seen::default(),
            window: String::new(),
            leaving: false,
            finishing: None,
            remark: None,
            way_out: quit::WayOut::default(),
        }
    }

    /// The screen shown.
    pub fn top(&self) -> &Screen {
        // The stack is never empty: `pop` keeps the first screen.
        &self.screens[self.screens.len() - 1]
    }

    /// Tells whether the screen shown is about the dossier on the desk.
    pub fn in_dossier(&self) -> bool {
        let about = |screen: &Screen| matches!(screen, Screen::Dossier(_));
        self.desk.is_some() && self.screens.iter().any(about)
    }

    /// A dossier whose row is on screen and which nobody looked at yet.
    pub fn unseen(&self) -> Option<usize> {
        let Screen::Home(home) = self.top() else {
            return None;
        };
        let unseen = |at: &usize| {
            let listed = &self.listed[*at];
            listed.glance.is_none() && !listed.damaged
        };
        home.window(self).find(unseen)
    }

    /// What keys mean now.
    pub fn scope(&self) -> Scope {
        self.top().view().scope(self)
    }

    /// Takes what happened, returns what to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = match message {
            Message::Input(input) => self.input(input),
            Message::Hit(Hit::Focus(target, zone)) => self.click(target, zone),
            Message::Hit(Hit::Act(action)) => {
                self.notice = None;
                self.act(action)
            }
            Message::Hit(Hit::Theme(at)) => {
                self.notice = None;
                let first = self.desk.as_ref().and_then(|desk| desk.first_of(at));
                self.obey(first.map(Step::Ask).into_iter().collect())
            }
            Message::Did(did) => self.did(did),
        };
        effects.extend(self.follow_discussion());
        self.stay_after_failure();
        self.say_at_length();
        effects
    }

    /// Runs a function on the screen shown, with the rest of the application to read.
    fn with_top<T>(&mut self, run: impl FnOnce(&mut Screen, &Self) -> T) -> Option<T> {
        let mut screen = self.screens.pop()?;
        let out = run(&mut screen, self);
        self.screens.push(screen);
        Some(out)
    }

    /// Tells whether an action would do something now.
    pub fn can(&self, action: Action) -> bool {
        match action {
            Action::Undo => self.top().view().can_travel(true) || self.can_change(true),
            Action::Redo => self.top().view().can_travel(false) || self.can_change(false),
            Action::Back => {
                self.screens.len() > 1 || matches!(self.scope(), Scope::Typing | Scope::Writing)
            }
            Action::Timer | Action::Park | Action::Private => self.workshop.is_some(),
            Action::Deepen => self.desk.as_ref().is_some_and(Desk::deepens),
            Action::Restitution => self.workshop.is_some() && self.in_dossier(),
            Action::Parked => self.in_dossier() && !self.parked().is_empty(),
            Action::Suspend => cfg!(unix),
            Action::Theme => !self.settings.colourless,
            Action::Search if matches!(self.top(), Screen::Home(_)) => self.listed.len() > 1,
            Action::Search => self.in_dossier() && !matches!(self.top(), Screen::Search(_)),
            // The page shown is not offered again.
            Action::Assessment => self.in_dossier() && !matches!(self.top(), Screen::Assessment(_)),
            Action::Plan => self.in_dossier() && !matches!(self.top(), Screen::Plan(_)),
            Action::Documents => self.in_dossier() && !matches!(self.top(), Screen::Documents(_)),
            Action::Review => self.in_dossier() && !matches!(self.top(), Screen::Review(_)),
            Action::Activities => self.in_dossier() && !self.top().is_of_record(),
            Action::Help => !matches!(self.top(), Screen::Help(_)),
            Action::Up | Action::Down | Action::Tab | Action::Top | Action::Bottom => {
                self.top().view().targets(self) > 1 || self.seen.above + self.seen.below > 0
            }
            Action::PageUp => self.seen.above > 0 || self.remote(false).is_some(),
            Action::PageDown | Action::Remote => self.seen.below > 0 || self.remote(true).is_some(),
            action => self.top().view().can(self, action),
        }
    }

    /// The commands that mean something now, one for each action.
    pub fn commands(&self) -> Vec<&'static Command> {
        let scope = self.scope();
        keymap::distinct(scope)
            .into_iter()
            .filter(|command| self.can(command.action))
            .collect()
    }

    /// Does an action.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.way_out.insists &= action == Action::Quit;
        match action {
            Action::Accept | Action::Toggle | Action::Right if self.seen.is_away => {
                self.bring_back();
            }
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::Tab if self.scope() != Scope::Services => self.step(1),
            Action::PageUp => match self.remote(false) {
                Some(action) => return self.act(action),
                None => self.scroll(-i32::from(self.seen.height / 2).max(1)),
            },
            Action::PageDown | Action::Remote => match self.remote(true) {
                Some(action) => return self.act(action),
                None => self.scroll(i32::from(self.seen.height / 2).max(1)),
            },
            Action::Top => self.jump(0),
            Action::Bottom => self.jump(usize::MAX),
            Action::Back => return self.back(),
            Action::Undo => return self.change(true),
            Action::Redo => return self.change(false),
            Action::Quit => return self.quit(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Save => {
                let read_only = |desk: &Desk| desk.session.is_read_only();
                if self.in_dossier() && self.desk.as_ref().is_some_and(read_only) {
                    self.say(
                        Role::Warn,
                        "Ce dossier est en lecture seule : rien n'y est enregistré.",
                    );
                } else {
                    self.say(
                        Role::Notice,
                        "Déjà fait : chaque réponse validée est enregistrée aussitôt.",
                    );
                }
            }
            Action::Mouse => {
                self.settings.mouse = !self.settings.mouse;
                let on = self.settings.mouse;
                self.say(
                    Role::Notice,
                    if on {
                        "Souris active. Maj + glisser (Option sur Mac) pour sélectionner du texte."
                    } else {
                        "Souris rendue au terminal : vous pouvez sélectionner et copier du texte."
                    },
                );
                return vec![Effect::Mouse(on)];
            }
            Action::Theme => {
                self.paint(self.settings.theme.next());
                let label = self.settings.theme.label();
                self.say(Role::Notice, format!("Couleurs : {label}."));
            }
            Action::Deepen => self.deepen(),
            Action::Blank => self.blank = true,
            Action::Workshop => self.toggle_workshop(),
            Action::Timer => self.toggle_timer(),
            Action::Park => return self.park(),
            Action::Parked
            | Action::Help
            | Action::Palette
            | Action::Search
            | Action::Files
            | Action::Assessment
            | Action::Plan
            | Action::Documents
            | Action::Review
            | Action::Activities
            | Action::Restitution => return self.open_page(action),
            action => {
                let steps = self
                    .with_top(|screen, app| screen.view_mut().act(app, action))
                    .unwrap_or_default();
                return self.obey(steps);
            }
        }
        Vec::new()
    }

    /// What a presentation remote asks for at the end of a page, during a workshop.
    fn remote(&self, forward: bool) -> Option<Action> {
        self.workshop.as_ref()?;
        let hidden = if forward {
            self.seen.below
        } else {
            self.seen.above
        };
        let action = match (self.scope(), forward) {
            _ if hidden > 0 => return None,
            (Scope::Dossier, true) => Action::Continue,
            (scope, _) if !scope.asks() => return None,
            (_, true) => Action::Next,
            (_, false) => Action::Previous,
        };
        self.top().view().can(self, action).then_some(action)
    }

    fn open_page(&mut self, action: Action) -> Vec<Effect> {
        let screen = match action {
            Action::Help => return self.help_steps(),
            Action::Palette => Some(Screen::Palette(screen::palette::Palette::new(
                self.commands(),
            ))),
            Action::Files => Some(Screen::Help(screen::help::Help::files())),
            Action::Search if matches!(self.top(), Screen::Home(_)) => {
                Some(Screen::Search(screen::search::Search::dossiers(self)))
            }
            // A dossier that was left is not on screen any more: its pages and changes are not either.
            _ if !self.in_dossier() => None,
            Action::Search => Some(Screen::Search(screen::search::Search::questions())),
            Action::Assessment => Some(Screen::Assessment(screen::assessment::Results::default())),
            Action::Plan => Some(Screen::Plan(screen::plan::Table::default())),
            Action::Documents => Some(Screen::Documents(screen::documents::Papers::default())),
            Action::Review => Some(Screen::Review(screen::review::Review::all())),
            Action::Activities => {
                Some(Screen::Activities(screen::activities::Activities::default()))
            }
            Action::Restitution => Some(Screen::Restitution(
                screen::restitution::Restitution::default(),
            )),
            Action::Parked => Some(Screen::Review(screen::review::Review::parked())),
            _ => None,
        };
        match screen {
            Some(screen) => self.obey(Step::push(screen)),
            None => Vec::new(),
        }
    }

    fn help_steps(&mut self) -> Vec<Effect> {
        let scope = self.scope();
        let question = match self.top_question() {
            Some(id) if scope.asks() => Some(id.to_owned()),
            _ => None,
        };
        let help = screen::help::Help::keys(scope, self.commands(), question);
        self.obey(Step::push(Screen::Help(help)))
    }

    /// The question shown, or being written about.
    pub fn top_question(&self) -> Option<&str> {
        self.screens.iter().rev().find_map(|screen| match screen {
            Screen::Question(asking) => Some(asking.id.as_str()),
            _ => None,
        })
    }

    /// Tells whether the dossier has a change to undo, or to do again.
    fn can_change(&self, back: bool) -> bool {
        let desk = self.desk.as_ref().filter(|_| self.in_dossier());
        let (undo, redo) = desk.map_or((false, false), |desk| desk.session.store().can_undo_redo());
        if back { undo } else { redo }
    }

    /// Undoes what was ticked and not validated, then what is recorded; or does it again.
    fn change(&mut self, back: bool) -> Vec<Effect> {
        let ticked = self.with_top(|screen, _| screen.view_mut().travel(back));
        let said = match (ticked, back) {
            (Some(true), true) => "Annulé ici, avant d'être enregistré. Ctrl+Y rétablit.",
            (Some(true), false) => "Rétabli.",
            (_, true) if self.can_change(true) => return vec![Effect::Undo],
            (_, false) if self.can_change(false) => return vec![Effect::Redo],
            (_, true) => "Rien à annuler.",
            (_, false) => "Rien à rétablir.",
        };
        self.say(Role::Notice, said);
        Vec::new()
    }

    /// Says something until the next key.
    pub fn say(&mut self, role: Role, text: impl Into<String>) {
        self.notice = Some((role, text.into()));
    }

    /// Opens a page for what is too long to be said in a few rows.
    fn say_at_length(&mut self) {
        let width = match self.seen.spoken {
            0 => text::MEASURE,
            width => width,
        };
        let long = |(_, words): &(Role, String)| {
            let words = self.look(0).shown(&words.replace('\n', " "));
            text::wrap(&words, width).len() > SAID
        };
        if self.notice.as_ref().is_some_and(long)
            && let Some((role, words)) = self.notice.take()
        {
            let page = screen::help::Help::said(role, words);
            self.screens.push(Screen::Help(page));
        }
    }

    /// The look at a width.
    pub fn look(&self, width: u16) -> Look<'_> {
        let desk = self.desk.as_ref().filter(|_| self.hides_private());
        Look {
            veil: desk.map_or(&BARE, Desk::veil),
            theme: &self.theme,
            glyphs: self.settings.set.glyphs(),
            width,
        }
    }
}
