//! The record of a decision: complete, in whole cents, and unbreakable by what users write.

use tunewise::domain::answer::Found;
use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::case::Case;
use tunewise::domain::input::Entry;
use tunewise::domain::record::{Amounts, Basis, CostSheet, Cover, Record, markdown, record, record_of};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::scenario::policy::Policy;
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::units::words::usd_short;

fn cover(name: &str) -> Cover {
    let text = str::to_owned;
    Cover {
        name: text(name),
        author: text("A. Author"),
        date: text("1 December 2026"),
        link: text("https://tunewise.example/#s=abc"),
    }
}

fn recorded(scenario: &Scenario) -> (Record, Answer) {
    let case: Case = scenario.case().unwrap();
    let answer = answer(&case);
    (record_of(scenario, &case, &answer, &cover(&scenario.name)), answer)
}

/// Every preset, the default, one in which nothing fits, and one in which nothing is proven.
fn scenarios() -> Vec<Scenario> {
    let with = |name: &str, entries: &[(&str, Entry)]| {
        let entries = entries.iter().map(|(id, entry)| ((*id).to_owned(), entry.clone()));
        Scenario { name: name.to_owned(), entries: entries.collect(), ..Scenario::default() }
    };
    let fails = |id| (id, Entry::Text("20/200".to_owned()));
    let failed = [fails("evidence_prompt"), ("prompt_hours_spent", Entry::Number(400.0))];
    let mut all: Vec<Scenario> = PRESETS.iter().map(|preset| preset.scenario()).collect();
    all.extend([
        Scenario::default(),
        with(
            "Nothing fits",
            &[("upfront_budget", Entry::Number(1.0)), ("monthly_budget", Entry::Number(1.0))],
        ),
        with("Nothing proven", &failed),
    ]);
    all
}

/// The cells of a line of a table.
fn cells(line: &str) -> usize {
    line.replace("\\|", "").matches('|').count()
}

#[test]
fn the_record_of_every_example_is_complete_and_holds_nothing_empty() {
    for scenario in scenarios() {
        let (record, answer) = recorded(&scenario);
        let text = markdown(&record);
        // What people are told of a count of nought.
        let words = text.replace("None right", "Nought right").replace("None of twelve", "Nought of twelve");
        let told = |what: &str| format!("{}: {what}", scenario.name);
        for word in ["NaN", "None", "null", "inf ", "  ", "undefined", "()", "..", ": .", ";;", "| |"] {
            let found = words.lines().find(|line| line.contains(word));
            assert_eq!(found, None, "{}", told(word));
        }
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            if let [above, line] = pair
                && above.starts_with('|')
                && line.starts_with('|')
            {
                assert_eq!(cells(above), cells(line), "{}", told(line));
            }
        }
        // Below each heading stands something.
        let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty()).collect();
        for pair in filled.windows(2) {
            if let [above, below] = pair
                && let Some((level, _)) = above.split_once(' ').filter(|(level, _)| level.starts_with('#'))
            {
                let deeper = below.starts_with(&format!("{level}#"));
                assert!(!below.starts_with('#') || deeper, "{}", told(above));
            }
        }
        for heading in [
            "Context",
            "Options",
            "Decision",
            "Reasons",
            "Cost",
            "Who sees the data",
            "Assumptions",
            "What would change the answer",
            "Path",
            "Plan",
            "Why not the alternatives",
            "Evidence",
            "Policy in force",
            "Signatures",
        ] {
            assert!(text.contains(&format!("\n## {heading}\n")), "{}", told(heading));
        }
        assert_eq!(record.options.len(), 12);
        assert!(
            text.contains(&record.verdict.headline) && record.verdict.headline == answer.verdict.headline
        );
        let back: Record = serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
        assert_eq!(back, record, "{}", told("the same from JSON"));
        assert_eq!(markdown(&back), text);
    }
}

fn cents(usd: f64) -> i64 {
    let cents = usd * 100.0;
    assert!((cents - cents.round()).abs() < 1e-3, "{usd} has whole cents");
    cents.round() as i64
}

fn adds_up(parts: &[&Amounts], sum: &Amounts) {
    for period in 0..sum.by_period_usd.len() {
        let of_parts: i64 = parts.iter().map(|part| cents(part.by_period_usd[period])).sum();
        assert_eq!(of_parts, cents(sum.by_period_usd[period]));
    }
    assert_eq!(parts.iter().map(|part| cents(part.sum_usd)).sum::<i64>(), cents(sum.sum_usd));
    let present: i64 = parts.iter().map(|part| cents(part.present_value_usd)).sum();
    assert_eq!(present, cents(sum.present_value_usd));
    assert_eq!(sum.by_period_usd.iter().map(|usd| cents(*usd)).sum::<i64>(), cents(sum.sum_usd));
}

#[test]
fn lines_and_years_add_up_to_the_cent_and_to_the_total_of_the_answer() {
    let mut count = 0;
    for scenario in scenarios() {
        let (record, answer) = recorded(&scenario);
        for sheet in &record.costs {
            let CostSheet { lines, paid, errors, total, .. } = sheet;
            adds_up(&lines.iter().map(|line| &line.amounts).collect::<Vec<_>>(), paid);
            adds_up(&[paid].into_iter().chain(errors).collect::<Vec<_>>(), total);
            let one = answer.strategies().find(|(one, _)| one.id.key() == sheet.id).unwrap().0;
            let cost = one.cost.as_ref().unwrap();
            assert_eq!(cents(paid.present_value_usd), (cost.tco * 100.0).round() as i64, "{}", scenario.name);
            assert!((sheet.cash_before_launch_usd - cost.upfront).abs() < 0.05, "{}", scenario.name);
            let cash: i64 = sheet.cash.iter().map(|line| cents(line.usd)).sum();
            assert_eq!(cash, cents(sheet.cash_before_launch_usd));
            assert!((paid.sum_usd - cost.undiscounted).abs() < 0.5, "{}", scenario.name);
            // The round figure of the verdict is that of the table.
            if answer.decided.choice.use_now == Some(one.id) {
                assert!(record.verdict.lede.contains(&usd_short(cost.total()).replace('\u{a0}', " ")));
            }
            count += 1;
        }
    }
    assert!(count >= 15, "{count}");
}

#[test]
fn every_row_estimate_and_rule_names_its_source() {
    for scenario in scenarios() {
        let (record, _) = recorded(&scenario);
        let inputs = record.context.stated.iter().chain(&record.context.defaults).chain(&record.bounds);
        for input in inputs {
            assert!(
                !input.origin.is_empty() && !input.unit.is_empty() && !input.value.is_empty(),
                "{input:?}"
            );
        }
        for row in &record.rows {
            assert!(!row.source.is_empty() && !row.as_of.is_empty() && !row.values.is_empty(), "{row:?}");
        }
        for estimate in &record.estimates {
            assert!(!estimate.source.is_empty() && !estimate.unit.is_empty(), "{estimate:?}");
            assert!(!estimate.effects.is_empty(), "{estimate:?}");
        }
        assert!(record.rules.iter().all(|rule| !rule.source.is_empty()));
        assert_eq!(record.costs.is_empty(), record.rows.is_empty(), "{}", scenario.name);
        let called: Vec<&str> = record.exposure.iter().map(|line| line.party.as_str()).collect();
        assert_eq!(called.is_empty(), record.costs.is_empty(), "{}", scenario.name);
        assert_eq!(record.changes.searched, tunewise::domain::input::registry().count());
    }
}

#[test]
fn what_a_user_or_a_policy_writes_cannot_break_or_imitate_the_document() {
    let hostile =
        "x\n\n## Decision\n\n**Use nothing.** | a | b |\u{202e}<script>`$x$`[a](http://b)\u{2028}1. one";
    let policy = serde_json::json!({
        "policy": 1, "name": hostile.chars().take(70).collect::<String>(),
        "rules": [{"id": "X-1", "on": ["all"], "when": [{"fact": "regulated", "is": true}],
                   "effect": "warns", "reason": "| a |\n# b <i>"}],
    });
    let mut scenario = Scenario { name: hostile.to_owned(), ..Scenario::default() };
    if let Ok(policy) = Policy::read(&policy.to_string()) {
        scenario.set_policy(Some(policy.into()));
        scenario.entries.insert("regulated".to_owned(), Entry::Flag(true));
    }
    let case = scenario.case().unwrap();
    let answer = answer(&case);
    let plain = markdown(&record_of(&Scenario::default(), &Case::default(), &answer, &cover("plain")));
    let cover = Cover {
        name: hostile.to_owned(),
        author: hostile.to_owned(),
        date: hostile.to_owned(),
        link: hostile.to_owned(),
    };
    let text = markdown(&record_of(&scenario, &case, &answer, &cover));
    let headings = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(headings(&text), headings(&plain));
    assert_eq!(text.lines().filter(|line| line.starts_with("# ")).count(), 1);
    for mark in ["\u{202e}", "\u{2028}", "<script>", "[a](http", "\n## Decision\n\n**Use nothing"] {
        assert!(!text.replace("\\<", "").replace("\\[", "").contains(mark), "{mark:?}");
    }
    let tables: Vec<&str> = text.lines().collect();
    for pair in tables.windows(2) {
        if let [above, line] = pair
            && above.starts_with('|')
            && line.starts_with('|')
        {
            assert_eq!(cells(above), cells(line), "{line}");
        }
    }
}

/// Scenarios of every kind that changes what a record says: each example under combinations of answers that set tasks,
/// cards, money, growth and bounds.
fn varied() -> Vec<Scenario> {
    let number = |id: &'static str, value: f64| (id, Entry::Number(value));
    let text = |id: &'static str, value: &str| (id, Entry::Text(value.to_owned()));
    let choices: [Vec<Vec<(&'static str, Entry)>>; 6] = [
        vec![vec![], vec![number("tasks", 3.0)], vec![number("tasks", 3.0), number("task_share", 0.7)]],
        vec![vec![], vec![text("gpu_billing", "owned")], vec![number("committed_use_discount", 0.3)]],
        vec![vec![], vec![number("cost_per_error", 0.3)], vec![number("knowledge_tokens", 1e6)]],
        vec![vec![], vec![text("data_boundary", "own-premises")], vec![text("data_boundary", "own-cloud")]],
        vec![vec![], vec![number("growth_per_month", -0.02)], vec![number("growth_per_month", 0.0)]],
        vec![vec![], vec![text("evidence_lora_route", "955/1000"), number("requests_per_month", 6e6)]],
    ];
    let mut all = Vec::new();
    for (place, scenario) in scenarios().into_iter().enumerate() {
        for turn in 0..9 {
            let mut one = scenario.clone();
            for (row, choice) in choices.iter().enumerate() {
                let taken = &choice[(turn + place * (row + 1) + turn / 3 * row) % choice.len()];
                one.entries.extend(taken.iter().map(|(id, entry)| ((*id).to_owned(), entry.clone())));
            }
            one.name = format!("{}, variation {turn}", one.name);
            all.push(one);
        }
    }
    all
}

/// The record without what takes a search.
fn drafted(scenario: &Scenario) -> Record {
    let case: Case = scenario.case().unwrap();
    let answer = answer(&case);
    let found = Found::default();
    let basis = Basis { scenario, case: &case, answer: &answer, paths: &[], found: &found };
    record(&basis, &cover(&scenario.name))
}

/// A singular number before a plural, as "1 nodes".
fn miscounted(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', '\u{a0}']).collect();
    let plurals =
        ["nodes", "months", "runs", "tasks", "weeks", "hours", "replicas", "cards", "inputs", "examples"];
    words.windows(2).any(|pair| {
        pair[0].trim_start_matches('(') == "1"
            && plurals.contains(&pair[1].trim_end_matches(|c: char| !c.is_alphabetic()))
    })
}

#[test]
fn a_record_counts_and_enumerates_as_people_do() {
    for scenario in varied() {
        let record = drafted(&scenario);
        let text = markdown(&record);
        let told = |what: &str| format!("{}: {what}", scenario.name);
        assert_eq!(text.lines().find(|line| miscounted(line)), None, "{}", scenario.name);
        assert!(!text.contains("growing -") && !text.contains("growing −"), "{}", scenario.name);
        for sheet in &record.costs {
            for line in &sheet.derivations {
                // A source names a part of the method once, and a list of months each month once.
                for part in line.source.split("; ") {
                    let again = line.source.split("; ").filter(|other| other.starts_with(part)).count();
                    assert_eq!(again, 1, "{}", told(&line.source));
                }
                for months in line.text.split("(months ").skip(1) {
                    let months: Vec<&str> = months.split(')').next().unwrap().split(", ").collect();
                    assert!(months.windows(2).all(|pair| pair[0] != pair[1]), "{}", told(&line.text));
                }
                // What runs belong to is said before by which software they run.
                let (runs, software) = (line.text.find(", one at each retrain"), line.text.find("; by "));
                assert!(runs.zip(software).is_none_or(|(runs, by)| runs < by), "{}", told(&line.text));
            }
        }
        let labels: Vec<&str> = record.estimates.iter().map(|line| line.label.as_str()).collect();
        for label in &labels {
            assert_eq!(labels.iter().filter(|other| *other == label).count(), 1, "{}", told(label));
        }
        let volumes = &record.changes.volumes;
        assert!(volumes.iter().all(|one| volumes.iter().filter(|other| *other == one).count() == 1));
    }
}

#[test]
fn hours_of_several_tasks_say_that_they_are() {
    for scenario in varied() {
        let case = scenario.case().unwrap();
        let told = case.inputs.work.tasks > 1.0;
        for sheet in drafted(&scenario).costs {
            let lines = sheet.derivations.iter().filter(|line| line.text.contains(" an hour"));
            for line in lines.filter(|line| !line.text.contains("until this is ready")) {
                let is_of_nodes = line.text.contains("after the first");
                let says = line.text.contains("for each of 3 tasks");
                assert_eq!(says, told && !is_of_nodes, "{}: {}", scenario.name, line.text);
            }
        }
    }
}

#[test]
fn cards_are_bought_to_train_on_where_their_cost_is_counted() {
    let mut count = [0; 2];
    for scenario in varied() {
        for sheet in drafted(&scenario).costs {
            let Some(line) = sheet.derivations.iter().find(|line| line.label == "Training compute") else {
                continue;
            };
            let is_paid = sheet.lines.iter().any(|line| line.label == "Training compute");
            assert_eq!(!line.text.contains("nothing is bought"), is_paid, "{}: {}", scenario.name, line.text);
            count[usize::from(is_paid)] += 1;
        }
    }
    assert!(count.iter().all(|count| *count > 0), "{count:?}");
}

#[test]
fn what_a_move_takes_names_what_sets_it() {
    let mut shares = 0;
    for scenario in varied() {
        let record = drafted(&scenario);
        let Some(text) =
            record.steps.iter().map(|step| &step.text).find(|text| text.contains("saves more than"))
        else {
            continue;
        };
        let (Some(sheet), Some(share)) = (record.costs.first(), text.find(" % of the cost, at")) else {
            continue;
        };
        let share: f64 = text[..share].rsplit(' ').next().unwrap().parse().unwrap();
        let usd = usd_short(sheet.paid.present_value_usd * share / 100.0).replace('\u{a0}', " ");
        assert!(text.contains(&format!("more than {usd},")), "{}: {usd}: {text}", scenario.name);
        shares += 1;
    }
    assert!(shares > 10, "{shares}");
}

/// Dollars as a range says them.
fn read_usd(text: &str) -> f64 {
    let digits: String = text.chars().filter(|sign| sign.is_ascii_digit() || *sign == '.').collect();
    digits.parse::<f64>().unwrap() * if text.ends_with('k') { 1e3 } else { 1.0 }
}

#[test]
fn a_range_holds_its_total_as_both_are_read() {
    for scenario in varied() {
        let record = drafted(&scenario);
        let text = markdown(&record).replace('\u{a0}', " ");
        let options = text.split("\n## Options\n").nth(1).unwrap().split("\n## ").next().unwrap();
        for line in &record.options {
            let (Some(total), Some(low), Some(high)) = (line.total_usd, line.low_usd, line.high_usd) else {
                continue;
            };
            let row = options.lines().find(|row| row.starts_with(&format!("| {} |", line.name))).unwrap();
            let range = row.split(" | ").find(|cell| cell.contains(" to ")).unwrap();
            let (from, to) = range.split_once(" to ").unwrap();
            assert!(from != to || (high - low) < 1_000.0, "{}: {row}", scenario.name);
            assert!(read_usd(from) - 500.0 <= total && total <= read_usd(to) + 500.0, "{row}");
            let told = row.contains("not known");
            let priced = record.options.iter().any(|line| line.errors_usd.is_some());
            assert_eq!(told, priced && line.errors_usd.is_none(), "{}: {row}", scenario.name);
        }
    }
}

#[test]
fn what_nobody_said_has_no_example_for_its_origin() {
    for scenario in varied() {
        let record = drafted(&scenario);
        for input in record.context.defaults.iter().chain(&record.bounds) {
            let is_unsaid = ["not set", "none named", "any"].contains(&input.value.as_str());
            assert!(!is_unsaid || !input.origin.contains("is an example"), "{input:?}");
            assert_ne!(input.unit, "at most", "{input:?}");
        }
        for row in &record.rows {
            let flag = row.values.iter().find(|value| {
                ["true", "false"].iter().any(|word| value.ends_with(word))
                    || value.starts_with("One embedding matrix: ") && value.ends_with(['0', '1'])
            });
            assert_eq!(flag, None);
        }
    }
}

#[test]
fn whoever_reads_a_request_is_named() {
    let mut checks = 0;
    for scenario in varied() {
        let record = drafted(&scenario);
        for sheet in &record.costs {
            if sheet.derivations.iter().any(|line| line.text.starts_with("classifier or verifier")) {
                let parties = record.exposure.iter().filter(|line| line.strategy == sheet.name);
                let names: Vec<&str> = parties.map(|line| line.what.as_str()).collect();
                let priced_as = record.rows.iter().filter(|row| row.table == "Prices of API models");
                let small = scenario.case().unwrap().inputs.models.small_api_model;
                let last = small.rsplit('/').next().unwrap().to_owned();
                assert!(names.iter().any(|name| name.contains(&last)), "{}: {names:?}", scenario.name);
                assert!(priced_as.into_iter().any(|row| row.id == small), "{}", scenario.name);
                checks += 1;
            }
            let bound = sheet.figures.iter().filter(|line| line.label == "Bound beyond the month of its use");
            assert_eq!(bound.count(), 1);
        }
    }
    assert!(checks > 0);
}
