//! The browser behind a safe façade: the only part that names `web_sys` and `js_sys`.
//!
//! Everything here can be refused by a browser (a frame without storage, a clipboard without
//! permission, a script that does not arrive), so everything here answers with a value the page can
//! show.

pub mod appearance;
pub mod brought;
pub mod clipboard;
pub mod echarts;
pub mod file;
pub mod focus;
pub mod keys;
pub mod location;
pub mod nearness;
pub mod places;
pub mod shell;
pub mod storage;
pub mod timing;
pub mod window;
