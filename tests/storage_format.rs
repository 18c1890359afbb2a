//! The text of a dossier: round trips of hostile contents, hand edits, hostile files.

use std::collections::BTreeMap;

use aplomb::domain::answer::{Amount, Answer, Tick, Value};
use aplomb::domain::catalogue::LegalBasis;
use aplomb::domain::dossier::{Change, Dossier, Entry, LastAssessment, Status, Tracking};
use aplomb::domain::processing::{ActivityEdit, Part};
use aplomb::storage::format::{self, FormatError, State};
use aplomb::storage::journal;
use jiff::civil::{Date, DateTime, date};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Texts made of what breaks formats and terminals.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 28] = [
        "\"",
        "\\",
        "\"\"\"",
        "'''",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{9b}",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "e\u{301}",
        "🧑‍🔬",
        "[integrity]",
        "\nsha256 = \"",
        "# Dossier Aplomb",
        "=",
        "#",
        "{",
        "}",
        "]",
        "\\u0041",
        "{{ 7*7 }}",
    ];
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(PIECES.as_slice()).prop_map(str::to_owned),
        "[a-z. -]{1,8}",
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn day() -> impl Strategy<Value = Date> {
    (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn moment() -> impl Strategy<Value = DateTime> {
    (
        day(),
        0_i8..24,
        0_i8..60,
        0_i8..60,
        prop_oneof![Just(0), 0..1_000_000_000],
    )
        .prop_map(|(day, hour, minute, second, nanos)| day.at(hour, minute, second, nanos))
}

fn record() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

fn answer() -> impl Strategy<Value = Answer> {
    let tick = prop::sample::select(vec![Tick::Yes, Tick::No, Tick::Unknown]);
    prop_oneof![
        text().prop_map(|text| Answer::Value(Value::Text(text))),
        any::<i64>().prop_map(|number| Answer::Value(Value::Number(Amount(number)))),
        vec(text(), 0..3).prop_map(|ids| Answer::Value(Value::Set(ids))),
        btree_map(text(), tick, 0..3).prop_map(|ticks| Answer::Value(Value::Ticks(ticks))),
        record().prop_map(|record| Answer::Value(Value::Record(record))),
        vec(record(), 0..3).prop_map(|list| Answer::Value(Value::List(list))),
        Just(Answer::Unknown),
        Just(Answer::Later),
        text().prop_map(|reason| Answer::NotApplicable { reason }),
    ]
}

fn tracking() -> impl Strategy<Value = Tracking> {
    let status = prop::sample::select(vec![
        Status::Todo,
        Status::Doing,
        Status::Done,
        Status::Dismissed,
    ]);
    let words = || option::of(text());
    (status, words(), words(), option::of(day()), words()).prop_map(
        |(status, reason, owner, due, note)| Tracking {
            status,
            reason,
            owner,
            due,
            note,
        },
    )
}

fn activity() -> impl Strategy<Value = ActivityEdit> {
    let parts = prop::sample::select(Part::ALL.as_slice());
    let basis = prop::sample::select(LegalBasis::ALL.as_slice());
    let words = || option::of(text());
    (
        btree_map(parts, text(), 0..4),
        option::of(basis),
        words(),
        words(),
    )
        .prop_map(|(texts, basis, absent, note)| ActivityEdit {
            texts,
            basis,
            absent,
            note,
        })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (text(), option::of(activity()))
            .prop_map(|(activity, edit)| Change::Activity { activity, edit }),
        (text(), option::of(answer()))
            .prop_map(|(question, answer)| Change::Answer { question, answer }),
        (text(), option::of(text())).prop_map(|(question, text)| Change::Note { question, text }),
        (text(), option::of(tracking()))
            .prop_map(|(action, tracking)| Change::Action { action, tracking }),
        text().prop_map(|name| Change::Rename { name }),
        text().prop_map(|version| Change::Assessed { version }),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    (moment(), change()).prop_map(|(at, change)| Entry { at, change })
}

fn last() -> impl Strategy<Value = LastAssessment> {
    (day(), option::of(0_u32..=100), vec(text(), 0..3)).prop_map(|(on, score, questions)| {
        LastAssessment {
            on,
            score,
            questions,
        }
    })
}

fn dossier() -> impl Strategy<Value = Dossier> {
    let maps = (
        btree_map(text(), answer(), 0..4),
        btree_map(text(), text(), 0..3),
        btree_map(text(), tracking(), 0..3),
        btree_map(text(), activity(), 0..3),
    );
    let assessed = (option::of(text()), option::of(last()));
    (text(), day(), assessed, maps, vec(entry(), 0..4)).prop_map(
        |(name, created, (assessed_with, last), (answers, notes, actions, activities), history)| {
            let mut dossier = Dossier::new(name, created);
            dossier.assessed_with = assessed_with;
            dossier.last = last;
            dossier.answers = answers;
            dossier.notes = notes;
            dossier.actions = actions;
            dossier.activities = activities;
            dossier.history = history;
            dossier
        },
    )
}

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn any_dossier_is_read_back_and_written_alike(dossier in dossier()) {
        let written = format::write(&dossier);
        let loaded = format::read(written.as_bytes()).expect("reads what it writes");
        prop_assert_eq!(&loaded.dossier, &dossier);
        prop_assert_eq!(loaded.state, State::Clean);
        prop_assert_eq!(format::write(&loaded.dossier), written.clone());
        // Nothing in the file can drive a terminal or fool an editor.
        let is_plain = !written.contains(['\u{1b}', '\u{202e}', '\0', '\r', '\u{feff}', '\u{9b}']);
        prop_assert!(is_plain);
        // A change of line endings by a versioning tool is no correction, and changes nothing.
        let windows = format::read(written.replace('\n', "\r\n").as_bytes()).expect("reads");
        prop_assert_eq!(windows.dossier, dossier);
        prop_assert_eq!(windows.state, State::Clean);
    }

    #[test]
    fn the_head_agrees_with_the_whole(dossier in dossier()) {
        let written = format::write(&dossier);
        let head = format::head(written.as_bytes()).expect("a head");
        prop_assert_eq!(head.name, dossier.name);
        prop_assert_eq!(head.created, dossier.created);
        prop_assert_eq!(head.assessed_with, dossier.assessed_with);
    }

    #[test]
    fn any_change_goes_through_the_journal(entries in vec(entry(), 1..4)) {
        let mut bytes = journal::HEADER.to_vec();
        for (index, entry) in entries.iter().enumerate() {
            bytes.extend(journal::encode(index as u64 + 1, entry).expect("encodes"));
        }
        let scan = journal::scan(&bytes).expect("reads");
        prop_assert_eq!(scan.lost_bytes, 0);
        let read: Vec<Entry> = scan.records.into_iter().map(|record| record.entry).collect();
        prop_assert_eq!(read, entries);
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in vec(any::<u8>(), 0..200), cut in 0_usize..600) {
        let _ = format::read(&bytes);
        let _ = journal::scan(&bytes);
        let mut spliced = format::write(&Dossier::new("A", date(2026, 1, 15))).into_bytes();
        let cut = cut.min(spliced.len());
        spliced.splice(cut..cut, bytes);
        let _ = format::read(&spliced);
    }
}

fn example() -> Dossier {
    let mut dossier = Dossier::new("Bel Atelier", date(2026, 1, 15));
    let at = date(2026, 1, 15).at(10, 0, 0, 0);
    let value = |value| Some(Answer::Value(value));
    let pairs = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect()
    };
    let ticks = [("hebergeur", Tick::Yes), ("rcs", Tick::Unknown)];
    let ticks = ticks.map(|(item, tick)| (item.to_owned(), tick)).into();
    for (question, answer) in [
        ("profil.forme", value(Value::Text("ei".to_owned()))),
        ("profil.effectif", value(Value::Number(Amount(300)))),
        ("profil.panier", value(Value::Number(Amount(1250)))),
        (
            "vitrine.outils",
            value(Value::Set(vec!["matomo".to_owned(), "youtube".to_owned()])),
        ),
        ("vitrine.mentions", value(Value::Ticks(ticks))),
        (
            "profil.adresse",
            value(Value::Record(pairs(&[("line1", "1 rue de la Paix")]))),
        ),
        (
            "fidelite.partenaires",
            value(Value::List(vec![
                pairs(&[("nom", "A")]),
                pairs(&[("nom", "B")]),
            ])),
        ),
        ("socle.registre", Some(Answer::Unknown)),
        ("socle.purge", Some(Answer::Later)),
        (
            "socle.dpo",
            Some(Answer::NotApplicable {
                reason: "Moins de dix salariés".to_owned(),
            }),
        ),
    ] {
        dossier.apply(
            at,
            Change::Answer {
                question: question.to_owned(),
                answer,
            },
        );
    }
    let texts = [(Part::Retention, "un an"), (Part::Security, "")];
    dossier.apply(
        at,
        Change::Activity {
            activity: "contact".to_owned(),
            edit: Some(ActivityEdit {
                texts: texts.map(|(part, text)| (part, text.to_owned())).into(),
                basis: Some(LegalBasis::Contract),
                ..ActivityEdit::default()
            }),
        },
    );
    dossier
}

#[test]
fn a_file_of_the_format_before_is_read_whole() {
    let old = include_bytes!("storage/format-1.toml");
    let loaded = format::read(old).expect("reads");
    assert_eq!(loaded.state, State::Clean);
    let dossier = loaded.dossier;
    assert_eq!(
        dossier.answer("profil.forme").and_then(Answer::text),
        Some("ei")
    );
    assert!(dossier.activities.is_empty());
    let written = format::write(&dossier);
    assert!(written.contains("\nformat = 2\n"), "{written}");
    assert_eq!(
        format::read(written.as_bytes()).expect("reads").dossier,
        dossier
    );
}

#[test]
fn what_is_written_about_an_activity_is_checked() {
    let written = format::write(&example());
    for (from, to, what) in [
        (
            "basis = \"contract\"\n",
            "basis = \"bof\"\n",
            "« contract »",
        ),
        ("retention = \"un an\"\n", "retention = 3\n", "un texte"),
        (
            "retention = \"un an\"\n",
            "duration = \"un an\"\n",
            "n'est pas connu ici",
        ),
    ] {
        let edited = written.replacen(from, to, 1);
        let error = format::read(edited.as_bytes())
            .expect_err("refused")
            .to_string();
        assert!(error.contains(what), "{error}");
    }
}

#[test]
fn the_file_is_made_for_people() {
    let written = format::write(&example());
    for line in [
        "# Dossier Aplomb",
        "format = 2",
        "name = \"Bel Atelier\"",
        "created = 2026-01-15",
        "\"profil.forme\" = \"ei\"",
        "\"profil.effectif\" = 3",
        "\"profil.panier\" = 12.50",
        "\"vitrine.outils\" = [\"matomo\", \"youtube\"]",
        "\"vitrine.mentions\" = { checklist = { \"hebergeur\" = \"oui\", \"rcs\" = \"nsp\" } }",
        "\"profil.adresse\" = { record = { \"line1\" = \"1 rue de la Paix\" } }",
        "  { \"nom\" = \"A\" },",
        "\"socle.registre\" = { status = \"unknown\" }",
        "\"socle.purge\" = { status = \"later\" }",
        "\"socle.dpo\" = { status = \"not-applicable\", reason = \"Moins de dix salariés\" }",
        "[activities.\"contact\"]",
        "retention = \"un an\"",
        "security = \"\"",
        "basis = \"contract\"",
        "  { at = 2026-01-15T10:00:00, answer = \"profil.forme\", value = \"ei\" },",
        "  { at = 2026-01-15T10:00:00, activity = \"contact\", edit = { retention = \"un an\", security = \"\", basis = \"contract\" } },",
        "answers = 10",
    ] {
        assert!(
            written.lines().any(|found| found == line),
            "{line}\n{written}"
        );
    }
    assert!(
        written
            .lines()
            .last()
            .is_some_and(|line| line.starts_with("sha256 = \""))
    );
}

#[test]
fn a_correction_by_hand_is_accepted_and_recognised() {
    let written = format::write(&example());
    for (from, to) in [
        ("= \"ei\"\n", "= \"sarl\"\n"),
        ("profil.effectif\" = 3\n", "profil.effectif\" = 4\n"),
        ("[answers]\n", "[answers]\n# vérifié avec le comptable\n"),
        ("[answers]\n", "[answers]\n\"new.one\" = 2026-02-01\n"),
        ("# Dossier Aplomb\n", ""),
    ] {
        let edited = written.replacen(from, to, 1);
        assert_ne!(edited, written);
        let loaded = format::read(edited.as_bytes()).expect("accepted");
        assert_eq!(loaded.state, State::HandEdited, "{to}");
    }
    let bom = format!("\u{feff}{written}");
    assert_eq!(
        format::read(bom.as_bytes()).expect("accepted").state,
        State::HandEdited
    );
}

#[test]
fn a_file_made_by_hand_needs_no_trailer() {
    let made = "format = 1\nname = 'À la main'\ncreated = 2026-01-15\n[answers]\na = 'oui'\n";
    let loaded = format::read(made.as_bytes()).expect("accepted");
    assert_eq!(loaded.state, State::HandEdited);
    assert_eq!(
        loaded.dossier.answer("a").and_then(Answer::text),
        Some("oui")
    );
    let marked = format!("# Dossier Aplomb\n{made}");
    assert!(
        format::read(marked.as_bytes()).is_err(),
        "a written file without its end was cut"
    );
}

#[test]
fn damage_is_said_with_its_place() {
    let head = "format = 1\nname = 'A'\ncreated = 2026-01-15\n";
    for (body, place, what) in [
        (
            "[answers]\na = \"x",
            (5, 7),
            "le texte n'est pas fermé par un guillemet droit",
        ),
        ("[answers]\na = true\n", (5, 5), "et non true ou false"),
        (
            "[answers]\na = 1\na = 2\n",
            (6, 1),
            "cette clé est écrite deux fois",
        ),
        (
            "[answers]\na = 1.234\n",
            (5, 5),
            "un nombre avec deux décimales au plus",
        ),
        (
            "[answers]\na = 1e9\n",
            (5, 5),
            "un nombre avec deux décimales au plus",
        ),
        (
            "[answers]\na = { status = 'non' }\n",
            (5, 16),
            "« unknown », « later »",
        ),
        (
            "[answers]\na = { status = 'not-applicable' }\n",
            (5, 5),
            "il manque « reason »",
        ),
        (
            "[answers]\na = { checklist = { x = 'peut-être' } }\n",
            (5, 25),
            "« oui », « non »",
        ),
        (
            "[answers]\na = { record = {}, list = [] }\n",
            (5, 20),
            "« list » n'est pas connu ici",
        ),
        (
            "[answers]\na = [1]\n",
            (5, 6),
            "un texte entre guillemets est attendu",
        ),
        (
            "[actions]\na = { status = 'fini' }\n",
            (5, 16),
            "« a-faire »",
        ),
        (
            "[actions]\na = { status = 'fait', due = 'demain' }\n",
            (5, 30),
            "une date est attendue",
        ),
        (
            "[history]\nchanges = [{ at = 2026-01-15T10:00:00 }]\n",
            (5, 12),
            "« answer », « note »",
        ),
        ("[réponses]\n", (4, 3), "mal écrite"),
        ("surprise = 1\n", (4, 1), "« surprise » n'est pas connu ici"),
    ] {
        let error = format::read(format!("{head}{body}").as_bytes()).expect_err(body);
        let FormatError::Damaged(fault) = error else {
            panic!("{error:?}")
        };
        assert_eq!((fault.line, fault.column), place, "{body}: {fault}");
        assert!(fault.what.contains(what), "{body}: {fault}");
    }
    let bad = [b"format = 1\nname = '".as_slice(), &[0xFF], b"'\n"].concat();
    let FormatError::Damaged(fault) = format::read(&bad).expect_err("not UTF-8") else {
        panic!()
    };
    assert_eq!((fault.line, fault.column), (2, 9));
}

#[test]
fn a_newer_format_is_refused_whatever_it_holds() {
    let newer = "# Dossier Aplomb\nformat = 7\nanswers = \"elsewhere\"\n";
    assert_eq!(format::read(newer.as_bytes()), Err(FormatError::Newer(7)));
    assert!(matches!(
        format::read(b"format = 0\nname = 'A'\n"),
        Err(FormatError::Damaged(_))
    ));
}

#[test]
fn hostile_nesting_and_keys_are_refused_without_harm() {
    let deep = format!("a = {}", "[".repeat(200_000));
    assert!(format::read(deep.as_bytes()).is_err());
    let deep = format!("a{} = 1", ".a".repeat(100_000));
    assert!(format::read(deep.as_bytes()).is_err());
}
