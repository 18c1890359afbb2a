//! What becomes of a generated file, and why an edited one is left alone.

/// What becomes of a generated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was nothing there.
    Created,
    /// The same text was there.
    Unchanged,
    /// The previous generation was there, untouched, and is replaced.
    Updated,
    /// The file was edited by hand; what changed since is added to it.
    Merged,
    /// The file was edited by hand, and is left alone.
    Kept(Why),
}

/// Why an edited file is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The new version brings nothing that was not seen before.
    NothingNew,
    /// The same passages changed on both sides.
    Conflict,
    /// The file is not a text that can be merged.
    NotText,
    /// The previous generation is not known, or not any more.
    NoBase,
    /// The file is marked as not to be written.
    Protected,
    /// The file changed while the program was writing.
    Moved,
}

impl Outcome {
    /// A word for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Created => "créé",
            Self::Unchanged => "identique",
            Self::Updated => "à jour",
            Self::Merged => "fusionné",
            Self::Kept(_) => "gardé",
        }
    }

    /// A stable word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Unchanged => "unchanged",
            Self::Updated => "updated",
            Self::Merged => "merged",
            Self::Kept(_) => "kept",
        }
    }

    /// What happened to an edited file, in a sentence.
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Self::Created | Self::Unchanged | Self::Updated => None,
            Self::Merged => {
                Some("Vos modifications sont gardées ; ce qui a changé depuis a été ajouté.")
            }
            Self::Kept(why) => Some(why.sentence()),
        }
    }
}

impl Why {
    /// A stable word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::NothingNew => "nothing-new",
            Self::Conflict => "conflict",
            Self::NotText => "not-text",
            Self::NoBase => "no-base",
            Self::Protected => "protected",
            Self::Moved => "moved",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::NothingNew => "Vous l'avez modifié, et rien de nouveau n'est à y ajouter.",
            Self::Conflict => {
                "Vous avez modifié des passages qui changent aussi dans la nouvelle version."
            }
            Self::NotText => "Vous l'avez modifié, et ce genre de fichier ne se fusionne pas.",
            Self::NoBase => {
                "La version d'origine n'est pas connue : vous l'avez peut-être modifié, il reste tel quel."
            }
            Self::Protected => "Il est protégé en écriture : il reste tel quel.",
            Self::Moved => {
                "Il vient d'être modifié par un autre programme. Fermez-le, puis recommencez."
            }
        }
    }
}
