//! The three charts, computed after the answer is on the screen and drawn when the bundle has arrived.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::echarts::load;
use crate::browser::timing::{Debounce, after_paint};
use crate::charts::{ChartFigure, Style, VolumeCurves, breakdown, cumulative, volume};
use crate::components::figure::Figure;
use crate::domain::evaluation::Evaluation;
use crate::domain::input::Inputs;
use crate::state::{Store, store};

/// Quiet time before the charts follow an edit.
const FOLLOW_MS: i32 = 90;

/// What the charts show: everything of one moment.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    inputs: Arc<Inputs>,
    evaluation: Arc<Evaluation>,
    curves: Option<VolumeCurves>,
}

/// All charts.
#[component]
pub fn Charts() -> impl IntoView {
    let style = style();
    let shown = follow(store());
    let bundle = RwSignal::new(None);
    after_paint(move || {
        spawn_local(async move {
            let outcome = load().await;
            let _ = bundle.try_set(Some(outcome));
        });
    });
    let figure = move |of: fn(&Shown) -> Option<ChartFigure>| {
        Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(of)))
    };
    let by_volume = figure(|shown| {
        let curves = shown.curves.as_ref()?;
        volume(&shown.evaluation, curves, shown.inputs.work.requests_per_month)
    });
    let by_month = figure(|shown| cumulative(&shown.evaluation));
    let by_line = figure(|shown| breakdown(&shown.evaluation));
    view! {
        <section class="charts" aria-label="Charts">
            <Figure kind="volume" figure=by_volume style bundle />
            <Figure kind="cumulative" figure=by_month style bundle />
            <Figure kind="breakdown" figure=by_line style bundle />
        </section>
    }
}

/// What is shown, a moment behind the answer.
fn follow(store: Store) -> RwSignal<Option<Shown>> {
    let shown = RwSignal::new(None);
    let rest = Debounce::new(FOLLOW_MS);
    Effect::new(move |_| {
        let inputs = store.inputs().get();
        let evaluation = store.evaluation().get();
        rest.run(move || {
            after_paint(move || {
                let curves = VolumeCurves::compute(&inputs, &evaluation);
                let _ = shown.try_set(Some(Shown { inputs, evaluation, curves }));
            });
        });
    });
    shown
}

/// How to draw; follows the browser's appearance.
fn style() -> Signal<Style> {
    let dark = follow_query(DARK);
    let narrow = follow_query(NARROW);
    Signal::derive(move || Style { dark: dark.get(), narrow: narrow.get() })
}

fn follow_query(query: &'static str) -> RwSignal<bool> {
    let state = RwSignal::new(matches(query));
    let listener = StoredValue::new_local(on_change(query, move |now| {
        let _ = state.try_set(now);
    }));
    on_cleanup(move || drop(listener.try_update_value(Option::take)));
    state
}
