//! The application: a stack of screens over one dossier, and one way to change it all.
//!
//! [`App::update`] takes what happened and returns what to do about it; it reads no file and draws
//! nothing. Screens answer actions with steps, obeyed here.

use std::collections::HashMap;
use std::path::PathBuf;

use super::desk::Desk;
use super::effect::Effect;
use super::event::{Input, Key, digit};
use super::glyphs::GlyphSet;
use super::keymap::{self, Action, Command, Scope};
use super::screen::draft::Draft;
use super::screen::{self, Cursor, Screen, Step};
use super::text;
use super::theme::{Background, Role, Theme, ThemeName};
use super::widget::page::{Look, Page};
use crate::domain::catalogue::Question;

/// What the user chose about the look.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Theme.
    pub theme: ThemeName,
    /// Background of the terminal.
    pub background: Background,
    /// Glyphs.
    pub set: GlyphSet,
    /// Whether the mouse is captured.
    pub mouse: bool,
}

/// A dossier of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Name of the business.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
    /// When it was created, or why it cannot be opened.
    pub summary: String,
}

/// What happened.
#[derive(Debug)]
pub enum Message {
    /// The user did something.
    Input(Input),
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
    /// Nothing to tell.
    Nothing,
}

/// Workshop mode.
#[derive(Debug, Clone, Default)]
pub struct Workshop {
    /// Questions put aside, to see again at the end.
    pub parked: Vec<String>,
    /// When the timer was started.
    pub since: Option<std::time::Instant>,
}

/// What the last frame showed, so that scrolling stops at its ends.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Lines hidden above.
    pub above: usize,
    /// Lines hidden below.
    pub below: usize,
    /// Height of the body.
    pub height: u16,
    /// Width of the body.
    pub width: u16,
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
    /// Answers left unfinished, by question.
    pub drafts: HashMap<String, Draft>,
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
    /// Whether to leave.
    pub leaving: bool,
}

impl App {
    /// The application on its first screen.
    pub fn new(workspace: String, listed: Vec<Listed>, settings: Settings) -> Self {
        Self {
            listed,
            workspace,
            desk: None,
            screens: vec![Screen::Home(screen::home::Home::default())],
            drafts: HashMap::new(),
            notice: None,
            settings,
            theme: Theme::new(settings.theme, settings.background),
            workshop: None,
            blank: false,
            seen: Seen::default(),
            leaving: false,
        }
    }

    /// The screen shown.
    pub fn top(&self) -> &Screen {
        // The stack is never empty: `pop` keeps the first screen.
        &self.screens[self.screens.len() - 1]
    }

    /// Lines the screen shown was scrolled by.
    pub fn scroll_of_top(&self) -> i32 {
        self.top().view().scrolled()
    }

    /// What keys mean now.
    pub fn scope(&self) -> Scope {
        self.top().view().scope(self)
    }

    /// Takes what happened, returns what to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Input(input) => self.input(input),
            Message::Did(did) => self.did(did),
        }
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        if self.blank {
            self.blank = matches!(input, Input::Resize(..));
            return Vec::new();
        }
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => {
                self.with_top(|screen, app| screen.view_mut().paste(app, &text));
                Vec::new()
            }
            Input::Wheel(step) => {
                self.scroll(i32::from(step) * 3);
                Vec::new()
            }
            Input::Click(..) | Input::Resize(..) => Vec::new(),
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        let scope = self.scope();
        if (scope.types() || scope == Scope::Action)
            && self.with_top(|screen, app| screen.view_mut().key(app, key)) == Some(true)
        {
            return Vec::new();
        }
        if scope == Scope::Choice
            && let Some(number) = key.typed().and_then(digit)
        {
            self.with_top(|screen, app| screen.view_mut().digit(app, number));
            return Vec::new();
        }
        match keymap::find(scope, key) {
            Some(action) => self.act(action),
            None => Vec::new(),
        }
    }

    /// Focuses a row, or validates it when it was focused already.
    pub fn click(&mut self, target: usize) -> Vec<Effect> {
        self.notice = None;
        let again = self.with_top(|screen, _| {
            let cursor = screen.view_mut().cursor();
            let again = cursor.at == target;
            *cursor = Cursor::on(target);
            again
        });
        if again == Some(true) && !self.scope().types() {
            let action = match self.scope() {
                Scope::Multi => Action::Toggle,
                Scope::Items => Action::Right,
                _ => Action::Accept,
            };
            self.act(action)
        } else {
            Vec::new()
        }
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
            Action::Undo => self
                .desk
                .as_ref()
                .is_some_and(|desk| desk.session.store().can_undo_redo().0),
            Action::Redo => self
                .desk
                .as_ref()
                .is_some_and(|desk| desk.session.store().can_undo_redo().1),
            Action::Back => {
                self.screens.len() > 1 || matches!(self.scope(), Scope::Typing | Scope::Writing)
            }
            Action::Timer | Action::Park => self.workshop.is_some(),
            Action::Parked => self.workshop.as_ref().is_some_and(|w| !w.parked.is_empty()),
            Action::Suspend => cfg!(unix),
            Action::Search => self.desk.is_some(),
            // The page shown is not offered again.
            Action::Assessment => !matches!(self.top(), Screen::Assessment(_)),
            Action::Plan => !matches!(self.top(), Screen::Plan(_)),
            Action::Documents => !matches!(self.top(), Screen::Documents(_)),
            Action::Review => self.desk.is_some() && !matches!(self.top(), Screen::Review(_)),
            Action::Help => !matches!(self.top(), Screen::Help(_)),
            Action::Up | Action::Down | Action::Tab | Action::Top | Action::Bottom => {
                self.top().view().targets(self) > 1 || self.seen.above + self.seen.below > 0
            }
            Action::PageUp => self.seen.above > 0,
            Action::PageDown => self.seen.below > 0,
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
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::Tab => self.step(1),
            Action::PageUp => self.scroll(-i32::from(self.seen.height / 2).max(1)),
            Action::PageDown => self.scroll(i32::from(self.seen.height / 2).max(1)),
            Action::Top => self.jump(0),
            Action::Bottom => self.jump(usize::MAX),
            Action::Back => return self.back(),
            Action::Undo => return self.change(Effect::Undo, "Rien à annuler."),
            Action::Redo => return self.change(Effect::Redo, "Rien à rétablir."),
            Action::Quit => return vec![Effect::Quit],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Save => {
                self.say(
                    Role::Notice,
                    "Déjà fait : chaque réponse est enregistrée aussitôt.",
                );
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
                self.settings.theme = self.settings.theme.next();
                self.theme = Theme::new(self.settings.theme, self.settings.background);
                let label = self.settings.theme.label();
                self.say(Role::Notice, format!("Couleurs : {label}."));
            }
            Action::Blank => self.blank = true,
            Action::Workshop => self.toggle_workshop(),
            Action::Timer => self.toggle_timer(),
            Action::Park => self.park(),
            Action::Parked
            | Action::Help
            | Action::Palette
            | Action::Search
            | Action::Files
            | Action::Assessment
            | Action::Plan
            | Action::Documents
            | Action::Review => return self.open_page(action),
            action => {
                let steps = self
                    .with_top(|screen, app| screen.view_mut().act(app, action))
                    .unwrap_or_default();
                return self.obey(steps);
            }
        }
        Vec::new()
    }

    fn open_page(&mut self, action: Action) -> Vec<Effect> {
        let screen = match action {
            Action::Help => return self.help_steps(),
            Action::Palette => Some(Screen::Palette(screen::palette::Palette::new(
                self.commands(),
            ))),
            Action::Files => Some(Screen::Help(screen::help::Help::files())),
            _ if self.desk.is_none() => None,
            Action::Search => Some(Screen::Search(screen::search::Search::default())),
            Action::Assessment => Some(Screen::Assessment(screen::assessment::Results::default())),
            Action::Plan => Some(Screen::Plan(screen::plan::Table::default())),
            Action::Documents => Some(Screen::Documents(screen::documents::Papers::default())),
            Action::Review => Some(Screen::Review(screen::review::Review::all())),
            Action::Parked => Some(Screen::Review(screen::review::Review::parked())),
            _ => None,
        };
        match screen {
            Some(screen) => self.obey(Step::push(screen)),
            None => Vec::new(),
        }
    }

    fn help_steps(&mut self) -> Vec<Effect> {
        let steps = self.help(self.scope());
        self.obey(steps)
    }

    /// Opens the help of a scope.
    pub fn help(&self, scope: Scope) -> Vec<Step> {
        let question = match self.top_question() {
            Some(id) if scope.asks() => Some(id.to_owned()),
            _ => None,
        };
        Step::push(Screen::Help(screen::help::Help::keys(scope, question)))
    }

    /// The question shown, or being written about.
    pub fn top_question(&self) -> Option<&str> {
        self.screens.iter().rev().find_map(|screen| match screen {
            Screen::Question(asking) => Some(asking.id.as_str()),
            _ => None,
        })
    }

    fn change(&mut self, effect: Effect, nothing: &str) -> Vec<Effect> {
        let possible = match effect {
            Effect::Undo => self.can(Action::Undo),
            _ => self.can(Action::Redo),
        };
        if possible {
            return vec![effect];
        }
        self.say(Role::Notice, nothing);
        Vec::new()
    }

    fn step(&mut self, by: i32) {
        let seen = self.seen;
        self.with_top(|screen, app| {
            let len = screen.view().targets(app);
            let cursor = screen.view_mut().cursor();
            if by > 0 {
                if cursor.at + 1 < len {
                    cursor.go(cursor.at + 1, len);
                } else if seen.below > 0 {
                    cursor.scroll += 1;
                }
            } else if cursor.scroll > 0 || (len == 0 && seen.above > 0) {
                cursor.scroll -= 1;
            } else if cursor.at > 0 {
                cursor.go(cursor.at - 1, len);
            }
        });
    }

    fn scroll(&mut self, by: i32) {
        let seen = self.seen;
        let below = i32::try_from(seen.below).unwrap_or(i32::MAX);
        let above = i32::try_from(seen.above).unwrap_or(i32::MAX);
        self.with_top(|screen, _| {
            screen.view_mut().cursor().scroll += by.clamp(-above, below);
        });
    }

    fn jump(&mut self, at: usize) {
        let below = i32::try_from(self.seen.below).unwrap_or(0);
        self.with_top(|screen, app| {
            let len = screen.view().targets(app);
            let cursor = screen.view_mut().cursor();
            if len == 0 {
                cursor.scroll = if at == 0 { 0 } else { cursor.scroll + below };
            } else {
                cursor.go(at, len);
            }
        });
    }

    fn back(&mut self) -> Vec<Effect> {
        let steps = self
            .with_top(|screen, app| screen.view_mut().act(app, Action::Back))
            .unwrap_or_default();
        if !steps.is_empty() {
            return self.obey(steps);
        }
        if self.screens.len() > 1 {
            self.pop();
        } else {
            self.say(Role::Notice, "q pour quitter : tout est enregistré.");
        }
        Vec::new()
    }

    /// Closes the screen shown, keeping the draft of a question.
    fn pop(&mut self) {
        if self.screens.len() > 1 {
            self.keep_draft();
            self.screens.pop();
            self.with_top(|screen, app| screen.view_mut().refresh(app));
        }
    }

    fn keep_draft(&mut self) {
        if let Some(Screen::Question(asking)) = self.screens.last()
            && asking.dirty
        {
            self.drafts.insert(asking.id.clone(), asking.draft.clone());
        }
    }

    /// Obeys the steps of a screen.
    pub fn obey(&mut self, steps: Vec<Step>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for step in steps {
            match step {
                Step::Push(screen) => {
                    self.keep_draft();
                    self.screens.push(*screen);
                }
                Step::Replace(screen) => {
                    self.pop();
                    self.screens.push(*screen);
                }
                Step::Pop => self.pop(),
                Step::Home => self.screens.truncate(1),
                Step::Ask(id) => self.ask(&id),
                Step::Say(role, text) => self.say(role, text),
                Step::Hand(handed) => {
                    self.pop();
                    self.with_top(|screen, app| screen.view_mut().receive(app, handed));
                }
                Step::Run(action) => {
                    self.pop();
                    effects.extend(self.act(action));
                }
                Step::Also(action) => effects.extend(self.act(action)),
                Step::Deepen => self.deepen(),
                Step::Do(effect) => effects.push(effect),
            }
        }
        effects
    }

    /// Says something until the next key.
    pub fn say(&mut self, role: Role, text: impl Into<String>) {
        self.notice = Some((role, text.into()));
    }

    /// Goes to a question: in place of the one shown, or above another screen.
    pub fn ask(&mut self, id: &str) {
        self.keep_draft();
        let Some(asking) = screen::question::Asking::open(self, id) else {
            return;
        };
        if matches!(self.top(), Screen::Question(_) | Screen::Finished(_)) {
            self.screens.pop();
        }
        self.screens.push(Screen::Question(asking));
    }

    fn deepen(&mut self) {
        use crate::domain::catalogue::Depth;
        if let Some(desk) = &mut self.desk {
            let depth = match desk.session.depth() {
                Depth::Essential => Depth::Full,
                Depth::Full => Depth::Essential,
            };
            desk.session.set_depth(depth);
            desk.refresh();
        }
        self.with_top(|screen, app| screen.view_mut().refresh(app));
    }

    fn did(&mut self, did: Did) -> Vec<Effect> {
        match did {
            Did::Answered {
                question,
                stay,
                result,
            } => match result {
                Ok(()) => self.answered(&question, stay),
                Err(message) => self.say(Role::Bad, format!("! {message}")),
            },
            Did::Changed(result) => {
                if let Some(desk) = &mut self.desk {
                    desk.refresh();
                }
                self.drafts.clear();
                self.with_top(|screen, app| {
                    if let Screen::Question(asking) = screen {
                        asking.dirty = false;
                    }
                    screen.view_mut().refresh(app);
                });
                match result {
                    Ok(said) => self.say(Role::Notice, said),
                    Err(message) => self.say(Role::Bad, format!("! {message}")),
                }
            }
            Did::Opened(Ok(desk)) => self.opened(*desk),
            Did::Opened(Err(message)) => self.say(Role::Bad, format!("! {message}")),
            Did::Said(role, said) => self.say(role, said),
            Did::Nothing => {}
        }
        Vec::new()
    }

    /// Shows a dossier just opened.
    fn opened(&mut self, desk: Desk) {
        let warning = desk.warning();
        self.desk = Some(desk);
        self.drafts.clear();
        self.screens.truncate(1);
        let menu = screen::dossier::Menu::default();
        self.screens.push(Screen::Dossier(menu));
        if let Some(warning) = warning {
            self.say(Role::Warn, warning);
        }
    }

    /// Moves on once an answer is on disk.
    fn answered(&mut self, id: &str, stay: bool) {
        self.drafts.remove(id);
        let Some(desk) = &mut self.desk else { return };
        let finished_before = desk.theme_of(id).is_some_and(|t| t.settled == t.total);
        let (appeared, gone) = desk.refresh();
        let finished = !finished_before && desk.theme_of(id).is_some_and(|t| t.settled == t.total);
        let theme = desk
            .question(id)
            .map(|question| question.questionnaire.clone());
        let next = desk.next_open(id);
        if let Some(Screen::Question(asking)) = self.screens.last_mut() {
            asking.dirty = false;
        }
        self.say(Role::Notice, branch_words(appeared, gone));
        if stay {
            self.with_top(|screen, app| screen.view_mut().refresh(app));
            return;
        }
        let reviewing = self
            .screens
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|s| matches!(s, Screen::Review(_)));
        if reviewing {
            self.pop();
            return;
        }
        match (finished, theme, next) {
            (true, Some(theme), _) => {
                if matches!(self.top(), Screen::Question(_)) {
                    self.screens.pop();
                }
                self.screens
                    .push(Screen::Finished(screen::finished::Finished::new(theme)));
            }
            (_, _, Some(next)) => self.ask(&next),
            _ => self.pop(),
        }
    }

    fn toggle_workshop(&mut self) {
        if self.workshop.take().is_some() {
            self.say(Role::Notice, "Mode atelier terminé.");
        } else {
            self.workshop = Some(Workshop::default());
            self.say(
                Role::Notice,
                "Mode atelier : conseils à l'animateur, v met une question de côté, . masque.",
            );
        }
    }

    fn toggle_timer(&mut self) {
        let Some(workshop) = &mut self.workshop else {
            return;
        };
        let said = match workshop.since.take() {
            Some(since) => {
                let minutes = since.elapsed().as_secs() / 60;
                format!("Minuteur arrêté : {minutes} min.")
            }
            None => {
                workshop.since = Some(std::time::Instant::now());
                "Minuteur démarré.".to_owned()
            }
        };
        self.say(Role::Notice, said);
    }

    fn park(&mut self) {
        let Some(id) = self.top_question().map(str::to_owned) else {
            return;
        };
        let Some(workshop) = &mut self.workshop else {
            return;
        };
        let said = if workshop.parked.contains(&id) {
            workshop.parked.retain(|parked| *parked != id);
            "Question reprise."
        } else {
            workshop.parked.push(id);
            "Question mise de côté : on y reviendra à la fin."
        };
        self.say(Role::Notice, said);
    }

    /// Tells whether what was typed must not be shown to a room.
    pub fn hides_private(&self) -> bool {
        self.workshop.is_some()
    }

    /// The look at a width.
    pub fn look(&self, width: u16) -> Look<'_> {
        Look {
            theme: &self.theme,
            glyphs: self.settings.set.glyphs(),
            width,
        }
    }

    /// Writes what there is to know about a question: help, example, sources.
    pub fn describe(&self, page: &mut Page<'_>, question: &Question) {
        screen::help::describe(self, page, question);
    }
}

/// « +2 questions selon votre réponse ».
fn branch_words(appeared: usize, gone: usize) -> String {
    match (appeared, gone) {
        (0, 0) => "Enregistré.".to_owned(),
        (n, 0) => {
            format!(
                "Enregistré. +{} selon votre réponse.",
                text::count(n, "question", "questions")
            )
        }
        (0, n) => {
            format!(
                "Enregistré. −{} selon votre réponse.",
                text::count(n, "question", "questions")
            )
        }
        (more, less) => format!("Enregistré. +{more} et −{less} questions selon votre réponse."),
    }
}
