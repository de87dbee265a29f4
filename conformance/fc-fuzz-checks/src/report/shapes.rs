//! The elements of reports, found by independent parsers. Text must not change them.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use roxmltree::{Document, Node};
use scraper::{Html, Selector};

/// The names of the elements of an XML text.
pub(crate) fn xml(text: &str) -> Vec<String> {
    let document = Document::parse(text).unwrap();
    assert!(!text.contains("<![CDATA["), "{text}");
    let elements = document.descendants().filter(Node::is_element);
    elements
        .map(|node| node.tag_name().name().to_owned())
        .collect()
}

/// The elements of a page with their attributes, without those that a text of several lines adds. Panics at a policy that
/// allows what it does not name.
pub(crate) fn html(text: &str) -> BTreeSet<String> {
    let page = Html::parse_document(text);
    let policy = policy(&page);
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let every = Selector::parse("*").unwrap();
    let mut found = BTreeSet::new();
    for element in page.select(&every) {
        let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
        names.sort_unstable();
        assert!(
            names.iter().all(|name| !name.starts_with("on")),
            "{names:?}"
        );
        let link = element.attr("href").unwrap_or("#");
        let is_safe =
            link.starts_with('#') || link.starts_with("https://") || link.starts_with("http://");
        assert!(is_safe, "{link}");
        found.insert(format!("{} {}", element.value().name(), names.join(" ")));
    }
    let rows = ["i ", "tr class", "mark ", "code "];
    found.retain(|element| !rows.contains(&element.as_str()));
    found
}

/// The policy of a page.
fn policy(page: &Html) -> &str {
    let meta = Selector::parse("meta[http-equiv='Content-Security-Policy']").unwrap();
    let found = page.select(&meta).next().unwrap();
    found.attr("content").unwrap()
}

/// The elements of a Markdown text. Panics at a link, an image or HTML.
pub(crate) fn markdown(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
            | Event::Html(_)
            | Event::InlineHtml(_) => panic!("{event:?} in {text}"),
            Event::Start(tag) => {
                let word = format!("{tag:?}");
                found.push(word.split([' ', '(']).next().unwrap().to_owned());
            }
            _ => {}
        }
    }
    found
}

/// The lines of a TAP text that are test points or other statements, by their first word.
pub(crate) fn tap(text: &str) -> Vec<String> {
    let statements = text.lines().filter(|line| !line.starts_with(' '));
    let words = statements.map(|line| {
        let first = line.split(' ').next().unwrap_or_default();
        // A comment may say anything.
        let directives = line.matches(" # ").count();
        assert!(first == "#" || directives <= 1, "two directives: {line}");
        first.to_owned()
    });
    words.collect()
}

/// The workflow commands of a text: each line is one.
pub(crate) fn commands(text: &str) -> Vec<String> {
    let commands = text.lines().map(|line| {
        let (head, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        let title = properties.strip_prefix("title=").unwrap();
        assert!(!title.contains([',', ':']), "{line}");
        name.to_owned()
    });
    commands.collect()
}
