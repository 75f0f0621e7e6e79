//! SVG documents become pictures (through resvg), with the embedded fonts, and with others for letters only that these lack.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::fallback::{add_fonts, lacking};
use super::fonts;

/// An SVG document as resvg understands it, text set in the embedded font.
pub fn tree_of(svg: &str) -> Result<usvg::Tree, usvg::Error> {
    let options = usvg::Options {
        fontdb: fonts(&lacking(svg)),
        font_family: "DejaVu Sans".to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options)
}

/// The embedded fonts, read once; none of the machine's own, so that pictures are the same everywhere, but where letters
/// could not be drawn otherwise.
fn fonts(lacking: &BTreeSet<char>) -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let embedded = FONTS
        .get_or_init(|| {
            let mut database = fontdb::Database::new();
            for font in [fonts::regular(), fonts::bold()] {
                database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
            }
            Arc::new(database)
        })
        .clone();
    if lacking.is_empty() {
        return embedded;
    }
    let mut database = (*embedded).clone();
    add_fonts(&mut database, lacking);
    Arc::new(database)
}

/// An SVG document painted on white, so many times as large as it says.
pub fn painted(figure: &str, svg: &str, scale: f64) -> Result<Pixmap, ChartError> {
    let failed = |reason: String| ChartError::new(figure, reason);
    let tree = tree_of(svg).map_err(|error| failed(error.to_string()))?;
    let [wide, high] = [tree.size().width(), tree.size().height()]
        .map(|length| (f64::from(length) * scale).round() as u32);
    let mut pixels = Pixmap::new(wide, high)
        .ok_or_else(|| failed(format!("no picture is {wide} by {high} pixels")))?;
    pixels.fill(Color::WHITE);
    let transform = Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    Ok(pixels)
}

/// A figure that could not be painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartError {
    figure: String,
    reason: String,
}

impl ChartError {
    /// Why a figure, by its name, could not be painted.
    #[must_use]
    pub fn new(figure: &str, reason: String) -> Self {
        Self {
            figure: figure.to_owned(),
            reason,
        }
    }
}

impl fmt::Display for ChartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the chart \"{}\" could not be painted: {}",
            self.figure, self.reason
        )
    }
}

impl std::error::Error for ChartError {}
