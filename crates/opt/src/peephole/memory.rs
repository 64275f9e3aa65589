//! Rules for memory accesses and indirect calls.

use super::Action::{self, Keep, Remove, Replace};
use super::Cx;
use polkago_ir::{
    BinaryOp, Data, Inst, InstData, MemType, RelocKind, Scalar, SigRef, SymRef, Type, UnaryOp,
    Value,
};

/// The highest offset that a memory access is given: no object is larger.
const MAX_OFFSET: u32 = i32::MAX as u32;

/// The most words of read-only data that are written as constants in place of a copy.
const MOST_WORDS: i64 = 4;

impl Cx<'_> {
    pub(super) fn load(&mut self, mem: MemType, addr: Value, offset: u32) -> Action {
        if let Some((addr, offset)) = self.fold_offset(addr, offset) {
            return Replace(InstData::Load { mem, addr, offset });
        }
        match self.def(addr) {
            Some(&InstData::SymAddr { sym, offset: base }) => {
                match u32::try_from(i64::from(base) + i64::from(offset)) {
                    Ok(at) => self.load_constant(mem, sym, at),
                    Err(_) => Keep,
                }
            }
            _ => Keep,
        }
    }

    /// The address and offset without a constant that is added to the address. Inside of an object the sum does not
    /// wrap around.
    fn fold_offset(&self, addr: Value, offset: u32) -> Option<(Value, u32)> {
        let (base, n) = self.is_binary_int(addr, BinaryOp::RefAdd)?;
        let sum = u32::try_from(n).ok()?.checked_add(offset)?;
        (sum <= MAX_OFFSET).then_some((base, sum))
    }

    /// A load from read-only data.
    fn load_constant(&mut self, mem: MemType, sym: SymRef, at: u32) -> Action {
        let Some(data) = self.program.data.get(&self.func.syms[sym]) else {
            return Keep;
        };
        let end = u64::from(at) + u64::from(mem.size());
        if data.mutable || end > u64::from(data.size) {
            return Keep;
        }
        let touched =
            |offset: u32| u64::from(offset) + 4 > u64::from(at) && u64::from(offset) < end;
        if let Some(reloc) = data.relocs.iter().find(|r| touched(r.offset)) {
            if reloc.offset != at || mem.size() != 4 {
                return Keep;
            }
            let (kind, addend, sym) = (reloc.kind, reloc.addend, reloc.sym.clone());
            return match (kind, mem) {
                (RelocKind::Addr, MemType::Full(Type::Ref)) => Replace(InstData::SymAddr {
                    sym: self.func.sym(&sym),
                    offset: addend,
                }),
                (RelocKind::FuncIndex, MemType::Full(Type::I32)) if addend == 0 => {
                    Replace(InstData::FuncIndex(self.func.sym(&sym)))
                }
                _ => Keep,
            };
        }
        let bits = little_endian(data, at, mem.size());
        let scalar = match mem {
            MemType::S8 => Scalar::I32((bits as i8).into()),
            MemType::S16 => Scalar::I32((bits as i16).into()),
            MemType::U8 | MemType::U16 => Scalar::I32(bits as i32),
            MemType::Full(ty) => Scalar::from_bits(ty, bits),
        };
        scalar.to_inst().map_or(Keep, Replace)
    }

    pub(super) fn store(&mut self, mem: MemType, addr: Value, offset: u32, value: Value) -> Action {
        if let Some((addr, offset)) = self.fold_offset(addr, offset) {
            return Replace(InstData::Store {
                mem,
                addr,
                value,
                offset,
            });
        }
        // Bits that a narrow store does not look at need not be made.
        let (mask, sext) = match mem {
            MemType::S8 | MemType::U8 => (0xff, [Some(UnaryOp::Sext8), Some(UnaryOp::Sext16)]),
            MemType::S16 | MemType::U16 => (0xffff, [Some(UnaryOp::Sext16), None]),
            MemType::Full(_) => return Keep,
        };
        let masked = self.is_binary_int(value, BinaryOp::And);
        let masked = masked.filter(|(_, n)| n & mask == mask).map(|(x, _)| x);
        let extended = || {
            sext.into_iter()
                .flatten()
                .find_map(|op| self.is_unary(value, op))
        };
        match masked.or_else(extended) {
            Some(value) => Replace(InstData::Store {
                mem,
                addr,
                value,
                offset,
            }),
            None => Keep,
        }
    }

    pub(super) fn mem_copy(&mut self, dst: Value, src: Value, len: Value) -> Action {
        if dst == src {
            return Remove;
        }
        let mem = match self.int(len) {
            Some(0) => return Remove,
            Some(1) => MemType::U8,
            Some(2) => MemType::U16,
            Some(4) => MemType::Full(Type::I32),
            Some(8) => MemType::Full(Type::I64),
            Some(len) => return self.copy_constant(dst, src, len),
            None => return Keep,
        };
        let value = self.emit(InstData::Load {
            mem,
            addr: src,
            offset: 0,
        });
        Replace(InstData::Store {
            mem,
            addr: dst,
            value,
            offset: 0,
        })
    }

    /// A copy of a few words of read-only data, which are known.
    fn copy_constant(&mut self, dst: Value, src: Value, len: i64) -> Action {
        let Some(&InstData::SymAddr { sym, offset }) = self.def(src) else {
            return Keep;
        };
        let Some(data) = self.program.data.get(&self.func.syms[sym]) else {
            return Keep;
        };
        let inside = offset >= 0 && i64::from(offset) + len <= i64::from(data.size);
        // Where control never comes, the length may be anything.
        if len < 0
            || data.mutable
            || !data.relocs.is_empty()
            || !inside
            || len > MOST_WORDS * 8
            || len % 8 != 0
        {
            return Keep;
        }
        let words = (0..len as u32 / 8).map(|n| little_endian(data, offset as u32 + n * 8, 8));
        let words: Vec<u64> = words.collect();
        let mut last = None;
        for (n, word) in words.into_iter().enumerate() {
            let value = self.emit_int(Type::I64, word as i64);
            if let Some(store) = last.replace(InstData::Store {
                mem: MemType::Full(Type::I64),
                addr: dst,
                value,
                offset: n as u32 * 8,
            }) {
                let inst = self.func.new_inst(store, self.loc);
                self.out.push(inst);
            }
        }
        last.map_or(Keep, Replace)
    }

    pub(super) fn mem_fill(&mut self, dst: Value, byte: Value, len: Value) -> Action {
        let mem = match self.int(len) {
            Some(0) => return Remove,
            Some(1) => MemType::U8,
            Some(2) => MemType::U16,
            Some(4) => MemType::Full(Type::I32),
            Some(8) => MemType::Full(Type::I64),
            Some(_) | None => return Keep,
        };
        let Some(byte) = self.int(byte) else {
            return Keep;
        };
        let value = self.emit_int(
            mem.value_type(),
            (byte & 0xff).wrapping_mul(0x0101_0101_0101_0101),
        );
        Replace(InstData::Store {
            mem,
            addr: dst,
            value,
            offset: 0,
        })
    }

    /// A call through the table of a function that is known: of a static closure or of a static itab.
    pub(super) fn call_indirect(&mut self, inst: Inst, sig: SigRef, callee: Value) -> Action {
        let Some(&InstData::FuncIndex(func)) = self.def(callee) else {
            return Keep;
        };
        let info = self.program.funcs.get(&self.func.syms[func]);
        // With another signature it traps, and so it must stay.
        if info.is_none_or(|info| info.sig != self.func.sigs[sig]) {
            return Keep;
        }
        match &self.func.insts[inst] {
            InstData::CallIndirect { args, .. } => Replace(InstData::Call {
                func,
                sig,
                args: args.clone(),
            }),
            _ => Keep,
        }
    }
}

/// Up to eight bytes of an object; those behind the written ones are zero.
fn little_endian(data: &Data, at: u32, len: u32) -> u64 {
    let byte = |i: u32| data.bytes.get((at + i) as usize).copied().unwrap_or(0);
    (0..len)
        .rev()
        .fold(0, |bits, i| bits << 8 | u64::from(byte(i)))
}
