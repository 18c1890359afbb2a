//! From a body to its parts.

use super::{Expression, Failure, Outcome, Part};
use crate::documents::scan::{Token, next_tag, tokens};

/// A tag as it is read.
enum Tag<'b> {
    Print(Expression<'b>),
    If(Expression<'b>),
    Elif(Expression<'b>),
    Else,
    Endif,
    For(&'b str, Expression<'b>),
    Endfor,
}

/// A block that is not closed yet.
enum Open<'b> {
    If {
        branches: Vec<(Expression<'b>, Vec<Part<'b>>)>,
        /// What the branch being read says, if it is not the last one.
        condition: Option<Expression<'b>>,
    },
    /// With what it says of each row, once its « else » is read.
    For(&'b str, Expression<'b>, Option<Vec<Part<'b>>>),
}

/// The parts of a body.
pub(super) fn parse(body: &str) -> Outcome<Vec<Part<'_>>> {
    let mut blocks: Vec<(Open<'_>, Vec<Part<'_>>)> = Vec::new();
    let mut parts = Vec::new();
    let mut at = 0;
    let mut trims = false;
    while let Some((start, open)) = next_tag(body, at) {
        let (inside, close) = (start + 2, if open == "{#" { "#}" } else { closing(open) });
        let mut text = &body[at..start];
        if trims {
            text = text.trim_start();
        }
        if body[inside..].starts_with('-') {
            text = text.trim_end();
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        if open == "{#" {
            let end = body[inside..].find(close).map(|end| inside + end);
            let end = end.ok_or_else(|| Failure::at(start, "ce commentaire n'est jamais fermé"))?;
            trims = body[inside..end].ends_with('-');
            at = end + 2;
            continue;
        }
        let (tokens, end) =
            tokens(body, inside, close).map_err(|(at, message)| Failure::at(at, message))?;
        trims = body[..end - 2].ends_with('-');
        at = end;
        match Reader::tag(start, open == "{%", &tokens)? {
            Tag::Print(expression) => parts.push(Part::Print(expression)),
            Tag::If(condition) => {
                let open = Open::If {
                    branches: Vec::new(),
                    condition: Some(condition),
                };
                blocks.push((open, std::mem::take(&mut parts)));
            }
            Tag::For(name, source) => {
                blocks.push((Open::For(name, source, None), std::mem::take(&mut parts)));
            }
            tag @ (Tag::Elif(_) | Tag::Else) => {
                let inner = std::mem::take(&mut parts);
                match (blocks.last_mut().map(|(open, _)| open), tag) {
                    (Some(Open::For(_, _, each @ None)), Tag::Else) => *each = Some(inner),
                    (
                        Some(Open::If {
                            branches,
                            condition,
                        }),
                        tag,
                    ) if condition.is_some() => {
                        branches.extend(condition.take().map(|done| (done, inner)));
                        if let Tag::Elif(next) = tag {
                            *condition = Some(next);
                        }
                    }
                    _ => return Err(Failure::at(start, "cette balise n'est pas à sa place")),
                }
            }
            tag @ (Tag::Endif | Tag::Endfor) => {
                let (open, before) = blocks
                    .pop()
                    .ok_or_else(|| Failure::at(start, "ce bloc n'est pas ouvert"))?;
                let inner = std::mem::replace(&mut parts, before);
                parts.push(match (open, tag) {
                    (Open::For(name, source, None), Tag::Endfor) => {
                        Part::For(name, source, inner, Vec::new())
                    }
                    (Open::For(name, source, Some(each)), Tag::Endfor) => {
                        Part::For(name, source, each, inner)
                    }
                    (
                        Open::If {
                            mut branches,
                            condition,
                        },
                        Tag::Endif,
                    ) => match condition {
                        Some(condition) => {
                            branches.push((condition, inner));
                            Part::If(branches, Vec::new())
                        }
                        None => Part::If(branches, inner),
                    },
                    _ => return Err(Failure::at(start, "ce bloc ferme celui d'un autre")),
                });
            }
        }
    }
    if !blocks.is_empty() {
        return Err(Failure::at(body.len(), "un bloc n'est jamais fermé"));
    }
    let rest = &body[at..];
    let rest = if trims { rest.trim_start() } else { rest };
    parts.push(Part::Text(rest));
    Ok(parts)
}

fn closing(open: &str) -> &'static str {
    if open == "{{" { "}}" } else { "%}" }
}

/// Reads the words and signs of one tag.
struct Reader<'t, 'b> {
    tokens: &'t [(Token<'b>, usize)],
    at: usize,
    end: usize,
}

impl<'b> Reader<'_, 'b> {
    fn tag(start: usize, is_statement: bool, tokens: &[(Token<'b>, usize)]) -> Outcome<Tag<'b>> {
        let dash = |token: &(Token<'_>, usize)| token.0 == Token::Sign('-');
        let from = usize::from(tokens.first().is_some_and(dash));
        let to = tokens.len() - usize::from(tokens.len() > from && tokens.last().is_some_and(dash));
        let mut reader = Reader {
            tokens: &tokens[from..to],
            at: 0,
            end: start,
        };
        let tag = if is_statement {
            match reader.word()? {
                "if" => Tag::If(reader.expression()?),
                "elif" => Tag::Elif(reader.expression()?),
                "else" => Tag::Else,
                "endif" => Tag::Endif,
                "endfor" => Tag::Endfor,
                "for" => {
                    let name = reader.word()?;
                    if reader.word()? != "in" {
                        return Err(reader.unexpected());
                    }
                    Tag::For(name, reader.expression()?)
                }
                _ => return Err(reader.unexpected()),
            }
        } else {
            Tag::Print(reader.expression()?)
        };
        if reader.at < reader.tokens.len() {
            return Err(reader.unexpected());
        }
        Ok(tag)
    }

    fn peek(&self) -> Option<Token<'b>> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, at)| *at)
    }

    fn unexpected(&self) -> Failure {
        Failure::at(self.place(), "cette balise ne se lit pas")
    }

    fn take(&mut self, wanted: Token<'_>) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, sign: char) -> Outcome<()> {
        if self.take(Token::Sign(sign)) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn word(&mut self) -> Outcome<&'b str> {
        match self.peek() {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// From the loosest bond to the tightest: `or`, `and`, `not`, `==`, `|`.
    fn expression(&mut self) -> Outcome<Expression<'b>> {
        let mut left = self.all()?;
        while self.take(Token::Word("or")) {
            left = Expression::Or(left.into(), self.all()?.into());
        }
        Ok(left)
    }

    fn all(&mut self) -> Outcome<Expression<'b>> {
        let mut left = self.negation()?;
        while self.take(Token::Word("and")) {
            left = Expression::And(left.into(), self.negation()?.into());
        }
        Ok(left)
    }

    fn negation(&mut self) -> Outcome<Expression<'b>> {
        if self.take(Token::Word("not")) {
            return Ok(Expression::Not(self.negation()?.into()));
        }
        let left = self.filtered()?;
        if self.take(Token::Equal) {
            return Ok(Expression::Equals(left.into(), self.filtered()?.into()));
        }
        if self.take(Token::NotEqual) {
            let equals = Expression::Equals(left.into(), self.filtered()?.into());
            return Ok(Expression::Not(equals.into()));
        }
        Ok(left)
    }

    fn filtered(&mut self) -> Outcome<Expression<'b>> {
        let mut value = self.value()?;
        while self.take(Token::Sign('|')) {
            let place = self.place();
            value = Expression::Filter(value.into(), self.word()?, place);
        }
        Ok(value)
    }

    fn value(&mut self) -> Outcome<Expression<'b>> {
        let place = self.place();
        if self.take(Token::Sign('(')) {
            let inner = self.expression()?;
            self.expect(')')?;
            return Ok(inner);
        }
        if self.take(Token::Sign('[')) {
            let mut items = Vec::new();
            while !self.take(Token::Sign(']')) {
                items.push(self.expression()?);
                if !self.take(Token::Sign(',')) {
                    self.expect(']')?;
                    break;
                }
            }
            return Ok(Expression::List(items));
        }
        if let Some(Token::Text(text)) = self.peek() {
            self.at += 1;
            return Ok(Expression::Text(text));
        }
        let name = self.word()?;
        if self.take(Token::Sign('.')) {
            return Ok(Expression::Field(name, self.word()?, place));
        }
        if !self.take(Token::Sign('(')) {
            return Ok(Expression::Name(name, place));
        }
        let mut arguments = Vec::new();
        while !self.take(Token::Sign(')')) {
            let key = self.word()?;
            self.expect('=')?;
            arguments.push((key, self.expression()?));
            if !self.take(Token::Sign(',')) {
                self.expect(')')?;
                break;
            }
        }
        Ok(Expression::Call(name, arguments, place))
    }
}
