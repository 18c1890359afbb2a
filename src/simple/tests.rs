//! Transcripts: what is typed, what is said, what is on disk.

mod answering;

use std::io::Cursor;
use std::sync::Arc;

use jiff::civil::{DateTime, date};

use super::{Options, run};
use crate::content::source::Sources;
use crate::content::{self, Content};
use crate::domain::dossier::Dossier;
use crate::storage::{Store, Workspace};

fn noon() -> DateTime {
    date(2026, 11, 23).at(12, 0, 0, 0)
}

fn demo() -> Arc<Content> {
    content_of(include_str!("../tui/tests/site.toml"))
}

/// The demonstration, with this theme of the site.
fn content_of(site: &str) -> Arc<Content> {
    let file = |name: &str, text: &str| (format!("questionnaires/{name}"), text.to_owned());
    let sources = Sources::from_texts([
        file("demo.toml", include_str!("../tui/tests/demo.toml")),
        file("site.toml", site),
        file("mentions.toml", include_str!("../tui/tests/mentions.toml")),
    ]);
    match content::from_sources(sources) {
        Ok(content) => Arc::new(content.into()),
        Err(faults) => panic!("{faults}"),
    }
}

/// Types lines over a fresh workspace; gives the transcript and the dossier.
fn transcript(lines: &[&str]) -> (String, Dossier) {
    transcript_of(include_str!("../tui/tests/site.toml"), lines)
}

fn transcript_of(site: &str, lines: &[&str]) -> (String, Dossier) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        content: content_of(site),
        workspace: Workspace::at(folder.path()),
        date: date(2026, 11, 23),
        clock: noon,
        dossier: None,
    };
    let mut typed = Cursor::new(lines.join("\n").into_bytes());
    let mut out = Vec::new();
    run(&options, &mut typed, &mut out).unwrap();
    let out = String::from_utf8(out)
        .unwrap()
        .replace(folder.path().to_str().unwrap(), "[tmp]");
    let dossier = Store::open(folder.path().join("les-pains"))
        .unwrap()
        .dossier()
        .clone();
    (out, dossier)
}

const ALL: &[&str] = &[
    "Les pains",
    "2",
    "Les pains",
    "8 000",
    "12 rue du Port, 56000 Vannes",
    "contact@pains.example",
    "1, 2",
    "2",
    "oui",
    "oui",
    "non",
    "analytics",
    "oui",
    "OVH",
    "01 02 03 04 05",
    "non",
];

#[test]
fn a_whole_dossier_is_a_transcript() {
    let (out, dossier) = transcript(&[ALL, &["bilan", "plan", "documents", "quitter"]].concat());
    assert_eq!(dossier.answers.len(), 10);
    for line in out.lines() {
        let long = unicode_width::UnicodeWidthStr::width(line) > 80;
        assert!(!long || line.starts_with("aplomb"), "{line}");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_end_of_the_input_at_any_prompt_saves_and_says_how_to_resume() {
    for count in 1..=ALL.len() {
        let (out, _) = transcript(&ALL[..count]);
        assert!(out.contains("Reprenez avec"), "{count}\n{out}");
    }
}

#[test]
fn words_work_at_every_prompt_and_can_be_answers() {
    let (out, dossier) = transcript(&[
        "Les pains",
        "2",
        "=retour",
        "retour",
        "aide",
        "passer",
        "quitter",
    ]);
    assert!(out.contains("Comment") || out.contains("Exemple"), "{out}");
    let name = dossier.answers["profil.denomination"].text();
    assert_eq!(name, Some("retour"));
}

#[test]
fn faults_are_explained_and_asked_again() {
    let (out, dossier) = transcript(&["Les pains", "9", "deux", "1", "nulle part", "quitter"]);
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("Tapez un numéro de 1 à 6"), "{out}");
    assert!(out.contains("Il manque le code postal"), "{out}");
    assert_eq!(dossier.answers.len(), 1);
}

/// Types lines over a finished dossier.
fn after_all(lines: &[&str]) -> (String, Dossier) {
    let (out, dossier) = transcript(&[ALL, lines].concat());
    let from = out.find("Toutes les questions").unwrap_or(0);
    (out[from..].replace(['\u{a0}', '\n'], " "), dossier)
}

#[test]
fn every_page_is_left_by_retour_and_by_the_end_of_the_input() {
    let pages: &[&[&str]] = &[
        &["bilan"],
        &["bilan", "1"],
        &["bilan", "compte"],
        &["plan", "tout"],
        &["plan", "1"],
        &["plan", "1", "écarter"],
        &["plan", "1", "note"],
        &["documents", "1"],
        &["documents", "enregistrer"],
        &["sommaire", "1"],
        &["chercher page"],
        &["retour", "note", "une ligne"],
        &["retour", "sans objet"],
    ];
    for page in pages {
        let (out, _) = transcript(&[ALL, page].concat());
        assert!(out.contains("Reprenez avec"), "{page:?}\n{out}");
        let (out, _) =
            transcript(&[ALL, page, &["retour", "retour", "retour", "quitter"]].concat());
        let asked = out.matches("Toutes les questions ont une réponse").count();
        assert!(
            asked >= 2 || out.matches("Question 4 sur 4").count() >= 2,
            "{page:?}\n{out}"
        );
    }
}

#[test]
fn notes_of_several_lines_are_kept_and_undone() {
    let (_, dossier) = transcript(&["Les pains", "note", "Voir", "le Kbis", "", "quitter"]);
    assert_eq!(dossier.notes["profil.forme"], "Voir\nle Kbis");
    let (_, dossier) = transcript(&["Les pains", "note", "Voir", "", "annuler", "quitter"]);
    assert!(dossier.notes.is_empty());
    let (_, dossier) = transcript(&["Les pains", "note", "Voir", "retour", "quitter"]);
    assert!(dossier.notes.is_empty());
}

#[test]
fn a_checklist_goes_back_point_by_point_and_keeps_each_point() {
    let (_, dossier) = after_all(&["retour", "retour", "retour", "oui", "non", "retour", "oui"]);
    let ticks = |dossier: &Dossier| match dossier.answers["vitrine.contenu"].clone() {
        crate::domain::answer::Answer::Value(crate::domain::answer::Value::Ticks(ticks)) => ticks,
        other => panic!("{other:?}"),
    };
    let yes = crate::domain::answer::Tick::Yes;
    assert_eq!(ticks(&dossier).get("nom"), Some(&yes));
}

#[test]
fn entries_of_a_list_are_added_changed_and_taken_away() {
    let names = |dossier: &Dossier| match &dossier.answers["vitrine.hebergeurs"] {
        crate::domain::answer::Answer::Value(crate::domain::answer::Value::List(rows)) => rows
            .iter()
            .map(|row| row["nom"].clone())
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let (out, dossier) = after_all(&["retour", "modifier 1", "Gandi", "passer", "non"]);
    assert_eq!(names(&dossier), ["Gandi"], "{out}");
    assert!(out.contains("Actuellement : OVH. Entrée"), "{out}");
    let (out, dossier) = after_all(&["retour", "retirer 1"]);
    assert!(names(&dossier).is_empty(), "{out}");
    // To go back from the start of an entry gives it up.
    let (_, dossier) = after_all(&["retour", "oui", "Gandi", "retour", "retour", "quitter"]);
    assert_eq!(names(&dossier), ["OVH"]);
}

#[test]
fn actions_are_followed_and_dismissed_with_a_reason() {
    let (out, dossier) = after_all(&[
        "plan",
        "1",
        "écarter",
        "",
        "en cours",
        "qui Zoé",
        "date 12/01/2027",
        "note Appeler",
        "quitter",
    ]);
    let tracking = &dossier.actions["publier-mentions"];
    assert_eq!(tracking.status, crate::domain::dossier::Status::Doing);
    assert_eq!(tracking.owner.as_deref(), Some("Zoé"));
    assert_eq!(tracking.due, Some(date(2027, 1, 12)));
    assert_eq!(tracking.note.as_deref(), Some("Appeler"));
    assert!(out.contains("écart planifié"), "{out}");
    let (_, dossier) = after_all(&["plan", "1", "écarter", "Site fermé", "quitter"]);
    let tracking = &dossier.actions["publier-mentions"];
    assert_eq!(tracking.status, crate::domain::dossier::Status::Dismissed);
    assert_eq!(tracking.reason.as_deref(), Some("Site fermé"));
}

#[test]
fn the_plan_tells_the_note_some_actions_would_give() {
    let (out, _) = after_all(&["plan", "si 1, 2", "quitter"]);
    assert!(out.contains("Avec 2 actions faites : 100 sur 100"), "{out}");
}

#[test]
fn a_blank_is_filled_from_the_document_which_is_read_again() {
    let mut lines = ALL.to_vec();
    lines[5] = "je ne sais pas";
    let (out, dossier) = transcript(
        &[
            &lines,
            &["documents", "1", "1", "a@pains.example", "quitter"][..],
        ]
        .concat(),
    );
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("1 blanc à compléter"), "{out}");
    assert!(out.contains("Tapez : lire"), "{out}");
    // The blank is told with the question that fills it, which is then asked.
    let told = out.matches("À quelle adresse électronique vous").count();
    assert!(told >= 3, "{out}");
    assert_eq!(
        dossier.answers["profil.email"].text(),
        Some("a@pains.example")
    );
}

#[test]
fn documents_are_written_and_say_why() {
    let (out, _) = after_all(&["documents", "1", "pourquoi", "enregistrer", "", "quitter"]);
    assert!(out.contains("Votre réponse à"), "{out}");
    assert!(out.contains("2 fichiers"), "{out}");
    assert!(out.contains("Où coller ce texte"), "{out}");
}

#[test]
fn a_question_is_found_by_a_word_of_its_answer() {
    let (out, _) = after_all(&["chercher ovh", "1", "quitter"]);
    assert!(out.contains("Qui héberge votre site ? OVH."), "{out}");
    assert!(out.contains("Question 4 sur 4"), "{out}");
}

#[test]
fn a_question_that_is_not_asked_is_found_with_the_reason_and_the_way_to_it() {
    let (out, _) = transcript(&[
        "Les pains",
        "1",
        "chercher capital",
        "1",
        "chercher siren",
        "1",
        "quitter",
    ]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("Pas posées pour l’instant"), "{out}");
    assert!(
        out.contains("Pas posée : dépend de « Sous quelle forme"),
        "{out}"
    );
    assert!(
        out.contains("elle dépend de votre réponse à celle-ci. Thème 1 sur 1"),
        "{out}"
    );
    assert!(
        out.contains("Posée seulement si vous approfondissez"),
        "{out}"
    );
    // No rank among the questions asked, for one that is not.
    assert!(
        out.contains("Votre entreprise. Quel est votre numéro SIREN"),
        "{out}"
    );
}

#[test]
fn the_first_step_of_today_is_one_of_the_person_named() {
    let (out, _) = after_all(&[
        "plan",
        "1",
        "qui Paul",
        "fait",
        "retour",
        "filtrer paul",
        "quitter",
    ]);
    let out = out.replace('\u{a0}', " ");
    let (_, filtered) = out.rsplit_once("Aujourd").unwrap();
    assert!(
        filtered.starts_with("’hui : plus rien à faire pour « paul »."),
        "{out}"
    );
}

#[test]
fn a_reason_of_one_letter_is_asked_again() {
    let (out, dossier) = transcript(
        &[
            &ALL[..7],
            &[
                "chercher carte",
                "1",
                "sans objet",
                "s",
                "Site fermé",
                "quitter",
            ],
        ]
        .concat(),
    );
    assert!(out.contains("Dites pourquoi en deux mots"), "{out}");
    let told = dossier.answers.values().filter_map(|answer| match answer {
        crate::domain::answer::Answer::NotApplicable { reason } => Some(reason.as_str()),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), ["Site fermé"]);
}

#[test]
fn a_slip_is_not_taken_for_an_answer_nor_left_without_a_word() {
    let (out, dossier) = transcript(&["Les pains", "2", "aidee", "aide", "quitterr", "oui"]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("Vouliez-vous dire « aide » ?"), "{out}");
    assert_eq!(
        dossier.answers["profil.denomination"].text(),
        Some("quitterr")
    );
    let (out, _) = after_all(&["bilan", "aidee", "zut", "retour", "retourr", "quitter"]);
    assert!(out.contains("Vouliez-vous dire « aide » ?"), "{out}");
    assert!(
        out.contains("Mot inconnu : « zut ». Tapez un numéro"),
        "{out}"
    );
    assert!(out.contains("Vouliez-vous dire « retour » ?"), "{out}");
}

#[test]
fn an_answer_replaced_is_told_and_a_question_mark_asks_for_help() {
    let (out, dossier) = transcript(&["Les pains", "2", "retour", "?", "quitter"]);
    assert!(out.contains("Exemple"), "{out}");
    assert_eq!(dossier.answers["profil.forme"].text(), Some("societe"));
    let (out, _) = transcript(&["Les pains", "2", "retour", "1", "quitter"]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("Remplace « "), "{out}");
    assert!(out.contains(" ; « annuler » le rend."), "{out}");
}

#[test]
fn what_is_undone_is_named() {
    let (out, _) = transcript(&["Les pains", "2", "annuler", "quitter"]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("Annulé : la réponse à « "), "{out}");
}

#[test]
fn an_empty_plan_says_how_it_fills() {
    let (out, _) = transcript(&["Les pains", "plan", "quitter"]);
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("Le plan se remplit"), "{out}");
}

#[test]
fn an_action_named_by_a_question_keeps_its_sign_and_no_full_stop() {
    let (out, _) =
        transcript(&[&ALL[..8], &["je ne sais pas", "plan", "tout", "quitter"]].concat());
    let out = out.replace(['\u{a0}', '\n'], " ");
    assert!(out.contains("cette page ? À"), "{out}");
    assert!(!out.contains("?."), "{out}");
}

#[test]
fn an_entry_left_halfway_is_kept() {
    let before = &ALL[..13];
    for last in ["quitter", "sommaire", "=OVH SAS"] {
        // The end of the input comes after the last line.
        let (out, dossier) = transcript(&[before, &["OVH", last]].concat());
        assert!(out.contains("La fiche reste à compléter"), "{last}\n{out}");
        let kept = dossier.answers["vitrine.hebergeurs"].value();
        let Some(crate::domain::answer::Value::List(entries)) = kept else {
            panic!("{kept:?}");
        };
        assert_eq!(entries[0]["nom"], "OVH", "{last}");
    }
}

#[test]
fn documents_tell_the_files_that_are_not_needed_any_more_once() {
    let (out, _) = after_all(&[
        "documents",
        "enregistrer",
        "",
        "retour",
        "chercher ligne",
        "1",
        "2",
        "documents",
        "enregistrer",
        "",
        "quitter",
    ]);
    let told = out.matches("plus nécessaire").count();
    assert!(told > 0, "{out}");
    assert!(out.contains("Supprimez-le"), "{out}");
}

#[test]
fn a_list_of_one_point_is_answered_in_a_word() {
    let (out, _) = transcript(&["Les pains", "2", "chercher dit cette page", "quitter"]);
    assert!(!out.contains("oui sur 1"), "{out}");
}

#[test]
fn an_assessment_before_any_answer_says_that_nothing_is_answered() {
    // The profile alone: nothing that counts.
    let (out, _) = transcript(&["Les pains", "2", "Les pains", "bilan", "quitter"]);
    assert!(!out.contains("Trop peu de critères"), "{out}");
    assert!(out.contains("Rien n’est encore répondu"), "{out}");
}

#[test]
fn an_entry_without_all_it_has_to_say_is_kept_and_told() {
    let lines = [
        "retour",
        "oui",
        "passer",
        "01 02 03 04 06",
        "non",
        "retour",
        "retirer 1",
    ];
    let (out, dossier) = after_all(&lines);
    assert!(
        out.contains("Il reste à préciser : Nom de l’hébergeur."),
        "{out}"
    );
    assert!(out.contains("« modifier 2 » y revient."), "{out}");
    assert!(out.contains("Fiche incomplète."), "{out}");
    let kept = dossier.answers["vitrine.hebergeurs"].value();
    let Some(crate::domain::answer::Value::List(entries)) = kept else {
        panic!("{kept:?}");
    };
    assert_eq!(entries[0]["telephone"], "0102030406");
    // What is on file is recalled as a person writes it.
    let (out, _) = after_all(&["retour", "modifier 1", "passer", "passer", "non"]);
    assert!(out.contains("Actuellement : 01 02 03 04 05"), "{out}");
}

#[test]
fn an_address_abroad_is_typed_on_one_line() {
    let address = "Rue de la Loi 16, 1000 Bruxelles, Belgique";
    let typed = ["1 Main Street, Dublin", address, "retour"];
    let (out, dossier) = transcript(&[&ALL[..4], &typed].concat());
    assert!(out.contains("finissez par le pays"), "{out}");
    assert!(out.contains(address), "{out}");
    let kept = dossier.answers["profil.adresse"].value();
    let Some(crate::domain::answer::Value::Record(parts)) = kept else {
        panic!("{kept:?}");
    };
    assert_eq!(
        (parts["city"].as_str(), parts["country"].as_str()),
        ("Bruxelles", "Belgique")
    );
}

/// Types lines on the first screen over a fresh workspace; gives the transcript and the dossiers.
fn started(lines: &[&str]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        content: content_of(include_str!("../tui/tests/site.toml")),
        workspace: Workspace::at(folder.path()),
        date: date(2026, 11, 23),
        clock: noon,
        dossier: None,
    };
    let mut out = Vec::new();
    run(&options, &mut Cursor::new(lines.join("\n")), &mut out).unwrap();
    let listed = options.workspace.list().unwrap();
    let names = listed.map(|summary| summary.name).collect();
    (String::from_utf8(out).unwrap(), names)
}

#[test]
fn a_slip_on_the_first_screen_makes_no_dossier() {
    for slip in ["quiter", "Q", "exemple", "fichiers", "chercher zut", "aide"] {
        let (out, names) = started(&[slip]);
        assert_eq!(names, [""; 0], "{slip}\n{out}");
    }
    let (out, names) = started(&["quiter", "non", "Q", "oui"]);
    assert_eq!(names, ["Q"], "{out}");
    assert!(out.contains("Vouliez-vous dire"), "{out}");
    // What stands after an equals sign is a name, whatever it looks like.
    assert_eq!(started(&["=quiter"]).1, ["quiter"]);
}

#[test]
fn an_example_is_tried_in_lines_too_and_the_list_tells_how_far_it_is() {
    let (out, names) = started(&["exemple", "exemple 3"]);
    assert!(out.contains("3. Plomberie Durand"), "{out}");
    assert_eq!(names, ["Exemple : Plomberie Durand"]);
}

#[test]
fn a_stranger_in_a_document_does_not_read_its_blanks_again() {
    let before: &[&str] = &[&ALL[..2], &["documents", "1"]].concat();
    let (plain, _) = transcript(&[before, &["quitter"]].concat());
    let (out, _) = transcript(&[before, &["zzz", "quitter"]].concat());
    assert!(out.contains("Mot inconnu"), "{out}");
    let blanks = |out: &str| out.matches("à compléter :").count();
    assert_eq!(blanks(&out), blanks(&plain));
}

#[test]
fn activities_are_opened_by_number() {
    let (out, _) = transcript(
        &[
            &ALL[..2],
            &["traitements", "+Caméras", "99", "1", "quitter"],
        ]
        .concat(),
    );
    let out = out.replace('\u{a0}', " ");
    assert!(out.contains("1. "), "{out}");
    assert_eq!(out.matches("dans la liste").count(), 1, "{out}");
    assert!(out.contains("propre-cameras"), "{out}");
}

#[test]
fn the_report_and_the_plan_are_written_from_the_assessment() {
    let (out, _) = transcript(&[ALL, &["bilan", "enregistrer", "quitter"]].concat());
    for name in ["bilan.html", "bilan.pdf", "plan.xlsx", "plan.ics"] {
        assert!(out.contains(name), "{name}\n{out}");
    }
    assert!(out.contains("4 fichiers écrits"), "{out}");
}
