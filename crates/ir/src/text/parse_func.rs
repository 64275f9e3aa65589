//! The parser of the text form: functions.
//!
//! Values and blocks keep the numbers they have in the text, so their definitions are collected first and the
//! arenas are filled at the end, gaps included. The result types of an instruction may depend on operands that are
//! defined further down; these instructions wait until a pass over the rest has found the types.

use super::lexer::Token;
use super::parse::{Parser, Result};
use crate::{
    BinaryOp, Block, BlockCall, BlockData, FuncAttrs, Function, Inst, InstData, Loc, LocData,
    MemType, Signature, StackSlot, StackSlotData, SymRef, TrapCode, Type, UnaryOp, Value,
    ValueData, ValueDef, Values,
};
use cranelift_entity::{EntityRef, packed_option::PackedOption};
use rustc_hash::{FxHashMap, FxHashSet};

/// The highest number a value or block may have in a text, so that a short text cannot ask for a huge arena.
const MAX_NUMBER: u32 = 1 << 20;

/// An instruction as read: its operands are numbers that may not be defined yet.
struct RawInst {
    data: InstData,
    /// `data` is a `Unary` whose result type follows from its operand.
    implied: bool,
    results: Vec<Value>,
    loc: PackedOption<Loc>,
    start: usize,
}

/// What has been read of the function's body.
#[derive(Default)]
struct Body {
    /// Blocks in order.
    blocks: Vec<Block>,
    listed: FxHashSet<Block>,
    params: Vec<Vec<(Value, Type)>>,
    insts: Vec<Vec<RawInst>>,
    /// Where each value is defined first.
    defined: FxHashMap<Value, usize>,
    /// The first use of each value.
    used: FxHashMap<Value, usize>,
    /// The first branch to each block.
    targets: FxHashMap<Block, usize>,
}

impl Parser<'_> {
    /// A function behind its `func`.
    pub(super) fn func(&mut self) -> Result<Function> {
        let name = self.symbol()?;
        let sig = self.signature()?;
        let mut func = Function::new(name, sig);
        func.attrs = self.attrs()?;
        if self.eat_word("suspends")? {
            let slot = self.numbered::<StackSlot>("ss")?;
            func.suspend_slot = slot.ok_or_else(|| self.expected("a stack slot"))?.into();
        }
        if self.eat_word("resumes")? {
            func.resumes = Some(self.symbol()?);
        }
        if self.eat_word("borrows")? {
            func.borrows = self.numbers()?;
        }
        self.punct('{')?;
        self.tables(&mut func)?;
        let mut body = Body::default();
        while !self.eat('}')? {
            self.block(&mut func, &mut body)?;
        }
        self.assemble(func, body)
    }

    fn attrs(&mut self) -> Result<FuncAttrs> {
        let mut attrs = FuncAttrs::default();
        loop {
            let flag = match self.token {
                Token::Word("noinline") => &mut attrs.noinline,
                Token::Word("nocollect") => &mut attrs.nocollect,
                Token::Word("noreturn") => &mut attrs.noreturn,
                Token::Word("pure") => &mut attrs.pure,
                Token::Word("exit_barrier") => &mut attrs.exit_barrier,
                Token::Word("no_arguments") => &mut attrs.no_arguments,
                _ => return Ok(attrs),
            };
            *flag = true;
            self.advance()?;
        }
    }

    /// Slots and locations.
    fn tables(&mut self, func: &mut Function) -> Result<()> {
        loop {
            let start = self.start;
            if let Some(slot) = self.numbered::<StackSlot>("ss")? {
                self.punct('=')?;
                self.keyword("slot")?;
                self.keyword("size")?;
                let size = self.unsigned()?;
                self.keyword("align")?;
                let align = self.unsigned()?;
                let refs = self.refs()?;
                let next = func.slots.push(StackSlotData { size, align, refs });
                if next != slot {
                    return Err(
                        self.error_at(start, format!("expected {next}: slots are numbered from 0"))
                    );
                }
            } else if let Some(loc) = self.numbered::<Loc>("loc")? {
                self.punct('=')?;
                let file = self.string()?.into();
                self.punct(':')?;
                let line = self.unsigned()?;
                self.punct(':')?;
                let col = self.unsigned()?;
                let inlined = match self.token {
                    Token::Sym(_) => Some(self.symbol()?),
                    _ => None,
                };
                let inlined_at = if self.eat_word("in")? {
                    Some(self.loc(func)?)
                } else {
                    None
                };
                let next = func.locs.push(LocData {
                    file,
                    line,
                    col,
                    func: inlined,
                    inlined_at: inlined_at.into(),
                });
                if next != loc {
                    let message = format!("expected {next}: locations are numbered from 0");
                    return Err(self.error_at(start, message));
                }
            } else {
                return Ok(());
            }
        }
    }

    /// An entity with that prefix, if one is next.
    fn numbered<T: EntityRef>(&mut self, prefix: &str) -> Result<Option<T>> {
        let Token::Word(word) = self.token else {
            return Ok(None);
        };
        let Some(digits) = word.strip_prefix(prefix) else {
            return Ok(None);
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let canonical = digits == "0" || !digits.starts_with('0');
        match digits.parse::<u32>() {
            Ok(n) if n < MAX_NUMBER && canonical => {
                self.advance()?;
                Ok(Some(T::new(n as usize)))
            }
            _ => Err(self.error_at(self.start, format!("`{word}` is not a legal number"))),
        }
    }

    fn loc(&mut self, func: &Function) -> Result<Loc> {
        let start = self.start;
        match self.numbered::<Loc>("loc")? {
            Some(loc) if func.locs.is_valid(loc) => Ok(loc),
            Some(loc) => Err(self.error_at(start, format!("{loc} is not defined"))),
            None => Err(self.expected("a location")),
        }
    }

    fn slot(&mut self, func: &Function) -> Result<StackSlot> {
        let start = self.start;
        match self.numbered::<StackSlot>("ss")? {
            Some(slot) if func.slots.is_valid(slot) => Ok(slot),
            Some(slot) => Err(self.error_at(start, format!("{slot} is not defined"))),
            None => Err(self.expected("a stack slot")),
        }
    }

    /// A value that is defined here.
    fn def(&mut self, body: &mut Body) -> Result<Value> {
        let start = self.start;
        let value = self
            .numbered("v")?
            .ok_or_else(|| self.expected("a value"))?;
        match body.defined.insert(value, start) {
            None => Ok(value),
            Some(_) => Err(self.error_at(start, format!("{value} is defined twice"))),
        }
    }

    /// A value that is used here.
    fn value(&mut self, body: &mut Body) -> Result<Value> {
        let start = self.start;
        let value = self
            .numbered("v")?
            .ok_or_else(|| self.expected("a value"))?;
        body.used.entry(value).or_insert(start);
        Ok(value)
    }

    /// `, v1`
    fn next_value(&mut self, body: &mut Body) -> Result<Value> {
        self.punct(',')?;
        self.value(body)
    }

    /// `(v1, v2)`
    fn args(&mut self, body: &mut Body) -> Result<Values> {
        self.punct('(')?;
        Ok(self.list(')', |p| p.value(body))?.into())
    }

    /// `block1`, `block1(v1)`
    fn target(&mut self, body: &mut Body) -> Result<BlockCall> {
        let start = self.start;
        let block = self
            .numbered("block")?
            .ok_or_else(|| self.expected("a block"))?;
        body.targets.entry(block).or_insert(start);
        let args = match self.token {
            Token::Punct('(') => self.args(body)?,
            _ => Values::new(),
        };
        Ok(BlockCall { block, args })
    }

    fn next_target(&mut self, body: &mut Body) -> Result<BlockCall> {
        self.punct(',')?;
        self.target(body)
    }

    fn block(&mut self, func: &mut Function, body: &mut Body) -> Result<()> {
        let start = self.start;
        let block = self
            .numbered("block")?
            .ok_or_else(|| self.expected("a block or `}`"))?;
        if !body.listed.insert(block) {
            return Err(self.error_at(start, format!("{block} is defined twice")));
        }
        let params = if self.eat('(')? {
            self.list(')', |p| {
                let value = p.def(body)?;
                p.punct(':')?;
                Ok((value, p.ty()?))
            })?
        } else {
            Vec::new()
        };
        self.punct(':')?;
        let mut insts = Vec::new();
        while let Token::Word(word) = self.token {
            let label = word.strip_prefix("block");
            if label.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit())) {
                break;
            }
            insts.push(self.inst(func, body)?);
        }
        body.blocks.push(block);
        body.params.push(params);
        body.insts.push(insts);
        Ok(())
    }

    fn inst(&mut self, func: &mut Function, body: &mut Body) -> Result<RawInst> {
        let start = self.start;
        let mut results = Vec::new();
        if let Token::Word(word) = self.token
            && word
                .strip_prefix('v')
                .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
        {
            results.push(self.def(body)?);
            while self.eat(',')? {
                results.push(self.def(body)?);
            }
            self.punct('=')?;
        }
        let Token::Word(name) = self.token else {
            return Err(self.expected("an instruction"));
        };
        let name_start = self.start;
        self.advance()?;
        let mut implied = false;
        let data = match name.split_once('.') {
            Some((access @ ("load" | "store"), width)) => {
                let mem = MemType::from_name(width)
                    .ok_or_else(|| self.error_at(name_start, format!("unknown width `{width}`")))?;
                let addr = self.value(body)?;
                let offset = self.offset()?;
                if access == "load" {
                    InstData::Load { mem, addr, offset }
                } else {
                    InstData::Store {
                        mem,
                        addr,
                        offset,
                        value: self.next_value(body)?,
                    }
                }
            }
            _ => {
                if let Some(op) = UnaryOp::from_name(name) {
                    let x = self.value(body)?;
                    implied = !self.eat(':')?;
                    let ty = if implied { Type::I32 } else { self.ty()? };
                    InstData::Unary { op, x, ty }
                } else if let Some(op) = BinaryOp::from_name(name) {
                    let x = self.value(body)?;
                    let y = self.next_value(body)?;
                    InstData::Binary { op, x, y }
                } else {
                    self.other_inst(name, name_start, func, body)?
                }
            }
        };
        let loc = if self.eat('!')? {
            Some(self.loc(func)?)
        } else {
            None
        };
        Ok(RawInst {
            data,
            implied,
            results,
            loc: loc.into(),
            start,
        })
    }

    /// The instructions that are neither memory accesses nor operations.
    fn other_inst(
        &mut self,
        name: &str,
        name_start: usize,
        func: &mut Function,
        body: &mut Body,
    ) -> Result<InstData> {
        Ok(match name {
            "i32const" => InstData::I32Const(self.signed()?),
            "i64const" => InstData::I64Const(self.signed()?),
            "f32const" => InstData::F32Const(self.f32()?),
            "f64const" => InstData::F64Const(self.f64()?),
            "null" => InstData::Null,
            "sym_addr" => InstData::SymAddr {
                sym: self.sym_ref(func)?,
                offset: self.offset()?,
            },
            "func_index" => InstData::FuncIndex(self.sym_ref(func)?),
            "stack_addr" => InstData::StackAddr {
                slot: self.slot(func)?,
                offset: self.offset()?,
            },
            "select" => InstData::Select {
                cond: self.value(body)?,
                x: self.next_value(body)?,
                y: self.next_value(body)?,
            },
            "mem_copy" | "mem_copy_plain" => InstData::MemCopy {
                dst: self.value(body)?,
                src: self.next_value(body)?,
                len: self.next_value(body)?,
                plain: name == "mem_copy_plain",
            },
            "mem_fill" => InstData::MemFill {
                dst: self.value(body)?,
                byte: self.next_value(body)?,
                len: self.next_value(body)?,
            },
            "call" => {
                let callee = self.sym_ref(func)?;
                let args = self.args(body)?;
                let sig = self.call_sig()?;
                InstData::Call {
                    func: callee,
                    sig: func.sig_ref(&sig),
                    args,
                }
            }
            "call_indirect" => {
                let callee = self.value(body)?;
                let args = self.args(body)?;
                let sig = self.call_sig()?;
                InstData::CallIndirect {
                    sig: func.sig_ref(&sig),
                    callee,
                    args,
                }
            }
            "global_get" => {
                let global = self.sym_ref(func)?;
                self.punct(':')?;
                InstData::GlobalGet {
                    global,
                    ty: self.ty()?,
                }
            }
            "global_set" => InstData::GlobalSet {
                global: self.sym_ref(func)?,
                value: self.next_value(body)?,
            },
            "memory_size" => InstData::MemorySize,
            "memory_grow" => InstData::MemoryGrow(self.value(body)?),
            "exit_check" => InstData::ExitCheck,
            "return_exit" => InstData::ReturnExit,
            "jump" => InstData::Jump(self.target(body)?),
            "brif" => InstData::Brif {
                cond: self.value(body)?,
                then: self.next_target(body)?,
                els: self.next_target(body)?,
            },
            "br_table" => {
                let index = self.value(body)?;
                self.punct(',')?;
                self.punct('[')?;
                let targets = self.list(']', |p| p.target(body))?;
                let default = self.next_target(body)?;
                InstData::BrTable {
                    index,
                    targets,
                    default,
                }
            }
            "return" => {
                let mut values = Values::new();
                if matches!(self.token, Token::Word(w) if w.starts_with('v')) {
                    values.push(self.value(body)?);
                    while self.eat(',')? {
                        values.push(self.value(body)?);
                    }
                }
                InstData::Return(values)
            }
            "trap" => {
                let code = match self.token {
                    Token::Word(word) => TrapCode::from_name(word),
                    _ => None,
                };
                let code = code.ok_or_else(|| self.expected("`unreachable` or `panic`"))?;
                self.advance()?;
                InstData::Trap(code)
            }
            _ => return Err(self.error_at(name_start, format!("unknown instruction `{name}`"))),
        })
    }

    fn sym_ref(&mut self, func: &mut Function) -> Result<SymRef> {
        let name = self.symbol()?;
        Ok(func.sym(&name))
    }

    fn call_sig(&mut self) -> Result<Signature> {
        self.punct(':')?;
        self.signature()
    }

    /// Fills the arenas.
    fn assemble(&mut self, mut func: Function, body: Body) -> Result<Function> {
        let undefined = body.used.iter().filter(|u| !body.defined.contains_key(u.0));
        if let Some((value, &start)) = undefined.min_by_key(|u| u.1) {
            return Err(self.error_at(start, format!("{value} is not defined")));
        }
        let undefined = body.targets.iter().filter(|t| !body.listed.contains(t.0));
        if let Some((block, &start)) = undefined.min_by_key(|u| u.1) {
            return Err(self.error_at(start, format!("{block} is not defined")));
        }
        let blocks = body.blocks.iter().map(|b| b.index() + 1).max().unwrap_or(0);
        for _ in 0..blocks {
            func.blocks.push(BlockData::default());
        }
        let values = body
            .defined
            .keys()
            .map(|v| v.index() + 1)
            .max()
            .unwrap_or(0);
        for _ in 0..values {
            func.values.push(ValueData {
                ty: Type::I32,
                def: ValueDef::Param(Block::new(0), u32::MAX),
            });
        }

        let mut known = cranelift_entity::EntitySet::with_capacity(values);
        let mut waiting: Vec<(Inst, RawInst)> = Vec::new();
        let lists = body.params.into_iter().zip(body.insts);
        for (block, (params, insts)) in body.blocks.into_iter().zip(lists) {
            func.layout.push(block);
            for (n, (value, ty)) in params.into_iter().enumerate() {
                let def = ValueDef::Param(block, n as u32);
                func.values[value] = ValueData { ty, def };
                func.blocks[block].params.push(value);
                known.insert(value);
            }
            for raw in insts {
                let inst = func.insts.push(raw.data.clone());
                func.results.push(Default::default());
                func.inst_locs.push(raw.loc);
                func.blocks[block].insts.push(inst);
                waiting.push((inst, raw));
            }
        }
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut rest = Vec::new();
            for (inst, raw) in waiting {
                // The one operand that the result type may depend on.
                let depends_on = match &raw.data {
                    InstData::Unary { x, .. } if raw.implied => Some(*x),
                    InstData::Binary { op, x, .. } if !op.is_comparison() => Some(*x),
                    InstData::Select { x, .. } => Some(*x),
                    _ => None,
                };
                if depends_on.is_some_and(|v| !known.contains(v)) {
                    rest.push((inst, raw));
                } else {
                    known.extend(raw.results.iter().copied());
                    self.define_results(&mut func, inst, raw)?;
                }
            }
            if rest.len() == before {
                return Err(
                    self.error_at(rest[0].1.start, "the type of the result depends on itself")
                );
            }
            waiting = rest;
        }
        Ok(func)
    }

    fn define_results(&mut self, func: &mut Function, inst: Inst, raw: RawInst) -> Result<()> {
        if raw.implied
            && let InstData::Unary { op, x, ty } = &mut func.insts[inst]
        {
            *ty = op.result_type(func.values[*x].ty);
        }
        let types = func.result_types(&func.insts[inst]);
        if types.len() != raw.results.len() {
            let message = format!(
                "the instruction has {} results, not {}",
                types.len(),
                raw.results.len()
            );
            return Err(self.error_at(raw.start, message));
        }
        for (n, (&value, ty)) in raw.results.iter().zip(types).enumerate() {
            let def = ValueDef::Result(inst, n as u32);
            func.values[value] = ValueData { ty, def };
        }
        func.results[inst] = raw.results.into();
        Ok(())
    }
}
