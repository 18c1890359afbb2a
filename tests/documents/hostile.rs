//! Names made of what Markdown, HTML and Tera read are shown as they are.

use aplomb::documents::escape;
use aplomb::documents::markdown::html;
use aplomb::documents::output::{Format, file};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use super::fixture::{force, rendered, sole_trader};
use super::shipped::OURS;

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

/// The text a Markdown reader shows.
pub fn read_back(markdown: &str) -> String {
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
