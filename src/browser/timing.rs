//! Now, later, and after the next picture.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, Window};

const MS_PER_DAY: f64 = 86_400_000.0;

/// Run `work` once the present state is on the screen, so that a long computation never delays it.
///
/// A frame callback runs *before* its picture; a timer set there runs after it. In a hidden tab it
/// waits until the tab is shown.
pub fn after_paint(work: impl FnOnce() + 'static) {
    let in_frame = once(Box::new(move || later(work)));
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(&in_frame);
    }
}

/// Run `work` once what is being done now has ended.
pub fn soon(work: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        window.queue_microtask(&once(Box::new(work)));
    }
}

/// Run `work` once the browser has done what waits.
pub fn later(work: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let _ = window.set_timeout_with_callback(&once(Box::new(work)));
    }
}

/// Run `work` as soon as the browser has done what waits, without the delay that timers get when they follow
/// one another.
pub fn next_task(work: impl FnOnce() + 'static) {
    let Ok(channel) = MessageChannel::new() else { return };
    channel.port1().set_onmessage(Some(&once(Box::new(work))));
    // It throws only for what cannot be copied.
    let _ = channel.port2().post_message(&JsValue::NULL);
}

/// A function that does the work when it is called first.
fn once(work: Box<dyn FnOnce()>) -> Function {
    Closure::once_into_js(work).unchecked_into()
}

/// Milliseconds since the page began; zero where the browser does not tell.
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Whole days since the end of a calendar month; negative before it.
pub fn days_since_month(year: i32, month: u8) -> i64 {
    // JavaScript counts months from zero: this is the first day of the next one.
    let end = js_sys::Date::utc(f64::from(year), f64::from(month));
    ((js_sys::Date::now() - end) / MS_PER_DAY).floor() as i64
}

/// A timer that is cleared when it is dropped.
struct Timer {
    window: Window,
    id: i32,
    _work: Closure<dyn FnMut()>,
}

impl Timer {
    fn start(delay_ms: i32, work: impl FnMut() + 'static) -> Option<Timer> {
        let window = web_sys::window()?;
        let work = Closure::<dyn FnMut()>::new(work);
        let handler: &JsValue = work.as_ref();
        let handler = handler.unchecked_ref();
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(handler, delay_ms).ok()?;
        Some(Timer { window, id, _work: work })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.window.clear_timeout_with_handle(self.id);
    }
}

/// Runs only the last of several things asked for in quick succession.
#[derive(Clone)]
pub struct Debounce {
    delay_ms: i32,
    timer: Rc<RefCell<Option<Timer>>>,
}

impl Debounce {
    /// Wait so many milliseconds for something newer.
    pub fn new(delay_ms: i32) -> Self {
        Debounce { delay_ms, timer: Rc::default() }
    }

    /// Run `work` after the delay, unless something newer is asked for or this is dropped before.
    pub fn run(&self, work: impl FnOnce() + 'static) {
        let mut work = Some(work);
        let timer = Timer::start(self.delay_ms, move || {
            if let Some(work) = work.take() {
                work();
            }
        });
        // The one that waited is dropped, and with it its timer.
        *self.timer.borrow_mut() = timer;
    }
}
