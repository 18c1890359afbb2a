//! The report as a self-contained page: no script, nothing from outside, prints well.

use std::fmt::Write as _;

use super::account::{accounts, words};
use super::{COSTLIEST, METHOD, Report, chart, note};
use crate::documents::Needed;
use crate::documents::escape::{clean, is_allowed};
use crate::documents::french;
use crate::documents::markdown::brand;
use crate::documents::markdown::html::escape;
use crate::documents::markdown::page::cards;
use crate::domain::explain::{day, gain, points, told_level};
use crate::domain::plan::PlannedAction;
use crate::domain::typography::french as typeset;
use crate::exports::wording::{plural, severity, status};

const STYLE: &str = include_str!("report.css");
const PARTS: [(&str, &str); 7] = [
    ("resultat", "Le résultat"),
    ("themes", "Par thème"),
    ("couts", "Ce qui coûte le plus"),
    ("plan", "Le plan d’action"),
    ("documents", "Les documents"),
    ("compte", "Le compte complet"),
    ("methode", "Comment lire ce bilan"),
];

/// Writes the page.
pub fn page(report: &Report<'_, '_>) -> String {
    let name = text(&report.view.dossier().name);
    let date = french::date(report.assessment.date);
    let branding = report.branding.as_ref();
    let (policy, style) = (brand::policy(branding), brand::style(branding));
    let head = brand::head(branding);
    let cards = cards(40);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';{policy} base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Bilan — {name}</title>\n<style>\n{STYLE}{cards}{style}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#contenu\">Aller au contenu</a>\n\
         <header>\n{head}<h1>Bilan — {name}</h1>\n<p>Au {date}, questionnaires en version {}.</p>\n</header>\n\
         <nav aria-label=\"Sommaire\">\n<ul>\n",
        text(&report.view.catalogue().version)
    );
    for (id, title) in PARTS {
        writeln!(out, "<li><a href=\"#{id}\">{title}</a></li>").unwrap_or_default();
    }
    out.push_str("</ul>\n</nav>\n<main id=\"contenu\">\n");
    let bodies = [
        result(report),
        themes(report),
        costs(report),
        plan(report),
        documents(report),
        account(report),
        method(report),
    ];
    for ((id, title), body) in PARTS.iter().zip(bodies) {
        writeln!(
            out,
            "<section id=\"{id}\" aria-labelledby=\"{id}-titre\">\n<h2 id=\"{id}-titre\">{title}</h2>\n{body}</section>"
        )
        .unwrap_or_default();
    }
    out.push_str("</main>\n<footer>\n");
    out.push_str(&brand::foot(branding));
    out.push_str("<p>Fait par Aplomb, sur cet ordinateur. Rien n’a été envoyé.</p>\n</footer>\n</body>\n</html>\n");
    out
}

/// A text, cleaned and escaped.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    escape(&clean(value), &mut out);
    out
}

/// A text of the catalogue, written the French way.
fn ours(value: &str) -> String {
    text(&typeset(value))
}

fn paragraphs(sentences: &[String]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        writeln!(out, "<p>{}</p>", text(sentence)).unwrap_or_default();
    }
    out
}

fn result(report: &Report<'_, '_>) -> String {
    let caption = match chart::pointed(&report.assessment.score) {
        Some(_) => "Le triangle montre votre note\u{a0}; la barre, là où elle peut encore aller.",
        None => "La barre montre où la note peut encore aller.",
    };
    let mut out = format!(
        "<figure>{}<figcaption>{caption}</figcaption></figure>\n",
        chart::gauge(&report.assessment)
    );
    let mut sentences = report.sentences();
    if let Some(level) = told_level(&report.assessment.score) {
        // The badge says it already, unless there is more to say.
        sentences.retain(|sentence| *sentence != format!("Niveau {}.", level.letter()));
        writeln!(
            out,
            "<p class=\"level\"><span>Niveau</span> <span class=\"badge zone-{0}\">{0}</span></p>",
            level.letter()
        )
        .unwrap_or_default();
    }
    out.push_str(&paragraphs(&sentences));
    let contradictions = report.contradictions();
    if !contradictions.is_empty() {
        out.push_str("<h3>Des réponses ne vont pas ensemble</h3>\n<ul>\n");
        for contradiction in contradictions {
            writeln!(out, "<li>{}</li>", ours(&contradiction.message)).unwrap_or_default();
        }
        out.push_str("</ul>\n");
    }
    out
}

fn themes(report: &Report<'_, '_>) -> String {
    let scores: Vec<(usize, u32)> = (1..)
        .zip(&report.assessment.themes)
        .filter_map(|(number, theme)| Some((number, theme.score.score?)))
        .collect();
    let mut out = String::from("<div class=\"themes\">\n");
    if let Some(radar) = chart::radar(&scores) {
        writeln!(out, "<figure>{radar}</figure>").unwrap_or_default();
    }
    out.push_str(
        "<table role=\"table\">\n<caption>Note de chaque thème</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\" class=\"figure\">N°</th><th role=\"columnheader\" scope=\"col\">Thème</th><th role=\"columnheader\" scope=\"col\">Note</th><th role=\"columnheader\" scope=\"col\">Critères répondus</th></tr></thead>\n<tbody>\n",
    );
    for (number, theme) in (1..).zip(&report.assessment.themes) {
        let number: usize = number;
        writeln!(
            out,
            "<tr role=\"row\"><td role=\"cell\" data-label=\"N°\u{a0}\">{number}</td><th role=\"rowheader\" scope=\"row\">{}</th><td role=\"cell\" class=\"figure\" data-label=\"Note\u{a0}: \">{}{}</td><td role=\"cell\" class=\"figure\" data-label=\"Critères répondus\u{a0}: \">{} sur {}</td></tr>",
            ours(&theme.questionnaire.title),
            note(&theme.score),
            theme.score.score.map_or_else(String::new, chart::bar),
            theme.score.answered,
            theme.score.applicable,
        )
        .unwrap_or_default();
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn costs(report: &Report<'_, '_>) -> String {
    let losses = report.losses();
    if losses.is_empty() {
        return "<p>Aucun point perdu parmi vos réponses.</p>\n".to_owned();
    }
    let mut out = String::from("<ol class=\"costs\">\n");
    for finding in losses.iter().take(COSTLIEST) {
        writeln!(
            out,
            "<li><strong class=\"loss\">−{}</strong> {} <span class=\"soft\">({}, {})</span></li>",
            points(finding.loss),
            ours(&words(finding)),
            status(finding),
            severity(finding.severity),
        )
        .unwrap_or_default();
    }
    out.push_str("</ol>\n");
    if let Some(more) = losses.len().checked_sub(COSTLIEST).filter(|more| *more > 0) {
        writeln!(
            out,
            "<p>{more} {} dans <a href=\"#compte\">le compte complet</a>.</p>",
            plural(more, "autre", "autres")
        )
        .unwrap_or_default();
    }
    out
}

fn plan(report: &Report<'_, '_>) -> String {
    let actions = &report.plan.actions;
    if actions.is_empty() {
        return "<p>Rien à faire d’après vos réponses.</p>\n".to_owned();
    }
    let mut out = format!(
        "<p>{} {}, dans l’ordre conseillé.</p>\n",
        actions.len(),
        plural(actions.len(), "action", "actions")
    );
    for (at, action) in actions.iter().enumerate() {
        planned(report, at + 1, action, &mut out);
    }
    out
}

fn planned<'a>(report: &Report<'_, 'a>, rank: usize, action: &PlannedAction<'a>, out: &mut String) {
    let titles: Vec<String> = action
        .documents
        .iter()
        .filter_map(|id| report.view.catalogue().document(id))
        .map(|document| ours(&document.title))
        .collect();
    let references = links(&report.references(&action.references));
    let rows = [
        ("Dès aujourd’hui", ours(&action.first_step)),
        ("Gain", gain(action.gain)),
        ("Temps", text(action.effort.label())),
        ("Qui", text(&action.owner)),
        ("Avant le", day(action.due)),
        ("État", text(action.tracking.status.label())),
        (
            "Motif",
            text(action.tracking.reason.as_deref().unwrap_or_default()),
        ),
        ("Preuve à garder", ours(&action.proof)),
        ("Document", titles.join(", ")),
        (
            "Note",
            text(action.tracking.note.as_deref().unwrap_or_default()),
        ),
        ("Fondement", references),
    ];
    writeln!(
        out,
        "<article>\n<h3>{rank}. {}</h3>\n<dl>",
        ours(&action.title)
    )
    .unwrap_or_default();
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "<dt>{label}</dt><dd>{value}</dd>").unwrap_or_default();
    }
    out.push_str("</dl>\n");
    if !action.steps.is_empty() {
        out.push_str("<ol>\n");
        for step in &action.steps {
            writeln!(out, "<li>{}</li>", ours(step)).unwrap_or_default();
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</article>\n");
}

fn links(references: &[(&str, Option<&str>)]) -> String {
    let all: Vec<String> = references
        .iter()
        .map(|(title, url)| match url.filter(|url| is_allowed(url)) {
            Some(url) => format!("<a href=\"{}\">{}</a>", text(url), ours(title)),
            None => ours(title),
        })
        .collect();
    all.join(" · ")
}

fn documents(report: &Report<'_, '_>) -> String {
    let mut out = String::from(
        "<table role=\"table\">\n<caption>Documents que vos réponses rendent nécessaires, puis les autres</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Document</th><th role=\"columnheader\" scope=\"col\">État</th><th role=\"columnheader\" scope=\"col\">Pourquoi</th></tr></thead>\n<tbody>\n",
    );
    for wanted in [Needed::Yes, Needed::Undetermined, Needed::No] {
        for document in report.documents.iter().filter(|d| d.needed == wanted) {
            writeln!(
                out,
                "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th><td role=\"cell\" data-label=\"État\u{a0}: \">{}</td><td role=\"cell\" data-label=\"Pourquoi\u{a0}: \">{}</td></tr>",
                ours(&document.title),
                Report::state(document),
                ours(&document.why)
            )
            .unwrap_or_default();
        }
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

fn account(report: &Report<'_, '_>) -> String {
    let mut out =
        String::from("<p>Tous les critères qui s’appliquent, et ce que chacun coûte.</p>\n");
    for account in accounts(report) {
        let title = ours(&account.theme.questionnaire.title);
        writeln!(
            out,
            "<h3>{title}</h3>\n<table role=\"table\">\n<caption>{title}\u{a0}: {}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Critère</th><th role=\"columnheader\" scope=\"col\">État</th><th role=\"columnheader\" scope=\"col\">Importance</th><th role=\"columnheader\" scope=\"col\">Perdu</th></tr></thead>\n<tbody>",
            note(&account.theme.score)
        )
        .unwrap_or_default();
        for finding in account.findings {
            let loss = match finding.loss.0 {
                0 => "0".to_owned(),
                _ => format!("−{}", finding.loss.label()),
            };
            writeln!(
                out,
                "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th><td role=\"cell\" data-label=\"État\u{a0}: \">{}</td><td role=\"cell\" data-label=\"Importance\u{a0}: \">{}</td><td role=\"cell\" class=\"figure\" data-label=\"Perdu\u{a0}: \">{loss}</td></tr>",
                ours(&words(finding)),
                status(finding),
                severity(finding.severity),
            )
            .unwrap_or_default();
        }
        out.push_str("</tbody>\n</table>\n");
    }
    if report.assessment.rounding.0 > 0 {
        writeln!(
            out,
            "<p>Arrondi vers le bas\u{a0}: −{}.</p>",
            points(report.assessment.rounding)
        )
        .unwrap_or_default();
    }
    out
}

fn method(report: &Report<'_, '_>) -> String {
    let mut out = String::new();
    for sentence in METHOD {
        writeln!(out, "<p>{}</p>", ours(sentence)).unwrap_or_default();
    }
    let mut ids: Vec<&str> = Vec::new();
    for id in report
        .assessment
        .findings
        .iter()
        .filter(|f| f.loss.0 > 0)
        .flat_map(|f| &f.references)
    {
        if !ids.contains(id) {
            ids.push(id);
        }
    }
    if !ids.is_empty() {
        out.push_str("<h3>Les sources des écarts</h3>\n<ul>\n");
        for reference in report.references(&ids) {
            writeln!(out, "<li>{}</li>", links(&[reference])).unwrap_or_default();
        }
        out.push_str("</ul>\n");
    }
    out
}
