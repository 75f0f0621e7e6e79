//! What every chart is made of: a sheet to draw on, axes, words, colours, and the figure that comes out.
//!
//! - [`canvas`] takes [`shape`]s, which [`svg`] writes (through plotters); [`figure`] holds the result, [`data`] its numbers, and [`paint`]
//!   makes pictures of it (through resvg), [`animation`] those that move.
//! - [`style`] is how a chart looks and speaks: [`theme`] holds sizes, colours and fonts, `language` all words, [`words`] the
//!   sentences that charts share.
//! - [`fitted`] keeps figures in the shape of their medium.
//! - [`range`] is what an axis has to span, [`axis`] finds [`round`] numbers for it and [`ticks`] draws them, [`format`](mod@format) writes them; [`text`] measures with the embedded font ([`fonts`], [`metrics`]; [`fallback`] knows letters that it lacks), [`labels`] places names where
//!   lines end and [`places`] beside points; [`frame`] sets the words around a plot; [`marker`] is what stands for colours where
//!   there are none.

pub mod animation;
pub mod axis;
pub mod canvas;
pub mod data;
pub mod fallback;
pub mod figure;
pub mod fitted;
pub mod fonts;
pub mod format;
pub mod frame;
pub mod key;
pub mod labels;
pub mod marker;
pub mod metrics;
#[cfg(feature = "system")]
pub mod paint;
pub mod places;
pub mod range;
pub mod round;
pub mod shape;
pub mod style;
pub mod subject;
pub mod svg;
pub mod text;
pub mod theme;
pub mod ticks;
pub mod words;

pub use axis::Axis;
pub use canvas::{Anchor, Canvas};
pub use data::{Data, Entry};
pub use figure::Figure;
pub use format::Format;
pub use frame::{Frame, Heading, Told};
pub use labels::{Label, Setting};
pub use range::{Range, bounds};
pub use shape::{Ink, Point};
pub use style::Style;
pub(crate) use style::fill;
pub use text::{ASCENT, DESCENT, Font};
