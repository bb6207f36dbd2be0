//! The three charts, computed a moment behind the answer, one after the other.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::timing::{Debounce, after_paint, next_turn};
use crate::charts::{ChartFigure, VolumeCurves, breakdown, cumulative, volume};
use crate::components::figure::{Easel, Figure};
use crate::components::in_turn::Turn;
use crate::domain::answer::Answer;
use crate::state::Page;

/// Quiet time before the charts follow an edit, in milliseconds.
const FOLLOW_MS: u32 = 90;

/// All charts.
#[component]
pub fn Charts() -> impl IntoView {
    let easel = Easel::new();
    let figures = Figures::follow(Page::get());
    view! {
        <section class="charts" aria-label="Charts">
            <Figure kind="volume" figure=figures.volume easel />
            <Figure kind="cumulative" figure=figures.cumulative easel />
            <Figure kind="breakdown" figure=figures.breakdown easel />
        </section>
    }
}

/// What the charts show.
#[derive(Clone, Copy)]
struct Figures {
    volume: RwSignal<Option<ChartFigure>>,
    cumulative: RwSignal<Option<ChartFigure>>,
    breakdown: RwSignal<Option<ChartFigure>>,
    /// The number of the newest computation; an older one gives up.
    newest: StoredValue<u32>,
}

impl Figures {
    /// Figures of the page's answer: the first at once, others once no edit has followed for a moment.
    fn follow(page: Page) -> Figures {
        let figures = Figures {
            volume: RwSignal::new(None),
            cumulative: RwSignal::new(None),
            breakdown: RwSignal::new(None),
            newest: StoredValue::new(0),
        };
        let rest = Debounce::new(FOLLOW_MS);
        // What stands below waits for them: they would move it when they come.
        let turn = Turn::hold();
        Effect::new(move |_| {
            let answer = page.answer.get();
            let number = figures.newest.get_value().wrapping_add(1);
            figures.newest.set_value(number);
            let compute = move || {
                spawn_local(async move {
                    figures.compute(number, &answer).await;
                    turn.pass();
                })
            };
            match number {
                1 => compute(),
                _ => rest.run(move || after_paint(compute)),
            }
        });
        figures
    }

    /// Compute the figures, each in a task of its own; ends early where a newer computation has begun.
    async fn compute(self, number: u32, answer: &Answer) -> Option<()> {
        let by_volume = || {
            let curves = VolumeCurves::compute(answer)?;
            volume(answer, &curves, answer.decided.requests_per_month)
        };
        self.give_way(number).await?;
        self.volume.set(by_volume());
        self.give_way(number).await?;
        self.cumulative.set(cumulative(answer));
        self.give_way(number).await?;
        self.breakdown.set(breakdown(answer));
        Some(())
    }

    async fn give_way(self, number: u32) -> Option<()> {
        next_turn().await;
        // Nothing is newest once the page is gone.
        (self.newest.try_get_value() == Some(number)).then_some(())
    }
}
