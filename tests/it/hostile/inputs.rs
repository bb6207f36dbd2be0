//! One input by its number: which reader it is for, and its bytes.

use super::mutation::{blown_up, byte_mutated, mutated};
use super::seeds::{Seeds, packed, text};
use crate::random::Lcg;

/// One of so many inputs is blown up to the size of a bound.
const LARGE: u64 = 1_000;
/// Links of a text that holds many, each as costly as it can be.
const LINKS: usize = 24;

/// What reads texts and files that others have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decoder {
    /// A link that was changed after it was made: its checksum tells.
    ChangedLink,
    /// A link that somebody made of whatever they liked.
    MadeLink,
    /// A link with others to compare with.
    Comparison,
    /// A scenario as JSON.
    Json,
    /// Own rows, and models by their config, in a scenario.
    Rows,
    /// A text that was pasted.
    Pasted,
    /// A file that was chosen or dropped.
    File,
    /// Kept scenarios.
    Library,
    /// One kept scenario.
    Entry,
    /// A policy.
    Policy,
    /// Files of a model.
    Model,
    /// A usage export.
    Usage,
}

impl Decoder {
    /// All of them.
    pub const ALL: [Decoder; 12] = [
        Decoder::ChangedLink,
        Decoder::MadeLink,
        Decoder::Comparison,
        Decoder::Json,
        Decoder::Rows,
        Decoder::Pasted,
        Decoder::File,
        Decoder::Library,
        Decoder::Entry,
        Decoder::Policy,
        Decoder::Model,
        Decoder::Usage,
    ];
}

/// What a reader is given.
pub struct Hostile {
    /// The reader.
    pub decoder: Decoder,
    /// A text or file; several of a model.
    pub files: Vec<Vec<u8>>,
    /// Of a changed link: the links that it was made of, the only ones that it may open as.
    pub made_of: Vec<String>,
}

/// The input of a number; the same for the same numbers.
pub fn hostile(seeds: &Seeds, seed: u64, number: u64) -> Hostile {
    let mut random =
        Lcg(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    random.next();
    let random = &mut random;
    let decoder = *random.one_of(&Decoder::ALL);
    let is_large = number % LARGE == LARGE - 1;
    let mut made_of = Vec::new();
    let files = match decoder {
        Decoder::ChangedLink => {
            made_of = vec![link(random, seeds), link(random, seeds)];
            let mut changed = made_of[0].clone().into_bytes();
            for _ in 0..=random.below(3) {
                changed = byte_mutated(random, &changed, made_of[1].as_bytes());
            }
            vec![changed]
        }
        Decoder::MadeLink => vec![packed(&changed(random, &seeds.scenarios, is_large)).into_bytes()],
        Decoder::Comparison => vec![comparison(random, seeds, is_large)],
        Decoder::Json => vec![changed(random, &seeds.scenarios, is_large)],
        Decoder::Rows => vec![changed(random, &seeds.rows, is_large)],
        Decoder::Pasted if is_large && random.below(3) == 0 => vec![many_links(random, seeds)],
        Decoder::Pasted | Decoder::File => {
            let kinds = [
                &seeds.scenarios,
                &seeds.libraries,
                &seeds.entries,
                &seeds.records,
                &seeds.policies,
                &seeds.models,
                &seeds.usage,
            ];
            let kind = *random.one_of(&kinds);
            vec![changed(random, kind, is_large)]
        }
        Decoder::Library => vec![changed(random, &seeds.libraries, is_large)],
        Decoder::Entry => vec![changed(random, &seeds.entries, is_large)],
        Decoder::Policy => vec![changed(random, &seeds.policies, is_large)],
        Decoder::Model => {
            let count = if random.below(4) == 0 { 2 } else { 1 };
            (0..count).map(|_| changed(random, &seeds.models, is_large)).collect()
        }
        Decoder::Usage => vec![changed(random, &seeds.usage, is_large)],
    };
    Hostile { decoder, files, made_of }
}

/// A seed with a few changes, one in forty pure noise.
fn changed(random: &mut Lcg, seeds: &[Vec<u8>], is_large: bool) -> Vec<u8> {
    if random.below(40) == 0 {
        return (0..random.below(300)).map(|_| (random.next() & 0xff) as u8).collect();
    }
    let (seed, other) = (random.one_of(seeds).clone(), random.one_of(seeds));
    let seed = if is_large { blown_up(random, &seed) } else { seed };
    if is_large && random.below(2) == 0 { seed } else { mutated(random, &seed, other) }
}

fn link(random: &mut Lcg, seeds: &Seeds) -> String {
    packed(random.one_of::<Vec<u8>>(&seeds.scenarios))
}

/// A text with more links than are looked at, few of which open.
fn many_links(random: &mut Lcg, seeds: &Seeds) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..LINKS {
        let (seed, other) = (random.one_of(&seeds.scenarios).clone(), random.one_of(&seeds.scenarios));
        let seed = mutated(random, &seed, other);
        text.push_str("\n#s=");
        text.push_str(&packed(&blown_up(random, &seed)));
    }
    text.into_bytes()
}

/// Links joined as a comparison is, with something wrong in it.
fn comparison(random: &mut Lcg, seeds: &Seeds, is_large: bool) -> Vec<u8> {
    let mut joined = link(random, seeds);
    for _ in 0..random.below(6) {
        let between = random.one_of(&["&with=", "&with=", "&with=", "&", "&with", "&x="]);
        joined.push_str(between);
        joined.push_str(&match random.below(3) {
            0 => {
                let link = link(random, seeds);
                text(&byte_mutated(random, link.as_bytes(), b""))
            }
            1 => packed(&changed(random, &seeds.scenarios, is_large)),
            _ => link(random, seeds),
        });
    }
    if random.below(3) == 0 {
        byte_mutated(random, joined.as_bytes(), b"&with=")
    } else {
        joined.into_bytes()
    }
}
