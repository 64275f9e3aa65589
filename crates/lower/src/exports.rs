//! Exported functions and the entry of a command.
//!
//! `//go:wasmexport name`, `//go:export name` and `//export name` on a function with a body make it an export. What
//! the host calls is a stub, which runs the initialisers first. Source of the rules: the official compiler's
//! documentation of `go:wasmexport`; for runtime APIs the Polkadot specification, *Runtime API* (arguments are
//! pointer and length, the result packs both).

use crate::boundary;
use crate::cx::{Cx, FuncInst};
use crate::func::FuncLowering;
use crate::output::Output;
use crate::program::{Callable, Item, Target};
use crate::scalars::Context;
use polkago_ir::{Signature, Value};
use polkago_syntax::FuncDecl;
use polkago_types::ObjId;

/// The name that a directive exports a function under.
pub(crate) fn export_name<'a>(tree: &'a polkago_syntax::File, decl: &FuncDecl) -> Option<&'a str> {
    tree.directives(decl.directives).iter().find_map(|d| {
        let mut words = tree.text(d.text).split_ascii_whitespace();
        match words.next()? {
            "go:wasmexport" | "go:export" | "export" => words.next(),
            _ => None,
        }
    })
}

/// The exported functions of all packages with their names, in program order.
pub(crate) fn exported(cx: &Cx<'_>, out: &mut Output) -> Vec<(String, ObjId)> {
    let mut exports: Vec<(String, ObjId)> = Vec::new();
    for pkg in &cx.packages {
        for &obj in pkg.funcs.iter().chain(&pkg.inits) {
            let Some((source, decl)) = cx.func_decl(obj) else {
                continue;
            };
            let Some(name) = export_name(source.tree, decl) else {
                continue;
            };
            // Without a body the directive names an import (see `imports`).
            if decl.body.is_none() || exports.iter().any(|(_, o)| *o == obj) {
                continue;
            }
            let pos = Some(source.pos(source.tree.idents[decl.name].pos));
            if exports.iter().any(|(n, _)| n == name) {
                out.error(pos, format!("{name} exported twice"));
                continue;
            }
            if decl.recv.is_some() {
                out.error(pos, "cannot use a go:wasmexport directive on a method");
                continue;
            }
            let generic = cx.func_obj(obj).and_then(|f| f.tparams.get());
            if generic.is_some_and(|t| !t.is_empty()) {
                out.error(
                    pos,
                    "cannot use a go:wasmexport directive on a generic function",
                );
                continue;
            }
            if let Err(message) = boundary::check_export(cx, obj) {
                out.error(pos, message);
                continue;
            }
            exports.push((name.to_owned(), obj));
        }
    }
    exports
}

/// Lowers the stub of an exported function.
pub(crate) fn lower_export(cx: &Cx<'_>, obj: ObjId) -> Output {
    let inst = FuncInst::plain(obj);
    let types = cx.func_types(&inst);
    let sig = cx.signature(&types, Context::None);
    let name = cx.symbol(&Item::Export(obj));
    let mut f = FuncLowering::generated(cx, name, sig.clone());
    f.ensure_inited();
    let params: Vec<Value> = f.b.params().to_vec();
    let symbol = f.need(Item::Func(Callable::Declared(inst)));
    let results = f.b.call(&symbol, &sig, &params);
    f.b.ret(&results);
    f.finish()
}

/// Lowers the entry of a command: the initialisers, then `main`.
pub(crate) fn lower_start(cx: &Cx<'_>) -> Output {
    debug_assert_eq!(cx.options.target, Target::Wasip1);
    let mut f = FuncLowering::generated(cx, cx.symbol(&Item::Start), Signature::default());
    f.ensure_inited();
    let main = cx.main_package().and_then(|pkg| {
        let obj = cx.store.lookup_in_pkg(pkg.id, "main")?;
        cx.func_obj(obj).map(|_| obj)
    });
    match main {
        Some(obj) => {
            let symbol = f.need(Item::Func(Callable::Declared(FuncInst::plain(obj))));
            f.b.call(&symbol, &Signature::default(), &[]);
        }
        None => f
            .out
            .error(None, "function main is undeclared in the main package"),
    }
    f.b.ret(&[]);
    f.finish()
}
