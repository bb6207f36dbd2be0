//! Mount the page, and cut its program in two; everything else lives in the library.

// The attribute below declares the function that crosses from one piece to the other.
#![allow(unsafe_code)]

use tunewise::LaterSections;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

fn main() {
    console_error_panic_hook::set_once();
    tunewise::mount(|sections| Box::pin(async { later(sections).await.is_ok() }));
}

/// Whatever only this function reaches, code and texts alike, is not in the first download.
#[wasm_split(later, fallible)]
fn later(sections: LaterSections) -> Result<(), SplitLoaderError> {
    sections.mount();
    Ok(())
}
