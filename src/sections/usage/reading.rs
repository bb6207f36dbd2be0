//! A file of usage on its way: read in slices between which the page does what waits.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::file::{ChosenFile, FileProblem};
use crate::browser::timing::next_task;
use crate::domain::usage::{MOST_BYTES, Meaning, Problem, Reader, Usage};

/// Bytes that are read in one go: some ten milliseconds.
const SLICE_BYTES: usize = 256 << 10;

/// What is read.
#[derive(Clone, Debug)]
pub enum Export {
    /// A file.
    File(ChosenFile),
    /// Rows that were pasted.
    Text(Rc<str>),
}

/// Where reading stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nothing was given.
    Nothing,
    /// So many rows so far.
    Reading(usize),
    /// What it says.
    Read(Arc<Usage>),
    /// Why it cannot be used.
    Wrong(Problem),
    /// The browser could not read the file.
    Unreadable,
}

/// The export that was given last, and where its reading stands.
#[derive(Clone, Copy)]
pub struct Reading {
    export: StoredValue<Option<Export>, LocalStorage>,
    /// Counts what was begun, so that what is older gives up.
    round: StoredValue<u32>,
    /// Where it stands.
    pub stage: RwSignal<Stage>,
}

impl Reading {
    /// Nothing was given.
    pub fn new() -> Reading {
        Reading {
            export: StoredValue::new_local(None),
            round: StoredValue::new(0),
            stage: RwSignal::new(Stage::Nothing),
        }
    }

    /// Read an export by the names of its columns.
    pub fn begin(self, export: Export) {
        self.export.set_value(Some(export));
        self.again(Vec::new());
    }

    /// Read the same export once more, with columns that the user named.
    pub fn again(self, columns: Vec<(Meaning, usize)>) {
        let Some(export) = self.export.get_value() else { return };
        self.round.update_value(|round| *round = round.wrapping_add(1));
        let round = self.round.get_value();
        self.stage.set(Stage::Reading(0));
        spawn_local(async move {
            if let Some(stage) = self.read(&export, columns, round).await {
                self.stage.set(stage);
            }
        });
    }

    /// Where it ends; `None` where something newer was begun.
    async fn read(self, export: &Export, columns: Vec<(Meaning, usize)>, round: u32) -> Option<Stage> {
        if export.bytes() > MOST_BYTES as f64 {
            return Some(Stage::Wrong(Problem::TooLarge));
        }
        let mut reader = Reader::with_columns(columns);
        let mut place = 0;
        loop {
            let bytes = match export.slice(place).await {
                Ok(bytes) if bytes.is_empty() => break,
                Ok(bytes) => bytes,
                Err(_) => return Some(Stage::Unreadable),
            };
            place += bytes.len();
            if let Err(problem) = reader.take(&bytes) {
                return Some(Stage::Wrong(problem));
            }
            next_task().await;
            // The page may have gone while it waited.
            if self.round.try_get_value() != Some(round) {
                return None;
            }
            self.stage.set(Stage::Reading(reader.rows()));
        }
        Some(reader.finish().map_or_else(Stage::Wrong, |usage| Stage::Read(Arc::new(usage))))
    }
}

impl Export {
    fn bytes(&self) -> f64 {
        match self {
            Export::File(file) => file.bytes(),
            Export::Text(text) => text.len() as f64,
        }
    }

    /// The next bytes from a place on; none at the end.
    async fn slice(&self, from: usize) -> Result<Vec<u8>, FileProblem> {
        let to = from + SLICE_BYTES;
        match self {
            Export::File(file) => file.slice(from as f64, to as f64).await,
            Export::Text(text) => {
                let bytes = text.as_bytes().get(from..).unwrap_or_default();
                Ok(bytes.iter().copied().take(SLICE_BYTES).collect())
            }
        }
    }
}
