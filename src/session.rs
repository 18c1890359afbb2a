//! What every face does with a dossier: open, answer, go on, undo, assess, plan.
//!
//! A rule needed by both the full-screen interface and the linear prompts lives here, so that they
//! ask the same questions in the same order and write the same files.

mod activities;
pub mod example;
mod renewal;

use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::content::{Content, ContentError, branding};
use crate::domain::answer::{Answer, Tick, Value};
use crate::domain::assessment::{Assessment, assess};
use crate::domain::branding::Branding;
use crate::domain::catalogue::{Catalogue, Depth, Question, Questionnaire};
use crate::domain::dossier::{Change, Dossier, Tracking};
use crate::domain::input::{self, Raw};
use crate::domain::plan::{Plan, is_verification, plan};
use crate::domain::review::{self, Misfit};
use crate::domain::typography::french;
use crate::domain::view::View;
use crate::storage::{self, Kind, Store};
pub use activities::{Request, Writing};
pub use renewal::{Before, Renewal};

/// Tells the time; a parameter so that tests can stop it.
pub type Clock = fn() -> DateTime;

/// The local time now.
pub fn system_clock() -> DateTime {
    jiff::Zoned::now().datetime()
}

/// Why a session refused something.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No such question.
    #[error("la question « {id} » n'existe pas.{}", suggestion.as_ref().map_or(
        " « aplomb questions » en donne la liste.".to_owned(),
        |s| format!(" Vouliez-vous dire « {s} » ?")
    ))]
    UnknownQuestion {
        /// What was asked.
        id: String,
        /// The nearest id.
        suggestion: Option<String>,
    },
    /// No such action.
    #[error("l'action « {0} » n'existe pas. « aplomb plan » en donne la liste.")]
    UnknownAction(String),
    /// No such processing activity.
    #[error("le traitement « {0} » n'existe pas. « aplomb traitements » en donne la liste.")]
    UnknownActivity(String),
    /// What was written about a processing activity cannot be kept.
    #[error("« {activity} » : {reason}")]
    Unwritable {
        /// Activity id.
        activity: String,
        /// Why, in French.
        reason: String,
    },
    /// The answer does not suit the question.
    #[error("« {question} » : {reason}")]
    Invalid {
        /// Question id.
        question: String,
        /// Why, in French.
        reason: String,
    },
    /// The disk refused.
    #[error(transparent)]
    Storage(#[from] storage::Error),
}

impl SessionError {
    /// Exit code of the commands.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::UnknownQuestion { .. }
            | Self::UnknownAction(_)
            | Self::UnknownActivity(_)
            | Self::Unwritable { .. }
            | Self::Invalid { .. } => 2,
            Self::Storage(error) => match error.kind() {
                Kind::Usage => 2,
                Kind::Damaged => 3,
                Kind::Write => 4,
            },
        }
    }
}

/// What an answer changed around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Questions that now apply and did not.
    pub opened: Vec<String>,
    /// Questions that applied and do not any more.
    pub closed: Vec<String>,
}

/// How far a theme is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The theme.
    pub questionnaire: &'a Questionnaire,
    /// Questions answered or set aside.
    pub settled: usize,
    /// Questions to ask.
    pub total: usize,
    /// Whether something was answered, be it one line of a list.
    pub begun: bool,
}

impl Progress<'_> {
    /// Tells whether something was answered though no question is settled yet.
    pub fn is_just_begun(&self) -> bool {
        self.begun && self.settled == 0
    }
}

/// A dossier at a glance, for a list of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Questions answered or set aside.
    pub settled: usize,
    /// Questions to ask.
    pub total: usize,
    /// The interval of the score, once something scored was answered.
    pub interval: Option<(u32, u32)>,
}

impl Glance {
    /// Share of the questions that need nothing more, in percent, rounded down; nothing to ask is all
    /// done.
    pub fn percent(&self) -> usize {
        (self.settled * 100).checked_div(self.total).unwrap_or(100)
    }

    /// Looks at a dossier that nobody opens.
    pub fn of(catalogue: &Catalogue, dossier: &Dossier, date: Date, depth: Depth) -> Self {
        let understood = review::understood(catalogue, dossier);
        let dossier = understood.as_ref().map_or(dossier, |(dossier, _)| dossier);
        let view = View::new(catalogue, dossier, date);
        let (mut settled, mut total) = (0, 0);
        for question in view.asked(depth) {
            total += 1;
            settled += usize::from(view.is_settled(question));
        }
        let score = assess(&view).score;
        Self {
            settled,
            total,
            interval: (score.answered > 0).then_some(score.interval),
        }
    }
}

/// An open dossier.
#[derive(Debug)]
pub struct Session {
    content: Arc<Content>,
    store: Store,
    /// The dossier without the answers that are none of those possible, when it holds some.
    understood: Option<Dossier>,
    /// Those answers.
    misfits: Vec<Misfit>,
    date: Date,
    depth: Depth,
    clock: Clock,
    /// Whether this session changed something.
    changed: bool,
    /// Whether the user was told what a newer catalogue changes.
    acknowledged: bool,
}

impl Session {
    /// Opens the dossier of a folder.
    pub fn open(
        content: Arc<Content>,
        dir: &Path,
        date: Date,
        clock: Clock,
    ) -> Result<Self, SessionError> {
        Self::from_store(content, Store::open(dir)?, date, clock)
    }

    /// Takes over a store, giving renamed ids their new name.
    pub fn from_store(
        content: Arc<Content>,
        mut store: Store,
        date: Date,
        clock: Clock,
    ) -> Result<Self, SessionError> {
        if !store.is_read_only() {
            let catalogue = &content.catalogue;
            store.rename_ids(|id| {
                let question = catalogue.question(id).map(|q| &q.id);
                let current = question.or_else(|| catalogue.action(id).map(|a| &a.id))?;
                (current != id).then(|| current.clone())
            })?;
        }
        let mut session = Self {
            content,
            store,
            understood: None,
            misfits: Vec::new(),
            date,
            depth: Depth::Full,
            clock,
            changed: false,
            acknowledged: false,
        };
        session.understand();
        Ok(session)
    }

    /// Sets aside the answers that are none of those possible. They stay in the file.
    fn understand(&mut self) {
        let read = review::understood(&self.content.catalogue, self.store.dossier());
        (self.understood, self.misfits) = read
            .map_or_else(Default::default, |(dossier, misfits)| {
                (Some(dossier), misfits)
            });
    }

    /// The same after a change: what this program records is possible, so that only a dossier that
    /// held something else is looked at again.
    fn follow(&mut self) {
        if self.understood.is_some() {
            self.understand();
        }
    }

    /// What the user must know of a dossier just opened, in French.
    pub fn messages(&self) -> Vec<String> {
        let mut messages = self.store.opening().messages();
        messages.extend(self.misfits.iter().map(|misfit| {
            french(&format!(
                "La réponse à « {} » n'est pas possible : {}. Elle reste dans le fichier, mais elle ne compte pas ; répondez de nouveau.",
                misfit.question,
                misfit.reason.trim_end_matches('.')
            ))
        }));
        messages
    }

    /// The content in use.
    pub fn content(&self) -> &Arc<Content> {
        &self.content
    }

    /// The identity to put on reports and documents, read anew each time.
    pub fn branding(&self) -> Result<Option<Branding>, ContentError> {
        let asked = self.content.cabinet.clone();
        match asked.or_else(|| branding::find(self.store.dir())) {
            Some(file) => Ok(Some(branding::read(&file)?.branding)),
            None => Ok(None),
        }
    }

    /// What the author of that identity should know of what was corrected in it, in French.
    pub fn branding_remarks(&self) -> Vec<String> {
        let asked = self.content.cabinet.clone();
        let file = asked.or_else(|| branding::find(self.store.dir()));
        let read = file.and_then(|file| branding::read(&file).ok());
        read.map_or_else(Vec::new, |read| read.remarks())
    }

    /// The catalogue in use.
    pub fn catalogue(&self) -> &Catalogue {
        &self.content.catalogue
    }

    /// The dossier as it stands and is understood.
    pub fn dossier(&self) -> &Dossier {
        self.understood
            .as_ref()
            .unwrap_or_else(|| self.store.dossier())
    }

    /// The store behind the dossier.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What happened to the files since the last call and did not prevent a change, in French.
    pub fn take_notices(&mut self) -> Vec<String> {
        let notices = self.store.take_notices();
        notices.iter().map(ToString::to_string).collect()
    }

    /// Tells whether changes are refused.
    pub fn is_read_only(&self) -> bool {
        self.store.is_read_only()
    }

    /// The day whose law applies.
    pub fn date(&self) -> Date {
        self.date
    }

    /// How deep the questions go.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Chooses how deep the questions go.
    pub fn set_depth(&mut self, depth: Depth) {
        self.depth = depth;
    }

    /// The dossier seen through the catalogue on the day.
    pub fn view(&self) -> View<'_> {
        View::new(self.catalogue(), self.dossier(), self.date)
    }

    /// The question of an id, or of a former id.
    pub fn question(&self, id: &str) -> Result<&Question, SessionError> {
        self.catalogue().question(id).ok_or_else(|| {
            let likeness = |question: &Question| strsim::jaro_winkler(id, &question.id);
            let nearest = self
                .catalogue()
                .questions
                .iter()
                .map(|q| (likeness(q), &q.id))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let suggestion = nearest.filter(|(l, _)| *l > 0.8).map(|(_, id)| id.clone());
            SessionError::UnknownQuestion {
                id: id.to_owned(),
                suggestion,
            }
        })
    }

    /// Questions to ask, in order.
    pub fn asked(&self) -> Vec<&Question> {
        self.view().asked(self.depth).collect()
    }

    /// How far each theme with questions to ask is.
    pub fn progress(&self) -> Vec<Progress<'_>> {
        let view = self.view();
        let asked: Vec<_> = view.asked(self.depth).collect();
        self.catalogue()
            .questionnaires
            .iter()
            .map(|questionnaire| {
                let own = || asked.iter().filter(|q| q.questionnaire == questionnaire.id);
                let settled = own().filter(|q| view.is_settled(q)).count();
                Progress {
                    questionnaire,
                    settled,
                    total: own().count(),
                    begun: own().any(|q| view.is_begun(q)),
                }
            })
            .filter(|progress| progress.total > 0)
            .collect()
    }

    /// The first question still open after `after`, going round to the beginning.
    pub fn next_open(&self, after: Option<&str>) -> Option<&Question> {
        let view = self.view();
        let asked: Vec<_> = view.asked(self.depth).collect();
        let start = after
            .and_then(|id| asked.iter().position(|q| q.id == id))
            .map_or(0, |at| at + 1);
        let (before, rest) = asked.split_at(start.min(asked.len()));
        rest.iter()
            .chain(before)
            .find(|q| !view.is_settled(q))
            .copied()
    }

    /// The question asked before this one.
    pub fn previous(&self, id: &str) -> Option<&Question> {
        let asked = self.asked();
        let at = asked.iter().position(|q| q.id == id)?;
        asked.get(at.checked_sub(1)?).copied()
    }

    /// The question asked after this one.
    pub fn following(&self, id: &str) -> Option<&Question> {
        let asked = self.asked();
        let at = asked.iter().position(|q| q.id == id)?;
        asked.get(at + 1).copied()
    }

    /// Reads an answer to a question, deliberate non-answers included.
    pub fn parse(&self, id: &str, raw: &Raw) -> Result<Answer, SessionError> {
        let question = self.question(id)?;
        input::answer(question, raw, self.catalogue()).map_err(|reason| SessionError::Invalid {
            question: question.id.clone(),
            reason,
        })
    }

    /// Records an answer; it is on disk when this returns. `None` erases.
    pub fn answer(&mut self, id: &str, answer: Option<Answer>) -> Result<Outcome, SessionError> {
        let question = self.question(id)?.id.clone();
        self.record(Change::Answer { question, answer })
    }

    /// Records the answer to one item of a checklist, keeping the others. `None` erases it.
    pub fn tick(
        &mut self,
        id: &str,
        item: &str,
        tick: Option<Tick>,
    ) -> Result<Outcome, SessionError> {
        let question = self.question(id)?;
        if !question.items.iter().any(|i| i.id == item) {
            let known: Vec<_> = question.items.iter().map(|i| i.id.as_str()).collect();
            let reason = format!(
                "la ligne « {item} » n'existe pas ; lignes : {}",
                known.join(", ")
            );
            return Err(SessionError::Invalid {
                question: question.id.clone(),
                reason,
            });
        }
        let question = question.id.clone();
        let mut ticks = match self.store.dossier().answer(&question) {
            Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
            _ => std::collections::BTreeMap::new(),
        };
        match tick {
            Some(tick) => ticks.insert(item.to_owned(), tick),
            None => ticks.remove(item),
        };
        let answer = (!ticks.is_empty()).then_some(Answer::Value(Value::Ticks(ticks)));
        self.record(Change::Answer { question, answer })
    }

    /// Records several changes that were all checked before.
    pub fn record_all(&mut self, changes: Vec<Change>) -> Result<Outcome, SessionError> {
        let before = self.applicable();
        let applied = changes.into_iter().try_for_each(|change| {
            self.store.apply(change, (self.clock)())?;
            self.changed = true;
            Ok(())
        });
        self.follow();
        applied.map(|()| self.outcome(&before))
    }

    /// Writes a note beside a question, or erases it.
    pub fn note(&mut self, id: &str, text: Option<&str>) -> Result<(), SessionError> {
        let question = self.question(id)?.id.clone();
        let text = text.map(input::clean);
        self.record(Change::Note { question, text }).map(drop)
    }

    /// Records what the owner decides about an action.
    pub fn track(&mut self, action: &str, tracking: Tracking) -> Result<(), SessionError> {
        let catalogue = self.catalogue();
        if catalogue.action(action).is_none() && !is_verification(catalogue, action) {
            return Err(SessionError::UnknownAction(action.to_owned()));
        }
        let action = action.to_owned();
        self.record(Change::Action {
            action,
            tracking: Some(tracking),
        })
        .map(drop)
    }

    /// Undoes the last change; returns it.
    pub fn undo(&mut self) -> Result<Option<Change>, SessionError> {
        let undone = self.store.undo((self.clock)())?;
        self.follow();
        Ok(undone)
    }

    /// Does again the last change undone; returns it.
    pub fn redo(&mut self) -> Result<Option<Change>, SessionError> {
        let done = self.store.redo((self.clock)())?;
        self.follow();
        Ok(done)
    }

    /// The assessment on the day.
    pub fn assessment(&self) -> Assessment<'_> {
        assess(&self.view())
    }

    /// The plan on the day.
    pub fn plan(&self) -> Plan<'_> {
        let view = self.view();
        plan(&view, &assess(&view))
    }

    /// Remembers the catalogue in use and what it saw, if something changed or a newer one was told of;
    /// folds the journal, releases the lock.
    pub fn close(mut self) -> Result<(), SessionError> {
        let version = self.catalogue().version.clone();
        if self.changed || self.acknowledged {
            if self.dossier().assessed_with.as_ref() != Some(&version) {
                self.store
                    .apply(Change::Assessed { version }, (self.clock)())?;
            }
            let seen = self.seen();
            self.store.remember(seen);
        }
        Ok(self.store.close()?)
    }

    fn record(&mut self, change: Change) -> Result<Outcome, SessionError> {
        self.record_all(vec![change])
    }

    fn applicable(&self) -> Vec<String> {
        self.view()
            .asked(Depth::Full)
            .map(|q| q.id.clone())
            .collect()
    }

    fn outcome(&self, before: &[String]) -> Outcome {
        let after = self.applicable();
        let absent = |from: &[String], id: &&String| !from.contains(*id);
        Outcome {
            opened: after
                .iter()
                .filter(|id| absent(before, id))
                .cloned()
                .collect(),
            closed: before
                .iter()
                .filter(|id| absent(&after, id))
                .cloned()
                .collect(),
        }
    }
}
