//! Every figure of people's hours that a cost is proportional to, so that one can be asked for by itself.

use crate::domain::catalog::Catalog;
use crate::domain::input::Inputs;

/// One figure of people's hours: a row of the effort defaults, and the input that holds it.
#[derive(Clone, Copy, Debug)]
pub struct HourItem {
    /// Row of the effort defaults.
    pub id: &'static str,
    read: fn(&Inputs) -> f64,
    field: fn(&mut Inputs) -> &mut f64,
}

macro_rules! items {
    ($($field:ident: $id:literal),* $(,)?) => {
        [$(HourItem { id: $id, read: |inputs| inputs.team.$field, field: |inputs| &mut inputs.team.$field }),*]
    };
}

/// All of them, in the order of the effort defaults. Pay, counts and intervals are none.
pub static HOUR_ITEMS: [HourItem; 19] = items! {
    prompt_build: "prompt_build",
    prompt_upkeep: "prompt_upkeep",
    eval_set: "eval_set",
    re_evaluation: "re_evaluation",
    rag_build: "rag_build",
    rag_upkeep: "rag_upkeep",
    hosted_tuning_build: "hosted_tuning_build",
    hosted_tuning_per_experiment: "hosted_tuning_per_experiment",
    self_host_build: "self_host_build",
    self_host_upkeep: "self_host_upkeep",
    self_host_upkeep_per_extra_node: "self_host_upkeep_per_extra_node",
    lora_build: "lora_build",
    lora_per_experiment: "lora_per_experiment",
    full_tuning_build: "full_tuning_build",
    full_tuning_per_experiment: "full_tuning_per_experiment",
    custom_team_years: "custom_team",
    routing_build: "routing_build",
    routing_upkeep: "routing_upkeep",
    migration: "migration_per_retirement",
};

impl HourItem {
    /// What the inputs say.
    pub fn value(&self, inputs: &Inputs) -> f64 {
        (self.read)(inputs)
    }

    /// Say something else.
    pub fn set(&self, inputs: &mut Inputs, value: f64) {
        *(self.field)(inputs) = value;
    }

    /// Its low and its high; `None` where somebody stated a figure of his own, which has no range.
    pub fn range(&self, inputs: &Inputs, catalog: &Catalog) -> Option<(f64, f64)> {
        let row = catalog.effort(self.id)?;
        (self.value(inputs) == row.likely).then_some((row.low, row.high))
    }

    /// The inputs with one unit of it and no other hours, an hour at one dollar: what people cost then is how much of
    /// it there is.
    pub fn alone(&self, inputs: &Inputs) -> Inputs {
        let mut alone = inputs.clone();
        for item in &HOUR_ITEMS {
            item.set(&mut alone, 0.0);
        }
        (alone.team.hiring_share, alone.team.on_call_usd, alone.team.hourly_rate) = (0.0, 0.0, 1.0);
        self.set(&mut alone, 1.0);
        alone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_hours_is_an_item_but_the_threshold_that_costs_nothing() {
        let is_hours = |unit: &str| unit.starts_with("hours") || unit == "person_years";
        let rows = Catalog::builtin().efforts.iter().filter(|row| is_hours(&row.unit));
        let rows: Vec<&str> =
            rows.map(|row| row.id.as_str()).filter(|id| *id != "prompt_effort_before_evidence").collect();
        let items: Vec<&str> = HOUR_ITEMS.iter().map(|item| item.id).collect();
        assert_eq!(items, rows);
    }

    #[test]
    fn a_stated_figure_has_no_range() {
        let mut inputs = Inputs::default();
        for item in &HOUR_ITEMS {
            let (low, high) = item.range(&inputs, Catalog::builtin()).unwrap();
            assert!(low < item.value(&inputs) && item.value(&inputs) < high, "{}", item.id);
            let stated = item.value(&inputs) + 1.0;
            item.set(&mut inputs, stated);
            assert_eq!(item.range(&inputs, Catalog::builtin()), None);
        }
    }
}
