//! Code to bytes: the body of a function as the code section holds it.

use super::{Code, Label, Op, Ty};
use polkago_ir::Loc;
use wasm_encoder::Encode;

/// An encoded function body.
pub struct Body {
    /// Local declarations and instructions, without the leading size.
    pub bytes: Vec<u8>,
    /// Where the location changes: byte offset in `bytes`, location. Ascending; only instructions with a location.
    pub lines: Vec<(u32, Loc)>,
}

/// Encodes a function. Its locals are in their final places: parameters, then the others grouped by type.
pub fn encode(code: &Code) -> Body {
    let mut enc = Encoder {
        bytes: Vec::with_capacity(code.ops.len() * 2 + 16),
        stack: Vec::new(),
    };
    enc.declare_locals(code);
    let mut lines = Vec::new();
    let mut last = None;
    for (op, loc) in &code.ops {
        if let Some(loc) = loc.expand()
            && last != Some(loc)
        {
            lines.push((enc.bytes.len() as u32, loc));
            last = Some(loc);
        }
        enc.op(op);
    }
    enc.bytes.push(0x0b);
    Body {
        bytes: enc.bytes,
        lines,
    }
}

struct Encoder {
    bytes: Vec<u8>,
    /// The open constructs; an `if` has no label.
    stack: Vec<Option<Label>>,
}

impl Encoder {
    fn declare_locals(&mut self, code: &Code) {
        let types: Vec<Ty> = code.locals.values().copied().skip(code.params).collect();
        let runs: Vec<&[Ty]> = types.chunk_by(|a, b| a == b).collect();
        (runs.len() as u32).encode(&mut self.bytes);
        for run in runs {
            (run.len() as u32).encode(&mut self.bytes);
            self.bytes.push(run[0].byte());
        }
    }

    fn block_type(&mut self, ty: Option<Ty>) {
        self.bytes.push(ty.map_or(0x40, Ty::byte));
    }

    /// How many constructs out a label is.
    fn depth(&mut self, label: Label) {
        let depth = self.stack.iter().rev().position(|l| *l == Some(label));
        let depth = depth.expect("a branch stands inside the construct of its label");
        (depth as u32).encode(&mut self.bytes);
    }

    fn with_index(&mut self, opcode: u8, index: u32) {
        self.bytes.push(opcode);
        index.encode(&mut self.bytes);
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::I32Const(n) => {
                self.bytes.push(0x41);
                n.encode(&mut self.bytes);
            }
            Op::I64Const(n) => {
                self.bytes.push(0x42);
                n.encode(&mut self.bytes);
            }
            Op::F32Const(bits) => {
                self.bytes.push(0x43);
                self.bytes.extend(bits.to_le_bytes());
            }
            Op::F64Const(bits) => {
                self.bytes.push(0x44);
                self.bytes.extend(bits.to_le_bytes());
            }
            Op::Get(l) => self.with_index(0x20, l.as_u32()),
            Op::Set(l) => self.with_index(0x21, l.as_u32()),
            Op::Tee(l) => self.with_index(0x22, l.as_u32()),
            Op::GlobalGet(g) => self.with_index(0x23, *g),
            Op::GlobalSet(g) => self.with_index(0x24, *g),
            Op::ClearGlobals(globals) => {
                self.op(&Op::Drop);
                for g in globals {
                    self.op(&Op::I32Const(0));
                    self.op(&Op::GlobalSet(*g));
                }
            }
            Op::Load(m) | Op::Store(m) => {
                self.bytes.extend([m.op, m.align]);
                m.offset.encode(&mut self.bytes);
            }
            Op::Plain(op) => self.bytes.push(*op),
            Op::TruncSat(n) => self.bytes.extend([0xfc, *n]),
            Op::MemoryCopy => self.bytes.extend([0xfc, 10, 0, 0]),
            Op::MemoryFill => self.bytes.extend([0xfc, 11, 0]),
            Op::MemorySize => self.bytes.extend([0x3f, 0]),
            Op::MemoryGrow => self.bytes.extend([0x40, 0]),
            Op::Call(f) => self.with_index(0x10, *f),
            Op::CallIndirect(ty) => {
                self.with_index(0x11, *ty);
                self.bytes.push(0);
            }
            Op::Drop => self.bytes.push(0x1a),
            Op::Select => self.bytes.push(0x1b),
            Op::Return => self.bytes.push(0x0f),
            Op::Unreachable => self.bytes.push(0x00),
            Op::Block(label, ty) => {
                self.bytes.push(0x02);
                self.block_type(*ty);
                self.stack.push(Some(*label));
            }
            Op::Loop(label, ty) => {
                self.bytes.push(0x03);
                self.block_type(*ty);
                self.stack.push(Some(*label));
            }
            Op::If(ty) => {
                self.bytes.push(0x04);
                self.block_type(*ty);
                self.stack.push(None);
            }
            Op::Else => self.bytes.push(0x05),
            Op::End => {
                self.bytes.push(0x0b);
                self.stack.pop();
            }
            Op::Br(label) => {
                self.bytes.push(0x0c);
                self.depth(*label);
            }
            Op::BrIf(label) => {
                self.bytes.push(0x0d);
                self.depth(*label);
            }
            Op::BrTable(labels, default) => {
                self.bytes.push(0x0e);
                (labels.len() as u32).encode(&mut self.bytes);
                for &label in labels {
                    self.depth(label);
                }
                self.depth(*default);
            }
        }
    }
}
