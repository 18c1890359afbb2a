//! The language of clause bodies: a small part of Tera, read and run here.
//!
//! [`parse`] gives the parts of a body, [`run`] writes them for a business. Only what [`super::scan`]
//! lets through matters: texts, `if`, `for`, functions, four filters, `and`, `or`, `not`, `==`, `!=`.

mod parse;
mod run;

use std::borrow::Cow;

use super::material::{Material, Row};

/// Largest text a clause may produce, in bytes.
const MAX_OUTPUT: usize = 512 * 1024;

/// Why a clause could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The text would be too long.
    TooLong,
    /// The template is wrong: byte offset if known, and what is wrong.
    Wrong(Option<usize>, String),
}

impl Failure {
    fn at(offset: usize, message: impl Into<String>) -> Self {
        Self::Wrong(Some(offset), message.into())
    }
}

type Outcome<T> = Result<T, Failure>;

/// Renders a body. Values come out as data, escaped for Markdown.
pub(super) fn render(body: &str, material: &Material) -> Outcome<String> {
    // A clause that states no answer is its own text.
    if !body.contains('{') {
        return Ok(body.to_owned());
    }
    run::run(&parse::parse(body)?, material)
}

/// A part of a body.
enum Part<'b> {
    Text(&'b str),
    Print(Expression<'b>),
    /// Conditions in turn, then what is said when none holds.
    If(Vec<(Expression<'b>, Vec<Part<'b>>)>, Vec<Part<'b>>),
    /// What is said of each row, then what is said when there is none.
    For(&'b str, Expression<'b>, Vec<Part<'b>>, Vec<Part<'b>>),
}

enum Expression<'b> {
    Text(&'b str),
    List(Vec<Expression<'b>>),
    Name(&'b str, usize),
    Field(&'b str, &'b str, usize),
    Call(&'b str, Vec<(&'b str, Expression<'b>)>, usize),
    Filter(Box<Expression<'b>>, &'b str, usize),
    Not(Box<Expression<'b>>),
    And(Box<Expression<'b>>, Box<Expression<'b>>),
    Or(Box<Expression<'b>>, Box<Expression<'b>>),
    Equals(Box<Expression<'b>>, Box<Expression<'b>>),
}

/// What an expression is worth.
#[derive(Debug, Clone)]
pub(super) enum Value<'v> {
    /// A text, escaped when it is printed.
    Text(Cow<'v, str>),
    /// Markdown that is already safe.
    Markdown(String),
    /// Yes or no.
    Truth(bool),
    /// A count.
    Number(usize),
    /// A row of a list.
    Row(Cow<'v, Row>),
    /// A list.
    List(Vec<Value<'v>>),
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl Value<'_> {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Markdown(text) => Some(text),
            _ => None,
        }
    }

    /// What is not empty holds.
    fn holds(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Markdown(text) => !text.is_empty(),
            Self::Truth(truth) => *truth,
            Self::Number(number) => *number != 0,
            Self::Row(_) => true,
            Self::List(items) => !items.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::dossier::Dossier;
    use crate::domain::view::View;
    use jiff::civil::date;

    fn rendered(body: &str) -> Outcome<String> {
        let (catalogue, dossier) = (Catalogue::default(), Dossier::default());
        let view = View::new(&catalogue, &dossier, date(2026, 11, 23));
        render(body, &Material::new(&view, []))
    }

    #[test]
    fn each_construction_reads_as_in_tera() {
        for (body, expected) in [
            ("a { b } {", "a { b } {"),
            ("a {# rien #} b {#- ni là -#}  c", "a  bc"),
            ("a {{- \"*b*\" -}}  c", "a\\*b\\*c"),
            ("{{ \"été\" | capitale }}", "Été"),
            ("{{ \"a|b\" | code }}", "`a\\|b`"),
            (
                "{% if \"\" %}a{% elif \"x\" == 'x' %}b{% else %}c{% endif %}",
                "b",
            ),
            (
                "{% if not \"x\" or \"a\" != \"b\" and \"\" %}a{% else %}c{% endif %}",
                "c",
            ),
            ("{% if not (\"a\" == \"b\") %}a{% endif -%}\n\n b", "ab"),
            (
                "{% for x in [\"a\", \"b\"] %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
                "1a, 2b",
            ),
            (
                "{% for x in traitements() %}a{% else %}rien{% endfor %}",
                "rien",
            ),
            (
                "{% if dans(valeur=\"Etats-unis\", parmi=[\"États-Unis\"],) %}oui{% endif %}",
                "oui",
            ),
        ] {
            assert_eq!(rendered(body).as_deref(), Ok(expected), "{body}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for (body, at) in [
            ("a {{ }}", 2),
            ("{{ x }}", 3),
            ("{{ \"a\" \"b\" }}", 8),
            ("{{ base(vaut=\"a\", \"b\") }}", 19),
            ("{{ \"a\" | upper }}", 9),
            ("{% else %}", 0),
            ("{% if \"a\" %}{% else %}{% else %}{% endif %}", 22),
            ("{% for x in traitements() %}{% endif %}", 28),
            ("{# jamais", 0),
        ] {
            match rendered(body) {
                Err(Failure::Wrong(place, _)) => assert_eq!(place, Some(at), "{body}"),
                other => panic!("{body}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_text_is_bounded() {
        let long = format!("{{{{ \"{}\" }}}}", "a".repeat(MAX_OUTPUT + 1));
        assert_eq!(rendered(&long), Err(Failure::TooLong));
    }
}
