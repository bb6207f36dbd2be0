//! A record as a document of headings, paragraphs, lists and tables, whatever it is then written in.

mod afterwards;
mod money;
mod parts;
mod words;

use super::data::{InputLine, OptionLine, Record};
use crate::domain::units::words::{
    count_exact, counted, lower_first, share_exact, usd_exact, usd_short, weeks,
};
use parts::Document;
pub use parts::{Block, Run, Runs};
use words::{money_terms, sentence, versions};

/// What stands in a cell for a figure that is not known.
const UNKNOWN: &str = "not known";
/// From here on a range is told in whole thousands.
const TEN_THOUSAND: f64 = 9_950.0;

/// The record as one document.
pub fn document(record: &Record) -> Vec<Block> {
    let mut document = Document::default();
    let to = &mut document;
    head(record, to);
    context(record, to);
    options(record, to);
    verdict(record, to);
    reasons(record, to);
    money::costs(record, to);
    money::exposure(record, to);
    money::assumptions(record, to);
    afterwards::changes(record, to);
    afterwards::path(record, to);
    afterwards::plan(record, to);
    afterwards::alternatives(record, to);
    afterwards::evidence(record, to);
    afterwards::policy(record, to);
    afterwards::foot(record, to);
    document.blocks()
}

fn dollars(usd: Option<f64>) -> String {
    usd.map_or_else(|| UNKNOWN.to_owned(), usd_exact)
}

fn short(usd: Option<f64>) -> String {
    usd.map_or_else(|| UNKNOWN.to_owned(), usd_short)
}

fn head(record: &Record, to: &mut Document) {
    to.heading(1, &format!("{}: {}", record.name, record.verdict.headline));
    let terms = &record.terms;
    let policy = record.policy.as_ref().map_or("none in force", |policy| &policy.name);
    let row = |label: &str, value: String| vec![label.to_owned(), value];
    let given = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    to.table(
        &["This record", "Value"],
        0,
        vec![
            row("Status", "proposed; decided once it is signed below".to_owned()),
            row("Date", given(&record.date)),
            row("Author", given(&record.author)),
            row("Organisation’s policy", policy.to_owned()),
            row("Money", money_terms(record)),
            row(
                "Volume",
                format!(
                    "{} requests in month 1, {}",
                    count_exact(terms.requests_per_month),
                    growth(terms.growth_per_month)
                ),
            ),
            row("Made with", versions(record)),
        ],
    );
    if let Some(link) = &record.link {
        to.runs(vec![Run::own("Open the scenario again: "), Run::Address(link.clone())]);
    }
}

fn growth(a_month: f64) -> String {
    match a_month {
        0.0 => "no growth".to_owned(),
        less if less < 0.0 => format!("falling {} a month", share_exact(-less)),
        more => format!("growing {} a month", share_exact(more)),
    }
}

/// Dollars in thousands however many they are, so that ends of a range stay apart: `$1,058 k`.
fn thousands(usd: f64) -> String {
    if usd < TEN_THOUSAND {
        usd_short(usd)
    } else {
        format!("${}\u{a0}k", count_exact(libm::round(usd / 1_000.0)))
    }
}

fn context(record: &Record, to: &mut Document) {
    let context = &record.context;
    to.heading(2, "Context");
    if let Some(example) = &context.example {
        to.says(&format!("The published example “{}”, unchanged. {}", example.name, example.story));
        if !example.assumptions.is_empty() {
            to.says("Assumed in this example:");
            to.texts(&example.assumptions);
        }
        if !example.sources.is_empty() {
            to.says("Its figures come from:");
            to.texts(&example.sources);
        }
    }
    to.heading(3, "Inputs that differ from the defaults");
    if context.stated.is_empty() {
        to.says("Nothing was stated: every input has its default.");
    }
    let stated = |line: &InputLine| {
        let default = line.default.clone().unwrap_or_else(|| "not set".to_owned());
        [inputs_cells(line), vec![default]].concat()
    };
    to.table(
        &["Input", "Value", "Unit or kind", "Origin", "Default"],
        0,
        context.stated.iter().map(stated).collect(),
    );
    if !context.defaults.is_empty() {
        to.heading(3, "Inputs at their defaults that a figure or the verdict depends on");
        let rows = context.defaults.iter().map(inputs_cells).collect();
        to.table(&["Input", "Value", "Unit or kind", "Origin"], 0, rows);
    }
    if context.without_effect > 0 {
        to.says(&format!(
            "The other {}: nothing here depends on them, or nothing is measured there.",
            counted(&context.without_effect.to_string(), "input")
        ));
    }
    if !context.own_rows.is_empty() {
        to.heading(3, "Rows of the catalogue stated in this scenario");
        to.texts(&context.own_rows);
    }
}

fn inputs_cells(line: &InputLine) -> Vec<String> {
    [&line.label, &line.value, &line.unit, &line.origin].map(String::clone).to_vec()
}

fn options(record: &Record, to: &mut Document) {
    to.heading(2, "Options");
    to.says("Total: what is paid, and wrong answers where they are priced and their share is known, in today’s money. Low and high: hours and sizing at the ends of their ranges, combined as the root of the sum of squares. For 1,000 requests: the total over all requests of the horizon, discounted alike.");
    let priced = record.options.iter().any(|line| line.errors_usd.is_some());
    if record.options.iter().any(|line| priced && line.total_usd.is_some() && line.errors_usd.is_none()) {
        to.says("Wrong answers are priced, and of some strategies their share is not known: their totals are without them, and cannot be held against totals with them.");
    }
    let row = |line: &OptionLine| {
        let excluded =
            if line.excluded_by.is_empty() { "nothing".to_owned() } else { line.excluded_by.join(", ") };
        let range = match (line.low_usd, line.high_usd) {
            (Some(low), Some(high)) => format!("{} to {}", thousands(low), thousands(high)),
            _ => UNKNOWN.to_owned(),
        };
        let errors = priced.then(|| dollars(line.errors_usd));
        let words = [line.name.clone(), line.role.clone(), excluded, dollars(line.total_usd)];
        let rest = [range, short(line.per_thousand_usd), weeks(line.lead_weeks)];
        words.into_iter().chain(errors).chain(rest).collect()
    };
    let errors = priced.then_some("Wrong answers in it");
    let head = ["Strategy", "Role", "Excluded by rule", "Total"].into_iter().chain(errors);
    let head: Vec<&str> = head.chain(["Low to high", "1,000 requests", "Ready in"]).collect();
    to.table(&head, head.len() - 3, record.options.iter().map(row).collect());
    let unknown = record.options.iter().filter_map(|line| Some((&line.name, line.cost_unknown.as_ref()?)));
    to.list(unknown.map(|(name, why)| {
        let why = why.trim_end_matches('.');
        vec![Run::said(name), Run::own(": the cost is not known: "), Run::said(why), Run::own(".")]
    }));
}

fn verdict(record: &Record, to: &mut Document) {
    let verdict = &record.verdict;
    to.heading(2, "Decision");
    to.runs(vec![Run::strong(&verdict.headline, ""), Run::own(" "), Run::said(&verdict.lede)]);
    to.runs(vec![
        Run::own("Confidence: "),
        Run::strong(&verdict.confidence, ""),
        Run::own(". That grade means "),
        Run::said(&lower_first(&verdict.confidence_means)),
    ]);
    to.says("What that rests on, the weakest first:");
    to.texts(verdict.confidence_reasons.iter().map(|text| sentence(text)));
    if !verdict.relaxations.is_empty() {
        to.says("What would let a strategy in:");
        to.texts(verdict.relaxations.iter().map(|text| sentence(text)));
    }
}

fn reasons(record: &Record, to: &mut Document) {
    to.heading(2, "Reasons");
    let step = |line: &super::data::StepLine| {
        let mut runs = vec![Run::strong(&line.stage, "."), Run::own(" "), Run::said(&line.summary)];
        if !line.text.is_empty() {
            runs.extend([Run::own(" "), Run::said(&line.text)]);
        }
        if !line.rules.is_empty() {
            runs.extend([Run::own(" Rules: "), Run::said(&line.rules.join(", ")), Run::own(".")]);
        }
        runs
    };
    to.list(record.steps.iter().map(step));
    if record.rules.is_empty() {
        to.says("No rule fired.");
        return;
    }
    to.heading(3, "Rules that fired");
    let all = record.options.len();
    let row = |line: &super::data::RuleLine| {
        let of = if line.strategies.len() == all { "all".to_owned() } else { line.strategies.join("; ") };
        vec![line.rule.clone(), line.effect.clone(), line.text.clone(), of, line.source.clone()]
    };
    to.table(&["Rule", "Effect", "Reason", "Said of", "Source"], 0, record.rules.iter().map(row).collect());
}
