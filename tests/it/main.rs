//! The one test program: an index of what is claimed about the program.
