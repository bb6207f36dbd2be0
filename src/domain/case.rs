//! One question for the engine: valid inputs, and the tables that they are answered by.

use std::sync::{Arc, LazyLock};

use super::catalog::Catalog;
use super::input::Inputs;
use super::rules::{self, Rule};
use super::strategy::StrategyId;

/// All that an answer depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What the user said, with defaults for the rest.
    pub inputs: Inputs,
    /// The built-in catalogue, or the same with the rows of a policy and the user.
    pub catalog: Arc<Catalog>,
    /// The rules, in the order in which they speak: those of a policy first, then the built-in ones by group.
    pub rules: Arc<[Rule]>,
    /// The strategies to compare, each once.
    pub strategies: &'static [StrategyId],
}

impl Case {
    /// A case with the built-in catalogue, rules and strategies.
    pub fn builtin(inputs: Inputs) -> Case {
        Case::with(inputs, Catalog::shared(), &[])
    }

    /// A case with another catalogue, and with the rules of a policy before the built-in ones.
    pub fn with(inputs: Inputs, catalog: Arc<Catalog>, of_policy: &[Rule]) -> Case {
        static BUILTIN: LazyLock<Arc<[Rule]>> = LazyLock::new(|| rules::builtin().into());
        let rules = match of_policy {
            [] => Arc::clone(&BUILTIN),
            of_policy => of_policy.iter().chain(rules::builtin()).cloned().collect(),
        };
        Case { inputs, catalog, rules, strategies: &StrategyId::ALL }
    }

    /// Leave out the rule of this id; all others stay in force.
    pub fn waive(&mut self, id: &str) {
        self.rules = self.rules.iter().filter(|rule| rule.id != id).cloned().collect();
    }

    /// The case with one input changed; the change is made by `edit`.
    #[must_use]
    pub fn edited(&self, edit: impl FnOnce(&mut Inputs)) -> Case {
        let mut edited = self.clone();
        edit(&mut edited.inputs);
        edited
    }
}

impl Default for Case {
    fn default() -> Self {
        Case::builtin(Inputs::default())
    }
}

impl From<Inputs> for Case {
    fn from(inputs: Inputs) -> Self {
        Case::builtin(inputs)
    }
}
