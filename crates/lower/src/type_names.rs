//! Types as text: with import paths for symbols, with package names for `Str` of descriptors.

use crate::cx::Cx;
use polkago_syntax::ChanDir;
use polkago_types::{Basic, Field, Func, NamedId, TypeId, TypeKind};
use std::fmt::Write as _;

/// How declared types are qualified.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Qualify {
    /// By import path; types declared in functions by their place too. Distinct types have distinct texts.
    Path,
    /// By package name, as `reflect` and panics show types.
    Name,
    /// By import path; types declared in functions by their number in the package, as the official compiler shows
    /// type arguments.
    Argument,
}

impl Cx<'_> {
    /// The text of a type.
    pub fn type_text(&self, t: TypeId, qualify: Qualify) -> String {
        let mut out = String::new();
        self.write_type(&mut out, t, qualify);
        out
    }

    fn write_type(&self, out: &mut String, t: TypeId, q: Qualify) {
        // Writing to a string never fails; the results of `write!` are dropped for that reason.
        match self.kind(t) {
            TypeKind::Basic(b) => out.push_str(basic_text(*b)),
            TypeKind::Named(n) => self.write_named(out, *n, q),
            TypeKind::Alias(_) => out.push('?'),
            TypeKind::Pointer(elem) => {
                out.push('*');
                self.write_type(out, *elem, q);
            }
            TypeKind::Slice(elem) => {
                out.push_str("[]");
                self.write_type(out, *elem, q);
            }
            TypeKind::Array { len, elem } => {
                let _ = write!(out, "[{len}]");
                self.write_type(out, *elem, q);
            }
            TypeKind::Map { key, elem } => {
                out.push_str("map[");
                self.write_type(out, *key, q);
                out.push(']');
                self.write_type(out, *elem, q);
            }
            TypeKind::Chan { dir, elem } => {
                let arrow_first = matches!(
                    (dir, self.kind(*elem)),
                    (
                        ChanDir::Both,
                        TypeKind::Chan {
                            dir: ChanDir::Recv,
                            ..
                        }
                    )
                );
                out.push_str(match dir {
                    ChanDir::Both => "chan ",
                    ChanDir::Send => "chan<- ",
                    ChanDir::Recv => "<-chan ",
                });
                if arrow_first {
                    out.push('(');
                }
                self.write_type(out, *elem, q);
                if arrow_first {
                    out.push(')');
                }
            }
            TypeKind::Struct(fields) => self.write_struct(out, fields, q),
            TypeKind::Func(f) => {
                out.push_str("func");
                self.write_signature(out, f, q);
            }
            TypeKind::Interface(_) => self.write_interface(out, t, q),
            TypeKind::Tuple(types) => {
                out.push('(');
                self.write_list(out, types, q);
                out.push(')');
            }
            // Substitution has removed these.
            TypeKind::TypeParam(p) => {
                out.push_str(self.text(self.obj(self.store.tparam(*p).obj).name))
            }
            TypeKind::Union(_) => out.push_str("union"),
        }
    }

    fn write_list(&self, out: &mut String, types: &[TypeId], q: Qualify) {
        for (i, &t) in types.iter().enumerate() {
            if i > 0 {
                out.push_str(if q == Qualify::Name { ", " } else { "," });
            }
            self.write_type(out, t, q);
        }
    }

    fn write_named(&self, out: &mut String, named: NamedId, q: Qualify) {
        let data = self.store.named(named);
        let object = self.obj(data.obj);
        // Predeclared types (`error`) have no package.
        if object.pos.is_some() {
            let pkg = self.store.pkg(object.pkg);
            match q {
                Qualify::Path | Qualify::Argument => out.push_str(self.pkg_path(object.pkg)),
                Qualify::Name => out.push_str(&pkg.name),
            }
            out.push('.');
        }
        out.push_str(self.text(object.name));
        if q == Qualify::Path
            && let Some(pos) = object.pos
            && self
                .store
                .scope(self.store.pkg(object.pkg).scope)
                .get(object.name)
                != Some(data.obj)
        {
            // A type declared in a function: another one of the same name may stand elsewhere.
            let _ = write!(out, "·{}.{}", pos.file.file, pos.pos.0);
            if !data.outer_args.is_empty() {
                out.push('<');
                self.write_list(out, &data.outer_args, Qualify::Path);
                out.push('>');
            }
        }
        if q != Qualify::Path {
            self.write_arguments(out, &data.outer_args, &data.targs);
            if q == Qualify::Argument
                && let Some(n) = object.pos.and_then(|pos| self.local_type(pos))
            {
                let _ = write!(out, "·{n}");
            }
            return;
        }
        if !data.targs.is_empty() {
            out.push('[');
            self.write_list(out, &data.targs, q);
            out.push(']');
        }
    }

    /// The type arguments of the function around a declaration, and its own.
    fn write_arguments(&self, out: &mut String, outer: &[TypeId], own: &[TypeId]) {
        for (i, &t) in outer.iter().chain(own).enumerate() {
            out.push(match i {
                0 => '[',
                _ if i == outer.len() => ';',
                _ => ',',
            });
            self.write_type(out, t, Qualify::Argument);
        }
        if !outer.is_empty() || !own.is_empty() {
            out.push(']');
        }
    }

    fn write_struct(&self, out: &mut String, fields: &[Field], q: Qualify) {
        out.push_str("struct {");
        for (i, field) in fields.iter().enumerate() {
            out.push_str(if i == 0 { " " } else { "; " });
            if field.embedded {
                // Through an alias the field's name may be another than that of its type.
                let name = self.text(field.name);
                if q == Qualify::Path
                    && let Some(pkg) = field.pkg
                {
                    let _ = write!(out, "{}:", self.pkg_path(pkg));
                }
                if q == Qualify::Path && !self.type_text(field.typ, Qualify::Name).ends_with(name) {
                    let _ = write!(out, "{name}:");
                }
            } else {
                if q != Qualify::Name
                    && let Some(pkg) = field.pkg
                {
                    let _ = write!(out, "{}.", self.pkg_path(pkg));
                }
                let _ = write!(out, "{} ", self.text(field.name));
            }
            self.write_type(out, field.typ, q);
            if !field.tag.is_empty() {
                let _ = write!(out, " {:?}", field.tag);
            }
        }
        out.push_str(if fields.is_empty() { "}" } else { " }" });
    }

    fn write_signature(&self, out: &mut String, f: &Func, q: Qualify) {
        out.push('(');
        for (i, &t) in f.params.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            match self.kind(t) {
                TypeKind::Slice(elem) if f.variadic && i + 1 == f.params.len() => {
                    out.push_str("...");
                    self.write_type(out, *elem, q);
                }
                _ => self.write_type(out, t, q),
            }
        }
        out.push(')');
        match f.results.as_slice() {
            [] => {}
            [t] => {
                out.push(' ');
                self.write_type(out, *t, q);
            }
            types => {
                out.push_str(" (");
                for (i, &t) in types.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    self.write_type(out, t, q);
                }
                out.push(')');
            }
        }
    }

    fn write_interface(&self, out: &mut String, t: TypeId, q: Qualify) {
        let set = self.method_set(t);
        out.push_str("interface {");
        for (i, m) in set.methods.iter().enumerate() {
            out.push_str(if i == 0 { " " } else { "; " });
            if let Some(pkg) = m.pkg {
                let prefix = match q {
                    Qualify::Path | Qualify::Argument => self.pkg_path(pkg),
                    Qualify::Name => &self.store.pkg(pkg).name,
                };
                let _ = write!(out, "{prefix}.");
            }
            out.push_str(self.text(m.name));
            if let TypeKind::Func(f) = self.kind(m.typ) {
                self.write_signature(out, f, q);
            }
        }
        out.push_str(if set.methods.is_empty() { "}" } else { " }" });
    }
}

/// The name of a predeclared type.
pub(crate) fn basic_text(b: Basic) -> &'static str {
    match b {
        Basic::Invalid => "invalid type",
        Basic::Bool | Basic::UntypedBool => "bool",
        Basic::Int | Basic::UntypedInt => "int",
        Basic::Int8 => "int8",
        Basic::Int16 => "int16",
        Basic::Int32 | Basic::UntypedRune => "int32",
        Basic::Int64 => "int64",
        Basic::Uint => "uint",
        Basic::Uint8 => "uint8",
        Basic::Uint16 => "uint16",
        Basic::Uint32 => "uint32",
        Basic::Uint64 => "uint64",
        Basic::Uintptr => "uintptr",
        Basic::Float32 => "float32",
        Basic::Float64 | Basic::UntypedFloat => "float64",
        Basic::Complex64 => "complex64",
        Basic::Complex128 | Basic::UntypedComplex => "complex128",
        Basic::String | Basic::UntypedString => "string",
        Basic::UnsafePointer => "unsafe.Pointer",
        Basic::UntypedNil => "nil",
    }
}
