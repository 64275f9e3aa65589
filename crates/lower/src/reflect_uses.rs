//! What a program asks reflection for, which decides what descriptors must hold.
//!
//! As with the official linker (`cmd/link/internal/ld/deadcode.go`), methods that only reflection could reach are
//! part of a program that calls `Method` of `reflect.Value` or `reflect.Type`, or `MethodByName` with a name that is
//! not constant; a constant name keeps the methods of that name.

use crate::func::FuncLowering;
use crate::methods::{MethodEntry, MethodTarget};
use crate::type_names::Qualify;
use polkago_syntax::ExprId;
use polkago_types::{PkgId, Sym, TypeKind};
use rustc_hash::FxHashSet;

/// One such question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ReflectUse {
    /// Any method. With `funcs`, as a function that takes the receiver first.
    Methods {
        /// Whether the question was put to a type, not to a value.
        funcs: bool,
    },
    /// The methods of a name.
    Named {
        /// The name.
        name: Sym,
        /// As above.
        funcs: bool,
    },
    /// How many methods a type has.
    Count,
}

/// The questions that a program puts.
#[derive(Debug, Default)]
pub(crate) struct ReflectUses {
    any: bool,
    names: FxHashSet<Sym>,
    /// Whether methods are asked for as functions that take the receiver first.
    pub funcs: bool,
    /// Whether methods are counted.
    pub count: bool,
}

impl ReflectUses {
    /// Adds a question.
    pub fn add(&mut self, question: ReflectUse) {
        match question {
            ReflectUse::Methods { funcs } => {
                self.any = true;
                self.funcs |= funcs;
            }
            ReflectUse::Named { name, funcs } => {
                self.names.insert(name);
                self.funcs |= funcs;
            }
            ReflectUse::Count => self.count = true,
        }
    }

    /// Whether it may find a method.
    pub fn finds(&self, method: &MethodEntry) -> bool {
        self.finds_name(method.name, method.pkg)
    }

    /// Whether it may find a method of a name.
    pub fn finds_name(&self, name: Sym, pkg: Option<PkgId>) -> bool {
        pkg.is_none() && (self.any || self.names.contains(&name))
    }
}

impl FuncLowering<'_> {
    /// Notes what a call of a method asks reflection for. `args` are the arguments if they are known.
    pub fn note_reflection(&mut self, method: &MethodEntry, args: Option<&[ExprId]>) {
        let name = self.cx.text(method.name);
        if !matches!(name, "Method" | "MethodByName" | "NumMethod") || self.in_package("reflect") {
            return;
        }
        let funcs = match &method.target {
            MethodTarget::Declared { inst, .. } => {
                let recv = self.cx.recv_type(inst);
                let recv = recv.map(|t| self.cx.type_text(t, Qualify::Path));
                if recv.as_deref() != Some("reflect.Value") {
                    return;
                }
                false
            }
            // Any interface with such a method may hold a type.
            MethodTarget::Interface { .. } => {
                let TypeKind::Func(f) = self.cx.kind(method.typ) else {
                    return;
                };
                let result = f.results.first();
                let result = result.map(|&t| self.cx.type_text(t, Qualify::Path));
                let expected = match name {
                    "NumMethod" => "int",
                    _ => "reflect.Method",
                };
                if result.as_deref() != Some(expected) {
                    return;
                }
                true
            }
        };
        let question = match (name, args) {
            ("NumMethod", _) => ReflectUse::Count,
            ("MethodByName", Some([arg])) => match self.const_text(*arg) {
                Some(text) => ReflectUse::Named {
                    name: self.cx.store.sym(&text),
                    funcs,
                },
                None => ReflectUse::Methods { funcs },
            },
            _ => ReflectUse::Methods { funcs },
        };
        self.out.reflect.push(question);
    }

    /// The text of a constant string.
    fn const_text(&self, e: ExprId) -> Option<String> {
        let value = self.src().info.consts.get(&e)?;
        let t = self.cx.basic(polkago_types::Basic::String);
        match self.cx.machine(t, value)? {
            crate::consts::Machine::Str(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            _ => None,
        }
    }
}
