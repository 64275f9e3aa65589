//! Types and signatures as sequences of scalars (decision record 0001).

use crate::cx::Cx;
use polkago_ir::{MemType, Signature, Type, Value};
use polkago_types::{Func, TypeId};
use smallvec::SmallVec;

/// The scalars of one Go value; one `ref` for a value of memory type.
pub(crate) type Vals = SmallVec<[Value; 4]>;

/// One scalar of a type and where it stands in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Leaf {
    /// How it is read and written.
    pub mem: MemType,
    /// Byte offset in the value.
    pub offset: u32,
}

impl Leaf {
    /// A scalar at an offset.
    pub fn new(mem: MemType, offset: u32) -> Self {
        Self { mem, offset }
    }

    /// Its type as a value.
    pub fn ty(self) -> Type {
        self.mem.value_type()
    }

    /// The same one in a value that stands `by` bytes further.
    pub fn shifted(self, by: u32) -> Self {
        Self {
            offset: self.offset + by,
            ..self
        }
    }
}

/// The signature of a function as Go types, without type parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct FuncTypes {
    /// The receiver.
    pub recv: Option<TypeId>,
    /// The parameters.
    pub params: Vec<TypeId>,
    /// The results.
    pub results: Vec<TypeId>,
    /// Whether the last parameter takes any number of arguments.
    pub variadic: bool,
}

impl FuncTypes {
    /// Those of a function type.
    pub fn of(recv: Option<TypeId>, func: &Func) -> Self {
        Self {
            recv,
            params: func.params.clone(),
            results: func.results.clone(),
            variadic: func.variadic,
        }
    }
}

/// What stands before the parameters of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Context {
    /// Nothing: a declared function.
    None,
    /// The closure pointer: code of a function value.
    Closure,
}

impl Cx<'_> {
    /// The types of a value's scalars.
    pub fn scalars(&self, t: TypeId) -> SmallVec<[Type; 4]> {
        let info = self.info(t);
        if info.memory {
            return [Type::Ref].into_iter().collect();
        }
        info.leaves.iter().map(|l| l.ty()).collect()
    }

    /// The number of a value's scalars.
    pub fn scalar_count(&self, t: TypeId) -> usize {
        let info = self.info(t);
        if info.memory { 1 } else { info.leaves.len() }
    }

    /// The IR signature: closure pointer, addresses for results of memory type, receiver, parameters; results.
    pub fn signature(&self, types: &FuncTypes, context: Context) -> Signature {
        let mut sig = Signature::default();
        if context == Context::Closure {
            sig.params.push(Type::Ref);
        }
        for &result in &types.results {
            if self.info(result).memory {
                sig.params.push(Type::Ref);
            } else {
                sig.results.extend(self.scalars(result));
            }
        }
        for &param in types.recv.iter().chain(&types.params) {
            sig.params.extend(self.scalars(param));
        }
        sig
    }
}
