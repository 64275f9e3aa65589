//! Which signatures may cross the boundary between host and module.
//!
//! Source of the rules and texts: the official compiler's for `go:wasmimport` and `go:wasmexport`. An export of a
//! Polkadot runtime is a runtime API method: pointer and length of the arguments in, both of the result packed into
//! 64 bits out (Polkadot specification, *Runtime API*).

use crate::cx::{Cx, FuncInst};
use crate::type_names::Qualify;
use polkago_ir::Type;
use polkago_types::{Basic, ObjId, TypeId, TypeKind};

/// Whether a value of the type may be a parameter (`string` may, as pointer and length) or a result.
fn crosses(cx: &Cx<'_>, t: TypeId, result: bool) -> bool {
    match cx.under(t) {
        TypeKind::Basic(b) => match b {
            Basic::Int32
            | Basic::Uint32
            | Basic::Int64
            | Basic::Uint64
            | Basic::Float32
            | Basic::Float64
            | Basic::Bool
            | Basic::Uintptr
            | Basic::UnsafePointer => true,
            Basic::String => !result,
            _ => false,
        },
        TypeKind::Pointer(elem) => pointee_crosses(cx, *elem),
        _ => false,
    }
}

/// Whether a host may look at memory of the type.
fn pointee_crosses(cx: &Cx<'_>, t: TypeId) -> bool {
    match cx.under(t) {
        TypeKind::Basic(b) => !matches!(
            b,
            Basic::Int
                | Basic::Uint
                | Basic::Uintptr
                | Basic::String
                | Basic::UnsafePointer
                | Basic::Complex64
                | Basic::Complex128
        ),
        TypeKind::Array { elem, .. } => pointee_crosses(cx, *elem),
        TypeKind::Struct(fields) => {
            let marker = |t: TypeId| {
                let obj = cx.named(t).map(|n| cx.store.named(n).obj);
                obj.is_some_and(|obj| cx.object_symbol(obj) == "structs.HostLayout")
            };
            fields.is_empty()
                || (fields.iter().any(|f| marker(f.typ))
                    && fields
                        .iter()
                        .all(|f| marker(f.typ) || pointee_crosses(cx, f.typ)))
        }
        _ => false,
    }
}

/// Checks the types of parameters and results against what the directive allows.
pub(crate) fn check_signature(cx: &Cx<'_>, obj: ObjId, directive: &str) -> Result<(), String> {
    let types = cx.func_types(&FuncInst::plain(obj));
    for &t in &types.params {
        if !crosses(cx, t, false) {
            let text = cx.type_text(t, Qualify::Name);
            return Err(format!("{directive}: unsupported parameter type {text}"));
        }
    }
    if types.results.len() > 1 {
        return Err(format!("{directive}: too many return values"));
    }
    for &t in &types.results {
        if !crosses(cx, t, true) {
            let text = cx.type_text(t, Qualify::Name);
            return Err(format!("{directive}: unsupported result type {text}"));
        }
    }
    Ok(())
}

/// Checks the signature of an exported function.
pub(crate) fn check_export(cx: &Cx<'_>, obj: ObjId) -> Result<(), String> {
    check_signature(cx, obj, "go:wasmexport")?;
    if cx.options.target.is_polkadot() {
        let types = cx.func_types(&FuncInst::plain(obj));
        let sig = cx.callable_signature(&types);
        let is_word = |t: &Type| matches!(t, Type::I32 | Type::Ref);
        let words = sig.params.len() == 2 && sig.params.iter().all(is_word);
        if !words || sig.results != [Type::I64] {
            return Err(
                "a runtime API function must have the signature func(ptr, len uint32) uint64"
                    .to_owned(),
            );
        }
    }
    Ok(())
}

impl Cx<'_> {
    /// The signature of a declared function with these types.
    pub fn callable_signature(&self, types: &crate::scalars::FuncTypes) -> polkago_ir::Signature {
        self.signature(types, crate::scalars::Context::None)
    }
}
