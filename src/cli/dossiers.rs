//! `nouveau` and `repondre`.

use std::fmt::Write as _;
use std::path::Path;

use super::answers;
use super::error::CliError;
use super::{Context, Reply};
use crate::domain::answer::Answer;
use crate::domain::answer::{Tick, Value};
use crate::domain::dossier::{Change, Dossier};
use crate::domain::input::{self, Raw};
use crate::session::{Outcome, Session, SessionError, system_clock};
use crate::storage::Workspace;

/// Longest name of a business, in characters.
const MAX_NAME: usize = 200;

/// Creates a dossier, from answers if some are given; a fault creates nothing.
pub(super) fn create(
    context: &Context,
    name: &str,
    file: Option<&Path>,
) -> Result<Reply, CliError> {
    let name = input::clean(name).replace('\n', " ");
    if name.is_empty() {
        return Err(CliError::bad_input(
            "le nom de l'entreprise est vide. Écrivez par exemple : aplomb nouveau \"Boulangerie Martin\"",
        ));
    }
    if name.chars().count() > MAX_NAME {
        return Err(CliError::bad_input(format!(
            "ce nom dépasse {MAX_NAME} caractères. Raccourcissez-le : c'est celui qui s'affiche dans le classeur."
        )));
    }
    let content = context.content()?;
    let now = system_clock();
    let mut dossier = Dossier::new(&name, context.date());
    if let Some(file) = file {
        let answers = answers::read_file(file)?;
        for (id, answer) in check(&content.catalogue, answers)? {
            dossier.apply(
                now,
                Change::Answer {
                    question: id,
                    answer: Some(answer),
                },
            );
        }
    }
    let workspace: Workspace = context.workspace()?;
    let store = workspace.create_with(dossier)?;
    let dir = store.dir().to_owned();
    let slug = dir
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let answered = store.dossier().answers.len();
    store.close()?;
    let mut text = format!("Dossier « {name} » créé : {slug}\n{}\n", dir.display());
    if answered > 0 {
        writeln!(
            text,
            "{answered} {}",
            plural(answered, "réponse enregistrée", "réponses enregistrées")
        )
        .unwrap_or_default();
    }
    // A short name is looked for in the usual workspace.
    let again = if context.global.classeur.is_some() {
        format!("\"{}\"", dir.display())
    } else {
        slug
    };
    writeln!(text, "Pour continuer : aplomb {again}").unwrap_or_default();
    Ok(Reply::yes(text))
}

/// Reads every answer, and reports all those that do not suit at once.
fn check(
    catalogue: &crate::domain::catalogue::Catalogue,
    answers: Vec<(String, Raw)>,
) -> Result<Vec<(String, Answer)>, CliError> {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for (id, raw) in answers {
        let Some(question) = catalogue.question(&id) else {
            faults.push(format!("  {id} : cette question n'existe pas"));
            continue;
        };
        match input::answer(question, &raw, catalogue) {
            Ok(answer) => good.push((question.id.clone(), answer)),
            Err(reason) => faults.push(format!("  {id} : {reason}")),
        }
    }
    if faults.is_empty() {
        return Ok(good);
    }
    let count = faults.len();
    Err(CliError::bad_input(format!(
        "{count} {} ; rien n'a été créé.\n{}\nCorrigez le fichier, puis recommencez. « aplomb questions » donne les identifiants et les réponses possibles.",
        plural(
            count,
            "réponse ne convient pas",
            "réponses ne conviennent pas"
        ),
        faults.join("\n")
    )))
}

/// Records answers given as `ID=VALEUR`; either all of them or none.
pub(super) fn answer(
    context: &Context,
    dossier: &str,
    pairs: &[String],
) -> Result<Reply, CliError> {
    let (mut session, mut notes) = context.open(dossier)?;
    // Later pairs see the earlier ones: two points of a checklist add up.
    let mut draft = session.store().dossier().clone();
    let (mut changes, mut faults) = (Vec::new(), Vec::new());
    for pair in pairs {
        match change(&session, &draft, pair) {
            Ok(change) => {
                draft.perform(change.clone());
                changes.push(change);
            }
            Err(error) => faults.push(error),
        }
    }
    if !faults.is_empty() {
        let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
        return Err(CliError::bad_input(format!(
            "rien n'a été enregistré.\n{}",
            lines.join("\n")
        )));
    }
    let count = changes.len();
    let outcome = session.record_all(changes)?;
    let text = told(&session, count, &outcome);
    notes.extend(session.take_notices());
    // The answers are in the journal: a snapshot that cannot be written loses nothing.
    if let Err(error) = session.close() {
        notes.push(format!("Vos réponses sont enregistrées. {error}"));
    }
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

/// Reads `ID=VALEUR`, or `ID/POINT=oui` for one item of a checklist.
fn change(session: &Session, draft: &Dossier, pair: &str) -> Result<Change, CliError> {
    let (id, value) = pair.split_once('=').ok_or_else(|| {
        CliError::bad_input(format!(
            "« {pair} » : écrivez ID=VALEUR, par exemple profil.forme=ei"
        ))
    })?;
    let (id, value) = (id.trim(), value.trim());
    let (question_id, item) = match id.split_once('/') {
        Some((question, item)) => (question, Some(item)),
        None => (id, None),
    };
    let question = session.question(question_id)?;
    if let Some(item) = item {
        let ticks = item_ticks(session, draft, &question.id, item, value)?;
        return Ok(Change::Answer {
            question: question.id.clone(),
            answer: ticks,
        });
    }
    if value.is_empty() {
        return Ok(Change::Answer {
            question: question.id.clone(),
            answer: None,
        });
    }
    let answer = session.parse(&question.id, &raw(value))?;
    Ok(Change::Answer {
        question: question.id.clone(),
        answer: Some(answer),
    })
}

/// A value that looks like JSON is read as JSON, so that lists and tables can be given.
fn raw(value: &str) -> Raw {
    answers::read_json_value(value).unwrap_or_else(|| Raw::Text(value.to_owned()))
}

fn item_ticks(
    session: &Session,
    draft: &Dossier,
    id: &str,
    item: &str,
    value: &str,
) -> Result<Option<Answer>, SessionError> {
    let mut ticks = match draft.answer(id) {
        Some(Answer::Value(Value::Ticks(ticks))) => ticks.clone(),
        _ => std::collections::BTreeMap::new(),
    };
    if value.is_empty() {
        ticks.remove(item);
    } else {
        let one = Raw::Table(vec![(item.to_owned(), Raw::Text(value.to_owned()))]);
        if let Answer::Value(Value::Ticks(read)) = session.parse(id, &one)? {
            ticks.extend::<Vec<(String, Tick)>>(read.into_iter().collect());
        }
    }
    Ok((!ticks.is_empty()).then_some(Answer::Value(Value::Ticks(ticks))))
}

fn told(session: &Session, count: usize, outcome: &Outcome) -> String {
    let mut text = format!(
        "{count} {}\n",
        plural(count, "réponse enregistrée", "réponses enregistrées")
    );
    for (ids, one, many) in [
        (
            &outcome.opened,
            "nouvelle question selon votre réponse :",
            "nouvelles questions selon votre réponse :",
        ),
        (
            &outcome.closed,
            "question ne se pose plus :",
            "questions ne se posent plus :",
        ),
    ] {
        if ids.is_empty() {
            continue;
        }
        writeln!(text, "{} {}", ids.len(), plural(ids.len(), one, many)).unwrap_or_default();
        for id in ids {
            let question = session
                .catalogue()
                .question(id)
                .map_or("", |q| q.text.as_str());
            writeln!(text, "  {id}  {question}").unwrap_or_default();
        }
    }
    text
}

/// One or several.
pub(super) fn plural<'t>(count: usize, one: &'t str, many: &'t str) -> &'t str {
    if count < 2 { one } else { many }
}
