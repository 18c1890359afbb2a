//! A note beside a question, or the reason why it is not applicable.

use super::draft::Draft;
use super::{Cursor, Pending, Screen, Step, View};
use crate::domain::answer::Answer;
use crate::domain::dossier::PRIVATE_NOTE;
use crate::domain::reason;
use crate::domain::typography::sentence;
use crate::tui::app::App;
use crate::tui::app::drafts::About;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Look, Page};

/// What the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Note,
    Private,
    Reason,
}

/// A text beside a question.
#[derive(Debug)]
pub struct Note {
    question: String,
    purpose: Purpose,
    field: Field,
    /// What was written when it was opened.
    before: String,
    cursor: Cursor,
}

impl Note {
    /// Opens the note of a question.
    pub fn beside(app: &App, question: &str) -> Vec<Step> {
        let text = app
            .desk
            .as_ref()
            .and_then(|desk| desk.note(question))
            .unwrap_or("");
        Step::push(Screen::Note(Self {
            question: question.to_owned(),
            purpose: Purpose::Note,
            field: Field::long(text),
            before: text.to_owned(),
            cursor: Cursor::default(),
        }))
    }

    /// Opens the private note of the person who leads a workshop.
    pub fn private(app: &App, question: &str) -> Vec<Step> {
        let key = format!("{PRIVATE_NOTE}{question}");
        let text = app.desk.as_ref().and_then(|desk| desk.note(&key));
        Step::push(Screen::Note(Self {
            question: question.to_owned(),
            purpose: Purpose::Private,
            field: Field::long(text.unwrap_or("")),
            before: text.unwrap_or("").to_owned(),
            cursor: Cursor::default(),
        }))
    }

    /// Asks why a question is not applicable.
    pub fn reason(app: &App, question: &str) -> Vec<Step> {
        let text = match app.desk.as_ref().and_then(|desk| desk.answer(question)) {
            Some(Answer::NotApplicable { reason }) => reason.as_str(),
            _ => "",
        };
        let left = app.draft(&About::Reason(question.to_owned()));
        let field = match left.map(|kept| &kept.draft) {
            Some(Draft::Line(field)) => field.clone(),
            _ => Field::new(text),
        };
        Step::push(Screen::Note(Self {
            question: question.to_owned(),
            purpose: Purpose::Reason,
            field,
            before: text.to_owned(),
            cursor: Cursor::default(),
        }))
    }

    /// What records the note; a reason is not one.
    fn recording(&self) -> Option<Effect> {
        let question = match self.purpose {
            Purpose::Note => self.question.clone(),
            Purpose::Private => format!("{PRIVATE_NOTE}{}", self.question),
            Purpose::Reason => return None,
        };
        let text = self.field.value().trim().to_owned();
        Some(Effect::Note { question, text })
    }

    fn save(&self) -> Vec<Step> {
        if let Some(effect) = self.recording() {
            return vec![Step::Pop, Step::Do(effect)];
        }
        let text = self.field.value().trim().to_owned();
        if !reason::tells_why(&text) {
            return Step::say(Role::Bad, sentence(&reason::reason_wanted("")));
        }
        vec![
            Step::Pop,
            Step::Do(Effect::Answer {
                question: self.question.clone(),
                answer: Answer::NotApplicable { reason: text },
                stay: false,
            }),
        ]
    }
}

impl View for Note {
    fn scope(&self, _app: &App) -> Scope {
        match (self.cursor.at, self.purpose) {
            (0, Purpose::Note | Purpose::Private) => Scope::Writing,
            (0, Purpose::Reason) => Scope::Typing,
            _ => Scope::List,
        }
    }

    fn title(&self, _app: &App) -> String {
        match self.purpose {
            Purpose::Note => "Note".to_owned(),
            Purpose::Private => "Note privée".to_owned(),
            Purpose::Reason => "Sans objet".to_owned(),
        }
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let question = app
            .desk
            .as_ref()
            .and_then(|desk| desk.question(&self.question));
        page.text(Role::Title, question.map_or("", |question| &question.text));
        page.gap();
        match self.purpose {
            Purpose::Note => {
                page.text(Role::Dim, "Votre note figurera au rapport. Tab pour finir.");
            }
            Purpose::Private => page.text(
                Role::Dim,
                "Pour vous seul : cette note reste dans le dossier et n'est jamais exportée. \
                 À l'écran, elle se voit pendant que vous l'écrivez. Tab pour finir.",
            ),
            Purpose::Reason => page.text(
                Role::Dim,
                "Pourquoi cette règle ne concerne-t-elle pas votre entreprise ? Deux mots au moins : \
                 la raison figurera au rapport.",
            ),
        }
        page.gap();
        page.field(0, "", &self.field);
        page.gap();
        page.buttons(&[(1, "Enregistrer")]);
        page
    }

    crate::tui::screen::focused!();

    fn targets(&self, _app: &App) -> usize {
        2
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => self.save(),
            // Leaving records a note; a reason is only an answer once validated.
            Action::Back if self.purpose != Purpose::Reason => self.save(),
            Action::Back => vec![Step::Pop],
            Action::Previous => {
                self.cursor.at = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        self.cursor.at == 0 && self.field.key(key)
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if self.cursor.at == 0 {
            self.field.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        if self.field.value().trim() == self.before.trim() {
            return Pending::default();
        }
        let save = self.recording();
        let lost = save.is_none();
        Pending { save, lost }
    }

    fn draft(&self, app: &App) -> Option<(About, Option<Draft>)> {
        (self.purpose == Purpose::Reason).then(|| {
            let left = self.pending(app).lost;
            let draft = left.then(|| Draft::Line(self.field.clone()));
            (About::Reason(self.question.clone()), draft)
        })
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
