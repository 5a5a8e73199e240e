//! The two cuts of type that the program carries, and a text as their glyphs: composed characters,
//! ligatures and kerning. Nothing here knows a size.

use std::sync::LazyLock;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;

/// For titles and text.
pub static REGULAR: LazyLock<Typeface> =
    LazyLock::new(|| Typeface::new(include_bytes!("fonts/LibertinusSerif-Regular.otf")));
/// For the name of the site.
pub static SEMIBOLD: LazyLock<Typeface> =
    LazyLock::new(|| Typeface::new(include_bytes!("fonts/LibertinusSerif-Semibold.otf")));

/// The longest first: the first that fits is taken.
const LIGATURES: [(&str, &str); 5] = [("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")];

/// One cut of a typeface.
pub struct Typeface {
    /// The font.
    pub face: Face<'static>,
    kerning: Option<PairAdjustment<'static>>,
}

/// A glyph in its place among others. Lengths are in units of the em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Which.
    pub id: GlyphId,
    /// The character that it is for.
    pub character: char,
    /// How far it is to the next glyph, kerning included.
    pub advance: f32,
}

impl Typeface {
    fn new(font: &'static [u8]) -> Self {
        let face = Face::parse(font, 0).expect("the font is one of ours");
        let kerning = face.tables().gpos.and_then(|gpos| {
            let subtables = |at| Some(gpos.lookups.get(at)?.subtables.into_iter::<PositioningSubtable>());
            (0..gpos.lookups.len()).filter_map(subtables).flatten().find_map(|subtable| match subtable {
                PositioningSubtable::Pair(pairs) => Some(pairs),
                _ => None,
            })
        });
        Typeface { face, kerning }
    }

    /// The glyphs of a text on one line; nothing where it has a character that the font lacks.
    pub fn glyphs(&self, text: &str) -> Option<Vec<Glyph>> {
        let em = f32::from(self.face.units_per_em());
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
        for character in cleaned(text).chars() {
            let id = self.face.glyph_index(character)?;
            if let Some(before) = glyphs.last_mut() {
                before.advance += f32::from(self.kern(before.id, id)) / em;
            }
            let advance = f32::from(self.face.glyph_hor_advance(id).unwrap_or(0)) / em;
            glyphs.push(Glyph { id, character, advance });
        }
        Some(glyphs)
    }

    /// How much nearer or farther two neighbours stand, in the units of the font.
    fn kern(&self, left: GlyphId, right: GlyphId) -> i16 {
        // Both cuts kern by classes of glyphs, in one table.
        let Some(PairAdjustment::Format2 { coverage, classes, matrix }) = &self.kerning else { return 0 };
        if coverage.get(left).is_none() {
            return 0;
        }
        let pair = matrix.get((classes.0.get(left), classes.1.get(right)));
        pair.map_or(0, |(first, _)| first.x_advance)
    }
}

/// A text as it is set: composed, each run of white space one space, without what is never seen,
/// with ligatures.
fn cleaned(text: &str) -> String {
    let unseen = |c: &char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE0F}' | '\u{FEFF}');
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut cleaned: String = words.collect::<Vec<_>>().join(" ").nfc().filter(|c| !unseen(c)).collect();
    if cleaned.contains("ff") || cleaned.contains("fi") || cleaned.contains("fl") {
        for (letters, ligature) in LIGATURES {
            cleaned = cleaned.replace(letters, ligature);
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width(text: &str) -> f32 {
        REGULAR.glyphs(text).expect("Latin").iter().map(|glyph| glyph.advance).sum()
    }

    #[test]
    fn what_is_unseen_takes_no_place_and_letters_are_composed_and_joined() {
        assert_eq!(cleaned(" a\u{AD}\u{200F}b\n\t c\u{7}d "), "ab c d");
        assert_eq!(cleaned("w\u{302}"), "ŵ");
        assert_eq!(cleaned("traffic, offline, fjord"), "traﬃc, oﬄine, fjord");
    }

    #[test]
    fn neighbours_are_kerned() {
        assert!(width("AV") < width("A") + width("V"));
        assert_eq!(width("HH"), 2.0 * width("H"));
    }

    #[test]
    fn the_font_has_the_languages_of_britain_and_of_its_neighbours_and_says_what_it_lacks() {
        let texts = [
            "Llŷn, dŵr, ẁ ẃ ẅ ỳ â ê î ô û",
            "Gàidhlig, Gaeilge: á é í ó ú",
            "£5 – €3½ “quoted” ‘so’ … 10% § † • №",
            "Łódź, Žižek, Şırnak, Őrség",
        ];
        for text in texts {
            for cut in [&REGULAR, &SEMIBOLD] {
                assert!(cut.glyphs(text).is_some(), "{text}");
            }
        }
        for text in ["العربية", "議会", "ab 😀"] {
            assert_eq!(REGULAR.glyphs(text), None, "{text}");
        }
    }
}
