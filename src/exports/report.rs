//! The report: the assessment, where the points go, the plan and the documents, in one file.

mod account;
mod chart;
mod html;
mod markdown;
mod pdf;

pub use html::page;
pub use markdown::markdown;
pub use pdf::pdf;

use crate::documents::{Needed, Rendered};
use crate::domain::assessment::{Assessment, Finding, Score, assess};
use crate::domain::branding::Branding;
use crate::domain::catalogue::Contradiction;
use crate::domain::explain::{
    answered_words, coverage_words, level_words, no_level_words, told_level,
};
use crate::domain::plan::{Plan, plan};
use crate::domain::typography::french;
use crate::domain::view::View;

use super::wording::plural;

/// Findings shown before the full account.
const COSTLIEST: usize = 10;

/// Everything a report shows.
#[derive(Debug)]
pub struct Report<'v, 'a> {
    /// The dossier on the day.
    pub view: &'v View<'a>,
    /// Its assessment.
    pub assessment: Assessment<'a>,
    /// Its plan.
    pub plan: Plan<'a>,
    /// Every document, needed or not.
    pub documents: Vec<Rendered>,
    /// The identity put on it.
    pub branding: Option<Branding>,
}

impl<'v, 'a> Report<'v, 'a> {
    /// Gathers what a report shows.
    pub fn new(view: &'v View<'a>, documents: Vec<Rendered>) -> Self {
        let assessment = assess(view);
        let plan = plan(view, &assessment);
        Self {
            view,
            assessment,
            plan,
            documents,
            branding: None,
        }
    }

    /// The same under an identity.
    #[must_use]
    pub fn branded(mut self, branding: Option<Branding>) -> Self {
        self.branding = branding;
        self
    }

    /// What costs points, dearest first.
    fn losses(&self) -> Vec<&Finding<'a>> {
        let mut losses: Vec<_> = self
            .assessment
            .findings
            .iter()
            .filter(|finding| finding.loss.0 > 0)
            .collect();
        losses.sort_by_key(|finding| std::cmp::Reverse(finding.loss));
        losses
    }

    /// Answers that cannot go together.
    fn contradictions(&self) -> Vec<&'a Contradiction> {
        let all = self.view.catalogue().contradictions.iter();
        all.filter(|c| c.when.evaluate(self.view).is_true())
            .collect()
    }

    /// The result in sentences.
    fn sentences(&self) -> Vec<String> {
        let score = &self.assessment.score;
        let (low, high) = score.interval;
        let mut out = vec![match score.score {
            Some(points) => format!(
                "{points} sur 100 d'après vos réponses ({}, {}).",
                answered_words(score),
                coverage_words(score),
            ),
            None => "Pas encore de note : aucun critère n'a de réponse.".to_owned(),
        }];
        out.push(format!(
            "Selon ce qu'il reste à répondre ou à vérifier, la note sera entre {low} et {high}."
        ));
        let told = told_level(score);
        let words = level_words(score).unwrap_or_else(|| no_level_words(score).to_owned());
        out.push(match told {
            Some(_) if score.provisional => format!("{words} : il reste des réponses à donner."),
            _ => format!("{words}."),
        });
        if let (Some(_), Some(reason)) = (told, &score.cap_reason) {
            out.push(format!("Plafond : {reason}."));
        }
        if let Some(projected) = self
            .assessment
            .projected
            .filter(|p| Some(*p) != score.score)
        {
            out.push(format!(
                "Une fois les actions en cours terminées : {projected} sur 100."
            ));
        }
        if !self.assessment.exposures.is_empty() {
            let reasons: Vec<&str> = self
                .assessment
                .exposures
                .iter()
                .map(|exposure| exposure.reason.as_str())
                .collect();
            out.push(format!(
                "Ce qui rend les écarts plus sérieux chez vous : {}.",
                reasons.join(" ; ")
            ));
        }
        out.into_iter().map(|sentence| french(&sentence)).collect()
    }

    /// State of a document, in words.
    fn state(document: &Rendered) -> String {
        let blanks = document.blanks.len();
        match document.needed {
            Needed::No => "pas nécessaire".to_owned(),
            Needed::Undetermined => "à déterminer".to_owned(),
            Needed::Yes if document.ready => "prêt".to_owned(),
            Needed::Yes if blanks == 0 => "à relire".to_owned(),
            Needed::Yes => format!("{blanks} {} à compléter", plural(blanks, "blanc", "blancs")),
        }
    }

    /// Titles and addresses of references.
    fn references(&self, ids: &[&'a str]) -> Vec<(&'a str, Option<&'a str>)> {
        ids.iter()
            .filter_map(|id| self.view.catalogue().reference(id))
            .map(|reference| (reference.title.as_str(), reference.url.as_deref()))
            .collect()
    }
}

/// « 62 sur 100 », or a dash.
fn note(score: &Score) -> String {
    score
        .score
        .map_or_else(|| "–".to_owned(), |points| format!("{points} sur 100"))
}

/// How to read the report.
const METHOD: &[&str] = &[
    "Chaque critère qui s'applique pèse selon son importance. La note est la part de ce poids qui est en place, arrondie vers le bas ; « je ne sais pas » compte comme absent.",
    "Les points perdus et l'arrondi, ensemble, font exactement 100 moins la note.",
    "Ce bilan applique des règles datées à ce que vous avez répondu. Il ne prouve pas que tout est conforme et ne remplace pas l'avis d'un avocat.",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::Level;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::dossier::Dossier;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn of(name: &str) -> (String, String) {
        let catalogue = Catalogue::default().indexed();
        let dossier = Dossier::new(name, date(2026, 1, 1));
        let view = View::new(&catalogue, &dossier, date(2026, 11, 2));
        let report = Report::new(&view, Vec::new());
        (page(&report), markdown(&report))
    }

    #[test]
    fn a_page_needs_nothing_from_outside_and_each_link_leads_somewhere() {
        let (html, _) = of("Épi");
        for outside in ["src=", "url(", "@import", "<script", "<link"] {
            assert!(!html.contains(outside), "{outside}");
        }
        for part in html.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(html.contains("lang=\"fr\""));
    }

    /// The report of a business that answered so much of the weight, as a page, words and a PDF.
    fn answered(weights: (u64, u64), level: Option<Level>) -> (String, String) {
        let catalogue = Catalogue::default().indexed();
        let dossier = Dossier::new("Épi", date(2026, 1, 1));
        let view = View::new(&catalogue, &dossier, date(2026, 11, 2));
        let mut report = Report::new(&view, Vec::new());
        report.assessment.score = Score {
            score: level.map(|_| 100),
            interval: (19, 100),
            weights,
            level,
            level_before_cap: level,
            cap_reason: Some("un point critique : C au mieux".to_owned()),
            provisional: true,
            answered: usize::try_from(weights.0).unwrap(),
            applicable: usize::try_from(weights.1).unwrap(),
        };
        assert!(pdf(&report).unwrap().bytes.starts_with(b"%PDF"));
        (page(&report), markdown(&report))
    }

    #[test]
    fn no_letter_is_written_before_half_of_what_counts_is_answered() {
        let (html, words) = answered((19, 100), Some(Level::A));
        for letter in [
            "Niveau",
            "class=\"badge",
            "class=\"marker",
            "au mieux",
            "triangle",
        ] {
            assert!(!html.contains(letter), "{letter}");
        }
        for text in [&html, &words] {
            assert!(text.contains("Trop tôt pour une lettre"), "{text}");
            assert!(text.contains("entre 19 et 100"), "{text}");
        }
        assert!(
            !words.contains("Niveau") && !words.contains("au mieux"),
            "{words}"
        );

        let (html, words) = answered((50, 100), Some(Level::A));
        for part in ["class=\"badge", "class=\"marker", "au mieux", "triangle"] {
            assert!(html.contains(part), "{part}");
        }
        assert!(words.contains("Niveau A, provisoire"), "{words}");
    }

    #[test]
    fn a_dossier_without_an_answer_is_said_to_be_so() {
        let (html, words) = answered((0, 100), None);
        for text in [html, words] {
            assert!(text.contains("Rien n’est encore répondu"), "{text}");
            assert!(!text.contains("Trop peu de critères"), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_name_adds_no_markup(name in "\\PC{0,80}|[<>&\"'/a={%}\\r\\n\u{202e}#*_|`\\[\\]()-]{0,80}") {
            let (plain, _) = of("");
            let (html, markdown) = of(&name);
            prop_assert_eq!(html.matches('<').count(), plain.matches('<').count());
            prop_assert_eq!(html.matches('"').count(), plain.matches('"').count());
            let turned = html.contains('\u{202e}');
            prop_assert!(!turned);
            let first = markdown.lines().next().unwrap_or_default();
            let read = crate::documents::markdown::flat(first);
            let shown = format!("Bilan — {}", crate::documents::escape::clean(&name));
            prop_assert_eq!(read.trim(), shown.trim());
        }
    }
}
