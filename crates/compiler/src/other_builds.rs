//! Directives in files that are not part of every build.
//!
//! The generated file has no build constraint. A type that is marked in a file of some builds only is missing in the
//! others, and of a file that is not part of a build for `polkadot` the directives are not even read. Both are warned of
//! where `polkago generate` runs, since nothing else would tell.

use crate::findings::Source;
use crate::{Diagnostic, Severity};
use polkago_project::{Expr, Package, SourceFile, Target};
use polkago_syntax::{ParseOptions, Pos, parse_file};

/// The code of these warnings.
const CODE: &str = "ConstrainedDirective";

/// A warning for each directive of a package in a file that is not part of every build.
pub(crate) fn constrained(package: &Package) -> Vec<Diagnostic> {
    let some = package.files.iter().filter(|file| is_constrained(file));
    let some = some.flat_map(|file| {
        warnings(file, |directive| {
            format!("{directive} in a file that is not part of every build, as generated code is")
        })
    });
    let others = package.excluded.iter().flat_map(|file| {
        warnings(file, |directive| {
            format!(
                "{directive} in a file that is not part of builds for Polkadot: it has no effect"
            )
        })
    });
    let mut found: Vec<Diagnostic> = some.chain(others).collect();
    for d in &mut found {
        d.package = Some(package.id());
    }
    found
}

/// Whether there are builds that a file is not part of, whatever their Go release.
fn is_constrained(file: &SourceFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    // No name is of both platforms.
    let platforms = [
        Target::official("linux", "amd64"),
        Target::official("windows", "386"),
    ];
    !platforms
        .iter()
        .all(|target| target.matches_file_name(name))
        || file.header.constraint.as_ref().is_some_and(names_tags)
}

/// Whether a constraint is about more than the Go release.
fn names_tags(constraint: &Expr) -> bool {
    match constraint {
        Expr::Tag(tag) => !tag.starts_with("go1."),
        Expr::Not(x) => names_tags(x),
        Expr::And(x, y) | Expr::Or(x, y) => names_tags(x) || names_tags(y),
    }
}

/// A warning for each directive of a file.
fn warnings(file: &SourceFile, message: impl Fn(&str) -> String) -> Vec<Diagnostic> {
    if file.path.ends_with("_test.go") || polkago_generate::is_generated_path(&file.path) {
        return Vec::new();
    }
    let tree = parse_file(&file.content, &ParseOptions::default()).file;
    let source = Source {
        path: &file.path,
        text: &file.content,
        tree: &tree,
    };
    let directives = tree.directives.iter().filter_map(|directive| {
        let text = tree.text(directive.text);
        let word = text.split_ascii_whitespace().next()?;
        word.starts_with("polkago:").then(|| {
            // Behind the slashes.
            let start = Pos(directive.pos.0 + 2);
            let end = Pos(start.0 + text.len() as u32);
            let d = Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::error(CODE, message(&format!("//{word}")))
            };
            let d = d.with_help("move the declaration into a file without build constraint");
            source.mark(d, start, end)
        })
    });
    directives.collect()
}
