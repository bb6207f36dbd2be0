//! JSON as a small tree: read whole or not at all, written piece by piece.
//!
//! Links, storage, files and the table of rules come as JSON. serde_json reads it with one visitor
//! for each type and with float tables of its own; together they were a tenth of the download.
//! Tests hold this reader against serde_json on good, careless and hostile texts.

use std::collections::BTreeMap;

/// Lists and objects may stand so deep within each other.
const MOST_LEVELS: usize = 127;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A finite number, as it is written.
    Number(&'a str),
    /// A text without its escapes.
    Text(String),
    /// Values in order.
    List(Vec<Json<'a>>),
    /// Values by key; of a repeated key the last.
    Object(BTreeMap<String, Json<'a>>),
}

impl<'a> Json<'a> {
    /// Read a text that holds one value and nothing else.
    pub fn read(text: &'a str) -> Option<Json<'a>> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(MOST_LEVELS)?;
        reader.skip_space();
        (reader.at == text.len()).then_some(value)
    }

    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The number, if it is written without sign, point and exponent.
    pub fn whole(&self) -> Option<u64> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl Json<'_> {
    /// The value as text, keys in the order of the alphabet, without spaces.
    pub fn write(&self) -> String {
        match self {
            Json::Null => "null".to_owned(),
            Json::Flag(flag) => flag.to_string(),
            Json::Number(digits) => (*digits).to_owned(),
            Json::Text(words) => text(words),
            Json::List(items) => {
                let items: Vec<String> = items.iter().map(Json::write).collect();
                format!("[{}]", items.join(","))
            }
            Json::Object(members) => {
                let members: Vec<(&str, String)> =
                    members.iter().map(|(key, value)| (key.as_str(), value.write())).collect();
                object(&members)
            }
        }
    }
}

/// A text and how far it has been read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Go past a byte, if it is the next.
    fn take(&mut self, byte: u8) -> Option<()> {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found.then_some(())
    }

    /// Go past bytes of a kind, and say whether there were any.
    fn take_while(&mut self, wanted: fn(u8) -> bool) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(wanted) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn skip_space(&mut self) {
        self.take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'));
    }

    fn value(&mut self, levels: usize) -> Option<Json<'a>> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(levels.checked_sub(1)?),
            b'[' => self.list(levels.checked_sub(1)?),
            b'"' => self.string().map(Json::Text),
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Flag(true)),
            b'f' => self.word("false", Json::Flag(false)),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        let found = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        found.then_some(value)
    }

    /// Go to the next element of a list or object; `None` where it is written wrongly.
    fn next_element(&mut self, end: u8, is_first: bool) -> Option<bool> {
        self.skip_space();
        if self.take(end).is_some() {
            return Some(false);
        }
        if !is_first {
            self.take(b',')?;
            self.skip_space();
        }
        Some(true)
    }

    fn list(&mut self, levels: usize) -> Option<Json<'a>> {
        self.take(b'[')?;
        let mut items = Vec::new();
        while self.next_element(b']', items.is_empty())? {
            items.push(self.value(levels)?);
        }
        Some(Json::List(items))
    }

    fn object(&mut self, levels: usize) -> Option<Json<'a>> {
        self.take(b'{')?;
        let mut members = BTreeMap::new();
        while self.next_element(b'}', members.is_empty())? {
            let key = self.string()?;
            self.skip_space();
            self.take(b':')?;
            members.insert(key, self.value(levels)?);
        }
        Some(Json::Object(members))
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let digits: fn(u8) -> bool = |byte| byte.is_ascii_digit();
        let start = self.at;
        self.take(b'-');
        // A leading zero stands alone.
        self.take(b'0').or_else(|| self.take_while(digits))?;
        if self.take(b'.').is_some() {
            self.take_while(digits)?;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            self.take_while(digits)?;
        }
        let written = self.text.get(start..self.at)?;
        written.parse::<f64>().is_ok_and(f64::is_finite).then_some(Json::Number(written))
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"')?;
        let mut text = String::new();
        loop {
            let start = self.at;
            self.take_while(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            text.push_str(self.text.get(start..self.at)?);
            if self.take(b'"').is_some() {
                return Some(text);
            }
            // What else stops a run is a control character, which must be escaped.
            self.take(b'\\')?;
            let escaped = self.peek()?;
            self.at += 1;
            text.push(match escaped {
                b'"' | b'\\' | b'/' => char::from(escaped),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.code_point()?,
                _ => return None,
            });
        }
    }

    /// A character by its number; one beyond the first 65,536 is written as two halves.
    fn code_point(&mut self) -> Option<char> {
        let mut code = self.four_hex_digits()?;
        if (0xd800..0xdc00).contains(&code) {
            self.take(b'\\')?;
            self.take(b'u')?;
            let second = self.four_hex_digits().filter(|second| (0xdc00..0xe000).contains(second))?;
            code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
        }
        char::from_u32(code)
    }

    fn four_hex_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }
}

/// A text as JSON: in quotes, with what must be escaped.
pub fn text(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// A number as JSON, so that reading it gives the same bits; `null` where JSON cannot hold it.
pub fn number(number: f64) -> String {
    if number.is_finite() { format!("{number:?}") } else { "null".to_owned() }
}

/// Values that are JSON already, as a list.
#[cfg(any(feature = "web", feature = "draw"))]
pub fn list(values: Vec<String>) -> String {
    format!("[{}]", values.join(","))
}

/// Keys with values that are JSON already, as an object.
pub fn object(members: &[(&str, String)]) -> String {
    let mut out = String::from("{");
    for (key, value) in members {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&text(key));
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests;
