//! The workspace: dossiers and how far each is, a new one, where the files are.
//!
//! A workspace may hold thousands of dossiers: only the rows near those on screen are written, and
//! only dossiers on screen are looked at.

use std::ops::Range;

use super::create::Create;
use super::{Cursor, Screen, Step, View};
use crate::domain::explain::day;
use crate::session::Glance;
use crate::tui::app::{App, Listed};
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::page::{Entry, Look, Page};

/// What is offered below the dossiers.
const OFFERED: [&str; 3] = [
    "Nouveau dossier",
    "Essayer un exemple fictif",
    "Où sont mes fichiers ?",
];

/// The first screen.
#[derive(Debug)]
pub struct Home {
    cursor: Cursor,
}

impl Home {
    /// The first screen over these dossiers; without any, what is said above is read first.
    pub fn over(listed: &[Listed]) -> Self {
        let cursor = if listed.is_empty() {
            Cursor::at_top()
        } else {
            Cursor::default()
        };
        Self { cursor }
    }

    /// Goes to a dossier.
    pub fn go_to(&mut self, at: usize) {
        self.cursor = Cursor::on(at);
    }

    fn accept(&self, app: &App) -> Vec<Step> {
        match app.listed.get(self.cursor.at) {
            Some(listed) => vec![Step::Do(Effect::Open(listed.path.clone()))],
            None => match self.cursor.at - app.listed.len() {
                0 => Step::push(Screen::Create(Create::naming(app))),
                1 => Step::push(Screen::Examples(super::examples::Examples::default())),
                _ => Step::push(Screen::Help(super::help::Help::files())),
            },
        }
    }

    /// The dossiers whose rows may be on screen: around the focus, and where the last frame was.
    pub fn window(&self, app: &App) -> Range<usize> {
        let len = app.listed.len();
        let height = usize::from(app.seen.height).max(24);
        let centre = if self.cursor.scroll == 0 && self.cursor.top.is_none() {
            self.cursor.at
        } else {
            app.seen.above + height / 2
        };
        let to = (centre + 2 * height).min(len);
        centre.saturating_sub(2 * height).min(to)..to
    }

    fn welcome(page: &mut Page<'_>) {
        page.text(Role::Title, "Bienvenue.");
        page.gap();
        for sentence in [
            "Aplomb vous pose des questions simples sur votre entreprise, et vous dit où vous en \
             êtes avec les règles sur les données et la communication en ligne.",
            "Vous repartez avec un plan d'action et les textes à coller.",
            "Chaque réponse est enregistrée aussitôt sur cet ordinateur ; rien n'est envoyé.",
        ] {
            page.text(Role::Text, sentence);
        }
        page.gap();
        let arrows = page.look.glyphs.arrows[0];
        let keys = format!("Entrée pour commencer, {arrows} pour choisir, Échap pour revenir.");
        page.text(Role::Strong, &keys);
    }
}

/// The columns that fit: progress, then the note, then the day of creation.
fn columns(look: &Look<'_>, progress: &str, note: &str, created: &str) -> String {
    match look.width {
        ..56 => format!("{progress:>5}"),
        56..72 => format!("{progress:>8}  {note:>7}"),
        _ => format!("{progress:>8}  {note:>7}  {created:>10}"),
    }
}

/// What is known of a dossier, in columns.
fn summary(look: &Look<'_>, listed: &Listed, glance: Option<Glance>) -> String {
    if listed.damaged {
        return "à réparer".to_owned();
    }
    let created = listed.created.map(day).unwrap_or_default();
    let Some(glance) = glance else {
        return columns(look, look.glyphs.ellipsis, "", &created);
    };
    let percent = format!("{} %", glance.percent());
    let note = match glance.interval {
        None => "–".to_owned(),
        Some((lo, hi)) if lo == hi => lo.to_string(),
        Some((lo, hi)) => format!("{lo}–{hi}"),
    };
    columns(look, &percent, &note, &created)
}

impl View for Home {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Home
    }

    fn title(&self, _app: &App) -> String {
        "Classeur".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        if app.listed.is_empty() {
            Self::welcome(&mut page);
        } else {
            let heads = match look.width {
                ..56 => "fait".to_owned(),
                _ => columns(&look, "réponses", "note", "créé le"),
            };
            page.head("Vos dossiers", &heads);
        }
        let window = self.window(app);
        page.blank(0..window.start);
        for target in window.clone() {
            let listed = &app.listed[target];
            // The dossier on the desk may have moved since it was looked at.
            let open = app.desk.as_ref().filter(|desk| desk.is_at(&listed.path));
            let glance = open.map(Desk::glance).or(listed.glance);
            page.entry(Entry {
                target,
                text: &app.shown_name(&listed.name),
                right: &summary(&look, listed, glance),
                ..Entry::default()
            });
        }
        page.blank(window.end..app.listed.len());
        page.gap();
        for (at, text) in OFFERED.into_iter().enumerate() {
            page.entry(Entry {
                target: app.listed.len() + at,
                text,
                ..Entry::default()
            });
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, app: &App) -> usize {
        app.listed.len() + OFFERED.len()
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => self.accept(app),
            Action::New => Step::push(Screen::Create(Create::naming(app))),
            Action::Example => Step::push(Screen::Examples(super::examples::Examples::default())),
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, app: &App) {
        let len = self.targets(app);
        self.cursor.go(self.cursor.at, len);
    }
}
