//! The verdict in one line: where it has left the screen, and as the title of the page.

use super::pilot::PilotWords;
use super::spans::{Span, money, plain, rival_span, verdict_span};
use super::verdict::Verdict;
use crate::domain::decide::{Assessment, Decided};

/// The verdict in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct OneLine {
    /// What to do and what it costs.
    pub now: Vec<Span>,
    /// What to test, and what that could save; empty where nothing is to be tested.
    pub next: Vec<Span>,
}

impl OneLine {
    /// The line of what was decided, with the words of the pilot that comes first.
    pub(in crate::domain) fn of(verdict: &Verdict, decided: &Decided, first: Option<&PilotWords>) -> OneLine {
        let total = decided.choice.use_now.and_then(|id| decided.get(id)).and_then(Assessment::total);
        let mut now = vec![verdict_span(verdict.headline.trim_end_matches('.'))];
        now.extend(total.map(|usd| plain(format!(", {}", money(usd)))));
        let mut next = Vec::new();
        if let (Some(pilot), Some(words)) = (decided.pilots.first(), first) {
            next.push(plain(format!(", and test {}", pilot.strategy.noun_for(&words.name))));
            if let Some(saving) = pilot.saving {
                next.extend([plain(": "), rival_span(format!("saves {}", money(saving)))]);
            }
        }
        OneLine { now, next }
    }

    /// The title of the page for a scenario of this name.
    pub fn title(&self, name: &str) -> String {
        let now: String = self.now.iter().map(|span| span.text.as_str()).collect();
        format!("{now}: {name}. Tunewise")
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::answer;
    use crate::domain::case::Case;

    #[test]
    fn the_line_holds_the_figures_of_the_verdict_and_the_title_names_the_scenario() {
        let answer = answer(&Case::default());
        let line = answer.one_line();
        let lede: String = answer.verdict.lede.iter().map(|span| span.text.as_str()).collect();
        for span in line.now.iter().skip(1).chain(line.next.last()) {
            let figure = span.text.trim_start_matches(", ").trim_start_matches("saves ");
            assert!(figure.starts_with('$') && lede.contains(figure), "{figure} in {lede}");
        }
        let title = line.title("Invoice fields").replace('\u{a0}', " ");
        assert_eq!(title, "Prompt an API model, $55 k: Invoice fields. Tunewise");
    }
}
