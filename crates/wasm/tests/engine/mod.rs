//! Runs modules in an interpreter.

#![allow(dead_code, reason = "not every test program uses all of it")]

use wasmi::{Caller, Engine, Extern, Linker, Memory, MemoryType, Module, Store, Val};

/// A call of a function of the host: its field name, its arguments, and memory at that moment.
pub struct HostCall {
    pub name: String,
    pub args: Vec<Val>,
    pub memory: Vec<u8>,
}

/// A module in the interpreter. Functions that it imports give 0.
pub struct Instance {
    store: Store<Vec<HostCall>>,
    instance: wasmi::Instance,
    memory: Option<Memory>,
}

impl Instance {
    /// Instantiates a module.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes).map_err(|e| e.to_string())?;
        let mut store = Store::new(&engine, Vec::new());
        let mut linker = <Linker<Vec<HostCall>>>::new(&engine);
        let mut memory = None;
        // The memory first: functions look at it.
        let is_func = |ty: &wasmi::ExternType| matches!(ty, wasmi::ExternType::Func(_));
        let mut imports: Vec<_> = module.imports().collect();
        imports.sort_by_key(|i| is_func(i.ty()));
        for import in imports {
            match import.ty() {
                wasmi::ExternType::Memory(ty) => {
                    let ty = MemoryType::new(ty.minimum() as u32, None);
                    let made = Memory::new(&mut store, ty).map_err(|e| e.to_string())?;
                    memory = Some(made);
                    linker
                        .define(import.module(), import.name(), made)
                        .map_err(|e| e.to_string())?;
                }
                wasmi::ExternType::Func(ty) => {
                    let name = import.name().to_owned();
                    let call = move |mut caller: Caller<'_, Vec<HostCall>>,
                                     args: &[Val],
                                     results: &mut [Val]| {
                        let memory =
                            memory.map_or(Vec::new(), |m: Memory| m.data(&caller).to_vec());
                        caller.data_mut().push(HostCall {
                            name: name.clone(),
                            args: args.to_vec(),
                            memory,
                        });
                        for r in results {
                            *r = Val::default_for_ty(r.ty());
                        }
                        Ok(())
                    };
                    linker
                        .func_new(import.module(), import.name(), ty.clone(), call)
                        .map_err(|e| e.to_string())?;
                }
                other => return Err(format!("import of {other:?}")),
            }
        }
        let instance = linker
            .instantiate_and_start(&mut store, &module)
            .map_err(|e| e.to_string())?;
        let exported = instance.get_memory(&store, "memory");
        Ok(Self {
            store,
            instance,
            memory: memory.or(exported),
        })
    }

    /// Calls an export.
    pub fn call(&mut self, name: &str, args: &[Val]) -> Result<Option<Val>, String> {
        let func = self.instance.get_func(&self.store, name);
        let func = func.ok_or_else(|| format!("no export {name}"))?;
        let ty = func.ty(&self.store);
        let mut results: Vec<Val> = ty
            .results()
            .iter()
            .map(|&ty| Val::default_for_ty(ty))
            .collect();
        func.call(&mut self.store, args, &mut results)
            .map_err(|e| e.to_string())?;
        Ok(results.pop())
    }

    /// Calls an export as written: `f(1, 2.5)`. Integers may be hexadecimal. The result in decimal, NaN as bits.
    pub fn call_text(&mut self, text: &str) -> Result<String, String> {
        let (name, args) = text.split_once('(').ok_or("no argument list")?;
        let args = args
            .trim_end()
            .strip_suffix(')')
            .ok_or("no end of arguments")?;
        let func = self.instance.get_func(&self.store, name);
        let func = func.ok_or_else(|| format!("no export {name}"))?;
        let types = func.ty(&self.store).params().to_vec();
        let words = args.split(',').map(str::trim).filter(|w| !w.is_empty());
        let words: Vec<&str> = words.collect();
        if words.len() != types.len() {
            return Err(format!("{name} takes {} arguments", types.len()));
        }
        let mut values = Vec::new();
        for (word, ty) in words.into_iter().zip(types) {
            values.push(parse_val(word, ty).ok_or_else(|| format!("bad argument {word}"))?);
        }
        Ok(match self.call(name, &values) {
            Ok(None) => "done".to_owned(),
            Ok(Some(v)) => show(&v),
            Err(e) => e.lines().next().unwrap_or("trap").to_owned(),
        })
    }

    /// The calls of functions of the host so far.
    pub fn host_calls(&self) -> &[HostCall] {
        self.store.data()
    }

    /// Bytes of memory.
    pub fn memory(&self) -> &[u8] {
        self.memory.map_or(&[], |m| m.data(&self.store))
    }

    /// Bytes of memory, to be changed.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        match self.memory {
            Some(m) => m.data_mut(&mut self.store),
            None => &mut [],
        }
    }

    /// The value of an exported global.
    pub fn global(&self, name: &str) -> Option<Val> {
        match self.instance.get_export(&self.store, name)? {
            Extern::Global(g) => Some(g.get(&self.store)),
            _ => None,
        }
    }
}

fn parse_val(word: &str, ty: wasmi::ValType) -> Option<Val> {
    let int = || match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok().map(|n| n as i64),
        None => word.parse().ok(),
    };
    Some(match ty {
        wasmi::ValType::I32 => Val::I32(int()? as i32),
        wasmi::ValType::I64 => Val::I64(int()?),
        wasmi::ValType::F32 => Val::F32(word.parse::<f32>().ok()?.into()),
        wasmi::ValType::F64 => Val::F64(word.parse::<f64>().ok()?.into()),
        _ => return None,
    })
}

fn show(v: &Val) -> String {
    match v {
        Val::I32(n) => n.to_string(),
        Val::I64(n) => n.to_string(),
        Val::F32(x) if x.to_float().is_nan() => format!("{:#x}", x.to_bits()),
        Val::F64(x) if x.to_float().is_nan() => format!("{:#x}", x.to_bits()),
        Val::F32(x) => x.to_float().to_string(),
        Val::F64(x) => x.to_float().to_string(),
        other => format!("{other:?}"),
    }
}

/// A custom section of a module.
pub fn custom_section<'a>(bytes: &'a [u8], name: &str) -> Option<&'a [u8]> {
    wasmparser::Parser::new(0)
        .parse_all(bytes)
        .find_map(|p| match p {
            Ok(wasmparser::Payload::CustomSection(c)) if c.name() == name => Some(c.data()),
            _ => None,
        })
}
