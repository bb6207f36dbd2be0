//! Economics: horizon, discounting, price trends and the margins of the decision.

use super::{
    ASSUMPTION, Input, Kind, Today, YOURS, choice, effort, effort_default as likely, input_group, number,
    optional_number,
};
use crate::domain::units::{Unit, YearMonth};

/// A calendar month.
const fn month(label: &'static str) -> Input {
    Input::new(label, Kind::Month)
}

input_group! {
    /// Horizon, discounting and the margins of the decision.
    Economics (economics) {
        horizon: f64 = likely("horizon") => effort("Horizon", "horizon", 1.0, 60.0, Unit::Plain("months")).whole()
            .help("The months over which costs are added up. Short horizons favour what is cheap to build, long ones what is cheap to run.");
        start: YearMonth = YearMonth { year: 2026, month: 12 } => month("First month").source(ASSUMPTION)
            .help("Calendar month of ledger month 1: announced price changes and retirements apply by date.");
        discount_rate: f64 = likely("discount_rate") => effort("Discount rate", "discount_rate", 0.0, 1.0, Unit::Share("a year"))
            .help("Money later is worth less than money now.");
        api_price_decline: f64 = 0.2 => number("Price decline of new API models", 0.2, 0.0, 0.5, Unit::Share("a year")).between(0.0, 0.5)
            .help("A model keeps its price; the decline takes effect when its retirement makes you migrate. List prices of a given model rose as often as they fell in 2026.");
        api_price_drift: f64 = 0.0 => number("Price decline of a given API model", 0.0, -0.2, 0.9, Unit::Share("a year")).between(-0.2, 0.3)
            .help("List prices mostly stay until a model retires: 0. Say 10 % if you expect the price of a given model to fall by as much each year, month by month; it comes on top of the steps at migrations.");
        migration_interval: f64 = 18.0 => number("Models retire every", 18.0, 3.0, 120.0, Unit::Plain("months")).whole().between(12.0, 24.0)
            .help("Where no retirement date is announced. Each retirement costs a migration and brings the then current price.");
        gpu_rent_drift: f64 = 0.0 => number("GPU rent drift", 0.0, -0.15, 0.15, Unit::Share("a year")).between(-0.15, 0.15)
            .help("Rents rose and fell in 2026; zero is the neutral guess.");
        committed_use_discount: f64 = 0.0 => number("Committed-use discount on GPUs", 0.0, 0.0, 0.9, Unit::Share("off the rent")).between(0.0, 0.4)
            .help("What a commitment takes off the hourly price.");
        replace_margin: f64 = 0.2 => number("Saving needed to move", 0.2, 0.05, 1.0, Unit::Share("of the holder's cost")).between(0.1, 0.3)
            .help("Why this tool leans towards staying: estimates err and moves cost attention. Never less than a tie, capped by the next field.");
        replace_most: f64 = 250_000.0 => number("…but no more than", 250_000.0, 0.0, 1e12, Unit::Usd("over the horizon")).between(100_000.0, 1e6)
            .help("A saving of this size moves you, however small its share, unless it is within a tie.");
        tie_share: f64 = 0.05 => number("Costs are a tie within", 0.05, 0.0, 1.0, Unit::Share("of the holder's cost")).between(0.02, 0.1)
            .help("Of two strategies this close the simpler one is kept: the one lower on the ladder from prompting to a model of your own.");
        replace_floor: f64 = 10_000.0 => number("…and at least", 10_000.0, 0.0, 1e9, Unit::Usd("over the horizon")).between(5_000.0, 50_000.0)
            .help("Below this sum no move is worth the trouble.");
        pilot_threshold: f64 = 0.35 => number("Pilot worth proposing up to", 0.35, 0.0, 1.0, Unit::Share("break-even chance")).between(0.2, 0.5)
            .help("A pilot is proposed if it pays even when you give it no more than this chance of meeting the bar.");
        today: Today = Today::Nothing => choice("In use today", Today::OPTIONS).source(YOURS)
            .help("Its one-off costs are already paid.");
        exit_cost: f64 = 0.0 => number("Cost of leaving it", 0.0, 0.0, 1e9, Unit::Usd("")).source(YOURS)
            .help("Contracts, migration of data, dismantling.");
        owned_lifetime: f64 = 36.0 => number("Life of bought GPUs", 36.0, 12.0, 120.0, Unit::Plain("months")).whole().between(24.0, 60.0)
            .help("The purchase is recovered over this time.");
        owned_residual: f64 = 0.15 => number("Residual value", 0.15, 0.0, 1.0, Unit::Share("of purchase")).between(0.05, 0.3)
            .help("What bought GPUs are worth at the end of their life.");
        owned_network_share: f64 = 0.2 => number("Network and spares", 0.2, 0.0, 2.0, Unit::Share("of purchase")).between(0.1, 0.35)
            .help("On top of the GPUs with their servers.");
        power_usage_effectiveness: f64 = 1.4 => number("Power usage effectiveness", 1.4, 1.0, 3.0, Unit::Plain("×")).between(1.2, 1.7)
            .help("Power of the room against power of the machines.");
        electricity_price: f64 = 0.12 => number("Electricity", 0.12, 0.0, 2.0, Unit::Usd("per kWh")).between(0.07, 0.3)
            .help("Paid by bought GPUs: the board's power while they work, a share of it while they idle, or what the meter says.");
        hosting_price: f64 = 150.0 => number("Colocation", 150.0, 0.0, 10_000.0, Unit::Usd("per kW and month")).between(100.0, 250.0)
            .help("Space and cooling for bought GPUs.");
        idle_power_share: f64 = 0.2 => number("Power of an idle GPU", 0.2, 0.0, 1.0, Unit::Share("of the board's power")).between(0.1, 0.4)
            .help("What a bought GPU draws between calls with a model loaded. It draws the board's power while it works.");
        metered_kwh: Option<f64> = None => optional_number("Metered electricity", 0.0, 1e8, Unit::Plain("kWh a month")).source(YOURS)
            .help("What the meter of the bought GPUs shows, cooling included. Replaces the estimate from watts, however many there are.");
    }
}
