//! From the parts of a body to its text, for one business.

use std::borrow::Cow;

use super::{Expression, Failure, MAX_OUTPUT, Outcome, Part, Value};
use crate::documents::escape;
use crate::documents::functions::{self, Arguments};
use crate::documents::material::Material;

/// Writes parts.
pub(super) fn run<'v>(parts: &[Part<'_>], material: &'v Material) -> Outcome<String> {
    let mut run = Run::<'_, 'v> {
        material,
        variables: Vec::new(),
        out: String::new(),
    };
    run.parts(parts)?;
    Ok(run.out)
}

/// A loop being run: its variable, its row, its rank and its length.
struct Variable<'b, 'v> {
    name: &'b str,
    value: Value<'v>,
    rank: usize,
    length: usize,
}

struct Run<'b, 'v> {
    material: &'v Material,
    variables: Vec<Variable<'b, 'v>>,
    out: String,
}

impl<'b, 'v> Run<'b, 'v> {
    fn parts(&mut self, parts: &[Part<'b>]) -> Outcome<()> {
        for part in parts {
            match part {
                Part::Text(text) => self.out.push_str(text),
                Part::Print(expression) => {
                    let value = self.value(expression)?;
                    self.print(&value)?;
                }
                Part::If(branches, otherwise) => {
                    let mut said = otherwise;
                    for (condition, inner) in branches {
                        if self.value(condition)?.holds() {
                            said = inner;
                            break;
                        }
                    }
                    self.parts(said)?;
                }
                Part::For(name, source, inner, otherwise) => {
                    if !self.each(name, source, inner)? {
                        self.parts(otherwise)?;
                    }
                }
            }
            if self.out.len() > MAX_OUTPUT {
                return Err(Failure::TooLong);
            }
        }
        Ok(())
    }

    /// Says something of each row; tells whether there was one.
    fn each(
        &mut self,
        name: &'b str,
        source: &Expression<'b>,
        inner: &[Part<'b>],
    ) -> Outcome<bool> {
        let Value::List(items) = self.value(source)? else {
            return Err(Failure::Wrong(None, "une boucle parcourt une liste".into()));
        };
        let length = items.len();
        for (rank, value) in items.into_iter().enumerate() {
            self.variables.push(Variable {
                name,
                value,
                rank,
                length,
            });
            self.parts(inner)?;
            self.variables.pop();
        }
        Ok(length > 0)
    }

    fn print(&mut self, value: &Value<'_>) -> Outcome<()> {
        match value {
            Value::Text(text) => escape::write(text, &mut self.out),
            Value::Markdown(text) => self.out.push_str(text),
            Value::Number(number) => self.out.push_str(&number.to_string()),
            Value::Truth(_) | Value::Row(_) | Value::List(_) => {
                return Err(Failure::Wrong(None, "cette valeur ne s'écrit pas".into()));
            }
        }
        Ok(())
    }

    fn value(&self, expression: &Expression<'b>) -> Outcome<Value<'v>> {
        Ok(match expression {
            Expression::Text(text) => Value::from((*text).to_owned()),
            Expression::List(items) => {
                let items = items.iter().map(|item| self.value(item));
                Value::List(items.collect::<Outcome<_>>()?)
            }
            Expression::Name(name, at) => self.variable(name, *at)?.value.clone(),
            Expression::Field(name, field, at) => self.field(name, field, *at)?,
            Expression::Call(name, arguments, at) => {
                let arguments = arguments
                    .iter()
                    .map(|(key, value)| Ok((*key, self.value(value)?)));
                let arguments = Arguments(arguments.collect::<Outcome<_>>()?);
                functions::call(name, self.material, &arguments)
                    .map_err(|message| Failure::at(*at, message))?
            }
            Expression::Filter(value, name, at) => functions::filter(name, &self.value(value)?)
                .map_err(|message| Failure::at(*at, message))?,
            Expression::Not(value) => (!self.value(value)?.holds()).into(),
            Expression::And(left, right) => {
                (self.value(left)?.holds() && self.value(right)?.holds()).into()
            }
            Expression::Or(left, right) => {
                (self.value(left)?.holds() || self.value(right)?.holds()).into()
            }
            Expression::Equals(left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                (left.text().is_some() && left.text() == right.text()).into()
            }
        })
    }

    fn variable(&self, name: &str, at: usize) -> Outcome<&Variable<'b, 'v>> {
        let found = self.variables.iter().rev().find(|v| v.name == name);
        found.ok_or_else(|| Failure::at(at, format!("« {name} » n'est pas défini ici")))
    }

    fn field(&self, name: &str, field: &str, at: usize) -> Outcome<Value<'v>> {
        let unknown = || Failure::at(at, format!("« {name}.{field} » n'existe pas"));
        if name == "loop" {
            let run = self.variables.last().ok_or_else(unknown)?;
            return Ok(match field {
                "index" => Value::Number(run.rank + 1),
                "length" => Value::Number(run.length),
                "first" => (run.rank == 0).into(),
                "last" => (run.rank + 1 == run.length).into(),
                _ => return Err(unknown()),
            });
        }
        match &self.variable(name, at)?.value {
            Value::Row(Cow::Borrowed(row)) => {
                let text = row.get(field).ok_or_else(unknown)?;
                Ok(Value::from(text.as_str()))
            }
            Value::Row(Cow::Owned(row)) => row
                .get(field)
                .map(|text| Value::from(text.clone()))
                .ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }
}
