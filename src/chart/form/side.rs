//! A side of a grid: the words of its rows or columns, and how those of columns fit below them.

use plotters::style::RGBColor;

use crate::chart::kit::{Font, theme, ticks};

/// Words along the sides.
pub const FONT: Font = Font::regular(theme::TICK);
/// What letters in place of names mean.
pub const SMALL: Font = Font::regular(theme::CAPTION);
/// Most lines of a name below a column.
const LINES: usize = 3;

/// A side of the cells.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// What it is, with an arrow.
    pub title: String,
    /// The words of its rows or columns.
    pub words: Vec<String>,
    /// Their colours; those of text if there are none.
    pub colors: Vec<RGBColor>,
    /// Whether they are names, which must all be told.
    pub are_names: bool,
}

impl Side {
    pub fn color(&self, number: usize) -> RGBColor {
        self.colors.get(number).copied().unwrap_or(theme::TEXT)
    }

    /// The words of each column of that width, in lines: whole names, else letters.
    pub fn lines(&self, width: f64) -> Vec<Vec<String>> {
        if !self.are_names || FONT.widest(&self.words) + 10.0 <= width {
            return self.words.iter().map(|word| vec![word.clone()]).collect();
        }
        if let Some(wrapped) = self.wrapped(width) {
            return wrapped;
        }
        let count = self.words.len();
        (0..count)
            .map(|number| vec![letter(number, count)])
            .collect()
    }

    /// The names in a few lines each, none of which breaks a word.
    fn wrapped(&self, width: f64) -> Option<Vec<Vec<String>>> {
        let pieces = |word: &str| -> Vec<String> {
            let pieces = word.split_inclusive(['-', '/', '_', ' ']);
            pieces.map(str::to_owned).collect()
        };
        let wrap = |word: &String| {
            let lines = FONT.wrap_evenly(word, width - 10.0);
            let fits = FONT.widest(&pieces(word)) <= width - 10.0 && lines.len() <= LINES;
            fits.then_some(lines)
        };
        self.words.iter().map(wrap).collect()
    }

    /// Height of the words below columns of that width.
    pub fn height(&self, width: f64) -> f64 {
        let lines = self.lines(width).iter().map(Vec::len).max().unwrap_or(1);
        ticks::NUMBERS + (lines.max(1) - 1) as f64 * FONT.pitch()
    }

    /// What the letters below columns stand for, in lines; nothing if names fit.
    pub fn legend(&self, cell: f64, width: f64) -> Vec<String> {
        let is_whole = FONT.widest(&self.words) + 10.0 <= cell || self.wrapped(cell).is_some();
        if !self.are_names || is_whole {
            return Vec::new();
        }
        let named = self.words.iter().enumerate();
        let parts: Vec<String> = named
            .map(|(number, name)| {
                format!("{}\u{a0}=\u{a0}{name}", letter(number, self.words.len()))
            })
            .collect();
        SMALL.wrap(&format!("{}.", parts.join("; ")), width)
    }
}

/// A letter for a column, or a number where there are too many.
fn letter(number: usize, count: usize) -> String {
    match u8::try_from(number) {
        Ok(number) if count <= 26 => char::from(b'A' + number.min(25)).to_string(),
        _ => (number + 1).to_string(),
    }
}
