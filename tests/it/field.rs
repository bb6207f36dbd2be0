//! Cases that people who do this job met, each with its right value: billed, measured, or worked out by hand.

mod bills;
mod config;
mod engine;
mod memory;
mod shapes;
mod usage;
