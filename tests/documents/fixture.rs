//! The embedded catalogue with fictitious activities, and three fictitious businesses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};

use aplomb::content::{self, source::Sources};
use aplomb::documents::{Rendered, render};
use aplomb::domain::answer::{Answer, Value};
use aplomb::domain::catalogue::Catalogue;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::input::{self, Raw};

pub const TODAY: Date = date(2026, 11, 23);

/// The shipped content; activities are replaced so that snapshots only follow the templates.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| catalogue(Some(include_str!("activities.toml"))));

/// The shipped content, as it is or with other activities.
pub fn catalogue(activities: Option<&str>) -> Catalogue {
    let embedded = match content::author(None) {
        Ok(content) => content.sources,
        Err(error) => unreachable!("{error}"),
    };
    let mut files: BTreeMap<String, String> = (0..embedded.len())
        .map(|at| embedded.get(at))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    if let Some(text) = activities {
        let path = "questionnaires/processing-activities.toml";
        files.insert(path.to_owned(), text.to_owned());
    }
    match content::from_sources(Sources::from_texts(files)) {
        Ok(content) => content.catalogue,
        Err(faults) => panic!("{faults}"),
    }
}

/// A business that gave these answers, as one types them.
pub fn business(name: &str, answers: &[(&str, Raw)]) -> Dossier {
    let mut dossier = Dossier::new(name, TODAY);
    for (id, raw) in answers {
        let question = CATALOGUE.question(id).unwrap_or_else(|| panic!("{id}"));
        let answer =
            input::answer(question, raw, &CATALOGUE).unwrap_or_else(|e| panic!("{id}: {e}"));
        dossier.answers.insert((*id).to_owned(), answer);
    }
    dossier
}

/// Puts an answer in, whatever it is worth.
pub fn force(dossier: &mut Dossier, id: &str, text: &str) {
    dossier
        .answers
        .insert(id.to_owned(), Answer::Value(Value::Text(text.to_owned())));
}

pub fn on(dossier: &Dossier, document: &str, day: Date) -> Rendered {
    let document = CATALOGUE
        .document(document)
        .unwrap_or_else(|| panic!("{document}"));
    render(&CATALOGUE, dossier, day, document).unwrap_or_else(|error| panic!("{error}"))
}

pub fn rendered(dossier: &Dossier, document: &str) -> Rendered {
    on(dossier, document, TODAY)
}

pub fn t(text: &str) -> Raw {
    Raw::Text(text.to_owned())
}

fn table(fields: &[(&str, &str)]) -> Raw {
    Raw::Table(
        fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), t(text)))
            .collect(),
    )
}

/// Maëlle Le Goff, candle maker in her own name.
pub fn sole_trader() -> Dossier {
    business(
        "Les Bougies de Maëlle",
        &[
            ("profil.forme", t("ei")),
            ("profil.exploitant", t("Maëlle Le Goff")),
            ("profil.nom-commercial", t("Les Bougies de Maëlle")),
            ("profil.registre", t("rne-artisan")),
            ("profil.siren", t("732 829 320")),
            ("profil.adresse", t("12 rue du Port, 56000 Vannes")),
            ("profil.telephone", t("02 97 00 00 01")),
            ("profil.email", t("bonjour@bougies.example")),
            ("profil.tva-regime", t("franchise")),
            ("profil.clients", t("particuliers")),
            ("profil.presence", t("site,reseaux")),
            ("profil.site-url", t("https://bougies.example")),
            ("profil.prospection", t("courriel")),
            ("profil.fidelite", t("non")),
            ("profil.formulaires", t("contact,newsletter")),
            ("profil.telephone-demande", t("oui")),
            ("profil.fichiers", t("clients,prospects")),
            ("profil.offre", t("produits")),
            ("profil.activite-reglementee", t("non")),
            (
                "profil.mediateur",
                table(&[
                    ("nom", "Médiation des artisans"),
                    ("adresse", "1 place du Bourg, 56000 Vannes"),
                    ("site", "https://mediation.example"),
                ]),
            ),
            (
                "vitrine.hebergeur",
                table(&[
                    ("nom", "Hébergeur Exemple SAS"),
                    ("adresse", "2 quai Exemple, 59000 Lille"),
                    ("telephone", "03 20 00 00 00"),
                ]),
            ),
            (
                "vitrine.stockage",
                Raw::List(vec![table(&[
                    ("nom", "Lettre Exemple"),
                    ("adresse", "3 rue Exemple, 75001 Paris"),
                    ("pays", "France"),
                    ("role", "envoi de la lettre"),
                ])]),
            ),
            (
                "socle.prestataires",
                Raw::List(vec![
                    table(&[
                        ("nom", "Lettre Exemple"),
                        ("role", "envoi de la lettre"),
                        ("pays", "France"),
                        ("garantie", "aucune"),
                    ]),
                    table(&[
                        ("nom", "Agenda Exemple"),
                        ("role", "prise de rendez-vous"),
                        ("pays", "États-Unis"),
                        ("garantie", "dpf"),
                    ]),
                ]),
            ),
            ("vitrine.credits", t("Photos : Yann Riou.")),
            ("socle.collecte-indirecte", t("non")),
            ("socle.decision-automatisee", t("non")),
        ],
    )
}

/// A bakery with employees that has not answered everything.
pub fn company() -> Dossier {
    business(
        "Boulangerie Martin",
        &[
            ("profil.forme", t("societe")),
            ("profil.denomination", t("Boulangerie Martin")),
            ("profil.forme-juridique", t("sarl")),
            ("profil.capital", t("8 000")),
            ("profil.capital-variable", t("non")),
            ("profil.siren", t("732829320")),
            ("profil.siret", t("73282932000074")),
            ("profil.greffe", t("Vannes")),
            ("profil.adresse", t("4 place du Marché, 56000 Vannes")),
            ("profil.email", t("contact@martin.example")),
            ("profil.telephone", t("?")),
            ("profil.tva-regime", t("redevable")),
            ("profil.tva", t("FR44732829320")),
            ("profil.clients", t("particuliers,professionnels")),
            ("profil.presence", t("boutique")),
            ("profil.prospection", t("aucun")),
            ("profil.fidelite", t("oui")),
            (
                "profil.formulaires",
                t("devis,candidature,commande,compte,papier"),
            ),
            ("profil.telephone-demande", t("oui")),
            ("profil.fichiers", t("clients,salaries,candidats,mineurs")),
            ("profil.offre", t("services,produits")),
            (
                "profil.assurance",
                table(&[
                    ("assureur", "Assurance Exemple"),
                    ("adresse", "5 rue Exemple, 35000 Rennes"),
                    ("zone", "France"),
                ]),
            ),
            ("profil.activite-reglementee", t("non")),
            (
                "vitrine.directeur",
                table(&[("nom", "Jeanne Martin"), ("qualite", "gérante")]),
            ),
            ("socle.collecte-indirecte", t("oui")),
            ("socle.decision-automatisee", t("oui")),
            ("ecommerce.achat-sans-compte", t("oui")),
            ("cookies.services", t("google-analytics")),
        ],
    )
}

/// An association that only began to answer.
pub fn association() -> Dossier {
    business(
        "Les Amis du Port",
        &[
            ("profil.forme", t("association")),
            ("profil.denomination", t("Les Amis du Port")),
            ("profil.rna", t("W563001234")),
            ("profil.siren", t("sans-objet: pas de numéro")),
            ("profil.adresse", t("1 quai du Port, 56000 Vannes")),
            ("profil.telephone", t("06 00 00 00 01")),
            ("profil.email", t("amis@port.example")),
            ("profil.presence", t("site")),
            ("profil.formulaires", t("contact,papier")),
        ],
    )
}
