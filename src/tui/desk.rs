//! The dossier on the desk: the open session, and what the screens read of it.
//!
//! Lists that every frame needs (the questions asked, the progress) are computed once after each
//! change. Nothing here decides anything: it reads the core.

mod paper;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::answer::{Answer, Value};
use jiff::civil::Date;

use crate::domain::assessment::{Points, Score};
use crate::domain::catalogue::{Choice, Depth, Effort, Item, Kind, Question, Service};
use crate::domain::dossier::{Change, Entry, Tracking};
use crate::domain::explain;
use crate::domain::input::{self, Raw};
use crate::domain::plan::Group;
use crate::domain::prospect;
use crate::domain::search::services;
use crate::domain::typography;
use crate::export;
use crate::export::{Exported, Format};
use crate::session::{Glance, Session};
use crate::storage::Discussion;

pub use paper::Paper;

use super::glyphs::Glyphs;
use super::screen::draft::Record;
use super::veil::Veil;

/// Progress of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Questions that need nothing more.
    pub settled: usize,
    /// Questions asked.
    pub total: usize,
    /// Whether something was answered, be it one line of a list.
    pub begun: bool,
}

impl Progress {
    /// The sign of how far it is.
    pub fn sign(&self, glyphs: &Glyphs) -> &'static str {
        if self.settled == self.total {
            glyphs.done
        } else if self.begun {
            glyphs.doing
        } else {
            glyphs.todo
        }
    }
}

/// What the assessment holds, for screens that only need to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Themes scored.
    pub themes: usize,
    /// Lines that cost something.
    pub losses: usize,
    /// The note the actions under way or done would give, in words, where it differs.
    pub projected: Option<String>,
}

/// An action of the plan, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its id.
    pub id: String,
    /// What to do.
    pub title: String,
    /// What to do of it today.
    pub first_step: String,
    /// Who carries it out.
    pub owner: String,
    /// By when.
    pub due: Date,
    /// How long it takes.
    pub effort: Effort,
    /// Points gained once done.
    pub gain: Points,
    /// The part of the plan it stands in.
    pub group: Group,
    /// What was decided about it.
    pub tracking: Tracking,
    /// Whether nothing more is expected of it.
    pub closed: bool,
}

/// An open dossier.
#[derive(Debug)]
pub struct Desk {
    /// The session.
    pub session: Session,
    /// Ids of the questions asked, in order.
    pub asked: Vec<String>,
    /// Those that still need something.
    pub open: Vec<String>,
    /// Progress of the themes that are asked.
    pub themes: Vec<Progress>,
    /// Questions one would be asked at full depth beyond those asked now.
    pub deeper: usize,
    /// Answers that cannot both be true.
    pub clashes: Vec<Clash>,
    /// What workshops left behind: time spent, questions put aside.
    pub discussion: Discussion,
    known: Known,
}

/// What screens asked of the dossier since its last change, each found when first needed.
#[derive(Debug, Default)]
struct Known {
    score: OnceCell<Score>,
    counted: OnceCell<Counted>,
    planned: OnceCell<Vec<Planned>>,
    path: OnceCell<Option<prospect::Path>>,
    papers: OnceCell<Result<Vec<Paper>, String>>,
    leftovers: OnceCell<Vec<String>>,
    veil: OnceCell<Veil>,
}

/// Two answers that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What the user reads.
    pub message: String,
    /// The questions to look at again.
    pub questions: Vec<String>,
}

impl Desk {
    /// Puts a session on the desk.
    pub fn new(mut session: Session) -> Self {
        session.set_depth(Depth::Essential);
        let mut desk = Self {
            discussion: Discussion::read(session.store().dir()),
            session,
            asked: Vec::new(),
            open: Vec::new(),
            themes: Vec::new(),
            deeper: 0,
            clashes: Vec::new(),
            known: Known::default(),
        };
        desk.refresh();
        desk
    }

    /// Looks at the dossier again; returns how many questions appeared and disappeared.
    pub fn refresh(&mut self) -> (usize, usize) {
        let before = std::mem::take(&mut self.asked);
        self.known = Known::default();
        let view = self.session.view();
        self.clashes = view
            .catalogue()
            .contradictions
            .iter()
            .filter(|contradiction| contradiction.when.evaluate(&view).is_true())
            .map(|contradiction| Clash {
                message: contradiction.message.clone(),
                questions: contradiction.questions.clone(),
            })
            .collect();
        let asked: Vec<&Question> = view.asked(self.session.depth()).collect();
        let settled: Vec<bool> = asked
            .iter()
            .map(|question| view.is_settled(question))
            .collect();
        self.open = asked
            .iter()
            .zip(&settled)
            .filter(|(_, settled)| !**settled)
            .map(|(question, _)| question.id.clone())
            .collect();
        self.themes = view
            .catalogue()
            .questionnaires
            .iter()
            .filter_map(|theme| {
                let own = || {
                    asked
                        .iter()
                        .zip(&settled)
                        .filter(|(q, _)| q.questionnaire == theme.id)
                };
                let total = own().count();
                (total > 0).then(|| Progress {
                    id: theme.id.clone(),
                    title: theme.title.clone(),
                    settled: own().filter(|(_, settled)| **settled).count(),
                    total,
                    begun: own().any(|(question, _)| view.is_begun(question)),
                })
            })
            .collect();
        self.deeper = view.asked(Depth::Full).count().saturating_sub(asked.len());
        let ids: Vec<String> = asked.iter().map(|question| question.id.clone()).collect();
        self.asked = ids;
        let appeared = self.asked.iter().filter(|id| !before.contains(id)).count();
        let gone = before.iter().filter(|id| !self.asked.contains(id)).count();
        (appeared, gone)
    }

    /// Tells whether it is the dossier of this folder.
    pub fn is_at(&self, dir: &Path) -> bool {
        self.session.store().dir() == dir
    }

    /// The dossier at a glance.
    pub fn glance(&self) -> Glance {
        let (settled, total) = self.done();
        let score = self.score();
        Glance {
            settled,
            total,
            interval: (score.answered > 0).then_some(score.interval),
        }
    }

    /// The score, computed when a screen first needs it after a change.
    pub fn score(&self) -> &Score {
        self.known
            .score
            .get_or_init(|| self.session.assessment().score)
    }

    /// What the assessment holds, counted once after a change.
    pub fn counted(&self) -> &Counted {
        self.known.counted.get_or_init(|| {
            let assessment = self.session.assessment();
            Counted {
                themes: assessment.themes.len(),
                losses: assessment.findings.iter().filter(|f| f.loss.0 > 0).count(),
                projected: explain::projected_words(&assessment),
            }
        })
    }

    /// The actions of the plan, in order, listed once after a change.
    pub fn planned(&self) -> &[Planned] {
        self.known.planned.get_or_init(|| {
            let plan = self.session.plan();
            let planned = plan.actions.into_iter().map(|action| Planned {
                closed: action.is_closed(),
                id: action.id,
                title: action.title,
                first_step: action.first_step,
                owner: action.owner,
                due: action.due,
                effort: action.effort,
                gain: action.gain,
                group: action.group,
                tracking: action.tracking,
            });
            planned.collect()
        })
    }

    /// The fewest actions to the next level, found when a screen first needs them after a change.
    pub fn path(&self) -> Option<&prospect::Path> {
        let find = || prospect::next_level(&self.session.assessment(), &self.session.plan());
        self.known.path.get_or_init(find).as_ref()
    }

    /// Tells whether there are more questions to ask, or fewer to come back to.
    pub fn deepens(&self) -> bool {
        self.deeper > 0 || self.session.depth() == Depth::Full
    }

    /// The documents of the dossier.
    ///
    /// They are rendered when a screen first needs them after a change.
    pub fn papers(&self) -> &[Paper] {
        let papers = self.known.papers.get_or_init(|| {
            export::render(&self.session, &[])
                .map(|rendered| rendered.into_iter().map(Paper::from).collect())
                .map_err(|error| error.to_string())
        });
        papers.as_deref().unwrap_or_default()
    }

    /// The files written before that are not needed any more, told once after a change.
    pub fn leftovers(&self) -> &[String] {
        // A folder that cannot be read is told where it is written to.
        self.known
            .leftovers
            .get_or_init(|| export::leftovers(&self.session).unwrap_or_default())
    }

    /// What a room must not read of it, listed once after a change.
    pub fn veil(&self) -> &Veil {
        self.known
            .veil
            .get_or_init(|| Veil::of(&self.session.view(), &self.folder()))
    }

    /// Why the documents could not be made, if they could not.
    pub fn papers_problem(&self) -> Option<&str> {
        self.papers();
        self.known.papers.get()?.as_ref().err().map(String::as_str)
    }

    /// Writes a document in the dossier, in each of these formats it comes in; tells what to know of
    /// the files.
    pub fn write_paper(
        &self,
        id: &str,
        formats: &[Format],
    ) -> Result<(Vec<Exported>, Vec<String>), String> {
        let known = export::formats(Some(id));
        let formats: Vec<Format> = known.into_iter().filter(|f| formats.contains(f)).collect();
        let mut planned = export::foresee(&self.session, &formats, &[id.to_owned()], None)
            .map_err(|error| error.to_string())?;
        let mut notes = std::mem::take(&mut planned.notes);
        notes.append(&mut planned.failures);
        let files = planned.write().map_err(|error| error.to_string())?;
        Ok((files, notes))
    }

    /// Where documents are written.
    pub fn papers_folder(&self) -> PathBuf {
        self.session.store().dir().join(export::FOLDER)
    }

    /// What the user must know of a dossier just opened.
    pub fn warning(&self) -> Option<String> {
        let messages = self.session.messages();
        (!messages.is_empty()).then(|| messages.join(" "))
    }

    /// The folder of the dossier.
    pub fn folder(&self) -> String {
        self.session.store().dir().display().to_string()
    }

    /// Name of the dossier.
    pub fn name(&self) -> &str {
        &self.session.dossier().name
    }

    /// A question.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.session.catalogue().question(id)
    }

    /// A service.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.session.catalogue().service(id)
    }

    /// The answer on file.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        let view = self.session.view();
        self.question(id)
            .and_then(|question| view.recorded(question))
    }

    /// The note on file.
    pub fn note(&self, id: &str) -> Option<&str> {
        self.session.dossier().notes.get(id).map(String::as_str)
    }

    /// The answer in words.
    pub fn said(&self, question: &Question) -> String {
        explain::said(&self.session.view(), question)
    }

    /// The last question answered, to find again where one was.
    pub fn last_answered(&self) -> Option<&Question> {
        let view = self.session.view();
        // Some answers are given from a blank, to a question that the depth leaves out.
        let deep = |id: &str| view.asked(Depth::Full).any(|question| question.id == *id);
        let answered = |entry: &Entry| match &entry.change {
            Change::Answer { question, answer } => {
                answer.as_ref()?;
                let asked = self.asked.contains(question) || deep(question);
                asked.then(|| question.clone())
            }
            _ => None,
        };
        let history = &self.session.dossier().history;
        let id = history.iter().rev().find_map(answered)?;
        self.question(&id)
            .filter(|question| self.answer(&question.id).is_some())
    }

    /// Keeps what a workshop leaves behind; a dossier open elsewhere keeps its own.
    pub fn keep_discussion(&self) -> Result<(), String> {
        if self.session.is_read_only() {
            return Ok(());
        }
        let dir = self.session.store().dir();
        self.discussion
            .write(dir)
            .map_err(|error| error.to_string())
    }

    /// The options offered on the day.
    pub fn options<'q>(&self, question: &'q Question) -> impl Iterator<Item = &'q Choice> {
        let date = self.session.date();
        question
            .options
            .iter()
            .filter(move |option| option.validity.contains(date))
    }

    /// The items of a checklist that apply.
    pub fn items<'q>(&self, question: &'q Question) -> Vec<&'q Item> {
        let view = self.session.view();
        question
            .items
            .iter()
            .filter(|item| view.item_applies(item).is_true())
            .collect()
    }

    /// The services whose name, publisher or category holds a text.
    pub fn services(&self, filter: &str) -> impl Iterator<Item = &Service> {
        services(self.session.catalogue(), filter)
    }

    /// Ids in the order of the catalogue.
    pub fn in_order(&self, question: &Question, ids: &[String]) -> Vec<String> {
        let known: Vec<&String> = if question.kind == Kind::Catalogue {
            self.session
                .catalogue()
                .services
                .iter()
                .map(|service| &service.id)
                .collect()
        } else {
            question.options.iter().map(|option| &option.id).collect()
        };
        known
            .into_iter()
            .filter(|id| ids.contains(id))
            .cloned()
            .collect()
    }

    /// Reads a typed answer; « je ne sais pas » is one.
    pub fn parse(&self, question: &Question, typed: &str) -> Result<Answer, String> {
        input::answer(
            question,
            &Raw::Text(typed.to_owned()),
            self.session.catalogue(),
        )
        .map_err(|reason| typography::sentence(&reason))
    }

    /// Reads a typed address.
    pub fn parse_address(&self, question: &Question, typed: Record) -> Result<Value, String> {
        input::value(question, &table(typed), self.session.catalogue())
            .map_err(|reason| typography::sentence(&reason))
    }

    /// Reads typed entries of a list.
    pub fn parse_entries(&self, question: &Question, typed: Vec<Record>) -> Result<Value, String> {
        let rows = typed
            .into_iter()
            .filter(|entry| !entry.is_empty())
            .map(table)
            .collect();
        input::value(question, &Raw::List(rows), self.session.catalogue())
            .map_err(|reason| typography::sentence(&reason))
    }

    /// The question asked before another.
    pub fn previous(&self, id: &str) -> Option<String> {
        let at = self.asked.iter().position(|asked| asked == id)?;
        self.asked.get(at.checked_sub(1)?).cloned()
    }

    /// The question asked after another.
    pub fn following(&self, id: &str) -> Option<String> {
        let at = self.asked.iter().position(|asked| asked == id)?;
        self.asked.get(at + 1).cloned()
    }

    /// The next question that needs something after another, round to the first one.
    pub fn next_open(&self, after: &str) -> Option<String> {
        let catalogue = self.session.catalogue();
        let from = catalogue.question_rank(after)?;
        let later = self
            .open
            .iter()
            .find(|id| catalogue.question_rank(id) > Some(from));
        later
            .or_else(|| self.open.iter().find(|id| *id != after))
            .cloned()
    }

    /// Where to go on in a theme: its first question that needs something, or else its first one.
    pub fn first_of(&self, theme: usize) -> Option<String> {
        let theme = &self.themes.get(theme)?.id;
        let own = |id: &&String| self.question(id).is_some_and(|q| q.questionnaire == *theme);
        let first = self.open.iter().find(own);
        first.or_else(|| self.asked.iter().find(own)).cloned()
    }

    /// Progress of the theme of a question.
    pub fn theme_of(&self, id: &str) -> Option<&Progress> {
        let theme = &self.question(id)?.questionnaire;
        self.themes.iter().find(|progress| progress.id == *theme)
    }

    /// « Site vitrine · question 3 sur 8 ».
    pub fn place(&self, id: &str) -> String {
        let (title, rank) = self.rank(id);
        match rank {
            Some((at, of)) => format!("{title} · question {at} sur {of}"),
            None => title,
        }
    }

    /// « 3/8 · Site vitrine ».
    pub fn short_place(&self, id: &str) -> String {
        let (title, rank) = self.rank(id);
        match rank {
            Some((at, of)) => format!("{at}/{of} · {title}"),
            None => title,
        }
    }

    /// The theme of a question, its rank there and out of how many.
    fn rank(&self, id: &str) -> (String, Option<(usize, usize)>) {
        let Some(question) = self.question(id) else {
            return (String::new(), None);
        };
        let theme = &question.questionnaire;
        let own = |asked: &&String| {
            self.question(asked)
                .is_some_and(|q| q.questionnaire == *theme)
        };
        let own: Vec<&String> = self.asked.iter().filter(own).collect();
        let rank = own.iter().position(|asked| *asked == id);
        let known = self.session.catalogue().questionnaire(theme);
        let title = known.map_or_else(String::new, |theme| theme.title.clone());
        (title, rank.map(|at| (at + 1, own.len())))
    }

    /// Questions that need nothing more, and questions asked.
    pub fn done(&self) -> (usize, usize) {
        (self.asked.len() - self.open.len(), self.asked.len())
    }
}

fn table(record: BTreeMap<String, String>) -> Raw {
    Raw::Table(
        record
            .into_iter()
            .map(|(key, value)| (key, Raw::Text(value)))
            .collect(),
    )
}
