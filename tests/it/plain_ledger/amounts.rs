//! One month of a ledger: an amount for each line (method §7).

use tunewise::domain::cost::{Line, Lines};

use super::months::Plain;

/// US dollars by line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Month {
    pub tokens: f64,
    pub retrieval: f64,
    pub training: f64,
    pub labels: f64,
    pub serving: f64,
    pub build: f64,
    pub run: f64,
    pub evaluation: f64,
    pub errors: f64,
}

impl Month {
    /// Add another month, line by line.
    pub fn add(&mut self, other: &Month) {
        self.tokens += other.tokens;
        self.retrieval += other.retrieval;
        self.training += other.training;
        self.labels += other.labels;
        self.serving += other.serving;
        self.build += other.build;
        self.run += other.run;
        self.evaluation += other.evaluation;
        self.errors += other.errors;
    }

    /// What is paid: wrong answers are not.
    pub fn paid(&self) -> f64 {
        self.tokens
            + self.retrieval
            + self.training
            + self.labels
            + self.serving
            + self.build
            + self.run
            + self.evaluation
    }

    /// Each line beside that of the engine.
    pub fn beside(&self, engine: &Lines) -> [(Line, f64, f64); 9] {
        let pair = |line: Line, plain: f64| (line, plain, engine.get(line));
        [
            pair(Line::Tokens, self.tokens),
            pair(Line::Retrieval, self.retrieval),
            pair(Line::TrainingCompute, self.training),
            pair(Line::Labels, self.labels),
            pair(Line::ServingCompute, self.serving),
            pair(Line::PeopleBuild, self.build),
            pair(Line::PeopleRun, self.run),
            pair(Line::Evaluation, self.evaluation),
            pair(Line::Errors, self.errors),
        ]
    }
}

/// Net present value of what is paid in month 0 and in some months (method §7).
pub fn present_value(plain: &Plain, ledger: &[Month], months: std::ops::RangeInclusive<usize>) -> f64 {
    let mut sum = ledger[0].paid();
    for month in months {
        sum += ledger[month].paid() * plain.discount(month);
    }
    sum
}
