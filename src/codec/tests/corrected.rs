//! What is said where the method itself was corrected.

use crate::codec::from_json;

#[test]
fn a_scenario_of_an_earlier_method_keeps_its_headline_and_says_what_was_corrected() {
    let read = from_json(
        r#"{"a":{"labels":5.0},"c":3,"f":1,"h":{"t":31204.1,"v":"Keep prompting an API model."},"m":1,"n":"","r":3}"#,
    )
    .unwrap();
    assert_eq!(read.headline.unwrap().tco_usd, Some(31_204.1));
    let said = read.notices.join(" ");
    assert!(
        said.contains("Made with an earlier method") && said.contains("Corrected since then: "),
        "{said}"
    );
    let present = from_json(r#"{"a":{},"c":3,"f":1,"m":3,"n":"","r":3}"#).unwrap();
    assert!(present.notices.is_empty(), "{:?}", present.notices);
}
