//! What the source may name where, and that no test is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a source file may have.
const MOST_LINES: usize = 450;
/// Tables of inputs: one record after the other, longer than anything that is read from top to bottom.
const TABLES: &str = "src/domain/input";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder, with its text.
pub fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// Whether a line of code, comments apart, names something as a whole word.
fn names(line: &str, word: &str) -> bool {
    let code = line.split("//").next().unwrap_or("");
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
}

/// Lines under a folder that name one of the words, except in files below `allowed`.
fn offenders(folder: &str, words: &[&str], allowed: &str) -> Vec<String> {
    let files = rust_files(folder);
    assert!(files.len() > 20, "{folder} is where the source is");
    files
        .iter()
        .filter(|(path, _)| allowed.is_empty() || !path.starts_with(allowed))
        .flat_map(|(path, text)| text.lines().map(move |line| (path, line)))
        .filter(|(_, line)| words.iter().any(|word| names(line, word)))
        .map(|(path, line)| format!("{}: {}", path.display(), line.trim()))
        .collect()
}

#[test]
fn the_domain_names_nothing_of_the_browser_the_page_or_the_charts() {
    let words = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "gloo_storage",
        "charming",
        "components",
        "sections",
        "charts",
        "browser",
        "state",
    ];
    let browser: Vec<String> = offenders("src/domain", &words[..7], "");
    assert!(browser.is_empty(), "{browser:#?}");
    // Modules of the page are only reached through the crate.
    let page: Vec<String> = words[7..]
        .iter()
        .flat_map(|word| {
            let path = format!("crate::{word}");
            rust_files("src/domain")
                .into_iter()
                .filter(move |(_, text)| text.contains(&path))
                .map(|(path, _)| path.display().to_string())
        })
        .collect();
    assert!(page.is_empty(), "{page:#?}");
}

#[test]
fn web_sys_and_js_sys_appear_only_in_the_browser_module() {
    assert!(!offenders("src", &["web_sys"], "").is_empty(), "the walk finds the browser module's own use");
    let found = offenders("src", &["web_sys", "js_sys"], "src/browser");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn charming_appears_only_where_charts_are_built_and_handed_to_echarts() {
    let named = offenders("src", &["charming"], "src/browser/echarts.rs");
    assert!(!named.is_empty(), "the walk finds the charts' own use");
    let found: Vec<&String> = named.iter().filter(|line| !line.starts_with("src/charts/")).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_source_file_is_too_long_except_the_tables_of_inputs() {
    let long: Vec<String> = rust_files("src")
        .iter()
        .filter(|(path, _)| !path.starts_with(TABLES))
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_test_file_of_this_folder_is_forgotten() {
    let files = rust_files("tests/it");
    assert!(files.len() >= 5);
    for (path, _) in files {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap();
        let folder = path.parent().unwrap();
        // The files of a folder are named by the file of its name, the others by `main.rs`.
        let includes = match folder.ends_with("tests/it") {
            true => root().join("tests/it/main.rs"),
            false => root().join(folder.with_extension("rs")),
        };
        let including = fs::read_to_string(&includes).unwrap();
        let included = name == "main" || including.lines().any(|line| line.trim() == format!("mod {name};"));
        assert!(included, "{} lacks `mod {name};`", includes.display());
    }
}

#[test]
fn no_persona_file_is_forgotten() {
    let listed = concat!(include_str!("personas.rs"), include_str!("personas_of_papers.rs"));
    let mut count = 0;
    for entry in fs::read_dir(root().join("tests/it/personas")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".json").unwrap_or_else(|| panic!("{name} is no persona"));
        assert!(listed.contains(&format!("\"{stem}\"")), "no test tells of {name}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}
