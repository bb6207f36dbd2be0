//! Measured quality, its interval, and what counts as clear evidence (method §9).

mod needed;
mod stated;

pub use needed::{
    accuracy_that_pays, as_bar, examples_to_meet, most_right_that_fails, rates_above, smallest_perfect_set,
};
pub use stated::Evidence;

use super::units::words::{GAP, count_exact};

/// 97.5 % quantile of the standard normal distribution, for a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;
/// 80 % quantile of the standard normal distribution, for 80 % power.
const Z_POWER: f64 = 0.841_621_233_572_914;
/// More examples than this settle nothing in practice.
const MOST_FURTHER_EXAMPLES: u32 = 1_000_000;

/// What the evidence says about one configuration against the bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QualityState {
    /// Nothing measured.
    Untested,
    /// The whole interval lies at or above the bar.
    Meets(Measured),
    /// The whole interval lies below the bar.
    Fails(Measured),
    /// The bar lies inside the interval.
    Unclear {
        /// The measurement.
        measured: Measured,
        /// Further examples that would settle it at this rate; `None` if the rate is too close to the bar.
        further_examples: Option<u32>,
    },
    /// A share without the number of examples; counts as unclear.
    Stated(f64),
    /// The user takes it to meet the bar, at low confidence.
    AssumedEqual,
}

/// A share right of so many examples, with its Wilson 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Share right.
    pub share: f64,
    /// Examples.
    pub total: u32,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl QualityState {
    /// Hold evidence against the bar.
    pub fn of(evidence: Evidence, bar: f64) -> QualityState {
        match evidence {
            Evidence::Untested => QualityState::Untested,
            Evidence::Stated(share) => QualityState::Stated(share),
            Evidence::AssumedEqual => QualityState::AssumedEqual,
            Evidence::Counted { correct, total } => {
                let (low, high) = wilson_interval(f64::from(correct), f64::from(total));
                let measured =
                    Measured { share: f64::from(correct) / f64::from(total.max(1)), total, low, high };
                if low >= bar {
                    QualityState::Meets(measured)
                } else if high < bar {
                    QualityState::Fails(measured)
                } else {
                    let further_examples = further_examples(measured.share, total, bar);
                    QualityState::Unclear { measured, further_examples }
                }
            }
        }
    }

    /// Measured to meet the bar.
    pub const fn meets(&self) -> bool {
        matches!(self, QualityState::Meets(_))
    }

    /// Measured to fail the bar.
    pub const fn fails(&self) -> bool {
        matches!(self, QualityState::Fails(_))
    }

    /// Measured to meet the bar, or assumed to.
    pub const fn is_accepted(&self) -> bool {
        matches!(self, QualityState::Meets(_) | QualityState::AssumedEqual)
    }

    /// Measured at all, with a number of examples.
    pub const fn is_measured(&self) -> bool {
        matches!(self, QualityState::Meets(_) | QualityState::Fails(_) | QualityState::Unclear { .. })
    }

    /// The known share right, measured or stated.
    pub const fn share(&self) -> Option<f64> {
        match self {
            QualityState::Meets(measured)
            | QualityState::Fails(measured)
            | QualityState::Unclear { measured, .. } => Some(measured.share),
            QualityState::Stated(share) => Some(*share),
            QualityState::Untested | QualityState::AssumedEqual => None,
        }
    }

    /// One word for the table.
    pub const fn label(&self) -> &'static str {
        match self {
            QualityState::Untested => "untested",
            QualityState::Meets(_) => "meets",
            QualityState::Fails(_) => "fails",
            QualityState::Unclear { .. } => "unclear",
            QualityState::Stated(_) => "stated",
            QualityState::AssumedEqual => "assumed equal",
        }
    }

    /// The interval of a measurement, and what would settle it where it is open: the row of the table.
    pub fn interval_words(&self) -> Option<String> {
        let range = |m: &Measured| format!("{:.1}{GAP}to{GAP}{:.1}{GAP}%", m.low * 100.0, m.high * 100.0);
        match self {
            QualityState::Meets(measured) | QualityState::Fails(measured) => Some(range(measured)),
            QualityState::Unclear { measured, further_examples: Some(n) } => {
                Some(format!("{}; {} more examples would tell", range(measured), count_exact(f64::from(*n))))
            }
            QualityState::Unclear { measured, further_examples: None } => {
                Some(format!("{}; too close to tell", range(measured)))
            }
            QualityState::Stated(share) => {
                Some(format!("{:.1}{GAP}%, number of examples not given", share * 100.0))
            }
            QualityState::Untested | QualityState::AssumedEqual => None,
        }
    }

    /// The state in a sentence, with its numbers.
    pub fn sentence(&self, bar: f64) -> String {
        let interval = |m: &Measured| {
            format!(
                "{:.1}{GAP}% of {} right, 95{GAP}% interval {:.1}–{:.1}{GAP}%",
                m.share * 100.0,
                count_exact(f64::from(m.total)),
                m.low * 100.0,
                m.high * 100.0
            )
        };
        let bar = format!("{:.4}", bar * 100.0);
        let bar = bar.trim_end_matches('0').trim_end_matches('.');
        match self {
            QualityState::Untested => "not measured".to_owned(),
            QualityState::Meets(m) => format!("{}: meets {bar}{GAP}%", interval(m)),
            QualityState::Fails(m) => format!("{}: fails {bar}{GAP}%", interval(m)),
            QualityState::Unclear { measured, further_examples: Some(n) } => {
                format!(
                    "{}: unclear; about {} more examples would settle it at this rate",
                    interval(measured),
                    count_exact(f64::from(*n))
                )
            }
            QualityState::Unclear { measured, further_examples: None } => {
                format!(
                    "{}: unclear, and too close to {bar}{GAP}% for more examples to settle it",
                    interval(measured)
                )
            }
            QualityState::Stated(share) => {
                format!("{:.1}{GAP}% stated without the number of examples: unclear", share * 100.0)
            }
            QualityState::AssumedEqual => "assumed to meet the bar, not measured".to_owned(),
        }
    }
}

/// Wilson score interval at 95 % for `correct` of `total`.
///
/// ```text
/// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
/// ```
/// Source: Wilson 1927. `total` of zero gives the whole range.
pub fn wilson_interval(correct: f64, total: f64) -> (f64, f64) {
    if total <= 0.0 {
        return (0.0, 1.0);
    }
    let p = (correct / total).clamp(0.0, 1.0);
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * total);
    let spread = Z * libm::sqrt(p * (1.0 - p) / total + z2 / (4.0 * total * total));
    let scale = 1.0 + z2 / total;
    let low = if p == 0.0 { 0.0 } else { (centre - spread) / scale };
    let high = if p == 1.0 { 1.0 } else { (centre + spread) / scale };
    (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
}

/// Examples on top of `total` after which the interval at this rate no longer holds the bar.
fn further_examples(share: f64, total: u32, bar: f64) -> Option<u32> {
    let settled = |n: u32| {
        let n = f64::from(n);
        let (low, high) = wilson_interval(share * n, n);
        low >= bar || high < bar
    };
    let mut enough = total.max(1);
    while !settled(enough) {
        if enough >= MOST_FURTHER_EXAMPLES {
            return None;
        }
        enough = enough.saturating_mul(2);
    }
    let mut short = enough / 2;
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        if settled(middle) {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Some(enough.saturating_sub(total))
}

/// Examples in each arm to tell shares `p` and `q` apart at 5 % and 80 % power.
///
/// ```text
/// n = (1.96 + 0.84)² · (p(1−p) + q(1−q)) / (p − q)²
/// ```
/// Source: formulas.md §9. `None` if the shares are equal.
pub fn examples_to_tell_apart(p: f64, q: f64) -> Option<f64> {
    let difference = p - q;
    if difference == 0.0 {
        return None;
    }
    let z = Z + Z_POWER;
    let n = z * z * (p * (1.0 - p) + q * (1.0 - q)) / (difference * difference);
    n.is_finite().then(|| libm::ceil(n))
}

/// Accuracy at which a task pays: cost of error / (cost of error + value of success).
///
/// Source: OpenAI accuracy guide (secondary). `None` unless the sum is positive.
pub fn required_accuracy(cost_per_error: f64, value_of_success: f64) -> Option<f64> {
    let sum = cost_per_error + value_of_success;
    (sum > 0.0).then(|| cost_per_error / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(correct: u32, total: u32) -> QualityState {
        QualityState::of(Evidence::Counted { correct, total }, 0.9)
    }

    #[test]
    fn the_interval_equals_the_one_on_paper() {
        let (low, high) = wilson_interval(172.0, 200.0);
        assert!((low - 0.8051).abs() < 1e-4 && (high - 0.9014).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn the_numbers_of_a_sentence_are_grouped_and_keep_their_percent_sign() {
        let state = QualityState::of(Evidence::Counted { correct: 1_742, total: 1_950 }, 0.9);
        let QualityState::Unclear { further_examples: Some(n), .. } = state else { panic!("{state:?}") };
        assert!(n >= 1_000, "{n}");
        let words = state.sentence(0.9) + &state.interval_words().unwrap();
        assert!(words.contains("of 1,950 right, 95\u{a0}% interval"), "{words}");
        assert_eq!(
            words.matches(&format!("{} more examples", count_exact(f64::from(n)))).count(),
            2,
            "{words}"
        );
        assert!(!words.contains(" %"), "{words}");
    }

    #[test]
    fn a_sample_meets_fails_or_is_unclear_by_its_whole_interval() {
        assert!(counted(196, 200).meets());
        assert!(counted(170, 200).fails());
        assert_eq!(counted(172, 200).label(), "unclear");
    }

    #[test]
    fn the_further_examples_do_settle_it_and_one_fewer_does_not() {
        let QualityState::Unclear { measured, further_examples: Some(more) } = counted(172, 200) else {
            unreachable!("172 of 200 is unclear against 90 %")
        };
        let n = f64::from(200 + more);
        assert!(wilson_interval(measured.share * n, n).1 < 0.9);
        assert!(wilson_interval(measured.share * (n - 1.0), n - 1.0).1 >= 0.9);
    }

    #[test]
    fn a_rate_at_the_bar_is_never_settled() {
        assert!(matches!(counted(180, 200), QualityState::Unclear { further_examples: None, .. }));
    }

    #[test]
    fn a_stated_share_is_never_clear_evidence() {
        let state = QualityState::of(Evidence::Stated(0.99), 0.9);
        assert!(!state.meets() && !state.fails() && !state.is_accepted());
    }

    #[test]
    fn sample_sizes_equal_the_worked_examples() {
        // formulas.md §9: 85 % against 80 % takes 902, 90 % against 88 % takes 3,834 (rounded quantiles).
        assert!((examples_to_tell_apart(0.85, 0.80).unwrap() - 902.0).abs() <= 2.0);
        assert!((examples_to_tell_apart(0.90, 0.88).unwrap() - 3834.0).abs() <= 8.0);
        assert_eq!(examples_to_tell_apart(0.9, 0.9), None);
        assert!((required_accuracy(300.0, 50.0).unwrap() - 0.857).abs() < 1e-3);
    }

    #[test]
    fn no_sample_leaves_the_range_or_panics() {
        for (correct, total) in [(0, 1), (1, 1), (0, 10_000_000), (10_000_000, 10_000_000)] {
            for bar in [0.0, 0.5, 1.0] {
                let state = QualityState::of(Evidence::Counted { correct, total }, bar);
                assert!(!state.sentence(bar).is_empty());
            }
        }
    }
}
