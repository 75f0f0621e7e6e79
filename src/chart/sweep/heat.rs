//! Two axes on a grid: a heat map of the outcome for every firm, all in the same colours.

use super::matrix::{self, Matrix, Plot};
use super::scale::{self, Scale};
use super::stage::Stage;
use crate::chart::Figure;
use crate::chart::canvas::{Anchor, Canvas};
use crate::chart::cast::Actor;
use crate::chart::frame::Frame;
use crate::chart::text::{ASCENT, Font};
use crate::chart::{Style, theme, ticks};

/// Most firms that have a map.
const MOST: usize = 8;
/// Space between two maps.
const BETWEEN: f64 = 18.0;
/// Width of the bar of colours.
const BAR: f64 = 300.0;
/// Most lines of a firm's name.
const NAME_LINES: usize = 3;

/// Where maps stand.
struct Layout {
    frame: Frame,
    names: Font,
    /// Maps in a row, rows of maps.
    across: usize,
    down: usize,
    /// Width and height of a map.
    size: (f64, f64),
    left: f64,
    /// Height of the firms' names above maps.
    title: f64,
    legend: Vec<String>,
    height: f64,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let shown = largest(stage);
    let matrix = Matrix::new(stage);
    let mut also = Vec::new();
    if shown.len() < stage.cast.len() {
        let count = stage.style.texts.number_in_words(MOST as u64);
        also.push(stage.style.fill("heat.largest", &[("count", &count)]));
    }
    let is_silent = |actor: &&Actor| stage.known(actor).count() < stage.results.points.len();
    if shown.iter().any(is_silent) {
        also.push(stage.style.say("heat.struck").to_owned());
    }
    let heading = stage.heading(false, false, also);
    let layout = Layout::new(
        &stage.style,
        Frame::new(&stage.style, &heading),
        &matrix,
        &shown,
    );
    let range = stage.range(shown.iter().copied());
    let outcome = &stage.outcome;
    let scale = Scale::new(range, outcome.limits, outcome.from_zero, outcome.format);

    let mut canvas = Canvas::new(&stage.style, layout.height);
    layout.frame.draw(&mut canvas, layout.height);
    layout.draw_axes(&mut canvas, stage, &matrix, &scale);
    for (number, actor) in shown.iter().enumerate() {
        let plot = layout.plot(&matrix, number);
        layout.draw_name(&mut canvas, actor, &plot);
        draw_cells(&mut canvas, stage, actor, &matrix, &plot, &scale);
        if number % layout.across == 0 {
            matrix.draw_rows(&mut canvas, &plot);
        }
        if number + layout.across >= shown.len() {
            matrix.draw_columns(&mut canvas, &plot);
        }
    }
    canvas
        .finish(&stage.name, &heading.title, &stage.description())
        .with_data(stage.data())
}

/// The largest firms, in the order of the results.
fn largest<'a>(stage: &'a Stage<'_>) -> Vec<&'a Actor> {
    let mut shown: Vec<&Actor> = stage.cast.iter().collect();
    shown.sort_by(|a, b| stage.sizes[b.firm].total_cmp(&stage.sizes[a.firm]));
    shown.truncate(MOST);
    shown.sort_by_key(|actor| actor.firm);
    shown
}

impl Layout {
    /// Maps share the width; they are as high as the figure's usual height allows, or higher where there
    /// are two rows of maps or many rows of cells.
    fn new(style: &Style, frame: Frame, matrix: &Matrix, shown: &[&Actor]) -> Self {
        // a map narrower than this shows little
        let most = (style.width / 190.0).floor().max(1.0) as usize;
        let across = match shown.len() {
            count @ 0..=4 => count.max(1),
            5 | 6 => 3,
            _ => 4,
        };
        let across = match across.min(most) {
            // as many in every row
            3 if shown.len() == 4 => 2,
            across => across,
        };
        let down = shown.len().div_ceil(across).max(1);
        let left = theme::LEFT.max(matrix.row_margin() + 24.0);
        let gaps = BETWEEN * (across as f64 - 1.0);
        let width = (style.width - theme::RIGHT - left - gaps) / across as f64;
        let cell = width / matrix.columns.len().max(1) as f64;
        let legend = matrix.legend(cell, style.width - theme::RIGHT - theme::LEFT);

        let names = Font::bold(if down > 1 || across > 3 {
            theme::TICK
        } else {
            theme::LABEL
        });
        let lines = shown
            .iter()
            .map(|actor| name_lines(names, &actor.name, width).len());
        let title = lines.max().unwrap_or(1) as f64 * names.pitch() + 6.0;

        let rows = down as f64;
        let around = frame.above()
            + scale::HEIGHT
            + (title + BETWEEN) * rows
            + ticks::NUMBERS
            + ticks::TITLE
            + Matrix::legend_height(&legend)
            + frame.below();
        let room = (style.height - around + BETWEEN) / rows;
        let tall = room
            .max(0.85 * width.min(240.0))
            .min(1.25 * width)
            .max(matrix.least_height());
        Self {
            frame,
            names,
            across,
            down,
            size: (width, tall),
            left,
            title,
            legend,
            height: (around - BETWEEN + tall * rows).ceil(),
        }
    }

    fn plot(&self, matrix: &Matrix, number: usize) -> Plot {
        let (width, tall) = self.size;
        let (column, row) = (number % self.across, number / self.across);
        let left = self.left + column as f64 * (width + BETWEEN);
        let pitch = self.title + tall + BETWEEN;
        let top = self.frame.above() + scale::HEIGHT + row as f64 * pitch + self.title;
        Plot::new(matrix, (left, top), (left + width, top + tall))
    }

    fn draw_name(&self, canvas: &mut Canvas, actor: &Actor, plot: &Plot) {
        let lines = name_lines(self.names, &actor.name, plot.right - plot.left);
        let above = (lines.len() as f64 - 1.0) * self.names.pitch();
        let at = (plot.left, plot.top - 8.0 - above);
        let color = if actor.leads {
            actor.color
        } else {
            theme::QUIET
        };
        canvas.lines(&lines, self.names, color, at, Anchor::Start);
    }

    /// What the two axes are, and the bar of colours.
    fn draw_axes(&self, canvas: &mut Canvas, stage: &Stage<'_>, matrix: &Matrix, scale: &Scale) {
        let font = Font::regular(theme::TICK);
        let top = self.frame.above();
        let right = canvas.width() - theme::RIGHT;
        let bar = (right - stage.style.part(BAR), right - 16.0);
        scale.draw(canvas, bar, top);
        let outcome = &stage.outcome;
        let small = Font::regular(theme::CAPTION);
        let before = bar.0 - 36.0;
        let first = top + ASCENT * font.size;
        let up = format!("↑ {}", stage.axes[matrix.up]);
        let mut taken = font.width(outcome.title).max(small.width(outcome.unit));
        if before - taken - theme::LEFT - 24.0 < font.width(&up).min(60.0) {
            taken = 0.0; // on a narrow sheet title and subtitle must say what the colours are
        } else {
            let end = (before, first);
            canvas.text(outcome.title, font, theme::TEXT, end, Anchor::End);
            let second = (before, first + font.pitch());
            canvas.text(outcome.unit, small, theme::TEXT, second, Anchor::End);
        }
        let up = font.shorten(&up, before - taken - theme::LEFT - 24.0);
        let at = (theme::LEFT, top + ASCENT * font.size);
        canvas.text(&up, font, theme::TEXT, at, Anchor::Start);

        let last = self.plot(matrix, (self.down - 1) * self.across);
        let across = format!("{} →", stage.axes[matrix.across]);
        let across = font.shorten(&across, right - self.left);
        let middle = f64::midpoint(self.left, right);
        let baseline = last.bottom + ticks::NUMBERS + ASCENT * font.size;
        canvas.text(
            &across,
            font,
            theme::TEXT,
            (middle, baseline),
            Anchor::Middle,
        );
        let below = last.bottom + ticks::NUMBERS + ticks::TITLE + 2.0;
        Matrix::draw_legend(canvas, &self.legend, (theme::LEFT, below));
    }
}

/// A firm's name above its map; a very long one is shortened in its middle.
fn name_lines(font: Font, name: &str, width: f64) -> Vec<String> {
    let lines = font.wrap_evenly(name, width);
    if lines.len() <= NAME_LINES {
        return lines;
    }
    let short = font.shorten(name, (NAME_LINES as f64 - 0.5) * width);
    let mut lines = font.wrap(&short, width);
    lines.truncate(NAME_LINES);
    lines
}

fn draw_cells(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    actor: &Actor,
    matrix: &Matrix,
    plot: &Plot,
    scale: &Scale,
) {
    let mut numbers = Vec::new();
    for column in 0..matrix.columns.len() {
        for row in 0..matrix.rows.len() {
            let point = matrix
                .point(column, row)
                .map(|number| &stage.results.points[number]);
            let mean = point.map_or(f64::NAN, |point| stage.estimate(actor, point).mean);
            if mean.is_finite() {
                let (from, to) = plot.corners(column, row);
                canvas.rectangle(from, to, matrix::solid(scale.color(mean)));
                numbers.push((plot.middle(column, row), mean));
            } else {
                plot.draw_empty(canvas, column, row);
            }
        }
    }
    // Numbers in the cells where all of them fit.
    let font = Font::regular(theme::TICK);
    let (width, height) = plot.cell_size();
    let texts: Vec<String> = numbers.iter().map(|(_, mean)| scale.words(*mean)).collect();
    if font.widest(&texts) + 8.0 <= width && font.pitch() + 2.0 <= height {
        for ((middle, mean), text) in numbers.iter().zip(&texts) {
            let at = (middle.0, middle.1 + 0.36 * font.size);
            canvas.text(text, font, scale.ink(*mean), at, Anchor::Middle);
        }
    }
}
