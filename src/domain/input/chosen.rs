//! What is chosen among what a question offers: an option, several, the points of a list, services.

use std::collections::BTreeMap;

use super::{Raw, clean, is_unknown, single};
use crate::domain::answer::{Tick, Value};
use crate::domain::catalogue::{Catalogue, Choice, Question};
use crate::domain::identifiers::Reason;
use crate::domain::typography::quoted;

/// The options a text may mean: the one of this id or label, or else each of those whose label is this
/// text followed by a parenthesis: « société » for « Société (SARL, SAS…) ».
pub fn meant<'o>(options: &'o [Choice], text: &str) -> Vec<&'o Choice> {
    let wanted = clean(text).to_lowercase();
    let said = |option: &&Choice| option.label.to_lowercase() == wanted;
    let exact = |option: &&Choice| option.id.to_lowercase() == wanted || said(option);
    if let Some(option) = options.iter().find(exact) {
        return vec![option];
    }
    let before = |label: &str| label.split_once(" (").map(|(head, _)| head.to_lowercase());
    let begins = |option: &&Choice| before(&option.label).as_ref() == Some(&wanted);
    options.iter().filter(begins).collect()
}

/// The id of the option a text means, or why there is not exactly one.
pub(super) fn one(options: &[Choice], text: &str) -> Result<String, Reason> {
    match meant(options, text)[..] {
        [option] => Ok(option.id.clone()),
        [] => {
            let known: Vec<_> = options.iter().map(|o| o.id.as_str()).collect();
            Err(format!(
                "« {text} » n'est pas une réponse possible ; choisissez parmi : {}",
                known.join(", ")
            ))
        }
        ref several => {
            let labels: Vec<_> = several.iter().map(|o| quoted(&o.label)).collect();
            Err(format!(
                "« {text} » peut être {} : précisez",
                labels.join(" ou ")
            ))
        }
    }
}

pub(super) fn option(question: &Question, raw: &Raw) -> Result<String, Reason> {
    one(&question.options, &clean(&single(raw)?))
}

/// The answer to one point of a list.
pub fn tick(text: &str) -> Option<Tick> {
    match text.trim().to_lowercase().as_str() {
        _ if is_unknown(text) => Some(Tick::Unknown),
        "oui" | "o" | "yes" | "true" | "vrai" => Some(Tick::Yes),
        "non" | "n" | "no" | "false" | "faux" => Some(Tick::No),
        "unknown" => Some(Tick::Unknown),
        _ => None,
    }
}

pub(super) fn ticks(question: &Question, raw: &Raw) -> Result<BTreeMap<String, Tick>, Reason> {
    let form = "écrivez par exemple « ligne=oui,autre-ligne=non » (oui, non ou nsp)";
    let pairs: Vec<(String, String)> = match raw {
        Raw::Table(entries) => entries
            .iter()
            .map(|(item, value)| Ok((item.clone(), value.text().ok_or(form)?)))
            .collect::<Result<_, &str>>()?,
        Raw::Text(text) => text
            .split([',', ';'])
            .map(|pair| pair.split_once('=').ok_or(form))
            .map(|pair| pair.map(|(item, v)| (item.trim().to_owned(), v.to_owned())))
            .collect::<Result<_, &str>>()?,
        Raw::List(items) => items
            .iter()
            .map(|item| Ok((item.text().ok_or(form)?, "oui".to_owned())))
            .collect::<Result<_, &str>>()?,
        _ => return Err(form.into()),
    };
    let mut ticks = BTreeMap::new();
    for (item, word) in pairs {
        if !question.items.iter().any(|i| i.id == item) {
            let known: Vec<_> = question.items.iter().map(|i| i.id.as_str()).collect();
            return Err(format!(
                "la ligne « {item} » n'existe pas ; lignes : {}",
                known.join(", ")
            ));
        }
        let tick = tick(&word)
            .ok_or_else(|| format!("« {word} » : répondez oui, non ou nsp pour « {item} »"))?;
        ticks.insert(item, tick);
    }
    Ok(ticks)
}

fn words(raw: &Raw) -> Result<Vec<String>, Reason> {
    let words: Vec<String> = match raw {
        Raw::List(items) => items
            .iter()
            .map(|item| item.text().ok_or("une liste d'identifiants est attendue"))
            .collect::<Result<_, &str>>()?,
        Raw::Text(text) => text.split(',').map(str::to_owned).collect(),
        _ => return Err("une liste d'identifiants est attendue".into()),
    };
    Ok(words
        .iter()
        .map(|word| clean(word))
        .filter(|word| !word.is_empty())
        .collect())
}

pub(super) fn set(question: &Question, raw: &Raw) -> Result<Value, Reason> {
    let chosen: Vec<String> = words(raw)?
        .iter()
        .map(|word| one(&question.options, word))
        .collect::<Result<_, _>>()?;
    let mut set: Vec<String> = question
        .options
        .iter()
        .filter(|o| chosen.contains(&o.id))
        .map(|o| o.id.clone())
        .collect();
    let exclusive = question.options.iter().find(|o| o.exclusive);
    if let Some(exclusive) = exclusive {
        if set.is_empty() {
            set.push(exclusive.id.clone());
        } else if set.len() > 1 && set.contains(&exclusive.id) {
            return Err(format!(
                "« {} » ne va pas avec une autre réponse",
                exclusive.label
            ));
        }
    }
    Ok(Value::Set(set))
}

pub(super) fn services(raw: &Raw, catalogue: &Catalogue) -> Result<Value, Reason> {
    let words = words(raw)?;
    let none = ["aucun", "aucune"];
    let words: Vec<_> = words
        .into_iter()
        .filter(|w| !none.contains(&w.to_lowercase().as_str()))
        .collect();
    for word in &words {
        let known = catalogue
            .services
            .iter()
            .any(|s| s.id == *word || s.name.to_lowercase() == word.to_lowercase());
        if !known {
            return Err(format!(
                "le service « {word} » n'est pas au catalogue ; « aplomb questions --json » donne les identifiants"
            ));
        }
    }
    let set = catalogue
        .services
        .iter()
        .filter(|s| {
            words
                .iter()
                .any(|w| *w == s.id || w.to_lowercase() == s.name.to_lowercase())
        })
        .map(|s| s.id.clone())
        .collect();
    Ok(Value::Set(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: &str, label: &str) -> Choice {
        Choice {
            id: id.to_owned(),
            label: label.to_owned(),
            conformity: None,
            actions: Vec::new(),
            exclusive: false,
            validity: crate::domain::validity::Validity::default(),
        }
    }

    #[test]
    fn an_option_is_named_by_what_comes_before_its_parenthesis() {
        let options = [
            choice("ei", "Entreprise individuelle (micro-entreprise comprise)"),
            choice("artisan", "Registre national (RNE), comme artisan"),
            choice("autre", "Registre national (RNE), activité libérale"),
            choice("comprise", "Micro-entreprise"),
        ];
        let named = |text: &str| one(&options, text);
        assert_eq!(named("Entreprise individuelle"), Ok("ei".to_owned()));
        assert_eq!(named("EI"), Ok("ei".to_owned()));
        assert_eq!(named("micro-entreprise"), Ok("comprise".to_owned()));
        assert!(named("entreprise").is_err());
        let several = named("registre national").unwrap_err();
        assert_eq!(
            several,
            "« registre national » peut être « Registre national (RNE), comme artisan » ou \
             « Registre national (RNE), activité libérale » : précisez"
        );
    }

    #[test]
    fn a_point_is_answered_as_people_write() {
        assert_eq!(tick("O"), Some(Tick::Yes));
        assert_eq!(tick("Je sais pas trop."), Some(Tick::Unknown));
        assert_eq!(tick("peut-être"), None);
    }
}
