//! Building functions in SSA form from code with assignable variables.
//!
//! The front end declares a [`Variable`] for each local scalar, writes it with [`FunctionBuilder::def_var`] and
//! reads it with [`FunctionBuilder::use_var`]; block parameters appear where needed. The method is that of Braun et
//! al., *Simple and Efficient Construction of Static Single Assignment Form* (CC 2013), with two changes:
//!
//! - Arguments for the parameters are found in [`FunctionBuilder::finish`], from a work list, when the whole graph
//!   is known. There is no recursion, so a function may have any number of blocks.
//! - Sealing a block is only a hint: a block that is sealed while it has one predecessor needs no parameters. What
//!   was placed needlessly is removed at the end by [`remove_constant_params`], which also finds cycles of needless
//!   parameters in irreducible code.
//!
//! Instructions behind a terminator go to a fresh block that nothing reaches; `finish` drops it. A variable that is
//! read before it was written is zero.
//!
//! The cost is linear in the size of the result, plus the length of chains of single predecessors that a variable
//! is looked up through, once a variable and block.

use crate::{
    BinaryOp, Block, BlockCall, Function, Inst, InstData, Loc, LocData, MemType, SigRef, Signature,
    StackSlot, StackSlotData, SymRef, Symbol, TrapCode, Type, UnaryOp, Value, Values,
    remove_constant_params,
};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl, packed_option::PackedOption};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A variable of the source, one scalar of it. Made by [`FunctionBuilder::declare_var`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(u32);
entity_impl!(Variable, "var");

/// The results of a call.
pub type Results = SmallVec<[Value; 2]>;

/// What the builder knows of a block.
#[derive(Clone, Default)]
struct BlockState {
    /// No predecessor will be added.
    sealed: bool,
    /// It has been switched to, so it stands in the layout.
    placed: bool,
    /// It has its terminator.
    filled: bool,
    /// Predecessors, each once.
    preds: SmallVec<[Block; 2]>,
    /// Parameters made for variables. They join the block's own ones at the end.
    phis: Vec<(Variable, Value)>,
}

/// Builds one function. See the module documentation.
pub struct FunctionBuilder {
    func: Function,
    vars: PrimaryMap<Variable, Type>,
    defs: FxHashMap<(Variable, Block), Value>,
    states: SecondaryMap<Block, BlockState>,
    layout: Vec<Block>,
    current: Block,
    loc: PackedOption<Loc>,
    locs: FxHashMap<LocData, Loc>,
    syms: FxHashMap<Symbol, SymRef>,
    sigs: FxHashMap<Signature, SigRef>,
    zeros: FxHashMap<Type, Value>,
    entry_insts: Vec<Inst>,
    landing: Option<Block>,
}

impl FunctionBuilder {
    /// Begins a function: makes its entry block, with the parameters of the signature, and switches to it. Nothing
    /// may branch to the entry block.
    #[must_use]
    pub fn new(name: Symbol, sig: Signature) -> Self {
        let mut func = Function::new(name, sig);
        let entry = func.new_block();
        for i in 0..func.sig.params.len() {
            let ty = func.sig.params[i];
            func.add_block_param(entry, ty);
        }
        let mut builder = Self {
            func,
            vars: PrimaryMap::new(),
            defs: FxHashMap::default(),
            states: SecondaryMap::new(),
            layout: Vec::new(),
            current: entry,
            loc: None.into(),
            locs: FxHashMap::default(),
            syms: FxHashMap::default(),
            sigs: FxHashMap::default(),
            zeros: FxHashMap::default(),
            entry_insts: Vec::new(),
            landing: None,
        };
        builder.states[entry].sealed = true;
        builder.switch_to(entry);
        builder
    }

    /// The function so far. Variables read are block parameters without arguments until `finish`.
    #[must_use]
    pub fn func(&self) -> &Function {
        &self.func
    }

    /// The function so far, to set attributes and the like. Its blocks must be left alone.
    pub fn func_mut(&mut self) -> &mut Function {
        &mut self.func
    }

    /// The entry block.
    #[must_use]
    pub fn entry(&self) -> Block {
        self.func.entry()
    }

    /// The values of the function's parameters.
    #[must_use]
    pub fn params(&self) -> &[Value] {
        &self.func.blocks[self.func.entry()].params
    }

    /// The type of a value.
    #[must_use]
    pub fn value_type(&self, v: Value) -> Type {
        self.func.value_type(v)
    }

    // Blocks.

    /// A new block, unsealed, without parameters of its own. It stands in the function where it is first switched to.
    pub fn new_block(&mut self) -> Block {
        self.func.new_block()
    }

    /// Adds a parameter of its own to a block, for which each branch to it gives an argument.
    pub fn add_block_param(&mut self, block: Block, ty: Type) -> Value {
        self.func.add_block_param(block, ty)
    }

    /// Makes `block` the one that instructions are appended to.
    pub fn switch_to(&mut self, block: Block) {
        let state = &mut self.states[block];
        if !state.placed {
            state.placed = true;
            self.layout.push(block);
        }
        self.current = block;
    }

    /// The block that instructions are appended to.
    #[must_use]
    pub fn current_block(&self) -> Block {
        self.current
    }

    /// Declares that no further branch to `block` will be made, which is checked in debug builds.
    pub fn seal_block(&mut self, block: Block) {
        self.states[block].sealed = true;
    }

    /// Seals all blocks made so far.
    pub fn seal_all(&mut self) {
        for block in self.func.blocks.keys() {
            self.states[block].sealed = true;
        }
    }

    /// Whether the current block has its terminator.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.states[self.current].filled
    }

    /// Whether what is appended now is known never to run: behind a terminator, or in a sealed block without
    /// predecessors.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        let state = &self.states[self.current];
        state.filled
            || (state.sealed && state.preds.is_empty() && self.current != self.func.entry())
    }

    // Variables.

    /// A new variable.
    pub fn declare_var(&mut self, ty: Type) -> Variable {
        self.vars.push(ty)
    }

    /// The type of a variable.
    #[must_use]
    pub fn var_type(&self, var: Variable) -> Type {
        self.vars[var]
    }

    /// Assigns a variable.
    pub fn def_var(&mut self, var: Variable, value: Value) {
        debug_assert_eq!(self.vars[var], self.value_type(value), "type of {var}");
        let block = self.open_block();
        self.defs.insert((var, block), value);
    }

    /// The value of a variable here. Zero if nothing has been assigned on some path from the entry.
    pub fn use_var(&mut self, var: Variable) -> Value {
        let block = self.open_block();
        self.read_var(var, block)
    }

    /// The value of a variable at the end of what has been built of `block`.
    fn read_var(&mut self, var: Variable, block: Block) -> Value {
        if let Some(&v) = self.defs.get(&(var, block)) {
            return v;
        }
        let mut chain: SmallVec<[Block; 8]> = SmallVec::new();
        let mut at = block;
        let value = loop {
            chain.push(at);
            let state = &self.states[at];
            match (state.sealed, state.preds.as_slice()) {
                (true, []) => break self.zero(self.vars[var]),
                // A chain longer than the function goes round an unreachable loop.
                (true, [pred]) if chain.len() <= self.func.blocks.len() => at = *pred,
                (true, [_]) => break self.zero(self.vars[var]),
                (true, _) | (false, _) => {
                    let ty = self.vars[var];
                    // Its real place among the block's parameters is known at the end.
                    let def = crate::ValueDef::Param(at, u32::MAX);
                    let v = self.func.values.push(crate::ValueData { ty, def });
                    self.states[at].phis.push((var, v));
                    break v;
                }
            }
            if let Some(&v) = self.defs.get(&(var, at)) {
                break v;
            }
        };
        for b in chain {
            self.defs.insert((var, b), value);
        }
        value
    }

    /// The zero of a type, in the entry block.
    fn zero(&mut self, ty: Type) -> Value {
        if let Some(&v) = self.zeros.get(&ty) {
            return v;
        }
        let inst = self.func.new_inst(zero_const(ty), None.into());
        let value = self.func.results[inst][0];
        self.entry_insts.push(inst);
        self.zeros.insert(ty, value);
        value
    }

    // Tables of the function.

    /// Sets the location of the instructions that follow.
    pub fn set_loc(&mut self, loc: LocData) {
        let func = &mut self.func;
        let entry = self.locs.entry(loc);
        let loc = *entry.or_insert_with_key(|data| func.locs.push(data.clone()));
        self.loc = loc.into();
    }

    /// The instructions that follow have no location.
    pub fn clear_loc(&mut self) {
        self.loc = None.into();
    }

    /// The location of the instructions that follow.
    #[must_use]
    pub fn loc(&self) -> PackedOption<Loc> {
        self.loc
    }

    /// The entry for a symbol, made if new.
    pub fn sym(&mut self, name: &Symbol) -> SymRef {
        if let Some(&sym) = self.syms.get(name) {
            return sym;
        }
        let sym = self.func.syms.push(name.clone());
        self.syms.insert(name.clone(), sym);
        sym
    }

    /// The entry for a signature, made if new.
    pub fn sig(&mut self, sig: &Signature) -> SigRef {
        if let Some(&r) = self.sigs.get(sig) {
            return r;
        }
        let r = self.func.sigs.push(sig.clone());
        self.sigs.insert(sig.clone(), r);
        r
    }

    /// A new stack slot.
    pub fn slot(&mut self, slot: StackSlotData) -> StackSlot {
        self.func.slots.push(slot)
    }

    // Instructions.

    /// Puts an instruction on entry of the function, behind those put there before and before all others. Gives its
    /// result, if it has one.
    pub fn at_entry(&mut self, data: InstData) -> Option<Value> {
        let inst = self.func.new_inst(data, self.loc);
        self.entry_insts.push(inst);
        self.func.results[inst].first().copied()
    }

    /// From here on each call has a check behind it that leads to `landing` if the call left early. `None` ends it.
    pub fn set_landing(&mut self, landing: Option<Block>) {
        self.landing = landing;
    }

    /// Makes the check behind a call.
    fn land(&mut self) {
        if let Some(landing) = self.landing {
            let exit = self.exit_check();
            let next = self.new_block();
            self.brif(exit, landing, next);
            self.seal_block(next);
            self.switch_to(next);
        }
    }

    /// The current block, or a fresh unreachable one if it has its terminator.
    fn open_block(&mut self) -> Block {
        if self.states[self.current].filled {
            let block = self.new_block();
            self.seal_block(block);
            self.switch_to(block);
        }
        self.current
    }

    /// Appends an instruction. The instruction helpers below are shorter.
    pub fn ins(&mut self, data: InstData) -> Inst {
        let block = self.open_block();
        if data.is_terminator() {
            for target in data.targets() {
                let state = &mut self.states[target.block];
                debug_assert!(!state.sealed, "branch to sealed {}", target.block);
                let preds = &mut state.preds;
                // A block's branches are recorded all at once, so a repetition is always the last entry.
                if preds.last() != Some(&block) {
                    preds.push(block);
                }
            }
            self.states[block].filled = true;
        }
        self.func.append(block, data, self.loc)
    }

    /// Appends an instruction with one result.
    fn value(&mut self, data: InstData) -> Value {
        let inst = self.ins(data);
        self.func.results[inst][0]
    }

    /// An i32 constant.
    pub fn i32const(&mut self, n: i32) -> Value {
        self.value(InstData::I32Const(n))
    }

    /// An i64 constant.
    pub fn i64const(&mut self, n: i64) -> Value {
        self.value(InstData::I64Const(n))
    }

    /// An f32 constant.
    pub fn f32const(&mut self, x: f32) -> Value {
        self.value(InstData::F32Const(x.to_bits()))
    }

    /// An f64 constant.
    pub fn f64const(&mut self, x: f64) -> Value {
        self.value(InstData::F64Const(x.to_bits()))
    }

    /// The null ref.
    pub fn null(&mut self) -> Value {
        self.value(InstData::Null)
    }

    /// A constant of an integer type: the low bits of `n`; for `Ref` the null ref, whatever `n`.
    pub fn iconst(&mut self, ty: Type, n: i64) -> Value {
        match ty {
            Type::I32 => self.i32const(n as i32),
            Type::I64 => self.i64const(n),
            Type::F32 => self.f32const(n as f32),
            Type::F64 => self.f64const(n as f64),
            Type::Ref => self.null(),
        }
    }

    /// The zero of a type.
    pub fn zero_value(&mut self, ty: Type) -> Value {
        self.value(zero_const(ty))
    }

    /// The address of a data object plus an offset.
    pub fn sym_addr(&mut self, name: &Symbol, offset: i32) -> Value {
        let sym = self.sym(name);
        self.value(InstData::SymAddr { sym, offset })
    }

    /// The table index of a function.
    pub fn func_index(&mut self, name: &Symbol) -> Value {
        let sym = self.sym(name);
        self.value(InstData::FuncIndex(sym))
    }

    /// The address of a stack slot plus an offset.
    pub fn stack_addr(&mut self, slot: StackSlot, offset: i32) -> Value {
        self.value(InstData::StackAddr { slot, offset })
    }

    /// An operation with one operand and the given result type.
    pub fn unary(&mut self, op: UnaryOp, x: Value, ty: Type) -> Value {
        self.value(InstData::Unary { op, x, ty })
    }

    /// An operation with two operands.
    pub fn binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Value {
        self.value(InstData::Binary { op, x, y })
    }

    /// `x` if `cond` is not zero, else `y`.
    pub fn select(&mut self, cond: Value, x: Value, y: Value) -> Value {
        self.value(InstData::Select { cond, x, y })
    }

    /// Reads memory.
    pub fn load(&mut self, mem: MemType, addr: Value, offset: u32) -> Value {
        self.value(InstData::Load { mem, addr, offset })
    }

    /// Writes memory.
    pub fn store(&mut self, mem: MemType, addr: Value, offset: u32, value: Value) {
        self.ins(InstData::Store {
            mem,
            addr,
            value,
            offset,
        });
    }

    /// Copies bytes; `plain` tells that there is no reference among them.
    pub fn mem_copy(&mut self, dst: Value, src: Value, len: Value, plain: bool) {
        self.ins(InstData::MemCopy {
            dst,
            src,
            len,
            plain,
        });
    }

    /// Sets bytes.
    pub fn mem_fill(&mut self, dst: Value, byte: Value, len: Value) {
        self.ins(InstData::MemFill { dst, byte, len });
    }

    /// Calls a function by name.
    pub fn call(&mut self, name: &Symbol, sig: &Signature, args: &[Value]) -> Results {
        let func = self.sym(name);
        let sig = self.sig(sig);
        let args = Values::from_slice(args);
        let inst = self.ins(InstData::Call { func, sig, args });
        let results = self.func.results[inst].clone();
        self.land();
        results
    }

    /// Calls through the table.
    pub fn call_indirect(&mut self, sig: &Signature, callee: Value, args: &[Value]) -> Results {
        let sig = self.sig(sig);
        let args = Values::from_slice(args);
        let inst = self.ins(InstData::CallIndirect { sig, callee, args });
        let results = self.func.results[inst].clone();
        self.land();
        results
    }

    /// Reads a module global of the given type.
    pub fn global_get(&mut self, name: &Symbol, ty: Type) -> Value {
        let global = self.sym(name);
        self.value(InstData::GlobalGet { global, ty })
    }

    /// Writes a module global.
    pub fn global_set(&mut self, name: &Symbol, value: Value) {
        let global = self.sym(name);
        self.ins(InstData::GlobalSet { global, value });
    }

    /// Pages of memory.
    pub fn memory_size(&mut self) -> Value {
        self.value(InstData::MemorySize)
    }

    /// Grows memory.
    pub fn memory_grow(&mut self, pages: Value) -> Value {
        self.value(InstData::MemoryGrow(pages))
    }

    /// The check point directly behind a call.
    pub fn exit_check(&mut self) -> Value {
        self.value(InstData::ExitCheck)
    }

    /// Goes to a block whose own parameters get `args`.
    pub fn jump_args(&mut self, block: Block, args: &[Value]) {
        self.ins(InstData::Jump(target(block, args)));
    }

    /// Goes to a block.
    pub fn jump(&mut self, block: Block) {
        self.jump_args(block, &[]);
    }

    /// Goes to `then` if `cond` is not zero, else to `els`, with arguments for their own parameters.
    pub fn brif_args(
        &mut self,
        cond: Value,
        (then, then_args): (Block, &[Value]),
        (els, els_args): (Block, &[Value]),
    ) {
        self.ins(InstData::Brif {
            cond,
            then: target(then, then_args),
            els: target(els, els_args),
        });
    }

    /// Goes to `then` if `cond` is not zero, else to `els`.
    pub fn brif(&mut self, cond: Value, then: Block, els: Block) {
        self.brif_args(cond, (then, &[]), (els, &[]));
    }

    /// Goes to the target number `index`, or to `default`.
    pub fn br_table(&mut self, index: Value, targets: &[Block], default: Block) {
        self.ins(InstData::BrTable {
            index,
            targets: targets.iter().map(|&b| target(b, &[])).collect(),
            default: target(default, &[]),
        });
    }

    /// Leaves the function.
    pub fn ret(&mut self, results: &[Value]) {
        self.ins(InstData::Return(Values::from_slice(results)));
    }

    /// Leaves the function while `exit` is set.
    pub fn ret_exit(&mut self) {
        self.ins(InstData::ReturnExit);
    }

    /// Traps.
    pub fn trap(&mut self, code: TrapCode) {
        self.ins(InstData::Trap(code));
    }

    // The end.

    /// Ends the function: fills in the arguments of block parameters, drops unreachable blocks and needless
    /// parameters.
    #[must_use]
    pub fn finish(mut self) -> Function {
        self.seal_all();
        self.func.layout = std::mem::take(&mut self.layout);
        self.func.remove_unreachable_blocks();
        self.fill_arguments();
        let entry = self.func.entry();
        self.func.blocks[entry].insts.splice(0..0, self.entry_insts);
        remove_constant_params(&mut self.func);
        self.func
    }

    /// Appends the parameters made for variables to their blocks, and the arguments for them to all branches.
    /// Looking up an argument may make further parameters, in other blocks or in the same one.
    fn fill_arguments(&mut self) {
        let mut reachable = cranelift_entity::EntitySet::with_capacity(self.func.blocks.len());
        reachable.extend(self.func.layout.iter().copied());
        // Blocks that may have parameters without arguments, and how many have them already.
        let mut work = self.func.layout.clone();
        let mut done: SecondaryMap<Block, u32> = SecondaryMap::new();
        // Arguments in order of the parameters of a block, for each edge.
        let mut args: FxHashMap<(Block, Block), Vec<Value>> = FxHashMap::default();
        while let Some(block) = work.pop() {
            let from = done[block] as usize;
            let vars: SmallVec<[Variable; 16]> = self.states[block].phis[from..]
                .iter()
                .map(|p| p.0)
                .collect();
            if vars.is_empty() {
                continue;
            }
            done[block] = (from + vars.len()) as u32;
            for pred in self.states[block].preds.clone() {
                if !reachable.contains(pred) {
                    continue;
                }
                for &var in &vars {
                    let (value, made_in) = self.read_var_noting(var, pred);
                    args.entry((pred, block)).or_default().push(value);
                    work.extend(made_in);
                }
            }
        }
        for i in 0..self.func.layout.len() {
            let block = self.func.layout[i];
            let phis = std::mem::take(&mut self.states[block].phis);
            self.func.blocks[block]
                .params
                .extend(phis.iter().map(|p| p.1));
            self.func.renumber_params(block);
            if let Some(inst) = self.func.terminator(block) {
                for target in self.func.insts[inst].targets_mut() {
                    if let Some(args) = args.get(&(block, target.block)) {
                        target.args.extend(args.iter().copied());
                    }
                }
            }
        }
    }

    /// [`Self::read_var`], and the block in which it made a parameter, if it did.
    fn read_var_noting(&mut self, var: Variable, block: Block) -> (Value, Option<Block>) {
        let before = self.func.values.len();
        let value = self.read_var(var, block);
        let made = match self.func.values[value].def {
            crate::ValueDef::Param(b, _) if self.func.values.len() > before => Some(b),
            crate::ValueDef::Param(..) | crate::ValueDef::Result(..) => None,
        };
        (value, made)
    }
}

/// A branch target.
fn target(block: Block, args: &[Value]) -> BlockCall {
    BlockCall {
        block,
        args: Values::from_slice(args),
    }
}

/// The constant that is the zero of a type.
fn zero_const(ty: Type) -> InstData {
    match ty {
        Type::I32 => InstData::I32Const(0),
        Type::I64 => InstData::I64Const(0),
        Type::F32 => InstData::F32Const(0),
        Type::F64 => InstData::F64Const(0),
        Type::Ref => InstData::Null,
    }
}
