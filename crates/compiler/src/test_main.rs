//! The program that runs the tests of a package.
//!
//! Source of the rules: `go help testfunc`; documentation of package `testing`, for the outputs of examples also that of
//! package `go/doc`.

use crate::Diagnostic;
use crate::findings::Source;
use polkago_project::{Graph, Package, PackageId, TestProgram};
use polkago_syntax::{Decl, ExprKind, File, FuncDecl, ParseOptions, parse_file};
use std::fmt::Write as _;

/// The functions of a package's test files.
#[derive(Default)]
struct Found {
    /// Whether the package has to be imported for its name's sake.
    used: bool,
    tests: Vec<String>,
    benchmarks: Vec<String>,
    fuzz_targets: Vec<String>,
    examples: Vec<Example>,
    /// `TestMain(*testing.M)`.
    main: bool,
}

struct Example {
    name: String,
    output: String,
    unordered: bool,
}

/// Writes the text of a program that runs tests into its file.
///
/// # Errors
/// Functions that look like tests and have another signature.
pub(crate) fn fill(graph: &mut Graph, program: &TestProgram) -> Result<(), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut find = |id: Option<PackageId>| match id {
        Some(id) => find(&graph.packages[id], &mut errors),
        None => Found::default(),
    };
    let (own, external) = (find(program.tested), find(program.external));
    if own.main && external.main {
        errors.push(wrong("multiple definitions of TestMain".to_owned()));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let main = &graph.packages[program.main];
    let path = main.import_path.strip_suffix(".test").unwrap_or_default();
    let module = match &main.origin {
        polkago_project::Origin::Main { module }
        | polkago_project::Origin::Dependency { module, .. } => module.as_str(),
        _ => "",
    };
    let packages = [
        program.tested.map(|_| ("_test", path.to_owned(), &own)),
        program
            .external
            .map(|_| ("_xtest", format!("{path}_test"), &external)),
    ];
    let text = text(&packages, path, module);
    let file = graph.packages[program.main].files.first_mut();
    if let Some(file) = file {
        file.content = text.into_bytes().into();
    }
    Ok(())
}

fn wrong(message: String) -> Diagnostic {
    Diagnostic::error("WrongTestFunc", message)
}

/// What the test files of a package declare.
fn find(package: &Package, errors: &mut Vec<Diagnostic>) -> Found {
    let mut found = Found::default();
    let files = package.files.iter();
    for file in files.filter(|file| file.path.ends_with("_test.go")) {
        let tree = parse_file(&file.content, &ParseOptions::default()).file;
        let source = Source {
            path: &file.path,
            text: &file.content,
            tree: &tree,
        };
        for decl in &tree.decls {
            if let Decl::Func(decl) = decl
                && decl.recv.is_none()
            {
                found.add(&source, decl, errors);
            }
        }
    }
    found.used = found.main
        || !(found.tests.is_empty() && found.benchmarks.is_empty())
        || !(found.fuzz_targets.is_empty() && found.examples.is_empty());
    found
}

impl Found {
    fn add(&mut self, source: &Source<'_>, decl: &FuncDecl, errors: &mut Vec<Diagnostic>) {
        let name = source.tree.ident_text(decl.name);
        let (list, arg) = if name == "TestMain" && !takes(source.tree, decl, "T") {
            self.main = true;
            (None, "M")
        } else if is_test(name, "Test") {
            (Some(&mut self.tests), "T")
        } else if is_test(name, "Benchmark") {
            (Some(&mut self.benchmarks), "B")
        } else if is_test(name, "Fuzz") {
            (Some(&mut self.fuzz_targets), "F")
        } else {
            if is_test(name, "Example") {
                self.examples.extend(example(source, decl));
            }
            return;
        };
        let why = if !decl.tparams.is_empty() {
            "test functions cannot have type parameters".to_owned()
        } else if !takes(source.tree, decl, arg) {
            let variable = arg.to_ascii_lowercase();
            format!("must be: func {name}({variable} *testing.{arg})")
        } else {
            if let Some(list) = list {
                list.push(name.to_owned());
            }
            return;
        };
        let (line, _) = source.tree.lines.line_col(decl.span.start);
        errors.push(wrong(format!(
            "{}:{line}: wrong signature for {name}, {why}",
            source.path
        )));
    }
}

/// Whether a name is a prefix and nothing behind it, or something that does not begin in lower case.
fn is_test(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix);
    rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}

/// Whether a function has one parameter, of type `*T` or `*testing.T` for the name given, and no results.
fn takes(tree: &File, decl: &FuncDecl, name: &str) -> bool {
    let sig = &tree.sigs[decl.sig];
    let [param] = sig.params.as_slice() else {
        return false;
    };
    let ExprKind::Star(base) = tree.expr[param.typ].kind else {
        return false;
    };
    let named = match tree.expr[base].kind {
        ExprKind::Ident(id) | ExprKind::Selector { sel: id, .. } => tree.ident_text(id) == name,
        _ => false,
    };
    named && sig.results.is_empty() && param.names.len() <= 1
}

/// An example whose output is stated; others are compiled only.
fn example(source: &Source<'_>, decl: &FuncDecl) -> Option<Example> {
    let tree = source.tree;
    let sig = &tree.sigs[decl.sig];
    if !sig.params.is_empty() || !sig.results.is_empty() || !decl.tparams.is_empty() {
        return None;
    }
    let block = &tree.blocks[decl.body?];
    // The last comment of the body counts: that behind the last statement.
    let last = tree.stmts(block.stmts).last();
    let start = last.map_or(block.lbrace.0 + 1, |&stmt| tree.stmt[stmt].span.end.0);
    let text = source.text.get(start as usize..block.rbrace.0 as usize)?;
    let comment = last_comment(&String::from_utf8_lossy(text))?;
    let trimmed = comment.trim_start();
    let lower = trimmed.to_ascii_lowercase();
    let (unordered, rest) = match lower.strip_prefix("unordered output:") {
        Some(rest) => (true, rest.len()),
        None => (false, lower.strip_prefix("output:")?.len()),
    };
    let output = trimmed[trimmed.len() - rest..].trim_start_matches(' ');
    let output = output.strip_prefix('\n').unwrap_or(output);
    Some(Example {
        name: tree.ident_text(decl.name).to_owned(),
        output: output.to_owned(),
        unordered,
    })
}

/// The text of the last group of comments: those on lines that follow each other.
fn last_comment(text: &str) -> Option<String> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut together = false;
    let mut rest = text;
    // Behind a statement its line may go on with a comment; before the first one there is one newline at the most.
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n', ';']);
        let between = &rest[..rest.len() - trimmed.len()];
        together &= between.matches('\n').count() <= 1;
        let (comment, after): (Vec<String>, &str) = if let Some(line) = trimmed.strip_prefix("//") {
            let end = line.find('\n').unwrap_or(line.len());
            let line = &line[..end];
            let line = line.strip_prefix(' ').unwrap_or(line);
            (vec![line.to_owned()], &trimmed[2 + end..])
        } else if let Some(block) = trimmed.strip_prefix("/*") {
            let end = block.find("*/")?;
            let lines = block[..end].lines().map(str::to_owned).collect();
            (lines, &block[end + 2..])
        } else {
            break;
        };
        if !together {
            groups.push(Vec::new());
        }
        together = true;
        groups.last_mut()?.extend(comment);
        rest = after;
    }
    let group = groups.pop()?;
    // As the text of comments is defined: no white space at ends of lines, one empty line at the most between others.
    let mut lines: Vec<&str> = Vec::new();
    for line in group.iter().map(|line| line.trim_end()) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    Some(lines.join("\n") + "\n")
}

/// The text of the program. Packages come with the names under which they are imported.
fn text(packages: &[Option<(&str, String, &Found)>; 2], path: &str, module: &str) -> String {
    let packages: Vec<_> = packages.iter().flatten().collect();
    let mut out = String::from(
        "// Code generated by polkago test. DO NOT EDIT.\n\npackage main\n\nimport (\n\t\"os\"\n",
    );
    let main = packages.iter().find(|(.., found)| found.main);
    if main.is_some() {
        out.push_str("\t\"reflect\"\n");
    }
    out.push_str("\t\"testing\"\n\t\"testing/internal/testdeps\"\n\n");
    for (name, path, found) in &packages {
        let name = if found.used { name } else { "_" };
        let _ = writeln!(out, "\t{name} {path:?}");
    }
    out.push_str(")\n");
    type List = (&'static str, &'static str, fn(&Found) -> &[String]);
    let lists: [List; 3] = [
        ("tests", "InternalTest", |found| &found.tests),
        ("benchmarks", "InternalBenchmark", |found| &found.benchmarks),
        ("fuzzTargets", "InternalFuzzTarget", |found| {
            &found.fuzz_targets
        }),
    ];
    for (list, typ, of) in lists {
        let _ = writeln!(out, "\nvar {list} = []testing.{typ}{{");
        for (package, _, found) in &packages {
            for name in of(found) {
                let _ = writeln!(out, "\t{{\"{name}\", {package}.{name}}},");
            }
        }
        out.push_str("}\n");
    }
    out.push_str("\nvar examples = []testing.InternalExample{\n");
    for (package, _, found) in &packages {
        for Example {
            name,
            output,
            unordered,
        } in &found.examples
        {
            let output = quoted(output);
            let _ = writeln!(
                out,
                "\t{{\"{name}\", {package}.{name}, {output}, {unordered}}},"
            );
        }
    }
    let _ = write!(
        out,
        "}}

func init() {{
	testdeps.ModulePath = {}
	testdeps.ImportPath = {}
}}

func main() {{
	m := testing.MainStart(testdeps.TestDeps{{}}, tests, benchmarks, fuzzTargets, examples)
",
        quoted(module),
        quoted(path)
    );
    match main {
        Some((package, ..)) => {
            let _ = write!(
                out,
                "	{package}.TestMain(m)
	os.Exit(int(reflect.ValueOf(m).Elem().FieldByName(\"exitCode\").Int()))
"
            );
        }
        None => out.push_str("\tos.Exit(m.Run())\n"),
    }
    out.push_str("}\n");
    out
}

/// A Go string literal.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_behind_the_last_statement() {
        let text = |text| last_comment(text).unwrap_or_default();
        assert_eq!(text("\n\t// Output: a\n"), "Output: a\n");
        assert_eq!(
            text(" // odd\n\n\t// Output:\n\t//\n\t//\n\t//  x \n\t// y\n\t//\n"),
            "Output:\n\n x\ny\n"
        );
        assert_eq!(text("\n\t/* Output:\n1 */\n"), " Output:\n1\n");
        assert_eq!(text("\n"), "");
    }

    #[test]
    fn names_of_tests() {
        for name in ["Test", "TestX", "Test_x", "Test1", "TestÄ"] {
            assert!(is_test(name, "Test"), "{name}");
        }
        for name in ["Testing", "Tes", "testX", "Testä"] {
            assert!(!is_test(name, "Test"), "{name}");
        }
    }
}
