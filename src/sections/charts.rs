//! The three charts, computed after the answer is on the screen and drawn when the bundle has arrived.

use crate::browser::dom::{El, el, follow};
use crate::browser::timing::{Debounce, after_paint};
use crate::charts::{ChartFigure, VolumeCurves, breakdown, cumulative, volume};
use crate::components::figure::{Easel, figure};
use crate::domain::evaluation::Evaluation;
use crate::domain::input::Inputs;
use crate::state::{Watched, store};

/// Quiet time before the charts follow an edit.
const FOLLOW_MS: i32 = 90;

/// All charts.
pub fn charts() -> El {
    let easel = Easel::new();
    let [by_volume, by_month, by_line] = figures();
    el("section")
        .attrs(&[("class", "charts"), ("aria-label", "Charts")])
        .child(figure("volume", by_volume, easel))
        .child(figure("cumulative", by_month, easel))
        .child(figure("breakdown", by_line, easel))
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
