//! The customers' journey through each firm: which needs get through, who acts, what friction remains.

use plotters::style::RGBColor;

use crate::analysis::{FirmJourney, Journey};
use crate::chart::kind::cast::Actor;
use crate::chart::kind::value::{largest, period_words};
use crate::chart::kind::view::View;
use crate::chart::kit::{
    ASCENT, Anchor, Canvas, Data, Figure, Font, Frame, Ink, Point, Style, Told, fill, theme,
};
use crate::scenario::{Experience, Firm, Selection};

/// Most firms; of more, those with the largest final share are shown.
const MOST: usize = 8;
/// Height of the strip that all needs would fill.
const STRIP: f64 = 36.0;
/// Space between two columns.
const GAP: f64 = 18.0;
/// Space below a row.
const BELOW: f64 = 16.0;
/// Space for the names of the phases above the first row.
const HEAD: f64 = 36.0;
/// Font of firms' names.
const NAME: Font = Font::bold(theme::LABEL);
/// Font of the names of the phases.
const PHASE: Font = Font::bold(theme::TICK);
/// Font of the words below a strip.
const WORDS: Font = Font::regular(theme::CAPTION);

/// The phases, by the keys of their names.
const PHASES: [&str; 3] = ["journey.recognize", "journey.request", "journey.respond"];

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST);
    let told = told(view, &shown);
    let frame = Frame::new(style, &told.heading);
    let columns = Columns::new(style);
    let mut rows = vec![Row::of_market(style, &view.results.journey)];
    rows.extend(shown.iter().map(|actor| Row::of_firm(view, actor)));
    let cells: Vec<[Vec<String>; 3]> = rows.iter().map(|row| row.wrapped(columns.width)).collect();

    let top = frame.above() + HEAD;
    let heights: f64 = cells.iter().map(row_height).sum();
    let height = (top + heights + frame.below()).ceil();
    told.figure(style, &frame, height, |canvas| {
        for (phase, key) in PHASES.into_iter().enumerate() {
            let at = (columns.at(phase), top - 16.0);
            let words = PHASE.shorten(style.say(key), columns.width);
            canvas.text(&words, PHASE, theme::TEXT, at, Anchor::Start);
        }
        let mut y = top;
        for (row, cells) in rows.iter().zip(&cells) {
            row.draw(canvas, &columns, cells, y);
            y += row_height(cells);
        }
    })
}

/// The three columns of phases.
struct Columns {
    width: f64,
}

impl Columns {
    fn new(style: &Style) -> Self {
        let all = style.width - theme::LEFT - theme::RIGHT;
        Self {
            width: (all - 2.0 * GAP) / 3.0,
        }
    }

    /// Where a column begins.
    fn at(&self, phase: usize) -> f64 {
        theme::LEFT + phase as f64 * (self.width + GAP)
    }
}

/// A strip with its words.
struct Row {
    name: String,
    color: RGBColor,
    /// Part of all needs at the start and at the end of each phase.
    parts: [(f64, f64); 3],
    /// Of what enters, the part that the firm noticed.
    noticed: f64,
    words: [Vec<String>; 3],
}

impl Row {
    fn of_market(style: &Style, journey: &Journey) -> Self {
        let (recognized, fulfilled) = (journey.recognized.mean, journey.fulfilled.mean);
        let say = |key, part: f64| vec![fill!(style, key, share = share(style, part))];
        Self {
            name: style.say("journey.all").to_owned(),
            color: theme::QUIET,
            parts: [
                (1.0, recognized),
                (recognized, fulfilled),
                (fulfilled, fulfilled),
            ],
            noticed: 1.0,
            words: [
                say("journey.recognized", recognized),
                say("journey.unasked", recognized - fulfilled),
                say("journey.fulfilled", fulfilled),
            ],
        }
    }

    fn of_firm(view: &View<'_>, actor: &Actor) -> Self {
        let style = &view.style;
        let journey = &view.results.journey.firms[actor.firm];
        let (entered, fulfilled) = (journey.requested.mean, journey.fulfilled.mean);
        let words = match &journey.experience {
            Some((_, experience)) => firm_words(view, actor, journey, experience),
            None => [
                vec![style.say("value.no_transactions").to_owned()],
                Vec::new(),
                Vec::new(),
            ],
        };
        Self {
            name: actor.name.clone(),
            color: actor.ink(),
            parts: [
                (entered, entered),
                (entered, fulfilled),
                (fulfilled, fulfilled),
            ],
            // what it proposed, and what it was asked for without having noticed
            noticed: journey.noticed.mean / entered,
            words,
        }
    }

    /// The words of each phase, broken into lines.
    fn wrapped(&self, width: f64) -> [Vec<String>; 3] {
        self.words.each_ref().map(|sentences| {
            let lines = sentences.iter().map(|words| WORDS.wrap(words, width));
            lines.flatten().collect()
        })
    }

    fn draw(&self, canvas: &mut Canvas, columns: &Columns, cells: &[Vec<String>; 3], top: f64) {
        let baseline = top + ASCENT * NAME.size;
        let room = 3.0 * columns.width + 2.0 * GAP;
        let name = NAME.shorten(&self.name, room);
        canvas.text(
            &name,
            NAME,
            self.color,
            (theme::LEFT, baseline),
            Anchor::Start,
        );
        let strip = top + NAME.pitch() + 4.0;
        let base = strip + STRIP;
        for phase in 0..3 {
            let (left, right) = (columns.at(phase), columns.at(phase) + columns.width);
            let ground = Ink::fill(theme::GRID, 0.55);
            canvas.rectangle((left, strip), (right, base), ground);
            let (start, end) = self.parts[phase];
            if !(start + end).is_finite() {
                continue;
            }
            let stretch = |low: f64, high: f64| -> Vec<Point> {
                let y = |part: f64| base - STRIP * part.clamp(0.0, 1.0);
                vec![
                    (left, y(low * start)),
                    (left, y(high * start)),
                    (right, y(high * end)),
                    (right, y(low * end)),
                ]
            };
            // only of recognition is it told who did it
            let solid = if phase == 0 {
                self.noticed.clamp(0.0, 1.0)
            } else {
                1.0
            };
            if solid < 1.0 {
                canvas.area(stretch(solid, 1.0), Ink::fill(self.color, 0.45));
            }
            if solid > 0.0 {
                canvas.area(stretch(0.0, solid), Ink::fill(self.color, 1.0));
            }
        }
        for (phase, lines) in cells.iter().enumerate() {
            let at = (columns.at(phase), base + WORDS.pitch());
            canvas.lines(lines, WORDS, theme::TEXT, at, Anchor::Start);
        }
    }
}

/// Height of a row with the space below it.
fn row_height(cells: &[Vec<String>; 3]) -> f64 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    NAME.pitch() + 4.0 + STRIP + (lines as f64 + 0.4) * WORDS.pitch() + BELOW
}

/// A part of all needs in words.
fn share(style: &Style, part: f64) -> String {
    style.percent().write(part, if part < 0.1 { 1 } else { 0 })
}

/// What a firm does in each phase, and the friction that it leaves.
fn firm_words(
    view: &View<'_>,
    actor: &Actor,
    journey: &FirmJourney,
    experience: &Experience,
) -> [Vec<String>; 3] {
    let style = &view.style;
    let share = |part: f64| share(style, part);
    let friction = |phase: usize| {
        let write = |value: f64| style.number().write(value, 3);
        let (left, all) = (
            journey.friction[phase].mean,
            view.results.journey.friction[phase],
        );
        fill!(
            style,
            "journey.friction",
            left = write(left),
            all = write(all)
        )
    };
    let named = |firm: &&Firm| firm.name == view.results.firms[actor.firm].name;
    let assortment = view
        .scenario
        .firms
        .iter()
        .find(named)
        .map_or(0, |firm| firm.assortment);
    let who = match experience.selection {
        Selection::Customer => fill!(style, "journey.customer", count = assortment),
        Selection::Menu => {
            let menu = experience.menu_size.unwrap_or(assortment).min(assortment);
            fill!(style, "journey.menu", count = menu)
        }
        Selection::Firm => style.say("journey.firm").to_owned(),
    };
    let declined = 1.0 - journey.fulfilled.mean / journey.requested.mean;
    let mut request = vec![who];
    if declined >= 0.005 {
        request.push(fill!(style, "journey.declined", share = share(declined)));
    }
    request.push(friction(1));
    let begun = journey.begun.mean;
    let notices = if begun > 0.0 {
        fill!(style, "journey.notices", share = share(begun))
    } else {
        style.say("journey.unnoticed").to_owned()
    };
    let reach = [(
        "share",
        &share(journey.requested.mean) as &dyn std::fmt::Display,
    )];
    let met = [(
        "share",
        &share(journey.fulfilled.mean) as &dyn std::fmt::Display,
    )];
    [
        vec![style.fill("journey.reach", &reach), notices, friction(0)],
        request,
        vec![style.fill("journey.fulfilled", &met), friction(2)],
    ]
}

fn told(view: &View<'_>, shown: &[Actor]) -> Told {
    let style = &view.style;
    let when = period_words(style, view.results.journey.closing);
    let mut caption = view.basis(false);
    if view.cast.len() > shown.len() {
        let count = style.texts.grouped(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    caption.push(style.say("journey.key").to_owned());
    caption.push(view.scenario_title());
    let measured = fill!(style, "journey.measured", when);
    let description = description(view, shown);
    Told {
        data: data(view, shown),
        ..view.told(style.say("journey.title"), measured, caption, description)
    }
}

fn description(view: &View<'_>, shown: &[Actor]) -> String {
    let style = &view.style;
    let journey = &view.results.journey;
    let all = Row::of_market(style, journey);
    let sentence = |row: &Row| {
        let words: Vec<String> = row.words.iter().flatten().cloned().collect();
        format!("{}: {}.", row.name, words.join("; "))
    };
    let firms = shown.iter().map(|actor| Row::of_firm(view, actor));
    let sentences: Vec<String> = std::iter::once(all)
        .chain(firms)
        .map(|row| sentence(&row))
        .collect();
    sentences.join(" ")
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
            data.push_estimate(&[&actor.name, &quantity.to_owned()], estimate);
        }
    }
    data
}
