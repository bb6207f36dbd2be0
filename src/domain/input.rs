//! The input registry: every number and choice a scenario may hold, declared once.
//!
//! Form, validation, sensitivity, documentation and codec all read the same record.
//! The records stand in one file per group under `input/`; [`registry`] chains them.

mod choices;
mod constraints;
mod data;
mod economics;
mod entry;
mod kind;
mod models;
mod quality;
mod team;
mod value;
mod work;

pub use choices::*;
pub use constraints::Constraints;
pub use data::Data;
pub use economics::Economics;
pub use entry::{Entry, value_text};
pub use kind::{DefaultFrom, Kind, Scale};
pub use models::Models;
pub use quality::{Quality, evidence_input};
pub use team::Team;
pub use value::{Field, Value};
pub use work::Work;

use super::catalog::choice::{NameTable, RowTable};
use super::catalog::{Catalog, Confidence, Effort};
use super::units::Unit;

/// Version of the registry: defaults and ranges of one version never change.
pub const REGISTRY_VERSION: u32 = 3;

/// Everything that a recommendation depends on, valid and complete.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Inputs {
    /// What is asked of the model, and how often.
    pub work: Work,
    /// The bar, and what has been measured against it.
    pub quality: Quality,
    /// Labels and knowledge.
    pub data: Data,
    /// What any answer must respect.
    pub constraints: Constraints,
    /// People, their time and their pay.
    pub team: Team,
    /// Horizon, discounting and the margins of the decision.
    pub economics: Economics,
    /// The models and GPUs to compare.
    pub models: Models,
}

/// Part of the form that an input stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is asked of the model, and how often.
    Work,
    /// The bar and the evidence.
    Quality,
    /// Labels and knowledge.
    Data,
    /// Hard limits.
    Constraints,
    /// People and process.
    Team,
    /// Money and time.
    Economics,
    /// Models and hardware.
    Models,
}

impl Group {
    /// All groups in the order of the form.
    pub const ALL: [Group; 7] = [
        Group::Work,
        Group::Quality,
        Group::Data,
        Group::Constraints,
        Group::Team,
        Group::Economics,
        Group::Models,
    ];

    /// Heading in the form.
    pub const fn label(self) -> &'static str {
        match self {
            Group::Work => "The work",
            Group::Quality => "Quality and evidence",
            Group::Data => "Data",
            Group::Constraints => "Constraints",
            Group::Team => "Team",
            Group::Economics => "Economics",
            Group::Models => "Models and hardware",
        }
    }
}

/// Where a default or a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Title of the document, or "assumption".
    pub title: &'static str,
    /// Month in which it was read or made, `YYYY-MM`.
    pub as_of: &'static str,
    /// How well it is supported; `None` marks an assumption of this tool.
    pub confidence: Option<Confidence>,
}

/// Month in which the estimates of effort were made.
const EFFORT_AS_OF: &str = "2026-11";

/// An assumption of this tool, shown as such and the user's to change.
pub const ASSUMPTION: Source =
    Source { title: "Assumption of this tool", as_of: "2026-11", confidence: None };
/// The guide this tool was made from.
pub const GUIDE: Source = Source {
    title: "Pretrained vs Fine-Tuned Model Decision Making (guide)",
    as_of: "2026-11",
    confidence: Some(Confidence::Read),
};
/// Only the user can know it.
pub const YOURS: Source =
    Source { title: "Yours to say; the default is an example", as_of: "2026-11", confidence: None };

/// One input, declared once.
#[derive(Clone, Copy)]
pub struct Input {
    /// Stable key in links, files and the form.
    pub id: &'static str,
    /// Part of the form.
    pub group: Group,
    /// Name in the form.
    pub label: &'static str,
    /// What it means and how to find it out; [`help_of`] reads it, so that the records need not hold it.
    help: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where the default comes from.
    pub source: Source,
    /// Plausible low and high, for uncertainty; `None` where the range says it all.
    pub plausible: Option<(f64, f64)>,
    /// Among the few questions shown at first.
    pub basic: bool,
    /// Counts what there is no part of: fractions are refused where they are typed.
    pub counted: bool,
    /// Read it.
    pub get: fn(&Inputs) -> Value,
    /// Write it; a value of the wrong kind is ignored.
    pub set: fn(&mut Inputs, &Value),
}

impl Input {
    /// A record without accessor, group or id: [`input_group!`] adds them.
    const fn new(label: &'static str, kind: Kind) -> Self {
        Input {
            id: "",
            group: Group::Work,
            label,
            help: "",
            kind,
            source: ASSUMPTION,
            plausible: None,
            basic: false,
            counted: false,
            get: |_| Value::Blank,
            set: |_, _| {},
        }
    }

    /// Explain it.
    const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// Name the source of the default.
    const fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Give the plausible low and high.
    const fn between(mut self, low: f64, high: f64) -> Self {
        self.plausible = Some((low, high));
        self
    }

    /// Show it at first.
    const fn basic(mut self) -> Self {
        self.basic = true;
        self
    }

    /// Spread the slider by factors.
    const fn log(mut self) -> Self {
        if let Kind::Number { unit, min, max, default, optional, whole, .. } = self.kind {
            self.kind = Kind::Number { unit, min, max, scale: Scale::Log, default, optional, whole };
        }
        self
    }

    /// Accept whole numbers only.
    const fn whole(mut self) -> Self {
        if let Kind::Number { unit, min, max, scale, default, optional, .. } = self.kind {
            self.kind = Kind::Number { unit, min, max, scale, default, optional, whole: true };
        }
        self
    }

    /// Refuse a part of one where it is typed; what an older link holds is kept.
    const fn counted(mut self) -> Self {
        self.counted = true;
        self
    }

    /// The value a fresh scenario has.
    pub fn default_value(&self) -> Value {
        (self.get)(&Inputs::default())
    }

    /// Low and high for uncertainty: from the record or its effort row.
    pub fn plausible_range(&self) -> Option<(f64, f64)> {
        match (self.plausible, self.kind) {
            (Some(range), _) => Some(range),
            (None, Kind::Number { default: DefaultFrom::Effort(id), .. }) => {
                Catalog::builtin().effort(id).map(|row| (row.low, row.high))
            }
            _ => None,
        }
    }

    /// The source of the default where that is an estimate of effort with one, and what it rests on.
    fn effort_source(&self) -> Option<(&'static str, &'static str)> {
        let Kind::Number { default: DefaultFrom::Effort(id), .. } = self.kind else { return None };
        let row = Catalog::builtin().effort(id)?;
        Some((row.source.as_deref()?, row.basis.label()))
    }

    /// Where the default comes from: title, month `YYYY-MM`, and how well it is supported, blank for an assumption.
    pub fn support(&self) -> (&'static str, &'static str, &'static str) {
        match self.effort_source() {
            Some((title, basis)) => (title, EFFORT_AS_OF, basis),
            None => {
                let Source { title, as_of, confidence } = self.source;
                (title, as_of, confidence.map_or("", Confidence::label))
            }
        }
    }

    /// Title, date and confidence of the default's source, as one line.
    pub fn source_line(&self) -> String {
        if let Some((source, basis)) = self.effort_source() {
            return format!("{source} ({basis}, {EFFORT_AS_OF})");
        }
        match self.source.confidence {
            Some(confidence) => {
                format!("{}, {}, {}", self.source.title, self.source.as_of, confidence.label())
            }
            None => format!("{}, {}", self.source.title, self.source.as_of),
        }
    }
}

/// A number with a default, in `min..=max`.
const fn number(label: &'static str, default: f64, min: f64, max: f64, unit: Unit) -> Input {
    Input::new(
        label,
        Kind::Number {
            unit,
            min,
            max,
            scale: Scale::Linear,
            default: DefaultFrom::Fixed(default),
            optional: false,
            whole: false,
        },
    )
}

/// A number that may be left blank, and is by default.
const fn optional_number(label: &'static str, min: f64, max: f64, unit: Unit) -> Input {
    Input::new(
        label,
        Kind::Number {
            unit,
            min,
            max,
            scale: Scale::Linear,
            default: DefaultFrom::Blank,
            optional: true,
            whole: false,
        },
    )
}

/// A number whose default, low and high stand in `effort_defaults.csv`.
const fn effort(label: &'static str, row: &'static str, min: f64, max: f64, unit: Unit) -> Input {
    Input::new(
        label,
        Kind::Number {
            unit,
            min,
            max,
            scale: Scale::Linear,
            default: DefaultFrom::Effort(row),
            optional: false,
            whole: false,
        },
    )
}

/// One of the options of a choice enum.
const fn choice(label: &'static str, options: &'static [(&'static str, &'static str)]) -> Input {
    Input::new(label, Kind::Choice { options })
}

/// Yes or no.
const fn flag(label: &'static str) -> Input {
    Input::new(label, Kind::Flag)
}

/// A measured quality.
const fn evidence(label: &'static str) -> Input {
    Input::new(label, Kind::Evidence)
}

/// A row of the catalogue.
const fn row(label: &'static str, table: RowTable) -> Input {
    Input::new(label, Kind::Row(table))
}

/// Names of the catalogue, any number of them.
const fn names(label: &'static str, table: NameTable) -> Input {
    Input::new(label, Kind::Names(table))
}

/// The default of each input that has it from the effort rows, as a catalogue has them.
pub fn effort_defaults(catalog: &Catalog) -> impl Iterator<Item = (&'static Input, Value)> {
    registry().filter_map(|record| {
        let Kind::Number { default: DefaultFrom::Effort(id), .. } = record.kind else { return None };
        Some((record, Value::Number(catalog.effort(id)?.likely)))
    })
}

/// The likely value of an effort row; NaN cannot leave because the catalogue test proves each row.
fn effort_default(id: &str) -> f64 {
    Catalog::builtin().effort(id).map_or(0.0, |row| row.likely)
}

/// Declare one group: its struct, its defaults and its registry records.
macro_rules! input_group {
    ($(#[$meta:meta])* $group:ident ($field_of_inputs:ident) {
        $( $field:ident : $type:ty = $default:expr => $record:expr; )*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each field is documented by its registry record")]
        pub struct $group { $( pub $field: $type, )* }

        impl Default for $group {
            fn default() -> Self {
                $group { $( $field: $default, )* }
            }
        }

        impl $group {
            /// What the inputs of this group mean, apart from the records: only what explains reaches it.
            pub(super) const HELP: &'static [(&'static str, &'static str)] =
                &[ $( { const RECORD: super::Input = $record; (stringify!($field), RECORD.help) }, )* ];

            /// The registry records of this group, in the order of the form.
            pub(super) const RECORDS: &'static [super::Input] = &[ $( {
                let record: super::Input = $record;
                super::Input {
                    help: "",
                    id: stringify!($field),
                    group: super::Group::$group,
                    get: |inputs| super::Field::read(&inputs.$field_of_inputs.$field),
                    set: |inputs, value| super::Field::write(&mut inputs.$field_of_inputs.$field, value),
                    ..record
                }
            }, )* ];
        }
    };
}
use input_group;

/// Every input, in the order of the form.
pub fn registry() -> impl Iterator<Item = &'static Input> {
    [
        Work::RECORDS,
        Quality::RECORDS,
        Data::RECORDS,
        Constraints::RECORDS,
        Team::RECORDS,
        Economics::RECORDS,
        Models::RECORDS,
    ]
    .into_iter()
    .flatten()
}

/// What an input means and how to find it out, in plain words.
pub fn help_of(record: &Input) -> &'static str {
    let groups =
        [Work::HELP, Quality::HELP, Data::HELP, Constraints::HELP, Team::HELP, Economics::HELP, Models::HELP];
    groups.into_iter().flatten().find(|(id, _)| *id == record.id).map_or("", |(_, help)| help)
}

/// Whether another answer makes a question one that must be asked: who is under contract, where only such vendors may
/// see the data.
pub fn is_asked_for(record: &Input, inputs: &Inputs) -> bool {
    record.id == "contracted_providers" && inputs.constraints.data_boundary == DataBoundary::Contract
}

/// What the field asks that an effort default fills; its part where no field does.
pub fn asked_by(row: &Effort) -> &str {
    let fills = |record: &&Input| matches!(record.kind, Kind::Number { default: DefaultFrom::Effort(id), .. } if id == row.id);
    registry().find(fills).map_or(row.part.as_str(), |record| record.label)
}

/// The record of one input.
pub fn input(id: &str) -> Option<&'static Input> {
    registry().find(|input| input.id == id)
}
