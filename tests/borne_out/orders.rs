//! What is sold, to whom, and how it reaches them.

use aplomb::documents::render_seen;
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::view::View;

use super::examples::{self, CATALOGUE, DAY, example};
use super::texts::{plain, section, shop, tick, told};

/// Texts that say what becomes of an order.
const ORDERS: [&str; 4] = [
    "registre",
    "page-vie-privee",
    "mention-formulaire",
    "durees-conservation",
];

#[test]
fn an_association_that_sells_nothing_makes_no_offer() {
    let mut seen = 0;
    for (_, mut dossier) in examples::all() {
        let text = Value::Text("sans-vente".to_owned());
        let id = "prospection.accord-messages".to_owned();
        if dossier.answers.insert(id, Answer::Value(text)).is_none() {
            continue;
        }
        let canals = Value::Set(vec!["courriel".to_owned(), "sms".to_owned()]);
        let id = "profil.prospection".to_owned();
        dossier.answers.insert(id, Answer::Value(canals));
        let no = Answer::Value(Value::Text("non".to_owned()));
        dossier.answers.insert("profil.fidelite".to_owned(), no);
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for id in [
            "mention-formulaire",
            "page-sociale",
            "page-vie-privee",
            "liste-opposition",
            "reponses-droits",
            "cgv-donnees",
        ] {
            let document = CATALOGUE.document(id).unwrap();
            let text = plain(&render_seen(&view, document).unwrap().markdown);
            for words in ["nos offres", "ses offres", "d’offres de"] {
                assert!(!text.contains(words), "{id} : « {words} »");
            }
        }
        seen += 1;
    }
    assert!(seen > 1);
}

#[test]
fn who_sells_services_to_businesses_delivers_nothing_and_keeps_nothing_ten_years() {
    let consultant = example("aurore-conseil");
    for document in ORDERS {
        let text = told(&consultant, document);
        assert!(text.contains("Commande"), "{document}");
        for words in ["ransporteur", "livrer", "livraison", "120 €"] {
            let mut lines = text.lines();
            let line = lines.find(|line| line.contains(words));
            assert_eq!(line, None, "{document} : « {words} »");
        }
    }
    let record = told(&consultant, "registre");
    let orders = section(&record, "Commandes et réservations").unwrap();
    assert!(orders.contains("cinq ans à part"), "{orders}");
    let clients = section(&record, "Suivi des clients").unwrap();
    for (words, said) in [
        ("réaliser la prestation et en assurer", true),
        ("nos clients professionnels", true),
        ("achats", false),
    ] {
        assert_eq!(clients.contains(words), said, "{clients}");
    }
}

#[test]
fn what_is_downloaded_is_not_delivered_and_ten_years_are_for_120_euros() {
    let orders = |functions: &[&str]| {
        let mut dossier = shop();
        let functions = functions.iter().map(|id| (*id).to_owned()).collect();
        let answer = Answer::Value(Value::Set(functions));
        let id = "ecommerce.fonctions".to_owned();
        dossier.answers.insert(id, answer);
        tick(&mut dossier, "ecommerce.durees", "archive", Tick::Yes);
        tick(&mut dossier, "ecommerce.durees", "contrats", Tick::Yes);
        tick(&mut dossier, "socle.organisation", "archives", Tick::Yes);
        let record = told(&dossier, "registre");
        let orders = section(&record, "Commandes et réservations").unwrap();
        (
            orders.contains("transporteur"),
            orders.contains("120 €"),
            orders.contains("livrer"),
        )
    };
    assert_eq!(orders(&["biens", "plus-120"]), (true, true, true));
    assert_eq!(orders(&["carte", "plus-120"]), (false, true, false));
    assert_eq!(orders(&["biens"]), (true, false, true));
}

#[test]
fn providers_are_said_once_in_the_terms_of_sale() {
    let sales = told(&shop(), "cgv-donnees");
    assert!(!sales.contains("dont la tâche le demande"));
    assert_eq!(
        sales
            .matches("ce qui touche à leur tâche seulement")
            .count(),
        1
    );
}

#[test]
fn letters_speak_of_no_call_and_no_consumer_where_there_is_none() {
    let letters = |slug: &str| told(&example(slug), "reponses-droits");
    let consultant = letters("aurore-conseil");
    for words in ["accord à être appelé", "120 €", "reprendre un accord donné"] {
        assert!(!consultant.contains(words), "{words}");
    }
    assert!(letters("plomberie-durand").contains("accord à être appelé"));
    assert!(letters("bougies-maelle").contains("reprendre un accord donné"));
    // A provider abroad is told whether its guarantee is known or not.
    let list = "Fichier clients en ligne (CRM), États-Unis : …… (garantie à obtenir)";
    assert!(consultant.contains(list), "{consultant}");
}
