//! One dossier: what is next, the themes and their progress, then the results.

use ratatui::text::Span;

use super::create::Create;
use super::{Cursor, Screen, Step, View};
use crate::domain::catalogue::Depth;
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::gauge;
use crate::tui::widget::page::{Entry, Look, Page};

/// The page of a dossier.
#[derive(Debug, Default)]
pub struct Menu {
    cursor: Cursor,
}

/// A row of the page.
enum Row {
    Continue(String),
    Theme(usize),
    Page(Action, &'static str, &'static str),
    Deepen,
    Rename,
}

impl Row {
    /// What tells it from the others.
    fn name(&self, desk: &Desk) -> String {
        match self {
            Self::Continue(_) => "continue".to_owned(),
            Self::Theme(at) => desk.themes[*at].id.clone(),
            Self::Page(action, ..) => format!("{action:?}"),
            Self::Deepen => "deepen".to_owned(),
            Self::Rename => "rename".to_owned(),
        }
    }
}

fn rows(app: &App, desk: &Desk) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(desk.open.first().cloned().map(Row::Continue));
    rows.extend((0..desk.themes.len()).map(Row::Theme));
    rows.extend([
        Row::Page(Action::Assessment, "Bilan", "où vous en êtes"),
        Row::Page(Action::Plan, "Plan d'action", "quoi faire, dans quel ordre"),
        Row::Page(Action::Documents, "Documents", "les textes à coller"),
        Row::Page(
            Action::Activities,
            "Registre",
            "ce que vous faites des données",
        ),
        Row::Page(Action::Review, "Toutes les réponses", "relire, corriger"),
    ]);
    if app.workshop.is_some() {
        rows.push(Row::Page(
            Action::Restitution,
            "Restitution",
            "note, à retenir, actions, textes",
        ));
    }
    if !app.parked().is_empty() {
        rows.push(Row::Page(
            Action::Parked,
            "Questions mises de côté",
            "à revoir",
        ));
    }
    if desk.deepens() {
        rows.push(Row::Deepen);
    }
    rows.push(Row::Rename);
    rows
}

impl Menu {
    /// What tells the row of the focus from the others, whatever its place.
    pub fn row_name(&self, app: &App) -> Option<String> {
        let desk = app.desk.as_ref()?;
        let row = rows(app, desk).into_iter().nth(self.cursor.at)?;
        Some(row.name(desk))
    }

    /// Goes to the row of this name.
    pub fn go_to(&mut self, app: &App, name: &str) {
        let Some(desk) = app.desk.as_ref() else {
            return;
        };
        let rows = rows(app, desk);
        if let Some(at) = rows.iter().position(|row| row.name(desk) == name) {
            self.cursor.go(at, rows.len());
        }
    }

    fn accept(&self, app: &App, desk: &Desk) -> Vec<Step> {
        match rows(app, desk).into_iter().nth(self.cursor.at) {
            Some(Row::Continue(id)) => vec![Step::Ask(id)],
            Some(Row::Theme(at)) => desk.first_of(at).map(Step::Ask).into_iter().collect(),
            Some(Row::Page(action, ..)) => vec![Step::Also(action)],
            Some(Row::Deepen) => vec![Step::Also(Action::Deepen)],
            Some(Row::Rename) => rename(app, desk),
            None => Vec::new(),
        }
    }
}

fn rename(app: &App, desk: &Desk) -> Vec<Step> {
    Step::push(Screen::Create(Create::renaming(app, desk.name())))
}

/// « Dernière réponse : … », to find again where one was.
fn remind(page: &mut Page<'_>, app: &App, desk: &Desk) {
    let Some(question) = desk.last_answered() else {
        return;
    };
    let said = app.said(desk, question);
    let look = page.look;
    let room = look.width.min(text::MEASURE).saturating_sub(4);
    let words = look.raw(
        Role::Dim,
        &text::display(&format!("Dernière réponse : {} {said}", question.text)),
    );
    let words = text::fit(&words.content, room * 2, look.glyphs.ellipsis);
    page.spans(&[look.raw(Role::Dim, &words)], 4);
}

impl View for Menu {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Dossier
    }

    fn title(&self, _app: &App) -> String {
        "Dossier".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        let (done, total) = desk.done();
        let plain = look.theme.style(Role::Text);
        let words = format!("{} sur {total}  ", text::count(done, "réponse", "réponses"));
        let mut spans = vec![Span::styled(look.set().adapt(words), plain)];
        spans.extend(gauge::progress(
            &look,
            done,
            total,
            look.width.saturating_sub(26).min(30),
        ));
        page.line(spans.into());
        page.gap();
        for (target, row) in rows(app, desk).iter().enumerate() {
            if matches!(row, Row::Deepen) || (matches!(row, Row::Rename) && !desk.deepens()) {
                page.gap();
            }
            match row {
                Row::Continue(id) => {
                    let question = desk.question(id).map_or("", |question| &question.text);
                    let verb = if done == 0 { "Commencer" } else { "Reprendre" };
                    let text = format!("{verb} : {question}");
                    page.entry(Entry {
                        target,
                        mark: look.glyphs.next,
                        text: &text,
                        right: "",
                    });
                    remind(&mut page, app, desk);
                    page.heading("Thèmes");
                }
                Row::Theme(at) => {
                    if *at == 0 && desk.open.is_empty() {
                        page.text(Role::Good, "Toutes les questions ont une réponse.");
                        page.heading("Thèmes");
                    }
                    let theme = &desk.themes[*at];
                    let mark = theme.sign(&look.glyphs);
                    let mut right = format!("{} sur {}", theme.settled, theme.total);
                    let spent = app
                        .workshop
                        .as_ref()
                        .and_then(|_| app.minutes_on(&theme.id));
                    if let Some(spent) = spent {
                        right = format!("{spent} · {right}");
                    }
                    page.entry(Entry {
                        target,
                        mark,
                        text: &theme.title,
                        right: &right,
                    });
                }
                Row::Page(action, title, hint) => {
                    if *action == Action::Assessment {
                        page.heading("Résultats");
                    }
                    let clashes = text::count(
                        desk.clashes.len(),
                        "contradiction à lever",
                        "contradictions à lever",
                    );
                    let clashes = format!("! {clashes}");
                    let warned = *action == Action::Assessment && !desk.clashes.is_empty();
                    page.entry(Entry {
                        target,
                        text: title,
                        right: if warned { &clashes } else { hint },
                        ..Entry::default()
                    });
                }
                Row::Deepen => {
                    let text = match desk.session.depth() {
                        Depth::Essential => format!(
                            "Approfondir : {} de plus",
                            text::count(desk.deeper, "question", "questions")
                        ),
                        Depth::Full => "Revenir à l'essentiel".to_owned(),
                    };
                    page.entry(Entry {
                        target,
                        text: &text,
                        ..Entry::default()
                    });
                }
                Row::Rename => page.entry(Entry {
                    target,
                    text: "Renommer le dossier",
                    ..Entry::default()
                }),
            }
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.desk.as_ref().map_or(0, |desk| rows(app, desk).len())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        let Some(desk) = app.desk.as_ref() else {
            return Vec::new();
        };
        match action {
            Action::Accept => self.accept(app, desk),
            Action::Rename => rename(app, desk),
            Action::Continue => desk
                .open
                .first()
                .cloned()
                .map(Step::Ask)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }

    fn can(&self, app: &App, action: Action) -> bool {
        action != Action::Continue || app.desk.as_ref().is_some_and(|desk| !desk.open.is_empty())
    }
}
