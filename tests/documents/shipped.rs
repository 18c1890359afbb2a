//! The templates of the program: all read, all rendered, the same bytes each time.

use aplomb::documents::check::check;
use aplomb::documents::output::{Format, file};
use aplomb::documents::{render, wording};

use super::fixture::{self, CATALOGUE, association, company, rendered, sole_trader};

pub const OURS: [&str; 3] = ["mentions-legales", "page-vie-privee", "mention-formulaire"];

#[test]
fn shipped_templates_have_no_problem() {
    let mut problems = Vec::new();
    let shipped = fixture::catalogue(None);
    for document in &shipped.documents {
        for problem in check(document, &shipped) {
            let place = problem.clause.or(problem.element).unwrap_or_default();
            problems.push(format!(
                "{}/{place}@{}: {}",
                document.id, problem.offset, problem.message
            ));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_shipped_document_is_rendered() {
    let nobody = fixture::business("Vide", &[]);
    for dossier in [nobody, sole_trader(), company(), association()] {
        for document in &CATALOGUE.documents {
            let text = rendered(&dossier, &document.id);
            for format in Format::ALL {
                assert!(
                    !file(&text, format, None).bytes.is_empty(),
                    "{}",
                    document.id
                );
            }
        }
    }
}

#[test]
fn snapshots_of_the_three_businesses() {
    for (name, dossier) in [
        ("ei", sole_trader()),
        ("societe", company()),
        ("association", association()),
    ] {
        for id in OURS {
            let document = rendered(&dossier, id);
            let missing: Vec<String> = document
                .elements
                .iter()
                .filter(|element| !element.covered)
                .map(|element| format!("{} ({:?})", element.id, element.due))
                .collect();
            let blanks: Vec<String> = document
                .blanks
                .iter()
                .map(|b| format!("{} → {}", b.label, b.question))
                .collect();
            let shown = format!(
                "needed: {:?} · ready: {}\nwhy: {}\nblanks: {blanks:#?}\nnot covered: {missing:#?}\n\n{}",
                document.needed, document.ready, document.why, document.markdown
            );
            insta::assert_snapshot!(format!("{name}-{id}"), shown);
        }
    }
}

#[test]
fn same_input_gives_the_same_bytes() {
    let dossier = company();
    for id in OURS {
        assert_eq!(rendered(&dossier, id), rendered(&dossier, id));
    }
}

#[test]
fn no_text_holds_an_outdated_phrase() {
    for dossier in [sole_trader(), company(), association()] {
        for id in OURS {
            assert_eq!(wording::check(&rendered(&dossier, id).markdown), [], "{id}");
        }
    }
}

#[test]
fn a_wrong_template_is_told_in_french() {
    let mut document = CATALOGUE.document("mentions-legales").unwrap().clone();
    document.clauses[0].body = "{{ champ(q=\"profil.siren\") | safe }}".into();
    document.clauses[1].body =
        "{{ champ(q=\"profil.inconnu\") }} {{ fiche(q=\"vitrine.hebergeur\", champ=\"nomm\") }}"
            .into();
    document.clauses[2].body = "Conformément à la déclaration CNIL n° 12".into();
    document.clauses[3].body = "{% if %}".into();
    document.clauses[5].body =
        "{% for f in fiches(q=\"vitrine.hebergeur\", hors_eee=\"oui\") %}{% endfor %}\
         {% for p in fiches(q=\"socle.prestataires\", hors_eee=\"peut-être\") %}{% endfor %}"
            .into();
    document.clauses[4].covers.clear();
    let messages: Vec<String> = check(&document, &CATALOGUE)
        .into_iter()
        .map(|p| p.message)
        .collect();
    for expected in [
        "« safe » est interdit",
        "« profil.inconnu » n'existe pas",
        "champ « nomm »",
        "déclaration à la CNIL",
        "manque à « needs »",
        "« vitrine.hebergeur » ne donne pas les pays",
        "« oui » ou « non », pas « peut-être »",
    ] {
        assert!(
            messages.iter().any(|m| m.contains(expected)),
            "{expected}: {messages:#?}"
        );
    }
    assert!(
        render(&CATALOGUE, &sole_trader(), fixture::TODAY, &document)
            .unwrap_err()
            .to_string()
            .contains("mal écrite")
    );
}
