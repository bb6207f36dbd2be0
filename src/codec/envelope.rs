//! The JSON form: `{"f":1,"r":2,"c":2,"m":2,"n":"name","a":{…},"h":{"v":"…","t":1.5}}`, with own rows `"o":[…]`
//! and with a policy `"p":{…}`, both of format 2.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::members::{Form, MOST_LISTED, Odd, Places, odd_members};
use super::migration::migrate;
use super::rows::{RowsOver, rows_over};
use super::{DecodeError, Decoded, FORMAT_PLAIN, FORMAT_VERSION, Headline, Invalid, Versions};
use crate::domain::answer::METHOD_CORRECTIONS;
use crate::domain::catalog::Edition;
use crate::domain::catalog::own::OwnRow;
use crate::domain::input::{Entry, input, registry};
use crate::domain::scenario::policy::{Policy, PolicyError};
use crate::domain::scenario::{Resolved, Scenario};
use crate::domain::units::plain_text;

/// The longest JSON that is looked at.
pub(super) const MOST_JSON_BYTES: usize = 256 * 1024;
/// The longest text of one answer and of a name, in characters.
const MOST_TEXT_CHARS: usize = 2_000;

/// The envelope as it is written; keys in the order of the alphabet.
#[derive(Serialize)]
struct Written<'a> {
    a: BTreeMap<&'a str, Entry>,
    c: u32,
    f: u32,
    h: Headline,
    m: u32,
    n: String,
    #[serde(skip_serializing_if = "<[OwnRow]>::is_empty")]
    o: &'a [OwnRow],
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<&'a RawValue>,
    r: u32,
}

/// The scenario as JSON, for storage and files.
pub fn to_json(scenario: &Scenario, headline: &Headline) -> String {
    let Versions { registry, method, .. } = Versions::CURRENT;
    // A program that knows neither own rows nor policies must not open a scenario whose answer depends on them.
    let is_plain = scenario.rows.rows().is_empty() && scenario.policy().is_none();
    let written = Written {
        a: scenario.entries.iter().map(|(id, answer)| (id.as_str(), written_entry(answer))).collect(),
        c: scenario.rows.edition().version,
        f: if is_plain { FORMAT_PLAIN } else { FORMAT_VERSION },
        h: headline.clone().plain(),
        m: method,
        n: clipped(&scenario.name),
        o: scenario.rows.rows(),
        p: scenario.policy().and_then(|policy| serde_json::from_str(policy.text()).ok()),
        r: registry,
    };
    // Cannot fail: all keys are texts, and what is no number is written as null.
    serde_json::to_string(&written).unwrap_or_default()
}

/// The envelope as it is read.
#[derive(Deserialize)]
struct Envelope {
    a: Map<String, Value>,
    c: NonZeroU32,
    /// Only that it is a whole number counts here: a later format was refused before.
    #[serde(rename = "f")]
    _format: u64,
    h: Option<Value>,
    m: NonZeroU32,
    n: Option<Value>,
    o: Option<Value>,
    r: NonZeroU32,
}

/// A scenario as people write it by hand.
#[derive(Deserialize)]
struct ByHand {
    name: Option<Value>,
    answers: Map<String, Value>,
    rows: Option<Value>,
}

/// A value, or the default where it cannot be read: what is only shown must not keep a scenario from opening.
pub(super) fn or_default<'de, T, D>(json: D) -> Result<T, D::Error>
where
    T: DeserializeOwned + Default,
    D: Deserializer<'de>,
{
    Ok(serde_json::from_value(Value::deserialize(json)?).unwrap_or_default())
}

/// Read an envelope; also a bare `{"answers": {…}}`, or a flat map of answers, as people write by hand.
///
/// # Errors
/// [`DecodeError`] where it is too long, damaged, no scenario, or from a later format.
pub fn from_json(text: &str) -> Result<Decoded, DecodeError> {
    if text.len() > MOST_JSON_BYTES {
        return Err(DecodeError::TooLong);
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => {
            let parts = parts(members, text)?;
            let odd = odd_members(text, parts.form);
            let mut read = decoded(parts);
            read.notices.extend(odd_notices(&odd));
            Ok(read)
        }
        Ok(_) => Err(DecodeError::NotAScenario),
        Err(_) => Err(DecodeError::Damaged),
    }
}

/// What a text holds, in whichever form.
struct Parts<'a> {
    form: Form,
    name: Option<Value>,
    answers: Map<String, Value>,
    rows: Option<Value>,
    /// As it is written: it travels on unchanged.
    policy: Option<&'a RawValue>,
    versions: Versions,
    headline: Option<Value>,
}

/// Tell the three forms apart and read each.
fn parts(members: Map<String, Value>, text: &str) -> Result<Parts<'_>, DecodeError> {
    let format = members.get("f").and_then(Value::as_u64);
    // A later format may have moved the answers; that it is later can still be said.
    if format.is_some_and(|format| format > u64::from(FORMAT_VERSION)) {
        return Err(DecodeError::Newer);
    }
    let holds_object = |key: &str| members.get(key).is_some_and(Value::is_object);
    if members.contains_key("f") && holds_object("a") {
        return envelope(read_members(members)?, text);
    }
    if holds_object("answers") {
        let ByHand { name, answers, rows } = read_members(members)?;
        return Ok(Parts { rows, policy: raw(text, "policy"), ..Parts::by_hand(name, answers) });
    }
    if members.keys().any(|id| input(id).is_some()) || members.is_empty() {
        return flat(members, text);
    }
    Err(DecodeError::NotAScenario)
}

/// Answers with nothing around them; what may stand around them may stand among them.
fn flat(mut members: Map<String, Value>, text: &str) -> Result<Parts<'_>, DecodeError> {
    let name = members.remove("name");
    let rows = members.remove("rows");
    let policy = members.remove("policy").and_then(|_| raw(text, "policy"));
    Ok(Parts { form: Form::Flat, rows, policy, ..Parts::by_hand(name, members) })
}

fn read_members<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, DecodeError> {
    serde_json::from_value(Value::Object(members)).map_err(|_| DecodeError::NotAScenario)
}

fn envelope(envelope: Envelope, text: &str) -> Result<Parts<'_>, DecodeError> {
    let Envelope { a, c, h, m, n, o, r, .. } = envelope;
    let versions = Versions { registry: r.get(), catalog: c.get(), method: m.get() };
    Ok(Parts {
        form: Form::Envelope,
        name: n,
        answers: a,
        rows: o,
        policy: raw(text, "p"),
        versions,
        headline: h,
    })
}

impl Parts<'_> {
    /// Answers with a name and nothing else.
    fn by_hand(name: Option<Value>, answers: Map<String, Value>) -> Self {
        let form = Form::ByHand;
        Parts { form, name, answers, rows: None, policy: None, versions: Versions::CURRENT, headline: None }
    }
}

/// A member of the outermost object as it is written.
fn raw<'a>(text: &'a str, key: &str) -> Option<&'a RawValue> {
    serde_json::from_str::<BTreeMap<String, &RawValue>>(text).ok()?.remove(key)
}

/// Put the parts together: migrate, leave out what is unknown or unreadable, and say so.
fn decoded(parts: Parts) -> Decoded {
    let Parts { name, answers: written, rows, policy, versions, headline, .. } = parts;
    let edition = Edition::of(versions.catalog).unwrap_or_else(Edition::current);
    let (policy, faults) = read_policy(edition, policy);
    let (mut unreadable, mut mended) = (Vec::new(), Vec::new());
    let headline = only_shown(headline, "result", &mut unreadable).map(Headline::plain);
    let name: String = only_shown(name, "name", &mut unreadable).unwrap_or_default();
    let mut answers = BTreeMap::new();
    for (id, value) in written {
        match serde_json::from_value(value) {
            Ok(Entry::Text(text)) => {
                let plain = clipped(&text);
                if plain != text {
                    mended.push(id.clone());
                }
                drop(answers.insert(id, Entry::Text(plain)));
            }
            Ok(answer) => drop(answers.insert(id, answer)),
            Err(_) => unreadable.push(id),
        }
    }
    if clipped(&name) != name {
        mended.push("name".to_owned());
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
    let RowsOver { rows, said, invalid: of_rows } = rows_over(edition, policy, rows.as_ref());
    let mut scenario = Scenario { name: clipped(&name), entries: answers, rows };
    forget_defaults(&mut scenario);

    let mut notices = version_notices(versions);
    notices.extend(policy_notice(&faults));
    if !unknown.is_empty() {
        notices.push(format!("Not known to this version and left out: {}.", listed(&unknown)));
    }
    if !unreadable.is_empty() {
        notices.push(format!("Not readable and left out: {}.", listed(&unreadable)));
    }
    mended.retain(|id| !unknown.contains(id));
    if !mended.is_empty() {
        notices.push(format!("Shortened, or freed of characters that cannot be seen: {}.", listed(&mended)));
    }
    notices.extend(said);
    let of_policy =
        faults.into_iter().map(|fault| Invalid::new(format!("policy: {}", fault.place), fault.message));
    let invalid = of_policy.chain(of_rows).collect();
    Decoded { scenario, headline, versions, notices, invalid }
}

/// What to say of members that mean nothing, and of those that are there more than once.
fn odd_notices(odd: &Odd) -> Vec<String> {
    let listed = |places: &Places, said: &str| {
        (places.count > 0).then(|| format!("{said}: {}.", named(&places.first, places.count)))
    };
    let unknown = listed(&odd.unknown, "Without a meaning and left out");
    let repeated = listed(&odd.repeated, "There more than once, of which the last one counts");
    unknown.into_iter().chain(repeated).collect()
}

/// The policy, or everything that is wrong with it: then none of it holds.
fn read_policy(
    edition: &'static Edition,
    written: Option<&RawValue>,
) -> (Option<Arc<Policy>>, Vec<PolicyError>) {
    match written.map(|written| Policy::read_over(edition, written.get())) {
        None => (None, Vec::new()),
        Some(Ok(policy)) => (Some(Arc::new(policy)), Vec::new()),
        Some(Err(faults)) => (None, faults),
    }
}

/// What to say of a policy that cannot be read.
fn policy_notice(faults: &[PolicyError]) -> Option<String> {
    let PolicyError { place, message } = faults.first()?;
    Some(format!(
        "The organisation’s policy is not readable and was left out ({place}: {message}); the answer may differ."
    ))
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

/// What differs between the versions of a scenario and those of this program. Earlier prices are no difference: it is
/// answered by them.
pub(super) fn version_notices(versions: Versions) -> Vec<String> {
    let current = Versions::CURRENT;
    let differences = [
        (
            versions.registry.cmp(&current.registry),
            "Made with an earlier set of inputs; its defaults were kept.",
            "Made with a later set of inputs; defaults may differ from those it was made with.",
        ),
        (
            versions.catalog.cmp(&current.catalog),
            "",
            "Made with later prices than this version has; reload the page to get them.",
        ),
        (
            versions.method.cmp(&current.method),
            "Made with an earlier method; the figures below use the present one.",
            "Made with a later method than this version has; reload the page to get it.",
        ),
    ];
    let said = differences.into_iter().map(|(order, earlier, later)| match order {
        Ordering::Less => earlier,
        Ordering::Equal => "",
        Ordering::Greater => later,
    });
    let said = said.filter(|sentence| !sentence.is_empty()).map(str::to_owned);
    said.chain(corrections(versions.method)).collect()
}

/// What was corrected since a version of the method.
fn corrections(method: u32) -> Option<String> {
    let since = METHOD_CORRECTIONS.iter().filter(|(version, _)| *version > method);
    let what: Vec<&str> = since.map(|(_, what)| *what).collect();
    (!what.is_empty()).then(|| format!("Corrected since then: {}.", what.join("; ")))
}

/// A number that JSON cannot hold becomes a text, which the form then shows as an error.
fn written_entry(answer: &Entry) -> Entry {
    match answer {
        Entry::Number(number) if !number.is_finite() => Entry::Text(number.to_string()),
        Entry::Text(text) => Entry::Text(clipped(text)),
        Entry::Flag(_) | Entry::Number(_) => answer.clone(),
    }
}

/// What is only shown: one that cannot be read is named, and keeps no scenario from opening.
fn only_shown<T: DeserializeOwned>(
    written: Option<Value>,
    what: &str,
    unreadable: &mut Vec<String>,
) -> Option<T> {
    let read = serde_json::from_value(written.filter(|written| !written.is_null())?).ok();
    if read.is_none() {
        unreadable.push(what.to_owned());
    }
    read
}

/// A text of bounded length whose characters leave the words around it alone.
fn clipped(text: &str) -> String {
    plain_text(text, MOST_TEXT_CHARS)
}

/// A few ids by name, each shortened, and how many more there are.
fn listed(ids: &[String]) -> String {
    named(ids, ids.len())
}

/// The first of so many ids by name.
fn named(ids: &[String], count: usize) -> String {
    let named: Vec<String> =
        ids.iter().take(MOST_LISTED).map(|id| clipped(id).chars().take(40).collect()).collect();
    match count.saturating_sub(MOST_LISTED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
