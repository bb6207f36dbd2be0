//! Measured quality, its interval, and what counts as clear evidence (method §9).

mod needed;
mod stated;

pub use needed::{
    accuracy_that_pays, as_bar, examples_to_meet, fewest_right_that_meets, most_right_that_fails,
    rates_above, smallest_perfect_set,
};
pub use stated::Evidence;

use super::units::words::{GAP, count_exact};

/// 97.5 % quantile of the standard normal distribution, for a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;
/// 80 % quantile of the standard normal distribution, for 80 % power.
const Z_POWER: f64 = 0.841_621_233_572_914;
/// Examples of an evaluation that is still to be made (method §11.7, assumption).
pub const FIRST_EVALUATION: u32 = 200;
/// Fewer examples than this never meet or fail a bar (method §9, assumption).
pub const FEWEST_EXAMPLES: u32 = 20;
/// A rate of so many examples and more, and so near the bar, is not settled by further ones (method §9).
const MANY_EXAMPLES: u32 = 2_000;
const NEAR_THE_BAR: f64 = 0.01;
/// A rate below this part of the bar with its whole interval is hopeless, however little was tried (method §11.3).
const HOPELESS_PART: f64 = 0.5;
/// A stated share this far below the bar speaks against weaker models too (method §9).
const FAR_BELOW: f64 = 0.1;
/// The search for further examples ends here; no bar takes so many a point away from it.
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
        /// Further examples that would settle it: at this rate, or within a point of the bar at a rate a point
        /// away from it. `None` where 2,000 and more have left it within a point of the bar.
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
                match side(low, high, bar) {
                    _ if total < FEWEST_EXAMPLES => measured.unclear(bar),
                    Some(Side::Meets) => QualityState::Meets(measured),
                    Some(Side::Fails) => QualityState::Fails(measured),
                    None => measured.unclear(bar),
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

    /// Measured so far below the bar that no prompt engineering is expected to mend it: the upper end of the interval
    /// lies below half the bar.
    pub fn is_hopeless(&self, bar: f64) -> bool {
        matches!(self, QualityState::Fails(measured) if measured.high < HOPELESS_PART * bar)
    }

    /// Stated, without the number of examples, ten points or more below the bar.
    pub fn is_stated_far_below(&self, bar: f64) -> bool {
        // A share that is typed as ten points less is not exactly so as a float.
        matches!(self, QualityState::Stated(share) if bar - share >= FAR_BELOW - 1e-9)
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
                    "{}: unclear; about {} more examples would settle it",
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

/// On which side of a bar a whole interval lies.
enum Side {
    Meets,
    Fails,
}

fn side(low: f64, high: f64, bar: f64) -> Option<Side> {
    if low >= bar {
        Some(Side::Meets)
    } else if high < bar {
        Some(Side::Fails)
    } else {
        None
    }
}

impl Measured {
    fn unclear(self, bar: f64) -> QualityState {
        QualityState::Unclear {
            measured: self,
            further_examples: further_examples(self.share, self.total, bar),
        }
    }
}

/// Examples on top of `total` that would settle it, never fewer than bring the sum to [`FEWEST_EXAMPLES`].
///
/// At this rate; where that lies within a point of the bar, at a rate a point away on its side if that takes
/// fewer, since a rate at the bar is never settled. `None` for a rate that 2,000 and more examples have left there.
fn further_examples(share: f64, total: u32, bar: f64) -> Option<u32> {
    let is_near = libm::fabs(share - bar) <= NEAR_THE_BAR;
    if is_near && total >= MANY_EXAMPLES {
        return None;
    }
    let mut needed = examples_to_settle(share, total, bar);
    if is_near {
        // Where no rate lies above the bar, one below it is told apart.
        let above = share >= bar && bar + NEAR_THE_BAR <= 1.0 || bar < NEAR_THE_BAR;
        let away = if above { bar + NEAR_THE_BAR } else { bar - NEAR_THE_BAR };
        needed = match (needed, examples_to_settle(away, total, bar)) {
            (Some(own), Some(away)) => Some(own.min(away)),
            (own, away) => own.or(away),
        };
    }
    needed.map(|needed| needed.max(FEWEST_EXAMPLES).saturating_sub(total))
}

/// The number of examples, at least `total`, from which on an interval at this rate no longer holds the bar.
fn examples_to_settle(share: f64, total: u32, bar: f64) -> Option<u32> {
    let settled = |n: u32| {
        let n = f64::from(n);
        let (low, high) = wilson_interval(share * n, n);
        side(low, high, bar).is_some()
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
    Some(enough)
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
    fn a_rate_at_the_bar_takes_what_tells_a_point_and_only_thousands_of_examples_rule_out_that_more_settle_it()
     {
        let further = |correct, total| match counted(correct, total) {
            QualityState::Unclear { further_examples, .. } => further_examples,
            other => panic!("{other:?}"),
        };
        for (correct, total) in [(18, 20), (180, 200), (900, 1_000), (1_799, 1_999)] {
            let needed = total + further(correct, total).unwrap();
            // Told apart from the bar at 91 %: 0.0588 ≈ 1.96 · √(0.91 · 0.09) of √n.
            assert!((3_000..3_600).contains(&needed), "{correct} of {total}: {needed}");
        }
        assert_eq!((further(1_800, 2_000), further(9_000, 10_000)), (None, None));
        assert!(further(1_776, 2_000).is_some(), "88.8 % is more than a point from the bar");
    }

    #[test]
    fn fewer_than_twenty_examples_neither_meet_nor_fail_and_say_how_many_would_settle_it() {
        for bar in [0.01, 0.5, 0.9, 0.999, 1.0] {
            for total in 1..FEWEST_EXAMPLES {
                for correct in [0, total / 2, total] {
                    let state = QualityState::of(Evidence::Counted { correct, total }, bar);
                    let QualityState::Unclear { further_examples, .. } = state else {
                        panic!("{correct} of {total} at {bar}: {state:?}")
                    };
                    // A bar of 100 % is proven by no sample, all right.
                    let is_open = correct == total && bar == 1.0;
                    assert!(is_open || further_examples.is_some_and(|more| more + total >= FEWEST_EXAMPLES));
                }
            }
        }
        assert!(counted(0, 20).fails());
        assert!(QualityState::of(Evidence::Counted { correct: 20, total: 20 }, 0.8).meets());
    }

    #[test]
    fn what_is_hopeless_and_what_is_stated_far_below_the_bar_is_told_from_what_merely_misses_it() {
        assert!(counted(100, 1_000).is_hopeless(0.9));
        assert!(!counted(440, 1_000).is_hopeless(0.9), "its interval reaches 47 %");
        assert!(!counted(2, 10).is_hopeless(0.9), "too few examples");
        let stated = |share| QualityState::of(Evidence::Stated(share), 0.9).is_stated_far_below(0.9);
        assert!(stated(0.8) && stated(0.1) && !stated(0.801) && !stated(0.95));
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
