//! The frame around every screen, and drawing as a function of the application.
//!
//! ```text
//! Boulangerie Martin · Site vitrine · question 3 sur 8           12 sur 48 · 25 %
//! ───────────────────────────────────────────────────────────────────────────────
//! │ themes, when the window is 100 columns wide │ the page of the screen          │
//! what was just said
//! Entrée valider   Maj+Tab question précédente   ? aide   : commandes
//! ```

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Wrap};

use super::app::{App, SAID, Seen};
use super::glyphs::GlyphSet;
use super::keymap::{self, Action};
use super::text;
use super::theme::Role;
use super::widget::gauge;
use super::widget::page::{Look, Zone};

/// Smallest window that holds a screen.
pub const SMALLEST: (u16, u16) = (40, 12);
/// Widest frame: beyond, it stands in the middle of the window, since texts keep their measure.
const WIDEST: u16 = 120;
/// From this width on, the themes stand at the left.
const WIDE: u16 = 100;
/// Width of the themes.
const SIDE: u16 = 34;

/// What a click does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// Focuses or uses what has a focus number.
    Focus(usize, Zone),
    /// Does an action of the footer.
    Act(Action),
    /// Goes to a theme.
    Theme(usize),
}

/// What was drawn where.
#[derive(Debug, Clone, Default)]
pub struct HitMap {
    /// Zones.
    pub zones: Vec<(Rect, Hit)>,
    /// What was hidden, for scrolling.
    pub seen: Seen,
}

impl HitMap {
    /// What lies under a position.
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let position = Position::new(column, row);
        self.zones
            .iter()
            .find(|(zone, _)| zone.contains(position))
            .map(|(_, hit)| *hit)
    }
}

/// Draws the application.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> HitMap {
    let map = draw_screen(app, frame);
    if app.settings.set == GlyphSet::Ascii {
        // Spaces that do not break have done their work once lines are cut.
        for cell in &mut frame.buffer_mut().content {
            if cell.symbol() == "\u{a0}" {
                cell.set_symbol(" ");
            }
        }
    }
    map
}

fn draw_screen(app: &App, frame: &mut Frame<'_>) -> HitMap {
    let window = frame.area();
    let base = app.theme.style(Role::Text);
    frame.render_widget(Block::new().style(base), window);
    let area = Rect {
        x: window.x + window.width.saturating_sub(WIDEST) / 2,
        width: window.width.min(WIDEST),
        ..window
    };
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let said = app.notice.as_ref().map(|(_, words)| format!("{words} "));
        let advice = "Agrandissez la fenêtre (40 × 12 au moins). q : quitter, tout est enregistré. \
                      Ou bien : aplomb --simple";
        let words = format!("{}{advice}", said.unwrap_or_default());
        let words = app.look(area.width).shown(&words);
        frame.render_widget(Paragraph::new(words).wrap(Wrap { trim: true }), area);
        let mut map = HitMap::default();
        map.seen.is_small = true;
        return map;
    }
    if app.blank {
        let words = text::display("Écran masqué. Une touche pour reprendre.");
        let row = Rect {
            y: area.height / 2,
            height: 1,
            ..area
        };
        let words = Line::styled(app.settings.set.adapt(words), app.theme.style(Role::Dim));
        frame.render_widget(words.centered(), row);
        return HitMap::default();
    }
    let mut map = HitMap::default();
    let footer = footer_lines(app, area.width);
    let said = notice_lines(app, area.width);
    let spoken = u16::try_from(said.len()).unwrap_or(1);
    let feet = u16::try_from(footer.len()).unwrap_or(1);
    header(app, frame, Rect { height: 2, ..area });
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2 + spoken + feet),
        x: area.x + 1,
        width: area.width - 2,
    };
    let body = side(app, frame, body, &mut map);
    let page = app
        .top()
        .view()
        .page(app, app.look(body.width.saturating_sub(1)));
    let place = app.top().view().place();
    let drawn = page.draw(frame, body, place.scroll, place.top);
    map.zones.extend(
        drawn
            .hits
            .iter()
            .map(|(area, target, zone)| (*area, Hit::Focus(*target, *zone))),
    );
    map.seen = Seen {
        above: drawn.above,
        below: drawn.below,
        base: i32::try_from(drawn.base).unwrap_or(i32::MAX),
        height: body.height,
        width: body.width.saturating_sub(1),
        spoken: area.width - 2,
        is_small: false,
        is_away: drawn.cursor.is_none() && place.is_past() && app.top().view().targets(app) > 0,
    };
    marks(app, frame, body, drawn.above, drawn.below);
    let notice = Rect {
        y: area.bottom() - feet - spoken,
        height: spoken,
        ..area
    };
    say(frame, notice, said);
    for (at, line) in footer.into_iter().enumerate() {
        let y = area.bottom() - feet + u16::try_from(at).unwrap_or(0);
        let mut x = area.x + 1;
        for (spans, action) in line {
            let line = Line::from(spans);
            let width = u16::try_from(line.width()).unwrap_or(0);
            let zone = Rect {
                x,
                y,
                width,
                height: 1,
            }
            .intersection(area);
            frame.render_widget(line, zone);
            map.zones.push((zone, Hit::Act(action)));
            x += width + 3;
        }
    }
    if let Some(cursor) = drawn.cursor {
        frame.set_cursor_position(cursor);
    }
    map
}

/// Name and place at the left, progress at the right, a rule below.
fn header(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let look = app.look(area.width);
    let ellipsis = look.glyphs.ellipsis;
    let title = app.top().view().title(app);
    let desk = app.desk.as_ref().filter(|_| app.in_dossier());
    let percent = desk.map(|desk| {
        let (done, total) = desk.done();
        gauge::percent(done, total)
    });
    // A bare percentage would pass for that of the note.
    let counted = percent.map(|percent| match area.width {
        ..72 => format!("fait : {percent} %"),
        _ => format!("{percent} % des questions"),
    });
    let right = match (desk, counted) {
        (Some(desk), Some(_)) if area.width < 60 && desk.session.is_read_only() => {
            "lecture seule".to_owned()
        }
        (Some(_), Some(counted)) if area.width < 60 => counted,
        (Some(desk), Some(counted)) => {
            let mut told: Vec<String> = timer(app);
            told.push(counted);
            if !app.hides_private() {
                told.extend(note(desk));
            }
            if desk.session.is_read_only() {
                told.push("lecture seule".to_owned());
            }
            told.join(&format!(" {} ", look.glyphs.dot))
        }
        _ => String::new(),
    };
    let right = look.shown(&right);
    let room = area.width.saturating_sub(text::width(&right) + 4);
    let left = match desk {
        Some(desk) => {
            let name = app.shown_name(desk.name());
            let whole = format!("{name} {} {title}", look.glyphs.dot);
            // The place in the questionnaire matters more than the name.
            if text::width(&whole) <= room {
                whole
            } else if text::width(&title) <= room {
                title
            } else {
                app.top().view().short_title(app)
            }
        }
        _ => format!("Aplomb {} {title}", look.glyphs.dot),
    };
    let left = look.shown(&left).replace('\n', " ");
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(
            text::pad(&left, room, ellipsis),
            look.theme.style(Role::Strong),
        ),
        Span::raw("  "),
        Span::styled(right, look.theme.style(Role::Dim)),
    ]);
    frame.render_widget(line, Rect { height: 1, ..area });
    // The rule fills up as the questions get their answers.
    let done = u32::from(area.width) * percent.unwrap_or(0) / 100;
    let done = usize::try_from(done).unwrap_or(0);
    let rest = usize::from(area.width) - done;
    let rule = Line::from(vec![
        Span::styled(
            look.glyphs.rule_done.repeat(done),
            look.theme.style(Role::Heading),
        ),
        Span::styled(
            look.glyphs.rule.repeat(rest),
            look.theme.style(Role::Border),
        ),
    ]);
    frame.render_widget(
        rule,
        Rect {
            y: area.y + 1,
            height: 1,
            ..area
        },
    );
}

/// « note 12–80 », once something can be scored.
fn note(desk: &super::desk::Desk) -> Option<String> {
    let score = desk.score();
    let (lo, hi) = score.interval;
    (score.answered > 0).then(|| {
        if lo == hi {
            format!("note {lo}")
        } else {
            format!("note {lo}–{hi}")
        }
    })
}

/// Time spent on the theme, and since the timer was started.
fn timer(app: &App) -> Vec<String> {
    let Some(workshop) = app.workshop.as_ref() else {
        return Vec::new();
    };
    let theme = app
        .top_question()
        .and_then(|id| app.desk.as_ref()?.theme_of(id));
    let spent = theme.and_then(|theme| app.minutes_on(&theme.id));
    let since = workshop
        .since
        .map(|since| format!("minuteur {} min", since.elapsed().as_secs() / 60));
    let spent = spent.map(|spent| format!("thème {spent}"));
    spent.into_iter().chain(since).collect()
}

/// The themes at the left of a wide window; returns what remains for the page.
fn side(app: &App, frame: &mut Frame<'_>, area: Rect, map: &mut HitMap) -> Rect {
    let Some(desk) = app.desk.as_ref() else {
        return area;
    };
    let asked = app.top_question().is_some() && app.scope().asks();
    if area.width + 2 < WIDE || !asked || app.workshop.is_some() {
        return area;
    }
    let look = Look {
        width: SIDE - 4,
        ..app.look(SIDE)
    };
    let current = app
        .top_question()
        .and_then(|id| desk.theme_of(id))
        .map(|theme| &theme.id);
    let mut lines = vec![Line::from(look.span(Role::Heading, "Thèmes"))];
    for theme in &desk.themes {
        let here = current == Some(&theme.id);
        let mark = theme.sign(&look.glyphs);
        let arrow = if here { look.glyphs.focus } else { " " };
        let figure = format!("{}/{}", theme.settled, theme.total);
        let title = look.shown(&theme.title);
        let room = SIDE - 9 - text::width(&figure);
        let role = if here { Role::Strong } else { Role::Text };
        let words = format!(
            "{arrow}{mark} {} {figure}",
            text::pad(&title, room, look.glyphs.ellipsis)
        );
        lines.push(Line::from(Span::styled(words, look.theme.style(role))));
    }
    for theme in 0..desk.themes.len() {
        let y = u16::try_from(theme + 1).map_or(area.bottom(), |row| area.y + row);
        let row = Rect {
            y,
            width: SIDE - 3,
            height: 1,
            ..area
        };
        map.zones.push((row.intersection(area), Hit::Theme(theme)));
    }
    let (done, total) = desk.done();
    lines.push(Line::default());
    let words = format!("{done} sur {total}");
    lines.push(Line::from(look.span(Role::Text, &words)));
    lines.push(gauge::progress(&look, done, total, SIDE - 6).into());
    let score = desk.score();
    if score.answered > 0 {
        let (lo, hi) = score.interval;
        let words = if lo == hi {
            format!("Note : {lo} sur 100")
        } else {
            format!("Note : entre {lo} et {hi}")
        };
        lines.push(Line::default());
        lines.push(Line::from(look.span(Role::Text, &words)));
        lines.push(gauge::interval(&look, lo, hi, SIDE - 6).into());
    }
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        frame.render_widget(
            line,
            Rect {
                y,
                width: SIDE - 3,
                height: 1,
                ..area
            },
        );
    }
    for y in area.y..area.bottom() {
        let bar = Span::styled(look.glyphs.bar, look.theme.style(Role::Border));
        frame.render_widget(
            bar,
            Rect {
                x: area.x + SIDE - 2,
                y,
                width: 1,
                height: 1,
            },
        );
    }
    Rect {
        x: area.x + SIDE,
        width: area.width - SIDE,
        ..area
    }
}

/// Says in the right margin, apart from the text, that there is more above or below.
fn marks(app: &App, frame: &mut Frame<'_>, body: Rect, above: usize, below: usize) {
    let look = app.look(body.width);
    let style = look.theme.style(Role::Key);
    let x = body.right();
    if above > 0 {
        frame.render_widget(
            Span::styled(look.glyphs.up, style),
            Rect {
                x,
                width: 1,
                height: 1,
                ..body
            },
        );
    }
    if below > 0 && body.height > 0 {
        let y = body.bottom() - 1;
        frame.render_widget(
            Span::styled(look.glyphs.down, style),
            Rect {
                x,
                y,
                width: 1,
                height: 1,
            },
        );
    }
}

/// What was just said, on three rows at most.
fn notice_lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let Some((role, words)) = &app.notice else {
        return vec![Line::default()];
    };
    let look = app.look(width);
    let span = look.span(*role, &words.replace('\n', " "));
    let mut lines = text::wrap_spans(&[span], width.saturating_sub(2));
    lines.truncate(SAID);
    lines
}

fn say(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>) {
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let row = Rect {
            x: area.x + 1,
            y,
            height: 1,
            width: area.width - 2,
        };
        frame.render_widget(line, row);
    }
}

type Piece = (Vec<Span<'static>>, Action);

/// Keys of the footer by rank, on one row.
fn footer_lines(app: &App, width: u16) -> Vec<Vec<Piece>> {
    let look = app.look(width);
    let mut commands: Vec<_> = app.commands();
    commands.retain(|command| command.rank > 0);
    commands.sort_by_key(|command| command.rank);
    let room = width.saturating_sub(2);
    // Help is always there: it leads to everything else. So is the palette where there is room.
    let kept = |command: &&keymap::Command| match command.action {
        Action::Help => true,
        Action::Palette => width >= 60,
        _ => false,
    };
    let enter = app.top().view().enter(app);
    // What Enter does here needs no second key beside it.
    commands.retain(|command| command.action == Action::Accept || Some(command.short) != enter);
    let (kept, others): (Vec<_>, Vec<_>) = commands.into_iter().partition(kept);
    let piece = |command: &&'static keymap::Command| -> Piece {
        let key = look.set().adapt(keymap::label(command, &look.glyphs));
        let short = match command.action {
            Action::Accept => enter.unwrap_or(command.short),
            _ => command.short,
        };
        let words = look
            .set()
            .adapt(text::display(short))
            .replace(' ', "\u{a0}");
        let spans = vec![
            Span::styled(key, look.theme.style(Role::Key)),
            Span::styled(format!(" {words}"), look.theme.style(Role::Dim)),
        ];
        (spans, command.action)
    };
    let size = |piece: &Piece| {
        piece
            .0
            .iter()
            .map(|span| text::width(&span.content))
            .sum::<u16>()
            + 3
    };
    let last: Vec<Piece> = kept.iter().map(piece).collect();
    let mut used: u16 = last.iter().map(size).sum::<u16>().saturating_sub(3);
    let mut line = Vec::new();
    for command in &others {
        let piece = piece(command);
        let w = size(&piece);
        if used + w <= room {
            used += w;
            line.push(piece);
        }
    }
    line.extend(last);
    vec![line]
}
