//! What people who do this job met: their inputs with the value that was measured, billed or worked out by hand.

mod engine;
mod memory;
