//! Slugs, and the nearest of several names to one that was mistyped.

/// Whether `text` is a slug: `a-z 0-9 -`, 1 to 80 characters, no `-` at either end.
pub fn is_slug(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// A slug made from a title: transliterated to ASCII, lower case, runs of anything else as one
/// `-`. Empty where nothing is left.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() && c != '\'' {
            slug.push('-');
        }
        if slug.len() == 80 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The candidate that is `typed` but for one slip of the keyboard in a short name, two in one of more than
/// a dozen characters: near enough to doubt a text that need not be a name at all.
pub fn nearly<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.trim();
    let limit = match typed.chars().count() {
        0..4 => return None,
        4..13 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&typed.to_lowercase(), &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The candidate most like `typed`, for "did you mean"; `None` where nothing is near enough to be
/// a likely slip of the keyboard (Damerau-Levenshtein distance over a third of the length).
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&typed.to_lowercase(), &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= (candidate.chars().count().max(typed.chars().count()) / 3).max(1)
        })
        .min()
        .map(|(_, candidate)| candidate)
}
