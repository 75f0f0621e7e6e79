//! The kinds of charts, each in a file or folder of its own: what it shows, and its words.

pub mod advantage;
pub mod amplification;
pub mod analyses;
pub mod cast;
pub mod comparison;
pub mod describe;
pub mod events;
pub mod fates;
pub mod fit;
pub mod focal;
pub mod frontier;
pub mod game;
pub mod journey;
pub mod learning;
pub mod links;
pub mod map;
pub mod market;
pub mod parts;
pub mod populations;
pub mod sensitivity;
pub mod share;
pub mod sources;
pub mod sweep;
pub mod value;
pub mod view;
pub mod wheel;
