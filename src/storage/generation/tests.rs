//! What becomes of edited files.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};

use super::*;

fn forms(date: Date) -> Vec<String> {
    vec![date.to_string()]
}

fn day(n: i8) -> Date {
    date(2026, 11, n)
}

fn write_on(day: Date, folder: &Path, name: &str, text: &str, nature: Nature) -> Foreseen {
    let generation = Generation::open(folder, day, forms);
    let foreseen = generation.foresee(name, text.into(), nature).unwrap();
    let outcome = foreseen.outcome;
    let mut written = generation.write(vec![foreseen]).unwrap();
    let written = written.remove(0);
    assert_eq!(written.outcome, outcome);
    written
}

fn write(folder: &Path, text: &str) -> Foreseen {
    write_on(day(1), folder, "a.md", text, Nature::Text)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != RECORD)
        .collect();
    names.sort();
    names
}

#[test]
fn an_untouched_file_follows_each_generation() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(write(folder, "un\n").outcome, Outcome::Created);
    assert_eq!(write(folder, "un\n").outcome, Outcome::Unchanged);
    assert_eq!(write(folder, "deux\n").outcome, Outcome::Updated);
    assert_eq!(read(folder, "a.md"), "deux\n");
}

#[test]
fn an_edit_is_merged_into_the_next_generation_and_the_one_after() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "un\n\ndeux\n\ntrois\n");
    fs::write(folder.join("a.md"), "un, à moi\n\ndeux\n\ntrois\n").unwrap();
    let seen = write(folder, "un\n\ndeux\n\n3\n");
    assert_eq!(seen.outcome, Outcome::Merged);
    assert!(seen.difference().unwrap().contains("-trois\n+3\n"));
    assert_eq!(read(folder, "a.md"), "un, à moi\n\ndeux\n\n3\n");
    // Again: nothing more to do.
    let again = write(folder, "un\n\ndeux\n\n3\n");
    assert_eq!(again.outcome, Outcome::Kept(Why::NothingNew));
    assert_eq!(write(folder, "un\n\n2\n\n3\n").outcome, Outcome::Merged);
    assert_eq!(read(folder, "a.md"), "un, à moi\n\n2\n\n3\n");
    // Taking one's edit back makes the file an ordinary one again.
    fs::write(folder.join("a.md"), "un\n\n2\n\n3\n").unwrap();
    assert_eq!(write(folder, "1\n\n2\n\n3\n").outcome, Outcome::Updated);
    assert_eq!(names(folder), ["a.md"]);
}

#[test]
fn a_conflict_leaves_the_file_alone_until_the_user_has_decided() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "un\n\ndeux\n\nfin\n");
    fs::write(folder.join("a.md"), "un\n\nà moi\n\nfin\n").unwrap();
    let seen = write(folder, "un\n\n2\n\nfin\n");
    assert_eq!(seen.outcome, Outcome::Kept(Why::Conflict));
    assert_eq!(seen.conflicts[0].yours, "à moi\n");
    assert_eq!(seen.conflicts[0].new, "2\n");
    assert_eq!(seen.beside, Some(folder.join("a.nouveau.md")));
    assert_eq!(read(folder, "a.md"), "un\n\nà moi\n\nfin\n");
    assert_eq!(read(folder, "a.nouveau.md"), "un\n\n2\n\nfin\n");
    // A later generation takes the place of the one that waits.
    assert_eq!(
        write(folder, "1\n\n2\n\nfin\n").outcome,
        Outcome::Kept(Why::Conflict)
    );
    assert_eq!(read(folder, "a.nouveau.md"), "1\n\n2\n\nfin\n");
    // Deleted: the user took what was useful, and keeps this sentence.
    fs::remove_file(folder.join("a.nouveau.md")).unwrap();
    fs::write(folder.join("a.md"), "1\n\nà moi\n\nfin\n").unwrap();
    assert_eq!(
        write(folder, "1\n\n2\n\nfin\n").outcome,
        Outcome::Kept(Why::NothingNew)
    );
    assert_eq!(write(folder, "1\n\n2\n\nFIN\n").outcome, Outcome::Merged);
    assert_eq!(read(folder, "a.md"), "1\n\nà moi\n\nFIN\n");
    assert_eq!(names(folder), ["a.md"]);
}

#[test]
fn a_version_that_waits_is_never_overwritten_once_edited_and_goes_when_it_is_useless() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "un\n\ndeux\n");
    fs::write(folder.join("a.md"), "un\n\nà moi\n").unwrap();
    write(folder, "un\n\n2\n");
    fs::write(folder.join("a.nouveau.md"), "au propre").unwrap();
    assert_eq!(
        write(folder, "un\n\n2 bis\n").beside,
        Some(folder.join("a.nouveau-2.md"))
    );
    assert_eq!(read(folder, "a.nouveau.md"), "au propre");
    // The user takes the new sentence into the file: nothing waits any more.
    fs::write(folder.join("a.md"), "plus\n\nun\n\n2 bis\n").unwrap();
    let seen = write(folder, "un\n\n2 bis\n");
    assert_eq!(seen.outcome, Outcome::Kept(Why::NothingNew));
    assert_eq!(seen.withdrawn, Some(folder.join("a.nouveau-2.md")));
    assert_eq!(names(folder), ["a.md", "a.nouveau.md"]);
    assert_eq!(read(folder, "a.md"), "plus\n\nun\n\n2 bis\n");
}

#[test]
fn what_cannot_be_merged_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // Never generated.
    fs::write(folder.join("a.md"), "à moi").unwrap();
    assert_eq!(write(folder, "autre").outcome, Outcome::Kept(Why::NoBase));
    // Not a text any more.
    write_on(day(1), folder, "b.csv", "a;b\r\n", Nature::Text);
    fs::write(folder.join("b.csv"), b"a;b\xe9\r\n").unwrap();
    let seen = write_on(day(1), folder, "b.csv", "a;c\r\n", Nature::Text);
    assert_eq!(seen.outcome, Outcome::Kept(Why::NotText));
    assert_eq!(fs::read(folder.join("b.csv")).unwrap(), b"a;b\xe9\r\n");
    // Not a text.
    write_on(day(1), folder, "c.docx", "1", Nature::Binary);
    fs::write(folder.join("c.docx"), "1 bis").unwrap();
    let seen = write_on(day(1), folder, "c.docx", "2", Nature::Binary);
    assert_eq!(seen.outcome, Outcome::Kept(Why::NotText));
    assert_eq!(seen.difference(), None);
    assert_eq!(read(folder, "c.docx"), "1 bis");
    assert_eq!(read(folder, "c.nouveau.docx"), "2");
    // The record is lost.
    write_on(day(1), folder, "d.html", "un\n", Nature::Text);
    fs::write(folder.join("d.html"), "un !\n").unwrap();
    fs::remove_file(folder.join(RECORD)).unwrap();
    let seen = write_on(day(1), folder, "d.html", "deux\n", Nature::Text);
    assert_eq!(seen.outcome, Outcome::Kept(Why::NoBase));
    assert_eq!(read(folder, "d.html"), "un !\n");
}

#[test]
fn another_day_is_not_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let page = |day: Date, end: &str| format!("un\nÉcrit le {day}. {end}\ndeux\n");
    write_on(day(1), folder, "a.md", &page(day(1), ""), Nature::Text);
    let mine = format!("un\nÉcrit le {}. Par moi.\ndeux\n", day(1));
    fs::write(folder.join("a.md"), &mine).unwrap();
    let seen = write_on(day(2), folder, "a.md", &page(day(2), ""), Nature::Text);
    assert_eq!(seen.outcome, Outcome::Kept(Why::NothingNew));
    assert_eq!(read(folder, "a.md"), mine);
    // What the program wrote around it follows the day.
    let seen = write_on(day(3), folder, "b.md", &page(day(3), ""), Nature::Text);
    assert_eq!(seen.outcome, Outcome::Created);
    fs::write(folder.join("b.md"), page(day(3), "") + "trois\n").unwrap();
    let seen = write_on(day(4), folder, "b.md", &page(day(4), ""), Nature::Text);
    assert_eq!(seen.outcome, Outcome::Merged);
    assert_eq!(read(folder, "b.md"), page(day(4), "") + "trois\n");
}

#[test]
fn looking_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let generation = Generation::open(folder.path().join("x"), day(1), forms);
    let seen = generation
        .foresee("a.md", b"un".into(), Nature::Text)
        .unwrap();
    assert_eq!(seen.outcome, Outcome::Created);
    assert!(!folder.path().join("x").exists());
}

#[test]
fn a_file_saved_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "un\n");
    let generation = Generation::open(folder.path(), day(1), forms);
    let seen = generation
        .foresee("a.md", b"deux\n".into(), Nature::Text)
        .unwrap();
    fs::write(folder.path().join("a.md"), "à moi\n").unwrap();
    let written = generation.write(vec![seen]).unwrap();
    assert_eq!(written[0].outcome, Outcome::Kept(Why::Moved));
    assert_eq!(read(folder.path(), "a.md"), "à moi\n");
    assert_eq!(
        write(folder.path(), "trois\n").outcome,
        Outcome::Kept(Why::NoBase)
    );
    assert_eq!(read(folder.path(), "a.md"), "à moi\n");
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let generation = Generation::open(folder.path(), day(1), forms);
    for name in ["../a.md", "/tmp/a.md", "a/../../b.md", "CON", ""] {
        let seen = generation.foresee(name, b"x".into(), Nature::Text);
        assert!(seen.is_err(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn the_previous_generation_is_private_to_the_user() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "un\n");
    for name in [RECORD, "a.md"] {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_new_version_keeps_its_extension() {
    assert_eq!(beside("a.md", 1), "a.nouveau.md");
    assert_eq!(beside("a.fragment.html", 2), "a.nouveau-2.fragment.html");
    assert_eq!(beside("b/a", 1), "b/a.nouveau");
}
