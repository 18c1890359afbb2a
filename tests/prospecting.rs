//! Prospecting, channel by channel and public by public, on the two days between which the law of telephone calls changed.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/program.rs"]
mod support;

use std::collections::BTreeSet;

use support::Aplomb;

/// Last day of the opposition list, first day of prior consent.
const DAYS: [&str; 2] = ["2026-08-10", "2026-08-11"];

/// What is asked in both regimes, or in one only.
struct Row {
    /// Public: `particuliers`, `professionnels`.
    clients: &'static str,
    /// Channels.
    channels: &'static str,
    /// More answers, as TOML.
    answers: &'static str,
    /// Asked on both days.
    always: &'static [&'static str],
    /// Asked on the first day only.
    before: &'static [&'static str],
    /// Asked from the second day only.
    since: &'static [&'static str],
    /// Asked on neither.
    never: &'static [&'static str],
}

const NOTHING: Row = Row {
    clients: "particuliers",
    channels: "",
    answers: "",
    always: &[],
    before: &[],
    since: &[],
    never: &[],
};

/// Everything asked on a day: questions, and items as `question/item`.
fn asked(row: &Row, day: &str) -> BTreeSet<String> {
    let aplomb = Aplomb::new();
    let list = |words: &str| {
        let quoted: Vec<String> = words.split(' ').map(|word| format!("{word:?}")).collect();
        quoted.join(", ")
    };
    let dossier = aplomb.dossier(
        "Matrice",
        &format!(
            "\"profil.forme\" = \"societe\"\n\"profil.presence\" = [\"aucun\"]\n\"profil.formulaires\" = [\"aucun\"]\n\"profil.fidelite\" = \"non\"\n\"profil.offre\" = [\"services\"]\n\"profil.clients\" = [{}]\n\"profil.prospection\" = [{}]\n{}",
            list(row.clients),
            list(row.channels),
            row.answers,
        ),
    );
    let path = dossier.to_str().unwrap();
    let questions = aplomb.json(["questions", path, "--json", "--date", day]);
    let mut found = BTreeSet::new();
    for question in questions["questions"].as_array().unwrap() {
        if question["applicable"] != true {
            continue;
        }
        let id = question["id"].as_str().unwrap();
        found.insert(id.to_owned());
        let items = question["items"].as_array().unwrap();
        let items = items.iter().filter(|item| item["applicable"] == true);
        found.extend(items.map(|item| format!("{id}/{}", item["id"].as_str().unwrap())));
    }
    found
}

#[track_caller]
fn check(row: &Row) {
    for (day, own, others) in [
        (DAYS[0], row.before, row.since),
        (DAYS[1], row.since, row.before),
    ] {
        let asked = asked(row, day);
        for id in row.always.iter().chain(own) {
            assert!(asked.contains(*id), "{day}: {id} is not asked");
        }
        for id in row.never.iter().chain(others) {
            assert!(!asked.contains(*id), "{day}: {id} is asked");
        }
    }
}

#[test]
fn a_call_to_a_consumer_goes_from_opposition_to_consent() {
    check(&Row {
        channels: "telephone",
        answers: "\"prospection.situations\" = [\"aucune\"]\n\"prospection.accord-telephone\" = \"partie\"\n\"prospection.origine\" = [\"achat\", \"annuaire\"]\n",
        always: &[
            "prospection.appels/heures",
            "prospection.appels/nombre",
            "prospection.appels/presentation",
            "prospection.appels/numero",
            "prospection.appels/ecrit",
            "prospection.sources/origine-dite",
        ],
        before: &[
            "prospection.appels/bloctel",
            "prospection.appels/refus-soixante-jours",
        ],
        since: &[
            "prospection.accord-telephone",
            "prospection.recueil-telephone/mentions",
            "prospection.recueil-telephone/echeance",
            "prospection.recueil-telephone/preuve",
            "prospection.appels/refus",
            "prospection.sources/accord-appels",
            "prospection.sources/annuaire-ecarte",
        ],
        never: &["prospection.professionnels", "prospection.messages"],
        ..NOTHING
    });
}

#[test]
fn a_call_for_a_running_contract_or_a_magazine_gathers_no_consent() {
    for answers in [
        "\"prospection.accord-telephone\" = \"contrat\"\n",
        "\"prospection.accord-telephone\" = \"presse\"\n",
    ] {
        check(&Row {
            channels: "telephone",
            answers,
            always: &["prospection.appels/heures", "prospection.appels/nombre"],
            since: &["prospection.accord-telephone"],
            never: &["prospection.recueil-telephone"],
            ..NOTHING
        });
    }
}

#[test]
fn a_call_that_sells_nothing_is_asked_about_refusals_only() {
    check(&Row {
        channels: "telephone",
        answers: "\"prospection.accord-telephone\" = \"sans-vente\"\n",
        before: &["prospection.appels/heures"],
        since: &["prospection.appels/refus"],
        never: &["prospection.recueil-telephone"],
        ..NOTHING
    });
}

#[test]
fn works_on_homes_are_never_offered_by_calls_nor_by_messages() {
    check(&Row {
        channels: "telephone courriel sms messages-prives",
        answers: "\"prospection.situations\" = [\"energie\", \"adaptation\"]\n",
        always: &[
            "prospection.travaux/sans-appel-energie",
            "prospection.travaux/sans-message",
        ],
        since: &[
            "prospection.travaux/sans-appel-adaptation",
            "prospection.travaux/rappels",
        ],
        ..NOTHING
    });
}

#[test]
fn nothing_changes_for_professionals() {
    check(&Row {
        clients: "professionnels",
        channels: "telephone courriel automates messages-prives",
        always: &[
            "prospection.professionnels/metier",
            "prospection.professionnels/refus",
            "prospection.professionnels/numero-publie",
            "prospection.professionnels/adresse-de-service",
            "prospection.messages/desinscription",
            "prospection.messages/ouvertures",
            "prospection.autres-canaux/message-clair",
        ],
        never: &[
            "prospection.accord-telephone",
            "prospection.appels",
            "prospection.accord-messages",
            "prospection.autres-canaux/automate",
            "prospection.autres-canaux/messages-prives",
        ],
        ..NOTHING
    });
}

#[test]
fn nothing_changes_for_written_channels() {
    check(&Row {
        channels: "courriel sms automates messages-prives courrier prospectus porte-a-porte",
        answers: "\"prospection.accord-messages\" = \"les-deux\"\n",
        always: &[
            "prospection.accord-messages",
            "prospection.messages/preuve",
            "prospection.messages/achat",
            "prospection.messages/refus-a-l-achat",
            "prospection.messages/semblable",
            "prospection.messages/identite",
            "prospection.messages/stop",
            "prospection.messages/ouvertures",
            "prospection.autres-canaux/automate",
            "prospection.autres-canaux/messages-prives",
            "prospection.autres-canaux/courrier",
            "prospection.autres-canaux/stop-pub",
            "prospection.autres-canaux/visites",
        ],
        never: &["prospection.accord-telephone", "prospection.appels"],
        ..NOTHING
    });
}

#[test]
fn open_tracking_is_asked_from_the_fourteenth_of_july() {
    let row = Row {
        channels: "courriel",
        ..NOTHING
    };
    let id = "prospection.messages/ouvertures";
    assert!(!asked(&row, "2026-07-13").contains(id));
    assert!(asked(&row, "2026-07-14").contains(id));
}
