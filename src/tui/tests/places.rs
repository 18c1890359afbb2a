//! A page taller than the window stays in its place: under clicks, at its ends, when it opens.

use super::journeys::filled;
use super::promises::shipped;
use crate::domain::catalogue::Depth;
use crate::domain::catalogue::Kind;
use crate::tui::event::Input;
use crate::tui::frame::Hit;
use crate::tui::harness::Harness;
use crate::tui::widget::page::Zone;

/// Clicks on each row of a page in turn; the row is still under the mouse afterwards.
fn stays_under_the_mouse(ready: impl Fn() -> Harness) {
    let mut rows = 0;
    for y in 2..14 {
        let mut harness = ready();
        let seen = harness.app.seen;
        assert!(seen.above > 0, "{}", harness.screen());
        // A button may well show another page.
        let Some(hit @ Hit::Focus(_, Zone::Row | Zone::Choice)) = harness.map.at(10, y) else {
            continue;
        };
        let title = harness.app.top().view().title(&harness.app);
        harness.send(Input::Click(10, y));
        if harness.app.top().view().title(&harness.app) == title {
            assert_eq!(harness.map.at(10, y), Some(hit), "{}", harness.screen());
            let hidden = harness.app.seen.above;
            assert_eq!(hidden, seen.above, "{}", harness.screen());
            rows += 1;
        }
    }
    assert!(rows > 1, "{rows} rows\n{}", ready().screen());
}

#[test]
fn an_undo_that_takes_a_row_away_keeps_the_focus_on_a_row() {
    let mut harness = Harness::with(40, 12, shipped()).dossier();
    harness.app.ask("socle.securite");
    let rows = |harness: &Harness| harness.app.top().view().targets(&harness.app);
    let without = rows(&harness);
    harness.press("<droite><fin>");
    assert!(rows(&harness) > without);
    assert!(harness.app.top().view().place().at >= without);
    harness.press("<ctrl-z>");
    assert!(harness.app.top().view().place().at < rows(&harness));
}

#[test]
fn a_click_does_not_move_a_long_page() {
    for keys in ["<échap>r", "<échap>p<fin>"] {
        stays_under_the_mouse(|| {
            let mut harness = filled(80, 16).keys(keys);
            harness.send(Input::Wheel(1));
            harness
        });
    }
    // A list to answer line by line, with the focus on its button.
    let content = shipped();
    let longest = content.catalogue.questions.iter();
    let longest = longest
        .filter(|question| question.kind == Kind::Checklist)
        .max_by_key(|question| question.items.len())
        .unwrap();
    stays_under_the_mouse(|| {
        let mut harness = Harness::with(80, 16, shipped()).dossier();
        harness.app.ask(&longest.id);
        harness.press("<fin>");
        harness
    });
}

#[test]
fn two_clicks_at_one_place_open_what_is_there() {
    let mut harness = filled(80, 16).keys("<échap>r");
    harness.send(Input::Wheel(1));
    harness.send(Input::Wheel(1));
    let row = |y: &u16| matches!(harness.map.at(10, *y), Some(Hit::Focus(..)));
    let y = (2..14).rfind(row).unwrap();
    let Some(Hit::Focus(target, _)) = harness.map.at(10, y) else {
        panic!("a row");
    };
    let expected = harness.app.desk.as_ref().unwrap().asked[target].clone();
    harness.send(Input::Click(10, y));
    assert_eq!(harness.app.top_question(), None);
    harness.send(Input::Click(10, y));
    assert_eq!(harness.app.top_question(), Some(expected.as_str()));
}

#[test]
fn the_line_of_an_answer_belongs_to_its_question() {
    let mut harness = filled(80, 40).keys("<échap>r");
    let screen = harness.screen();
    let y = screen.lines().position(|line| line.contains("Société"));
    let y = u16::try_from(y.unwrap()).unwrap();
    assert_eq!(harness.map.at(10, y), harness.map.at(10, y - 1), "{screen}");
}

#[test]
fn the_end_of_a_text_is_reached_and_kept() {
    for (width, height) in [(40, 12), (80, 16)] {
        let mut harness = filled(width, height).keys("<échap>d<entrée><fin>");
        let hidden = harness.app.seen.below;
        assert_eq!(hidden, 0, "{}", harness.screen());
        let end = harness.screen();
        harness.press("G");
        assert_eq!(harness.screen(), end);
        // The arrow goes back from there, line by line.
        harness.press("<haut>");
        let hidden = harness.app.seen.below;
        assert_eq!(hidden, 1, "{}", harness.screen());
        harness.press("<bas>");
        let hidden = harness.app.seen.below;
        assert_eq!(hidden, 0, "{}", harness.screen());
    }
}

#[test]
fn what_is_out_of_sight_is_brought_back_before_it_is_obeyed() {
    let title = |harness: &Harness| harness.app.top().view().title(&harness.app);
    let told = "le revoici";
    let mut harness = filled(40, 12).keys("<échap>d<entrée>");
    let document = title(&harness);
    harness.press("<fin><entrée>");
    let back = harness.screen();
    assert!(back.contains(told), "{back}");
    assert_eq!(title(&harness), document);
    // The button is in sight: it is pressed.
    harness.press("<entrée>");
    assert!(!harness.screen().contains(told));
    assert_ne!(title(&harness), document, "{back}");
}

#[test]
fn arrows_after_a_click_leave_the_page_in_its_place() {
    let mut harness = filled(80, 16).keys("<échap>r");
    harness.send(Input::Wheel(1));
    harness.send(Input::Wheel(1));
    let first = harness.app.seen.above;
    let row = |y: &u16| matches!(harness.map.at(10, *y), Some(Hit::Focus(..)));
    let y = (2..14).find(row).unwrap();
    harness.send(Input::Click(10, y));
    let clicked = harness.app.top().view().place().at;
    harness.press("<bas>");
    let seen = harness.app.seen;
    assert_eq!(seen.above, first, "{}", harness.screen());
    assert_eq!(harness.app.top().view().place().at, clicked + 1);
    // Past the edge of the window, the page follows the focus, no more than it must.
    let mut above = first;
    for _ in 0..12 {
        harness.press("<bas>");
        let seen = harness.app.seen;
        assert!(seen.above <= above + 3, "{}", harness.screen());
        assert!(!seen.is_away, "{}", harness.screen());
        above = seen.above;
    }
    assert!(above > first);
}

#[test]
fn a_remote_stops_at_the_end_of_the_restitution() {
    let mut harness = Harness::with(40, 12, shipped()).keys("x<entrée>wR");
    harness.press(&"<droite>".repeat(40));
    let hidden = harness.app.seen.below;
    assert_eq!(hidden, 0, "{}", harness.screen());
    assert!(harness.app.seen.above > 0, "{}", harness.screen());
    let end = harness.screen();
    for key in ["<droite>", "<espace>"] {
        harness.press(key);
        assert_eq!(harness.screen(), end, "{key}");
    }
}

#[test]
fn the_first_words_are_read_first_in_the_smallest_window() {
    let mut harness = Harness::new(40, 12);
    assert!(
        harness.screen().contains("Bienvenue."),
        "{}",
        harness.screen()
    );
    harness.press("<entrée>");
    assert!(
        !harness.screen().contains("Bienvenue."),
        "{}",
        harness.screen()
    );
}

#[test]
fn an_answer_given_beyond_the_depth_is_the_last_one() {
    let mut harness = Harness::with(80, 40, shipped()).dossier();
    let desk = harness.app.desk.as_ref().unwrap();
    let deep = |id: &str| !desk.asked.iter().any(|asked| asked == id);
    let view = desk.session.view();
    let deep = view
        .asked(Depth::Full)
        .find(|question| question.kind == Kind::Choice && deep(&question.id))
        .map(|question| (question.id.clone(), question.text.clone()));
    let (id, words) = deep.unwrap();
    harness.app.ask(&id);
    harness.press("1<entrée>");
    let desk = harness.app.desk.as_ref().unwrap();
    assert!(desk.answer(&id).is_some(), "{}", harness.screen());
    assert_eq!(desk.last_answered().map(|last| &last.text), Some(&words));
}

#[test]
fn a_click_on_a_screen_that_changed_since_it_was_drawn_leads_nowhere() {
    for question in &shipped().catalogue.questions {
        let mut harness = Harness::with(120, 40, shipped()).dossier();
        harness.app.ask(&question.id);
        harness.send(Input::Click(1, 14));
        let view = harness.app.top().view();
        let (at, rows) = (view.place().at, view.targets(&harness.app));
        assert!(at < rows.max(1), "{}: row {at} of {rows}", question.id);
    }
}

#[test]
fn a_theme_at_the_left_leads_to_its_questions() {
    let mut harness = filled(120, 40).keys("<échap>/forme<entrée>");
    let screen = harness.screen();
    let y = screen
        .lines()
        .position(|line| line.contains("√ Site vitrine"));
    let y = u16::try_from(y.unwrap_or_else(|| panic!("{screen}"))).unwrap();
    harness.send(Input::Click(6, y));
    let title = harness.app.top().view().title(&harness.app);
    assert!(title.starts_with("Site vitrine · question 1"), "{title}");
}
