//! One strategy: a row of figures with its reason below, and what opens under it.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::Get;

use super::bar::cost_bar;
use super::cells;
use super::detail::strategy_detail;
use crate::browser::dom::{El, button, el};
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::strategy::StrategyId;
use crate::state::store;

/// A bar of full length is so many times the verdict's cost, unless all are shorter.
const LONGEST_BAR: f64 = 8.0;

/// What a strategy is in this answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Standing {
    Verdict,
    /// The verdict, yet to be built.
    Build,
    Rival,
    #[default]
    In,
    Out,
}

impl Standing {
    fn of(assessment: &Assessment, evaluation: &Evaluation) -> Standing {
        let advice = &evaluation.advice;
        match assessment.id {
            id if advice.use_now == Some(id) && advice.builds => Standing::Build,
            id if advice.use_now == Some(id) => Standing::Verdict,
            _ if !assessment.survives() => Standing::Out,
            id if advice.rival == Some(id) => Standing::Rival,
            _ => Standing::In,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Standing::Verdict | Standing::Build => "strategy is-verdict",
            Standing::Rival => "strategy is-rival",
            Standing::In => "strategy",
            Standing::Out => "strategy is-out",
        }
    }

    fn words(self) -> Option<&'static str> {
        match self {
            Standing::Verdict => Some("Use now:"),
            Standing::Build => Some("Build:"),
            Standing::Rival => Some("Best rival."),
            Standing::In => None,
            Standing::Out => Some("Excluded."),
        }
    }
}

/// A body of the table.
pub fn strategy_row(id: StrategyId) -> El {
    let store = store();
    let is_open = RwSignal::new(false);
    let detail_id = format!("detail-{}", id.key());
    let cell = |column: &str, text: fn(&Assessment, &Evaluation) -> String| {
        cell(column).live(move || store.strategy(id, text))
    };
    let name = button("row-button")
        .attr("aria-controls", &detail_id)
        .toggles(is_open)
        .live(move || store.strategy(id, |assessment, _| assessment.name.clone()));
    let total = el("span").live(move || store.strategy(id, |assessment, _| cells::total(assessment)));
    let standing = move || store.strategy(id, Standing::of);
    let row = el("tr")
        .attrs(&[("role", "row"), ("data-strategy", id.key())])
        .child(
            el("th")
                .attrs(&[("role", "rowheader"), ("scope", "row"), ("data-column", "strategy")])
                .child(name),
        )
        .children([
            cell("quality", |assessment, _| assessment.quality.label().to_owned()),
            self::cell("tco").child(total).child(cost_bar(move || store.strategy(id, bar_share))),
            cell("per-request", |assessment, _| cells::per_thousand(assessment)),
            cell("price-of-quality", |assessment, _| cells::price_of_quality(assessment)),
            cell("break-even", cells::break_even),
            cell("payback", cells::payback),
            cell("lead", |assessment, _| cells::lead(assessment)),
            cell("hours", |assessment, _| cells::hours(assessment)),
            self::cell("why")
                .swap(
                    move || standing().words(),
                    |words| words.iter().map(|words| el("b").text(words)).collect(),
                )
                .live(move || {
                    store.strategy(id, |assessment, _| format!(" {}", with_stop(cells::why(assessment))))
                })
                .live(move || store.strategy(id, |assessment, _| cells::interval(assessment))),
        ]);
    let detail = el("td").attr("role", "cell").show(move || is_open.get(), move || strategy_detail(id));
    el("tbody")
        .attr("role", "rowgroup")
        .live_attr("class", move || Some(standing().class().to_owned()))
        .child(row)
        .child(
            el("tr")
                .attrs(&[("role", "row"), ("class", "detail-row"), ("id", &detail_id)])
                .live_flag("hidden", move || !is_open.get())
                .child(detail),
        )
}

/// A sentence ends with a full stop, which another one may follow.
fn with_stop(text: String) -> String {
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}

fn cell(column: &str) -> El {
    el("td").attrs(&[("role", "cell"), ("data-column", column)])
}

/// Cost against the end of the scale: the dearest survivor, but no more than a few times the cheapest.
fn bar_share(assessment: &Assessment, evaluation: &Evaluation) -> Option<f64> {
    let costs = || evaluation.strategies.iter().filter(|other| other.survives()).filter_map(Assessment::tco);
    let least = costs().fold(f64::INFINITY, f64::min);
    let most = costs().fold(0.0, f64::max);
    let end = most.min(LONGEST_BAR * least);
    assessment.tco().filter(|_| end > 0.0 && end.is_finite()).map(|tco| tco / end)
}
