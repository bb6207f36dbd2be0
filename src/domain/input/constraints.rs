//! Constraints: what any answer must respect.

use super::{
    ASSUMPTION, BudgetScope, DataBoundary, Stage, YOURS, choice, flag, input_group, names, optional_number,
};
use crate::domain::catalog::choice::NameTable;
use crate::domain::units::Unit;

input_group! {
    /// What any answer must respect.
    Constraints (constraints) {
        data_boundary: DataBoundary = DataBoundary::AnyVendor => choice("Where may the data go", DataBoundary::OPTIONS).source(YOURS).basic()
            .help("Any vendor; only vendors you have a contract with; only your own account on rented GPUs; only hardware you own; or no connection at all.");
        contracted_providers: Vec<String> = Vec::new() => names("Vendors under contract", NameTable::Providers).source(YOURS)
            .help("Only these count if data may go to vendors under contract. Tick those that you have a contract with: with none ticked no provider may see the data.");
        tuning_customer_of: Vec<String> = Vec::new() => names("Customer of hosted tuning at", NameTable::Providers).source(YOURS)
            .help("Offers that are closed to new customers stay open to you at these providers, until their dates.");
        stage: Stage = Stage::Production => choice("Stage", Stage::OPTIONS).source(YOURS)
            .help("A prototype wants the fastest way to an answer.");
        launch_weeks: Option<f64> = None => optional_number("Launch in", 0.0, 520.0, Unit::Plain("weeks")).source(YOURS)
            .help("A strategy that takes longer to build cannot be used now, only piloted.");
        time_to_first_token_s: Option<f64> = None => optional_number("Time to first token, p95", 0.02, 600.0, Unit::Plain("seconds")).source(YOURS)
            .help("Blank: no target.");
        time_per_output_token_ms: f64 = 80.0 => super::number("Time per output token, p95", 80.0, 2.0, 10_000.0, Unit::Plain("milliseconds")).log().between(40.0, 150.0)
            .help("80 ms is faster than people read. Not applied if all work can wait.");
        provider_time_to_first_token_s: Option<f64> = None => optional_number("API model's time to first token, p95", 0.01, 600.0, Unit::Plain("seconds")).source(YOURS)
            .help("As you measured it for the chosen API model; other models are not judged by it, their rows of the catalogue may have theirs. Above your target it excludes what that model serves; blank is shown as unknown.");
        provider_time_per_output_token_ms: Option<f64> = None => optional_number("API model's time per output token, p95", 1.0, 10_000.0, Unit::Plain("milliseconds")).source(YOURS)
            .help("As you measured it for the chosen API model.");
        provider_calls_per_minute: Option<f64> = None => optional_number("Provider's rate limit", 1.0, 1e8, Unit::Plain("calls a minute")).counted().source(YOURS)
            .help("Your tier at the API. A peak above it is warned about.");
        upfront_budget: Option<f64> = None => optional_number("Budget before launch", 0.0, 1e10, Unit::Usd("")).source(YOURS)
            .help("What falls due before launch, bought hardware included. Strategies above it are out.");
        monthly_budget: Option<f64> = None => optional_number("Budget a month", 0.0, 1e10, Unit::Usd("a month")).source(YOURS)
            .help("The dearest ordinary month within the horizon must stay below it. Migrations and retrains are named beside it; bought cards count before launch, later their power and space.");
        budget_scope: BudgetScope = BudgetScope::Invoices => choice("Budgets hold", BudgetScope::OPTIONS).source(ASSUMPTION)
            .help("Invoices: providers, GPUs, labels, leaving what is in use. People’s time: what your own people build, run, evaluate and are on call for, at their hourly rate.");
        downtime_accepted: bool = false => flag("Some downtime is acceptable").source(YOURS)
            .help("Then one replica is enough; otherwise two run at least.");
        cold_starts_accepted: bool = false => flag("Cold starts are acceptable").source(YOURS)
            .help("Then rented GPUs may scale to zero in quiet hours.");
        round_the_clock: bool = false => flag("The service must run round the clock").source(YOURS)
            .help("Own GPUs then need people on call.");
        permissive_licence_only: bool = false => flag("Only permissive model licences").source(YOURS)
            .help("Apache and MIT only; excludes community licences with their own terms.");
        regulated: bool = false => flag("Regulated use").source(YOURS)
            .help("Audit, explainability and documentation duties: shown as warnings with what they touch.");
    }
}

impl Constraints {
    /// Whether data may go to vendors under contract and none is named, so that nobody knows who may see it.
    pub fn lacks_vendors(&self) -> bool {
        self.data_boundary == DataBoundary::Contract && self.contracted_providers.is_empty()
    }
}
