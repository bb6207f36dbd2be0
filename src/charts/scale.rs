//! Round numbers for axes.

/// An amount that JSON can write: zero in place of what is infinite or no number.
pub(super) fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

/// The end of a linear axis from zero to at least `top`, in round steps.
pub(super) fn linear_end(top: f64) -> f64 {
    let (step, steps) = round_steps(top);
    step * f64::from(steps)
}

/// Where a number lies in a range on a logarithmic scale: 0 at its start, 1 at its end.
pub(super) fn share_of((first, last): (f64, f64), number: f64) -> f64 {
    libm::log(number / first) / libm::log(last / first)
}

/// The numbers of a range that are one of some leading digits times a power of ten, rising.
pub(super) fn round_numbers((first, last): (f64, f64), digits: &[f64]) -> Vec<f64> {
    let (Some(from), Some(to)) = (decade_below(first), decade_below(last)) else { return Vec::new() };
    let all = (from..=to).flat_map(|decade| digits.iter().map(move |digit| digit * power_of_ten(decade)));
    all.filter(|number| (first * (1.0 - 1e-9)..=last * (1.0 + 1e-9)).contains(number)).collect()
}

/// A power of ten, as exact as a number can be.
pub(super) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// The exponent of the power of ten at or below a number; `None` unless it is positive and finite.
pub(super) fn decade_below(number: f64) -> Option<i32> {
    let is_usable = number.is_finite() && number > 0.0;
    is_usable
        .then(|| format!("{number:e}").split_once('e').and_then(|(_, exponent)| exponent.parse().ok()))?
}

/// A round step and how many of them reach `top`: four to seven.
pub(super) fn round_steps(top: f64) -> (f64, u32) {
    let Some(exponent) = decade_below(top) else { return (1.0, 1) };
    let unit = power_of_ten(exponent - 1);
    let units = top / unit;
    // `units` lies between 10 and 100; the first step that needs at most six of them.
    let step = [2.0, 2.5, 5.0, 10.0, 20.0].into_iter().find(|step| units / step <= 6.0).unwrap_or(20.0);
    let steps = (1..=7).find(|steps| step * f64::from(*steps) >= units).unwrap_or(7);
    (step * unit, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_reaches_its_top_in_a_few_round_steps() {
        for top in [1.0, 9.99, 10.0, 31_204.0, 0.003, 123_456_789.0, 99_999.0, 5e-300] {
            let (step, steps) = round_steps(top);
            let end = step * f64::from(steps);
            assert!(end >= top * (1.0 - 1e-12) && end <= top * 1.7, "{top} {end}");
            assert!((4..=7).contains(&steps), "{top} {steps}");
        }
        assert_eq!(round_steps(31_204.0), (10_000.0, 4));
        assert_eq!(round_steps(0.0), (1.0, 1));
        assert_eq!(round_steps(f64::NAN), (1.0, 1));
    }

    #[test]
    fn decades_are_exact() {
        assert_eq!(decade_below(999.9), Some(2));
        assert_eq!(decade_below(1_000.0), Some(3));
        assert_eq!(decade_below(0.02), Some(-2));
        assert_eq!(decade_below(-1.0), None);
        assert_eq!(power_of_ten(9), 1e9);
    }
}
