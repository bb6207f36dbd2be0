//! From charming's chart to the option that ECharts reads: the one place that says what charming cannot.

use charming::Chart;
use serde_json::{Map, Value, json};

use super::palette::FONT;
use super::style::Style;

/// The option of a chart.
///
/// Charming 0.6 has no setter for the text style of the whole chart and of the tooltip, for keeping the
/// tooltip inside the chart, for the description that a screen reader says (its `Aria` writes a `null` into
/// what is not set), for the margins of ECharts 6, and for a legend that cannot be clicked.
pub(super) fn complete(chart: &Chart, style: Style, description: &str) -> Value {
    // A chart holds plain data, so this cannot fail; ECharts would refuse a `null` and the page would show
    // the table.
    let mut option = serde_json::to_value(chart).unwrap_or_default();
    let text = json!({ "fontFamily": FONT, "fontSize": 12, "color": style.palette().ink });
    set(&mut option, "tooltip", "textStyle", text.clone());
    set(&mut option, "tooltip", "confine", true.into());
    set(&mut option, "grid", "outerBoundsMode", "none".into());
    set(&mut option, "legend", "selectedMode", false.into());
    if let Some(option) = option.as_object_mut() {
        option.insert("textStyle".to_owned(), text);
        option.insert("aria".to_owned(), json!({ "enabled": true, "label": { "description": description } }));
    }
    option
}

/// Set a field of a component, of each where there are several; without that component nothing is set.
fn set(option: &mut Value, component: &str, field: &str, value: Value) {
    let components: Vec<&mut Map<String, Value>> = match option.get_mut(component) {
        Some(Value::Object(one)) => vec![one],
        Some(Value::Array(several)) => several.iter_mut().filter_map(Value::as_object_mut).collect(),
        _ => Vec::new(),
    };
    for component in components {
        component.insert(field.to_owned(), value.clone());
    }
}

#[cfg(test)]
mod tests {
    use charming::component::{Axis, Grid, Legend};

    use super::*;

    const STYLE: Style = Style { dark: false, narrow: false };

    #[test]
    fn what_is_added_keeps_what_the_chart_says_and_adds_no_component() {
        let chart = Chart::new()
            .grid(Grid::new().left(5))
            .y_axis(Axis::new().inverse(true))
            .series(charming::series::Line::new().name("a line"));
        let option = complete(&chart, STYLE, "what is seen");
        assert_eq!(option["grid"], json!([{ "left": 5, "outerBoundsMode": "none" }]));
        assert_eq!(option["yAxis"], json!({ "inverse": true }));
        assert_eq!(option["series"][0]["name"], "a line");
        assert_eq!(option["aria"]["label"]["description"], "what is seen");
        assert!(option.get("legend").is_none() && option.get("tooltip").is_none(), "{option}");
    }

    #[test]
    fn a_legend_cannot_be_clicked() {
        let option = complete(&Chart::new().legend(Legend::new().left(0)), STYLE, "");
        assert_eq!(option["legend"], json!({ "left": 0, "selectedMode": false }));
    }
}
