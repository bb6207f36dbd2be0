//! Records of a JSON file that comes in slices: an array of objects, one object a line, or a list under `data`.
//!
//! A scan of brackets finds where each record ends; serde reads it, only the members that mean something.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::cells::{Cell, Cells};
use super::limits::{MOST_DEPTH, MOST_RECORD_BYTES};
use super::meaning::{Meaning, is_nested, is_of_anthropic, meaning_of};
use super::problem::Problem;
use super::tally::Tally;

/// A push parser for JSON.
#[derive(Debug, Default)]
pub struct JsonRows {
    /// The record so far, while one is open.
    text: Vec<u8>,
    is_in_record: bool,
    /// Brackets that are open.
    depth: usize,
    /// Brackets that stand around each record.
    around: usize,
    /// Whether the list of records has ended, and only what stands around it is left.
    is_over: bool,
    is_in_string: bool,
    is_escaped: bool,
    records: usize,
}

impl JsonRows {
    /// Take the next bytes.
    pub fn take(&mut self, bytes: &[u8], tally: &mut Tally) -> Result<(), Problem> {
        let mut rest = bytes;
        loop {
            // What changes nothing is kept as a whole.
            let plain = if self.is_escaped { 0 } else { self.plain_bytes(rest) };
            let (kept, after) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
            self.keep(kept)?;
            let Some((byte, after)) = after.split_first() else { return Ok(()) };
            self.byte(*byte, tally)?;
            rest = after;
        }
    }

    /// Bytes up to the next that ends or begins something.
    fn plain_bytes(&self, bytes: &[u8]) -> usize {
        let in_string = |byte: &u8| matches!(byte, b'"' | b'\\');
        let outside = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']');
        let place = match self.is_in_string {
            true => bytes.iter().position(in_string),
            false => bytes.iter().position(outside),
        };
        place.unwrap_or(bytes.len())
    }

    /// Add to the record, if one is open.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if self.is_in_record {
            self.text.extend_from_slice(bytes);
            if self.text.len() > MOST_RECORD_BYTES {
                return Err(Problem::RowTooLong);
            }
        }
        Ok(())
    }

    /// The file ends: whatever is open was cut off.
    pub fn end(&self) -> Result<(), Problem> {
        if self.depth == 0 && !self.is_in_string { Ok(()) } else { Err(self.bad()) }
    }

    fn bad(&self) -> Problem {
        Problem::BadJson(self.records + 1)
    }

    fn byte(&mut self, byte: u8, tally: &mut Tally) -> Result<(), Problem> {
        self.keep(&[byte])?;
        if self.is_in_string {
            self.is_in_string = self.is_escaped || byte != b'"';
            self.is_escaped = !self.is_escaped && byte == b'\\';
            return Ok(());
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.open(byte)?,
            b'}' | b']' => self.close(tally)?,
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, byte: u8) -> Result<(), Problem> {
        if self.depth >= MOST_DEPTH {
            return Err(self.bad());
        }
        let is_list = byte == b'[';
        if is_list && self.depth == 0 {
            self.around = 1;
        } else if is_list && self.is_in_record && self.depth == 1 && ends_with_key(&self.text, b"data") {
            // What stands around a list under `data` is no record: the records are in it.
            (self.is_in_record, self.around) = (false, 2);
        } else if !is_list && !self.is_in_record && !self.is_over && self.depth == self.around {
            self.is_in_record = true;
            self.text.clear();
            self.text.push(byte);
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self, tally: &mut Tally) -> Result<(), Problem> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.bad())?;
        if self.is_in_record && self.depth == self.around {
            self.is_in_record = false;
            return self.record(tally);
        }
        if !self.is_in_record && self.depth < self.around {
            self.is_over = self.depth > 0;
            self.around = if self.is_over { self.around } else { 0 };
        }
        Ok(())
    }

    fn record(&mut self, tally: &mut Tally) -> Result<(), Problem> {
        let text = std::str::from_utf8(&self.text).map_err(|_| Problem::NotText)?;
        let rows = read_record(text).map_err(|_| self.bad())?;
        for cells in &rows {
            tally.take(cells)?;
        }
        self.records += 1;
        Ok(())
    }
}

/// Whether a text ends with a key and its colon.
fn ends_with_key(text: &[u8], key: &[u8]) -> bool {
    let before = text.strip_suffix(b"[").unwrap_or(text).trim_ascii_end();
    let name =
        before.strip_suffix(b":").map(<[u8]>::trim_ascii_end).and_then(|name| name.strip_suffix(b"\""));
    name.and_then(|name| name.strip_suffix(key)).is_some_and(|name| name.ends_with(b"\""))
}

/// The rows of a record: itself, or its `results` with what stands around them.
fn read_record(text: &str) -> Result<Vec<Cells<'_>>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let Object { own, results } = ObjectSeed { levels: 4 }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    let Some(mut rows) = results else { return Ok(vec![own]) };
    rows.iter_mut().for_each(|row| row.fill_from(own.clone()));
    Ok(rows)
}

/// What stands in a cell of details; `None` where it is no object.
pub fn details(text: &str) -> Option<Cells<'_>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    ObjectSeed { levels: 3 }.deserialize(&mut deserializer).ok().map(|object| object.own)
}

/// The cells of an object, and those of its list of results.
#[derive(Default)]
struct Object<'a> {
    own: Cells<'a>,
    results: Option<Vec<Cells<'a>>>,
}

/// Reads an object with so many levels of objects in it.
#[derive(Clone, Copy)]
struct ObjectSeed {
    levels: usize,
}

impl<'a> DeserializeSeed<'a> for ObjectSeed {
    type Value = Object<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Object<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for ObjectSeed {
    type Value = Object<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Object<'a>, A::Error> {
        let mut object = Object::default();
        let mut deeper: Vec<Cells<'a>> = Vec::new();
        while let Some(key) = map.next_key::<Key<'a>>()? {
            let key = key.0;
            object.own.is_of_anthropic |= is_of_anthropic(&key);
            if key == "results" && self.levels > 1 {
                object.results = map.next_value_seed(ListSeed { levels: self.levels - 1 })?;
            } else if is_nested(&key) && self.levels > 0 {
                deeper.push(map.next_value_seed(ObjectSeed { levels: self.levels - 1 })?.own);
            } else if let Some(meaning) = meaning_of(&key).filter(|meaning| *meaning != Meaning::Details) {
                if let Scalar(Some(cell)) = map.next_value()? {
                    object.own.put(meaning, cell);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        // What stands higher counts first.
        deeper.into_iter().for_each(|cells| object.own.fill_from(cells));
        Ok(object)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Object<'a>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Object::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }

    fn visit_unit<E>(self) -> Result<Object<'a>, E> {
        Ok(Object::default())
    }
}

/// Reads a list of results.
struct ListSeed {
    levels: usize,
}

impl<'a> DeserializeSeed<'a> for ListSeed {
    type Value = Option<Vec<Cells<'a>>>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for ListSeed {
    type Value = Option<Vec<Cells<'a>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut results = Vec::new();
        while let Some(object) = list.next_element_seed(ObjectSeed { levels: self.levels })? {
            results.push(object.own);
        }
        Ok(Some(results))
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'a> serde::Deserialize<'a> for Key<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Key<'a>, D::Error> {
        match Scalar::deserialize(deserializer)? {
            Scalar(Some(Cell::Text(text))) => Ok(Key(text)),
            _ => Err(D::Error::custom("no key")),
        }
    }
}

/// A number or a text; `None` for null and for what holds more.
struct Scalar<'a>(Option<Cell<'a>>);

impl<'a> serde::Deserialize<'a> for Scalar<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Scalar<'a>, D::Error> {
        struct Any;
        impl<'a> Visitor<'a> for Any {
            type Value = Scalar<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Text(Cow::Borrowed(text)))))
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Text(Cow::Owned(text.to_owned())))))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Number(number))))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Number(number as f64))))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Number(number as f64))))
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Scalar<'a>, E> {
                Ok(Scalar(Some(Cell::Number(f64::from(u8::from(flag))))))
            }

            fn visit_unit<E>(self) -> Result<Scalar<'a>, E> {
                Ok(Scalar(None))
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Scalar<'a>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }

            fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Scalar<'a>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
