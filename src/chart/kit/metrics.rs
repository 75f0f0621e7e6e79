//! How wide the letters of a font are, and how far pairs of them are moved together.

use ttf_parser::{Face, GlyphId};

/// Height of DejaVu Sans (ascender less descender) over its font size, by which plotters measures.
pub const HEIGHT_PER_SIZE: f64 = 2384.0 / 2048.0;

/// Letters whose widths are worked out once: nearly all texts are made of them, and charts measure the same texts many times to place and
/// wrap them.
const KEPT: usize = 128;

/// What a font says of letters, in thousandths of its size. Computed in single precision, as plotters does.
pub struct Metrics {
    face: Face<'static>,
    /// From the font's units.
    factor: f32,
    /// By letter.
    widths: Vec<f32>,
    /// By letter and the one after it.
    pairs: Vec<f32>,
}

impl Metrics {
    /// Those of a font; none if it is unreadable.
    #[must_use]
    pub fn of(font: &'static [u8]) -> Option<Self> {
        let face = Face::parse(font, 0).ok()?;
        let height = f32::from(face.ascender()) - f32::from(face.descender());
        let mut own = Self {
            face,
            factor: (1000.0 * HEIGHT_PER_SIZE) as f32 / height,
            widths: Vec::new(),
            pairs: Vec::new(),
        };
        let glyphs: Vec<GlyphId> = (0..KEPT as u8).map(|byte| own.glyph(byte.into())).collect();
        own.widths = glyphs.iter().map(|glyph| own.width_of(*glyph)).collect();
        let pairs = glyphs.iter().flat_map(|one| {
            let own = &own;
            (glyphs.iter()).map(move |next| own.together_of(*one, *next))
        });
        own.pairs = pairs.collect();
        Some(own)
    }

    /// Width of a text in whole thousandths of the font's size, pairs of letters moved together as the font says.
    #[must_use]
    pub fn thousandths(&self, text: &str) -> f64 {
        let mut width = 0f32;
        let mut last = None;
        for letter in text.chars() {
            width += self.width(letter);
            width += last.map_or(0.0, |last| self.together(last, letter));
            last = Some(letter);
        }
        width.trunc().into()
    }

    fn width(&self, letter: char) -> f32 {
        match self.widths.get(letter as usize) {
            Some(width) => *width,
            None => self.width_of(self.glyph(letter)),
        }
    }

    fn together(&self, one: char, next: char) -> f32 {
        if (one as usize).max(next as usize) < KEPT {
            return self.pairs[one as usize * KEPT + next as usize];
        }
        self.together_of(self.glyph(one), self.glyph(next))
    }

    fn glyph(&self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    fn width_of(&self, glyph: GlyphId) -> f32 {
        self.factor * f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
    }

    fn together_of(&self, one: GlyphId, next: GlyphId) -> f32 {
        let tables = self.face.tables().kern.into_iter();
        let mut pairs = (tables.flat_map(|table| table.subtables))
            .filter(|one| one.horizontal && !one.variable);
        let together = pairs.find_map(|pairs| pairs.glyphs_kerning(one, next));
        self.factor * f32::from(together.unwrap_or_default())
    }
}
