//! The French for what a TOML parser says of a badly written line.

/// Says in French what the parser says in English, without a final stop.
pub fn french(message: &str) -> &'static str {
    const FAMILIES: &[(&str, &str)] = &[
        ("duplicate key", "cette clé est écrite deux fois"),
        (
            "unquoted key",
            "cette clé est mal écrite, mettez-la entre guillemets droits",
        ),
        ("recurs", "les éléments sont imbriqués trop profondément"),
        (
            "string values must be quoted",
            "un texte doit être entre guillemets droits",
        ),
        (
            "opening quote",
            "un texte doit être entre guillemets droits",
        ),
        (
            "invalid basic string",
            "le texte n'est pas fermé par un guillemet droit",
        ),
        (
            "invalid literal string",
            "le texte n'est pas fermé par une apostrophe droite",
        ),
        (
            "escape",
            "après une barre oblique inverse, seuls n, t, r, \\, \" ou u sont permis",
        ),
        ("unicode", "ce numéro de caractère n'existe pas"),
        ("key with no value", "cette clé n'a pas de valeur"),
        ("missing value", "il manque une valeur"),
        (
            "unclosed array",
            "une liste n'est pas fermée par un crochet",
        ),
        ("unclosed inline table", "il manque une accolade fermante"),
        (
            "unclosed table",
            "le titre de la partie n'est pas fermé par un crochet",
        ),
        ("missing comma", "il manque une virgule"),
        ("extra comma", "il y a une virgule de trop"),
        ("missing assignment", "il manque le signe ="),
        ("number", "ce nombre est mal écrit"),
        ("date", "cette date est mal écrite"),
        ("key", "cette clé est mal écrite"),
    ];
    FAMILIES
        .iter()
        .find(|(english, _)| message.contains(english))
        .map_or("cette ligne est mal écrite", |(_, french)| french)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_said_in_french() {
        assert_eq!(french("duplicate key"), "cette clé est écrite deux fois");
        assert_eq!(french("something new"), "cette ligne est mal écrite");
    }
}
