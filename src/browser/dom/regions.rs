//! Children that follow the state: all at once, or one by one under keys.

use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use web_sys::Node;

use super::{El, document, follow};

/// Builds the children of a region anew, if they are others than before.
type Rebuild = Box<dyn FnMut(&Owner) -> Option<Vec<El>>>;
/// Builds one child, when it is needed.
pub type Build = Box<dyn FnOnce() -> El>;

impl El {
    /// Append children that are built anew whenever what `read` returns is another value.
    pub fn swap<T: PartialEq + 'static>(
        self,
        read: impl Fn() -> T + 'static,
        build: impl Fn(&T) -> Vec<El> + 'static,
    ) -> El {
        let mut last = None;
        self.region(Box::new(move |owner| {
            let now = read();
            if last.as_ref() == Some(&now) {
                return None;
            }
            let children = build_under(owner, &|| build(&now));
            last = Some(now);
            Some(children)
        }))
    }

    /// Append children that are built anew at each change of what `build` reads.
    pub fn anew(self, build: impl Fn() -> Vec<El> + 'static) -> El {
        let build: Box<dyn Fn() -> Vec<El>> = Box::new(build);
        self.region(Box::new(move |owner| Some(owner.with_cleanup(&*build))))
    }

    /// Append children while a condition holds.
    pub fn show(self, when: impl Fn() -> bool + 'static, build: impl Fn() -> El + 'static) -> El {
        self.swap(when, move |shown| if *shown { vec![build()] } else { Vec::new() })
    }

    fn region(self, mut rebuild: Rebuild) -> El {
        let (Some(parent), Some(end)) = (self.node().cloned(), self.append_marker()) else { return self };
        let owner = Owner::current().unwrap_or_default().child();
        let mut shown: Vec<El> = Vec::new();
        follow(move || {
            let Some(children) = rebuild(&owner) else { return };
            for old in shown.drain(..) {
                remove(&parent, &old);
            }
            for child in &children {
                insert(&parent, child, &end);
            }
            shown = children;
        });
        self
    }

    /// Append children under keys: one that stays is moved and not built again, so that what is open or
    /// has the focus remains so.
    pub fn keyed(self, children: impl Fn() -> Vec<(String, Build)> + 'static) -> El {
        self.keyed_region(Box::new(children))
    }

    fn keyed_region(self, read: Box<dyn Fn() -> Vec<(String, Build)>>) -> El {
        let (Some(parent), Some(end)) = (self.node().cloned(), self.append_marker()) else { return self };
        let region = Owner::current().unwrap_or_default();
        let mut shown: Vec<Keyed> = Vec::new();
        follow(move || {
            let mut before = std::mem::take(&mut shown);
            for (key, build) in read() {
                let kept = before.iter().position(|child| child.key == key).map(|at| before.remove(at));
                shown.push(kept.unwrap_or_else(|| {
                    let owner = region.child();
                    let el = untrack(|| owner.with(build));
                    Keyed { key, el, owner }
                }));
            }
            for gone in before {
                gone.owner.cleanup();
                remove(&parent, &gone.el);
            }
            // From the last to the first: only what stands before the wrong neighbour is moved.
            let mut next = end.clone();
            for child in shown.iter().rev() {
                let Some(node) = child.el.node() else { continue };
                if node.next_sibling().as_ref() != Some(&next) {
                    let _ = parent.insert_before(node, Some(&next));
                }
                next = node.clone();
            }
        });
        self
    }

    /// An empty text, before which a region stands.
    fn append_marker(&self) -> Option<Node> {
        let marker = document()?.create_text_node("");
        self.node()?.append_child(&marker).ok()
    }
}

/// Build children in place of those before. They belong to the region, and not to the run that builds
/// them, which ends at the next change.
fn build_under(owner: &Owner, build: &dyn Fn() -> Vec<El>) -> Vec<El> {
    untrack(|| owner.with_cleanup(build))
}

struct Keyed {
    key: String,
    el: El,
    owner: Owner,
}

fn insert(parent: &Node, child: &El, before: &Node) {
    if let Some(node) = child.node() {
        let _ = parent.insert_before(node, Some(before));
    }
}

fn remove(parent: &Node, child: &El) {
    if let Some(node) = child.node() {
        let _ = parent.remove_child(node);
    }
}
