//! What a group of inputs comes down to, in two or three words.

use crate::domain::catalog::model_name;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Group, Inputs, Value, registry};
use crate::domain::units::words::{count_exact, count_short, lower_first, months};
use crate::domain::units::{Unit, format_number};

/// The value of a group that says most of it.
pub fn key_value(group: Group, inputs: &Inputs) -> String {
    match group {
        Group::Work => {
            let (read, written) = (inputs.work.input_tokens, inputs.work.output_tokens);
            format!("{} tokens in, {} out", count_exact(read), count_exact(written))
        }
        Group::Quality => match measured(inputs) {
            0 => "nothing measured".to_owned(),
            count => format!("{count} measured"),
        },
        Group::Data if inputs.data.knowledge_tokens > 0.0 => {
            format!("{} tokens", count_short(inputs.data.knowledge_tokens))
        }
        Group::Data => "nothing to look up".to_owned(),
        Group::Constraints => lower_first(inputs.constraints.data_boundary.label()),
        Group::Team => {
            format!("${} an hour", format_number(inputs.team.hourly_rate, Unit::Usd("an hour")))
        }
        Group::Economics => months(inputs.economics.horizon as usize),
        Group::Models => model_name(&inputs.models.api_model).to_owned(),
    }
}

/// Strategies whose quality was counted or stated.
fn measured(inputs: &Inputs) -> usize {
    let is_measured =
        |value: Value| matches!(value, Value::Evidence(Evidence::Counted { .. } | Evidence::Stated(_)));
    registry().filter(|record| is_measured((record.get)(inputs))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::DataBoundary;

    fn values(inputs: &Inputs) -> Vec<String> {
        Group::ALL.iter().map(|group| key_value(*group, inputs).replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn a_group_is_told_by_the_value_that_says_most_of_it() {
        let standard = [
            "1,155 tokens in, 211 out",
            "nothing measured",
            "nothing to look up",
            "any vendor",
            "$100 an hour",
            "24 months",
            "gpt-6.1-sol",
        ];
        assert_eq!(values(&Inputs::default()), standard);
    }

    #[test]
    fn what_is_measured_and_looked_up_is_counted() {
        let mut inputs = Inputs::default();
        inputs.quality.evidence_prompt = Evidence::Counted { correct: 172, total: 200 };
        inputs.quality.evidence_small = Evidence::Stated(0.8);
        inputs.quality.evidence_open = Evidence::AssumedEqual;
        inputs.data.knowledge_tokens = 5e7;
        inputs.constraints.data_boundary = DataBoundary::OwnPremises;
        let told = values(&inputs);
        assert_eq!(told.get(1).map(String::as_str), Some("2 measured"));
        assert_eq!(told.get(2).map(String::as_str), Some("50 M tokens"));
        assert_eq!(told.get(3).map(String::as_str), Some("own premises"));
    }
}
