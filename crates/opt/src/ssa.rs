//! Block parameters for variables, in a function that is in SSA form already.
//!
//! For passes that turn memory into values. They walk the blocks in reverse postorder, and tell of each write and
//! ask for each read in order. The method is that of the function builder (Braun et al. 2013, with arguments found
//! at the end from a work list).

use cranelift_entity::SecondaryMap;
use polkago_ir::{
    Block, Cfg, Function, InstData, Type, Value, ValueData, ValueDef, remove_constant_params,
};
use rustc_hash::FxHashMap;

/// A variable, by its place in [`Variables::new`]'s list.
pub type Var = u32;

/// The variables of a function, and their values so far.
pub struct Variables<'a> {
    cfg: &'a Cfg,
    types: Vec<Type>,
    defs: FxHashMap<(Var, Block), Value>,
    /// Parameters made, which are the last ones of their block.
    params: SecondaryMap<Block, Vec<(Var, Value)>>,
    /// Blocks with parameters that have no arguments yet.
    work: Vec<Block>,
    zeros: FxHashMap<Type, Value>,
}

impl<'a> Variables<'a> {
    /// Variables of these types. They are zero on entry.
    pub fn new(cfg: &'a Cfg, types: Vec<Type>) -> Self {
        Self {
            cfg,
            types,
            defs: FxHashMap::default(),
            params: SecondaryMap::new(),
            work: Vec::new(),
            zeros: FxHashMap::default(),
        }
    }

    /// Records a write, at the end of what has been visited of `block`.
    pub fn write(&mut self, var: Var, block: Block, value: Value) {
        self.defs.insert((var, block), value);
    }

    /// The value of a variable at the end of what has been visited of `block`.
    pub fn read(&mut self, func: &mut Function, var: Var, block: Block) -> Value {
        let mut chain = Vec::new();
        let mut at = block;
        let value = loop {
            if let Some(&value) = self.defs.get(&(var, at)) {
                break value;
            }
            chain.push(at);
            match self.cfg.preds(at) {
                [] => break self.zero(func, self.types[var as usize]),
                [pred] => at = *pred,
                [_, _, ..] => {
                    let value = func.values.push(ValueData {
                        ty: self.types[var as usize],
                        def: ValueDef::Param(at, u32::MAX),
                    });
                    self.params[at].push((var, value));
                    self.work.push(at);
                    break value;
                }
            }
        };
        for block in chain {
            self.defs.insert((var, block), value);
        }
        value
    }

    /// The zero of a type; it is put into the entry block at the end.
    pub fn zero(&mut self, func: &mut Function, ty: Type) -> Value {
        *self.zeros.entry(ty).or_insert_with(|| {
            let inst = func.new_inst(zero(ty), None.into());
            func.blocks[func.layout[0]].insts.insert(0, inst);
            func.results[inst][0]
        })
    }

    /// Completes the parameters, and removes those that were not needed. All blocks must have their instructions.
    pub fn finish(mut self, func: &mut Function) {
        let mut done: SecondaryMap<Block, u32> = SecondaryMap::new();
        let mut args: FxHashMap<(Block, Block), Vec<Value>> = FxHashMap::default();
        while let Some(block) = self.work.pop() {
            let from = std::mem::replace(&mut done[block], self.params[block].len() as u32);
            let vars = self.params[block][from as usize..].iter().map(|p| p.0);
            let vars: Vec<Var> = vars.collect();
            for &pred in self.cfg.preds(block) {
                for &var in &vars {
                    let value = self.read(func, var, pred);
                    args.entry((pred, block)).or_default().push(value);
                }
            }
        }
        for i in 0..func.layout.len() {
            let block = func.layout[i];
            let new = self.params[block].iter().map(|p| p.1);
            func.blocks[block].params.extend(new);
            func.renumber_params(block);
            if let Some(inst) = func.terminator(block) {
                for target in func.insts[inst].targets_mut() {
                    if let Some(args) = args.get(&(block, target.block)) {
                        target.args.extend(args.iter().copied());
                    }
                }
            }
        }
        remove_constant_params(func);
    }
}

/// The zero of a type.
fn zero(ty: Type) -> InstData {
    match ty {
        Type::I32 => InstData::I32Const(0),
        Type::I64 => InstData::I64Const(0),
        Type::F32 => InstData::F32Const(0),
        Type::F64 => InstData::F64Const(0),
        Type::Ref => InstData::Null,
    }
}
