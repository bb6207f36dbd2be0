//! The figures of a strategy, read off its ledger.

use leptos::prelude::*;

use super::cells;
use crate::components::anew::Anew;
use crate::domain::answer::{Answer, BudgetFigures, Cost};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{NONE, usd_exact, usd_short, weeks};
use crate::state::Page;

/// A figure by its name, or why there is none.
type Figures = Result<Vec<(&'static str, String)>, String>;

/// The figures as a list.
#[component]
pub fn FigureList(id: StrategyId) -> impl IntoView {
    let figures = Page::get().read(move |answer| figures(answer, id));
    view! {
        <Anew of=move || figures.get() let:figures>
            {list(figures)}
        </Anew>
    }
}

fn list(figures: Figures) -> AnyView {
    let figure = |(name, text): (&'static str, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{text}</dd>
            </div>
        }
    };
    match figures {
        Ok(figures) => {
            view! { <dl class="figures">{figures.into_iter().map(figure).collect_view()}</dl> }.into_any()
        }
        Err(unknown) => view! { <p>{format!("Cost unknown: {unknown}")}</p> }.into_any(),
    }
}

/// What is paid once in a while, beside the ordinary months, with its months.
fn occasions(budget: &BudgetFigures) -> String {
    let occasion = |(month, usd): &(usize, f64)| format!("{} in month {month}", usd_short(*usd));
    let all: Vec<String> = budget.occasions.iter().map(occasion).collect();
    if all.is_empty() { NONE.to_owned() } else { all.join(", ") }
}

fn figures(answer: &Answer, id: StrategyId) -> Figures {
    let assessment = answer.get(id).ok_or_else(|| NONE.to_owned())?;
    let cost: &Cost = assessment.cost.as_ref().map_err(Clone::clone)?;
    let (cheap, dear) = cost.tco_band;
    let mut figures = match cost.errors {
        Some(_) => vec![
            ("Total cost and wrong answers", usd_exact(cost.total())),
            ("Paid, discounted", usd_exact(cost.tco)),
        ],
        None => vec![("Total cost, discounted", usd_exact(cost.tco))],
    };
    if cheap < dear {
        figures.push(("Range of its sizing", format!("{} to {}", usd_short(cheap), usd_short(dear))));
    }
    figures.extend([
        ("Total, not discounted", usd_short(cost.undiscounted)),
        ("Before launch", usd_short(cost.upfront)),
        ("Before launch, for the budget", usd_short(cost.budget.upfront)),
        ("Dearest ordinary month, for the budget", usd_short(cost.budget.ordinary_month)),
        ("Migrations and retrains", occasions(&cost.budget)),
        ("First month", usd_short(cost.monthly_now)),
        ("Last month", usd_short(cost.monthly_at_horizon)),
        ("1,000 requests, on average", usd_short(cost.per_request * 1_000.0)),
        ("1,000 more requests", usd_short(cost.marginal_per_request * 1_000.0)),
        ("A million tokens", usd_short(cost.per_million_tokens)),
    ]);
    figures.extend([
        ("Cheaper than the reference", cells::break_even(assessment)),
        ("Pays back", cells::payback(assessment, answer)),
        ("Price of quality", cells::price_of_quality(assessment)),
        ("Time to market", weeks(assessment.lead_weeks)),
        ("People’s hours a month", cells::hours(assessment)),
    ]);
    if let Some(errors) = cost.errors {
        figures.push(("Wrong answers, in the total", usd_short(errors)));
    }
    if let Some(accepted) = cost.per_accepted {
        figures.push(("1,000 right answers", usd_short(accepted * 1_000.0)));
    }
    Ok(figures)
}
