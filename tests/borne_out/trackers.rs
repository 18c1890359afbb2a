//! Trackers, the agreement to them, and the services that set them.

use std::collections::{BTreeMap, BTreeSet};

use aplomb::documents::render_seen;
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::condition::Condition;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::Part;
use aplomb::domain::view::View;

use super::examples::{self, CATALOGUE, DAY, example};
use super::texts::{plain, section, shop, tick, told};

#[test]
fn a_tracker_that_does_not_wait_is_never_said_to() {
    let question = CATALOGUE.question("cookies.avant-accord").unwrap();
    let mut seen = 0;
    for (_, dossier) in examples::all() {
        let Some(Answer::Value(Value::Ticks(ticks))) = dossier.answers.get(&question.id) else {
            continue;
        };
        // These two are about what is done with an agreement, or without a tracker.
        let others = [
            "pages-sensibles",
            "ecrire-sans-anti-robots",
            "saisies-masquees",
        ];
        for item in ticks.keys().filter(|id| !others.contains(&id.as_str())) {
            let mut forged = dossier.clone();
            let mut ticks: BTreeMap<_, _> =
                ticks.keys().map(|id| (id.clone(), Tick::Yes)).collect();
            ticks.insert(item.clone(), Tick::No);
            let answer = Answer::Value(Value::Ticks(ticks));
            forged.answers.insert(question.id.clone(), answer);
            let view = View::new(&CATALOGUE, &forged, DAY);
            let holds = view.item_truth(&question.id, item).is_true();
            if !holds {
                continue;
            }
            let text = |id: &str| {
                let document = CATALOGUE.document(id).unwrap();
                plain(&render_seen(&view, document).unwrap().markdown)
            };
            let page = text("bandeau-et-page-cookies");
            let waiting = section(&page, "Les traceurs qui attendent votre accord");
            if let Some(waiting) = waiting {
                assert!(waiting.contains("[à compléter : bloquez d’abord"), "{item}");
                seen += 1;
            }
            let privacy = text("page-vie-privee");
            assert!(privacy.contains("- Les traceurs : bloquez"), "{item}");
        }
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn services_whose_countries_are_not_known_are_said_to_be_checked() {
    let fact = CATALOGUE.fact("envois-a-verifier").unwrap();
    let Condition::Includes { values, .. } = &fact.when else {
        panic!("a list of services is expected");
    };
    let unknown = CATALOGUE.services.iter().filter(|s| s.transfer.is_none());
    let unknown: BTreeSet<&str> = unknown.map(|s| s.id.as_str()).collect();
    assert_eq!(
        values.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        unknown
    );
    for (_, mut dossier) in examples::all() {
        let services = Value::Set(vec!["tiktok-pixel".to_owned()]);
        let id = "cookies.services".to_owned();
        if dossier
            .answers
            .insert(id, Answer::Value(services))
            .is_none()
        {
            continue;
        }
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for id in ["page-vie-privee", "bandeau-et-page-cookies"] {
            let document = CATALOGUE.document(id).unwrap();
            let text = plain(&render_seen(&view, document).unwrap().markdown);
            let line = text.lines().find(|line| {
                line.starts_with("- Pixel TikTok : ") && line.contains("envois hors d’Europe")
            });
            assert!(line.is_some(), "{id} says nothing of TikTok");
        }
    }
}

#[test]
fn an_agreement_to_trackers_is_taken_back_where_it_was_given() {
    let mut dossier = shop();
    let before = told(&dossier, "page-vie-privee");
    // No basis is named yet: how to take an agreement back is told all the same.
    assert!(!before.contains("autorise : votre accord"), "{before}");
    assert!(before.contains("Quand nous agissons avec votre accord"));

    let equal = Answer::Value(Value::Text("egal".to_owned()));
    dossier.answers.insert("cookies.bandeau".to_owned(), equal);
    let line = |dossier: &Dossier| {
        let page = told(dossier, "page-vie-privee");
        let mut lines = page.lines();
        let found =
            lines.find(|line| line.starts_with("- Publicité par traceurs sur le site : par"));
        found.map(str::to_owned)
    };
    let page = told(&dossier, "page-vie-privee");
    let blank = "- Publicité par traceurs sur le site : [à compléter : posez le lien";
    assert!(page.contains(blank), "{page}");
    tick(&mut dossier, "cookies.apres-choix", "retrait", Tick::Yes);
    let line = line(&dossier).unwrap();
    assert!(
        line.ends_with("« Gérer mes cookies », en bas de chaque page, sans avoir à nous écrire"),
        "{line}"
    );
}

#[test]
fn nobody_is_told_to_take_back_an_agreement_that_nothing_asks_for() {
    let words = "Quand nous agissons avec votre accord";
    for slug in ["plomberie-durand", "aurore-conseil"] {
        assert!(
            !told(&example(slug), "page-vie-privee").contains(words),
            "{slug}"
        );
    }
    // The salon writes to those who agreed.
    assert!(told(&example("salon-eclat"), "page-vie-privee").contains(words));
    let shop = shop();
    assert!(told(&shop, "cgv-donnees").contains("retirer un accord"));
    // No basis is named yet: the person is told all the same.
    assert!(told(&shop, "page-vie-privee").contains(words));
}

#[test]
fn how_long_a_choice_is_kept_is_told_or_asked_whatever_the_answer() {
    for (answer, words) in [
        (Tick::Yes, "est retenu environ 6 mois"),
        (Tick::No, "est retenu [à compléter : la durée réglée"),
        (Tick::Unknown, "est retenu [à compléter : la durée réglée"),
    ] {
        let mut dossier = shop();
        tick(&mut dossier, "cookies.bandeau-detail", "six-mois", answer);
        let page = told(&dossier, "bandeau-et-page-cookies");
        assert!(page.contains(words), "{answer:?}");
    }
}

#[test]
fn how_long_visits_are_kept_is_read_in_the_tool() {
    let mut dossier = shop();
    let line = |dossier: &Dossier| {
        let page = told(dossier, "page-vie-privee");
        let mut lines = page.lines();
        lines
            .find(|line| line.starts_with("- Mesure de l’audience du site : "))
            .map(str::to_owned)
    };
    let unread = line(&dossier).unwrap();
    assert!(unread.contains("[à compléter : la durée réglée dans l’outil"));
    let edit = dossier.activities.entry("audience-avec-accord".to_owned());
    edit.or_default()
        .texts
        .insert(Part::Retention, "deux mois".to_owned());
    assert!(line(&dossier).unwrap().contains(" : deux mois ; "));
}
