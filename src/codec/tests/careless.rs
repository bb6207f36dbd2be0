//! Parts of a text that are of another kind than they should be, nested too deeply or too large.

use super::*;

#[test]
fn what_is_only_shown_does_not_keep_a_scenario_from_opening() {
    let of = |n: &str, h: &str| {
        from_json(&format!(r#"{{"f":1,"r":3,"c":3,"m":3,"n":{n},"h":{h},"a":{{"labels":5}}}}"#)).unwrap()
    };
    for (name, headline) in [("7", "[]"), ("null", r#"{"t":1}"#), ("{}", r#"{"v":7,"t":1}"#)] {
        let read = of(name, headline);
        assert_eq!((read.scenario.name.as_str(), read.headline), ("", None));
        assert_eq!(read.scenario.entries.len(), 1);
    }
    let unknown = of(r#""x""#, r#"{"v":"V","t":"much"}"#).headline;
    assert_eq!(unknown, Some(Headline { strategy: None, verdict: "V".to_owned(), tco_usd: None }));
}

#[test]
fn a_policy_in_a_link_is_bounded_in_depth_and_numbers_like_a_file() {
    for value in ["[".repeat(200) + &"]".repeat(200), "1e400".to_owned()] {
        let text = format!(
            r#"{{"f":2,"r":3,"c":3,"m":3,"a":{{}},"p":{{"policy":1,"name":"N","defaults":{{"labels":{value}}}}}}}"#
        );
        assert_eq!(from_json(&text), Err(DecodeError::Damaged));
    }
}
