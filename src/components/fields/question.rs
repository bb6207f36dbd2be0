//! A question that is asked of everybody: in words of its own, with the values that matter on its rule.

use leptos::prelude::*;

use super::bound::Bound;
use super::choice::{Options, SegmentField};
use super::frame::{FieldFrame, Labelling};
use super::number::Along;
use super::slider::Slider;
use super::slider_scale::SliderScale;
use super::text::TextControl;
use crate::components::style::percent;
use crate::domain::input::Input;
use crate::state::Page;

/// How a question is asked.
#[derive(Clone, Copy)]
pub enum Asked {
    /// Options side by side, in words that fit.
    Segments(Options),
    /// A number on a rule from the first value to the second, with ticks.
    Rule((f64, f64), &'static [Tick]),
    /// A number over its whole range, with what it decides.
    Strip,
}

/// A value of a rule with its words, and what it is enough for.
pub type Tick = (f64, &'static str, &'static str);

/// One question.
#[component]
pub fn QuestionField(
    record: &'static Input,
    /// What is asked.
    question: &'static str,
    /// What stands behind the number.
    unit: &'static str,
    /// How it is asked.
    asked: Asked,
) -> impl IntoView {
    let field = Bound::to(Page::get(), record);
    let number = move |below: AnyView| {
        let beside = view! { <TextControl field placeholder="not set" keyboard="decimal" unit /> };
        view! {
            <FieldFrame field labelling=Labelling::Control question=Some(question) beside=beside.into_any()>
                {below}
            </FieldFrame>
        }
        .into_any()
    };
    match asked {
        Asked::Segments(options) => view! { <SegmentField field options question /> }.into_any(),
        Asked::Rule((low, high), ticks) => {
            let scale = SliderScale::within(record, low, high);
            number(scale.map(|scale| view! { <Rule field scale ticks /> }).into_any())
        }
        Asked::Strip => number(view! { <Along field /> }.into_any()),
    }
}

/// A slider with ticks below it.
#[component]
fn Rule(field: Bound, scale: SliderScale, ticks: &'static [Tick]) -> impl IntoView {
    let tick = |(value, words, meaning): &Tick| {
        let at = percent(scale.share(*value));
        let meaning = (!meaning.is_empty()).then(|| view! { <span>{*meaning}</span> });
        view! { <li style:--x=at>{*words} {meaning}</li> }
    };
    let ticks = ticks.iter().map(tick).collect_view();
    view! {
        <div class="rule">
            <Slider field scale />
            <ol class="tick" aria-hidden="true">
                {ticks}
            </ol>
        </div>
    }
}
