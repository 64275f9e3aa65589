//! Random programs give the same results as the reference interpreter of the IR.
//!
//! The programs are made of assignable variables and arbitrary jumps, so they have every kind of control flow:
//! irreducible loops, tables with arguments, unreachable code. Loops end because each block uses up fuel. Some
//! functions keep refs across calls of one that reads the shadow stack pointer, so they have frames.

use polkago_ir::interp::Interp;
use polkago_ir::{
    BinaryOp, Block, Data, Export, Function, FunctionBuilder, Global, MemType, Module, Scalar,
    Signature, StackSlotData, Symbol, Type, UnaryOp, Value, Variable, verify_module,
};
use polkago_wasm::{Features, Options, emit_module};
use wasmi::Val;

mod engine;

/// xorshift64*: the same programs each time.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const FUNCS: usize = 4;
/// Bytes of the data object `mem`.
const MEM: u32 = 96;

fn symbol(name: &str) -> Symbol {
    Symbol::from(name)
}

fn name(n: usize) -> Symbol {
    symbol(&format!("f{n}"))
}

fn signatures(rng: &mut Rng) -> Vec<Signature> {
    let types = [Type::I32, Type::I64, Type::F64, Type::I32];
    let list = |rng: &mut Rng, least: usize| -> Vec<Type> {
        let n = least + rng.below(3);
        (0..n).map(|_| rng.pick(&types)).collect()
    };
    let mut sigs = vec![Signature::new([Type::I32, Type::I64], [Type::I64])];
    for _ in 1..FUNCS {
        let params = list(rng, 0);
        sigs.push(Signature::new(params, list(rng, 0)));
    }
    sigs
}

fn program(rng: &mut Rng) -> Module {
    let mut module = Module::default();
    let sigs = signatures(rng);
    for n in 0..FUNCS {
        let func = function(rng, n, &sigs);
        module.funcs.insert(func.name.clone(), func);
    }
    let collect = collector();
    module.funcs.insert(collect.name.clone(), collect);
    module.exports.push(Export {
        name: "f".to_owned(),
        func: name(0),
    });
    let data = Data {
        name: symbol("mem"),
        align: 8,
        size: MEM,
        bytes: (0..MEM as u8).collect(),
        relocs: Vec::new(),
        mutable: true,
        mergeable: false,
        refs: Vec::new(),
    };
    module.data.insert(data.name.clone(), data);
    for name in ["g", "runtime.shadowSP"] {
        let global = Global {
            name: symbol(name),
            ty: Type::I32,
            init: 7,
        };
        module.globals.insert(global.name.clone(), global);
    }
    module
}

/// Reads the shadow stack pointer, as a collector does.
fn collector() -> Function {
    let mut b = FunctionBuilder::new(symbol("collect"), Signature::default());
    let sp = b.global_get(&symbol("runtime.shadowSP"), Type::I32);
    let zero = b.binary(BinaryOp::Isub, sp, sp);
    let g = b.global_get(&symbol("g"), Type::I32);
    let sum = b.binary(BinaryOp::Iadd, g, zero);
    b.global_set(&symbol("g"), sum);
    b.ret(&[]);
    b.finish()
}

struct Maker<'a> {
    rng: &'a mut Rng,
    b: FunctionBuilder,
    vars: Vec<Variable>,
    fuel: Variable,
    number: usize,
    sigs: &'a [Signature],
    slot: polkago_ir::StackSlot,
}

fn function(rng: &mut Rng, number: usize, sigs: &[Signature]) -> Function {
    let mut b = FunctionBuilder::new(name(number), sigs[number].clone());
    let slot = b.slot(StackSlotData {
        size: 16,
        align: 8,
        refs: vec![8],
    });
    let fuel = b.declare_var(Type::I32);
    let types = [
        Type::I32,
        Type::I32,
        Type::I32,
        Type::I64,
        Type::I64,
        Type::F64,
        Type::Ref,
        Type::Ref,
    ];
    let vars = types.into_iter().map(|ty| b.declare_var(ty)).collect();
    let mut m = Maker {
        rng,
        b,
        vars,
        fuel,
        number,
        sigs,
        slot,
    };
    m.body();
    m.b.finish()
}

impl Maker<'_> {
    fn body(&mut self) {
        let fuel = self.b.i32const(15);
        self.b.def_var(self.fuel, fuel);
        let params = self.b.params().to_vec();
        for v in params {
            let var = self.var(self.b.value_type(v));
            self.b.def_var(var, v);
        }
        for i in 0..self.vars.len() {
            if self.b.var_type(self.vars[i]) == Type::Ref {
                let at = self.rng.below(4) as i32 * 8;
                let mem = self.b.sym_addr(&symbol("mem"), at);
                self.b.def_var(self.vars[i], mem);
            }
        }
        let slot = self.b.stack_addr(self.slot, 0);
        let n = self.b.i64const(5);
        self.b.store(MemType::Full(Type::I64), slot, 0, n);
        let blocks: Vec<Block> = (0..2 + self.rng.below(9))
            .map(|_| self.b.new_block())
            .collect();
        let exit = self.b.new_block();
        self.jump(&blocks, exit);
        for &block in &blocks {
            self.b.switch_to(block);
            let fuel = self.b.use_var(self.fuel);
            let one = self.b.i32const(1);
            let less = self.b.binary(BinaryOp::Isub, fuel, one);
            self.b.def_var(self.fuel, less);
            let go = self.b.new_block();
            self.b.brif(fuel, go, exit);
            self.b.switch_to(go);
            for _ in 0..self.rng.below(7) {
                self.statement();
            }
            self.jump(&blocks, exit);
        }
        self.b.switch_to(exit);
        let results = self.sigs[self.number].results.clone();
        let results: Vec<Value> = results.into_iter().map(|ty| self.read(ty)).collect();
        self.b.ret(&results);
    }

    fn var(&mut self, ty: Type) -> Variable {
        let of_type = self.vars.iter().copied();
        let of_type: Vec<Variable> = of_type.filter(|&v| self.b.var_type(v) == ty).collect();
        self.rng.pick(&of_type)
    }

    fn read(&mut self, ty: Type) -> Value {
        if self.rng.below(5) == 0 && ty != Type::Ref {
            let n = self
                .rng
                .pick(&[0, 1, -1, 7, 255, 65536, i64::from(i32::MIN)]);
            return self.b.iconst(ty, n);
        }
        let var = self.var(ty);
        self.b.use_var(var)
    }

    fn write(&mut self, v: Value) {
        let var = self.var(self.b.value_type(v));
        self.b.def_var(var, v);
    }

    fn jump(&mut self, blocks: &[Block], exit: Block) {
        let target = |rng: &mut Rng| match rng.below(12) {
            0 => exit,
            _ => rng.pick(blocks),
        };
        match self.rng.below(6) {
            0 => {
                let to = target(self.rng);
                self.b.jump(to);
            }
            1 => {
                let index = self.read(Type::I32);
                let n = self.rng.below(5);
                let targets: Vec<Block> = (0..n).map(|_| target(self.rng)).collect();
                let default = target(self.rng);
                self.b.br_table(index, &targets, default);
            }
            2..=4 => {
                let cond = self.condition();
                let (then, els) = (target(self.rng), target(self.rng));
                self.b.brif(cond, then, els);
            }
            _ => {
                let results = self.sigs[self.number].results.clone();
                let results: Vec<Value> = results.into_iter().map(|ty| self.read(ty)).collect();
                if self.rng.below(3) == 0 {
                    self.b.ret(&results);
                } else {
                    let to = target(self.rng);
                    self.b.jump(to);
                }
            }
        }
    }

    fn condition(&mut self) -> Value {
        use BinaryOp as B;
        match self.rng.below(5) {
            0 => self.read(Type::I32),
            1 => {
                let x = self.read(Type::F64);
                let y = self.read(Type::F64);
                let op = self.rng.pick(&[B::Flt, B::Fge, B::Feq, B::Fne]);
                self.b.binary(op, x, y)
            }
            2 => {
                let x = self.read(Type::I64);
                self.b.unary(UnaryOp::Eqz, x, Type::I32)
            }
            _ => {
                let ty = self.rng.pick(&[Type::I32, Type::I64]);
                let x = self.read(ty);
                let y = self.read(ty);
                let ops = [B::Eq, B::Ne, B::LtS, B::LtU, B::LeS, B::GtU, B::GeS, B::GeU];
                let op = self.rng.pick(&ops);
                self.b.binary(op, x, y)
            }
        }
    }

    fn address(&mut self) -> Value {
        let base = self.read(Type::Ref);
        let index = self.read(Type::I32);
        let mask = self.b.i32const(24);
        let index = self.b.binary(BinaryOp::And, index, mask);
        let refs = self.b.binary(BinaryOp::RefAdd, base, index);
        if self.rng.below(2) == 0 {
            return refs;
        }
        let eight = self.b.i32const(8);
        self.b.binary(BinaryOp::RefAdd, base, eight)
    }

    fn statement(&mut self) {
        use BinaryOp as B;
        match self.rng.below(14) {
            0..=3 => {
                let ty = self.rng.pick(&[Type::I32, Type::I32, Type::I64]);
                let x = self.read(ty);
                let y = self.read(ty);
                let ops = [
                    B::Iadd,
                    B::Isub,
                    B::Imul,
                    B::And,
                    B::Or,
                    B::Xor,
                    B::Shl,
                    B::ShrS,
                    B::ShrU,
                    B::Rotl,
                ];
                let op = self.rng.pick(&ops);
                let v = self.b.binary(op, x, y);
                self.write(v);
            }
            4 => {
                let x = self.read(Type::F64);
                let y = self.read(Type::F64);
                let op = self.rng.pick(&[B::Fadd, B::Fsub, B::Fmul, B::Fdiv]);
                let v = self.b.binary(op, x, y);
                self.write(v);
            }
            5 => self.convert(),
            6 | 7 => {
                let addr = self.address();
                let mems = [
                    MemType::S8,
                    MemType::U8,
                    MemType::S16,
                    MemType::U16,
                    MemType::Full(Type::I32),
                    MemType::Full(Type::I64),
                ];
                let mem = self.rng.pick(&mems);
                let offset = self.rng.below(5) as u32;
                if self.rng.below(2) == 0 {
                    let v = self.b.load(mem, addr, offset);
                    self.write(v);
                } else {
                    let v = self.read(mem.value_type());
                    self.b.store(mem, addr, offset, v);
                }
            }
            8 => {
                let cond = self.condition();
                let ty = self.rng.pick(&[Type::I32, Type::I64, Type::F64, Type::Ref]);
                let x = self.read(ty);
                let y = self.read(ty);
                let v = self.b.select(cond, x, y);
                self.write(v);
            }
            9 => self.call(),
            10 => {
                if self.rng.below(2) == 0 {
                    let v = self.b.global_get(&symbol("g"), Type::I32);
                    self.write(v);
                } else {
                    let v = self.read(Type::I32);
                    self.b.global_set(&symbol("g"), v);
                }
            }
            11 => {
                let (dst, src) = (self.address(), self.address());
                let len = self.rng.pick(&[0, 1, 3, 7, 8, 13, 16, 31]);
                let mut len = self.b.i32const(len);
                if self.rng.below(3) == 0 {
                    let n = self.read(Type::I32);
                    let mask = self.b.i32const(31);
                    len = self.b.binary(B::And, n, mask);
                }
                if self.rng.below(3) > 0 {
                    self.b.mem_copy(dst, src, len, false);
                } else {
                    let byte = self.read(Type::I32);
                    self.b.mem_fill(dst, byte, len);
                }
            }
            12 => {
                self.b.call(&symbol("collect"), &Signature::default(), &[]);
            }
            _ => {
                let at = self.b.stack_addr(self.slot, 0);
                if self.rng.below(2) == 0 {
                    let v = self.b.load(MemType::Full(Type::I64), at, 0);
                    self.write(v);
                } else {
                    let v = self.read(Type::I64);
                    self.b.store(MemType::Full(Type::I64), at, 0, v);
                }
            }
        }
    }

    fn convert(&mut self) {
        let v = match self.rng.below(9) {
            0 => (UnaryOp::Wrap, Type::I64, Type::I32),
            1 => (UnaryOp::ExtendS, Type::I32, Type::I64),
            2 => (UnaryOp::ExtendU, Type::I32, Type::I64),
            3 => (UnaryOp::ConvertS64, Type::I64, Type::F64),
            4 => (UnaryOp::TruncSatS32, Type::F64, Type::I32),
            5 => (UnaryOp::TruncSatU64, Type::F64, Type::I64),
            6 => (UnaryOp::Sext8, Type::I32, Type::I32),
            7 => (UnaryOp::Sext16, Type::I64, Type::I64),
            _ => (UnaryOp::Eqz, Type::I32, Type::I32),
        };
        let (op, from, to) = v;
        let x = self.read(from);
        let v = self.b.unary(op, x, to);
        self.write(v);
    }

    /// Calls a function with a higher number, so that there is no recursion.
    fn call(&mut self) {
        let callee = self.number + 1;
        if callee >= FUNCS {
            return;
        }
        let callee = callee + self.rng.below(FUNCS - callee);
        let sig = self.sigs[callee].clone();
        let args: Vec<Value> = sig.params.iter().map(|&ty| self.read(ty)).collect();
        let results = if self.rng.below(2) == 0 {
            self.b.call(&name(callee), &sig, &args)
        } else {
            let index = self.b.func_index(&name(callee));
            self.b.call_indirect(&sig, index, &args)
        };
        for v in results {
            if self.rng.below(4) > 0 {
                self.write(v);
            }
        }
    }
}

fn check(seed: u64, options: &Options) {
    let mut rng = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let module = program(&mut rng);
    if let Err(errors) = verify_module(&module) {
        panic!("seed {seed}: {errors}");
    }
    let output = match emit_module(&module, options) {
        Ok(output) => output,
        Err(e) => panic!("seed {seed}: {e}\n{module}"),
    };
    let mut instance = engine::Instance::new(&output.bytes).expect("a valid module");
    let mut interp = Interp::new(&module);
    for (x, y) in [(0, 0), (1, -1), (12345, 1 << 40)] {
        interp.fuel = 3_000_000;
        let expected = interp.call("f0", &[Scalar::I32(x), Scalar::I64(y)]);
        let Ok(expected) = expected else {
            // Out of fuel: too slow for the interpreter, no error.
            return;
        };
        let got = instance.call("f", &[Val::I32(x), Val::I64(y)]);
        let got = match got {
            Ok(Some(Val::I64(n))) => n,
            other => panic!("seed {seed}: {other:?}\n{module}"),
        };
        assert_eq!(
            expected,
            [Scalar::I64(got)],
            "seed {seed}, f({x}, {y})\n{module}"
        );
    }
}

fn seeds() -> std::ops::Range<u64> {
    let count = std::env::var("RANDOM_PROGRAMS").ok();
    let count = count.and_then(|n| n.parse().ok()).unwrap_or(100);
    let first = std::env::var("RANDOM_SEED").ok();
    let first = first.and_then(|n| n.parse().ok()).unwrap_or(0);
    first..first + count
}

#[test]
fn as_the_interpreter() {
    for seed in seeds() {
        check(seed, &Options::default());
    }
}

#[test]
fn with_all_features() {
    let options = Options {
        features: Features {
            sign_ext: true,
            bulk_memory: true,
            sat_float: true,
        },
        ..Options::default()
    };
    for seed in seeds().take(40) {
        check(seed, &options);
    }
}

#[test]
fn the_same_bytes_each_time() {
    let module = program(&mut Rng(99));
    let bytes = || emit_module(&module, &Options::default()).map(|o| o.bytes);
    assert_eq!(bytes(), bytes());
}
