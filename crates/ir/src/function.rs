//! A function: arenas of blocks, instructions and values, and what they refer to by name.

use crate::{Block, Inst, InstData, Loc, SigRef, Signature, StackSlot, SymRef, Type, Value};
use cranelift_entity::{PrimaryMap, SecondaryMap, packed_option::PackedOption};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The name of a function, data object or global in a module: `import/path.Func`, `import/path.(*T).Method`,
/// `type:T`, `itab:T,I`, ... (decision record 0004). Unique in a module.
pub type Symbol = Arc<str>;

/// A block.
#[derive(Clone, Debug, Default)]
pub struct BlockData {
    /// Parameters: what other compilers call phis.
    pub params: Vec<Value>,
    /// Instructions in order; the last one is the only terminator.
    pub insts: Vec<Inst>,
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueDef {
    /// Result number `.1` of an instruction.
    Result(Inst, u32),
    /// Parameter number `.1` of a block.
    Param(Block, u32),
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub struct ValueData {
    /// Its type.
    pub ty: Type,
    /// Its definition.
    pub def: ValueDef,
}

/// A piece of the shadow frame with an address, for variables whose address does not leave the function and for
/// values that are too large for scalars. Its bytes are undefined until written, except that words named by
/// `refs` are null on entry, because the collector reads them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StackSlotData {
    /// Bytes.
    pub size: u32,
    /// Alignment in bytes, 1 to 8.
    pub align: u32,
    /// Byte offsets, ascending and 4-aligned, of the words that hold refs.
    pub refs: Vec<u32>,
}

/// A source location: where an instruction comes from, and through which inlined calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocData {
    /// The file as shown to users, deterministic (`$GOROOT/src/...`, or relative to the module).
    pub file: Arc<str>,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in bytes.
    pub col: u32,
    /// The function that was inlined here; absent where the code is the function's own.
    pub func: Option<Symbol>,
    /// The call that was inlined here.
    pub inlined_at: PackedOption<Loc>,
}

impl Hash for LocData {
    /// By the place alone: texts take longer to hash than to compare, and few places have the same numbers.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.line, self.col, self.inlined_at).hash(state);
    }
}

/// Properties of a function that are not in its code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FuncAttrs {
    /// `//go:noinline`.
    pub noinline: bool,
    /// It never calls what may collect: runtime code that must not be interrupted (`//go:nosplit` plus
    /// `//go:nowritebarrierrec` play that part in the official runtime). Its refs need no frame.
    pub nocollect: bool,
    /// It never returns (`runtime.gopanic`, ...).
    pub noreturn: bool,
    /// No writes and no traps: a call with an unused result may go.
    pub pure: bool,
    /// A call that leaves early leaves this function, but not its callers: they look at `exit` themselves. It runs
    /// goroutines.
    pub exit_barrier: bool,
    /// It has no parameters in the source: what is in the signature is a closure pointer, or where results go.
    pub no_arguments: bool,
}

/// A function definition.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its symbol.
    pub name: Symbol,
    /// Parameters and results.
    pub sig: Signature,
    /// Attributes.
    pub attrs: FuncAttrs,
    /// Blocks.
    pub blocks: PrimaryMap<Block, BlockData>,
    /// The blocks in order; the first is the entry, whose parameters are the function's. Blocks not listed are
    /// dead and not printed.
    pub layout: Vec<Block>,
    /// Instructions.
    pub insts: PrimaryMap<Inst, InstData>,
    /// Results of instructions.
    pub results: PrimaryMap<Inst, SmallVec<[Value; 2]>>,
    /// The location of each instruction.
    pub inst_locs: PrimaryMap<Inst, PackedOption<Loc>>,
    /// Values.
    pub values: PrimaryMap<Value, ValueData>,
    /// Stack slots.
    pub slots: PrimaryMap<StackSlot, StackSlotData>,
    /// The slot in which a call that is suspended keeps what it needs to go on (decision record 0011). It stands
    /// directly behind the header of the frame.
    pub suspend_slot: PackedOption<StackSlot>,
    /// The function whose suspended calls this one goes on with, in the frame that they left. It has the same slots.
    pub resumes: Option<Symbol>,
    /// The parameters of type ref that it keeps nowhere, ascending: after a call an argument for one of them is in the
    /// results, or where the caller has it.
    pub borrows: Vec<u32>,
    /// Signatures of calls.
    pub sigs: PrimaryMap<SigRef, Signature>,
    /// Symbols referred to.
    pub syms: PrimaryMap<SymRef, Symbol>,
    /// Locations.
    pub locs: PrimaryMap<Loc, LocData>,
}

impl Function {
    /// An empty function: no blocks yet.
    #[must_use]
    pub fn new(name: Symbol, sig: Signature) -> Self {
        Self {
            name,
            sig,
            attrs: FuncAttrs::default(),
            blocks: PrimaryMap::new(),
            layout: Vec::new(),
            insts: PrimaryMap::new(),
            results: PrimaryMap::new(),
            inst_locs: PrimaryMap::new(),
            values: PrimaryMap::new(),
            slots: PrimaryMap::new(),
            suspend_slot: None.into(),
            resumes: None,
            borrows: Vec::new(),
            sigs: PrimaryMap::new(),
            syms: PrimaryMap::new(),
            locs: PrimaryMap::new(),
        }
    }

    /// The entry block.
    ///
    /// # Panics
    /// If there is none yet.
    #[must_use]
    pub fn entry(&self) -> Block {
        self.layout[0]
    }

    /// A new block without parameters, appended to the layout.
    pub fn new_block(&mut self) -> Block {
        let block = self.blocks.push(BlockData::default());
        self.layout.push(block);
        block
    }

    /// Appends a parameter to a block.
    pub fn add_block_param(&mut self, block: Block, ty: Type) -> Value {
        let n = self.blocks[block].params.len() as u32;
        let v = self.values.push(ValueData {
            ty,
            def: ValueDef::Param(block, n),
        });
        self.blocks[block].params.push(v);
        v
    }

    /// Makes an instruction with its results, in no block yet.
    pub fn new_inst(&mut self, data: InstData, loc: PackedOption<Loc>) -> Inst {
        let types = self.result_types(&data);
        let inst = self.insts.push(data);
        let mut results = SmallVec::new();
        for (i, ty) in types.into_iter().enumerate() {
            results.push(self.values.push(ValueData {
                ty,
                def: ValueDef::Result(inst, i as u32),
            }));
        }
        self.results.push(results);
        self.inst_locs.push(loc);
        inst
    }

    /// Makes an instruction and appends it to a block.
    pub fn append(&mut self, block: Block, data: InstData, loc: PackedOption<Loc>) -> Inst {
        let inst = self.new_inst(data, loc);
        self.blocks[block].insts.push(inst);
        inst
    }

    /// The block in which each value is defined; `None` for those of blocks that are not listed.
    #[must_use]
    pub fn homes(&self) -> SecondaryMap<Value, Option<Block>> {
        let mut homes = SecondaryMap::with_capacity(self.values.len());
        for &block in &self.layout {
            for &param in &self.blocks[block].params {
                homes[param] = Some(block);
            }
            for &inst in &self.blocks[block].insts {
                for &result in &self.results[inst] {
                    homes[result] = Some(block);
                }
            }
        }
        homes
    }

    /// The terminator of a block; `None` while it is being built.
    #[must_use]
    pub fn terminator(&self, block: Block) -> Option<Inst> {
        let last = *self.blocks[block].insts.last()?;
        self.insts[last].is_terminator().then_some(last)
    }

    /// The type of a value.
    #[must_use]
    pub fn value_type(&self, v: Value) -> Type {
        self.values[v].ty
    }

    /// The entry for a symbol, made if new. Linear in the number of symbols only on first use of each name.
    pub fn sym(&mut self, name: &Symbol) -> SymRef {
        if let Some((r, _)) = self.syms.iter().find(|(_, s)| *s == name) {
            return r;
        }
        self.syms.push(name.clone())
    }

    /// The entry for a signature, made if new.
    pub fn sig_ref(&mut self, sig: &Signature) -> SigRef {
        if let Some((r, _)) = self.sigs.iter().find(|(_, s)| *s == sig) {
            return r;
        }
        self.sigs.push(sig.clone())
    }
}
