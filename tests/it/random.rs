//! Scenarios by number: the same for the tests and for the large grid of `examples/grid.rs`.

use tunewise::domain::case::Case;
use tunewise::domain::catalog::Catalog;
use tunewise::domain::catalog::choice::{RowTable, row_options};
use tunewise::domain::evidence::Evidence;
use tunewise::domain::input::{Input, Inputs, Kind, Scale, Value, input, registry};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::units::YearMonth;

/// Knuth's linear congruential generator; its high bits are used.
pub struct Lcg(pub u64);

impl Lcg {
    /// The next 31 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap() % end
    }

    /// A share from 0 to 1.
    pub fn share(&mut self) -> f64 {
        self.next() as f64 / f64::from(1_u32 << 31)
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        &options[self.below(options.len())]
    }
}

fn measured(random: &mut Lcg) -> Evidence {
    match random.below(6) {
        0 => Evidence::Untested,
        1 => Evidence::AssumedEqual,
        2 => Evidence::Stated(random.share()),
        3 => *random.one_of(&[
            Evidence::Counted { correct: 0, total: 1 },
            Evidence::Counted { correct: 0, total: 20 },
            Evidence::Counted { correct: 40, total: 40 },
        ]),
        // Around the default bar, and well below it.
        4 => Evidence::Counted { correct: u32::try_from(170 + random.below(31)).unwrap(), total: 200 },
        _ => Evidence::Counted { correct: u32::try_from(random.below(400)).unwrap(), total: 400 },
    }
}

fn number(
    random: &mut Lcg,
    (min, max): (f64, f64),
    scale: Scale,
    whole: bool,
    plausible: Option<(f64, f64)>,
) -> f64 {
    let value = match random.below(8) {
        0 => min,
        1 => max,
        2..=4 if plausible.is_some() => {
            let (low, high) = plausible.unwrap();
            low + (high - low) * random.share()
        }
        _ if scale == Scale::Log => min * (max / min).powf(random.share()),
        // The square keeps most of the wide ranges near their plausible low end.
        _ => min + (max - min) * random.share().powi(2),
    };
    let value = if whole { value.round() } else { value };
    value.clamp(min, max)
}

fn value(random: &mut Lcg, record: &Input) -> Value {
    match record.kind {
        Kind::Number { optional: true, .. } if random.below(3) == 0 => Value::Blank,
        Kind::Number { min, max, scale, whole, .. } => {
            Value::Number(number(random, (min, max), scale, whole, record.plausible_range()))
        }
        Kind::Choice { options } => Value::Choice(random.one_of(options).0),
        Kind::Flag => Value::Flag(random.below(2) == 0),
        Kind::Evidence => Value::Evidence(measured(random)),
        Kind::Month => Value::Month(YearMonth {
            year: 2026 + i32::try_from(random.below(15)).unwrap(),
            month: 1 + u8::try_from(random.below(12)).unwrap(),
        }),
        Kind::Row(table) => Value::Row(random.one_of(&row_options(table, Catalog::builtin())).clone()),
        Kind::Names(table) => Value::Names(
            table.names(Catalog::builtin()).into_iter().filter(|_| random.below(2) == 0).collect(),
        ),
    }
}

/// A scenario in which one input of so many is changed: from nearly the default to everything at once.
pub fn scenario(seed: u64) -> Scenario {
    let mut random = Lcg(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 2026);
    random.next();
    let rarity = *random.one_of(&[1_usize, 2, 4, 10, 30]);
    let mut scenario = Scenario::default();
    for record in registry() {
        if random.below(rarity) == 0 {
            let value = value(&mut random, record);
            scenario.put(record, &value);
        }
    }
    if scenario.case().is_err() {
        // What was measured needs a GPU and a number to hold for.
        let gpus = row_options(RowTable::Gpu, Catalog::builtin());
        for (gpu, count) in [("serving_gpu", "serving_gpu_count"), ("training_gpu", "training_gpu_count")] {
            scenario.put(input(gpu).unwrap(), &Value::Row(random.one_of(&gpus[1..]).clone()));
            let number = ["1", "2", "8", "16"][random.below(4)];
            scenario.put(input(count).unwrap(), &Value::Choice(number));
        }
    }
    scenario
}

/// The inputs of a scenario.
pub fn inputs(seed: u64) -> Inputs {
    case(seed).inputs
}

/// The same as a case.
pub fn case(seed: u64) -> Case {
    scenario(seed).case().unwrap_or_else(|errors| panic!("scenario {seed}: {errors:?}"))
}
