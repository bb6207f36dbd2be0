//! The drawing module: the program that the page loads after first paint, together with ECharts.

use tunewise::charts::{self, Style};
use wasm_bindgen::prelude::wasm_bindgen;

/// The ECharts option of a figure's data, both as JSON; nothing if the text is something else.
#[wasm_bindgen]
pub fn draw(drawing_json: &str, dark: bool, narrow: bool) -> Option<String> {
    charts::draw(drawing_json, &Style { dark, narrow })
}

// A program needs one; the bundle calls `draw`.
fn main() {}
