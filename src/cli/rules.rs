//! `droit`: the rules on a day, what a period changed, what is announced.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::error::CliError;
use super::{Context, Reply, json};
use crate::domain::catalogue::{Catalogue, Force, Reference};
use crate::domain::explain::day;
use crate::domain::rules::{self, Movement, Rule, UNDATED};
use crate::domain::typography::french;
use crate::domain::validity::Validity;

/// One date: what is in force and what is announced. Two: what changed between them, too.
pub(super) fn rules(
    context: &Context,
    first: Option<Date>,
    second: Option<Date>,
    as_json: bool,
) -> Result<Reply, CliError> {
    let first = first.unwrap_or_else(|| context.date());
    let date = second.unwrap_or(first);
    if first > date {
        return Err(CliError::bad_input(
            "la première date doit précéder la seconde.",
        ));
    }
    let content = context.content()?;
    let catalogue = &content.catalogue;
    let announced = rules::announced(catalogue, date);
    let changes = second.map(|_| {
        (
            rules::entered(catalogue, first, date),
            rules::left(catalogue, first, date),
        )
    });
    if as_json {
        let movement = |m: &Movement<'_>| movement_json(catalogue, m);
        let mut root = json!({
            "date": date,
            "before": second.map(|_| first),
            "version": catalogue.version,
            "in_force": rules_json(catalogue, &rules::in_force(catalogue, date)),
            "announced": movement(&announced),
        });
        if let Some((entered, left)) = &changes {
            root["entered"] = movement(entered);
            root["left"] = movement(left);
        }
        return Ok(Reply::yes(json::text(&root)));
    }
    let mut text = String::new();
    if let Some((entered, left)) = &changes {
        line(
            &mut text,
            &format!("Le droit, du {} au {}", day(first), day(date)),
        );
        line(&mut text, "\nENTRÉ EN VIGUEUR");
        changed(&mut text, catalogue, date, entered, |v| v.valid_from);
        line(&mut text, "\nSORTI DE VIGUEUR (dernier jour)");
        changed(&mut text, catalogue, first, left, |v| v.valid_until);
    } else {
        line(&mut text, &format!("Le droit au {}", day(date)));
        standing(
            &mut text,
            catalogue,
            date,
            &rules::in_force(catalogue, date),
        );
    }
    line(&mut text, "\nANNONCÉ, PAS ENCORE EN VIGUEUR");
    changed(&mut text, catalogue, date, &announced, |v| v.valid_from);
    line(
        &mut text,
        "\nAplomb donne des informations ; il ne remplace pas un avocat.",
    );
    line(
        &mut text,
        &format!("Questionnaires : version {}.", catalogue.version),
    );
    Ok(Reply::yes(french(&text)))
}

fn line(text: &mut String, words: &str) {
    writeln!(text, "{words}").unwrap_or_default();
}

/// Rules by theme, then by severity.
fn standing(text: &mut String, catalogue: &Catalogue, date: Date, rules: &[Rule<'_>]) {
    for theme in rules.chunk_by(|a, b| a.theme.map(|t| &t.id) == b.theme.map(|t| &t.id)) {
        let title = theme[0]
            .theme
            .map_or("Dans les textes remis", |theme| theme.title.as_str());
        line(text, &format!("\n{}", title.to_uppercase()));
        for rules in theme.chunk_by(|a, b| a.obligation.severity == b.obligation.severity) {
            line(
                text,
                &format!("\n  {}", rules[0].obligation.severity.label()),
            );
            for rule in rules {
                rule_lines(text, catalogue, date, rule, None);
            }
        }
    }
}

fn changed(
    text: &mut String,
    catalogue: &Catalogue,
    date: Date,
    movement: &Movement<'_>,
    when: impl Fn(Validity) -> Option<Date>,
) {
    if movement.is_empty() {
        line(text, "  Rien.");
    }
    for rule in &movement.rules {
        rule_lines(text, catalogue, date, rule, when(rule.obligation.validity));
    }
    if !movement.references.is_empty() {
        line(text, "\n  Textes");
    }
    for reference in &movement.references {
        let at = when(reference.validity).map_or_else(String::new, dated);
        line(text, &format!("  - {at}{}", cited(reference)));
        if let Some(note) = &reference.note {
            line(text, &format!("      à savoir : {note}"));
        }
    }
}

fn dated(date: Date) -> String {
    if date == UNDATED {
        "date inconnue : ".to_owned()
    } else {
        format!("{} : ", day(date))
    }
}

fn rule_lines(
    text: &mut String,
    catalogue: &Catalogue,
    date: Date,
    rule: &Rule<'_>,
    when: Option<Date>,
) {
    let obligation = rule.obligation;
    let at = when.map_or_else(String::new, dated);
    let reserve = obligation
        .force
        .reserve()
        .map_or_else(String::new, |reserve| format!(" ({reserve})"));
    line(text, &format!("  - {at}{}{reserve}", obligation.title));
    let sources: Vec<String> = references(catalogue, &obligation.references)
        .filter(|reference| when.is_some() || reference.validity.contains(date))
        .map(cited)
        .collect();
    if !sources.is_empty() {
        line(text, &format!("      {}", sources.join(" · ")));
    }
    if let Some(caution) = &obligation.caution {
        line(text, &format!("      prudence : {caution}"));
    }
    if let Some(reason) = &obligation.left_out {
        line(text, &format!("      laissée de côté : {reason}"));
    }
}

fn references<'c>(
    catalogue: &'c Catalogue,
    ids: &'c [String],
) -> impl Iterator<Item = &'c Reference> {
    ids.iter().filter_map(|id| catalogue.reference(id))
}

/// A source, with what is not established about it.
fn cited(reference: &Reference) -> String {
    let mut marks = Vec::new();
    if reference.force == Force::SoftLaw {
        marks.push("doctrine d'une autorité");
    }
    if !reference.read {
        marks.push("non lu à la source");
    }
    if marks.is_empty() {
        reference.title.clone()
    } else {
        format!("{} [{}]", reference.title, marks.join(", "))
    }
}

fn rules_json(catalogue: &Catalogue, rules: &[Rule<'_>]) -> Json {
    let row = |rule: &Rule<'_>| {
        let obligation = rule.obligation;
        json!({
            "id": obligation.id,
            "title": obligation.title,
            "theme": rule.theme.map(|theme| &theme.id),
            "severity": obligation.severity,
            "force": obligation.force,
            "valid_from": known(obligation.validity.valid_from),
            "valid_until": obligation.validity.valid_until,
            "same_as": obligation.same_as,
            "left_out": obligation.left_out,
            "caution": obligation.caution,
            "references": references(catalogue, &obligation.references)
                .map(reference_json)
                .collect::<Vec<_>>(),
        })
    };
    rules.iter().map(row).collect()
}

fn movement_json(catalogue: &Catalogue, movement: &Movement<'_>) -> Json {
    json!({
        "rules": rules_json(catalogue, &movement.rules),
        "references": movement.references.iter().map(|r| reference_json(r)).collect::<Vec<_>>(),
    })
}

/// A source; a date that nobody knows is null.
fn reference_json(reference: &Reference) -> Json {
    let mut row = json!(reference);
    row["valid_from"] = json!(known(reference.validity.valid_from));
    row
}

fn known(date: Option<Date>) -> Option<Date> {
    date.filter(|date| *date != UNDATED)
}
