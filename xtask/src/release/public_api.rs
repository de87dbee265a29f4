//! The public interface of a crate as a text, to see every change of it in a diff.
//!
//! The lint `unreachable_pub` makes every `pub` item of the sources part of the interface, so this reads the sources and
//! builds nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Field, ImplItem, Item, ItemImpl, TraitItem, Visibility};

use super::published_crate::PublishedCrate;

/// Every public item, one on a line, sorted.
pub(super) fn listing(of: &PublishedCrate) -> Result<String, String> {
    let mut items = Items::default();
    read_folder(&of.folder.join("src"), &mut items)?;
    let mut text = String::new();
    for line in items.0 {
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

fn read_folder(folder: &Path, items: &mut Items) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            read_folder(&path, items)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(failed)?;
            let mut file =
                syn::parse_file(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            FieldDocs.visit_file_mut(&mut file);
            items.visit_file(&file);
        }
    }
    Ok(())
}

/// Removes the documentation of fields, which is not part of the interface.
struct FieldDocs;

impl VisitMut for FieldDocs {
    fn visit_field_mut(&mut self, field: &mut Field) {
        field.attrs.retain(|one| !one.path().is_ident("doc"));
    }
}

#[derive(Default)]
struct Items(BTreeSet<String>);

impl Items {
    fn add(&mut self, attributes: &[Attribute], text: &str) {
        let conditions = attributes.iter().filter(|one| {
            ["cfg", "derive", "non_exhaustive", "must_use"]
                .iter()
                .any(|name| one.path().is_ident(name))
        });
        let conditions: String = conditions.map(|one| written(one) + " ").collect();
        self.0.insert(conditions + text);
    }

    fn add_fields<'a>(&mut self, owner: &str, fields: impl Iterator<Item = &'a Field>) {
        for (position, field) in fields.enumerate() {
            if is_public(&field.vis) {
                let name = field
                    .ident
                    .as_ref()
                    .map_or(position.to_string(), ToString::to_string);
                self.add(
                    &field.attrs,
                    &format!("{owner}.{name}: {}", written(&field.ty)),
                );
            }
        }
    }

    fn add_impl(&mut self, block: &ItemImpl) {
        let of = written(&block.self_ty);
        if let Some((path, _)) = &block.trait_ {
            let generics = written(&block.generics);
            let bounds = block
                .generics
                .where_clause
                .as_ref()
                .map_or(String::new(), |clause| format!(" {}", written(clause)));
            self.add(
                &block.attrs,
                &format!("impl{generics} {} for {of}{bounds}", written(path)),
            );
            return;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    self.add(&method.attrs, &format!("{of}::{}", written(&method.sig)));
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.add(
                        &constant.attrs,
                        &format!("{of}::const {}: {}", constant.ident, written(&constant.ty)),
                    );
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Items {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if module.attrs.iter().any(is_test) => return,
            Item::Mod(module) if is_public(&module.vis) => {
                self.add(&module.attrs, &format!("mod {}", module.ident));
            }
            Item::Fn(function) if is_public(&function.vis) => {
                self.add(&function.attrs, &written(&function.sig));
            }
            Item::Const(constant) if is_public(&constant.vis) => {
                self.add(
                    &constant.attrs,
                    &format!("const {}: {}", constant.ident, written(&constant.ty)),
                );
            }
            Item::Type(alias) if is_public(&alias.vis) => {
                self.add(
                    &alias.attrs,
                    &format!(
                        "type {}{} = {}",
                        alias.ident,
                        written(&alias.generics),
                        written(&alias.ty)
                    ),
                );
            }
            Item::Use(imports) if is_public(&imports.vis) => {
                self.add(&imports.attrs, &format!("use {}", written(&imports.tree)));
            }
            Item::Struct(one) if is_public(&one.vis) => {
                self.add(
                    &one.attrs,
                    &format!("struct {}{}", one.ident, written(&one.generics)),
                );
                self.add_fields(&one.ident.to_string(), one.fields.iter());
            }
            Item::Enum(one) if is_public(&one.vis) => {
                self.add(
                    &one.attrs,
                    &format!("enum {}{}", one.ident, written(&one.generics)),
                );
                for variant in &one.variants {
                    let fields = written(&variant.fields);
                    self.add(
                        &variant.attrs,
                        &format!("{}::{}{fields}", one.ident, variant.ident),
                    );
                }
            }
            Item::Trait(one) if is_public(&one.vis) => {
                let bounds = written(&one.supertraits);
                self.add(
                    &one.attrs,
                    &format!("trait {}{}: {bounds}", one.ident, written(&one.generics)),
                );
                for item in &one.items {
                    match item {
                        TraitItem::Fn(method) => {
                            let kind = if method.default.is_some() {
                                " with a default"
                            } else {
                                ""
                            };
                            self.add(
                                &method.attrs,
                                &format!("{}::{}{kind}", one.ident, written(&method.sig)),
                            );
                        }
                        TraitItem::Type(one_type) => {
                            let bounds = written(&one_type.bounds);
                            self.add(
                                &one_type.attrs,
                                &format!("{}::type {}: {bounds}", one.ident, one_type.ident),
                            );
                        }
                        TraitItem::Const(constant) => {
                            self.add(
                                &constant.attrs,
                                &format!(
                                    "{}::const {}: {}",
                                    one.ident,
                                    constant.ident,
                                    written(&constant.ty)
                                ),
                            );
                        }
                        _ => {}
                    }
                }
            }
            Item::Impl(block) => self.add_impl(block),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_block(&mut self, _: &'ast syn::Block) {}
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && written(attribute).contains("test")
}

/// The tokens as text, with the usual spaces.
fn written(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string().replace('\n', " ");
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" [", "["),
        ("[ ", "["),
        (" ]", "]"),
        ("& ", "&"),
        (" :", ":"),
        ("# ", "#"),
        ("' ", "'"),
        (" ;", ";"),
        ("> (", ">("),
    ] {
        text = text.replace(from, to);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_method_is_listed_and_a_private_one_is_not() {
        let source = "pub struct A(pub u8, u8); impl A { pub fn new(a: &str) -> Option<Self> { None } fn b() {} }\n\
                      #[cfg(test)] mod tests { pub fn c() {} }";
        let mut items = Items::default();
        items.visit_file(&syn::parse_file(source).unwrap());
        let lines: Vec<_> = items.0.into_iter().collect();
        assert_eq!(
            lines,
            ["A.0: u8", "A::fn new(a: &str) -> Option<Self>", "struct A"]
        );
    }
}
