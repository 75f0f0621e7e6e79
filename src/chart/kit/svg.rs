//! Shapes become an SVG document, through plotters.
//!
//! plotters draws on whole units, so the sheet is [`theme::SCALE`](SCALE) times finer than shown.

use std::fmt::Write as _;

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, IntoTextStyle, ShapeStyle};

use super::shape::{Ink, Point, Shape};
use super::style::Style;
use super::theme::{FONT_FAMILY, PAPER, SCALE};

/// The document of a sheet of that height, with the words that stand for it where it cannot be seen.
pub fn document(
    shapes: &[Shape],
    style: &Style,
    height: f64,
    title: &str,
    described: &str,
) -> String {
    let mut drawn = String::new();
    let (wide, high) = (unit(style.width), unit(height));
    {
        let mut backend = SVGBackend::with_string(&mut drawn, (wide as u32, high as u32));
        for shape in shapes {
            draw(&mut backend, shape);
        }
        let _ = backend.present();
    }
    // in place of the first tag: the size shown, joins without spikes, white paper, and words for a reader
    let body = drawn
        .split_once('>')
        .map_or(drawn.as_str(), |(_, body)| body);
    let mut svg = String::with_capacity(drawn.len() + 1000);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" xml:lang=\"{}\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {wide} {high}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{wide}\" height=\"{high}\" fill=\"#{:02X}{:02X}{:02X}\"/>",
        style.texts.code,
        shown(style.width * style.unit),
        shown(height * style.unit),
        escaped(title),
        escaped(described),
        PAPER.0,
        PAPER.1,
        PAPER.2,
    );
    svg.push_str(body);
    svg
}

/// A length in pixels, to the hundredth.
pub fn shown(pixels: f64) -> f64 {
    (pixels * 100.0).round() / 100.0
}

/// A length in canvas units.
fn unit(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn units(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|&(x, y)| (unit(x), unit(y))).collect()
}

fn shape_style(ink: Ink, filled: bool) -> ShapeStyle {
    ShapeStyle {
        color: ink.color.mix(ink.opacity),
        filled,
        stroke_width: (ink.width * SCALE).round() as u32,
    }
}

/// Draws one shape; writing into a string cannot fail.
fn draw(backend: &mut SVGBackend<'_>, shape: &Shape) {
    let _ = match shape {
        Shape::Path(points, ink) => backend.draw_path(units(points), &shape_style(*ink, false)),
        Shape::Area(points, ink) => backend.fill_polygon(units(points), &shape_style(*ink, true)),
        Shape::Dot((x, y), radius, ink) => backend.draw_circle(
            (unit(*x), unit(*y)),
            unit(*radius) as u32,
            &shape_style(*ink, true),
            true,
        ),
        Shape::Text {
            text,
            font,
            color,
            left,
            baseline,
        } => {
            // The backend sets size / 1.24 and, for `Top`, the baseline 0.76 font sizes below y.
            let size = font.size * SCALE;
            let style = if font.bold {
                FontStyle::Bold
            } else {
                FontStyle::Normal
            };
            let text_style = (FontFamily::Name(FONT_FAMILY), size * 1.24, style)
                .into_text_style(&(1u32, 1u32))
                .color(color)
                .pos(Pos::new(HPos::Left, VPos::Top));
            let top = (baseline * SCALE - 0.76 * size).round() as i32;
            backend.draw_text(text, &text_style, (unit(*left), top))
        }
    };
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
