//! The wheel of each firm: how interactions, knowledge, fit and value grow, station by station, over three moments.

use crate::analysis::{Estimate, Turn};
use crate::chart::kind::cast::Actor;
use crate::chart::kind::value::{largest, period_words};
use crate::chart::kind::view::View;
use crate::chart::kit::key::flow;
use crate::chart::kit::{
    ASCENT, Anchor, Canvas, DESCENT, Data, Figure, Font, Frame, Ink, Point, Style, Told, fill,
    theme,
};

/// Most wheels; of more firms, those with the largest final share are shown.
const MOST: usize = 8;
/// Least and greatest radius of a wheel.
const RADIUS: (f64, f64) = (40.0, 78.0);
/// Greatest width of the same.
const WIDEST: f64 = 470.0;
/// Font of firms' names.
const NAME: Font = Font::bold(theme::LABEL);
/// Font of the names around a wheel.
const NODE: Font = Font::bold(theme::CAPTION);
/// Font of the key.
const KEY_FONT: Font = Font::bold(theme::TICK);
/// Font of the numbers around a wheel.
const NUMBER: Font = Font::regular(theme::CAPTION);
/// Space between a wheel and its words: that of the bars on its rim.
const BESIDE: f64 = 26.0;
/// Space below a wheel with its words.
const BELOW: f64 = 20.0;
/// Width of a bar, and the height of one that reaches the scale's end.
const BAR: (f64, f64) = (10.0, 38.0);
/// How dark the bars of the three moments are.
const MOMENTS: [f64; 3] = [0.35, 0.6, 1.0];
/// Space below the key.
const KEY: f64 = 14.0;

/// What turns: from the top on, clockwise.
const NODES: [Node; 4] = [
    Node {
        key: "wheel.interactions",
        of: |turn| turn.interactions,
        column: "interactions",
        direction: (0.0, -1.0),
    },
    Node {
        key: "fit.knowledge",
        of: |turn| turn.knowledge,
        column: "knowledge",
        direction: (1.0, 0.0),
    },
    Node {
        key: "fit.fit",
        of: |turn| turn.fit,
        column: "fit",
        direction: (0.0, 1.0),
    },
    Node {
        key: "wheel.value",
        of: |turn| turn.value,
        column: "value_created",
        direction: (-1.0, 0.0),
    },
];

struct Node {
    key: &'static str,
    of: fn(&Turn) -> Estimate,
    column: &'static str,
    /// From the centre of the wheel.
    direction: Point,
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST);
    let told = told(view, &shown);
    let frame = Frame::new(style, &told.heading);
    let key = key(view);
    let lines = key.last().map_or(1, |(_, (line, _))| line + 1) as f64;
    let top = frame.above() + lines * KEY_FONT.pitch() + KEY;
    let mut sheet = WheelSheet::new(view, &shown);
    let rows = shown.len().div_ceil(sheet.columns).max(1);
    if style.theme.keeps_shape {
        sheet.fill((style.height - top - frame.below()) / rows as f64);
    }
    let height = (top + rows as f64 * sheet.row + frame.below()).ceil();
    told.figure(style, &frame, height, |canvas| {
        draw_key(canvas, &key, frame.above());
        for (number, actor) in shown.iter().enumerate() {
            let (column, row) = (number % sheet.columns, number / sheet.columns);
            let left = theme::LEFT + column as f64 * sheet.width;
            let at = (left, top + row as f64 * sheet.row);
            sheet.draw(canvas, view, actor, at);
        }
    })
}

/// Sizes that all wheels of a sheet share.
struct WheelSheet {
    columns: usize,
    /// Width of a wheel with its words.
    width: f64,
    radius: f64,
    /// Width of the names beside a wheel.
    beside: f64,
    /// Height of a wheel with its words.
    row: f64,
    /// The value of each node that lies on the rim.
    rims: [f64; 4],
}

impl WheelSheet {
    fn new(view: &View<'_>, shown: &[Actor]) -> Self {
        let room = view.style.width - theme::LEFT - theme::RIGHT;
        // names stand whole on both sides
        let names = [1, 3].map(|position: usize| NODE.width(view.style.say(NODES[position].key)));
        let beside = names[0].max(names[1]) + BESIDE + 9.0;
        let most = (room / (2.0 * (beside + RADIUS.0))).floor().max(1.0) as usize;
        let keeps_shape = view.style.theme.keeps_shape;
        // a wide sheet is better filled by two rows of few wheels than by one of many
        let most = match shown.len() {
            many @ 4.. if keeps_shape => most.min(many.div_ceil(2)),
            _ => most,
        };
        let rows = shown.len().max(1).div_ceil(most);
        let columns = shown.len().max(1).div_ceil(rows);
        let width = room / columns as f64;
        let width = if keeps_shape {
            width
        } else {
            width.min(WIDEST)
        };
        let turns = || {
            let firms = shown
                .iter()
                .map(|actor| &view.results.journey.firms[actor.firm]);
            firms.flat_map(|firm| &firm.wheel)
        };
        let rim = |node: &Node| {
            let values = turns().map(|turn| (node.of)(turn).mean);
            let greatest = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
            if greatest > 0.0 { greatest } else { 1.0 }
        };
        let [interactions, _, _, value] = NODES.each_ref().map(rim);
        let mut sheet = Self {
            columns,
            width,
            radius: (0.19 * width)
                .min(width / 2.0 - beside)
                .clamp(RADIUS.0, RADIUS.1),
            beside,
            row: 0.0,
            rims: [interactions, 1.0, 1.0, value],
        };
        let words = |position: usize| {
            let lines = shown
                .iter()
                .map(|actor| sheet.numbers(view, actor, position).len());
            lines.max().unwrap_or(0) as f64 + 1.0
        };
        let above = NAME.pitch() + 8.0 + words(0) * NUMBER.pitch() + BESIDE;
        let below = BESIDE + words(2) * NUMBER.pitch();
        let beside = words(1).max(words(3)) * NUMBER.pitch() - sheet.radius * 2.0;
        sheet.row = above + 2.0 * sheet.radius + below.max(beside / 2.0) + BELOW;
        sheet
    }

    /// Grows or shrinks into rows of that height, as far as the words beside a wheel leave room and its bars need it.
    fn fill(&mut self, row: f64) {
        let widest = (self.width / 2.0 - self.beside - 20.0).min(1.8 * RADIUS.1);
        let wanted = self.radius + (row - self.row) / 2.0;
        let radius = wanted.min(widest).max(RADIUS.0);
        self.row = (self.row + 2.0 * (radius - self.radius)).max(row);
        self.radius = radius;
    }

    /// Width of the words at a node.
    fn room(&self, position: usize) -> f64 {
        if position.is_multiple_of(2) {
            self.width - 16.0
        } else {
            self.width / 2.0 - self.radius - BESIDE - 8.0
        }
    }

    /// The numbers of a node at the three moments, in lines.
    fn numbers(&self, view: &View<'_>, actor: &Actor, position: usize) -> Vec<String> {
        let wheel = &view.results.journey.firms[actor.firm].wheel;
        let values = wheel.each_ref().map(|turn| (NODES[position].of)(turn).mean);
        let numbers = values.map(|value| number(&view.style, position, value));
        // a line begins with the arrow that leads to its number
        NUMBER.wrap(&numbers.join(" →\u{a0}"), self.room(position))
    }

    fn draw(&self, canvas: &mut Canvas, view: &View<'_>, actor: &Actor, (left, top): Point) {
        let style = &view.style;
        let color = actor.ink();
        let middle = left + self.width / 2.0;
        let name = NAME.shorten(&actor.name, self.width - 16.0);
        let baseline = top + ASCENT * NAME.size;
        canvas.text(&name, NAME, color, (middle, baseline), Anchor::Middle);
        let above = self.numbers(view, actor, 0);
        let words = (above.len() as f64 + 1.0) * NUMBER.pitch();
        let centre = (
            middle,
            top + NAME.pitch() + 8.0 + words + BESIDE + self.radius,
        );
        self.draw_rim(canvas, centre);
        for position in 0..NODES.len() {
            self.draw_bars(canvas, view, actor, position, centre);
        }
        for (position, node) in NODES.iter().enumerate() {
            let mut lines = vec![NODE.shorten(style.say(node.key), self.room(position))];
            lines.extend(self.numbers(view, actor, position));
            self.draw_words(canvas, position, &lines, centre);
        }
    }

    /// A bar for each moment on the rim, on the same scale for all firms.
    fn draw_bars(
        &self,
        canvas: &mut Canvas,
        view: &View<'_>,
        actor: &Actor,
        position: usize,
        (x, y): Point,
    ) {
        let (node, rim) = (&NODES[position], self.rims[position]);
        let (right, down) = node.direction;
        let (x, base) = (
            x + self.radius * right,
            y + self.radius * down + BAR.1 / 2.0,
        );
        let half = 1.5 * BAR.0 + 2.0;
        let ground = Ink::fill(theme::PAPER, 1.0);
        canvas.rectangle(
            (x - half - 4.0, base - BAR.1 - 3.0),
            (x + half + 4.0, base + 3.0),
            ground,
        );
        let wheel = &view.results.journey.firms[actor.firm].wheel;
        for (moment, turn) in wheel.iter().enumerate() {
            let value = (node.of)(turn).mean;
            if value.is_finite() {
                let left = x - half + moment as f64 * (BAR.0 + 2.0);
                let top = base - BAR.1 * (value / rim).clamp(0.02, 1.0);
                let ink = Ink::fill(actor.ink(), MOMENTS[moment]);
                canvas.rectangle((left, top), (left + BAR.0, base), ink);
            }
        }
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((x - half, base), (x + half, base), ink);
    }

    /// A circle with an arrow head between every two nodes, and spokes.
    fn draw_rim(&self, canvas: &mut Canvas, (x, y): Point) {
        let at = |degrees: f64, radius: f64| {
            let (sine, cosine) = libm::sincos(degrees.to_radians());
            (x + radius * cosine, y + radius * sine)
        };
        let circle = (0..=72)
            .map(|step| at(f64::from(step) * 5.0, self.radius))
            .collect();
        canvas.path(circle, Ink::stroke(theme::GRID, 1.4));
        for degrees in [45.0, 135.0, 225.0, 315.0] {
            let head = vec![
                at(degrees + 5.5, self.radius),
                at(degrees - 5.5, self.radius + 4.5),
                at(degrees - 5.5, self.radius - 4.5),
            ];
            canvas.area(head, Ink::fill(theme::AXIS, 1.0));
        }
    }

    /// Name and numbers of a node outside the rim.
    fn draw_words(&self, canvas: &mut Canvas, position: usize, lines: &[String], (x, y): Point) {
        let high = (lines.len() as f64 - 1.0) * NUMBER.pitch();
        let far = self.radius + BESIDE;
        let (start, first, anchor) = match position {
            0 => (x, y - far - DESCENT * NUMBER.size - high, Anchor::Middle),
            1 => (x + far, y - high / 2.0 + 0.3 * NUMBER.size, Anchor::Start),
            2 => (x, y + far + ASCENT * NUMBER.size, Anchor::Middle),
            _ => (x - far, y - high / 2.0 + 0.3 * NUMBER.size, Anchor::End),
        };
        let mut baseline = first;
        for (number, line) in lines.iter().enumerate() {
            let font = if number == 0 { NODE } else { NUMBER };
            canvas.text(line, font, theme::TEXT, (start, baseline), anchor);
            baseline += NUMBER.pitch();
        }
    }
}

/// A number of a node.
fn number(style: &Style, position: usize, value: f64) -> String {
    if value.is_nan() {
        "–".to_owned()
    } else if position == 0 {
        style
            .number()
            .write(value, if value < 10.0 { 1 } else { 0 })
    } else {
        style.number().write(value, 2)
    }
}

/// The moments in words, each with its line and left edge.
fn key(view: &View<'_>) -> Vec<(String, (usize, f64))> {
    let moments = view.results.journey.moments;
    let words = moments.map(|span| period_words(&view.style, span));
    let widths = words.each_ref().map(|words| KEY_FONT.width(words) + 17.0);
    let edges = (theme::LEFT, view.style.width - theme::RIGHT);
    words.into_iter().zip(flow(&widths, edges, 20.0)).collect()
}

fn draw_key(canvas: &mut Canvas, key: &[(String, (usize, f64))], top: f64) {
    for ((words, (line, left)), shade) in key.iter().zip(MOMENTS) {
        let baseline = top + ASCENT * KEY_FONT.size + *line as f64 * KEY_FONT.pitch();
        let corner = (*left, baseline - 10.5);
        canvas.rectangle(
            corner,
            (left + 11.0, baseline + 0.5),
            Ink::fill(theme::INK, shade),
        );
        let at = (left + 17.0, baseline);
        canvas.text(words, KEY_FONT, theme::TEXT, at, Anchor::Start);
    }
}

fn told(view: &View<'_>, shown: &[Actor]) -> Told {
    let style = &view.style;
    let mut caption = Vec::new();
    caption.extend(view.basis(false));
    caption.push(view.survivors());
    if view.cast.len() > shown.len() {
        let count = style.texts.grouped(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    caption.push(view.scenario_title());
    let measured = style.say("wheel.measured").to_owned();
    let description = description(view, shown);
    Told {
        data: data(view, shown),
        ..view.told(style.say("wheel.title"), measured, caption, description)
    }
}

fn description(view: &View<'_>, shown: &[Actor]) -> String {
    let style = &view.style;
    let firm = |actor: &Actor| {
        let wheel = &view.results.journey.firms[actor.firm].wheel;
        let node = |(position, node): (usize, &Node)| {
            let values = wheel.each_ref().map(|turn| (node.of)(turn).mean);
            let numbers = values
                .map(|value| number(style, position, value))
                .join(", ");
            format!("{} {numbers}", style.say(node.key).to_lowercase())
        };
        let nodes: Vec<String> = NODES.iter().enumerate().map(node).collect();
        format!("{}: {}.", actor.name, nodes.join("; "))
    };
    let sentences: Vec<String> = shown.iter().map(firm).collect();
    sentences.join(" ")
}

fn data(view: &View<'_>, shown: &[Actor]) -> Data {
    let columns = ["firm", "from", "to", "quantity", "mean", "low", "high"];
    let mut data = Data::new(&columns);
    let moments = &view.results.journey.moments;
    for actor in shown {
        let wheel = &view.results.journey.firms[actor.firm].wheel;
        for (turn, (from, to)) in wheel.iter().zip(moments) {
            for node in &NODES {
                let quantity = node.column.to_owned();
                data.push_estimate(&[&actor.name, from, to, &quantity], &(node.of)(turn));
            }
        }
    }
    data
}
