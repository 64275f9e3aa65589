//! Joining modules into one.

use crate::{Module, Symbol, SymbolMap};
use indexmap::map::Entry;
use std::fmt;

/// Two modules that do not go together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// A symbol is defined in two ways.
    Conflict {
        /// The symbol.
        symbol: Symbol,
        /// What it is first: `a function`, `an import`, ...
        first: &'static str,
        /// What it is then.
        second: &'static str,
    },
    /// One name is exported for two functions.
    Export {
        /// The exported name.
        name: String,
        /// The function exported first.
        first: Symbol,
        /// The other one.
        second: Symbol,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict {
                symbol,
                first,
                second,
            } if first == second => {
                write!(f, "`{symbol}` is defined as {first} in two different ways")
            }
            Self::Conflict {
                symbol,
                first,
                second,
            } => write!(f, "`{symbol}` is defined both as {first} and as {second}"),
            Self::Export {
                name,
                first,
                second,
            } => write!(f, "`{name}` is exported for both `{first}` and `{second}`"),
        }
    }
}

impl std::error::Error for LinkError {}

const FUNCTION: &str = "a function";
const DATA: &str = "a data object";
const GLOBAL: &str = "a global";
const IMPORT: &str = "an import";

impl Module {
    /// Joins modules, in order. Definitions that are equal in all modules that have them become one: instances of
    /// generic functions, type descriptors and strings are made wherever they are needed.
    ///
    /// # Errors
    /// The first symbol or export, in order of the modules, that is defined in two different ways.
    pub fn link(modules: impl IntoIterator<Item = Module>) -> Result<Module, LinkError> {
        let mut all = Module::default();
        for module in modules {
            all.add(module)?;
        }
        all.check_kinds()?;
        Ok(all)
    }

    fn add(&mut self, module: Module) -> Result<(), LinkError> {
        for (symbol, import) in module.imports {
            insert(&mut self.imports, symbol, import, IMPORT, PartialEq::eq)?;
        }
        for (symbol, global) in module.globals {
            insert(&mut self.globals, symbol, global, GLOBAL, PartialEq::eq)?;
        }
        for (symbol, data) in module.data {
            insert(&mut self.data, symbol, data, DATA, PartialEq::eq)?;
        }
        for (symbol, func) in module.funcs {
            // Equal up to the order of arenas: the text says everything. Only duplicates are compared.
            let same = |a: &crate::Function, b: &crate::Function| a.to_string() == b.to_string();
            insert(&mut self.funcs, symbol, func, FUNCTION, same)?;
        }
        for export in module.exports {
            match self.exports.iter().find(|e| e.name == export.name) {
                None => self.exports.push(export),
                Some(first) if *first == export => {}
                Some(first) => {
                    return Err(LinkError::Export {
                        name: export.name,
                        first: first.func.clone(),
                        second: export.func,
                    });
                }
            }
        }
        Ok(())
    }

    /// A symbol must not be defined as two kinds of things.
    fn check_kinds(&self) -> Result<(), LinkError> {
        let funcs = self.funcs.keys().map(|s| (s, FUNCTION));
        let data = self.data.keys().map(|s| (s, DATA));
        let globals = self.globals.keys().map(|s| (s, GLOBAL));
        for (symbol, second) in funcs.chain(data).chain(globals) {
            let others = [
                (self.imports.contains_key(symbol), IMPORT),
                (self.funcs.contains_key(symbol), FUNCTION),
                (self.data.contains_key(symbol), DATA),
            ];
            let first = others.iter().find(|(has, kind)| *has && *kind != second);
            if let Some(&(_, first)) = first {
                return Err(LinkError::Conflict {
                    symbol: symbol.clone(),
                    first,
                    second,
                });
            }
        }
        Ok(())
    }
}

fn insert<T>(
    map: &mut SymbolMap<T>,
    symbol: Symbol,
    item: T,
    kind: &'static str,
    same: impl Fn(&T, &T) -> bool,
) -> Result<(), LinkError> {
    match map.entry(symbol) {
        Entry::Vacant(entry) => {
            entry.insert(item);
            Ok(())
        }
        Entry::Occupied(entry) if same(entry.get(), &item) => Ok(()),
        Entry::Occupied(entry) => Err(LinkError::Conflict {
            symbol: entry.key().clone(),
            first: kind,
            second: kind,
        }),
    }
}
