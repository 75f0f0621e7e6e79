//! The customers' journey through each firm: what each phase costs them no more, who acts, and which needs are met.

use plotters::style::RGBColor;

use super::cast::Actor;
use super::value::{largest, period_words};
use super::view::View;
use crate::analysis::FirmJourney;
use crate::chart::form::tiles::Tiles;
use crate::chart::kit::{
    ASCENT, Anchor, Canvas, Data, Figure, Font, Frame, Ink, Point, Style, Told, fill, theme,
};
use crate::scenario::{Experience, Firm, Selection};

/// Most firms; of more, those with the largest final share are shown.
const MOST: usize = 8;
/// Columns: the three phases, and the needs that are met.
const COLUMNS: [&str; 4] = [
    "journey.recognize",
    "journey.request",
    "journey.respond",
    "journey.needs",
];
/// Widest name, on a sheet of the usual width.
const WIDEST: f64 = 190.0;
/// Space between two columns.
const GAP: f64 = 18.0;
/// Height of a bar, and of a row's words below it.
const BAR: f64 = 22.0;
/// Least and greatest space below a row.
const BELOW: (f64, f64) = (12.0, 44.0);
/// Radius of the mark that says who acts.
const MARK: f64 = 4.6;
const NAME: Font = Font::bold(theme::LABEL);
const HEAD: Font = Font::bold(theme::TICK);
const NUMBER: Font = Font::bold(theme::TICK);
const WORDS: Font = Font::regular(theme::CAPTION);

/// Who acts in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Firm,
    Customer,
    Nobody,
}

/// A bar with its words.
struct Stretch {
    /// Part of the whole that is dark, and that is pale behind it.
    parts: (f64, f64),
    number: String,
    who: Who,
    words: String,
}

/// A firm with its four bars; none without transactions.
struct Row {
    name: String,
    color: RGBColor,
    bars: Option<[Stretch; 4]>,
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST);
    let rows: Vec<Row> = shown.iter().map(|actor| row(view, actor)).collect();
    let told = told(view, &shown, &rows);
    let frame = Frame::new(style, &told.heading);
    let wide = style.part(WIDEST);
    let names = rows.iter().map(|row| NAME.wrap_at_most(&row.name, wide, 2));
    let names: Vec<Vec<String>> = names.collect();
    let widest = names
        .iter()
        .map(|lines| NAME.widest(lines))
        .fold(0.0, f64::max);
    let start = (theme::LEFT - 24.0).min(style.part(46.0));
    let edges = (start + widest + GAP, style.width - theme::RIGHT);
    let tiles = Tiles::new(4, 4, edges, GAP);
    let heads = COLUMNS.map(|key| HEAD.wrap_at_most(style.say(key), tiles.width, 2));
    let totals = totals(view).map(|words| WORDS.wrap_at_most(&words, tiles.width, 3));
    let lines = |all: &[Vec<String>; 4]| all.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let head = lines(&heads) * HEAD.pitch() + lines(&totals) * WORDS.pitch() + 12.0;
    let said = rows.iter().flat_map(|row| row.bars.iter().flatten());
    let said = said
        .map(|bar| bar.lines(tiles.width).len())
        .max()
        .unwrap_or(1) as f64;
    let least = BAR + 4.0 + said * WORDS.pitch();
    let top = frame.above() + head;
    let room = (style.height - top - frame.below()) / rows.len().max(1) as f64;
    let pitch = room.clamp(least + BELOW.0, least + BELOW.1);
    let height = (top + pitch * rows.len() as f64 + frame.below()).ceil();
    told.figure(style, &frame, height, |canvas| {
        for column in 0..COLUMNS.len() {
            let at = (tiles.corner(column).0, frame.above() + ASCENT * HEAD.size);
            let below = canvas.lines(&heads[column], HEAD, theme::INK, at, Anchor::Start);
            let at = (at.0, below - 1.0);
            canvas.lines(&totals[column], WORDS, theme::QUIET, at, Anchor::Start);
        }
        for (number, (row, name)) in rows.iter().zip(&names).enumerate() {
            let top = top + pitch * number as f64;
            let above = (name.len() as f64 - 1.0) * NAME.pitch() / 2.0;
            let baseline = top + BAR / 2.0 + 0.36 * NAME.size - above;
            let at = (start + widest, baseline.max(top + ASCENT * NAME.size));
            canvas.lines(name, NAME, row.color, at, Anchor::End);
            for (column, bar) in row.bars.iter().flatten().enumerate() {
                bar.draw(
                    canvas,
                    row.color,
                    (tiles.corner(column).0, top),
                    tiles.width,
                );
            }
            if row.bars.is_none() {
                let at = (tiles.left, top + BAR / 2.0 + 0.36 * WORDS.size);
                let words = WORDS.shorten(style.say("value.no_transactions"), edges.1 - edges.0);
                canvas.text(&words, WORDS, theme::QUIET, at, Anchor::Start);
            }
        }
    })
}

impl Stretch {
    /// The words below the bar, with room for the mark before them.
    fn lines(&self, width: f64) -> Vec<String> {
        let indent = if self.who == Who::Nobody {
            0.0
        } else {
            2.0 * MARK + 5.0
        };
        WORDS.wrap_at_most(&self.words, width - indent, 2)
    }

    fn draw(&self, canvas: &mut Canvas, color: RGBColor, (left, top): Point, width: f64) {
        let at = |part: f64| left + width * part.clamp(0.0, 1.0);
        let (dark, pale) = self.parts;
        let bar = |canvas: &mut Canvas, from: f64, to: f64, ink: Ink| {
            if to - from > 0.2 {
                canvas.rectangle((from, top), (to, top + BAR), ink);
            }
        };
        bar(canvas, left, at(1.0), Ink::fill(theme::GRID, 0.8));
        bar(canvas, at(dark), at(dark + pale), Ink::fill(color, 0.35));
        bar(canvas, left, at(dark), Ink::fill(color, 1.0));
        let wide = NUMBER.width(&self.number);
        let baseline = top + BAR / 2.0 + 0.36 * NUMBER.size;
        // in the dark part where it has room, else behind all parts
        if wide + 12.0 <= at(dark) - left {
            let end = (at(dark) - 6.0, baseline);
            canvas.text(&self.number, NUMBER, theme::PAPER, end, Anchor::End);
        } else if at(dark + pale) + 6.0 + wide <= at(1.0) {
            let start = (at(dark + pale) + 6.0, baseline);
            canvas.text(&self.number, NUMBER, theme::INK, start, Anchor::Start);
        } else {
            let end = (at(1.0) - 4.0, baseline);
            canvas.text(&self.number, NUMBER, theme::INK, end, Anchor::End);
        }
        let baseline = top + BAR + 4.0 + ASCENT * WORDS.size;
        let mut start = left;
        if self.who != Who::Nobody {
            let middle = (left + MARK, baseline - 0.36 * WORDS.size);
            draw_who(canvas, self.who, color, middle);
            start += 2.0 * MARK + 5.0;
        }
        let lines = self.lines(width);
        canvas.lines(&lines, WORDS, theme::TEXT, (start, baseline), Anchor::Start);
    }
}

/// A full disc where the firm acts, a ring where the customer does.
fn draw_who(canvas: &mut Canvas, who: Who, color: RGBColor, middle: Point) {
    canvas.dot(middle, MARK, Ink::fill(color, 1.0));
    if who == Who::Customer {
        canvas.dot(middle, MARK - 1.7, Ink::fill(theme::PAPER, 1.0));
    }
}

/// A part of a whole in words.
fn share(style: &Style, part: f64) -> String {
    style
        .percent()
        .write(part, if part < 0.1 && part > 0.0 { 1 } else { 0 })
}

/// What all of each column is: the friction of each phase, and what becomes of all needs.
fn totals(view: &View<'_>) -> [String; 4] {
    let (style, journey) = (&view.style, &view.results.journey);
    let friction = |phase: usize| {
        let all = style.number().write(journey.friction[phase], 2);
        fill!(style, "journey.friction", all)
    };
    let known = share(style, journey.recognized.mean);
    let met = share(style, journey.fulfilled.mean);
    let needs = match journey.recognized.mean.is_nan() {
        true => style.say("journey.no_needs").to_owned(),
        false => fill!(style, "journey.all", known, met),
    };
    [friction(0), friction(1), friction(2), needs]
}

fn row(view: &View<'_>, actor: &Actor) -> Row {
    let journey = &view.results.journey.firms[actor.firm];
    let experience = journey
        .experience
        .as_ref()
        .map(|(_, experience)| experience);
    Row {
        name: actor.name.clone(),
        color: actor.ink(),
        bars: experience.map(|experience| bars(view, actor, journey, experience)),
    }
}

/// What a firm takes away in each phase and who acts there, and which needs it meets.
fn bars(
    view: &View<'_>,
    actor: &Actor,
    journey: &FirmJourney,
    experience: &Experience,
) -> [Stretch; 4] {
    let style = &view.style;
    let phase = |phase: usize, who: Who, words: String| {
        let all = view.results.journey.friction[phase];
        let left = journey.friction[phase].mean;
        let taken = if all > 0.0 {
            (1.0 - left / all).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let part = style.percent().write(taken, 0);
        Stretch {
            parts: (taken, 0.0),
            number: if taken >= 0.005 {
                format!("−{part}")
            } else {
                part
            },
            who,
            words,
        }
    };
    let most = |part: f64| {
        if part >= 0.5 {
            Who::Firm
        } else {
            Who::Customer
        }
    };
    let begun = journey.begun.mean;
    let notices = match begun > 0.0 {
        true => fill!(style, "journey.notices", share = share(style, begun)),
        false => style.say("journey.unnoticed").to_owned(),
    };
    // of the experience that most transactions had
    let mostly = |words: String| match journey.has_others {
        true => fill!(style, "journey.mostly", words),
        false => words,
    };
    let firm = view.results.firms[actor.firm].name.as_str();
    let firm = view.scenario.firms.iter().find(|known| known.name == firm);
    let products = firm.map_or(0, |firm: &Firm| firm.assortment);
    let (chooser, chooses) = match experience.selection {
        Selection::Customer => (
            Who::Customer,
            fill!(style, "journey.customer", count = products),
        ),
        Selection::Menu => {
            let count = experience.menu_size.unwrap_or(products).min(products);
            (Who::Customer, fill!(style, "journey.menu", count))
        }
        Selection::Firm => (Who::Firm, style.say("journey.firm").to_owned()),
    };
    let carrier = most(experience.support.respond);
    let carries = match carrier {
        Who::Firm => style.say("journey.delivers"),
        _ => style.say("journey.fetches"),
    };
    let (met, reached) = (journey.fulfilled.mean, journey.requested.mean);
    let declined = (reached - met).max(0.0);
    let needs = match declined / reached >= 0.005 {
        true => fill!(style, "journey.declined", share = share(style, declined)),
        false => style.say("journey.none_declined").to_owned(),
    };
    [
        phase(0, most(begun), notices),
        phase(1, chooser, mostly(chooses)),
        phase(2, carrier, mostly(carries.to_owned())),
        Stretch {
            parts: (met, declined),
            number: share(style, met),
            who: Who::Nobody,
            words: needs,
        },
    ]
}

fn told(view: &View<'_>, shown: &[Actor], rows: &[Row]) -> Told {
    let style = &view.style;
    let when = period_words(style, view.results.journey.closing);
    let mut caption = vec![style.say("journey.key").to_owned()];
    caption.extend(view.basis(false));
    caption.push(view.survivors());
    if view.cast.len() > shown.len() {
        let count = style.texts.grouped(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    caption.push(view.scenario_title());
    let measured = fill!(style, "journey.measured", when);
    let title = style.say("journey.title");
    let sentence = |row: &Row| match &row.bars {
        None => format!("{}: {}.", row.name, style.say("value.no_transactions")),
        Some(bars) => {
            let part = |(bar, key): (&Stretch, &str)| {
                format!(
                    "{} {}, {}",
                    style.say(key).to_lowercase(),
                    bar.number,
                    bar.words
                )
            };
            let parts: Vec<String> = bars.iter().zip(COLUMNS).map(part).collect();
            format!("{}: {}.", row.name, parts.join("; "))
        }
    };
    let described: Vec<String> = rows.iter().map(sentence).collect();
    Told {
        data: data(view, shown),
        ..view.told(title, measured, caption, described.join(" "))
    }
}

fn data(view: &View<'_>, shown: &[Actor]) -> Data {
    let mut data = Data::new(&["firm", "quantity", "mean", "low", "high"]);
    for actor in shown {
        let journey = &view.results.journey.firms[actor.firm];
        let [recognize, request, respond] = &journey.friction;
        for (quantity, estimate) in [
            ("noticed", &journey.noticed),
            ("requested", &journey.requested),
            ("fulfilled", &journey.fulfilled),
            ("begun", &journey.begun),
            ("friction_recognize", recognize),
            ("friction_request", request),
            ("friction_respond", respond),
        ] {
            data.push_estimate(&[&actor.name, &quantity], estimate);
        }
    }
    data
}
