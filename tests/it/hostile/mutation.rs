//! Changes to a text that a program or somebody hostile might make.

use super::spans::{Span, spans};
use crate::random::Lcg;

/// Numbers at and beyond the ends of what machines count with, and what looks like one.
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1",
    "2",
    "3",
    "4",
    "0.1",
    "1e-400",
    "1e308",
    "-1e308",
    "1e999",
    "255",
    "65536",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "1.7976931348623157e308",
    "NaN",
    "00012",
];

/// Pieces that mean something to a reader, or turn, hide or break what stands around them.
const PIECES: [&str; 38] = [
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{2066}",
    "\u{0}",
    "\u{1b}[31m",
    "\\u0000",
    "\\ud800",
    "\\u202e",
    "\\",
    "\"",
    "null",
    "true",
    "auto",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "\t",
    "\r\n",
    "&with=",
    "#s=",
    "%00",
    "-",
    "_",
    "=",
    "é",
    "日本語",
    "{requests}",
    "openai, ",
    "1/0",
    "2028-13",
    "excludes",
    "GGUF",
    "| This record |",
];

/// Names that a reader of some kind knows.
const NAMES: [&str; 31] = [
    "a",
    "c",
    "f",
    "h",
    "m",
    "n",
    "o",
    "p",
    "r",
    "v",
    "t",
    "s",
    "answers",
    "name",
    "rows",
    "policy",
    "table",
    "like",
    "set",
    "config",
    "index",
    "entries",
    "aside",
    "tunewise_library",
    "scenario",
    "rules",
    "defaults",
    "catalogue",
    "num_hidden_layers",
    "labels",
    "serving_gpu",
];

/// Sizes up to which an input is blown up, in bytes: around each bound of the readers.
const SIZES: [usize; 8] = [3 << 10, 15 << 10, 60 << 10, 64 << 10, 95 << 10, 250 << 10, 1 << 20, 4 << 20];

/// One to four changes; a part of another text may be put in.
pub fn mutated(random: &mut Lcg, text: &[u8], other: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=random.below(4) {
        let is_json = matches!(text.first(), Some(b'{' | b'['));
        text = match is_json && random.below(4) > 0 {
            true => json_mutated(random, &text, other),
            false => byte_mutated(random, &text, other),
        };
    }
    text
}

/// One change that leaves a link short: it meets its checksum or its signs.
pub fn byte_mutated(random: &mut Lcg, text: &[u8], other: &[u8]) -> Vec<u8> {
    let at = random.below(text.len() + 1);
    let end = (at + 1 + random.below(12)).min(text.len());
    let noise = [(random.next() & 0xff) as u8];
    match random.below(8) {
        0 => text[..at].to_vec(),
        1 => put(text, (at, at), (*random.one_of(&PIECES)).as_bytes()),
        2 => put(text, (at, at), &noise),
        3 => put(text, (at, end), &noise),
        4 => put(text, (at, end), b""),
        5 => put(text, (at, at), &text[at..end].repeat(1 + random.below(9))),
        6 => {
            // A count or a length of a binary file.
            let wide = [u64::MAX, 1 << 32, 1 << 62, 1 << 20, 65_536, 0][random.below(6)].to_le_bytes();
            put(text, (at, (at + wide.len()).min(text.len())), &wide)
        }
        _ => {
            let from = random.below(other.len() + 1);
            [&text[..at], &other[from..]].concat()
        }
    }
}

fn json_mutated(random: &mut Lcg, text: &[u8], other: &[u8]) -> Vec<u8> {
    let (here, there) = (spans(text), spans(other));
    let any = |random: &mut Lcg, spans: &[Span]| match spans {
        [] => (0, 0),
        spans => *random.one_of(spans),
    };
    let value = any(random, &here.values);
    let member = any(random, &here.members);
    match random.below(10) {
        0 => put(text, value, (*random.one_of(&NUMBERS)).as_bytes()),
        1 => {
            let inner = (value.0 + 1, value.0 + 1);
            put(text, if value.1 > value.0 { inner } else { value }, (*random.one_of(&PIECES)).as_bytes())
        }
        2 => put(text, any(random, &here.keys), format!("\"{}\"", *random.one_of(&NAMES)).as_bytes()),
        3 => put(text, any(random, &here.keys), of(other, any(random, &there.keys))),
        4 | 5 => put(text, value, of(other, any(random, &there.values))),
        6 => {
            let again = [b",", of(other, any(random, &there.members))].concat();
            put(text, (member.1, member.1), &again)
        }
        7 => {
            // The same member once more, with its own value or another one.
            let again = [b",", of(text, member)].concat();
            let again = if random.below(2) == 0 { again } else { json_number(random, &again) };
            put(text, (member.1, member.1), &again)
        }
        8 => {
            let depth = 1 + random.below(140);
            nested(random, text, value, depth)
        }
        _ => put(text, member, b"\"x\":1"),
    }
}

/// The same with a number in place of its last value.
fn json_number(random: &mut Lcg, member: &[u8]) -> Vec<u8> {
    let last = spans(member).values.last().copied().unwrap_or((0, 0));
    put(member, last, (*random.one_of(&NUMBERS)).as_bytes())
}

fn nested(random: &mut Lcg, text: &[u8], value: Span, depth: usize) -> Vec<u8> {
    let (open, close) = *random.one_of(&[("[", "]"), ("{\"a\":", "}"), ("{\"like\":", "}")]);
    let inner = [open.repeat(depth).as_bytes(), of(text, value), close.repeat(depth).as_bytes()].concat();
    put(text, value, &inner)
}

/// The same, blown up to the size of one of the bounds: parts many times, nesting, long texts, spaces.
pub fn blown_up(random: &mut Lcg, text: &[u8]) -> Vec<u8> {
    let size = *random.one_of(&SIZES) + random.below(2_000);
    let found = spans(text);
    let is_json = matches!(text.first(), Some(b'{' | b'[')) && !found.members.is_empty();
    let kind = random.below(if is_json { 7 } else { 3 });
    let at = random.below(text.len() + 1);
    let end = (at + 1 + random.below(90)).min(text.len());
    match kind {
        0 => put(text, (at, at), &filled(size, |_| text[at..end].to_vec())),
        1 => put(text, (at, at), &vec![*random.one_of(b" x,[\n9=A"); size]),
        // The last line again and again.
        2 => {
            let line = text.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or(text);
            [text, &filled(size, |_| [line, b"\n"].concat())].concat()
        }
        3 | 4 => {
            let member = *random.one_of(&found.members);
            let plain = of(text, member);
            let name_end = plain.iter().skip(1).position(|byte| *byte == b'"').unwrap_or(0) + 1;
            let is_numbered = kind == 3;
            let again = |index: usize| {
                let number = if is_numbered { index.to_string() } else { String::new() };
                [b",", &plain[..name_end], number.as_bytes(), &plain[name_end..]].concat()
            };
            put(text, (member.1, member.1), &filled(size, again))
        }
        5 => {
            let value = *random.one_of(&found.values);
            put(text, (value.1, value.1), &filled(size, |_| [b",", of(text, value)].concat()))
        }
        _ => {
            // As deep as the readers go, and as large.
            let value = *random.one_of(&found.values);
            let depth = 100 + random.below(30);
            let deep = nested(random, text, value, depth);
            let at = value.0 + depth.min(deep.len() - value.0);
            put(&deep, (at, at), &vec![b' '; size])
        }
    }
}

/// Parts, one after the other, up to a size.
fn filled(size: usize, part: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let mut whole = Vec::with_capacity(size);
    for index in 0.. {
        let next = part(index);
        if next.is_empty() || whole.len() + next.len() > size {
            break;
        }
        whole.extend(next);
    }
    whole
}

fn of(text: &[u8], (start, end): Span) -> &[u8] {
    &text[start..end]
}

/// The text with another one in place of a part.
fn put(text: &[u8], (start, end): Span, with: &[u8]) -> Vec<u8> {
    [&text[..start], with, &text[end..]].concat()
}
