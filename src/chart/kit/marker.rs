//! Marks that tell series apart where there is no colour.

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
    /// Its corners about the origin, about as large as a disc of radius 1; none of a circle.
    pub const fn corners(self) -> &'static [(f64, f64)] {
        match self {
            Self::Disc | Self::Ring => &[],
            Self::Square | Self::Box => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Self::Triangle | Self::Delta => &[(0.0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
            Self::Diamond | Self::Lozenge => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        }
    }

    /// The size of the hole in it, as a part of its own; 0 of a filled one.
    pub const fn hole(self) -> f64 {
        match self {
            Self::Ring => 0.55,
            Self::Box | Self::Delta | Self::Lozenge => 0.5,
            _ => 0.0,
        }
    }
}
