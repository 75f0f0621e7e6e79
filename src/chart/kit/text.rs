//! Measuring, wrapping and shortening text with the metrics of the embedded font.

use std::sync::OnceLock;

use unicode_width::UnicodeWidthChar;

use crate::chart::kit::fallback::lacking;
use crate::chart::kit::fonts;
use crate::chart::kit::metrics::Metrics;
use crate::chart::kit::theme;

/// Part of the font size above the baseline that letters reach.
pub const ASCENT: f64 = 0.76;
/// Part of the font size below the baseline that letters reach.
pub const DESCENT: f64 = 0.24;

/// Size and weight of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// Size in pixels of the figure.
    pub size: f64,
    /// Whether it is set in bold.
    pub bold: bool,
}

impl Font {
    /// A regular font.
    #[must_use]
    pub const fn regular(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// A bold font.
    #[must_use]
    pub const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// Distance between two baselines.
    #[must_use]
    pub fn pitch(self) -> f64 {
        self.size * theme::LINE_PITCH
    }

    /// Width of a text.
    #[must_use]
    pub fn width(self, text: &str) -> f64 {
        let others = lacking(text);
        if others.is_empty() {
            return self.width_embedded(text);
        }
        // such letters are as wide as they are high, or half as wide
        let (other, own): (Vec<char>, Vec<char>) =
            text.chars().partition(|letter| others.contains(letter));
        let halves = other
            .iter()
            .filter_map(|letter| letter.width())
            .sum::<usize>();
        self.width_embedded(&String::from_iter(own)) + 0.5 * halves as f64 * self.size
    }

    /// Width of a text that the embedded font can draw.
    fn width_embedded(self, text: &str) -> f64 {
        static FACES: OnceLock<[Option<Metrics>; 2]> = OnceLock::new();
        let faces = FACES.get_or_init(|| [fonts::regular(), fonts::bold()].map(Metrics::of));
        let thousandths = match &faces[usize::from(self.bold)] {
            Some(face) => face.thousandths(text),
            // a wide guess, should the font be unreadable
            None => 700.0 * text.chars().count() as f64,
        };
        thousandths * self.size / 1000.0
    }

    /// Width of the widest of several lines.
    #[must_use]
    pub fn widest(self, lines: &[String]) -> f64 {
        lines
            .iter()
            .map(|line| self.width(line))
            .fold(0.0, f64::max)
    }

    /// Breaks a text into lines no wider than `most`, at blanks, within a word only where it must.
    #[must_use]
    pub fn wrap(self, text: &str, most: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if let Some(last) = lines.last_mut() {
                let longer = format!("{last} {word}");
                if self.width(&longer) <= most {
                    *last = longer;
                    continue;
                }
            }
            lines.extend(self.break_word(word, most));
        }
        lines
    }

    /// As [`Font::wrap`] with as few lines, but of lengths as equal as can be.
    #[must_use]
    pub fn wrap_evenly(self, text: &str, most: f64) -> Vec<String> {
        let best = self.wrap(text, most);
        let (mut narrow, mut wide) = (most / best.len().max(1) as f64, most);
        while wide - narrow > 4.0 {
            let middle = f64::midpoint(narrow, wide);
            if self.wrap(text, middle).len() <= best.len() {
                wide = middle;
            } else {
                narrow = middle;
            }
        }
        self.wrap(text, wide)
    }

    /// As [`Font::wrap_evenly`] in so many lines at most; a longer text is shortened in its middle.
    #[must_use]
    pub fn wrap_at_most(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let lines = self.wrap_evenly(text, width);
        if lines.len() <= most {
            return lines;
        }
        let short = self.shorten(text, (most as f64 - 0.5) * width);
        let mut lines = self.wrap(&short, width);
        lines.truncate(most);
        lines
    }

    /// Cuts a word into pieces that fit: after a hyphen, stroke, underscore or dot, else anywhere.
    fn break_word(self, word: &str, most: f64) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while self.width(rest) > most {
            let mut cut = 0;
            let mut natural = 0;
            for (at, letter) in rest.char_indices() {
                let end = at + letter.len_utf8();
                if self.width(&rest[..end]) > most && cut > 0 {
                    break;
                }
                cut = end;
                if matches!(letter, '-' | '/' | '_' | '.') {
                    natural = end;
                }
            }
            let end = if natural > 0 { natural } else { cut };
            if end >= rest.len() {
                break;
            }
            pieces.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        pieces.push(rest.to_owned());
        pieces
    }

    /// The text itself if it fits, else its beginning and its end about an ellipsis.
    #[must_use]
    pub fn shorten(self, text: &str, most: f64) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut kept = letters.len();
        let mut shown = text.to_owned();
        while self.width(&shown) > most && kept > 2 {
            kept -= 1;
            let head: String = letters[..kept.div_ceil(2)].iter().collect();
            let tail: String = letters[letters.len() - kept / 2..].iter().collect();
            shown = format!("{}…{}", head.trim_end(), tail.trim_start());
        }
        shown
    }
}

/// A text on a figure and the box that it takes, in pixels from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// What is written.
    pub text: String,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl TextBox {
    /// Whether two texts cover each other.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

#[cfg(test)]
mod tests {
    use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

    use super::*;
    use crate::chart::kit::metrics::HEIGHT_PER_SIZE;

    #[test]
    fn widths_are_those_of_plotters() {
        // every letter after every other
        let ascii: String = (' '..='~')
            .flat_map(|one| (' '..='~').flat_map(move |next| [one, next]))
            .collect();
        let texts = [
            "",
            &ascii,
            "share",
            "AVATAR To We, 95 % ±1.5 (−0.25)",
            "Cuota de mercado: año, más · Kennis één",
            "Ωμέγα Ёлка – “fi ffl” \u{a0}…",
        ];
        for (bold, style, font) in [
            (false, FontStyle::Normal, fonts::regular()),
            (true, FontStyle::Bold, fonts::bold()),
        ] {
            assert!(register_font("measured", style, font).is_ok());
            let family = FontFamily::Name("measured");
            let other = FontDesc::new(family, 1000.0 * HEIGHT_PER_SIZE, style);
            for text in texts {
                let (_, (right, _)) = other.layout_box(text).expect("a width");
                let own = Font { size: 1000.0, bold }.width_embedded(text);
                assert_eq!(own, f64::from(right), "{text}");
            }
        }
    }
}
