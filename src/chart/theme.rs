//! How charts look: sizes, colours and fonts, all in one place.
//!
//! Lengths are in pixels of a figure that is [`WIDTH`] wide; a slide shows it about twice as large.

use plotters::style::RGBColor;

/// Width of every figure.
pub const WIDTH: f64 = 1000.0;
/// Height of a figure; those that hold more text than usual grow.
pub const HEIGHT: f64 = 570.0;
/// Canvas units per pixel: the drawing backend knows whole units only.
pub const SCALE: f64 = 10.0;
/// Width of the PNG, in its own pixels.
pub const PNG_WIDTH: u32 = 2000;

/// Font of all text, and what takes its place where it is not installed.
pub const FONT_FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
/// Size of the title, and the least to which a long one shrinks.
pub const TITLE: f64 = 24.0;
/// Least size of a long title.
pub const TITLE_LEAST: f64 = 18.0;
/// Size of the subtitle.
pub const SUBTITLE: f64 = 15.5;
/// Size of the labels of series and bars.
pub const LABEL: f64 = 16.0;
/// Least size of labels, for many firms with long names.
pub const LABEL_LEAST: f64 = 13.0;
/// Size of the numbers along the axes and of axis titles.
pub const TICK: f64 = 14.5;
/// Size of the caption and of small remarks.
pub const CAPTION: f64 = 12.5;
/// Distance between the baselines of two lines of text, in font sizes.
pub const LINE_PITCH: f64 = 1.22;

/// Where titles, captions and plots begin.
pub const LEFT: f64 = 70.0;
/// Space kept free at the right edge.
pub const RIGHT: f64 = 22.0;
/// Space kept free at the upper edge.
pub const TOP: f64 = 18.0;
/// Space kept free at the lower edge.
pub const BOTTOM: f64 = 16.0;

/// Width of the line of a series.
pub const STROKE: f64 = 2.7;
/// Width of lines that help reading: grid, axis, leader lines.
pub const HAIRLINE: f64 = 0.9;
/// Opacity of an interval band.
pub const BAND: f64 = 0.17;

/// The page.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Titles.
pub const INK: RGBColor = RGBColor(34, 34, 34);
/// Subtitles and numbers along axes.
pub const TEXT: RGBColor = RGBColor(80, 80, 80);
/// Captions.
pub const QUIET: RGBColor = RGBColor(118, 118, 118);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(226, 226, 226);
/// Axis lines and the zero line.
pub const AXIS: RGBColor = RGBColor(130, 130, 130);
/// Marks of events: entries and interventions.
pub const EVENT: RGBColor = RGBColor(170, 170, 170);
/// Lines of firms that are not singled out.
pub const OTHERS: RGBColor = RGBColor(205, 205, 205);

/// What customers keep of the value.
pub const SURPLUS: RGBColor = RGBColor(46, 109, 180);
/// What firms keep of the value, as an area.
pub const PROFIT: RGBColor = RGBColor(127, 178, 229);
/// The same as a line and as text.
pub const PROFIT_LINE: RGBColor = RGBColor(88, 148, 208);

/// The colour of each preset experience, the same in all charts.
pub const EXPERIENCES: [(&str, RGBColor); 4] = [
    ("respond-to-desire", RGBColor(0, 114, 178)),
    ("curated-offering", RGBColor(184, 134, 11)),
    ("coach-behavior", RGBColor(0, 158, 115)),
    ("automatic-execution", RGBColor(196, 62, 124)),
];

/// Colours of firms, distinct to the colour-blind (after Okabe and Ito, darkened to serve as text).
pub const FIRMS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(184, 134, 11),
    RGBColor(0, 158, 115),
    RGBColor(196, 62, 124),
    RGBColor(213, 94, 0),
    RGBColor(63, 155, 216),
    RGBColor(106, 61, 154),
    RGBColor(77, 77, 77),
];

/// Dash and gap lengths of the firms' lines: solid for four, then a second mark beside colour,
/// since in grey more than four colours look alike.
pub const DASHES: [&[f64]; 8] = [
    &[],
    &[],
    &[],
    &[],
    &[9.0, 5.0],
    &[2.0, 5.0],
    &[14.0, 4.0, 2.0, 4.0],
    &[5.0, 3.0],
];
