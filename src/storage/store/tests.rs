use jiff::civil::date;

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::processing::ActivityEdit;

fn at(n: i8) -> DateTime {
    date(2026, 1, 15).at(10, n, 0, 0)
}

fn answer(question: &str, text: &str) -> Change {
    let answer = Some(Answer::Value(Value::Text(text.to_owned())));
    Change::Answer {
        question: question.to_owned(),
        answer,
    }
}

fn created(dir: &Path) -> Store {
    Store::create(dir, Dossier::new("Bel Atelier", date(2026, 1, 15))).expect("creates")
}

#[test]
fn what_was_applied_is_there_after_a_clean_close_and_after_a_crash() {
    let root = tempfile::tempdir().expect("a folder");
    let mut store = created(root.path());
    store.apply(answer("a", "1"), at(0)).expect("applies");
    let dossier = store.dossier().clone();
    drop(store);
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(store.dossier(), &dossier);
    assert_eq!(store.opening().recovered.map(|r| r.replayed), Some(1));
    store.close().expect("closes");
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(store.dossier(), &dossier);
    assert_eq!(store.opening().recovered, None);
    assert_eq!(store.opening().state, State::Clean);
    assert!(store.opening().messages().is_empty());
}

#[test]
fn undo_and_redo_are_durable() {
    let root = tempfile::tempdir().expect("a folder");
    let mut store = created(root.path());
    store.apply(answer("a", "1"), at(0)).expect("applies");
    store.apply(answer("a", "2"), at(1)).expect("applies");
    let assessed = Change::Assessed {
        version: "2026.1".to_owned(),
    };
    store.apply(assessed, at(2)).expect("applies");
    assert_eq!(store.undo(at(3)).expect("undoes"), Some(answer("a", "1")));
    assert_eq!(
        store.dossier().answer("a").and_then(Answer::text),
        Some("1")
    );
    drop(store);
    let mut store = Store::open(root.path()).expect("opens");
    assert_eq!(
        store.dossier().answer("a").and_then(Answer::text),
        Some("1")
    );
    assert_eq!(
        store.undo(at(4)).expect("nothing to undo"),
        None,
        "of another session"
    );
    store.apply(answer("b", "1"), at(5)).expect("applies");
    store.undo(at(6)).expect("undoes");
    assert_eq!(store.dossier().answer("b"), None);
    store.redo(at(7)).expect("does again");
    assert_eq!(store.can_undo_redo(), (true, false));
    assert_eq!(
        store.dossier().answer("b").and_then(Answer::text),
        Some("1")
    );
    assert_eq!(
        store.dossier().history.len(),
        7,
        "everything is in the history"
    );
}

#[test]
fn a_second_opener_reads_only_and_is_told() {
    let root = tempfile::tempdir().expect("a folder");
    let mut first = created(root.path());
    first.apply(answer("a", "1"), at(0)).expect("applies");
    let mut second = Store::open(root.path()).expect("opens");
    assert!(second.is_read_only());
    assert_eq!(second.dossier(), first.dossier());
    // What the first one did is under way: nothing ended badly.
    let [message] = &second.opening().messages()[..] else {
        panic!("{:?}", second.opening().messages());
    };
    assert!(message.contains("déjà ouvert"));
    let error = second.apply(answer("a", "2"), at(1)).expect_err("refused");
    assert!(matches!(error, Error::ReadOnly { .. }));
    second.close().expect("closes without writing");
    drop(first);
    assert!(!Store::open(root.path()).expect("opens").is_read_only());
}

#[test]
fn the_journal_is_folded_and_the_previous_snapshot_kept() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    let mut store = created(root.path());
    for n in 0..FOLD_EVERY {
        assert_eq!(files.journal().exists(), n > 0);
        store
            .apply(answer(&format!("q.{n}"), "oui"), at(0))
            .expect("applies");
    }
    assert!(!files.journal().exists());
    let read = |path: &Path| {
        format::read(&std::fs::read(path).expect("a file"))
            .expect("a snapshot")
            .dossier
    };
    assert_eq!(read(&files.snapshot()).answers.len(), FOLD_EVERY);
    assert_eq!(read(&files.backup()).answers.len(), 0);
}

#[test]
fn a_damaged_snapshot_is_restored_without_losing_a_change() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    let mut store = created(root.path()).folding_every(4);
    for n in 0..10 {
        store
            .apply(answer(&format!("q.{n}"), "oui"), at(0))
            .expect("applies");
    }
    let dossier = store.dossier().clone();
    drop(store);
    let damage = b"# Dossier Aplomb\nformat = 1\nname = \"B";
    std::fs::write(files.snapshot(), damage).expect("writes");
    let error = Store::open(root.path()).expect_err("damaged");
    assert_eq!(error.backup().map(|backup| backup.answers), Some(10));
    assert!(
        error
            .to_string()
            .contains("10 réponses, dernier changement le 15/01/2026")
    );
    assert_eq!(
        std::fs::read(files.snapshot()).expect("a file"),
        damage,
        "untouched"
    );
    let store = Store::restore(root.path()).expect("restores");
    assert_eq!(store.dossier(), &dossier);
    drop(store);
    let kept = root.path().join("dossier.abime-1.toml");
    assert_eq!(std::fs::read(kept).expect("kept aside"), damage);
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(
        (store.dossier(), store.opening().state),
        (&dossier, State::Clean)
    );
}

#[test]
fn a_snapshot_changed_by_somebody_else_meanwhile_is_kept() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    let mut store = created(root.path());
    store.apply(answer("a", "1"), at(0)).expect("applies");
    let theirs = format::write(&Dossier::new("Autre", date(2026, 2, 1)));
    std::fs::write(files.snapshot(), &theirs).expect("writes");
    store.checkpoint().expect("folds");
    let notices = store.take_notices();
    let [Notice::ForeignSnapshot(kept)] = &notices[..] else {
        panic!("{notices:?}")
    };
    assert_eq!(std::fs::read_to_string(kept).expect("kept"), theirs);
    assert!(notices[0].to_string().contains("dossier.externe-1.toml"));
}

#[test]
fn a_journal_of_another_history_is_never_applied_and_never_lost() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    let mut store = created(root.path());
    store.apply(answer("a", "ours"), at(0)).expect("applies");
    drop(store);
    let mut theirs = Dossier::new("Bel Atelier", date(2026, 1, 15));
    theirs.apply(at(1), answer("a", "theirs"));
    std::fs::write(files.snapshot(), format::write(&theirs)).expect("writes");
    let mut store = Store::open(root.path()).expect("opens");
    assert_eq!(store.dossier(), &theirs);
    assert_eq!(store.opening().recovered.map(|r| r.foreign), Some(1));
    store.apply(answer("b", "1"), at(2)).expect("applies");
    let dossier = store.dossier().clone();
    drop(store);
    assert!(root.path().join("dossier.ecarte-1.journal").exists());
    assert_eq!(Store::open(root.path()).expect("opens").dossier(), &dossier);
}

#[test]
fn changes_are_replayed_on_top_of_a_hand_edit() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    let mut store = created(root.path());
    store.apply(answer("a", "1"), at(0)).expect("applies");
    drop(store);
    let text = std::fs::read_to_string(files.snapshot()).expect("a file");
    let text = text.replace("Bel Atelier", "Bel Atelier SARL");
    std::fs::write(files.snapshot(), text).expect("writes");
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(store.opening().state, State::HandEdited);
    assert_eq!(store.dossier().name, "Bel Atelier SARL");
    assert_eq!(
        store.dossier().answer("a").and_then(Answer::text),
        Some("1")
    );
}

#[test]
fn renamed_ids_survive_with_a_journal_present() {
    let root = tempfile::tempdir().expect("a folder");
    let mut store = created(root.path());
    store.apply(answer("old", "1"), at(0)).expect("applies");
    let alias = |id: &str| (id == "old").then(|| "new".to_owned());
    assert_eq!(store.rename_ids(alias).expect("renames"), 2);
    let dossier = store.dossier().clone();
    drop(store);
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(
        (store.dossier(), store.opening().recovered),
        (&dossier, None)
    );
    assert_eq!(
        store.dossier().answer("new").and_then(Answer::text),
        Some("1")
    );
}

#[test]
fn a_newer_dossier_or_journal_is_refused_untouched() {
    let root = tempfile::tempdir().expect("a folder");
    let files = Files::new(root.path());
    drop(created(root.path()));
    std::fs::write(files.journal(), "APLOMB JOURNAL 9 9\n").expect("writes");
    assert!(matches!(
        Store::open(root.path()),
        Err(Error::Newer { found: 9, .. })
    ));
    let newer = "# Dossier Aplomb\nformat = 3\nfuture = true\n";
    std::fs::write(files.snapshot(), newer).expect("writes");
    let error = Store::open(root.path()).expect_err("refused");
    assert!(matches!(
        error,
        Error::Newer {
            found: 3,
            known: 2,
            ..
        }
    ));
    assert!(error.to_string().contains("Installez la dernière version"));
    assert_eq!(
        std::fs::read_to_string(files.snapshot()).expect("a file"),
        newer
    );
}

#[test]
fn a_journal_of_the_version_before_is_read_and_never_added_to() {
    let root = tempfile::tempdir().expect("a folder");
    drop(created(root.path()));
    let files = Files::new(root.path());
    let entry = Entry {
        at: date(2026, 1, 15).at(10, 0, 0, 0),
        change: Change::Rename {
            name: "B".to_owned(),
        },
    };
    let mut old = b"APLOMB JOURNAL 1 1\n".to_vec();
    old.extend(journal::encode(1, &entry).expect("encodes"));
    std::fs::write(files.journal(), &old).expect("writes");
    let mut store = Store::open(root.path()).expect("opens");
    assert_eq!(store.dossier().name, "B");
    let change = Change::Activity {
        activity: "contact".to_owned(),
        edit: Some(ActivityEdit {
            note: Some("n".to_owned()),
            ..ActivityEdit::default()
        }),
    };
    store.apply(change.clone(), entry.at).expect("applies");
    store.apply(change, entry.at).expect("applies");
    drop(store);
    let new = std::fs::read(files.journal()).expect("a journal");
    assert!(new.starts_with(journal::HEADER));
    let store = Store::open(root.path()).expect("opens");
    assert_eq!(store.dossier().history.len(), 3);
    assert_eq!(store.dossier().activities.len(), 1);
}

#[test]
fn opening_nothing_creates_nothing_and_creating_twice_is_refused() {
    let root = tempfile::tempdir().expect("a folder");
    let error = Store::open(root.path()).expect_err("nothing there");
    assert!(matches!(error, Error::Missing { backup: None, .. }));
    assert_eq!(std::fs::read_dir(root.path()).expect("a folder").count(), 0);
    drop(created(root.path()));
    let again = Store::create(root.path(), Dossier::new("B", date(2026, 1, 15)));
    assert!(matches!(again, Err(Error::AlreadyExists { .. })));
}
