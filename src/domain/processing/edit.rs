//! What an owner writes about one activity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::LegalBasis;
use crate::domain::input::clean;

/// Longest content, in characters.
pub const MAX_TEXT: usize = 1_000;
/// Longest title, in characters.
pub const MAX_TITLE: usize = 120;
/// Largest number of activities an owner may add.
pub const MAX_OWN: usize = 50;

/// Of an activity the privacy page says.
pub const PUBLIC: &str = "publique";
/// Of an activity that stays in the record.
pub const INTERNAL: &str = "interne";

/// A content an owner may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Its name, for one the owner added.
    Title,
    /// What the data is used for, to follow « Nous utilisons ces informations pour ».
    Purpose,
    /// The interest pursued, where the basis is legitimate interest.
    Interest,
    /// Whom it is about.
    Persons,
    /// Which data.
    Data,
    /// Which of them must be given.
    Mandatory,
    /// Who receives them.
    Recipients,
    /// Where they come from, when not from the person.
    Origin,
    /// How long they are used.
    Retention,
    /// What becomes of them afterwards.
    Archive,
    /// How they are protected.
    Security,
    /// Whether the privacy page says it, for one the owner added.
    Publication,
}

impl Part {
    /// Every content, in the order they are shown.
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::Purpose,
        Self::Interest,
        Self::Persons,
        Self::Data,
        Self::Mandatory,
        Self::Recipients,
        Self::Origin,
        Self::Retention,
        Self::Archive,
        Self::Security,
        Self::Publication,
    ];

    /// What the legal basis is called beside these.
    pub const BASIS: &'static str = "base légale";

    /// Stable key in files and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Purpose => "purpose",
            Self::Interest => "interest",
            Self::Persons => "persons",
            Self::Data => "data",
            Self::Mandatory => "mandatory",
            Self::Recipients => "recipients",
            Self::Origin => "origin",
            Self::Retention => "retention",
            Self::Archive => "archive",
            Self::Security => "security",
            Self::Publication => "publication",
        }
    }

    /// Word of the commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "titre",
            Self::Purpose => "finalite",
            Self::Interest => "interet",
            Self::Persons => "personnes",
            Self::Data => "donnees",
            Self::Mandatory => "obligatoires",
            Self::Recipients => "destinataires",
            Self::Origin => "origine",
            Self::Retention => "duree",
            Self::Archive => "archive",
            Self::Security => "securite",
            Self::Publication => "publication",
        }
    }

    /// What users read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "nom",
            Self::Purpose => "but",
            Self::Interest => "intérêt poursuivi",
            Self::Persons => "personnes concernées",
            Self::Data => "données",
            Self::Mandatory => "données indispensables",
            Self::Recipients => "destinataires",
            Self::Origin => "origine des données",
            Self::Retention => "durée d'usage",
            Self::Archive => "ce qu'elles deviennent ensuite",
            Self::Security => "protections",
            Self::Publication => "page vie privée",
        }
    }

    /// How to write it, in a sentence.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Title => "Un nom court, comme « Vidéosurveillance du dépôt ».",
            Self::Purpose => "Complétez : « Nous utilisons ces informations pour … ».",
            Self::Interest => {
                "L'intérêt que vous poursuivez, comme « protéger le dépôt des vols »."
            }
            Self::Persons => "Les personnes concernées, comme « nos clients ».",
            Self::Data => "Les données, séparées par des points-virgules.",
            Self::Mandatory => "Celles qu'il faut donner, séparées par des points-virgules.",
            Self::Recipients => "Qui les reçoit, séparés par des points-virgules.",
            Self::Origin => "D'où elles viennent, si ce n'est pas de la personne elle-même.",
            Self::Retention => {
                "Combien de temps elles servent, comme « un an après le dernier achat »."
            }
            Self::Archive => {
                "Ce qu'elles deviennent ensuite : effacées, ou rangées à part et jusqu'à quand."
            }
            Self::Security => "Ce qui est vraiment en place, séparé par des points-virgules.",
            Self::Publication => {
                "« publique » s'il se lit sur la page vie privée ; « interne » s'il reste au registre."
            }
        }
    }

    /// The content of a key of a file or of a word of a command.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|part| part.key() == name || part.word() == name)
    }

    /// Tells whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Data | Self::Mandatory | Self::Recipients | Self::Security
        )
    }

    /// Tells whether a record without it says so.
    pub fn is_due(self) -> bool {
        !matches!(self, Self::Mandatory | Self::Origin | Self::Publication)
    }

    /// The items of a text: what semicolons part, for a list.
    pub fn items(self, text: &str) -> Vec<String> {
        let parts: Vec<&str> = if self.is_list() {
            text.split(';').collect()
        } else {
            vec![text]
        };
        let items = parts.into_iter().map(str::trim).filter(|p| !p.is_empty());
        items.map(str::to_owned).collect()
    }

    /// The text as it is kept, or why it cannot be.
    pub fn read(self, text: &str) -> Result<String, String> {
        let most = if self == Self::Title {
            MAX_TITLE
        } else {
            MAX_TEXT
        };
        let text = bounded(text, most)?;
        if self == Self::Publication && !["", PUBLIC, INTERNAL].contains(&text.as_str()) {
            return Err(format!(
                "« {text} » ne va pas ici : écrivez {PUBLIC} ou {INTERNAL}"
            ));
        }
        Ok(self.items(&text).join(" ; "))
    }
}

/// A text on one line without hidden characters, or why it is refused.
pub fn bounded(text: &str, most: usize) -> Result<String, String> {
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err("ce texte contient un caractère de commande ; tapez-le au clavier".to_owned());
    }
    let text = clean(&text.replace(['\n', '\r', '\t'], " "));
    let count = text.chars().count();
    if count > most {
        return Err(format!(
            "ce texte a {count} caractères ; {most} au plus, raccourcissez-le"
        ));
    }
    Ok(text)
}

/// What an owner wrote about one activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityEdit {
    /// Contents written over those of the catalogue; an empty one was taken away.
    pub texts: BTreeMap<Part, String>,
    /// Legal basis chosen.
    pub basis: Option<LegalBasis>,
    /// Why it does not take place, when it does not.
    pub absent: Option<String>,
    /// Free note.
    pub note: Option<String>,
}

impl ActivityEdit {
    /// Tells whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
