//! `aplomb droit`: the rules of a day, what a period changed, what is announced; and every date the
//! legal sources give, asserted through the catalogue.

use serde_json::Value;

use crate::support::{Aplomb, is_safe};

fn ids(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().unwrap();
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

fn in_force(date: &str) -> Value {
    Aplomb::new().json(["droit", date, "--json"])["in_force"].take()
}

/// What moves the day a rule begins, and not the day before.
#[track_caller]
fn begins(date: &str, eve: &str, rules: &[&str], references: &[&str]) {
    let changes = Aplomb::new().json(["droit", eve, date, "--json"]);
    assert_eq!(changes["before"], eve);
    for rule in rules {
        let entered = ids(&changes["entered"]["rules"]);
        assert!(
            entered.contains(rule),
            "{rule} on {date}, among {entered:?}"
        );
    }
    for reference in references {
        let entered = ids(&changes["entered"]["references"]);
        assert!(entered.contains(reference), "{reference} on {date}");
    }
    let announced = Aplomb::new().json(["droit", eve, "--json"]);
    for rule in rules {
        assert!(
            ids(&announced["announced"]["rules"]).contains(rule),
            "{rule}"
        );
        assert!(!ids(&announced["in_force"]).contains(rule), "{rule}");
    }
}

#[track_caller]
fn ends(last: &str, next: &str, rules: &[&str], references: &[&str]) {
    let changes = Aplomb::new().json(["droit", last, next, "--json"]);
    for rule in rules {
        assert!(
            ids(&changes["left"]["rules"]).contains(rule),
            "{rule} on {next}"
        );
    }
    for reference in references {
        assert!(
            ids(&changes["left"]["references"]).contains(reference),
            "{reference} on {next}"
        );
    }
}

#[test]
fn the_catalogue_holds_every_date_of_the_recent_law() {
    begins(
        "2022-05-15",
        "2022-05-14",
        &["ml-mention-ei", "ml-immatriculation-rcs"],
        &[],
    );
    begins("2024-05-23", "2024-05-22", &[], &["lcen-1-1"]);
    ends("2024-05-22", "2024-05-23", &[], &["lcen-6-iii"]);
    begins("2025-07-02", "2025-07-01", &[], &["c-conso-l223-8"]);
    begins(
        "2025-07-20",
        "2025-07-19",
        &["ml-rll-supprimer"],
        &["ue-2024-3228"],
    );
    begins("2025-11-13", "2025-11-12", &[], &["cjue-c-654-23"]);
    begins("2026-01-01", "2025-12-31", &[], &["decret-2025-1137"]);
    ends("2025-12-31", "2026-01-01", &[], &["cnil-liste-audience"]);
    begins("2026-03-19", "2026-03-18", &[], &["cjue-c-526-24"]);
    begins("2026-04-14", "2026-04-13", &[], &["cnil-2026-042"]);
    begins(
        "2026-06-19",
        "2026-06-18",
        &["ecom-fonction-retractation"],
        &["c-conso-l221-21"],
    );
    begins("2026-07-14", "2026-07-13", &["pixel-suivi-email"], &[]);
    begins("2026-08-02", "2026-08-01", &[], &["ue-2024-1689-50"]);
}

#[test]
fn the_telephone_changes_on_the_eleventh_of_august() {
    begins(
        "2026-08-11",
        "2026-08-10",
        &[
            "tel-b2c-consentement-prealable",
            "tel-b2c-preuve-trois-ans",
            "tel-b2c-nettoyage-bloctel",
        ],
        &["c-conso-l223-1", "c-conso-l223-2", "decret-2026-662"],
    );
    ends(
        "2026-08-10",
        "2026-08-11",
        &["tel-b2c-bloctel-filtrage", "tel-b2c-bloctel-information"],
        &["c-conso-l223-1-ancien"],
    );
    assert!(ids(&in_force("2026-08-10")).contains(&"tel-b2c-bloctel-filtrage"));
    assert!(!ids(&in_force("2026-08-11")).contains(&"tel-b2c-bloctel-filtrage"));
}

#[test]
fn what_is_announced_has_its_date_or_says_that_nobody_knows_it() {
    let law = Aplomb::new().json(["law", "2026-11-23", "--json"]);
    let rows = law["announced"]["references"].as_array().unwrap();
    let date = |id: &str| {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        assert!(!row["note"].as_str().unwrap().is_empty(), "{id}");
        row["valid_from"].clone()
    };
    assert_eq!(date("cibs-tva"), "2027-01-01");
    assert_eq!(date("ccpa-seuils-2027"), "2027-01-01");
    assert_eq!(date("ue-2025-2518"), "2027-04-02");
    assert_eq!(date("cc-2026-1210-qpc"), "2027-10-31");
    for id in [
        "omnibus-iv",
        "omnibus-numerique",
        "garantie-transposition",
        "loi-resilience",
        "cepd-2-2025-definitive",
    ] {
        assert_eq!(date(id), Value::Null, "{id}");
    }
    let text = Aplomb::new().run(["droit", "2026-11-23"]).stdout;
    assert!(text.contains("date inconnue"), "{text}");
    assert!(!text.contains("9999"), "{text}");
    // Once a date has come, it is announced no more.
    let law = Aplomb::new().json(["droit", "2027-01-01", "--json"]);
    assert!(!ids(&law["announced"]["references"]).contains(&"cibs-tva"));
}

#[test]
fn rules_are_grouped_by_theme_and_severity_and_given_once() {
    let rules = in_force("2026-11-23");
    let rows = rules.as_array().unwrap();
    assert!(rows.len() > 150, "{}", rows.len());
    let mut seen: Vec<&Value> = rows.iter().map(|row| &row["theme"]).collect();
    seen.dedup();
    let count = seen.len();
    seen.sort_by_key(ToString::to_string);
    seen.dedup();
    assert_eq!(seen.len(), count, "a theme is cut in two");
    let rank = |row: &Value| {
        ["critical", "obligation", "recommendation", "good-practice"]
            .iter()
            .position(|word| row["severity"] == *word)
            .unwrap()
    };
    for pair in rows.windows(2) {
        assert!(pair[0]["theme"] != pair[1]["theme"] || rank(&pair[0]) <= rank(&pair[1]));
    }
    let all = ids(&rules);
    assert!(all.contains(&"ml-rll-supprimer") && !all.contains(&"ecom-lien-rll"));
    for row in rows {
        assert!(
            row["force"] == "good-practice" || !row["references"].as_array().unwrap().is_empty(),
            "{row}"
        );
    }
}

#[test]
fn the_text_names_soft_law_reserves_and_what_was_not_read() {
    let run = Aplomb::new().run(["droit", "2026-11-23"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = run.stdout.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.starts_with("Le droit au 23/11/2026"));
    for words in [
        "LES BASES",
        "  Critique",
        "recommandation d’une autorité, pas la loi",
        "bonne habitude, sans texte",
        "prudence : ",
        "non lu à la source",
        "ANNONCÉ, PAS ENCORE EN VIGUEUR",
        "ne remplace pas un avocat",
    ] {
        assert!(text.contains(words), "« {words} »");
    }
    assert!(is_safe(&text));
}

#[test]
fn two_dates_tell_what_changed_and_must_be_in_order() {
    let run = Aplomb::new().run(["droit", "2026-08-10", "2026-08-11"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = run.stdout.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.contains("ENTRÉ EN VIGUEUR") && text.contains("SORTI DE VIGUEUR"));
    assert!(text.contains("11/08/2026 : On n’appelle un particulier pour vendre"));
    assert!(text.contains("10/08/2026 : Un fichier d’appel est comparé"));
    let quiet = Aplomb::new().run(["droit", "2026-08-12", "2026-08-13"]);
    assert_eq!(quiet.stdout.matches("  Rien.").count(), 2);
    let wrong = Aplomb::new().run(["droit", "2026-08-11", "2026-08-10"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("précéder"), "{}", wrong.stderr);
    assert_eq!(Aplomb::new().run(["droit", "demain"]).code, 2);
}

#[test]
fn without_a_date_it_is_the_law_of_the_day_asked_for() {
    let today = Aplomb::new().json(["droit", "--json", "--date", "2026-08-10"]);
    assert_eq!(today["date"], "2026-08-10");
    assert_eq!(today["before"], Value::Null);
    assert_eq!(
        today["in_force"],
        Aplomb::new().json(["droit", "2026-08-10", "--json"])["in_force"]
    );
}

#[test]
fn a_question_cites_the_decisions_that_teach_something_about_it() {
    let questions = Aplomb::new().json(["questions", "--json"]);
    let rows = questions["questions"].as_array().unwrap();
    let decisions = |id: &str| {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        row["decisions"].as_array().unwrap().clone()
    };
    let messages = decisions("prospection.accord-messages");
    let performeclic = messages.iter().find(|d| d["id"] == "performeclic-2020");
    let performeclic = performeclic.unwrap();
    assert_eq!(performeclic["date"], "2020-12-07");
    assert_eq!(performeclic["amount"], 7_300);
    for decision in &messages {
        assert!(!decision["lesson"].as_str().unwrap().is_empty());
        assert!(!decision["source"].as_str().unwrap().is_empty());
    }
    // Those nearest to a small business come first.
    let amounts: Vec<u64> = messages
        .iter()
        .map_while(|d| d["amount"].as_u64())
        .collect();
    assert!(amounts.is_sorted() && !amounts.is_empty(), "{amounts:?}");
    assert!(decisions("profil.capital").is_empty());
}

#[test]
fn an_assessment_tells_three_lessons_at_most_and_no_amount() {
    let aplomb = Aplomb::new();
    let example =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/plomberie-durand");
    let text = std::fs::read_to_string(example.join("dossier.toml")).unwrap();
    let file = aplomb.write("classeur/plomberie/dossier.toml", text);
    let folder = file.parent().unwrap().to_str().unwrap();
    let text = aplomb.run(["bilan", folder, "--date", "2026-11-23"]).stdout;
    let (_, after) = text.split_once("\nPour comprendre\n").unwrap();
    let lessons: Vec<&str> = after.lines().take_while(|l| l.starts_with("  ")).collect();
    // A line for the lesson, one for its source.
    assert!((1..=3).contains(&(lessons.len() / 2)), "{lessons:?}");
    assert!(lessons.iter().all(|l| !l.contains('€')), "{lessons:?}");
}
