//! The words a clause body may use: functions, their arguments, fields and filters.
//!
//! What they do is in [`super::engine`]; the lint and the authoring guide rely on this table.

/// Kind of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    /// The id of a question, required.
    Question,
    /// The id of a question, optional.
    OtherQuestion,
    /// The id of a field of the question.
    Field,
    /// An option of the question.
    Option,
    /// The id of a named condition.
    Fact,
    /// A legal ground.
    Ground,
    /// A form of the processing activities.
    Form,
    /// The id of a processing activity.
    Activity,
    /// « oui » for the rows outside the European Economic Area, « non » for the others.
    Abroad,
    /// Words of the text.
    Words,
    /// Any expression.
    Any,
}

/// A function of the templates.
#[derive(Debug)]
pub(super) struct Function {
    /// Name.
    pub(super) name: &'static str,
    /// Arguments.
    pub(super) arguments: &'static [(&'static str, Argument)],
}

use Argument::{
    Abroad, Activity, Any, Fact, Field, Form, Ground, Option as Choice, OtherQuestion, Question,
    Words,
};

/// Functions.
const FUNCTIONS: &[Function] = &[
    Function {
        name: "champ",
        arguments: &[
            ("q", Question),
            ("sinon", OtherQuestion),
            ("libelle", Words),
        ],
    },
    Function {
        name: "fiche",
        arguments: &[("q", Question), ("champ", Field), ("libelle", Words)],
    },
    Function {
        name: "fiches",
        arguments: &[
            ("q", Question),
            ("champ", Field),
            ("hors", Any),
            (ABROAD, Abroad),
        ],
    },
    Function {
        name: "lien",
        arguments: &[
            ("q", Question),
            ("champ", Field),
            ("sinon", OtherQuestion),
            ("texte", Words),
            ("libelle", Words),
        ],
    },
    Function {
        name: "services",
        arguments: &[
            ("q", Question),
            ("sauf", OtherQuestion),
            ("garde", Any),
            ("hors", Any),
        ],
    },
    Function {
        name: "connu",
        arguments: &[("q", Question), ("champ", Field)],
    },
    Function {
        name: "est",
        arguments: &[("q", Question), ("vaut", Choice)],
    },
    Function {
        name: "inclut",
        arguments: &[("q", Question), ("vaut", Choice)],
    },
    Function {
        name: "vrai",
        arguments: &[("fait", Fact)],
    },
    Function {
        name: "blanc",
        arguments: &[("q", Question), ("libelle", Words), ("main", Words)],
    },
    Function {
        name: "entreprise",
        arguments: &[],
    },
    Function {
        name: "date_document",
        arguments: &[],
    },
    Function {
        name: "traitements",
        arguments: &[
            ("formulaire", Form),
            ("base", Ground),
            ("id", Activity),
            ("source", Words),
            ("page", Words),
            ("tri", Words),
        ],
    },
    Function {
        name: "traitements_incertains",
        arguments: &[("formulaire", Form)],
    },
    Function {
        name: "traitements_ecartes",
        arguments: &[],
    },
    Function {
        name: "base",
        arguments: &[("vaut", Ground), ("formulaire", Form), ("page", Words)],
    },
    Function {
        name: "dans",
        arguments: &[("valeur", Any), ("parmi", Any)],
    },
];

/// Word of the ground of an activity that has none yet: an answer is awaited.
pub(super) const NO_GROUND: &str = "aucune";

/// Filters.
pub(super) const FILTERS: &[&str] = &["capitale", "code", "length", "sms"];

/// Field of a row of `fiches` whose entry names a service the catalogue knows: who publishes it.
pub(super) const PUBLISHER: &str = "editeur";

/// Field of a row of `fiches` whose question tells the countries of the European Economic Area:
/// « non » for a country among them, « oui » for another one.
pub(super) const ABROAD: &str = "hors_eee";

/// Fields of a row of `services`.
pub(super) const SERVICE_FIELDS: &[&str] = &[
    "id",
    "nom",
    "editeur",
    "pays",
    "categorie",
    "raison",
    "remede",
    "accord",
    "cookies",
    "domaines",
    ABROAD,
    "releve",
    "confirme",
];

/// Fields of a row of `traitements`.
pub(super) const ACTIVITY_FIELDS: &[&str] = &[
    "id",
    "propre",
    "titre",
    "finalite",
    "base",
    "base_id",
    "base_choisie",
    "interet",
    "personnes",
    "donnees",
    "destinataires",
    "destinataires_directs",
    "duree",
    "archive",
    "duree_a_tenir",
    "archive_a_tenir",
    "duree_source",
    "tri_quand",
    "tri_lieu",
    "tri_depart",
    "tri_geste",
    "tri_duree",
    "securite",
    "obligatoires",
    "consequence",
    "source",
    "modifie",
    "note",
];

/// Fields of a row of `traitements_ecartes`.
pub(super) const DECLINED_FIELDS: &[&str] = &["titre", "raison"];

/// The function of this name.
pub(super) fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// Tells whether a function gives rows to go through.
pub(super) fn is_list(name: &str) -> bool {
    matches!(
        name,
        "fiches" | "services" | "traitements" | "traitements_ecartes" | "traitements_incertains"
    )
}

/// Tells whether a function reads the processing activities.
pub(super) fn reads_activities(name: &str) -> bool {
    matches!(
        name,
        "traitements" | "traitements_ecartes" | "traitements_incertains" | "base"
    )
}

/// Questions a function reads without naming them.
pub(super) fn hidden_questions(name: &str) -> &'static [&'static str] {
    match name {
        "entreprise" => &["profil.forme", "profil.exploitant", "profil.denomination"],
        _ => &[],
    }
}
