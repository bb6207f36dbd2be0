//! What it takes to find out: the accuracy at which a model pays, and how many examples show that it has it.

use super::{FEWEST_EXAMPLES, Z, Z_POWER, required_accuracy, wilson_interval};

/// A bar that was computed is given to a tenth of a percent, rounded up.
const TENTHS: f64 = 10.0;
/// In a hundred.
const PERCENT: f64 = 100.0;
/// No evaluation is larger than an evidence field accepts.
const LARGEST_SET: f64 = 10_000_000.0;
/// How far above the bar a true rate is supposed to lie, in shares.
const LEADS: [f64; 5] = [0.01, 0.02, 0.03, 0.05, 0.1];

/// Accuracy from which each request brings more than it costs.
///
/// ```text
/// p · v = (1 − p) · e + c   ⇒   p = (e + c) / (e + v)
/// ```
/// `e` is the cost of a wrong answer, `c` the cost of the request itself, `v` the value of a right answer:
/// what handling the request by hand costs today, or what else it is worth. With c = 0 it is
/// [`required_accuracy`]; the cost of the request adds to that of an error and takes away from the value
/// of a success. Source: derivation above, from method §9. Above 1 no accuracy pays; `None` unless e + v is positive.
pub fn accuracy_that_pays(cost_per_error: f64, value_of_success: f64, cost_per_request: f64) -> Option<f64> {
    required_accuracy(cost_per_error + cost_per_request, value_of_success - cost_per_request)
}

/// An accuracy as a bar: rounded up to a tenth of a percent; `None` where no accuracy is enough.
pub fn as_bar(accuracy: f64) -> Option<f64> {
    // In percent first, as a field reads what is typed: so it is written without the noise of a division.
    let tenths = libm::ceil(accuracy * PERCENT * TENTHS - 1e-9);
    // Rounding up gives a zero with a sign; adding one drops it.
    let bar = (tenths + 0.0) / TENTHS / PERCENT;
    (0.0..=1.0).contains(&bar).then_some(bar)
}

/// Examples after which a true rate above the bar is shown to meet it, in four of five evaluations.
///
/// ```text
/// n = ((z·√(b(1−b)) + z₈₀·√(p(1−p))) / (p − b))²,   z = 1.96, z₈₀ = 0.84
/// ```
/// for bar b and true rate p > b: the lower end of the Wilson interval reaches b exactly when the measured rate
/// exceeds b by z·√(b(1−b)/n), and a measured rate is normal about p to first order. Source: sample size
/// of the one-sample test of a proportion (Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions, §2.5), with
/// the two-sided 95 % interval of method §9. Never fewer than a perfect score takes. `None` at or below the bar.
pub fn examples_to_meet(rate: f64, bar: f64) -> Option<f64> {
    let lead = rate - bar;
    if !(lead > 0.0 && rate <= 1.0) {
        return None;
    }
    let root = (Z * libm::sqrt(bar * (1.0 - bar)) + Z_POWER * libm::sqrt(rate * (1.0 - rate))) / lead;
    let n = libm::ceil(root * root).max(smallest_perfect_set(bar)?);
    (n <= LARGEST_SET).then_some(n)
}

/// The fewest examples that prove the bar if every one of them is right.
///
/// ```text
/// n / (n + z²) ≥ b   ⇒   n = z² · b / (1 − b)
/// ```
/// Source: lower end of the Wilson interval at p = 1; never fewer than [`FEWEST_EXAMPLES`]. `None` for a bar of 100 %, which no sample proves.
pub fn smallest_perfect_set(bar: f64) -> Option<f64> {
    let n = libm::ceil(Z * Z * bar / (1.0 - bar)).max(f64::from(FEWEST_EXAMPLES));
    (n <= LARGEST_SET).then_some(n)
}

/// Of so many examples, the most that may be right while the whole interval lies below the bar.
///
/// `None` if even a score of zero would leave it open, or where there are too few examples to tell anything.
pub fn most_right_that_fails(total: u32, bar: f64) -> Option<u32> {
    let fails = |correct: u32| wilson_interval(f64::from(correct), f64::from(total)).1 < bar;
    if total < FEWEST_EXAMPLES || !fails(0) {
        return None;
    }
    let (mut failing, mut open) = (0, total);
    if fails(total) {
        return Some(total);
    }
    while open - failing > 1 {
        let middle = failing + (open - failing) / 2;
        if fails(middle) {
            failing = middle;
        } else {
            open = middle;
        }
    }
    Some(failing)
}

/// Of so many examples, the fewest that have to be right for the whole interval to reach the bar.
///
/// `None` if not even a perfect score would, or where there are too few examples to tell anything.
pub fn fewest_right_that_meets(total: u32, bar: f64) -> Option<u32> {
    let meets = |correct: u32| wilson_interval(f64::from(correct), f64::from(total)).0 >= bar;
    if total < FEWEST_EXAMPLES || !meets(total) {
        return None;
    }
    let (mut open, mut meeting) = (0, total);
    if meets(0) {
        return Some(0);
    }
    while meeting - open > 1 {
        let middle = open + (meeting - open) / 2;
        if meets(middle) {
            meeting = middle;
        } else {
            open = middle;
        }
    }
    Some(meeting)
}

/// True rates above a bar for which the size of an evaluation is worth naming.
pub fn rates_above(bar: f64) -> Vec<f64> {
    LEADS.iter().map(|lead| bar + lead).filter(|rate| *rate < 1.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::{Unit, format_number};

    #[test]
    fn the_accuracy_that_pays_equals_the_one_on_paper() {
        // A wrong answer costs $4, by hand it costs $1, a request $0.05: (4 + 0.05) / (4 + 1) = 0.81.
        assert!((accuracy_that_pays(4.0, 1.0, 0.05).unwrap() - 0.81).abs() < 1e-12);
        // 0.81 · 1 − 0.19 · 4 − 0.05 = 0: at that accuracy nothing is won or lost.
        assert!((0.81 * 1.0 - 0.19 * 4.0 - 0.05_f64).abs() < 1e-12);
        assert_eq!(accuracy_that_pays(300.0, 50.0, 0.0), required_accuracy(300.0, 50.0));
        assert_eq!(accuracy_that_pays(0.0, 0.0, 0.01), None);
    }

    #[test]
    fn a_request_dearer_than_a_right_answer_pays_at_no_accuracy() {
        let never = accuracy_that_pays(1.0, 0.02, 0.05).unwrap();
        assert!(never > 1.0);
        assert_eq!(as_bar(never), None);
        assert_eq!(as_bar(0.81), Some(0.81));
        assert_eq!(as_bar(0.8101), Some(81.1 / 100.0));
        assert_eq!(as_bar(1.0), Some(1.0));
    }

    #[test]
    fn a_computed_bar_is_written_as_it_would_be_typed() {
        for tenths in 0..=1_000_u32 {
            let bar = as_bar(f64::from(tenths) / 1_000.0).unwrap();
            let text = format_number(bar, Unit::Share(""));
            let typed = format!("{}.{} %", tenths / 10, tenths % 10).replace(".0 %", " %");
            assert_eq!(text, typed);
        }
    }

    #[test]
    fn the_size_of_an_evaluation_equals_the_one_on_paper() {
        // b = 0.9, p = 0.95: (1.96 · 0.3 + 0.8416 · 0.21794) / 0.05 = 15.43; its square is 238.1.
        assert_eq!(examples_to_meet(0.95, 0.9), Some(239.0));
        // b = 0.8, p = 0.9: (1.96 · 0.4 + 0.8416 · 0.3) / 0.1 = 10.364; its square is 107.4.
        assert_eq!(examples_to_meet(0.9, 0.8), Some(108.0));
        assert_eq!(examples_to_meet(0.9, 0.9), None);
        assert_eq!(examples_to_meet(0.8, 0.9), None);
    }

    /// Exact share of evaluations of `n` examples that show a true rate to meet the bar.
    fn power(rate: f64, bar: f64, n: u32) -> f64 {
        // From all right downwards: where few are right the first chance would be too small for a float.
        let (mut chance, mut sum) = (libm::pow(rate, f64::from(n)), 0.0);
        for wrong in 0..n {
            if wilson_interval(f64::from(n - wrong), f64::from(n)).0 >= bar {
                sum += chance;
            }
            chance *= f64::from(n - wrong) / f64::from(wrong + 1) * (1.0 - rate) / rate;
        }
        sum
    }

    #[test]
    fn about_four_of_five_evaluations_of_that_size_show_it() {
        for bar in [0.6, 0.7, 0.8] {
            for rate in [bar + 0.05, bar + 0.1] {
                let n = examples_to_meet(rate, bar).unwrap() as u32;
                let exact = power(rate, bar, n);
                assert!((exact - 0.8).abs() < 0.04, "{bar} {rate} {n}: {exact}");
            }
        }
    }

    #[test]
    fn a_perfect_score_proves_the_bar_at_that_size_and_not_one_below() {
        // z² = 3.8415: nine times that is 34.6, nineteen times 72.99.
        assert_eq!(smallest_perfect_set(0.9), Some(35.0));
        assert_eq!(smallest_perfect_set(0.95), Some(73.0));
        assert_eq!(smallest_perfect_set(1.0), None);
        for percent in 1..1_000_u32 {
            let bar = f64::from(percent) / 1_000.0;
            let n = smallest_perfect_set(bar).unwrap();
            assert!(wilson_interval(n, n).0 >= bar, "{bar}");
            let is_least = n == f64::from(FEWEST_EXAMPLES) || wilson_interval(n - 1.0, n - 1.0).0 < bar;
            assert!(is_least, "{bar}");
        }
    }

    #[test]
    fn one_more_right_answer_than_fails_leaves_it_open() {
        for (total, bar) in [(200, 0.9), (50, 0.5), (1_000, 0.99), (20, 1.0)] {
            let most = most_right_that_fails(total, bar).unwrap();
            let high = |correct: u32| wilson_interval(f64::from(correct), f64::from(total)).1;
            assert!(high(most) < bar && high(most + 1) >= bar, "{total} {bar}: {most}");
        }
        assert_eq!(most_right_that_fails(200, 0.0), None);
        assert_eq!(most_right_that_fails(19, 0.9), None);
        assert_eq!(most_right_that_fails(200, 0.01), None);
    }

    #[test]
    fn one_right_answer_fewer_than_meets_leaves_it_open() {
        for (total, bar) in [(200, 0.9), (50, 0.5), (1_000, 0.99), (200, 0.01)] {
            let fewest = fewest_right_that_meets(total, bar).unwrap();
            let low = |correct: u32| wilson_interval(f64::from(correct), f64::from(total)).0;
            assert!(low(fewest) >= bar && low(fewest - 1) < bar, "{total} {bar}: {fewest}");
        }
        assert_eq!(fewest_right_that_meets(200, 1.0), None);
        assert_eq!(fewest_right_that_meets(19, 0.5), None);
        assert_eq!(fewest_right_that_meets(200, 0.0), Some(0));
    }

    #[test]
    fn only_true_rates_below_one_are_named() {
        assert_eq!(rates_above(0.9).len(), 4);
        assert!(rates_above(0.995).is_empty());
    }
}
