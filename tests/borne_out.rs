//! What the record and the texts say of an activity is borne out by the answers: each proviso of the
//! catalogue is broken in turn, in the five examples, and no text goes on saying what it held.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "support/examples.rs"]
mod examples;

use std::collections::{BTreeMap, BTreeSet};

use aplomb::documents::record::record;
use aplomb::documents::{Rendered, render_seen};
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::catalogue::{Kind, Proviso, Question};
use aplomb::domain::condition::Condition;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::processing::{self, Part};
use aplomb::domain::typography::french;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY, example};

fn ticked(question: &Question, tick: Tick) -> Answer {
    let items = question.items.iter().map(|item| (item.id.clone(), tick));
    Answer::Value(Value::Ticks(items.collect::<BTreeMap<_, _>>()))
}

/// Answers to a question that a proviso may not be borne out by.
fn contrary(question: &Question) -> Vec<Answer> {
    match question.kind {
        Kind::Checklist => vec![ticked(question, Tick::No), Answer::Unknown],
        Kind::Choice => {
            let options = question.options.iter();
            let value = |id: &String| Answer::Value(Value::Text(id.clone()));
            let mut answers: Vec<Answer> = options.map(|option| value(&option.id)).collect();
            answers.push(Answer::Unknown);
            answers
        }
        _ => Vec::new(),
    }
}

fn render(view: &View<'_>) -> Vec<Rendered> {
    let documents = CATALOGUE.documents.iter();
    // What has to be kept, whether it is yet or not.
    let documents = documents.filter(|document| document.id != "durees-conservation");
    documents
        .map(|document| render_seen(view, document).unwrap())
        .collect()
}

/// A text with plain spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The section of a text that has this title.
fn section<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    let at = text.lines().position(|line| {
        line.starts_with("### ") && line.trim_end().ends_with(&format!(" {title}"))
    })?;
    let start: usize = text.lines().take(at + 1).map(|line| line.len() + 1).sum();
    let rest = &text[start.min(text.len())..];
    Some(rest.split("\n#").next().unwrap_or(rest))
}

#[test]
fn nothing_is_said_of_an_activity_that_the_answers_contradict() {
    let mut broken = BTreeSet::new();
    for (_, dossier) in examples::all() {
        for (at, proviso) in CATALOGUE.provisos.iter().enumerate() {
            let when = proviso.when.as_ref();
            for id in when.map_or(Vec::new(), |when| when.questions(&CATALOGUE)) {
                let question = CATALOGUE.question(id).unwrap();
                if !dossier.answers.contains_key(id) {
                    continue;
                }
                for answer in contrary(question) {
                    let mut forged = dossier.clone();
                    forged.answers.insert(id.to_owned(), answer);
                    if breaks(&forged, proviso) {
                        broken.insert(at);
                    }
                }
            }
        }
    }
    println!("{} of {} provisos", broken.len(), CATALOGUE.provisos.len());
    assert!(broken.len() * 2 > CATALOGUE.provisos.len());
}

/// Tells whether a dossier does not bear a proviso out, after looking for what it should not say.
fn breaks(dossier: &Dossier, proviso: &Proviso) -> bool {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let standing = processing::standing(&view);
    let recorded = standing.iter().filter(|s| s.is_recorded());
    let held: Vec<_> = recorded
        .filter(|s| s.unborne.iter().any(|p| std::ptr::eq(*p, proviso)))
        .collect();
    if held.is_empty() {
        return false;
    }
    let rows = record(&view).activities;
    let texts = render(&view);
    for activity in held {
        let title = activity.title();
        let row = rows.iter().find(|row| row.title == title).unwrap();
        for part in &proviso.parts {
            let told = match part {
                Part::Data => &row.data,
                Part::Recipients => &row.recipients,
                Part::Retention => &row.retention,
                Part::Archive => &row.archive,
                Part::Security => &row.security,
                _ => panic!("{part:?} is not looked at"),
            };
            assert!(told.contains("[à compléter"), "{title}: {part:?} {told}");
        }
        if proviso.basis {
            assert!(
                row.ground.contains("[à compléter"),
                "{title}: {}",
                row.ground
            );
        }
        let kept_back = proviso
            .parts
            .iter()
            .map(|part| activity.meant(*part).line());
        for words in kept_back {
            let words = french(&words);
            for text in &texts {
                let body = section(&text.markdown, &title).unwrap_or_default();
                assert!(
                    !body.contains(&words),
                    "{}, {title}: « {words} », not borne out by {:?}",
                    text.id,
                    proviso.question
                );
            }
        }
    }
    true
}

/// Items of checklists a condition cites, through named conditions too.
fn items(condition: &Condition, found: &mut BTreeSet<(String, String)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                items(part, found);
            }
        }
        Condition::Not(part) => items(part, found),
        Condition::Is {
            question,
            item: Some(item),
            ..
        } => drop(found.insert((question.clone(), item.clone()))),
        Condition::Fact(id) => items(&CATALOGUE.fact(id).unwrap().when, found),
        _ => {}
    }
}

/// Rules on how long things are kept that a point may carry without a duration of the record.
const OTHER_DURATIONS: [&str; 5] = [
    // The choice on trackers, and points of a programme, are no data of the record.
    "cookies.bandeau-detail.six-mois",
    "fidelisation.programme.points",
    // Who opens an archive, and which papers are kept aside: no duration either.
    "reseaux.messageries.pieces",
    "ecommerce.cartes.aucun-numero",
    "socle.information.candidats",
];

#[test]
fn every_point_on_a_duration_keeps_back_what_is_not_kept() {
    let mut cited = BTreeSet::new();
    for proviso in &CATALOGUE.provisos {
        if let Some(when) = &proviso.when {
            items(when, &mut cited);
        }
    }
    for question in &CATALOGUE.questions {
        for item in &question.items {
            let rules = item.obligations.iter();
            let is_duration = |rule: &&String| {
                let words = ["duree", "conservation", "archiv", "dix-ans", "120-euros"];
                words.iter().any(|word| rule.contains(word))
            };
            let key = (question.id.clone(), item.id.clone());
            let name = format!("{}.{}", key.0, key.1);
            let is_due = rules
                .filter(is_duration)
                .any(|rule| !rule.starts_with("info-"));
            if is_due && !OTHER_DURATIONS.contains(&name.as_str()) {
                assert!(cited.contains(&key), "{name}: no proviso on what it says");
            }
        }
    }
}

#[test]
fn every_activity_may_reach_the_providers_the_business_names() {
    for activity in &CATALOGUE.processing_activities {
        let from = &activity.recipients_from;
        assert!(
            from.iter().any(|id| id == "socle.prestataires"),
            "{}",
            activity.id
        );
        let recipients = activity.recipients.join(" ");
        assert!(
            !recipients.contains("seul"),
            "{}: {recipients}",
            activity.id
        );
    }
}

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

/// Bougies Maëlle, whose shop has trackers and whose banner has to be gone through to refuse.
fn shop() -> Dossier {
    example("bougies-maelle")
}

fn told(dossier: &Dossier, document: &str) -> String {
    let view = View::new(&CATALOGUE, dossier, DAY);
    let document = CATALOGUE.document(document).unwrap();
    plain(&render_seen(&view, document).unwrap().markdown)
}

/// Answers one point of a checklist, and leaves the others as they are.
fn tick(dossier: &mut Dossier, question: &str, item: &str, tick: Tick) {
    let answer = dossier.answers.get_mut(question).unwrap();
    let Answer::Value(Value::Ticks(ticks)) = answer else {
        panic!("{question} is a checklist");
    };
    ticks.insert(item.to_owned(), tick);
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
fn a_right_is_never_dropped_for_want_of_a_basis() {
    let record = told(&shop(), "registre");
    let rights = record
        .lines()
        .filter(|l| l.starts_with("- **Droits, selon"));
    let waiting = rights.filter(|line| line.contains("selon la base à nommer, effacement"));
    assert!(waiting.count() >= 2, "{record}");
}

/// Texts that say what becomes of an order.
const ORDERS: [&str; 4] = [
    "registre",
    "page-vie-privee",
    "mention-formulaire",
    "durees-conservation",
];

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
