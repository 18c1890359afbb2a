//! Laws that Aplomb does not go through: their thresholds, and whom to see.

use super::dossier::{says, sends_to_a_lawyer};
use super::support::Aplomb;

#[test]
fn three_questions_give_the_thresholds_and_dates_of_the_other_laws() {
    says(
        &help("socle.etranger"),
        &[
            "26 625 000",
            "100 000",
            "1er janvier 2025",
            "1er janvier 2027",
            "PIPEDA",
            "Loi 25",
            "HIPAA",
            "Royaume-Uni, Suisse",
            "été relu",
        ],
    );
    says(
        &help("socle.nis-2"),
        &["moyennes ou grandes", "6 août 2026", "5 septembre 2026"],
    );
    says(&help("socle.seuils"), &["moins de dix personnes", "ou"]);
}

/// The help of a question, with plain spaces.
fn help(id: &str) -> String {
    let questions = Aplomb::new().json(["questions", "--json"]);
    let rows = questions["questions"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id).unwrap();
    let help = row["help"].as_str().unwrap();
    help.replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
#[test]
fn another_law_that_may_apply_leads_to_a_lawyer() {
    for (answers, item, action) in [
        (
            "\"socle.etranger\" = [\"californie\"]\n\"socle.seuils\" = [\"ca-californie\"]\n",
            "seuils-californiens",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"quebec\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"royaume-uni\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.etranger\" = [\"sante-americaine\"]\n",
            "droit-du-pays",
            "verifier-les-lois-etrangeres",
        ),
        (
            "\"socle.nis-2\" = [\"metier-vise\"]\n",
            "nis-2-verifie",
            "verifier-nis-2",
        ),
        (
            "\"socle.nis-2\" = [\"secteur-liste\"]\n\"socle.seuils\" = [\"taille-moyenne\"]\n",
            "nis-2-verifie",
            "verifier-nis-2",
        ),
        (
            "\"socle.nis-2\" = [\"grand-client\"]\n",
            "exigences-ecrites",
            "verifier-nis-2",
        ),
    ] {
        sends_to_a_lawyer(
            &format!(
                "\"profil.fichiers\" = [\"clients\"]\n{answers}\"socle.organisation\" = {{ {item} = \"non\" }}\n"
            ),
            action,
        );
    }
}
