//! A policy and its rows travel with their scenario.

use super::*;

fn under(policy: &str, mut scenario: Scenario) -> Scenario {
    scenario.set_policy(Some(Arc::new(Policy::read(policy).unwrap())));
    scenario
}

fn with_policy() -> Scenario {
    under(POLICY, changed(5, &mut Lcg(8)))
}

#[test]
fn a_policy_travels_with_its_scenario_and_older_programs_refuse_it() {
    let scenario = with_policy();
    let read = decode(&encode(&scenario, &headline())).unwrap();
    assert_eq!(read.scenario.policy(), scenario.policy());
    assert_eq!(meaning(&read.scenario), meaning(&scenario));
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    // What was format 1 and nothing else would show other numbers without a word.
    assert!(to_json(&scenario, &headline()).contains("\"f\":2"));
    let by_hand = format!("{{\"name\":\"x\",\"answers\":{{}},\"policy\":{POLICY}}}");
    assert_eq!(from_json(&by_hand).unwrap().scenario.policy(), scenario.policy());
}

#[test]
fn a_scenario_without_a_policy_is_written_as_before_there_were_any() {
    let scenario = answered(&[("requests_per_month", Entry::Number(200_000.0))]);
    let headline = Headline { strategy: None, verdict: "V".to_owned(), tco_usd: Some(1.5) };
    assert_eq!(
        to_json(&scenario, &headline),
        r#"{"a":{"requests_per_month":200000.0},"c":3,"f":1,"h":{"t":1.5,"v":"V"},"m":3,"n":"Invoices","r":3}"#
    );
}

#[test]
fn an_answer_equal_to_the_policy_s_default_is_no_change_and_one_equal_to_ours_is() {
    let text = |rate: u32| {
        format!("{{\"f\":2,\"r\":3,\"c\":3,\"m\":3,\"a\":{{\"hourly_rate\":{rate}}},\"p\":{POLICY}}}")
    };
    assert!(from_json(&text(120)).unwrap().scenario.entries.is_empty());
    let ours = from_json(&text(100)).unwrap().scenario;
    assert_eq!(ours.entries.len(), 1);
    assert_eq!(meaning(&ours).team.hourly_rate, 100.0);
}

#[test]
fn a_policy_that_cannot_be_read_is_left_out_with_a_notice() {
    for policy in ["7", "{}", r#"{"policy":1,"name":"N","excluded":{"magic":"no"}}"#] {
        let read =
            from_json(&format!("{{\"f\":2,\"r\":3,\"c\":3,\"m\":3,\"a\":{{}},\"p\":{policy}}}")).unwrap();
        assert_eq!(read.scenario.policy(), None);
        assert!(read.notices[0].contains("policy is not readable"), "{:?}", read.notices);
    }
}

#[test]
fn the_largest_policy_fits_a_link() {
    // Words that do not compress.
    let mut random = Lcg(9);
    let mut rules = Vec::new();
    for index in 0..80 {
        let reason: String = (0..400).map(|_| char::from(b'!' + (random.below(90) as u8))).collect();
        let reason = reason.replace(['"', '\\', '{', '}'], "x");
        rules.push(format!(
            "{{\"id\":\"R{index}\",\"on\":[\"lora\"],\"effect\":\"warns\",\"reason\":\"{reason}\"}}"
        ));
    }
    let policy = format!("{{\"policy\":1,\"name\":\"N\",\"rules\":[{}]}}", rules.join(","));
    let scenario = under(&policy, Scenario::default());
    let read = decode(&encode(&scenario, &headline())).unwrap();
    assert_eq!(read.scenario.policy(), scenario.policy());
}

/// A scenario with rows of a policy, and a row of the user over one of them.
fn with_prices() -> Scenario {
    let policy = r#"{"policy":1,"name":"N","catalogue":[{"table":"gpus","like":"L4","set":{"name":"Bank L4","usd_hr_neocloud":0.30}}],"defaults":{"serving_gpu":"Bank L4"}}"#;
    let mut scenario = under(policy, Scenario::default());
    let set = [("purchase_usd_per_gpu".to_owned(), "900".to_owned())].into();
    scenario.put_row(None, OwnRow { table: Table::Gpus, like: Some("Bank L4".to_owned()), set }).unwrap();
    scenario
}

#[test]
fn rows_of_a_policy_travel_with_it_and_those_of_the_user_lie_over_them_again() {
    let scenario = with_prices();
    let text = to_json(&scenario, &headline());
    assert!(
        text.contains(r#""o":[{"like":"Bank L4","set":{"purchase_usd_per_gpu":"900"},"table":"gpus"}]"#)
            && text
                .contains(r#"{"like":"L4","set":{"name":"Bank L4","usd_hr_neocloud":0.30},"table":"gpus"}"#),
        "{text}"
    );
    let read = decode(&encode(&scenario, &headline())).unwrap();
    assert_eq!((&read.scenario, read.notices.as_slice()), (&scenario, &[] as &[String]));
    let card = read.scenario.rows.catalog().gpu("Bank L4").unwrap();
    assert_eq!((card.usd_hr_neocloud, card.purchase_usd_per_gpu), (Some(0.3), Some(900.0)));
    assert_eq!(meaning(&read.scenario).models.serving_gpu, "Bank L4");
    assert_eq!(to_json(&read.scenario, &headline()), text);
}

#[test]
fn a_row_that_rests_on_a_policy_that_cannot_be_read_is_left_out_with_a_sentence() {
    let text = to_json(&with_prices(), &headline()).replace("0.30", "-1");
    let read = from_json(&text).unwrap();
    assert_eq!(read.scenario.rows, OwnRows::default());
    assert_eq!(
        read.notices,
        [
            "The organisation’s policy is not readable and was left out (catalogue 1: usd_hr_neocloud: Must lie between 0 and 10,000.); the answer may differ.",
            "A row of yours was left out. GPUs, “Bank L4”: The row that it rests on, “Bank L4”, is not in the catalogue.",
        ]
    );
}
