//! Who changed or added rows.

/// Who changed or added rows; ordered, the one whose rows lie above first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// The user of the scenario.
    User,
    /// The policy of this name.
    Policy(String),
}

impl Author {
    /// A word that marks a row in lists and tables.
    pub const fn mark(&self) -> &'static str {
        match self {
            Author::User => "yours",
            Author::Policy(_) => "policy",
        }
    }

    /// The word of the tables for how well the row is supported.
    pub(super) const fn support(&self) -> &'static str {
        match self {
            Author::User => "own",
            Author::Policy(_) => "policy",
        }
    }

    /// The row's source in words.
    pub(super) fn source(&self) -> String {
        match self {
            Author::User => "entered by you".to_owned(),
            // Braces name facts in sentences of rules.
            Author::Policy(name) => format!("policy of {}", name.replace(['{', '}'], "")),
        }
    }
}
