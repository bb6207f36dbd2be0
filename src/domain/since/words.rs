//! What has changed since a record, as a document.

use super::account::{Cause, Since, Step};
use super::point::cents;
use crate::domain::record::{Block, Run};
use crate::domain::units::Cell;
use crate::domain::units::words::{NONE, counted, percent, usd_apart, usd_exact, usd_short};

/// So many figures of the catalogue are named, the rest counted.
const MOST_FIGURES: usize = 40;

/// What has changed, as a headline.
pub fn title(since: &Since) -> String {
    if since.is_same() {
        return "Nothing has changed since the record".to_owned();
    }
    let verdict = match (since.altered.is_empty(), since.has_other_verdict()) {
        (true, true) => "The verdict has changed since the record",
        (true, false) => "The verdict of the record stands",
        (false, true) => "The record was changed by hand; its verdict is another than the present one",
        (false, false) => "The record was changed by hand; its verdict stands",
    };
    let total = match (since.then.total, since.now.total) {
        (Some(then), Some(now)) if cents(now - then) == 0.0 => "the total is the same".to_owned(),
        (Some(then), Some(now)) => {
            let (from, to) = usd_apart(then, now);
            let more = if now > then { "more" } else { "less" };
            let share = percent((now - then).abs() / then.abs());
            let share = if share == NONE { String::new() } else { format!(", {share} {more}") };
            format!("the total of {from} is now {to}{share}")
        }
        (Some(then), None) => format!("the total, {} then, is not known now", usd_short(then)),
        (None, Some(now)) => format!("the total, now {}, is not known of the record", usd_short(now)),
        (None, None) => return verdict.to_owned(),
    };
    format!("{verdict}; {total}")
}

/// The whole as blocks, the headline first.
pub fn document(since: &Since) -> Vec<Block> {
    let mut to = vec![Block::Heading(1, title(since)), said(&about(since))];
    if since.is_same() {
        to.push(said(
            "Verdict, total, inputs, own rows, policy, catalogue and method are those of the record.",
        ));
    }
    if !since.altered.is_empty() {
        to.push(heading("Changed after it was made"));
        to.push(said("The record does not say what its own inputs and its link do; it was changed by hand."));
        to.extend(list(&since.altered));
    }
    if !since.unread.is_empty() {
        to.push(heading("Not read, or left out"));
        to.extend(list(&since.unread));
    }
    to.push(heading("Verdict"));
    to.push(verdict(since));
    let has_causes = since.steps.iter().any(|step| step.by != Some(0.0));
    if has_causes {
        to.push(heading("What the difference in the total comes from"));
        to.push(causes(since));
    }
    to.push(heading("Inputs"));
    inputs(since, &mut to);
    to.push(heading("Catalogue"));
    catalogue(since, &mut to);
    to.push(heading("Method"));
    method(since, &mut to);
    amounts(since, &mut to);
    to
}

fn about(since: &Since) -> String {
    let date =
        since.date.as_ref().map_or_else(|| ", without a date".to_owned(), |date| format!(" of {date}"));
    format!(
        "The record of “{}”{date}, beside “{}” as it is shown. Totals are present values, wrong answers included where they are known.",
        since.name, since.shown
    )
}

fn heading(text: &str) -> Block {
    Block::Heading(2, text.to_owned())
}

fn said(text: &str) -> Block {
    Block::Paragraph(vec![Run::said(text)])
}

fn list(items: &[impl AsRef<str>]) -> Option<Block> {
    let items: Vec<_> = items.iter().map(|item| vec![Run::said(item.as_ref())]).collect();
    (!items.is_empty()).then_some(Block::List(items))
}

fn table(head: &[&str], numbers: usize, rows: Vec<Vec<String>>) -> Option<Block> {
    let head = head.iter().map(|name| (*name).to_owned()).collect();
    (!rows.is_empty()).then_some(Block::Table { head, numbers, rows })
}

fn usd(amount: Option<f64>) -> String {
    amount.map_or_else(|| "not known".to_owned(), usd_exact)
}

/// “+$3.20”, with the percentage of what it is of, if that is known.
fn gain(by: Option<f64>, of: Option<f64>) -> String {
    let Some(by) = by else { return "not known".to_owned() };
    if by == 0.0 {
        return "none".to_owned();
    }
    let sign = if by > 0.0 { "+" } else { "" };
    let share = of.map(|of| by / of.abs()).filter(|share| share.is_finite()).map(percent);
    let share = share.map(|share| format!(", {sign}{share}")).unwrap_or_default();
    format!("{sign}{}{share}", usd_exact(by))
}

fn verdict(since: &Since) -> Block {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "not known".to_owned());
    let differs = |then: &Option<String>, now: &Option<String>| match (then, now) {
        (Some(then), Some(now)) if then == now => "none".to_owned(),
        (Some(_), Some(_)) => "changed".to_owned(),
        _ => "not known".to_owned(),
    };
    let words = |label: &str, then: &Option<String>, now: &Option<String>| {
        vec![label.to_owned(), text(then), text(now), differs(then, now)]
    };
    let (then, now) = (&since.then, &since.now);
    let total = vec!["Total".to_owned(), usd(then.total), usd(now.total), gain(since.by(), then.total)];
    Block::Table {
        head: ["", "Recorded", "Now", "Difference"].map(str::to_owned).to_vec(),
        numbers: 0,
        rows: vec![
            words("Verdict", &then.headline, &now.headline),
            words("Stands first", &then.leading, &now.leading),
            total,
        ],
    }
}

fn causes(since: &Since) -> Block {
    let first = vec!["The record".to_owned(), String::new(), usd(since.then.total)];
    let row = |step: &Step| vec![cause(step.cause, since.methods.1), gain(step.by, None), usd(step.total)];
    let all = vec!["In all".to_owned(), gain(since.by(), since.then.total), usd(since.now.total)];
    let is_plain = |step: &&Step| !matches!(step.cause, Cause::Record) || step.by != Some(0.0);
    let steps = since.steps.iter().filter(is_plain).map(row);
    Block::Table {
        head: ["Cause", "Adds", "Total then"].map(str::to_owned).to_vec(),
        numbers: 2,
        rows: [first].into_iter().chain(steps).chain([all]).collect(),
    }
}

fn cause(cause: Cause, method: u32) -> String {
    match cause {
        Cause::Record => "The record says otherwise than its own inputs give".to_owned(),
        Cause::Reading => "Its scenario cannot be read in full".to_owned(),
        Cause::Method(then) => {
            format!("Method, version {then} → {method}, on the recorded inputs and prices")
        }
        Cause::UnknownCatalogue(then) => {
            format!("Its catalogue, version {then}, is not known here; that of this program stands in")
        }
        Cause::Catalogue(then, now) if then == now => format!("Catalogue, version {then} in both"),
        Cause::Catalogue(then, now) => format!("Catalogue, version {then} → {now}, on the recorded inputs"),
        Cause::Inputs => "Inputs, own rows and policy".to_owned(),
    }
}

fn inputs(since: &Since, to: &mut Vec<Block>) {
    let texts = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    if since.inputs.is_empty() && since.others.is_empty() {
        return to.push(said("No input, no own row and no policy differs."));
    }
    let rows = since.inputs.iter().chain(&since.others).map(texts).collect();
    to.extend(table(&["Input", "Recorded", "Now"], 0, rows));
}

fn catalogue(since: &Since, to: &mut Vec<Block>) {
    let (then, shown, present) = since.catalogues;
    let figures = &since.figures;
    if figures.is_empty() && then == present {
        to.push(said(&format!("The record rests on the present catalogue, version {then}.")));
    } else {
        let count = match figures.len() {
            0 => "no figure".to_owned(),
            count => counted(&count.to_string(), "figure"),
        };
        let own = "those that the recorded costs rest on stand first";
        let end = if figures.is_empty() { String::new() } else { format!("; {own}") };
        to.push(said(&format!(
            "The record rests on version {then}; the present one is version {present}. Between them {count} changed{end}."
        )));
    }
    let named: Vec<String> = figures.iter().take(MOST_FIGURES).map(ToString::to_string).collect();
    to.extend(list(&named));
    if figures.len() > MOST_FIGURES {
        to.push(said(&format!("And {} more.", figures.len() - MOST_FIGURES)));
    }
    if let Some(update) = &since.update {
        to.push(said(&format!("What is shown rests on version {shown}. {update}")));
    }
}

fn method(since: &Since, to: &mut Vec<Block>) {
    let (then, now) = since.methods;
    to.push(said(&match then.cmp(&now) {
        std::cmp::Ordering::Equal => format!("The method is the same, version {now}."),
        std::cmp::Ordering::Less => format!("Version {then} then, version {now} now. Corrected since:"),
        std::cmp::Ordering::Greater => {
            format!("The record is of a later method, version {then}; this program has version {now}.")
        }
    }));
    to.extend(list(&since.corrections));
}

/// Cost by line of what stands first, and the totals of all strategies, where they differ.
fn amounts(since: &Since, to: &mut Vec<Block>) {
    let (then, now) = (&since.then, &since.now);
    let known = |lines: &[(String, f64)]| {
        lines.iter().map(|(name, usd)| (name.clone(), Some(*usd))).collect::<Vec<_>>()
    };
    if then.leading.is_some() && now.leading.is_some() && !then.lines.is_empty() {
        let rows = beside(&known(&then.lines), &known(&now.lines), Some(0.0));
        if !rows.is_empty() {
            to.push(heading("Cost by line that differs"));
        }
        to.extend(table(&["Present value", "Recorded", "Now", "Difference"], 3, rows));
    }
    if !then.totals.is_empty() {
        let rows = beside(&then.totals, &now.totals, None);
        if !rows.is_empty() {
            to.push(heading("Totals by strategy that differ"));
        }
        to.extend(table(&["Strategy", "Recorded", "Now", "Difference"], 3, rows));
    }
}

/// Amounts of the same names that differ; `missing` is what one is that only the other has.
fn beside(
    then: &[(String, Option<f64>)],
    now: &[(String, Option<f64>)],
    missing: Option<f64>,
) -> Vec<Vec<String>> {
    let of = |amounts: &[(String, Option<f64>)], name: &String| {
        amounts.iter().find(|(other, _)| other == name).map_or(missing, |(_, usd)| *usd)
    };
    let only_now = now.iter().filter(|(name, _)| !then.iter().any(|(other, _)| other == name));
    let names = then.iter().chain(only_now).map(|(name, _)| name);
    let pairs = names.map(|name| (name, of(then, name), of(now, name)));
    let differ = pairs.filter(|(_, then, now)| then != now);
    let row = |(name, then, now): (&String, Option<f64>, Option<f64>)| {
        let by = now.zip(then).map(|(now, then)| cents(now - then));
        vec![name.clone(), usd(then), usd(now), gain(by, then)]
    };
    differ.map(row).collect()
}
