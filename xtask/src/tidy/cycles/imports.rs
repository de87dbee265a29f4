//! The `use` declarations of a module.

use syn::visit::Visit;
use syn::{ItemMod, ItemUse, UseTree, Visibility};

/// One name that a `use` declaration brings into scope.
pub(super) struct Import {
    pub(super) name: ImportedName,
    pub(super) path: Vec<String>,
    /// Whether other modules may use it: a re-export.
    pub(super) is_public: bool,
}

#[derive(PartialEq, Eq)]
pub(super) enum ImportedName {
    Name(String),
    /// `*`
    All,
    /// `as _`
    Unnamed,
}

/// Collects the imports of a module, also those inside its functions.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) imports: Vec<Import>,
}

impl<'ast> Visit<'ast> for Collector {
    /// An inline module has its own scope.
    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        // A path with leading colons names another crate.
        if item.leading_colon.is_none() {
            let is_public = !matches!(item.vis, Visibility::Inherited);
            self.add(&item.tree, &mut Vec::new(), is_public);
        }
    }
}

impl Collector {
    fn add(&mut self, tree: &UseTree, before: &mut Vec<String>, is_public: bool) {
        let (name, last) = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add(&path.tree, before, is_public);
                before.pop();
                return;
            }
            UseTree::Group(group) => {
                for item in &group.items {
                    self.add(item, before, is_public);
                }
                return;
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                (ImportedName::Name(name.clone()), Some(name))
            }
            UseTree::Rename(renamed) => {
                let name = renamed.rename.to_string();
                let name = if name == "_" {
                    ImportedName::Unnamed
                } else {
                    ImportedName::Name(name)
                };
                (name, Some(renamed.ident.to_string()))
            }
            UseTree::Glob(_) => (ImportedName::All, None),
        };
        let mut path = before.clone();
        path.extend(last);
        self.push(name, path, is_public);
    }

    /// In `use a::{self}` the last word of the path is the one before.
    fn push(&mut self, mut name: ImportedName, mut path: Vec<String>, is_public: bool) {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
            if name == ImportedName::Name("self".to_owned())
                && let Some(last) = path.last()
            {
                name = ImportedName::Name(last.clone());
            }
        }
        self.imports.push(Import {
            name,
            path,
            is_public,
        });
    }
}
