//! One question: its answers, then the four other ways out, then how to check for oneself.
//!
//! ```text
//! Question, why                      pinned while the rest scrolls
//! ► 1 (●) option …                   what the kind asks for
//!     ( ) Je ne sais pas …           the same three rows on every question
//! [ Note ] [ Question précédente ]   buttons
//! Comment vérifier …                 help, example, sources: shown as far as there is room
//! ```

use crossterm::event::KeyCode;

use super::draft::{Draft, Part};
use super::past::Past;
use super::{Cursor, Handed, NEXT_FIELD, Pending, Step, View};
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::catalogue::{Choice, Question};
use crate::tui::app::App;
use crate::tui::app::drafts::About;
use crate::tui::desk::Desk;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::screen::{help, note, review};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// A row that can be focused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// An option of a choice.
    Option(String),
    /// An option to tick.
    Tick(String),
    /// An item of a checklist.
    Item(String),
    /// A text field, by position.
    Input(usize),
    /// The filter of the services.
    Filter,
    /// A service.
    Service(String),
    /// An entry of a list, by position.
    Entry(usize),
    /// A new entry.
    Add,
    /// « Valider ».
    Confirm,
    /// « Je ne sais pas ».
    Unknown,
    /// « Sans objet ».
    NotApplicable,
    /// « Plus tard ».
    Later,
    /// The note.
    Note,
    /// Put the question aside, in a workshop.
    Park,
    /// Back to the previous question.
    Previous,
    /// Help on a page of its own.
    Help,
    /// Erase the answer.
    Erase,
    /// The other commands, before a room: as few buttons as can be.
    More,
}

/// A question being answered.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Its id.
    pub id: String,
    /// The answer under construction.
    pub draft: Draft,
    /// Whether the draft says something the dossier does not.
    pub dirty: bool,
    /// The answer it started from: once another one is on file, the draft is about nothing.
    from: Option<Answer>,
    /// Whether the draft was left here earlier.
    resumed: bool,
    past: Past<Draft>,
    cursor: Cursor,
    error: Option<String>,
    warned: bool,
}

impl Asking {
    /// Opens a question on the answer it has, or on the draft left there.
    pub fn open(app: &App, id: &str) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let question = desk.question(id)?;
        let answer = desk.answer(id);
        let kept = app.draft(&About::Answer(id.to_owned()));
        let kept = kept.map(|kept| kept.draft.clone());
        let mut past = Past::default();
        if kept.as_ref().is_some_and(Draft::is_ticked) {
            past.keep(Draft::of(question, answer));
        }
        let mut asking = Self {
            id: question.id.clone(),
            dirty: kept.is_some(),
            resumed: kept.is_some(),
            from: answer.cloned(),
            draft: kept.unwrap_or_else(|| Draft::of(question, answer)),
            past,
            cursor: Cursor::default(),
            error: None,
            warned: false,
        };
        let rows = asking.rows(app, desk, question);
        // Where something is typed, the field is ready to be filled.
        let typed = !matches!(
            asking.draft,
            Draft::Choice | Draft::Multi(_) | Draft::Items(_)
        );
        asking.cursor.at = match answer {
            _ if typed => None,
            Some(Answer::Unknown) => rows.iter().position(|row| *row == Row::Unknown),
            Some(Answer::NotApplicable { .. }) => {
                rows.iter().position(|row| *row == Row::NotApplicable)
            }
            Some(Answer::Value(Value::Text(picked))) => rows
                .iter()
                .position(|row| matches!(row, Row::Option(id) if id == picked)),
            _ => None,
        }
        .unwrap_or(0);
        Some(asking)
    }

    /// The focusable rows, in order.
    pub fn rows(&self, app: &App, desk: &Desk, question: &Question) -> Vec<Row> {
        let mut rows = Vec::new();
        match &self.draft {
            Draft::Choice => {
                rows.extend(desk.options(question).map(|o| Row::Option(o.id.clone())));
            }
            Draft::Multi(_) => {
                rows.extend(desk.options(question).map(|o| Row::Tick(o.id.clone())));
            }
            Draft::Items(_) => {
                rows.extend(
                    desk.items(question)
                        .into_iter()
                        .map(|i| Row::Item(i.id.clone())),
                );
            }
            Draft::Line(_) => rows.push(Row::Input(0)),
            Draft::Form(parts) => rows.extend((0..parts.len()).map(Row::Input)),
            Draft::Services { filter, .. } => {
                rows.push(Row::Filter);
                rows.extend(
                    desk.services(filter.value())
                        .map(|s| Row::Service(s.id.clone())),
                );
            }
            Draft::List(entries) => {
                rows.extend((0..entries.len()).map(Row::Entry));
                if question.max_entries.is_none_or(|max| entries.len() < max) {
                    rows.push(Row::Add);
                }
            }
        }
        if !matches!(self.draft, Draft::Choice) {
            rows.push(Row::Confirm);
        }
        rows.extend([Row::Unknown, Row::NotApplicable, Row::Later]);
        let room = app.workshop.is_some();
        rows.push(if room { Row::Park } else { Row::Note });
        if desk.previous(&self.id).is_some() {
            rows.push(Row::Previous);
        }
        if room {
            rows.push(Row::More);
            return rows;
        }
        if desk.answer(&self.id).is_some() {
            rows.push(Row::Erase);
        }
        rows.push(Row::Help);
        rows
    }

    fn row(&self, app: &App) -> Option<Row> {
        let desk = app.desk.as_ref()?;
        let question = desk.question(&self.id)?;
        self.rows(app, desk, question)
            .into_iter()
            .nth(self.cursor.at)
    }

    /// Tells whether some options say yes, and others no.
    fn is_yes_or_no(&self, app: &App) -> bool {
        let desk = app.desk.as_ref();
        let question = desk.and_then(|desk| desk.question(&self.id));
        question.is_some_and(|question| {
            let says = |word: &str| question.options.iter().any(|o| o.label.starts_with(word));
            matches!(self.draft, Draft::Choice) && says("Oui") && says("Non")
        })
    }

    /// Tells whether the example stands under the field rather than in the help.
    fn shows_example(&self) -> bool {
        matches!(self.draft, Draft::Line(_))
    }

    /// Tells whether what is typed is masked: an answer on file, before a room, until it is changed.
    fn is_masked(&self, app: &App, question: &Question, answer: Option<&Answer>) -> bool {
        let typed = matches!(
            answer,
            Some(Answer::Value(_) | Answer::NotApplicable { .. })
        );
        typed && app.hides_private() && !self.dirty && review::is_private(question)
    }

    /// Tells whether the draft would give another answer than the one on file.
    fn differs(&self, app: &App) -> bool {
        let desk = app.desk.as_ref();
        let question = desk.and_then(|desk| Some((desk.question(&self.id)?, desk)));
        question.is_some_and(|(question, desk)| {
            let filed = Draft::of(question, desk.answer(&self.id));
            !self.draft.says_as(&filed)
        })
    }

    /// The field under the focus, if letters go to one.
    fn field(&mut self, row: Option<&Row>) -> Option<&mut crate::tui::widget::field::Field> {
        match (&mut self.draft, row?) {
            (Draft::Line(field), Row::Input(_)) => Some(field),
            (Draft::Form(parts), Row::Input(at)) => parts
                .get_mut(*at)
                .filter(|part| !part.picks())
                .map(|part| &mut part.field),
            (Draft::Services { filter, .. }, Row::Filter | Row::Service(_)) => Some(filter),
            _ => None,
        }
    }
}

impl View for Asking {
    fn scope(&self, app: &App) -> Scope {
        match self.row(app) {
            Some(Row::Tick(_)) => Scope::Multi,
            Some(Row::Item(_)) if app.workshop.is_some() => Scope::RoomItems,
            Some(Row::Item(_)) => Scope::Items,
            Some(Row::Service(_)) => Scope::Services,
            Some(Row::Input(_) | Row::Filter) => Scope::Answer,
            _ if self.is_yes_or_no(app) => Scope::YesNo,
            _ => Scope::Choice,
        }
    }

    fn title(&self, app: &App) -> String {
        app.desk
            .as_ref()
            .map_or_else(String::new, |desk| desk.place(&self.id))
    }

    fn short_title(&self, app: &App) -> String {
        let desk = app.desk.as_ref();
        desk.map_or_else(String::new, |desk| desk.short_place(&self.id))
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let Some(question) = desk.question(&self.id) else {
            return page;
        };
        page.text(Role::Title, &question.text);
        if let Some(error) = &self.error {
            page.text(Role::Bad, &format!("! {error}"));
        }
        if self.resumed {
            let words = "Laissé ici sans être validé : ce n'est pas encore enregistré.";
            page.text(Role::Warn, words);
        }
        page.pin();
        page.text(Role::Text, &question.why);
        if app.workshop.is_some() && !question.tip.is_empty() {
            page.gap();
            page.text(Role::Dim, &format!("Conseil : {}", question.tip));
        }
        page.gap();
        let rows = self.rows(app, desk, question);
        self.draw_rows(&mut page, app, desk, question, &rows);
        if look.width >= 60 && app.workshop.is_none() {
            help::describe(app, &mut page, question, !self.shows_example());
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        let Some(desk) = app.desk.as_ref() else {
            return 0;
        };
        desk.question(&self.id)
            .map_or(0, |question| self.rows(app, desk, question).len())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let row = self.row(app);
        let is_item = matches!(row, Some(Row::Item(_)));
        match action {
            Action::Accept => self.accept(app),
            Action::Toggle => self.toggle(app),
            Action::Tab => self.finish_list(app),
            Action::Left if matches!(&row, Some(Row::Tick(id)) if self.draft.has(id)) => {
                self.toggle(app)
            }
            Action::Right if matches!(row, Some(Row::Input(_))) => {
                self.cycle_part(self.cursor.at, true);
                Vec::new()
            }
            Action::Right => self.item(app, |draft, id| draft.cycle(id, true)),
            Action::Left => self.item(app, |draft, id| draft.cycle(id, false)),
            Action::Yes if is_item => self.tick_and_go(app, Tick::Yes),
            Action::No if is_item => self.tick_and_go(app, Tick::No),
            Action::Unknown if is_item => self.tick_and_go(app, Tick::Unknown),
            Action::Yes => self.by_word(app, "Oui"),
            Action::No => self.by_word(app, "Non"),
            Action::All => self.tick_all(app, true),
            Action::Nothing => self.tick_all(app, false),
            Action::Unknown => self.use_row(app, Row::Unknown),
            Action::Later => self.use_row(app, Row::Later),
            Action::NotApplicable => self.use_row(app, Row::NotApplicable),
            Action::Note => note::Note::beside(app, &self.id),
            Action::Private => note::Note::private(app, &self.id),
            Action::Erase => self.use_row(app, Row::Erase),
            Action::Previous => {
                if matches!(row, Some(Row::Input(at)) if at > 0) {
                    self.cursor.at -= 1;
                    return Vec::new();
                }
                match app.desk.as_ref().and_then(|desk| desk.previous(&self.id)) {
                    Some(id) => vec![Step::Ask(id)],
                    None => Step::say(Role::Notice, "C'est la première question."),
                }
            }
            Action::Next => match app.desk.as_ref().and_then(|desk| desk.following(&self.id)) {
                Some(id) => vec![Step::Ask(id)],
                None => Step::say(Role::Notice, "C'est la dernière question."),
            },
            _ => Vec::new(),
        }
    }

    fn key(&mut self, app: &App, key: Key) -> bool {
        let row = self.row(app);
        if let (Some(Row::Input(at)), Draft::Form(parts)) = (&row, &self.draft)
            && parts.get(*at).is_some_and(Part::picks)
        {
            let at = *at;
            match key.code {
                KeyCode::Right | KeyCode::Char(' ') => self.cycle_part(at, true),
                KeyCode::Left => self.cycle_part(at, false),
                _ => {
                    let Draft::Form(parts) = &mut self.draft else {
                        return false;
                    };
                    return key.typed().is_some() || parts[at].field.travels(key);
                }
            }
            return true;
        }
        let service = matches!(row, Some(Row::Service(_)));
        if service
            && matches!(
                key.code,
                KeyCode::Char(' ') | KeyCode::Left | KeyCode::Right
            )
        {
            return false;
        }
        let filtering = service || row == Some(Row::Filter);
        let used = self.field(row.as_ref()).is_some_and(|field| field.key(key));
        if used {
            self.touch();
            if filtering {
                self.cursor.at = 0;
            }
        }
        used
    }

    fn paste(&mut self, app: &App, text: &str) {
        let row = self.row(app);
        if let Some(field) = self.field(row.as_ref()) {
            field.paste(text);
            self.touch();
        }
    }

    fn lead(&mut self, app: &App, action: Action) -> Option<Vec<Step>> {
        let row = match action {
            Action::Unknown if !matches!(self.row(app), Some(Row::Item(_))) => Row::Unknown,
            Action::Later => Row::Later,
            Action::NotApplicable => Row::NotApplicable,
            Action::Erase => Row::Erase,
            _ => return None,
        };
        self.lead_to(app, &row)
    }

    fn digit(&mut self, app: &App, number: usize) {
        let Some(desk) = app.desk.as_ref() else {
            return;
        };
        let Some(question) = desk.question(&self.id) else {
            return;
        };
        let rows = self.rows(app, desk, question);
        let numbered = rows
            .iter()
            .filter(|row| is_numbered(row, &self.draft))
            .count();
        if (1..=numbered).contains(&number) {
            self.cursor.go(number - 1, rows.len());
        }
    }

    fn receive(&mut self, _app: &App, handed: Handed) {
        let before = self.draft.clone();
        if let Draft::List(entries) = &mut self.draft {
            // After a new entry, another one; back from one that was there, the same.
            let is_new = handed.at >= entries.len();
            match handed.record {
                Some(record) if handed.at < entries.len() => entries[handed.at] = record,
                Some(record) => entries.push(record),
                None if handed.at < entries.len() => {
                    entries.remove(handed.at);
                }
                None => {}
            }
            let len = entries.len();
            self.past.keep(before);
            self.touch();
            self.cursor.go(handed.at + usize::from(is_new), len + 2);
        }
    }

    fn refresh(&mut self, app: &App) {
        if let Some(desk) = app.desk.as_ref()
            && let Some(question) = desk.question(&self.id)
        {
            let answer = desk.answer(&self.id);
            if !self.dirty || self.from.as_ref() != answer {
                self.draft = Draft::of(question, answer);
                self.from = answer.cloned();
                self.past = Past::default();
                self.dirty = false;
                self.resumed = false;
            }
        }
        self.error = None;
        // Without an answer there is none to erase: a row less.
        let len = self.targets(app);
        if self.cursor.at >= len {
            self.cursor.go(len, len);
        }
    }

    fn travel(&mut self, back: bool) -> bool {
        let filter = match &self.draft {
            Draft::Services { filter, .. } => Some(filter.clone()),
            _ => None,
        };
        if !self.past.travel(&mut self.draft, back) {
            return false;
        }
        // What is looked for has its own past.
        if let (Draft::Services { filter, .. }, Some(typed)) = (&mut self.draft, filter) {
            *filter = typed;
        }
        self.touch();
        self.dirty = self.past.can(true);
        true
    }

    fn can_travel(&self, back: bool) -> bool {
        self.past.can(back)
    }

    /// An answer is recorded once validated: half a number is not an answer.
    fn pending(&self, app: &App) -> Pending {
        Pending {
            save: None,
            lost: self.dirty && self.differs(app),
        }
    }

    fn draft(&self, app: &App) -> Option<(About, Option<Draft>)> {
        let left = self.dirty && self.differs(app);
        let draft = left.then(|| self.draft.clone());
        Some((About::Answer(self.id.clone()), draft))
    }

    fn enter(&self, app: &App) -> Option<&'static str> {
        match (&self.draft, self.row(app)?) {
            (Draft::Form(parts), Row::Input(at)) if at + 1 < parts.len() => Some(NEXT_FIELD),
            (_, Row::Entry(_) | Row::Add | Row::Note | Row::Help | Row::More) => Some("ouvrir"),
            (_, Row::Park | Row::Previous | Row::Erase) => Some("choisir"),
            _ => None,
        }
    }

    fn can(&self, app: &App, action: Action) -> bool {
        let Some(desk) = app.desk.as_ref() else {
            return false;
        };
        match action {
            Action::Previous => {
                matches!(self.row(app), Some(Row::Input(at)) if at > 0)
                    || desk.previous(&self.id).is_some()
            }
            Action::Next => desk.following(&self.id).is_some(),
            Action::Erase => desk.answer(&self.id).is_some(),
            Action::All | Action::Nothing => match (&self.draft, desk.question(&self.id)) {
                (Draft::Multi(ticked), Some(question)) => {
                    let others = |o: &&Choice| !o.exclusive && !ticked.contains(&o.id);
                    let missing = desk.options(question).any(|o| others(&o));
                    if action == Action::All {
                        missing
                    } else {
                        !ticked.is_empty()
                    }
                }
                _ => false,
            },
            Action::Digits => matches!(self.draft, Draft::Choice),
            _ => true,
        }
    }
}

/// Options and the three non-answers are numbered, in a choice.
pub(super) fn is_numbered(row: &Row, draft: &Draft) -> bool {
    matches!(draft, Draft::Choice)
        && matches!(
            row,
            Row::Option(_) | Row::Unknown | Row::NotApplicable | Row::Later
        )
}

/// What Enter, Space and the letters do to a draft.
mod answering;
/// How the rows are drawn.
mod rows;

pub use rows::measure;

impl Asking {
    fn mark(look: &Look<'_>, on: bool) -> &'static str {
        if on {
            look.glyphs.radio_on
        } else {
            look.glyphs.radio_off
        }
    }

    fn plain_entry(page: &mut Page<'_>, target: usize, mark: &str, text: &str) {
        page.entry(Entry {
            target,
            mark,
            text,
            right: "",
        });
    }
}
