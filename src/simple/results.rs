//! The assessment as lines: the interval, the letter, contradictions, themes, what costs most.

use super::console::Console;
use super::words::{self, Word};
use super::{Line, Prompts, SimpleError, Turn, next_line};
use crate::domain::assessment::{Finding, Points, Score, Status};
use crate::domain::explain::{
    answered_words, coverage_words, level_words, no_level_words, points, projected_words, said,
    score_sentence, too_early,
};
use crate::domain::typography::sentence;
use crate::export;

const ASKED: &str = "Tapez un numéro pour revoir la réponse, « compte » pour le compte ligne à ligne, \
    « enregistrer » pour le rapport et le plan en fichiers, plan, documents ou retour.";

/// Most findings listed before « compte ».
const MOST: usize = 12;

fn between((lo, hi): (u32, u32)) -> String {
    if lo == hi {
        format!("{lo}")
    } else {
        format!("entre {lo} et {hi}")
    }
}

/// « , à vérifier », « , écart planifié », or nothing.
fn state(finding: &Finding<'_>) -> &'static str {
    match finding.status {
        _ if finding.planned => ", écart planifié",
        Status::Unknown => ", à vérifier",
        _ => "",
    }
}

/// A text and what separates it from a figure: a question has its own sign.
fn lead(text: &str) -> String {
    let colon = if text.ends_with('?') { " " } else { " : " };
    format!("{text}{colon}")
}

fn tell_letter(console: &mut Console<'_>, score: &Score) -> Result<(), SimpleError> {
    let Some(mut words) = level_words(score) else {
        console.say(&format!("{}.", no_level_words(score)))?;
        return Ok(());
    };
    if too_early(score) {
        console.say(&format!("{words}."))?;
        return Ok(());
    }
    if score.provisional {
        words.push_str(" : il manque des réponses qui comptent beaucoup");
    }
    if let Some(reason) = &score.cap_reason {
        words.push_str(&format!(", plafonné : {reason}"));
    }
    console.say(&format!("{words}."))?;
    Ok(())
}

impl Prompts {
    /// The assessment; a number leads to the question behind a line, and back.
    pub(super) fn assessment(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        loop {
            let ids = self.tell_assessment(console)?;
            let id = loop {
                match next_line(console)? {
                    Line::End => return Ok(Turn::Leave),
                    Line::Word(Word::Back) => return Ok(Turn::Stay),
                    Line::Word(word) => match self.anywhere(console, word, ASKED)? {
                        Turn::Stay => {}
                        turn => return Ok(turn),
                    },
                    Line::Text(text) if text.to_lowercase() == "compte" => self.account(console)?,
                    Line::Text(text) if text.to_lowercase() == "enregistrer" => {
                        self.write_results(console)?;
                    }
                    Line::Text(text) => {
                        let number = text.parse::<usize>().ok();
                        match number.and_then(|n| ids.get(n.wrapping_sub(1))) {
                            Some(id) => break id.clone(),
                            None => console.say(&words::unknown(&text, ASKED))?,
                        }
                    }
                }
            };
            if let Some(turn) = self.detour(console, &id)? {
                return Ok(turn);
            }
        }
    }

    /// Writes the report and the plan, and names the files.
    fn write_results(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        let planned = match export::results(&self.session) {
            Ok(planned) => planned,
            Err(error) => return Ok(console.say(&sentence(&error.to_string()))?),
        };
        let notes = planned.notes.clone();
        match planned.write() {
            Ok(files) => {
                console.say(&export::told(&files))?;
                for note in notes {
                    console.say(&note)?;
                }
                for file in &files {
                    console.say(&file.file.path.display().to_string())?;
                }
            }
            Err(error) => console.say(&sentence(&error.to_string()))?,
        }
        Ok(console.say(ASKED)?)
    }

    /// Says the assessment; gives the questions of the numbers said.
    fn tell_assessment(&self, console: &mut Console<'_>) -> Result<Vec<String>, SimpleError> {
        let assessment = self.session.assessment();
        let score = &assessment.score;
        let mut ids = Vec::new();
        console.gap()?;
        console.say(&score_sentence(score))?;
        if score.applicable > 0 {
            console.say(&format!(
                "{}, soit {}.",
                answered_words(score),
                coverage_words(score)
            ))?;
            tell_letter(console, score)?;
        }
        if let Some(words) = projected_words(&assessment) {
            console.say(&words)?;
        }
        let view = self.session.view();
        for clash in &self.session.catalogue().contradictions {
            if !clash.when.evaluate(&view).is_true() {
                continue;
            }
            console.say(&format!(
                "Ces réponses ne vont pas ensemble : {}",
                clash.message
            ))?;
            for id in &clash.questions {
                let question = self.session.question(id)?;
                ids.push(id.clone());
                let words = format!("Revoir : {} {}.", question.text, said(&view, question));
                console.indented(&format!("  {}. ", ids.len()), &words)?;
            }
        }
        if !assessment.themes.is_empty() {
            console.say("Par thème, sur 100 :")?;
        }
        for theme in &assessment.themes {
            let title = &theme.questionnaire.title;
            console.indented(
                "  ",
                &format!("{title} : {}.", between(theme.score.interval)),
            )?;
        }
        let gaps = assessment.costliest(MOST);
        if !gaps.is_empty() {
            console.say("Ce qui coûte le plus :")?;
        }
        for finding in gaps {
            ids.push(finding.question.id.clone());
            let words = format!(
                "{}{}{}.",
                lead(&finding.words()),
                points(finding.loss),
                state(finding)
            );
            console.indented(&format!("  {}. ", ids.len()), &words)?;
        }
        console.say(if ids.is_empty() {
            "Tapez : plan, documents ou retour."
        } else {
            ASKED
        })?;
        Ok(ids)
    }

    /// Every line that costs something, adding up to what is missing.
    fn account(&self, console: &mut Console<'_>) -> Result<(), SimpleError> {
        let assessment = self.session.assessment();
        let Some(score) = assessment.score.score else {
            console.say("Rien n'est noté pour l'instant.")?;
            return Ok(());
        };
        console.gap()?;
        console.say(&format!(
            "{score} sur 100 sur ce qui est répondu. Chaque ligne dit ce qu'elle retire."
        ))?;
        let mut theme = "";
        let mut losses = 0;
        for finding in assessment.findings.iter().filter(|f| f.loss.0 > 0) {
            if finding.question.questionnaire != theme {
                theme = &finding.question.questionnaire;
                let known = self.session.catalogue().questionnaire(theme);
                console.say(&format!("{} :", known.map_or("", |known| &known.title)))?;
            }
            losses += finding.loss.0;
            let words = format!(
                "{}{}{}.",
                lead(&finding.words()),
                finding.loss.exact(),
                state(finding)
            );
            console.indented("  ", &words)?;
        }
        console.say(&format!(
            "Somme : {}. Arrondi : {}. Ensemble : {}, soit 100 moins {score}.",
            Points(losses).exact(),
            assessment.rounding.exact(),
            Points(losses + assessment.rounding.0).exact()
        ))?;
        Ok(())
    }
}
