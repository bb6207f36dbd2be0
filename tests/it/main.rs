//! Integration tests of the pure core, on whole evaluations, as a reader of the method would check it.

#[macro_use]
mod support;

mod grid;
mod layering;
mod limits;
mod negative;
mod on_paper;
mod personas;
mod scratch;
