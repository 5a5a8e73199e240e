//! The sheet that a card is printed on: pixels of sixteen colours, two to a byte, and the PNG of them.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// The width of a card in pixels, as the sites that show link previews want it.
pub const WIDTH: usize = 1200;
/// Its height.
pub const HEIGHT: usize = 630;
/// Bytes of a row.
const ROW: usize = WIDTH / 2;

/// The colours of the default theme on light paper.
const PAPER: [u8; 3] = [0xfd, 0xfc, 0xf9];
const INK: [u8; 3] = [0x20, 0x1d, 0x19];
const LINE: [u8; 3] = [0xdc, 0xd6, 0xca];
const ACCENT: [u8; 3] = [0x8a, 0x24, 0x32];

/// The colour of rules, by its place in the palette.
pub const RULE: u8 = 8;
/// The accent in full.
pub const MARK: u8 = 15;

/// From 0 to 7 the paper turns to ink; 8 is the colour of rules; up to 15 the paper turns to the accent.
/// So two glyphs of one tone that touch can be laid one over the other with a bitwise or.
fn palette() -> Vec<u8> {
    let between = |to: [u8; 3], level: u16| {
        let channel = move |at: usize| {
            let (from, to) = (u16::from(PAPER[at]), u16::from(to[at]));
            ((from * (7 - level) + to * level) / 7) as u8
        };
        [0, 1, 2].map(channel)
    };
    let ink = (0..8).map(|level| between(INK, level));
    let accent = (1..8).map(|level| between(ACCENT, level));
    ink.chain([LINE]).chain(accent).flatten().collect()
}

/// Something drawn once to be printed in many places, ready for an even or an odd column.
#[derive(Debug, Default)]
pub struct Stamp {
    left: i32,
    top: i32,
    /// Bytes of a row.
    width: usize,
    even: Vec<u8>,
    odd: Vec<u8>,
}

impl Stamp {
    /// A stamp of these pixels, whose first is `left` and `top` of where it will be put.
    pub fn new(left: i32, top: i32, pixel_width: usize, pixels: &[u8]) -> Self {
        let width = pixel_width / 2 + 1;
        let packed = |shift: usize| {
            let mut bytes = vec![0; pixels.len() / pixel_width.max(1) * width];
            for (at, pixel) in pixels.iter().enumerate() {
                let (row, column) = (at / pixel_width, at % pixel_width + shift);
                bytes[row * width + column / 2] |= if column % 2 == 0 { pixel << 4 } else { *pixel };
            }
            bytes
        };
        Stamp { left, top, width, even: packed(0), odd: packed(1) }
    }
}

/// A sheet of paper.
pub struct Sheet {
    pixels: Vec<u8>,
}

impl Sheet {
    /// An empty one.
    pub fn new() -> Self {
        Sheet { pixels: vec![0; ROW * HEIGHT] }
    }

    /// Makes it empty again.
    pub fn clear(&mut self) {
        self.pixels.fill(0);
    }

    /// Puts a stamp with its origin at this pixel. What would lie beyond the sheet is not printed.
    pub fn stamp(&mut self, stamp: &Stamp, x: i32, y: i32) {
        let x = x + stamp.left;
        let (bytes, column) = (if x % 2 == 0 { &stamp.even } else { &stamp.odd }, x.div_euclid(2));
        let skipped = usize::try_from(-column).unwrap_or(0);
        let column = usize::try_from(column).unwrap_or(0);
        if stamp.width <= skipped || column >= ROW {
            return;
        }
        for (row, from) in (y + stamp.top..).zip(bytes.chunks_exact(stamp.width)) {
            let Some(row) = usize::try_from(row).ok().filter(|row| *row < HEIGHT) else { continue };
            let to = &mut self.pixels[row * ROW + column..(row + 1) * ROW];
            for (to, from) in to.iter_mut().zip(&from[skipped..]) {
                *to |= from;
            }
        }
    }

    /// Fills a rectangle with a colour of the palette. Columns are whole pairs of pixels.
    pub fn fill(&mut self, x: usize, y: usize, width: usize, height: usize, colour: u8) {
        let columns = (x / 2).min(ROW)..((x + width) / 2).min(ROW);
        for row in y.min(HEIGHT)..(y + height).min(HEIGHT) {
            self.pixels[row * ROW..][columns.clone()].fill(colour << 4 | colour);
        }
    }

    /// The sheet as a PNG, quickly: most of it is paper, which any compression makes small.
    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 << 10);
        let mut encoder = Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette(palette());
        encoder.set_compression(Compression::Fastest);
        encoder.set_filter(Filter::Up);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.pixels)?;
            writer.finish()
        });
        written.expect("writing to memory does not fail");
        bytes
    }
}
