//! The items of other files that the code of a crate names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprMethodCall, ImplItem, Item, ItemImpl, ItemMod, ItemUse, LitStr, Macro,
    Meta, Path, Type, Visibility,
};

use super::crate_source::CrateSource;
use super::graph::Edges;
use super::imports::ImportedName;
use super::macro_paths;
use super::names::{DefinedItem, Named, Names};

/// The keys of serde's attributes whose values are paths.
const SERDE_PATHS: [&str; 10] = [
    "default",
    "deserialize_with",
    "from",
    "getter",
    "into",
    "remote",
    "serialize_with",
    "skip_serializing_if",
    "try_from",
    "with",
];

/// The files of functions and constants in `impl` blocks without a trait.
type Associated = BTreeMap<(DefinedItem, String), usize>;

/// Finds every edge between files, with the names that make it.
pub(super) fn find(source: &CrateSource) -> Edges {
    let names = Names::new(source);
    let associated = associated(source, &names);
    let mut edges = Edges::default();
    for (module, content) in source.modules.iter().enumerate() {
        let mut finder = Finder {
            source,
            names: &names,
            associated: &associated,
            module,
            file: content.file,
            implemented: None,
            found: BTreeSet::new(),
        };
        for import in &content.imports {
            // The name of a re-export counts where code uses it.
            if !import.is_public || import.name == ImportedName::Unnamed {
                finder.add_import(&import.path);
            }
        }
        for item in &content.items {
            finder.visit_item(item);
        }
        let file = |position: usize| source.files.get(position).cloned().unwrap_or_default();
        for (to, name) in finder.found {
            edges.add(file(content.file), file(to), name);
        }
    }
    edges
}

fn associated(source: &CrateSource, names: &Names<'_>) -> Associated {
    let mut found = Associated::new();
    for (module, content) in source.modules.iter().enumerate() {
        for item in &content.items {
            let Item::Impl(block) = item else { continue };
            let Some(implemented) = implemented(names, module, block) else {
                continue;
            };
            for item in block.items.iter().filter(|_| block.trait_.is_none()) {
                let name = match item {
                    ImplItem::Fn(function) => &function.sig.ident,
                    ImplItem::Const(constant) => &constant.ident,
                    _ => continue,
                };
                found.insert((implemented.clone(), name.to_string()), content.file);
            }
        }
    }
    found
}

/// The type that an `impl` block is for, if this crate defines it.
fn implemented(names: &Names<'_>, module: usize, block: &ItemImpl) -> Option<DefinedItem> {
    let Type::Path(path) = block.self_ty.as_ref() else {
        return None;
    };
    let resolved = names.resolve(module, &words(&path.path));
    resolved.named.into_iter().find_map(|one| match one {
        Named::Item(item) => Some(item),
        Named::Module(_) => None,
    })
}

fn words(path: &Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect()
}

struct Finder<'a> {
    source: &'a CrateSource,
    names: &'a Names<'a>,
    associated: &'a Associated,
    module: usize,
    file: usize,
    /// The type of the `impl` block that is being visited.
    implemented: Option<DefinedItem>,
    /// Files and the names that are used from them.
    found: BTreeSet<(usize, String)>,
}

impl Finder<'_> {
    /// Adds an imported item. If the path names a module too, the code decides which of them is used.
    fn add_import(&mut self, path: &[String]) {
        let named = self.names.resolve(self.module, path).named;
        if !named.iter().any(|one| matches!(one, Named::Module(_))) {
            self.add(path);
        }
    }

    fn add(&mut self, path: &[String]) {
        if let Some(("Self", rest)) = path
            .split_first()
            .map(|(first, rest)| (first.as_str(), rest))
        {
            if let (Some(implemented), Some(name)) = (self.implemented.clone(), rest.first()) {
                self.add_associated(&implemented, name);
            }
            return;
        }
        let resolved = self.names.resolve(self.module, path);
        for one in resolved.named {
            let Named::Item(item) = one else { continue };
            if let Some(name) = resolved.rest.first() {
                self.add_associated(&item, name);
            }
            if let Some(module) = self.source.modules.get(item.module) {
                self.add_file(module.file, item.name);
            }
        }
    }

    fn add_associated(&mut self, item: &DefinedItem, name: &str) {
        if let Some(file) = self.associated.get(&(item.clone(), name.to_owned())) {
            self.add_file(*file, format!("{}::{name}", item.name));
        }
    }

    fn add_file(&mut self, file: usize, name: String) {
        if file != self.file {
            self.found.insert((file, name));
        }
    }

    fn add_macro(&mut self, path: &[String]) {
        if let Some(name) = path.last()
            && let Some(file) = self.source.macros.get(name)
            && (path.len() == 1 || path.first().is_some_and(|first| first == "crate"))
        {
            self.add_file(*file, format!("{name}!"));
        }
    }

    fn add_tokens(&mut self, tokens: &TokenStream) {
        for path in macro_paths::find(tokens) {
            if path.is_macro {
                self.add_macro(&path.words);
            } else {
                self.add(&path.words);
            }
        }
    }

    /// The strings in an attribute of serde that are paths; a module counts as its file.
    fn add_serde(&mut self, attribute: &Attribute) {
        // Keys of other forms, such as `rename(serialize = "a")`, hold no paths.
        let _ = attribute.parse_nested_meta(|meta| {
            let is_path = SERDE_PATHS.iter().any(|key| meta.path.is_ident(key));
            if let Ok(value) = meta.value()
                && let Ok(text) = value.parse::<LitStr>()
                && is_path
                && let Ok(path) = text.parse::<Path>()
            {
                let path = words(&path);
                self.add(&path);
                for one in self.names.resolve(self.module, &path).named {
                    if let Named::Module(module) = one
                        && let Some(module) = self.source.modules.get(module)
                    {
                        self.add_file(module.file, path.join("::"));
                    }
                }
            }
            Ok(())
        });
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_use(&mut self, _: &'ast ItemUse) {}

    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        self.implemented = implemented(self.names, self.module, block);
        visit::visit_item_impl(self, block);
        self.implemented = None;
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            self.add(&words(path));
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if let Expr::Path(receiver) = call.receiver.as_ref()
            && receiver.path.is_ident("self")
            && let Some(implemented) = self.implemented.clone()
        {
            self.add_associated(&implemented, &call.method.to_string());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.add_macro(&words(&call.path));
        self.add_tokens(&call.tokens);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let path = attribute.path();
        if path.is_ident("serde") {
            self.add_serde(attribute);
        } else if let Meta::List(list) = &attribute.meta
            && !path.is_ident("doc")
        {
            self.add_tokens(&list.tokens);
        }
    }
}
