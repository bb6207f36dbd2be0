//! The three charts, computed after the answer is on the screen and drawn when the bundle has arrived.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set};
use wasm_bindgen_futures::spawn_local;

use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::dom::{El, el, follow};
use crate::browser::echarts::load;
use crate::browser::timing::{Debounce, after_paint};
use crate::charts::{ChartFigure, Style, VolumeCurves, breakdown, cumulative, volume};
use crate::components::figure::figure;
use crate::domain::evaluation::Evaluation;
use crate::domain::input::Inputs;
use crate::state::{Watched, store};

/// Quiet time before the charts follow an edit.
const FOLLOW_MS: i32 = 90;

/// All charts.
pub fn charts() -> El {
    let bundle = RwSignal::new(None);
    after_paint(move || spawn_local(async move { bundle.set(Some(load().await)) }));
    let dark = follow_query(DARK);
    let narrow = follow_query(NARROW);
    let style = move || Style { dark: dark.get(), narrow: narrow.get() };
    let [by_volume, by_month, by_line] = figures();
    el("section")
        .attrs(&[("class", "charts"), ("aria-label", "Charts")])
        .child(figure("volume", by_volume, style, bundle))
        .child(figure("cumulative", by_month, style, bundle))
        .child(figure("breakdown", by_line, style, bundle))
}

/// What the charts show, a moment behind the answer.
fn figures() -> [Watched<Option<ChartFigure>>; 3] {
    let store = store();
    let figures = [(); 3].map(|()| Watched::new(None));
    let rest = Debounce::new(FOLLOW_MS);
    follow(move || {
        let inputs = store.inputs().get();
        let evaluation = store.evaluation().get();
        rest.run(move || {
            after_paint(move || {
                for (figure, drawn) in figures.into_iter().zip(drawn(&inputs, &evaluation)) {
                    figure.set(drawn);
                }
            });
        });
    });
    figures
}

fn drawn(inputs: &Inputs, evaluation: &Evaluation) -> [Option<ChartFigure>; 3] {
    let curves = VolumeCurves::compute(inputs, evaluation);
    let requests = inputs.work.requests_per_month;
    [
        curves.and_then(|curves| volume(evaluation, &curves, requests)),
        cumulative(evaluation),
        breakdown(evaluation),
    ]
}

fn follow_query(query: &str) -> RwSignal<bool> {
    let state = RwSignal::new(matches(query));
    on_change(query, move |now| state.set(now));
    state
}
