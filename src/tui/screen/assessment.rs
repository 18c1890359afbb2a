//! The assessment: what is certain first, theme by theme, what costs most; the letter last.

use ratatui::text::Span;

use super::{Cursor, Step, View};
use crate::domain::assessment::{self, Assessment, Finding, Score, Status};
use crate::tui::app::App;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};
use crate::tui::widget::{gauge, radar};

/// Most findings listed under « ce qui coûte le plus ».
const MOST: usize = 12;

/// The results.
#[derive(Debug, Default)]
pub struct Results {
    cursor: Cursor,
    radar: bool,
    /// Findings supposed corrected, by id, when trying « et si ».
    supposed: Option<Vec<String>>,
}

/// What can be focused: the costliest findings, then the pages that follow.
const NEXT: [(Action, &str); 3] = [
    (Action::Plan, "Voir le plan d'action"),
    (Action::Documents, "Voir les documents"),
    (Action::Review, "Relire les réponses"),
];

fn costliest<'f, 'a>(assessment: &'f Assessment<'a>) -> Vec<&'f Finding<'a>> {
    let mut gaps: Vec<_> = assessment
        .findings
        .iter()
        .filter(|f| f.loss.0 > 0)
        .collect();
    gaps.sort_by_key(|finding| std::cmp::Reverse(finding.loss));
    gaps.truncate(MOST);
    gaps
}

/// The score if some findings were corrected.
fn supposing(assessment: &Assessment<'_>, ids: &[String]) -> Score {
    let corrected: Vec<Finding<'_>> = assessment
        .findings
        .iter()
        .map(|finding| {
            let mut finding = finding.clone();
            if ids.contains(&finding.id()) {
                finding.status = Status::Met;
                finding.conformity = Some(1_000);
            }
            finding
        })
        .collect();
    assessment::score(corrected.iter())
}

impl Results {
    fn summary(page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let look = page.look;
        let score = &assessment.score;
        let (lo, hi) = score.interval;
        let words = if score.applicable == 0 {
            "Rien n'est noté pour l'instant : répondez aux thèmes qui suivent le profil.".to_owned()
        } else if lo == hi {
            format!("Votre note est de {lo} sur 100.")
        } else {
            format!(
                "Votre note est entre {lo} et {hi} sur 100, selon les réponses qui manquent encore."
            )
        };
        page.text(Role::Title, &words);
        if score.applicable == 0 {
            return;
        }
        page.line(gauge::interval(&look, lo, hi, look.width.min(60)).into());
        page.text(
            Role::Dim,
            &format!(
                "{} sur {} · {} % de ce qui compte est répondu.",
                text::count(score.answered, "point répondu", "points répondus"),
                score.applicable,
                score.coverage_percent()
            ),
        );
        if let Some(projected) = assessment.projected
            && Some(projected) != score.score
        {
            let words = format!("Avec les actions en cours ou faites : {projected} sur 100.");
            page.text(Role::Good, &words);
        }
    }

    fn themes(&self, page: &mut Page<'_>, assessment: &Assessment<'_>) {
        if assessment.themes.is_empty() {
            return;
        }
        page.heading("Par thème");
        let look = page.look;
        let points: Vec<(String, u32)> = assessment
            .themes
            .iter()
            .map(|t| (t.questionnaire.title.clone(), t.score.interval.0))
            .collect();
        if self.radar && points.len() >= 3 {
            page.extend(radar::lines(&look, &points));
            return;
        }
        for theme in &assessment.themes {
            let (lo, hi) = theme.score.interval;
            let figure = if lo == hi {
                format!("{lo} %")
            } else {
                format!("{lo} à {hi} %")
            };
            let rows = gauge::bar_row(&look, &theme.questionnaire.title, &figure, lo, hi);
            page.extend(rows);
        }
        page.text(
            Role::Dim,
            &format!(
                "{} acquis   {} possible   {} perdu",
                look.glyphs.full, look.glyphs.maybe, look.glyphs.empty
            ),
        );
    }

    fn losses(&self, page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let gaps = costliest(assessment);
        let look = page.look;
        if gaps.is_empty() {
            return;
        }
        match &self.supposed {
            None => page.heading("Ce qui coûte le plus"),
            Some(ids) => {
                page.heading("Et si je corrigeais…");
                let now = assessment.score.score.unwrap_or(0);
                let then = supposing(assessment, ids).score.unwrap_or(0);
                let plain = look.theme.style(Role::Text);
                let words = format!("Note aujourd'hui : {now}. Avec ces corrections : ");
                page.line(
                    vec![
                        Span::styled(look.set().adapt(text::display(&words)), plain),
                        look.span(
                            Role::Good,
                            &format!("{then} (+{}).", then.saturating_sub(now)),
                        ),
                    ]
                    .into(),
                );
            }
        }
        for (target, finding) in gaps.iter().enumerate() {
            let mark = match (&self.supposed, finding.status) {
                (Some(ids), _) if ids.contains(&finding.id()) => "[x]",
                (Some(_), _) => "[ ]",
                (None, Status::Unknown) => "?",
                (None, _) if finding.planned => look.glyphs.doing,
                (None, _) => "!",
            };
            let state = match finding.status {
                Status::Unknown => ", à vérifier",
                _ if finding.planned => ", écart planifié",
                _ => "",
            };
            let right = format!("−{}{state}", finding.loss.label());
            let words = match finding.item {
                Some(_) => finding.text.to_owned(),
                None => finding.question.text.clone(),
            };
            page.entry(Entry {
                target,
                mark,
                text: &words,
                right: &right,
            });
        }
    }

    fn letter(page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let score = &assessment.score;
        page.gap();
        match score.level {
            Some(level) => {
                let provisional = if score.provisional {
                    ", provisoire"
                } else {
                    ""
                };
                page.text(
                    Role::Strong,
                    &format!("Niveau {}{provisional}", level.letter()),
                );
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
            None if score.applicable > 0 => page.text(
                Role::Dim,
                "Trop peu de points pour une lettre : la liste ci-dessus dit tout.",
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
        self.themes(&mut page, &assessment);
        self.losses(&mut page, &assessment);
        Self::letter(&mut page, &assessment);
        page.gap();
        let from = costliest(&assessment).len();
        for (at, (_, label)) in NEXT.iter().enumerate() {
            page.entry(Entry {
                target: from + at,
                text: label,
                ..Entry::default()
            });
        }
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn scrolled(&self) -> i32 {
        self.cursor.scroll
    }

    fn targets(&self, app: &App) -> usize {
        let gaps = app
            .desk
            .as_ref()
            .map_or(0, |desk| costliest(&desk.session.assessment()).len());
        gaps + NEXT.len()
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let assessment = desk.session.assessment();
        let gaps = costliest(&assessment);
        match action {
            Action::Accept => match (gaps.get(self.cursor.at), &mut self.supposed) {
                (Some(finding), Some(ids)) => {
                    let id = finding.id();
                    if ids.contains(&id) {
                        ids.retain(|known| *known != id);
                    } else {
                        ids.push(id);
                    }
                    Vec::new()
                }
                (Some(finding), None) => vec![Step::Ask(finding.question.id.clone())],
                (None, _) => {
                    let at = self.cursor.at.saturating_sub(gaps.len());
                    NEXT.get(at)
                        .map(|(action, _)| Step::Also(*action))
                        .into_iter()
                        .collect()
                }
            },
            Action::WhatIf => {
                self.supposed = match self.supposed.take() {
                    None => Some(Vec::new()),
                    Some(_) => None,
                };
                match &self.supposed {
                    Some(_) => Step::say(
                        Role::Notice,
                        "Entrée coche ce que vous corrigeriez ; rien n'est changé au dossier.",
                    ),
                    None => Step::say(Role::Notice, "Fin de l'essai : rien n'a changé."),
                }
            }
            Action::Radar => {
                self.radar = !self.radar;
                self.cursor.scroll = 0;
                Vec::new()
            }
            Action::Back if self.supposed.take().is_some() => {
                Step::say(Role::Notice, "Fin de l'essai : rien n'a changé.")
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
            Action::Radar => desk.session.assessment().themes.len() >= 3,
            Action::WhatIf => !costliest(&desk.session.assessment()).is_empty(),
            _ => true,
        }
    }
}
