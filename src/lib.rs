//! Tunewise decides how to serve a language-model task and defends the answer.
//!
//! Prompt an API model, add retrieval, route, fine-tune, run open weights on own GPUs, or train a model:
//! [`domain`] computes a recommendation with its reasons, the total cost of every alternative and the
//! volume at which the answer flips. It knows no browser. [`codec`] carries a scenario through links,
//! storage and files. The rest is the page.
//!
//! # Non-goals
//!
//! Tunewise does not measure quality, call a model, load anything from a network at run time, or send
//! what the user types anywhere.

pub mod codec;
pub mod domain;
pub mod xlsx;

#[cfg(feature = "web")]
mod app;
#[cfg(feature = "web")]
pub mod browser;
#[cfg(feature = "web")]
pub mod charts;
#[cfg(feature = "web")]
mod components;
#[cfg(feature = "web")]
mod sections;
#[cfg(feature = "web")]
mod state;

/// The whole page, to mount into the document's body.
#[cfg(feature = "web")]
pub use app::App;
