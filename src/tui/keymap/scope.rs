//! Where keys mean something.

/// Where the focus is: what decides which keys mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// List of dossiers.
    Home,
    /// One dossier: themes and pages.
    Dossier,
    /// A question, on an option or a button.
    Choice,
    /// A question answered by yes or no: the letters do.
    YesNo,
    /// A question, on an option that can be ticked with others.
    Multi,
    /// A question, on an item answered by yes or no.
    Items,
    /// The same before a room: the keys of a remote go on.
    RoomItems,
    /// A question, on a service of the catalogue: letters filter.
    Services,
    /// A question, on a text field: letters type.
    Answer,
    /// Any other text field: letters type.
    Typing,
    /// A long text: letters type, Enter starts a line.
    Writing,
    /// The assessment.
    Assessment,
    /// The plan.
    Plan,
    /// One action of the plan, outside its text fields.
    Action,
    /// List of documents.
    Documents,
    /// A document.
    Preview,
    /// A list of things to go to.
    List,
    /// A list of boxes to tick.
    Ticking,
    /// Pages shown to a room, one after the other.
    Slides,
    /// A page to read.
    Reading,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 20] = [
        Self::Home,
        Self::Dossier,
        Self::Choice,
        Self::YesNo,
        Self::Multi,
        Self::Items,
        Self::RoomItems,
        Self::Services,
        Self::Answer,
        Self::Typing,
        Self::Writing,
        Self::Assessment,
        Self::Plan,
        Self::Action,
        Self::Documents,
        Self::Preview,
        Self::List,
        Self::Ticking,
        Self::Slides,
        Self::Reading,
    ];

    /// Where the keys of this scope work, as the documentation says it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Home => "Classeur",
            Self::Dossier => "Page d'un dossier",
            Self::Choice => "Question : une réponse parmi plusieurs, boutons",
            Self::YesNo => "Question : oui ou non",
            Self::Multi => "Question : plusieurs cases",
            Self::Items => "Question : oui ou non à chaque ligne",
            Self::RoomItems => "Question : oui ou non à chaque ligne, en atelier",
            Self::Services => "Question : liste de services",
            Self::Answer => "Question : champ de texte",
            Self::Typing => "Autre champ de texte",
            Self::Writing => "Texte de plusieurs lignes",
            Self::Assessment => "Bilan",
            Self::Plan => "Plan d'action",
            Self::Action => "Une action",
            Self::Documents => "Documents",
            Self::Preview => "Un document",
            Self::List => "Listes",
            Self::Ticking => "Cases à cocher",
            Self::Slides => "Restitution",
            Self::Reading => "Pages à lire",
        }
    }

    /// Tells whether letters are typed rather than obeyed.
    pub fn types(self) -> bool {
        matches!(
            self,
            Self::Services | Self::Answer | Self::Typing | Self::Writing
        )
    }

    /// Tells whether a question is being answered.
    pub fn asks(self) -> bool {
        matches!(
            self,
            Self::Choice
                | Self::YesNo
                | Self::Multi
                | Self::Items
                | Self::RoomItems
                | Self::Services
                | Self::Answer
        )
    }
}
