//! More axes, or points that are no grid: the outcome against each axis, a dot per point and firm.

use super::stage::Stage;
use super::wording;
use crate::analysis::{AxisValue, SweepPoint};
use crate::chart::form::tiles::Tiles;
use crate::chart::kind::cast::Actor;
use crate::chart::kit::key::Key;
use crate::chart::kit::ticks::{self, draw_grid, draw_level_grid, draw_numbers_within, left_edge};
use crate::chart::kit::{
    ASCENT, Anchor, Axis, Canvas, Figure, Font, Frame, Ink, Point, Style, fill, theme,
};

/// Most panels; further axes are named in the caption.
const MOST: usize = 12;
/// Font of what varies.
const TITLE: Font = Font::regular(theme::TICK);
/// Most dots of a panel.
const DOTS: usize = 4000;
/// Space between two panels.
const BETWEEN: f64 = 26.0;
/// Least and greatest height of a panel.
const TALL: (f64, f64) = (165.0, 360.0);
/// Stretches of an axis over which a mean is taken.
const STRETCHES: usize = 8;
/// Most lines of a name below a panel.
const NAME_LINES: usize = 3;
/// Most lines of a panel's title, which stands below it.
const TITLE_LINES: usize = 2;

/// One panel's axis, of numbers or of names.
struct PanelAxis {
    axis: Axis,
    /// The names; none on an axis of numbers.
    names: Vec<AxisValue>,
}

/// Where panels stand, and how high each is, and the words below it.
struct ScatterLayout {
    tiles: Tiles,
    tall: f64,
    words: f64,
    height: f64,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let shown = stage.axes.len().min(MOST);
    let every = thinning(stage);
    let told = stage.told(stage.heading(true, false, remarks(stage, shown, every)));
    let frame = Frame::new(&stage.style, &told.heading);
    let means = stage.cast.iter().flat_map(|actor| stage.known(actor));
    // the same in all panels
    let y = stage.outcome.range.axis(means, [], 5, (0.0, 1.0));
    let left = left_edge([(&y, stage.outcome.format)]);
    let key = stage.key();
    let layout = ScatterLayout::new(stage, &frame, &key, left, shown);

    told.figure(&stage.style, &frame, layout.height, |canvas| {
        key.draw(canvas, frame.above());
        for number in 0..shown {
            let (left, top) = layout.tiles.corner(number);
            let x = PanelAxis::new(stage, number, (left + 8.0, left + layout.tiles.width - 8.0));
            let y = y.between((top + layout.tall, top));
            let edges = (left, left + layout.tiles.width);
            if layout.tiles.is_leftmost(number) {
                draw_grid(canvas, edges, &y, stage.outcome.format);
            } else {
                draw_level_grid(canvas, edges, &y);
            }
            draw_dots(canvas, stage, (number, every), &x, &y);
            draw_means(canvas, stage, number, &x, &y);
            x.draw_words(canvas, top + layout.tall, layout.tiles.width);
            let below = top + layout.tall + layout.words;
            let lines = TITLE.wrap_at_most(&stage.axes[number], layout.tiles.width, TITLE_LINES);
            let at = (left + layout.tiles.width / 2.0, below + ASCENT * TITLE.size);
            canvas.lines(&lines, TITLE, theme::TEXT, at, Anchor::Middle);
        }
    })
}

/// Every how manieth point is drawn.
fn thinning(stage: &Stage<'_>) -> usize {
    let dots = stage.results.points.len() * stage.cast.len();
    dots.div_ceil(DOTS).max(1)
}

/// What a caption has to add.
fn remarks(stage: &Stage<'_>, shown: usize, every: usize) -> Vec<String> {
    let style = &stage.style;
    let points = style.count("point", stage.results.points.len() as u64);
    let dots = if every > 1 {
        fill!(style, "scatter.dots_thinned", points, every)
    } else {
        fill!(style, "scatter.dots", points)
    };
    let mut all = vec![dots];
    if shown < stage.axes.len() {
        let rest = &stage.axes[shown..];
        let named = if rest.len() <= 4 {
            style.list(rest)
        } else {
            style.count("more_parameter", rest.len() as u64)
        };
        all.push(fill!(style, "scatter.not_shown", axes = named));
    }
    all
}

impl ScatterLayout {
    fn new(stage: &Stage<'_>, frame: &Frame, key: &Key, left: f64, panels: usize) -> Self {
        // a panel narrower than this has no room for its numbers
        let most = ((stage.style.width - left) / 200.0).floor().max(1.0) as usize;
        let across = match panels {
            count @ 0..=3 => count.max(1),
            4 => 2,
            _ => 3,
        };
        let edges = (left, stage.style.width - theme::RIGHT);
        let tiles = Tiles::new(panels, across.min(most), edges, BETWEEN);
        let mut words = ticks::NUMBERS;
        for number in (0..panels).filter(|&number| !stage.results.is_numeric(number)) {
            let levels = stage.results.levels(number);
            let (font, names) = name_lines(&stage.style, &levels, tiles.width);
            let most = names.iter().map(Vec::len).max().unwrap_or(0);
            words = f64::max(words, most as f64 * font.pitch() + 12.0);
        }
        let titles = stage.axes[..panels].iter();
        let titles = titles.map(|title| TITLE.wrap_at_most(title, tiles.width, TITLE_LINES).len());
        let below = words + titles.max().unwrap_or(1) as f64 * TITLE.pitch() + 14.0;
        let top = frame.above() + key.height();
        let room = stage.style.height - top - frame.below();
        let tall = (room / tiles.down as f64 - below).clamp(TALL.0, TALL.1);
        let tiles = tiles.at(top, tall + below);
        Self {
            height: (top + tiles.height() - 8.0 + frame.below()).ceil(),
            tiles,
            tall,
            words,
        }
    }
}

impl PanelAxis {
    fn new(stage: &Stage<'_>, axis: usize, pixels: (f64, f64)) -> Self {
        if !stage.results.is_numeric(axis) {
            let names = stage.results.levels(axis);
            let last = names.len().max(1) as f64 - 0.5;
            return Self {
                axis: Axis::exact(-0.5, last, 5, pixels),
                names,
            };
        }
        Self {
            axis: stage.axis(axis, 5, pixels),
            names: Vec::new(),
        }
    }

    /// The pixel of a value.
    fn at(&self, value: Option<&AxisValue>) -> Option<f64> {
        let value = value?;
        if self.names.is_empty() {
            return value.number().map(|number| self.axis.at(number));
        }
        let place = self.names.iter().position(|name| name == value)?;
        Some(self.axis.at(place as f64))
    }

    /// The stretch of the axis in which a pixel lies: a name is one of its own.
    fn stretch(&self, x: f64) -> usize {
        let (left, right) = self.axis.pixels;
        let count = if self.names.is_empty() {
            STRETCHES
        } else {
            self.names.len()
        };
        let part = (x - left) / (right - left);
        ((part * count as f64) as usize).min(count - 1)
    }

    /// Numbers or names below the panel; names take what room there is for each.
    fn draw_words(&self, canvas: &mut Canvas, bottom: f64, width: f64) {
        if self.names.is_empty() {
            // Half of the space between panels is for the numbers of each.
            let (left, right) = self.axis.pixels;
            let reach = BETWEEN / 2.0 + 4.0;
            let edges = (left - reach, right + reach);
            let format = canvas.style().number();
            draw_numbers_within(canvas, &self.axis, format, bottom, edges);
            return;
        }
        let (font, lines) = name_lines(canvas.style(), &self.names, width);
        for (number, lines) in lines.iter().enumerate() {
            let at = (
                self.axis.at(number as f64),
                bottom + 8.0 + ASCENT * font.size,
            );
            canvas.lines(lines, font, theme::TEXT, at, Anchor::Middle);
        }
    }
}

/// Names below a panel of that width, broken into lines; where there are too many, only some are shown.
fn name_lines(style: &Style, names: &[AxisValue], width: f64) -> (Font, Vec<Vec<String>>) {
    let words: Vec<String> = names
        .iter()
        .map(|name| wording::value(style, name))
        .collect();
    let room = width / names.len().max(1) as f64 - 6.0;
    let every = (36.0 / room.max(1.0)).ceil().max(1.0) as usize;
    let room = room * every as f64;
    let fits = |font: &Font| {
        let mut pieces = words
            .iter()
            .flat_map(|word| word.split_inclusive(['-', '/', '_', ' ']));
        pieces.all(|piece| font.width(piece.trim_end()) <= room)
    };
    let sizes = [theme::CAPTION, theme::CAPTION - 1.5].map(Font::regular);
    let font = sizes.into_iter().find(fits).unwrap_or(sizes[1]);
    let lines = words.iter().enumerate().map(|(number, word)| {
        if !number.is_multiple_of(every) {
            return Vec::new();
        }
        let lines = font.wrap(word, room);
        if fits(&font) && lines.len() <= NAME_LINES {
            return lines;
        }
        vec![font.shorten(word, room)]
    });
    (font, lines.collect())
}

fn draw_dots(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    (axis, every): (usize, usize),
    x: &PanelAxis,
    y: &Axis,
) {
    let drawn = stage.results.points.len() * stage.cast.len() / every;
    // The more dots, the smaller and paler.
    let (radius, opacity) = match drawn {
        0..=300 => (3.2, 0.6),
        301..=1200 => (2.4, 0.45),
        _ => (1.8, 0.35),
    };
    for point in stage.results.points.iter().step_by(every) {
        let Some(at) = x.at(point.values.get(axis)) else {
            continue;
        };
        for (actor, shift) in shifted(stage) {
            let mean = stage.estimate(actor, point).mean;
            if mean.is_finite() {
                let place = (at + shift * x.room(stage, axis), y.at(mean));
                if canvas.pen(actor.color).marker.is_some() {
                    canvas.mark(place, radius, actor.color);
                } else {
                    canvas.dot(place, radius, Ink::fill(actor.color, opacity));
                }
            }
        }
    }
}

/// The firms, those without a colour first, with the side to which each moves where points share a value.
fn shifted<'a>(stage: &'a Stage<'_>) -> impl Iterator<Item = (&'a Actor, f64)> {
    let count = stage.leaders().count().max(1) as f64;
    let others = stage
        .cast
        .iter()
        .filter(|actor| !actor.leads)
        .map(|actor| (actor, 0.0));
    let leaders = stage.leaders().enumerate();
    others.chain(leaders.map(move |(place, actor)| (actor, (place as f64 + 0.5) / count - 0.5)))
}

impl PanelAxis {
    /// Width over which dots of a shared value spread: none where every point has its own.
    fn room(&self, stage: &Stage<'_>, axis: usize) -> f64 {
        let (left, right) = self.axis.pixels;
        if !self.names.is_empty() {
            return 0.6 * (right - left) / self.names.len() as f64;
        }
        match stage.results.axes[axis].values.len() {
            levels @ 2..=12 if stage.results.grid => {
                (0.3 * (right - left) / levels as f64).min(14.0)
            }
            _ => 0.0,
        }
    }
}

/// The mean of each firm over the points of a stretch of the axis: a line, or a bar for a name.
fn draw_means(canvas: &mut Canvas, stage: &Stage<'_>, axis: usize, x: &PanelAxis, y: &Axis) {
    let room = x.room(stage, axis);
    for (actor, shift) in shifted(stage).filter(|(actor, _)| actor.leads) {
        let of = |point: &SweepPoint| {
            let mean = stage.estimate(actor, point).mean;
            let at = x.at(point.values.get(axis))?;
            mean.is_finite().then_some((at, mean))
        };
        let mut sums = vec![(0.0, 0.0, 0.0); STRETCHES.max(x.names.len())];
        for (at, mean) in stage.results.points.iter().filter_map(of) {
            let sum = &mut sums[x.stretch(at)];
            *sum = (sum.0 + at, sum.1 + mean, sum.2 + 1.0);
        }
        let means = sums.iter().filter(|sum| sum.2 > 0.0);
        let places: Vec<Point> = means
            .map(|sum| (sum.0 / sum.2, y.at(sum.1 / sum.2)))
            .collect();
        let pen = canvas.pen(actor.color);
        let ink = Ink::stroke(pen.color, theme::STROKE);
        if x.names.is_empty() {
            canvas.dashed(places, pen.dashes.unwrap_or(actor.dashes), ink);
        } else {
            let half = (0.5 * room / stage.leaders().count().max(1) as f64).max(3.0);
            for (at, mean) in places {
                let middle = at + shift * room;
                canvas.line((middle - half, mean), (middle + half, mean), ink);
            }
        }
    }
}
