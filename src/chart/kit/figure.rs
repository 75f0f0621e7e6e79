//! A finished figure: an SVG document, and the PNG made from it.

use crate::chart::kit::animation::Animation;
use crate::chart::kit::data::Data;
#[cfg(feature = "system")]
use crate::chart::kit::paint::{ChartError, painted};
use crate::chart::kit::subject::Subject;
use crate::chart::kit::text::TextBox;
#[cfg(feature = "system")]
use crate::chart::kit::theme;

/// A finished figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub(crate) name: String,
    pub(crate) svg: String,
    /// As shown, in pixels.
    pub(crate) size: (f64, f64),
    pub(crate) texts: Vec<TextBox>,
    pub(crate) data: Data,
    pub(crate) animation: Option<Animation>,
    pub(crate) subject: Option<Subject>,
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
    pub(crate) fn with_data(self, data: Data) -> Self {
        Self { data, ..self }
    }

    /// What it shows at more moments, one after the other, if it has an animation.
    #[must_use]
    pub fn animation(&self) -> Option<&Animation> {
        self.animation.as_ref()
    }

    /// The figure with its animation.
    #[must_use]
    pub(crate) fn with_animation(self, animation: Option<Animation>) -> Self {
        Self { animation, ..self }
    }

    /// What it is of; none of a figure that was not drawn for a run.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        self.subject
    }

    /// The figure with what it is of.
    #[must_use]
    pub(crate) fn about(self, subject: Subject) -> Self {
        Self {
            subject: Some(subject),
            ..self
        }
    }

    /// The figure as a PNG on white, 2000 pixels wide, or as wide as it is shown if that is more.
    ///
    /// # Errors
    /// If the SVG cannot be read or painted, which would be a defect of this program.
    #[cfg(feature = "system")]
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        let wide = f64::from(theme::PNG_WIDTH).max(self.size.0.round());
        let pixels = painted(&self.name, &self.svg, wide / self.size.0)?;
        pixels
            .encode_png()
            .map_err(|error| ChartError::new(&self.name, error.to_string()))
    }

    /// The SVG as resvg understands it, text set in the embedded font.
    #[cfg(test)]
    pub(in crate::chart) fn tree(&self) -> Result<resvg::usvg::Tree, resvg::usvg::Error> {
        super::paint::tree_of(&self.svg)
    }
}
