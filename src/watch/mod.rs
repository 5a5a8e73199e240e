//! Room `watch`: file events → changes. Events are hints; what stands in the tree decides. It knows
//! nothing of what depends on what.
