//! Search in the questions, their answers, their notes and their help, asked or not.

use unicode_normalization::UnicodeNormalization as _;

use super::catalogue::{Catalogue, Depth, Question, Service};
use super::explain::said;
use super::unasked::{Unasked, unasked};
use super::view::View;

/// Lower case without accents, so that « telephone » finds « téléphone ».
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
}

/// Words to look for; a text must hold them all, and any text holds none.
#[derive(Debug)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// The words of a search, folded.
    pub fn new(typed: &str) -> Self {
        Self(fold(typed).split_whitespace().map(str::to_owned).collect())
    }

    /// Tells whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells whether a text holds every word.
    pub fn is_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A question found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub question: String,
    /// Why it is not asked, if it is not.
    pub unasked: Option<Unasked>,
}

/// The questions that hold every word: those that are asked, then the others; among each, those that
/// hold them in their own text first.
pub fn find(view: &View<'_>, depth: Depth, typed: &str) -> Vec<Found> {
    let wanted = Wanted::new(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = view.catalogue().questions.iter();
    let (mut found, others): (Vec<&Question>, Vec<&Question>) =
        all.partition(|question| wanted.is_in(&question.text));
    found.extend(others.into_iter().filter(|question| {
        let labels = question.options.iter().map(|option| option.label.as_str());
        let items = question.items.iter().map(|item| item.text.as_str());
        let mut all = vec![question.why.as_str(), &question.help, &question.example];
        all.extend(labels.chain(items));
        let said = said(view, question);
        // A number is found as it is read and as it is typed.
        let run: String = said.split_whitespace().collect();
        all.extend([&said, &run].map(String::as_str));
        all.extend(view.dossier().notes.get(&question.id).map(String::as_str));
        wanted.is_in(&all.join(" "))
    }));
    let found = found.into_iter().map(|question| Found {
        question: question.id.clone(),
        unasked: unasked(view, question, depth),
    });
    let (mut asked, others): (Vec<Found>, Vec<Found>) =
        found.partition(|found| found.unasked.is_none());
    asked.extend(others);
    asked
}

/// The services whose name, publisher or category hold every word; all of them when there is none.
pub fn services<'c>(catalogue: &'c Catalogue, typed: &str) -> impl Iterator<Item = &'c Service> {
    let wanted = Wanted::new(typed);
    catalogue.services.iter().filter(move |service| {
        let Service {
            name,
            publisher,
            category,
            ..
        } = service;
        wanted.is_in(&format!("{name} {publisher} {category}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert!(Wanted::new("TELEPHONE oeuf").is_in("Le téléphone de l'Œuf"));
        assert!(!Wanted::new("téléphone œuf").is_in("Le téléphone"));
    }
}
