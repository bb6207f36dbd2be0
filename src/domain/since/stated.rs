//! What a record says of its decision.

use serde_json::Value;

use super::markdown;
use crate::domain::units::{one_line, plain_text};

/// The longest text that is taken from a record, characters.
const MOST_CHARS: usize = 300;
/// So many lines of cost and strategies are taken at most.
const MOST_ROWS: usize = 40;
/// Amounts beyond are no cost of anything, US dollars.
const MOST_USD: f64 = 1e15;

/// What a record says of its decision, none of it checked; what it does not say is absent. Amounts are US dollars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stated {
    /// What the scenario is called.
    pub name: Option<String>,
    /// The day it was made, as it stands there.
    pub date: Option<String>,
    /// The headline of the verdict.
    pub headline: Option<String>,
    /// The strategy whose costs stand first.
    pub leading: Option<String>,
    /// What that pays in all, present value.
    pub paid: Option<f64>,
    /// Its total, wrong answers included where they are known, present value.
    pub total: Option<f64>,
    /// Present value of each line of its cost, by name.
    pub lines: Vec<(String, f64)>,
    /// The total of each strategy, by name; `None` where it is not known.
    pub totals: Vec<(String, Option<f64>)>,
}

impl Stated {
    /// What a record as data says.
    pub fn of_json(text: &str) -> Stated {
        let record: Value = serde_json::from_str(text).unwrap_or_default();
        let at = |place: &str| record.pointer(place);
        let words = |place: &str| at(place).and_then(Value::as_str).and_then(plain);
        let usd = |value: Option<&Value>| value.and_then(Value::as_f64).and_then(amount);
        let list = |place: &str| at(place).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let line = |line: &Value| {
            Some((plain(line.get("label")?.as_str()?)?, usd(line.pointer("/amounts/present_value_usd"))?))
        };
        let option =
            |option: &Value| Some((plain(option.get("name")?.as_str()?)?, usd(option.get("total_usd"))));
        let errors = usd(at("/costs/0/errors/present_value_usd"));
        let lines = list("/costs/0/lines").iter().filter_map(line);
        Stated {
            name: words("/name"),
            date: words("/date"),
            headline: words("/verdict/headline"),
            leading: words("/costs/0/name"),
            paid: usd(at("/costs/0/paid/present_value_usd")),
            total: usd(at("/costs/0/total/present_value_usd")),
            lines: lines.take(MOST_ROWS).chain(errors.map(|usd| (ERRORS.to_owned(), usd))).collect(),
            totals: list("/options").iter().filter_map(option).take(MOST_ROWS).collect(),
        }
    }

    /// What a record as a document says.
    pub fn of_markdown(text: &str) -> Stated {
        let (mut stated, mut part, mut is_first_sheet) = (Stated::default(), String::new(), true);
        let (mut total_at, mut title) = (None, None);
        for line in text.lines() {
            let line = line.trim();
            if let Some(heading) = line.strip_prefix("# ") {
                title = title.or_else(|| plain(&markdown::read(heading)));
            } else if let Some(heading) = line.strip_prefix("## ") {
                part = plain(heading).unwrap_or_default();
            } else if let Some(heading) = line.strip_prefix("### ").filter(|_| part == "Cost") {
                is_first_sheet = stated.leading.is_none();
                let name = heading.split_once(", ").map(|(_, name)| markdown::read(name));
                stated.leading = stated.leading.or_else(|| plain(&name?));
            } else if let Some(strong) = line.strip_prefix("**").filter(|_| part == "Decision") {
                let headline = strong.split_once("**").map(|(headline, _)| markdown::read(headline));
                stated.headline = stated.headline.or_else(|| plain(&headline?));
            } else if let Some(cells) = markdown::cells(line) {
                match part.as_str() {
                    "" => stated.head(&cells),
                    "Options" => stated.option(&cells, &mut total_at),
                    "Cost" if is_first_sheet => stated.line(&cells),
                    _ => {}
                }
            }
        }
        let named = title.as_deref().zip(stated.headline.as_deref());
        let name = named.and_then(|(title, headline)| title.strip_suffix(headline)?.strip_suffix(": "));
        stated.name = name.map(str::to_owned);
        stated.total = stated.total.or(stated.paid);
        stated
    }

    fn head(&mut self, cells: &[String]) {
        if let [label, value] = cells
            && label == "Date"
            && value != "not stated"
        {
            self.date = self.date.take().or_else(|| plain(value));
        }
    }

    /// A row of the options, or their head, which says where the totals stand.
    fn option(&mut self, cells: &[String], total_at: &mut Option<usize>) {
        if total_at.is_none() {
            *total_at = cells.iter().position(|cell| cell == "Total");
            return;
        }
        let total = total_at.and_then(|place| cells.get(place));
        let named = cells.first().and_then(|name| plain(name)).filter(|name| !is_rule(name));
        if let Some((name, total)) = named.zip(total)
            && self.totals.len() < MOST_ROWS
        {
            self.totals.push((name, usd(total)));
        }
    }

    /// A row of the costs, whose present value stands last.
    fn line(&mut self, cells: &[String]) {
        let label = cells.first().and_then(|label| plain(label));
        let (Some(label), Some(usd)) = (label, cells.last().and_then(|cell| usd(cell))) else { return };
        match label.as_str() {
            "Paid in all" => self.paid = self.paid.or(Some(usd)),
            "Total" => self.total = self.total.or(Some(usd)),
            _ if label.starts_with(ERRORS) => self.lines.push((ERRORS.to_owned(), usd)),
            _ if self.lines.len() < MOST_ROWS => self.lines.push((label, usd)),
            _ => {}
        }
    }
}

/// The line of the costs that nobody pays.
pub(super) const ERRORS: &str = "Wrong answers";

/// Whether a cell is of the rule between head and rows.
fn is_rule(cell: &str) -> bool {
    cell.chars().all(|sign| matches!(sign, '-' | ':'))
}

fn plain(text: &str) -> Option<String> {
    Some(plain_text(&one_line(text), MOST_CHARS)).filter(|text| !text.is_empty())
}

fn amount(usd: f64) -> Option<f64> {
    (usd.abs() <= MOST_USD).then_some(usd)
}

/// An amount as a record writes it: `$31,204.57`, `−$5`.
fn usd(text: &str) -> Option<f64> {
    let digits = text.trim().replace('−', "-").replace(',', "");
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (-1.0, digits.to_owned()),
        None => (1.0, digits),
    };
    amount(sign * digits.strip_prefix('$')?.parse::<f64>().ok()?)
}
