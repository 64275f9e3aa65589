//! Functions of the host: `//go:wasmimport module name`, and the older pair `//go:wasm-module module` with
//! `//export name`, on declarations without body.

use crate::boundary;
use crate::cx::{Cx, FuncInst, Source};
use crate::func::FuncLowering;
use crate::output::Output;
use crate::program::{Callable, Item};
use crate::scalars::Context;
use polkago_ir::{Import, Type, Value};
use polkago_syntax::{File, FuncDecl};

/// The module and field that directives name.
fn import_names<'a>(tree: &'a File, decl: &FuncDecl) -> Option<(&'a str, &'a str)> {
    let mut module = None;
    for directive in tree.directives(decl.directives) {
        let mut words = tree.text(directive.text).split_ascii_whitespace();
        match words.next() {
            Some("go:wasmimport") => return Some((words.next()?, words.next()?)),
            Some("go:wasm-module") => module = words.next(),
            _ => {}
        }
    }
    let name = crate::exports::export_name(tree, decl)?;
    Some((module.unwrap_or("env"), name))
}

/// Whether directives make a declaration a function of the host.
pub(crate) fn is_import(tree: &File, decl: &FuncDecl) -> bool {
    import_names(tree, decl).is_some()
}

/// The module of the host functions that the standard library imports.
const WASI: &str = "wasi_snapshot_preview1";

/// Preview 1's error number for functions that a host does not have.
const ENOSYS: i32 = 52;

/// A host function of WASI for a Polkadot runtime, which has no such host: function `wasi_FIELD` of package `runtime`
/// answers. Where there is none the result is the error number that says so.
fn answer(cx: &Cx<'_>, inst: &FuncInst, field: &str) -> Output {
    let sig = cx.signature(&cx.func_types(inst), Context::None);
    let name = cx.symbol(&Item::Func(Callable::Declared(inst.clone())));
    let mut f = FuncLowering::generated(cx, name, sig.clone());
    match cx.runtime_func(&format!("wasi_{field}")) {
        Some(_) => {
            let params: Vec<Value> = f.b.params().to_vec();
            let results = f.rt(&format!("wasi_{field}"), &params);
            f.b.ret(&results);
        }
        None if sig.results == [Type::I32] => {
            let errno = f.b.i32const(ENOSYS);
            f.b.ret(&[errno]);
        }
        None => f.trap(),
    }
    f.finish()
}

/// Lowers a function without body: a function of the host, or an error.
pub(crate) fn lower_bodyless(
    cx: &Cx<'_>,
    inst: &FuncInst,
    source: Source<'_>,
    decl: &FuncDecl,
) -> Output {
    let mut out = Output::default();
    let pos = Some(source.pos(source.tree.idents[decl.name].pos));
    let Some((module, field)) = import_names(source.tree, decl) else {
        match cx.links.asked(inst.obj) {
            Some(symbol) => out.error(pos, format!("relocation target {symbol} not defined")),
            None => out.error(pos, "missing function body"),
        }
        return out;
    };
    if cx.options.target.is_polkadot() && module == WASI {
        return answer(cx, inst, field);
    }
    if let Err(message) = boundary::check_signature(cx, inst.obj, "go:wasmimport") {
        out.error(pos, message);
        return out;
    }
    if cx.options.target.is_polkadot() && module != "env" {
        let message = format!(
            "cannot import {field} from module {module}: a Polkadot runtime imports from module env only"
        );
        out.error(pos, message);
        return out;
    }
    out.imports.push(Import {
        name: cx.symbol(&Item::Func(Callable::Declared(inst.clone()))),
        module: module.to_owned(),
        field: field.to_owned(),
        sig: cx.signature(&cx.func_types(inst), Context::None),
    });
    out
}
