//! No word of a transcript is lost, added or moved.
