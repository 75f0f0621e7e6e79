//! Figures as the bytes of files.

use rayon::prelude::*;

use super::RunError;
use crate::chart::Figure;
use crate::experiment::FileKind;

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vector graphics.
    Svg,
    /// Pixels; a chart that moves is a GIF besides.
    Png,
}

/// A file of a chart.
pub struct Painted {
    /// Its name in the folder of charts.
    pub name: String,
    pub bytes: Vec<u8>,
    pub kind: FileKind,
}

impl Painted {
    /// Whether it counts as a picture: the numbers of a chart do not, nor does an animation of one.
    pub fn is_picture(&self) -> bool {
        self.kind == FileKind::Chart && !self.name.ends_with(".gif")
    }
}

/// Paints figures in all formats, with their numbers if asked for. Without a format there is nothing.
pub fn paint(
    figures: &[Figure],
    formats: &[PictureFormat],
    with_data: bool,
) -> Result<Vec<Painted>, RunError> {
    paint_unless(figures, formats, with_data, &|| false)
}

/// The same, without those pictures that are not begun when it is given up.
pub fn paint_unless(
    figures: &[Figure],
    formats: &[PictureFormat],
    with_data: bool,
    given_up: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Painted>, RunError> {
    let each = figures.par_iter().map(|figure| {
        let mut files = Vec::new();
        let mut add = |kind: FileKind, ending: &str, bytes: Vec<u8>| {
            files.push(Painted {
                name: format!("{}.{ending}", figure.name()),
                bytes,
                kind,
            });
        };
        for format in formats.iter().take_while(|_| !given_up()) {
            match format {
                PictureFormat::Svg => add(FileKind::Chart, "svg", figure.svg().as_bytes().to_vec()),
                PictureFormat::Png => {
                    add(FileKind::Chart, "png", figure.png()?);
                    if let Some(animation) = figure.animation() {
                        add(FileKind::Chart, "gif", animation.gif(figure.name())?);
                    }
                }
            }
        }
        if with_data && !formats.is_empty() {
            add(
                FileKind::ChartData,
                "csv",
                figure.data().to_csv().into_bytes(),
            );
        }
        Ok(files)
    });
    let all: Vec<Vec<Painted>> = each.collect::<Result<_, RunError>>()?;
    Ok(all.into_iter().flatten().collect())
}
