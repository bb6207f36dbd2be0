//! The record of a decision: complete, in whole cents, and unbreakable by what users write.

use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::case::Case;
use tunewise::domain::input::Entry;
use tunewise::domain::record::{Amounts, CostSheet, Cover, Record, markdown, record_of};
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
