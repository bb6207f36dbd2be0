//! Integration tests of the pure core, on whole evaluations, as a reader of the method would check it.

#[macro_use]
mod support;

mod layering;
mod negative;
mod on_paper;
mod personas;
