//! The data of persons: rights, durations, what is not known, who else receives it.

use aplomb::documents::render_seen;
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::Part;
use aplomb::domain::view::View;

use super::examples::{CATALOGUE, DAY, example};
use super::texts::{shop, tick, told};

#[test]
fn a_right_is_never_dropped_for_want_of_a_basis() {
    let record = told(&shop(), "registre");
    let rights = record
        .lines()
        .filter(|l| l.starts_with("- **Droits, selon"));
    let waiting = rights.filter(|line| line.contains("selon la base à nommer, effacement"));
    assert!(waiting.count() >= 2, "{record}");
}

#[test]
fn a_duration_that_no_question_asks_for_is_filled_in_the_record() {
    let mut dossier = example("aurore-conseil");
    let blanks = |dossier: &Dossier| {
        let view = View::new(&CATALOGUE, dossier, DAY);
        let document = CATALOGUE.document("page-vie-privee").unwrap();
        let blanks = render_seen(&view, document).unwrap().blanks;
        let about = blanks.into_iter().filter(|b| b.label.contains("hébergeur"));
        about.map(|blank| blank.field).collect::<Vec<_>>()
    };
    assert_eq!(blanks(&dossier), ["traitements.journaux.duree"]);
    let edit = dossier.activities.entry("journaux".to_owned()).or_default();
    edit.texts.insert(Part::Retention, "un an".to_owned());
    assert_eq!(blanks(&dossier), Vec::<String>::new());
    // A shop is asked.
    assert!(
        blanks(&shop())
            .iter()
            .all(|field| field == "ecommerce.securite")
    );
}

#[test]
fn what_is_not_known_leaves_a_blank_that_says_what_to_do() {
    let mut shop = shop();
    let unknown = Answer::Unknown;
    for id in ["ecommerce.cartes", "socle.conservation"] {
        shop.answers.insert(id.to_owned(), unknown.clone());
    }
    let sales = told(&shop, "cgv-donnees");
    for words in [
        "Trois chiffres du dos de la carte : [à compléter : vérifiez",
        "Ces durées : [à compléter : dites d’abord si un tri est fait]",
    ] {
        assert!(sales.contains(words), "{words}");
    }
    let mut salon = example("salon-eclat");
    salon
        .answers
        .insert("fidelisation.programme".to_owned(), unknown);
    let card = told(&salon, "bulletin-fidelite");
    assert!(card.contains("Nous les gardons [à compléter : la durée que vous tiendrez"));
    for text in [sales, card] {
        assert!(!text.contains("la réponse à"), "{text}");
    }
}

#[test]
fn employees_are_told_no_duration_nobody_holds() {
    let mut dossier = example("boulangerie-martin");
    let note = |dossier: &Dossier, answer: &str| {
        let mut dossier = dossier.clone();
        let answer = Answer::Value(Value::Text(answer.to_owned()));
        dossier
            .answers
            .insert("socle.conservation".to_owned(), answer);
        let text = told(&dossier, "mention-formulaire");
        let (_, note) = text.split_once("note à remettre aux salariés").unwrap();
        note.split("\n## ").next().unwrap().to_owned()
    };
    tick(&mut dossier, "socle.organisation", "archives", Tick::Yes);
    assert!(note(&dossier, "fait").contains("cinq ans à part après le départ"));
    let unheld = note(&dossier, "jamais");
    assert!(!unheld.contains("ans"), "{unheld}");
    assert!(unheld.contains("[à compléter : la durée que vous tiendrez vraiment]"));
}

#[test]
fn games_referrals_and_partners_are_told_where_they_are_collected() {
    let salon = example("salon-eclat");
    let with = |id: &str, option: &str| {
        let mut dossier = salon.clone();
        let ids = vec![option.to_owned()];
        dossier
            .answers
            .insert(id.to_owned(), Answer::Value(Value::Set(ids)));
        dossier
    };
    let record = |dossier: &Dossier| told(dossier, "registre");
    // Games, with what the rules of the game bear out.
    let played = with("reseaux.usages", "concours");
    let said = record(&played);
    assert!(said.contains("Jeux et concours"), "{said}");
    assert!(said.contains("écrivez d’abord un règlement"), "{said}");
    // Whom a client recommends.
    let referred = with("socle.collecte-indirecte", "parrainage");
    assert!(record(&referred).contains("Amis recommandés par nos clients"));
    assert!(!record(&salon).contains("Amis recommandés"));
    // Partners have to be named wherever recipients are.
    for id in [
        "registre",
        "reponses-droits",
        "page-vie-privee",
        "mention-formulaire",
    ] {
        let said = told(&salon, id);
        assert!(said.contains("le nom de cha"), "{id}: {said}");
    }
}
