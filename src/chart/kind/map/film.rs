//! The map at every moment there is, one after the other.

use super::key::MapKey;
use super::panel::{MapPanel, NAME, moment_name, note_height};
use super::scene::{MapScene, shades};
use super::told;
use crate::chart::kind::cast::Actor;
use crate::chart::kind::view::View;
use crate::chart::kit::animation::{Animation, Picture};
use crate::chart::kit::{Anchor, Canvas, Font, Frame, Heading, Ink, Style, theme, ticks};
use crate::scenario::ChartStyle;

/// Width in pixels.
const WIDTH: u32 = 720;
/// Most estimates of a panel: lines that move are most of the file.
const ESTIMATES: usize = 70;
/// Space between two panels.
const GAP: f64 = 18.0;
/// Greatest side of a panel.
const SIDE: f64 = 400.0;
/// Font of the period.
const PERIOD: Font = Font::bold(26.0);
/// How long all moments take together, and how much longer the last stays, in hundredths of a second.
const LASTS: (usize, u16) = (600, 200);

/// The animation; none without moments.
pub fn film(view: &View<'_>, scene: &MapScene, shown: &[Actor]) -> Option<Animation> {
    let style = Style::new(&ChartStyle {
        width: Some(WIDTH),
        height: None,
        ..view.scenario.chart_style.clone()
    });
    let frames = &view.results.map;
    let reel = Reel::new(view, &style, scene, shown);
    let delay = u16::try_from((LASTS.0 / frames.len().max(1)).clamp(8, 100)).unwrap_or(100);
    let last = frames.len().checked_sub(1)?;
    let picture = |moment: usize| Picture {
        svg: reel.draw(moment),
        delay: if moment == last {
            delay + LASTS.1
        } else {
            delay
        },
    };
    let themed = |color| style.theme.color(color);
    let inks = [
        theme::INK,
        theme::TEXT,
        theme::QUIET,
        theme::AXIS,
        theme::OTHERS,
        theme::GRID,
    ];
    let inks = inks.into_iter().chain(shown.iter().map(Actor::ink));
    Some(Animation::new(
        (0..frames.len()).map(picture).collect(),
        inks.map(themed).collect(),
        std::iter::once(theme::PAPER)
            .chain(shades())
            .map(themed)
            .collect(),
    ))
}

/// What all pictures share.
struct Reel<'a> {
    view: &'a View<'a>,
    style: &'a Style,
    scene: &'a MapScene,
    shown: &'a [Actor],
    heading: Heading,
    frame: Frame,
    key: MapKey,
    columns: usize,
    side: f64,
}

impl<'a> Reel<'a> {
    fn new(view: &'a View<'a>, style: &'a Style, scene: &'a MapScene, shown: &'a [Actor]) -> Self {
        let heading = told(view, shown, &[]).heading;
        let columns = match shown.len() {
            0 | 1 => 1,
            3 => 3,
            _ => 2,
        };
        let room = style.width - theme::LEFT - theme::RIGHT;
        let side = (room - (columns - 1) as f64 * GAP) / columns as f64;
        Self {
            frame: Frame::new(style, &heading),
            key: MapKey::new(style, theme::LEFT),
            columns,
            side: side.min(SIDE),
            view,
            style,
            scene,
            shown,
            heading,
        }
    }

    /// Height of a panel with its name and what is written below.
    fn row(&self) -> f64 {
        NAME.pitch() + 4.0 + self.side + note_height() + 8.0
    }

    /// One moment as an SVG document.
    fn draw(&self, moment: usize) -> String {
        let frames = &self.view.results.map;
        let clock = self.frame.above() + self.key.height;
        let top = clock + PERIOD.pitch() + 12.0;
        let rows = self.shown.len().div_ceil(self.columns).max(1);
        let height = top + rows as f64 * self.row() + ticks::NUMBERS + 6.0 + self.frame.below();
        let mut canvas = Canvas::new(self.style, height.ceil());
        self.frame.draw(&mut canvas, height.ceil());
        self.key.draw(&mut canvas, self.frame.above());
        self.draw_clock(&mut canvas, moment, clock);
        for (number, actor) in self.shown.iter().enumerate() {
            let (column, row) = (number % self.columns, number / self.columns);
            let left = theme::LEFT + column as f64 * (self.side + GAP);
            let above = top + row as f64 * self.row();
            let name = NAME.shorten(&actor.name, self.side);
            let at = (left, above + 0.76 * NAME.size);
            canvas.text(&name, NAME, actor.ink(), at, Anchor::Start);
            let panel = MapPanel {
                scene: self.scene,
                corner: (left, above + NAME.pitch() + 4.0),
                side: self.side,
                most: ESTIMATES,
                is_leftmost: column == 0,
                is_lowest: number + self.columns >= self.shown.len(),
            };
            panel.draw(&mut canvas, frames, moment, actor);
        }
        canvas.finish(&self.view.name, &self.heading.title, "").svg
    }

    /// The period in large letters, and a bar that fills as time goes by.
    fn draw_clock(&self, canvas: &mut Canvas, moment: usize, top: f64) {
        let frames = &self.view.results.map;
        let at = (theme::LEFT, top + 0.76 * PERIOD.size);
        let name = moment_name(canvas, &frames[moment]);
        canvas.text(&name, PERIOD, theme::INK, at, Anchor::Start);
        let (first, last) = (frames[0].period, frames[frames.len() - 1].period);
        let part = f64::from(frames[moment].period - first) / f64::from((last - first).max(1));
        let (left, right) = (theme::LEFT, self.style.width - theme::RIGHT);
        let (upper, lower) = (top + PERIOD.pitch(), top + PERIOD.pitch() + 3.0);
        canvas.rectangle((left, upper), (right, lower), Ink::fill(theme::GRID, 1.0));
        let reached = left + part * (right - left);
        canvas.rectangle(
            (left, upper),
            (reached, lower),
            Ink::fill(theme::QUIET, 1.0),
        );
    }
}
