//! The five fictitious businesses shipped in `examples/`: each file still suits the questions, and
//! the assessment, the plan and the texts say what a good adviser would.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "support/program.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Aplomb, contents};

/// The day the examples were filled in.
const DAY: &str = "2026-11-23";
const EXAMPLES: [&str; 5] = [
    "boulangerie-martin",
    "bougies-maelle",
    "salon-eclat",
    "plomberie-durand",
    "aurore-conseil",
];

/// A copy of an example in a folder of its own, seen on a day.
struct Example {
    aplomb: Aplomb,
    dossier: PathBuf,
    day: &'static str,
}

impl Example {
    fn open(slug: &str) -> Self {
        Self::open_on(slug, DAY)
    }

    fn open_on(slug: &str, day: &'static str) -> Self {
        let aplomb = Aplomb::new();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(slug);
        let text = fs::read_to_string(shipped.join("dossier.toml")).unwrap();
        let file = aplomb.write(&format!("classeur/{slug}/dossier.toml"), text);
        Self {
            aplomb,
            dossier: file.parent().unwrap().to_owned(),
            day,
        }
    }

    fn json(&self, args: &[&str]) -> Value {
        let (command, rest) = args.split_first().unwrap();
        let dossier = self.dossier.to_str().unwrap();
        let mut all = vec![*command, dossier, "--json", "--date", self.day];
        all.extend(rest);
        self.aplomb.json(all)
    }

    fn assessment(&self) -> Assessment {
        Assessment(self.json(&["bilan"]))
    }

    fn actions(&self) -> Vec<Value> {
        self.json(&["plan"])["actions"].as_array().unwrap().clone()
    }

    /// Ids of the actions, in the order of the plan.
    fn plan(&self) -> Vec<String> {
        self.actions()
            .iter()
            .map(|action| action["id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn documents(&self) -> Documents {
        Documents(self.json(&["documents", "--liste"]))
    }

    /// A text as its reader sees it, with plain spaces and apostrophes.
    fn text(&self, document: &str) -> String {
        let out = self.aplomb.path("textes");
        let run = self.aplomb.run([
            "documents",
            self.dossier.to_str().unwrap(),
            "--seulement",
            document,
            "--date",
            self.day,
            "-o",
            out.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read_to_string(out.join(format!("{document}.md")))
            .unwrap()
            .replace(['\u{a0}', '\u{202f}'], " ")
            .replace('\u{2019}', "'")
    }
}

struct Assessment(Value);

impl Assessment {
    fn findings(&self) -> &[Value] {
        self.0["findings"].as_array().unwrap()
    }

    /// Status of a question, or of an item written « question/item »; none when it is not asked.
    fn status(&self, place: &str) -> Option<&str> {
        let (question, item) = parted(place);
        self.findings()
            .iter()
            .find(|f| f["question"] == question && f["item"].as_str() == item)
            .map(|f| f["status"].as_str().unwrap())
    }

    fn theme(&self, id: &str) -> Option<&Value> {
        self.0["themes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|theme| theme["id"] == id)
    }

    fn score(&self, theme: &str) -> u64 {
        self.theme(theme).unwrap()["score"].as_u64().unwrap()
    }

    #[track_caller]
    fn are(&self, status: &str, severity: &str, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), Some(status), "{place}");
            let (question, item) = parted(place);
            let mut rows = self.findings().iter();
            let row = rows.find(|f| f["question"] == question && f["item"].as_str() == item);
            assert_eq!(row.unwrap()["severity"], severity, "{place}");
        }
    }

    #[track_caller]
    fn has_critical_gaps(&self, places: &[&str]) {
        self.are("unmet", "critical", places);
    }

    #[track_caller]
    fn has_gaps(&self, places: &[&str]) {
        self.are("unmet", "obligation", places);
    }

    #[track_caller]
    fn recognises(&self, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), Some("met"), "{place}");
        }
    }

    #[track_caller]
    fn does_not_ask(&self, places: &[&str]) {
        for place in places {
            assert_eq!(self.status(place), None, "{place}");
        }
    }

    #[track_caller]
    fn leaves_out(&self, themes: &[&str]) {
        for theme in themes {
            assert!(self.theme(theme).is_none(), "{theme}");
            assert!(!self.findings().iter().any(|f| {
                f["question"]
                    .as_str()
                    .unwrap()
                    .starts_with(&format!("{theme}."))
            }));
        }
    }

    #[track_caller]
    fn covers(&self, themes: &[&str]) {
        for theme in themes {
            assert!(self.theme(theme).is_some(), "{theme}");
        }
    }
}

fn parted(place: &str) -> (&str, Option<&str>) {
    place
        .split_once('/')
        .map_or((place, None), |(question, item)| (question, Some(item)))
}

struct Documents(Value);

impl Documents {
    fn get(&self, id: &str) -> &Value {
        let mut rows = self.0["documents"].as_array().unwrap().iter();
        rows.find(|row| row["id"] == id)
            .unwrap_or_else(|| panic!("{id}"))
    }

    fn blanks(&self, id: &str) -> Vec<&str> {
        let blanks = self.get(id)["blanks"].as_array().unwrap();
        blanks
            .iter()
            .map(|blank| blank["field"].as_str().unwrap())
            .collect()
    }

    #[track_caller]
    fn need(&self, ids: &[&str]) {
        for id in ids {
            assert_eq!(self.get(id)["needed"], true, "{id}");
        }
    }

    #[track_caller]
    fn do_not_need(&self, ids: &[&str]) {
        for id in ids {
            assert_eq!(self.get(id)["needed"], false, "{id}");
            assert!(!self.get(id)["why"].as_str().unwrap().is_empty(), "{id}");
        }
    }
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "« {word} » is missing of:\n{text}");
    }
}

#[track_caller]
fn never_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "« {word} » is in:\n{text}");
    }
}

#[test]
fn every_example_suits_the_questions() {
    for slug in EXAMPLES {
        let example = Example::open(slug);
        let checked = example
            .aplomb
            .run(["verifier", example.dossier.to_str().unwrap()]);
        assert_eq!(checked.code, 0, "{slug}: {}", checked.stdout);
        assert!(
            checked.stdout.contains("0 erreur, 0 avertissement"),
            "{slug}: {}",
            checked.stdout
        );
    }
}

#[test]
fn no_example_leaves_a_question_open_or_answers_one_that_is_hidden() {
    for slug in EXAMPLES {
        let questions = Example::open(slug).json(&["questions"]);
        for row in questions["questions"].as_array().unwrap() {
            let (id, answer) = (&row["id"], &row["answer"]);
            if row["applicable"] == false {
                assert!(answer.is_null(), "{slug}: {id} is answered and ignored");
                continue;
            }
            assert_eq!(row["applicable"], true, "{slug}: {id} is not decided");
            let items = row["items"].as_array().unwrap();
            assert!(!answer.is_null(), "{slug}: {id} is open");
            assert_ne!(answer["status"], "later", "{slug}: {id} is put off");
            for item in items.iter().filter(|i| i["applicable"] == true) {
                assert!(
                    !item["answer"].is_null(),
                    "{slug}: {id}/{} is open",
                    item["id"]
                );
            }
        }
    }
}

#[test]
fn every_example_is_fully_assessed_without_contradiction() {
    for slug in EXAMPLES {
        let assessment = Example::open(slug).assessment();
        assert_eq!(assessment.0["coverage"], 1.0, "{slug}");
        assert_eq!(assessment.0["provisional"], false, "{slug}");
        assert_eq!(
            assessment.0["contradictions"].as_array().unwrap().len(),
            0,
            "{slug}"
        );
        for theme in assessment.0["themes"].as_array().unwrap() {
            assert_eq!(
                theme["answered"], theme["applicable"],
                "{slug}: {}",
                theme["id"]
            );
        }
    }
}

#[test]
fn every_gap_of_an_example_has_its_action() {
    for slug in EXAMPLES {
        let example = Example::open(slug);
        let actions = example.actions();
        let closed: Vec<&Value> = actions
            .iter()
            .flat_map(|action| action["closes"].as_array().unwrap())
            .collect();
        for finding in example.assessment().findings() {
            if finding["status"] == "met" {
                continue;
            }
            let question = finding["question"].as_str().unwrap();
            let place = finding["item"]
                .as_str()
                .map_or_else(|| question.to_owned(), |item| format!("{question}/{item}"));
            assert!(
                closed.iter().any(|c| **c == place),
                "{slug}: nothing closes {place}"
            );
        }
        // Stopping comes first, and nothing is left to do before starting.
        let stops: Vec<bool> = actions
            .iter()
            .map(|action| action["stop"] == true)
            .collect();
        assert!(stops.is_sorted_by(|a, b| a >= b), "{slug}: {stops:?}");
        for action in &actions {
            assert!(
                !action["first_step"].as_str().unwrap().is_empty(),
                "{slug}: {action}"
            );
        }
    }
}

#[test]
fn every_text_of_an_example_is_written_in_every_format() {
    for slug in EXAMPLES {
        let example = Example::open(slug);
        let out = example.aplomb.path("textes");
        let run = example.aplomb.run([
            "documents",
            example.dossier.to_str().unwrap(),
            "--format",
            "markdown,html,texte",
            "--date",
            DAY,
            "-o",
            out.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{slug}: {}", run.stderr);
        let files = contents(&out);
        for row in example.documents().0["documents"].as_array().unwrap() {
            if row["needed"] != true {
                continue;
            }
            let id = row["id"].as_str().unwrap();
            for end in ["md", "html", "txt"] {
                let name = format!("{id}.{end}");
                let file = files.iter().find(|(path, _)| path.ends_with(&name));
                let (_, bytes) = file.unwrap_or_else(|| panic!("{slug}: {name}"));
                let text = str::from_utf8(bytes).unwrap();
                assert!(!text.trim().is_empty(), "{slug}: {name}");
                assert!(
                    !text.contains("{{") && !text.contains("{%"),
                    "{slug}: {name}"
                );
            }
        }
    }
}

#[test]
fn reading_an_example_does_not_change_it() {
    for slug in EXAMPLES {
        let example = Example::open(slug);
        let before = fs::read(example.dossier.join("dossier.toml")).unwrap();
        example.assessment();
        example.actions();
        example.documents();
        assert_eq!(
            before,
            fs::read(example.dossier.join("dossier.toml")).unwrap(),
            "{slug}"
        );
    }
}

// --- Boulangerie Martin: a shop window site and a Facebook page ------------------------------------------------------

#[test]
fn the_bakery_is_told_its_critical_gaps_and_not_what_it_does_not_do() {
    let assessment = Example::open("boulangerie-martin").assessment();
    assessment.covers(&["vitrine", "reseaux", "cookies", "prospection"]);
    assessment.leaves_out(&["ecommerce"]);
    // No loyalty programme: nothing is asked about one, so nothing is lost.
    assessment.does_not_ask(&[
        "fidelisation.programme/regles",
        "fidelisation.papiers/information",
        "fidelisation.sante/accord",
        "fidelisation.programme/adherents",
    ]);
    assessment.has_critical_gaps(&[
        "vitrine.mentions",
        "vitrine.formulaires/cases-vides",
        "vitrine.formulaires/texte",
        "cookies.avant-accord/google-analytics",
        "cookies.bandeau",
    ]);
    assessment.has_gaps(&[
        "cookies.avant-accord/videos-cartes",
        "reseaux.acces/double-authentification",
        "reseaux.acces/acces-personnel",
        "socle.registre",
        "socle.conservation",
        "socle.transferts",
    ]);
    // A remote font is worth an advice, not an alert.
    assessment.are("unmet", "recommendation", &["cookies.particuliers/polices"]);
    assessment.recognises(&["socle.securite/https"]);
    assert_eq!(assessment.0["level"], "E");
}

#[test]
fn the_bakery_gets_its_texts_with_the_host_left_to_fill_in() {
    let example = Example::open("boulangerie-martin");
    let documents = example.documents();
    documents.need(&[
        "mentions-legales",
        "page-vie-privee",
        "mention-formulaire",
        "bandeau-et-page-cookies",
        "page-sociale",
        "reponse-mecontent",
        "registre",
    ]);
    documents.do_not_need(&[
        "cgv-donnees",
        "bulletin-fidelite",
        "consentement-partenaires",
    ]);
    let blanks = documents.blanks("mentions-legales");
    assert!(blanks.contains(&"vitrine.hebergeur.adresse"), "{blanks:?}");
    assert!(
        blanks.contains(&"vitrine.hebergeur.telephone"),
        "{blanks:?}"
    );
    assert!(!blanks.contains(&"vitrine.hebergeur.nom"), "{blanks:?}");
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "la société **Boulangerie Martin**",
            "SARL",
            "8 000 €",
            "RCS Vannes 001 122 332",
            "FR41001122332",
            "Claire Martin, gérante",
            "OVH",
            "à compléter : l'adresse de l'hébergeur",
        ],
    );
    never_says(&mentions, &["Martin EI"]);
    says(
        &example.text("mention-formulaire"),
        &["Formulaire de contact", "lettre d'information"],
    );
    says(
        &example.text("registre"),
        &[
            "Demandes de contact",
            "Lettre d'information",
            "Suivi des clients",
            "Gestion du personnel",
        ],
    );
}

#[test]
fn the_bakery_starts_with_what_the_visitor_suffers() {
    let plan = Example::open("boulangerie-martin").plan();
    for action in [
        "publier-mentions-legales",
        "arreter-les-traceurs-avant-accord",
        "poser-un-bandeau-conforme",
        "coller-mentions-formulaires",
        "regler-les-formulaires",
        "publier-page-vie-privee",
    ] {
        assert!(plan.iter().any(|id| id == action), "{action}");
    }
    assert!(
        !plan
            .iter()
            .any(|id| id.contains("telephone") && id.contains("accord")),
        "{plan:?}"
    );
}

// --- Les Bougies de Maëlle: a shop run by one person -----------------------------------------------------------------

#[test]
fn the_candle_shop_is_told_its_critical_gaps() {
    let assessment = Example::open("bougies-maelle").assessment();
    assessment.covers(&["ecommerce", "cookies", "reseaux", "prospection"]);
    assessment.has_critical_gaps(&[
        "ecommerce.mots-de-passe/jamais-envoyes",
        "cookies.bandeau",
        "vitrine.page-vie-privee",
    ]);
    assessment.has_gaps(&[
        "ecommerce.mots-de-passe/force",
        "ecommerce.achat-sans-compte",
        "ecommerce.formulaire/sans-naissance",
        "vitrine.contenu-mentions/mediateur",
        "reseaux.reponses/avis-sans-details",
    ]);
    // The European dispute platform closed: its link is only to be taken away.
    assessment.are(
        "unmet",
        "recommendation",
        &["vitrine.tenue/sans-plateforme-europeenne"],
    );
    // Nobody is called, and no tax number is due.
    assessment.does_not_ask(&[
        "prospection.accord-telephone",
        "prospection.appels/heures",
        "vitrine.contenu-mentions/tva-boutique",
        "vitrine.contenu-mentions/identite-societe",
    ]);
}

#[test]
fn the_candle_shop_is_given_credit_for_what_it_does_well() {
    let assessment = Example::open("bougies-maelle").assessment();
    assessment.recognises(&[
        "ecommerce.paiement",
        "ecommerce.cartes/aucun-numero",
        "ecommerce.cartes/sans-cryptogramme",
        "ecommerce.securite/https",
        "cookies.avant-accord/google-analytics",
        "cookies.avant-accord/publicite",
        "prospection.accord-messages",
        "prospection.messages/semblable",
        "prospection.messages/desinscription",
    ]);
}

#[test]
fn the_candle_shop_is_named_as_a_person() {
    let example = Example::open("bougies-maelle");
    let documents = example.documents();
    documents.need(&[
        "mentions-legales",
        "page-vie-privee",
        "cgv-donnees",
        "bandeau-et-page-cookies",
        "page-sociale",
        "reponse-avis",
    ]);
    documents.do_not_need(&[
        "bulletin-fidelite",
        "consentement-partenaires",
        "autorisation-image",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "Maëlle Le Goff EI",
            "Les Bougies de Maëlle",
            "002 244 663",
            "médiateur",
        ],
    );
    never_says(
        &mentions,
        &["Capital", "TVA intracommunautaire", "FR0", "la société"],
    );
}

#[test]
fn the_candle_shop_lets_a_buyer_refuse_its_offers_on_the_order_form() {
    let example = Example::open("bougies-maelle");
    says(
        &example.text("mention-formulaire"),
        &[
            "Offres aux clients",
            "☐ Je ne souhaite pas recevoir vos offres par e-mail.",
        ],
    );
    says(&example.text("message-prestataire"), &["Case de refus"]);
}

#[test]
fn a_social_network_is_a_joint_controller_and_no_subcontractor() {
    let example = Example::open("bougies-maelle");
    says(
        &example.text("registre"),
        &["pour la collecte par Pixel Meta"],
    );
    let terms = example.text("cgv-donnees");
    says(
        &terms,
        &["la banque et le prestataire de paiement", "Stripe"],
    );
    never_says(&terms, &["Meta : compte"]);
    for slug in ["bougies-maelle", "salon-eclat"] {
        let letters = Example::open(slug).text("lettre-sous-traitant");
        says(&letters, &["Lettre à"]);
        never_says(&letters, &["Lettre à Meta"]);
    }
    let card = Example::open("salon-eclat").text("bulletin-fidelite");
    never_says(&card, &["Meta (page Instagram)"]);
}

#[test]
fn not_knowing_whether_openings_are_tracked_leaves_the_question_and_what_to_do() {
    let example = Example::open("boulangerie-martin");
    for document in ["mention-formulaire", "pied-de-message"] {
        let text = example.text(document);
        says(&text, &["votre outil mesure-t-il les ouvertures"]);
        never_says(&text, &["la réponse à « Que trouve-t-on"]);
    }
}

// --- Salon Éclat: loyalty card, text messages, health notes ----------------------------------------------------------

#[test]
fn the_salon_is_told_its_critical_gaps_and_nothing_about_a_site() {
    let assessment = Example::open("salon-eclat").assessment();
    assessment.covers(&["fidelisation", "prospection", "reseaux"]);
    assessment.leaves_out(&["vitrine", "cookies", "ecommerce"]);
    assessment.has_critical_gaps(&[
        "prospection.accord-messages",
        "prospection.messages/desinscription",
        "socle.securite/liste-gardee",
        "fidelisation.sante/accord",
        "fidelisation.sante/acces",
        "reseaux.photos/avant-apres",
    ]);
    assessment.has_gaps(&[
        "prospection.messages/stop",
        "fidelisation.papiers/information",
        "fidelisation.comptoir/sans-copie",
        "fidelisation.programme/adherents",
        "socle.conservation",
    ]);
    assessment.does_not_ask(&["socle.securite/https", "prospection.accord-telephone"]);
}

#[test]
fn the_salon_stops_first() {
    let plan = Example::open("salon-eclat").plan();
    let first: Vec<&str> = plan.iter().take(6).map(String::as_str).collect();
    for action in [
        "arreter-messages-sans-accord",
        "arreter-partage-sans-accord",
        "arreter-photos-sans-accord",
    ] {
        assert!(first.contains(&action), "{action} is not among {first:?}");
    }
    assert!(
        plan.iter().any(|id| id == "proteger-les-notes-de-sante"),
        "{plan:?}"
    );
}

#[test]
fn the_salon_gets_the_texts_of_the_counter() {
    let example = Example::open("salon-eclat");
    let documents = example.documents();
    documents.need(&[
        "bulletin-fidelite",
        "cases-de-consentement",
        "consentement-partenaires",
        "page-sociale",
        "autorisation-image",
        "registre",
        "durees-conservation",
    ]);
    documents.do_not_need(&["mentions-legales", "bandeau-et-page-cookies", "cgv-donnees"]);
    says(
        &example.text("registre"),
        &["Programme de fidélité", "Précautions de santé"],
    );
}

// --- Plomberie Durand: telephone, before and after 11 August 2026 ----------------------------------------------------

#[test]
fn the_plumber_calls_under_the_opposition_regime_until_the_tenth_of_august() {
    let example = Example::open_on("plomberie-durand", "2026-08-10");
    let assessment = example.assessment();
    assessment.has_critical_gaps(&[
        "prospection.appels/bloctel",
        "prospection.travaux/sans-appel-energie",
    ]);
    assessment.has_gaps(&[
        "prospection.appels/refus-soixante-jours",
        "prospection.appels/heures",
    ]);
    assessment.does_not_ask(&[
        "prospection.accord-telephone",
        "prospection.sources/accord-appels",
        "prospection.appels/refus",
    ]);
    let plan = example.plan();
    assert!(
        plan.iter().any(|id| id == "filtrer-par-bloctel"),
        "{plan:?}"
    );
    assert!(
        !plan.iter().any(|id| id == "arreter-appels-sans-accord"),
        "{plan:?}"
    );
}

#[test]
fn the_plumber_needs_prior_consent_from_the_eleventh_of_august() {
    for day in ["2026-08-11", DAY] {
        let example = Example::open_on("plomberie-durand", day);
        let assessment = example.assessment();
        assessment.has_critical_gaps(&[
            "prospection.accord-telephone",
            "prospection.sources/accord-appels",
            "prospection.travaux/sans-appel-energie",
            "prospection.appels/refus",
            "socle.droits/refus-immediat",
        ]);
        assessment.has_gaps(&[
            "prospection.appels/heures",
            "prospection.sources/provenance",
        ]);
        assessment.does_not_ask(&[
            "prospection.appels/bloctel",
            "prospection.appels/refus-soixante-jours",
        ]);
        let plan = example.plan();
        let first: Vec<&str> = plan.iter().take(4).map(String::as_str).collect();
        assert!(first.contains(&"arreter-appels-sans-accord"), "{first:?}");
        assert!(first.contains(&"arreter-fichier-achete"), "{first:?}");
        assert!(first.contains(&"arreter-demarchage-travaux"), "{first:?}");
        assert!(
            !plan.iter().any(|id| id == "filtrer-par-bloctel"),
            "{plan:?}"
        );
        example
            .documents()
            .need(&["accord-telephonique", "liste-opposition"]);
    }
}

#[test]
fn the_plumber_is_named_as_a_craftsman() {
    let example = Example::open("plomberie-durand");
    let assessment = example.assessment();
    assessment.leaves_out(&["ecommerce", "reseaux"]);
    // A page without form nor tracker is not asked about banners and form texts.
    assessment.does_not_ask(&["cookies.bandeau", "vitrine.formulaires/texte"]);
    let documents = example.documents();
    documents.need(&["mentions-legales", "registre"]);
    documents.do_not_need(&[
        "cgv-donnees",
        "page-sociale",
        "mention-formulaire",
        "autorisation-image",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "Marc Durand EI",
            "8 chemin des Vignes",
            "registre national des entreprises",
            "004 711 032",
            "Assurance professionnelle",
        ],
    );
    never_says(&mentions, &["Capital", "RCS", "répertoire des métiers"]);
    says(
        &example.text("registre"),
        &["Suivi des clients", "Factures et comptabilité"],
    );
}

#[test]
fn only_who_calls_gets_the_consent_box_and_the_script_of_a_call() {
    for slug in ["boulangerie-martin", "bougies-maelle", "salon-eclat"] {
        let text = Example::open(slug).text("accord-telephonique");
        says(&text, &["Sous chaque champ « téléphone »"]);
        never_says(&text, &["J'accepte que", "script d'appel"]);
    }
    let text = Example::open("plomberie-durand").text("accord-telephonique");
    says(
        &text,
        &[
            "J'accepte que **Marc Durand EI",
            "script d'appel",
            "un an",
            "interdit",
            // No form, yet a number is noted by whoever calls.
            "Sous chaque champ « téléphone »",
            "Dans le contrat, le devis",
        ],
    );
    never_says(&text, &["Bloctel"]);
    let before = Example::open_on("plomberie-durand", "2026-08-10").text("accord-telephonique");
    says(&before, &["Bloctel"]);
    never_says(&before, &["J'accepte que"]);
}

// --- Aurore Conseil: prospecting professionals -----------------------------------------------------------------------

#[test]
fn the_consultant_gets_no_undue_critical_alert() {
    let assessment = Example::open("aurore-conseil").assessment();
    let alerts: Vec<&Value> = assessment
        .findings()
        .iter()
        .filter(|f| {
            f["severity"] == "critical" && f["status"] != "met" && f["status"] != "partly-met"
        })
        .collect();
    assert!(alerts.is_empty(), "{alerts:?}");
    assert_eq!(assessment.0["cap_reason"], Value::Null);
    // Rules for consumers are not hers.
    assessment.does_not_ask(&[
        "prospection.accord-messages",
        "prospection.accord-telephone",
        "prospection.sources/internet-avec-accord",
        "vitrine.contenu-mentions/mediateur",
        "vitrine.formulaires/telephone",
    ]);
    assessment.leaves_out(&["ecommerce"]);
}

#[test]
fn the_consultant_is_told_her_major_gaps() {
    let assessment = Example::open("aurore-conseil").assessment();
    assessment.covers(&["vitrine", "cookies", "prospection", "reseaux"]);
    assessment.has_gaps(&[
        "prospection.sources/origine-dite",
        "socle.organisation/vieux-cv",
        "prospection.messages/ouvertures",
        "vitrine.contenu-vie-privee/transferts",
        "vitrine.contenu-vie-privee/origine",
    ]);
    assert_eq!(
        assessment.status("vitrine.page-vie-privee"),
        Some("partly-met")
    );
}

#[test]
fn the_consultant_is_given_credit_for_her_strengths() {
    let assessment = Example::open("aurore-conseil").assessment();
    assessment.recognises(&[
        "vitrine.mentions",
        "vitrine.contenu-mentions/identite-societe",
        "vitrine.contenu-mentions/hebergeur",
        "cookies.bandeau",
        "cookies.avant-accord/refus-effectif",
        "socle.securite/seconde-preuve",
        "socle.securite/mots-de-passe",
        "prospection.professionnels/metier",
        "prospection.professionnels/refus",
        "prospection.messages/desinscription",
        "reseaux.acces/double-authentification",
    ]);
    for theme in ["socle", "prospection", "reseaux"] {
        assert!(
            assessment.score("cookies") > assessment.score(theme),
            "{theme}"
        );
    }
}

#[test]
fn the_consultant_gets_the_texts_of_a_company() {
    let example = Example::open("aurore-conseil");
    let documents = example.documents();
    documents.need(&[
        "page-vie-privee",
        "mention-formulaire",
        "registre",
        "pied-de-message",
    ]);
    documents.do_not_need(&[
        "cgv-donnees",
        "bulletin-fidelite",
        "accord-telephonique",
        "consentement-partenaires",
    ]);
    let mentions = example.text("mentions-legales");
    says(
        &mentions,
        &[
            "**Aurore Conseil**",
            "SASU",
            "1 000 €",
            "RCS Paris 005 288 402",
            "Aurore Petit, présidente",
        ],
    );
    never_says(&mentions, &["Petit EI", "médiateur"]);
    let privacy = example.text("page-vie-privee");
    says(
        &privacy,
        &[
            "Prospection de professionnels",
            "Candidatures",
            "États-Unis",
        ],
    );
}
