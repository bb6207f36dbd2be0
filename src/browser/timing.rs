//! Now, in the next task, after the next picture, and once nothing else waits.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdleRequestOptions, MessageChannel};

/// Longest wait for a browser that always has something to do, in milliseconds.
const LONGEST_IDLE_MS: u32 = 150;
const MS_PER_DAY: f64 = 86_400_000.0;

/// Run `work` once the present state is on the screen, so that a long computation never delays it.
///
/// A frame callback runs *before* its picture; a timer set there runs after it. In a hidden tab it
/// waits until the tab is shown.
pub fn after_paint(work: impl FnOnce() + 'static) {
    request_animation_frame(move || later(work));
}

/// Run `work` once the browser has done what waits.
pub fn later(work: impl FnOnce() + 'static) {
    Timeout::new(0, work).forget();
}

/// Let the browser do what waits, without the delay that timers get when they follow one another.
pub async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return };
    let heard = Promise::new(&mut |done, _| channel.port1().set_onmessage(Some(&done)));
    // It throws only for what cannot be copied.
    let _ = channel.port2().post_message(&JsValue::NULL);
    let _ = JsFuture::from(heard).await;
    channel.port1().close();
}

/// Let the browser do what waits, and begin anew a moment later.
pub async fn next_turn() {
    let turn = Promise::new(&mut |done, _| later(move || drop(done.call0(&JsValue::UNDEFINED))));
    let _ = JsFuture::from(turn).await;
}

/// Wait until the browser has nothing else to do, but no longer than a moment.
pub async fn when_idle() {
    let Some(window) = web_sys::window() else { return };
    let options = IdleRequestOptions::new();
    options.set_timeout(LONGEST_IDLE_MS);
    let idle = Promise::new(&mut |done, _| {
        // Absent in some browsers, though the binding says it is always there: then a timer does.
        if window.request_idle_callback_with_options(&done, &options).is_err() {
            later(move || drop(done.call0(&JsValue::UNDEFINED)));
        }
    });
    let _ = JsFuture::from(idle).await;
}

/// Milliseconds since the page began; zero where the browser does not tell.
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Milliseconds since 1970 by the reader's clock.
pub fn since_1970_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// A number that another tab will hardly draw.
pub fn drawn() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// Whole days since the end of a calendar month; negative before it.
pub fn days_since_month(year: i32, month: u8) -> i64 {
    // JavaScript counts months from zero: this is the first day of the next one.
    let end = js_sys::Date::utc(f64::from(year), f64::from(month));
    ((js_sys::Date::now() - end) / MS_PER_DAY).floor() as i64
}

/// Runs only the last of several things asked for in quick succession.
#[derive(Clone)]
pub struct Debounce {
    delay_ms: u32,
    timer: Rc<RefCell<Option<Timeout>>>,
}

impl Debounce {
    /// Wait so many milliseconds for something newer.
    pub fn new(delay_ms: u32) -> Self {
        Debounce { delay_ms, timer: Rc::default() }
    }

    /// Run `work` after the delay, unless something newer is asked for or this is dropped before.
    pub fn run(&self, work: impl FnOnce() + 'static) {
        // The one that waited is dropped, and with it its timer.
        *self.timer.borrow_mut() = Some(Timeout::new(self.delay_ms, work));
    }
}
