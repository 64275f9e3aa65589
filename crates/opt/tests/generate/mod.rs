//! Random programs.
//!
//! Structured code with a few `goto`s over variables of all types; loops count down, so that most programs end.
//! Memory accesses stay inside of objects, divisors are never zero, and addresses are not seen as numbers, so that
//! behaviour does not depend on the layout of memory.

use polkago_ir::{
    BinaryOp as B, Block, Data, Export, FunctionBuilder, Global, Import, MemType, Module, Reloc,
    RelocKind, Signature, StackSlot, StackSlotData, Symbol, TrapCode, Type, UnaryOp as U, Value,
    Variable,
};

/// A small generator of random numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

const MEM_SIZE: u32 = 64;
const OBJECT_SIZE: u32 = 24;
/// One of the default allocators.
const ALLOCATOR: &str = "runtime.newobject";

/// A program with functions `f0` to `fn` and `main(i32, i64) -> (i32, i64, f64)`, data `mem` and global `counter`.
pub fn module(seed: u64) -> Module {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..4 {
        random.next();
    }
    let mut module = Module::default();
    module.globals.insert(
        "counter".into(),
        Global {
            name: "counter".into(),
            ty: Type::I32,
            init: 3,
        },
    );
    module.imports.insert(
        "log".into(),
        Import {
            name: "log".into(),
            module: "env".into(),
            field: "log".into(),
            sig: Signature::new([Type::I32], [Type::I32]),
        },
    );
    let count = 1 + random.below(4);
    let mut known: Vec<(Symbol, Signature)> = Vec::new();
    for n in 0..count {
        let types = [Type::I32, Type::I64, Type::F64];
        let params: Vec<Type> = (0..random.below(4)).map(|_| random.pick(&types)).collect();
        let results: Vec<Type> = (0..random.below(3)).map(|_| random.pick(&types)).collect();
        let sig = Signature::new(params, results);
        let name: Symbol = format!("f{n}").into();
        function(&mut module, &mut random, name.clone(), &sig, &known);
        known.push((name, sig));
    }
    let sig = Signature::new([Type::I32, Type::I64], [Type::I32, Type::I64, Type::F64]);
    function(&mut module, &mut random, "main".into(), &sig, &known);
    observer(&mut module);
    allocator(&mut module);
    sharing(&mut module);
    for name in ["main", "observe"] {
        module.exports.push(Export {
            name: name.into(),
            func: name.into(),
        });
    }
    data(&mut module, &mut random);
    module
}

/// Gives zeroed memory from `arena`, `OBJECT_SIZE` bytes at a time, until that is used up.
fn allocator(module: &mut Module) {
    let size = 1 << 16;
    module.data.insert(
        "arena".into(),
        Data {
            name: "arena".into(),
            align: 8,
            size,
            bytes: Vec::new(),
            relocs: Vec::new(),
            mutable: true,
            mergeable: false,
            refs: Vec::new(),
        },
    );
    module.globals.insert(
        "next".into(),
        Global {
            name: "next".into(),
            ty: Type::I32,
            init: 0,
        },
    );
    let name: Symbol = ALLOCATOR.into();
    let mut b = FunctionBuilder::new(name.clone(), Signature::new([Type::Ref], [Type::Ref]));
    let (next, object) = (
        b.global_get(&"next".into(), Type::I32),
        b.i32const(OBJECT_SIZE as i32),
    );
    let (limit, arena) = (b.i32const(size as i32), b.sym_addr(&"arena".into(), 0));
    let (full, ok) = (b.new_block(), b.new_block());
    let (after, address) = (
        b.binary(B::Iadd, next, object),
        b.binary(B::RefAdd, arena, next),
    );
    let too_much = b.binary(B::GtU, after, limit);
    b.brif(too_much, full, ok);
    b.switch_to(full);
    b.trap(TrapCode::Unreachable);
    b.switch_to(ok);
    b.global_set(&"next".into(), after);
    b.ret(&[address]);
    module.funcs.insert(name, b.finish());
}

/// The descriptor of an object of `OBJECT_SIZE` bytes, and functions that get the address of one: `peek` and `poke`
/// keep nothing, `share` puts it into `cell`, and `recall` reads what that leads to.
fn sharing(module: &mut Module) {
    let data = |name: &str, bytes: Vec<u8>, mutable| Data {
        name: name.into(),
        align: 4,
        size: bytes.len() as u32,
        bytes,
        relocs: Vec::new(),
        mutable,
        mergeable: false,
        refs: Vec::new(),
    };
    let mut descriptor = vec![0; 24];
    descriptor[0] = OBJECT_SIZE as u8;
    for data in [
        data("layout", descriptor, false),
        data("cell", vec![0; 4], true),
    ] {
        module.data.insert(data.name.clone(), data);
    }
    let (i32, reference) = (MemType::Full(Type::I32), MemType::Full(Type::Ref));
    let new = |name: &str, sig: Signature| FunctionBuilder::new(name.into(), sig);

    let mut b = new("peek", Signature::new([Type::Ref], [Type::I32]));
    let object = b.params()[0];
    let value = b.load(i32, object, 8);
    b.ret(&[value]);
    module.funcs.insert("peek".into(), b.finish());

    let mut b = new("poke", Signature::new([Type::Ref, Type::I32], []));
    let (object, value) = (b.params()[0], b.params()[1]);
    b.store(i32, object, 8, value);
    b.ret(&[]);
    module.funcs.insert("poke".into(), b.finish());

    let mut b = new("share", Signature::new([Type::Ref], []));
    let (object, cell) = (b.params()[0], b.sym_addr(&"cell".into(), 0));
    b.store(reference, cell, 0, object);
    b.ret(&[]);
    module.funcs.insert("share".into(), b.finish());

    let mut b = new("recall", Signature::new([], [Type::I32]));
    let cell = b.sym_addr(&"cell".into(), 0);
    let object = b.load(reference, cell, 0);
    let none = b.unary(U::Eqz, object, Type::I32);
    let (empty, full) = (b.new_block(), b.new_block());
    b.brif(none, empty, full);
    b.switch_to(empty);
    let zero = b.i32const(0);
    b.ret(&[zero]);
    b.switch_to(full);
    let value = b.load(i32, object, 8);
    b.ret(&[value]);
    module.funcs.insert("recall".into(), b.finish());
}

/// An exported function that refers to what the tests look at, so that it stays.
fn observer(module: &mut Module) {
    let sig = Signature::new([], [Type::Ref, Type::I32]);
    let mut b = FunctionBuilder::new("observe".into(), sig);
    let mem = b.sym_addr(&"mem".into(), 0);
    let counter = b.global_get(&"counter".into(), Type::I32);
    b.ret(&[mem, counter]);
    module.funcs.insert("observe".into(), b.finish());
}

/// `mem`, which is written, and `const`, which is not and refers to `mem` and `f0`.
fn data(module: &mut Module, random: &mut Random) {
    let bytes = (0..MEM_SIZE / 2).map(|_| random.next() as u8).collect();
    let mut mem = Data {
        name: "mem".into(),
        align: 8,
        size: MEM_SIZE,
        bytes,
        relocs: Vec::new(),
        mutable: true,
        mergeable: false,
        refs: Vec::new(),
    };
    let mut constant = mem.clone();
    constant.name = "const".into();
    constant.mutable = false;
    for (offset, kind, sym) in [
        (40, RelocKind::Addr, "mem"),
        (44, RelocKind::FuncIndex, "f0"),
    ] {
        constant.relocs.push(Reloc {
            offset,
            kind,
            sym: sym.into(),
            addend: 0,
        });
    }
    mem.bytes.truncate(random.below(40));
    module.data.insert("mem".into(), mem);
    module.data.insert("const".into(), constant);
}

fn function(
    module: &mut Module,
    random: &mut Random,
    name: Symbol,
    sig: &Signature,
    known: &[(Symbol, Signature)],
) {
    let mut b = FunctionBuilder::new(name.clone(), sig.clone());
    let params = b.params().to_vec();
    let mut vars = Vec::new();
    for value in params {
        let var = b.declare_var(b.value_type(value));
        b.def_var(var, value);
        vars.push(var);
    }
    for ty in [Type::I32, Type::I32, Type::I64, Type::F64, Type::F32] {
        let var = b.declare_var(ty);
        let value = b.iconst(ty, random.below(20) as i64 - 4);
        b.def_var(var, value);
        vars.push(var);
    }
    let slots = (0..random.below(3)).map(|_| {
        let slot = b.slot(StackSlotData {
            size: 16,
            align: 8,
            refs: Vec::new(),
        });
        let (zero, address) = (b.i64const(0), b.stack_addr(slot, 0));
        b.store(MemType::Full(Type::I64), address, 0, zero);
        b.store(MemType::Full(Type::I64), address, 8, zero);
        slot
    });
    let slots = slots.collect();
    let mut generator = Generator {
        b,
        random,
        vars,
        slots,
        known,
        labels: Vec::new(),
        budget: 40,
    };
    generator.statements(4);
    for &ty in &sig.results {
        // So that results are found whatever types the variables have.
        let zero = generator.b.zero_value(ty);
        let var = generator.b.declare_var(ty);
        generator.b.def_var(var, zero);
        generator.vars.insert(0, var);
    }
    let results: Vec<Value> = sig.results.iter().map(|&ty| generator.value(ty)).collect();
    generator.b.ret(&results);
    let func = generator.b.finish();
    module.funcs.insert(name, func);
}

struct Generator<'a> {
    b: FunctionBuilder,
    random: &'a mut Random,
    vars: Vec<Variable>,
    slots: Vec<StackSlot>,
    known: &'a [(Symbol, Signature)],
    /// Blocks further down that may be jumped to.
    labels: Vec<Block>,
    /// Statements that may still be made.
    budget: usize,
}

impl Generator<'_> {
    fn var(&mut self, ty: Type) -> Variable {
        let vars: Vec<_> = self
            .vars
            .iter()
            .copied()
            .filter(|&v| self.b.var_type(v) == ty)
            .collect();
        self.random.pick(&vars)
    }

    /// A variable or a constant.
    fn value(&mut self, ty: Type) -> Value {
        let has_var = self.vars.iter().any(|&v| self.b.var_type(v) == ty);
        if has_var && !self.random.one_in(4) {
            let var = self.var(ty);
            return self.b.use_var(var);
        }
        match ty {
            Type::F64 => {
                let x = self
                    .random
                    .pick(&[0.0, -0.0, 1.0, 0.5, 1e300, f64::INFINITY]);
                self.b.f64const(x)
            }
            Type::I32 | Type::I64 | Type::F32 | Type::Ref => {
                let n = self
                    .random
                    .pick(&[0, 1, -1, 2, 7, 8, 31, 32, 255, -128, 65536, i64::MIN]);
                self.b.iconst(ty, n)
            }
        }
    }

    /// An address with at least eight bytes behind it, less than `offset` given along.
    fn address(&mut self) -> (Value, u32) {
        let offset = self.random.below(4) as u32 * 4;
        let base = match self.random.below(4) {
            0 if !self.slots.is_empty() => {
                let slot = self.random.pick(&self.slots);
                let shift = self.random.below(3) as i32 * 4;
                return (self.b.stack_addr(slot, shift), 0);
            }
            1 => {
                let address = self.b.sym_addr(&"const".into(), 0);
                return (address, 16);
            }
            _ => self.b.sym_addr(&"mem".into(), 0),
        };
        match self.random.below(3) {
            0 => (base, offset),
            1 => {
                let shift = self.random.below(24) as i32;
                let shift = self.b.i32const(shift);
                (self.b.binary(B::RefAdd, base, shift), offset)
            }
            _ => {
                let (n, mask) = (self.value(Type::I32), self.b.i32const(31));
                let shift = self.b.binary(B::And, n, mask);
                (self.b.binary(B::RefAdd, base, shift), offset)
            }
        }
    }

    fn statements(&mut self, depth: usize) {
        for _ in 0..2 + self.random.below(5) {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: usize) {
        match self.random.below(16) {
            0..=4 => self.assign(),
            5 => self.load(),
            6 => self.store(),
            7 => self.call(),
            8 => {
                let symbol = "counter".into();
                if self.random.one_in(2) {
                    let value = self.value(Type::I32);
                    self.b.global_set(&symbol, value);
                } else {
                    let (value, var) = (self.b.global_get(&symbol, Type::I32), self.var(Type::I32));
                    self.b.def_var(var, value);
                }
            }
            9 | 10 if depth > 0 => self.branch(depth - 1),
            11 | 12 if depth > 0 => self.repeat(depth - 1),
            13 if depth > 0 => self.switch(depth - 1),
            13 => self.object(),
            14 if self.random.one_in(4) => self.b.trap(TrapCode::Panic),
            15 if !self.labels.is_empty() => {
                let label = self.random.pick(&self.labels);
                let (cond, next) = (self.value(Type::I32), self.b.new_block());
                self.b.brif(cond, label, next);
                self.b.seal_block(next);
                self.b.switch_to(next);
            }
            _ => self.assign(),
        }
    }

    fn assign(&mut self) {
        let vars = self.vars.clone();
        let var = self.random.pick(&vars);
        let ty = self.b.var_type(var);
        let value = match ty {
            Type::I32 => self.int32(),
            Type::I64 => match self.random.below(4) {
                0 => {
                    let (x, op) = (
                        self.value(Type::I32),
                        self.random.pick(&[U::ExtendS, U::ExtendU]),
                    );
                    self.b.unary(op, x, ty)
                }
                1 => {
                    let x = self.value(Type::F64);
                    self.b.unary(U::TruncSatS64, x, ty)
                }
                _ => self.int_op(ty),
            },
            Type::F32 => {
                let x = self.value(Type::F64);
                self.b.unary(U::Demote, x, ty)
            }
            Type::F64 | Type::Ref => match self.random.below(4) {
                0 => {
                    let x = self.value(Type::I32);
                    self.b.unary(U::ConvertS64, x, Type::F64)
                }
                1 => {
                    let x = self.value(Type::F64);
                    let op = self.random.pick(&[U::Fneg, U::Fabs, U::Floor, U::Sqrt]);
                    self.b.unary(op, x, Type::F64)
                }
                _ => {
                    let (x, y) = (self.value(Type::F64), self.value(Type::F64));
                    let op = self
                        .random
                        .pick(&[B::Fadd, B::Fsub, B::Fmul, B::Fdiv, B::Fmin]);
                    self.b.binary(op, x, y)
                }
            },
        };
        self.b.def_var(var, value);
    }

    fn int32(&mut self) -> Value {
        match self.random.below(8) {
            0 => {
                let x = self.value(Type::I64);
                self.b.unary(U::Wrap, x, Type::I32)
            }
            1 => {
                let (ty, x) = (Type::I32, self.value(Type::I32));
                let op = self
                    .random
                    .pick(&[U::Eqz, U::Sext8, U::Sext16, U::Clz, U::Popcnt]);
                self.b.unary(op, x, ty)
            }
            2 => self.condition(),
            3 => {
                let (x, y) = (self.value(Type::F64), self.value(Type::F64));
                let op = self.random.pick(&[B::Flt, B::Feq, B::Fge, B::Fne]);
                self.b.binary(op, x, y)
            }
            4 => {
                let cond = self.condition();
                let (x, y) = (self.value(Type::I32), self.value(Type::I32));
                self.b.select(cond, x, y)
            }
            _ => self.int_op(Type::I32),
        }
    }

    fn int_op(&mut self, ty: Type) -> Value {
        let (x, mut y) = (self.value(ty), self.value(ty));
        let op = self.random.pick(&[
            B::Iadd,
            B::Iadd,
            B::Isub,
            B::Isub,
            B::Imul,
            B::And,
            B::Or,
            B::Xor,
            B::Shl,
            B::ShrS,
            B::ShrU,
            B::Rotl,
            B::DivS,
            B::DivU,
            B::RemS,
            B::RemU,
        ]);
        if matches!(op, B::DivS | B::DivU | B::RemS | B::RemU) {
            let (seven, one) = (self.b.iconst(ty, 7), self.b.iconst(ty, 1));
            y = self.b.binary(B::And, y, seven);
            y = self.b.binary(B::Or, y, one);
        }
        self.b.binary(op, x, y)
    }

    fn condition(&mut self) -> Value {
        let ty = self.random.pick(&[Type::I32, Type::I32, Type::I64]);
        let (x, y) = (self.value(ty), self.value(ty));
        let op = self.random.pick(&[
            B::Eq,
            B::Ne,
            B::LtS,
            B::LtU,
            B::LeS,
            B::LeU,
            B::GtS,
            B::GtU,
            B::GeS,
            B::GeU,
        ]);
        let cond = self.b.binary(op, x, y);
        if self.random.one_in(4) {
            self.b.unary(U::Eqz, cond, Type::I32)
        } else {
            cond
        }
    }

    fn load(&mut self) {
        let (addr, offset) = self.address();
        let mem = self.mem();
        let value = self.b.load(mem, addr, offset);
        let var = self.var(mem.value_type());
        self.b.def_var(var, value);
    }

    fn mem(&mut self) -> MemType {
        self.random.pick(&[
            MemType::S8,
            MemType::U8,
            MemType::U16,
            MemType::Full(Type::I32),
            MemType::Full(Type::I32),
            MemType::Full(Type::I64),
            MemType::Full(Type::F64),
        ])
    }

    fn store(&mut self) {
        let (addr, offset) = loop {
            let (addr, offset) = self.address();
            // `const` is always given with this offset and nothing else is.
            if offset != 16 {
                break (addr, offset);
            }
        };
        if self.random.one_in(6) {
            let (byte, len) = (self.value(Type::I32), self.random.below(9));
            let len = self.b.i32const(len as i32);
            self.b.mem_fill(addr, byte, len);
            return;
        }
        if self.random.one_in(6) {
            let ((src, _), len) = (self.address(), self.random.below(9));
            let len = self.b.i32const(len as i32);
            self.b.mem_copy(addr, src, len, false);
            return;
        }
        let mem = self.mem();
        let value = self.value(mem.value_type());
        self.b.store(mem, addr, offset, value);
    }

    /// A heap object, with a few accesses; sometimes its address escapes into a copy.
    fn object(&mut self) {
        let sig = Signature::new([Type::Ref], [Type::Ref]);
        let layout = self.b.sym_addr(&"layout".into(), 0);
        let object = self.b.call(&ALLOCATOR.into(), &sig, &[layout])[0];
        for _ in 0..1 + self.random.below(5) {
            let (mem, offset) = (self.mem(), self.random.below(3) as u32 * 8);
            match self.random.below(6) {
                0 | 1 => {
                    let value = self.b.load(mem, object, offset);
                    let var = self.var(mem.value_type());
                    self.b.def_var(var, value);
                }
                2 if self.random.one_in(4) => {
                    let (len, mem) = (self.b.i32const(16), self.b.sym_addr(&"mem".into(), 8));
                    self.b.mem_copy(mem, object, len, false);
                }
                3 => self.assign(),
                5 => self.pass(object),
                4 if self.random.one_in(3) => self.branch(0),
                _ => {
                    let value = self.value(mem.value_type());
                    self.b.store(mem, object, offset, value);
                }
            }
        }
    }

    /// Gives the address of an object to a function.
    fn pass(&mut self, object: Value) {
        let reads = |params: &[Type]| Signature::new(params, [Type::I32]);
        let value = match self.random.below(8) {
            0 => {
                let sig = Signature::new([Type::Ref], []);
                self.b.call(&"share".into(), &sig, &[object]);
                return;
            }
            1 | 2 => self.b.call(&"recall".into(), &reads(&[]), &[])[0],
            3 | 4 => {
                let sig = Signature::new([Type::Ref, Type::I32], []);
                let value = self.value(Type::I32);
                self.b.call(&"poke".into(), &sig, &[object, value]);
                return;
            }
            _ => self.b.call(&"peek".into(), &reads(&[Type::Ref]), &[object])[0],
        };
        let var = self.var(Type::I32);
        self.b.def_var(var, value);
    }

    fn call(&mut self) {
        let (name, sig) = match self.known {
            known if known.is_empty() || self.random.one_in(4) => {
                let sig = Signature::new([Type::I32], [Type::I32]);
                ("log".into(), sig)
            }
            known => known[self.random.below(known.len())].clone(),
        };
        let args: Vec<Value> = sig.params.iter().map(|&ty| self.value(ty)).collect();
        let results = if self.random.one_in(3) && &*name != "log" {
            let callee = if &*name == "f0" && self.random.one_in(2) {
                let constant = self.b.sym_addr(&"const".into(), 0);
                self.b.load(MemType::Full(Type::I32), constant, 44)
            } else {
                self.b.func_index(&name)
            };
            self.b.call_indirect(&sig, callee, &args)
        } else {
            self.b.call(&name, &sig, &args)
        };
        for value in results {
            let var = self.var(self.b.value_type(value));
            self.b.def_var(var, value);
        }
    }

    fn branch(&mut self, depth: usize) {
        let cond = if self.random.one_in(2) {
            self.condition()
        } else {
            self.value(Type::I32)
        };
        let (then, els, join) = (self.b.new_block(), self.b.new_block(), self.b.new_block());
        self.b.brif(cond, then, els);
        self.labels.push(join);
        for block in [then, els] {
            self.b.switch_to(block);
            if !self.random.one_in(3) {
                self.statements(depth);
            }
            self.b.jump(join);
        }
        self.labels.pop();
        self.b.switch_to(join);
    }

    /// A loop that counts a variable of its own down, and may be left early.
    fn repeat(&mut self, depth: usize) {
        let (counter, times) = (self.b.declare_var(Type::I32), self.random.below(6) as i32);
        let times = self.b.i32const(times);
        self.b.def_var(counter, times);
        let (header, body, exit) = (self.b.new_block(), self.b.new_block(), self.b.new_block());
        self.b.jump(header);
        self.b.switch_to(header);
        let (n, zero) = (self.b.use_var(counter), self.b.i32const(0));
        let cond = self.b.binary(B::GtS, n, zero);
        self.b.brif(cond, body, exit);
        self.b.switch_to(body);
        let (n, one) = (self.b.use_var(counter), self.b.i32const(1));
        let less = self.b.binary(B::Isub, n, one);
        self.b.def_var(counter, less);
        self.labels.push(exit);
        self.statements(depth);
        self.labels.pop();
        self.b.jump(header);
        self.b.switch_to(exit);
    }

    fn switch(&mut self, depth: usize) {
        let index = self.value(Type::I32);
        let blocks: Vec<Block> = (0..1 + self.random.below(4))
            .map(|_| self.b.new_block())
            .collect();
        let (default, join) = (self.b.new_block(), self.b.new_block());
        let targets: Vec<Block> = (0..self.random.below(6))
            .map(|_| self.random.pick(&blocks))
            .collect();
        self.b.br_table(index, &targets, default);
        self.labels.push(join);
        for (n, &block) in blocks.iter().chain([&default]).enumerate() {
            self.b.switch_to(block);
            self.statements(depth);
            // Sometimes on into the next case.
            let next = blocks.get(n + 1).filter(|_| self.random.one_in(4));
            self.b.jump(next.copied().unwrap_or(join));
        }
        self.labels.pop();
        self.b.switch_to(join);
    }
}
