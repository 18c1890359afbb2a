//! Search in the questions, the answers and the help of every theme.

use super::{Cursor, Step, View};
use crate::domain::catalogue::Question;
use crate::tui::app::App;
use crate::tui::desk::Desk;
use crate::tui::event::Key;
use crate::tui::keymap::{Action, Scope};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::page::{Entry, Look, Page};

/// Most results shown.
const MOST: usize = 50;

/// A search.
#[derive(Debug, Default)]
pub struct Search {
    wanted: Field,
    cursor: Cursor,
}

/// Lower case without accents, so that « telephone » finds « téléphone ».
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
}

fn results<'a>(desk: &'a Desk, wanted: &str) -> Vec<&'a Question> {
    let words: Vec<String> = fold(wanted).split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let holds = |text: &str| {
        let text = fold(text);
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let asked = desk.asked.iter().filter_map(|id| desk.question(id));
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for question in asked {
        if holds(&question.text) {
            first.push(question);
        } else {
            let labels = question.options.iter().map(|option| option.label.as_str());
            let items = question.items.iter().map(|item| item.text.as_str());
            let mut all = vec![question.why.as_str(), &question.help, &question.example];
            all.extend(labels.chain(items));
            let said = desk.said(question);
            all.push(&said);
            all.extend(desk.note(&question.id));
            if holds(&all.join(" ")) {
                then.push(question);
            }
        }
    }
    first.append(&mut then);
    first.truncate(MOST);
    first
}

impl View for Search {
    fn scope(&self, _app: &App) -> Scope {
        Scope::Typing
    }

    fn title(&self, _app: &App) -> String {
        "Chercher".to_owned()
    }

    fn page<'a>(&self, app: &App, look: Look<'a>) -> Page<'a> {
        let mut page = Page::new(look, Some(self.cursor.at));
        let Some(desk) = app.desk.as_ref() else {
            return page;
        };
        page.field(
            0,
            "Un mot des questions, des réponses ou des aides",
            &self.wanted,
        );
        page.gap();
        let found = results(desk, self.wanted.value());
        if !self.wanted.is_empty() {
            let words = text::count(found.len(), "question trouvée", "questions trouvées");
            page.text(Role::Dim, &words);
        }
        for (at, question) in found.iter().enumerate() {
            page.entry(Entry {
                target: at + 1,
                mark: "",
                text: &question.text,
                right: "",
            });
            page.spans(&[look.raw(Role::Dim, &desk.said(question))], 4);
        }
        page
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }

    fn scrolled(&self) -> i32 {
        self.cursor.scroll
    }

    fn targets(&self, app: &App) -> usize {
        1 + app
            .desk
            .as_ref()
            .map_or(0, |desk| results(desk, self.wanted.value()).len())
    }

    fn act(&mut self, app: &App, action: Action) -> Vec<Step> {
        match (action, app.desk.as_ref()) {
            (Action::Accept, Some(desk)) => {
                let found = results(desk, self.wanted.value());
                match found.get(self.cursor.at.saturating_sub(1)) {
                    Some(question) => vec![Step::Ask(question.id.clone())],
                    None => Step::say(Role::Notice, "Rien à ouvrir : écrivez un mot."),
                }
            }
            (Action::Previous, _) => {
                self.cursor.at = self.cursor.at.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, _app: &App, key: Key) -> bool {
        let used = self.wanted.key(key);
        if used {
            self.cursor = Cursor::default();
        }
        used
    }

    fn paste(&mut self, _app: &App, text: &str) {
        self.wanted.paste(text);
    }

    fn can(&self, _app: &App, action: Action) -> bool {
        action != Action::Previous || self.cursor.at > 0
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Téléphone, Œuvre"), "telephone, oeuvre");
    }
}
