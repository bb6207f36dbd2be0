//! The ledger: month × cost line of one strategy (method §7).

use serde::Serialize;

const MONTHS_PER_YEAR: usize = 12;

/// A line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is described by its label")]
pub enum Line {
    Tokens,
    Retrieval,
    TrainingCompute,
    Labels,
    ServingCompute,
    PeopleBuild,
    PeopleRun,
    Evaluation,
    Errors,
}

impl Line {
    /// Every line, in the order shown.
    pub const ALL: [Line; 9] = [
        Line::Tokens,
        Line::Retrieval,
        Line::TrainingCompute,
        Line::Labels,
        Line::ServingCompute,
        Line::PeopleBuild,
        Line::PeopleRun,
        Line::Evaluation,
        Line::Errors,
    ];

    /// Name in tables and charts.
    pub const fn label(self) -> &'static str {
        match self {
            Line::Tokens => "API tokens",
            Line::Retrieval => "Retrieval",
            Line::TrainingCompute => "Training compute",
            Line::Labels => "Labels",
            Line::ServingCompute => "Serving compute",
            Line::PeopleBuild => "People, build",
            Line::PeopleRun => "People, run",
            Line::Evaluation => "Evaluation",
            Line::Errors => "Wrong answers",
        }
    }

    /// Whether somebody sends an invoice for it; labels have a price each, whoever makes them.
    pub const fn is_invoiced(self) -> bool {
        !matches!(self, Line::PeopleBuild | Line::PeopleRun | Line::Evaluation | Line::Errors)
    }

    /// The guide's name for the part of the total it belongs to.
    pub const fn guide_subtotal(self) -> &'static str {
        match self {
            Line::Tokens | Line::Retrieval => "API cost × number of inferences",
            Line::PeopleBuild | Line::Evaluation => "Engineering time, prompts included",
            Line::TrainingCompute | Line::Labels => "Training cost",
            Line::ServingCompute => "Inference infrastructure",
            Line::PeopleRun => "Model maintenance",
            Line::Errors => "Cost of errors",
        }
    }
}

/// One amount for each line, in US dollars.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Lines([f64; 9]);

impl Lines {
    /// The amount of one line.
    pub fn get(&self, line: Line) -> f64 {
        self.0[line as usize]
    }

    /// Add to one line.
    pub fn add(&mut self, line: Line, usd: f64) {
        self.0[line as usize] += usd;
    }

    /// Add another set of amounts times a factor.
    pub fn add_scaled(&mut self, other: &Lines, factor: f64) {
        for (own, its) in self.0.iter_mut().zip(other.0) {
            *own += its * factor;
        }
    }

    /// Sum of all lines.
    pub fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Sum of what is paid: wrong answers cost, but are not paid.
    pub fn paid(&self) -> f64 {
        let [paid @ .., _errors] = &self.0;
        paid.iter().sum()
    }

    /// Sum of what comes with an invoice: neither the time of one's own people nor wrong answers.
    pub fn invoiced(&self) -> f64 {
        Line::ALL.into_iter().filter(|line| line.is_invoiced()).map(|line| self.get(line)).sum()
    }
}

/// Month × cost line of one strategy: month 0 holds the one-offs, months 1… the running costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// Amounts by month; undiscounted US dollars.
    pub months: Vec<Lines>,
    /// What of them is paid once in a while: migrations and retrains with their evaluation.
    pub occasional: Vec<Lines>,
    /// What of them recovers the purchase of cards, which is paid when they are bought; US dollars by month.
    pub capital: Vec<f64>,
    /// Discount factor by month; 1 for month 0.
    pub discount: Vec<f64>,
}

impl Ledger {
    /// Total cost of ownership: net present value over the horizon, US dollars.
    pub fn tco(&self) -> f64 {
        self.months.iter().zip(&self.discount).map(|(month, factor)| month.total() * factor).sum()
    }

    /// Sum of what is paid, without discounting, US dollars.
    pub fn undiscounted(&self) -> f64 {
        self.months.iter().map(Lines::paid).sum()
    }

    /// What is paid in the dearest month of operation, US dollars.
    pub fn dearest_month(&self) -> f64 {
        self.months.iter().skip(1).map(Lines::paid).fold(0.0, f64::max)
    }

    /// The dearest month of operation without what is paid once in a while, with what it costs by some reckoning, US
    /// dollars; the first of several.
    pub fn dearest_ordinary_month(&self, counted: fn(&Lines) -> f64) -> (usize, f64) {
        let ordinary = |month: usize| {
            let paid = self.months.get(month).map_or(0.0, counted);
            let once = self.occasional.get(month).map_or(0.0, counted);
            paid - once - self.capital.get(month).copied().unwrap_or(0.0)
        };
        let months = 1..self.months.len();
        months
            .map(|month| (month, ordinary(month)))
            .fold((0, 0.0), |dearest, next| if dearest.0 == 0 || next.1 > dearest.1 { next } else { dearest })
    }

    /// Each month in which something is paid once in a while, with what that costs by some reckoning, US dollars.
    pub fn occasions(&self, counted: fn(&Lines) -> f64) -> Vec<(usize, f64)> {
        let once = self.occasional.iter().map(counted).enumerate();
        once.skip(1).filter(|(_, usd)| *usd > 0.0).collect()
    }

    /// Net present value of each line, US dollars.
    pub fn by_line(&self) -> Lines {
        let mut sums = Lines::default();
        for (month, factor) in self.months.iter().zip(&self.discount) {
            sums.add_scaled(month, *factor);
        }
        sums
    }

    /// What falls due before launch, then in each year, the last of which may be shorter; undiscounted, US dollars.
    pub fn by_year(&self) -> Vec<Lines> {
        let Some((launch, operation)) = self.months.split_first() else { return Vec::new() };
        let years = operation.chunks(MONTHS_PER_YEAR).map(|months| {
            let mut sum = Lines::default();
            months.iter().for_each(|month| sum.add_scaled(month, 1.0));
            sum
        });
        [*launch].into_iter().chain(years).collect()
    }

    /// What is paid up to and including each month, undiscounted, US dollars.
    pub fn cumulative(&self) -> Vec<f64> {
        running_sums(&self.months, Lines::paid)
    }

    /// As [`Ledger::cumulative`], with the expected cost of wrong answers.
    pub fn cumulative_with_errors(&self) -> Vec<f64> {
        running_sums(&self.months, Lines::total)
    }
}

fn running_sums(months: &[Lines], amount: fn(&Lines) -> f64) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |month: &Lines| {
        sum += amount(month);
        sum
    };
    months.iter().map(add).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_but_wrong_answers_are_paid() {
        for line in Line::ALL {
            let mut lines = Lines::default();
            lines.add(line, 7.0);
            assert_eq!(lines.paid(), if line == Line::Errors { 0.0 } else { 7.0 }, "{line:?}");
        }
    }
}
