//! What was predicted against what was measured: one mark for each published measurement.

mod chart;

use super::figure::{ChartFigure, ChartTable};
use super::plot::{Cloud, Dot, Plot, ScatterPlot};
use super::scale::decade_below;
use crate::domain::units::Cell;
use crate::domain::units::words::{GAP, NONE, count_exact, times, to_digits};
use crate::domain::validation::{Checked, Group, Summary};

/// Predictions within this factor of the measurement lie between the dashed lines.
const FACTOR: f64 = 2.0;
/// Digits of a prediction: more would say more than it knows.
const DIGITS: usize = 4;

/// The figure of one group, or of all; `None` without a row.
pub fn measured(checked: &[Checked], group: Option<Group>) -> Option<ChartFigure> {
    let rows: Vec<&Checked> =
        checked.iter().filter(|row| group.is_none_or(|group| group.name() == row.measured.group)).collect();
    rows.first()?;
    let title = title(&rows, group);
    Some(ChartFigure {
        caption: caption(&rows, group),
        description: description(&rows, &title),
        title,
        table: table(&rows),
        plot: Plot::Scatter(plot(&rows)),
    })
}

/// How far off they are, as a headline.
fn title(rows: &[&Checked], group: Option<Group>) -> String {
    let ratios: Vec<f64> = rows.iter().filter_map(|row| row.ratio()).collect();
    let of = group.map_or(String::new(), |group| format!(" of {}", group.label()));
    let Some(summary) = Summary::of(&ratios) else { return format!("No estimate{of} could be made") };
    let near = ratios.iter().filter(|ratio| (1.0 / FACTOR..=FACTOR).contains(*ratio)).count();
    let count = if near == summary.count { "All".to_owned() } else { format!("{near} of") };
    let median = 100.0 * summary.median_error;
    format!(
        "{count} {} estimates{of} are within a factor of two of the measurement, and half within {median:.0}{GAP}%",
        summary.count
    )
}

/// How to read it.
fn caption(rows: &[&Checked], group: Option<Group>) -> String {
    let units = units(rows);
    let scale = if group.is_none() {
        " The axes span many decades, on which a factor of two looks small: choose one kind to see its errors enlarged."
    } else {
        ""
    };
    let skipped = rows.iter().filter(|row| row.prediction.is_err()).count();
    let skipped = match skipped {
        0 => String::new(),
        1 => " One row could not be predicted; the table says why.".to_owned(),
        count => format!(" {count} rows could not be predicted; the table says why."),
    };
    format!(
        "One mark for each published measurement, in its own unit ({units}), so its place along the diagonal says only how large the figure is, and its distance from the diagonal how wrong the estimate. Between the dashed lines an estimate is off by less than a factor of two.{scale}{skipped}"
    )
}

fn description(rows: &[&Checked], title: &str) -> String {
    let ratios = || rows.iter().filter_map(|row| Some((row.ratio()?, row.measured.id.as_str())));
    let lowest = ratios().min_by(|a, b| a.0.total_cmp(&b.0));
    let highest = ratios().max_by(|a, b| a.0.total_cmp(&b.0));
    let ends = lowest.zip(highest).map_or(String::new(), |((low, first), (high, last))| {
        format!(
            " The lowest is {} the measurement (row {first}), the highest {} (row {last}).",
            times(low),
            times(high)
        )
    });
    format!("Scatter chart of estimates over measurements, both axes logarithmic. {title}.{ends}")
}

/// The units of the rows, each once, in the order of the rows.
fn units(rows: &[&Checked]) -> String {
    let mut units: Vec<&str> = Vec::new();
    for unit in rows.iter().map(|row| unit(row)).filter(|unit| *unit != NONE) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units.join(", ")
}

fn unit(row: &Checked) -> &'static str {
    row.measured.measurement.as_ref().map_or(NONE, |measurement| measurement.unit.label())
}

/// What is drawn.
fn plot(rows: &[&Checked]) -> ScatterPlot {
    let clouds: Vec<Cloud> = Group::ALL
        .into_iter()
        .enumerate()
        .map(|(mark, group)| {
            let of_group = rows.iter().filter(|row| row.measured.group == group.name());
            Cloud {
                name: group.label().to_owned(),
                mark,
                dots: of_group.filter_map(|row| dot(row)).collect(),
            }
        })
        .filter(|cloud| !cloud.dots.is_empty())
        .collect();
    let ends = || clouds.iter().flat_map(|cloud| &cloud.dots).flat_map(|dot| [dot.measured, dot.predicted]);
    let first = ends().filter_map(decade_below).min().unwrap_or(0);
    let last = ends().filter_map(decade_below).max().unwrap_or(first);
    let units = units(rows);
    let unit = if units.contains(',') { "each in its own unit".to_owned() } else { units };
    ScatterPlot { decades: (first, last + 1), unit, clouds }
}

fn dot(row: &Checked) -> Option<Dot> {
    let predicted = *row.prediction.as_ref().ok()?;
    let (measured, unit) = (&row.measured, unit(row));
    // One line would be wider than a phone.
    let subject = measured
        .subject
        .replace(" on ", "\non ")
        .replace(", in flight", "\nin flight")
        .replace(", tokens", "\ntokens");
    let text = format!(
        "{}: {subject}\npredicted {} {unit}\nmeasured {} {unit}\nratio {:.3}",
        measured.id,
        count_exact(to_digits(predicted, DIGITS)),
        count_exact(measured.value),
        predicted / measured.value,
    );
    Some(Dot { measured: measured.value, predicted, text })
}

/// Every row, predicted or not.
fn table(rows: &[&Checked]) -> ChartTable {
    let head = ["Row", "What was measured", "Predicted", "Measured", "Ratio", "Unit", "Source", "Note"];
    let row = |row: &&Checked| {
        let measured = &row.measured;
        let (predicted, note) = match &row.prediction {
            Ok(predicted) => (Some(*predicted), measured.caveat.clone()),
            Err(reason) => (None, format!("Not predicted: {reason}. {}", measured.caveat)),
        };
        vec![
            measured.id.as_str().into(),
            subject(row).into(),
            Cell::known(predicted, |predicted| count_exact(to_digits(predicted, DIGITS))),
            Cell::number(measured.value, count_exact),
            Cell::known(row.ratio(), |ratio| format!("{ratio:.3}")),
            unit(row).into(),
            measured.source.as_str().into(),
            note.into(),
        ]
    };
    ChartTable {
        head: head.map(str::to_owned).into(),
        rows: rows.iter().map(row).collect(),
        word_columns: (2, 3),
    }
}

/// The kind of figure and what it was measured on.
fn subject(row: &Checked) -> String {
    let measured = &row.measured;
    let group = Group::from_name(&measured.group).map_or(measured.group.as_str(), |group| group.label());
    format!("{}: {}", crate::domain::units::words::capital(group), measured.subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::validation::{check, predict, read_rows};

    const MEASUREMENTS: &str = include_str!("../../tests/data/measurements.csv");

    fn checked() -> Vec<Checked> {
        check(read_rows(MEASUREMENTS).unwrap(), predict)
    }

    fn drawn(figure: &ChartFigure) -> &ScatterPlot {
        match &figure.plot {
            Plot::Scatter(plot) => plot,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_known_row_stands_in_picture_and_table_as_the_validation_prints_it() {
        let figure = measured(&checked(), None).unwrap();
        let plot = drawn(&figure);
        let dot = plot.clouds.iter().flat_map(|cloud| &cloud.dots).find(|dot| dot.text.starts_with("V181:"));
        let dot = dot.unwrap();
        assert_eq!(dot.measured, 48.4);
        assert!((dot.predicted - 25.1976).abs() < 1e-4, "{}", dot.predicted);
        assert!(dot.text.ends_with("measured 48.4 minutes\nratio 0.521"), "{}", dot.text);
        let row = figure.table.rows.iter().find(|row| row[0].text == "V181").unwrap();
        assert!(row[1].text.starts_with("Training time: "), "{}", row[1].text);
        let shown: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(shown[2..6], ["25.2", "48.4", "0.521", "minutes"]);
        assert!(!shown[6].is_empty() && !shown[7].is_empty());
    }

    #[test]
    fn every_row_is_drawn_once_and_every_group_has_a_mark_of_its_own() {
        let checked = checked();
        let figure = measured(&checked, None).unwrap();
        let plot = drawn(&figure);
        let marks: Vec<usize> = plot.clouds.iter().map(|cloud| cloud.mark).collect();
        assert_eq!(marks, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(plot.clouds.iter().map(|cloud| cloud.dots.len()).sum::<usize>(), checked.len());
        assert_eq!(figure.table.rows.len(), checked.len());
        let (first, last) = (
            super::super::scale::power_of_ten(plot.decades.0),
            super::super::scale::power_of_ten(plot.decades.1),
        );
        for dot in plot.clouds.iter().flat_map(|cloud| &cloud.dots) {
            assert!([dot.measured, dot.predicted].iter().all(|end| (first..=last).contains(end)), "{dot:?}");
        }
    }

    #[test]
    fn one_group_has_its_own_headline_axes_and_rows_and_keeps_its_mark() {
        let figure = measured(&checked(), Some(Group::TrainTime)).unwrap();
        let plot = drawn(&figure);
        assert_eq!((plot.clouds.len(), plot.clouds[0].mark, plot.clouds[0].dots.len()), (1, 6, 23));
        assert_eq!((plot.decades, plot.unit.as_str()), ((-1, 3), "minutes"));
        assert_eq!(
            figure.title.replace(GAP, " "),
            "All 23 estimates of training time are within a factor of two of the measurement, and half within 7 %"
        );
        let description = figure.description.replace(GAP, " ");
        assert!(description.contains("0.52 times the measurement (row V181)"), "{description}");
        assert!(description.contains("1.2 times (row V309)"), "{description}");
    }

    #[test]
    fn a_row_that_cannot_be_predicted_is_listed_with_its_reason_and_not_drawn() {
        let table = "id,group,model,gpu,value,unit,source,caveat\n\
                     A,infer_memory,Llama-2-7B,A100 40GB,13.52,GB,a paper,as read\n\
                     B,infer_memory,Nobody-7B,A100 40GB,13.52,GB,a paper,as read\n";
        let figure = measured(&check(read_rows(table).unwrap(), predict), None).unwrap();
        assert_eq!(drawn(&figure).clouds[0].dots.len(), 1);
        assert_eq!(figure.table.rows.len(), 2);
        let row = &figure.table.rows[1];
        assert_eq!((row[2].text.as_str(), row[4].text.as_str()), (NONE, NONE));
        assert_eq!(row[7].text, "Not predicted: model Nobody-7B is not known. as read");
        assert!(figure.caption.contains("One row could not be predicted"), "{}", figure.caption);

        let none = check(read_rows(table).unwrap(), |_| Err("no rule".to_owned()));
        let figure = measured(&none, Some(Group::InferMemory)).unwrap();
        assert_eq!(figure.title, "No estimate of inference memory could be made");
        assert!(drawn(&figure).clouds.is_empty());
        assert!(measured(&none, Some(Group::TrainTime)).is_none() && measured(&[], None).is_none());
    }

    #[test]
    fn an_estimate_off_by_more_than_two_is_counted_out_in_the_headline() {
        let table = "id,group,model,gpu,value,unit\nA,infer_memory,Llama-2-7B,A100 40GB,10,GB\n\
                     B,infer_memory,Llama-2-7B,A100 40GB,10,GB\n";
        let mut answers = [25.0, 10.0].into_iter();
        let answers = std::cell::RefCell::new(&mut answers);
        let checked = check(read_rows(table).unwrap(), |_| Ok(answers.borrow_mut().next().unwrap()));
        let title = measured(&checked, None).unwrap().title;
        assert!(title.starts_with("1 of 2 estimates are within"), "{title}");
    }
}
