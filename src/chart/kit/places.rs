//! Labels beside points in a plane, where there is room next to every one of them.

use crate::chart::kit::shape::Point;
use crate::chart::kit::text::{ASCENT, DESCENT, Font};

/// Space between a point and its label.
const GAP: f64 = 13.0;
/// Space that a label keeps from lines and from other labels.
const CLEAR: f64 = 3.0;

/// A rectangle: left, top, right, bottom.
type Rectangle = (f64, f64, f64, f64);

/// For each named point the start of its label's baseline, such that no label covers another, a
/// point, or any of the obstacles (points along lines), and all are within the bounds; or none at all.
#[must_use]
pub fn beside(
    named: &[(&str, Point)],
    font: Font,
    obstacles: &[Point],
    bounds: Rectangle,
) -> Option<Vec<Point>> {
    let mut taken: Vec<Rectangle> = Vec::new();
    let mut starts = Vec::with_capacity(named.len());
    for (number, &(name, point)) in named.iter().enumerate() {
        let place = candidates(font.width(name), font.size, point)
            .into_iter()
            .find(|place| {
                within(*place, bounds)
                    && !taken.iter().any(|other| overlap(*place, *other))
                    && !obstacles.iter().any(|at| holds(*place, *at))
                    && !named
                        .iter()
                        .enumerate()
                        .any(|(other, (_, at))| other != number && holds(widened(*place, 6.0), *at))
            })?;
        taken.push(place);
        starts.push((place.0, place.3 - DESCENT * font.size));
    }
    Some(starts)
}

/// Places for a label, the best first: right, left, above, below, and the corners.
fn candidates(width: f64, size: f64, (x, y): Point) -> [Rectangle; 8] {
    let height = (ASCENT + DESCENT) * size;
    let at = |left: f64, top: f64| (left, top, left + width, top + height);
    let (right, left, middle) = (x + GAP, x - GAP - width, x - width / 2.0);
    let (above, below, level) = (y - GAP - height, y + GAP, y - height / 2.0);
    [
        at(right, level),
        at(left, level),
        at(middle, above),
        at(middle, below),
        at(right - 6.0, above + 6.0),
        at(right - 6.0, below - 6.0),
        at(left + 6.0, above + 6.0),
        at(left + 6.0, below - 6.0),
    ]
}

fn widened((left, top, right, bottom): Rectangle, by: f64) -> Rectangle {
    (left - by, top - by, right + by, bottom + by)
}

fn within(inner: Rectangle, outer: Rectangle) -> bool {
    inner.0 >= outer.0 && inner.1 >= outer.1 && inner.2 <= outer.2 && inner.3 <= outer.3
}

fn overlap(a: Rectangle, b: Rectangle) -> bool {
    let a = widened(a, CLEAR);
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

fn holds(place: Rectangle, (x, y): Point) -> bool {
    let place = widened(place, CLEAR);
    place.0 < x && x < place.2 && place.1 < y && y < place.3
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: Font = Font::bold(16.0);
    const BOUNDS: Rectangle = (0.0, 0.0, 400.0, 200.0);

    #[test]
    fn a_label_prefers_the_right() {
        let places = beside(&[("firm", (100.0, 100.0))], FONT, &[], BOUNDS).unwrap();
        assert!(places[0].0 > 100.0 && (places[0].1 - 100.0).abs() < 8.0);
    }

    #[test]
    fn a_label_keeps_clear_of_lines_and_edges() {
        let line = [(120.0, 100.0)];
        let places = beside(&[("firm", (100.0, 100.0))], FONT, &line, BOUNDS).unwrap();
        assert!(places[0].0 + FONT.width("firm") < 100.0);
        let places = beside(&[("firm", (395.0, 100.0))], FONT, &[], BOUNDS).unwrap();
        assert!(places[0].0 < 395.0);
    }

    #[test]
    fn in_an_upper_corner_a_label_goes_below() {
        let places = beside(&[("firm", (5.0, 2.0))], FONT, &[(5.0, 25.0)], BOUNDS).unwrap();
        assert!(places[0].0 > 5.0 && places[0].1 > 9.0);
    }

    #[test]
    fn a_crowd_has_no_room() {
        let crowd = [("firm", (100.0, 100.0)); 12];
        assert_eq!(beside(&crowd, FONT, &[], BOUNDS), None);
    }
}
