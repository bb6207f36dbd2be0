//! ECharts: loaded once, when the first chart is asked for, and drawn with through a safe handle.
//!
//! The bundle (`tools/echarts-entry.mjs`) puts its functions into `window.tunewiseCharts`.

use std::cell::RefCell;
use std::fmt;

use js_sys::{Promise, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlScriptElement, ResizeObserver};

/// Where the bundle lies, relative to the page.
const BUNDLE_PATH: &str = "./echarts.js";
/// What the bundle is called in the window.
const BUNDLE_NAME: &str = "tunewiseCharts";

#[wasm_bindgen]
extern "C" {
    /// The functions that the bundle puts into the window.
    type Bundle;

    /// A new chart in an element.
    #[wasm_bindgen(method, catch)]
    fn init(this: &Bundle, element: &Element) -> Result<JsValue, JsValue>;

    /// Replace all that the chart shows.
    #[wasm_bindgen(method, catch)]
    fn set(this: &Bundle, instance: &JsValue, option_json: &str) -> Result<(), JsValue>;

    /// Fit the chart to its element again.
    #[wasm_bindgen(method, catch)]
    fn resize(this: &Bundle, instance: &JsValue) -> Result<(), JsValue>;

    /// The chart of an option as an SVG.
    #[wasm_bindgen(method, catch)]
    fn svg(this: &Bundle, option_json: &str, width: u32, height: u32) -> Result<String, JsValue>;

    /// An SVG as a PNG.
    #[wasm_bindgen(method, catch)]
    fn png(this: &Bundle, svg: &str, width: u32, height: u32) -> Result<Promise, JsValue>;

    /// Free the chart.
    #[wasm_bindgen(method, catch)]
    fn dispose(this: &Bundle, instance: &JsValue) -> Result<(), JsValue>;
}

/// The charts cannot be drawn; the numbers are then shown as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartProblem {
    /// The bundle did not arrive or did not run.
    NotLoaded,
    /// The bundle refused what it was given.
    NotDrawn,
}

impl fmt::Display for ChartProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ChartProblem::NotLoaded => "The charts could not be loaded; here are their numbers.",
            ChartProblem::NotDrawn => "This chart could not be drawn; here are its numbers.",
        })
    }
}

impl std::error::Error for ChartProblem {}

thread_local! {
    /// The load under way or done, shared by all charts.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Load the bundle, unless that is done already; after a failure the next call tries again.
///
/// # Errors
/// [`ChartProblem::NotLoaded`] where it does not arrive or does not run.
pub async fn load() -> Result<(), ChartProblem> {
    if bundle().is_ok() {
        return Ok(());
    }
    let pending = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(insert_script).clone());
    let arrived = JsFuture::from(pending).await.map_err(|_| ChartProblem::NotLoaded);
    let loaded = arrived.and_then(|_| bundle().map(drop));
    if loaded.is_err() {
        LOADING.set(None);
    }
    loaded
}

/// Add the bundle's script to the page; the promise settles when it has run or failed.
fn insert_script() -> Promise {
    Promise::new(&mut |done, failed| {
        let fail = || drop(failed.call0(&JsValue::UNDEFINED));
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return fail() };
        let script = document
            .create_element("script")
            .ok()
            .and_then(|script| script.dyn_into::<HtmlScriptElement>().ok());
        let (Some(script), Some(head)) = (script, document.head()) else { return fail() };
        script.set_type("module");
        script.set_src(BUNDLE_PATH);
        script.set_onload(Some(&done));
        script.set_onerror(Some(&failed));
        if head.append_child(&script).is_err() {
            fail();
        }
    })
}

/// The bundle, once it has run.
fn bundle() -> Result<Bundle, ChartProblem> {
    let window = web_sys::window().ok_or(ChartProblem::NotLoaded)?;
    let bundle = Reflect::get(&window, &JsValue::from_str(BUNDLE_NAME)).ok().filter(JsValue::is_object);
    bundle.map(JsCast::unchecked_into).ok_or(ChartProblem::NotLoaded)
}

/// The chart of an ECharts option as the text of an SVG of this size in pixels. [`load`] comes first.
///
/// # Errors
/// [`ChartProblem`] where the bundle is missing or refuses.
pub fn svg(option: &impl Serialize, (width, height): (u32, u32)) -> Result<String, ChartProblem> {
    let option_json = serde_json::to_string(option).map_err(|_| ChartProblem::NotDrawn)?;
    bundle()?.svg(&option_json, width, height).map_err(|_| ChartProblem::NotDrawn)
}

/// An SVG of this size as the bytes of a PNG. [`load`] comes first.
///
/// # Errors
/// [`ChartProblem`] where the bundle is missing or the browser refuses.
pub async fn png(svg: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, ChartProblem> {
    let drawn = bundle()?.png(svg, width, height).map_err(|_| ChartProblem::NotDrawn)?;
    let bytes = JsFuture::from(drawn).await.map_err(|_| ChartProblem::NotDrawn)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// A chart in an element: fits itself to the element, and is freed when it is dropped.
pub struct ChartHandle {
    instance: JsValue,
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn FnMut()>,
}

impl ChartHandle {
    /// Start a chart in `element`, which needs a height from the style sheet. [`load`] comes first.
    ///
    /// # Errors
    /// [`ChartProblem`] where the bundle is missing or refuses.
    pub fn new(element: &Element) -> Result<Self, ChartProblem> {
        let instance = bundle()?.init(element).map_err(|_| ChartProblem::NotDrawn)?;
        let resized = instance.clone();
        // A chart that was freed meanwhile refuses; nothing is lost.
        let on_resize =
            Closure::<dyn FnMut()>::new(move || drop(bundle().map(|bundle| bundle.resize(&resized))));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Ok(ChartHandle { instance, observer, _on_resize: on_resize })
    }

    /// Draw an ECharts option, in place of all that was drawn before: a `charming::Chart`, or what completes
    /// one ([`ChartFigure::option`](crate::charts::ChartFigure::option)).
    ///
    /// # Errors
    /// [`ChartProblem::NotDrawn`] where ECharts refuses it.
    pub fn set(&self, option: &impl Serialize) -> Result<(), ChartProblem> {
        let option_json = serde_json::to_string(option).map_err(|_| ChartProblem::NotDrawn)?;
        bundle()?.set(&self.instance, &option_json).map_err(|_| ChartProblem::NotDrawn)
    }
}

impl Drop for ChartHandle {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        drop(bundle().map(|bundle| bundle.dispose(&self.instance)));
    }
}
