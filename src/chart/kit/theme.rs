//! How charts look: sizes, colours and pens, and what each medium changes in them.
//!
//! Charts are laid out in units: text is as many of them high as the constants below say, whatever the
//! medium. A [`Theme`] says how large a unit is and how wide the figure, so that larger text is the same
//! layout on a smaller sheet. Charts name colours as they are on a screen; the sheet they draw on
//! ([`super::canvas::Canvas`]) replaces them by those of its theme.

use plotters::style::RGBColor;

use crate::chart::kit::marker::Marker;
use crate::scenario::ChartTheme;

/// Sheet units per layout unit: the drawing backend knows whole units only.
pub const SCALE: f64 = 10.0;
/// Least width of the PNG, in its own pixels.
pub const PNG_WIDTH: u32 = 2000;

/// Font of all text, and what takes its place where it is not installed.
pub const FONT_FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
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
/// The cost to the firm, as a part of value.
pub const COST: RGBColor = RGBColor(187, 187, 187);
/// Value lost by ceding the decision.
pub const CONTROL: RGBColor = RGBColor(224, 138, 138);
/// Value lost to friction.
pub const FRICTION: RGBColor = RGBColor(234, 194, 122);
/// Value lost for want of fit.
pub const LOST_FIT: RGBColor = RGBColor(232, 228, 217);

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

/// How much of black (0) or of white (255) the firms of one hue have in them, in turn.
const TONES: [(f64, f64); 8] = [
    (0.0, 0.0),
    (0.45, 0.0),
    (0.28, 255.0),
    (0.68, 0.0),
    (0.24, 0.0),
    (0.4, 255.0),
    (0.57, 0.0),
    (0.14, 255.0),
];

/// The colour of the n-th firm with a hue, counted from 0, and its dashes: darker and lighter in turn, and from the third on dashed.
#[must_use]
pub fn tone(RGBColor(red, green, blue): RGBColor, number: usize) -> (RGBColor, &'static [f64]) {
    let (part, towards) = TONES[number % TONES.len()];
    let mix = |one: u8| (f64::from(one) * (1.0 - part) + towards * part).round() as u8;
    let dashes = match number {
        0 | 1 => &[],
        more => DASHES[4 + (more - 2) % 4],
    };
    (RGBColor(mix(red), mix(green), mix(blue)), dashes)
}

/// What a medium changes.
#[derive(Debug)]
pub struct Theme {
    /// Width of figures, in pixels as shown.
    pub width: f64,
    /// Height of figures, in pixels as shown; those that hold more than usual grow.
    pub height: f64,
    /// Pixels per layout unit: how large text is.
    pub unit: f64,
    /// Size of titles, in layout units.
    pub title: f64,
    /// Width of lines, as a multiple of the usual.
    pub stroke: f64,
    /// Whether there are no colours: series differ by greys, dashes and marks.
    pub is_grey: bool,
    /// Whether all figures have the same shape: those that hold more than usual have smaller text, and those that hold less, space.
    pub keeps_shape: bool,
    /// Opacity of interval bands, as a multiple of the usual.
    pub band: f64,
    /// Colours that are others than on a screen.
    replaced: &'static [(RGBColor, RGBColor)],
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes, in place of those that the chart chose.
    pub dashes: Option<&'static [f64]>,
    /// A mark along it.
    pub marker: Option<Marker>,
}

const SCREEN: Theme = Theme {
    width: 1000.0,
    height: 570.0,
    unit: 1.0,
    title: 24.0,
    stroke: 1.0,
    is_grey: false,
    keeps_shape: false,
    band: 1.0,
    replaced: &[],
};

/// Text of 8 points where the figure is 17 cm wide, as journals ask; titles hardly larger than labels.
const PAPER_THEME: Theme = Theme {
    width: 640.0,
    height: 400.0,
    unit: 0.74,
    title: 18.0,
    stroke: 0.75,
    is_grey: false,
    keeps_shape: false,
    band: 1.0,
    replaced: &[
        (INK, RGBColor(0, 0, 0)),
        (TEXT, RGBColor(40, 40, 40)),
        (QUIET, RGBColor(80, 80, 80)),
        (PROFIT_LINE, RGBColor(66, 128, 190)),
    ],
};

/// Letters 1 cm high on a screen 1.6 m wide, and greys that a projector does not swallow.
const SLIDE: Theme = Theme {
    width: 1280.0,
    height: 720.0,
    unit: 1.5,
    title: 25.0,
    stroke: 1.2,
    is_grey: false,
    keeps_shape: true,
    band: 1.0,
    replaced: &[
        (INK, RGBColor(0, 0, 0)),
        (TEXT, RGBColor(45, 45, 45)),
        (QUIET, RGBColor(85, 85, 85)),
        (GRID, RGBColor(208, 208, 208)),
        (EVENT, RGBColor(120, 120, 120)),
        (OTHERS, RGBColor(185, 185, 185)),
        (PROFIT_LINE, RGBColor(58, 122, 186)),
    ],
};

/// Dark greys with dashes and marks; parts of bars alternate between dark and light.
const PRINT: Theme = Theme {
    width: 1000.0,
    height: 570.0,
    unit: 1.0,
    title: 22.0,
    stroke: 0.85,
    is_grey: true,
    keeps_shape: false,
    band: 0.5,
    replaced: &[
        (INK, RGBColor(0, 0, 0)),
        (TEXT, RGBColor(40, 40, 40)),
        (QUIET, RGBColor(75, 75, 75)),
        (SURPLUS, RGBColor(80, 80, 80)),
        (PROFIT, RGBColor(190, 190, 190)),
        (PROFIT_LINE, RGBColor(110, 110, 110)),
        (COST, RGBColor(236, 236, 236)),
        (CONTROL, RGBColor(140, 140, 140)),
        (FRICTION, RGBColor(212, 212, 212)),
        (LOST_FIT, RGBColor(248, 248, 248)),
    ],
};

/// How the series of [`FIRMS`] differ without colours, in their order.
const GREY_PENS: [(u8, &[f64], Marker); 8] = [
    (0, &[], Marker::Disc),
    (120, &[], Marker::Square),
    (0, &[9.0, 4.0], Marker::Triangle),
    (70, &[2.5, 3.5], Marker::Diamond),
    (120, &[9.0, 4.0], Marker::Ring),
    (0, &[12.0, 4.0, 2.0, 4.0], Marker::Box),
    (140, &[2.5, 3.5], Marker::Delta),
    (50, &[5.0, 3.0], Marker::Lozenge),
];

/// How the lines of the market differ without colours.
const MARKET_PENS: [(RGBColor, u8, &[f64], Marker); 4] = [
    (INK, 0, &[], Marker::Disc),
    (QUIET, 110, &[9.0, 4.0], Marker::Triangle),
    (SURPLUS, 0, &[], Marker::Disc),
    (PROFIT_LINE, 110, &[9.0, 4.0], Marker::Triangle),
];

impl Theme {
    /// The theme of a medium.
    #[must_use]
    pub const fn of(medium: ChartTheme) -> &'static Self {
        match medium {
            ChartTheme::Screen => &SCREEN,
            ChartTheme::Paper => &PAPER_THEME,
            ChartTheme::Slide => &SLIDE,
            ChartTheme::Print => &PRINT,
        }
    }

    /// The colour of a line or an area.
    #[must_use]
    pub fn color(&self, named: RGBColor) -> RGBColor {
        let replaced = self.replaced.iter().find(|(from, _)| *from == named);
        match (replaced, self.is_grey) {
            (Some((_, to)), _) => *to,
            (None, true) => match FIRMS.iter().position(|firm| *firm == named) {
                Some(slot) => grey(GREY_PENS[slot].0),
                None => equally_light(named),
            },
            (None, false) => named,
        }
    }

    /// The colour of letters: where there are no colours, names of series are black.
    #[must_use]
    pub fn letters(&self, named: RGBColor) -> RGBColor {
        let is_series = FIRMS.contains(&named) || named == SURPLUS || named == PROFIT_LINE;
        self.color(if self.is_grey && is_series {
            INK
        } else {
            named
        })
    }

    /// How the series of a colour is drawn.
    #[must_use]
    pub fn pen(&self, named: RGBColor) -> Pen {
        let plain = Pen {
            color: named,
            dashes: None,
            marker: None,
        };
        if !self.is_grey {
            return plain;
        }
        let of_firm = FIRMS.iter().position(|firm| *firm == named);
        let found = of_firm.map(|slot| GREY_PENS[slot]).or_else(|| {
            let mut pens = MARKET_PENS.iter();
            let pen = pens.find(|(color, ..)| *color == named)?;
            Some((pen.1, pen.2, pen.3))
        });
        found.map_or(plain, |(level, dashes, marker)| Pen {
            color: grey(level),
            dashes: Some(dashes),
            marker: Some(marker),
        })
    }
}

const fn grey(level: u8) -> RGBColor {
    RGBColor(level, level, level)
}

/// The grey that looks as light as a colour.
fn equally_light(RGBColor(red, green, blue): RGBColor) -> RGBColor {
    if red == green && green == blue {
        return grey(red);
    }
    let light = 0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue);
    grey(light.round() as u8)
}
