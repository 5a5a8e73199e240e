//! The one test program: an index of what is claimed about the program.

/// No word of a transcript is lost, added or moved, in the corpora and in made-up files.
mod record;
/// The examples in `tests/spec` come out as written there.
mod spec;
/// The source keeps its own rules: the order of the rooms, headers, length.
mod tidy;
