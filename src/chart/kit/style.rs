//! A chart's style: its theme, its size and its words, resolved from what a scenario or a user asks for.

use std::fmt::Display;

use indexmap::IndexMap;

use crate::chart::kit::format::{Format, Kind};
use crate::chart::kit::theme::Theme;
use crate::language::{Part, Texts};
use crate::scenario::ChartStyle;

/// Least width and height of a sheet in layout units: below it, words leave no room for a plot.
const LEAST: (f64, f64) = (420.0, 300.0);

/// How a chart looks and speaks.
///
/// ```
/// use flywheel::chart::Style;
/// use flywheel::scenario::{ChartStyle, ChartTheme, Language};
///
/// let wanted = ChartStyle { theme: ChartTheme::Slide, language: Language::Es, ..ChartStyle::default() };
/// assert_eq!(Style::new(&wanted).size(), (1280.0, 720.0));
/// ```
#[derive(Debug, Clone)]
pub struct Style {
    /// Colours, lines and sizes of the medium.
    pub(crate) theme: &'static Theme,
    /// Words of the language.
    pub(crate) texts: &'static Texts,
    /// Width of a figure in layout units.
    pub(crate) width: f64,
    /// Height of a figure in layout units, unless it needs more.
    pub(crate) height: f64,
    /// Pixels per layout unit.
    pub(crate) unit: f64,
    labels: IndexMap<String, String>,
}

impl Default for Style {
    fn default() -> Self {
        Self::new(&ChartStyle::default())
    }
}

impl Style {
    /// The style that is asked for; text that would leave no room for a plot becomes smaller.
    #[must_use]
    pub fn new(wanted: &ChartStyle) -> Self {
        let theme = Theme::of(wanted.theme);
        let width = wanted.width.map_or(theme.width, f64::from);
        let unit = Self::wanted_unit(wanted).min(width / LEAST.0);
        let natural = (theme.height / theme.width * width).max(LEAST.1 * unit);
        let height = wanted.height.map_or(natural, f64::from);
        Self {
            theme,
            texts: Texts::of(Part::Chart, wanted.language),
            width: width / unit,
            height: height / unit,
            unit,
            labels: wanted.labels.clone(),
        }
    }

    fn wanted_unit(wanted: &ChartStyle) -> f64 {
        let scale = if wanted.font_scale.is_finite() {
            wanted.font_scale.clamp(0.5, 3.0)
        } else {
            1.0
        };
        Theme::of(wanted.theme).unit * scale
    }

    /// Width and least height of a figure as shown, in pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (self.width * self.unit, self.height * self.unit)
    }

    /// Height of a figure that is so many times as high as the usual, if figures may differ in shape.
    pub(crate) fn tall(&self, times: f64) -> f64 {
        if self.theme.keeps_shape {
            self.height
        } else {
            times * self.height
        }
    }

    /// Width of labels, names and keys that take so much of a sheet of the usual width.
    pub(crate) fn part(&self, usual: f64) -> f64 {
        usual * (self.width / 1000.0).clamp(0.45, 1.0)
    }

    /// What charts call a firm.
    #[must_use]
    pub fn label(&self, name: &str) -> String {
        self.labels
            .get(name)
            .map_or(name, String::as_str)
            .to_owned()
    }

    /// The text of a key, as the part `chart` of `src/language/en.toml` lists them.
    pub(crate) fn say(&self, key: &str) -> &'static str {
        self.texts.get(key)
    }

    /// The text of a key with its `{placeholders}` filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.texts.fill(key, values)
    }

    /// A number of things in words, by the entries `none`, `one` and `many` of the table `count.NOUN`.
    pub(crate) fn count(&self, noun: &str, number: u64) -> String {
        self.texts.count(noun, number)
    }

    /// Names in a sentence: "a", "a and b", "a, b and c".
    pub(crate) fn list(&self, names: &[String]) -> String {
        self.texts.list(names, "words.and")
    }

    /// How shares are written: as percentages.
    pub(crate) fn percent(&self) -> Format {
        Format::new(Kind::Percent, self.texts)
    }

    /// How plain numbers are written.
    pub(crate) fn number(&self) -> Format {
        Format::new(Kind::Number, self.texts)
    }

    /// How numbers with a sign are written.
    pub(crate) fn signed(&self) -> Format {
        Format::new(Kind::Signed, self.texts)
    }
}

/// The text of a key with its placeholders filled in: `fill!(style, "value.periods", first = a, last = b)`; a name alone
/// stands for a variable of that name.
macro_rules! fill {
    ($style:expr, $key:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $style.fill($key, &[$((stringify!($name), $crate::chart::kit::style::fill!(@ $name $(= $value)?))),*])
    };
    (@ $name:ident = $value:expr) => { &$value as &dyn std::fmt::Display };
    (@ $name:ident) => { &$name as &dyn std::fmt::Display };
}
pub(crate) use fill;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ChartTheme;

    #[test]
    fn larger_text_is_a_smaller_sheet() {
        let style = |font_scale, width| {
            Style::new(&ChartStyle {
                width,
                font_scale,
                ..ChartStyle::default()
            })
        };
        let (usual, large) = (style(1.0, None), style(2.0, None));
        assert_eq!(
            (usual.width, usual.height, usual.unit),
            (1000.0, 570.0, 1.0)
        );
        assert_eq!((large.width, large.height, large.unit), (500.0, 300.0, 2.0));
        assert_eq!(large.size().0, 1000.0);
        // no more than the width bears
        let narrow = style(3.0, Some(600));
        assert!((narrow.width - LEAST.0).abs() < 1e-9 && narrow.size().0 == 600.0);
        assert!(style(f64::NAN, None).width > 0.0);
    }

    #[test]
    fn every_theme_has_room_for_a_plot() {
        for theme in ChartTheme::ALL {
            let wanted = ChartStyle {
                theme,
                ..ChartStyle::default()
            };
            let style = Style::new(&wanted);
            assert!(
                style.width >= 1.25 * LEAST.0 && style.height >= LEAST.1,
                "{theme:?}"
            );
        }
    }
}
