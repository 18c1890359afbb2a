//! Outdated or misleading phrases that no text of ours may hold, and that old texts often do.
//!
//! Used on our own templates by the lint, and on any text by whoever wants to check one.

use super::french::letters;

/// A phrase to avoid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// What was found, as a reader would say it.
    pub phrase: &'static str,
    /// Why it must go, and what to write instead.
    pub reason: &'static str,
}

struct Rule {
    /// Any of these, case, accents, spaces and marks aside.
    any: &'static [&'static str],
    phrase: &'static str,
    reason: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        any: &[
            "ec.europa.eu/consumers/odr",
            "webgate.ec.europa.eu/odr",
            "règlement en ligne des litiges",
            "plateforme rll",
            "plateforme odr",
        ],
        phrase: "plateforme européenne de règlement en ligne des litiges",
        reason: "elle est fermée depuis le 20 juillet 2025 : gardez seulement le médiateur",
    },
    Rule {
        any: &[
            "déclaration cnil n",
            "déclaré à la cnil",
            "déclarée à la cnil",
            "déclaration à la cnil sous le n",
            "correspondant informatique et libertés",
            "mentions cnil",
        ],
        phrase: "déclaration à la CNIL",
        reason: "les fichiers ne se déclarent plus depuis le 25 mai 2018",
    },
    Rule {
        any: &[
            "vous acceptez notre politique",
            "vous acceptez la politique de confidentialité",
            "j'accepte la politique de confidentialité",
            "vous acceptez notre politique de confidentialité",
        ],
        phrase: "vous acceptez notre politique",
        reason: "une information ne s'accepte pas : elle se donne",
    },
    Rule {
        any: &[
            "article 6-iii",
            "article 6, iii",
            "article 6 iii",
            "articles 38 à 40",
            "articles 39 et 40 de la loi",
        ],
        phrase: "ancien numéro d'article",
        reason: "depuis le 23 mai 2024 les mentions relèvent de l'article 1-1 de la loi du 21 juin 2004 ; les articles 38 à 40 de la loi de 1978 ont changé de contenu",
    },
    Rule {
        any: &["répertoire des métiers"],
        phrase: "répertoire des métiers",
        reason: "le registre national des entreprises l'a remplacé le 1er janvier 2023",
    },
    Rule {
        any: &[
            "jamais transmises",
            "ne sont jamais transmis",
            "ne sont transmises à aucun tiers",
        ],
        phrase: "vos données ne sont jamais transmises",
        reason: "c'est faux dès qu'un prestataire héberge le site ou envoie les messages : nommez-les",
    },
    Rule {
        any: &[
            "aussi longtemps que nécessaire",
            "pour toute la durée nécessaire",
            "le temps nécessaire.",
        ],
        phrase: "aussi longtemps que nécessaire",
        reason: "donnez une durée, ou ce qui la fixe",
    },
    Rule {
        any: &[
            "sauf avis contraire",
            "sauf opposition de votre part",
            "en passant commande vous acceptez de recevoir",
        ],
        phrase: "accord sauf avis contraire",
        reason: "un accord se donne en cochant une case vide",
    },
    Rule {
        any: &[
            "copie de votre pièce d'identité",
            "photocopie de votre pièce d'identité",
            "joindre une pièce d'identité",
        ],
        phrase: "pièce d'identité exigée",
        reason: "elle ne se demande qu'en cas de doute raisonnable sur l'identité",
    },
    Rule {
        any: &[
            "reconduit tacitement",
            "tacite reconduction de votre accord",
        ],
        phrase: "accord reconduit tacitement",
        reason: "un accord pour le téléphone ne se renouvelle pas tout seul",
    },
];

/// The phrase that left the law on 11 August 2026 and is right before.
const OPPOSITION_LIST: Rule = Rule {
    any: &["bloctel", "liste d'opposition au démarchage téléphonique"],
    phrase: "Bloctel",
    reason: "la liste a pris fin le 11 août 2026 : il faut désormais l'accord de la personne avant d'appeler",
};

/// Phrases to avoid in a text in force today.
pub fn check(text: &str) -> Vec<Warning> {
    let text: String = letters(text).collect();
    let holds = |phrase: &&str| text.contains(&letters(phrase).collect::<String>());
    let found = |rule: &&Rule| rule.any.iter().any(holds);
    RULES
        .iter()
        .chain([&OPPOSITION_LIST])
        .filter(found)
        .map(|rule| Warning {
            phrase: rule.phrase,
            reason: rule.reason,
        })
        .collect()
}

/// Place of the first phrase to avoid whatever the day, for the bodies of clauses.
pub(super) fn first(text: &str) -> Option<Warning> {
    check(text)
        .into_iter()
        .find(|warning| warning.phrase != OPPOSITION_LIST.phrase)
}

/// Tells whether a text names the list that ended on 11 August 2026.
pub(super) fn names_opposition_list(text: &str) -> bool {
    check(text)
        .iter()
        .any(|warning| warning.phrase == OPPOSITION_LIST.phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outdated_phrases_are_found() {
        for text in [
            "https://ec.europa.eu/consumers/odr/",
            "Déclaration CNIL n° 123456",
            "En envoyant ce formulaire, vous acceptez notre politique de confidentialité.",
            "Inscrivez-vous sur Bloctel.",
            "Vos données ne sont jamais transmises à des tiers",
            "conservées aussi longtemps que nécessaire",
            "Conformément à l’article 6, III de la loi",
        ] {
            assert_eq!(check(text).len(), 1, "{text}");
        }
        assert_eq!(check("Vous pouvez saisir la CNIL."), []);
    }
}
