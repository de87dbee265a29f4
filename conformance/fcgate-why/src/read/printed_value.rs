//! Values as programs write them: objects, lists and strings of JavaScript, Python, Ruby, PHP, Rust and PowerShell.

use super::string_literal;

/// Deeper values are not read.
const DEEPEST: usize = 32;

/// Prefixes of string literals.
const STRING_PREFIXES: [&[u8]; 8] = [b"b", b"u", b"r", b"B", b"U", b"R", b"br", b"rb"];

/// Words before a value that do not change it.
const WORDS_BEFORE: [&str; 3] = ["new", "await", "return"];

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Names and values. Values without a name have their number as the name.
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
    /// A string literal.
    Text(Vec<u8>),
    /// A number, a name, or a URL without quotes. It may be a variable.
    Word(String),
}

/// The language whose string literals are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// A backslash escapes.
    Usual,
    /// A backquote escapes.
    PowerShell,
}

/// Reads the value at the start of a text. Returns it with the text after it.
pub(super) fn value(text: &[u8], language: Language) -> Option<(Value, &[u8])> {
    let mut parser = Parser {
        rest: text,
        language,
        depth: 0,
    };
    let value = parser.value()?;
    Some((value, parser.rest))
}

struct Parser<'a> {
    rest: &'a [u8],
    language: Language,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.skip_space();
        let value = match *self.rest.first()? {
            b'{' | b'[' | b'(' => {
                let list = self.container()?;
                self.after_list(list)
            }
            b'@' if matches!(self.rest.get(1), Some(b'{' | b'(')) => {
                self.advance(1);
                self.container()
            }
            b'"' | b'\'' | b'`' => self.strings(),
            // `&{..}` is a pointer in Go, `<ref *1> {..}` a reference in Node.
            b'&' => {
                self.advance(1);
                self.value()
            }
            b'<' => {
                let end = self.rest.iter().take(80).position(|byte| *byte == b'>')?;
                self.advance(end + 1);
                let before = self.rest;
                self.skip_space();
                let is_end = self.rest.first().is_none_or(|byte| b",;)}]".contains(byte));
                if is_end {
                    self.rest = before;
                    Some(Value::Word(String::new()))
                } else {
                    self.value()
                }
            }
            _ => self.word(),
        };
        self.depth -= 1;
        value
    }

    /// A value after a name in brackets: `[Object: null prototype] {..}` in Node, `[]string{..}` in Go.
    fn after_list(&mut self, list: Value) -> Option<Value> {
        let is_name = match &list {
            Value::List(items) => items.iter().all(|item| matches!(item, Value::Word(_))),
            Value::Object(entries) => entries
                .iter()
                .all(|(_, value)| matches!(value, Value::Word(_))),
            _ => false,
        };
        let is_empty = list == Value::List(Vec::new());
        let before = self.rest;
        self.skip_space();
        match self.rest.first() {
            Some(b'{') if is_name => self.value(),
            Some(byte) if is_empty && byte.is_ascii_alphabetic() => self.value(),
            _ => {
                self.rest = before;
                Some(list)
            }
        }
    }

    /// The entries between two brackets. A text that ends before the closing one is accepted.
    fn container(&mut self) -> Option<Value> {
        let end = match self.rest.first()? {
            b'{' => b'}',
            b'[' => b']',
            _ => b')',
        };
        self.advance(1);
        let mut entries: Vec<(Option<String>, Value)> = Vec::new();
        loop {
            self.skip_space();
            match self.rest.first() {
                None => break,
                Some(b',' | b';') => self.advance(1),
                Some(byte) if *byte == end => {
                    self.advance(1);
                    break;
                }
                Some(_) => {
                    let entry = self.entry()?;
                    entries.push(entry);
                }
            }
        }
        if entries.iter().all(|(name, _)| name.is_none()) {
            let values = entries.into_iter().map(|(_, value)| value);
            return Some(Value::List(values.collect()));
        }
        let entries = entries.into_iter().enumerate();
        let named = entries.map(|(number, (name, value))| {
            let name = name.unwrap_or_else(|| number.to_string());
            (name, value)
        });
        Some(Value::Object(named.collect()))
    }

    /// One entry with its name, if it has one.
    fn entry(&mut self) -> Option<(Option<String>, Value)> {
        if self.rest.starts_with(b"[") {
            // PHP prints names in brackets.
            let value = self.value()?;
            self.skip_space();
            return match (in_brackets(&value), self.separator()) {
                (Some(name), Some(length)) => {
                    self.advance(length);
                    Some((Some(name), self.value()?))
                }
                _ => Some((None, value)),
            };
        }
        let before = self.rest;
        let name = self.name();
        self.skip_space();
        if let Some(name) = name
            && let Some(length) = self.separator()
        {
            self.advance(length);
            return Some((Some(name), self.value()?));
        }
        self.rest = before;
        Some((None, self.value()?))
    }

    /// The name of an entry: a literal or a word.
    fn name(&mut self) -> Option<String> {
        match *self.rest.first()? {
            b'"' | b'\'' => {
                let text = self.literal()?;
                Some(super::latin1(&text))
            }
            _ => {
                let rest = self.rest.strip_prefix(b":").unwrap_or(self.rest);
                let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_$-.".contains(byte);
                let length = rest.iter().take_while(|byte| is_of_name(byte)).count();
                let (name, after) = rest.split_at_checked(length).filter(|_| length > 0)?;
                self.rest = after;
                Some(super::latin1(name))
            }
        }
    }

    /// The length of the separator between a name and a value.
    fn separator(&self) -> Option<usize> {
        match self.rest {
            [b'=', b'>', ..] => Some(2),
            // `https://..` is a value.
            [b':', b'/', b'/', ..] | [b':', b':', ..] | [b'=', b'=', ..] => None,
            [b':' | b'=', ..] => Some(1),
            _ => None,
        }
    }

    /// String literals that are joined with `+`, or that follow each other.
    fn strings(&mut self) -> Option<Value> {
        let is_template = self.rest.starts_with(b"`");
        let mut text = self.literal()?;
        if is_template && text.windows(2).any(|two| two == b"${") {
            return Some(Value::Word("${}".to_owned()));
        }
        loop {
            let before = self.rest;
            self.skip_space();
            let is_joined = self.rest.starts_with(b"+");
            if is_joined {
                self.advance(1);
                self.skip_space();
            }
            let is_literal = matches!(self.rest.first(), Some(b'"' | b'\''));
            let next = is_literal.then(|| self.literal()).flatten();
            let after = self.rest;
            self.skip_space();
            // A literal before a separator is the name of the next entry.
            let is_value = is_joined || self.separator().is_none();
            self.rest = after;
            let Some(next) = next.filter(|_| is_value) else {
                self.rest = before;
                return Some(Value::Text(text));
            };
            text.extend(next);
        }
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        let (text, rest) = match self.language {
            Language::Usual => string_literal::decoded(self.rest)?,
            Language::PowerShell => string_literal::decoded_powershell(self.rest)?,
        };
        self.rest = rest;
        Some(text)
    }

    /// A word, and the brackets or the literal after it: `Headers({..})`, `Request {..}`, `b'..'`.
    fn word(&mut self) -> Option<Value> {
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b",;(){}[]\"'`".contains(byte);
        let length = self.rest.iter().take_while(|byte| !is_end(byte)).count();
        let word = self.rest.get(..length).filter(|_| length > 0)?;
        self.advance(length);
        if matches!(self.rest.first(), Some(b'"' | b'\'')) && STRING_PREFIXES.contains(&word) {
            return self.strings();
        }
        let word = super::latin1(word);
        if WORDS_BEFORE.contains(&word.as_str()) {
            return self.value();
        }
        let before = self.rest;
        self.skip_space();
        match self.rest.first() {
            Some(b'(') if before.starts_with(b"(") || word == "array" => self.call(&word),
            Some(b'{') => self.container(),
            // `Object [AxiosHeaders] {..}` in Node.
            Some(b'[') if is_class_name(self.rest) => self.value(),
            _ => {
                self.rest = before;
                Some(Value::Word(word))
            }
        }
    }

    /// The argument of a call with one argument, or all arguments. PHP prints `string(1) "a"` and `array(1) {..}`.
    fn call(&mut self, word: &str) -> Option<Value> {
        let arguments = self.container()?;
        let before = self.rest;
        self.skip_space();
        let is_php = match self.rest.first() {
            Some(b'{') => true,
            Some(b'"') => word == "string",
            _ => false,
        };
        if is_php {
            return self.value();
        }
        self.rest = before;
        match arguments {
            Value::List(mut items) if items.len() == 1 => items.pop(),
            arguments => Some(arguments),
        }
    }

    fn skip_space(&mut self) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            let is_continued = self.language == Language::PowerShell
                && matches!(self.rest, [b'`', b'\n' | b'\r', ..]);
            let is_comment = self.rest.starts_with(b"//") || self.rest.starts_with(b"# ");
            if is_continued {
                self.advance(1);
            } else if is_comment {
                let end = self.rest.iter().position(|byte| *byte == b'\n');
                self.advance(end.unwrap_or(self.rest.len()));
            } else {
                return;
            }
        }
    }

    fn advance(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }
}

/// Whether a text starts with a name in brackets and an object.
fn is_class_name(text: &[u8]) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_ :".contains(byte);
    let length = name
        .iter()
        .take(64)
        .take_while(|byte| is_of_name(byte))
        .count();
    name.get(length..)
        .is_some_and(|rest| rest.starts_with(b"] {"))
}

/// The one literal or word of a list.
fn in_brackets(value: &Value) -> Option<String> {
    let Value::List(items) = value else {
        return None;
    };
    match items.as_slice() {
        [Value::Text(text)] => Some(super::latin1(text)),
        [Value::Word(word)] => Some(word.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Value, value};

    fn read(text: &str) -> Value {
        value(text.as_bytes(), Language::Usual).unwrap().0
    }

    fn text(text: &str) -> Value {
        Value::Text(text.as_bytes().to_vec())
    }

    #[test]
    fn the_same_object_is_read_in_every_language() {
        let wanted = Value::Object(vec![
            ("Host".to_owned(), text("h")),
            ("X-A".to_owned(), text("b c")),
        ]);
        for object in [
            r#"{"Host": "h", "X-A": "b c"}"#,
            "{ Host: 'h', 'X-A': 'b ' +\n  'c', }",
            "{'Host': b'h',\n 'X-A': 'b '\n        'c'}",
            r#"{"Host"=>"h", "X-A"=>"b c"}"#,
            r#"{:Host=>"h", "X-A"=>"b c"}"#,
            "array (\n  'Host' => 'h',\n  'X-A' => 'b c',\n)",
            "array(2) {\n  [\"Host\"]=>\n  string(1) \"h\"\n  [\"X-A\"]=>\n  string(3) \"b c\"\n}",
            "[Object: null prototype] { Host: 'h', 'X-A': 'b c' }",
            r#"http.Header{"Host": "h", "X-A": "b c"}"#,
            "CaseInsensitiveDict({'Host': 'h', 'X-A': 'b c'})",
            "Headers { Host: \"h\", \"X-A\": \"b c\" }",
        ] {
            assert_eq!(read(object), wanted, "{object}");
        }
    }

    #[test]
    fn a_deep_or_cut_value_is_no_problem() {
        assert_eq!(value("[".repeat(100).as_bytes(), Language::Usual), None);
        assert_eq!(
            read("{ a: [ 'b', "),
            Value::Object(vec![("a".to_owned(), Value::List(vec![text("b")]))])
        );
        assert_eq!(value(b"", Language::Usual), None);
    }
}
