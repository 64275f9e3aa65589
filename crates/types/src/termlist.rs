//! Sets of types written as lists of terms (*General interfaces*).

use crate::{Store, Term, TypeId};

/// A union of terms, or all types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TermList {
    /// All types.
    All,
    /// The union of these terms, disjoint; none is the empty set.
    Of(Vec<Term>),
}

impl TermList {
    /// The union of terms that may overlap.
    pub(crate) fn of(store: &Store, terms: Vec<Term>) -> Self {
        normal_form(store, terms)
    }

    /// Whether it is the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            TermList::All => false,
            TermList::Of(terms) => terms.is_empty(),
        }
    }

    /// The intersection of two sets.
    #[must_use]
    pub fn intersect(&self, store: &Store, other: &TermList) -> TermList {
        match (self, other) {
            (TermList::All, list) | (list, TermList::All) => list.clone(),
            (TermList::Of(a), TermList::Of(b)) => {
                let mut terms = Vec::new();
                for x in a {
                    for y in b {
                        if !disjoint(store, x, y) {
                            // Of a type and a set of types with that underlying type, the type.
                            terms.push(if !x.tilde || y.tilde {
                                x.clone()
                            } else {
                                y.clone()
                            });
                        }
                    }
                }
                normal_form(store, terms)
            }
        }
    }

    /// Whether a type is in the set.
    #[must_use]
    pub fn includes(&self, store: &Store, t: TypeId) -> bool {
        match self {
            TermList::All => true,
            TermList::Of(terms) => terms.iter().any(|term| {
                let t = if term.tilde { store.underlying(t) } else { t };
                store.identical(term.typ, t)
            }),
        }
    }

    /// Whether each type of this set is in the other one.
    #[must_use]
    pub fn is_subset_of(&self, store: &Store, other: &TermList) -> bool {
        match (self, other) {
            (_, TermList::All) => true,
            (TermList::All, TermList::Of(_)) => false,
            (TermList::Of(a), TermList::Of(b)) => a.iter().all(|x| {
                b.iter()
                    .any(|y| !disjoint(store, x, y) && (!x.tilde || y.tilde))
            }),
        }
    }

    /// Whether two sets are equal.
    #[must_use]
    pub fn same(&self, store: &Store, other: &TermList) -> bool {
        self.is_subset_of(store, other) && other.is_subset_of(store, self)
    }
}

/// Whether no type is in both terms.
pub(crate) fn disjoint(store: &Store, x: &Term, y: &Term) -> bool {
    let x_type = if y.tilde {
        store.underlying(x.typ)
    } else {
        x.typ
    };
    let y_type = if x.tilde {
        store.underlying(y.typ)
    } else {
        y.typ
    };
    !store.identical(x_type, y_type)
}

/// Leaves out terms that another one covers.
fn normal_form(store: &Store, terms: Vec<Term>) -> TermList {
    let mut out: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        match out.iter_mut().find(|kept| !disjoint(store, kept, &term)) {
            Some(kept) => kept.tilde |= term.tilde,
            None => out.push(term),
        }
    }
    // A term with ~ may cover several that were disjoint before it came.
    let mut kept: Vec<Term> = Vec::with_capacity(out.len());
    for (at, term) in out.iter().enumerate() {
        let covered = out.iter().enumerate().any(|(other_at, other)| {
            other_at != at
                && other.tilde
                && !disjoint(store, other, term)
                && (!term.tilde || other_at < at)
        });
        if !covered {
            kept.push(term.clone());
        }
    }
    TermList::Of(kept)
}
