//! What the codes of diagnostics mean: `polkago explain`.
//!
//! The texts are the files in the folder `explain`, one an area. An entry is a heading of the second level with the
//! code and a title, paragraphs, and two fenced examples: `go wrong` gives that code, `go right` is mended. Where no
//! source text can show either, `go none` says what to do instead.

use std::fmt::Write as _;

/// The areas in the order of `polkago explain --list`.
const AREAS: [&str; 9] = [
    include_str!("explain/syntax.md"),
    include_str!("explain/packages.md"),
    include_str!("explain/declarations.md"),
    include_str!("explain/types.md"),
    include_str!("explain/expressions.md"),
    include_str!("explain/builtins.md"),
    include_str!("explain/statements.md"),
    include_str!("explain/compiler.md"),
    include_str!("explain/sdk.md"),
];

/// What a code means.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Explanation {
    /// The code, as diagnostics have it.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// The area's title.
    pub area: &'static str,
    /// The rule and what to do, with the section of the specification: paragraphs.
    pub text: String,
    /// Go that gives the code: a file without package clause, or several, each after a line `-- NAME --`.
    pub wrong: Option<String>,
    /// The same, mended.
    pub right: Option<String>,
    /// What stands in place of an example that cannot be given.
    pub instead: Option<String>,
}

/// Everything that is explained, by area.
#[must_use]
pub fn explanations() -> Vec<Explanation> {
    AREAS.into_iter().flat_map(parse).collect()
}

/// What a code means; letters may be upper or lower case.
#[must_use]
pub fn explain(code: &str) -> Option<Explanation> {
    let mut all = explanations().into_iter();
    all.find(|e| e.code.eq_ignore_ascii_case(code))
}

fn parse(area: &'static str) -> Vec<Explanation> {
    let mut title = "";
    let mut entries: Vec<Explanation> = Vec::new();
    let mut fence: Option<(&str, String)> = None;
    for line in area.lines() {
        if let Some((kind, mut text)) = fence.take() {
            if line == "```" {
                let entry = entries.last_mut().expect("an example belongs to an entry");
                let text = Some(text);
                match kind {
                    "```go wrong" => entry.wrong = text,
                    "```go right" => entry.right = text,
                    _ => entry.instead = text,
                }
            } else {
                let _ = writeln!(text, "{line}");
                fence = Some((kind, text));
            }
        } else if line.starts_with("```") {
            fence = Some((line, String::new()));
        } else if let Some(heading) = line.strip_prefix("## ") {
            let (code, what) = heading.split_once(": ").unwrap_or((heading, ""));
            entries.push(Explanation {
                code,
                title: what,
                area: title,
                ..Explanation::default()
            });
        } else if let Some(heading) = line.strip_prefix("# ") {
            title = heading;
        } else if let Some(entry) = entries.last_mut() {
            let _ = writeln!(entry.text, "{line}");
        }
    }
    for entry in &mut entries {
        entry.text = entry.text.trim().to_owned();
        while let Some(at) = entry.text.find("\n\n\n") {
            entry.text.remove(at);
        }
    }
    entries
}

impl Explanation {
    /// The text for people.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = format!("{}: {}\n\n{}\n", self.code, self.title, self.text);
        let examples = [
            ("Wrong", &self.wrong),
            ("Right", &self.right),
            ("", &self.instead),
        ];
        for (title, text) in examples {
            let Some(text) = text else { continue };
            out.push('\n');
            if title.is_empty() {
                out.push_str(text);
                continue;
            }
            let _ = writeln!(out, "{title}:\n");
            for line in text.lines() {
                let indent = if line.is_empty() { "" } else { "    " };
                let _ = writeln!(out, "{indent}{line}");
            }
        }
        out
    }
}
