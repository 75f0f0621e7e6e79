//! What is drawn: lines, areas, dots and letters, in layout units.

use plotters::style::RGBColor;

use crate::chart::kit::text::Font;

/// A point in layout units, y downwards.
pub type Point = (f64, f64);

/// Colour, opacity and width of a stroke or area.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    pub color: RGBColor,
    pub opacity: f64,
    pub width: f64,
}

impl Ink {
    /// An opaque stroke.
    pub const fn stroke(color: RGBColor, width: f64) -> Self {
        Self {
            color,
            opacity: 1.0,
            width,
        }
    }

    /// An area, or a dot.
    pub const fn fill(color: RGBColor, opacity: f64) -> Self {
        Self {
            color,
            opacity,
            width: 0.0,
        }
    }

    /// The same, of that opacity.
    pub const fn with_opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// What a sheet holds.
#[derive(Debug)]
pub enum Shape {
    Path(Vec<Point>, Ink),
    Area(Vec<Point>, Ink),
    Dot(Point, f64, Ink),
    Text {
        text: String,
        font: Font,
        color: RGBColor,
        left: f64,
        baseline: f64,
    },
}

/// Cuts a line into dashes.
pub fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut done = Vec::new();
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut step, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = libm::hypot(to.0 - from.0, to.1 - from.1);
            if length < left {
                left -= length;
                break;
            }
            let part = if length > 0.0 { left / length } else { 1.0 };
            from = (
                from.0 + part * (to.0 - from.0),
                from.1 + part * (to.1 - from.1),
            );
            if step % 2 == 0 {
                current.push(from);
                done.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            step += 1;
            left = pattern[step % pattern.len()].max(0.5);
        }
        if step % 2 == 0 {
            current.push(to);
        }
    }
    if step % 2 == 0 {
        done.push(current);
    }
    done
}
