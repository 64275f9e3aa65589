//! What lowering one item gives: definitions, the items it needs, and errors.

use crate::methods::{MethodEntry, MethodKey};
use crate::program::Item;
use crate::reflect_uses::ReflectUse;
use polkago_ir::{Data, Function, Global, Import};
use polkago_types::{SrcPos, TypeId};

/// Why a program could not be lowered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LowerError {
    /// Where; absent where no place in the source is to blame.
    pub pos: Option<SrcPos>,
    /// The message, without position.
    pub message: String,
}

/// A method that a descriptor may have.
#[derive(Clone, Debug)]
pub(crate) struct TypeMethod {
    /// The type.
    pub typ: TypeId,
    /// The offset of `abi.UncommonType` in the descriptor.
    pub uncommon: u32,
    /// The method.
    pub entry: MethodEntry,
}

/// The place of a method in an interface table.
#[derive(Clone, Debug)]
pub(crate) struct ItabEntry {
    /// The concrete type.
    pub typ: TypeId,
    /// The interface type.
    pub iface: TypeId,
    /// The offset in the table.
    pub offset: u32,
    /// The method.
    pub method: MethodKey,
}

/// Collects what lowering one item gives.
#[derive(Default)]
pub(crate) struct Output {
    /// Functions defined.
    pub funcs: Vec<Function>,
    /// Data defined. Objects that are named by their content may be defined several times.
    pub data: Vec<Data>,
    /// Functions of the host called.
    pub imports: Vec<Import>,
    /// Globals used.
    pub globals: Vec<Global>,
    /// What must be lowered too, in program order.
    pub needs: Vec<Item>,
    /// Kinds of the types whose descriptors are defined.
    pub kinds: Vec<u8>,
    /// Methods of the descriptors defined, in the order of itabs.
    pub methods: Vec<TypeMethod>,
    /// Interface types for which tables may be made at run time.
    pub dynamic: Vec<TypeId>,
    /// The places of methods in the tables defined.
    pub itab_entries: Vec<ItabEntry>,
    /// Methods called through interfaces.
    pub called: Vec<MethodKey>,
    /// What reflection is asked for.
    pub reflect: Vec<ReflectUse>,
    /// Errors in program order.
    pub errors: Vec<LowerError>,
}

impl Output {
    /// Adds what another function gives, which was lowered along with this one.
    pub fn absorb(&mut self, other: Self) {
        let Self {
            funcs,
            data,
            imports,
            globals,
            needs,
            kinds,
            methods,
            dynamic,
            itab_entries,
            called,
            reflect,
            errors,
        } = other;
        self.funcs.extend(funcs);
        self.data.extend(data);
        self.imports.extend(imports);
        self.globals.extend(globals);
        self.needs.extend(needs);
        self.kinds.extend(kinds);
        self.methods.extend(methods);
        self.dynamic.extend(dynamic);
        self.itab_entries.extend(itab_entries);
        self.called.extend(called);
        self.reflect.extend(reflect);
        self.errors.extend(errors);
    }

    /// Reports an error.
    pub fn error(&mut self, pos: Option<SrcPos>, message: impl Into<String>) {
        self.errors.push(LowerError {
            pos,
            message: message.into(),
        });
    }
}
