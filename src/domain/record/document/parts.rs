//! Parts of a document: headings, paragraphs, lists and tables, of runs of text.

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// What the scenario or the answer says.
    Said(String),
    /// The same, told apart; the second text ends it and is ours.
    Strong(String, &'static str),
    /// Our own words between such texts; they hold nothing that means something to Markdown.
    Own(String),
    /// An address of the web.
    Address(String),
}

impl Run {
    /// What the scenario or the answer says.
    pub fn said(text: &str) -> Run {
        Run::Said(text.to_owned())
    }

    /// A text told apart from the rest.
    pub fn strong(text: &str, end: &'static str) -> Run {
        Run::Strong(text.to_owned(), end)
    }

    /// Our own words.
    pub fn own(text: &str) -> Run {
        Run::Own(text.to_owned())
    }
}

/// Runs in one line.
pub type Runs = Vec<Run>;

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of a level, 1 the highest.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(Runs),
    /// A list; it has items.
    List(Vec<Runs>),
    /// A table; it has rows. The last columns, so many, are numbers.
    Table {
        /// Names of the columns.
        head: Vec<String>,
        /// So many last columns are numbers.
        numbers: usize,
        /// Cells by row.
        rows: Vec<Vec<String>>,
    },
}

/// A document that grows by blocks.
#[derive(Debug, Default)]
pub struct Document(Vec<Block>);

impl Document {
    /// The whole.
    pub fn blocks(self) -> Vec<Block> {
        self.0
    }

    /// A heading of a level, 1 the highest.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.0.push(Block::Heading(level, text.to_owned()));
    }

    /// A paragraph of a text; nothing where it is empty.
    pub fn says(&mut self, text: &str) {
        if !text.is_empty() {
            self.runs(vec![Run::said(text)]);
        }
    }

    /// A paragraph of runs.
    pub fn runs(&mut self, runs: Runs) {
        self.0.push(Block::Paragraph(runs));
    }

    /// A list; nothing where it has no items.
    pub fn list(&mut self, items: impl IntoIterator<Item = Runs>) {
        let items: Vec<Runs> = items.into_iter().collect();
        if !items.is_empty() {
            self.0.push(Block::List(items));
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, items: impl IntoIterator<Item = impl AsRef<str>>) {
        self.list(items.into_iter().map(|item| vec![Run::said(item.as_ref())]));
    }

    /// A table; nothing where it has no rows. The last columns, so many, are numbers.
    pub fn table(&mut self, head: &[&str], numbers: usize, rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let head = head.iter().map(|name| (*name).to_owned()).collect();
            self.0.push(Block::Table { head, numbers, rows });
        }
    }
}
