//! Calendar (RFC 5545): one all-day event an open action, a review six months later, one a year for
//! each month when files are sorted out, and the days on which announced rules begin.
//!
//! Identifiers are stable, so that importing a newer file moves the dates instead of doubling them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::documents::escape::clean;
use crate::documents::sorting::{self, Sort};
use crate::domain::catalogue::{Force, Obligation, Reference};
use crate::domain::dossier::Dossier;
use crate::domain::explain::{day, gain};
use crate::domain::plan::{Plan, PlannedAction};
use crate::domain::rules::{self, UNDATED};
use crate::domain::typography::french;
use crate::domain::view::View;

/// Longest line, in octets, line end aside.
const MAX_OCTETS: usize = 75;
/// Months before the assessment is looked at again.
const REVIEW_MONTHS: i32 = 6;

/// Day of the month of the yearly sorting.
const SORTING_DAY: i8 = 15;

/// Writes the deadlines of a plan, what has to be sorted out each year and what the law announces.
pub fn calendar(view: &View<'_>, plan: &Plan<'_>, sorts: &[Sort]) -> String {
    let (dossier, date) = (view.dossier(), view.date());
    let mut out = Lines(String::new());
    let name = clean(&dossier.name);
    let business = fingerprint(dossier);
    // Later exports must carry a higher number for a calendar to take them as updates.
    let days = (date - dossier.created).get_days().max(0);
    let sequence = dossier.history.len() + usize::try_from(days).unwrap_or(0);
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Aplomb//Plan d'action//FR");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.line("X-WR-CALNAME", &text(&format!("{name} — plan d’action")));
    for action in plan.actions.iter().filter(|action| !action.is_closed()) {
        out.event(&Event {
            uid: format!("{}.{business}@aplomb", token(&action.id)),
            stamp: date,
            day: action.due,
            sequence,
            summary: format!("{} ({name})", french(&action.title)),
            description: description(action),
            is_yearly: false,
        });
    }
    if let Ok(day) = date.checked_add(REVIEW_MONTHS.months()) {
        out.event(&Event {
            uid: format!("revue.{business}@aplomb"),
            stamp: date,
            day,
            sequence,
            summary: format!("Refaire le bilan ({name})"),
            description: "Relisez vos réponses\u{a0}: ce qui a changé dans l’entreprise, ou dans le droit, change le bilan et le plan.".to_owned(),
            is_yearly: false,
        });
    }
    for (month, sorts) in by_month(sorts) {
        let Some(day) = next_sorting(date, month) else {
            continue;
        };
        out.event(&Event {
            uid: format!("tri.{month:02}.{business}@aplomb"),
            stamp: date,
            day,
            sequence,
            summary: format!("{} ({name})", sorting_title(month, &sorts)),
            description: sorting(&sorts),
            is_yearly: true,
        });
    }
    let announced = rules::announced(view.catalogue(), date);
    let rules = announced
        .rules
        .iter()
        .map(|rule| Announced::from(rule.obligation));
    for text in rules.chain(announced.references.into_iter().map(Announced::from)) {
        let Some(day) = text.from.filter(|day| *day != UNDATED) else {
            continue;
        };
        out.event(&Event {
            uid: format!("droit.{}.{business}@aplomb", token(text.id)),
            stamp: date,
            day,
            sequence,
            summary: french(&format!("{} : {} ({name})", text.kind, text.title)),
            description: text.description(),
            is_yearly: false,
        });
    }
    out.line("END", "VCALENDAR");
    out.0
}

/// A rule or a text that begins on a day.
struct Announced<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    from: Option<Date>,
    /// What is not established about it.
    caution: Option<&'a str>,
    /// Whether the text was read at its source.
    is_read: bool,
}

impl<'a> From<&'a Obligation> for Announced<'a> {
    fn from(rule: &'a Obligation) -> Self {
        Self {
            id: &rule.id,
            // A recommendation is no rule.
            kind: match rule.force {
                Force::Law => "Règle nouvelle",
                Force::SoftLaw => "Recommandation nouvelle",
                Force::GoodPractice => "Usage nouveau",
            },
            title: &rule.title,
            from: rule.validity.valid_from,
            caution: rule.caution.as_deref(),
            is_read: true,
        }
    }
}

impl<'a> From<&'a Reference> for Announced<'a> {
    fn from(text: &'a Reference) -> Self {
        Self {
            id: &text.id,
            kind: "Texte annoncé",
            title: &text.title,
            from: text.validity.valid_from,
            caution: text.note.as_deref(),
            is_read: text.read,
        }
    }
}

impl Announced<'_> {
    fn description(&self) -> String {
        let mut text = format!(
            "Annoncé pour le {} : {}.\nRefaites le bilan ce jour-là : il dira ce qui change pour vous, s’il y a lieu.",
            self.from.map(day).unwrap_or_default(),
            self.title.trim_end_matches('.'),
        );
        if !self.is_read {
            text.push_str("\nTexte non lu à sa source : date à vérifier.");
        }
        if let Some(caution) = self.caution {
            write!(text, "\nRéserve : {caution}").unwrap_or_default();
        }
        french(&text)
    }
}

struct Event {
    uid: String,
    stamp: Date,
    day: Date,
    sequence: usize,
    summary: String,
    /// Lines parted by `\n`.
    description: String,
    is_yearly: bool,
}

/// What is sorted out each year, month by month.
fn by_month(sorts: &[Sort]) -> BTreeMap<i8, Vec<&Sort>> {
    let mut months: BTreeMap<i8, Vec<&Sort>> = BTreeMap::new();
    for sort in sorts {
        if let Some(month) = sort.month {
            months.entry(month).or_default().push(sort);
        }
    }
    months
}

/// The first sorting day of this month, from a day on.
fn next_sorting(from: Date, month: i8) -> Option<Date> {
    [from.year(), from.year().saturating_add(1)]
        .into_iter()
        .filter_map(|year| Date::new(year, month, SORTING_DAY).ok())
        .find(|day| *day >= from)
}

fn sorting_title(month: i8, sorts: &[&Sort]) -> String {
    let what = match sorts {
        [one] => clean(&one.what),
        several => format!("{} fichiers", several.len()),
    };
    french(&format!(
        "Tri de l'année, {} : {what}",
        sorting::month(month)
    ))
}

fn sorting(sorts: &[&Sort]) -> String {
    let mut text = String::new();
    for sort in sorts {
        let lines = [
            ("Où chercher", &sort.place),
            ("Durée", &sort.duration),
            ("À partir de", &sort.start),
            ("Geste", &sort.gesture),
        ];
        writeln!(text, "{}", clean(&sort.what)).unwrap_or_default();
        for (label, words) in lines {
            writeln!(text, "- {label}\u{a0}: {}", clean(words)).unwrap_or_default();
        }
    }
    text.push_str("Notez ensuite la date et le nombre de fiches dans le journal des tris.");
    text
}

fn description(action: &PlannedAction<'_>) -> String {
    let mut text = format!(
        "Dès aujourd’hui\u{a0}: {}\nQui\u{a0}: {}\nTemps\u{a0}: {}\nGain\u{a0}: {}\nPreuve à garder\u{a0}: {}",
        french(&action.first_step),
        clean(&action.owner),
        action.effort.label(),
        gain(action.gain),
        french(&action.proof),
    );
    for (at, step) in action.steps.iter().enumerate() {
        write!(text, "\n{}. {}", at + 1, french(step)).unwrap_or_default();
    }
    if let Some(note) = &action.tracking.note {
        write!(text, "\nNote\u{a0}: {}", clean(note)).unwrap_or_default();
    }
    text
}

/// Tells one business from another in the identifiers, without naming it.
fn fingerprint(dossier: &Dossier) -> String {
    let mut hash = Sha256::new();
    hash.update(dossier.created.to_string());
    hash.update([0]);
    hash.update(&dossier.name);
    let mut text = String::new();
    for byte in &hash.finalize()[..6] {
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    text
}

/// Characters safe in an identifier.
fn token(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
                c
            } else {
                '-'
            }
        })
        .collect()
}

/// Escapes a text value, each of its lines cleaned.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for (at, line) in value.split('\n').enumerate() {
        if at > 0 {
            out.push_str("\\n");
        }
        for c in clean(line).chars() {
            if matches!(c, '\\' | ';' | ',') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

struct Lines(String);

impl Lines {
    /// Writes a property, folded at 75 octets between two characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > MAX_OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    fn event(&mut self, event: &Event) {
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        self.line("BEGIN", "VEVENT");
        self.line("UID", &event.uid);
        self.line("DTSTAMP", &format!("{}T000000Z", day(event.stamp)));
        self.line("SEQUENCE", &event.sequence.to_string());
        self.line("DTSTART;VALUE=DATE", &day(event.day));
        // The end is the first day after; without one an event lasts its day.
        if let Ok(end) = event.day.tomorrow() {
            self.line("DTEND;VALUE=DATE", &day(end));
        }
        if event.is_yearly {
            self.line("RRULE", "FREQ=YEARLY");
        }
        self.line("SUMMARY", &text(&event.summary));
        self.line("DESCRIPTION", &text(&event.description));
        self.line("TRANSP", "TRANSPARENT");
        self.line("BEGIN", "VALARM");
        self.line("ACTION", "DISPLAY");
        self.line("DESCRIPTION", &text(&event.summary));
        self.line("TRIGGER", "-P3D");
        self.line("END", "VALARM");
        self.line("END", "VEVENT");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::assess;
    use crate::domain::catalogue::{Catalogue, Severity};
    use crate::domain::plan::plan;
    use crate::domain::validity::Validity;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn of(name: &str, day: Date) -> String {
        let catalogue = Catalogue::default().indexed();
        let dossier = Dossier::new(name, date(2026, 1, 1));
        let view = View::new(&catalogue, &dossier, day);
        calendar(&view, &plan(&view, &assess(&view)), &[])
    }

    #[test]
    fn a_review_comes_six_months_later_and_ends_the_day_after() {
        let text = of("Épi", date(2026, 8, 31));
        for line in [
            "DTSTAMP:20260831T000000Z",
            "DTSTART;VALUE=DATE:20270228",
            "DTEND;VALUE=DATE:20270301",
            "SUMMARY:Refaire le bilan (Épi)",
            "TRIGGER:-P3D",
            "SEQUENCE:242",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
        }
    }

    #[test]
    fn announced_rules_have_their_day_and_undated_ones_none() {
        let rule = |id: &str, from: Option<Date>| Obligation {
            id: id.to_owned(),
            title: format!("Règle {id}"),
            severity: Severity::Obligation,
            force: Force::Law,
            references: Vec::new(),
            validity: Validity {
                valid_from: from,
                valid_until: None,
            },
            same_as: None,
            left_out: None,
            caution: Some("à confirmer".to_owned()),
        };
        let mut catalogue = Catalogue::default();
        catalogue.obligations = vec![
            rule("A", Some(date(2027, 1, 1))),
            rule("B", Some(UNDATED)),
            rule("C", Some(date(2026, 1, 1))),
            rule("D", None),
        ];
        let catalogue = catalogue.indexed();
        let dossier = Dossier::new("Épi", date(2026, 1, 1));
        let view = View::new(&catalogue, &dossier, date(2026, 8, 31));
        let text = calendar(&view, &plan(&view, &assess(&view)), &[]).replace("\r\n ", "");
        assert!(
            text.contains("SUMMARY:Règle nouvelle\u{a0}: Règle A (Épi)"),
            "{text}"
        );
        assert!(text.contains("DTSTART;VALUE=DATE:20270101"), "{text}");
        assert!(text.contains("Réserve\u{a0}: à confirmer"), "{text}");
        for other in ["Règle B", "Règle C", "Règle D"] {
            assert!(!text.contains(other), "{other}");
        }
    }

    #[test]
    fn each_month_of_sorting_comes_back_every_year_under_one_name() {
        let catalogue = Catalogue::default().indexed();
        let sort = |month: Option<i8>, what: &str| Sort {
            month,
            what: what.to_owned(),
            place: "Caisse; tiroir".to_owned(),
            ..Sort::default()
        };
        let sorts = [
            sort(Some(6), "Fidélité"),
            sort(Some(9), "Réseaux"),
            sort(Some(9), "Photos"),
            sort(None, "Accès"),
        ];
        let mut made = Vec::new();
        for day in [date(2026, 8, 31), date(2027, 3, 1)] {
            let dossier = Dossier::new("Épi", date(2026, 1, 1));
            let view = View::new(&catalogue, &dossier, day);
            let text = calendar(&view, &plan(&view, &assess(&view)), &sorts);
            made.push(text.replace("\r\n ", ""));
        }
        assert_eq!(made[0].matches("RRULE:FREQ=YEARLY\r\n").count(), 2);
        for said in [
            "DTSTART;VALUE=DATE:20270615\r\nDTEND;VALUE=DATE:20270616\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Tri de l’année\\, juin\u{a0}: Fidélité (Épi)",
            "DTSTART;VALUE=DATE:20260915",
            "septembre\u{a0}: 2 fichiers",
            "Caisse\\; tiroir",
        ] {
            assert!(made[0].contains(said), "{said} in {}", made[0]);
        }
        assert!(!made[0].contains("Accès"));
        let names = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.starts_with("UID:tri."));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(names(&made[0]).len(), 2);
        assert_eq!(names(&made[0]), names(&made[1]));
    }

    #[test]
    fn the_last_day_of_all_is_no_obstacle() {
        assert!(of("a", Date::MAX).ends_with("END:VCALENDAR\r\n"));
    }

    proptest! {
        #[test]
        fn any_name_stays_inside_its_line(name in "\\PC{0,200}|[\\r\\n;,:\\\\\"BEGINVEVENT\u{202e}\u{0}\u{7}é]{0,200}") {
            let out = of(&name, date(2026, 8, 31));
            for line in out.split_terminator("\r\n") {
                prop_assert!(line.len() <= MAX_OCTETS);
                let stray = line.contains(['\r', '\n', '\u{0}', '\u{202e}']);
                prop_assert!(!stray);
            }
            let unfolded = out.replace("\r\n ", "");
            prop_assert_eq!(unfolded.lines().filter(|l| *l == "BEGIN:VEVENT").count(), 1);
            prop_assert_eq!(unfolded.lines().count(), 22);
        }

        #[test]
        fn escaping_loses_nothing(value in "[a-zé \\\\;,n]{0,60}") {
            let written = text(&value);
            let mut read = String::new();
            let mut chars = written.chars();
            while let Some(c) = chars.next() {
                read.push(if c == '\\' { chars.next().unwrap_or('?') } else { c });
            }
            prop_assert_eq!(read, clean(&value));
        }
    }
}
