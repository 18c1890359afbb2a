//! Checks a document template against the catalogue, without a dossier.
//!
//! Everything a template cites must exist, be declared in `needs` and be of the right shape; every
//! element must be covered; no outdated phrase may remain. All faults are told at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};

use super::engine::{Engine, Failure};
use super::material::Material;
use super::scan::{self, Access, Call, Scan};
use super::vocabulary::{
    self, ABROAD, ACTIVITY_FIELDS, Argument, DECLINED_FIELDS, NO_GROUND, PUBLISHER, SERVICE_FIELDS,
};
use super::wording;
use crate::domain::catalogue::{Catalogue, Kind, Question};
use crate::domain::document::{Clause, Document};
use crate::domain::dossier::Dossier;
use crate::domain::view::View;

/// First day without the list of opposition to telephone prospecting.
const END_OF_OPPOSITION_LIST: Date = date(2026, 8, 11);

/// Grounds, and the word of an activity without one yet.
const GROUNDS: &[&str] = &[
    NO_GROUND,
    "consent",
    "contract",
    "legal-obligation",
    "vital-interests",
    "public-interest",
    "legitimate-interest",
];

/// Something wrong in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Clause at fault; nothing when an element or the document is.
    pub clause: Option<String>,
    /// Element at fault.
    pub element: Option<String>,
    /// Byte offset in the body of the clause.
    pub offset: usize,
    /// What is wrong, in French.
    pub message: String,
}

/// Everything wrong in a document.
pub fn check(document: &Document, catalogue: &Catalogue) -> Vec<Problem> {
    let mut check = Check {
        catalogue,
        problems: Vec::new(),
    };
    for clause in &document.clauses {
        check.clause(document, clause);
    }
    for element in &document.elements {
        let covered = document
            .clauses
            .iter()
            .any(|clause| clause.covers.contains(&element.id));
        if !covered {
            check.problems.push(Problem {
                clause: None,
                element: Some(element.id.clone()),
                offset: 0,
                message: format!("aucune clause ne couvre l'élément « {} »", element.id),
            });
        }
    }
    check.problems
}

struct Check<'a> {
    catalogue: &'a Catalogue,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn tell(&mut self, clause: &Clause, offset: usize, message: String) {
        let clause = Some(clause.id.clone());
        self.problems.push(Problem {
            clause,
            element: None,
            offset,
            message,
        });
    }

    fn clause(&mut self, document: &Document, clause: &Clause) {
        if clause.needs.is_empty() && clause.obligations.is_empty() && clause.references.is_empty()
        {
            self.tell(
                clause,
                0,
                "la clause ne s'appuie sur rien : ni réponse, ni obligation, ni référence".into(),
            );
        }
        for id in &clause.covers {
            if !document.elements.iter().any(|element| element.id == *id) {
                self.tell(
                    clause,
                    0,
                    format!("l'élément couvert « {id} » n'existe pas"),
                );
            }
        }
        self.wording(clause);
        let scan = scan::scan(&clause.body);
        for fault in &scan.faults {
            self.tell(clause, fault.offset, fault.message.clone());
        }
        for call in &scan.calls {
            self.call(clause, call);
        }
        for access in &scan.accesses {
            self.access(clause, &scan, access);
        }
        if scan.faults.is_empty() {
            self.syntax(clause, &scan);
        }
    }

    fn wording(&mut self, clause: &Clause) {
        if let Some(warning) = wording::first(&clause.body) {
            self.tell(
                clause,
                0,
                format!("« {} » : {}", warning.phrase, warning.reason),
            );
        }
        let lasts = clause
            .validity
            .valid_until
            .is_none_or(|day| day >= END_OF_OPPOSITION_LIST);
        if lasts && wording::names_opposition_list(&clause.body) {
            self.tell(clause, 0, "la liste d'opposition au téléphone n'existe plus depuis le 11 août 2026 : datez la clause".into());
        }
    }

    fn call(&mut self, clause: &Clause, call: &Call) {
        let Some(function) = vocabulary::function(&call.name) else {
            return;
        };
        let question = call
            .argument("q")
            .and_then(|(id, _)| self.catalogue.question(id));
        for (name, kind) in function.arguments {
            let Some((text, offset)) = call.argument(name) else {
                if is_required(&call.name, name, *kind) {
                    self.tell(
                        clause,
                        call.offset,
                        format!("« {} » attend « {name} »", call.name),
                    );
                }
                continue;
            };
            if let Some(message) = self.argument(clause, &call.name, *kind, text, question) {
                self.tell(clause, offset, message);
            }
        }
    }

    fn argument(
        &self,
        clause: &Clause,
        function: &str,
        kind: Argument,
        text: &str,
        question: Option<&Question>,
    ) -> Option<String> {
        match kind {
            Argument::Question | Argument::OtherQuestion => {
                self.question(clause, function, text, kind == Argument::OtherQuestion)
            }
            Argument::Field => {
                let question = question?;
                let known = question.fields.iter().any(|field| field.id == text);
                (!known).then(|| format!("« {} » n'a pas de champ « {text} »", question.id))
            }
            Argument::Option => {
                let question = question?;
                let known = match question.kind {
                    Kind::Catalogue => self.catalogue.service(text).is_some(),
                    _ => question.options.iter().any(|option| option.id == text),
                };
                (!known).then(|| format!("« {} » n'a pas d'option « {text} »", question.id))
            }
            Argument::Fact => self
                .catalogue
                .fact(text)
                .is_none()
                .then(|| format!("la condition nommée « {text} » n'existe pas")),
            Argument::Ground => (!GROUNDS.contains(&text)).then(|| {
                format!(
                    "« {text} » n'est pas une base légale : {}",
                    GROUNDS.join(", ")
                )
            }),
            Argument::Activity => {
                let known = self
                    .catalogue
                    .processing_activities
                    .iter()
                    .any(|a| a.id == text);
                (!known).then(|| format!("le traitement « {text} » n'existe pas"))
            }
            Argument::Abroad if !["oui", "non"].contains(&text) => Some(format!(
                "« {ABROAD} » attend « oui » ou « non », pas « {text} »"
            )),
            Argument::Abroad => question.filter(|q| !tells_abroad(q)).map(|question| {
                let id = &question.id;
                format!("« {id} » ne donne pas les pays de l'Espace économique européen")
            }),
            Argument::Form | Argument::Words | Argument::Any => None,
        }
    }

    fn question(
        &self,
        clause: &Clause,
        function: &str,
        id: &str,
        falls_back: bool,
    ) -> Option<String> {
        let Some(question) = self.catalogue.question(id) else {
            return Some(format!("la question « {id} » n'existe pas"));
        };
        if !clause.needs.iter().any(|need| need == id) {
            return Some(format!("« {id} » est cité ici mais manque à « needs »"));
        }
        let wanted: &[Kind] = match function {
            "services" if falls_back => &[Kind::List],
            "fiche" | "fiches" => &[Kind::List],
            "services" => &[Kind::Catalogue],
            "est" => &[Kind::Choice],
            "inclut" => &[Kind::Multi, Kind::Catalogue],
            "connu" | "blanc" => return None,
            "lien" if !falls_back => &[Kind::Url, Kind::Email, Kind::Phone, Kind::List],
            _ if matches!(question.kind, Kind::List | Kind::Checklist) => {
                return Some(format!("« {id} » est une liste : utilisez fiche ou fiches"));
            }
            _ => return None,
        };
        (!wanted.contains(&question.kind))
            .then(|| format!("« {function} » ne convient pas à la question « {id} »"))
    }

    fn access(&mut self, clause: &Clause, scan: &Scan, access: &Access) {
        let Some(call) = scan.calls.get(access.call) else {
            return;
        };
        let known = match call.name.as_str() {
            "traitements" => ACTIVITY_FIELDS.contains(&access.field.as_str()),
            "traitements_ecartes" => DECLINED_FIELDS.contains(&access.field.as_str()),
            "services" => SERVICE_FIELDS.contains(&access.field.as_str()),
            "fiches" => {
                let question = call
                    .argument("q")
                    .and_then(|(id, _)| self.catalogue.question(id));
                question.is_none_or(|question| {
                    let named = question.known_services.is_some();
                    (named && access.field == PUBLISHER)
                        || (access.field == ABROAD && tells_abroad(question))
                        || question.fields.iter().any(|field| {
                            let name = field.id.replace('-', "_");
                            name == access.field
                                || (field.kind == Kind::Choice
                                    && format!("{name}_id") == access.field)
                        })
                })
            }
            _ => false,
        };
        if !known {
            let message = format!(
                "« {} » ne donne pas de champ « {} »",
                call.name, access.field
            );
            self.tell(clause, access.offset, message);
        }
    }

    /// Renders the body for a business that answered nothing: what Tera refuses shows there.
    fn syntax(&mut self, clause: &Clause, scan: &Scan) {
        let nobody = Dossier::default();
        let view = View::new(self.catalogue, &nobody, END_OF_OPPOSITION_LIST);
        let material = Arc::new(Material::new(&view, [scan]));
        if let Err(failure) = Engine::new(&material).render(&clause.body) {
            match failure {
                Failure::TooLong => self.tell(clause, 0, "le texte produit est trop long".into()),
                Failure::Wrong(offset, message) => {
                    // Unknown questions are told above, with their place.
                    if !message.contains("la question «") {
                        let message = format!("le modèle est mal écrit : {message}");
                        self.tell(clause, offset.unwrap_or(0), message);
                    }
                }
            }
        }
    }
}

/// Tells whether a list knows which of its entries are outside the European Economic Area.
fn tells_abroad(question: &Question) -> bool {
    let known = question.known_services.as_ref();
    known.is_some_and(|known| !known.eea.is_empty())
}

/// Arguments a function cannot do without.
fn is_required(function: &str, name: &str, kind: Argument) -> bool {
    match kind {
        Argument::Question | Argument::Fact | Argument::Option => true,
        Argument::Field => function == "fiche",
        Argument::Ground => function == "base",
        Argument::Words => function == "blanc" && name == "libelle",
        _ => false,
    }
}

/// Questions cited by a document, by clause, for whoever wants to know what it depends on.
pub fn cited(document: &Document) -> BTreeMap<&str, Vec<&str>> {
    let mut cited: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for clause in &document.clauses {
        for need in &clause.needs {
            cited.entry(need).or_default().push(&clause.id);
        }
    }
    cited
}
