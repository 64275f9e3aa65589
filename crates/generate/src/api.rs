//! Runtime APIs: exported functions for the methods of marked types, and the list of APIs.

use crate::code::{Coder, Place};
use crate::directive::{ApiMark, DeclAt};
use crate::error::{Code, Finding};
use crate::file::indented;
use crate::names::{snake_case, upper_first};
use crate::shape::{Kind, Shape};
use polkago_syntax::Span;
use polkago_types::{FileRef, ObjId, ObjKind, Package, SrcPos, TypeId, TypeKind, VarKind};
use std::fmt::Write as _;

/// The import path of package `runtime` of the SDK.
const RUNTIME: &str = "polkago.dev/sdk/runtime";

/// The variable that lists the APIs.
pub(crate) const LIST: &str = "runtimeAPIs";

/// A method that becomes an exported function.
pub(crate) struct Entry {
    /// The exported name.
    pub export: String,
    /// The Go function.
    pub function: String,
    /// The method.
    method: String,
    /// Names and types of parameters.
    params: Vec<(String, TypeId)>,
    results: Vec<TypeId>,
    /// Where it is declared.
    at: (FileRef, Span),
}

/// How the methods of an API are called.
enum Receiver {
    /// On a new zero value of the type.
    Zero(String),
    /// On a package variable.
    Variable(String),
}

/// An API with its methods.
pub(crate) struct Api<'a> {
    mark: &'a ApiMark,
    receiver: Receiver,
    /// The methods in order.
    pub entries: Vec<Entry>,
}

/// The first bytes of a hash of an API's name, by which hosts know it (Polkadot specification, "Runtime APIs").
#[must_use]
pub fn api_id(name: &str) -> [u8; 8] {
    sp_crypto_hashing::blake2_64(name.as_bytes())
}

/// Finds the methods of an API.
pub(crate) fn find<'a>(
    coder: &Coder<'_>,
    package: &Package,
    mark: &'a ApiMark,
    findings: &mut Vec<Finding>,
) -> Option<Api<'a>> {
    let store = coder.shapes.model.store;
    let file = FileRef {
        pkg: package.id,
        file: mark.at.file,
    };
    let (_, name) = coder.shapes.model.path_and_name(mark.named);
    let mut error = |msg: String, help: &str| {
        let finding = Finding::new(file, mark.at.span, Code::BadRuntimeApi, msg);
        findings.push(if help.is_empty() {
            finding
        } else {
            finding.with_help(help)
        });
    };
    if !store.tparams_of(mark.named).is_empty() {
        error(format!("generic type {name} cannot be a runtime API"), "");
        return None;
    }
    let typ = store.obj_type(store.named(mark.named).obj)?;
    let under = store.underlying(typ);
    let mut methods: Vec<(String, TypeId, (FileRef, Span))> = Vec::new();
    let receiver = match store.kind(under) {
        TypeKind::Struct(_) => {
            for &method in store.methods_of(mark.named) {
                let object = store.obj(method);
                let text = store.sym_text(object.name);
                if !store.is_exported(object.name) || [crate::APPEND, crate::DECODE].contains(&text)
                {
                    continue;
                }
                let (Some(t), Some(pos)) = (store.obj_type(method), object.pos) else {
                    continue;
                };
                methods.push((text.to_owned(), t, at(pos, text)));
            }
            Receiver::Zero(name.to_owned())
        }
        TypeKind::Interface(_) => {
            for method in &store.type_set(under).methods {
                if store.is_exported(method.name) {
                    let text = store.sym_text(method.name).to_owned();
                    methods.push((text, method.typ, (file, mark.at.span)));
                }
            }
            let variables = variables_of(coder, package, typ);
            match variables[..] {
                [obj] => Receiver::Variable(store.obj_name(obj).to_owned()),
                [] => {
                    error(
                        format!(
                            "no package variable of type {name}: whose methods are to be called?"
                        ),
                        "declare one, whose value implements the interface",
                    );
                    return None;
                }
                _ => {
                    error(
                        format!(
                            "several package variables of type {name}: whose methods are to be called?"
                        ),
                        "declare exactly one",
                    );
                    return None;
                }
            }
        }
        _ => {
            error(
                format!("{name} is neither a struct nor an interface: it cannot be a runtime API"),
                "",
            );
            return None;
        }
    };
    if methods.is_empty() {
        error(
            format!(
                "runtime API {} has no methods: {name} has no exported ones",
                mark.name
            ),
            "",
        );
    }
    let entries = methods
        .into_iter()
        .filter_map(|(method, t, at)| {
            let func = store.as_func(t)?;
            if func.variadic {
                let msg = format!("method {method} of a runtime API is variadic");
                findings.push(Finding::new(at.0, at.1, Code::BadRuntimeApi, msg));
                return None;
            }
            let names = func.names.as_ref().map(|names| &names.params);
            let params = func.params.iter().enumerate().map(|(index, &t)| {
                let name = names
                    .and_then(|names| names.get(index))
                    .map(|&sym| store.sym_text(sym))
                    .filter(|name| !name.is_empty() && *name != "_");
                (
                    name.map_or(format!("argument {}", index + 1), str::to_owned),
                    t,
                )
            });
            Some(Entry {
                export: format!("{}_{}", mark.name, snake_case(&method)),
                function: format!("export{}{}", upper_first(&mark.name), method),
                params: params.collect(),
                results: func.results.clone(),
                method,
                at,
            })
        })
        .collect();
    Some(Api {
        mark,
        receiver,
        entries,
    })
}

fn at(pos: SrcPos, name: &str) -> (FileRef, Span) {
    let end = polkago_syntax::Pos(pos.pos.0 + name.len() as u32);
    (
        pos.file,
        Span {
            start: pos.pos,
            end,
        },
    )
}

/// The package variables of a type.
fn variables_of(coder: &Coder<'_>, package: &Package, typ: TypeId) -> Vec<ObjId> {
    let store = coder.shapes.model.store;
    let entries = store.scope(package.scope).entries();
    let objects = entries.into_iter().map(|(_, obj)| obj);
    objects
        .filter(|&obj| matches!(store.obj(obj).kind, ObjKind::Var(VarKind::Package)))
        .filter(|&obj| store.obj_type(obj).is_some_and(|t| store.identical(t, typ)))
        .collect()
}

/// Reports functions that would be exported under the same name, and APIs that are there twice.
pub(crate) fn check_names(package: &Package, apis: &[Api<'_>], findings: &mut Vec<Finding>) {
    for (index, api) in apis.iter().enumerate() {
        if apis[..index]
            .iter()
            .any(|other| other.mark.name == api.mark.name)
        {
            let file = FileRef {
                pkg: package.id,
                file: api.mark.at.file,
            };
            let msg = format!("runtime API {} is declared twice", api.mark.name);
            findings.push(Finding::new(file, api.mark.span, Code::BadRuntimeApi, msg));
        }
    }
    let mut seen: Vec<&Entry> = Vec::new();
    for entry in apis.iter().flat_map(|api| &api.entries) {
        if let Some(other) = seen.iter().find(|other| other.export == entry.export) {
            let msg = format!(
                "methods {} and {} would both be exported as {}",
                other.method, entry.method, entry.export
            );
            let (file, span) = entry.at;
            findings.push(Finding::new(file, span, Code::BadRuntimeApi, msg));
        }
        seen.push(entry);
    }
}

/// Gets what cannot be encoded: the declaration, the place in it, what it is, and why.
pub(crate) type OnNoShape<'a> =
    dyn FnMut(&DeclAt, (FileRef, Span), &str, crate::shape::NoShape) + 'a;

/// The exported functions of an API.
pub(crate) fn write(coder: &Coder<'_>, api: &Api<'_>, no_shape: &mut OnNoShape<'_>) -> String {
    let mut out = String::new();
    for entry in &api.entries {
        let mut shape = |what: &str, t: TypeId| match coder.shapes.of(t) {
            Ok(shape) => Some(shape),
            Err(e) => {
                no_shape(&api.mark.at, entry.at, what, e);
                None
            }
        };
        let params: Vec<Option<Shape>> = entry
            .params
            .iter()
            .map(|(name, t)| shape(&format!("parameter {name} of {}", entry.method), *t))
            .collect();
        let results: Vec<Option<Shape>> = entry
            .results
            .iter()
            .map(|t| shape(&format!("result of {}", entry.method), *t))
            .collect();
        let params: Option<Vec<Shape>> = params.into_iter().collect();
        let results: Option<Vec<Shape>> = results.into_iter().collect();
        if let (Some(params), Some(results)) = (params, results) {
            write_entry(coder, api, entry, &params, &results, &mut out);
        }
    }
    out
}

fn write_entry(
    coder: &Coder<'_>,
    api: &Api<'_>,
    entry: &Entry,
    params: &[Shape],
    results: &[Shape],
    out: &mut String,
) {
    let runtime = coder.file.import(RUNTIME, "runtime");
    let Entry {
        export, function, ..
    } = entry;
    let (receiver, method) = match &api.receiver {
        Receiver::Zero(typ) => ("api".to_owned(), format!("{typ}.{}", entry.method)),
        Receiver::Variable(name) => (name.clone(), format!("{name}.{}", entry.method)),
    };
    let _ = write!(
        out,
        "
// {function} calls {method}.
//
//go:wasmexport {export}
func {function}(ptr, n uint32) uint64 {{
"
    );
    if params.is_empty() {
        let _ = writeln!(out, "\t{runtime}.NoArguments(\"{export}\", ptr, n)");
    } else {
        let _ = writeln!(out, "\td := {runtime}.Arguments(ptr, n)");
    }
    let mut args = Vec::new();
    for (index, (shape, (name, _))) in params.iter().zip(&entry.params).enumerate() {
        let arg = format!("arg{}", index + 1);
        let code = indented(&coder.decode(shape, &Place::variable(arg.as_str())));
        let code = match code.strip_prefix(&format!("{arg} = ")) {
            Some(value) => format!("{arg} := {value}"),
            None => {
                let _ = writeln!(out, "\tvar {arg} {}", coder.file.typ(shape.typ));
                code
            }
        };
        if !code.is_empty() {
            let _ = write!(
                out,
                "\t{code}\n\tif d.Failed() {{\n\t\t{runtime}.BadArgument(\"{export}\", \"{name}\", d)\n\t}}\n"
            );
        }
        args.push(arg);
    }
    if !params.is_empty() {
        let _ = writeln!(out, "\t{runtime}.Decoded(\"{export}\", d)");
    }
    if let Receiver::Zero(typ) = &api.receiver {
        let _ = writeln!(out, "\tvar api {typ}");
    }
    let call = format!("{receiver}.{}({})", entry.method, args.join(", "));
    if results.is_empty() {
        let _ = write!(out, "\t{call}\n\treturn {runtime}.Result(nil)\n}}\n");
        return;
    }
    // What takes no bytes is not looked at.
    let names: Vec<String> = results
        .iter()
        .enumerate()
        .map(|(index, shape)| match &shape.kind {
            Kind::Struct(_) => "_".to_owned(),
            _ => format!("result{}", index + 1),
        })
        .collect();
    let mut encoded: Vec<(&Shape, &str)> = results
        .iter()
        .zip(names.iter().map(String::as_str))
        .filter(|(_, name)| *name != "_")
        .collect();
    let Some((last, name)) = encoded.pop() else {
        let _ = write!(out, "\t{call}\n\treturn {runtime}.Result(nil)\n}}\n");
        return;
    };
    let _ = writeln!(out, "\t{} := {call}", names.join(", "));
    let sizes = results.iter().map(|shape| coder.shapes.min_size(shape));
    let least = sizes.fold(0, u64::saturating_add);
    let fixed = results.iter().all(|shape| coder.shapes.is_fixed(shape));
    let buffer = match results {
        // Enough for what it is, whatever its length.
        [shape] if matches!(&shape.kind, Kind::Basic(plain) if !plain.fixed) => "nil".to_owned(),
        _ if fixed => format!("make([]byte, 0, {})", least.min(1 << 16)),
        _ => format!("make([]byte, 0, {})", (2 * least).clamp(64, 1 << 12)),
    };
    let encode = |shape: &Shape, name: &str, first: bool| {
        let b = if first { buffer.as_str() } else { "b" };
        indented(&coder.encode(shape, &Place::variable(name), b))
    };
    for (index, (shape, name)) in encoded.iter().enumerate() {
        let code = encode(shape, name, index == 0);
        let assign = if index == 0 { ":=" } else { "=" };
        let _ = writeln!(out, "\tb {assign} {code}");
    }
    let code = encode(last, name, encoded.is_empty());
    let _ = write!(out, "\treturn {runtime}.Result({code})\n}}\n");
}

/// The variable with the list of APIs.
pub(crate) fn write_list(coder: &Coder<'_>, apis: &[Api<'_>]) -> String {
    let runtime = coder.file.import(RUNTIME, "runtime");
    let mut out = format!(
        "\n// {LIST} are the runtime APIs of this package.\nvar {LIST} = []{runtime}.APIVersion{{\n"
    );
    for api in apis {
        let id = api_id(&api.mark.name).map(|byte| format!("{byte:#04x}"));
        let _ = write!(
            out,
            "\t// {}\n\t{{ID: [8]byte{{{}}}, Version: {}}},\n",
            api.mark.name,
            id.join(", "),
            api.mark.version
        );
    }
    out.push_str("}\n");
    out
}
