//! What has changed since a record, by cause.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::altered::altered;
use super::point::{Point, cents};
use super::replayed::{Recorded, Replayed};
use crate::domain::answer::{METHOD_CORRECTIONS, METHOD_VERSION, answer};
use crate::domain::catalog::Edition;
use crate::domain::catalog::changes::CatalogChange;
use crate::domain::scenario::{Resolved, Scenario, left_out};
use crate::domain::side_by_side::{Asked, Side, SideBySide, input_rows, other_rows, read};
use crate::domain::units::Cell;
use crate::domain::update::update;

/// Why a total is another than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The record does not say what its own inputs give.
    Record,
    /// Its scenario could not be read in full.
    Reading,
    /// Formulas and rules: the version of its time.
    Method(u32),
    /// It was made with a catalogue that this program does not have, of this version.
    UnknownCatalogue(u32),
    /// Figures of the catalogue: versions of its time and of what is shown.
    Catalogue(u32, u32),
    /// Inputs, own rows and policy.
    Inputs,
}

/// A step from the recorded total to the present one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What makes the difference.
    pub cause: Cause,
    /// The total behind it, US dollars to the cent, if known.
    pub total: Option<f64>,
    /// What it adds to the total before it, if both are known.
    pub by: Option<f64>,
}

/// What has changed since a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// What the recorded scenario is called.
    pub name: String,
    /// The day of the record, if it says one.
    pub date: Option<String>,
    /// What is shown is called so.
    pub shown: String,
    /// What the record says.
    pub then: Point,
    /// What is shown.
    pub now: Point,
    /// What the record says otherwise than its own inputs do, and what could not be read of it.
    pub altered: Vec<String>,
    /// Sentences about what could not be read of its scenario, or not be taken over.
    pub unread: Vec<String>,
    /// From the recorded total to the present one, in the order of the causes.
    pub steps: Vec<Step>,
    /// Inputs that differ: what is asked, then, now.
    pub inputs: Vec<Vec<Cell>>,
    /// Own rows and policies that differ: what, then, now.
    pub others: Vec<Vec<Cell>>,
    /// Version of the catalogue of the record, of what is shown, and the present one.
    pub catalogues: (u32, u32, u32),
    /// Figures that the present catalogue holds otherwise than that of the record, those that its answer rests on first.
    pub figures: Vec<CatalogChange>,
    /// What the present catalogue would do to what is shown, where that rests on an earlier one.
    pub update: Option<String>,
    /// Version of the method of the record and the present one.
    pub methods: (u32, u32),
    /// What was corrected in the method since.
    pub corrections: Vec<&'static str>,
}

impl Since {
    /// What the total has gained, if it is known then and now, US dollars.
    pub fn by(&self) -> Option<f64> {
        Some(cents(self.now.total? - self.then.total?))
    }

    /// Whether what is done is another thing.
    pub fn has_other_verdict(&self) -> bool {
        self.then.headline != self.now.headline || self.then.leading != self.now.leading
    }

    /// Whether nothing at all has changed.
    pub fn is_same(&self) -> bool {
        let is_zero = |by: f64| by == 0.0;
        !self.has_other_verdict()
            && self.then.total.is_none() == self.now.total.is_none()
            && self.by().is_none_or(is_zero)
            && self.altered.is_empty()
            && self.unread.is_empty()
            && self.inputs.is_empty()
            && self.others.is_empty()
            && self.figures.is_empty()
            && self.methods.0 == self.methods.1
    }
}

/// What has changed since a record was made, up to what is shown.
pub fn since(replayed: &Replayed, shown: &Asked) -> Since {
    let recorded = &replayed.recorded;
    let (own, now) = (replayed.point(), Point::of(shown.answer, &shown.case.inputs));
    let then = then(recorded, &own);
    let edition = shown.scenario.rows.edition();
    let moved = Moved::over(replayed, edition);
    let (first, second) = (first_cause(recorded), recorded.scenario.rows.edition().version);
    let mut steps = Vec::new();
    let mut before = then.total;
    let afterwards = [
        (first, own.total),
        (Cause::Catalogue(second, edition.version), moved.as_ref().ok().and_then(|moved| moved.point.total)),
        (Cause::Inputs, now.total),
    ];
    for (cause, total) in afterwards {
        let by = total.zip(before).map(|(total, before)| cents(total - before));
        steps.push(Step { cause, total, by });
        before = total;
    }
    let (inputs, others) = differences(replayed, moved.as_ref().ok(), shown);
    let mut unread = recorded.unread.clone();
    match moved {
        Ok(moved) => unread.extend(moved.left_out),
        Err(why) => unread.push(why),
    }
    let since = update(&recorded.scenario, &replayed.answer);
    let corrected = METHOD_CORRECTIONS.iter().filter(|(version, _)| *version > recorded.method);
    Since {
        name: recorded.name(),
        date: recorded.stated.date.clone(),
        shown: shown.name.to_owned(),
        altered: altered(recorded, &then, &own),
        then,
        now,
        unread,
        steps,
        inputs,
        others,
        catalogues: (recorded.catalogue, edition.version, Edition::current().version),
        figures: since.map(|update| update.changes).unwrap_or_default(),
        update: update(shown.scenario, shown.answer).map(|update| update.effect().to_owned()),
        methods: (recorded.method, METHOD_VERSION),
        corrections: corrected.map(|(_, what)| *what).collect(),
    }
}

/// What the record says; its link stands in for a document that says nothing of it.
fn then(recorded: &Recorded, own: &Point) -> Point {
    let mut then = Point::stated(&recorded.stated);
    // A link carries the beginning of a long one.
    let of_link = recorded.link_headline.as_deref();
    let is_as_linked =
        then.headline.as_ref().is_none_or(|said| of_link.is_some_and(|linked| said.starts_with(linked)));
    then.headline = then.headline.or_else(|| recorded.link_headline.clone());
    if is_as_linked && recorded.is_repeatable() {
        // The same verdict, which later programs may word otherwise: its figures are held against each other.
        then.headline.clone_from(&own.headline);
    }
    let counts_errors = own.total != own.paid;
    if then.total.is_none() && !counts_errors {
        then.total = recorded.link_paid.map(cents);
    }
    if then.leading.is_none() && then.headline == own.headline {
        then.leading.clone_from(&own.leading);
    }
    then
}

/// Why the own inputs of a record may give another total than it says.
fn first_cause(recorded: &Recorded) -> Cause {
    if !recorded.unread.is_empty() {
        Cause::Reading
    } else if !recorded.has_known_catalogue() {
        Cause::UnknownCatalogue(recorded.catalogue)
    } else if recorded.method != METHOD_VERSION {
        Cause::Method(recorded.method)
    } else {
        Cause::Record
    }
}

/// The recorded scenario over other tables.
struct Moved {
    side: Arc<Side>,
    point: Point,
    left_out: Vec<String>,
}

impl Moved {
    /// Move it, or say why that cannot be done.
    fn over(replayed: &Replayed, edition: &'static Edition) -> Result<Moved, String> {
        let scenario = &replayed.recorded.scenario;
        if scenario.rows.edition() == edition {
            let side = side_of(scenario, replayed);
            return Ok(Moved { side, point: replayed.point(), left_out: Vec::new() });
        }
        let (scenario, refused) = scenario.over(edition).map_err(|_| {
            "The policy of the record does not fit the catalogue of what is shown: what that catalogue alone changes is not known.".to_owned()
        })?;
        let Resolved { case, errors, .. } = scenario.resolve(&BTreeMap::new());
        let answer = answer(&case);
        let point = Point::of(&answer, &case.inputs);
        let moved = Replayed {
            recorded: Recorded { scenario, ..replayed.recorded.clone() },
            case,
            answer,
            wrong_fields: errors.len(),
        };
        let side = side_of(&moved.recorded.scenario, &moved);
        Ok(Moved { side, point, left_out: left_out(&refused) })
    }
}

fn side_of(scenario: &Scenario, replayed: &Replayed) -> Arc<Side> {
    Arc::new(read(&Asked {
        name: &scenario.name,
        scenario,
        case: &replayed.case,
        answer: &replayed.answer,
        volume_flips: None,
        wrong_fields: replayed.wrong_fields,
    }))
}

/// Inputs, then own rows and policies, where recorded and shown differ. Over the same tables, so that a default of the
/// catalogue that has changed is no difference of the inputs.
fn differences(
    replayed: &Replayed,
    moved: Option<&Moved>,
    shown: &Asked,
) -> (Vec<Vec<Cell>>, Vec<Vec<Cell>>) {
    let then =
        moved.map_or_else(|| side_of(&replayed.recorded.scenario, replayed), |moved| Arc::clone(&moved.side));
    let sides = SideBySide::new([then, Arc::new(read(shown))]);
    let inputs = input_rows(&sides).into_iter().flat_map(|(_, rows)| rows).collect();
    // Catalogues that differ are told first, and by themselves.
    let others = other_rows(&sides).into_iter().skip(usize::from(sides.catalogues_differ()));
    (inputs, others.collect())
}
