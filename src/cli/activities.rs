//! `traitements`: the record as the catalogue derives it, and what the owner writes over it.

use std::fmt::Write as _;

use super::dossiers::plural;
use super::error::CliError;
use super::{Context, Reply, json};
use crate::domain::catalogue::LegalBasis;
use crate::domain::condition::Truth;
use crate::domain::processing::{self, Author, OWN, Part, Standing};
use crate::domain::typography::{capital, french};
use crate::domain::view::View;
use crate::exports::activities;
use crate::session::{Request, Session};

/// Lists the activities, shows those named, or writes about them.
pub(super) fn activities(
    context: &Context,
    dossier: &str,
    words: &[String],
    as_json: bool,
) -> Result<Reply, CliError> {
    let (mut session, mut notes) = context.open(dossier)?;
    let mut shown: Vec<String> = Vec::new();
    let mut requests = Vec::new();
    for word in words {
        match Request::read(word).map_err(CliError::bad_input)? {
            None if session.knows_activity(word) => shown.push(word.clone()),
            None => return Err(unknown(&session, word)),
            Some(Request::Write(id, _)) if !session.knows_activity(&id) => {
                return Err(unknown(&session, &id));
            }
            Some(request) => requests.push(request),
        }
    }
    let writes = !requests.is_empty();
    if writes {
        let touched = session.write_activities(requests)?;
        notes.extend(session.take_notices());
        notes.extend(touched.iter().filter_map(|id| unused(&session, id)));
        shown.extend(touched);
    }
    let view = session.view();
    let text = if as_json {
        json::text(&activities::json(&view))
    } else if shown.is_empty() {
        list(&view)
    } else {
        let all = processing::all(&view);
        let cards = shown.iter().filter_map(|id| processing::find(&all, id));
        let cards: Vec<String> = cards.map(|standing| card(standing, &view)).collect();
        if cards.is_empty() {
            "Traitement retiré.\n".to_owned()
        } else {
            cards.join("\n")
        }
    };
    if writes {
        session.close()?;
    }
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

fn unknown(session: &Session, id: &str) -> CliError {
    let view = session.view();
    let known: Vec<&str> = processing::all(&view).iter().map(|s| s.id).collect();
    let nearest = known
        .iter()
        .map(|known| (strsim::jaro_winkler(id, known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.8);
    let next = match nearest {
        Some((_, known)) => format!("Vouliez-vous dire « {known} » ?"),
        None => "« aplomb traitements DOSSIER » en donne la liste.".to_owned(),
    };
    CliError::bad_input(format!("le traitement « {id} » n'existe pas. {next}"))
}

/// What was written about an activity that is not in the record.
fn unused(session: &Session, id: &str) -> Option<String> {
    let view = session.view();
    let all = processing::all(&view);
    let standing = processing::find(&all, id)?;
    (!standing.truth.is_true() && standing.edit.is_some()).then(|| {
        format!(
            "« {} » n'est pas au registre d'après vos réponses : ce que vous avez écrit servira s'il y entre.",
            standing.title()
        )
    })
}

fn list(view: &View<'_>) -> String {
    let standing = processing::standing(view);
    let count = |wanted: &dyn Fn(&&Standing<'_>) -> bool| standing.iter().filter(wanted).count();
    let recorded = count(&|s| s.is_recorded());
    let declined = count(&|s| s.declined().is_some());
    let undecided = standing.len() - recorded - declined;
    let mut text = format!(
        "{} — registre au {} : {recorded} {}",
        view.dossier().name,
        crate::domain::explain::day(view.date()),
        plural(recorded, "traitement", "traitements"),
    );
    if declined > 0 {
        write!(
            text,
            ", {declined} {}",
            plural(declined, "écarté", "écartés")
        )
        .unwrap_or_default();
    }
    if undecided > 0 {
        write!(text, ", {undecided} selon vos réponses").unwrap_or_default();
    }
    text.push_str("\n\n");
    let width = standing.iter().map(|s| s.id.chars().count()).max();
    let width = width.unwrap_or(0).min(32);
    for standing in &standing {
        let state = match standing.truth {
            _ if standing.declined().is_some() => "écarté",
            Truth::Unknown => "à décider",
            _ if standing.model.is_none() => "ajouté par vous",
            _ if standing.edit.is_some() => "modifié par vous",
            _ => "catalogue",
        };
        writeln!(
            text,
            "  {:<width$}  {} · {state}",
            standing.id,
            standing.title()
        )
        .unwrap_or_default();
        for remark in standing.remarks(view) {
            writeln!(text, "  {:<width$}    ! {}", "", french(&remark)).unwrap_or_default();
        }
    }
    text.push_str(
        "\nUn traitement en détail : aplomb traitements DOSSIER contact\n\
         Écrire un champ : contact.duree=\"un an\" (« - » l'efface et laisse un blanc ; vide, il revient au catalogue)\n\
         Il n'a pas lieu : contact=\"sans-objet: raison\" · en ajouter un : +\"Vidéosurveillance du dépôt\"\n\
         Un traitement ajouté qui reste au registre, hors de la page vie privée : propre-….publication=interne\n",
    );
    text
}

fn card(standing: &Standing<'_>, view: &View<'_>) -> String {
    let mut text = format!("{} ({})\n", standing.title(), standing.id);
    let mut line = |label: &str, word: &str, value: &str, author: Author| {
        let from = match author {
            Author::Catalogue => "catalogue",
            Author::Owner => "vous",
            Author::Missing => "à compléter",
        };
        let value = if value.is_empty() { "—" } else { value };
        let name = french(&capital(label));
        writeln!(text, "  {name} [{word}, {from}]\u{a0}: {value}").unwrap_or_default();
    };
    for part in Part::ALL {
        if part == Part::Interest {
            let (basis, author) = standing.basis();
            line(
                Part::BASIS,
                "base",
                basis.map_or("", LegalBasis::label),
                author,
            );
        }
        let said = standing.said(part);
        let nothing = said.items.is_empty() && said.author == Author::Catalogue;
        if part != Part::Title && !(nothing && matches!(part, Part::Interest | Part::Publication)) {
            line(part.label(), part.word(), &said.line(), said.author);
        }
    }
    if let Some(note) = standing.note() {
        line("note", "note", note, Author::Owner);
    }
    if let Some(reason) = standing.declined() {
        writeln!(text, "  N'a pas lieu\u{a0}: {reason}").unwrap_or_default();
    }
    for remark in standing.remarks(view) {
        writeln!(text, "  ! {}", french(&remark)).unwrap_or_default();
    }
    if standing.id.starts_with(OWN) {
        writeln!(
            text,
            "  Pour le retirer : aplomb traitements DOSSIER {}=",
            standing.id
        )
        .unwrap_or_default();
    }
    text
}
