//! The engine against published measurements: how far off it may be, and where its bands come from.

use tunewise::domain::sizing::{
    Band, CAMPAIGN_BAND, CURRENT_SPEED_BAND, SERVING_MEMORY_BAND, TIME_PER_TOKEN_BAND, TRAINING_HOURS_BAND,
    TRAINING_MEMORY_BAND, TUNED_SPEED_BAND,
};
use tunewise::domain::validation::{
    Checked, Class, Group, MeasuredUnit, Server, Software, Standing, Summary, check, comparison, predict,
    read_rows, rule_of_thumb,
};

const MEASUREMENTS: &str = include_str!("../data/measurements.csv");
/// Serving engines of users, most of them of 2025–26.
const SERVING: &str = include_str!("../data/serving.csv");
/// Groups with fewer rows take all of them for their band, and at least this factor up and down.
const FEW_ROWS: usize = 10;
const LEAST_BAND: f64 = 1.05;

fn checked() -> Vec<Checked> {
    check(read_rows(MEASUREMENTS).unwrap(), predict)
}

fn summary(checked: &[Checked], group: Group) -> Summary {
    Summary::of_group(checked, group.name()).unwrap()
}

#[test]
fn every_row_is_predicted() {
    let checked = checked();
    assert_eq!(checked.len(), 188);
    for row in &checked {
        assert!(row.prediction.is_ok(), "{}: {:?}", row.measured.id, row.prediction);
        assert!(!row.measured.source.is_empty(), "{} has no source", row.measured.id);
    }
}

#[test]
fn the_median_error_of_each_group_is_within_its_bar() {
    let checked = checked();
    for (group, bar) in [
        (Group::TrainMemory, 0.10),
        (Group::InferMemory, 0.06),
        (Group::InferThroughput, 0.09),
        (Group::TimePerToken, 0.08),
        (Group::FirstToken, 0.15),
        (Group::TrainThroughput, 0.16),
        (Group::TrainTime, 0.18),
        (Group::TrainGpuHours, 0.30),
    ] {
        let summary = summary(&checked, group);
        assert!(summary.median_error <= bar, "{}: {summary:?}", group.name());
        // Of the first token there are two rows.
        let mean = if group == Group::FirstToken { 0.8..=1.25 } else { 0.9..=1.1 };
        assert!(mean.contains(&summary.geometric_mean), "{}: {summary:?}", group.name());
    }
    assert!(summary(&checked, Group::TimePerToken).p90_error <= 0.40);
}

#[test]
fn no_row_is_off_by_a_factor_of_two_without_a_reason() {
    for row in checked() {
        let ratio = row.ratio().unwrap();
        let explained = !row.measured.caveat.is_empty();
        assert!((0.5..=2.0).contains(&ratio) || explained, "{}: {ratio}", row.measured.id);
    }
}

#[test]
fn no_source_is_far_off_as_a_whole() {
    // A constant that one source alone decided would show here as another source's bias.
    let checked = checked();
    let mut sources: Vec<(&str, &str)> = checked.iter().map(of_source).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        let ratios: Vec<f64> =
            checked.iter().filter(|row| of_source(row) == source).filter_map(Checked::ratio).collect();
        let mean = Summary::of(&ratios).unwrap().geometric_mean;
        assert!(ratios.len() < 3 || (0.7..1.35).contains(&mean), "{source:?}: {mean}");
    }
}

/// Group and publisher of a row: what comes before the first blank or slash of its source.
fn of_source(row: &Checked) -> (&str, &str) {
    let publisher = row.measured.source.split([' ', '/']).next().unwrap();
    (&row.measured.group, publisher)
}

#[test]
fn the_bands_are_what_the_rows_say() {
    let checked = checked();
    let measured_over_predicted = |groups: &[Group]| -> Vec<f64> {
        let rows = checked.iter().filter(|row| groups.iter().any(|group| group.name() == row.measured.group));
        rows.map(|row| {
            let factor = 1.0 / row.ratio().unwrap();
            // Faster is shorter.
            let speed = row.measured.measurement.as_ref().is_ok_and(|m| {
                m.group == Group::TrainThroughput
                    && matches!(m.unit, MeasuredUnit::TokensPerSecond | MeasuredUnit::TokensPerSecondPerGpu)
            });
            if speed { 1.0 / factor } else { factor }
        })
        .collect()
    };
    for (groups, band) in [
        (&[Group::TrainMemory][..], TRAINING_MEMORY_BAND),
        (&[Group::InferMemory], SERVING_MEMORY_BAND),
        (&[Group::TrainThroughput, Group::TrainTime], TRAINING_HOURS_BAND),
        (&[Group::TrainGpuHours], CAMPAIGN_BAND),
    ] {
        let factors = measured_over_predicted(groups);
        let (low, high) =
            (rounded_out(band_of(&factors).low, -1.0), rounded_out(band_of(&factors).high, 1.0));
        assert!((band.low - low).abs() < 1e-3 && (band.high - high).abs() < 1e-3, "{groups:?}: {low} {high}");
    }
}

#[test]
fn the_bands_of_serving_are_what_the_rows_of_each_software_say() {
    let (tuned, current) = (checked(), serving());
    let of = |rows: &[Checked], group: Group, is_one: &dyn Fn(&Checked) -> bool| -> Vec<f64> {
        let counted = |row: &&Checked| {
            row.measured.group == group.name() && row.measured.standing == Standing::Counted && is_one(row)
        };
        rows.iter().filter(counted).filter_map(Checked::ratio).map(|ratio| 1.0 / ratio).collect()
    };
    let is_tuned = |row: &Checked| {
        row.measured.measurement.as_ref().is_ok_and(|row| row.software == Software::VendorTuned)
    };
    for (factors, band) in [
        (of(&tuned, Group::InferThroughput, &is_tuned), TUNED_SPEED_BAND),
        (of(&current, Group::InferThroughput, &|_| true), CURRENT_SPEED_BAND),
        (of(&current, Group::TimePerToken, &|_| true), TIME_PER_TOKEN_BAND),
    ] {
        let found = band_of(&factors);
        let (low, high) = (rounded_out(found.low, -1.0), rounded_out(found.high, 1.0));
        assert!((band.low - low).abs() < 1e-3 && (band.high - high).abs() < 1e-3, "{low} {high}: {band:?}");
        assert!(band.low > 1.0 / 1.6 && band.high < 1.6, "{band:?}");
    }
}

/// Every row of serving, predicted.
fn serving() -> Vec<Checked> {
    check(read_rows(SERVING).unwrap(), predict)
}

#[test]
fn speed_on_engines_of_today_is_as_good_as_it_is_said_to_be() {
    let checked = serving();
    assert_eq!(checked.len(), 536);
    for group in [Group::InferThroughput, Group::TimePerToken] {
        let found = summary(&checked, group);
        assert!(found.count >= 148 && found.median_error <= 0.13 && found.p90_error <= 0.40, "{found:?}");
        assert!((0.92..=1.08).contains(&found.geometric_mean), "{}: {found:?}", group.name());
    }
    let first = summary(&checked, Group::FirstToken);
    assert!(first.count == 74 && first.median_error <= 0.40, "{first:?}");
}

#[test]
fn no_class_of_hardware_model_and_load_is_off_as_a_whole() {
    let checked = serving();
    let mut judged = 0;
    for group in [Group::InferThroughput, Group::TimePerToken] {
        for class in Class::all() {
            let of_class = |row: &&Checked| {
                let measured = &row.measured;
                let is_one = measured.measurement.as_ref().is_ok_and(|row| Class::of(row) == class);
                is_one && measured.group == group.name() && measured.standing == Standing::Counted
            };
            let rows: Vec<&Checked> = checked.iter().filter(of_class).collect();
            let mut sources: Vec<&str> = rows.iter().map(|row| of_source(row).1).collect();
            sources.sort_unstable();
            sources.dedup();
            let ratios: Vec<f64> = rows.iter().filter_map(|row| row.ratio()).collect();
            if ratios.len() < 8 || sources.len() < 2 {
                continue;
            }
            judged += 1;
            let mean = Summary::of(&ratios).unwrap().geometric_mean;
            assert!((0.8..=1.25).contains(&mean), "{} {}: {mean}", group.name(), class.label());
        }
    }
    assert!(judged >= 8, "{judged}");
}

#[test]
fn a_source_that_nothing_was_scaled_to_is_predicted_as_well_as_the_others() {
    // The pace of engines, refitted without the source, scales its rows.
    let checked = serving();
    for group in [Group::InferThroughput, Group::TimePerToken] {
        let rows: Vec<(&str, f64)> = checked
            .iter()
            .filter(|row| row.measured.group == group.name() && row.measured.standing == Standing::Counted)
            .filter_map(|row| Some((of_source(row).1, row.ratio()?)))
            .collect();
        let scaled = rows.iter().map(|(source, ratio)| {
            let others: Vec<f64> = rows.iter().filter(|(its, _)| its != source).map(|(_, r)| *r).collect();
            ratio / Summary::of(&others).unwrap().geometric_mean
        });
        let left_out = Summary::of(&scaled.collect::<Vec<f64>>()).unwrap();
        assert!(left_out.median_error <= 0.20, "{}: {left_out:?}", group.name());
    }
}

#[test]
fn most_rows_of_serving_are_of_the_software_that_users_run() {
    let checked = serving();
    let count = |server: Server| {
        let is_one = |row: &&Checked| row.measured.measurement.as_ref().is_ok_and(|row| row.server == server);
        let counted = checked.iter().filter(|row| row.measured.standing == Standing::Counted);
        counted.filter(|row| !row.measured.group.starts_with("train")).filter(is_one).count()
    };
    assert_eq!([Server::Vllm, Server::Sglang, Server::TensorRtLlm].map(count), [237, 172, 30]);
}

/// Band of measured over predicted.
fn band_of(factors: &[f64]) -> Band {
    if factors.len() >= FEW_ROWS {
        let ratios: Vec<f64> = factors.iter().map(|factor| 1.0 / factor).collect();
        return Summary::of(&ratios).unwrap().band;
    }
    let least = factors.iter().copied().fold(1.0 / LEAST_BAND, f64::min);
    Band { low: least, high: factors.iter().copied().fold(LEAST_BAND, f64::max) }
}

/// To hundredths, away from one; the exact least band stays.
fn rounded_out(factor: f64, direction: f64) -> f64 {
    if factor == 1.0 / LEAST_BAND || factor == LEAST_BAND {
        return factor;
    }
    let hundredths = factor * 100.0;
    (if direction > 0.0 { hundredths.ceil() } else { hundredths.floor() }) / 100.0
}

#[test]
fn the_engine_beats_the_rules_of_thumb_in_every_group() {
    let engine = checked();
    let rules = check(read_rows(MEASUREMENTS).unwrap(), rule_of_thumb);
    for group in Group::ALL {
        let (ours, theirs) = (summary(&engine, group), summary(&rules, group));
        assert_eq!(ours.count, theirs.count, "{}: the same rows", group.name());
        assert!(ours.median_error < theirs.median_error, "{}: {ours:?} {theirs:?}", group.name());
        assert!(ours.p90_error < theirs.p90_error, "{}: {ours:?} {theirs:?}", group.name());
        let bias = |summary: Summary| summary.geometric_mean.ln().abs();
        assert!(bias(ours) < bias(theirs), "{}: {ours:?} {theirs:?}", group.name());
    }
}

#[test]
fn the_table_of_the_estimates_is_the_one_that_is_computed() {
    let rules = check(read_rows(MEASUREMENTS).unwrap(), rule_of_thumb);
    let table = comparison(&checked(), &rules);
    let page = include_str!("../../docs/ESTIMATES.md");
    assert!(page.contains(&table), "docs/ESTIMATES.md lacks:\n{table}");
}

#[test]
fn blanks_and_strange_values_are_predicted_or_refused_but_never_panic() {
    // Every cell of some rows of each group is emptied, and then filled with what does not belong there.
    let header = MEASUREMENTS.lines().next().unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(MEASUREMENTS.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(records.len() > 150);
    for record in records.iter().skip(1).step_by(17) {
        for column in 0..record.len() {
            for strange in ["", "0", "-1", "1e308", "NaN", "inf", "max", "zebra", "1e-300"] {
                let cells = record.iter().enumerate();
                let changed = cells.map(|(at, cell)| if at == column { strange } else { cell });
                let quoted: Vec<String> =
                    changed.map(|cell| format!("\"{}\"", cell.replace('"', "'"))).collect();
                let table = format!("{header}\n{}\n", quoted.join(","));
                for rule in [predict, rule_of_thumb] {
                    for row in check(read_rows(&table).unwrap(), rule) {
                        assert!(row.prediction.is_err() || row.ratio().is_some_and(|ratio| ratio > 0.0));
                    }
                }
            }
        }
    }
}
