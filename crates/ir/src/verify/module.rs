//! The rules between the definitions of a module.

use super::{VerifyError, VerifyErrors, result, verify_function};
use crate::{Data, Function, Global, InstData, Module, Reloc, RelocKind, Signature, Symbol, Type};
use rustc_hash::{FxHashMap, FxHashSet};

/// Checks a whole program: every symbol referred to must be defined.
///
/// # Errors
/// All violated rules found, in order of the module.
pub fn verify_module(module: &Module) -> Result<(), VerifyErrors> {
    verify(module, false)
}

/// Checks a part of a program, such as a package: symbols may be defined elsewhere.
///
/// # Errors
/// As [`verify_module`].
pub fn verify_part(module: &Module) -> Result<(), VerifyErrors> {
    verify(module, true)
}

fn verify(module: &Module, open: bool) -> Result<(), VerifyErrors> {
    let mut verifier = Verifier {
        symbols: FxHashMap::default(),
        open,
        errors: Vec::new(),
    };
    verifier.symbols(module);
    for global in module.globals.values() {
        verifier.global(global);
    }
    for data in module.data.values() {
        verifier.data(data);
    }
    verifier.exports(module);
    for func in module.funcs.values() {
        match verify_function(func) {
            Ok(()) => verifier.func(func),
            Err(errors) => verifier.errors.extend(errors.0),
        }
    }
    result(verifier.errors)
}

/// What a symbol stands for.
#[derive(Clone, Copy)]
enum Definition<'a> {
    Func(&'a Signature),
    Data,
    Global(Type),
}

impl Definition<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Func(_) => "a function",
            Self::Data => "a data object",
            Self::Global(_) => "a global",
        }
    }
}

struct Verifier<'a> {
    symbols: FxHashMap<&'a str, Definition<'a>>,
    /// Undefined symbols are allowed.
    open: bool,
    errors: Vec<VerifyError>,
}

impl<'a> Verifier<'a> {
    fn report(&mut self, symbol: &Symbol, place: String, message: impl Into<String>) {
        self.errors.push(VerifyError {
            symbol: symbol.clone(),
            place,
            message: message.into(),
        });
    }

    fn symbols(&mut self, module: &'a Module) {
        let imports = module.imports.iter();
        let imports = imports.map(|(key, i)| (key, &i.name, Definition::Func(&i.sig)));
        let funcs = module.funcs.iter();
        let funcs = funcs.map(|(key, f)| (key, &f.name, Definition::Func(&f.sig)));
        let data = module
            .data
            .iter()
            .map(|(key, d)| (key, &d.name, Definition::Data));
        let globals = module.globals.iter();
        let globals = globals.map(|(key, g)| (key, &g.name, Definition::Global(g.ty)));
        for (key, name, definition) in imports.chain(funcs).chain(data).chain(globals) {
            if key != name {
                self.report(
                    key,
                    String::new(),
                    format!("filed under another name than its own, {name}"),
                );
            }
            if let Some(other) = self.symbols.insert(key, definition) {
                let message = format!("is also defined as {}", other.name());
                self.report(key, String::new(), message);
            }
        }
    }

    fn global(&mut self, global: &Global) {
        match global.ty {
            Type::Ref => {
                let message = "a global must not be a ref: the collector does not see it";
                self.report(&global.name, String::new(), message);
            }
            Type::I32 | Type::F32 if global.init > u64::from(u32::MAX) => {
                self.report(
                    &global.name,
                    String::new(),
                    "the initial value has more than 32 bits",
                );
            }
            Type::I32 | Type::I64 | Type::F32 | Type::F64 => {}
        }
    }

    fn data(&mut self, data: &Data) {
        let name = &data.name;
        if !matches!(data.align, 1 | 2 | 4 | 8) {
            self.report(name, String::new(), "alignment must be 1, 2, 4 or 8");
        }
        if data.bytes.len() > data.size as usize {
            self.report(name, String::new(), "more bytes than its size");
        }
        if data.mutable && data.mergeable {
            self.report(
                name,
                String::new(),
                "a mutable object must not be mergeable",
            );
        }
        if let Some(message) = check_refs(&data.refs, data.size, data.align) {
            self.report(name, String::new(), message);
        }
        let mut end = 0;
        for reloc in &data.relocs {
            let Reloc {
                offset, kind, sym, ..
            } = reloc;
            if u64::from(*offset) < end {
                self.report(
                    name,
                    String::new(),
                    "relocations must ascend and not overlap",
                );
            }
            end = u64::from(*offset) + 4;
            if end > u64::from(data.size) {
                let message = format!("relocation at {offset} is outside of the object");
                self.report(name, String::new(), message);
            }
            let ok = match (kind, self.lookup(sym)) {
                (_, Lookup::Elsewhere) => Ok(()),
                (RelocKind::Addr, Lookup::Found(Definition::Data)) => Ok(()),
                (RelocKind::FuncIndex, Lookup::Found(Definition::Func(_))) => Ok(()),
                (_, Lookup::Found(other)) => Err(format!("@{sym} is {}", other.name())),
                (_, Lookup::Undefined) => Err(format!("@{sym} is not defined")),
            };
            if let Err(message) = ok {
                self.report(name, format!("relocation at {offset}"), message);
            }
        }
    }

    fn exports(&mut self, module: &Module) {
        let mut names = FxHashSet::default();
        for export in &module.exports {
            if !names.insert(export.name.as_str()) {
                let message = format!("`{}` is exported twice", export.name);
                self.report(&export.func, String::new(), message);
            }
            let message = match self.lookup(&export.func) {
                Lookup::Found(Definition::Func(_)) | Lookup::Elsewhere => continue,
                Lookup::Found(other) => format!("exported as a function, but is {}", other.name()),
                Lookup::Undefined => "exported, but not defined".to_owned(),
            };
            self.report(&export.func, String::new(), message);
        }
    }

    /// The symbols that a function refers to. Its own rules must hold.
    fn func(&mut self, func: &Function) {
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                let (sym, wanted) = match &func.insts[inst] {
                    InstData::SymAddr { sym, .. } => (*sym, Definition::Data),
                    InstData::FuncIndex(sym) => {
                        let sym = *sym;
                        match self.lookup(&func.syms[sym]) {
                            // Any signature will do.
                            Lookup::Found(Definition::Func(sig)) => (sym, Definition::Func(sig)),
                            Lookup::Found(_) | Lookup::Elsewhere | Lookup::Undefined => {
                                (sym, Definition::Func(&func.sig))
                            }
                        }
                    }
                    InstData::Call {
                        func: callee, sig, ..
                    } => (*callee, Definition::Func(&func.sigs[*sig])),
                    InstData::GlobalGet { global, ty } => (*global, Definition::Global(*ty)),
                    InstData::GlobalSet { global, value } => {
                        (*global, Definition::Global(func.value_type(*value)))
                    }
                    InstData::I32Const(_)
                    | InstData::I64Const(_)
                    | InstData::F32Const(_)
                    | InstData::F64Const(_)
                    | InstData::Null
                    | InstData::StackAddr { .. }
                    | InstData::Unary { .. }
                    | InstData::Binary { .. }
                    | InstData::Select { .. }
                    | InstData::Load { .. }
                    | InstData::Store { .. }
                    | InstData::MemCopy { .. }
                    | InstData::MemFill { .. }
                    | InstData::CallIndirect { .. }
                    | InstData::MemorySize
                    | InstData::MemoryGrow(_)
                    | InstData::ExitCheck
                    | InstData::Jump(_)
                    | InstData::Brif { .. }
                    | InstData::BrTable { .. }
                    | InstData::Return(_)
                    | InstData::ReturnExit
                    | InstData::Trap(_) => continue,
                };
                let sym = &func.syms[sym];
                let message = match (self.lookup(sym), wanted) {
                    (Lookup::Elsewhere, _) => continue,
                    (Lookup::Undefined, _) => format!("@{sym} is not defined"),
                    (Lookup::Found(Definition::Data), Definition::Data) => continue,
                    (Lookup::Found(Definition::Func(def)), Definition::Func(used)) => {
                        if def == used {
                            continue;
                        }
                        format!("@{sym} is defined as {def}, not {used}")
                    }
                    (Lookup::Found(Definition::Global(def)), Definition::Global(used)) => {
                        if def == used {
                            continue;
                        }
                        format!("@{sym} is defined as {def}, not {used}")
                    }
                    (Lookup::Found(other), _) => {
                        format!("@{sym} is {}, not {}", other.name(), wanted.name())
                    }
                };
                let place = format!("{block}: {}", func.display_inst(inst));
                self.report(&func.name, place, message);
            }
        }
    }

    fn lookup(&self, sym: &Symbol) -> Lookup<'a> {
        match self.symbols.get(&**sym) {
            Some(definition) => Lookup::Found(*definition),
            None if self.open => Lookup::Elsewhere,
            None => Lookup::Undefined,
        }
    }
}

/// What is known of a symbol.
enum Lookup<'a> {
    Found(Definition<'a>),
    /// Not defined here, which is allowed.
    Elsewhere,
    Undefined,
}

/// What is wrong with the offsets of the refs in an object.
pub(super) fn check_refs(refs: &[u32], size: u32, align: u32) -> Option<&'static str> {
    if !refs.is_empty() && align < 4 {
        return Some("an object with refs must be aligned to 4");
    }
    if refs.iter().any(|&r| u64::from(r) + 4 > u64::from(size)) {
        return Some("a ref is outside of the object");
    }
    if refs.iter().any(|r| r % 4 != 0) {
        return Some("a ref is not aligned to 4");
    }
    if refs.windows(2).any(|w| w[0] >= w[1]) {
        return Some("refs must ascend");
    }
    None
}
