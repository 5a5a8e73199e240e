//! How two wordings differ, in one line that reads without colour.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The words of `old` and `new` in one text, words that only `old` has as `[-so-]` and words that
/// only `new` has as `{+so+}`: `should [-not-] {+always+} proceed`.
pub fn word_diff(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let mut runs: Vec<String> = Vec::new();
    let mut push = |open: &str, words: &[&str], close: &str| {
        if !words.is_empty() {
            runs.push(format!("{open}{}{close}", words.join(" ")));
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { .. } => push("", &old[op.old_range()], ""),
            _ => {
                push("[-", &old[op.old_range()], "-]");
                push("{+", &new[op.new_range()], "+}");
            }
        }
    }
    runs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_and_the_rest_is_plain() {
        assert_eq!(
            word_diff("should not proceed", "should always proceed"),
            "should [-not-] {+always+} proceed"
        );
        assert_eq!(word_diff("a b", "a b c d"), "a b {+c d+}");
        assert_eq!(word_diff("same", "same"), "same");
        assert_eq!(word_diff("", "x"), "{+x+}");
    }
}
