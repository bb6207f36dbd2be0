//! The shape of the two lines of a strip.

use crate::components::fields::slider_scale::SliderScale;
use crate::domain::answer::Strip;

/// Height of the drawing, and what is left free above and below.
const HEIGHT: f64 = 24.0;
const FREE: f64 = 1.0;
/// Costs that differ by less than this factor do not fill the height: a small change looks small.
const LEAST_FACTOR: f64 = 1.25;

/// The paths of the verdict and of its rival, in a box of 100 by 24.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    pub verdict: String,
    pub rival: String,
}

impl Curve {
    /// The shape; `None` where neither line tells anything.
    pub fn of(strip: &Strip, scale: &SliderScale) -> Option<Curve> {
        if strip.is_flat() {
            return None;
        }
        let logs = strip.verdict.iter().chain(&strip.rival).flatten().filter_map(|total| log(*total));
        let (low, high) =
            logs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
        let span = (high - low).max(libm::log(LEAST_FACTOR));
        let y = |log: f64| HEIGHT - FREE - (log - low) / span * (HEIGHT - 2.0 * FREE);
        let path = |line: &[Option<f64>]| {
            let points = strip
                .at
                .iter()
                .zip(line)
                .map(|(at, total)| Some((scale.share(*at) * 100.0, y(log((*total)?)?))));
            path(points)
        };
        Some(Curve { verdict: path(&strip.verdict), rival: path(&strip.rival) })
    }
}

fn log(total: f64) -> Option<f64> {
    (total > 0.0).then(|| libm::log(total))
}

/// A line through the points, broken where one is missing.
fn path(points: impl Iterator<Item = Option<(f64, f64)>>) -> String {
    let mut path = String::new();
    let mut is_drawing = false;
    for point in points {
        if let Some((x, y)) = point {
            let command = if is_drawing { 'L' } else { 'M' };
            path.push_str(&format!("{command}{x:.2} {y:.1}"));
        }
        is_drawing = point.is_some();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::input;

    fn scale() -> SliderScale {
        SliderScale::of(input("requests_per_month").unwrap()).unwrap()
    }

    #[test]
    fn the_dearest_is_on_top_and_a_gap_breaks_the_line() {
        let at = scale().spread(4);
        let strip = Strip {
            verdict: vec![Some(100.0), Some(1_000.0), None, Some(10_000.0)],
            rival: vec![None; 4],
            at,
        };
        let curve = Curve::of(&strip, &scale()).unwrap();
        assert!(curve.verdict.starts_with("M0.00 23.0L"), "{}", curve.verdict);
        assert!(curve.verdict.ends_with("M100.00 1.0"), "{}", curve.verdict);
        assert_eq!(curve.rival, "");
    }

    #[test]
    fn what_costs_the_same_everywhere_has_no_lines() {
        let at = scale().spread(3);
        let strip = Strip { at, verdict: vec![Some(100.0); 3], rival: vec![Some(250.0); 3] };
        assert_eq!(Curve::of(&strip, &scale()), None);
    }
}
