//! The account, line by line: every loss, then the rounding, adding up to what is missing to 100.

use super::{Cursor, Step, View};
use crate::domain::assessment::{Assessment, Finding, Points, Status};
use crate::tui::app::App;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// The account.
#[derive(Debug)]
pub struct Account {
    cursor: Cursor,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            cursor: Cursor::at_top(),
        }
    }
}

/// Every line that costs something, in the order of the questions.
fn lines<'f, 'a>(assessment: &'f Assessment<'a>) -> Vec<&'f Finding<'a>> {
    assessment
        .findings
        .iter()
        .filter(|finding| finding.loss.0 > 0)
        .collect()
}

/// « à vérifier », « écart planifié », or nothing.
pub fn state(finding: &Finding<'_>) -> &'static str {
    match finding.status {
        _ if finding.planned => ", écart planifié",
        Status::Unknown => ", à vérifier",
        _ => "",
    }
}

impl View for Account {
    fn scope(&self, _app: &App) -> Scope {
        Scope::List
    }

    fn title(&self, _app: &App) -> String {
        "Le compte, ligne à ligne".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let assessment = desk.session.assessment();
        let Some(score) = assessment.score.score else {
            page.text(Role::Text, "Rien n'est noté pour l'instant.");
            return page;
        };
        let missing = 100 - score.min(100);
        page.text(
            Role::Title,
            &format!(
                "{score} sur 100 sur ce qui est répondu : il manque {}.",
                text::count(missing as usize, "point", "points")
            ),
        );
        page.text(
            Role::Dim,
            "Chaque ligne dit ce qu'elle retire. Entrée ouvre la question.",
        );
        let mut theme = "";
        for (target, finding) in lines(&assessment).iter().enumerate() {
            if finding.question.questionnaire != theme {
                theme = &finding.question.questionnaire;
                let known = desk.session.catalogue().questionnaire(theme);
                page.heading(known.map_or("", |known| &known.title));
            }
            let mark = match finding.status {
                _ if finding.planned => look.glyphs.doing,
                Status::Unknown => "?",
                _ => "!",
            };
            let right = format!("{}{}", finding.loss.exact(), state(finding));
            page.entry(Entry {
                target,
                mark,
                text: &finding.words(),
                right: &right,
            });
        }
        page.heading("Total");
        let losses = assessment.findings.iter().map(|f| f.loss.0).sum();
        page.text(
            Role::Text,
            &format!("Somme des lignes : {}", Points(losses).exact()),
        );
        page.text(
            Role::Text,
            &format!(
                "Arrondi de la note au point inférieur : {}",
                assessment.rounding.exact()
            ),
        );
        let total = Points(losses + assessment.rounding.0);
        page.text(
            Role::Strong,
            &format!("Ensemble : {} = 100 − {score}", total.exact()),
        );
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| desk.counted().losses)
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let (Action::Accept, Some(desk)) = (action, app.desk.as_ref()) else {
            return Vec::new();
        };
        let assessment = desk.session.assessment();
        lines(&assessment)
            .get(self.cursor.at)
            .map(|finding| Step::Ask(finding.question.id.clone()))
            .into_iter()
            .collect()
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        action != Action::Accept || self.targets(app) > 0
    }
}
