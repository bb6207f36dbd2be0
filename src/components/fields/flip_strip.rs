//! Does this input matter: where another answer wins, beside where the slider stands.

use super::flip_words::flip_words;
use super::slider_scale::SliderScale;
use crate::browser::dom::{El, el, svg};
use crate::domain::flips::{Flips, Side};
use crate::domain::input::{Input, Value};
use crate::state::{FlipBook, store};

/// The part of a slider's range in which another answer wins; blank where there is none or as long as none
/// is found, so that nothing moves when one is.
pub fn flip_strip(record: &'static Input, scale: SliderScale) -> Option<El> {
    let flips = store().flips();
    let strip = || {
        svg("svg").attrs(&[("class", "flip-strip"), ("aria-hidden", "true"), ("focusable", "false")]).swap(
            move || flips.of(record.id).filter(|flips| !flips.found.is_empty()),
            move |flips| flips.as_ref().map_or_else(Vec::new, |flips| zones(flips, scale)),
        )
    };
    FlipBook::stands_beside(record).then(strip)
}

fn zones(flips: &Flips, scale: SliderScale) -> Vec<El> {
    let mut shapes = vec![line("axis", "0", "100%", "4", "4")];
    for (side, end) in [(Side::Below, 0.0), (Side::Above, 1.0)] {
        if let Some(Value::Number(at)) = flips.on(side).map(|flip| &flip.to) {
            shapes.extend(zone(scale.share(*at), end));
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

/// The same in words, after the usual values of a number. Where it stands beside a slider, room is kept for it.
pub fn flip_hint(usual: &str, record: &'static Input) -> El {
    if !FlipBook::stands_beside(record) {
        return el("p").class("hint").text(usual);
    }
    let flips = store().flips();
    el("p").class("hint flip-hint").text(usual).swap(
        move || flips.of(record.id),
        move |flips| flips.as_ref().map_or_else(Vec::new, |flips| vec![words(flips, record)]),
    )
}

fn words(flips: &Flips, record: &Input) -> El {
    let words = el("span");
    let mut sides = flips.found.iter();
    let Some(first) = sides.next() else { return words.text("Does not change the answer.") };
    let strong = |text: &str| el("strong").class("of-rival").text(text);
    let mut words = words.text("Another answer with ").child(strong(&flip_words(first, record)));
    for other in sides {
        words = words.text(", ").child(strong(&flip_words(other, record)));
    }
    words.text(".")
}
