//! The method in short paragraphs, each a place that sources lead to.

use leptos::prelude::*;

use crate::domain::catalog::citation::METHOD_SECTIONS;

/// Titles and words of its sections, by their number.
const SECTIONS: [(&str, &str); METHOD_SECTIONS.len()] = [
    (
        "Words",
        "A scenario is all that you say; an input is one value of it. A strategy is a way to serve the task: what is done to the model, and where it runs. Evidence belongs to a model with its prompt, tuning and retrieval, never to the place where it is served. The reference is the lowest strategy that your constraints allow.",
    ),
    (
        "Strategies",
        "Twelve, each a row of parts on a ladder of commitment: prompting an API model, a smaller one, retrieval, routing, open weights at a provider, tuning at a provider, open weights on own GPUs, QLoRA, LoRA, full fine-tuning, a tuned model with a fallback, and a model of one’s own. Retrieval is added where the knowledge does not fit the prompt; where it fits, each takes the cheaper of the two ways. GPUs are the cheapest that meet memory, speed and your data boundary, unless you choose them.",
    ),
    (
        "Demand",
        "Requests grow by a fixed share a month; calls per request and retries multiply them. A month has 730.5 hours, and the week has one of a few shapes of traffic, with bursts within the hour. What can wait leaves the peak.",
    ),
    (
        "Token bill, retrieval, routing, hosted tuning",
        "Calls × tokens × price a million, for input, cached input, cache writes and output. The cache counts only if calls come often enough and if it saves; batch discounts apply to what can wait; long inputs cost what the provider’s table says. Retrieval pays for embedding, index and longer prompts; routing for the classifier and for both models; tuning at a provider for training tokens and for tuned prices or an endpoint. Prices change at the dates in the tables, and a retired model brings a migration.",
    ),
    (
        "Sizing",
        "Memory is weights, cache of attention and overhead. Speed follows from bandwidth and arithmetic, calibrated on published measurements. The GPUs are those that the peak hour takes, at least two unless you accept downtime, and are paid busy or idle, unless they scale. Training takes six operations for each parameter and token, four for LoRA. Each result has a range, and a measurement of yours replaces it.",
    ),
    (
        "People, labels, time",
        "Hours to build and to run each part, times an hourly rate, with low and high ends: assumptions, listed below, and yours to change. Every strategy pays for its evaluation; retrains and migrations pay again. Labels are paid where too few are there. What takes longer to build than the reference pays for what serves meanwhile.",
    ),
    (
        "Ledger",
        "Month by month and line by line: tokens, retrieval, training, labels, GPUs, people who build, run and evaluate, and wrong answers where you price them. One-offs stand before month 1; later months are discounted. The total is the present value over your horizon.",
    ),
    (
        "Break-even and changes",
        "Where two cost curves cross over volume, every crossing is found, in either direction. For each input the nearest values are searched at which another answer wins.",
    ),
    (
        "Evidence",
        "A count of right answers gives an interval for the true rate (Wilson, 95 %). Wholly above the bar it meets it, wholly below it fails, otherwise nobody can tell yet. What has not been measured is unknown; fewer than twenty examples decide nothing.",
    ),
    (
        "Rules",
        "A table of conditions with effects: exclude, prefer another, need, speak for or against with a strength of one to three, warn, note. They come from the guide, from published findings and from providers’ own advice; each names its source. Checks prove that none contradicts another and that something is always left, or a reason.",
    ),
    (
        "The decision",
        "Screen by constraints. Take the lowest step that survives. Use it unless a measurement rules it out. Replace it only by what is measured to meet the bar and saves more than the margin. Propose a test of what is cheaper and unmeasured, if it pays at a modest chance. Then say the plan, and for every other strategy why not.",
    ),
    (
        "Ranges",
        "Low and high of a total: each figure of hours at its ends and each estimate of hardware at its band, one at a time, together as the root of the sum of squares. In a saving, hours that both strategies share cancel.",
    ),
    (
        "Reproducing",
        "A link holds every value that the answer depends on, with the versions of inputs, catalogue and method, and the rows that it uses. The same case gives the same figures in every browser.",
    ),
    (
        "Checks",
        "Tests hold what goes wrong elsewhere: cache discounts on output, unknown prices counted as nothing, idle GPUs that get cheaper, offers that have closed, answers that change with the order of a table.",
    ),
    (
        "Figures left open",
        "What no source gives is assumed and marked so: the shapes of traffic, retirement after 18 months where none is announced, owned cards written off over 36 months with 15 % left, power at $0.12 a kWh, a vector store of at least $30 a month, a classifier of 200 tokens.",
    ),
];

/// All sections, each to open.
#[component]
pub fn Written() -> impl IntoView {
    let section = |((number, id), (title, words)): ((usize, &'static str), (&'static str, &'static str))| {
        view! {
            <details id=id>
                <summary>{format!("{}. {title}", number + 1)}</summary>
                <p>{words}</p>
            </details>
        }
    };
    view! {
        <div class="written">
            {METHOD_SECTIONS.into_iter().enumerate().zip(SECTIONS).map(section).collect_view()}
        </div>
    }
}
