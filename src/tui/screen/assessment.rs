//! The assessment: the interval, then the letter; contradictions; themes; what costs most.

use super::account::{self, Account};
use super::whatif::WhatIf;
use super::{Cursor, Screen, Step, View};
use crate::domain::assessment::{Assessment, Status, ThemeScore};
use crate::domain::explain::{
    answered_words, coverage_words, level_words, projected_words, score_sentence, too_early,
};
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};
use crate::tui::widget::{gauge, radar};

/// Most findings listed under « ce qui coûte le plus ».
const MOST: usize = 12;

/// The results.
#[derive(Debug)]
pub struct Results {
    cursor: Cursor,
    radar: bool,
}

impl Default for Results {
    fn default() -> Self {
        Self {
            cursor: Cursor::at_top(),
            radar: false,
        }
    }
}

/// The pages that follow.
const NEXT: [(Action, &str); 5] = [
    (Action::WhatIf, "Et si… : cocher des actions, voir la note"),
    (Action::Account, "Le compte, ligne à ligne"),
    (Action::Plan, "Voir le plan d'action"),
    (Action::Documents, "Voir les documents"),
    (Action::Review, "Relire les réponses"),
];

/// What can be focused: contradictory answers, the costliest findings, then the pages that follow.
enum Target {
    Question(String),
    Page(Action),
}

fn targets(desk: &Desk, assessment: &Assessment<'_>) -> Vec<Target> {
    let clashing = desk.clashes.iter().flat_map(|clash| &clash.questions);
    let costly = assessment.costliest(MOST);
    clashing
        .cloned()
        .chain(
            costly
                .into_iter()
                .map(|finding| finding.question.id.clone()),
        )
        .map(Target::Question)
        .chain(NEXT.iter().map(|(action, _)| Target::Page(*action)))
        .collect()
}

impl Results {
    fn summary(page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let look = page.look;
        let score = &assessment.score;
        page.text(Role::Title, &score_sentence(score));
        if score.applicable == 0 {
            return;
        }
        let (lo, hi) = score.interval;
        page.line(gauge::interval(&look, lo, hi, look.width.min(60)).into());
        page.text(
            Role::Dim,
            &format!(
                "{} {} {}.",
                answered_words(score),
                look.glyphs.dot,
                coverage_words(score)
            ),
        );
        if let Some(words) = projected_words(assessment) {
            page.text(Role::Good, &words);
        }
    }

    fn themes(&self, page: &mut Page<'_>, assessment: &Assessment<'_>) {
        if assessment.themes.is_empty() {
            return;
        }
        page.heading("Points acquis, par thème");
        let look = page.look;
        let point = |theme: &ThemeScore<'_>| radar::Point {
            title: theme.questionnaire.title.clone(),
            lo: theme.score.interval.0,
            hi: theme.score.interval.1,
        };
        let points: Vec<radar::Point> = assessment.themes.iter().map(point).collect();
        if self.radar && points.len() >= 3 {
            page.extend(radar::lines(&look, &points));
            return;
        }
        for point in &points {
            let rows = gauge::bar_row(&look, &point.title, &point.figure(), point.lo, point.hi);
            page.extend(rows);
        }
        page.legend(&[
            (look.glyphs.full, "acquis"),
            (look.glyphs.maybe, "possible"),
            (look.glyphs.empty, "perdu"),
        ]);
    }

    /// Answers that cannot both be true, each one key away; returns the next focus number.
    fn clashes(page: &mut Page<'_>, desk: &Desk) -> usize {
        let mut target = 0;
        if desk.clashes.is_empty() {
            return target;
        }
        page.heading("Ces réponses ne vont pas ensemble");
        for clash in &desk.clashes {
            page.text(Role::Warn, &format!("! {}", clash.message));
            for id in &clash.questions {
                let text = desk.question(id).map_or(id.as_str(), |q| &q.text);
                let said = desk.question(id).map(|q| desk.said(q)).unwrap_or_default();
                page.entry(Entry {
                    target,
                    mark: page.look.glyphs.next,
                    text: &format!("Revoir : {text}"),
                    right: "",
                });
                page.spans(&[page.look.raw(Role::Dim, &said)], 6);
                target += 1;
            }
        }
        target
    }

    fn losses(page: &mut Page<'_>, assessment: &Assessment<'_>, from: usize) {
        let gaps = assessment.costliest(MOST);
        let look = page.look;
        if gaps.is_empty() {
            return;
        }
        page.heading("Ce qui coûte le plus, en points");
        for (at, finding) in gaps.iter().enumerate() {
            let mark = match finding.status {
                _ if finding.planned => look.glyphs.doing,
                Status::Unknown => "?",
                _ => "!",
            };
            let right = format!("−{}{}", finding.loss.label(), account::state(finding));
            page.entry(Entry {
                target: from + at,
                mark,
                text: &finding.words(),
                right: &right,
            });
        }
        page.legend(&[
            ("!", "à corriger"),
            ("?", "à vérifier"),
            (
                look.glyphs.doing,
                "écart planifié : une action est en cours",
            ),
        ]);
    }

    fn letter(page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let score = &assessment.score;
        page.gap();
        match level_words(score) {
            Some(words) if too_early(score) => page.text(Role::Strong, &format!("{words}.")),
            Some(words) => {
                page.text(Role::Strong, &words);
                if let Some(reason) = &score.cap_reason {
                    page.text(Role::Dim, &format!("Plafonné : {reason}."));
                }
                if score.provisional {
                    page.text(
                        Role::Dim,
                        "Provisoire : il manque des réponses qui comptent beaucoup.",
                    );
                }
            }
            None if score.answered == 0 && score.applicable > 0 => {
                page.text(Role::Dim, "La lettre viendra avec vos réponses.");
            }
            None if score.applicable > 0 => page.text(
                Role::Dim,
                "Trop peu de critères pour une lettre : la liste ci-dessous dit tout.",
            ),
            None => {}
        }
    }
}

impl View for Results {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Assessment
    }

    fn title(&self, _app: &App) -> String {
        "Bilan".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let assessment = desk.session.assessment();
        Self::summary(&mut page, &assessment);
        // Nothing is left to answer but what going deeper would ask: say where it is.
        let rest = assessment.score.answered < assessment.score.applicable;
        if rest && desk.open.is_empty() && desk.deeper > 0 {
            let questions = text::count(desk.deeper, "question", "questions");
            page.text(
                Role::Text,
                &format!("Le reste se répond par « Approfondir », sur la page du dossier : {questions} de plus."),
            );
        }
        Self::letter(&mut page, &assessment);
        let from = Self::clashes(&mut page, desk);
        self.themes(&mut page, &assessment);
        Self::losses(&mut page, &assessment, from);
        page.gap();
        let from = from + assessment.costliest(MOST).len();
        for (at, (_, label)) in NEXT.iter().enumerate() {
            page.entry(Entry {
                target: from + at,
                text: label,
                ..Entry::default()
            });
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| {
            let clashing: usize = desk.clashes.iter().map(|clash| clash.questions.len()).sum();
            clashing + desk.counted().losses.min(MOST) + NEXT.len()
        })
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let assessment = desk.session.assessment();
        match action {
            Action::Accept => match targets(desk, &assessment).into_iter().nth(self.cursor.at) {
                Some(Target::Question(id)) => vec![Step::Ask(id)],
                Some(Target::Page(action)) => vec![Step::Also(action)],
                None => Vec::new(),
            },
            Action::WhatIf => Step::push(Screen::WhatIf(WhatIf::default())),
            Action::Account => Step::push(Screen::Account(Account::default())),
            Action::Write => vec![Step::Do(Effect::WriteResults)],
            Action::Radar => {
                self.radar = !self.radar;
                self.cursor = Cursor::at_top();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        let Some(desk) = app.desk.as_ref() else {
            return false;
        };
        match action {
            Action::Radar => desk.counted().themes >= 3,
            Action::WhatIf => !desk.planned().is_empty(),
            Action::Account => desk.score().score.is_some(),
            _ => true,
        }
    }
}
