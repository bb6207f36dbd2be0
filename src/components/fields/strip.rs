//! A number's slider with what the verdict and its rival cost over its range, and where another answer begins.

mod curve;

use leptos::html::Div;
use leptos::prelude::*;

use super::bound::Bound;
use super::slider::{Slider, thumb};
use super::slider_scale::SliderScale;
use crate::browser::nearness::Nearness;
use crate::components::anew::Anew;
use crate::domain::answer::{Flip, FlipKind, Flips};
use crate::domain::input::Value;
use curve::Curve;

/// Values along which the lines are drawn.
const POINTS: u32 = 25;

/// The strip of a number. Its height is the same with and without lines, so that nothing moves when they are found.
#[component]
pub fn Strip(field: Bound, scale: SliderScale) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    find_while_seen(field, scale.clone(), place);
    let along = scale.clone();
    let curve = Memo::new(move |_| field.strip.with(|strip| Curve::of(strip.as_ref()?, &along)));
    let lines = move || {
        curve.get().map(|_| {
            let line = move |line: fn(Curve) -> String| move || curve.get().map_or_else(String::new, line);
            view! {
                <svg viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <path class="of-rival" d=line(|curve| curve.rival) />
                    <path class="of-verdict" d=line(|curve| curve.verdict) />
                </svg>
                <i class="at"></i>
            }
        })
    };
    let has_lines = Memo::new(move |_| curve.with(Option::is_some));
    let of_thumb = scale.clone();
    let at = move || format!("{:.4}", f64::from(thumb(field, &of_thumb)) / f64::from(of_thumb.steps()));
    view! {
        <div class="strip" data-strip=field.record.id node_ref=place style:--v=at>
            <Show when=move || has_lines.get()>{lines}</Show>
            <Marks flips=field.flips scale=scale.clone() />
            <Slider field scale />
        </div>
    }
}

/// Ask for the lines as long as the strip is seen.
fn find_while_seen(field: Bound, scale: SliderScale, place: NodeRef<Div>) {
    Effect::new(move |before: Option<Option<Nearness>>| {
        before.flatten().or_else(|| {
            let scale = scale.clone();
            let seen = move |is_seen: bool| field.show_strip(is_seen.then(|| scale.spread(POINTS)));
            place.get().and_then(|place| Nearness::soon(&place, seen))
        })
    });
    on_cleanup(move || field.show_strip(None));
}

/// A hairline where another answer begins: solid where something else is used, dashed where only the test is another.
#[component]
fn Marks(flips: Memo<Option<Flips>>, scale: SliderScale) -> impl IntoView {
    let marks =
        move || flips.with(|flips| flips.as_ref().map_or_else(Vec::new, |flips| marks(flips, &scale)));
    view! {
        <Anew of=marks let:marks>
            {marks
                .into_iter()
                .map(|(at, is_use)| view! { <i class="edge" class:is-use=is_use style:--f=at></i> })
                .collect_view()}
        </Anew>
    }
}

fn marks(flips: &Flips, scale: &SliderScale) -> Vec<(String, bool)> {
    let mark = |flip: &Flip| match flip.to {
        Value::Number(at) if at >= scale.value(0) && at <= scale.value(scale.steps()) => {
            Some((format!("{:.4}", scale.share(at)), flip.kind == FlipKind::Use))
        }
        _ => None,
    };
    flips.found.iter().filter_map(mark).collect()
}
