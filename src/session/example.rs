//! The fictional businesses shipped with the program, opened as copies.

use jiff::civil::Date;

use crate::domain::dossier::Dossier;
use crate::storage::format;

/// A fictional business.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Its name, as its dossier gives it.
    pub name: &'static str,
    /// What it does, and what it shows.
    pub words: &'static str,
    text: &'static str,
}

/// Every fictional business, the plainest first.
pub const EXAMPLES: [Example; 5] = [
    Example {
        name: "Boulangerie Martin",
        words: "cinq salariés, site, Facebook, lettre d'information",
        text: include_str!("../../examples/boulangerie-martin/dossier.toml"),
    },
    Example {
        name: "Salon Éclat",
        words: "coiffure sans site, carte de fidélité, SMS",
        text: include_str!("../../examples/salon-eclat/dossier.toml"),
    },
    Example {
        name: "Plomberie Durand",
        words: "à son compte, démarchage par téléphone",
        text: include_str!("../../examples/plomberie-durand/dossier.toml"),
    },
    Example {
        name: "Les Bougies de Maëlle",
        words: "micro-entreprise, boutique en ligne, Instagram",
        text: include_str!("../../examples/bougies-maelle/dossier.toml"),
    },
    Example {
        name: "Aurore Conseil",
        words: "conseil entre professionnels, plusieurs points forts",
        text: include_str!("../../examples/aurore-conseil/dossier.toml"),
    },
];

impl Example {
    /// A copy of its dossier, named as an example and made on this day; nothing if it cannot be read.
    pub fn dossier(&self, today: Date) -> Option<Dossier> {
        let mut dossier = format::read(self.text.as_bytes()).ok()?.dossier;
        dossier.name = format!("Exemple : {}", self.name);
        dossier.created = today;
        // A copy is new: nobody assessed it with another catalogue.
        dossier.assessed_with = None;
        Some(dossier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_reads_and_bears_its_name() {
        for example in EXAMPLES {
            let dossier = format::read(example.text.as_bytes()).unwrap().dossier;
            assert_eq!(dossier.name, example.name);
            assert!(
                example
                    .dossier(dossier.created)
                    .unwrap()
                    .name
                    .starts_with("Exemple")
            );
        }
    }
}
