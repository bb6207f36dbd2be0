//! The money of one strategy, by line and by period, in US dollars.

use serde::{Deserialize, Serialize};

/// The money of one strategy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSheet {
    /// Key of the strategy.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is here, such as "the verdict".
    pub called: String,
    /// Periods: before launch, then years.
    pub periods: Vec<String>,
    /// Whether a purchase of cards counts over their life, not when it is paid.
    pub spreads_purchase: bool,
    /// What is paid, by line.
    pub lines: Vec<CostLine>,
    /// The sum of the lines.
    pub paid: Amounts,
    /// Expected cost of wrong answers, which nobody pays as a bill; absent where it is not priced or not known.
    pub errors: Option<Amounts>,
    /// Both together.
    pub total: Amounts,
    /// How the amounts came about.
    pub derivations: Vec<DerivationLine>,
    /// What is paid before launch.
    pub cash: Vec<CashLine>,
    /// The sum of that.
    pub cash_before_launch_usd: f64,
    /// Other figures of the money, each with its unit.
    pub figures: Vec<FigureLine>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostLine {
    /// Its name.
    pub label: String,
    /// Its amounts.
    pub amounts: Amounts,
}

/// Amounts by period in whole cents, so that what is read adds up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amounts {
    /// As paid, by period.
    pub by_period_usd: Vec<f64>,
    /// Their sum.
    pub sum_usd: f64,
    /// In today's money.
    pub present_value_usd: f64,
}

/// How one amount came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivationLine {
    /// Name of the line.
    pub label: String,
    /// The computation in words.
    pub text: String,
    /// Formula and source of its prices.
    pub source: String,
}

/// Something that is paid before launch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashLine {
    /// What for.
    pub label: String,
    /// How much.
    pub usd: f64,
}

/// A figure in words, with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureLine {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
}
