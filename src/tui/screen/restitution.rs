//! What is read to the room at the end: the interval, three sentences, six actions, the documents.

use super::action::{Card, Part};
use super::{Cursor, Screen, Step, View};
use crate::domain::assessment::Assessment;
use crate::domain::explain::{day, level_words, too_early};
use crate::domain::plan::{FIRST_ACTIONS, PlannedAction};
use crate::domain::typography::quoted;
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};
use crate::tui::widget::{digits, gauge};

/// The sequence, on one of its pages.
#[derive(Debug)]
pub struct Restitution {
    slide: usize,
    cursor: Cursor,
}

impl Default for Restitution {
    fn default() -> Self {
        Self {
            slide: 0,
            // Each page is read from its top, even when its first button is below the screen.
            cursor: Cursor::at_top(),
        }
    }
}

const SLIDES: [&str; 4] = [
    "où vous en êtes",
    "à retenir",
    "premières actions",
    "vos textes",
];
const ACTIONS: usize = 2;
const TEXTS: usize = 3;

/// What holds, what costs most, what to do today.
fn sentences(assessment: &Assessment<'_>, actions: &[PlannedAction<'_>]) -> Vec<String> {
    // A theme hardly answered is neither good nor bad yet.
    let known = || {
        let themes = assessment.themes.iter();
        themes.filter(|theme| theme.score.answered > 0 && !too_early(&theme.score))
    };
    let best = known()
        .filter(|theme| theme.score.interval.0 > 0)
        .max_by_key(|theme| theme.score.interval.0);
    let worst = known().min_by_key(|theme| theme.score.interval.0);
    let mut out = Vec::new();
    if known().next().is_none() {
        out.push("Trop peu de réponses encore pour comparer vos thèmes.".to_owned());
    }
    if let Some(best) = best {
        out.push(format!(
            "Votre meilleur thème est {}, avec {} % des points au moins.",
            quoted(&best.questionnaire.title),
            best.score.interval.0
        ));
    }
    if let Some(worst) =
        worst.filter(|w| Some(&w.questionnaire.id) != best.map(|b| &b.questionnaire.id))
    {
        out.push(format!(
            "C'est sur {} qu'il y a le plus à gagner : {} % des points sont acquis.",
            quoted(&worst.questionnaire.title),
            worst.score.interval.0
        ));
    }
    if let Some(first) = actions.iter().find(|action| !action.is_closed()) {
        out.push(format!("Premier pas, aujourd'hui : {}", first.first_step));
    }
    out
}

fn first(actions: &[PlannedAction<'_>]) -> usize {
    actions.len().min(FIRST_ACTIONS)
}

impl Restitution {
    fn go(&mut self, slide: usize) {
        self.slide = slide.min(SLIDES.len() - 1);
        self.cursor = Cursor::at_top();
    }

    fn interval(page: &mut Page<'_>, assessment: &Assessment<'_>) {
        let score = &assessment.score;
        let (lo, hi) = score.interval;
        if score.applicable == 0 {
            page.text(Role::Title, "Rien n'est noté pour l'instant.");
            return;
        }
        let figure = if lo == hi {
            format!("{lo} / 100")
        } else {
            format!("{lo}-{hi}")
        };
        let look = page.look;
        page.extend(digits::lines(&look, &figure));
        page.gap();
        page.text(
            Role::Title,
            &if lo == hi {
                format!("La note est de {lo} sur 100.")
            } else {
                format!("La note est entre {lo} et {hi} sur 100.")
            },
        );
        page.line(gauge::interval(&look, lo, hi, look.width.min(60)).into());
        if let Some(words) = level_words(score) {
            page.gap();
            page.text(Role::Strong, &words);
        }
    }

    fn actions(page: &mut Page<'_>, actions: &[PlannedAction<'_>]) {
        if actions.is_empty() {
            page.text(Role::Title, "Rien à faire pour l'instant.");
        } else {
            page.text(Role::Title, "Qui fait quoi, pour quand");
        }
        let dot = page.look.glyphs.dot;
        for (target, action) in actions.iter().take(FIRST_ACTIONS).enumerate() {
            let mark = format!("{}.", target + 1);
            page.entry(Entry {
                target,
                mark: &mark,
                text: &action.title,
                right: "",
            });
            let words = format!(
                "{} {dot} pour\u{a0}le\u{a0}{}",
                action.owner,
                day(action.due)
            );
            let span = page.look.span(Role::Dim, &words);
            page.spans(&[span], 5);
            page.gap();
        }
    }

    fn papers(page: &mut Page<'_>, desk: &Desk) {
        let needed = desk.papers().iter().filter(|paper| paper.needed);
        let (ready, others): (Vec<_>, Vec<_>) = needed.partition(|paper| paper.ready);
        let words = format!(
            "{} sur {} à utiliser dès aujourd'hui",
            text::count(ready.len(), "texte prêt", "textes prêts"),
            ready.len() + others.len()
        );
        page.text(Role::Title, &words);
        page.gap();
        let glyphs = page.look.glyphs;
        for paper in ready {
            page.text(Role::Text, &format!("{} {}", glyphs.done, paper.title));
        }
        if !others.is_empty() {
            page.heading("À compléter");
        }
        for paper in others {
            let words = format!("{} {} : {}", glyphs.doing, paper.title, paper.state());
            page.text(Role::Text, &words);
        }
    }
}

impl View for Restitution {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Slides
    }

    fn title(&self, _app: &App) -> String {
        let (at, of) = (self.slide + 1, SLIDES.len());
        format!("Restitution {at} sur {of} : {}", SLIDES[self.slide])
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let assessment = desk.session.assessment();
        let plan = desk.session.plan();
        match self.slide {
            0 => Self::interval(&mut page, &assessment),
            ACTIONS => Self::actions(&mut page, &plan.actions),
            TEXTS => Self::papers(&mut page, desk),
            _ => {
                for (at, sentence) in sentences(&assessment, &plan.actions).iter().enumerate() {
                    page.numbered(Role::Title, at + 1, sentence);
                    page.gap();
                }
            }
        }
        page.gap();
        let rows = if self.slide == ACTIONS {
            first(&plan.actions)
        } else {
            0
        };
        let mut buttons = Vec::new();
        let last = self.slide + 1 == SLIDES.len();
        buttons.push((rows, if last { "Terminer" } else { "Suite" }));
        if self.slide > 0 {
            buttons.push((rows + 1, "Page précédente"));
        }
        page.buttons(&buttons);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        let actions = app.desk.as_ref().filter(|_| self.slide == ACTIONS);
        let rows = actions.map_or(0, |desk| desk.planned().len().min(FIRST_ACTIONS));
        rows + 1 + usize::from(self.slide > 0)
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        let plan = desk.session.plan();
        let rows = if self.slide == ACTIONS {
            first(&plan.actions)
        } else {
            0
        };
        match action {
            Action::Accept if self.cursor.at < rows => {
                let card = Card::new(&plan.actions[self.cursor.at], Part::Owner);
                return Step::push(Screen::Action(card));
            }
            Action::Accept if self.cursor.at > rows => self.go(self.slide.saturating_sub(1)),
            Action::Accept if self.slide + 1 == SLIDES.len() => return vec![Step::Pop],
            // The remote has one key to go on: the rest of the page comes before the next one.
            Action::Next if app.seen.below > 0 => {
                let half = i32::from(app.seen.height / 2).max(1);
                self.cursor.scroll_by(half, app.seen);
            }
            Action::Next if self.slide + 1 == SLIDES.len() => {}
            Action::Accept | Action::Next => self.go(self.slide + 1),
            Action::Previous => self.go(self.slide.saturating_sub(1)),
            _ => {}
        }
        Vec::new()
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn enter(&self, app: &App) -> Option<&'static str> {
        let planned = app.desk.as_ref().map_or(0, |desk| desk.planned().len());
        let on_action = self.slide == ACTIONS && self.cursor.at < planned.min(FIRST_ACTIONS);
        on_action.then_some("fixer qui et quand")
    }

    fn can(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Next => app.seen.below > 0 || self.slide + 1 < SLIDES.len(),
            Action::Previous => self.slide > 0,
            _ => true,
        }
    }
}
