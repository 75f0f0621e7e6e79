//! Figures that keep the shape of their medium: what holds more than usual has smaller text.

use super::figure::Figure;
use super::style::Style;
use crate::scenario::Scenario;

/// How often text may become smaller, and by how much each time.
const SMALLER: (usize, f64) = (11, 0.94);

/// Figures as they are drawn; in a theme that keeps its shape, each in text so small that it does, as far as that can be read.
#[must_use]
pub fn fitted(scenario: &Scenario, draw: &dyn Fn(&Scenario) -> Vec<Figure>) -> Vec<Figure> {
    let mut figures = draw(scenario);
    let style = Style::new(&scenario.chart_style);
    if !style.theme.keeps_shape {
        return figures;
    }
    let is_too_tall = |figure: &Figure| figure.size().1 > style.size().1 + 1.5;
    let mut smaller = scenario.clone();
    for _ in 0..SMALLER.0 {
        if !figures.iter().any(is_too_tall) {
            break;
        }
        smaller.chart_style.font_scale *= SMALLER.1;
        // the same figures, whatever the size of their text
        for (figure, again) in figures.iter_mut().zip(draw(&smaller)) {
            if is_too_tall(figure) {
                *figure = again;
            }
        }
    }
    figures
}

/// One figure, if there is one.
#[must_use]
pub fn fitted_one(
    scenario: &Scenario,
    draw: &dyn Fn(&Scenario) -> Option<Figure>,
) -> Option<Figure> {
    fitted(scenario, &|scenario| draw(scenario).into_iter().collect()).pop()
}
