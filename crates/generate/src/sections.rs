//! The custom sections by which hosts know a runtime without running it: `runtime_apis` and `runtime_version`.
//!
//! Source of the formats: what Polkadot's reference implementation embeds and reads (crate `sp-version`,
//! `RuntimeVersion` and `read_embedded_version`). `runtime_apis` has for each API the 8 bytes of its id and its
//! version, least significant byte first; `runtime_version` the encoded version with an empty list of APIs.

use crate::api::{self, api_id};
use crate::code::Coder;
use crate::directive::{Directives, VersionMark};
use crate::error::{Code, Finding};
use crate::file::GoFile;
use crate::model::{Marks, Model};
use crate::shape::Shapes;
use polkago_syntax::{Decl, ExprId, ExprKind, Span};
use polkago_types::{Basic, Constant, FileRef, ObjKind, Package, PkgId, Store, TypeId, TypeKind};
use std::sync::Arc;

/// Custom sections, by name, and what is wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sections {
    /// The sections.
    pub sections: Vec<(String, Vec<u8>)>,
    /// What is wrong with directives, and exported functions that have not been generated.
    pub findings: Vec<Finding>,
}

/// The custom sections of a program.
#[must_use]
pub fn sections(store: &Store, packages: &[Arc<Package>]) -> Sections {
    let mut marks = Marks::default();
    let directives: Vec<Directives> = packages
        .iter()
        .map(|package| marks.add(store, package))
        .collect();
    let model = Model {
        store,
        marks: &marks,
    };
    let mut out = Sections::default();
    let mut apis = Vec::new();
    let mut version: Option<(Vec<u8>, &str)> = None;
    for (package, directives) in packages.iter().zip(&directives) {
        out.findings.extend(directives.findings.iter().cloned());
        for mark in &directives.apis {
            apis.extend(api_id(&mark.name));
            apis.extend(mark.version.to_le_bytes());
        }
        if !directives.apis.is_empty() {
            missing(model, package, directives, &mut out.findings);
        }
        for mark in &directives.versions {
            let file = FileRef {
                pkg: package.id,
                file: mark.at.file,
            };
            let name = store.obj_name(mark.obj);
            if let Some((_, first)) = &version {
                let msg = format!("{name} is a second runtime version: {first} is one already");
                let finding = Finding::new(file, mark.at.span, Code::BadRuntimeVersion, msg);
                out.findings.push(finding);
                continue;
            }
            let mut encoder = Version {
                store,
                package,
                file,
                bytes: Vec::new(),
            };
            match encoder.variable(mark) {
                Ok(()) => version = Some((encoder.bytes, name)),
                Err(finding) => out.findings.push(finding),
            }
        }
    }
    if let Some((bytes, _)) = version {
        out.sections.push(("runtime_version".to_owned(), bytes));
    }
    if !apis.is_empty() {
        out.sections.push(("runtime_apis".to_owned(), apis));
    }
    out
}

/// Reports exported functions of APIs that nobody has generated.
fn missing(
    model: Model<'_>,
    package: &Package,
    directives: &Directives,
    findings: &mut Vec<Finding>,
) {
    let store = model.store;
    let file = GoFile::new(store, package.id);
    let in_messages = |pkg: PkgId| store.pkg(pkg).name.to_string();
    let shapes = Shapes::new(model, &in_messages);
    let coder = Coder {
        file: &file,
        shapes: &shapes,
    };
    for mark in &directives.apis {
        let Some(api) = api::find(&coder, package, mark, findings) else {
            continue;
        };
        let absent = api.entries.iter().find(|entry| {
            let obj = store.lookup_in_pkg(package.id, &entry.function);
            !obj.is_some_and(|obj| matches!(store.obj(obj).kind, ObjKind::Func(_)))
        });
        if let Some(entry) = absent {
            let file = FileRef {
                pkg: package.id,
                file: mark.at.file,
            };
            let msg = format!("runtime API {} has no function {}", mark.name, entry.export);
            let finding = Finding::new(file, mark.at.span, Code::StaleGenerated, msg);
            findings.push(finding.with_help("run polkago generate"));
        }
    }
}

/// Encodes a runtime version from its source text.
struct Version<'a> {
    store: &'a Store,
    package: &'a Package,
    file: FileRef,
    bytes: Vec<u8>,
}

impl Version<'_> {
    fn error(&self, span: Span, msg: impl Into<String>) -> Finding {
        Finding::new(self.file, span, Code::BadRuntimeVersion, msg)
            .with_help("hosts read the version from the module without running it")
    }

    /// The variable's composite literal.
    fn variable(&mut self, mark: &VersionMark) -> Result<(), Finding> {
        let tree = &self.package.files[mark.at.file as usize].tree;
        let name = self.store.obj_name(mark.obj);
        let Decl::Var(decl) = &tree.decls[mark.at.decl as usize] else {
            return Err(self.error(mark.at.span, format!("{name} is no variable")));
        };
        let fields = self
            .store
            .obj_type(mark.obj)
            .and_then(|t| self.store.as_struct(t));
        let Some(fields) = fields else {
            return Err(self.error(mark.at.span, format!("{name} is not a struct")));
        };
        let mut value = match tree.exprs(decl.values) {
            [value] => *value,
            _ => return Err(self.error(mark.at.span, format!("{name} has no value here"))),
        };
        while let ExprKind::Paren(inner) = tree.expr[value].kind {
            value = inner;
        }
        let ExprKind::CompositeLit { elems, .. } = tree.expr[value].kind else {
            let span = tree.expr[value].span;
            return Err(self.error(span, format!("the value of {name} is no composite literal")));
        };
        let elems = tree.exprs(elems);
        for (index, field) in fields.iter().enumerate() {
            let wanted = self.store.sym_text(field.name);
            let keyed = elems.iter().find_map(|&elem| match tree.expr[elem].kind {
                ExprKind::KeyValue { key, value, .. } => match tree.expr[key].kind {
                    ExprKind::Ident(id) if tree.ident_text(id) == wanted => Some(value),
                    _ => None,
                },
                _ => None,
            });
            let positional = elems
                .get(index)
                .copied()
                .filter(|&elem| !matches!(tree.expr[elem].kind, ExprKind::KeyValue { .. }));
            let value = keyed.or(positional);
            self.field(mark, wanted, field.typ, value)?;
        }
        Ok(())
    }

    /// A field: its constant value, or the zero value. A list is taken to be that of the APIs, which is empty here.
    fn field(
        &mut self,
        mark: &VersionMark,
        name: &str,
        typ: TypeId,
        value: Option<ExprId>,
    ) -> Result<(), Finding> {
        let tree = &self.package.files[mark.at.file as usize].tree;
        let basic = match self.store.kind(self.store.underlying(typ)) {
            TypeKind::Slice(_) => {
                self.bytes.push(0);
                return Ok(());
            }
            TypeKind::Basic(basic) => *basic,
            _ => {
                let msg = format!("field {name} of a runtime version is no number, string or list");
                return Err(self.error(mark.at.span, msg));
            }
        };
        let constant = match value {
            None => None,
            Some(value) => {
                let info = &self.package.info[mark.at.file as usize];
                match info.consts.get(&value) {
                    Some(constant) => Some(constant),
                    None => {
                        let msg = format!("field {name} of a runtime version is not constant");
                        return Err(self.error(tree.expr[value].span, msg));
                    }
                }
            }
        };
        let int = constant.and_then(Constant::to_u64).unwrap_or(0);
        let size = match basic {
            Basic::String => {
                let text = constant.and_then(Constant::as_bytes);
                let text = text.map_or(&[][..], |text| &text[..]);
                append_compact(&mut self.bytes, text.len() as u32);
                self.bytes.extend_from_slice(text);
                return Ok(());
            }
            Basic::Uint8 => 1,
            Basic::Uint16 => 2,
            Basic::Uint32 => 4,
            Basic::Uint64 => 8,
            _ => {
                let msg = format!(
                    "field {name} of a runtime version is neither a string nor an unsigned integer of a fixed size"
                );
                return Err(self.error(mark.at.span, msg));
            }
        };
        self.bytes.extend_from_slice(&int.to_le_bytes()[..size]);
        Ok(())
    }
}

/// Appends a compact integer (Polkadot specification, "Compact").
fn append_compact(out: &mut Vec<u8>, n: u32) {
    if n < 1 << 6 {
        out.push((n << 2) as u8);
    } else if n < 1 << 14 {
        out.extend_from_slice(&((n << 2 | 1) as u16).to_le_bytes());
    } else if n < 1 << 30 {
        out.extend_from_slice(&(n << 2 | 2).to_le_bytes());
    } else {
        out.push(3);
        out.extend_from_slice(&n.to_le_bytes());
    }
}
