//! How the rows of a question are drawn.

use super::{Asking, Row, is_numbered};
use crate::domain::answer::{Answer, Tick};
use crate::domain::catalogue::{Kind, Question};
use crate::domain::explain;
use crate::domain::input::missing::is_incomplete;
use crate::tui::app::App;
use crate::tui::app::workshop::MASK;
use crate::tui::desk::Desk;
use crate::tui::screen::draft::{Draft, Record};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Page};

impl Asking {
    pub(super) fn draw_rows(
        &self,
        page: &mut Page<'_>,
        app: &App,
        desk: &Desk,
        question: &Question,
        rows: &[Row],
    ) {
        let answer = desk.answer(&self.id);
        let masked = self.is_masked(app, question, answer);
        let mut buttons: Vec<(usize, &str)> = Vec::new();
        let mut number = 0;
        let count = rows
            .iter()
            .filter(|row| is_numbered(row, &self.draft))
            .count();
        let digits = count.to_string().len();
        for (target, row) in rows.iter().enumerate() {
            let numbered = is_numbered(row, &self.draft);
            number += usize::from(numbered);
            let numeral = if numbered {
                format!("{number:>digits$} ")
            } else {
                String::new()
            };
            match row {
                Row::Option(id) => {
                    let label = option_label(question, id);
                    let on = answer.and_then(Answer::text) == Some(id);
                    let mark = format!("{numeral}{}", Self::mark(&page.look, on));
                    Self::plain_entry(page, target, &mark, label);
                }
                Row::Tick(id) => {
                    let mark = if self.draft.has(id) { "[x]" } else { "[ ]" };
                    Self::plain_entry(page, target, mark, option_label(question, id));
                }
                Row::Item(id) => self.draw_item(page, target, question, id),
                Row::Input(_) if masked => page.field(target, "", &Field::new(MASK)),
                Row::Input(at) => self.draw_input(page, target, question, *at),
                Row::Filter => self.draw_filter(page, desk, target),
                Row::Service(id) => self.draw_service(page, desk, target, id),
                Row::Entry(at) => {
                    if let Draft::List(entries) = &self.draft
                        && let Some(entry) = entries.get(*at)
                    {
                        let mark = format!("{}.", at + 1);
                        let words = if masked {
                            MASK.to_owned()
                        } else {
                            entry_words(question, entry)
                        };
                        let incomplete = is_incomplete(&question.fields, entry);
                        page.entry(Entry {
                            target,
                            mark: &mark,
                            text: &words,
                            right: if incomplete { "incomplète" } else { "" },
                        });
                    }
                }
                Row::Add => Self::plain_entry(page, target, "+", "Ajouter une fiche"),
                Row::Confirm => {
                    if masked {
                        let words = "Réponse masquée devant la salle ; elle se voit dès que vous \
                                     la modifiez.";
                        page.spans(&[page.look.span(Role::Dim, words)], 4);
                    }
                    page.gap();
                    page.buttons(&[(target, "Valider")]);
                    page.gap();
                }
                Row::Unknown => {
                    let mark = Self::mark(&page.look, answer == Some(&Answer::Unknown));
                    Self::plain_entry(page, target, &format!("{numeral}{mark}"), "Je ne sais pas");
                }
                Row::NotApplicable => {
                    let reason = match answer {
                        Some(Answer::NotApplicable { reason }) => Some(reason),
                        _ => None,
                    };
                    let mark = Self::mark(&page.look, reason.is_some());
                    let text = match reason {
                        Some(reason) if !reason.is_empty() => {
                            let reason = if app.hides_private() { MASK } else { reason };
                            format!("Sans objet : {reason}")
                        }
                        _ => "Sans objet pour mon entreprise".to_owned(),
                    };
                    Self::plain_entry(page, target, &format!("{numeral}{mark}"), &text);
                }
                Row::Later => {
                    let mark = Self::mark(&page.look, answer == Some(&Answer::Later));
                    let mark = format!("{numeral}{mark}");
                    Self::plain_entry(page, target, &mark, "Plus tard");
                    page.gap();
                }
                Row::Note | Row::Park | Row::Previous | Row::Erase | Row::Help | Row::More => {
                    buttons.push((target, self.button(app, desk, row)));
                }
            }
            // From the back of a room, lines close to one another are one.
            let answers = matches!(row, Row::Option(_) | Row::Tick(_) | Row::Item(_));
            if answers && app.workshop.is_some() {
                page.gap();
            }
        }
        page.buttons(&buttons);
    }

    fn button(&self, app: &App, desk: &Desk, row: &Row) -> &'static str {
        match row {
            Row::Note if desk.note(&self.id).is_some() => "Lire ma note",
            Row::Note => "Écrire une note",
            Row::Park if app.parked().contains(&self.id) => "Reprendre la question",
            Row::Park => "Mettre de côté",
            Row::Previous => "Question précédente",
            Row::Erase => "Effacer la réponse",
            Row::More => "Autres commandes",
            _ => "Aide",
        }
    }

    /// Draws the filter of a list of services, and says when no service has this name.
    fn draw_filter(&self, page: &mut Page<'_>, desk: &Desk, target: usize) {
        let Draft::Services { filter, picked } = &self.draft else {
            return;
        };
        let ticked = text::count(picked.len(), "coché", "cochés");
        let label = format!("Chercher un service (tapez son nom) · {ticked}");
        page.field(target, &label, filter);
        if desk.services(filter.value()).next().is_none() {
            let words = "Aucun service de ce nom. Effacez pour les revoir tous.";
            page.text(Role::Warn, words);
        }
    }

    fn draw_service(&self, page: &mut Page<'_>, desk: &Desk, target: usize, id: &str) {
        let mark = if self.draft.has(id) { "[x]" } else { "[ ]" };
        let Some(service) = desk.service(id) else {
            return;
        };
        let right = service.publisher.as_str();
        let right = if page.look.width < 70 { "" } else { right };
        page.entry(Entry {
            target,
            mark,
            text: &service.name,
            right,
        });
        if page.is_focused(target) {
            // On a narrow screen the list matters more than the details.
            let skip = if page.look.width < 60 { 2 } else { 0 };
            for line in explain::service(service).iter().skip(skip) {
                let line = page.look.span(Role::Dim, line);
                page.spans(&[line], 6);
            }
        }
    }

    fn draw_item(&self, page: &mut Page<'_>, target: usize, question: &Question, id: &str) {
        let Draft::Items(ticks) = &self.draft else {
            return;
        };
        let word = match ticks.get(id) {
            Some(Tick::Yes) => "oui",
            Some(Tick::No) => "non",
            Some(Tick::Unknown) => " ? ",
            None => "   ",
        };
        let text = question
            .items
            .iter()
            .find(|item| item.id == id)
            .map_or("", |item| &item.text);
        Self::plain_entry(page, target, &format!("[{word}]"), text);
    }

    fn draw_input(&self, page: &mut Page<'_>, target: usize, question: &Question, at: usize) {
        match &self.draft {
            Draft::Line(field) => {
                page.sized_field(target, "", field, measure(question.kind));
                let example = match question.kind {
                    _ if !question.example.is_empty() => question.example.as_str(),
                    Kind::Date => "12/03/2026, ou 12 mars 2026",
                    _ => return,
                };
                let mut words = format!("Exemple : {example}");
                if self.error.is_some() && !field.is_empty() {
                    words = format!("{words} {} Ctrl+U vide le champ", page.look.glyphs.dot);
                }
                page.spans(&[page.look.span(Role::Dim, &words)], 4);
            }
            Draft::Form(parts) => {
                if let Some(part) = parts.get(at) {
                    if part.picks() {
                        let text = format!("{} : {}", part.label, part.chosen());
                        page.choice(target, "", &text);
                    } else {
                        let most = if part.id == "postal_code" {
                            SHORT
                        } else {
                            measure(part.kind)
                        };
                        page.sized_field(target, &part.label, &part.field, most);
                    }
                }
            }
            _ => page.text(Role::Text, ""),
        }
    }
}

/// Width of a field where a few figures are expected.
const SHORT: u16 = 26;

/// Width of the field of a kind.
pub fn measure(kind: Kind) -> u16 {
    match kind {
        Kind::Number | Kind::Date | Kind::Siren | Kind::Siret | Kind::Vat | Kind::Phone => SHORT,
        _ => text::MEASURE,
    }
}

fn option_label<'a>(question: &'a Question, id: &str) -> &'a str {
    question
        .options
        .iter()
        .find(|option| option.id == id)
        .map_or("", |option| &option.label)
}

/// One line that says what an entry of a list holds.
pub(super) fn entry_words(question: &Question, entry: &Record) -> String {
    let fields = question.fields.iter();
    let parts: Vec<String> = fields
        .filter_map(|slot| Some(explain::field_text(slot, entry.get(&slot.id)?)))
        .collect();
    if parts.is_empty() {
        "fiche vide".to_owned()
    } else {
        parts.join(" · ")
    }
}
