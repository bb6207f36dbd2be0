//! What a check prints: one line per group, software and class, and the engine beside the rules of thumb.

use super::{Checked, Class, Group, Measurement, Server, Standing, Summary};

/// Engine and rules of thumb side by side, a Markdown table with one line per group of the rows.
pub fn comparison(engine: &[Checked], rules: &[Checked]) -> String {
    let mut table = String::from(
        "| group | rows | engine: mean ratio | median error | 9 of 10 within | rule of thumb: mean ratio | \
         median error | 9 of 10 within |\n|---|---|---|---|---|---|---|---|\n",
    );
    for group in Group::ALL {
        let of = |checked: &[Checked]| Summary::of_group(checked, group.name());
        if let (Some(ours), Some(theirs)) = (of(engine), of(rules)) {
            let cells = |summary: &Summary| {
                let (median, p90) = (100.0 * summary.median_error, 100.0 * summary.p90_error);
                format!("{:.2} | {median:.0} % | {p90:.0} %", summary.geometric_mean)
            };
            let label = group.label();
            table.push_str(&format!(
                "| {label} | {} | {} | {} |\n",
                ours.count,
                cells(&ours),
                cells(&theirs)
            ));
        }
    }
    table
}

/// The closing line of a group: count, geometric mean, median and 90th percentile of the error of the rows that it
/// counts, and the rows that were skipped, if any.
pub fn group_line(checked: &[Checked], group: &str) -> String {
    let skipped = checked.iter().filter(|row| row.measured.group == group && row.prediction.is_err()).count();
    let mut line = summary_line(group, Summary::of_group(checked, group));
    if skipped > 0 {
        line.push_str(&format!(" skipped={skipped}"));
    }
    line
}

/// One line of figures under a name.
fn summary_line(name: &str, summary: Option<Summary>) -> String {
    summary.map_or_else(
        || format!("{name} n=0 gmean=- median=-% p90=-%"),
        |summary| {
            let (median, p90) = (100.0 * summary.median_error, 100.0 * summary.p90_error);
            let (count, mean) = (summary.count, summary.geometric_mean);
            format!("{name} n={count} gmean={mean:.3} median={median:.1}% p90={p90:.1}%")
        },
    )
}

/// The groups of serving by software and by class, and the rows that stand apart; no line without rows, and none
/// at all of a table that names no engine.
pub fn serving_lines(checked: &[Checked]) -> Vec<String> {
    let mut lines = Vec::new();
    for group in Group::OF_SERVING {
        let mut line = |what: &str, is_one: &dyn Fn(&Measurement, Standing) -> bool| {
            let summary = Summary::of_rows(checked, |row| {
                let (of_group, standing) = (row.measured.group == group.name(), row.measured.standing);
                let is_one = |measurement| is_one(measurement, standing);
                of_group && row.measured.measurement.as_ref().is_ok_and(is_one)
            });
            if summary.is_some() {
                lines.push(summary_line(&format!("{}, {what}:", group.name()), summary));
            }
        };
        for server in Server::ALL.into_iter().filter(|server| *server != Server::Unnamed) {
            line(server.label(), &|row, standing| standing == Standing::Counted && row.server == server);
        }
        for class in Class::all() {
            line(&class.label(), &|row, standing| {
                standing == Standing::Counted && row.server != Server::Unnamed && Class::of(row) == class
            });
        }
        for apart in Standing::APART {
            line(&format!("apart, {}", apart.label()), &|_, standing| standing == apart);
        }
    }
    lines
}
