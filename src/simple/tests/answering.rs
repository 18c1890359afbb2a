//! What is typed at a question besides a plain answer: lists, erasing, undoing, putting aside.

use std::collections::BTreeMap;
use std::io::Cursor;

use jiff::civil::date;

use super::super::{Options, run};
use super::{ALL, after_all, demo, noon, transcript, transcript_of};
use crate::domain::answer::{Tick, Value};
use crate::domain::dossier::Dossier;
use crate::storage::{Discussion, Workspace};

fn set(dossier: &Dossier, question: &str) -> Vec<String> {
    match dossier.answers[question].value() {
        Some(Value::Set(ids)) => ids.clone(),
        other => panic!("{other:?}"),
    }
}

fn hosts(dossier: &Dossier) -> Vec<BTreeMap<String, String>> {
    match dossier.answers["vitrine.hebergeurs"].value() {
        Some(Value::List(rows)) => rows.clone(),
        other => panic!("{other:?}"),
    }
}

/// The demonstration with a single host, whose telephone is asked first.
fn single_host(lines: &[&str]) -> (String, Dossier) {
    let site = include_str!("../../tui/tests/site.toml");
    let single = site.replace("fields = [\n", "max_entries = 1\nfields = [\n");
    assert_ne!(single, site);
    let (out, dossier) = transcript_of(&single, &[&ALL[..15], lines].concat());
    (out.replace(['\u{a0}', '\n'], " "), dossier)
}

#[test]
fn a_service_named_is_added_to_those_known_and_the_answer_is_told() {
    let services = "vitrine.services";
    let back = &["retour", "retour"];
    let (out, dossier) = after_all(&[back, &["youtube", "quitter"][..]].concat());
    assert_eq!(set(&dossier, services), ["google-analytics", "youtube"]);
    assert!(
        out.contains("Réponse : Google Analytics 4, YouTube. Continuez"),
        "{out}"
    );
    assert!(!out.contains("Remplace"), "{out}");
    let (out, dossier) = after_all(&[back, &["retirer analytics", "quitter"][..]].concat());
    assert!(set(&dossier, services).is_empty());
    assert!(out.contains("Réponse : aucun."), "{out}");
    // The first answer is told as well.
    let (out, _) = transcript(&ALL[..12]);
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("Réponse : Google Analytics 4."), "{out}");
    // What the search finds by another word than the name is not taken without asking.
    let (out, dossier) = after_all(&[back, &["google", "quitter"][..]].concat());
    assert!(out.contains("« google » : précisez"), "{out}");
    assert_eq!(set(&dossier, services), ["google-analytics"]);
    for (typed, told) in [
        ("ajouter", "comme : ajouter YouTube"),
        ("retirer", "comme : retirer YouTube"),
        (
            "retirer youtube",
            "« youtube » n’est pas dans votre réponse",
        ),
        ("analytics", "Déjà dans votre réponse"),
        ("chercher", "Tapez « chercher » et un mot, comme"),
    ] {
        let (out, dossier) = after_all(&[back, &[typed, "quitter"][..]].concat());
        assert!(out.contains(told), "{typed}: {out}");
        assert_eq!(set(&dossier, services), ["google-analytics"], "{typed}");
    }
}

#[test]
fn an_empty_line_keeps_a_field_and_a_word_empties_it() {
    let (_, dossier) = after_all(&["retour", "modifier 1", "", "02 97 00 00 01", "non"]);
    let row = &hosts(&dossier)[0];
    assert_eq!(row["nom"], "OVH");
    assert_eq!(row["telephone"], "0297000001");
    let (out, dossier) = after_all(&["retour", "modifier 1", "", "effacer", "non"]);
    assert!(!hosts(&dossier)[0].contains_key("telephone"));
    assert!(out.contains("« effacer » pour vider"), "{out}");
    assert!(out.contains("Champ vidé."), "{out}");
    // Who does not know leaves it empty too.
    let (out, dossier) = after_all(&["retour", "modifier 1", "", "je sais pas", "non"]);
    assert!(!hosts(&dossier)[0].contains_key("telephone"));
    assert!(out.contains("Champ laissé vide."), "{out}");
}

#[test]
fn to_undo_inside_an_answer_never_touches_another_question() {
    let whole = after_all(&["quitter"]).1.answers;
    for inside in [
        // Why a rule does not concern: the question of the page.
        &[
            "retour",
            "retour",
            "retour",
            "retour",
            "sans objet",
            "annuler",
        ][..],
        // The first field of an entry, then the second.
        &["retour", "oui", "annuler"],
        &["retour", "oui", "Gandi", "annuler", "annuler"],
        // The first line of a list of points, nothing being ticked yet.
        &["retour", "retour", "retour", "oui", "annuler"],
        // After an entry left empty.
        &["retour", "oui", "", "", "annuler"],
        // What an action is noted or dismissed with.
        &["plan", "1", "note", "annuler"],
        &["plan", "1", "écarter", "annuler"],
        // A note.
        &["note", "retour", "note", "voir", "annuler"],
    ] {
        let (out, dossier) = after_all(&[inside, &["quitter"]].concat());
        assert_eq!(dossier.answers, whole, "{inside:?}\n{out}");
        assert!(!out.contains("Annulé : "), "{inside:?}\n{out}");
        assert!(dossier.notes.is_empty(), "{inside:?}");
    }
}

#[test]
fn to_undo_a_point_comes_back_to_its_line() {
    let points = &ALL[..9];
    let (out, dossier) = transcript(&[points, &["non", "annuler", "oui", "non"]].concat());
    let out = out.replace(['\u{a0}', '\n'], " ");
    let asked = out.matches("Ligne 1 sur 2").count();
    assert_eq!(asked, 2, "{out}");
    let Some(Value::Ticks(ticks)) = dossier.answers["vitrine.contenu"].value() else {
        panic!("{dossier:?}");
    };
    assert_eq!(ticks["nom"], Tick::Yes);
    assert_eq!(ticks["hebergeur"], Tick::No);
}

#[test]
fn the_only_entry_is_changed_and_what_is_not_understood_is_told() {
    let (out, dossier) = single_host(&["retour", "hier", "oui", "Gandi", "", "quitter"]);
    assert_eq!(hosts(&dossier)[0]["nom"], "Gandi");
    assert_eq!(hosts(&dossier).len(), 1);
    assert!(!out.contains("pleine"), "{out}");
    assert!(out.contains("Mot inconnu : « hier »."), "{out}");
    assert!(out.contains("« oui » pour modifier la fiche"), "{out}");
    // Said once when it is filled, and not at all when nothing changed.
    let saved = out.matches("Fiche enregistrée").count();
    assert_eq!(saved, 0, "{out}");
    let (out, _) = single_host(&["retour", "oui", "", "", "quitter"]);
    assert!(out.contains("Fiche inchangée."), "{out}");
    let (_, dossier) = single_host(&["retour", "retirer", "quitter"]);
    assert!(hosts(&dossier).is_empty());
    // Of several, the end of the list is a plain no.
    let (out, dossier) = after_all(&["retour", "oui", "Gandi", "", "Scaleway", "non", "quitter"]);
    assert!(out.contains("Mot inconnu : « Scaleway »"), "{out}");
    assert_eq!(hosts(&dossier).len(), 2);
}

#[test]
fn the_help_of_a_field_has_no_marks() {
    let site = include_str!("../../tui/tests/site.toml");
    let marked = site.replace("sur la facture annuelle", "sur la **facture**");
    assert_ne!(marked, site);
    let (out, _) = transcript_of(&marked, &[&ALL[..13], &["aide"]].concat());
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("C’est écrit sur la facture."), "{out}");
}

#[test]
fn back_from_a_question_found_leads_to_what_was_found() {
    let (out, _) = after_all(&[
        "retour",
        "chercher capital",
        "1",
        "retour",
        "retour",
        "quitter",
    ]);
    let found = out.matches("Tapez le numéro d’une question").count();
    assert_eq!(found, 2, "{out}");
    // From the list, back to where one was.
    assert_eq!(out.matches("Qui héberge votre site").count(), 2, "{out}");
    let (out, _) = after_all(&["chercher", "quitter"]);
    assert!(out.contains("comme : chercher"), "{out}");
}

#[test]
fn a_choice_is_named_by_the_start_of_its_label() {
    let (_, dossier) = transcript(&["Les pains", "entreprise individuelle", "quitter"]);
    assert_eq!(dossier.answers["profil.forme"].text(), Some("ei"));
    // Several are named or numbered alike.
    for typed in ["1 et 2", "2; 1", "un site internet, 2", "reseaux, site"] {
        let (_, dossier) = transcript(&[&ALL[..6], &[typed, "quitter"]].concat());
        assert_eq!(set(&dossier, "profil.presence"), ["site", "reseaux"]);
    }
    let (out, _) = transcript(&[&ALL[..6], &["1, un blog", "1, 9", "quitter"]].concat());
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("Mot inconnu : « un blog »"), "{out}");
    assert!(out.contains("« 9 » n’est pas un numéro de 1 à 3"), "{out}");
    // A comma alone is no answer.
    let (_, dossier) = transcript(&[&ALL[..6], &[",", "quitter"]].concat());
    assert!(!dossier.answers.contains_key("profil.presence"));
}

#[test]
fn an_answer_is_erased_and_given_back() {
    let (out, dossier) = transcript(&["Les pains", "2", "retour", "effacer", "quitter"]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(dossier.answers.is_empty(), "{out}");
    assert!(out.contains("Efface « Société"), "{out}");
    assert!(out.contains("« annuler » le rend"), "{out}");
    let (_, dossier) = transcript(&["Les pains", "2", "retour", "effacer", "annuler", "quitter"]);
    assert_eq!(dossier.answers["profil.forme"].text(), Some("societe"));
    let (out, _) = transcript(&["Les pains", "effacer", "quitter"]);
    assert!(out.contains("pas de réponse à effacer"), "{out}");
    // A line of a list, and a note.
    let erased = &["retour", "retour", "retour", "oui", "effacer", "passer"];
    let (_, dossier) = after_all(erased);
    let Some(Value::Ticks(ticks)) = dossier.answers["vitrine.contenu"].value() else {
        panic!("{dossier:?}");
    };
    assert_eq!(ticks.len(), 1);
    let (_, dossier) = transcript(&["Les pains", "note", "Voir", "", "note", "effacer"]);
    assert!(dossier.notes.is_empty());
}

#[test]
fn a_dossier_is_renamed_and_its_files_are_told() {
    let (out, dossier) = transcript(&["Les pains", "renommer Au bon pain", "fichiers"]);
    let out = out.replace('\u{a0}', " ");
    assert_eq!(dossier.name, "Au bon pain");
    assert!(out.contains("\n[tmp]/les-pains\n"), "{out}");
    // Neither has the question read again.
    assert_eq!(out.matches("Question 1 sur 4").count(), 1, "{out}");
    assert!(out.contains("enregistré : Au bon pain"), "{out}");
    let (out, dossier) = transcript(&["Les pains", "renommer Au bon pain", "annuler", "renommer"]);
    assert_eq!(dossier.name, "Les pains");
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("comme : renommer"), "{out}");
}

#[test]
fn questions_put_aside_are_listed_and_taken_back() {
    let aside = &["retour", "de côté"];
    let (out, _) = after_all(&[aside, &["sommaire", "3", "1", "de côté", "de côté"][..]].concat());
    assert!(out.contains("1 question mise de côté"), "{out}");
    assert!(out.contains("3. 1 question mise de côté"), "{out}");
    assert!(out.contains("Question reprise."), "{out}");
    // They outlive the session, and the full screen reads them.
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options {
        content: demo(),
        workspace: Workspace::at(folder.path()),
        date: date(2026, 11, 23),
        clock: noon,
        dossier: None,
    };
    let mut say = |lines: &str| {
        let mut out = Vec::new();
        run(&options, &mut Cursor::new(lines.to_owned()), &mut out).unwrap();
        options.dossier = Some(folder.path().join("les-pains"));
        String::from_utf8(out).unwrap().replace('\u{a0}', " ")
    };
    say("Les pains\nde côté\n");
    let out = say("bilan\nde côté\n1\n");
    assert!(out.contains("Question mise de côté"), "{out}");
    let parked = Discussion::read(&folder.path().join("les-pains")).parked;
    assert_eq!(parked, ["profil.forme"]);
}
