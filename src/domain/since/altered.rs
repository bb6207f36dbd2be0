//! Whether a record says what its own inputs give.

use super::point::Point;
use super::replayed::Recorded;
use crate::domain::units::words::usd_exact;

/// Amounts of the same origin differ by less, US dollars or as a part of them.
const SAME: (f64, f64) = (0.015, 1e-9);

/// What a record says otherwise than its own inputs and its link do, a sentence each: it was changed by hand. A record
/// whose figures cannot be had again is held against its link alone.
pub fn altered(recorded: &Recorded, then: &Point, own: &Point) -> Vec<String> {
    let mut found = Vec::new();
    if !recorded.is_repeatable() {
        let headline = recorded.link_headline.as_ref();
        found.extend(texts("The verdict", then.headline.as_ref(), headline, "its link says"));
        found.extend(amounts("What is paid in all", then.paid, recorded.link_paid, "its link says"));
        return found;
    }
    let gives = "its own inputs give";
    found.extend(texts("The verdict", then.headline.as_ref(), own.headline.as_ref(), gives));
    found.extend(texts("What stands first", then.leading.as_ref(), own.leading.as_ref(), gives));
    found.extend(amounts("The total", then.total, own.total, gives));
    found.extend(amounts("What is paid in all", then.paid, own.paid, gives));
    // A line that has another name since is none of these; the sum holds it all the same.
    for (name, usd) in &then.lines {
        let own = own.lines.iter().find(|(other, _)| other == name).map(|(_, usd)| *usd);
        found.extend(amounts(name, Some(*usd), own, gives));
    }
    for (name, usd) in &then.totals {
        let own = own.totals.iter().find(|(other, _)| other == name).and_then(|(_, usd)| *usd);
        found.extend(amounts(&format!("The total of “{name}”"), *usd, own, gives));
    }
    found
}

fn texts(what: &str, said: Option<&String>, other: Option<&String>, whose: &str) -> Option<String> {
    let (said, other) = said.zip(other)?;
    // A link carries the beginning of a long one.
    (!said.starts_with(other.as_str())).then(|| format!("{what}: it says “{said}”, {whose} “{other}”."))
}

fn amounts(what: &str, said: Option<f64>, other: Option<f64>, whose: &str) -> Option<String> {
    let (said, other) = said.zip(other)?;
    let (cents, part) = SAME;
    let is_same = (said - other).abs() <= cents.max(part * said.abs().max(other.abs()));
    (!is_same).then(|| format!("{what}: it says {}, {whose} {}.", usd_exact(said), usd_exact(other)))
}
