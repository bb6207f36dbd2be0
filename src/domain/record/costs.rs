//! Money by line and by year, in whole cents, so that every sum is that of what is read.

use super::sheet::{Amounts, CashLine, CostLine, CostSheet, DerivationLine, FigureLine};
use super::text::said;
use crate::domain::answer::{Answer, Assessment, Cost, Derivation, Lead};
use crate::domain::cost::{Ledger, Line, Lines, PaidBy};
use crate::domain::hardware::billing;
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::units::words::{capital, counted, months, usd_exact};

const MONTHS_PER_YEAR: usize = 12;
const THOUSAND: f64 = 1_000.0;

/// The money of the verdict, or of what stands for it, and of its rival.
pub fn sheets(answer: &Answer, inputs: &Inputs) -> Vec<CostSheet> {
    let Some(Lead { first, is, rival }) = answer.decided.lead() else { return Vec::new() };
    let rival = rival.map(|rival| (rival, "its best rival"));
    let shown = [(first, is.words())].into_iter().chain(rival);
    shown.filter_map(|(one, called)| sheet(one, called, answer, inputs)).collect()
}

fn sheet(one: &Assessment, called: &str, answer: &Answer, inputs: &Inputs) -> Option<CostSheet> {
    let cost = one.cost.as_ref().ok()?;
    let (lines, paid) = paid(&cost.ledger, cost.tco);
    let errors = cost.errors.map(|usd| amounts(&cost.ledger.by_year(), Line::Errors, cents(usd)));
    let total = errors.iter().fold(paid.clone(), |sum, errors| added(&sum, errors));
    let cash = cash(cost);
    let cash_before_launch_usd = cents(cash.iter().map(|line| line.usd).sum());
    Some(CostSheet {
        id: one.id.key().to_owned(),
        name: said(&one.name),
        called: called.to_owned(),
        periods: periods(&cost.ledger),
        spreads_purchase: cost.ledger.capital.iter().any(|usd| *usd > 0.0),
        lines,
        paid,
        errors,
        total,
        derivations: derivations(one, answer),
        cash,
        cash_before_launch_usd,
        figures: figures(one, cost, answer, inputs),
    })
}

/// To the cent.
fn cents(usd: f64) -> f64 {
    libm::round(usd * 100.0) / 100.0
}

fn periods(ledger: &Ledger) -> Vec<String> {
    let operation = ledger.months.len().saturating_sub(1);
    let year = |year: usize| {
        let left = operation - year * MONTHS_PER_YEAR;
        if left < MONTHS_PER_YEAR {
            said(&format!("Year {} ({})", year + 1, months(left)))
        } else {
            format!("Year {}", year + 1)
        }
    };
    let years = (0..operation.div_ceil(MONTHS_PER_YEAR)).map(year);
    ["Before launch".to_owned()].into_iter().chain(years).collect()
}

/// The lines that are paid, and their sum; the largest present value takes what rounding leaves of the total.
fn paid(ledger: &Ledger, tco: f64) -> (Vec<CostLine>, Amounts) {
    let (years, present) = (ledger.by_year(), ledger.by_line());
    let is_paid = |line: &Line| {
        *line != Line::Errors && ledger.months.iter().any(|month| cents(month.get(*line)) != 0.0)
    };
    let used: Vec<Line> = Line::ALL.into_iter().filter(is_paid).collect();
    let mut lines: Vec<CostLine> = used
        .iter()
        .map(|line| CostLine {
            label: line.label().to_owned(),
            amounts: amounts(&years, *line, cents(present.get(*line))),
        })
        .collect();
    let told: f64 = lines.iter().map(|line| line.amounts.present_value_usd).sum();
    let largest =
        lines.iter_mut().max_by(|a, b| a.amounts.present_value_usd.total_cmp(&b.amounts.present_value_usd));
    if let Some(CostLine { amounts, .. }) = largest {
        amounts.present_value_usd = cents(amounts.present_value_usd + cents(tco) - told);
    }
    let none = Amounts { by_period_usd: vec![0.0; years.len()], ..Amounts::default() };
    let sum = lines.iter().fold(none, |sum, line| added(&sum, &line.amounts));
    (lines, sum)
}

fn amounts(years: &[Lines], line: Line, present_value_usd: f64) -> Amounts {
    let by_period_usd: Vec<f64> = years.iter().map(|year| cents(year.get(line))).collect();
    let sum_usd = cents(by_period_usd.iter().sum());
    Amounts { by_period_usd, sum_usd, present_value_usd }
}

fn added(one: &Amounts, other: &Amounts) -> Amounts {
    let pairs = one.by_period_usd.iter().zip(&other.by_period_usd);
    Amounts {
        by_period_usd: pairs.map(|(one, other)| cents(one + other)).collect(),
        sum_usd: cents(one.sum_usd + other.sum_usd),
        present_value_usd: cents(one.present_value_usd + other.present_value_usd),
    }
}

fn derivations(one: &Assessment, answer: &Answer) -> Vec<DerivationLine> {
    let told = answer.explanation(one.id).map_or(&[][..], |told| &told.derivations);
    let mut told: Vec<&Derivation> = told.iter().collect();
    told.sort_by_key(|derivation| derivation.line);
    let line = |derivation: &&Derivation| DerivationLine {
        label: derivation.line.label().to_owned(),
        text: said(&derivation.text),
        source: said(&format!("{}; {}", derivation.formula, derivation.source)),
    };
    told.iter().map(line).collect()
}

/// What is paid before launch, by line, and the purchase of cards, which the ledger spreads over their life.
fn cash(cost: &Cost) -> Vec<CashLine> {
    let first = cost.ledger.months.first().copied().unwrap_or_default();
    let of_line = |line: Line| {
        let whose = if line.is_invoiced() { "" } else { ", own people’s time without an invoice" };
        CashLine { label: format!("{}{whose}", line.label()), usd: cents(first.get(line)) }
    };
    let mut cash: Vec<CashLine> =
        Line::ALL.into_iter().filter(|line| *line != Line::Errors).map(of_line).collect();
    cash.push(CashLine {
        label: "Purchase of cards at the catalogue’s price, network and spares with it, beyond what is counted above".to_owned(),
        usd: cents(cost.upfront - first.paid()),
    });
    cash.retain(|line| line.usd != 0.0);
    cash
}

fn figures(one: &Assessment, cost: &Cost, answer: &Answer, inputs: &Inputs) -> Vec<FigureLine> {
    let scope = inputs.constraints.budget_scope.label();
    let budget = &cost.budget;
    let mut figures = Vec::new();
    let mut add = |label: &str, value: String| {
        figures.push(FigureLine { label: label.to_owned(), value: said(&value) });
    };
    add("First month of operation, as paid", usd_exact(cost.monthly_now));
    add("Last month of operation, as paid", usd_exact(cost.monthly_at_horizon));
    add(&format!("Before launch, as budgets count it ({scope})"), usd_exact(budget.upfront));
    let dearest = format!("{} in month {}", usd_exact(budget.ordinary_month), budget.ordinary_month_is);
    add(&format!("Dearest ordinary month, as budgets count it ({scope})"), dearest);
    for (month, usd) in &budget.occasions {
        add(&format!("Migration or retrain in month {month} ({scope})"), usd_exact(*usd));
    }
    add(
        "1,000 requests on average, present value, wrong answers apart",
        usd_exact(cost.per_request * THOUSAND),
    );
    add("1,000 more requests at this volume", usd_exact(cost.marginal_per_request * THOUSAND));
    if let Some(usd) = cost.per_accepted {
        add("1,000 right answers, present value, wrong answers apart", usd_exact(usd * THOUSAND));
    }
    if answer.decided.choice.reference != Some(one.id) {
        let payback = cost.payback_month.map(|month| format!("month {month}"));
        add(
            "Pays back against the reference",
            payback.unwrap_or_else(|| "not within the horizon".to_owned()),
        );
    }
    let hours = crate::domain::units::words::count_exact(one.hours_per_month);
    add("People’s time to keep it running", capital(&format!("{} a month", counted(&hours, "hour"))));
    add("Time to market", crate::domain::units::words::weeks(one.lead_weeks));
    add("Bound beyond the month of its use", bound(one, inputs));
    if let Some(hardware) = &one.hardware {
        let (_, first, _) = hardware.peak_gpus;
        let (_, last, _) = hardware.peak_gpus_at_horizon;
        let number = crate::domain::units::words::count_exact;
        add(
            "GPUs at the peak",
            format!(
                "{} × {} in month 1, {} in the last month, weights in {}",
                number(first),
                hardware.gpu,
                number(last),
                hardware.precision
            ),
        );
    }
    figures
}

/// What is paid for longer than it is used, so that stopping does not end it.
fn bound(one: &Assessment, inputs: &Inputs) -> String {
    let pays = |way: PaidBy| one.payments.iter().any(|payment| payment.paid_by == way);
    let mut bound = Vec::new();
    if one.hardware.is_some() {
        match billing(inputs) {
            GpuBilling::Owned => bound.push("the cards that are bought"),
            _ if inputs.economics.committed_use_discount > 0.0 => {
                bound.push(
                    "the rent of GPUs, for the term of its committed-use discount, which is not stated",
                );
            }
            _ => {}
        }
    }
    if pays(PaidBy::Provisioned) {
        bound.push("units of throughput, for the term of their contract, which is not stated");
    }
    if pays(PaidBy::Seats) {
        bound.push("seats, for the term of their contract, which is not stated");
    }
    match bound.is_empty() {
        true => "nothing: tokens and rent end with their use".to_owned(),
        false => bound.join("; "),
    }
}
