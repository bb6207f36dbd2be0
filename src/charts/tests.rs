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

fn figures() -> [ChartFigure; 3] {
    let evaluation = example();
    [
        volume(&evaluation, &curves(&[119_714.3]), 60_000.0).unwrap(),
        cumulative(&evaluation).unwrap(),
        breakdown(&evaluation).unwrap(),
    ]
}

/// The option of a figure as the text that the page hands to ECharts.
fn option_of(figure: &ChartFigure, style: Style) -> String {
    figure.option(style).to_string()
}

#[test]
fn titles_say_the_finding() {
    let [volume, cumulative, breakdown] = figures();
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(plain(&volume.title), "LoRA would pay from 120,000 requests a month, if it is good enough");
    assert_eq!(plain(&cumulative.title), "Prompting costs less than LoRA from the first day");
    assert_eq!(plain(&breakdown.title), "Most of the cost of prompting is API tokens (55 %)");
}

#[test]
fn the_volume_title_follows_the_number_of_crossings() {
    let evaluation = example();
    let title = |crossings: &[f64]| {
        let figure = volume(&evaluation, &curves(crossings), 60_000.0).unwrap();
        figure.title.replace('\u{a0}', " ")
    };
    assert_eq!(title(&[]), "Prompting costs less than LoRA at every volume");
    assert_eq!(
        title(&[1e5, 2e6]),
        "LoRA would cost less only between 100,000 and 2 million requests a month, if it is good enough"
    );
    assert_eq!(
        title(&[1e5, 1e6, 2e6]),
        "Prompting and LoRA take turns between 100,000 and 2 million requests a month"
    );

    let mut flat = curves(&[]);
    flat.curves[0].costs.fill(Some(1.0));
    let figure = volume(&evaluation, &flat, 60_000.0).unwrap();
    assert_eq!(figure.title, "Prompting stays cheapest at every volume");
}

#[test]
fn what_stands_for_a_verdict_is_called_what_it_is_and_not_recommended() {
    let mut unproven = example();
    unproven.decided.choice.use_now = None;
    let figures = |evaluation: &Answer| {
        let volume = volume(evaluation, &curves(&[]), 60_000.0).unwrap();
        assert!(volume.caption.contains(": the reference (Prompting) in teal"), "{}", volume.caption);
        [volume.title, cumulative(evaluation).unwrap().title]
    };
    assert_eq!(
        figures(&unproven),
        [
            "Prompting would cost less than LoRA at every volume, if it is good enough",
            "Prompting would cost less than LoRA from the first day, if it is good enough"
        ]
    );
    unproven.decided.assessments[0].quality =
        QualityState::of(Evidence::Counted { correct: 80, total: 200 }, 0.9);
    let [volume, cumulative] = figures(&unproven);
    assert!(
        volume.ends_with(", but fails the bar") && cumulative.ends_with(", but fails the bar"),
        "{volume}"
    );
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
    let names = &options[2]["yAxis"];
    assert_eq!(names["inverse"], true, "the cheapest stands on top");
    assert!(names["data"].is_array());
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
fn tables_hold_one_row_for_each_strategy_as_long_as_the_head() {
    let [volume, cumulative, breakdown] = figures();
    for figure in [&volume, &cumulative, &breakdown] {
        assert!(figure.table.rows.iter().all(|row| row.len() == figure.table.head.len()));
    }
    // The excluded one is no rival in the first two; the breakdown shows what it would cost.
    assert_eq!(volume.table.rows.len(), 4);
    assert_eq!(cumulative.table.rows.len(), 4);
    assert_eq!(breakdown.table.rows.len(), 5);
    assert!(volume.table.head.iter().any(|head| head.contains("you")));
    assert_eq!(breakdown.table.rows[0][0].text, "Prompted API model");
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
    assert!(cumulative(&none).is_none() && breakdown(&none).is_none());

    let free = assessment(StrategyId::Prompt, ledger(&[], &[], 0));
    let one = evaluation(vec![free], None, None);
    let empty = VolumeCurves {
        decades: (1, 9),
        volumes: Vec::new(),
        curves: Vec::new(),
        crossings: Vec::new(),
        alternates: false,
        other_crossings: Vec::new(),
    };
    let figures = [cumulative(&one), breakdown(&one), volume(&one, &empty, 10.0)].map(Option::unwrap);
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
        for figure in [cumulative(&odd), breakdown(&odd)].into_iter().flatten() {
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
    for (id, case, evaluation) in workloads() {
        for figure in figures_of(&case, &evaluation).into_iter().flatten() {
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

/// The three figures of a real case.
fn figures_of(case: &Case, evaluation: &Answer) -> [Option<ChartFigure>; 3] {
    let curves = VolumeCurves::compute(evaluation);
    let present = case.inputs.work.requests_per_month;
    [
        curves.and_then(|curves| volume(evaluation, &curves, present)),
        cumulative(evaluation),
        breakdown(evaluation),
    ]
}

#[test]
fn every_preset_has_all_charts_and_each_says_something_else() {
    let mut titles = BTreeSet::new();
    for (id, case, evaluation) in workloads() {
        for figure in figures_of(&case, &evaluation) {
            let figure = figure.unwrap_or_else(|| panic!("{id}"));
            assert!(!figure.title.contains('—') && !figure.description.contains('—'), "{id} {figure:?}");
            titles.insert((id, figure.title));
        }
    }
    let distinct: BTreeSet<&String> = titles.iter().map(|(_, title)| title).collect();
    assert!(distinct.len() > titles.len() / 2, "{titles:#?}");
}

#[test]
fn the_break_evens_of_table_and_chart_are_the_same() {
    for (id, _, evaluation) in workloads() {
        let advice = &evaluation;
        let curves = VolumeCurves::compute(&evaluation).unwrap();
        let pair = [advice.decided.choice.use_now, advice.decided.choice.rival]
            .map(|id| id.and_then(|id| evaluation.get(id)));
        let [Some(verdict), Some(rival)] = pair else { continue };
        let known = verdict
            .break_even
            .iter()
            .chain(&rival.break_even)
            .find(|known| known.against == rival.id || known.against == verdict.id);
        let Some(known) = known else { continue };
        for crossing in &known.crossings {
            let drawn = curves.crossings.contains(&crossing.volume);
            let (first, last) = curves.decades;
            let in_range = crossing.volume >= super::scale::power_of_ten(first)
                && crossing.volume <= super::scale::power_of_ten(last);
            assert_eq!(drawn, in_range, "{id} {}", crossing.volume);
        }
    }
}

/// Not a check: writes the figures to look at, `TUNEWISE_CHARTS=folder cargo test charts`.
#[test]
fn figures_can_be_written_out_to_look_at() {
    let Ok(folder) = std::env::var("TUNEWISE_CHARTS") else { return };
    for (appearance, style) in [("wide", WIDE), ("narrow", NARROW)] {
        let workloads = workloads();
        let real =
            workloads.iter().map(|(id, case, evaluation)| (*id, figures_of(case, evaluation).to_vec()));
        let rows = check(read_rows(MEASUREMENTS).unwrap(), predict);
        let kinds = [("all", None), ("time", Some(Group::TrainTime))];
        let kinds = kinds.map(|(id, group)| (id, vec![None, None, None, measured(&rows, group)]));
        for (id, figures) in real.chain([("example", figures().map(Some).to_vec())]).chain(kinds) {
            for (name, figure) in ["volume", "cumulative", "breakdown", "measured"].into_iter().zip(figures) {
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
