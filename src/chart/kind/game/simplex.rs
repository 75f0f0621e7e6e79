//! Three strategies of equal players: the replicator dynamics on the triangle of all mixtures.

use super::Stage;
use crate::analysis::game::{Field, Mixture, velocity};
use crate::chart::kit::{
    ASCENT, Anchor, Canvas, Figure, Font, Frame, Ink, Point, fill, places, theme,
};

/// Side of the triangle, on a sheet of the usual width.
const SIDE: f64 = 430.0;
/// Height of the triangle over its side: half the root of 3.
const HIGH: f64 = 0.866_025_403_784_438_6;
/// Arrows along a side.
const ARROWS: u32 = 13;
/// Length of an arrow where the flow is fastest, and the least.
const LENGTH: (f64, f64) = (30.0, 7.0);
/// Pieces of an arrow.
const PIECES: u32 = 8;
/// Space for a name above the triangle, and below it.
const ABOVE: f64 = 36.0;
const BELOW: f64 = 44.0;
/// Most equilibria that are listed.
const LISTED: usize = 6;
/// Names of strategies at the corners.
const NAME: Font = Font::bold(theme::LABEL);
/// Numbers of equilibria.
const NUMBER: Font = Font::bold(theme::LABEL);

/// The triangle with its flow.
struct Triangle {
    field: Field,
    /// Left and upper edge.
    left: f64,
    top: f64,
    side: f64,
}

/// Draws the chart; none for other games.
pub fn draw(stage: &Stage<'_>) -> Option<Figure> {
    let is_one = stage.shape.roles().len() == 1 && stage.players() > 1;
    let mixtures = stage.game.mixtures.as_ref()?;
    if !is_one || stage.shape.strategies() != 3 {
        return None;
    }
    let payoff = |profile: usize, slot: usize| {
        let mut standings = stage.game.judgements[profile].standings.iter();
        let standing = standings.find(|standing| standing.slot == slot);
        standing.map_or(f64::NAN, |standing| standing.payoff.mean)
    };
    let field = Field::new(stage.shape, payoff)?;
    let heading = stage.heading(
        stage.style.say("game.flow").to_owned(),
        stage.style.say("game.flow_measured").to_owned(),
        also(stage),
    );
    let frame = Frame::new(&stage.style, &heading);
    let top = frame.above() + ABOVE;
    let side = stage.style.part(SIDE);
    let height = (top + side * HIGH + BELOW + frame.below()).ceil();
    let triangle = Triangle {
        field,
        left: theme::LEFT + 40.0,
        top,
        side,
    };
    let mut canvas = Canvas::new(&stage.style, height);
    frame.draw(&mut canvas, height);
    triangle.draw_edges(&mut canvas);
    triangle.draw_arrows(&mut canvas);
    triangle.draw_corners(&mut canvas, stage);
    let numbered: Vec<&Mixture> = mixtures.all.iter().take(LISTED).collect();
    triangle.draw_equilibria(&mut canvas, &numbered);
    let left = triangle.left + side + stage.style.part(70.0);
    let bounds = (left, stage.style.width - theme::RIGHT);
    draw_list(&mut canvas, stage, &numbered, bounds, frame.above() + ABOVE);
    let name = stage.name("-simplex");
    let figure = canvas.finish(&name, &heading.title, &stage.description());
    Some(figure.with_data(stage.data()))
}

fn also(stage: &Stage<'_>) -> Vec<String> {
    let style = &stage.style;
    let starts = crate::analysis::game::STARTS;
    let mut also = vec![fill!(style, "game.arrows", starts)];
    if let Some(mixtures) = &stage.game.mixtures {
        if mixtures.moving > 0.0 {
            let share = style.percent().write(mixtures.moving, 0);
            also.push(fill!(style, "game.moving", share));
        }
        if mixtures.all.len() > LISTED {
            also.push(fill!(
                style,
                "game.listed",
                shown = LISTED,
                all = mixtures.all.len()
            ));
        }
    }
    also
}

impl Triangle {
    /// The place of a mixture: the first strategy at the top, then lower left and lower right.
    fn at(&self, state: &[f64]) -> Point {
        let x = self.left + self.side * (0.5 * state[0] + state[2]);
        let y = self.top + self.side * HIGH * (1.0 - state[0]);
        (x, y)
    }

    fn draw_edges(&self, canvas: &mut Canvas) {
        let corners = [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
            [1.0, 0.0, 0.0],
        ];
        let path = corners.iter().map(|corner| self.at(corner)).collect();
        canvas.path(path, Ink::stroke(theme::AXIS, 1.4));
    }

    /// Arrows from a lattice of mixtures inside.
    fn draw_arrows(&self, canvas: &mut Canvas) {
        let lattice = || {
            (0..ARROWS)
                .flat_map(|a| (0..ARROWS - a).map(move |b| (a, b)))
                .map(|(a, b)| {
                    let whole = f64::from(ARROWS - 1) + 1.5;
                    let (a, b) = (f64::from(a) + 0.5, f64::from(b) + 0.5);
                    [a / whole, b / whole, 1.0 - (a + b) / whole]
                })
        };
        let fastest = lattice()
            .map(|state| self.speed(&state))
            .fold(0.0, f64::max);
        if fastest <= 0.0 {
            return;
        }
        for state in lattice() {
            let part = (self.speed(&state) / fastest).sqrt();
            let length = (LENGTH.0 * part).max(LENGTH.1);
            self.draw_arrow(canvas, state, length);
        }
    }

    /// How fast a mixture moves, in pixels.
    fn speed(&self, state: &[f64]) -> f64 {
        let (across, down) = self.direction(state);
        libm::hypot(across, down)
    }

    fn direction(&self, state: &[f64]) -> Point {
        let change = velocity(&self.field, state);
        (
            self.side * (0.5 * change[0] + change[2]),
            -self.side * HIGH * change[0],
        )
    }

    /// An arrow of that length which follows the flow from a mixture on; it ends where the flow does.
    fn draw_arrow(&self, canvas: &mut Canvas, mut state: [f64; 3], length: f64) {
        let piece = length / f64::from(PIECES);
        let mut path = vec![self.at(&state)];
        for _ in 0..PIECES {
            let (change, speed) = (velocity(&self.field, &state), self.speed(&state));
            if speed < 1e-9 {
                break;
            }
            for (x, change) in state.iter_mut().zip(change) {
                *x = (*x + change * piece / speed).clamp(0.0, 1.0);
            }
            path.push(self.at(&state));
        }
        let color = theme::PROFIT_LINE;
        let [.., before, tip] = path[..] else { return };
        canvas.path(path, Ink::stroke(color, 1.3));
        let (along, down) = (tip.0 - before.0, tip.1 - before.1);
        let size = libm::hypot(along, down);
        if size < 1e-6 {
            return;
        }
        let (along, down) = (5.5 * along / size, 5.5 * down / size);
        let side = |sign: f64| {
            (
                tip.0 - along + sign * 0.45 * down,
                tip.1 - down - sign * 0.45 * along,
            )
        };
        canvas.area(vec![tip, side(1.0), side(-1.0)], Ink::fill(color, 1.0));
    }

    /// The strategies at their corners.
    fn draw_corners(&self, canvas: &mut Canvas, stage: &Stage<'_>) {
        let names = stage.strategies();
        let top = self.at(&[1.0, 0.0, 0.0]);
        let room = self.side / 2.0 + 30.0;
        let shown = NAME.shorten(&names[0], self.side);
        let at = (top.0, top.1 - 20.0);
        canvas.text(&shown, NAME, stage.colors[0], at, Anchor::Middle);
        let corners = [([0.0, 1.0, 0.0], -1.0), ([0.0, 0.0, 1.0], 1.0)];
        for ((corner, side), strategy) in corners.into_iter().zip([1, 2]) {
            let (x, y) = self.at(&corner);
            let shown = NAME.shorten(&names[strategy], room);
            let anchor = if side < 0.0 {
                Anchor::Start
            } else {
                Anchor::End
            };
            let at = (x + side * 40.0, y + 14.0 + ASCENT * NAME.size);
            canvas.text(&shown, NAME, stage.colors[strategy], at, anchor);
        }
    }

    /// Dots and rings with their numbers, beside them where there is room.
    fn draw_equilibria(&self, canvas: &mut Canvas, mixtures: &[&Mixture]) {
        let numbers: Vec<String> = (1..=mixtures.len())
            .map(|number| number.to_string())
            .collect();
        let points: Vec<Point> = mixtures
            .iter()
            .map(|mixture| self.at(&state_of(mixture)))
            .collect();
        for (mixture, &at) in mixtures.iter().zip(&points) {
            canvas.dot(at, 9.0, Ink::fill(theme::PAPER, 1.0));
            canvas.dot(at, 7.5, Ink::fill(theme::INK, 1.0));
            if !mixture.stable {
                canvas.dot(at, 4.5, Ink::fill(theme::PAPER, 1.0));
            }
        }
        let named: Vec<(&str, Point)> = numbers
            .iter()
            .map(String::as_str)
            .zip(points.iter().copied())
            .collect();
        let (left, top) = (self.left - 40.0, self.top - 8.0);
        let bounds = (
            left,
            top,
            self.left + self.side + 50.0,
            self.top + self.side * HIGH + 8.0,
        );
        if let Some(starts) = places::beside(&named, NUMBER, &[], bounds) {
            for (number, (x, baseline)) in numbers.iter().zip(starts) {
                // a pale ground, so that arrows do not run through
                let width = NUMBER.width(number);
                canvas.rectangle(
                    (x - 2.0, baseline - ASCENT * NUMBER.size - 1.0),
                    (x + width + 2.0, baseline + 3.0),
                    Ink::fill(theme::PAPER, 0.85),
                );
                canvas.text(number, NUMBER, theme::INK, (x, baseline), Anchor::Start);
            }
        }
    }
}

fn state_of(mixture: &Mixture) -> Vec<f64> {
    mixture.shares.iter().map(|share| share.mean).collect()
}

/// What each equilibrium is, beside the triangle.
fn draw_list(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    mixtures: &[&Mixture],
    (left, right): (f64, f64),
    top: f64,
) {
    let regular = Font::regular(theme::TICK);
    let indent = NUMBER.width("0") + 12.0;
    let mut baseline = top + ASCENT * NUMBER.size;
    for (number, mixture) in (1..).zip(mixtures) {
        let text = number.to_string();
        canvas.text(&text, NUMBER, theme::INK, (left, baseline), Anchor::Start);
        let share = stage.style.percent().write(mixture.basin, 0);
        let key = match mixture.stable {
            true => "game.lasts",
            false if mixture.basin > 0.0 => "game.ends",
            false => "game.passes",
        };
        let kind = fill!(stage.style, key, share);
        let at = (left + indent, baseline);
        let bold = Font::bold(theme::TICK);
        canvas.text(
            &bold.shorten(&kind, right - left - indent),
            bold,
            theme::INK,
            at,
            Anchor::Start,
        );
        baseline += regular.pitch();
        for (strategy, share) in mixture
            .shares
            .iter()
            .enumerate()
            .filter(|(_, share)| share.mean > 0.0)
        {
            let percent = |share: f64| stage.style.percent().write(share, 0);
            let mut numbers = format!(" {}", percent(share.mean));
            if share.low.is_finite() && share.high - share.low > 0.005 {
                numbers.push(' ');
                numbers.push_str(&fill!(
                    stage.style,
                    "game.interval",
                    low = percent(share.low),
                    high = percent(share.high)
                ));
            }
            let room = right - left - indent - regular.width(&numbers);
            let name = regular.shorten(&stage.strategy(strategy), room);
            let at = (left + indent, baseline);
            canvas.text(
                &format!("{name}{numbers}"),
                regular,
                stage.colors[strategy],
                at,
                Anchor::Start,
            );
            baseline += regular.pitch();
        }
        baseline += 9.0;
    }
}
