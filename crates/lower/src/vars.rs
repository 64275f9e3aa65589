//! Variables: which live in SSA form, which in the frame and which on the heap (*Variables*).
//!
//! A variable is a list of SSA variables, one a scalar, unless its address is taken or a function literal captures
//! it and somebody assigns it later: then it is a heap cell. A variable of memory type that needs no cell is a slot
//! of the frame. Variables that are captured and never assigned again are captured by value.

use crate::func::{FuncLowering, ResultVar};
use crate::place::Place;
use crate::scalars::{Context, FuncTypes, Vals};
use polkago_ir::{StackSlot, Type, Value, Variable};
use polkago_syntax::BlockId;
use polkago_types::{ObjId, ObjKind, TypeId, VarFacts, VarKind};
use smallvec::SmallVec;

/// Where a variable lives.
#[derive(Clone, Debug)]
pub(crate) enum Storage {
    /// In SSA variables, one a scalar.
    Ssa(SmallVec<[Variable; 4]>),
    /// In the frame.
    Slot(StackSlot),
    /// In memory whose address is in an SSA variable: a heap cell, a copy that the caller made, or a captured value
    /// in a closure object.
    Cell(Variable),
}

/// The most bytes of a variable in the frame: the official compiler's limit.
const MAX_VAR: u32 = 128 << 10;

impl FuncLowering<'_> {
    /// What the checker knows of a variable.
    pub fn facts(&self, obj: ObjId) -> VarFacts {
        self.src().vars.get(&obj).copied().unwrap_or_default()
    }

    /// Whether a variable lives on the heap.
    pub fn in_cell(&self, obj: ObjId) -> bool {
        let facts = self.facts(obj);
        // A return statement assigns the results.
        let result = || matches!(self.cx.obj(obj).kind, ObjKind::Var(VarKind::Result));
        facts.addressed || (facts.captured && (facts.reassigned || result()))
    }

    /// Makes the storage of a new variable, undefined but for a cell, which is zero.
    pub fn declare(&mut self, obj: ObjId) -> Storage {
        let t = self.obj_type(obj);
        let storage = if self.in_cell(obj) || self.cx.size(t) > MAX_VAR {
            let cell = self.new_object(t);
            self.cell(cell)
        } else if self.cx.info(t).memory {
            Storage::Slot(self.slot(t))
        } else {
            Storage::Ssa(self.declare_scalars(t))
        };
        self.vars.insert(obj, storage.clone());
        storage
    }

    /// Memory at an address as storage.
    pub fn cell(&mut self, address: Value) -> Storage {
        let var = self.b.declare_var(Type::Ref);
        self.b.def_var(var, address);
        Storage::Cell(var)
    }

    /// SSA variables for the scalars of a type.
    pub fn declare_scalars(&mut self, t: TypeId) -> SmallVec<[Variable; 4]> {
        let types = self.cx.scalars(t);
        types.iter().map(|&ty| self.b.declare_var(ty)).collect()
    }

    /// Declares a variable with an initial value.
    pub fn declare_init(&mut self, obj: ObjId, vals: &[Value]) {
        let t = self.obj_type(obj);
        let storage = self.declare(obj);
        let place = self.storage_place(&storage);
        self.assign(t, &place, vals);
    }

    /// Declares a variable with the zero value.
    pub fn declare_zero(&mut self, obj: ObjId) {
        let t = self.obj_type(obj);
        match self.declare(obj) {
            Storage::Ssa(vars) => {
                for var in vars {
                    let zero = self.b.zero_value(self.b.var_type(var));
                    self.b.def_var(var, zero);
                }
            }
            Storage::Slot(slot) => {
                let base = self.b.stack_addr(slot, 0);
                self.store_zero(t, base, 0);
            }
            // Fresh heap memory is zero.
            Storage::Cell(_) => {}
        }
    }

    /// The place of a variable's storage.
    pub fn storage_place(&mut self, storage: &Storage) -> Place {
        match storage {
            Storage::Ssa(vars) => Place::Ssa(vars.clone()),
            Storage::Slot(slot) => {
                let base = self.b.stack_addr(*slot, 0);
                Place::memory(base, 0)
            }
            Storage::Cell(var) => {
                let base = self.b.use_var(*var);
                self.know(base);
                Place::memory(base, 0)
            }
        }
    }

    /// Binds the parameters of a body to the function's IR parameters, and makes its results.
    pub fn bind_params(&mut self, body: BlockId, types: &FuncTypes, context: Context) {
        let objs = self
            .src()
            .info
            .func_params
            .get(&body)
            .cloned()
            .unwrap_or_default();
        let params: Vec<Value> = self.b.params().to_vec();
        let mut at = usize::from(context == Context::Closure);
        let count = types.params.len() + usize::from(types.recv.is_some());
        for (i, &typ) in types.results.iter().enumerate() {
            let memory = self.cx.info(typ).memory;
            let dest = memory.then(|| params[at]);
            at += usize::from(memory);
            // An unnamed result is no variable: nothing can read or assign it.
            let named = |obj: &ObjId| !self.cx.text(self.cx.obj(*obj).name).is_empty();
            let var = objs.get(count + i).copied().filter(named);
            self.results.push(ResultVar {
                typ,
                var,
                dest,
                kept: None,
            });
        }
        for (i, &typ) in types.recv.iter().chain(&types.params).enumerate() {
            let n = self.cx.scalar_count(typ);
            let vals: Vals = params[at..at + n].iter().copied().collect();
            at += n;
            if let Some(&obj) = objs.get(i) {
                self.bind_param(obj, typ, &vals);
            }
        }
        for i in 0..self.results.len() {
            if let Some(obj) = self.results[i].var {
                self.declare_zero(obj);
            }
        }
    }

    /// Gives a parameter its storage. One of memory type that nobody changes stays where the caller put it.
    fn bind_param(&mut self, obj: ObjId, t: TypeId, vals: &[Value]) {
        let untouched = !self.in_cell(obj) && !self.facts(obj).reassigned;
        if untouched && self.cx.info(t).memory {
            self.know(vals[0]);
            let storage = self.cell(vals[0]);
            self.vars.insert(obj, storage);
        } else {
            self.declare_init(obj, vals);
        }
    }
}
