//! Fonts: type of one cut, size and tone. Each glyph is drawn once, when it is first wanted.

use super::sheet::{Sheet, Stamp};
use super::typeface::{Glyph, Typeface};
use ab_glyph_rasterizer::{Point, Rasterizer, point};
use std::sync::OnceLock;
use ttf_parser::{GlyphId, OutlineBuilder};

/// What type is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Black, nearly.
    Ink,
    /// For what stands back.
    Quiet,
    /// For what stands out.
    Accent,
}

impl Tone {
    /// The place in the palette of a pixel that is covered so far, from 0 to 1.
    fn pixel(self, covered: f32) -> u8 {
        let level = |most: f32| (covered.clamp(0.0, 1.0) * most + 0.5) as u8;
        match (self, level(7.0)) {
            (_, 0) => 0,
            (Tone::Ink, level) => level,
            (Tone::Quiet, _) => level(5.0).max(1),
            (Tone::Accent, level) => 8 | level,
        }
    }
}

/// How finely a glyph's place on the line is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Whole pixels: enough for large type.
    Whole,
    /// Quarters of a pixel, without which small type is set unevenly.
    Quarters,
}

/// Type of one cut, size and tone.
pub struct Font {
    /// The cut.
    pub typeface: &'static Typeface,
    /// The size of the em in pixels.
    pub size: f32,
    tone: Tone,
    steps: u16,
    /// The glyphs as drawn: each at every step.
    drawn: Vec<OnceLock<Stamp>>,
}

impl Font {
    /// A font, nothing of which is drawn yet.
    pub fn new(typeface: &'static Typeface, size: f32, tone: Tone, places: Places) -> Self {
        let steps = if places == Places::Whole { 1 } else { 4 };
        let count = usize::from(typeface.face.number_of_glyphs()) * usize::from(steps);
        let drawn = std::iter::repeat_with(OnceLock::new).take(count).collect();
        Font { typeface, size, tone, steps, drawn }
    }

    /// Prints glyphs on a sheet, from `x` on, upon the line `baseline`. Gives where they end.
    pub fn print(&self, sheet: &mut Sheet, glyphs: &[Glyph], x: f32, baseline: i32) -> f32 {
        let steps = f32::from(self.steps);
        let mut pen = x;
        for glyph in glyphs {
            let place = (pen * steps).round() as i32;
            let step = place.rem_euclid(i32::from(self.steps)) as u16;
            let at = usize::from(glyph.id.0 * self.steps + step);
            let stamp = self.drawn[at].get_or_init(|| self.draw(glyph.id, f32::from(step) / steps));
            sheet.stamp(stamp, place.div_euclid(i32::from(self.steps)), baseline);
            pen += glyph.advance * self.size;
        }
        pen
    }

    /// Draws a glyph whose origin is `shift` to the right of a pixel's edge.
    fn draw(&self, id: GlyphId, shift: f32) -> Stamp {
        let face = &self.typeface.face;
        let scale = self.size / f32::from(face.units_per_em());
        let Some(bounds) = face.glyph_bounding_box(id) else { return Stamp::default() };
        let left = (f32::from(bounds.x_min) * scale + shift).floor() as i32 - 1;
        let right = (f32::from(bounds.x_max) * scale + shift).ceil() as i32 + 1;
        let top = (-f32::from(bounds.y_max) * scale).floor() as i32 - 1;
        let bottom = (-f32::from(bounds.y_min) * scale).ceil() as i32 + 1;
        let (width, height) = ((right - left) as usize, (bottom - top) as usize);
        let mut outline = Outline {
            rasterizer: Rasterizer::new(width, height),
            scale,
            origin: point(shift - left as f32, -top as f32),
            start: Point::default(),
            pen: Point::default(),
        };
        face.outline_glyph(id, &mut outline);
        let mut pixels = vec![0; width * height];
        outline.rasterizer.for_each_pixel(|at, covered| pixels[at] = self.tone.pixel(covered));
        Stamp::new(left, top, width, &pixels)
    }
}

/// Hands a glyph's outline to the rasterizer, in pixels.
struct Outline {
    rasterizer: Rasterizer,
    scale: f32,
    origin: Point,
    start: Point,
    pen: Point,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Point {
        point(self.origin.x + x * self.scale, self.origin.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen = self.place(x, y);
        self.start = self.pen;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.rasterizer.draw_line(self.pen, to);
        self.pen = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.rasterizer.draw_quad(self.pen, self.place(x1, y1), to);
        self.pen = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.rasterizer.draw_cubic(self.pen, self.place(x1, y1), self.place(x2, y2), to);
        self.pen = to;
    }

    fn close(&mut self) {
        self.rasterizer.draw_line(self.pen, self.start);
        self.pen = self.start;
    }
}
