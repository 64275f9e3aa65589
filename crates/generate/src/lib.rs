//! Go code for SCALE encodings and runtime APIs, from the directives `//polkago:scale`, `//polkago:api` and
//! `//polkago:version`.
//!
//! [`generate`] takes checked packages and gives one Go file for each that has directives; [`sections`] gives the
//! custom sections of a module. What the directives mean is documented for users in `go/sdk/scale/doc.go` and
//! `go/sdk/runtime/doc.go`.
//!
//! Invariants: never touches the disk; the text depends on the packages alone, and not on whether the generated file
//! is already among their files; what is generated is clean under `gofmt` and compiles if the packages do; wrong
//! directives are findings with a position.
//!
//! | file | subject |
//! | --- | --- |
//! | `directive` | which directives stand before what |
//! | `model` | enumerations and their variants; which types are marked |
//! | `shape` | from a type to its encoding, or why it has none |
//! | `code` | Go expressions for an encoding |
//! | `size` | Go expressions for the length of an encoding |
//! | `types` | methods and functions of marked types |
//! | `api` | exported functions of runtime APIs |
//! | `sections` | custom sections |
//! | `file`, `names` | imports and names |
//! | `error` | findings |

mod api;
mod code;
mod directive;
mod error;
mod file;
mod model;
mod names;
mod sections;
mod shape;
mod size;
mod types;

pub use api::api_id;
pub use error::{Code, Finding};
pub use sections::{Sections, sections};

use crate::code::Coder;
use crate::directive::{DeclAt, Directives};
use crate::file::GoFile;
pub use crate::model::Marks;
use crate::model::{Marked, Model};
use crate::shape::{NoShape, Shapes};
use polkago_syntax::{Decl, ExprKind, Pos, Span};
use polkago_types::{FileRef, Package, PkgId, Store};
use std::sync::Arc;

/// The name of generated files.
pub const FILE_NAME: &str = "polkago_gen.go";

/// The method that encodes.
pub(crate) const APPEND: &str = "AppendSCALE";
/// The method that decodes.
pub(crate) const DECODE: &str = "DecodeSCALE";
/// The method that tells the length of the encoding.
pub(crate) const SIZE: &str = "SizeSCALE";

/// Whether a text is that of a generated file, which may be overwritten.
#[must_use]
pub fn is_generated(text: &[u8]) -> bool {
    text.starts_with(file::MARKER.as_bytes())
}

/// What generation gives for a package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Generated {
    /// The package.
    pub pkg: PkgId,
    /// The text of its generated file; `None` if it has no directives that ask for code.
    pub text: Option<String>,
    /// What is wrong. The text is of no use then.
    pub findings: Vec<Finding>,
    /// Whether a type that is needed had an error when the package was checked, which is then to be reported.
    pub invalid: bool,
}

/// Generates code for some packages of a program. `packages` are all of it, each after those that it imports.
#[must_use]
pub fn generate(store: &Store, packages: &[Arc<Package>], wanted: &[PkgId]) -> Vec<Generated> {
    let mut marks = Marks::default();
    let mut directives = Vec::new();
    for package in packages {
        let found = marks.add(store, package);
        if wanted.contains(&package.id) {
            directives.push((package, found));
        }
    }
    let model = Model {
        store,
        marks: &marks,
    };
    let wanted = directives.iter();
    wanted
        .map(|(package, directives)| of_package(model, package, directives))
        .collect()
}

/// Generates code for a package; `marks` know those that it imports, and get to know it.
#[must_use]
pub fn generate_one(store: &Store, package: &Package, marks: &mut Marks) -> Generated {
    let directives = marks.add(store, package);
    of_package(Model { store, marks }, package, &directives)
}

/// Whether a package has directives of ours.
#[must_use]
pub fn has_directives(package: &Package) -> bool {
    directive::has_directives(package)
}

fn of_package(model: Model<'_>, package: &Package, directives: &Directives) -> Generated {
    let store = model.store;
    let mut file = GoFile::new(store, package.id);
    let mut out = Problems {
        model,
        package,
        findings: directives.findings.clone(),
        invalid: false,
    };
    let in_messages = |pkg: PkgId| {
        if pkg == package.id {
            String::new()
        } else {
            store.pkg(pkg).name.to_string()
        }
    };
    let shapes = Shapes::new(model, &in_messages);
    let mut body = String::new();
    let coder = Coder {
        file: &file,
        shapes: &shapes,
    };
    let mut apis = Vec::new();
    for mark in &directives.apis {
        apis.extend(api::find(&coder, package, mark, &mut out.findings));
    }
    api::check_names(package, &apis, &mut out.findings);
    out.names(directives, &apis);
    for typ in &directives.types {
        let declared = match model.mark_of(typ.named) {
            Some(Marked::Plain) => {
                let t = store.obj_type(typ.obj).unwrap_or_else(|| store.invalid());
                let errors = shapes.why_not(t);
                if !errors.is_empty() {
                    for e in errors {
                        out.no_shape_of_type(typ.at, e);
                    }
                    continue;
                }
                shapes.declared(t).ok()
            }
            _ => None,
        };
        body.push_str(&types::write(&coder, typ, declared.as_ref()));
    }
    for api in &apis {
        body.push_str(&api::write(&coder, api, &mut |at, place, what, e| {
            out.no_shape(at, place, what, e);
        }));
    }
    if !apis.is_empty() {
        body.push_str(&api::write_list(&coder, &apis));
    }
    let text = (!body.is_empty()).then(|| {
        file.body = body;
        file.finish()
    });
    let mut findings = out.findings;
    findings.sort_by_key(|f| f.pos);
    findings.dedup();
    Generated {
        pkg: package.id,
        text,
        findings,
        invalid: out.invalid,
    }
}

/// What is wrong in a package.
struct Problems<'a> {
    model: Model<'a>,
    package: &'a Package,
    findings: Vec<Finding>,
    invalid: bool,
}

impl Problems<'_> {
    fn file(&self, file: u32) -> FileRef {
        FileRef {
            pkg: self.package.id,
            file,
        }
    }

    fn add(&mut self, file: FileRef, span: Span, msg: String, e: NoShape) {
        if e.invalid {
            self.invalid = true;
            return;
        }
        let code = if e.tag {
            Code::BadScaleTag
        } else {
            Code::NoEncoding
        };
        let mut finding = Finding::new(file, span, code, msg);
        finding.help = e.help;
        self.findings.push(finding);
    }

    /// A marked type without encoding.
    fn no_shape_of_type(&mut self, at: DeclAt, e: NoShape) {
        let tree = &self.package.files[at.file as usize].tree;
        let (span, msg) = match e.field.and_then(|index| field(tree, at, index)) {
            Some((span, name)) => (span, format!("field {name}: {}", e.msg)),
            None => (at.span, e.msg.clone()),
        };
        self.add(self.file(at.file), span, msg, e);
    }

    /// A parameter or result without encoding.
    fn no_shape(&mut self, _: &DeclAt, place: (FileRef, Span), what: &str, e: NoShape) {
        let msg = format!("{what}: {}", e.msg);
        self.add(place.0, place.1, msg, e);
    }

    /// Reports names that are declared by hand and generated.
    fn names(&mut self, directives: &Directives, apis: &[api::Api<'_>]) {
        let store = self.model.store;
        let mut names: Vec<(String, DeclAt)> = Vec::new();
        let mut methods = Vec::new();
        for typ in &directives.types {
            let name = store.obj_name(typ.obj);
            let prefixes: &[&str] = match self.model.mark_of(typ.named) {
                Some(Marked::Sum(_)) => &["Append", "Decode", "Put", "Get", "Size"],
                _ if !store.tparams_of(typ.named).is_empty() => &["Append", "Decode", "Size"],
                _ => {
                    methods.push(typ);
                    &[]
                }
            };
            let functions = prefixes.iter().map(|prefix| names::function(prefix, name));
            names.extend(functions.map(|function| (function, typ.at)));
        }
        for (mark, api) in directives.apis.iter().zip(apis) {
            let functions = api.entries.iter().map(|entry| entry.function.clone());
            names.extend(functions.map(|function| (function, mark.at)));
        }
        if let Some(first) = directives.apis.first() {
            names.push((api::LIST.to_owned(), first.at));
        }
        for (name, at) in names {
            if let Some(obj) = store.lookup_in_pkg(self.package.id, &name)
                && self.by_hand(obj)
            {
                self.generated_name(
                    at,
                    format!("{name} is declared by hand, and would be generated"),
                );
            }
        }
        for typ in methods {
            for &method in store.methods_of(typ.named) {
                let name = store.obj_name(method);
                if [APPEND, DECODE, SIZE].contains(&name) && self.by_hand(method) {
                    let msg = format!(
                        "method {name} of {} is declared by hand, and would be generated",
                        store.obj_name(typ.obj)
                    );
                    self.generated_name(typ.at, msg);
                }
            }
        }
    }

    fn generated_name(&mut self, at: DeclAt, msg: String) {
        let file = self.file(at.file);
        let finding = Finding::new(file, at.span, Code::GeneratedName, msg);
        let finding = finding.with_help("remove the directive or the declaration");
        self.findings.push(finding);
    }

    /// Whether an object is declared elsewhere than in the generated file.
    fn by_hand(&self, obj: polkago_types::ObjId) -> bool {
        let Some(pos) = self.model.store.obj(obj).pos else {
            return false;
        };
        let file = self.package.files.get(pos.file.file as usize);
        pos.file.pkg == self.package.id && !file.is_some_and(|f| is_generated_path(&f.path))
    }
}

/// Whether a path is that of a generated file.
#[must_use]
pub fn is_generated_path(path: &str) -> bool {
    path.rsplit(['/', '\\']).next() == Some(FILE_NAME)
}

/// The name and place of a field of a struct type as declared.
fn field(tree: &polkago_syntax::File, at: DeclAt, index: usize) -> Option<(Span, String)> {
    let Decl::Type(decl) = &tree.decls[at.decl as usize] else {
        return None;
    };
    let mut typ = decl.typ;
    while let ExprKind::Paren(inner) = tree.expr[typ].kind {
        typ = inner;
    }
    let ExprKind::StructType(fields) = &tree.expr[typ].kind else {
        return None;
    };
    let mut next = 0;
    for field in &fields.fields {
        for &name in &field.names {
            if next == index {
                let text = tree.ident_text(name).to_owned();
                let start = tree.idents[name].pos;
                let end = Pos(start.0 + text.len() as u32);
                return Some((Span { start, end }, text));
            }
            next += 1;
        }
        if field.names.is_empty() {
            if next == index {
                return Some((tree.expr[field.typ].span, "embedded".to_owned()));
            }
            next += 1;
        }
    }
    None
}
