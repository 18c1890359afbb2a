//! Entries of a list that name a service picked elsewhere: « Wix » among the providers is the Wix of
//! the trackers. The catalogue then fills what it knows of it, and nobody is cited twice.

use super::french::{is_same, letters};
use super::material::Row;
use super::vocabulary::{ABROAD, PUBLISHER};
use crate::domain::answer::{Answer, Value};
use crate::domain::catalogue::{KnownServices, Question, Service};
use crate::domain::typography;
use crate::domain::view::{Seen, View};

/// The entries with the country and the publisher of the service each names, and whether they are
/// outside the European Economic Area; and these services.
pub(super) fn name(
    view: &View<'_>,
    question: &Question,
    entries: &[Row],
) -> (Vec<Row>, Vec<String>) {
    let mut entries = entries.to_vec();
    let mut ids = Vec::new();
    let Some(known) = &question.known_services else {
        return (entries, ids);
    };
    let picked = picked(view, &known.picked);
    for entry in &mut entries {
        entry.remove(PUBLISHER);
        ids.extend(complete(entry, known, &picked));
        let country = entry.get(&known.country).map_or("", String::as_str);
        let is_within = known.eea.iter().any(|name| is_same(name, country));
        let abroad = if is_within { "non" } else { "oui" };
        entry.insert(ABROAD.to_owned(), abroad.to_owned());
    }
    (entries, ids)
}

/// Adds to an entry what is known of the service it names; gives the id of that service.
fn complete(entry: &mut Row, known: &KnownServices, picked: &[&Service]) -> Option<String> {
    let given = |field: &str| entry.get(field).map_or("", |text| text.trim());
    let country = given(&known.country).to_owned();
    let service = denoted(picked, given(&known.name))?;
    if country.is_empty() {
        let country = typography::french(&service.country);
        entry.insert(known.country.clone(), country);
    } else if !is_same(&country, head(&service.country)) {
        // Two countries: which one is right is not known, and both are said.
        return None;
    }
    entry.insert(PUBLISHER.to_owned(), service.publisher.clone());
    Some(service.id.clone())
}

/// Services picked that somebody else serves: without a domain, the site itself does.
fn picked<'c>(view: &View<'c>, question: &str) -> Vec<&'c Service> {
    let Seen::Answer(Answer::Value(Value::Set(ids))) = view.seen(question) else {
        return Vec::new();
    };
    let services = ids.iter().filter_map(|id| view.catalogue().service(id));
    services.filter(|s| !s.domains.is_empty()).collect()
}

/// The service of this name, or else the only one this publisher has.
fn denoted<'c>(picked: &[&'c Service], name: &str) -> Option<&'c Service> {
    letters(name).next()?;
    let is_name = |text: &str| is_same(text, name) || is_same(head(text), name);
    let called = picked.iter().find(|service| is_name(&service.name));
    called.copied().or_else(|| {
        let mut published = picked.iter().filter(|service| {
            is_name(&service.publisher) || service.publisher.split(" / ").any(is_name)
        });
        let first = published.next()?;
        published.next().is_none().then_some(*first)
    })
}

/// A name without what is added to tell it: « Google Maps (carte intégrée) », « Brevo — suivi ».
fn head(text: &str) -> &str {
    let end = text.find(['(', '—']).unwrap_or(text.len());
    text[..end].trim_end()
}
