//! Predict published measurements and say how far off the engine is.
//!
//! ```text
//! cargo run --release --no-default-features --example validate -- tests/data/measurements.csv
//! cargo run --release --no-default-features --example validate -- --rules-of-thumb tests/data/measurements.csv
//! ```
//!
//! Prints `id, prediction, measurement, ratio` for each row of any table of that form, or the reason why
//! nothing can be predicted, and closes with one line per group. `tests/data/measurements.md` says what
//! the columns mean, the module `validation` how the error is defined. With `--rules-of-thumb` it prints
//! a Markdown table instead: the engine beside the closed forms of comparable tools, on the same rows.
//!
//! Exit codes: 0 with a result; 1 if the table cannot be read; 2 for a wrong call.

use std::io::{self, Write};
use std::process::ExitCode;

use tunewise::domain::validation::{
    Checked, MeasuredRow, check, comparison, group_line, predict, read_rows, rule_of_thumb, serving_lines,
};

const USAGE: &str = "usage: validate [--rules-of-thumb] FILE    (a table of measurements as CSV)";
const COMPARE: &str = "--rules-of-thumb";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, files): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with('-'));
    let ([file], true) = (files.as_slice(), flags.iter().all(|flag| *flag == COMPARE)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let table = std::fs::read_to_string(file).map_err(|error| error.to_string());
    match table.and_then(|table| read_rows(&table)) {
        // A reader that has seen enough, such as `head`, is no failure.
        Ok(cases) => write(cases, !flags.is_empty()).map_or(ExitCode::SUCCESS, |()| ExitCode::SUCCESS),
        Err(reason) => {
            eprintln!("{file}: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// What was asked for, on standard output.
fn write(cases: Vec<MeasuredRow>, compare: bool) -> io::Result<()> {
    if compare {
        let rules = check(cases.clone(), rule_of_thumb);
        return write!(io::stdout().lock(), "{}", comparison(&check(cases, predict), &rules));
    }
    write_rows(&check(cases, predict))
}

/// All rows, then one line per group in the order of the table, and what stands behind the groups of serving.
fn write_rows(checked: &[Checked]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "id, prediction, measurement, ratio")?;
    let mut groups: Vec<&str> = Vec::new();
    for row in checked {
        let case = &row.measured;
        match &row.prediction {
            Ok(prediction) => {
                let ratio = prediction / case.value;
                writeln!(out, "{}, {prediction:.4}, {}, {ratio:.3}", case.id, case.value)?;
            }
            Err(reason) => writeln!(out, "{}, skipped: {reason}", case.id)?,
        }
        if !groups.contains(&case.group.as_str()) {
            groups.push(&case.group);
        }
    }
    for line in groups.iter().map(|group| group_line(checked, group)).chain(serving_lines(checked)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
