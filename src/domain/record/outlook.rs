//! What comes after: changes that would turn the answer, the path of open measurements, the plan and its tests.

use super::basis::Basis;
use super::data::{Changes, PathLine, PlanLine, TestLine};
use super::sheet::CashLine;
use super::text::said;
use crate::domain::answer::{Answer, Change, Nearest, Path, Pilot, PilotWords, PlanStep, flip_sentence};
use crate::domain::input::input;

/// So many volumes are told.
const MOST_VOLUMES: usize = 10;

/// What would change the answer.
pub fn changes(basis: &Basis) -> Changes {
    let Nearest { uses, tests } = Nearest::of(basis.found);
    let sentence = |(id, flip): &Change| {
        let input = input(id)?;
        Some(said(&flip_sentence(flip, input, basis.case, &basis.answer.decided)))
    };
    let volumes = basis.answer.crossings.iter().take(MOST_VOLUMES).map(|one| said(&one.text));
    Changes {
        searched: basis.found.len(),
        changing: basis.found.values().filter(|flips| !flips.found.is_empty()).count(),
        uses: uses.iter().filter_map(sentence).collect(),
        tests: tests.iter().filter_map(sentence).collect(),
        volumes: volumes.collect(),
    }
}

/// Where open measurements lead.
pub fn path(paths: &[Path]) -> Vec<PathLine> {
    let line = |path: &Path| PathLine {
        condition: said(&path.condition),
        verdict: said(&path.verdict),
        action: said(&path.action),
        note: said(&path.note),
        reason: said(&path.reason),
        per_thousand_usd: path.per_thousand,
        next: path.events.iter().map(|event| said(event)).zip(path.branches.iter().copied()).collect(),
    };
    paths.iter().map(line).collect()
}

/// Now, next and later.
pub fn plan(answer: &Answer) -> Vec<PlanLine> {
    let line =
        |step: &PlanStep| PlanLine { when: said(step.when), term: said(&step.term), text: said(&step.text) };
    answer.plan.iter().map(line).collect()
}

/// Tests that are proposed, in order.
pub fn tests(answer: &Answer) -> Vec<TestLine> {
    let line = |(pilot, told): (&Pilot, &PilotWords)| {
        let cost = pilot.cost_lines.iter();
        TestLine {
            name: said(&told.name),
            takes: said(&told.takes),
            gives: said(&told.gives),
            if_passed: said(&told.if_passed),
            if_failed: said(&told.if_failed),
            chance: said(&told.chance_note),
            cost: cost.map(|line| CashLine { label: said(&line.item.to_string()), usd: line.usd }).collect(),
        }
    };
    answer.pilots().map(line).collect()
}
