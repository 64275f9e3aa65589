//! Go declarations for marked types: methods, and functions where a type cannot have methods of its own.

use crate::code::{Coder, Place, param_function};
use crate::directive::MarkedType;
use crate::file::indented;
use crate::model::{Marked, Variant};
use crate::names::function;
use crate::shape::{Kind, Shape};
use polkago_types::TypeParamId;
use std::fmt::Write as _;

/// What becomes of a value that was decoded.
#[derive(Clone, Copy)]
enum Guard {
    /// Nesting is limited.
    Nested,
    /// It cannot contain itself.
    Flat,
}

/// Writes the declarations for a marked type, whose encoding is `declared` unless it is an enumeration.
pub(crate) fn write(coder: &Coder<'_>, typ: &MarkedType, declared: Option<&Shape>) -> String {
    let writer = Writer {
        coder,
        name: coder.shapes.model.path_and_name(typ.named).1.to_owned(),
        guard: if coder.shapes.is_recursive(typ.named) {
            Guard::Nested
        } else {
            Guard::Flat
        },
    };
    let model = coder.shapes.model;
    match model.mark_of(typ.named) {
        Some(Marked::Constants(constants)) => writer.constants(constants),
        Some(Marked::Sum(variants)) => writer.sum(variants),
        Some(Marked::Plain) | None => {
            let tparams = model.store.tparams_of(typ.named);
            match declared {
                Some(shape) if tparams.is_empty() => writer.methods(shape),
                Some(shape) => writer.functions(shape, tparams),
                None => String::new(),
            }
        }
    }
}

struct Writer<'a> {
    coder: &'a Coder<'a>,
    name: String,
    guard: Guard,
}

impl Writer<'_> {
    fn methods(&self, shape: &Shape) -> String {
        let Self { name, coder, .. } = self;
        let (append, decode) = (crate::APPEND, crate::DECODE);
        let mut out = format!(
            "\n// {append} appends the encoding of v to b.\nfunc (v *{name}) {append}(b []byte) []byte {{\n"
        );
        self.encode_body(shape, &mut out);
        let decoder = coder.scale("Decoder");
        let _ = write!(
            out,
            "}}\n\n// {decode} decodes v from d.\nfunc (v *{name}) {decode}(d *{decoder}) {{\n"
        );
        self.decode_body(shape, &mut out);
        let size = crate::SIZE;
        let _ = write!(
            out,
            "}}\n\n// {size} returns the length of the encoding of v.\nfunc (v *{name}) {size}() int {{\n"
        );
        self.size_body(shape, &mut out);
        out.push_str("}\n");
        out
    }

    fn size_body(&self, shape: &Shape, out: &mut String) {
        /// So many expressions stand on one line.
        const MOST: usize = 2;
        let size = self.coder.size(shape, &Place::pointer("v"));
        let Some((last, terms)) = size.terms.split_last().filter(|(_, t)| t.len() >= MOST) else {
            let _ = writeln!(out, "\treturn {}", indented(&size.text()));
            return;
        };
        let bytes = (size.bytes > 0).then(|| size.bytes.to_string());
        let parts = bytes.iter().chain(terms).map(|part| indented(part));
        for (at, part) in parts.enumerate() {
            let _ = writeln!(out, "\tn {} {part}", if at == 0 { ":=" } else { "+=" });
        }
        let _ = writeln!(out, "\treturn n + {}", indented(last));
    }

    /// Functions for a generic type, which take a function for each type parameter.
    fn functions(&self, shape: &Shape, tparams: &[TypeParamId]) -> String {
        let Self { name, coder, .. } = self;
        let store = coder.shapes.model.store;
        let list = store.tparams_string(tparams, &|pkg| coder.file.qualifier(pkg));
        let names: Vec<&str> = tparams
            .iter()
            .map(|&param| store.obj_name(store.tparam(param).obj))
            .collect();
        let args = names.join(", ");
        let parts = |prefix: &str, typ: &str| {
            let typ = coder.scale(typ);
            let parts = names
                .iter()
                .map(|param| format!("{} {typ}[{param}]", param_function(prefix, param)));
            parts.collect::<Vec<_>>().join(", ")
        };
        let append = function("Append", name);
        let mut out = format!(
            "\n// {append} appends the encoding of v to b.\nfunc {append}{list}(b []byte, v *{name}[{args}], {}) []byte {{\n",
            parts("put", "Put")
        );
        self.encode_body(shape, &mut out);
        let decode = function("Decode", name);
        let decoder = coder.scale("Decoder");
        let _ = write!(
            out,
            "}}\n\n// {decode} decodes v from d.\nfunc {decode}{list}(v *{name}[{args}], d *{decoder}, {}) {{\n",
            parts("get", "Get")
        );
        self.decode_body(shape, &mut out);
        let size = function("Size", name);
        let _ = write!(
            out,
            "}}\n\n// {size} returns the length of the encoding of v.\nfunc {size}{list}(v *{name}[{args}], {}) int {{\n",
            parts("size", "Size")
        );
        self.size_body(shape, &mut out);
        out.push_str("}\n");
        out
    }

    fn encode_body(&self, shape: &Shape, out: &mut String) {
        let Kind::Struct(fields) = &shape.kind else {
            let place = Place::pointer("v");
            let code = indented(&self.coder.encode(shape, &place, "b"));
            let _ = writeln!(out, "\treturn {code}");
            return;
        };
        let Some((last, fields)) = fields.split_last() else {
            out.push_str("\treturn b\n");
            return;
        };
        let encode = |field: &crate::shape::FieldShape| {
            let place = Place::variable(format!("v.{}", field.name));
            indented(&self.coder.encode(&field.shape, &place, "b"))
        };
        for field in fields {
            let code = encode(field);
            // An encoding without bytes.
            if code != "b" {
                let _ = writeln!(out, "\tb = {code}");
            }
        }
        let _ = writeln!(out, "\treturn {}", encode(last));
    }

    fn enter(&self, give_up: &str, out: &mut String) {
        if matches!(self.guard, Guard::Nested) {
            let _ = write!(out, "\tif !d.Enter() {{\n\t\t{give_up}\n\t}}\n");
        }
    }

    fn leave(&self, indent: &str, out: &mut String) {
        if matches!(self.guard, Guard::Nested) {
            let _ = writeln!(out, "{indent}d.Leave()");
        }
    }

    fn decode_body(&self, shape: &Shape, out: &mut String) {
        self.enter("return", out);
        let Kind::Struct(fields) = &shape.kind else {
            let code = indented(&self.coder.decode(shape, &Place::pointer("v")));
            let _ = writeln!(out, "\t{code}");
            self.leave("\t", out);
            return;
        };
        for (index, field) in fields.iter().enumerate() {
            let name = &field.name;
            let place = Place::variable(format!("v.{name}"));
            let code = indented(&self.coder.decode(&field.shape, &place));
            if code.is_empty() {
                continue;
            }
            let _ = write!(out, "\t{code}\n\tif d.Failed() {{\n\t\td.In(\"{name}\")\n");
            if index + 1 < fields.len() || matches!(self.guard, Guard::Nested) {
                out.push_str("\t\treturn\n");
            }
            out.push_str("\t}\n");
        }
        self.leave("\t", out);
    }

    fn constants(&self, constants: &[(String, u8)]) -> String {
        let Self { name, coder, .. } = self;
        let (append, decode, size) = (crate::APPEND, crate::DECODE, crate::SIZE);
        let decoder = coder.scale("Decoder");
        let names: Vec<&str> = constants.iter().map(|(name, _)| name.as_str()).collect();
        format!(
            "
// {append} appends the encoding of v to b: one byte.
func (v *{name}) {append}(b []byte) []byte {{
	return append(b, byte(*v))
}}

// {decode} decodes v from d, which must have one of its constants.
func (v *{name}) {decode}(d *{decoder}) {{
	at := d.Offset()
	tag := d.U8()
	switch {name}(tag) {{
	case {}:
		*v = {name}(tag)
	default:
		d.BadTag(at, tag)
	}}
}}

// {size} returns the length of the encoding of v: 1.
func (v *{name}) {size}() int {{
	return 1
}}
",
            names.join(", ")
        )
    }

    /// The cases of a switch over the variant of a value, with what each returns.
    fn cases(&self, variants: &[Variant], out: &mut String, result: impl Fn(&Variant) -> String) {
        for variant in variants {
            let star = if variant.pointer { "*" } else { "" };
            let (_, typ) = self.coder.shapes.model.path_and_name(variant.named);
            let _ = write!(out, "\tcase {star}{typ}:\n\t\treturn {}\n", result(variant));
        }
    }

    fn sum(&self, variants: &[Variant]) -> String {
        let Self { name, coder, .. } = self;
        let model = coder.shapes.model;
        let decoder = coder.scale("Decoder");
        let [append, decode, put, get, size] =
            ["Append", "Decode", "Put", "Get", "Size"].map(|prefix| function(prefix, name));
        let mut out = format!(
            "
// {append} appends the encoding of v to b: the index of its variant, and the variant.
func {append}(b []byte, v {name}) []byte {{
	switch v := v.(type) {{
"
        );
        self.cases(variants, &mut out, |variant| {
            format!("v.{}(append(b, {}))", crate::APPEND, variant.index)
        });
        let _ = write!(
            out,
            "	}}
	panic(\"{append}: the value is no variant of {name}\")
}}

// {decode} decodes a value from d. After an error it returns nil.
func {decode}(d *{decoder}) {name} {{
"
        );
        self.enter("return nil", &mut out);
        out.push_str(
            "	at := d.Offset()
	tag := d.U8()
	if d.Failed() {
		return nil
	}
	switch tag {
",
        );
        let reserve = coder.scale("Reserve");
        for variant in variants {
            let (_, typ) = model.path_and_name(variant.named);
            // A value may be allocated twice: the variable, and its copy in the interface.
            let (declare, reserved) = if variant.pointer {
                (format!("v := new({typ})"), typ.to_owned())
            } else {
                (format!("var v {typ}"), format!("[2]{typ}"))
            };
            let _ = write!(
                out,
                "\tcase {}:\n\t\tif !{reserve}[{reserved}](d) {{\n\t\t\treturn nil\n\t\t}}\n\t\t{declare}\n\t\tv.{}(d)\n\t\tif d.Failed() {{\n\t\t\td.In(\"{typ}\")\n\t\t\treturn nil\n\t\t}}\n",
                variant.index,
                crate::DECODE
            );
            self.leave("\t\t", &mut out);
            out.push_str("\t\treturn v\n");
        }
        let _ = write!(
            out,
            "	}}
	d.BadTag(at, tag)
	return nil
}}

// {put} appends the encoding of *v to b as [{append}] does.
func {put}(v *{name}, b []byte) []byte {{
	return {append}(b, *v)
}}

// {get} decodes *v from d as [{decode}] does.
func {get}(v *{name}, d *{decoder}) {{
	*v = {decode}(d)
}}

// {size} returns the length of the encoding of v.
func {size}(v {name}) int {{
	switch v := v.(type) {{
"
        );
        self.cases(variants, &mut out, |_| format!("1 + v.{}()", crate::SIZE));
        let _ = write!(
            out,
            "	}}
	panic(\"{size}: the value is no variant of {name}\")
}}
"
        );
        out
    }
}
