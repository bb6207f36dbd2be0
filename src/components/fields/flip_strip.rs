//! Does this number matter: where another answer wins, beside where the slider stands.

use super::flip_value::FlipValue;
use super::slider_scale::SliderScale;
use crate::browser::dom::{El, el, svg};
use crate::domain::flips::Flips;
use crate::domain::input::Input;
use crate::state::store;

/// The part of a slider's range in which another answer wins; blank where there is none or as long as none
/// is found, so that nothing moves when one is. Nothing for an input that is not searched.
pub fn flip_strip(record: &'static Input, scale: SliderScale) -> Option<El> {
    let flips = store().flips();
    let strip = || {
        svg("svg").attrs(&[("class", "flip-strip"), ("aria-hidden", "true"), ("focusable", "false")]).swap(
            move || flips.of(record.id).filter(matters),
            move |flips| flips.as_ref().map_or_else(Vec::new, |flips| zones(flips, scale)),
        )
    };
    flips.watches(record.id).then(strip)
}

fn zones(flips: &Flips, scale: SliderScale) -> Vec<El> {
    let mut shapes = vec![line("axis", "0", "100%", "4", "4")];
    for (flip, end) in [(&flips.below, 0.0), (&flips.above, 1.0)] {
        if let Some(flip) = flip {
            shapes.extend(zone(scale.share(flip.value), end));
        }
    }
    shapes
}

/// The part between a flip value and the end of the range, with an edge at the value.
fn zone(edge: f64, end: f64) -> [El; 2] {
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let area = svg("rect").attrs(&[
        ("class", "zone"),
        ("x", &percent(edge.min(end))),
        ("width", &percent((end - edge).abs())),
        ("y", "0"),
        ("height", "8"),
    ]);
    [area, line("edge", &percent(edge), &percent(edge), "0", "8")]
}

fn line(class: &str, x1: &str, x2: &str, y1: &str, y2: &str) -> El {
    svg("line").attrs(&[("class", class), ("x1", x1), ("x2", x2), ("y1", y1), ("y2", y2)])
}

/// The same in words, at the end of a line; where no value in range changes the answer, that. The line of an
/// input that is searched keeps room for them.
pub fn flip_hint(usual: &str, record: &'static Input) -> El {
    let flips = store().flips();
    let class = if flips.watches(record.id) { "hint flip-hint" } else { "hint" };
    el("p").class(class).text(usual).swap(
        move || flips.of(record.id),
        move |flips| flips.as_ref().map_or_else(Vec::new, |flips| vec![words(flips, record)]),
    )
}

fn words(flips: &Flips, record: &Input) -> El {
    let value = |flip: FlipValue| el("strong").class("of-rival").text(&flip.words);
    let below = flips.below.as_ref().map(|flip| value(FlipValue::below(flip, record)));
    let above = flips.above.as_ref().map(|flip| value(FlipValue::above(flip, record)));
    let words = el("span");
    if !matters(flips) {
        return words.text("Does not change the answer.");
    }
    let and = if below.is_some() && above.is_some() { " and from " } else { "" };
    let mut words = words.text("The answer changes from ");
    if let Some(below) = below {
        words = words.child(below).text(" down").text(and);
    }
    if let Some(above) = above {
        words = words.child(above).text(" up");
    }
    words.text(".")
}

fn matters(flips: &Flips) -> bool {
    flips.below.is_some() || flips.above.is_some()
}
