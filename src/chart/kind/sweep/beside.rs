//! A key beside a map: what its colours stand for, each with a remark.

use plotters::style::RGBColor;

use crate::chart::kit::{ASCENT, Anchor, Canvas, DESCENT, Font, Point, theme};

/// Width of the mark of an entry.
const MARK: f64 = 22.0;
/// From this many entries on, names are small.
const MANY: usize = 8;

const REMARK: Font = Font::regular(theme::CAPTION + 1.0);

/// An entry of the key: what its mark stands for.
pub struct BesideEntry<M> {
    /// What its mark shows.
    pub mark: M,
    /// What it stands for.
    pub name: String,
    /// The colour of the name.
    pub color: RGBColor,
    /// What is said of it.
    pub remark: String,
}

/// Entries below each other.
pub struct BesideKey<M> {
    /// Each with the lines of its name and of its remark.
    entries: Vec<(BesideEntry<M>, [Vec<String>; 2])>,
    font: Font,
}

impl<M> BesideKey<M> {
    /// Lays them out in that width.
    pub fn new(entries: Vec<BesideEntry<M>>, width: f64) -> Self {
        let font = Font::bold(if entries.len() < MANY {
            theme::LABEL
        } else {
            theme::LABEL_LEAST
        });
        let width = width - MARK - 10.0;
        let entries = entries.into_iter().map(|entry| {
            let name = font.wrap_at_most(&entry.name, width, 3);
            let remark = REMARK.wrap_evenly(&entry.remark, width);
            (entry, [name, remark])
        });
        Self {
            entries: entries.collect(),
            font,
        }
    }

    fn entry_height(&self, [name, remark]: &[Vec<String>; 2]) -> f64 {
        name.len() as f64 * self.font.pitch() + remark.len() as f64 * REMARK.pitch() + 9.0
    }

    /// Height that all entries take.
    pub fn height(&self) -> f64 {
        let entries = self.entries.iter();
        entries.map(|(_, lines)| self.entry_height(lines)).sum()
    }

    /// Draws it to the right of and below a corner; `paint` fills a mark between two corners.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        (left, top): Point,
        paint: impl Fn(&mut Canvas, &M, Point, Point),
    ) {
        let mut y = top;
        for (entry, lines) in &self.entries {
            let size = self.font.size;
            let mark = y + (ASCENT + DESCENT) * size / 2.0 - 8.0;
            paint(
                canvas,
                &entry.mark,
                (left, mark),
                (left + MARK, mark + 16.0),
            );
            let x = left + MARK + 10.0;
            let at = (x, y + ASCENT * size);
            let next = canvas.lines(&lines[0], self.font, entry.color, at, Anchor::Start);
            let at = (x, next - ASCENT * size + ASCENT * REMARK.size);
            canvas.lines(&lines[1], REMARK, theme::TEXT, at, Anchor::Start);
            y += self.entry_height(lines);
        }
    }

    /// The key as a text alternative of the map.
    pub fn description(&self) -> String {
        let parts: Vec<String> = self
            .entries
            .iter()
            .map(|(entry, _)| format!("{}: {}.", entry.name, entry.remark))
            .collect();
        parts.join(" ")
    }
}
