//! JSON Schemas of the files people write, for their editors.

use serde_json::{Value as Json, json};

use super::loading::activities::REPLACED;
use super::loading::conditions::CONSENTS;
use super::loading::questions::{KINDS, SEVERITIES};
use crate::domain::catalogue::LegalBasis;
use crate::domain::processing::Part;

fn words<T>(table: &[(&str, T)]) -> Json {
    json!(table.iter().map(|(word, _)| *word).collect::<Vec<_>>())
}

fn object(required: &[&str], properties: &Json) -> Json {
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn array(items: &Json) -> Json {
    json!({ "type": "array", "items": items })
}

fn text() -> Json {
    json!({ "type": "string", "minLength": 1 })
}

fn day() -> Json {
    json!({ "description": "date TOML sans guillemets : 2026-08-11" })
}

fn ids() -> Json {
    array(&json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }))
}

fn condition() -> Json {
    json!({
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
            "all": array(&json!({ "$ref": "#/$defs/condition" })),
            "any": array(&json!({ "$ref": "#/$defs/condition" })),
            "not": { "$ref": "#/$defs/condition" },
            "fact": { "type": "string" },
            "is": object(&["question", "value"], &json!({ "question": text(), "item": text(), "value": text() })),
            "among": object(&["question", "values"], &json!({ "question": text(), "values": array(&text()) })),
            "includes": object(&["question", "values"], &json!({ "question": text(), "values": array(&text()) })),
            "at_least": object(&["question", "value"], &json!({ "question": text(), "value": { "type": "integer" } })),
            "at_most": object(&["question", "value"], &json!({ "question": text(), "value": { "type": "integer" } })),
            "answered": object(&["question"], &json!({ "question": text() })),
            "unknown": object(&["question"], &json!({ "question": text() })),
            "picks": object(&["question"], &json!({
                "question": text(),
                "category": array(&text()),
                "consent": { "enum": words(CONSENTS) },
                "transfer": { "type": "boolean" },
            })),
        },
    })
}

fn question() -> Json {
    let option = object(
        &["id", "label"],
        &json!({
            "id": text(), "label": text(),
            "conformity": { "type": "number", "minimum": 0, "maximum": 1 },
            "actions": ids(), "exclusive": { "type": "boolean" },
            "valid_from": day(), "valid_until": day(),
        }),
    );
    let item = object(
        &["id", "text", "severity", "obligations", "actions"],
        &json!({
            "id": text(), "text": text(), "severity": { "enum": words(SEVERITIES) },
            "expected": { "enum": ["yes", "no"] },
            "obligations": ids(), "references": ids(), "actions": ids(),
            "valid_from": day(), "valid_until": day(), "when": { "$ref": "#/$defs/condition" },
            "ask": text(), "ask_words": text(),
        }),
    );
    let field = object(
        &["id", "label", "kind"],
        &json!({
            "id": text(), "label": text(), "kind": { "enum": words(KINDS) },
            "required": { "type": "boolean" }, "options": array(&option.clone()),
        }),
    );
    let known_services = object(
        &["picked", "name", "country"],
        &json!({ "picked": text(), "name": text(), "country": text(), "eea": array(&text()) }),
    );
    object(
        &[
            "id", "kind", "text", "why", "help", "example", "tip", "depth",
        ],
        &json!({
            "id": { "type": "string", "pattern": "^[a-z0-9-]+\\.[a-z0-9-]+$" },
            "aliases": array(&text()), "kind": { "enum": words(KINDS) },
            "text": text(), "why": text(), "help": text(), "example": text(), "tip": text(),
            "severity": { "enum": words(SEVERITIES) }, "depth": { "enum": ["essential", "full"] },
            "obligations": ids(), "references": ids(),
            "valid_from": day(), "valid_until": day(), "when": { "$ref": "#/$defs/condition" },
            "options": array(&option), "items": array(&item), "fields": array(&field),
            "max_entries": { "type": "integer", "minimum": 1 }, "known_services": known_services,
            "ask": text(), "ask_words": text(),
        }),
    )
}

fn service() -> Json {
    object(
        &[
            "id",
            "name",
            "publisher",
            "country",
            "category",
            "consent",
            "reason",
            "remedy",
            "source",
            "checked_on",
            "review_by",
            "verified",
        ],
        &json!({
            "id": text(), "name": text(), "publisher": text(), "country": text(),
            "transfer": { "type": "boolean" }, "category": text(), "consent": { "enum": words(CONSENTS) },
            "reason": text(), "remedy": text(), "cookies": array(&text()), "domains": array(&text()),
            "source": text(), "checked_on": day(), "review_by": day(), "verified": { "type": "boolean" },
        }),
    )
}

fn variant() -> Json {
    let mut words = json!({
        "activities": ids(), "when": { "$ref": "#/$defs/condition" }, "retention_source": text(),
    });
    for part in REPLACED {
        let kind = if part.is_list() {
            array(&text())
        } else {
            text()
        };
        words[part.key()] = kind;
    }
    object(&["activities", "when"], &words)
}

/// Schema of the files of `questionnaires/` that hold questions or services.
///
/// The other tables are left open here: `aplomb verifier` checks them all, with their places.
pub fn questionnaire() -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Questionnaire Aplomb",
        "type": "object",
        "$defs": { "condition": condition(), "question": question() },
        "properties": {
            "questionnaire": object(&["id", "title", "summary", "order"], &json!({
                "id": text(), "title": text(), "summary": text(),
                "order": { "type": "integer" },
                "when": { "$ref": "#/$defs/condition" }, "hands_over": ids(),
            })),
            "question": array(&json!({ "$ref": "#/$defs/question" })),
            "service": array(&service()),
            "processing_activity": array(&json!({
                "type": "object",
                "properties": { "sorting": object(&["when", "place", "start"], &json!({
                    "when": text(), "place": text(), "start": text(), "gesture": text(),
                    "archived": { "type": "boolean" },
                })) },
            })),
            "variant": array(&variant()),
            "fact": array(&object(&["id", "label", "when"], &json!({
                "id": text(), "label": text(), "when": { "$ref": "#/$defs/condition" },
            }))),
        },
    })
}

/// Schema of the files of `templates/`.
pub fn document() -> Json {
    let of_a_text = |required: &[&str], own: Json| {
        let mut schema = object(
            required,
            &json!({
                "id": text(), "when": { "$ref": "#/$defs/condition" }, "forms": array(&text()),
                "obligations": ids(), "references": ids(),
                "valid_from": day(), "valid_until": day(),
            }),
        );
        if let (Some(all), Json::Object(own)) = (schema["properties"].as_object_mut(), own) {
            all.extend(own);
        }
        schema
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Modèle de document Aplomb",
        "type": "object",
        "required": ["document"],
        "$defs": { "condition": condition() },
        "properties": {
            "document": object(&["id", "title", "family", "why_needed", "why_not", "paste"], &json!({
                "id": text(), "title": text(), "family": text(), "order": { "type": "integer" },
                "when": { "$ref": "#/$defs/condition" },
                "why_needed": text(), "why_not": text(), "paste": text(),
                "valid_from": day(), "valid_until": day(),
            })),
            "form": array(&object(&["id", "label"], &json!({ "id": text(), "label": text() }))),
            "element": array(&of_a_text(&["id", "label", "level"], json!({
                "label": text(), "level": { "enum": ["mandatory", "recommended"] }, "parts": ids(),
            }))),
            "clause": array(&of_a_text(&["id", "body"], json!({
                "body": text(), "covers": ids(), "needs": array(&text()),
                "private": {
                    "type": "boolean",
                    "description": "pour vous seul : montré, jamais dans ce qui se colle",
                },
                "line": { "type": "integer", "minimum": 1 }, "sms": { "type": "integer", "minimum": 1 },
            }))),
        },
    })
}

/// Schema of `dossier.toml`.
pub fn dossier() -> Json {
    let texts = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let mut activity: serde_json::Map<String, Json> = ["absent", "note"]
        .into_iter()
        .chain(Part::ALL.map(Part::key))
        .map(|key| (key.to_owned(), json!({ "type": "string" })))
        .collect();
    let grounds = LegalBasis::ALL.map(LegalBasis::word);
    activity.insert("basis".to_owned(), json!({ "enum": grounds }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier Aplomb",
        "type": "object",
        "required": ["format", "name", "created"],
        "properties": {
            "format": { "type": "integer", "minimum": 1 },
            "name": text(),
            "created": day(),
            "assessed_with": { "type": "string" },
            "assessed": object(&["on", "questions"], &json!({
                "on": day(),
                "score": { "type": "integer", "minimum": 0, "maximum": 100 },
                "questions": array(&text()),
            })),
            "answers": {
                "type": "object",
                "propertyNames": { "pattern": "^[a-z0-9-]+\\.[a-z0-9-]+$" },
            },
            "notes": texts,
            "actions": { "type": "object" },
            "activities": {
                "type": "object",
                "additionalProperties": object(&[], &json!(activity)),
            },
        },
    })
}

/// Schema of `cabinet.toml`.
pub fn branding() -> Json {
    let line = json!({ "type": "string", "minLength": 1, "maxLength": 400 });
    let colour = json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" });
    let mut schema = object(
        &["name"],
        &json!({
            "name": line,
            "contact": { "type": "array", "items": line, "maxItems": 8 },
            "logo": { "type": "string", "description": "PNG ou JPEG, 128 Kio au plus, à côté de ce fichier" },
            "footer": line,
            "closing": line,
            "colours": object(&[], &json!({ "main": colour, "accent": colour })),
        }),
    );
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Identité d'un cabinet");
    schema
}
