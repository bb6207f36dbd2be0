//! Who names whom: rooms only those above their own, files never in a circle. Paths are followed through re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Path, UseTree, Visibility};

use crate::layering::rust_files;

/// The segments of a path, from the crate on.
type Segments = Vec<String>;

/// One source file as a module.
struct Source {
    /// Where it stands, such as `src/domain/cost/api.rs`.
    file: String,
    /// What its re-exports lead to, by the name that they give it.
    exports: BTreeMap<String, Segments>,
    /// Modules all of whose items it re-exports.
    globs: Vec<Segments>,
    /// Items that it defines.
    defines: BTreeSet<String>,
    /// Paths that its code names, tests apart.
    names: Vec<Segments>,
}

type Sources = BTreeMap<Segments, Source>;

/// The module that a file holds.
fn module_of(file: &str) -> Segments {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// Collects the paths of a file.
struct Paths<'a> {
    module: &'a Segments,
    names: Vec<Segments>,
    exports: BTreeMap<String, Segments>,
    globs: Vec<Segments>,
}

impl Paths<'_> {
    /// From the crate on; what names no module of this crate leads nowhere.
    fn absolute(&self, path: &[String]) -> Segments {
        let mut base = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return [self.module.as_slice(), path].concat(),
        };
        let ups = path.iter().take_while(|part| *part == "super").count();
        base.truncate(base.len() - ups);
        base.extend(path[ups.max(1)..].iter().cloned());
        base
    }

    fn take_tree(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let and = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.take_tree(&path.tree, &and(&path.ident), is_public),
            UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.take_tree(item, before, is_public));
            }
            UseTree::Name(name) if name.ident == "self" => self.take(before.to_vec(), None, is_public),
            UseTree::Name(name) => self.take(and(&name.ident), Some(name.ident.to_string()), is_public),
            UseTree::Rename(rename) => {
                self.take(and(&rename.ident), Some(rename.rename.to_string()), is_public)
            }
            UseTree::Glob(_) => {
                let path = self.absolute(before);
                if is_public { self.globs.push(path) } else { self.names.push(path) }
            }
        }
    }

    fn take(&mut self, path: Segments, name: Option<String>, is_public: bool) {
        let path = self.absolute(&path);
        match name.filter(|_| is_public) {
            // Who hands on names nothing: what is handed on counts where it is used.
            Some(name) => drop(self.exports.insert(name, path)),
            None => self.names.push(path),
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            self.take_tree(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let parts: Segments = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if parts.len() > 1 {
            let path = self.absolute(&parts);
            self.names.push(path);
        }
        visit::visit_path(self, path);
    }
}

fn defined(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn sources() -> Sources {
    let is_of_tests = |file: &str| {
        file.ends_with("tests.rs") || file.contains("/tests/") || file.ends_with("properties.rs")
    };
    let files = rust_files("src").into_iter().map(|(path, text)| (path.to_string_lossy().into_owned(), text));
    files
        .filter(|(file, _)| !is_of_tests(file) && file != "src/main.rs")
        .map(|(file, text)| {
            let module = module_of(&file);
            let code = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let mut paths =
                Paths { module: &module, names: Vec::new(), exports: BTreeMap::new(), globs: Vec::new() };
            paths.visit_file(&code);
            let Paths { names, exports, globs, .. } = paths;
            let defines = code.items.iter().filter_map(defined).collect();
            (module, Source { file, exports, globs, defines, names })
        })
        .collect()
}

/// The module in which what a path names is defined; `None` if that is none of ours.
fn home<'a>(path: &[String], sources: &'a Sources) -> Option<&'a Segments> {
    let length = (0..=path.len()).rev().find(|length| sources.contains_key(&path[..*length]))?;
    let (module, source) = sources.get_key_value(&path[..length])?;
    let Some(name) = path.get(length) else { return Some(module) };
    if source.defines.contains(name) {
        return Some(module);
    }
    if let Some(further) = source.exports.get(name) {
        return home(further, sources);
    }
    let of_glob =
        source.globs.iter().find(|glob| sources.get(*glob).is_some_and(|one| one.defines.contains(name)));
    of_glob.and_then(|glob| home(glob, sources))
}

/// Every file with the files that it names.
fn arrows(sources: &Sources) -> BTreeMap<&str, BTreeSet<&str>> {
    let file = |module: &Segments| sources.get(module).map(|source| source.file.as_str());
    sources
        .iter()
        .map(|(module, source)| {
            let homes = source.names.iter().filter_map(|path| home(path, sources));
            let named = homes.filter(|home| *home != module).filter_map(file).collect();
            (source.file.as_str(), named)
        })
        .collect()
}

/// Files that lead back to themselves.
fn circles<'a>(arrows: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<&'a str> {
    let leads_back = |start: &str| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![start]);
        while let Some(file) = waiting.pop() {
            for next in arrows.get(file).into_iter().flatten() {
                if *next == start {
                    return true;
                }
                if seen.insert(*next) {
                    waiting.push(next);
                }
            }
        }
        false
    };
    arrows.keys().copied().filter(|file| leads_back(file)).collect()
}

#[test]
fn no_file_leads_back_to_itself() {
    let sources = sources();
    let arrows = arrows(&sources);
    let circles = circles(&arrows);
    let told: Vec<String> = circles
        .iter()
        .map(|file| {
            let within: Vec<_> = arrows[file].iter().filter(|next| circles.contains(next)).collect();
            format!("{file} → {within:?}")
        })
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}

/// The rooms in their order: those of the core as `src/domain.rs` lists them, then those of the page.
fn rooms() -> Vec<String> {
    let core = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain.rs")).unwrap();
    let of_core = core
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let of_page = ["codec", "charts", "browser", "state", "components", "sections", "app"];
    of_core.chain(of_page).map(str::to_owned).collect()
}

/// The room of a file.
fn room(file: &str) -> Option<String> {
    let module = module_of(file);
    let place = usize::from(module.first().is_some_and(|first| first == "domain"));
    module.get(place).cloned()
}

/// Arrows from a room to one below it, and between the scenario and the engine.
fn wrong_arrows(arrows: &BTreeMap<&str, BTreeSet<&str>>, rooms: &[String]) -> Vec<String> {
    let place = |file: &str| room(file).and_then(|room| rooms.iter().position(|other| *other == room));
    let scenario = rooms.iter().position(|room| room == "scenario");
    let engine = ["cost", "decide", "what_if", "explain", "answer"];
    let is_of_engine = |place: usize| engine.contains(&rooms[place].as_str());
    let mut wrong = Vec::new();
    for (from, named) in arrows {
        for to in named {
            let (Some(own), Some(its)) = (place(from), place(to)) else { continue };
            let meets = is_of_engine(own) && Some(its) == scenario;
            if its > own || meets {
                wrong.push(format!("{from} → {to}"));
            }
        }
    }
    wrong
}

#[test]
fn a_file_names_only_rooms_above_its_own_and_scenario_and_engine_meet_in_the_case_alone() {
    let (sources, rooms) = (sources(), rooms());
    assert!(rooms.len() > 20, "{rooms:?}");
    let wrong = wrong_arrows(&arrows(&sources), &rooms);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_arrow_upward_and_a_circle_would_be_found() {
    let (sources, rooms) = (sources(), rooms());
    let mut arrows = arrows(&sources);
    let (cost, decide) = ("src/domain/cost/api.rs", "src/domain/decide/assess.rs");
    assert!(
        arrows[decide].contains("src/domain/cost/costed.rs"),
        "re-exports are followed: {:?}",
        arrows[decide]
    );
    arrows.entry(cost).or_default().insert(decide);
    assert_eq!(wrong_arrows(&arrows, &rooms), [format!("{cost} → {decide}")]);
    assert!(circles(&arrows).contains(&cost));
}
