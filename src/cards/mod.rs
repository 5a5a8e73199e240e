//! Room `cards`: the picture that is shown with a shared link: a title well set, in the character of the
//! default theme. It knows no page; what it is given it prints, the same words as the same bytes.

mod font;
mod setting;
mod sheet;
mod typeface;

use font::{Font, Places, Tone};
use setting::{WideWord, cut, lines, width};
use sheet::{MARK, RULE, Sheet};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;
use typeface::{Glyph, REGULAR, SEMIBOLD, Typeface};

pub use sheet::{HEIGHT, WIDTH};

/// What is printed on a card. A text with a character that the font lacks is left off.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card<'c> {
    /// The name of the site, above the rule.
    pub site: &'c str,
    /// What must not be missed, beside it: that this is a draft.
    pub mark: &'c str,
    /// What the page is: a debate, a topic.
    pub kind: &'c str,
    /// Beside that: where and when it was, what office they held.
    pub about: &'c str,
    /// The title.
    pub title: &'c str,
    /// A sentence about it.
    pub summary: &'c str,
    /// Where in it the topics lie, from 0 to 1.
    pub lanes: &'c [Lane],
    /// Below the rule: what the page is not.
    pub foot: &'c str,
    /// At its other end: how much there is.
    pub counts: &'c str,
}

/// A topic, and where it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Its title.
    pub label: String,
    /// The places, from 0 to 1.
    pub marks: Vec<f64>,
}

/// The paper that is left free at both sides.
const MARGIN: f32 = 80.0;
/// How long lines may be.
const MEASURE: f32 = WIDTH as f32 - 2.0 * MARGIN;
/// The title stands between these rows, with what else there is between the rules.
const TOP: f32 = 216.0;
const BOTTOM: f32 = 528.0;
/// The sizes of titles: the largest that fits is taken.
const SIZES: [f32; 8] = [80.0, 74.0, 68.0, 61.0, 54.0, 48.0, 42.0, 37.0];
/// The smallest size beside which there is room for a strip.
const BESIDE_A_STRIP: f32 = 54.0;
/// From the base of one line to that of the next, in ems.
const LEADING: f32 = 1.12;
/// The height of a lane of the strip, and where its line begins.
const LANE: f32 = 42.0;
const LANE_START: f32 = 430.0;
/// No title is read beyond so many characters.
const READ: usize = 500;

/// The card as a PNG.
pub fn print(card: &Card<'_>) -> Vec<u8> {
    PRINTER.print(card)
}

/// What is drawn for one card serves all others: glyphs depend on nothing but the font.
static PRINTER: LazyLock<Printer> = LazyLock::new(Printer::default);

/// The type for cards, in every size that they use.
struct Printer {
    site: Font,
    small: Font,
    small_accent: Font,
    eyebrow: Font,
    eyebrow_accent: Font,
    summary: Font,
    titles: Vec<Font>,
}

impl Default for Printer {
    fn default() -> Self {
        let fine = |cut: &'static Typeface, size, tone| Font::new(cut, size, tone, Places::Quarters);
        let title = |size: &f32| Font::new(&REGULAR, *size, Tone::Ink, Places::Whole);
        Printer {
            site: fine(&SEMIBOLD, 38.0, Tone::Ink),
            small: fine(&REGULAR, 27.0, Tone::Quiet),
            small_accent: fine(&SEMIBOLD, 30.0, Tone::Accent),
            eyebrow: fine(&REGULAR, 34.0, Tone::Quiet),
            eyebrow_accent: fine(&REGULAR, 34.0, Tone::Accent),
            summary: fine(&REGULAR, 36.0, Tone::Quiet),
            titles: SIZES.iter().map(title).collect(),
        }
    }
}

/// A title as set.
struct Title<'p> {
    font: &'p Font,
    lines: Vec<Vec<Glyph>>,
}

impl Title<'_> {
    fn height(&self) -> f32 {
        self.font.size * LEADING * self.lines.len() as f32
    }
}

impl Printer {
    fn print(&self, card: &Card<'_>) -> Vec<u8> {
        thread_local! {
            // A sheet is too large for the allocator to keep: a new one is given by the system, page by page.
            static SHEET: RefCell<Sheet> = RefCell::new(Sheet::new());
        }
        SHEET.with_borrow_mut(|sheet| {
            sheet.clear();
            self.print_on(sheet, card);
            sheet.png()
        })
    }

    fn print_on(&self, sheet: &mut Sheet, card: &Card<'_>) {
        let mark = from_the_right(sheet, &self.small_accent, card.mark, 92);
        let site = line(&self.site, card.site, MEASURE - gap(mark));
        self.site.print(sheet, &site, MARGIN, 92);
        let mut top = TOP;
        match card.site {
            // Its own card has the name as the title, and nothing above it.
            "" => top -= 96.0,
            _ => double_rule(sheet, 116),
        }

        let kind = line(&self.eyebrow_accent, card.kind, MEASURE);
        let mut pen = self.eyebrow_accent.print(sheet, &kind, MARGIN, 186);
        if !kind.is_empty() {
            pen += 0.6 * self.eyebrow.size;
        }
        let about = line(&self.eyebrow, card.about, MARGIN + MEASURE - pen);
        self.eyebrow.print(sheet, &about, pen, 186);

        self.body(sheet, card, top);

        double_rule(sheet, 548);
        let counts = from_the_right(sheet, &self.small, card.counts, 592);
        let foot = line(&self.small, card.foot, MEASURE - gap(counts));
        self.small.print(sheet, &foot, MARGIN, 592);
    }

    /// What stands between the rules: the title, and below it a strip or a sentence where there is room.
    fn body(&self, sheet: &mut Sheet, card: &Card<'_>, top: f32) {
        let strip = LANE * card.lanes.len() as f32;
        let beside = Some(self.title(card.title, BOTTOM - top - strip - 16.0))
            .filter(|title| strip > 0.0 && title.font.size >= BESIDE_A_STRIP);
        let with_strip = beside.is_some();
        let summary_leading = 1.25 * self.summary.size;
        let reserved = if card.summary.is_empty() { 0.0 } else { 2.0 * summary_leading + 20.0 };
        let title = beside.unwrap_or_else(|| self.title(card.title, BOTTOM - top - reserved));
        let size = title.font.size;
        let mut baseline = top + 0.84 * size;
        for glyphs in &title.lines {
            title.font.print(sheet, glyphs, MARGIN, baseline as i32);
            baseline += size * LEADING;
        }
        if with_strip {
            self.strip(sheet, card.lanes);
            return;
        }
        let room = ((BOTTOM - top - title.height() - 20.0) / summary_leading) as usize;
        let mut baseline = top + title.height() + 20.0 + 0.8 * self.summary.size;
        for glyphs in paragraph(&self.summary, card.summary, 0.94 * MEASURE, room.min(3)) {
            self.summary.print(sheet, &glyphs, MARGIN, baseline as i32);
            baseline += summary_leading;
        }
    }

    /// The largest setting of a title in this height.
    fn title(&self, title: &str, height: f32) -> Title<'_> {
        let glyphs = glyphs_of(&self.titles[0], title);
        for font in &self.titles {
            let most = (height / (font.size * LEADING)) as usize;
            if let Some(set) = lines(&glyphs, MEASURE / font.size, most, WideWord::Refused) {
                return Title { font, lines: copied(&glyphs, set) };
            }
        }
        let font = self.titles.last().expect("there are sizes");
        let most = (height / (font.size * LEADING)) as usize;
        Title { font, lines: paragraph_of(font, &glyphs, MEASURE, most) }
    }

    /// A lane for each topic, from the start of the debate at the left to its end.
    fn strip(&self, sheet: &mut Sheet, lanes: &[Lane]) {
        let length = MARGIN + MEASURE - LANE_START;
        let mut top = BOTTOM - LANE * lanes.len() as f32;
        for lane in lanes {
            let middle = (top + LANE / 2.0) as usize;
            let label = line(&self.small, &lane.label, LANE_START - MARGIN - 30.0);
            self.small.print(sheet, &label, MARGIN, middle as i32 + 9);
            sheet.fill(LANE_START as usize, middle - 1, length as usize, 2, RULE);
            for mark in &lane.marks {
                let x = LANE_START + mark.clamp(0.0, 1.0) as f32 * (length - 6.0);
                sheet.fill(x as usize, middle - 12, 6, 24, MARK);
            }
            top += LANE;
        }
    }
}

/// As in the theme: a line, as much paper, a line.
fn double_rule(sheet: &mut Sheet, y: usize) {
    for line in [y, y + 4] {
        sheet.fill(MARGIN as usize, line, MEASURE as usize, 2, RULE);
    }
}

/// What a text beside another takes with the space between.
fn gap(width: f32) -> f32 {
    if width > 0.0 { width + 30.0 } else { 0.0 }
}

fn glyphs_of(font: &Font, text: &str) -> Vec<Glyph> {
    let end = text.char_indices().nth(READ).map_or(text.len(), |(at, _)| at);
    font.typeface.glyphs(&text[..end]).unwrap_or_default()
}

fn paragraph_of(font: &Font, glyphs: &[Glyph], measure: f32, most: usize) -> Vec<Vec<Glyph>> {
    let measure = measure / font.size;
    if let Some(set) = lines(glyphs, measure, most, WideWord::Broken) {
        return copied(glyphs, set);
    }
    match font.typeface.glyphs("…").as_deref() {
        Some([ellipsis]) if most > 0 => cut(glyphs, measure, most, *ellipsis),
        _ => Vec::new(),
    }
}

fn copied(glyphs: &[Glyph], lines: Vec<Range<usize>>) -> Vec<Vec<Glyph>> {
    lines.into_iter().map(|line| glyphs[line].to_vec()).collect()
}

/// Lines of at most `measure` pixels, cut after `most`.
fn paragraph(font: &Font, text: &str, measure: f32, most: usize) -> Vec<Vec<Glyph>> {
    paragraph_of(font, &glyphs_of(font, text), measure, most)
}

/// One line of at most `measure` pixels.
fn line(font: &Font, text: &str, measure: f32) -> Vec<Glyph> {
    paragraph(font, text, measure, 1).pop().unwrap_or_default()
}

/// Prints a line that ends at the right margin. Gives its width.
fn from_the_right(sheet: &mut Sheet, font: &Font, text: &str, baseline: i32) -> f32 {
    let glyphs = line(font, text, MEASURE / 2.0);
    let width = width(&glyphs) * font.size;
    font.print(sheet, &glyphs, MARGIN + MEASURE - width, baseline);
    width
}
