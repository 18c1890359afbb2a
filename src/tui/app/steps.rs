//! Obeying the steps of a screen, and what follows once an effect was executed.

use super::{App, Did};
use crate::documents::ACTIVITY;
use crate::domain::answer::Answer;
use crate::domain::catalogue::Depth;
use crate::tui::desk::Desk;
use crate::tui::effect::Effect;
use crate::tui::screen::{self, Screen, Step};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::gauge;

impl App {
    /// Obeys the steps of a screen.
    pub fn obey(&mut self, steps: Vec<Step>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for step in steps {
            match step {
                Step::Push(screen) => {
                    self.keep_draft();
                    self.screens.push(*screen);
                }
                Step::Pop => self.pop(),
                Step::Ask(id) => self.ask(&id),
                Step::Say(role, text) => self.say(role, text),
                Step::Remark(text) => self.remark = Some(text),
                Step::Hand(handed) => {
                    self.pop();
                    if handed.is_removal {
                        let words = "Fiche supprimée : Ctrl+Z la rend. Validez pour enregistrer.";
                        self.say(Role::Notice, words);
                    }
                    self.with_top(|screen, app| screen.view_mut().receive(app, handed));
                }
                Step::Run(action) => {
                    self.pop();
                    effects.extend(self.act(action));
                }
                Step::Also(action) => effects.extend(self.act(action)),
                Step::Do(effect) => {
                    let replaced = self.replaced(&effect);
                    self.remark = self.remark.take().or(replaced);
                    effects.push(effect);
                }
            }
        }
        effects
    }

    /// What an answer takes the place of, so that no answer is changed without a word.
    fn replaced(&self, effect: &Effect) -> Option<String> {
        let Effect::Answer {
            question,
            answer,
            stay: false,
        } = effect
        else {
            return None;
        };
        let desk = self.desk.as_ref()?;
        let before = desk.answer(question)?;
        if before == answer || *before == Answer::Later {
            return None;
        }
        let said = self.said(desk, desk.question(question)?);
        let said = text::fit(&said, 50, self.look(0).glyphs.ellipsis);
        Some(format!("Remplace « {said} » : Ctrl+Z l'annule."))
    }

    /// Goes to a question: in place of the one shown, or above another screen.
    pub fn ask(&mut self, id: &str) {
        let left = self.leaves_draft();
        self.keep_draft();
        self.tell_draft(left);
        // What an activity lacks is written in the record, not answered.
        if let Some(activity) = id.strip_prefix(ACTIVITY) {
            let card = screen::activity::Card::new(activity.to_owned());
            self.screens.push(Screen::Activity(card));
            return;
        }
        let Some(asking) = screen::question::Asking::open(self, id) else {
            return;
        };
        if matches!(self.top(), Screen::Question(_) | Screen::Finished(_)) {
            self.screens.pop();
        }
        self.screens.push(Screen::Question(asking));
    }

    pub(super) fn deepen(&mut self) {
        let here = match self.top() {
            Screen::Dossier(menu) => menu.row_name(self),
            _ => None,
        };
        let Some(desk) = &mut self.desk else { return };
        let (depth, words) = match desk.session.depth() {
            Depth::Essential => (Depth::Full, "de plus"),
            Depth::Full => (Depth::Essential, "de moins"),
        };
        desk.session.set_depth(depth);
        let (appeared, gone) = desk.refresh();
        let count = text::count(appeared.max(gone), "question", "questions");
        self.say(
            Role::Notice,
            format!("{count} {words} ; vos réponses restent."),
        );
        self.with_top(|screen, app| {
            screen.view_mut().refresh(app);
            if let (Screen::Dossier(menu), Some(name)) = (screen, here) {
                menu.go_to(app, &name);
            }
        });
    }

    pub(super) fn did(&mut self, did: Did) -> Vec<Effect> {
        match did {
            Did::Answered {
                question,
                stay,
                result,
            } => match result {
                Ok(()) => self.answered(&question, stay),
                Err(message) => {
                    self.remark = None;
                    self.fail(&message);
                }
            },
            Did::Changed(result) => {
                if let Some(desk) = &mut self.desk {
                    desk.refresh();
                }
                self.drop_stale_drafts();
                self.with_top(|screen, app| screen.view_mut().refresh(app));
                match (result, self.remark.take()) {
                    (Ok(said), None) => self.say(Role::Notice, said),
                    (Ok(said), Some(remark)) => self.say(Role::Warn, format!("{said} {remark}")),
                    (Err(message), _) => self.fail(&message),
                }
            }
            Did::Opened(Ok(desk)) => self.opened(*desk),
            Did::Opened(Err(message)) => self.say(Role::Bad, format!("! {message}")),
            Did::Said(role, said) => self.say(role, said),
            Did::Writing(writing) => {
                let done = writing.total - writing.left.len();
                let bar = gauge::progress(&self.look(0), done, writing.total, 20);
                let bar: String = bar.iter().map(|span| span.content.as_ref()).collect();
                self.say(
                    Role::Notice,
                    format!("Enregistrement : {done} sur {}  {bar}", writing.total),
                );
                return vec![Effect::WriteNext(writing)];
            }
            Did::Nothing => {}
        }
        Vec::new()
    }

    /// Shows a dossier just opened.
    pub(super) fn opened(&mut self, mut desk: Desk) {
        let warning = desk.warning();
        let renewal = desk.session.renewal();
        if renewal.is_some() {
            desk.session.acknowledge();
        }
        if matches!(self.top(), Screen::Create(_)) {
            self.forget_new_name();
        }
        let at = self.listed.iter().position(|l| desk.is_at(&l.path));
        self.desk = Some(desk);
        self.finishing = None;
        self.screens.truncate(1);
        // Coming back finds the dossier one was in, however it was opened.
        if let (Some(Screen::Home(home)), Some(at)) = (self.screens.first_mut(), at) {
            home.go_to(at);
        }
        let menu = screen::dossier::Menu::default();
        self.screens.push(Screen::Dossier(menu));
        if let Some(renewal) = renewal {
            let renewed = screen::renewed::Renewed::new(renewal);
            self.screens.push(Screen::Renewed(renewed));
        }
        let left = || self.left_here().map(|words| format!("{words}."));
        if let Some(warning) = warning.or_else(left) {
            self.say(Role::Warn, warning);
        }
    }

    /// Moves on once an answer is on disk.
    pub(super) fn answered(&mut self, id: &str, stay: bool) {
        self.forget_drafts(id);
        let remark = self.remark.take();
        let Some(desk) = &mut self.desk else { return };
        let finished_before = desk.theme_of(id).is_some_and(|t| t.settled == t.total);
        let (interval, clashes) = (desk.score().interval, desk.clashes.clone());
        let (appeared, gone) = desk.refresh();
        // A room is not shown the note as it goes.
        let is_told = desk.score().answered > 0 && self.workshop.is_none();
        let moved = (desk.score().interval != interval && is_told).then(|| desk.score().interval);
        let clash = desk
            .clashes
            .iter()
            .find(|clash| !clashes.contains(clash))
            .map(|clash| clash.message.clone());
        let theme = desk
            .question(id)
            .map(|question| question.questionnaire.clone());
        // Each line of a checklist is on disk before the list is validated: the line that finishes
        // the theme is not the moment to say so.
        let awaited = theme.is_some() && self.finishing == theme;
        let finished = (!finished_before || awaited)
            && desk.theme_of(id).is_some_and(|t| t.settled == t.total);
        if finished {
            self.finishing = if stay { theme.clone() } else { None };
        }
        let next = desk.next_open(id);
        let following = desk.following(id);
        let notices = desk.session.take_notices();
        if let Some(Screen::Question(asking)) = self.screens.last_mut() {
            asking.dirty = false;
        }
        match clash {
            // What touches the files matters more than what touches the note.
            _ if !notices.is_empty() => self.say(Role::Warn, notices.join(" ")),
            Some(message) => self.say(
                Role::Warn,
                format!("! {message} Le bilan permet de corriger."),
            ),
            None => {
                let news = news(appeared, gone, moved);
                let said = match remark {
                    Some(remark) => format!("{news} {remark}"),
                    None => news,
                };
                self.say(Role::Notice, said);
            }
        }
        if stay {
            self.with_top(|screen, app| screen.view_mut().refresh(app));
            return;
        }
        // A question opened from a page of results goes back to that page once answered.
        let below = self.screens.iter().rev().nth(1);
        // Once nothing is open, the answers of a theme are read again in order.
        let rereads = below.is_some_and(|below| matches!(below, Screen::Dossier(_)));
        let next = next.or(following.filter(|_| rereads));
        let reviewing = below.is_some_and(|below| {
            matches!(
                below,
                Screen::Review(_)
                    | Screen::Assessment(_)
                    | Screen::Account(_)
                    | Screen::Preview(_)
                    | Screen::Why(_)
                    | Screen::Plan(_)
                    | Screen::Documents(_)
                    | Screen::Renewed(_)
            )
        });
        if reviewing {
            self.pop();
            return;
        }
        match (finished, theme, next) {
            (true, Some(theme), _) => {
                if matches!(self.top(), Screen::Question(_)) {
                    self.screens.pop();
                }
                self.screens
                    .push(Screen::Finished(screen::finished::Finished::new(theme)));
            }
            (_, _, Some(next)) => self.ask(&next),
            _ => self.pop(),
        }
    }
}

/// « Enregistré. +2 questions selon votre réponse. Note : entre 12 et 80. »
fn news(appeared: usize, gone: usize, moved: Option<(u32, u32)>) -> String {
    let branch = branch_words(appeared, gone);
    match moved {
        Some((lo, hi)) if lo == hi => format!("{branch} Note : {lo} sur 100."),
        Some((lo, hi)) => format!("{branch} Note : entre {lo} et {hi} sur 100."),
        None => branch,
    }
}

/// « +2 questions selon votre réponse ».
fn branch_words(appeared: usize, gone: usize) -> String {
    match (appeared, gone) {
        (0, 0) => "Enregistré.".to_owned(),
        (n, 0) => {
            format!(
                "Enregistré. +{} selon votre réponse.",
                text::count(n, "question", "questions")
            )
        }
        (0, n) => {
            format!(
                "Enregistré. −{} selon votre réponse.",
                text::count(n, "question", "questions")
            )
        }
        (more, less) => format!("Enregistré. +{more} et −{less} questions selon votre réponse."),
    }
}
