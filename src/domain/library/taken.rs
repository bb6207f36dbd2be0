//! What became of scenarios that were brought to those that are kept, in words.

use std::fmt;

use crate::domain::units::words::counted;

/// So many names are listed, the rest counted.
const MOST_LISTED: usize = 4;
/// The longest name in a list, characters.
const MOST_NAME_CHARS: usize = 40;

/// What became of scenarios from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many are kept now that were not before, those that are set aside among them.
    pub added: usize,
    /// How many were here already.
    pub present: usize,
    /// What those are called that cannot be read and are set aside; blank where they do not say.
    pub unread: Vec<String>,
    /// What those are called that could not be kept; blank where they do not say.
    pub unkept: Vec<String>,
    /// Why they could not: `the browser’s storage is full`.
    pub why_unkept: &'static str,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Taken { added, present, unread, unkept, why_unkept } = self;
        let count = |count: &usize| counted(&count.to_string(), "scenario");
        let were = |count: &usize| if *count == 1 { "was" } else { "were" };
        match (added, present, unkept.len()) {
            (0, 0, 0) => f.write_str("It holds no scenario.")?,
            (0, 0, _) => f.write_str("Nothing was added.")?,
            (0, 1, 0) => f.write_str("Nothing was added: this scenario was here already.")?,
            (0, present, 0) => write!(f, "Nothing was added: all {present} scenarios were here already.")?,
            (0, present, _) => {
                write!(f, "Nothing was added; {} {} here already.", count(present), were(present))?;
            }
            (added, 0, _) => write!(f, "{} added.", count(added))?,
            (added, present, _) => {
                write!(f, "{} added; {present} {} here already.", count(added), were(present))?;
            }
        }
        if *added > 0 {
            f.write_str(" The menu beside the name lists what is kept.")?;
        }
        if !unread.is_empty() {
            let (are, them) = if unread.len() == 1 { ("is", "it") } else { ("are", "them") };
            let listed = listed(unread);
            write!(f, " Set aside, since this version cannot read {them}, {are} {listed}.")?;
        }
        if !unkept.is_empty() {
            write!(
                f,
                " Not kept, since {why_unkept}: {}. What they came from still holds them.",
                listed(unkept)
            )?;
        }
        Ok(())
    }
}

/// A few names, each shortened, and how many more there are.
fn listed(names: &[String]) -> String {
    let name = |name: &String| match name.chars().take(MOST_NAME_CHARS).collect::<String>() {
        name if name.is_empty() => "one without a name".to_owned(),
        name => format!("“{name}”"),
    };
    let mut listed: Vec<String> = names.iter().take(MOST_LISTED).map(name).collect();
    let last = match names.len().saturating_sub(MOST_LISTED) {
        0 => listed.pop().unwrap_or_default(),
        more => format!("{more} more"),
    };
    if listed.is_empty() { last } else { format!("{} and {last}", listed.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(taken: &Taken) -> String {
        taken.to_string().replace('\u{a0}', " ")
    }

    #[test]
    fn what_was_added_what_was_here_and_what_is_left_out_is_said() {
        let menu = "The menu beside the name lists what is kept.";
        let taken = Taken { added: 3, present: 1, ..Taken::default() };
        assert_eq!(said(&taken), format!("3 scenarios added; 1 was here already. {menu}"));
        assert_eq!(said(&Taken { added: 1, ..Taken::default() }), format!("1 scenario added. {menu}"));
        let present = Taken { present: 4, ..Taken::default() };
        assert_eq!(said(&present), "Nothing was added: all 4 scenarios were here already.");
        assert_eq!(said(&Taken::default()), "It holds no scenario.");
        let unread = Taken { unread: vec!["Old".to_owned()], ..taken };
        assert!(said(&unread).ends_with("Set aside, since this version cannot read it, is “Old”."));
        let unkept = Taken {
            unkept: (0..6).map(|number| format!("S{number}")).collect(),
            why_unkept: "the browser’s storage is full",
            ..Taken::default()
        };
        assert_eq!(
            said(&unkept),
            "Nothing was added. Not kept, since the browser’s storage is full: “S0”, “S1”, “S2”, “S3” and 2 more. \
             What they came from still holds them."
        );
    }
}
