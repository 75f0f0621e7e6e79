//! A finished figure: an SVG document, and the PNG made from it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::animation::Animation;
use super::data::Data;
use super::subject::Subject;
use super::text::TextBox;
use super::theme;

/// A finished figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub(super) name: String,
    pub(super) svg: String,
    /// As shown, in pixels.
    pub(super) size: (f64, f64),
    pub(super) texts: Vec<TextBox>,
    pub(super) data: Data,
    pub(super) animation: Option<Animation>,
    pub(super) subject: Option<Subject>,
}

impl Figure {
    /// Its name: the stem of its files.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Width and height as shown, in pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// The SVG document.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Every text on it with the box that it takes; none covers another or leaves the figure.
    #[must_use]
    pub fn texts(&self) -> &[TextBox] {
        &self.texts
    }

    /// The numbers that it shows.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The figure with the numbers that it shows.
    #[must_use]
    pub(super) fn with_data(self, data: Data) -> Self {
        Self { data, ..self }
    }

    /// What it shows at more moments, one after the other, if it has an animation.
    #[must_use]
    pub fn animation(&self) -> Option<&Animation> {
        self.animation.as_ref()
    }

    /// The figure with its animation.
    #[must_use]
    pub(super) fn with_animation(self, animation: Option<Animation>) -> Self {
        Self { animation, ..self }
    }

    /// What it is of; none of a figure that was not drawn for a run.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        self.subject
    }

    /// The figure with what it is of.
    #[must_use]
    pub(super) fn about(self, subject: Subject) -> Self {
        Self {
            subject: Some(subject),
            ..self
        }
    }

    /// The figure as a PNG on white, 2000 pixels wide, or as wide as it is shown if that is more.
    ///
    /// # Errors
    /// If the SVG cannot be read or painted, which would be a defect of this program.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        let failed = |reason: String| ChartError::new(&self.name, reason);
        let tree = self.tree().map_err(|error| failed(error.to_string()))?;
        let wide = theme::PNG_WIDTH.max(self.size.0.round() as u32);
        let scale = f64::from(wide) / self.size.0;
        let high = (self.size.1 * scale).round() as u32;
        let mut pixels = Pixmap::new(wide, high)
            .ok_or_else(|| failed(format!("no picture is {high} pixels high")))?;
        pixels.fill(Color::WHITE);
        let transform = Transform::from_scale(scale as f32, scale as f32);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        pixels
            .encode_png()
            .map_err(|error| failed(error.to_string()))
    }

    /// The SVG as resvg understands it, text set in the embedded font.
    pub(super) fn tree(&self) -> Result<usvg::Tree, usvg::Error> {
        tree_of(&self.svg)
    }
}

/// An SVG document as resvg understands it, text set in the embedded font.
pub(super) fn tree_of(svg: &str) -> Result<usvg::Tree, usvg::Error> {
    let options = usvg::Options {
        fontdb: fonts(),
        font_family: "DejaVu Sans".to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options)
}

/// The embedded fonts, read once; none of the machine's own, so that pictures are the same everywhere.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut database = fontdb::Database::new();
            for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
                database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
            }
            Arc::new(database)
        })
        .clone()
}

/// A figure that could not be painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartError {
    figure: String,
    reason: String,
}

impl ChartError {
    pub(super) fn new(figure: &str, reason: String) -> Self {
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
