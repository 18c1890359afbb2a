//! The commands of the linear mode: words, because screen readers mispronounce signs.

use crate::domain::search::fold;
use crate::domain::typography::quoted;

/// A command understood at every prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Help on the question.
    Help,
    /// Back one step.
    Back,
    /// On to the next question.
    Skip,
    /// Themes, progress, answers.
    Summary,
    /// Leave.
    Quit,
    /// Undo the last change.
    Undo,
    /// Do it again.
    Redo,
    /// Write a note beside the question.
    Note,
    /// From the essential questions to all of them, and back.
    Deepen,
    /// The assessment.
    Assessment,
    /// The plan.
    Plan,
    /// The documents.
    Documents,
    /// The record of processing activities.
    Activities,
    /// Take the answer away.
    Erase,
    /// Put the question aside or take it back; elsewhere, those put aside.
    Aside,
    /// Where the files are.
    Files,
    /// Search questions, answers and help.
    Find(String),
    /// Give the dossier another name.
    Rename(String),
}

/// What « aide » says of the commands.
pub const COMMANDS: &str = "Commandes, à tout moment : aide, retour, passer (question suivante), \
    annuler (dernier changement), rétablir, effacer (la réponse), note (écrire une note), de côté \
    (garder la question pour plus tard), sommaire (thèmes et réponses), chercher et un mot, bilan, \
    plan, documents, traitements, fichiers (où ils sont), renommer et un nom, approfondir (toutes \
    les questions, ou les essentielles), quitter. Tout est enregistré au fur et à mesure. Pour \
    répondre par l'un de ces mots, mettez le signe égal devant : =retour.";

/// The command a line is, if it is one.
pub fn word(line: &str) -> Option<Word> {
    Some(match fold(line).as_str() {
        "aide" | "?" => Word::Help,
        "retour" => Word::Back,
        "passer" => Word::Skip,
        "sommaire" => Word::Summary,
        "quitter" => Word::Quit,
        "annuler" => Word::Undo,
        "retablir" => Word::Redo,
        "note" | "noter" => Word::Note,
        "approfondir" => Word::Deepen,
        "bilan" => Word::Assessment,
        "plan" => Word::Plan,
        "documents" => Word::Documents,
        "traitements" => Word::Activities,
        "effacer" => Word::Erase,
        "de cote" => Word::Aside,
        "fichiers" => Word::Files,
        _ => match after(line, "renommer") {
            Some(name) => Word::Rename(name.to_owned()),
            None => Word::Find(after(line, "chercher")?.to_owned()),
        },
    })
}

/// The words one line can be, as they are suggested.
const KNOWN: [&str; 18] = [
    "aide",
    "retour",
    "passer",
    "sommaire",
    "quitter",
    "annuler",
    "rétablir",
    "effacer",
    "note",
    "de côté",
    "fichiers",
    "renommer",
    "approfondir",
    "bilan",
    "plan",
    "documents",
    "traitements",
    "chercher",
];

/// The command a line is one slip of the finger away from.
pub fn slip(line: &str) -> Option<&'static str> {
    let lower = line.to_lowercase();
    let near = |known: &&str| strsim::osa_distance(&lower, known) == 1;
    KNOWN.into_iter().find(near)
}

/// What is said of a line that is no command where only commands and numbers are read.
pub fn unknown(line: &str, here: &str) -> String {
    if let Some(known) = slip(line) {
        return format!("Mot inconnu. Vouliez-vous dire « {known} » ?");
    }
    if line.chars().any(char::is_alphabetic) {
        return format!("Mot inconnu : {}. {here}", quoted(&short(line)));
    }
    here.to_owned()
}

/// The start of a line, when it is long.
fn short(line: &str) -> String {
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}

/// What follows a first word, whatever its case: « fait », « Date 12/01/2027 ».
pub fn after<'l>(line: &'l str, first: &str) -> Option<&'l str> {
    let (head, rest) = line.split_once(' ').unwrap_or((line, ""));
    (head.to_lowercase() == first).then(|| rest.trim())
}

/// The numbers of a line such as « 1, 3 et 4 ».
pub fn numbers(line: &str) -> Option<Vec<usize>> {
    let parts = line
        .split([',', ';', ' '])
        .filter(|part| !part.is_empty() && *part != "et");
    let numbers: Vec<usize> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_words_whatever_their_case() {
        assert_eq!(word("Retour"), Some(Word::Back));
        assert_eq!(
            word("chercher Cookie"),
            Some(Word::Find("Cookie".to_owned()))
        );
        assert_eq!(word("de coté"), Some(Word::Aside));
        assert_eq!(
            word("renommer Au bon pain"),
            Some(Word::Rename("Au bon pain".to_owned()))
        );
        assert_eq!(word("retourner"), None);
        assert_eq!(word("=retour"), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_told_from_a_stranger() {
        assert_eq!(slip("aidee"), Some("aide"));
        assert_eq!(slip("Quitterr"), Some("quitter"));
        assert_eq!(slip("zut"), None);
        assert_eq!(unknown("zut", "Tapez."), "Mot inconnu : « zut ». Tapez.");
        assert_eq!(unknown("99", "Tapez."), "Tapez.");
    }

    #[test]
    fn several_numbers_are_read_with_commas_or_words() {
        assert_eq!(numbers("1, 3 et 4"), Some(vec![1, 3, 4]));
        assert_eq!(numbers("1, trois"), None);
        assert_eq!(numbers(" "), None);
    }
}
