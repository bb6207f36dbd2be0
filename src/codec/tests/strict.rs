//! What is misspelt is named, and what was meant to decide the answer and cannot is an error.

use super::*;

fn notices(text: &str) -> Vec<String> {
    from_json(text).unwrap().notices
}

fn faults(text: &str) -> Vec<String> {
    from_json(text).unwrap().strictly().unwrap_err().into_iter().map(|fault| fault.place).collect()
}

#[test]
fn members_that_mean_nothing_are_named_at_any_level() {
    for (text, named) in [
        (r#"{"answers":{},"polcy":{}}"#, "polcy"),
        (r#"{"answers":{},"row":[],"nmae":"x"}"#, "row, nmae"),
        (
            r#"{"answers":{},"rows":[{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":1},"sett":{}}]}"#,
            "rows 1: sett",
        ),
        (
            r#"{"labels":5,"rows":[{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":1},"x":1}]}"#,
            "rows 1: x",
        ),
        (r#"{"f":1,"r":3,"c":3,"m":3,"a":{},"q":1,"h":{"v":"V","u":2}}"#, "q, h: u"),
    ] {
        assert_eq!(notices(text), [format!("Without a meaning and left out: {named}.")], "{text}");
    }
    assert_eq!(notices(r#"{"labels":5,"polcy":1}"#), ["Not known to this version and left out: polcy."]);
    assert_eq!(notices(r#"{"labels":5,"polcy":{}}"#), ["Not readable and left out: polcy."]);
}

#[test]
fn members_that_stand_there_twice_are_named_and_the_last_one_counts() {
    for (text, named) in [
        (r#"{"labels":5,"labels":7}"#, "labels"),
        (r#"{"answers":{"labels":5},"answers":{"labels":7}}"#, "answers"),
        (r#"{"answers":{"labels":1,"labels":2,"labels":7}}"#, "answers: labels"),
        (
            r#"{"labels":7,"rows":[{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":1,"usd_hr_neocloud":2}}]}"#,
            "rows 1: set: usd_hr_neocloud",
        ),
        (
            r#"{"answers":{"labels":7},"policy":{"policy":1,"name":"N","excluded":{"full":"a","full":"b"}}}"#,
            "policy: excluded: full",
        ),
    ] {
        let read = from_json(text).unwrap();
        let said = format!("There more than once, of which the last one counts: {named}.");
        assert_eq!(read.notices, [said], "{text}");
        assert_eq!(read.scenario.entries.get("labels"), Some(&Entry::Number(7.0)), "{text}");
    }
}

#[test]
fn a_policy_that_is_not_valid_is_an_error_with_every_fault_unless_leniency_is_asked_for() {
    let text = r#"{"answers":{},"policy":{"policy":1,"name":"N","rulez":[],"excluded":{"magic":"no"},"rules":[{"id":"A"}]}}"#;
    assert_eq!(faults(text), ["policy: the file", "policy: excluded magic", "policy: rules 1"]);
    let read = from_json(text).unwrap();
    assert!(read.scenario.policy().is_none() && read.notices[0].contains("was left out"), "{read:?}");
    assert_eq!(faults(r#"{"answers":{},"policy":7}"#), ["policy: the file"]);
    assert_eq!(faults(r#"{"labels":5,"policy":{"policy":1}}"#), ["policy: name"]);
}

#[test]
fn a_row_that_is_not_valid_is_an_error_wherever_the_answers_stand() {
    let rows = |rows: &str| {
        [format!(r#"{{"answers":{{}},"rows":{rows}}}"#), format!(r#"{{"labels":5,"rows":{rows}}}"#)]
    };
    for text in rows(r#"{"table":"gpus"}"#) {
        assert_eq!(faults(&text), ["rows"]);
    }
    for text in rows(r#"[{"table":"gpus","like":"L4","set":{"usd_hr_neoclod":1}},{"table":"gpu"},7]"#) {
        assert_eq!(faults(&text), ["rows 2", "rows 3", "rows: GPUs, “L4”"]);
    }
}

#[test]
fn what_is_valid_is_read_strictly_as_it_is_read_otherwise() {
    let text = r#"{"name":"x","labels":5,"policy":{"policy":1,"name":"N","excluded":{"full":"a"}},"rows":[{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":1}}]}"#;
    let read = from_json(text).unwrap();
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    assert_eq!((read.scenario.name.as_str(), read.scenario.rows.rows().len()), ("x", 1));
    assert!(read.scenario.policy().is_some());
    assert_eq!(read.clone().strictly(), Ok(read));
}
