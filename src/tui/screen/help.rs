//! Pages to read: help on a question, the keys of a screen, where the files are.

use super::{Cursor, Step, View};
use crate::domain::catalogue::Question;
use crate::storage::files::HELD;
use crate::tui::app::App;
use crate::tui::keymap::{self, Action, Command, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::page::{Look, Page};

#[derive(Debug)]
enum Subject {
    Keys {
        scope: Scope,
        commands: Vec<&'static Command>,
        question: Option<String>,
    },
    Files,
    /// What was too long to be said in a few rows.
    Said(Role, String),
}

/// A page to read.
#[derive(Debug)]
pub struct Help {
    subject: Subject,
    cursor: Cursor,
}

impl Help {
    /// Help on a question if there is one, then the commands that mean something in a scope.
    pub fn keys(scope: Scope, commands: Vec<&'static Command>, question: Option<String>) -> Self {
        Self {
            subject: Subject::Keys {
                scope,
                commands,
                question,
            },
            cursor: Cursor::default(),
        }
    }

    /// Something long that was just said.
    pub fn said(role: Role, words: String) -> Self {
        Self {
            subject: Subject::Said(role, words),
            cursor: Cursor::default(),
        }
    }

    /// Where the files are.
    pub fn files() -> Self {
        Self {
            subject: Subject::Files,
            cursor: Cursor::default(),
        }
    }
}

/// Writes what there is to know about a question: help, example unless shown already, sources.
pub fn describe(app: &App, page: &mut Page<'_>, question: &Question, example: bool) {
    let look = page.look;
    page.heading("Comment vérifier");
    page.extend(markdown::render(&look, &question.help));
    if example && !question.example.is_empty() {
        page.gap();
        page.text(Role::Dim, &format!("Exemple : {}", question.example));
    }
    let Some(desk) = app.desk.as_ref() else {
        return;
    };
    let catalogue = desk.session.catalogue();
    let date = desk.session.date();
    let mut references = catalogue.references_of(question);
    references.retain(|reference| reference.validity.contains(date));
    if !references.is_empty() {
        page.gap();
        page.text(Role::Dim, "Sources :");
    }
    for reference in references {
        page.source(reference, "", 2);
    }
}

/// Writes what the other ways out do to the note.
fn worth(page: &mut Page<'_>) {
    page.heading("Et pour la note ?");
    for (answer, effect) in [
        (
            "Je ne sais pas",
            "compte comme un manque, et devient une vérification du plan.",
        ),
        ("Sans objet", "sort la question du calcul."),
        (
            "Plus tard",
            "la laisse ouverte : la note reste un intervalle.",
        ),
    ] {
        page.text(Role::Text, &format!("« {answer} » {effect}"));
    }
}

fn keys(page: &mut Page<'_>, scope: Scope, commands: &[&Command]) {
    let look = page.look;
    page.heading("Touches");
    let mut named = Vec::new();
    for command in commands {
        let label = keymap::commands(scope)
            .filter(|c| c.action == command.action)
            .flat_map(|c| keymap::labels(c, &look.glyphs))
            .collect::<Vec<_>>()
            .join(", ");
        if label.is_empty() {
            named.push(command.long);
        } else {
            page.pair(&label, command.long);
        }
    }
    if !named.is_empty() {
        page.gap();
        page.text(Role::Dim, "Par leur nom, dans les commandes (Ctrl+P) :");
        for words in named {
            let words = format!("{} {words}", look.glyphs.bullet);
            page.spans(&[look.span(Role::Text, &words)], 2);
        }
    }
    page.gap();
    if scope.types() {
        page.text(
            Role::Dim,
            "Dans un champ : Ctrl+U le vide, Ctrl+W efface un mot, Ctrl+Z rend ce qui vient d'être \
             effacé.",
        );
    }
    page.text(
        Role::Dim,
        "Les flèches, Entrée et Échap suffisent pour tout faire. Avec la souris : un clic choisit, \
         un second valide ; Maj + glisser (Option sur Mac) sélectionne du texte.",
    );
}

impl View for Help {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Reading
    }

    fn title(&self, _app: &App) -> String {
        match self.subject {
            Subject::Keys { .. } => "Aide",
            Subject::Files => "Où sont mes fichiers ?",
            Subject::Said(..) => "À lire",
        }
        .to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, None);
        match &self.subject {
            Subject::Keys {
                scope,
                commands,
                question,
            } => {
                let desk = app.desk.as_ref();
                let question = question
                    .as_ref()
                    .and_then(|id| desk.and_then(|d| d.question(id)));
                if let Some(question) = question {
                    page.text(Role::Title, &question.text);
                    page.text(Role::Dim, &question.why);
                    describe(app, &mut page, question, true);
                    if question.severity.is_some() || !question.items.is_empty() {
                        worth(&mut page);
                    }
                }
                keys(&mut page, *scope, commands);
            }
            Subject::Said(role, words) => {
                let mut lines = words.lines();
                page.text(*role, lines.next().unwrap_or_default());
                for line in lines {
                    page.gap();
                    page.text(Role::Text, line);
                }
                page.gap();
                page.text(Role::Dim, "Entrée ou Échap pour continuer.");
            }
            Subject::Files => {
                page.text(
                    Role::Title,
                    "Tout est sur votre ordinateur, dans un dossier :",
                );
                page.gap();
                page.spans(&[look.raw(Role::Link, &app.workspace)], 2);
                if let Some(desk) = app.desk.as_ref() {
                    page.gap();
                    if app.hides_private() {
                        let words = "Le chemin de ce dossier-ci porte le nom de l'entreprise : il \
                                     n'est pas montré pendant un atelier.";
                        page.text(Role::Text, words);
                    } else {
                        page.text(Role::Text, "Ce dossier-ci :");
                        page.spans(&[look.raw(Role::Link, &desk.folder())], 2);
                    }
                }
                page.gap();
                page.text(Role::Text, HELD);
            }
        }
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        0
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        if action == Action::Accept {
            vec![Step::Pop]
        } else {
            Vec::new()
        }
    }
}
