//! What is known of customers while a firm serves them, side by side.

use super::K;
use super::tile::{LANES, Tile};

/// A tile of customers with a firm.
#[derive(Clone, Copy)]
pub struct Arrived {
    pub who: Tile<u32>,
    pub told: Tile<u32>,
    pub taste: [Tile<f32>; K],
    pub agency: Tile<f32>,
    pub belief: Tile<f32>,
    pub precision: Tile<f32>,
    pub sum: [Tile<f32>; K],
    pub wtp: Tile<f32>,
    pub cost: Tile<f32>,
    pub observed: [Tile<f32>; K],
    pub estimate: [Tile<f32>; K],
    pub assigned: Tile<u32>,
}

impl Arrived {
    pub const NOBODY: Self = Self {
        who: [0; LANES],
        told: [0; LANES],
        taste: [[0.0; LANES]; K],
        agency: [0.0; LANES],
        belief: [0.0; LANES],
        precision: [0.0; LANES],
        sum: [[0.0; LANES]; K],
        wtp: [0.0; LANES],
        cost: [0.0; LANES],
        observed: [[0.0; LANES]; K],
        estimate: [[0.0; LANES]; K],
        assigned: [0; LANES],
    };
}
