//! The forms of charts: axes, grids, keys, names and margins belong to a form, and a kind of chart gives marks and words.
//!
//! - [`time`] stacks panels of lines over periods, or over what else runs from left to right ([`across`]); [`panel`] is one of
//!   them, [`curve`] a line, which [`lines`] draws, and [`event`] what happens on the way.
//! - [`rows`] have something named in each, behind the column of [`names`], with marks over one axis and numbers beside it.
//! - [`grid`] is cells over two [`side`]s, in one map or several, with a [`scale`] of colours; [`tiles`] places things of one size.
//! - [`plane`] is two quantities, with names beside points.

pub mod across;
pub mod curve;
pub mod event;
pub mod grid;
pub mod lines;
pub mod names;
pub mod panel;
pub mod plane;
pub mod rows;
pub mod scale;
pub mod side;
pub mod tiles;
pub mod time;
