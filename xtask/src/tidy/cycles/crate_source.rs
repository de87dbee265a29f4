//! The modules of one crate, read from its files.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;
use syn::{Item, ItemMod};

use super::super::tree::Tree;
use super::imports::{Collector, Import};
use super::test_code;

/// A crate without its tests.
#[derive(Default)]
pub(super) struct CrateSource {
    pub(super) files: Vec<String>,
    /// The root comes first.
    pub(super) modules: Vec<Module>,
    /// The files of `macro_rules!` macros, which are in scope by their position in the text.
    pub(super) macros: BTreeMap<String, usize>,
}

pub(super) struct Module {
    pub(super) parent: Option<usize>,
    /// The position of its file in `CrateSource::files`.
    pub(super) file: usize,
    pub(super) children: BTreeMap<String, usize>,
    /// The names of the items that it defines.
    pub(super) defined: BTreeSet<String>,
    pub(super) imports: Vec<Import>,
    pub(super) items: Vec<Item>,
}

impl CrateSource {
    /// Reads the crate with this root file.
    pub(super) fn read(root: &str, tree: &Tree) -> Result<Self, String> {
        let texts = tree
            .files()
            .map(|file| (file.path.as_str(), file.text.as_str()))
            .collect();
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut source = Self::default();
        source.read_file(root, folder, None, &texts)?;
        Ok(source)
    }

    /// Reads a file as a module whose children are in `folder`.
    fn read_file(
        &mut self,
        path: &str,
        folder: &str,
        parent: Option<usize>,
        texts: &BTreeMap<&str, &str>,
    ) -> Result<usize, String> {
        let text = texts
            .get(path)
            .ok_or_else(|| format!("{path} is not in the repository"))?;
        let mut file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        test_code::remove(&mut file);
        let position = self.files.len();
        self.files.push(path.to_owned());
        self.add_module(file.items, position, folder, parent, texts)
    }

    fn add_module(
        &mut self,
        items: Vec<Item>,
        file: usize,
        folder: &str,
        parent: Option<usize>,
        texts: &BTreeMap<&str, &str>,
    ) -> Result<usize, String> {
        let mut collector = Collector::default();
        for item in &items {
            collector.visit_item(item);
        }
        let position = self.modules.len();
        self.modules.push(Module {
            parent,
            file,
            children: BTreeMap::new(),
            defined: items.iter().filter_map(name_of).collect(),
            imports: collector.imports,
            items: Vec::new(),
        });
        let mut others = Vec::new();
        let mut children = BTreeMap::new();
        for item in items {
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let child = self.add_child(module, file, folder, position, texts)?;
                    children.insert(name, child);
                }
                item => {
                    if let Item::Macro(definition) = &item
                        && let Some(name) = &definition.ident
                    {
                        self.macros.insert(name.to_string(), file);
                    }
                    others.push(item);
                }
            }
        }
        if let Some(module) = self.modules.get_mut(position) {
            module.children = children;
            module.items = others;
        }
        Ok(position)
    }

    fn add_child(
        &mut self,
        module: ItemMod,
        file: usize,
        folder: &str,
        parent: usize,
        texts: &BTreeMap<&str, &str>,
    ) -> Result<usize, String> {
        let below = format!("{folder}/{}", module.ident);
        if let Some((_, items)) = module.content {
            return self.add_module(items, file, &below, Some(parent), texts);
        }
        let candidates = [format!("{below}.rs"), format!("{below}/mod.rs")];
        let path = candidates
            .iter()
            .find(|path| texts.contains_key(path.as_str()))
            .ok_or_else(|| format!("module {below} has no file"))?;
        self.read_file(path, &below, Some(parent), texts)
    }
}

/// The name of a definition; a macro is found by its own table.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
