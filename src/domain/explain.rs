//! The answer put into words, after everything is decided.

pub mod derivation;
