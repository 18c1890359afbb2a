//! The one table of actions: the footer, the help page, the palette and the documentation read it.
//!
//! A key is listed in a scope only if it does something there; a test presses every key shown. No
//! key needs `AltGr` on a French keyboard, and none is the only way to reach its action.

mod labels;
mod scope;

use crossterm::event::KeyCode;

use super::event::Key;

pub use labels::{key_label, label, labels};
pub use scope::Scope;

/// What a user can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "the table below says in French what each one does"
)]
pub enum Action {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Tab,
    Accept,
    Back,
    Previous,
    Next,
    Toggle,
    Digits,
    All,
    Nothing,
    Yes,
    No,
    Unknown,
    NotApplicable,
    Later,
    Note,
    Private,
    Erase,
    New,
    Example,
    Status,
    Dismiss,
    Owner,
    Due,
    Everything,
    Who,
    Radar,
    WhatIf,
    Account,
    Copy,
    Launch,
    Why,
    Write,
    Heading,
    Where,
    Assessment,
    Plan,
    Documents,
    Review,
    Activities,
    Files,
    Continue,
    Rename,
    Deepen,
    Workshop,
    Remote,
    Restitution,
    Blank,
    Timer,
    Park,
    Parked,
    Undo,
    Redo,
    Search,
    Help,
    Palette,
    Theme,
    Mouse,
    Save,
    Suspend,
    Quit,
}

impl Action {
    /// Tells whether it means nothing outside a workshop.
    pub fn is_of_workshop(self) -> bool {
        matches!(
            self,
            Self::Timer | Self::Park | Self::Private | Self::Restitution
        )
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// What it does.
    pub action: Action,
    /// Keys, the one shown first.
    pub keys: &'static [Key],
    /// Where.
    pub scopes: &'static [Scope],
    /// Two words for the footer.
    pub short: &'static str,
    /// A sentence for the help page and the palette.
    pub long: &'static str,
    /// Rank in the footer; zero keeps it out.
    pub rank: u8,
}

use Action as A;
use Scope as S;

const fn k(code: KeyCode) -> Key {
    Key::code(code)
}
const fn c(c: char) -> Key {
    Key::char(c)
}
const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

const EVERYWHERE: &[Scope] = &Scope::ALL;
/// Where pages scroll by halves: everywhere but in pages that follow one another.
const SCROLLED: &[Scope] = &[
    S::Home,
    S::Dossier,
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Items,
    S::RoomItems,
    S::Services,
    S::Answer,
    S::Typing,
    S::Writing,
    S::Assessment,
    S::Plan,
    S::Action,
    S::Documents,
    S::Preview,
    S::List,
    S::Ticking,
    S::Reading,
];
/// Where they do so by Ctrl+U too: elsewhere it empties the field.
const READ: &[Scope] = &[
    S::Home,
    S::Dossier,
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Items,
    S::RoomItems,
    S::Assessment,
    S::Plan,
    S::Documents,
    S::Preview,
    S::List,
    S::Ticking,
    S::Reading,
];
const UNWRITTEN: &[Scope] = &[
    S::Home,
    S::Dossier,
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Items,
    S::RoomItems,
    S::Answer,
    S::Typing,
    S::Assessment,
    S::Plan,
    S::Action,
    S::Documents,
    S::Preview,
    S::List,
    S::Ticking,
    S::Slides,
    S::Reading,
];
const ASKED: &[Scope] = &[
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Items,
    S::RoomItems,
    S::Services,
    S::Answer,
];
const LETTERS: &[Scope] = &[S::Choice, S::YesNo, S::Multi, S::Items, S::RoomItems];
const LISTS: &[Scope] = &[
    S::Home,
    S::Dossier,
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Items,
    S::RoomItems,
    S::Plan,
    S::Documents,
    S::List,
    S::Ticking,
    S::Slides,
    S::Action,
    S::Assessment,
    S::Preview,
    S::Reading,
];
const PICKS: &[Scope] = &[
    S::Home,
    S::Dossier,
    S::Documents,
    S::Plan,
    S::Assessment,
    S::Preview,
];
const OF_DOSSIER: &[Scope] = &[
    S::Dossier,
    S::Choice,
    S::YesNo,
    S::Multi,
    S::Assessment,
    S::Plan,
    S::Action,
    S::Documents,
    S::Preview,
    S::List,
];
/// Where letters type into an answer: what they stand for elsewhere is found by name.
const TYPED: &[Scope] = &[S::Services, S::Answer];
/// Where the pages of a dossier are found by name only.
const FILLED: &[Scope] = &[S::Items, S::RoomItems, S::Services, S::Answer];
const OUTSIDE: &[Scope] = &[S::Home, S::Dossier, S::Assessment, S::Plan, S::Documents];

const fn row(
    action: Action,
    keys: &'static [Key],
    scopes: &'static [Scope],
    rank: u8,
    short: &'static str,
    long: &'static str,
) -> Command {
    Command {
        action,
        keys,
        scopes,
        short,
        long,
        rank,
    }
}

/// Every command, in the order of the help page.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    row(A::Next, &[k(KeyCode::Right), c(' '), k(KeyCode::PageDown)], &[S::Slides], 2, "suite", "Page suivante de la restitution"),
    row(A::Previous, &[k(KeyCode::Left), k(KeyCode::BackTab), k(KeyCode::PageUp)], &[S::Slides], 3, "page précédente", "Page précédente de la restitution"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Slides], 1, "continuer", "Page suivante, ou action choisie"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Ticking], 1, "cocher", "Cocher ou décocher"),
    row(A::Toggle, &[c(' '), k(KeyCode::Right), k(KeyCode::Left)], &[S::Ticking], 0, "cocher", "Cocher ou décocher"),
    row(A::All, &[c('t')], &[S::Ticking], 5, "tout", "Tout cocher"),
    row(A::Nothing, &[c('z')], &[S::Ticking], 5, "zéro", "Tout décocher"),
    row(A::Up, &[k(KeyCode::Up)], EVERYWHERE, 3, "se déplacer", "Ligne précédente"),
    row(A::Down, &[k(KeyCode::Down)], EVERYWHERE, 0, "descendre", "Ligne suivante"),
    row(A::Up, &[c('k')], LISTS, 0, "monter", "Ligne précédente"),
    row(A::Down, &[c('j')], LISTS, 0, "descendre", "Ligne suivante"),
    row(A::Tab, &[k(KeyCode::Tab)], UNWRITTEN, 0, "suite", "Élément suivant de l'écran"),
    row(A::PageUp, &[k(KeyCode::PageUp)], SCROLLED, 0, "page haut", "Remonter d'une demi-page (en atelier, tout en haut : question précédente)"),
    row(A::PageUp, &[ctrl('u')], READ, 0, "page haut", "Remonter d'une demi-page (en atelier, tout en haut : question précédente)"),
    row(A::PageDown, &[k(KeyCode::PageDown), ctrl('d')], SCROLLED, 0, "page bas", "Descendre d'une demi-page (en atelier, tout en bas : question suivante)"),
    row(A::Top, &[c('g'), k(KeyCode::Home)], LISTS, 0, "début", "Aller au début"),
    row(A::Bottom, &[c('G'), k(KeyCode::End)], LISTS, 0, "fin", "Aller à la fin"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Choice, S::YesNo, S::Multi, S::Services, S::Answer], 1, "valider", "Valider la réponse et passer à la suite"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Items, S::RoomItems], 1, "continuer", "Ligne suivante, jusqu'au bouton « Valider »"),
    row(A::Accept, &[k(KeyCode::Enter)], PICKS, 1, "ouvrir", "Ouvrir ou valider la ligne choisie"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::List], 1, "choisir", "Ouvrir ou valider la ligne choisie"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Action], 1, "valider", "Champ suivant, ou bouton choisi"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Typing], 1, "valider", "Valider, ou aller au champ suivant"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Reading], 1, "fermer", "Fermer la page"),
    row(A::Accept, &[k(KeyCode::Enter)], &[S::Writing], 1, "à la ligne", "Aller à la ligne"),
    row(A::Tab, &[k(KeyCode::Tab)], &[S::Writing], 2, "finir", "Finir le texte"),
    row(A::Tab, &[k(KeyCode::Tab)], &[S::Services], 3, "finir", "Aller au bouton « Valider »"),
    row(A::Toggle, &[c(' '), k(KeyCode::Right)], &[S::Multi, S::Services], 2, "cocher", "Cocher ou décocher"),
    row(A::Left, &[k(KeyCode::Left)], &[S::Multi], 0, "décocher", "Décocher"),
    row(A::Right, &[k(KeyCode::Right), c(' ')], &[S::Items], 4, "changer", "Oui, non, ne sait pas : valeur suivante"),
    row(A::Left, &[k(KeyCode::Left)], &[S::Items], 0, "changer", "Oui, non, ne sait pas : valeur précédente"),
    row(A::Yes, &[c('o'), c('y')], &[S::Items, S::RoomItems], 2, "oui", "Oui à cette ligne, et ligne suivante"),
    row(A::No, &[c('n')], &[S::Items, S::RoomItems], 2, "non", "Non à cette ligne, et ligne suivante"),
    row(A::Yes, &[c('o'), c('y')], &[S::YesNo], 2, "oui", "Aller à la réponse qui commence par « Oui », sans valider"),
    row(A::No, &[c('n')], &[S::YesNo], 2, "non", "Aller à la réponse qui commence par « Non », sans valider"),
    row(A::Unknown, &[c('i')], &[S::Items, S::RoomItems], 2, "ne sait pas", "Je ne sais pas, et ligne suivante"),
    row(A::Digits, &[c('1')], &[S::Choice, S::YesNo], 4, "choisir", "Choisir par le numéro, sans valider"),
    row(A::All, &[c('t')], &[S::Multi], 5, "tout", "Tout cocher"),
    row(A::Nothing, &[c('z')], &[S::Multi], 5, "zéro", "Tout décocher"),
    row(A::Right, &[k(KeyCode::Right), c(' ')], &[S::Action], 2, "changer", "Changer l'état de l'action"),
    row(A::Left, &[k(KeyCode::Left)], &[S::Action], 0, "changer", "État précédent"),
    row(A::Previous, &[k(KeyCode::BackTab)], ASKED, 4, "précédente", "Revenir à la question précédente"),
    row(A::Previous, &[k(KeyCode::Left)], &[S::Choice, S::YesNo, S::RoomItems], 0, "question précédente", "Revenir à la question précédente"),
    row(A::Previous, &[k(KeyCode::BackTab)], &[S::Typing, S::Writing, S::Action], 0, "champ précédent", "Champ précédent"),
    row(A::Next, &[k(KeyCode::Right)], &[S::Choice, S::YesNo], 0, "question suivante", "Voir la question suivante sans répondre"),
    row(A::Unknown, &[c('i')], &[S::Choice, S::YesNo, S::Multi], 0, "ne sait pas", "Répondre « Je ne sais pas », puis Entrée"),
    row(A::Later, &[c('l')], LETTERS, 0, "plus tard", "Remettre la question à plus tard, puis Entrée"),
    row(A::NotApplicable, &[c('s')], LETTERS, 0, "sans objet", "Répondre « Sans objet », puis Entrée"),
    row(A::Note, &[c('n')], &[S::Choice, S::Multi], 6, "noter", "Écrire une note à côté de la question"),
    row(A::Private, &[c('P')], &[S::Choice, S::YesNo, S::Multi], 0, "note privée", "Écrire une note d'animateur, jamais exportée"),
    row(A::Erase, &[c('e')], LETTERS, 0, "effacer", "Effacer la réponse, puis Entrée"),
    row(A::Park, &[c('v')], LETTERS, 0, "garer", "Mettre la question de côté, à revoir en fin d'atelier"),
    row(A::Unknown, &[], TYPED, 0, "ne sait pas", "Répondre « Je ne sais pas »"),
    row(A::Later, &[], TYPED, 0, "plus tard", "Remettre la question à plus tard"),
    row(A::NotApplicable, &[], TYPED, 0, "sans objet", "Répondre « Sans objet »"),
    row(A::Note, &[], FILLED, 0, "noter", "Écrire une note à côté de la question"),
    row(A::Note, &[], &[S::YesNo], 0, "noter", "Écrire une note à côté de la question"),
    row(A::Private, &[], FILLED, 0, "note privée", "Écrire une note d'animateur, jamais exportée"),
    row(A::Erase, &[], TYPED, 0, "effacer", "Effacer la réponse"),
    row(A::Park, &[], TYPED, 0, "garer", "Mettre la question de côté, à revoir en fin d'atelier"),
    row(A::New, &[c('n')], &[S::Home], 2, "nouveau", "Créer un dossier"),
    row(A::Example, &[c('x')], &[S::Home], 0, "exemple", "Essayer un exemple fictif"),
    row(A::Continue, &[c('c')], &[S::Dossier], 2, "continuer", "Reprendre à la première question sans réponse"),
    row(A::Deepen, &[c('a')], &[S::Dossier], 0, "approfondir", "Approfondir : toutes les questions, ou revenir à l'essentiel"),
    row(A::Deepen, &[], &[S::Assessment], 0, "approfondir", "Approfondir : toutes les questions, ou revenir à l'essentiel"),
    row(A::Rename, &[], &[S::Dossier], 0, "renommer", "Renommer le dossier"),
    row(A::Assessment, &[c('b')], OF_DOSSIER, 7, "bilan", "Voir le bilan"),
    row(A::Plan, &[c('p')], OF_DOSSIER, 7, "plan", "Voir le plan d'action"),
    row(A::Documents, &[c('d')], OF_DOSSIER, 7, "documents", "Voir les documents"),
    row(A::Review, &[c('r')], OF_DOSSIER, 7, "réponses", "Relire et corriger toutes les réponses"),
    row(A::Assessment, &[], FILLED, 0, "bilan", "Voir le bilan"),
    row(A::Plan, &[], FILLED, 0, "plan", "Voir le plan d'action"),
    row(A::Documents, &[], FILLED, 0, "documents", "Voir les documents"),
    row(A::Review, &[], FILLED, 0, "réponses", "Relire et corriger toutes les réponses"),
    row(A::Activities, &[], FILLED, 0, "registre", "Registre des traitements : ce que vous faites des données"),
    row(A::Activities, &[c('t')], &[S::Dossier], 0, "registre", "Registre des traitements : ce que vous faites des données"),
    row(A::Activities, &[], &[S::Choice, S::YesNo, S::Multi, S::Assessment, S::Plan, S::Action, S::Documents, S::Preview, S::List], 0, "registre", "Registre des traitements : ce que vous faites des données"),
    row(A::WhatIf, &[c('h')], &[S::Assessment], 2, "et si", "Et si… : cocher des actions, voir la note qu'elles donneraient"),
    row(A::Account, &[c('l')], &[S::Assessment], 3, "le compte", "Le compte ligne à ligne : ce que chaque point retire"),
    row(A::Radar, &[c('a')], &[S::Assessment], 2, "radar", "Barres ou radar"),
    row(A::Status, &[c(' '), k(KeyCode::Right)], &[S::Plan], 2, "état", "À faire, en cours, fait"),
    row(A::Dismiss, &[c('x')], &[S::Plan], 4, "écarter", "Écarter l'action, en disant pourquoi"),
    row(A::Owner, &[c('o')], &[S::Plan], 3, "qui", "Choisir qui s'en occupe"),
    row(A::Due, &[c('e')], &[S::Plan], 3, "échéance", "Choisir la date"),
    row(A::Note, &[c('n')], &[S::Plan], 4, "noter", "Écrire une note sur l'action"),
    row(A::Who, &[c('f')], &[S::Plan], 4, "filtrer", "Montrer les actions d'une seule personne, puis de la suivante"),
    row(A::Everything, &[c('v')], &[S::Plan], 3, "voir tout", "Montrer toutes les actions, ou les six premières"),
    row(A::Heading, &[c('t')], &[S::Preview], 3, "titre suivant", "Aller au titre suivant"),
    row(A::Where, &[c('l')], &[S::Preview], 4, "où coller", "Aller à « Où coller ce texte », en bas de la page"),
    row(A::Copy, &[c('c')], &[S::Preview], 2, "copier", "Copier le texte et l'enregistrer dans le dossier"),
    row(A::Write, &[c('e')], &[S::Documents, S::Preview], 2, "enregistrer", "Enregistrer, exporter, imprimer : choisir les formats (PDF, Word…), voir où"),
    row(A::Write, &[c('e')], &[S::Assessment], 4, "enregistrer", "Enregistrer le bilan et le plan : rapport (page, PDF), classeur, agenda"),
    row(A::Write, &[], &[S::Plan], 0, "enregistrer", "Enregistrer le bilan et le plan : rapport (page, PDF), classeur, agenda"),
    row(A::Launch, &[c('o')], &[S::Documents, S::Preview], 4, "ouvrir", "Ouvrir dans le navigateur ou le traitement de texte"),
    row(A::Why, &[c('s')], &[S::Preview], 3, "pourquoi", "Pourquoi cette phrase : réponses, obligations et sources"),
    row(A::Workshop, &[c('w')], OUTSIDE, 0, "atelier", "Mode atelier : grands espaces, conseils, minuteur"),
    row(A::Remote, &[c(' ')], &[S::Dossier, S::Choice, S::YesNo], 0, "suite", "En atelier : page ou question suivante (télécommande)"),
    row(A::Remote, &[k(KeyCode::Right), c(' ')], &[S::RoomItems], 4, "suite", "Page ou question suivante (télécommande)"),
    row(A::Restitution, &[c('R')], &[S::Dossier, S::Assessment, S::Plan, S::Documents], 0, "restituer", "Restitution : note, ce qu'il faut retenir, premières actions, textes"),
    row(A::Blank, &[c('.')], LISTS, 0, "masquer", "Masquer l'écran pendant une discussion"),
    row(A::Blank, &[k(KeyCode::F(2))], EVERYWHERE, 0, "masquer", "Masquer l'écran pendant une discussion"),
    row(A::Timer, &[c('T')], LETTERS, 0, "minuteur", "Démarrer ou arrêter le minuteur"),
    row(A::Parked, &[], OF_DOSSIER, 0, "mises de côté", "Voir les questions mises de côté"),
    row(A::Undo, &[c('u')], LISTS, 0, "annuler", "Annuler le dernier changement"),
    row(A::Undo, &[ctrl('z')], EVERYWHERE, 0, "annuler", "Annuler le dernier changement"),
    row(A::Redo, &[c('U')], LISTS, 0, "rétablir", "Rétablir ce qui vient d'être annulé"),
    row(A::Redo, &[ctrl('y')], EVERYWHERE, 0, "rétablir", "Rétablir ce qui vient d'être annulé"),
    row(A::Search, &[c('/')], &[S::Home], 4, "chercher", "Chercher un dossier par son nom"),
    row(A::Search, &[c('/')], OF_DOSSIER, 8, "chercher", "Chercher dans les questions, les réponses et les aides"),
    row(A::Search, &[ctrl('f')], ASKED, 0, "chercher", "Chercher dans les questions, les réponses et les aides"),
    row(A::Files, &[], &[S::Plan], 0, "fichiers", "Où sont mes fichiers ?"),
    row(A::Files, &[c('f')], &[S::Home, S::Dossier, S::Assessment, S::Documents], 0, "fichiers", "Où sont mes fichiers ?"),
    row(A::Theme, &[], EVERYWHERE, 0, "couleurs", "Changer de couleurs : automatique, contraste, projecteur, sans couleur"),
    row(A::Mouse, &[c('m')], LISTS, 0, "souris", "Activer ou couper la souris (Maj + glisser pour sélectionner du texte)"),
    row(A::Save, &[ctrl('s')], EVERYWHERE, 0, "enregistrer", "Enregistrer : déjà fait, chaque réponse l'est aussitôt"),
    row(A::Suspend, &[], EVERYWHERE, 0, "pause", "Mettre en pause et rendre le terminal"),
    row(A::Help, &[c('?')], LISTS, 8, "aide", "Aide sur la question et liste des touches"),
    row(A::Help, &[k(KeyCode::F(1))], EVERYWHERE, 8, "aide", "Aide sur la question et liste des touches"),
    row(A::Palette, &[c(':')], LISTS, 9, "commandes", "Toutes les commandes"),
    row(A::Palette, &[ctrl('p')], EVERYWHERE, 9, "commandes", "Toutes les commandes"),
    row(A::Back, &[k(KeyCode::Esc)], EVERYWHERE, 5, "retour", "Revenir à l'écran précédent ; rien n'est perdu"),
    row(A::Quit, &[c('q')], LISTS, 10, "quitter", "Quitter"),
    row(A::Quit, &[ctrl('c'), ctrl('q')], EVERYWHERE, 10, "quitter", "Quitter"),
];

/// The command a key stands for in a scope.
pub fn find(scope: Scope, key: Key) -> Option<Action> {
    commands(scope)
        .find(|command| command.keys.contains(&key))
        .map(|command| command.action)
}

/// The commands of a scope.
pub fn commands(scope: Scope) -> impl Iterator<Item = &'static Command> {
    COMMANDS
        .iter()
        .filter(move |command| command.scopes.contains(&scope))
}

/// The commands of a scope, one row for each action.
pub fn distinct(scope: Scope) -> Vec<&'static Command> {
    let mut out: Vec<&Command> = Vec::new();
    for command in commands(scope) {
        if !out.iter().any(|seen| seen.action == command.action) {
            out.push(command);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_a_scope() {
        for scope in Scope::ALL {
            let mut seen: Vec<(Key, Action)> = Vec::new();
            for command in commands(scope) {
                for &key in command.keys {
                    if let Some((_, other)) = seen.iter().find(|(k, _)| *k == key) {
                        panic!("{scope:?} {key:?}: {other:?} and {:?}", command.action);
                    }
                    seen.push((key, command.action));
                }
            }
        }
    }

    #[test]
    fn no_letter_is_bound_where_letters_type() {
        for scope in Scope::ALL.into_iter().filter(|scope| scope.types()) {
            for command in commands(scope) {
                let letter = command
                    .keys
                    .iter()
                    .any(|key| key.typed().is_some_and(|c| c != ' '));
                assert!(!letter, "{scope:?} {:?}", command.action);
            }
        }
    }

    #[test]
    fn no_key_needs_alt_gr() {
        for command in COMMANDS {
            for key in command.keys {
                assert!(!key.typed().is_some_and(|c| "@#{}[]|\\^~`".contains(c)));
            }
        }
    }

    #[test]
    fn every_scope_can_leave_and_get_help() {
        for scope in Scope::ALL {
            for action in [
                Action::Back,
                Action::Help,
                Action::Quit,
                Action::Up,
                Action::Down,
            ] {
                assert!(
                    commands(scope).any(|command| command.action == action),
                    "{scope:?}"
                );
            }
        }
    }
}
