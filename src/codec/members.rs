//! Members of a text that mean nothing, or stand there twice: more likely misspelt than meant to be left out.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Members of a scenario as people write it; a flat one has the answers among them.
const BY_HAND: &[&str] = &["answers", "name", "policy", "rows"];
/// So many ids are listed in one notice, the rest counted.
pub(super) const MOST_LISTED: usize = 5;
/// Members of the envelope.
const ENVELOPE: &[&str] = &["a", "c", "f", "h", "m", "n", "o", "p", "r"];
/// Members of the headline in an envelope.
const HEADLINE: &[&str] = &["s", "t", "v"];
/// Members of an own row; the files of its model only where it is written by hand.
const ROW: &[&str] = &["config", "index", "like", "set", "table"];

/// The longest name of a member in what is said of it, in characters.
const MOST_KEY_CHARS: usize = 40;

/// How a scenario is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By the page, with short keys.
    Envelope,
    /// By hand, with the answers in a member of their own.
    ByHand,
    /// By hand, the answers and nothing around them; unknown ones are told as answers.
    Flat,
}

/// The nesting of a JSON text, in which members of one name are kept apart.
enum Outline {
    Object(Vec<(String, Outline)>),
    List(Vec<Outline>),
    Plain,
}

/// What is odd about the members of a text, as places such as `rows 2: sett`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Odd {
    /// Those that mean nothing.
    pub unknown: Places,
    /// Those that are there more than once; the last one counts.
    pub repeated: Places,
}

/// Places of a text: the first few in words, and how many there are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The first of them.
    pub first: Vec<String>,
    /// All of them.
    pub count: usize,
}

impl Places {
    /// One more, put into words only where it is one of the first: the way to it may be as long as the text.
    fn add(&mut self, steps: &[Step<'_>], key: &str) {
        self.count += 1;
        if self.first.len() >= MOST_LISTED {
            return;
        }
        let mut place = String::new();
        for step in steps.iter().chain([&Step::Member(key)]) {
            match step {
                Step::Item(number) => place.push_str(&format!(" {number}")),
                Step::Member(key) => {
                    place.push_str(if place.is_empty() { "" } else { ": " });
                    place.extend(key.chars().take(MOST_KEY_CHARS));
                }
            }
        }
        self.first.push(place);
    }
}

/// One step on the way to a place.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// Into the member of this name.
    Member(&'a str),
    /// To the item of this number, from 1.
    Item(usize),
}

/// What is odd about the members of a scenario's text, whose values are checked elsewhere.
pub(super) fn odd_members(text: &str, form: Form) -> Odd {
    let Ok(outline) = serde_json::from_str::<Outline>(text) else { return Odd::default() };
    let mut odd = Odd::default();
    outline.find_repeated(&mut Vec::new(), &mut odd.repeated);
    let rows = match form {
        Form::Envelope => {
            outline.find_unknown(&[], ENVELOPE, &mut odd.unknown);
            let place = [Step::Member("h")];
            outline
                .members("h")
                .for_each(|headline| headline.find_unknown(&place, HEADLINE, &mut odd.unknown));
            "o"
        }
        Form::ByHand => {
            outline.find_unknown(&[], BY_HAND, &mut odd.unknown);
            "rows"
        }
        Form::Flat => "rows",
    };
    for list in outline.members(rows) {
        let Outline::List(items) = list else { continue };
        for (index, row) in items.iter().enumerate() {
            row.find_unknown(&[Step::Member(rows), Step::Item(index + 1)], ROW, &mut odd.unknown);
        }
    }
    odd
}

impl Outline {
    /// The members of a name; more than one where it is repeated.
    fn members<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Outline> {
        let members: &[(String, Outline)] = match self {
            Outline::Object(members) => members,
            Outline::List(_) | Outline::Plain => &[],
        };
        members.iter().filter(move |(key, _)| key == name).map(|(_, value)| value)
    }

    fn find_unknown(&self, place: &[Step<'_>], known: &[&str], unknown: &mut Places) {
        let Outline::Object(members) = self else { return };
        let stray = members.iter().filter(|(key, _)| !known.contains(&key.as_str()));
        stray.for_each(|(key, _)| unknown.add(place, key));
    }

    fn find_repeated<'a>(&'a self, place: &mut Vec<Step<'a>>, repeated: &mut Places) {
        match self {
            Outline::Object(members) => {
                let (mut seen, mut told) = (BTreeSet::new(), BTreeSet::new());
                for (key, value) in members {
                    if !seen.insert(key) && told.insert(key) {
                        repeated.add(place, key);
                    }
                    value.find_repeated_at(Step::Member(key), place, repeated);
                }
            }
            Outline::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.find_repeated_at(Step::Item(index + 1), place, repeated);
                }
            }
            Outline::Plain => {}
        }
    }

    /// The same one step further.
    fn find_repeated_at<'a>(&'a self, step: Step<'a>, place: &mut Vec<Step<'a>>, repeated: &mut Places) {
        place.push(step);
        self.find_repeated(place, repeated);
        place.pop();
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Outline, D::Error> {
        json.deserialize_any(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Outline::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Outline, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Outline::List(items))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }

    fn visit_unit<E: Error>(self) -> Result<Outline, E> {
        Ok(Outline::Plain)
    }
}
