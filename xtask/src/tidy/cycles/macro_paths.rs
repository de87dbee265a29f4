//! The paths in tokens that no parser of Rust has read: arguments of macros and of attributes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path in tokens.
pub(super) struct TokenPath {
    pub(super) words: Vec<String>,
    /// Whether an exclamation mark follows: a call of a macro.
    pub(super) is_macro: bool,
}

/// Collects the paths, also those inside brackets. A single lower-case word is a path only if it is called, because
/// it may be a variable or a keyword.
pub(super) fn find(tokens: &TokenStream) -> Vec<TokenPath> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(token) = tokens.get(position) {
        position += 1;
        match token {
            TokenTree::Group(group) => found.extend(find(&group.stream())),
            TokenTree::Ident(first) => {
                let is_member = position > 1 && is_punct(tokens.get(position - 2), '.');
                let mut words = vec![first.to_string()];
                while is_punct(tokens.get(position), ':')
                    && is_punct(tokens.get(position + 1), ':')
                    && let Some(TokenTree::Ident(word)) = tokens.get(position + 2)
                {
                    words.push(word.to_string());
                    position += 3;
                }
                let next = tokens.get(position);
                let is_macro = is_punct(next, '!') && !is_punct(tokens.get(position + 1), '=');
                let is_type = words
                    .last()
                    .is_some_and(|word| word.starts_with(char::is_uppercase));
                if !is_member && (words.len() > 1 || is_type || is_macro || is_arguments(next)) {
                    found.push(TokenPath { words, is_macro });
                }
            }
            _ => {}
        }
    }
    found
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_arguments(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let found = find(&text.parse().unwrap());
        found.iter().map(|path| path.words.join("::")).collect()
    }

    #[test]
    fn paths_calls_and_types_are_found() {
        assert_eq!(
            paths("a::b(c), [D { e: f }], $crate::g, h(), i!(), x != y, self.j()"),
            ["a::b", "D", "crate::g", "h", "i"]
        );
    }
}
