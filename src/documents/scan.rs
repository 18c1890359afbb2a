//! Reads the Tera tags of a clause body, within the small part of Tera that clauses may use.
//!
//! Only `if`, `for` (two levels), printing, the functions of [`super::vocabulary`] and a few filters
//! are allowed: a template can neither read a file nor loop for long nor double a text. What a
//! clause says of answers is known without rendering it, which is what the lint checks.

use std::collections::HashSet;

use super::vocabulary::{self, Argument};

/// Largest size of a clause body, in bytes.
const MAX_BODY: usize = 32 * 1024;
/// Largest number of tags in a clause.
const MAX_TAGS: usize = 300;
/// Largest number of words and signs in a tag.
const MAX_TOKENS: usize = 120;
/// Deepest nesting of `for`, of `if`, and of brackets in a tag.
const MAX_LOOPS: usize = 2;
const MAX_NESTING: usize = 8;

/// Something wrong in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Byte offset in the body.
    pub(super) offset: usize,
    /// What is wrong, in French.
    pub(super) message: String,
}

/// A function called in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// Name of the function.
    pub(super) name: String,
    /// Byte offset of the name.
    pub(super) offset: usize,
    /// Literal arguments: name, text, offset of the text.
    pub(super) arguments: Vec<(String, String, usize)>,
}

impl Call {
    /// The literal text of an argument and its place.
    pub(super) fn argument(&self, name: &str) -> Option<(&str, usize)> {
        let found = self.arguments.iter().find(|(key, _, _)| key == name);
        found.map(|(_, text, offset)| (text.as_str(), *offset))
    }
}

/// A field read from a loop variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Access {
    /// Index in [`Scan::calls`] of the function the variable goes through.
    pub(super) call: usize,
    /// Name of the field.
    pub(super) field: String,
    /// Byte offset of the field.
    pub(super) offset: usize,
}

/// What a body does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Functions called.
    pub(super) calls: Vec<Call>,
    /// Fields read from loop variables.
    pub(super) accesses: Vec<Access>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Text(&'a str),
    Sign(char),
    Equals,
}

/// Reads a body.
pub(super) fn scan(body: &str) -> Scan {
    let mut reader = Reader::default();
    if body.len() > MAX_BODY {
        reader.fault(
            0,
            format!("la clause dépasse {} Kio : coupez-la", MAX_BODY / 1024),
        );
        return reader.scan;
    }
    let mut at = 0;
    let mut tags = 0;
    while let Some((start, open)) = next_tag(body, at) {
        tags += 1;
        if tags > MAX_TAGS {
            reader.fault(start, format!("plus de {MAX_TAGS} balises dans une clause"));
            break;
        }
        if open == "{#" {
            at = body[start..]
                .find("#}")
                .map_or(body.len(), |end| start + end + 2);
            continue;
        }
        let close = if open == "{{" { "}}" } else { "%}" };
        let Some((tokens, end)) = reader.tokens(body, start + 2, close) else {
            break;
        };
        reader.tag(start, open == "{%", &tokens);
        at = end;
    }
    if let Some((offset, _)) = reader.open.last().copied() {
        reader.fault(offset, "ce bloc n'est jamais fermé".into());
    }
    reader.scan
}

fn next_tag(body: &str, from: usize) -> Option<(usize, &str)> {
    let mut at = from;
    loop {
        at += body[at..].find('{')?;
        match body.get(at..at + 2) {
            Some(open @ ("{{" | "{%" | "{#")) => return Some((at, open)),
            _ => at += 1,
        }
    }
}

#[derive(Default)]
struct Reader {
    scan: Scan,
    /// Open blocks: place, and the loop variable with its call when it is a `for`.
    open: Vec<(usize, Option<usize>)>,
    variables: Vec<(String, Option<usize>)>,
}

impl Reader {
    fn fault(&mut self, offset: usize, message: String) {
        self.scan.faults.push(Fault { offset, message });
    }

    /// Words and signs of a tag up to its end, with their places; nothing if it is not closed.
    fn tokens<'a>(
        &mut self,
        body: &'a str,
        start: usize,
        close: &str,
    ) -> Option<(Vec<(Token<'a>, usize)>, usize)> {
        let mut tokens = Vec::new();
        let mut at = start;
        while let Some(c) = body[at..].chars().next() {
            if body[at..].starts_with(close) {
                return Some((tokens, at + close.len()));
            }
            let rest = &body[at..];
            let length = match c {
                '"' | '\'' | '`' => {
                    let Some(end) = rest[1..].find(c) else { break };
                    tokens.push((Token::Text(&rest[1..=end]), at + 1));
                    end + 2
                }
                _ if c.is_alphanumeric() || c == '_' => {
                    let end = rest
                        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .unwrap_or(rest.len());
                    tokens.push((Token::Word(&rest[..end]), at));
                    end
                }
                '=' | '!' | '<' | '>' if rest[1..].starts_with('=') => {
                    tokens.push((Token::Equals, at));
                    2
                }
                _ if c.is_whitespace() => c.len_utf8(),
                _ => {
                    tokens.push((Token::Sign(c), at));
                    c.len_utf8()
                }
            };
            at += length;
            if tokens.len() > MAX_TOKENS {
                self.fault(start, "cette balise est trop longue : coupez-la".into());
                return None;
            }
        }
        self.fault(start - 2, "cette balise n'est jamais fermée".into());
        None
    }

    fn tag(&mut self, start: usize, is_statement: bool, tokens: &[(Token<'_>, usize)]) {
        let dash = |token: &(Token<'_>, usize)| token.0 == Token::Sign('-');
        let from = usize::from(tokens.first().is_some_and(dash));
        let to = tokens.len() - usize::from(tokens.len() > from && tokens.last().is_some_and(dash));
        let tokens = &tokens[from..to];
        if !is_statement {
            self.expression(tokens);
            return;
        }
        let Some((Token::Word(word), offset)) = tokens.first().copied() else {
            self.fault(start, "cette balise est vide".into());
            return;
        };
        let rest = &tokens[1..];
        match word {
            "if" => {
                self.enter(start, None);
                self.expression(rest);
            }
            "elif" => self.expression(rest),
            "else" => {}
            "endif" => self.leave(offset, false),
            "for" => self.for_tag(start, rest),
            "endfor" => self.leave(offset, true),
            other => self.fault(
                offset,
                format!("« {other} » n'est pas permis ici : seulement if, elif, else et for"),
            ),
        }
    }

    fn for_tag(&mut self, start: usize, rest: &[(Token<'_>, usize)]) {
        let [(Token::Word(name), _), (Token::Word("in"), _), source @ ..] = rest else {
            self.fault(
                start,
                "une boucle s'écrit {% for x in fiches(q=\"…\") %}".into(),
            );
            self.enter(start, Some(("x", None)));
            return;
        };
        let before = self.scan.calls.len();
        self.expression(source);
        let call = (self.scan.calls.len() > before).then_some(before);
        let loops = self
            .open
            .iter()
            .filter(|(_, variable)| variable.is_some())
            .count();
        if loops >= MAX_LOOPS {
            self.fault(
                start,
                format!("plus de {MAX_LOOPS} boucles l'une dans l'autre"),
            );
        }
        let goes_through = call.is_some_and(|at| vocabulary::is_list(&self.scan.calls[at].name));
        if !goes_through {
            self.fault(
                start,
                "une boucle parcourt fiches, services, traitements ou traitements_incertains"
                    .into(),
            );
        }
        self.enter(start, Some((name, call)));
    }

    fn enter(&mut self, offset: usize, variable: Option<(&str, Option<usize>)>) {
        if self.open.len() >= MAX_NESTING {
            self.fault(
                offset,
                format!("plus de {MAX_NESTING} blocs l'un dans l'autre"),
            );
        }
        let at = variable.map(|(name, call)| {
            self.variables.push((name.to_owned(), call));
            self.variables.len() - 1
        });
        self.open.push((offset, at));
    }

    fn leave(&mut self, offset: usize, is_loop: bool) {
        match self.open.pop() {
            Some((_, variable)) if variable.is_some() == is_loop => {
                if let Some(at) = variable {
                    self.variables.truncate(at);
                }
            }
            _ => self.fault(offset, "ce bloc ne ferme pas celui qui est ouvert".into()),
        }
    }

    fn expression(&mut self, tokens: &[(Token<'_>, usize)]) {
        let sign = |at: usize| match tokens.get(at) {
            Some((Token::Sign(sign), _)) => Some(*sign),
            _ => None,
        };
        let mut calls: Vec<Option<usize>> = Vec::new();
        let mut seen: HashSet<(usize, &str)> = HashSet::new();
        for (at, &(token, offset)) in tokens.iter().enumerate() {
            let previous = at.checked_sub(1).and_then(sign);
            match token {
                Token::Sign('(' | '[') => {
                    let opened = match at.checked_sub(1).map(|before| tokens[before].0) {
                        Some(Token::Word(name))
                            if token == Token::Sign('(')
                                && vocabulary::function(name).is_some() =>
                        {
                            self.scan
                                .calls
                                .iter()
                                .rposition(|call| call.offset == tokens[at - 1].1)
                        }
                        _ => None,
                    };
                    calls.push(opened);
                    if calls.len() > MAX_NESTING {
                        self.fault(offset, "trop de parenthèses l'une dans l'autre".into());
                        return;
                    }
                }
                Token::Sign(')' | ']') => {
                    calls.pop();
                }
                Token::Sign('{' | '}' | '@' | '<' | '*') => {
                    self.fault(offset, "ce signe n'est pas permis dans une balise".into());
                }
                Token::Word(word) if previous == Some('|') => self.filter(word, offset),
                Token::Word(word) if previous == Some('.') => self.field(tokens, at, word, offset),
                Token::Word(word) if sign(at + 1) == Some('(') && !is_keyword(word) => {
                    if vocabulary::function(word).is_none() {
                        self.fault(offset, format!("la fonction « {word} » n'existe pas"));
                    }
                    self.scan.calls.push(Call {
                        name: word.to_owned(),
                        offset,
                        arguments: Vec::new(),
                    });
                }
                Token::Word(word) if sign(at + 1) == Some('=') => {
                    let call = calls.last().copied().flatten();
                    self.named(call, word, offset, tokens.get(at + 2));
                    if let Some(call) = call
                        && !seen.insert((call, word))
                    {
                        self.fault(offset, format!("« {word} » est donné deux fois"));
                    }
                }
                Token::Word(word) => self.word(word, offset),
                _ => {}
            }
        }
    }

    fn filter(&mut self, word: &str, offset: usize) {
        if word == "safe" {
            let message = "« safe » est interdit : il laisserait passer une réponse telle quelle";
            self.fault(offset, message.into());
        } else if !vocabulary::FILTERS.contains(&word) {
            let known = vocabulary::FILTERS.join(", ");
            self.fault(
                offset,
                format!("le filtre « {word} » n'est pas permis : {known}"),
            );
        }
    }

    fn word(&mut self, word: &str, offset: usize) {
        if word == "for" || word == "is" {
            self.fault(offset, format!("« {word} » n'est pas permis ici"));
            return;
        }
        let number = word.bytes().all(|b| b.is_ascii_digit());
        let known =
            is_keyword(word) || number || self.variables.iter().any(|(name, _)| name == word);
        let is_loop = word == "loop" && !self.variables.is_empty();
        if !known && !is_loop {
            self.fault(offset, format!("« {word} » n'est pas défini ici"));
        }
    }

    fn field(&mut self, tokens: &[(Token<'_>, usize)], at: usize, field: &str, offset: usize) {
        let variable = match at.checked_sub(2).and_then(|before| tokens.get(before)) {
            Some((Token::Word(name), _)) => *name,
            _ => "",
        };
        if variable == "loop" {
            if !["index", "first", "last", "length"].contains(&field) {
                self.fault(offset, format!("« loop.{field} » n'existe pas"));
            }
            return;
        }
        let found = self
            .variables
            .iter()
            .rev()
            .find(|(name, _)| name == variable);
        if let Some((_, Some(call))) = found {
            let call = *call;
            self.scan.accesses.push(Access {
                call,
                field: field.to_owned(),
                offset,
            });
        } else {
            self.fault(
                offset,
                format!("« {field} » n'est le champ de rien de connu"),
            );
        }
    }

    fn named(
        &mut self,
        call: Option<usize>,
        name: &str,
        offset: usize,
        value: Option<&(Token<'_>, usize)>,
    ) {
        let function = call.and_then(|at| vocabulary::function(&self.scan.calls[at].name));
        let argument = function.and_then(|f| f.arguments.iter().find(|(key, _)| *key == name));
        let Some((_, kind)) = argument else {
            self.fault(
                offset,
                format!("« {name} » n'est pas un argument connu ici"),
            );
            return;
        };
        match (call, value) {
            (Some(call), Some((Token::Text(text), place))) => {
                let entry = (name.to_owned(), (*text).to_owned(), *place);
                self.scan.calls[call].arguments.push(entry);
            }
            _ if *kind == Argument::Any => {}
            _ => self.fault(
                offset,
                format!("« {name} » attend un texte entre guillemets"),
            ),
        }
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "in" | "true" | "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> Vec<String> {
        scan(body)
            .faults
            .into_iter()
            .map(|fault| fault.message)
            .collect()
    }

    #[test]
    fn an_ordinary_body_is_read() {
        let body = "{% for f in fiches(q=\"vitrine.stockage\") -%}\n- {{ f.nom }} {% if not loop.last %};{% endif %}\n{% endfor %}{{ champ(q='a.b', libelle=\"le }} nom\") | capitale }}";
        let scan = scan(body);
        assert_eq!(scan.faults, []);
        assert_eq!(scan.calls.len(), 2);
        assert_eq!(scan.calls[0].argument("q").unwrap().0, "vitrine.stockage");
        assert_eq!(scan.accesses[0].field, "nom");
        let (_, offset) = scan.calls[1].argument("q").unwrap();
        assert_eq!(&body[offset..offset + 3], "a.b");
    }

    #[test]
    fn what_is_not_allowed_is_told() {
        for body in [
            "{% set x = 1 %}",
            "{% include \"a\" %}",
            "{{ x }}",
            "{{ champ(q=\"a\") | safe }}",
            "{{ champ(q=\"a\") | upper }}",
            "{{ range(end=9) }}",
            "{{ __tera_context }}",
            "{% if true %}",
            "{% endif %}",
            "{% for x in [1, 2] %}{% endfor %}",
            "{{ champ(q=\"a\")",
            "{{ champ(z=\"a\") }}",
            "{{ champ(q=1) }}",
            "{{ [x for x in traitements()] }}",
            "{% for a in fiches(q=\"a\") %}{% for b in fiches(q=\"a\") %}{% for c in fiches(q=\"a\") %}{% endfor %}{% endfor %}{% endfor %}",
            "{{ champ(q=\"a\", q=\"b\") }}",
            "{{ a.b }}",
            "{%%}",
            "{{ {\"a\": 1} }}",
        ] {
            assert_ne!(faults(body), Vec::<String>::new(), "{body}");
        }
        let deep = format!("{{{{ {}1{} }}}}", "(".repeat(40), ")".repeat(40));
        assert_ne!(faults(&deep), Vec::<String>::new());
    }

    #[test]
    fn any_text_is_read_without_harm() {
        for body in [
            "{", "{{", "{%", "{#", "{{ \"", "é{{é}}", "{{ '", "{% for", "{{-}}", "{%-%}", "{{ - }}",
        ] {
            let _ = scan(body);
        }
    }
}
