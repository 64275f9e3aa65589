//! Functions that are expanded where they are called: those of package `runtime` without body, and those of
//! `math`, `math/bits` and their internal twins that are one instruction.

use crate::cx::FuncInst;
use crate::func::FuncLowering;
use crate::program::{Callable, Gc, Item};
use crate::scalars::Vals;
use polkago_ir::{
    BinaryOp as Op, EXIT_GLOBAL as EXIT, Global, MemType, Signature, Symbol, Type, UnaryOp, Value,
};

/// The linker's globals that runtime functions read, by symbol of the function.
const LINKER_GLOBALS: [&str; 10] = [
    "runtime.shadowSP",
    "runtime.stackLimit",
    "runtime.stackReserve",
    "runtime.stackLo",
    "runtime.stackHi",
    "runtime.dataEnd",
    "runtime.arenaStart",
    "runtime.arenaEnd",
    "runtime.rootsAddr",
    "runtime.rootsLen",
];

impl FuncLowering<'_> {
    /// Expands a call if the function is one of these.
    pub fn intrinsic(&mut self, symbol: &str, args: &[Value]) -> Option<Vec<Vals>> {
        let (pkg, name) = symbol.rsplit_once('.')?;
        let value = match pkg {
            "runtime" => return self.runtime_intrinsic(symbol, name, args),
            "math" => self.math(name, args)?,
            "math/bits" | "internal/runtime/sys" => self.bits(name, args)?,
            _ => return None,
        };
        Some(vec![Vals::from_slice(&[value])])
    }

    fn runtime_intrinsic(&mut self, symbol: &str, name: &str, args: &[Value]) -> Option<Vec<Vals>> {
        if LINKER_GLOBALS.contains(&symbol) {
            let name = self.linker_global(symbol);
            let v = self.b.global_get(&name, Type::I32);
            return Some(vec![Vals::from_slice(&[v])]);
        }
        match name {
            "exitReason" => {
                let global = self.linker_global(EXIT);
                let v = self.b.global_get(&global, Type::I32);
                Some(vec![Vals::from_slice(&[v])])
            }
            "setExit" => self.set_linker_global(EXIT, args[0]),
            "setShadowSP" => self.set_linker_global("runtime.shadowSP", args[0]),
            "setStackLimit" => self.set_linker_global("runtime.stackLimit", args[0]),
            "clearResults" => {
                let zero = self.b.i32const(0);
                self.set_linker_global("runtime.results", zero)
            }
            "tableCall" => {
                self.b.call_indirect(&Signature::default(), args[0], &[]);
                Some(Vec::new())
            }
            "lessstackIndex" => {
                let obj = self.cx.runtime_func("lessstack")?;
                let inst = FuncInst::plain(obj);
                let symbol = self.need(Item::Func(Callable::Declared(inst)));
                let v = self.b.func_index(&symbol);
                Some(vec![Vals::from_slice(&[v])])
            }
            "callSites" | "callSitesLen" | "tableLen" => {
                let v = if self.cx.options.trace {
                    let global = self.linker_global(symbol);
                    self.b.global_get(&global, Type::I32)
                } else {
                    self.b.i32const(0)
                };
                Some(vec![Vals::from_slice(&[v])])
            }
            "gcLeaking" | "gcStress" => {
                let mode = if name == "gcStress" {
                    Gc::Stress
                } else {
                    Gc::Leaking
                };
                let v = self.bool(self.cx.options.gc == mode);
                Some(vec![Vals::from_slice(&[v])])
            }
            "load32" => {
                let at = self.b.unary(UnaryOp::IntToRef, args[0], Type::Ref);
                let v = self.load_i32(at, 0);
                Some(vec![Vals::from_slice(&[v])])
            }
            "store32" => {
                let at = self.b.unary(UnaryOp::IntToRef, args[0], Type::Ref);
                self.b.store(MemType::Full(Type::I32), at, 0, args[1]);
                Some(Vec::new())
            }
            "memorySize" => {
                let v = self.b.memory_size();
                Some(vec![Vals::from_slice(&[v])])
            }
            "memoryGrow" => {
                let v = self.b.memory_grow(args[0]);
                Some(vec![Vals::from_slice(&[v])])
            }
            "exiting" => {
                let v = self.b.exit_check();
                Some(vec![Vals::from_slice(&[v])])
            }
            "leave" => {
                self.b.ret_exit();
                Some(Vec::new())
            }
            "setDeferCallee" => {
                self.set_defer_callee(args[0]);
                Some(Vec::new())
            }
            "trap" => {
                self.trap();
                Some(Vec::new())
            }
            "memmove" | "memmoveNoPointers" => {
                let plain = name == "memmoveNoPointers";
                self.b.mem_copy(args[0], args[1], args[2], plain);
                Some(Vec::new())
            }
            "memclrNoHeapPointers" => {
                let zero = self.b.i32const(0);
                self.b.mem_fill(args[0], zero, args[1]);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    /// A global that the linker knows by its name.
    fn linker_global(&mut self, name: &str) -> Symbol {
        let name: Symbol = name.into();
        self.out.globals.push(Global {
            name: name.clone(),
            ty: Type::I32,
            init: 0,
        });
        name
    }

    fn set_linker_global(&mut self, name: &str, value: Value) -> Option<Vec<Vals>> {
        let global = self.linker_global(name);
        self.b.global_set(&global, value);
        Some(Vec::new())
    }

    fn math(&mut self, name: &str, args: &[Value]) -> Option<Value> {
        let f64_op = |f: &mut Self, op| Some(f.b.unary(op, args[0], Type::F64));
        match name {
            "Sqrt" => f64_op(self, UnaryOp::Sqrt),
            "Floor" | "archFloor" => f64_op(self, UnaryOp::Floor),
            "Ceil" | "archCeil" => f64_op(self, UnaryOp::Ceil),
            "Trunc" | "archTrunc" => f64_op(self, UnaryOp::Trunc),
            "RoundToEven" => f64_op(self, UnaryOp::Nearest),
            "Abs" => f64_op(self, UnaryOp::Fabs),
            "Copysign" => Some(self.b.binary(Op::Copysign, args[0], args[1])),
            "Float64bits" => Some(self.b.unary(UnaryOp::Bitcast, args[0], Type::I64)),
            "Float64frombits" => Some(self.b.unary(UnaryOp::Bitcast, args[0], Type::F64)),
            "Float32bits" => Some(self.b.unary(UnaryOp::Bitcast, args[0], Type::I32)),
            "Float32frombits" => Some(self.b.unary(UnaryOp::Bitcast, args[0], Type::F32)),
            _ => None,
        }
    }

    /// Counting bits. The narrow types are kept zero-extended, so the 32-bit instructions serve them.
    fn bits(&mut self, name: &str, args: &[Value]) -> Option<Value> {
        let x = *args.first()?;
        let split = name
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(name.len());
        let (op, width) = name.split_at(split);
        let width: i32 = match width {
            "" => 32,
            _ => width.parse().ok()?,
        };
        let ty = self.b.value_type(x);
        let machine = if ty == Type::I64 { 64 } else { 32 };
        match op {
            "Len" => {
                let zeros = self.count(UnaryOp::Clz, x);
                let machine = self.b.i32const(machine);
                Some(self.b.binary(Op::Isub, machine, zeros))
            }
            "LeadingZeros" => {
                let zeros = self.count(UnaryOp::Clz, x);
                let more = self.b.i32const(machine - width);
                Some(self.b.binary(Op::Isub, zeros, more))
            }
            "TrailingZeros" if width < 32 => {
                // A bit behind the type's own ends the count.
                let stop = self.b.i32const(1 << width);
                let x = self.b.binary(Op::Or, x, stop);
                Some(self.count(UnaryOp::Ctz, x))
            }
            "TrailingZeros" => Some(self.count(UnaryOp::Ctz, x)),
            "OnesCount" => Some(self.count(UnaryOp::Popcnt, x)),
            "RotateLeft" if width >= 32 => {
                let k = match ty {
                    Type::I64 => self.b.unary(UnaryOp::ExtendU, args[1], Type::I64),
                    _ => args[1],
                };
                Some(self.b.binary(Op::Rotl, x, k))
            }
            _ => None,
        }
    }

    /// A bit count as an int.
    fn count(&mut self, op: UnaryOp, x: Value) -> Value {
        let ty = self.b.value_type(x);
        let n = self.b.unary(op, x, ty);
        match ty {
            Type::I64 => self.b.unary(UnaryOp::Wrap, n, Type::I32),
            _ => n,
        }
    }
}
