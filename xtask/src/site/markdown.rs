//! The links and the anchors of a Markdown text.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A link or an image.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) target: String,
    /// Where the link is in the text.
    pub(super) place: Range<usize>,
}

/// The links and images of a text.
pub(super) fn links(text: &str) -> Vec<Link> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let links = events.filter_map(|(event, place)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(Link {
            target: dest_url.into_string(),
            place,
        }),
        _ => None,
    });
    links.collect()
}

/// The anchors that a code host gives to the headings of a text, and those of `<a id="..">` and `<a name="..">`.
pub(super) fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let count = counts.entry(anchor.clone()).or_default();
                anchors.push(match *count {
                    0 => anchor,
                    count => format!("{anchor}-{count}"),
                });
                *count += 1;
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let named = ["id=\"", "name=\""].map(|start| html.split_once(start));
                let ends = named.into_iter().flatten();
                anchors
                    .extend(ends.filter_map(|(_, rest)| Some(rest.split_once('"')?.0.to_owned())));
            }
            _ => {}
        }
    }
    anchors
}

/// Lower case, spaces as hyphens, without punctuation.
fn anchor(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().filter_map(|one| match one {
        ' ' => Some('-'),
        '-' | '_' => Some(one),
        _ => one.is_alphanumeric().then_some(one),
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_tables_are_found_and_those_in_code_are_not() {
        let text = "| a |\n| --- |\n| [x](a.md#b) |\n\n`[y](b.md)`\n\n```text\n[z](c.md)\n```\n\n[w][1]\n\n[1]: d.md\n";
        let targets: Vec<String> = links(text).into_iter().map(|link| link.target).collect();
        assert_eq!(targets, ["a.md#b", "d.md"]);
    }

    #[test]
    fn headings_become_anchors_and_repeated_headings_are_numbered() {
        let text =
            "# `fcgate why`: a, b\n## Known failures\n## Known failures\n<a id=\"here\"></a>\n";
        let expected = [
            "fcgate-why-a-b",
            "known-failures",
            "known-failures-1",
            "here",
        ];
        assert_eq!(anchors(text), expected);
    }
}
