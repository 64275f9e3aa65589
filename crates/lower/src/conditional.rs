//! Functions that matter only if something else is part of the program.
//!
//! An initialiser that does nothing but set its variable matters only if somebody uses the variable.
//!
//! `//go:ifreached F T.M` before a function of package `runtime` or of the overlay says that it does nothing, and gives
//! zeros, unless one of these functions of its package is part of the program.
//!
//! The others are functions of package `runtime` that matter only for values of certain types. Printing the value of a
//! panic could need to print floats, or to call an `Error` method that is found at run time; most programs have neither
//! in an interface value. `//go:ifkind float64 complex128` before a function says
//! that it is called only for types of these kinds, `//go:ifmethods` that it is called only for types with
//! methods. Where that does not hold, the function is an empty one that traps, and what it would have called is not
//! part of the program.

use crate::cx::{Cx, FuncInst};
use crate::descriptors::kind_of_name;
use crate::func::FuncLowering;
use crate::output::Output;
use crate::program::{Callable, Item};
use crate::scalars::{Context, FuncTypes};
use polkago_ir::Value;
use rustc_hash::FxHashSet;

/// What the descriptors of a program have.
#[derive(Debug, Default)]
pub(crate) struct Described {
    /// Kinds of types, as `abi.Kind`.
    pub kinds: FxHashSet<u8>,
    /// Whether any type has methods.
    pub methods: bool,
}

/// When a function matters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    /// If a type of one of these kinds has a descriptor.
    Kinds(Vec<u8>),
    /// If a type with methods has one.
    Methods,
    /// If one of these items is part of the program.
    Reached(Vec<Item>),
}

impl Condition {
    /// The condition under which an item matters, if there is one.
    pub fn of(cx: &Cx<'_>, item: &Item) -> Option<Self> {
        if let Item::VarInit(obj) = item {
            return Some(Self::Reached(vec![cx.var_item(*obj)]));
        }
        let Item::Func(Callable::Declared(inst)) = item else {
            return None;
        };
        let (source, decl) = cx.func_decl(inst.obj)?;
        let path = &source.pkg.files[source.file as usize].stable_path;
        if !path.starts_with("$POLKAGO/") {
            return None;
        }
        source
            .tree
            .directives(decl.directives)
            .iter()
            .find_map(|d| {
                let mut words = source.tree.text(d.text).split_ascii_whitespace();
                match words.next()? {
                    "go:ifkind" => Some(Self::Kinds(words.filter_map(kind_of_name).collect())),
                    "go:ifmethods" => Some(Self::Methods),
                    "go:ifreached" => {
                        let objs =
                            words.filter_map(|name| crate::linkname::find(cx, source.pkg.id, name));
                        let item = |obj| Item::Func(Callable::Declared(FuncInst::plain(obj)));
                        Some(Self::Reached(objs.map(item).collect()))
                    }
                    _ => None,
                }
            })
    }

    /// Whether it holds.
    pub fn holds(&self, described: &Described, reached: &FxHashSet<Item>) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.iter().any(|k| described.kinds.contains(k)),
            Self::Methods => described.methods,
            Self::Reached(items) => items.iter().any(|item| reached.contains(item)),
        }
    }
}

/// Lowers a function that does not matter: an initialiser, or what waits for another function, does nothing; others
/// are never called and trap.
pub(crate) fn lower_absent(cx: &Cx<'_>, item: &Item, condition: &Condition) -> Output {
    let types = match item {
        Item::Func(callable) => cx.callable_types(callable),
        _ => FuncTypes::default(),
    };
    let sig = cx.signature(&types, Context::None);
    let mut f = FuncLowering::generated(cx, cx.symbol(item), sig);
    match condition {
        Condition::Reached(_) => {
            let zeros = types.results.iter().flat_map(|&t| f.zero(t));
            let zeros: Vec<Value> = zeros.collect();
            f.b.ret(&zeros);
        }
        Condition::Kinds(_) | Condition::Methods => {
            f.b.trap(polkago_ir::TrapCode::Unreachable);
        }
    }
    f.finish()
}
