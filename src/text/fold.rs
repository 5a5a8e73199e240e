//! The fold that matching uses: what two writings of the same words have in common. Never stored,
//! never rendered, never exported.

/// A folded text and the way back to the original.
pub struct Folded {
    /// The folded text.
    pub text: String,
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    Folded { text: text.to_owned() }
}
