//! The documents as lines: which are ready, what they lack, their text, and where to paste it.

use pulldown_cmark::TagEnd;

use super::console::Console;
use super::words::{self, Word};
use super::{Line, Prompts, SimpleError, Turn, counted, next_line};
use crate::documents::markdown::text::plain;
use crate::documents::markdown::{Piece, pieces};
use crate::documents::why::{behind, reason};
use crate::documents::{ACTIVITY, Blank, Needed, Rendered};
use crate::domain::catalogue::Catalogue;
use crate::domain::explain::said;
use crate::domain::search::fold;
use crate::domain::typography;
use crate::export::{self, Format, Useless};

const ASKED: &str = "Tapez un numéro pour lire un texte, « enregistrer » pour les garder tous, ou \
    « retour ».";

/// The words of an open document.
fn reading(document: &Rendered) -> &'static str {
    if document.blanks.is_empty() {
        "Tapez : lire, pourquoi (ce qui soutient chaque phrase), enregistrer ou retour."
    } else {
        "Tapez un numéro pour compléter, ou : lire, pourquoi, enregistrer, retour."
    }
}

/// The words of a text, its blocks one after the other, marks left out.
fn in_a_row(markdown: &str) -> String {
    let pieces = pieces(markdown);
    let words = pieces.iter().map(|piece| match piece {
        Piece::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
            " "
        }
        piece => piece.words().unwrap_or_default(),
    });
    words.collect()
}

/// The first words of a passage, with « … » only where more follow; nothing where it is empty.
fn opening(markdown: &str) -> Option<String> {
    let text = in_a_row(markdown);
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(12).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    let told = first
        .iter()
        .any(|word| word.contains(char::is_alphanumeric));
    told.then(|| format!("{}{more}", first.join(" ")))
}

/// In what order documents are said: ready, with blanks, undecided, not needed.
fn group(document: &Rendered) -> usize {
    match document.needed {
        Needed::Yes if document.ready => 0,
        Needed::Yes => 1,
        Needed::Undetermined => 2,
        Needed::No => 3,
    }
}

const GROUPS: [&str; 4] = [
    "Prêts à coller :",
    "À compléter :",
    "Une réponse manque pour savoir s'il les faut :",
    "Pas nécessaires :",
];

/// The formats a line asks for, by number or by the word people use: « 1, 3 », « word et pdf », « tout ».
fn formats_named(formats: &[Format], line: &str) -> Option<Vec<Format>> {
    let parts = line
        .split([',', ';', ' '])
        .filter(|part| !part.is_empty() && *part != "et");
    let mut chosen = Vec::new();
    for part in parts {
        let word = fold(part);
        let named = match word.as_str() {
            "tout" | "tous" => {
                chosen.extend(formats);
                continue;
            }
            "page" => "html",
            "word" => "docx",
            "excel" | "classeur" => "xlsx",
            "tableau" => "csv",
            "code" => "fragment",
            "listes" => "fragment-listes",
            other => other,
        };
        let at = named.parse::<usize>().ok();
        let numbered = at.and_then(|at| formats.get(at.wrapping_sub(1)));
        let format = numbered.or_else(|| formats.iter().find(|format| format.word() == named));
        chosen.push(*format?);
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// What is missing, and the question that fills it: a label alone would not say whose address it is.
fn tell_blanks(
    console: &mut Console<'_>,
    catalogue: &Catalogue,
    document: &Rendered,
) -> Result<(), SimpleError> {
    console.gap()?;
    let blanks = &document.blanks;
    if !blanks.is_empty() {
        let words = counted(blanks.len(), "blanc à compléter", "blancs à compléter");
        console.say(&format!("{words} :"))?;
    }
    for (at, blank) in blanks.iter().enumerate() {
        let asked = catalogue.question(&blank.question);
        let asked = asked.map_or("", |question| &question.text);
        let words = format!("{} {asked}", typography::sentence(&blank.told()));
        console.indented(&format!("  {}. ", at + 1), words.trim_end())?;
    }
    console.say(reading(document))?;
    Ok(())
}

impl Prompts {
    /// The list, then the document chosen.
    pub(super) fn documents(&mut self, console: &mut Console<'_>) -> Result<Turn, SimpleError> {
        loop {
            let ids = self.tell_documents(console)?;
            let id = loop {
                match next_line(console)? {
                    Line::End => return Ok(Turn::Leave),
                    Line::Word(Word::Back) => return Ok(Turn::Stay),
                    Line::Word(word) => match self.anywhere(console, word, ASKED)? {
                        Turn::Stay => {}
                        turn => return Ok(turn),
                    },
                    Line::Text(text) if text.to_lowercase() == "enregistrer" => {
                        self.keep(console, &[])?;
                    }
                    Line::Text(text) => {
                        let number = text.parse::<usize>().ok();
                        match number.and_then(|n| ids.get(n.wrapping_sub(1))) {
                            Some(id) => break id.clone(),
                            None => console.say(&words::unknown(&text, ASKED))?,
                        }
                    }
                }
            };
            match self.document(console, &id)? {
                Turn::Back => {}
                turn => return Ok(turn),
            }
        }
    }

    /// Says the documents in order; gives the ids of the numbers said.
    fn tell_documents(&self, console: &mut Console<'_>) -> Result<Vec<String>, SimpleError> {
        console.gap()?;
        let mut documents = match export::render(&self.session, &[]) {
            Ok(documents) => documents,
            Err(error) => {
                console.say(&typography::sentence(&error.to_string()))?;
                return Ok(Vec::new());
            }
        };
        documents.sort_by_key(group);
        let mut last = None;
        for (at, document) in documents.iter().enumerate() {
            let group = group(document);
            if last.replace(group) != Some(group) {
                console.say(GROUPS[group])?;
            }
            let words = match group {
                0 => format!("{}.", document.title),
                1 => {
                    let blanks = counted(document.blanks.len(), "blanc", "blancs");
                    format!("{} : {blanks}.", document.title)
                }
                _ => format!("{} : {}", document.title, document.why),
            };
            console.indented(&format!("  {}. ", at + 1), &words)?;
        }
        for told in export::leftovers(&self.session).unwrap_or_default() {
            console.say(&told)?;
        }
        console.say(ASKED)?;
        Ok(documents.into_iter().map(|document| document.id).collect())
    }

    fn rendered(
        &self,
        console: &mut Console<'_>,
        id: &str,
    ) -> Result<Option<Rendered>, SimpleError> {
        match export::render(&self.session, &[id.to_owned()]) {
            Ok(documents) => Ok(documents.into_iter().next()),
            Err(error) => {
                console.say(&typography::sentence(&error.to_string()))?;
                Ok(None)
            }
        }
    }

    /// One document: its text, its blanks, why it says what it says.
    fn document(&mut self, console: &mut Console<'_>, id: &str) -> Result<Turn, SimpleError> {
        let Some(mut document) = self.rendered(console, id)? else {
            return Ok(Turn::Back);
        };
        self.read(console, &document)?;
        tell_blanks(console, self.session.catalogue(), &document)?;
        loop {
            let text = match next_line(console)? {
                Line::End => return Ok(Turn::Leave),
                Line::Word(Word::Back) => return Ok(Turn::Back),
                Line::Word(word) => match self.anywhere(console, word, reading(&document))? {
                    Turn::Stay => continue,
                    turn => return Ok(turn),
                },
                Line::Text(text) => text,
            };
            match text.to_lowercase().as_str() {
                "lire" => self.read(console, &document)?,
                "pourquoi" => self.why(console, &document)?,
                "enregistrer" => self.keep(console, std::slice::from_ref(&document.id))?,
                _ => {
                    let number = text.parse::<usize>().ok();
                    let blank = number.and_then(|n| document.blanks.get(n.wrapping_sub(1)));
                    // What no answer fills is written in the text.
                    if let Some(how) = blank.and_then(Blank::filling) {
                        console.say(&how)?;
                        continue;
                    }
                    let Some(question) = blank.map(|blank| blank.question.clone()) else {
                        console.say(&words::unknown(&text, reading(&document)))?;
                        continue;
                    };
                    // What the record lacks is written there.
                    if question.starts_with(ACTIVITY) {
                        return Ok(Turn::Run(Word::Activities));
                    }
                    if let Some(turn) = self.detour(console, &question)? {
                        return Ok(turn);
                    }
                    match self.rendered(console, id)? {
                        Some(again) => {
                            document = again;
                            tell_blanks(console, self.session.catalogue(), &document)?;
                        }
                        None => return Ok(Turn::Back),
                    }
                }
            }
        }
    }

    fn read(&self, console: &mut Console<'_>, document: &Rendered) -> Result<(), SimpleError> {
        console.gap()?;
        console.say(&format!("{}.", document.title.trim_end_matches('.')))?;
        console.say(&document.why)?;
        console.gap()?;
        let text = plain(&document.markdown);
        // A rule below a heading is noise for a screen reader.
        let rule = |line: &&str| line.len() > 2 && line.chars().all(|c| c == '=' || c == '-');
        for line in text.lines().filter(|line| !rule(line)) {
            console.say(line)?;
        }
        if let Some(known) = self.session.catalogue().document(&document.id) {
            console.gap()?;
            console.say("Où coller ce texte :")?;
            for line in plain(&known.paste).lines() {
                console.say(line)?;
            }
        }
        Ok(())
    }

    /// Each passage, and what supports it.
    fn why(&self, console: &mut Console<'_>, document: &Rendered) -> Result<(), SimpleError> {
        let view = self.session.view();
        let catalogue = self.session.catalogue();
        for (at, clause) in document.clauses.iter().enumerate() {
            console.gap()?;
            let words = format!("Passage {} sur {}", at + 1, document.clauses.len());
            console.say(&match opening(&clause.markdown) {
                Some(opening) => format!("{words} : {}", typography::quoted(&opening)),
                None => format!("{words}, vide."),
            })?;
            let known = catalogue.document(&document.id);
            if let Some(known) = known {
                let reason = reason(&view, known, &clause.id);
                console.indented("  ", &format!("Là {reason}."))?;
            }
            let behind = known.map_or_else(Vec::new, |known| behind(&view, known, clause));
            for question in behind.iter().filter_map(|(id, _)| catalogue.question(id)) {
                let said = said(&view, question);
                console.indented(
                    "  ",
                    &format!(
                        "Votre réponse à {} : {said}.",
                        typography::quoted(&question.text)
                    ),
                )?;
            }
            for id in &clause.obligations {
                if let Some(obligation) = catalogue.obligation(id) {
                    console.indented("  ", &format!("Obligation : {}.", obligation.title))?;
                }
            }
            for id in &clause.references {
                if let Some(reference) = catalogue.reference(id) {
                    console.indented("  ", &format!("Source : {}.", reference.title))?;
                }
            }
        }
        Ok(())
    }

    /// Writes documents in the folder of the dossier, in the formats chosen.
    fn keep(&mut self, console: &mut Console<'_>, only: &[String]) -> Result<(), SimpleError> {
        let formats = export::formats(only.first().map(String::as_str));
        console.say("Sous quelle forme voulez-vous vos textes ?")?;
        for (at, format) in formats.iter().enumerate() {
            console.indented(&format!("  {}. ", at + 1), export::format_words(*format))?;
        }
        let ask = "Tapez des numéros, ou des mots : page, word, pdf, tout. Une ligne vide donne les \
            deux premières formes ; « retour » n'enregistre rien.";
        console.say(ask)?;
        let chosen = loop {
            match next_line(console)? {
                Line::Text(text) if text.is_empty() => {
                    break formats.iter().take(2).copied().collect();
                }
                Line::Text(text) => match formats_named(&formats, &text) {
                    Some(chosen) => break chosen,
                    None => console.say(&words::unknown(&text, ask))?,
                },
                // The end of the input is met again at the next prompt.
                Line::End | Line::Word(_) => {
                    console.say("Rien n'est enregistré.")?;
                    return Ok(());
                }
            }
        };
        let written = export::foresee(&self.session, &chosen, only, None).and_then(|planned| {
            let mut notes = [planned.notes.as_slice(), &planned.failures].concat();
            // The list has told what is not needed any more.
            let told: Vec<String> = planned.useless.iter().map(Useless::sentence).collect();
            notes.retain(|note| !told.contains(note));
            Ok((planned.write()?, notes))
        });
        match written {
            Ok((files, notes)) => {
                console.say(&export::told(&files))?;
                for note in notes {
                    console.say(&note)?;
                }
                console.say("Dossier :")?;
                let folder = self.session.store().dir().join(export::FOLDER);
                console.whole(&folder.display().to_string())?;
            }
            Err(error) => console.say(&typography::sentence(&error.to_string()))?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::formats_named;
    use crate::export::{Format, formats};

    #[test]
    fn formats_are_asked_for_by_number_or_by_plain_words() {
        let all = formats(None);
        let words = |line| {
            let named = formats_named(&all, line)?;
            Some(
                named
                    .iter()
                    .map(|format: &Format| format.word())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(words("Word et PDF"), Some(vec!["docx", "pdf"]));
        assert_eq!(words("1, page"), Some(vec![all[0].word(), "html"]));
        assert_eq!(words("tout").map(|all| all.len()), Some(all.len()));
        assert_eq!(words("99"), None);
        assert_eq!(words("papier"), None);
    }

    #[test]
    fn the_opening_of_a_passage_has_words_only() {
        let words = super::in_a_row("## Titre\n\n> cité, **fort**\n\n- un\n- deux\n");
        let words: Vec<&str> = words.split_whitespace().collect();
        assert_eq!(words.join(" "), "Titre cité, fort un deux");
    }

    #[test]
    fn only_a_passage_cut_short_ends_with_dots() {
        assert_eq!(super::opening("- \n"), None);
        assert_eq!(super::opening("**Un** mot.").as_deref(), Some("Un mot."));
        let long = "mot ".repeat(13);
        assert!(super::opening(&long).unwrap().ends_with("mot…"));
    }
}
