//! The wizard as plain lines, appended and never redrawn: screen readers, dumb terminals, pipes.
//!
//! Same session, same questions, same order, same files as the full-screen interface. Commands are
//! words, understood at every prompt. The end of the input leaves, everything saved.

mod asides;
mod console;
mod groups;
mod news;
mod papers;
mod plan;
mod prompt;
mod record;
mod results;
mod services;
mod start;
mod summary;
mod words;

#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use self::console::Console;
use self::words::Word;
use crate::content::Content;
use crate::documents::markdown::text::plain;
use crate::domain::catalogue::{Depth, Question};
use crate::domain::typography;
use crate::session::{Clock, Session, SessionError};
use crate::storage::{self, Discussion, Workspace};

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
        None => start::choose(options, &mut console)?,
    };
    match session {
        Some(session) => Prompts::new(session).run(&mut console),
        None => Ok(()),
    }
}

/// What a prompt leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Turn {
    /// On to the next open question.
    Next,
    /// The question before.
    Back,
    /// The question after, open or not.
    Skip,
    /// A question.
    Go(String),
    /// Here again.
    Stay,
    /// The page of a word.
    Run(Word),
    /// Leave.
    Leave,
}

/// A line typed.
enum Line {
    End,
    Word(Word),
    Text(String),
}

/// A dossier being answered line by line.
struct Prompts {
    session: Session,
    /// How many times the commands were recalled.
    hints: u8,
    /// The questions put aside.
    discussion: Discussion,
}

/// Where a question found in a list was asked from.
struct Origin {
    /// The question before the list.
    at: Option<String>,
    /// The list.
    page: Word,
}

impl Prompts {
    fn new(session: Session) -> Self {
        Self {
            discussion: Discussion::read(session.store().dir()),
            hints: 0,
            session,
        }
    }

    fn run(mut self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        // The same depth as the full-screen interface starts with.
        self.session.set_depth(Depth::Essential);
        for message in self.session.messages() {
            console.say(&message)?;
        }
        if let Some(renewal) = self.session.renewal() {
            for sentence in renewal.sentences() {
                console.say(&sentence)?;
            }
            self.session.acknowledge();
        }
        console.gap()?;
        let (done, total) = self.done();
        console.say(&format!(
            "{} : {} sur {total}.",
            self.session.dossier().name,
            counted(done, "question répondue", "questions répondues")
        ))?;
        let mut at = self.open_after(None);
        let mut found: Option<Origin> = None;
        loop {
            let mut turn = match &at {
                Some(id) => self.question(console, id)?,
                None => self.end(console)?,
            };
            // Back from what a list led to: to the list.
            if turn == Turn::Back
                && let Some(origin) = found.take()
            {
                at = origin.at;
                turn = Turn::Run(origin.page);
            }
            while let Turn::Run(page) = turn {
                turn = self.page(console, page.clone())?;
                let leads = matches!(page, Word::Find(_) | Word::Aside);
                if matches!(turn, Turn::Go(_)) {
                    let at = at.clone();
                    found = leads.then_some(Origin { at, page });
                }
            }
            if !matches!(turn, Turn::Go(_) | Turn::Stay) {
                found = None;
            }
            match (turn, at.clone()) {
                (Turn::Leave, _) => break,
                (Turn::Go(id), _) => at = Some(id),
                (Turn::Next, Some(id)) => at = self.open_after(Some(&id)),
                (Turn::Back, Some(id)) => match self.session.previous(&id) {
                    Some(before) => at = Some(before.id.clone()),
                    None => console.say("C'est la première question.")?,
                },
                (Turn::Skip, Some(id)) => match self.session.following(&id) {
                    Some(after) => at = Some(after.id.clone()),
                    None => console.say("C'est la dernière question.")?,
                },
                (Turn::Back, None) => at = self.session.asked().last().map(|q| q.id.clone()),
                // An answer erased, undone or deepened may leave a question to ask.
                (Turn::Stay | Turn::Next | Turn::Skip, None) => at = self.open_after(None),
                (Turn::Stay | Turn::Run(_), _) => {}
            }
        }
        let dir = self.session.store().dir().to_owned();
        let name = self.session.dossier().name.clone();
        let read_only = self.session.is_read_only();
        self.session.close()?;
        console.say(&if read_only {
            format!("Dossier lu, rien n'a été changé : {name}. Rouvrez-le avec :")
        } else {
            format!("Dossier enregistré : {name}. Reprenez avec :")
        })?;
        // Not wrapped: a command is copied whole.
        console.whole(&format!("aplomb --simple \"{}\"", dir.display()))?;
        Ok(())
    }

    fn open_after(&self, id: Option<&str>) -> Option<String> {
        self.session
            .next_open(id)
            .map(|question| question.id.clone())
    }

    fn done(&self) -> (usize, usize) {
        let progress = self.session.progress();
        (
            progress.iter().map(|p| p.settled).sum(),
            progress.iter().map(|p| p.total).sum(),
        )
    }

    /// Shows a question, reads until something comes of it.
    fn question(&mut self, console: &mut Console<'_>, id: &str) -> Result<Turn, SimpleError> {
        let question = self.session.question(id)?.clone();
        console.gap()?;
        console.say(&self.place(&question))?;
        if self.is_aside(id) {
            console.say("Question mise de côté ; « de côté » la reprend.")?;
        }
        prompt::show(console, &self.session, &question)?;
        if self.hints < 3 {
            self.hints += 1;
            console.say("Ou : aide, retour, passer, sommaire, quitter.")?;
        }
        loop {
            let text = match next_line(console)? {
                Line::End => return Ok(Turn::Leave),
                Line::Word(Word::Find(wanted)) if prompt::picks_services(&question) => {
                    self.find_services(console, &wanted)?;
                    continue;
                }
                Line::Word(word) => {
                    // Nothing of the question has changed: it need not be read again.
                    let apart = matches!(word, Word::Files | Word::Rename(_));
                    match self.obey(console, &question, word)? {
                        Turn::Stay if apart => continue,
                        turn => return Ok(turn),
                    }
                }
                Line::Text(text) => text,
            };
            if let Some(turn) = self.understand(console, &question, &text)? {
                return Ok(turn);
            }
        }
    }

    /// Asks a question from another page, and comes back to it; gives what leads elsewhere.
    fn detour(&mut self, console: &mut Console<'_>, id: &str) -> Result<Option<Turn>, SimpleError> {
        loop {
            match self.question(console, id)? {
                Turn::Stay => {}
                Turn::Leave => return Ok(Some(Turn::Leave)),
                Turn::Run(word) => return Ok(Some(Turn::Run(word))),
                _ => return Ok(None),
            }
        }
    }

    fn refused(&self, console: &mut Console<'_>, error: &SessionError) -> Result<(), SimpleError> {
        console.say(&typography::sentence(&error.to_string()))?;
        if matches!(error, SessionError::Storage(_)) && !self.session.is_read_only() {
            console.say(
                "Ce qui précède est enregistré ; cette réponse ne l'est pas. Donnez-la de nouveau, \
                 ou tapez « quitter ».",
            )?;
        }
        Ok(())
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
        let theme = match at {
            Some(at) => format!(
                "Thème {} sur {} : {}.",
                at + 1,
                progress.len(),
                progress[at].questionnaire.title
            ),
            None => "Question d'un thème qui n'est pas posé.".to_owned(),
        };
        match own.iter().position(|q| q.id == question.id) {
            Some(rank) => format!("{theme} Question {} sur {}.", rank + 1, own.len()),
            // Found by a search, or what a text lacks: a question that the depth leaves out.
            None => theme,
        }
    }

    /// Obeys a command typed at a question.
    fn obey(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
        word: Word,
    ) -> Result<Turn, SimpleError> {
        Ok(match word {
            Word::Back => Turn::Back,
            Word::Skip => Turn::Skip,
            Word::Help => {
                self.help(console, question)?;
                Turn::Stay
            }
            Word::Note => return self.note(console, question),
            Word::Erase => self.erase(console, question)?,
            Word::Aside => self.put_aside(console, &question.id)?,
            word => self.anywhere(console, word, "")?,
        })
    }

    /// Obeys a command that means the same at every prompt; help says first what can be typed here.
    fn anywhere(
        &mut self,
        console: &mut Console<'_>,
        word: Word,
        here: &str,
    ) -> Result<Turn, SimpleError> {
        let said = match word {
            Word::Quit => return Ok(Turn::Leave),
            Word::Back => return Ok(Turn::Back),
            Word::Undo => self.undo(),
            Word::Redo => self.redo(),
            Word::Rename(name) => self.rename(&name),
            Word::Files => {
                self.tell_files(console)?;
                return Ok(Turn::Stay);
            }
            Word::Erase => {
                "« effacer » enlève une réponse : allez d'abord à sa question.".to_owned()
            }
            Word::Find(wanted) if wanted.is_empty() => {
                "Tapez « chercher » et un mot, comme : chercher facture.".to_owned()
            }
            Word::Deepen => {
                let (depth, words) = match self.session.depth() {
                    Depth::Essential => (Depth::Full, "Toutes les questions"),
                    Depth::Full => (Depth::Essential, "Seulement les questions essentielles"),
                };
                self.session.set_depth(depth);
                let (done, total) = self.done();
                format!("{words} : {done} sur {total} ont une réponse.")
            }
            Word::Help => format!("{here} {}", words::COMMANDS)
                .trim_start()
                .to_owned(),
            Word::Note => "Une note s'écrit à côté d'une question ou d'une action.".to_owned(),
            Word::Skip => "Il n'y a pas de question à passer ici.".to_owned(),
            page => return Ok(Turn::Run(page)),
        };
        console.say(&said)?;
        Ok(Turn::Stay)
    }

    /// Opens the page of a word.
    fn page(&mut self, console: &mut Console<'_>, word: Word) -> Result<Turn, SimpleError> {
        match word {
            Word::Summary => self.summary(console),
            Word::Assessment => self.assessment(console),
            Word::Plan => self.plan(console),
            Word::Documents => self.documents(console),
            Word::Activities => self.activities(console),
            Word::Find(wanted) => self.find(console, &wanted),
            Word::Aside => self.asides(console),
            _ => Ok(Turn::Stay),
        }
    }

    fn help(&self, console: &mut Console<'_>, question: &Question) -> Result<(), SimpleError> {
        console.say(&question.why)?;
        explain(console, question)?;
        console.say(&format!("Exemple : {}", question.example))?;
        if !question.ask_words.is_empty() {
            console.say(&format!(
                "Si vous ne savez pas, demandez à {} : {}",
                question.ask,
                typography::quoted(&question.ask_words)
            ))?;
        }
        let mut references = self.session.catalogue().references_of(question);
        let date = self.session.date();
        references.retain(|r| r.validity.contains(date));
        if !references.is_empty() {
            console.say("Sources :")?;
        }
        for reference in references {
            console.indented("  ", &reference.title)?;
            if let Some(url) = &reference.url {
                console.indented("  ", url)?;
            }
        }
        console.say(words::COMMANDS)?;
        Ok(())
    }

    /// Writes a note of one or several lines beside a question.
    fn note(
        &mut self,
        console: &mut Console<'_>,
        question: &Question,
    ) -> Result<Turn, SimpleError> {
        let before = self.session.dossier().notes.get(&question.id).cloned();
        match &before {
            Some(note) => console.say(&format!("Note actuelle : {note}"))?,
            None => console.say("Aucune note.")?,
        }
        console.say(
            "Tapez la note, sur autant de lignes que vous voulez, puis une ligne vide. Une ligne \
             vide tout de suite ne change rien ; « effacer » enlève la note.",
        )?;
        let mut lines: Vec<String> = Vec::new();
        let mut turn = Turn::Stay;
        loop {
            match next_line(console)? {
                Line::End => {
                    turn = Turn::Leave;
                    break;
                }
                Line::Word(Word::Back | Word::Undo) => {
                    console.say("Note laissée comme elle était.")?;
                    return Ok(Turn::Stay);
                }
                Line::Word(Word::Erase) if lines.is_empty() => {
                    lines.push(String::new());
                    break;
                }
                Line::Word(word) => {
                    turn = self.anywhere(console, word, "")?;
                    if turn != Turn::Stay {
                        break;
                    }
                }
                Line::Text(text) if text.is_empty() => break,
                Line::Text(text) => lines.push(text),
            }
        }
        if lines.is_empty() {
            return Ok(turn);
        }
        let text = lines.join("\n");
        let note = Some(text.as_str()).filter(|text| !text.is_empty());
        match self.session.note(&question.id, note) {
            Ok(()) if note.is_none() => console.say("Note effacée.")?,
            Ok(()) => console.say("Note enregistrée.")?,
            Err(error) => self.refused(console, &error)?,
        }
        Ok(turn)
    }

    /// Every question has an answer.
    fn end(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        console.gap()?;
        console.say("Toutes les questions ont une réponse.")?;
        if let Some(aside) = self.told_asides() {
            console.say(&format!("{aside} : « de côté » pour y revenir."))?;
        }
        let more = self.session.view().asked(Depth::Full).count() > self.session.asked().len();
        console.say(if more {
            "Tapez : bilan, plan, documents, traitements, sommaire, retour, approfondir ou quitter."
        } else {
            "Tapez : bilan, plan, documents, traitements, sommaire, retour ou quitter."
        })?;
        loop {
            match next_line(console)? {
                Line::End => return Ok(Turn::Leave),
                Line::Word(word) => match self.anywhere(console, word, "")? {
                    Turn::Stay => {
                        // Undoing or going deeper may have opened a question.
                        if self.session.next_open(None).is_some() {
                            return Ok(Turn::Stay);
                        }
                    }
                    turn => return Ok(turn),
                },
                Line::Text(text) => console.say(&words::unknown(&text, "Tapez « aide »."))?,
            }
        }
    }
}

/// The help of a question, without its marks.
fn explain(console: &mut Console<'_>, question: &Question) -> io::Result<()> {
    plain(&question.help)
        .lines()
        .try_for_each(|line| console.say(line))
}

/// Reads a line; « =retour » is the word itself.
fn next_line(console: &mut Console<'_>) -> Result<Line, SimpleError> {
    let Some(line) = console.ask()? else {
        return Ok(Line::End);
    };
    if let Some(word) = words::word(&line) {
        return Ok(Line::Word(word));
    }
    let literal = line.strip_prefix('=').filter(|l| words::word(l).is_some());
    Ok(Line::Text(literal.unwrap_or(&line).to_owned()))
}

/// « 1 question », « 2 questions ».
fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number < 2 { one } else { several })
}
