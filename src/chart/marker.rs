//! Marks that tell series apart where there is no colour.

use super::canvas::{Canvas, Ink, Point};
use super::theme;
use plotters::style::RGBColor;

/// A mark: filled, or hollow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A filled circle.
    Disc,
    /// A filled square.
    Square,
    /// A filled triangle.
    Triangle,
    /// A filled square on its corner.
    Diamond,
    /// A circle.
    Ring,
    /// A square.
    Box,
    /// A triangle.
    Delta,
    /// A square on its corner.
    Lozenge,
}

impl Marker {
    /// Draws it about a point, about as large as a disc of that radius.
    pub fn draw(self, canvas: &mut Canvas, (x, y): Point, radius: f64, color: RGBColor) {
        let corners = |shape: &[(f64, f64)], size: f64| -> Vec<Point> {
            let size = radius * size;
            shape
                .iter()
                .map(|(a, b)| (x + a * size, y + b * size))
                .collect()
        };
        let shape: &[(f64, f64)] = match self {
            Self::Disc | Self::Ring => {
                canvas.dot((x, y), radius, Ink::fill(color, 1.0));
                if self == Self::Ring {
                    canvas.dot((x, y), 0.55 * radius, Ink::fill(theme::PAPER, 1.0));
                }
                return;
            }
            Self::Square | Self::Box => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Self::Triangle | Self::Delta => &[(0.0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
            Self::Diamond | Self::Lozenge => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        };
        canvas.area(corners(shape, 1.0), Ink::fill(color, 1.0));
        if matches!(self, Self::Box | Self::Delta | Self::Lozenge) {
            canvas.area(corners(shape, 0.5), Ink::fill(theme::PAPER, 1.0));
        }
    }
}
