//! The commands as other programs see them: JSON keys, exit codes, messages.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "support/program.rs"]
mod support;

use std::fs;

use serde_json::{Value, json};
use support::{Aplomb, contents, is_safe};

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

#[test]
fn questions_give_the_keys_of_the_contract() {
    let aplomb = Aplomb::new();
    let all = aplomb.json(["questions", "--json"]);
    for row in all["questions"].as_array().unwrap() {
        has_keys(
            row,
            &[
                "id",
                "questionnaire",
                "kind",
                "text",
                "severity",
                "depth",
                "applicable",
                "why_hidden",
                "answer",
                "options",
                "items",
                "obligations",
                "references",
                "valid_from",
                "valid_until",
            ],
        );
        for option in row["options"].as_array().unwrap() {
            has_keys(option, &["id", "label", "conformity"]);
            if row["kind"] == "catalogue" {
                let day = |key| option[key].as_str().unwrap();
                assert!(day("checked_on") < day("review_by"), "{option}");
                assert!(option["verified"].is_boolean());
            }
        }
        let id = row["id"].as_str().unwrap();
        assert!(id.starts_with(&format!("{}.", row["questionnaire"].as_str().unwrap())));
    }
}

#[test]
fn an_assessment_gives_the_keys_of_the_contract_and_adds_up() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let json = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    has_keys(
        &json,
        &[
            "date",
            "score",
            "interval",
            "coverage",
            "level",
            "level_before_cap",
            "cap_reason",
            "provisional",
            "themes",
            "findings",
        ],
    );
    for theme in json["themes"].as_array().unwrap() {
        has_keys(
            theme,
            &[
                "id",
                "title",
                "score",
                "interval",
                "coverage",
                "level",
                "answered",
                "applicable",
            ],
        );
    }
    for finding in json["findings"].as_array().unwrap() {
        has_keys(
            finding,
            &[
                "question",
                "item",
                "obligations",
                "severity",
                "status",
                "loss",
                "references",
            ],
        );
    }
    assert_eq!(json["provisional"], true);
}

#[test]
fn a_gap_is_shown_with_the_answer_that_makes_it() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    aplomb.run(["repondre", "plomberie-durand", "socle.conservation=jamais"]);
    let json = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    let findings = json["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["question"] == "socle.conservation")
        .unwrap();
    let shown = format!(
        "{} {}",
        finding["text"].as_str().unwrap(),
        finding["answer"].as_str().unwrap()
    );
    let text = aplomb.run(["bilan", "plomberie-durand"]).stdout;
    assert!(text.contains(&shown), "{text}");
}

#[test]
fn answering_opens_questions_and_moves_the_assessment() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", "");
    let run = aplomb.run(["repondre", "essai", "profil.forme=societe"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("profil.capital"), "{}", run.stdout);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["applicable"], true);
    let hidden = question(&questions, "profil.exploitant");
    assert_eq!(hidden["applicable"], false);
    assert!(
        hidden["why_hidden"]
            .as_str()
            .unwrap()
            .contains("parce que vous avez répondu")
    );
    // A hidden answer is kept, ignored, and comes back with its branch.
    aplomb.run(["repondre", "essai", "profil.capital=8 000"]);
    aplomb.run(["repondre", "essai", "profil.forme=ei"]);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["applicable"], false);
    aplomb.run(["repondre", "essai", "profil.forme=societe"]);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.capital")["answer"], 8000.0);
}

#[test]
fn a_checklist_without_any_item_left_is_not_asked_and_says_why() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    for pair in [
        "profil.presence=reseaux",
        "profil.clients=particuliers",
        "profil.prospection=courriel",
        "prospection.accord-messages=clients",
        "fidelisation.situations=cheque",
    ] {
        let run = aplomb.run(["repondre", "essai", pair]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let comptoir = |aplomb: &Aplomb| {
        let questions = aplomb.json(["questions", "essai", "--json"]);
        question(&questions, "fidelisation.comptoir").clone()
    };
    assert_eq!(comptoir(&aplomb)["applicable"], true);
    // The receipt is asked about with the messages, and nothing else happens at the counter.
    aplomb.run(["repondre", "essai", "fidelisation.situations=ticket"]);
    let hidden = comptoir(&aplomb);
    assert_eq!(hidden["applicable"], false);
    let why = hidden["why_hidden"].as_str().unwrap();
    assert!(
        why.starts_with("aucune de ses lignes ne s'applique, parce que"),
        "{why}"
    );
    let text = aplomb.run(["questions", "essai"]).stdout;
    assert!(text.contains("- fidelisation.comptoir"), "{text}");
}

#[test]
fn the_four_non_answers_are_kept_apart() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", "[answers]\n\"profil.forme\" = \"societe\"");
    let set = |pair: &str| aplomb.run(["repondre", "essai", pair]);
    assert_eq!(set("profil.siren=?").code, 0);
    assert_eq!(set("profil.telephone=plus-tard").code, 0);
    assert_eq!(set("profil.email=sans-objet: pas d'ordinateur").code, 0);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(
        question(&questions, "profil.siren")["answer"],
        json!({"status": "unknown"})
    );
    assert_eq!(
        question(&questions, "profil.telephone")["answer"],
        json!({"status": "later"})
    );
    assert_eq!(
        question(&questions, "profil.email")["answer"],
        json!({"status": "not-applicable", "reason": "pas d'ordinateur"})
    );
    assert_eq!(
        question(&questions, "profil.adresse")["answer"],
        Value::Null
    );
    assert_eq!(set("profil.siren=").code, 0);
    let questions = aplomb.json(["questions", "essai", "--json"]);
    assert_eq!(question(&questions, "profil.siren")["answer"], Value::Null);
}

#[test]
fn what_questions_print_can_be_given_back() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let before = aplomb.json(["questions", "plomberie-durand", "--json"]);
    let answers: serde_json::Map<String, Value> = before["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["answer"].is_null())
        .map(|row| {
            (
                row["id"].as_str().unwrap().to_owned(),
                row["answer"].clone(),
            )
        })
        .collect();
    let file = aplomb.write("retour.json", serde_json::to_string(&answers).unwrap());
    let run = aplomb.run(["nouveau", "Copie", "--reponses", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bilan = |dossier| {
        let mut json = aplomb.json(["bilan", dossier, "--json"]);
        json["name"].take();
        json
    };
    assert_eq!(bilan("plomberie-durand"), bilan("copie"));
}

#[test]
fn a_dossier_serves_as_an_answers_file() {
    let aplomb = Aplomb::new();
    for example in ["boulangerie-martin", "salon-eclat", "aurore-conseil"] {
        let file = format!(
            "{}/examples/{example}/dossier.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let run = aplomb.run(["nouveau", example, "--reponses", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let original = aplomb.path("original").join(example);
        fs::create_dir_all(&original).unwrap();
        fs::copy(&file, original.join("dossier.toml")).unwrap();
        let answers = |dossier: &str| -> Vec<Value> {
            let json = aplomb.json(["questions", dossier, "--json"]);
            let rows = json["questions"].as_array().unwrap();
            rows.iter().map(|row| row["answer"].clone()).collect()
        };
        assert_eq!(answers(example), answers(original.to_str().unwrap()));
    }
}

#[test]
fn the_law_of_the_day_is_applied() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let obligations = |date: &str| -> Vec<String> {
        let json = aplomb.json(["bilan", "plomberie-durand", "--json", "--date", date]);
        assert_eq!(json["date"], date);
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|finding| finding["obligations"].as_array().unwrap().clone())
            .map(|id| id.as_str().unwrap().to_owned())
            .collect()
    };
    let consent = "tel-b2c-consentement-prealable".to_owned();
    assert!(!obligations("2026-08-10").contains(&consent));
    assert!(obligations("2026-08-11").contains(&consent));
}

#[test]
fn the_plan_in_words_tells_each_gain_once() {
    let run = Aplomb::new().run([
        "plan",
        concat!(env!("CARGO_MANIFEST_DIR"), "/examples/boulangerie-martin"),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let gains: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains("avant le"))
        .map(str::trim_start)
        .collect();
    assert!(gains.len() > 20, "{}", run.stdout);
    for gain in &gains {
        let points = gain
            .strip_prefix('+')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        assert!(points || gain.starts_with("selon la réponse"), "{gain}");
    }
    assert!(gains.iter().any(|gain| gain.starts_with("selon")));
}

#[test]
fn the_plan_gives_the_keys_of_the_contract() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let questions = aplomb.json(["questions", "plomberie-durand", "--json"]);
    // Answer « don't know » to every applicable scored question.
    let pairs: Vec<String> = questions["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["applicable"] == true && !row["severity"].is_null())
        .map(|row| format!("{}=?", row["id"].as_str().unwrap()))
        .collect();
    let mut args = vec!["repondre".to_owned(), "plomberie-durand".to_owned()];
    args.extend(pairs.clone());
    assert_eq!(aplomb.run(&args).code, 0);
    let plan = aplomb.json(["plan", "plomberie-durand", "--format", "json"]);
    let actions = plan["actions"].as_array().unwrap();
    assert!(actions.len() >= pairs.len());
    for action in actions {
        has_keys(
            action,
            &[
                "id",
                "title",
                "severity",
                "effort",
                "priority",
                "gain",
                "owner",
                "due",
                "status",
                "first_step",
                "steps",
                "documents",
                "proof",
                "closes",
            ],
        );
        assert!(
            action["title"]
                .as_str()
                .unwrap()
                .starts_with("Vérifier auprès de ")
        );
    }
    let bilan = aplomb.json(["bilan", "plomberie-durand", "--json"]);
    assert_eq!(bilan["score"], 0);
}

#[test]
fn required_levels_are_told_by_the_exit_code() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let run = aplomb.run(["bilan", "plomberie-durand", "--exiger", "B"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("Niveau B demandé"), "{}", run.stderr);
    assert_eq!(
        aplomb
            .run(["bilan", "plomberie-durand", "--exiger", "Z"])
            .code,
        2
    );
}

#[test]
fn documents_say_what_is_ready_and_why() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Plomberie Durand", EI);
    let list = aplomb.json(["documents", "plomberie-durand", "--liste", "--json"]);
    let documents = list["documents"].as_array().unwrap();
    for document in documents {
        has_keys(
            document,
            &[
                "id", "title", "needed", "why", "ready", "blanks", "elements", "paste",
            ],
        );
        assert!(document["paste"].as_str().unwrap().len() > 20, "{document}");
        for clause in document["clauses"].as_array().unwrap() {
            assert!(clause["private"].is_boolean(), "{clause}");
        }
        for blank in document["blanks"].as_array().unwrap() {
            has_keys(blank, &["field", "question"]);
        }
        for element in document["elements"].as_array().unwrap() {
            has_keys(element, &["id", "covered", "clause", "source"]);
        }
    }
    let notice = documents
        .iter()
        .find(|d| d["id"] == "mentions-legales")
        .unwrap();
    assert_eq!(notice["needed"], true);
    assert_eq!(notice["ready"], false);
    assert!(
        notice["blanks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["question"] == "vitrine.hebergeur")
    );
    let run = aplomb.run([
        "documents",
        "plomberie-durand",
        "--format",
        "markdown,html,texte",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(dir.join("documents/mentions-legales.md")).unwrap();
    assert!(text.contains("Marc Durand EI"), "{text}");
    assert!(!text.contains("capital"), "{text}");
    // One file tells where each text goes, in each format that is read.
    let guide = |name: &str| fs::read_to_string(dir.join("documents").join(name)).unwrap();
    for name in ["ou-coller.md", "ou-coller.html", "ou-coller.txt"] {
        let guide = guide(name);
        for words in ["Mentions légales", "WordPress", "mentions-legales"] {
            assert!(guide.contains(words), "{name}: {words}");
        }
        assert!(!guide.contains("Bulletin de fidélité"), "{name}");
    }
    let run = aplomb.run([
        "documents",
        "plomberie-durand",
        "--format",
        "fragment",
        "-o",
        "a-coller",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("ou-coller"), "{}", run.stdout);
    let run = aplomb.run(["documents", "plomberie-durand", "--seulement", "registre"]);
    assert!(!run.stdout.contains("ou-coller"), "{}", run.stdout);
    // A text among tables is told, and the tables are written.
    let only = |ids| {
        [
            "documents",
            "plomberie-durand",
            "--format",
            "xlsx",
            "--seulement",
            ids,
        ]
    };
    let run = aplomb.run(only("mentions-legales,registre"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("registre.xlsx"), "{}", run.stdout);
    assert!(run.stderr.contains("mentions-legales"), "{}", run.stderr);
    assert_ne!(aplomb.run(only("mentions-legales")).code, 0);
    // A manual edit is never overwritten.
    fs::write(dir.join("documents/mentions-legales.md"), "à ma façon").unwrap();
    aplomb.run([
        "repondre",
        "plomberie-durand",
        "profil.telephone=05 00 00 00 05",
    ]);
    let run = aplomb.run(["documents", "plomberie-durand"]);
    assert!(run.stdout.contains("gardé"), "{}", run.stdout);
    let text = fs::read_to_string(dir.join("documents/mentions-legales.md")).unwrap();
    assert_eq!(text, "à ma façon");
    assert!(
        run.stdout.contains("mentions-legales.nouveau.md"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("| à ma façon"), "{}", run.stdout);
}

#[test]
fn an_edited_document_is_shown_before_it_is_completed() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Plomberie Durand", EI);
    let page = dir.join("documents/mentions-legales.md");
    let run = |words: &[&str]| aplomb.run([&["documents", "plomberie-durand"], words].concat());
    assert_eq!(run(&[]).code, 0);
    let written = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{written}\n\u{1b}[31mOuvert le samedi.\n")).unwrap();
    aplomb.run([
        "repondre",
        "plomberie-durand",
        "profil.telephone=05 00 00 00 05",
    ]);
    let before = fs::read_to_string(&page).unwrap();

    let seen = run(&["--voir"]);
    assert_eq!(seen.code, 0, "{}", seen.stderr);
    assert!(seen.stdout.contains("fusionné"), "{}", seen.stdout);
    assert!(
        seen.stdout.contains("+++ votre fichier, complété"),
        "{}",
        seen.stdout
    );
    assert!(seen.stdout.contains("\n+- Téléphone"), "{}", seen.stdout);
    assert!(!seen.stdout.contains('\u{1b}'));
    assert_eq!(fs::read_to_string(&page).unwrap(), before);
    let seen = run(&["--voir", "--json", "--seulement", "mentions-legales"]);
    let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
    assert_eq!(seen["written"], false);
    assert_eq!(seen["files"][0]["outcome"], "merged");
    has_keys(
        &seen["files"][0],
        &["document", "path", "difference", "conflicts"],
    );

    let done = run(&["--json", "--seulement", "mentions-legales"]);
    let done: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(done["files"][0]["outcome"], "merged");
    let after = fs::read_to_string(&page).unwrap();
    assert!(after.contains("Ouvert le samedi."), "{after}");
    assert!(
        after.contains("05\u{a0}00\u{a0}00\u{a0}00\u{a0}05") || after.contains("05 00 00 00 05"),
        "{after}"
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    for folder in ["un", "deux"] {
        let run = aplomb.run([
            "documents",
            "plomberie-durand",
            "--format",
            "markdown,html,fragment,texte",
            "-o",
            folder,
            "--date",
            "2026-11-23",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let strip = |folder: &str| {
        contents(&aplomb.path(folder))
            .into_iter()
            .map(|(_, bytes)| bytes)
            .collect::<Vec<_>>()
    };
    assert_eq!(strip("un"), strip("deux"));
}

#[test]
fn bad_requests_are_explained_and_change_nothing() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    let before = contents(&aplomb.path("classeur"));
    let cases: &[(&[&str], &str)] = &[
        (
            &["repondre", "essai", "profil.form=ei"],
            "Vouliez-vous dire « profil.forme »",
        ),
        (
            &["repondre", "essai", "profil.forme=roi"],
            "choisissez parmi : ei, societe",
        ),
        (&["repondre", "essai", "profil.siren=123456789"], "clé"),
        (&["repondre", "essai", "profil.email=x"], "nom@domaine.fr"),
        (&["repondre", "essai", "profil.forme"], "ID=VALEUR"),
        (
            &["repondre", "essai", "profil.clients=martiens"],
            "particuliers, professionnels",
        ),
        (
            &["repondre", "essai", "profil.presence=site,aucun"],
            "ne va pas avec une autre réponse",
        ),
        // One bad answer in a batch: nothing of the batch is recorded.
        (
            &[
                "repondre",
                "essai",
                "profil.forme=societe",
                "profil.siren=1",
            ],
            "rien n'a été enregistré",
        ),
        (&["bilan", "inconnu"], "inconnu"),
        (&["bilan", "esai"], "essai"),
        (&["bilan", "essai", "--date", "2026-13-01"], "--date"),
        (&["documents", "essai", "--format", "docxx"], "docxx"),
        (&["documents", "essai", "--seulement", "poeme"], "poeme"),
        (&["plna", "essai"], "existe pas"),
        (&["plan", "essai", "--formta", "json"], "--format"),
        (&["plan"], "il manque"),
        (&["nouveau", "  "], "vide"),
        (
            &["nouveau", "Essai 2", "--reponses", "absent.toml"],
            "absent.toml",
        ),
        (&["bilan", "essai", "--contenu", "nulle-part"], "nulle-part"),
    ];
    for (args, expected) in cases {
        let run = aplomb.run(*args);
        assert_eq!(run.code, 2, "{args:?}: {} {}", run.stdout, run.stderr);
        assert!(run.stderr.contains(expected), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
    }
    assert_eq!(before, contents(&aplomb.path("classeur")));
}

#[test]
fn bad_answer_files_create_nothing() {
    let aplomb = Aplomb::new();
    for (name, text, code, expected) in [
        ("a.toml", &b"profil.forme = "[..], 2, "ligne 1"),
        ("b.json", &b"{\"profil.forme\": }"[..], 2, "ligne 1"),
        (
            "c.toml",
            &b"\"profil.forme\" = \"roi\"\n\"x.y\" = 1"[..],
            2,
            "2 réponses ne conviennent pas",
        ),
        ("d.toml", &b"\xff\xfe\x00"[..], 3, "UTF-8"),
        ("e.json", &b"[1, 2]"[..], 2, "objet"),
    ] {
        let file = aplomb.write(name, text);
        let run = aplomb.run(["nouveau", "Essai", "--reponses", file.to_str().unwrap()]);
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
        assert!(!aplomb.path("classeur/essai").exists());
    }
}

#[test]
fn damaged_and_newer_dossiers_are_left_alone() {
    let aplomb = Aplomb::new();
    let dir = aplomb.dossier("Essai", EI);
    let file = dir.join("dossier.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let half = &whole[..whole.len() / 2];
    fs::write(&file, half).unwrap();
    let run = aplomb.run(["bilan", "essai"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("ligne"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), half);
    let run = aplomb.run(["repondre", "essai", "profil.forme=ei"]);
    assert_eq!(run.code, 3);
    assert_eq!(fs::read_to_string(&file).unwrap(), half);
    let newer = whole.replacen("format = 2", "format = 99", 1);
    fs::write(&file, &newer).unwrap();
    let run = aplomb.run(["bilan", "essai"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("plus récente"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", EI);
    // A file where a folder is needed fails for every user, root included.
    aplomb.write("fichier", "x");
    let run = aplomb.run(["documents", "essai", "-o", "fichier"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("Impossible"), "{}", run.stderr);
    aplomb.write("plan.txt", "à moi");
    let run = aplomb.run(["plan", "essai", "-o", "plan.txt"]);
    assert_eq!(run.code, 4);
    assert_eq!(aplomb.read("plan.txt"), "à moi");
}

#[test]
fn hostile_names_stay_text_everywhere() {
    let names = [
        "Chez \u{1b}]52;c;AAAA\u{7} Léa",
        "<script>alert(1)</script>",
        "{{ 7*7 }} & fils",
        "../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "\u{202e}gnp.exe",
        "CON",
        "| a | b |\n---",
        "*gras* _x_ [l](javascript:x) `c`",
        "日本の店 🎂",
    ];
    for name in names {
        let aplomb = Aplomb::new();
        let answers = EI.replace(
            "Marc Durand",
            &name.escape_unicode().to_string().replace("\\u{", "\\U{"),
        );
        let _ = answers;
        let file = aplomb.write(
            "r.json",
            json!({
                "profil.forme": "societe", "profil.denomination": name, "profil.forme-juridique": "sarl",
                "profil.presence": ["site"], "profil.clients": ["particuliers"],
            })
            .to_string(),
        );
        let run = aplomb.run(["nouveau", name, "--reponses", file.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{name:?}: {}", run.stderr);
        let dir = std::path::PathBuf::from(run.stdout.lines().nth(1).unwrap());
        assert!(
            dir.starts_with(aplomb.path("classeur")),
            "{}",
            dir.display()
        );
        assert_eq!(dir.parent().unwrap(), aplomb.path("classeur"));
        let slug = dir.file_name().unwrap().to_str().unwrap().to_owned();
        for args in [
            vec!["bilan", &slug],
            vec!["plan", &slug],
            vec!["plan", &slug, "--format", "csv"],
            vec!["questions", &slug],
            vec!["classeur"],
            vec!["documents", &slug, "--liste"],
            vec![
                "documents",
                &slug,
                "--format",
                "html,fragment,markdown,texte",
            ],
        ] {
            let run = aplomb.run(&args);
            assert_eq!(run.code, 0, "{name:?} {args:?}: {}", run.stderr);
            let stdout = run.stdout.replace(['\r', '\u{feff}'], "");
            assert!(
                is_safe(&stdout) && is_safe(&run.stderr),
                "{name:?} {args:?}"
            );
        }
        let html = fs::read_to_string(dir.join("documents/mentions-legales.html")).unwrap();
        assert!(!html.contains("<script>alert"), "{name:?}");
        assert!(!html.contains("href=\"javascript"), "{name:?}");
        if name.contains("7*7") {
            assert!(html.contains("7*7") && !html.contains("49"), "{name:?}");
        }
    }
}

#[test]
fn content_is_linted_and_overridden() {
    let aplomb = Aplomb::new();
    let run = aplomb.run(["verifier"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("0 erreur"), "{}", run.stdout);
    aplomb.write(
        "contenu/questionnaires/faux.toml",
        "[[fact]]\nid = \"x\"\nlabel = 3\n",
    );
    let run = aplomb.run(["verifier", "contenu"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("questionnaires/faux.toml:3:9"),
        "{}",
        run.stdout
    );
    aplomb.dossier("Essai", EI);
    let run = aplomb.run(["bilan", "essai", "--contenu", "contenu"]);
    assert_eq!(run.code, 2);
    assert_eq!(aplomb.run(["verifier", "classeur/essai"]).code, 0);
}

#[test]
fn help_man_schemas_and_completions_are_given_in_french() {
    let aplomb = Aplomb::new();
    let help = aplomb.run(["--aide"]).stdout;
    for word in [
        "Utilisation :",
        "Commandes",
        "Options",
        "nouveau",
        "verifier",
        "Codes de sortie",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for word in [
        "Usage",
        "Commands",
        "Print help",
        "possible values",
        "default:",
    ] {
        assert!(!help.contains(word), "{word}: {help}");
    }
    assert!(aplomb.run(["man"]).stdout.contains(".TH aplomb"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(aplomb.run(["completions", shell]).stdout.contains("aplomb"));
    }
    for kind in ["questionnaire", "document", "dossier", "cabinet"] {
        let schema: Value = serde_json::from_str(&aplomb.run(["schema", kind]).stdout).unwrap();
        assert!(schema["$schema"].is_string());
        // What an activity may say of its sorting, and in other words, is known to editors.
        let tables = &schema["properties"];
        let sorting = &tables["processing_activity"]["items"]["properties"]["sorting"];
        assert_eq!(sorting["required"].is_array(), kind == "questionnaire");
        assert_eq!(tables["variant"].is_object(), kind == "questionnaire");
    }
}

#[test]
fn english_names_do_the_same() {
    let aplomb = Aplomb::new();
    assert_eq!(aplomb.run(["new", "Essai"]).code, 0);
    assert_eq!(aplomb.run(["answer", "essai", "profil.forme=ei"]).code, 0);
    assert_eq!(aplomb.run(["render", "essai", "--liste"]).code, 0);
    assert_eq!(aplomb.run(["lint", "classeur/essai"]).code, 0);
}

#[test]
fn the_portfolio_lists_what_opens_and_what_does_not() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Un", EI);
    let dir = aplomb.dossier("Deux", EI);
    let file = dir.join("dossier.toml");
    fs::write(&file, "format = ").unwrap();
    let json = aplomb.json(["classeur", "--json"]);
    let rows = json["dossiers"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let damaged = rows.iter().find(|row| row["slug"] == "deux").unwrap();
    assert!(damaged["fault"].is_string());
    let json = aplomb.json(["classeur", "--json", "--bilan"]);
    let sound = json["dossiers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["slug"] == "un")
        .unwrap();
    assert!(sound["interval"].is_array());
}

#[test]
fn two_days_are_compared() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let json = aplomb.json([
        "comparer",
        "plomberie-durand",
        "2026-08-10",
        "2026-08-11",
        "--json",
    ]);
    let law = json["law"].as_array().unwrap();
    let change = |id: &str| {
        law.iter()
            .find(|row| row["obligation"] == id)
            .map(|row| row["change"].clone())
    };
    assert_eq!(
        change("tel-b2c-consentement-prealable"),
        Some(json!("entered"))
    );
}

#[test]
fn a_plan_comes_as_a_calendar_and_as_a_spreadsheet() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let run = aplomb.run(["plan", "plomberie-durand", "--format", "ics"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("BEGIN:VCALENDAR\r\n"));
    assert!(run.stdout.ends_with("END:VCALENDAR\r\n"));
    let run = aplomb.run(["plan", "plomberie-durand", "--format", "xlsx"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let again = |name| {
        let run = aplomb.run([
            "plan",
            "plomberie-durand",
            "--date",
            "2026-11-02",
            "--format",
            "xlsx",
            "-o",
            name,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(aplomb.path(name)).unwrap()
    };
    let bytes = again("plan.xlsx");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, again("plan2.xlsx"));
}

#[test]
fn the_record_comes_as_a_table_and_a_letter_does_not() {
    let aplomb = Aplomb::new();
    aplomb.dossier("=Plomberie Durand", EI);
    let write = |format, only| {
        aplomb.run([
            "documents",
            "plomberie-durand",
            "--format",
            format,
            "--seulement",
            only,
            "-o",
            "ecrits",
        ])
    };
    let run = write("csv,xlsx", "registre");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let csv = aplomb.read("ecrits/registre.csv");
    assert!(csv.starts_with("\u{feff}\"N°\";\"Traitement\";"));
    assert!(csv.contains("Marc Durand"));
    assert!(!csv.contains("\"="));
    assert!(
        fs::read(aplomb.path("ecrits/registre.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
    let run = write("docx", "mentions-legales");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let docx = fs::read(aplomb.path("ecrits/mentions-legales.docx")).unwrap();
    assert!(docx.starts_with(b"PK"));
    let run = write("xlsx", "mentions-legales");
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("n'est pas un tableau"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_report_comes_as_a_page_the_same_each_time() {
    let aplomb = Aplomb::new();
    aplomb.dossier("<script>alert(1)</script> {{ 1 }}", EI);
    let slug = fs::read_dir(aplomb.path("classeur"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .find(|name| !name.starts_with('.'))
        .unwrap();
    let write = |name: &str| {
        let run = aplomb.run(["bilan", &slug, "--date", "2026-11-02", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        aplomb.read(name)
    };
    let html = write("a.html");
    assert!(html.starts_with("<!doctype html>"));
    assert!(!html.contains("<script"));
    assert!(html.contains("{{ 1 }}"));
    assert_eq!(html, write("b.html"));
    assert!(write("a.md").starts_with("# Bilan — "));
    assert!(write("a.txt").contains("Le compte complet"));
    assert!(write("a.json").starts_with('{'));
}

#[test]
fn a_proof_folder_is_the_same_each_time() {
    let aplomb = Aplomb::new();
    aplomb.dossier("Plomberie Durand", EI);
    let write = |name: &str| {
        let run = aplomb.run([
            "documents",
            "plomberie-durand",
            "--date",
            "2026-11-02",
            "--preuves",
            "-o",
            name,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(aplomb.path(name)).unwrap()
    };
    let bytes = write("a.zip");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, write("b.zip"));
    let run = aplomb.run(["documents", "plomberie-durand", "--preuves"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[test]
fn documents_report_and_plan_come_as_pdf_and_say_what_it_cannot_draw() {
    let aplomb = Aplomb::new();
    let folder = aplomb.dossier("Épi \u{6f22}", EI);
    let dossier = folder.to_str().unwrap();
    let sign = "n'a pas de dessin pour : \u{6f22}. Un « □ »";
    for (command, file) in [("bilan", "b.pdf"), ("plan", "p.pdf")] {
        let run = aplomb.run([command, dossier, "--format", "pdf", "-o", file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains(sign), "{}", run.stderr);
        assert!(fs::read(aplomb.path(file)).unwrap().starts_with(b"%PDF-"));
    }
    let run = aplomb.run(["documents", dossier, "--format", "pdf", "-o", "d"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("registre.pdf"), "{}", run.stdout);
    let run = aplomb.run(["plan", dossier, "--format", "pdf"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("donnez un fichier avec -o"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_pdf_that_cannot_be_made_keeps_nothing_else_from_being_written() {
    let aplomb = Aplomb::new();
    let mut dossier = fs::read_to_string("examples/boulangerie-martin/dossier.toml").unwrap();
    let name = format!("name = \"{}\"", "é".repeat(20_000));
    dossier = dossier.replacen("name = \"Boulangerie Martin\"", &name, 1);
    aplomb.write("essai/dossier.toml", dossier);
    let run = aplomb.run([
        "documents",
        "essai",
        "--seulement",
        "mentions-legales",
        "--format",
        "pdf,docx,html",
        "-o",
        "sortie",
    ]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    for said in [
        "« Mentions légales » : le PDF n’a pas pu être fait",
        "trop long",
        "Les autres fichiers sont écrits.",
    ] {
        assert!(
            run.stderr.replace('\u{a0}', " ").contains(said),
            "{said}: {}",
            run.stderr
        );
    }
    assert!(!run.stderr.contains("TooLong"), "{}", run.stderr);
    let folder = aplomb.path("sortie");
    assert!(folder.join("mentions-legales.docx").is_file());
    assert!(folder.join("mentions-legales.html").is_file());
    assert!(!folder.join("mentions-legales.pdf").exists());

    let run = aplomb.run(["plan", "essai", "--format", "pdf", "-o", "plan.pdf"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("trop long"), "{}", run.stderr);
    assert!(!aplomb.path("plan.pdf").exists());
}
