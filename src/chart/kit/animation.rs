//! Pictures that follow each other, as an animated GIF.
//!
//! A GIF knows at most 256 colours. Those of a chart are known: its grounds, its inks, and what lies between them where
//! edges are smoothed. Every pixel takes the nearest of these, so that flat areas stay flat and the file small. Of each
//! picture only the rectangle is kept in which something changes, and in it only the pixels that do.

#[cfg(feature = "system")]
use gif::{DisposalMethod, Encoder, Frame, Repeat};
use plotters::style::RGBColor;
#[cfg(feature = "system")]
use rayon::prelude::*;

#[cfg(feature = "system")]
use crate::chart::kit::paint::{ChartError, painted};

/// Most colours beside the transparent one.
const COLORS: usize = 255;
/// The place in the palette of the colour that leaves a pixel as it was.
const UNCHANGED: u8 = 255;

/// Pictures that follow each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Animation {
    pub(crate) pictures: Vec<Picture>,
    palette: Vec<[u8; 3]>,
}

/// One of the pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its SVG document; all of an animation are of the same size.
    pub svg: String,
    /// How long it stays, in hundredths of a second.
    pub delay: u16,
}

/// A picture as places in the palette, row by row.
#[cfg(feature = "system")]
struct Indexed {
    width: usize,
    pixels: Vec<u8>,
}

/// A part of a picture: left and upper edge, width and height.
type Part = (usize, usize, usize, usize);

impl Animation {
    /// The animation of pictures drawn with these inks on these grounds.
    #[must_use]
    pub fn new(pictures: Vec<Picture>, inks: Vec<RGBColor>, grounds: Vec<RGBColor>) -> Self {
        let palette = palette(&inks, &grounds);
        Self { pictures, palette }
    }

    /// Number of pictures.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pictures.len()
    }

    /// Whether there are no pictures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The pictures as SVG documents.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.pictures.iter().map(|picture| picture.svg.as_str())
    }
}

#[cfg(feature = "system")]
impl Animation {
    /// The GIF, which begins anew when it has ended. The threads of the current rayon pool share the work; equal pictures give equal bytes.
    ///
    /// # Errors
    /// If a picture cannot be read or painted, which would be a defect of this program.
    pub fn gif(&self, name: &str) -> Result<Vec<u8>, ChartError> {
        let failed = |reason: String| ChartError::new(name, reason);
        let painted: Vec<Indexed> = self
            .pictures
            .par_iter()
            .map(|picture| self.painted(name, &picture.svg))
            .collect::<Result<_, _>>()?;
        let frames: Vec<Frame<'static>> = (0..painted.len())
            .into_par_iter()
            .map(|number| {
                let before = number.checked_sub(1).map(|before| &painted[before]);
                painted[number].frame(before, self.pictures[number].delay)
            })
            .collect();
        let Some(first) = frames.first() else {
            return Err(failed("there are no pictures".to_owned()));
        };
        let mut colors: Vec<u8> = self.palette.concat();
        colors.resize(3 * (COLORS + 1), 0);
        let mut bytes = Vec::new();
        let failed = |error: gif::EncodingError| failed(error.to_string());
        let mut encoder =
            Encoder::new(&mut bytes, first.width, first.height, &colors).map_err(failed)?;
        encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
        for frame in &frames {
            encoder.write_lzw_pre_encoded_frame(frame).map_err(failed)?;
        }
        drop(encoder);
        Ok(bytes)
    }

    /// A picture in the colours of the palette, as large as it is shown.
    fn painted(&self, name: &str, svg: &str) -> Result<Indexed, ChartError> {
        let pixels = painted(name, svg, 1.0)?;
        let (width, height) = (pixels.width(), pixels.height());
        if width.max(height) > u32::from(u16::MAX) {
            let reason = format!("no animation is {width} by {height} pixels");
            return Err(ChartError::new(name, reason));
        }
        let mut known = Known::new(&self.palette);
        let pixels = (pixels.data().as_chunks::<4>().0.iter())
            .map(|&[red, green, blue, _]| known.place([red, green, blue]));
        Ok(Indexed {
            pixels: pixels.collect(),
            width: width as usize,
        })
    }
}

/// The nearest colours of the palette, as far as they were asked for lately: the colours of a picture recur.
#[cfg(feature = "system")]
struct Known {
    /// The palette by red, green and blue, so that many colours are compared at once; filled up with the first.
    palette: [[i32; COLORS + 1]; 3],
    /// Colours and their places, each where its hash says.
    slots: Vec<([u8; 3], u8)>,
}

#[cfg(feature = "system")]
impl Known {
    /// Power of two of the number of slots.
    const BITS: u32 = 13;

    fn new(palette: &[[u8; 3]]) -> Self {
        let first = palette.first().copied().unwrap_or_default();
        let color = |at: usize| palette.get(at).copied().unwrap_or(first);
        let part = |part: usize| std::array::from_fn(|at| i32::from(color(at)[part]));
        let mut known = Self {
            palette: [part(0), part(1), part(2)],
            slots: Vec::new(),
        };
        let black = ([0; 3], known.nearest([0; 3]));
        known.slots = vec![black; 1 << Self::BITS];
        known
    }

    /// The place of the nearest colour.
    fn place(&mut self, color: [u8; 3]) -> u8 {
        let [red, green, blue] = color;
        let whole = u32::from_le_bytes([red, green, blue, 0]);
        let slot = (whole.wrapping_mul(0x9e37_79b1) >> (32 - Self::BITS)) as usize;
        if self.slots[slot].0 != color {
            self.slots[slot] = (color, self.nearest(color));
        }
        self.slots[slot].1
    }

    /// The place of the nearest colour, the first of several.
    fn nearest(&self, color: [u8; 3]) -> u8 {
        let mut keys: [i32; COLORS + 1] = std::array::from_fn(|place| place as i32);
        for (palette, part) in self.palette.iter().zip(color) {
            for (key, known) in keys.iter_mut().zip(palette) {
                let far = known - i32::from(part);
                *key += (far * far) << 8;
            }
        }
        // the distance comes first in a key, then the place
        let nearest = keys.into_iter().fold(i32::MAX, i32::min);
        (nearest & 0xff) as u8
    }
}

#[cfg(feature = "system")]
impl Indexed {
    /// What differs from the picture before, compressed; everything of the first.
    fn frame(&self, before: Option<&Self>, delay: u16) -> Frame<'static> {
        let (left, top, width, height) = before.map_or_else(
            || (0, 0, self.width, self.pixels.len() / self.width),
            |before| self.changed(before),
        );
        let row = |y: usize| {
            let start = y * self.width + left;
            start..start + width
        };
        let pixels = (top..top + height).flat_map(row).map(|at| match before {
            Some(before) if before.pixels[at] == self.pixels[at] => UNCHANGED,
            _ => self.pixels[at],
        });
        // pictures are no larger than this
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        let mut frame = Frame {
            delay,
            dispose: DisposalMethod::Keep,
            transparent: before.map(|_| UNCHANGED),
            left: short(left),
            top: short(top),
            width: short(width),
            height: short(height),
            buffer: pixels.collect::<Vec<u8>>().into(),
            ..Frame::default()
        };
        frame.make_lzw_pre_encoded();
        frame
    }

    /// The rectangle in which something differs; one pixel if nothing does, for a frame cannot be empty.
    fn changed(&self, before: &Self) -> Part {
        let rows = || {
            self.pixels
                .chunks(self.width)
                .zip(before.pixels.chunks(self.width))
        };
        let differs = |(a, b): (&[u8], &[u8])| a != b;
        let top = rows().position(differs);
        let Some(top) = top else {
            return (0, 0, 1, 1);
        };
        let bottom = rows().rposition(differs).unwrap_or(top);
        let columns = rows()
            .skip(top)
            .take(bottom - top + 1)
            .filter_map(|(a, b)| {
                let apart = || a.iter().zip(b).map(|(a, b)| a != b);
                let first = apart().position(|apart| apart)?;
                Some((first, apart().rposition(|apart| apart).unwrap_or(first)))
            });
        let (left, right) = columns.fold((usize::MAX, 0), |(left, right), (first, last)| {
            (left.min(first), right.max(last))
        });
        (left, top, right + 1 - left, bottom + 1 - top)
    }
}

/// The grounds, the inks, and what lies between an ink and a ground.
fn palette(inks: &[RGBColor], grounds: &[RGBColor]) -> Vec<[u8; 3]> {
    let plain = |color: &RGBColor| [color.0, color.1, color.2];
    let mut palette: Vec<[u8; 3]> = grounds.iter().chain(inks).map(plain).collect();
    for parts in [&[0.5][..], &[0.25, 0.75]] {
        for ground in grounds {
            for ink in inks {
                for part in parts {
                    let mix = |a: u8, b: u8| {
                        let mixed = f64::from(a) * (1.0 - part) + f64::from(b) * part;
                        mixed.round() as u8
                    };
                    let (a, b) = (plain(ground), plain(ink));
                    palette.push(std::array::from_fn(|i| mix(a[i], b[i])));
                }
            }
        }
    }
    let mut once = Vec::new();
    for color in palette {
        if !once.contains(&color) && once.len() < COLORS {
            once.push(color);
        }
    }
    once
}
