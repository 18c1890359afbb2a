//! What holds of every text of the five examples, passage by passage.

#[path = "support/examples.rs"]
mod examples;

use aplomb::documents::markdown::flat;
use aplomb::documents::why::why;
use aplomb::documents::{Needed, render_seen};
use aplomb::domain::answer::{Answer, Tick, Value};
use aplomb::domain::document::Room;
use aplomb::domain::dossier::Dossier;
use aplomb::domain::view::View;
use examples::{CATALOGUE, DAY, example};

#[test]
fn every_passage_shows_what_it_rests_on() {
    for document in &CATALOGUE.documents {
        for clause in &document.clauses {
            let id = format!("{}/{}", document.id, clause.id);
            assert!(!clause.obligations.is_empty(), "{id}: no obligation");
            assert!(!clause.references.is_empty(), "{id}: no reference");
        }
    }
    let mut passages = 0;
    for (slug, dossier) in examples::all() {
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            for trace in rendered.clauses.iter().filter(|t| !t.markdown.is_empty()) {
                let id = format!("{slug}: {}/{}", document.id, trace.id);
                let why = why(&view, document, trace);
                assert!(!why.rules.is_empty(), "{id}: no obligation");
                assert!(!why.sources.is_empty(), "{id}: no reference");
                assert!(!why.because.is_empty(), "{id}: no reason");
                let template = document.clauses.iter().find(|c| c.id == trace.id).unwrap();
                let is_brought = template.when.is_some()
                    || document.needed_when.is_some() && rendered.needed == Needed::Yes;
                assert!(!is_brought || !why.answers.is_empty(), "{id}: no answer");
                for stated in &why.answers {
                    assert!(
                        !stated.answer.is_empty(),
                        "{id}: {} unsaid",
                        stated.question
                    );
                }
                passages += 1;
            }
        }
    }
    assert!(passages > 900, "only {passages} passages");
}

#[test]
fn numbers_are_grouped_in_the_reasons_as_in_the_texts() {
    let dossier = example("boulangerie-martin");
    let view = View::new(&CATALOGUE, &dossier, DAY);
    let document = CATALOGUE.document("mentions-legales").unwrap();
    let rendered = render_seen(&view, document).unwrap();
    for question in ["profil.telephone", "profil.siren"] {
        let trace = rendered
            .clauses
            .iter()
            .find(|trace| trace.questions.iter().any(|id| id == question))
            .unwrap();
        let why = why(&view, document, trace);
        let stated = why.answers.iter().find(|a| a.question == question).unwrap();
        assert!(stated.answer.contains('\u{a0}'), "{}", stated.answer);
        assert!(trace.markdown.contains(&stated.answer), "{}", stated.answer);
    }
}

/// Signs of an SMS in its own alphabet, where a few take two; otherwise 70 stand for 160.
fn sms_size(text: &str) -> usize {
    let basic = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";
    let is_basic = |c: char| (c.is_ascii() && c != '`') || basic.contains(c);
    if text.chars().all(is_basic) {
        let double = |c: &char| "^{}\\[~]|€".contains(*c);
        text.chars().count() + text.chars().filter(double).count()
    } else {
        text.encode_utf16().count() * 160 / 70
    }
}

#[test]
fn every_narrow_text_fits_or_asks_for_a_shorter_name() {
    let long = "Boulangerie pâtisserie salon de thé ".repeat(6);
    let names = [
        None,
        Some(&long[..200]),
        Some("🍞".repeat(40).leak() as &str),
    ];
    let (mut fit, mut refused) = (0, 0);
    for ((slug, example), name) in examples::all().iter().flat_map(|e| names.map(|n| (e, n))) {
        let mut dossier = example.clone();
        if let Some(name) = name {
            for id in [
                "profil.nom-commercial",
                "profil.denomination",
                "profil.exploitant",
            ] {
                let answer = Answer::Value(Value::Text(name.to_owned()));
                dossier.answers.insert(id.to_owned(), answer);
            }
        }
        let view = View::new(&CATALOGUE, &dossier, DAY);
        for document in &CATALOGUE.documents {
            let rendered = render_seen(&view, document).unwrap();
            for trace in &rendered.clauses {
                let clause = document.clauses.iter().find(|c| c.id == trace.id).unwrap();
                let (Some((_, body)), Some(room)) =
                    (trace.markdown.split_once("\n\n"), clause.room)
                else {
                    continue;
                };
                let text = flat(body);
                let (size, most) = match room {
                    Room::Line(most) => (text.chars().count(), usize::from(most)),
                    Room::Sms(_) => (sms_size(&text), 160),
                };
                let asks = |b: &aplomb::documents::Blank| b.label.contains("plus court");
                let told = rendered.blanks.iter().any(asks);
                let id = format!("{slug}: {}/{}", document.id, clause.id);
                assert!(size <= most || told, "{id}: {size} signs in {text}");
                assert!(!told || !rendered.ready, "{id} is said to be ready");
                fit += usize::from(size <= most);
                refused += usize::from(size > most);
            }
        }
        // The line without an address is the same for everybody.
        let page = render_seen(&view, CATALOGUE.document("page-sociale").unwrap()).unwrap();
        let line = page.clauses.iter().find(|c| c.id.starts_with("ligne-"));
        let (_, line) = line.unwrap().markdown.split_once("\n\n").unwrap();
        assert!(flat(line).chars().count() <= 150, "{slug}: {line}");
    }
    assert!(fit >= 15 && refused >= 10, "{fit} fit, {refused} refused");
}

/// Where each text is pasted; nothing for those that are kept, printed or sent by hand.
const PLACES: [(&str, &[&str]); 22] = {
    const SITE: &str = "WordPress Wix Shopify PrestaShop Squarespace";
    [
        ("accord-telephonique", &[SITE, "Facebook Instagram papier"]),
        ("autorisation-image", &[]),
        ("bandeau-et-page-cookies", &[SITE]),
        ("bulletin-fidelite", &["Papier", "caisse"]),
        (
            "cases-de-consentement",
            &[SITE, "Brevo Instagram Facebook Papier"],
        ),
        ("cgv-donnees", &[SITE, "Papier"]),
        (
            "consentement-partenaires",
            &[
                SITE,
                "Facebook Instagram Papier",
                "Fiche Google",
                "Outil d'envoi",
            ],
        ),
        ("durees-conservation", &["WooCommerce Shopify PrestaShop"]),
        ("fiche-preparation", &[]),
        ("fuite-72h", &[]),
        ("lettre-sous-traitant", &[]),
        (
            "liste-opposition",
            &[SITE, "Brevo Facebook Instagram Papier"],
        ),
        (
            "mention-formulaire",
            &[
                SITE,
                "Facebook Instagram Papier",
                "Fiche Google",
                "Outil d'envoi",
            ],
        ),
        (
            "mentions-legales",
            &[SITE, "Facebook Instagram Papier", "fiche Google"],
        ),
        ("message-prestataire", &[]),
        ("page-sociale", &["Facebook Instagram", "Fiche Google"]),
        (
            "page-vie-privee",
            &[
                SITE,
                "Facebook Instagram Papier",
                "Fiche Google",
                "Outil d'envoi",
            ],
        ),
        (
            "pied-de-message",
            &[SITE, "Brevo Mailchimp Facebook Instagram"],
        ),
        ("registre", &[]),
        ("reponse-avis", &[SITE, "Facebook", "Fiche Google"]),
        ("reponse-mecontent", &["Facebook Instagram", "Fiche Google"]),
        (
            "reponses-droits",
            &[
                SITE,
                "Facebook Instagram Papier",
                "fiche Google",
                "Outil d'envoi",
            ],
        ),
    ]
};

#[test]
fn every_text_says_how_to_paste_it_wherever_it_goes() {
    for document in &CATALOGUE.documents {
        let id = document.id.as_str();
        let known = PLACES.iter().find(|(known, _)| *known == id);
        let (_, places) = known.unwrap_or_else(|| panic!("where is {id} pasted?"));
        assert!(document.paste.lines().count() >= 3, "{id}: hardly a word");
        for place in *places {
            let is_one_name = place.contains("oogle") || place.contains("Outil");
            let names: Vec<&str> = if is_one_name {
                vec![place]
            } else {
                place.split(' ').collect()
            };
            for name in names {
                assert!(document.paste.contains(name), "{id}: nothing of {name}");
            }
        }
    }
}

#[test]
fn every_blank_says_who_fills_it() {
    let mut by_hand = 0;
    let mut dossiers = examples::all().map(|(_, dossier)| dossier).to_vec();
    // Nothing answered but what opens each text.
    let mut bare = dossiers[0].clone();
    let all = |id: &str| {
        let question = CATALOGUE.question(id).unwrap();
        let open = question.options.iter().filter(|option| !option.exclusive);
        Answer::Value(Value::Set(open.map(|option| option.id.clone()).collect()))
    };
    bare.answers.clear();
    for id in [
        "profil.prospection",
        "profil.presence",
        "profil.clients",
        "profil.formulaires",
        "profil.fichiers",
        "prospection.situations",
    ] {
        bare.answers.insert(id.to_owned(), all(id));
    }
    dossiers.push(bare);
    for dossier in &dossiers {
        let view = View::new(&CATALOGUE, dossier, DAY);
        for document in &CATALOGUE.documents {
            for blank in render_seen(&view, document).unwrap().blanks {
                let id = format!("{}: {}", document.id, blank.label);
                by_hand += usize::from(blank.by_hand.is_some());
                let question = CATALOGUE.question(&blank.question);
                assert!(question.is_some() || blank.activity().is_some(), "{id}");
                let names_others = ["partenaire", "société qui appelle", "nature précise"];
                if names_others.iter().any(|words| blank.label.contains(words)) {
                    let is_asked = question.is_some_and(|q| blank.label.contains(&q.text));
                    assert!(
                        blank.by_hand.is_some() || blank.activity().is_some() || is_asked,
                        "{id}: no answer fills it"
                    );
                }
            }
        }
    }
    assert!(by_hand >= 5, "{by_hand}");
}

/// Texts that send to another by its title send to one that exists.
#[test]
fn a_document_cited_by_its_title_exists() {
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
    let titles: Vec<String> = CATALOGUE
        .documents
        .iter()
        .map(|d| plain(&d.title))
        .collect();
    let mut texts: Vec<&str> = Vec::new();
    for document in &CATALOGUE.documents {
        texts.push(&document.paste);
        texts.extend(document.clauses.iter().map(|clause| clause.body.as_str()));
    }
    for action in &CATALOGUE.actions {
        texts.extend(action.every_step().map(|step| step.say.as_str()));
    }
    let mut cited = 0;
    for text in texts {
        let text = plain(text).replace('\n', " ");
        for opening in ["document « ", "document joint « "] {
            for rest in text.split(opening).skip(1) {
                let (title, _) = rest.split_once(" »").unwrap();
                let title = title.replace('“', "« ").replace('”', " »");
                assert!(titles.contains(&title), "« {title} » : {text}");
                cited += 1;
            }
        }
    }
    assert!(cited > 10, "only {cited}");
}

/// Only the tool the site is known to be made with is named, and a site is needed to ask anything.
#[test]
fn a_message_to_the_provider_names_the_tool_of_the_site_and_no_other() {
    const TOOLS: [(&str, &str); 5] = [
        ("wordpress", "Contact Form 7"),
        ("prestashop", "module de conformité"),
        ("shopify-essentiel", "bloc de texte"),
        ("wix", "« Paragraphe »"),
        ("squarespace", "bloc de texte"),
    ];
    let document = CATALOGUE.document("message-prestataire").unwrap();
    let names = ["WordPress", "Wix", "Shopify", "PrestaShop", "Squarespace"];
    for name in names {
        assert!(!document.paste.contains(name), "{}", document.paste);
    }
    let mut dossier = example("boulangerie-martin");
    let said = |dossier: &Dossier| {
        let view = View::new(&CATALOGUE, dossier, DAY);
        let text = render_seen(&view, document).unwrap().markdown;
        text.replace(['\u{a0}', '\u{202f}'], " ")
    };
    for (service, words) in TOOLS {
        let picked = Value::Set(vec![service.to_owned()]);
        dossier
            .answers
            .insert("cookies.services".to_owned(), Answer::Value(picked));
        let text = said(&dossier);
        for (_, others) in TOOLS {
            assert_eq!(
                text.contains(others),
                others == words,
                "{service}: {others}"
            );
        }
    }
    dossier.answers.remove("cookies.services");
    let text = said(&dossier);
    assert!(text.contains("Texte sous les formulaires"), "{text}");
    for (_, words) in TOOLS {
        assert!(!text.contains(words), "{words}");
    }
    let without = said(&example("salon-eclat"));
    assert!(without.contains("ce message ne demande rien"), "{without}");
    assert!(!without.contains("- **"), "{without}");
}

/// How long a professional is kept is said where it is held, or left to the page.
#[test]
fn a_first_message_to_a_professional_says_no_duration_nobody_holds() {
    let document = CATALOGUE.document("pied-de-message").unwrap();
    let said = |tick: Tick, presence: &str| {
        let mut dossier = example("aurore-conseil");
        let ticks = [("trois-ans".to_owned(), tick)].into();
        let mut answer = |id: &str, value| {
            dossier.answers.insert(id.to_owned(), Answer::Value(value));
        };
        answer("prospection.contacts", Value::Ticks(ticks));
        answer("profil.presence", Value::Set(vec![presence.to_owned()]));
        let view = View::new(&CATALOGUE, &dossier, DAY);
        render_seen(&view, document).unwrap().markdown
    };
    let kept = "trois ans au plus après votre dernier signe";
    assert!(said(Tick::Yes, "site").contains(kept));
    let unheld = said(Tick::No, "site");
    assert!(!unheld.contains(kept) && !unheld.contains("la durée que vous tiendrez"));
    assert!(said(Tick::No, "reseaux").contains("la durée que vous tiendrez"));
}

/// A blank to fill by hand ends a sentence by itself, or takes its comma without a space.
#[test]
fn no_sign_stands_apart_from_a_blank() {
    for document in &CATALOGUE.documents {
        for clause in &document.clauses {
            let body = clause.body.replace(['\u{a0}', '\u{202f}'], " ");
            for sign in ["… .", "… ,", "] .", "] ,"] {
                assert!(!body.contains(sign), "{}/{}", document.id, clause.id);
            }
        }
    }
}
