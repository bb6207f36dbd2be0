//! What to relax where nothing fits: changes of inputs that are tried before they are named.

mod lift;

use std::cmp::Ordering;

use crate::domain::case::Case;
use crate::domain::cost::Setting;
use crate::domain::decide::{Alone, Assessment, Decided, Decision, alone};
use crate::domain::input::{Inputs, Value, input};
use crate::domain::strategy::{Exclusion, StrategyId};
use lift::{Changes, Known, lift, lower, may_hold, model_under_contract, rounded, smaller_custom_model};

/// What would have to give for a strategy to be possible; tried, so that it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation {
    /// The strategy that it lets in.
    pub strategy: StrategyId,
    /// Its name and what has to give, in words.
    pub text: String,
    /// What has to give alone, in words.
    pub wish: String,
    /// The same as changes of inputs: id and value.
    pub changes: Vec<(&'static str, Value)>,
    /// Rules of the organisation's policy that have to give as well, by id.
    pub waived_rules: Vec<String>,
}

/// Relaxations that are named.
const MOST_NAMED: usize = 3;
/// What keeps a strategy out may hide something else: so many times it is asked again.
const MOST_ROUNDS: usize = 6;

/// Relaxations that let a strategy in, those first that ask for the least.
///
/// What is asked of a strategy that stands alone only grows when it is tried among the others, so what asks for
/// more than all that are named needs no trial.
pub fn relaxations(assessments: &[Assessment], case: &Case) -> Vec<Relaxation> {
    let out = assessments.iter().filter(|found| !found.survives());
    let mut begun: Vec<Relaxed> = out
        .flat_map(|one| [false, true].map(|switches| Relaxed::alone(one, case, switches)))
        .flatten()
        .collect();
    begun.sort_by(|a, b| a.compare(b, &case.inputs));
    let mut found: Vec<Relaxed> = Vec::new();
    for one in begun {
        if found.get(MOST_NAMED - 1).is_some_and(|last| last.compare(&one, &case.inputs).is_lt()) {
            break;
        }
        found.extend(one.among_others());
        found.sort_by(|a, b| a.compare(b, &case.inputs));
        let mut named: Vec<StrategyId> = Vec::new();
        found.retain(|one| {
            !named.contains(&one.id) && {
                named.push(one.id);
                true
            }
        });
    }
    found.truncate(MOST_NAMED);
    found.into_iter().map(Relaxed::named).collect()
}

/// What it takes to let a strategy in that is out.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The strategy.
    pub strategy: StrategyId,
    /// What lets it in, tried among the others; or what keeps it out and what still does where the rest is lifted.
    pub way: Result<Relaxation, Vec<Asked>>,
}

/// What one reason that keeps a strategy out asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The reason.
    pub exclusion: Exclusion,
    /// What has to give, in words, if anything can.
    pub wish: Option<String>,
}

/// What it takes to let each strategy in that is out, all its reasons considered.
pub fn entries(assessments: &[Assessment], setting: &Setting) -> Vec<Entry> {
    let out = assessments.iter().filter(|found| !found.survives());
    let entry = |found: &Assessment| Entry {
        strategy: found.id,
        way: Relaxed::of(found, setting.case, false).let_in(found, setting),
    };
    out.map(entry).collect()
}

/// The bar that the reference would not be said to fail, where nothing is left to try.
pub fn lower_bar(reference: &Assessment, inputs: &Inputs) -> Option<Relaxation> {
    let share = reference.quality.share()?;
    let wish = format!("a bar of {}", crate::domain::units::words::percent(rounded(share)));
    Some(Relaxation {
        strategy: reference.id,
        text: format!("{}: {wish}", reference.name),
        wish,
        changes: lower(share, reference.id, inputs),
        waived_rules: Vec::new(),
    })
}

/// What has been changed so far to let a strategy in.
struct Relaxed {
    id: StrategyId,
    name: String,
    case: Case,
    changes: Changes,
    wishes: Vec<Wish>,
    /// Rules of the policy that are waived, by id.
    waived_rules: Vec<String>,
    /// Whether another model of a provider under contract is chosen rather than another contract made.
    switches: bool,
}

/// A change in words.
struct Wish {
    /// The number that it changes, if it is one: a later wish for another value of it takes its place.
    number: Option<&'static str>,
    text: String,
}

impl Relaxed {
    /// Nothing lifted yet.
    fn of(assessment: &Assessment, case: &Case, switches: bool) -> Relaxed {
        Relaxed {
            id: assessment.id,
            name: assessment.name.clone(),
            case: case.clone(),
            changes: Vec::new(),
            wishes: Vec::new(),
            waived_rules: Vec::new(),
            switches,
        }
    }

    /// Lift what keeps it out among the others until it survives; `found` is what was found of it so far.
    ///
    /// # Errors
    /// What keeps it out, and what cannot be lifted once all that can be is.
    fn let_in(mut self, found: &Assessment, setting: &Setting) -> Result<Relaxation, Vec<Asked>> {
        let (mut out, mut known) = (found.out.clone(), Known::of(found));
        let mut asked = self.asked(&out, known);
        for _ in 0..MOST_ROUNDS {
            let lifted: Vec<bool> =
                out.iter().map(|exclusion| self.lift_one(exclusion, known).is_some()).collect();
            if lifted.iter().all(|is_lifted| !is_lifted) {
                break;
            }
            let decision = Decision::of(Setting::new(&self.case).like(setting));
            let Some(found) = decision.comparison.get(self.id) else { break };
            (out, known) = (found.out.clone(), Known::of(found));
            drop(decision);
            if out.is_empty() {
                return Ok(self.named());
            }
        }
        asked.extend(self.asked(&out, known));
        Err(asked)
    }

    /// What each reason asks for.
    fn asked(&self, out: &[Exclusion], known: Known) -> Vec<Asked> {
        let wish = |exclusion: &Exclusion| {
            let changes = lift(exclusion, self.id, known, &self.case).unwrap_or_default();
            uncapped(&changes).map(str::to_owned).or_else(|| exclusion.relax())
        };
        out.iter().map(|exclusion| Asked { exclusion: exclusion.clone(), wish: wish(exclusion) }).collect()
    }

    /// Lift what keeps a strategy out as if it stood alone, which is quick; `None` if something cannot be lifted, or
    /// if there is no model to switch to where that is asked for.
    fn alone(assessment: &Assessment, case: &Case, switches: bool) -> Option<Relaxed> {
        let mut relaxed = Relaxed::of(assessment, case, switches);
        if switches && !assessment.out.iter().any(|exclusion| relaxed.other_model(exclusion).is_some()) {
            return None;
        }
        // What keeps it out may have hidden something else.
        for _ in 0..MOST_ROUNDS {
            let Alone { out, cost, .. } = alone(&relaxed.case, relaxed.id);
            if out.is_empty() {
                break;
            }
            let known = Known {
                upfront: cost.map(|cost| cost.upfront),
                ordinary_month: cost.map(|cost| cost.dearest_month),
                share: None,
            };
            relaxed.lift_all(&out, known)?;
        }
        Some(relaxed)
    }

    /// Lift what keeps it out among the others until it survives and there is an answer.
    fn among_others(mut self) -> Option<Relaxed> {
        for _ in 0..MOST_ROUNDS {
            let decided = Decided::from(Decision::of(Setting::new(&self.case)));
            let found = decided.get(self.id)?;
            if !found.survives() {
                self.lift_all(&found.out, Known::of(found))?;
            } else if decided.choice.use_now.is_some() || !decided.pilots.is_empty() {
                return Some(self);
            } else {
                let reference = decided.choice.reference?;
                let bar = decided.get(reference)?.quality.share()?;
                let wish = format!("a bar of {}", crate::domain::units::words::percent(rounded(bar)));
                let changes = lower(bar, reference, &self.case.inputs);
                self.change(changes, Some(wish))?;
            }
        }
        None
    }

    /// By how much is asked for: few wishes, then budgets that grow little; then the lower rung, and another model
    /// before another contract.
    fn compare(&self, other: &Relaxed, before: &Inputs) -> Ordering {
        let place = |one: &Relaxed| (one.id.strategy().rung, one.id, !one.switches);
        let raise = |one: &Relaxed| one.raise(before);
        (self.wishes.len().cmp(&other.wishes.len()))
            .then(raise(self).total_cmp(&raise(other)))
            .then_with(|| place(self).cmp(&place(other)))
    }

    /// The factor by which budgets grow, all together; infinite where one is to go.
    fn raise(&self, before: &Inputs) -> f64 {
        let constraints = &before.constraints;
        let factor = |(id, to): &(&str, Value)| match (*id, to) {
            ("upfront_budget", to) => grows(constraints.upfront_budget, to),
            ("monthly_budget", to) => grows(constraints.monthly_budget, to),
            _ => 1.0,
        };
        self.changes.iter().map(factor).product()
    }

    fn named(self) -> Relaxation {
        let wishes: Vec<&str> = self.wishes.iter().map(|wish| wish.text.as_str()).collect();
        let wish = wishes.join("; ");
        Relaxation {
            strategy: self.id,
            text: format!("{}: {wish}", self.name),
            wish,
            changes: self.changes,
            waived_rules: self.waived_rules,
        }
    }

    fn lift_all(&mut self, out: &[Exclusion], known: Known) -> Option<()> {
        // What cannot be lifted by itself may go with something else, such as shorter calls.
        let mut lifts_any = false;
        for exclusion in out {
            lifts_any |= self.lift_one(exclusion, known).is_some();
        }
        lifts_any.then_some(())
    }

    fn lift_one(&mut self, exclusion: &Exclusion, known: Known) -> Option<()> {
        if let Exclusion::Rule(rule) = exclusion
            && rule.origin.is_policy()
        {
            self.change(Vec::new(), exclusion.relax())?;
            self.case.waive(&rule.id);
            self.waived_rules.push(rule.id.clone());
            return Some(());
        }
        match self.other_model(exclusion).or_else(|| smaller_custom_model(exclusion, &self.case.inputs)) {
            Some((input, model, wish)) => self.change(vec![(input, model)], Some(wish)),
            None => {
                let changes = lift(exclusion, self.id, known, &self.case)?;
                let wish = uncapped(&changes).map(str::to_owned).or_else(|| exclusion.relax());
                self.change(changes, wish)
            }
        }
    }

    /// The model to switch to in place of a contract.
    fn other_model(&self, exclusion: &Exclusion) -> Option<(&'static str, Value, String)> {
        model_under_contract(exclusion, self.id, &self.case).filter(|_| self.switches)
    }

    /// Take changes over, if there are words for them and the inputs may hold them.
    fn change(&mut self, changes: Changes, wish: Option<String>) -> Option<()> {
        let text = wish?;
        let holds = |(id, value): &(&str, Value)| input(id).is_some_and(|record| may_hold(record, value));
        if !changes.iter().all(holds) {
            return None;
        }
        let number = match changes.as_slice() {
            [(id, Value::Number(_) | Value::Blank)] => Some(*id),
            _ => None,
        };
        for (id, value) in changes {
            let record = input(id)?;
            (record.set)(&mut self.case.inputs, &value);
            self.changes.retain(|(other, _)| *other != id);
            self.changes.push((id, value));
        }
        let is_said = |wish: &&mut Wish| wish.text == text || number.is_some() && wish.number == number;
        match self.wishes.iter_mut().find(is_said) {
            Some(wish) => wish.text = text,
            None => self.wishes.push(Wish { number, text }),
        }
        Some(())
    }
}

/// Words for a budget that has to go, since it cannot be stated as large as it would have to be.
fn uncapped(changes: &Changes) -> Option<&'static str> {
    match changes.as_slice() {
        [("upfront_budget", Value::Blank)] => Some("no cap on what is paid before launch"),
        [("monthly_budget", Value::Blank)] => Some("no cap on what is paid in a month"),
        _ => None,
    }
}

/// The factor from a budget to another.
fn grows(from: Option<f64>, to: &Value) -> f64 {
    match (from, to) {
        // Of nothing any budget is a large multiple: the dollars themselves.
        (Some(from), Value::Number(to)) => to / from.max(1.0),
        _ => f64::INFINITY,
    }
}
