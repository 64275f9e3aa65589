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
use polkago_ir::{LocData, Signature, Type, Value};
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

/// The functions and methods with a body that the packages of [`LowerOptions::whole`](crate::LowerOptions::whole)
/// declare, but for those named `_` and generic ones, of which there is no code without type arguments.
pub(crate) fn declared(cx: &Cx<'_>) -> Vec<ObjId> {
    let whole = |path: &str| cx.options.whole.iter().any(|whole| **whole == *path);
    let packages = cx.packages.iter().filter(|pkg| whole(&pkg.path));
    let funcs = packages.flat_map(|pkg| pkg.funcs.iter().copied());
    funcs
        .filter(|&obj| {
            let with_body = cx
                .func_decl(obj)
                .is_some_and(|(_, decl)| decl.body.is_some());
            let generic = cx.func_obj(obj).is_some_and(|func| {
                let own = func
                    .recv
                    .as_ref()
                    .map_or(&func.tparams, |recv| &recv.tparams);
                own.get().is_some_and(|tparams| !tparams.is_empty())
            });
            with_body && !generic && cx.store.obj_name(obj) != "_"
        })
        .collect()
}

/// Lowers the stub of an exported function. The end of a call is the last chance to log what is printed. Under RFC-145
/// ("Runtime entry points") it is given the length of the input alone, and the runtime reads the input into memory of
/// its own.
pub(crate) fn lower_export(cx: &Cx<'_>, obj: ObjId) -> Output {
    let inst = FuncInst::plain(obj);
    let types = cx.func_types(&inst);
    let sig = cx.signature(&types, Context::None);
    let name = cx.symbol(&Item::Export(obj));
    let reads_input = cx.options.target == Target::PolkadotRfc145;
    let mut outer = sig.clone();
    if reads_input {
        outer.params = vec![Type::I32];
    }
    let mut f = FuncLowering::generated(cx, name, outer);
    f.ensure_inited();
    let mut params: Vec<Value> = f.b.params().to_vec();
    if reads_input {
        let at = f.rt("readInput", &params);
        params.splice(0..0, at);
    }
    let symbol = f.need(Item::Func(Callable::Declared(inst)));
    let results = f.b.call(&symbol, &sig, &params);
    if cx.options.target != Target::Wasip1 {
        f.rt("endExport", &[]);
    }
    f.b.ret(&results);
    f.finish()
}

/// Lowers the entry of a command: the initialisers, then `main`.
pub(crate) fn lower_start(cx: &Cx<'_>) -> Output {
    debug_assert_eq!(cx.options.target, Target::Wasip1);
    let mut f = FuncLowering::generated(cx, cx.symbol(&Item::Start), Signature::default());
    // What traces show below the program's own functions.
    f.b.set_loc(LocData {
        file: "<autogenerated>".into(),
        line: 1,
        col: 1,
        func: Some("runtime.main".into()),
        inlined_at: None.into(),
    });
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
        None if !cx.options.whole.is_empty() => {}
        None => f
            .out
            .error(None, "function main is undeclared in the main package"),
    }
    f.b.ret(&[]);
    f.finish()
}
