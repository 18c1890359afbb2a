//! An element told covered is really said: by words, without a blank, that speak of it.

#[path = "support/examples.rs"]
mod examples;

use aplomb::documents::{ACTIVITY, BLANK_PREFIX, Needed, Rendered, render_seen};
use aplomb::domain::answer::{Answer, Value};
use aplomb::domain::document::Document;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::Part;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY, example};

/// The five examples, an empty dossier, and each with durations said to be held, or not.
fn dossiers() -> Vec<(String, Dossier)> {
    let mut all = vec![("vide".to_owned(), Dossier::default())];
    for (slug, dossier) in examples::all() {
        for held in ["fait", "jamais"] {
            let mut other = dossier.clone();
            let held_or_not = Answer::Value(Value::Text(held.to_owned()));
            let id = "socle.conservation".to_owned();
            other.answers.insert(id, held_or_not);
            all.push((format!("{slug}, {held}"), other));
        }
        let mut site = dossier.clone();
        let every = ["contact", "newsletter", "devis", "candidature", "commande"];
        let every = every
            .into_iter()
            .chain(["compte", "evenement", "sante", "papier"]);
        let forms = Value::Set(every.map(str::to_owned).collect());
        let id = "profil.formulaires".to_owned();
        site.answers.insert(id, Answer::Value(forms));
        all.push((format!("{slug}, tous les formulaires"), site));
        all.push((slug.to_owned(), dossier));
    }
    all
}

/// The words of the clauses said to cover an element.
fn words<'r>(document: &Document, rendered: &'r Rendered, element: &str) -> Vec<&'r str> {
    let covers = |id: &str| {
        let mut clauses = document.clauses.iter();
        clauses.any(|clause| clause.id == id && clause.covers.iter().any(|e| e == element))
    };
    let traces = rendered.clauses.iter();
    let traces = traces.filter(|trace| covers(&trace.id));
    traces.map(|trace| trace.markdown.as_str()).collect()
}

#[test]
fn what_is_covered_is_said_without_a_blank() {
    let (mut covered, mut apart) = (0, 0);
    for (name, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            for element in rendered.elements.iter().filter(|e| e.covered) {
                // Said among blanks that are about other contents of the record.
                let parts = document.elements.iter().find(|e| e.id == element.id);
                let parts = &parts.unwrap().parts;
                let mut traces = rendered.clauses.iter();
                if !parts.is_empty()
                    && traces.any(|t| Some(&t.id) == element.clause.as_ref() && !t.complete)
                {
                    apart += 1;
                    continue;
                }
                let said = words(document, &rendered, &element.id);
                let mut whole = said
                    .iter()
                    .filter(|text| !text.trim().is_empty() && !text.contains(BLANK_PREFIX));
                let id = format!("{name}: {}/{}", document.id, element.id);
                assert!(whole.next().is_some(), "{id}: {said:?}");
                covered += 1;
            }
        }
    }
    assert!(covered > 2500, "only {covered} covered");
    assert!(apart > 50, "only {apart} covered among other blanks");
}

/// A blank on one content of the record uncovers what is made of it, and nothing else.
#[test]
fn a_blank_uncovers_only_what_it_is_about() {
    let mut dossier = example("aurore-conseil");
    let held = Answer::Value(Value::Text("fait".to_owned()));
    dossier.answers.insert("socle.conservation".into(), held);
    let covered = |dossier: &Dossier, id: &str| {
        let view = View::new(&CATALOGUE, dossier, DAY);
        let document = CATALOGUE.document(id).unwrap();
        let rendered = render_seen(&view, document).unwrap();
        let elements = rendered.elements.into_iter();
        elements
            .map(|e| (e.id, e.covered))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    // How long the host keeps its logs is asked by no question: the record awaits it.
    let page = covered(&dossier, "page-vie-privee");
    assert!(page["finalites"] && page["bases"] && page["donnees"] && !page["durees"]);
    let record = covered(&dossier, "registre");
    assert!(record["personnes-et-donnees"] && record["bases"] && !record["durees"]);

    for activity in &CATALOGUE.processing_activities {
        let edit = dossier.activities.entry(activity.id.clone()).or_default();
        edit.texts.insert(Part::Retention, "un an".to_owned());
        edit.texts.insert(Part::Archive, "effacement".to_owned());
    }
    assert!(covered(&dossier, "page-vie-privee")["durees"]);
    assert!(covered(&dossier, "registre")["durees"]);

    let contact = dossier.activities.get_mut("contact").unwrap();
    contact.texts.insert(Part::Data, String::new());
    let page = covered(&dossier, "page-vie-privee");
    assert!(page["finalites"] && page["durees"] && !page["donnees"]);
}

/// What the text under a form says of each element common to all forms.
const WITNESSES: [(&str, &[&str]); 11] = [
    ("identite", &["recueille ces informations"]),
    ("finalite", &["our "]),
    ("base", &["Ce qui nous y autorise"]),
    ("obligatoires", &["astérisque"]),
    ("destinataires", &["Qui les reçoit"]),
    ("duree", &["Durée"]),
    ("droits", &["consulter ces informations"]),
    ("reclamation", &["cnil.fr/plaintes"]),
    ("renvoi", &["page « Vie privée »", "http"]),
    ("opposition", &["oppos", "refuser"]),
    ("retrait", &["retirer votre accord"]),
];

#[test]
fn a_form_text_says_each_element_it_covers() {
    let forms = ["contact", "newsletter", "devis", "candidature", "commande"];
    let document = CATALOGUE.document("mention-formulaire").unwrap();
    let (mut seen, mut held) = (0, 0);
    for (name, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let rendered = render_seen(&view, document).unwrap();
        for form in forms
            .into_iter()
            .chain(["compte", "evenement", "sante", "papier"])
        {
            for (part, witnesses) in WITNESSES {
                let id = format!("{form}-{part}");
                let element = rendered.elements.iter().find(|e| e.id == id);
                if element.is_some_and(|element| element.covered) {
                    let said = words(document, &rendered, &id);
                    let tells = |text: &&str| {
                        let text = text.replace('\u{a0}', " ");
                        witnesses.iter().any(|word| text.contains(word))
                    };
                    assert!(said.iter().any(tells), "{name}: {id}: {said:?}");
                    seen += 1;
                    held += usize::from(part == "duree");
                }
            }
        }
    }
    assert!(seen > 400 && held > 2, "{seen} seen, {held} durations");
}

/// A duration nobody holds is not said; the rest of the text does not suffer from it.
#[test]
fn a_blank_duration_leaves_the_other_elements_covered() {
    let document = CATALOGUE.document("mention-formulaire").unwrap();
    let mut blanks = 0;
    for (name, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let rendered = render_seen(&view, document).unwrap();
        let is_covered = |id: &str| {
            let mut due = rendered.elements.iter().filter(|e| e.due == Needed::Yes);
            let found = due.find(|e| e.id == id);
            found.map(|element| element.covered)
        };
        for form in ["commande", "compte"] {
            if is_covered(&format!("{form}-duree")) == Some(false) {
                for part in ["finalite", "base", "reclamation"] {
                    let id = format!("{form}-{part}");
                    assert_eq!(is_covered(&id), Some(true), "{name}: {id}");
                }
                blanks += 1;
            }
        }
    }
    assert!(blanks > 3, "{blanks}");
}

/// The page the forms point at does not claim durations that nobody holds.
#[test]
fn the_privacy_page_covers_only_durations_it_gives() {
    let document = CATALOGUE.document("page-vie-privee").unwrap();
    for (name, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        let rendered = render_seen(&view, document).unwrap();
        let durations = rendered.elements.iter().find(|e| e.id == "durees");
        let durations = durations.unwrap();
        if durations.covered {
            let said = words(document, &rendered, "durees");
            assert!(said.iter().all(|t| t.contains("- ")), "{name}: {said:?}");
        }
        assert!(!(durations.covered && name.ends_with("jamais")), "{name}");
    }
}

/// What is not said yet names what would say it.
#[test]
fn an_element_not_covered_names_the_question_it_waits_for() {
    let (mut seen, mut bare) = (0, 0);
    for (name, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            let elements = rendered.elements.iter().filter(|e| !e.covered);
            for element in elements.filter(|_| rendered.needed != Needed::No) {
                let place = format!("{name}: {}.{}", document.id, element.id);
                if element.source.is_empty() {
                    println!("{place}");
                    bare += 1;
                }
                for id in &element.source {
                    let known = CATALOGUE.question(id).is_some() || id.starts_with(ACTIVITY);
                    assert!(known, "{place}: {id}");
                }
                seen += 1;
            }
        }
    }
    assert_eq!(bare, 0);
    assert!(seen > 100, "{seen}");
}

/// What `documents` warns of is a fault of a template put in place of ours: none of ours has it.
#[test]
fn our_templates_have_a_clause_for_each_element_due() {
    for (slug, dossier) in dossiers() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            let unsaid: Vec<_> = rendered.unsaid().map(|element| &element.id).collect();
            assert!(unsaid.is_empty(), "{slug}/{}: {unsaid:?}", document.id);
        }
    }
}
