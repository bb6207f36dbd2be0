//! The three charts, computed after the answer is on the screen and drawn when the bundle has arrived.

use std::sync::Arc;

use leptos::prelude::{Get, RwSignal, Set};
use leptos::task::spawn_local;

use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::dom::{El, el, follow};
use crate::browser::echarts::load;
use crate::browser::timing::{Debounce, after_paint};
use crate::charts::{ChartFigure, Palette, Style, VolumeCurves, breakdown, cumulative, volume};
use crate::components::figure::figure;
use crate::domain::evaluation::Evaluation;
use crate::domain::input::Inputs;
use crate::state::{Store, Watched, store};

/// Quiet time before the charts follow an edit.
const FOLLOW_MS: i32 = 90;

/// What the charts show: everything of one moment.
struct Shown {
    inputs: Arc<Inputs>,
    evaluation: Arc<Evaluation>,
    curves: Option<VolumeCurves>,
}

/// All charts.
pub fn charts() -> El {
    let bundle = RwSignal::new(None);
    after_paint(move || spawn_local(async move { bundle.set(Some(load().await)) }));
    let [by_volume, by_month, by_line] = figures();
    el("section")
        .attrs(&[("class", "charts"), ("aria-label", "Charts")])
        .child(figure("volume", by_volume, bundle))
        .child(figure("cumulative", by_month, bundle))
        .child(figure("breakdown", by_line, bundle))
}

/// What the charts show, a moment behind the answer and in the browser's appearance.
fn figures() -> [Watched<Option<ChartFigure>>; 3] {
    let figures = [Watched::new(None), Watched::new(None), Watched::new(None)];
    let shown = follow_answer(store());
    let dark = follow_query(DARK);
    let narrow = follow_query(NARROW);
    follow(move || {
        let palette = if dark.get() { Palette::DARK } else { Palette::LIGHT };
        let style = Style { palette, narrow: narrow.get() };
        let drawn = shown.with(|shown| shown.as_ref().map(|shown| shown.draw(&style)));
        for (figure, drawn) in figures.into_iter().zip(drawn.unwrap_or_default()) {
            figure.set(drawn);
        }
    });
    figures
}

impl Shown {
    fn draw(&self, style: &Style) -> [Option<ChartFigure>; 3] {
        let requests = self.inputs.work.requests_per_month;
        let curves = self.curves.as_ref();
        [
            curves.and_then(|curves| volume(&self.evaluation, curves, requests, style)),
            cumulative(&self.evaluation, style),
            breakdown(&self.evaluation, style),
        ]
    }
}

fn follow_answer(store: Store) -> Watched<Option<Shown>> {
    let shown = Watched::new(None);
    let rest = Debounce::new(FOLLOW_MS);
    follow(move || {
        let inputs = store.inputs().get();
        let evaluation = store.evaluation().get();
        rest.run(move || {
            after_paint(move || {
                let curves = VolumeCurves::compute(&inputs, &evaluation);
                shown.replace(Some(Shown { inputs, evaluation, curves }));
            });
        });
    });
    shown
}

fn follow_query(query: &str) -> RwSignal<bool> {
    let state = RwSignal::new(matches(query));
    on_change(query, move |now| state.set(now));
    state
}
