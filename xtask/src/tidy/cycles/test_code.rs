//! Removes test code from a parsed file.

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, File, ImplItem, Item, ItemImpl, ItemMod, Meta, Stmt};

/// Removes every item, associated function and statement that exists only in tests.
pub(super) fn remove(file: &mut File) {
    if file.attrs.iter().any(is_test) {
        file.items.clear();
    }
    Remover.visit_file_mut(file);
}

struct Remover;

impl VisitMut for Remover {
    fn visit_file_mut(&mut self, file: &mut File) {
        file.items.retain(is_kept);
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(is_kept);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        block.items.retain(|item| match item {
            ImplItem::Const(item) => !item.attrs.iter().any(is_test),
            ImplItem::Fn(item) => !item.attrs.iter().any(is_test),
            ImplItem::Type(item) => !item.attrs.iter().any(is_test),
            _ => true,
        });
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| match statement {
            Stmt::Local(local) => !local.attrs.iter().any(is_test),
            Stmt::Item(item) => is_kept(item),
            _ => true,
        });
        visit_mut::visit_block_mut(self, block);
    }
}

fn is_kept(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    };
    !attributes.iter().any(is_test)
}

/// Whether it is `#[test]`, `#[tokio::test]`, `#[cfg(test)]` or `#[cfg(all(test, ..))]`.
fn is_test(attribute: &Attribute) -> bool {
    let path = attribute.path();
    if path.is_ident("cfg") {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        let condition = list.tokens.to_string().replace(' ', "");
        return condition == "test" || condition.starts_with("all(test,");
    }
    path.segments
        .last()
        .is_some_and(|last| last.ident == "test")
}
