//! One scenario as it stands in a column: data, without a sentence.

use std::sync::Arc;

use crate::domain::answer::{Flips, Grade, Leads, Range};
use crate::domain::catalog::Edition;
use crate::domain::input::Value;
use crate::domain::scenario::policy::Policy;
use crate::domain::strategy::StrategyId;

/// One of several scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it is called.
    pub name: String,
    /// The headline of its verdict.
    pub headline: String,
    /// How sure that is.
    pub grade: Grade,
    /// What stands first, if any cost is known.
    pub leading: Option<Leading>,
    /// Months of operation that are counted.
    pub horizon: usize,
    /// Where the answer changes over volume; `None` where nobody has looked yet.
    pub volume_flips: Option<Flips>,
    /// The test that is proposed first, if any is.
    pub test: Option<Test>,
    /// Fields that are wrong: for each its last valid value counts, or the default.
    pub wrong_fields: usize,
    /// Every input, in the order of the registry.
    pub values: Vec<Said>,
    /// The catalogue that it was made with.
    pub edition: &'static Edition,
    /// Its own rows of the catalogue, in words.
    pub own_rows: Vec<String>,
    /// The policy in force.
    pub policy: Option<Arc<Policy>>,
}

/// The verdict of a scenario, or what stands for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leading {
    /// The strategy.
    pub strategy: StrategyId,
    /// Its name in the scenario.
    pub name: String,
    /// What it is there.
    pub is: Leads,
    /// What it is made of: models and GPUs, in words.
    pub configuration: Vec<String>,
    /// Present value over the horizon.
    pub total: Bill,
    /// Where that is likely to lie, wrong answers counted where they are known.
    pub range: Option<Range>,
    /// Paid before launch, bought cards in full, US dollars.
    pub upfront: f64,
    /// Requests in month 1 to the horizon, discounted.
    pub discounted_requests: f64,
    /// One more request at the present volume, US dollars.
    pub marginal_per_request: f64,
    /// Weeks until it can be in use.
    pub lead_weeks: f64,
    /// Undiscounted, month by month; month 0 holds what is paid once.
    pub months: Vec<Bill>,
}

/// An amount of money and the wrong answers that come with it.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Bill {
    /// What is paid, US dollars.
    pub paid: f64,
    /// Expected cost of wrong answers, US dollars; `None` where it is not priced or not known.
    pub errors: Option<f64>,
}

/// The test that is proposed first.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is tested.
    pub name: String,
    /// What the test costs, US dollars.
    pub usd: f64,
    /// What it saves over the horizon if it is passed, US dollars; `None` where nothing is used yet.
    pub saving: Option<f64>,
}

/// The value of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The value that counts.
    pub value: Value,
    /// The same as it is written, with what holds where nothing is set.
    pub text: String,
    /// Who says it.
    pub origin: Origin,
}

/// Who says a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The scenario.
    Stated,
    /// The organisation's policy.
    Policy,
    /// Nobody: the default.
    Default,
}

impl Origin {
    /// The word.
    pub const fn words(self) -> &'static str {
        match self {
            Origin::Stated => "stated",
            Origin::Policy => "policy",
            Origin::Default => "default",
        }
    }
}
