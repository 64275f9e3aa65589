//! Scopes (*Declarations and scope*).

use crate::{ObjId, ScopeId, Sym};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::sync::{PoisonError, RwLock};

/// A scope: names and what they denote, in order of declaration.
///
/// The scope of a name inside a function starts where its declaration has been checked: the checker walks in source
/// order and enters names then, so no positions are kept.
#[derive(Debug)]
pub struct Scope {
    /// The enclosing scope; `None` for the universe.
    pub parent: Option<ScopeId>,
    /// The names declared here. Only the checker of the owning package writes.
    names: RwLock<IndexMap<Sym, ObjId, FxBuildHasher>>,
}

impl Scope {
    /// An empty scope.
    pub(crate) fn new(parent: Option<ScopeId>) -> Self {
        Self {
            parent,
            names: RwLock::default(),
        }
    }

    /// What `name` denotes in this scope, enclosing scopes aside.
    #[must_use]
    pub fn get(&self, name: Sym) -> Option<ObjId> {
        self.names
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .copied()
    }

    /// Declares a name; if it is declared here already, nothing changes and that object is returned.
    pub(crate) fn insert(&self, name: Sym, obj: ObjId) -> Option<ObjId> {
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        match names.entry(name) {
            indexmap::map::Entry::Occupied(entry) => Some(*entry.get()),
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(obj);
                None
            }
        }
    }

    /// All names with their objects, in order of declaration.
    #[must_use]
    pub fn entries(&self) -> Vec<(Sym, ObjId)> {
        self.names
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|(&name, &obj)| (name, obj))
            .collect()
    }
}
