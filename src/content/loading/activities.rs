//! Reads processing activities and third-party services.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use super::conditions::{self, CONSENTS};
use super::reader::Reader;
use super::sink::{Entity, Sink, Target};
use crate::domain::catalogue::{
    LegalBasis, ProcessingActivity, Proviso, Service, Sorting, Variant,
};
use crate::domain::processing::Part;

const BASES: &[(&str, LegalBasis)] = &[
    ("consent", LegalBasis::Consent),
    ("contract", LegalBasis::Contract),
    ("legal-obligation", LegalBasis::LegalObligation),
    ("vital-interests", LegalBasis::VitalInterests),
    ("public-interest", LegalBasis::PublicInterest),
    ("legitimate-interest", LegalBasis::LegitimateInterest),
];

pub(super) fn processing_activity(
    table: &DeTable<'_>,
    span: Range<usize>,
    sink: &mut Sink,
) -> ProcessingActivity {
    let mut r = Reader::new(table, span, sink);
    let activity = ProcessingActivity {
        id: r.define(Entity::ProcessingActivity),
        title: r.text("title"),
        purpose: r.text("purpose"),
        legal_basis: r.word("legal_basis", BASES),
        legitimate_interest: r.text_opt("legitimate_interest"),
        data: r.some_texts("data"),
        persons: r.text("persons"),
        recipients: r.some_texts("recipients"),
        recipients_from: r.ids("recipients_from", Entity::Question),
        source: r.text_opt("source"),
        retention: r.text("retention"),
        archive: r.text("archive"),
        retention_source: r.text("retention_source"),
        security: r.some_texts("security"),
        sorting: r
            .table("sorting")
            .map(|(table, span)| sorting(table, span, r.sink)),
        forms: forms(&mut r),
        mandatory: r.plain_texts("mandatory"),
        consequence: r.text_opt("consequence"),
        obligations: r.ids("obligations", Entity::Obligation),
        references: r.ids("references", Entity::Reference),
        validity: r.validity(),
        when: conditions::optional(&mut r, "when"),
    };
    let interest = activity.legitimate_interest.is_some();
    if interest != (activity.legal_basis == LegalBasis::LegitimateInterest) {
        let span = r.span_of("legal_basis");
        r.sink.error(
            "base-legale",
            span,
            "« legitimate_interest » va avec la base « legitimate-interest »",
            "nommez l'intérêt poursuivi, ou retirez-le si la base est autre",
        );
    }
    r.finish();
    activity
}

fn sorting(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Sorting {
    let mut r = Reader::new(table, span, sink);
    let sorting = Sorting {
        when: r.text("when"),
        place: r.text("place"),
        start: r.text("start"),
        gesture: r.text_opt("gesture"),
        archived: r.flag_opt("archived").unwrap_or_default(),
    };
    r.finish();
    sorting
}

/// Contents that another wording may replace.
pub(crate) const REPLACED: [Part; 6] = [
    Part::Purpose,
    Part::Persons,
    Part::Data,
    Part::Recipients,
    Part::Retention,
    Part::Archive,
];

pub(super) fn variant(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Variant {
    let mut r = Reader::new(table, span, sink);
    let mut texts = BTreeMap::new();
    for part in REPLACED {
        let said = if part.is_list() {
            r.plain_texts(part.key())
        } else {
            r.text_opt(part.key()).into_iter().collect()
        };
        if !said.is_empty() {
            texts.insert(part, said);
        }
    }
    let variant = Variant {
        activities: r.ids("activities", Entity::ProcessingActivity),
        when: conditions::required(&mut r, "when"),
        texts,
        retention_source: r.text_opt("retention_source"),
    };
    if variant.activities.is_empty() || variant.texts.is_empty() {
        let span = r.span();
        r.sink.error(
            "liste-vide",
            span,
            "cette variante ne porte sur rien",
            "nommez des traitements dans « activities », et donnez les mots qui changent, par exemple « recipients »",
        );
    }
    r.finish();
    variant
}

/// Contents of the record named under « parts », the legal ground among them.
pub(super) fn contents(r: &mut Reader<'_, '_>) -> Vec<String> {
    let parts = r.texts("parts");
    for (word, span) in &parts {
        let is_part = Part::ALL.into_iter().any(|part| part.key() == word);
        if !is_part && word != LegalBasis::KEY {
            r.sink.error(
                "mot-inconnu",
                span.clone(),
                format!("« {word} » n'est pas un contenu du registre"),
                "par exemple « retention », « recipients » ou « basis »",
            );
        }
    }
    parts.into_iter().map(|(word, _)| word).collect()
}

pub(super) fn proviso(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Proviso {
    let mut r = Reader::new(table, span, sink);
    let contents = contents(&mut r);
    let named = |part: &Part| contents.iter().any(|word| word == part.key());
    let proviso = Proviso {
        activities: r.ids("activities", Entity::ProcessingActivity),
        parts: Part::ALL.into_iter().filter(named).collect(),
        basis: contents.iter().any(|word| word == LegalBasis::KEY),
        when: conditions::optional(&mut r, "when"),
        question: r.id_opt("question", Entity::Question),
        blank: r.text("blank"),
    };
    if proviso.activities.is_empty() || (proviso.parts.is_empty() && !proviso.basis) {
        let span = r.span();
        r.sink.error(
            "liste-vide",
            span,
            "cette réserve ne porte sur rien",
            "nommez des traitements dans « activities » et, dans « parts », ce qui dépend de la condition",
        );
    }
    r.finish();
    proviso
}

/// Form variants; they are options of `profil.formulaires`.
fn forms(r: &mut Reader<'_, '_>) -> Vec<String> {
    let forms = r.texts("forms");
    for (form, span) in &forms {
        let target = Target::Operand {
            question: "profil.formulaires".into(),
            operator: "includes",
            item: None,
            value: Some(form.clone()),
        };
        r.sink.mention(span.clone(), target);
    }
    forms.into_iter().map(|(form, _)| form).collect()
}

pub(super) fn service(table: &DeTable<'_>, span: Range<usize>, sink: &mut Sink) -> Service {
    let mut r = Reader::new(table, span, sink);
    let service = Service {
        id: r.define(Entity::Service),
        name: r.text("name"),
        publisher: r.text("publisher"),
        country: r.text("country"),
        transfer: r.flag_opt("transfer"),
        category: r.text("category"),
        consent: r.word("consent", CONSENTS),
        reason: r.text("reason"),
        remedy: r.text("remedy"),
        cookies: r.plain_texts("cookies"),
        domains: r.plain_texts("domains"),
        source: r.text("source"),
        checked_on: r.date("checked_on"),
        review_by: r.date("review_by"),
        verified: r.flag("verified"),
    };
    r.finish();
    service
}
