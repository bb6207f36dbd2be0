//! Cumulative cost by month, undiscounted: who has spent how much by when.

mod chart;

use super::cast::{Cast, WITH_ERRORS, brief, subject, subject_first};
use super::figure::{ChartFigure, ChartTable};
use super::path::Path;
use super::plot::{MonthPlot, Plot};
use super::scale::{finite, linear_end};
use crate::domain::answer::{Answer, Assessment};
use crate::domain::cost::{Line, Lines};
use crate::domain::units::Cell;
use crate::domain::units::words::{months, usd_short};

/// The axis ends at so many times the dearer of verdict and rival; dearer lines leave the plot.
const HEADROOM: f64 = 1.15;
/// The table shows at most about so many months.
const MOST_COLUMNS: usize = 9;

/// The figure; `None` if no cost is known.
pub fn cumulative(answer: &Answer) -> Option<ChartFigure> {
    let cast = Cast::of(answer)?;
    let with_errors = cast.counts_errors();
    let paths: Vec<Sums> = cast.all().filter_map(|one| Sums::of(one, with_errors)).collect();
    let horizon = paths.first()?.sums.len().saturating_sub(1);
    let top = top(&paths, cast.rival.is_some());
    let caption = format!(
        "Cost paid up to each month, not discounted. \
         Month 0 holds what is paid once. A line that leaves the chart costs more than {}.{}",
        usd_short(linear_end(top)),
        if with_errors { WITH_ERRORS } else { "" },
    );
    Some(ChartFigure {
        title: title(&cast, &paths, horizon),
        caption,
        description: description(&paths, horizon),
        table: table(&paths, horizon),
        plot: Plot::Months(plot(&cast, &paths, horizon, top)),
    })
}

/// The cost of one strategy up to each month.
struct Sums<'a> {
    one: &'a Assessment,
    sums: Vec<f64>,
}

impl<'a> Sums<'a> {
    fn of(one: &'a Assessment, with_errors: bool) -> Option<Self> {
        let months = &one.cost.as_ref().ok()?.ledger.months;
        let mut sum = 0.0;
        let add = |month: &Lines| {
            sum += month.total() - if with_errors { 0.0 } else { month.get(Line::Errors) };
            sum
        };
        Some(Sums { one, sums: months.iter().map(add).collect() })
    }

    fn end(&self) -> f64 {
        self.sums.last().copied().unwrap_or(0.0)
    }
}

/// The end of the cost axis.
fn top(paths: &[Sums], has_rival: bool) -> f64 {
    let main = if has_rival { 2 } else { 1 };
    paths.iter().take(main).flat_map(|path| path.sums.iter().copied()).fold(0.0, f64::max) * HEADROOM
}

/// Who has paid back when, as a headline.
fn title(cast: &Cast, paths: &[Sums], horizon: usize) -> String {
    let (Some(verdict), Some(rival)) = (paths.first(), paths.get(1).filter(|_| cast.rival.is_some())) else {
        let only = paths.first();
        let (subject, end) =
            only.map_or((String::new(), 0.0), |path| (subject_first(path.one.id), path.end()));
        return format!("{subject} adds up to {} in {}", usd_short(end), months(horizon));
    };
    let (cheaper, dearer) = if verdict.end() <= rival.end() { (verdict, rival) } else { (rival, verdict) };
    let claim = cast.claim(cheaper.one.id);
    let name = subject_first(cheaper.one.id);
    match first_month_below_for_good(&cheaper.sums, &dearer.sums) {
        Some(0) => format!(
            "{name} {} less than {} from the first day{}",
            claim.verb("cost"),
            subject(dearer.one.id),
            claim.condition
        ),
        Some(month) => format!("{name} {} back by month {month}{}", claim.verb("pay"), claim.condition),
        None => format!(
            "{} and {} cost the same after {}",
            subject_first(verdict.one.id),
            subject(rival.one.id),
            months(horizon)
        ),
    }
}

/// The first month from which one path stays below another to the end.
fn first_month_below_for_good(path: &[f64], other: &[f64]) -> Option<usize> {
    let below: Vec<bool> = path.iter().zip(other).map(|(own, other)| own < other).collect();
    let last_above = below.iter().rposition(|below| !below);
    match last_above {
        None => (!below.is_empty()).then_some(0),
        Some(month) if month + 1 < below.len() => Some(month + 1),
        Some(_) => None,
    }
}

fn description(paths: &[Sums], horizon: usize) -> String {
    let ends: Vec<String> = paths
        .iter()
        .take(2)
        .map(|path| format!("{} {}", subject(path.one.id), usd_short(path.end())))
        .collect();
    format!("Line chart of cumulative cost by month. After {}: {}.", months(horizon), ends.join(", "))
}

/// What is drawn.
fn plot(cast: &Cast, paths: &[Sums], horizon: usize, top: f64) -> MonthPlot {
    let path = |path: &Sums| {
        Path::new(brief(path.one.id), cast.role(path.one.id), path.sums.iter().copied().map(Some))
    };
    MonthPlot {
        horizon,
        label_step: label_step(horizon),
        top: finite(top),
        paths: paths.iter().map(path).collect(),
    }
}

/// Months between labels: a divisor of the year, or whole years.
fn label_step(horizon: usize) -> usize {
    [1, 3, 6, 12].into_iter().find(|step| horizon / step < MOST_COLUMNS).unwrap_or(12)
}

/// The sums of each strategy at a few months.
fn table(paths: &[Sums], horizon: usize) -> ChartTable {
    let step = label_step(horizon);
    let mut shown: Vec<usize> = (0..=horizon).step_by(step).collect();
    if shown.last() != Some(&horizon) {
        shown.push(horizon);
    }
    let head =
        ["Paid up to month".to_owned()].into_iter().chain(shown.iter().map(ToString::to_string)).collect();
    let row = |path: &Sums| {
        let sums = shown.iter().map(|month| Cell::known(path.sums.get(*month).copied(), usd_short));
        [Cell::from(path.one.name.as_str())].into_iter().chain(sums).collect()
    };
    ChartTable { head, rows: paths.iter().map(row).collect(), word_columns: (1, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paying_back_means_staying_below_to_the_end() {
        assert_eq!(first_month_below_for_good(&[5.0, 6.0, 7.0], &[0.0, 5.0, 10.0]), Some(2));
        assert_eq!(first_month_below_for_good(&[0.0, 1.0], &[1.0, 2.0]), Some(0));
        assert_eq!(first_month_below_for_good(&[0.0, 3.0], &[1.0, 2.0]), None);
        assert_eq!(first_month_below_for_good(&[], &[]), None);
    }

    #[test]
    fn a_few_months_are_labelled_whatever_the_horizon() {
        for horizon in 1..=60 {
            assert!(horizon / label_step(horizon) < MOST_COLUMNS, "{horizon}");
        }
        assert_eq!(label_step(24), 3);
    }
}
