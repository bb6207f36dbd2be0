//! A thin bar for a cost, on one scale for all rows.

use crate::browser::dom::{El, svg};

/// A bar as long as its share of the scale; one that would be longer is cut and says so by a gap.
///
/// `share` is the cost over the cost at the end of the scale; `None`: no bar.
pub fn cost_bar(share: impl Fn() -> Option<f64> + 'static) -> El {
    let bar = |share: &Option<f64>| {
        let Some(share) = *share else { return Vec::new() };
        let is_cut = share > 1.0;
        let width = (share.clamp(0.0, 1.0) * if is_cut { 88.0 } else { 100.0 }).max(0.8);
        let mut pieces = vec![piece("0", &format!("{width:.1}%"))];
        if is_cut {
            pieces.extend([piece("92%", "3%"), piece("97%", "3%")]);
        }
        pieces
    };
    svg("svg").attrs(&[("class", "bar"), ("aria-hidden", "true"), ("focusable", "false")]).swap(share, bar)
}

fn piece(x: &str, width: &str) -> El {
    svg("rect").attrs(&[("x", x), ("y", "0"), ("width", width), ("height", "5")])
}
