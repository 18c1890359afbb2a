//! One content of an activity being written: a text, or the choice of a legal basis.

use super::draft::Draft;
use super::{Cursor, Pending, Step, View};
use crate::domain::catalogue::LegalBasis;
use crate::domain::processing::{Author, Part, Standing};
use crate::domain::typography::capital;
use crate::session::{Request, Writing};
use crate::tui::app::App;
use crate::tui::app::drafts::About;
use crate::tui::effect::Effect;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Look, Page};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A content.
    Part(Part),
    /// The legal basis.
    Basis,
    /// The note.
    Note,
    /// Why it does not take place.
    Absent,
}

impl What {
    /// What users read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Part(part) => part.label(),
            Self::Basis => Part::BASIS,
            Self::Note => "note",
            Self::Absent => "ce traitement n'a pas lieu chez nous",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Part(part) => part.hint(),
            Self::Basis => {
                "Ce qui vous autorise à utiliser ces données. Changez-la seulement si vous savez pourquoi."
            }
            Self::Note => "Pour vous : elle figure au registre, jamais dans les textes publics.",
            Self::Absent => {
                "Pourquoi n'avez-vous pas ce traitement ? La raison figure au registre. Si c'est une \
                 réponse qui est fausse, corrigez plutôt la réponse."
            }
        }
    }

    /// What is on file, and whose words.
    pub fn read(self, standing: &Standing<'_>) -> (String, Author) {
        let own = |text: Option<&str>| match text {
            Some(text) => (text.to_owned(), Author::Owner),
            None => (String::new(), Author::Catalogue),
        };
        match self {
            Self::Part(part) => {
                let said = standing.said(part);
                (said.line(), said.author)
            }
            Self::Basis => {
                let (basis, author) = standing.basis();
                (basis.map_or("", LegalBasis::label).to_owned(), author)
            }
            Self::Note => own(standing.note()),
            Self::Absent => own(standing.declined()),
        }
    }
}

/// A content being written.
#[derive(Debug)]
pub struct Written {
    /// The activity; nothing for a new one.
    id: Option<String>,
    title: String,
    what: What,
    /// The basis on file.
    basis: Option<LegalBasis>,
    /// Whether it can go back to the words of the catalogue.
    restorable: bool,
    /// Whether it can be taken away.
    removable: bool,
    field: Field,
    /// What was written when it was opened.
    before: String,
    /// Whether it was left here earlier without being validated.
    resumed: bool,
    cursor: Cursor,
}

impl Written {
    /// A content of an activity.
    pub fn of(standing: &Standing<'_>, what: What) -> Self {
        let (text, author) = what.read(standing);
        let owners = author == Author::Owner || author == Author::Missing;
        let part = matches!(what, What::Part(_) | What::Basis);
        let basis = standing.basis().0;
        let at = LegalBasis::ALL.iter().position(|b| Some(*b) == basis);
        Self {
            id: Some(standing.id.to_owned()),
            title: standing.title(),
            what,
            basis,
            restorable: part && owners && standing.model.is_some(),
            removable: matches!(what, What::Part(part) if part != Part::Title) && !text.is_empty(),
            field: Field::new(&text),
            before: text,
            resumed: false,
            cursor: match what {
                What::Basis => Cursor::on(at.unwrap_or(0)),
                _ => Cursor::default(),
            },
        }
    }

    /// The name of a new activity.
    pub fn added() -> Self {
        Self {
            id: None,
            title: "Ajouter un traitement".to_owned(),
            what: What::Part(Part::Title),
            basis: None,
            restorable: false,
            removable: false,
            field: Field::default(),
            before: String::new(),
            resumed: false,
            cursor: Cursor::default(),
        }
    }

    /// Goes on with what was left here without being validated.
    #[must_use]
    pub fn resumed(mut self, app: &App) -> Self {
        let about = self.about();
        let kept = about.and_then(|about| app.draft(&about));
        if let Some(Draft::Line(field)) = kept.map(|kept| &kept.draft) {
            self.field = field.clone();
            self.resumed = true;
        }
        self
    }

    /// What is a decision, which only validating takes: to add an activity, or to say that one does
    /// not take place.
    fn about(&self) -> Option<About> {
        match (&self.id, self.what) {
            (None, _) => Some(About::NewActivity),
            (Some(id), What::Absent) => Some(About::Absent(id.clone())),
            _ => None,
        }
    }

    /// How many rows come before the buttons.
    fn first_button(&self) -> usize {
        match self.what {
            What::Basis => LegalBasis::ALL.len(),
            _ => 1,
        }
    }

    fn buttons(&self) -> Vec<(&'static str, Option<Writing>)> {
        let mut buttons = Vec::new();
        if self.what != What::Basis {
            buttons.push(("Enregistrer", None));
        }
        match self.what {
            What::Part(part) => {
                if self.restorable {
                    buttons.push(("Reprendre le catalogue", Some(Writing::Restore(part))));
                }
                if self.removable {
                    let empty = Writing::Text(part, String::new());
                    let label = if part.is_due() {
                        "Retirer et laisser un blanc"
                    } else {
                        "Retirer"
                    };
                    buttons.push((label, Some(empty)));
                }
            }
            What::Basis if self.restorable => {
                buttons.push(("Reprendre le catalogue", Some(Writing::Basis(None))));
            }
            _ => {}
        }
        buttons
    }

    /// Tells whether something else is written than what was.
    fn is_changed(&self) -> bool {
        self.what != What::Basis && self.field.value().trim() != self.before.trim()
    }

    /// What records the text by merely leaving, or why nothing does.
    fn keep(&self) -> Result<Request, &'static str> {
        let text = self.field.value().trim().to_owned();
        match (&self.id, self.what) {
            (None, _) | (_, What::Absent) => Err("Ce qui se décide se valide par Entrée."),
            (_, What::Part(_)) if text.is_empty() => Err(
                "Le texte effacé n'a pas été enregistré, l'ancien reste : choisissez « Retirer » ou \
                 « Reprendre le catalogue ».",
            ),
            (Some(id), What::Part(part)) => {
                Ok(Request::Write(id.clone(), Writing::Text(part, text)))
            }
            (Some(id), What::Note) => Ok(Request::Write(id.clone(), Writing::Note(text))),
            (_, What::Basis) => Err("La base se choisit par Entrée."),
        }
    }

    fn leave(&self) -> Vec<Step> {
        if self.about().is_some() {
            // What is left is kept as a draft, and said to be.
            return Vec::new();
        }
        if !self.is_changed() {
            return vec![Step::Pop];
        }
        vec![
            Step::Pop,
            match self.keep() {
                Ok(request) => Step::Do(Effect::Record(request)),
                Err(why) => Step::Say(Role::Warn, why.to_owned()),
            },
        ]
    }

    fn save(&self) -> Vec<Step> {
        let text = self.field.value().trim().to_owned();
        let Some(id) = &self.id else {
            if text.is_empty() {
                return Step::say(Role::Bad, "Donnez un nom au traitement.");
            }
            return vec![Step::Pop, Step::Do(Effect::Record(Request::Add(text)))];
        };
        let writing = match self.what {
            What::Absent if text.is_empty() => {
                return Step::say(
                    Role::Bad,
                    "Écrivez en quelques mots pourquoi il n'a pas lieu.",
                );
            }
            What::Part(_) if text.is_empty() => {
                return Step::say(
                    Role::Bad,
                    "Rien n'est écrit : choisissez plutôt « Retirer » ou « Reprendre le catalogue ».",
                );
            }
            What::Part(part) => Writing::Text(part, text),
            What::Note => Writing::Note(text),
            What::Absent => Writing::Decline(text),
            What::Basis => return Vec::new(),
        };
        Self::send(id, writing)
    }

    fn send(id: &str, writing: Writing) -> Vec<Step> {
        let request = Request::Write(id.to_owned(), writing);
        vec![Step::Pop, Step::Do(Effect::Record(request))]
    }

    fn accept(&self) -> Vec<Step> {
        let first = self.first_button();
        if self.cursor.at < first {
            return match (self.what, &self.id, LegalBasis::ALL.get(self.cursor.at)) {
                (What::Basis, Some(id), Some(basis)) => {
                    Self::send(id, Writing::Basis(Some(*basis)))
                }
                _ => self.save(),
            };
        }
        let button = self.buttons().into_iter().nth(self.cursor.at - first);
        match (button, &self.id) {
            (Some((_, Some(writing))), Some(id)) => Self::send(id, writing),
            (Some((_, None)), _) => self.save(),
            _ => Vec::new(),
        }
    }

    fn types(&self) -> bool {
        self.what != What::Basis && self.cursor.at == 0
    }
}

impl View for Written {
    fn scope(&self, _app: &App) -> Scope {
        if self.types() {
            Scope::Typing
        } else {
            Scope::List
        }
    }

    fn title(&self, _app: &App) -> String {
        match self.id {
            Some(_) => capital(self.what.label()),
            None => "Nouveau traitement".to_owned(),
        }
    }

    fn page<'a>(&self, _app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        page.text(Role::Title, &self.title);
        page.text(Role::Dim, self.what.hint());
        if self.resumed {
            let words = "Laissé ici sans être validé : ce n'est pas encore enregistré.";
            page.text(Role::Warn, words);
        }
        page.gap();
        if self.what == What::Basis {
            for (target, basis) in LegalBasis::ALL.into_iter().enumerate() {
                let on = self.basis == Some(basis);
                page.entry(Entry {
                    target,
                    mark: if on {
                        look.glyphs.radio_on
                    } else {
                        look.glyphs.radio_off
                    },
                    text: &capital(basis.label()),
                    right: "",
                });
            }
        } else {
            page.field(0, "", &self.field);
        }
        page.gap();
        let first = self.first_button();
        let buttons = self.buttons();
        let buttons: Vec<(usize, &str)> = buttons
            .iter()
            .enumerate()
            .map(|(at, (label, _))| (first + at, *label))
            .collect();
        page.buttons(&buttons);
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn place(&self) -> Cursor {
        self.cursor
    }

    fn targets(&self, _app: &App) -> usize {
        self.first_button() + self.buttons().len()
    }

    fn act(&mut self, _app: &App, action: Action) -> Vec<Step> {
        match action {
            Action::Accept => self.accept(),
            // Leaving keeps what was written, or says why not.
            Action::Back => self.leave(),
            Action::Previous => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        self.types() && self.field.key(key)
    }

    fn paste(&mut self, _app: &App, text: &str) {
        if self.types() {
            self.field.paste(text);
        }
    }

    fn pending(&self, _app: &App) -> Pending {
        if !self.is_changed() {
            return Pending::default();
        }
        let save = self.keep().ok().map(Effect::Record);
        let lost = save.is_none();
        Pending { save, lost }
    }

    fn draft(&self, _app: &App) -> Option<(About, Option<Draft>)> {
        let left = self.is_changed().then(|| Draft::Line(self.field.clone()));
        Some((self.about()?, left))
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}
