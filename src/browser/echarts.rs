//! The chart bundle: loaded once, after first paint, and drawn with through a safe handle.
//!
//! The bundle (`tools/echarts-entry.mjs`) puts its functions into `window.tunewiseCharts`.

use std::cell::RefCell;
use std::fmt;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlScriptElement, ResizeObserver};

use crate::charts::{Style, draw};

/// Where the bundle lies, relative to the page.
const BUNDLE: &str = "./echarts.js";
/// The object that the bundle puts into the window.
const FUNCTIONS: &str = "tunewiseCharts";

/// The charts cannot be drawn; the numbers are then shown as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartProblem {
    /// The bundle did not arrive or did not start.
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

/// Load the bundle, unless it is loaded already; after a failure the next call tries again.
///
/// # Errors
/// [`ChartProblem::NotLoaded`] where it does not arrive.
pub async fn load() -> Result<(), ChartProblem> {
    if functions().is_some() {
        return Ok(());
    }
    let pending = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(insert_script).clone());
    if JsFuture::from(pending).await.is_ok() && functions().is_some() {
        return Ok(());
    }
    LOADING.set(None);
    Err(ChartProblem::NotLoaded)
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
        script.set_src(BUNDLE);
        script.set_onload(Some(&done));
        script.set_onerror(Some(&failed));
        if head.append_child(&script).is_err() {
            fail();
        }
    })
}

/// The bundle's functions, once it has run.
fn functions() -> Option<JsValue> {
    let window = web_sys::window()?;
    Reflect::get(&window, &JsValue::from_str(FUNCTIONS)).ok().filter(JsValue::is_object)
}

/// Call one of the bundle's functions.
fn call(name: &str, arguments: &[&JsValue]) -> Result<JsValue, ChartProblem> {
    let functions = functions().ok_or(ChartProblem::NotLoaded)?;
    let function = Reflect::get(&functions, &JsValue::from_str(name)).ok();
    let function =
        function.and_then(|function| function.dyn_into::<Function>().ok()).ok_or(ChartProblem::NotLoaded)?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    function.apply(&functions, &list).map_err(|_| ChartProblem::NotDrawn)
}

/// A chart in an element: fits itself to the element, and is freed when it is dropped.
pub struct ChartHandle {
    handle: JsValue,
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn FnMut()>,
}

impl ChartHandle {
    /// Start a chart in `element`, which needs a height from the style sheet. [`load`] comes first.
    ///
    /// # Errors
    /// [`ChartProblem`] where the bundle is missing or refuses.
    pub fn new(element: &Element) -> Result<Self, ChartProblem> {
        let handle = call("init", &[element])?;
        let resized = handle.clone();
        // A chart that was freed meanwhile refuses; nothing is lost.
        let on_resize = Closure::<dyn FnMut()>::new(move || drop(call("resize", &[&resized])));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Ok(ChartHandle { handle, observer, _on_resize: on_resize })
    }

    /// Draw a figure's data, in place of all that was drawn before.
    ///
    /// # Errors
    /// [`ChartProblem::NotDrawn`] where it is no figure, or ECharts refuses it.
    pub fn draw(&self, drawing_json: &str, style: Style) -> Result<(), ChartProblem> {
        let option = draw(drawing_json, &style).ok_or(ChartProblem::NotDrawn)?;
        call("set", &[&self.handle, &JsValue::from_str(&option)]).map(drop)
    }
}

impl Drop for ChartHandle {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        let _ = call("dispose", &[&self.handle]);
    }
}
