//! The wizard as plain lines, appended and never redrawn: screen readers, dumb terminals, pipes.
//!
//! Same session, same questions, same order, same files as the full-screen interface. Commands are
//! words, understood at every prompt. The end of the input leaves, everything saved.

mod console;
mod prompt;

#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use self::console::Console;
use self::prompt::{Typed, Word};
use crate::content::Content;
use crate::documents::Needed;
use crate::documents::markdown::text::plain;
use crate::domain::catalogue::{Depth, Question};
use crate::domain::explain::{day, said};
use crate::domain::plan::FIRST_ACTIONS;
use crate::domain::typography;
use crate::export;
use crate::session::{Clock, Session, SessionError};
use crate::storage::{self, Workspace};

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Content in use.
    pub content: Arc<Content>,
    /// Where dossiers are.
    pub workspace: Workspace,
    /// Day whose law applies.
    pub date: Date,
    /// Time.
    pub clock: Clock,
    /// The dossier to open at once.
    pub dossier: Option<PathBuf>,
}

/// Why the prompts stopped.
#[derive(Debug, thiserror::Error)]
pub enum SimpleError {
    /// Lines could not be read or written.
    #[error("la lecture ou l'écriture des lignes a échoué : {0}")]
    Lines(#[from] io::Error),
    /// The dossier refused.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The workspace refused.
    #[error(transparent)]
    Storage(#[from] storage::Error),
}

/// Runs the prompts until the end of the input or « quitter ».
pub fn run(
    options: &Options,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), SimpleError> {
    let mut console = Console::new(input, output);
    let session = match &options.dossier {
        Some(dir) => {
            let content = Arc::clone(&options.content);
            Some(Session::open(content, dir, options.date, options.clock)?)
        }
        None => choose(options, &mut console)?,
    };
    match session {
        Some(session) => Prompts { session, hints: 0 }.run(&mut console),
        None => Ok(()),
    }
}

/// Chooses a dossier by its number, or creates one by its name.
fn choose(options: &Options, console: &mut Console<'_>) -> Result<Option<Session>, SimpleError> {
    console.say("Aplomb. Vos réponses restent sur votre ordinateur.")?;
    let known: Vec<_> = options.workspace.list()?.collect();
    if !known.is_empty() {
        console.say("Vos dossiers :")?;
        for (at, summary) in known.iter().enumerate() {
            console.indented(&format!("  {}. ", at + 1), &summary.name)?;
        }
    }
    loop {
        console.say(if known.is_empty() {
            "Tapez le nom de l'entreprise pour créer son dossier, ou « quitter »."
        } else {
            "Tapez un numéro, ou le nom d'une nouvelle entreprise, ou « quitter »."
        })?;
        let Some(line) = console.ask()? else {
            return Ok(None);
        };
        let content = Arc::clone(&options.content);
        match (prompt::word(&line), line.parse::<usize>()) {
            (Some(Word::Quit), _) => return Ok(None),
            (Some(_), _) => {}
            (None, _) if line.is_empty() => {}
            (None, Ok(number)) => {
                if let Some(summary) = known.get(number.wrapping_sub(1)) {
                    match Session::open(content, &summary.dir, options.date, options.clock) {
                        Ok(session) => return Ok(Some(session)),
                        Err(error) => console.say(&error.to_string())?,
                    }
                } else {
                    console.say("Ce numéro n'est pas dans la liste.")?;
                }
            }
            (None, Err(_)) => {
                let store = options.workspace.create(&line, options.date)?;
                let session = Session::from_store(content, store, options.date, options.clock)?;
                console.say(&format!(
                    "Dossier créé : {}.",
                    session.store().dir().display()
                ))?;
                return Ok(Some(session));
            }
        }
    }
}

/// A dossier being answered line by line.
struct Prompts {
    session: Session,
    /// How many times the commands were recalled.
    hints: u8,
}

impl Prompts {
    fn run(mut self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        // The same depth as the full-screen interface starts with.
        self.session.set_depth(Depth::Essential);
        let messages = self.session.store().opening().messages();
        for message in messages {
            console.say(&message)?;
        }
        console.gap()?;
        let (done, total) = self.done();
        console.say(&format!(
            "{} : {done} questions sur {total}.",
            self.session.dossier().name
        ))?;
        let mut next = self
            .session
            .next_open(None)
            .map(|question| question.id.clone());
        loop {
            let Some(id) = next.clone() else {
                if !self.end(console, &mut next)? {
                    break;
                }
                continue;
            };
            match self.question(console, &id)? {
                Turn::Next => next = self.open_after(&id),
                Turn::Go(other) => next = Some(other),
                Turn::Stay => {}
                Turn::Leave => break,
            }
        }
        let dir = self.session.store().dir().to_owned();
        let name = self.session.dossier().name.clone();
        self.session.close()?;
        console.say(&format!("Dossier enregistré : {name}. Reprenez avec :"))?;
        console.say(&format!("aplomb --simple \"{}\"", dir.display()))?;
        Ok(())
    }

    fn open_after(&self, id: &str) -> Option<String> {
        self.session
            .next_open(Some(id))
            .map(|question| question.id.clone())
    }

    fn done(&self) -> (usize, usize) {
        let progress = self.session.progress();
        (
            progress.iter().map(|p| p.settled).sum(),
            progress.iter().map(|p| p.total).sum(),
        )
    }

    /// Shows a question and obeys what is typed.
    fn question(&mut self, console: &mut Console<'_>, id: &str) -> Result<Turn, SimpleError> {
        let question = self.session.question(id)?.clone();
        console.gap()?;
        console.say(&self.place(&question))?;
        prompt::show(console, &self.session, &question)?;
        if self.hints < 3 {
            self.hints += 1;
            console.say("Ou : aide, retour, passer, sommaire, quitter.")?;
        }
        match prompt::read(console, &self.session, &question)? {
            Typed::End => Ok(Turn::Leave),
            Typed::Word(word) => self.obey(console, Some(&question), word),
            Typed::Answer(answer) => match self.session.answer(id, Some(answer)) {
                Ok(outcome) => {
                    let mut said = String::from("Enregistré.");
                    if !outcome.opened.is_empty() || !outcome.closed.is_empty() {
                        let (_, total) = self.done();
                        said = format!("{said} Il y a maintenant {total} questions.");
                    }
                    console.say(&said)?;
                    for notice in self.session.take_notices() {
                        console.say(&notice)?;
                    }
                    Ok(Turn::Next)
                }
                Err(error) => {
                    console.say(&typography::sentence(&error.to_string()))?;
                    Ok(Turn::Leave)
                }
            },
        }
    }

    /// « Thème 2 sur 6 : Sauvegardes. Question 3 sur 8. »
    fn place(&self, question: &Question) -> String {
        let progress = self.session.progress();
        let at = progress
            .iter()
            .position(|p| p.questionnaire.id == question.questionnaire);
        let own: Vec<&Question> = self
            .session
            .asked()
            .into_iter()
            .filter(|q| q.questionnaire == question.questionnaire)
            .collect();
        let rank = own.iter().position(|q| q.id == question.id).unwrap_or(0) + 1;
        let title = at.map_or("", |at| &progress[at].questionnaire.title);
        format!(
            "Thème {} sur {} : {title}. Question {rank} sur {}.",
            at.unwrap_or(0) + 1,
            progress.len(),
            own.len()
        )
    }

    fn obey(
        &mut self,
        console: &mut Console<'_>,
        question: Option<&Question>,
        word: Word,
    ) -> Result<Turn, SimpleError> {
        let id = question.map(|question| question.id.as_str());
        match word {
            Word::Help => {
                if let Some(question) = question {
                    console.say(&question.why)?;
                    for line in plain(&question.help).lines() {
                        console.say(line)?;
                    }
                    console.say(&format!("Exemple : {}", question.example))?;
                }
                console.say(
                    "Commandes, à tout moment : aide, retour (question précédente), passer \
                     (question suivante), annuler (dernier changement), sommaire, bilan, plan, \
                     documents, quitter. Pour répondre par l'un de ces mots : =retour.",
                )?;
                Ok(Turn::Stay)
            }
            Word::Back => {
                if let Some(other) = id.and_then(|id| self.session.previous(id)) {
                    return Ok(Turn::Go(other.id.clone()));
                }
                console.say("C'est la première question.")?;
                Ok(Turn::Stay)
            }
            Word::Skip => {
                if let Some(other) = id.and_then(|id| self.session.following(id)) {
                    return Ok(Turn::Go(other.id.clone()));
                }
                console.say("C'est la dernière question.")?;
                Ok(Turn::Stay)
            }
            Word::Summary => self.summary(console).map(|()| Turn::Stay),
            Word::Assessment => self.assessment(console).map(|()| Turn::Stay),
            Word::Plan => self.plan(console).map(|()| Turn::Stay),
            Word::Documents => self.documents(console).map(|()| Turn::Stay),
            Word::Undo => {
                console.say(match self.session.undo()? {
                    Some(_) => "Dernier changement annulé.",
                    None => "Rien à annuler.",
                })?;
                Ok(Turn::Stay)
            }
            Word::Quit => Ok(Turn::Leave),
        }
    }

    /// Every question has an answer; tells whether to go on.
    fn end(
        &mut self,
        console: &mut Console<'_>,
        next: &mut Option<String>,
    ) -> Result<bool, SimpleError> {
        console.gap()?;
        console.say("Toutes les questions ont une réponse.")?;
        let more = self.session.view().asked(Depth::Full).count() > self.session.asked().len();
        console.say(if more {
            "Tapez : bilan, plan, documents, sommaire, retour, approfondir ou quitter."
        } else {
            "Tapez : bilan, plan, documents, sommaire, retour ou quitter."
        })?;
        let Some(line) = console.ask()? else {
            return Ok(false);
        };
        match prompt::word(&line) {
            Some(Word::Quit) => return Ok(false),
            Some(Word::Back) => *next = self.session.asked().last().map(|q| q.id.clone()),
            Some(word) => {
                self.obey(console, None, word)?;
                *next = self
                    .session
                    .next_open(None)
                    .map(|question| question.id.clone());
            }
            None if more && line.eq_ignore_ascii_case("approfondir") => {
                self.session.set_depth(Depth::Full);
                *next = self
                    .session
                    .next_open(None)
                    .map(|question| question.id.clone());
            }
            None => {}
        }
        Ok(true)
    }

    fn summary(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        for progress in self.session.progress() {
            let title = &progress.questionnaire.title;
            console.say(&format!(
                "{title} : {} sur {}.",
                progress.settled, progress.total
            ))?;
        }
        let view = self.session.view();
        for question in self.session.asked() {
            if view.recorded(question).is_some() {
                console.indented(
                    "  ",
                    &format!("{} {}.", question.text, said(&view, question)),
                )?;
            }
        }
        Ok(())
    }

    fn assessment(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        let assessment = self.session.assessment();
        let (lo, hi) = assessment.score.interval;
        if assessment.score.applicable == 0 {
            console.say("Rien n'est noté pour l'instant.")?;
            return Ok(());
        }
        let between = |(lo, hi): (u32, u32)| {
            if lo == hi {
                format!("{lo}")
            } else {
                format!("entre {lo} et {hi}")
            }
        };
        console.say(&format!("Votre note sur 100 : {}.", between((lo, hi))))?;
        if let Some(level) = assessment.score.level {
            let provisional = if assessment.score.provisional {
                ", provisoire"
            } else {
                ""
            };
            console.say(&format!("Niveau {}{provisional}.", level.letter()))?;
        }
        let view = self.session.view();
        for clash in &self.session.catalogue().contradictions {
            if clash.when.evaluate(&view).is_true() {
                console.say(&format!("Deux réponses à revoir : {}", clash.message))?;
            }
        }
        for theme in &assessment.themes {
            let title = &theme.questionnaire.title;
            console.say(&format!("{title} : {}.", between(theme.score.interval)))?;
        }
        let mut gaps: Vec<_> = assessment
            .findings
            .iter()
            .filter(|f| f.loss.0 > 0)
            .collect();
        gaps.sort_by_key(|finding| std::cmp::Reverse(finding.loss));
        for finding in gaps.iter().take(6) {
            console.indented(
                "  ",
                &format!("{} : {} points.", finding.text, finding.loss.label()),
            )?;
        }
        Ok(())
    }

    fn plan(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        let plan = self.session.plan();
        if plan.actions.is_empty() {
            console.say("Rien à faire pour l'instant.")?;
        }
        if let Some(first) = plan.actions.iter().find(|action| !action.is_closed()) {
            console.say(&format!("Aujourd'hui : {}", first.first_step))?;
        }
        for (at, action) in plan.actions.iter().take(FIRST_ACTIONS).enumerate() {
            let words = format!(
                "{}. {}, {}, pour le {}, {}.",
                action.title,
                action.effort.label(),
                action.owner,
                day(action.due),
                action.tracking.status.label()
            );
            console.indented(&format!("  {}. ", at + 1), &words)?;
        }
        let more = plan.actions.len().saturating_sub(FIRST_ACTIONS);
        if more > 0 {
            console.say(&format!(
                "Et {more} de plus : « aplomb plan » les donne toutes."
            ))?;
        }
        Ok(())
    }

    fn documents(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        match export::render(&self.session, &[]) {
            Ok(documents) => {
                for document in documents.iter().filter(|d| d.needed == Needed::Yes) {
                    let state = match document.blanks.len() {
                        _ if document.ready => "prêt".to_owned(),
                        1 => "1 blanc à compléter".to_owned(),
                        n => format!("{n} blancs à compléter"),
                    };
                    console.indented("  ", &format!("{} : {state}.", document.title))?;
                }
                console.say("« aplomb documents » les enregistre.")?;
            }
            Err(error) => console.say(&typography::sentence(&error.to_string()))?,
        }
        Ok(())
    }
}

/// What a question leads to.
enum Turn {
    Next,
    Go(String),
    Stay,
    Leave,
}
