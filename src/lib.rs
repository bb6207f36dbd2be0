//! Tunewise decides how to serve a language-model task and defends the answer.
//!
//! Prompt an API model, add retrieval, route, fine-tune, run open weights on own GPUs, or train a model:
//! [`domain`] computes a recommendation with its reasons, the total cost of every alternative and the
//! volume at which the answer flips. It knows no browser. [`codec`] carries a scenario through links,
//! storage and files; [`format`] writes numbers the same way everywhere. The rest is the page.
//!
//! # Non-goals
//!
//! Tunewise does not measure quality, call a model, load anything from a network at run time, or send
//! what the user types anywhere.

pub mod codec;
pub mod domain;
pub mod format;

#[cfg(any(feature = "web", feature = "draw"))]
pub mod charts;

#[cfg(feature = "web")]
mod app;
#[cfg(feature = "web")]
pub mod browser;
#[cfg(feature = "web")]
mod components;
#[cfg(feature = "web")]
mod sections;
#[cfg(feature = "web")]
mod state;

#[cfg(feature = "web")]
pub use app::{Fetch, LaterSections};

/// Put the page into the document body. What it needs after first paint comes by `fetch`.
#[cfg(feature = "web")]
pub fn mount(fetch: Fetch) {
    // Fails only if another executor was set before, and there is none.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let page = reactive_graph::owner::Owner::new();
    page.with(|| app::app(fetch));
    // It lives as long as the document.
    std::mem::forget(page);
}
