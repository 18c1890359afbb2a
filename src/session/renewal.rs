//! What a newer catalogue changes for a dossier assessed with another.

use jiff::civil::Date;

use super::Session;
use crate::domain::catalogue::Depth;
use crate::domain::dossier::LastAssessment;
use crate::domain::explain::day;

/// How many questions are named before « et n autres ».
const NAMED: usize = 6;

/// What changed since the last assessment, made with another version of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Version of the last assessment.
    pub from: String,
    /// Version in use.
    pub to: String,
    /// What the last assessment saw; nothing when it was not kept.
    pub last: Option<Before>,
    /// The score now.
    pub score: Option<u32>,
}

/// What the last assessment saw, compared with now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Its day.
    pub on: Date,
    /// Its score.
    pub score: Option<u32>,
    /// Questions asked now that were not: id and text.
    pub opened: Vec<(String, String)>,
    /// Questions that were asked and are not: id, and text if the catalogue still has it.
    pub closed: Vec<(String, String)>,
}

impl Renewal {
    /// The same in French sentences, for whoever cannot open a page.
    pub fn sentences(&self) -> Vec<String> {
        let mut out = vec![format!(
            "Les questionnaires ont changé depuis votre dernier bilan : version {} → {}.",
            self.from, self.to
        )];
        let Some(last) = &self.last else {
            out.push("Ce dossier n'a pas gardé de quoi dire ce qui change pour lui.".to_owned());
            return out;
        };
        let words = [
            (&last.opened, "question de plus", "questions de plus"),
            (
                &last.closed,
                "question qui ne se pose plus",
                "questions qui ne se posent plus",
            ),
        ];
        for (questions, one, many) in words {
            if questions.is_empty() {
                continue;
            }
            let label = if questions.len() == 1 { one } else { many };
            let named: Vec<&str> = questions
                .iter()
                .take(NAMED)
                .map(|(_, text)| text.as_str())
                .collect();
            let more = questions.len() - named.len();
            let rest = match more {
                0 => String::new(),
                1 => " ; et une autre".to_owned(),
                n => format!(" ; et {n} autres"),
            };
            out.push(format!(
                "{} {label} : {}{rest}.",
                questions.len(),
                named.join(" ; ")
            ));
        }
        if last.opened.is_empty() && last.closed.is_empty() {
            out.push("Les mêmes questions se posent.".to_owned());
        }
        out.push(self.scores(last));
        out
    }

    /// « Note : 62 sur 100 le 12/10/2026, 58 aujourd'hui avec les mêmes réponses. »
    pub fn scores(&self, last: &Before) -> String {
        let of = |score: Option<u32>| {
            score.map_or("pas encore de note".to_owned(), |s| format!("{s} sur 100"))
        };
        format!(
            "Note : {} le {}, {} aujourd'hui, avec les mêmes réponses.",
            of(last.score),
            day(last.on),
            of(self.score)
        )
    }
}

impl Session {
    /// What a newer catalogue changes, when the last assessment was made with another version.
    pub fn renewal(&self) -> Option<Renewal> {
        let dossier = self.dossier();
        let catalogue = self.catalogue();
        let from = dossier.assessed_with.clone()?;
        if from == catalogue.version || catalogue.version.is_empty() {
            return None;
        }
        let view = self.view();
        let now: Vec<_> = view.asked(Depth::Full).collect();
        let last = dossier.last.as_ref().map(|last| {
            let known = |id: &str| last.questions.iter().any(|seen| seen == id);
            let opened = now.iter().filter(|question| !known(&question.id));
            // A question renamed since then is still asked, under its new id.
            let text = |id: &str| {
                catalogue
                    .question(id)
                    .map(|q| (q.id.as_str(), q.text.as_str()))
            };
            let closed = last.questions.iter().filter(|id| {
                let current = text(id).map_or(id.as_str(), |(id, _)| id);
                !now.iter().any(|question| question.id == current)
            });
            Before {
                on: last.on,
                score: last.score,
                opened: opened.map(|q| (q.id.clone(), q.text.clone())).collect(),
                closed: closed
                    .map(|id| {
                        (
                            id.clone(),
                            text(id).map_or(id.as_str(), |(_, text)| text).to_owned(),
                        )
                    })
                    .collect(),
            }
        });
        Some(Renewal {
            from,
            to: catalogue.version.clone(),
            last,
            score: self.assessment().score.score,
        })
    }

    /// The user was told what a newer catalogue changes: closing records its version.
    pub fn acknowledge(&mut self) {
        self.acknowledged = !self.is_read_only();
    }

    /// What this session saw, to be compared one day with what a newer catalogue sees.
    pub(super) fn seen(&self) -> LastAssessment {
        LastAssessment {
            on: self.date,
            score: self.assessment().score.score,
            questions: self
                .view()
                .asked(Depth::Full)
                .map(|q| q.id.clone())
                .collect(),
        }
    }
}
