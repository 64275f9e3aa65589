//! What of the module can be reached from its exports. The rest is not emitted.
//!
//! The order of everything stays that of the module.

use super::scan::Scan;
use super::{Error, GlobalName};
use polkago_ir::{Module, Symbol};
use rustc_hash::FxHashSet;

/// Places in the module's maps, ascending.
#[derive(Default)]
pub struct Reach {
    /// Functions.
    pub funcs: Vec<usize>,
    /// Functions of the host.
    pub imports: Vec<usize>,
    /// Data objects.
    pub data: Vec<usize>,
    /// Globals.
    pub globals: Vec<usize>,
    /// Names that the linker gives, where they are used.
    pub reserved: FxHashSet<GlobalName>,
}

struct Walk<'a> {
    module: &'a Module,
    funcs: Vec<bool>,
    imports: Vec<bool>,
    data: Vec<bool>,
    globals: Vec<bool>,
    reserved: FxHashSet<GlobalName>,
    func_work: Vec<usize>,
    data_work: Vec<usize>,
}

/// Walks from the exports and the functions named by `more`. `scans` are those of all functions of the module.
pub fn reach(module: &Module, scans: &[Scan], more: &[Symbol]) -> Result<Reach, Error> {
    let mut w = Walk {
        module,
        funcs: vec![false; module.funcs.len()],
        imports: vec![false; module.imports.len()],
        data: vec![false; module.data.len()],
        globals: vec![false; module.globals.len()],
        reserved: FxHashSet::default(),
        func_work: Vec::new(),
        data_work: Vec::new(),
    };
    for export in &module.exports {
        w.func(&export.func, &Symbol::from(export.name.as_str()))?;
    }
    for symbol in more {
        w.func(symbol, symbol)?;
    }
    loop {
        if let Some(i) = w.func_work.pop() {
            let func = &module.funcs[i];
            let scan = &scans[i];
            for &sym in scan.calls.iter().chain(&scan.addresses) {
                w.func(&func.syms[sym], &func.name)?;
            }
            for &sym in &scan.data {
                w.data(&func.syms[sym], &func.name)?;
            }
            for &sym in &scan.globals {
                w.global(&func.syms[sym], &func.name)?;
            }
        } else if let Some(i) = w.data_work.pop() {
            let data = &module.data[i];
            for reloc in &data.relocs {
                match reloc.kind {
                    polkago_ir::RelocKind::Addr => w.data(&reloc.sym, &data.name)?,
                    polkago_ir::RelocKind::FuncIndex => w.func(&reloc.sym, &data.name)?,
                }
            }
        } else {
            break;
        }
    }
    let places = |set: &[bool]| (0..set.len()).filter(|&i| set[i]).collect();
    Ok(Reach {
        funcs: places(&w.funcs),
        imports: places(&w.imports),
        data: places(&w.data),
        globals: places(&w.globals),
        reserved: w.reserved,
    })
}

fn undefined(symbol: &Symbol, user: &Symbol) -> Error {
    Error::Undefined {
        symbol: symbol.clone(),
        user: user.clone(),
    }
}

impl Walk<'_> {
    fn func(&mut self, symbol: &Symbol, user: &Symbol) -> Result<(), Error> {
        if let Some(i) = self.module.funcs.get_index_of(symbol) {
            if !std::mem::replace(&mut self.funcs[i], true) {
                self.func_work.push(i);
            }
        } else if let Some(i) = self.module.imports.get_index_of(symbol) {
            self.imports[i] = true;
        } else {
            return Err(undefined(symbol, user));
        }
        Ok(())
    }

    fn data(&mut self, symbol: &Symbol, user: &Symbol) -> Result<(), Error> {
        let i = self.module.data.get_index_of(symbol);
        let i = i.ok_or_else(|| undefined(symbol, user))?;
        if !std::mem::replace(&mut self.data[i], true) {
            self.data_work.push(i);
        }
        Ok(())
    }

    fn global(&mut self, symbol: &Symbol, user: &Symbol) -> Result<(), Error> {
        if let Some(name) = GlobalName::parse(symbol) {
            self.reserved.insert(name);
            return Ok(());
        }
        let i = self.module.globals.get_index_of(symbol);
        let i = i.ok_or_else(|| undefined(symbol, user))?;
        self.globals[i] = true;
        Ok(())
    }
}
