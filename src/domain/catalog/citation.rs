//! The text of a source in pieces: what has an address is a link, what names a part of this page a place in it.
//!
//! Nothing is guessed: addresses and places stand in `addresses.csv`; beside them only forms lead somewhere that name
//! their own address (`https://…`, `arXiv 2311.18677`, `doi:…`) or a section of the method (`method §6`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::table::rows;

const ADDRESSES: &str = include_str!("addresses.csv");

/// The sections of the method that the page writes out.
pub const METHOD_SECTIONS: [&str; 15] = [
    "method-1",
    "method-2",
    "method-3",
    "method-4",
    "method-5",
    "method-6",
    "method-7",
    "method-8",
    "method-9",
    "method-10",
    "method-11",
    "method-12",
    "method-13",
    "method-14",
    "method-15",
];

/// A part of the text of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that lead nowhere.
    Text(String),
    /// Words with an address outside the page.
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        address: String,
    },
    /// Words with a place in the page.
    Place {
        /// What is read.
        text: String,
        /// Id of the place.
        id: &'static str,
    },
}

/// What a name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A package of the Python index, by its version.
    Package,
    /// A public repository, with a file or a change of it.
    Repository,
    /// A page.
    Page,
    /// A place of this page.
    Place,
}

#[derive(Clone, Debug, Deserialize)]
struct Known {
    kind: Kind,
    name: String,
    target: String,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| rows(ADDRESSES));

/// A text of sources in pieces, which put together are the text.
pub fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let is_start = !plain.chars().next_back().is_some_and(char::is_alphanumeric);
        let found = if is_start { found_at(rest) } else { None };
        if let Some((length, piece)) = found {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            plain.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

/// What a text begins with that leads somewhere, and its length: the longest.
fn found_at(text: &str) -> Option<(usize, Piece)> {
    let known = KNOWN.iter().filter_map(|known| of_known(known, text));
    let forms = [of_address(text), of_arxiv(text), of_doi(text), of_method(text)];
    known.chain(forms.into_iter().flatten()).max_by_key(|(length, _)| *length)
}

fn link(text: &str, length: usize, address: String) -> Option<(usize, Piece)> {
    Some((length, Piece::Link { text: text.get(..length)?.to_owned(), address }))
}

fn of_known(known: &'static Known, text: &str) -> Option<(usize, Piece)> {
    let rest = text.strip_prefix(known.name.as_str())?;
    let ends = !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let length = known.name.len();
    match known.kind {
        _ if !ends => None,
        Kind::Page => link(text, length, known.target.clone()),
        Kind::Place => {
            let words = text.get(..length)?.trim_end_matches(':').to_owned();
            Some((words.len(), Piece::Place { text: words, id: known.target.as_str() }))
        }
        Kind::Package => {
            let version = token(rest.strip_prefix(' ')?);
            let is_version = version.starts_with(|first: char| first.is_ascii_digit());
            let address = format!("{}{version}/", known.target);
            if is_version { link(text, length + 1 + version.len(), address) } else { None }
        }
        Kind::Repository => match rest.strip_prefix(' ').and_then(within) {
            Some((length_within, path)) => {
                link(text, length + 1 + length_within, format!("{}/{path}", known.target))
            }
            None => link(text, length, known.target.clone()),
        },
    }
}

/// A change or a file of a repository: its length in the text, and its path at the repository's address.
fn within(text: &str) -> Option<(usize, String)> {
    if let Some(rest) = text.strip_prefix("PR ") {
        let number = token(rest);
        let is_number = !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit());
        return is_number.then(|| (3 + number.len(), format!("pull/{number}")));
    }
    let path = token(text);
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_file = name.rsplit_once('.').is_some_and(|(_, ending)| ending.chars().all(char::is_alphabetic));
    let is_plain = path.chars().all(|part| part.is_ascii_alphanumeric() || "/._-".contains(part));
    (is_file && is_plain).then(|| (path.len(), format!("blob/HEAD/{path}")))
}

/// Up to the next blank or mark, without a stop at the end.
fn token(text: &str) -> &str {
    let end = text.find([' ', ';', ',', ')', '(', '"']).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches('.')
}

fn of_address(text: &str) -> Option<(usize, Piece)> {
    let address = token(text);
    let is_address = ["https://", "http://"].iter().any(|start| address.starts_with(start));
    if is_address { link(text, address.len(), address.to_owned()) } else { None }
}

fn of_arxiv(text: &str) -> Option<(usize, Piece)> {
    let number = token(text.strip_prefix("arXiv ")?).trim_end_matches(':');
    let (year, serial) = number.split_once('.')?;
    let is_digits = |part: &str| part.len() >= 4 && part.chars().all(|digit| digit.is_ascii_digit());
    let is_number = is_digits(year) && is_digits(serial);
    if is_number {
        link(text, "arXiv ".len() + number.len(), format!("https://arxiv.org/abs/{number}"))
    } else {
        None
    }
}

fn of_doi(text: &str) -> Option<(usize, Piece)> {
    let start = ["doi:", "DOI "].into_iter().find(|start| text.starts_with(start))?;
    let number = token(text.get(start.len()..)?);
    let is_doi = number.starts_with("10.") && number.contains('/');
    if is_doi { link(text, start.len() + number.len(), format!("https://doi.org/{number}")) } else { None }
}

fn of_method(text: &str) -> Option<(usize, Piece)> {
    let rest = text.strip_prefix("method §").or_else(|| text.strip_prefix("Method §"))?;
    let digits = rest.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(rest.len());
    let number: usize = rest.get(..digits)?.parse().ok()?;
    let id = METHOD_SECTIONS.get(number.checked_sub(1)?)?;
    let length = text.len() - rest.len() + digits;
    Some((length, Piece::Place { text: text.get(..length)?.to_owned(), id }))
}

/// The address that a text of sources leads to first, if it leads to one.
pub fn first_address(source: &str) -> Option<String> {
    pieces(source).into_iter().find_map(|piece| match piece {
        Piece::Link { address, .. } => Some(address),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::{Catalog, Provenance};
    use crate::domain::rules::builtin;

    /// A text with its links as `[text](address)`.
    fn written(source: &str) -> String {
        let one = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Link { text, address } => format!("[{text}]({address})"),
            Piece::Place { text, id } => format!("[{text}](#{id})"),
        };
        pieces(source).into_iter().map(one).collect()
    }

    #[test]
    fn what_names_its_address_leads_there() {
        assert_eq!(
            written("Splitwise, arXiv 2311.18677: mean of the trace"),
            "Splitwise, [arXiv 2311.18677](https://arxiv.org/abs/2311.18677): mean of the trace"
        );
        assert_eq!(
            written("doi:10.1145/3600006.3613165."),
            "[doi:10.1145/3600006.3613165](https://doi.org/10.1145/3600006.3613165)."
        );
        assert_eq!(
            written("(https://example.org/a.pdf)"),
            "([https://example.org/a.pdf](https://example.org/a.pdf))"
        );
        assert_eq!(written("arXiv soon; doi: none; https"), "arXiv soon; doi: none; https");
    }

    #[test]
    fn packages_lead_to_their_version_and_repositories_to_the_file_or_the_change() {
        assert_eq!(
            written("litellm 1.109.1 price table + genai-prices 0.2.3"),
            "[litellm 1.109.1](https://pypi.org/project/litellm/1.109.1/) price table + [genai-prices 0.2.3](https://pypi.org/project/genai-prices/0.2.3/)"
        );
        let github = "https://github.com";
        assert_eq!(
            written("pytorch/torchtune torchtune/models/*/_model_builders.py @2026-04-23"),
            format!(
                "[pytorch/torchtune]({github}/pytorch/torchtune) torchtune/models/*/_model_builders.py @2026-04-23"
            )
        );
        assert_eq!(
            written("stas00/ml-engineering compute/accelerator/README.md @2026-08-22"),
            format!(
                "[stas00/ml-engineering compute/accelerator/README.md]({github}/stas00/ml-engineering/blob/HEAD/compute/accelerator/README.md) @2026-08-22"
            )
        );
        assert_eq!(
            written("NVIDIA-NeMo/Switchyard PR 681"),
            format!("[NVIDIA-NeMo/Switchyard PR 681]({github}/NVIDIA-NeMo/Switchyard/pull/681)")
        );
        assert_eq!(written("litellm *_batches fields"), "litellm *_batches fields");
    }

    #[test]
    fn names_of_this_page_are_places_in_it() {
        assert_eq!(
            written("method §6, people; Method §15"),
            "[method §6](#method-6), people; [Method §15](#method-15)"
        );
        assert_eq!(written("effort_defaults.csv"), "[effort_defaults.csv](#table-efforts)");
        assert_eq!(
            written("Guide: QLoRA; guide: conclusion"),
            "[Guide](#source-guide): QLoRA; [guide](#source-guide): conclusion"
        );
        assert_eq!(written("method §99"), "method §99");
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        let catalog = Catalog::builtin();
        let rows = catalog.api_models.iter().map(|row| row.source());
        let rows = rows.chain(catalog.gpus.iter().map(|row| row.source()));
        let all = rows.chain(builtin().iter().map(|rule| rule.source.as_str()));
        for source in all.chain(["", "é arXiv 1234.56789é", "§", "method §", "method §0"]) {
            let text: String = pieces(source)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Link { text, .. } | Piece::Place { text, .. } => text,
                })
                .collect();
            assert_eq!(text, source);
        }
    }

    #[test]
    fn every_price_leads_to_an_address_and_every_name_is_known_once() {
        let catalog = Catalog::builtin();
        for row in &catalog.api_models {
            assert!(first_address(row.source()).is_some(), "{}", row.model_id);
        }
        for row in catalog.open_models.iter().filter(|row| !row.source().contains("memory")) {
            assert!(first_address(row.source()).is_some(), "{}", row.model);
        }
        let mut names: Vec<&str> = KNOWN.iter().map(|known| known.name.as_str()).collect();
        assert_eq!(names.len(), ADDRESSES.lines().count() - 1, "every line is read");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KNOWN.len());
        for known in KNOWN.iter().filter(|known| known.kind != Kind::Place) {
            assert!(known.target.starts_with("https://"), "{}", known.name);
        }
    }
}
