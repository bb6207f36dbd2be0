//! The JSON form: `{"f":1,"r":1,"c":1,"m":1,"n":"name","a":{…},"h":{"v":"…","t":1.5}}`, with own rows `"o":[…]`
//! and with a policy `"p":{…}`, both of format 2.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::migration::migrate;
use super::rows::{rows_from_json, rows_json};
use super::{DecodeError, Decoded, FORMAT_PLAIN, FORMAT_VERSION, Headline, Versions};
use crate::domain::input::{input, registry};
use crate::domain::policy::Policy;
use crate::domain::scenario::{Answer, Resolved, Scenario};
use crate::json::{self, Json};

/// The longest JSON that is looked at.
pub(super) const MOST_JSON_BYTES: usize = 256 * 1024;
/// The longest text of one answer, of a name and of a verdict, in characters.
const MOST_TEXT_CHARS: usize = 2_000;
/// So many ids are listed in one notice, the rest counted.
const MOST_LISTED: usize = 5;

/// The members of an object.
type Members<'a> = BTreeMap<String, Json<'a>>;

/// The scenario as JSON, for storage and files; keys in the order of the alphabet.
pub fn to_json(scenario: &Scenario, headline: &Headline) -> String {
    let answers: Vec<(&str, String)> =
        scenario.answers.iter().map(|(id, answer)| (id.as_str(), answer_json(answer))).collect();
    let Versions { registry, catalog, method } = Versions::CURRENT;
    let headline = [
        ("t", json::number(headline.tco_usd.unwrap_or(f64::NAN))),
        ("v", json::text(&clipped(&headline.verdict))),
    ];
    // A program that knows neither own rows nor policies must not open a scenario whose answer depends on them.
    let rows = scenario.rows.rows();
    let is_plain = rows.is_empty() && scenario.policy().is_none();
    let format = if is_plain { FORMAT_PLAIN } else { FORMAT_VERSION };
    let mut members = vec![
        ("a", json::object(&answers)),
        ("c", catalog.to_string()),
        ("f", format.to_string()),
        ("h", json::object(&headline)),
        ("m", method.to_string()),
        ("n", json::text(&clipped(&scenario.name))),
    ];
    if !rows.is_empty() {
        members.push(("o", rows_json(rows)));
    }
    members.extend(scenario.policy().map(|policy| ("p", policy.text().to_owned())));
    members.push(("r", registry.to_string()));
    json::object(&members)
}

/// Read an envelope; also a bare `{"answers": {…}}`, or a flat map of answers, as people write by hand.
///
/// # Errors
/// [`DecodeError`] where it is too long, damaged, no scenario, or from a later format.
pub fn from_json(text: &str) -> Result<Decoded, DecodeError> {
    if text.len() > MOST_JSON_BYTES {
        return Err(DecodeError::TooLong);
    }
    match Json::read(text) {
        Some(Json::Object(object)) => from_object(&object),
        Some(_) => Err(DecodeError::NotAScenario),
        None => Err(DecodeError::Damaged),
    }
}

/// Tell the three forms apart and read each.
fn from_object(object: &Members) -> Result<Decoded, DecodeError> {
    if let (Some(format), Some(Json::Object(answers))) = (object.get("f"), object.get("a")) {
        return match format.whole() {
            Some(format) if format > u64::from(FORMAT_VERSION) => Err(DecodeError::Newer),
            Some(_) => read_envelope(object, answers),
            None => Err(DecodeError::NotAScenario),
        };
    }
    // A later format may have moved the answers; that it is later can still be said.
    if object.get("f").and_then(Json::whole).is_some_and(|format| format > u64::from(FORMAT_VERSION)) {
        return Err(DecodeError::Newer);
    }
    if let Some(Json::Object(answers)) = object.get("answers") {
        let name = object.get("name").and_then(Json::text).unwrap_or_default();
        let beside = Beside { rows: object.get("rows"), policy: object.get("policy") };
        return Ok(decoded(name, answers, beside, Versions::CURRENT, None));
    }
    if object.keys().any(|id| input(id).is_some()) || object.is_empty() {
        return Ok(decoded("", object, Beside::default(), Versions::CURRENT, None));
    }
    Err(DecodeError::NotAScenario)
}

/// Read an envelope of this format.
fn read_envelope(object: &Members, answers: &Members) -> Result<Decoded, DecodeError> {
    let version = |key: &str| {
        let number = object.get(key).and_then(Json::whole).and_then(|number| u32::try_from(number).ok());
        number.filter(|number| *number > 0).ok_or(DecodeError::NotAScenario)
    };
    let versions = Versions { registry: version("r")?, catalog: version("c")?, method: version("m")? };
    let name = object.get("n").and_then(Json::text).unwrap_or_default();
    let headline = object.get("h").and_then(|headline| {
        Some(Headline {
            verdict: clipped(headline.get("v")?.text()?),
            tco_usd: headline.get("t").and_then(Json::number),
        })
    });
    let beside = Beside { rows: object.get("o"), policy: object.get("p") };
    Ok(decoded(name, answers, beside, versions, headline))
}

/// What a scenario holds beside its answers.
#[derive(Default)]
struct Beside<'a> {
    rows: Option<&'a Json<'a>>,
    policy: Option<&'a Json<'a>>,
}

/// Put the parts together: migrate, leave out what is unknown or unreadable, and say so.
fn decoded(
    name: &str,
    written: &Members,
    beside: Beside,
    versions: Versions,
    headline: Option<Headline>,
) -> Decoded {
    let (policy, policy_notice) = read_policy(beside.policy);
    let mut unreadable = Vec::new();
    let mut answers = BTreeMap::new();
    for (id, value) in written {
        match answer_from_json(value) {
            Some(answer) => drop(answers.insert(id.clone(), answer)),
            None => unreadable.push(id.clone()),
        }
    }
    let answered: Vec<String> = answers.keys().cloned().collect();
    migrate(versions.registry, &mut answers);
    // An old default does not stand where the policy has one of its own.
    for (record, _) in policy.iter().flat_map(|policy| policy.defaults()) {
        if !answered.iter().any(|id| id == record.id) {
            answers.remove(record.id);
        }
    }
    let unknown: Vec<String> = answers.keys().filter(|id| input(id).is_none()).cloned().collect();
    answers.retain(|id, _| input(id).is_some());
    let (rows, refused) = rows_from_json(beside.rows, policy);
    let mut scenario = Scenario { name: clipped(name), answers, rows };
    forget_defaults(&mut scenario);

    let mut notices = version_notices(versions);
    notices.extend(policy_notice);
    if !unknown.is_empty() {
        notices.push(format!("Not known to this version and left out: {}.", listed(&unknown)));
    }
    if !unreadable.is_empty() {
        notices.push(format!("Not readable and left out: {}.", listed(&unreadable)));
    }
    notices.extend(refused);
    Decoded { scenario, headline, versions, notices }
}

/// The policy, and what to say if there is one that cannot be read: then none of it holds.
fn read_policy(json: Option<&Json>) -> (Option<Arc<Policy>>, Option<String>) {
    match json.map(Policy::from_json) {
        None => (None, None),
        Some(Ok(policy)) => (Some(Arc::new(policy)), None),
        Some(Err(errors)) => {
            let first = errors
                .first()
                .map_or_else(String::new, |error| format!(" ({}: {})", error.place, error.message));
            (
                None,
                Some(format!(
                    "The organisation’s policy is not readable and was left out{first}; the answer may differ."
                )),
            )
        }
    }
}

/// Drop the answers that say no more than the default, so that they do not count as changed.
fn forget_defaults(scenario: &mut Scenario) {
    let Resolved { case, errors, .. } = scenario.resolve(&BTreeMap::new());
    let defaults = scenario.defaults();
    for record in registry() {
        let is_wrong = errors.iter().any(|error| error.id == record.id);
        if !is_wrong && (record.get)(&case.inputs) == (record.get)(&defaults) {
            scenario.reset(record.id);
        }
    }
}

/// What differs between the versions of a scenario and those of this program.
fn version_notices(versions: Versions) -> Vec<String> {
    let current = Versions::CURRENT;
    let mut notices = Vec::new();
    let mut differs = |theirs: u32, ours: u32, older: &str, newer: &str| {
        if theirs != ours {
            notices.push(if theirs < ours { older } else { newer }.to_owned());
        }
    };
    differs(
        versions.registry,
        current.registry,
        "Made with an earlier set of inputs; its defaults were kept.",
        "Made with a later set of inputs; defaults may differ from those it was made with.",
    );
    differs(
        versions.catalog,
        current.catalog,
        "Made with earlier prices; the figures below use the present ones.",
        "Made with later prices than this version has; reload the page to get them.",
    );
    differs(
        versions.method,
        current.method,
        "Made with an earlier method; the figures below use the present one.",
        "Made with a later method than this version has; reload the page to get it.",
    );
    notices
}

/// A number that JSON cannot hold becomes a text, which the form then shows as an error.
fn answer_json(answer: &Answer) -> String {
    match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(number) if number.is_finite() => json::number(*number),
        Answer::Number(number) => json::text(&number.to_string()),
        Answer::Text(text) => json::text(&clipped(text)),
    }
}

fn answer_from_json(value: &Json) -> Option<Answer> {
    match value {
        Json::Flag(flag) => Some(Answer::Flag(*flag)),
        Json::Number(_) => value.number().map(Answer::Number),
        Json::Text(text) => Some(Answer::Text(clipped(text))),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

/// A text without control characters and of bounded length.
fn clipped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_TEXT_CHARS).collect()
}

/// A few ids by name, each shortened, and how many more there are.
fn listed(ids: &[String]) -> String {
    let named: Vec<String> =
        ids.iter().take(MOST_LISTED).map(|id| clipped(id).chars().take(40).collect()).collect();
    match ids.len().saturating_sub(MOST_LISTED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
