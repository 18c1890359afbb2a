//! Documents rendered for fictitious businesses: what they say, what they leave blank, what they
//! never say, and what hostile answers do to them.
#![expect(clippy::panic, reason = "a test stops where it fails")]

mod fixture;

use jiff::civil::date;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use self::fixture::{CATALOGUE, association, company, force, on, rendered, sole_trader};
use aplomb::documents::check::check;
use aplomb::documents::markdown::{html, page, text};
use aplomb::documents::output::{Format, file};
use aplomb::documents::{Needed, escape, render, wording};
use aplomb::domain::answer::{Answer, Value};

const OURS: [&str; 3] = ["mentions-legales", "page-vie-privee", "mention-formulaire"];

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
fn a_complete_business_gets_a_ready_text() {
    let legal = rendered(&sole_trader(), "mentions-legales");
    assert_eq!(legal.blanks, []);
    assert!(legal.ready, "{:#?}", legal.elements);
    assert!(legal.markdown.contains("**Maëlle Le Goff EI**"));
    assert!(!legal.markdown.contains("Capital"));
    let host = legal
        .elements
        .iter()
        .find(|element| element.id == "hebergeur")
        .unwrap();
    assert_eq!(host.source, ["vitrine.hebergeur"]);
    assert_eq!(host.clause.as_deref(), Some("hebergeur"));
}

#[test]
fn what_is_not_known_is_a_blank_and_never_a_yes() {
    let mut dossier = company();
    let legal = rendered(&dossier, "mentions-legales");
    assert!(!legal.ready);
    let phone = legal
        .blanks
        .iter()
        .find(|blank| blank.question == "profil.telephone")
        .unwrap();
    assert!(
        legal
            .markdown
            .contains(&format!("[à compléter : {}]", phone.label)),
        "{}",
        legal.markdown
    );
    for id in ["profil.capital-variable", "profil.capital"] {
        dossier.answers.insert(id.into(), Answer::Unknown);
    }
    let legal = rendered(&dossier, "mentions-legales");
    assert!(!legal.markdown.contains("société à capital variable"));
    assert!(
        legal
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.capital-variable")
    );
    assert!(
        legal
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.capital")
    );
}

#[test]
fn a_craftsman_who_trades_cites_both_registers() {
    let mut dossier = sole_trader();
    for (id, text) in [
        ("profil.registre", "rcs-artisan"),
        ("profil.greffe", "Vannes"),
    ] {
        force(&mut dossier, id, text);
    }
    let legal = rendered(&dossier, "mentions-legales").markdown;
    assert!(legal.contains("RCS Vannes"), "{legal}");
    assert!(
        legal.contains("registre national des entreprises"),
        "{legal}"
    );
    force(&mut dossier, "profil.registre", "rne-artisan");
    let legal = rendered(&dossier, "mentions-legales").markdown;
    assert!(!legal.contains("RCS"), "{legal}");
}

#[test]
fn a_title_half_given_leaves_blanks_and_no_hole() {
    let mut dossier = sole_trader();
    force(&mut dossier, "profil.activite-reglementee", "les-deux");
    let given = [("titre".to_owned(), "Opticienne".to_owned())];
    let value = Value::List(vec![given.into_iter().collect()]);
    let id = "profil.titre".to_owned();
    dossier.answers.insert(id, Answer::Value(value));
    let legal = rendered(&dossier, "mentions-legales");
    let blanks = legal.markdown.matches("[à compléter").count();
    assert_eq!(blanks, 5, "{}", legal.markdown);
    assert!(
        !legal.markdown.contains("profession :\n"),
        "{}",
        legal.markdown
    );
}

#[test]
fn a_host_without_a_telephone_gives_its_contact_page() {
    let entry = |fields: &[(&str, &str)]| {
        fields
            .iter()
            .map(|(id, text)| ((*id).to_owned(), (*text).to_owned()))
            .collect()
    };
    let mut dossier = sole_trader();
    let known = [("nom", "Hôte SA"), ("adresse", "1 rue Nord, Oslo")];
    let with_page = [&known[..], &[("contact", "https://hote.example/contact")]].concat();
    for (fields, blank) in [(&with_page[..], false), (&known[..], true)] {
        let value = Value::List(vec![entry(fields)]);
        let id = "vitrine.hebergeur".to_owned();
        dossier.answers.insert(id, Answer::Value(value));
        let legal = rendered(&dossier, "mentions-legales");
        let found = legal
            .blanks
            .iter()
            .any(|b| b.question == "vitrine.hebergeur");
        assert_eq!(found, blank, "{}", legal.markdown);
        assert_eq!(legal.markdown.contains("hote.example/contact"), !blank);
    }
}

#[test]
fn a_decision_of_a_tool_is_said_and_only_another_one_is_left_blank() {
    let choose = |options: &[&str]| {
        let mut dossier = company();
        let chosen = options.iter().map(|id| (*id).to_owned()).collect();
        let id = "socle.decision-automatisee".to_owned();
        dossier
            .answers
            .insert(id, Answer::Value(Value::Set(chosen)));
        rendered(&dossier, "page-vie-privee")
    };
    let blanks = |page: &aplomb::documents::Rendered| {
        let mine = |b: &&aplomb::documents::Blank| b.question == "socle.decision-automatisee";
        page.blanks.iter().filter(mine).count()
    };
    let card = choose(&["paiement"]);
    assert!(card.markdown.contains("paiement en plusieurs fois"));
    assert!(!card.markdown.contains("filtres d’un logiciel"));
    assert_eq!(blanks(&card), 0);
    assert_eq!(blanks(&choose(&["paiement", "oui"])), 1);
    let none = choose(&["non"]);
    assert!(none.markdown.contains("Aucune décision"));
    assert!(!none.markdown.contains("paiement en plusieurs fois"));
}

#[test]
fn an_empty_dossier_says_nothing_of_the_business() {
    let nobody = fixture::business("Vide", &[]);
    for id in OURS {
        let document = rendered(&nobody, id);
        assert_eq!(document.needed, Needed::Undetermined);
        assert!(!document.ready);
        assert!(document.why.contains("Répondez"), "{}", document.why);
        let told = document
            .blanks
            .iter()
            .any(|blank| blank.question == "profil.forme");
        assert!(
            told || id == "mention-formulaire",
            "{id}: {:?}",
            document.blanks
        );
    }
}

#[test]
fn an_answer_that_does_not_apply_any_more_is_not_printed() {
    let mut dossier = company();
    dossier.answers.insert(
        "profil.forme".into(),
        Answer::Value(Value::Text("ei".into())),
    );
    let legal = rendered(&dossier, "mentions-legales");
    assert!(
        !legal.markdown.contains("Boulangerie Martin"),
        "{}",
        legal.markdown
    );
    assert!(!legal.markdown.contains("Capital"));
}

#[test]
fn the_law_of_the_day_is_the_one_that_speaks() {
    let dossier = sole_trader();
    let before = on(&dossier, "mention-formulaire", date(2026, 8, 10)).markdown;
    let after = on(&dossier, "mention-formulaire", date(2026, 8, 11)).markdown;
    assert!(before.contains("Bloctel") && !before.contains("sans votre accord préalable"));
    assert!(after.contains("sans votre accord préalable") && !after.contains("Bloctel"));
    let old = on(&dossier, "mentions-legales", date(2024, 5, 22));
    assert!(!old.markdown.contains("stockent des données"));
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
fn rights_follow_the_legal_ground() {
    let mentions = rendered(&sole_trader(), "mention-formulaire").markdown;
    let section = |from: &str, to: &str| {
        let start = mentions.find(from).unwrap();
        let end = mentions[start..]
            .find(to)
            .map_or(mentions.len(), |at| start + at);
        mentions[start..end].to_owned()
    };
    let contact = section("## Formulaire de contact", "### Sous le champ");
    assert!(
        !contact.contains("récupérer") && contact.contains("vous opposer"),
        "{contact}"
    );
    let letter = section("## Inscription", "### La case");
    assert!(
        letter.contains("récupérer") && letter.contains("retirer votre accord"),
        "{letter}"
    );
}

#[test]
fn hostile_names_read_back_as_they_are() {
    let long = "a".repeat(10_000);
    for name in [
        "{{7*7}} {% for x in y %}",
        "<script>alert(1)</script>",
        "**gras** _x_ `c` [l](javascript:x)",
        "1. Liste",
        "# Titre",
        "| a | b |",
        "&lt;b&gt; &amp;",
        "\u{202e}envers",
        "![i](x)",
        "    code",
        "[à compléter : x]",
        &long,
    ] {
        let mut dossier = sole_trader();
        force(&mut dossier, "profil.exploitant", name);
        force(&mut dossier, "profil.nom-commercial", name);
        for id in OURS {
            let document = rendered(&dossier, id);
            let shown = escape::clean(name);
            assert!(
                read_back(&document.markdown).contains(&shown),
                "{id} {name}"
            );
            assert!(!document.markdown.contains("49") || name.contains("49"));
            for format in Format::ALL {
                let bytes = String::from_utf8(file(&document, format, None).bytes).unwrap();
                let is_html = matches!(
                    format,
                    Format::Html | Format::Fragment | Format::FragmentLists
                );
                assert!(!is_html || !bytes.contains("<script"), "{format:?}");
                assert!(!bytes.contains('\u{202e}'), "{format:?}");
            }
        }
    }
}

/// Signs of an SMS: the basic table of GSM 03.38, and its extension, which counts twice.
fn sms_size(text: &str) -> Option<usize> {
    let basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                 ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    text.chars().try_fold(0, |size, c| match c {
        c if basic.contains(c) => Some(size + 1),
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(size + 2),
        _ => None,
    })
}

/// An SMS and a line of profile written for this name and this address.
fn narrow(name: &str, url: &str) {
    let mut dossier = sole_trader();
    force(&mut dossier, "profil.nom-commercial", name);
    force(&mut dossier, "profil.site-url", url);
    let sms = Value::Set(vec!["sms".into()]);
    dossier
        .answers
        .insert("profil.prospection".into(), Answer::Value(sms));
    for (id, clause, most) in [
        ("pied-de-message", "sms", 160),
        ("page-sociale", "ligne-avec-site", 150),
    ] {
        let document = rendered(&dossier, id);
        let Some(trace) = document.clauses.iter().find(|c| c.id == clause) else {
            panic!("{id}: {clause}");
        };
        let Some((_, body)) = trace.markdown.split_once("\n\n") else {
            panic!("{}", trace.markdown);
        };
        let text = read_back(body);
        let text = text.trim();
        let size = if clause == "sms" {
            sms_size(text).unwrap_or(most + 1)
        } else {
            text.chars().count()
        };
        let flagged = document
            .blanks
            .iter()
            .any(|b| b.label.contains("plus court"));
        assert_eq!(flagged, !trace.complete, "{id} {name} {url}");
        assert!(flagged || size <= most, "{id}: {size} in {text:?}");
        assert!(!flagged || !document.ready);
    }
}

#[test]
fn a_narrow_text_fits_or_says_that_it_does_not() {
    for (name, url) in [
        ("Salon Éclat", "https://salon.example"),
        (
            "Les Bougies de Maëlle – l’atelier",
            "https://bougies.example",
        ),
        ("سوق الزيتون", "https://xn--example"),
        (
            "{{7*7}} {% for x in y %} | € € €",
            "https://a.example/?q=[x](y)",
        ),
        (
            &"Cœur & Fils ".repeat(30),
            &format!("https://a.example/{}", "é".repeat(200)),
        ),
        (&"😀".repeat(40), "https://a.example"),
        (&"€".repeat(60), "https://a.example"),
    ] {
        narrow(name, url);
    }
}

#[test]
fn every_format_shows_the_blanks() {
    let document = rendered(&association(), "mentions-legales");
    assert!(!document.blanks.is_empty());
    for format in Format::ALL {
        let shown = String::from_utf8(file(&document, format, None).bytes).unwrap();
        let marked = matches!(
            format,
            Format::Html | Format::Fragment | Format::FragmentLists
        );
        assert_eq!(shown.contains("<mark>[à compléter"), marked, "{format:?}");
        assert!(shown.contains("[à compléter"), "{format:?}");
    }
    assert!(
        text::plain(&document.markdown)
            .lines()
            .all(|line| line.chars().count() <= 200)
    );
    assert!(page::page("x", &document.markdown, None).contains("<main>"));
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

/// The text a Markdown reader shows.
fn read_back(markdown: &str) -> String {
    let mut shown = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::SoftBreak | Event::HardBreak => shown.push('\n'),
            Event::Html(_) | Event::InlineHtml(_) => shown.push_str("<HTML>"),
            _ => {}
        }
    }
    shown
}

/// Texts made of what Markdown, HTML and Tera read.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{7*7}}"),
        Just("{% raw %}"),
        Just("<b>"),
        Just("</script>"),
        Just("**"),
        Just("_"),
        Just("`"),
        Just("["),
        Just("]("),
        Just("|"),
        Just("\\"),
        Just("&amp;"),
        Just("&#60;"),
        Just("1. "),
        Just("- "),
        Just("# "),
        Just("> "),
        Just("~~~"),
        Just("==="),
        Just("---"),
        Just("    "),
        Just("\n"),
        Just("\t"),
        Just("\u{202e}"),
        Just("\u{200b}"),
        Just("é"),
        Just("mot"),
        Just(" "),
        Just("!"),
        Just(":"),
        Just("http://x"),
        Just("a@b.fr"),
        Just("+"),
        Just("12"),
        Just(")"),
        Just("."),
        Just("<http://a>"),
        Just("\u{e000}0\u{e001}"),
        Just("[x]: y"),
        Just("#"),
        Just("$"),
        Just("^"),
        Just("\""),
        Just("'"),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_escaped_value_reads_back_intact(value in hostile()) {
        let clean = escape::clean(&value);
        prop_assume!(!clean.is_empty());
        let escaped = escape::markdown(&clean);
        for frame in [
            "avant\n\n{}\n\naprès", "mot {} mot", "- {}\n- autre", "## {}\n", "## Titre : {}\n",
            "| a | b |\n|---|---|\n| {} | x |", "texte **{}** fin", "- un : {}, deux", "ligne\n{}",
        ] {
            let markdown = frame.replace("{}", &escaped);
            let shown = read_back(&markdown);
            let expected = read_back(&frame.replace("{}", "VALEUR")).replace("VALEUR", &clean);
            prop_assert_eq!(shown, expected, "{}", markdown);
        }
        let html = html::fragment(&format!("mot {escaped} mot"));
        prop_assert_eq!(html.matches('<').count(), 2, "{}", html);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_name_makes_a_narrow_text_longer_in_silence(name in "\\PC{1,120}", path in "[a-zé/]{0,120}") {
        prop_assume!(!escape::clean(&name).is_empty());
        narrow(&name, &format!("https://a.example/{path}"));
    }
}
