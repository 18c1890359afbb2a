//! The commands as other programs see them: JSON keys, exit codes, messages.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod activities;
mod answers;
mod assessment;
mod documents;
mod dossiers;
mod law;
mod manual;
mod pdf;
mod plan;
mod proofs;
mod questions;
mod refusals;
#[cfg(unix)]
mod rights;
#[path = "../support/program.rs"]
mod support;
mod trust;
mod versions;

use serde_json::Value;

const EI: &str = r#"
[answers]
"profil.forme" = "ei"
"profil.exploitant" = "Marc Durand"
"profil.registre" = "rne-artisan"
"profil.siren" = "004 711 032"
"profil.adresse" = "8 chemin des Vignes, 33000 Bordeaux"
"profil.telephone" = "05 00 00 00 04"
"profil.email" = "marc@plomberie-durand.example"
"profil.clients" = ["particuliers"]
"profil.presence" = ["site"]
"profil.prospection" = ["telephone", "courrier"]
"profil.fidelite" = "non"
"profil.formulaires" = ["aucun"]
"profil.fichiers" = ["clients", "prospects"]
"#;

const SHOP: &str = r#"
[answers]
"profil.forme" = "ei"
"profil.exploitant" = "Marc Durand"
"profil.clients" = ["particuliers"]
"profil.presence" = ["site"]
"profil.fidelite" = "non"
"profil.formulaires" = ["contact"]
"profil.fichiers" = ["clients"]
"#;

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn has_keys(value: &Value, expected: &[&str]) {
    for key in expected {
        assert!(
            keys(value).contains(key),
            "{key} is missing of {:?}",
            keys(value)
        );
    }
}

fn question<'j>(questions: &'j Value, id: &str) -> &'j Value {
    let rows = questions["questions"].as_array().unwrap();
    rows.iter()
        .find(|row| row["id"] == id)
        .unwrap_or_else(|| panic!("{id}"))
}
