//! What was typed or ticked and is not recorded yet: each dossier keeps its own until it is
//! validated or taken back, whatever else is opened, written or undone meanwhile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::App;
use crate::domain::answer::Answer;
use crate::domain::processing;
use crate::domain::typography::quoted;
use crate::tui::screen::draft::Draft;
use crate::tui::theme::Role;

/// What a draft is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The answer to a question.
    Answer(String),
    /// The reason why a question is not applicable.
    Reason(String),
    /// Another name for the dossier.
    Name,
    /// The name of a new dossier.
    NewName,
    /// The name of a new processing activity.
    NewActivity,
    /// Why a processing activity does not take place.
    Absent(String),
}

impl About {
    fn question(&self) -> Option<&str> {
        match self {
            Self::Answer(id) | Self::Reason(id) => Some(id),
            Self::Name | Self::NewName | Self::NewActivity | Self::Absent(_) => None,
        }
    }
}

/// A draft left behind.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What was typed or ticked.
    pub draft: Draft,
    /// The answer on file then: once it is another one, the draft is about nothing.
    pub from: Option<Answer>,
}

/// The drafts left behind, by folder; those of a dossier that does not exist yet have none.
#[derive(Debug, Default)]
pub struct Drafts {
    folders: BTreeMap<PathBuf, BTreeMap<About, Kept>>,
}

impl Drafts {
    /// Those of a folder.
    fn of(&self, folder: &Path) -> impl Iterator<Item = &About> {
        self.folders
            .get(folder)
            .into_iter()
            .flat_map(BTreeMap::keys)
    }

    /// The folders that have some.
    fn folders(&self) -> impl Iterator<Item = &Path> {
        let held = self.folders.iter().filter(|(_, drafts)| !drafts.is_empty());
        held.map(|(folder, _)| folder.as_path())
    }
}

impl App {
    /// The folder of the dossier on the desk.
    fn folder(&self) -> PathBuf {
        let desk = self.desk.as_ref();
        desk.map_or_else(PathBuf::new, |desk| desk.session.store().dir().to_owned())
    }

    /// Where the draft about something belongs.
    fn place(&self, about: &About) -> PathBuf {
        match about {
            About::NewName => PathBuf::new(),
            _ => self.folder(),
        }
    }

    /// The draft left there about something.
    pub fn draft(&self, about: &About) -> Option<&Kept> {
        self.drafts.folders.get(&self.place(about))?.get(about)
    }

    /// Keeps what the screen shown would lose by closing, or forgets what was taken back there.
    pub(super) fn keep_draft(&mut self) {
        let Some((about, draft)) = self.top().view().draft(self) else {
            return;
        };
        let desk = self.desk.as_ref();
        let from = about.question().and_then(|id| desk?.answer(id)).cloned();
        let kept = self.drafts.folders.entry(self.place(&about)).or_default();
        match draft {
            Some(draft) => drop(kept.insert(about, Kept { draft, from })),
            None => drop(kept.remove(&about)),
        }
    }

    /// Tells whether the screen shown would lose something by closing.
    pub(super) fn leaves_draft(&self) -> bool {
        let draft = self.top().view().draft(self);
        draft.is_some_and(|(_, left)| left.is_some())
    }

    /// Says of what was left somewhere that it is there, and not recorded.
    pub(super) fn tell_draft(&mut self, left: bool) {
        if left {
            self.say(
                Role::Warn,
                "Ce que vous avez tapé ou coché vous attend là ; ce n'est pas encore enregistré.",
            );
        }
    }

    /// Forgets the name of a new dossier: it was given.
    pub(super) fn forget_new_name(&mut self) {
        self.drafts.folders.remove(Path::new(""));
    }

    /// Forgets what was typed about a question: its answer was recorded.
    pub(super) fn forget_drafts(&mut self, question: &str) {
        let folder = self.folder();
        let kept = self.drafts.folders.entry(folder).or_default();
        kept.retain(|about, _| about.question() != Some(question));
    }

    /// Forgets the drafts whose answer on file is not what it was, and the name once it is given.
    pub(super) fn drop_stale_drafts(&mut self) {
        let (folder, desk) = (self.folder(), self.desk.as_ref());
        if let (Some(kept), Some(desk)) = (self.drafts.folders.get_mut(&folder), desk) {
            let view = desk.session.view();
            let standing = processing::standing(&view);
            kept.retain(|about, kept| {
                let typed = match &kept.draft {
                    Draft::Line(field) => field.value().trim(),
                    _ => "",
                };
                match about {
                    About::Answer(id) | About::Reason(id) => desk.answer(id) == kept.from.as_ref(),
                    About::Name => typed != desk.name(),
                    About::NewName => true,
                    About::NewActivity => standing.iter().all(|s| s.title() != typed),
                    About::Absent(id) => standing
                        .iter()
                        .any(|s| s.id == id && s.declined() != Some(typed)),
                }
            });
        }
    }

    /// What was left in this dossier without being validated, in a few words.
    pub(super) fn left_here(&self) -> Option<String> {
        let here = self.folder();
        let about = self.drafts.of(&here).next()?;
        Some(self.draft_words(about))
    }

    /// What was left anywhere without being validated, in a few words.
    pub(super) fn left_behind(&self) -> Option<String> {
        if let Some(words) = self.left_here() {
            return Some(words);
        }
        let elsewhere = self.drafts.folders().next()?;
        let listed = self.listed.iter().find(|listed| listed.path == elsewhere);
        let words = match listed {
            Some(listed) => format!(
                "Une réponse tapée dans {} n'est pas enregistrée : rouvrez ce dossier et \
                 validez-la",
                quoted(&self.shown_name(&listed.name))
            ),
            None => "Le nom tapé pour un nouveau dossier n'est pas enregistré : retournez-y et \
                     validez"
                .to_owned(),
        };
        Some(words)
    }

    fn draft_words(&self, about: &About) -> String {
        let desk = self.desk.as_ref();
        let question = about.question().and_then(|id| desk?.question(id));
        let text = question.map_or("", |question| &question.text);
        match about {
            About::Answer(_) => {
                format!(
                    "Votre réponse à {} n'est pas enregistrée : retournez-y et validez",
                    quoted(text)
                )
            }
            About::Reason(_) => format!(
                "La raison tapée pour {} n'est pas enregistrée : retournez-y et validez",
                quoted(text)
            ),
            About::NewActivity => "Le nom tapé pour un nouveau traitement n'est pas enregistré : \
                                   retournez-y et validez"
                .to_owned(),
            About::Absent(_) => "La raison tapée pour un traitement qui n'a pas lieu n'est pas \
                                 enregistrée : retournez-y et validez"
                .to_owned(),
            About::Name | About::NewName => {
                "Le nom tapé pour ce dossier n'est pas enregistré : retournez-y et validez"
                    .to_owned()
            }
        }
    }
}
