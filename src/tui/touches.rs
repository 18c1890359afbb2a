//! The page of the documentation about keys, written from the one table of actions.

use std::fmt::Write as _;

use super::glyphs::GlyphSet;
use super::keymap::{self, Scope};

/// `docs/touches.md`, in French.
pub fn page() -> String {
    let glyphs = GlyphSet::Standard.glyphs();
    let mut out = String::from(
        "# Les touches\n\n\
         Les flèches, Entrée, Échap et Tab suffisent pour tout faire ; les lettres vont plus vite. Rien ne demande\n\
         AltGr. Le pied de l'écran ne montre que ce qui marche à cet endroit, `?` ou F1 l'explique, `:` ou Ctrl+P\n\
         trouve une commande par son nom. À la souris, un clic choisit, un second valide, la molette fait défiler ;\n\
         Maj + glisser (Option sur Mac) sélectionne du texte.\n\n\
         Cette page est écrite à partir de la table des touches du programme.\n",
    );
    for scope in Scope::ALL {
        let _ = write!(
            out,
            "\n## {}\n\n| Touches | Ce qu'elles font |\n|---|---|\n",
            scope.label()
        );
        for command in keymap::distinct(scope) {
            let labels: Vec<String> = keymap::commands(scope)
                .filter(|other| other.action == command.action)
                .flat_map(|other| keymap::labels(other, &glyphs))
                .map(|label| format!("`{label}`"))
                .collect();
            let labels = if labels.is_empty() {
                "par les commandes".to_owned()
            } else {
                labels.join(" ")
            };
            let _ = writeln!(out, "| {labels} | {} |", command.long);
        }
        if matches!(scope, Scope::Choice | Scope::YesNo) {
            out.push_str(
                "\nSur un clavier français, les chiffres se tapent aussi sans Maj : `&` `é` `\"` `'` `(` `-` `è` `_` `ç`.\n",
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    /// Write the page again with `APLOMB_REECRIRE=1 cargo test touches`.
    #[test]
    fn the_documentation_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/touches.md");
        if std::env::var_os("APLOMB_REECRIRE").is_some() {
            std::fs::write(path, super::page()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            written.replace('\r', "") == super::page(),
            "docs/touches.md differs from the table of keys: \
             APLOMB_REECRIRE=1 cargo test --lib touches"
        );
    }
}
