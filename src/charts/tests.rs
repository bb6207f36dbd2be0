//! The charts of an evaluation made by hand and of every preset.

mod example;

use std::collections::BTreeSet;

use serde_json::Value;

use self::example::{assessment, curves, evaluation, example, ledger};
use super::*;
use crate::domain::answer::{Answer, answer};
use crate::domain::case::Case;
use crate::domain::cost::Line;
use crate::domain::evidence::{Evidence, QualityState};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::presets::PRESETS;
use crate::domain::strategy::StrategyId;
use crate::domain::validation::{Group, check, predict, read_rows};

const MEASUREMENTS: &str = include_str!("../../tests/data/measurements.csv");

const WIDE: Style = Style { dark: false, narrow: false };
const NARROW: Style = Style { dark: true, narrow: true };

fn figures() -> [ChartFigure; 2] {
    let evaluation = example();
    [volume(&evaluation, &curves(&[119_714.3])).unwrap().figure, cumulative(&evaluation).unwrap()]
}

/// The option of a figure as the text that the page hands to ECharts.
fn option_of(figure: &ChartFigure, style: Style) -> String {
    figure.option(style).to_string()
}

#[test]
fn titles_say_the_finding() {
    let [volume, cumulative] = figures();
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(plain(&volume.title), "Own GPUs undercut prompting only past 120,000 requests a month");
    assert_eq!(plain(&cumulative.title), "Prompting costs less than LoRA from the first day");
    let money = money(&example()).unwrap();
    assert_eq!(plain(&money.title), "Prompting costs $22 k in tokens and $18 k in people");
    assert_eq!(
        plain(&money.deck),
        "Training a LoRA takes $700 of GPU time. The people around it cost $46 k."
    );
}

#[test]
fn the_volume_title_never_argues_against_the_verdict() {
    let evaluation = example();
    let title =
        |curves: &VolumeCurves| volume(&evaluation, curves).unwrap().figure.title.replace('\u{a0}', " ");
    assert_eq!(title(&curves(&[])), "Own GPUs cost more than prompting, even at 600,000 requests a month");
    // Where own GPUs are cheaper today already, it says what the verdict costs.
    let mut cheaper = curves(&[]);
    cheaper.curves[1].costs.fill(Some(0.01));
    assert_eq!(title(&cheaper), "Prompting costs $12.89 for 1,000 requests, and $4.39 at 600,000 a month");
}

#[test]
fn what_stands_for_a_verdict_is_not_recommended() {
    let mut unproven = example();
    unproven.decided.choice.use_now = None;
    let titles = |evaluation: &Answer| {
        [
            volume(evaluation, &curves(&[])).unwrap().figure.title,
            cumulative(evaluation).unwrap().title,
            money(evaluation).unwrap().title,
        ]
    };
    for title in titles(&unproven) {
        assert!(title.starts_with("Prompting would cost"), "{title}");
    }
    unproven.decided.assessments[0].quality =
        QualityState::of(Evidence::Counted { correct: 80, total: 200 }, 0.9);
    let [_, cumulative, _] = titles(&unproven);
    assert!(cumulative.ends_with(", but fails the bar"), "{cumulative}");
}

#[test]
fn bars_are_sorted_by_total_and_what_is_longer_than_the_plot_says_so() {
    let money = money(&example()).unwrap();
    let order: Vec<&str> = money.bars.iter().map(|bar| bar.brief).collect();
    assert_eq!(order.last(), Some(&"Custom model"));
    for bar in &money.bars {
        let width: f64 = bar.parts.iter().map(|(_, share)| share).sum();
        assert!(
            width <= 100.0 + 1e-9 && bar.is_broken == bar.spoken.ends_with("longer than drawn"),
            "{bar:?}"
        );
        assert_eq!(bar.survives, !bar.spoken.starts_with("excluded"), "{bar:?}");
    }
    assert!(money.bars.last().unwrap().is_broken);
}

#[test]
fn the_years_add_up_to_what_is_paid() {
    for (id, _, evaluation) in workloads() {
        let YearTable { table, note } = by_year(&evaluation).unwrap();
        let sums = table.rows.last().unwrap();
        let sum = sums.last().unwrap().number.unwrap();
        let by_year: f64 = sums[1..sums.len() - 1].iter().map(|cell| cell.number.unwrap()).sum();
        assert_eq!(sum, by_year, "{id}");
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()) && note.contains('$'), "{id}");
    }
}

#[test]
fn the_mark_reads_the_lines_and_names_and_words_keep_apart() {
    for (id, _, evaluation) in workloads() {
        let curves = VolumeCurves::compute(&evaluation).unwrap();
        let VolumePicture { view, .. } = volume(&evaluation, &curves).unwrap();
        for line in &view.main {
            let known = curves.cost_at(
                curves.curves.iter().find(|it| it.id.strategy().key == key_of(line)).unwrap().id,
                view.present,
            );
            let read = view.reading(line, view.present).unwrap();
            assert!((read.cost - known.unwrap()).abs() < 1e-9 * read.cost, "{id}");
        }
        let mut ends: Vec<f64> = view.ends.iter().map(|end| end.at).collect();
        ends.sort_by(f64::total_cmp);
        assert!(ends.windows(2).all(|pair| pair[1] - pair[0] >= 18.0 - 1e-6), "{id} {ends:?}");
        assert!(view.spoken(view.present).ends_with("per 1,000 requests"), "{id}");
        assert_eq!(view.volume_at(view.step_of(view.present)), view.present, "{id}");
    }
}

/// The key of the strategy that a line is of.
fn key_of(line: &MainLine) -> &'static str {
    let one = crate::domain::strategy::STRATEGIES.iter().find(|one| super::cast::brief(one.id) == line.name);
    one.unwrap().key
}

#[test]
fn options_are_json_without_gaps_in_place_of_numbers() {
    for (figure, style) in figures().iter().flat_map(|figure| [(figure, WIDE), (figure, NARROW)]) {
        let text = option_of(figure, style);
        let option: Value = serde_json::from_str(&text).unwrap();
        let series = option["series"].as_array().unwrap();
        assert!(series.len() > 3);
        for one in series {
            for point in one["data"].as_array().into_iter().flatten() {
                let value = point.get("value").unwrap_or(point);
                let numbers = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                assert!(numbers.iter().all(|number| !number.is_null()), "{point}");
            }
        }
        assert_eq!(option["aria"]["label"]["description"], figure.description.as_str());
        assert!(!text.contains("function") && !figure.caption.is_empty());
    }
}

#[test]
fn what_completes_an_option_keeps_its_margins_and_axes() {
    let options: Vec<Value> =
        figures().iter().map(|figure| serde_json::from_str(&option_of(figure, WIDE)).unwrap()).collect();
    for option in &options {
        assert!(
            !option["grid"][0]["left"].is_null() && !option["grid"][0]["right"].is_null(),
            "{}",
            option["grid"]
        );
        assert_eq!(option["grid"][0]["outerBoundsMode"], "none");
    }
}

#[test]
fn verdict_and_rival_have_their_colours_in_every_chart_and_appearance() {
    for style in [WIDE, NARROW] {
        for figure in figures() {
            let option = option_of(&figure, style);
            assert!(option.contains(style.palette().verdict), "{}", figure.title);
            assert!(option.contains(style.palette().rival), "{}", figure.title);
        }
    }
}

#[test]
fn tables_are_as_wide_as_their_heads() {
    let [volume, cumulative] = figures();
    let money = money(&example()).unwrap();
    for table in [&volume.table, &cumulative.table, &money.table] {
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
    }
    // The excluded one is no rival in the first two; the bars show what it would cost.
    assert_eq!((volume.table.head.len(), cumulative.table.rows.len(), money.table.rows.len()), (5, 4, 5));
    assert!(volume.table.rows.iter().any(|row| row[0].text.ends_with(", now")));
}

#[test]
fn wrong_answers_count_only_where_both_that_are_compared_know_theirs() {
    let with = |errors: [f64; 2]| {
        let of =
            |id, usd| assessment(id, ledger(&[(Line::PeopleBuild, 1_000.0)], &[(Line::Errors, usd)], 10));
        let strategies = vec![of(StrategyId::Prompt, errors[0]), of(StrategyId::Lora, errors[1])];
        let evaluation = evaluation(strategies, Some(StrategyId::Prompt), Some(StrategyId::Lora));
        let table = cumulative(&evaluation).unwrap().table;
        table.rows.iter().map(|row| row.last().unwrap().text.replace('\u{a0}', " ")).collect::<Vec<_>>()
    };
    assert_eq!(with([500.0, 0.0]), ["$1 k", "$1 k"]);
    assert_eq!(with([500.0, 200.0]), ["$6 k", "$3 k"]);
}

#[test]
fn nothing_is_drawn_where_no_cost_is_known_and_nothing_breaks_where_little_is() {
    let none = evaluation(Vec::new(), None, None);
    assert!(cumulative(&none).is_none() && money(&none).is_none() && by_year(&none).is_none());

    let free = assessment(StrategyId::Prompt, ledger(&[], &[], 0));
    let one = evaluation(vec![free], None, None);
    let empty = VolumeCurves {
        range: (10.0, 1_000.0),
        volumes: Vec::new(),
        listed: Vec::new(),
        curves: vec![Curve { id: StrategyId::Prompt, costs: Vec::new() }],
        crossovers: Vec::new(),
    };
    assert!(money(&one).is_some() && by_year(&one).is_some());
    let figures = [cumulative(&one), volume(&one, &empty).map(|picture| picture.figure)].map(Option::unwrap);
    for style in [WIDE, NARROW] {
        for figure in &figures {
            let option = figure.option(style);
            assert!(option["series"].as_array().is_some_and(|series| !series.is_empty()), "{option}");
            assert!(!has_null(&option), "{option}");
        }
    }

    let odd =
        assessment(StrategyId::Prompt, ledger(&[(Line::Tokens, f64::MAX)], &[(Line::Tokens, f64::MAX)], 3));
    let odd = evaluation(
        vec![odd, assessment(StrategyId::Lora, ledger(&[], &[(Line::Labels, 1.0)], 3))],
        None,
        None,
    );
    for style in [WIDE, NARROW] {
        for figure in [cumulative(&odd)].into_iter().flatten() {
            let option = figure.option(style);
            assert!(!has_null(&option), "{option}");
        }
    }
}

/// Whether a gap stands anywhere in place of a number, as serde writes what is not finite.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(fields) => fields.values().any(has_null),
        _ => false,
    }
}

/// Whether all that one value says stands in another one, which may say more.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        (whole, part) => whole == part,
    }
}

#[test]
fn the_option_says_all_that_the_chart_says_and_a_style_changes_only_the_chart() {
    for figure in figures() {
        for style in [WIDE, NARROW] {
            let chart = serde_json::to_value(figure.chart(style)).unwrap();
            let option = figure.option(style);
            assert!(holds(&option, &chart) && !holds(&chart, &option), "{option}");
        }
        assert_ne!(figure.chart(WIDE), figure.chart(NARROW), "{}", figure.title);
    }
}

#[test]
fn every_figure_of_every_preset_is_drawn_in_every_style() {
    for (id, _, evaluation) in workloads() {
        for figure in figures_of(&evaluation).into_iter().flatten() {
            for style in [WIDE, NARROW] {
                let option = figure.option(style);
                assert!(option["series"].as_array().is_some_and(|series| series.len() > 1), "{id}: {option}");
                assert!(!has_null(&option), "{id}: {option}");
            }
        }
    }
}

/// Every preset and the default scenario, evaluated.
fn workloads() -> Vec<(&'static str, Case, Answer)> {
    let presets = PRESETS.iter().map(|preset| (preset.id, preset.scenario()));
    [("default", Scenario::default())]
        .into_iter()
        .chain(presets)
        .map(|(id, scenario)| {
            let case = scenario.case().unwrap();
            let evaluation = answer(&case);
            (id, case, evaluation)
        })
        .collect()
}

/// The figures of a real case.
fn figures_of(evaluation: &Answer) -> [Option<ChartFigure>; 2] {
    let curves = VolumeCurves::compute(evaluation);
    [
        curves.and_then(|curves| volume(evaluation, &curves)).map(|picture| picture.figure),
        cumulative(evaluation),
    ]
}

#[test]
fn every_preset_has_all_charts_and_each_says_something_else() {
    let mut titles = BTreeSet::new();
    for (id, _, evaluation) in workloads() {
        for figure in figures_of(&evaluation) {
            let figure = figure.unwrap_or_else(|| panic!("{id}"));
            assert!(!figure.title.contains('—') && !figure.description.contains('—'), "{id} {figure:?}");
            titles.insert((id, figure.title));
        }
        titles.insert((id, money(&evaluation).unwrap().title));
    }
    let distinct: BTreeSet<&String> = titles.iter().map(|(_, title)| title).collect();
    assert!(distinct.len() > titles.len() / 2, "{titles:#?}");
}

#[test]
fn the_break_evens_of_table_and_chart_are_the_same() {
    for (id, _, evaluation) in workloads() {
        let curves = VolumeCurves::compute(&evaluation).unwrap();
        let Some(verdict) = evaluation.decided.choice.use_now else { continue };
        let drawn = |other: StrategyId, volume: f64| {
            curves.crossovers.iter().any(|it| it.id == other && it.volume == volume)
        };
        for curve in &curves.curves {
            let one = evaluation.get(curve.id).unwrap();
            let known = one.break_even.as_ref().filter(|known| known.against == verdict);
            for crossing in known.map(|known| &known.crossings[..]).unwrap_or_default() {
                let (first, last) = curves.range;
                let in_range = (first..=last).contains(&crossing.volume);
                assert_eq!(drawn(curve.id, crossing.volume), in_range, "{id} {}", crossing.volume);
            }
        }
    }
}

/// Not a check: writes the figures to look at, `TUNEWISE_CHARTS=folder cargo test charts`.
#[test]
fn figures_can_be_written_out_to_look_at() {
    let Ok(folder) = std::env::var("TUNEWISE_CHARTS") else { return };
    for (appearance, style) in [("wide", WIDE), ("narrow", NARROW)] {
        let workloads = workloads();
        let real = workloads.iter().map(|(id, _, evaluation)| (*id, figures_of(evaluation).to_vec()));
        let rows = check(read_rows(MEASUREMENTS).unwrap(), predict);
        let kinds = [("all", None), ("time", Some(Group::TrainTime))];
        let kinds = kinds.map(|(id, group)| (id, vec![None, None, measured(&rows, group)]));
        for (id, figures) in real.chain([("example", figures().map(Some).to_vec())]).chain(kinds) {
            for (name, figure) in ["volume", "cumulative", "measured"].into_iter().zip(figures) {
                let Some(figure) = figure else { continue };
                std::fs::write(format!("{folder}/{id}-{name}-{appearance}.json"), option_of(&figure, style))
                    .unwrap();
                let text = format!(
                    "{}\n{}\n{}\n{:?}",
                    figure.title, figure.caption, figure.description, figure.table
                );
                std::fs::write(format!("{folder}/{id}-{name}-{appearance}.txt"), text).unwrap();
            }
        }
    }
}
