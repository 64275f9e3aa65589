//! Type sets of interfaces (*Interface types*, *General interfaces*).
//!
//! A type set is the intersection of what its methods, its terms and `comparable` ask for. It is computed on first
//! demand once all parts of the interface are complete.

use crate::termlist::TermList;
use crate::{InterfaceId, Method, PkgId, Store, Sym, Term, TypeId, TypeKind};
use rustc_hash::FxHashMap;

/// The set of types that an interface describes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeSet {
    /// All methods, embedded ones included, sorted as in itabs: exported names first, then by name and package path.
    pub methods: Vec<Method>,
    /// Which types, methods aside.
    pub terms: TermList,
    /// Whether only strictly comparable types are meant; only if `terms` is all types.
    pub comparable: bool,
}

/// Interfaces that embed ever larger instances of generic ones have no end; they are reported where declared.
const MAX_NESTING: usize = 100;

/// What an interface counts as while it is not complete.
static TOP: TypeSet = TypeSet::all();

impl TypeSet {
    /// All types.
    pub(crate) const fn all() -> Self {
        Self {
            methods: Vec::new(),
            terms: TermList::All,
            comparable: false,
        }
    }

    /// All strictly comparable types.
    pub(crate) const fn comparable() -> Self {
        Self {
            methods: Vec::new(),
            terms: TermList::All,
            comparable: true,
        }
    }

    /// Whether no type is in it, as far as terms tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it is the set of all types.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.is_method_set() && self.methods.is_empty()
    }

    /// Whether it is described by methods alone, so that the interface is a type of variables (*Basic interfaces*).
    #[must_use]
    pub fn is_method_set(&self) -> bool {
        !self.comparable && self.terms == TermList::All
    }

    /// Whether there are specific terms, at least one.
    #[must_use]
    pub fn has_terms(&self) -> bool {
        !matches!(self.terms, TermList::All) && !self.terms.is_empty()
    }

    /// The specific terms; `None` where there are none.
    #[must_use]
    pub fn specific_terms(&self) -> Option<&[Term]> {
        match &self.terms {
            TermList::Of(terms) if !terms.is_empty() => Some(terms),
            TermList::All | TermList::Of(_) => None,
        }
    }

    /// The index of the method with this name; `pkg` is the package that asks, for unexported names.
    #[must_use]
    pub fn find(&self, store: &Store, pkg: PkgId, name: Sym, fold_case: bool) -> Option<usize> {
        self.methods
            .iter()
            .position(|m| store.same_name(m.name, m.pkg, name, pkg, fold_case))
    }
}

impl Store {
    /// The type set of an interface type or type parameter; for any other type that of all types.
    #[must_use]
    pub fn type_set(&self, t: TypeId) -> &TypeSet {
        match *self.kind(self.underlying(t)) {
            TypeKind::Interface(interface) => self.interface_set(interface),
            _ => &TOP,
        }
    }

    /// The type set of an interface; that of all types while the interface is not complete.
    #[must_use]
    pub fn interface_set(&self, interface: InterfaceId) -> &TypeSet {
        let slot = &self.interface(interface).tset;
        if let Some(set) = slot.get() {
            return set;
        }
        match self.compute_set(interface, &mut Vec::new()) {
            Some(set) => slot.get_or_init(|| set),
            None => &TOP,
        }
    }

    /// Computes a type set; `None` if a part is not complete yet. `visiting` guards against invalid recursive types.
    fn compute_set(&self, id: InterfaceId, visiting: &mut Vec<InterfaceId>) -> Option<TypeSet> {
        if visiting.contains(&id) || visiting.len() > MAX_NESTING {
            return Some(TypeSet::all());
        }
        let interface = self.interface(id);
        let mut seen: FxHashMap<(Sym, Option<PkgId>), ()> = FxHashMap::default();
        let mut set = TypeSet::all();
        let mut add = |set: &mut TypeSet, method: &Method| {
            if seen.insert((method.name, method.pkg), ()).is_none() {
                set.methods.push(method.clone());
            }
        };
        for method in &interface.methods {
            add(&mut set, method);
        }
        for &embedded in &interface.embeddeds {
            let under = self.try_underlying(embedded)?;
            let (terms, comparable) = match self.kind(under) {
                TypeKind::Interface(inner) => {
                    let computed;
                    let inner_set = match self.interface(*inner).tset.get() {
                        Some(set) => set,
                        None => {
                            visiting.push(id);
                            let result = self.compute_set(*inner, visiting);
                            visiting.pop();
                            computed = result?;
                            &computed
                        }
                    };
                    for method in &inner_set.methods {
                        add(&mut set, method);
                    }
                    (inner_set.terms.clone(), inner_set.comparable)
                }
                TypeKind::Union(terms) => {
                    visiting.push(id);
                    let union = self.union_terms(terms, visiting);
                    visiting.pop();
                    (union?, false)
                }
                TypeKind::Basic(crate::Basic::Invalid) => continue,
                TypeKind::Basic(_)
                | TypeKind::Named(_)
                | TypeKind::Alias(_)
                | TypeKind::Pointer(_)
                | TypeKind::Slice(_)
                | TypeKind::Array { .. }
                | TypeKind::Map { .. }
                | TypeKind::Chan { .. }
                | TypeKind::Struct(_)
                | TypeKind::Func(_)
                | TypeKind::Tuple(_)
                | TypeKind::TypeParam(_) => (
                    TermList::Of(vec![Term {
                        tilde: false,
                        typ: embedded,
                    }]),
                    false,
                ),
            };
            (set.terms, set.comparable) =
                self.intersect(&set.terms, set.comparable, &terms, comparable);
        }
        self.sort_methods(&mut set.methods);
        Some(set)
    }

    /// The terms of a union in normal form; `None` if a part is not complete yet.
    fn union_terms(&self, terms: &[Term], visiting: &mut Vec<InterfaceId>) -> Option<TermList> {
        let mut all: Vec<Term> = Vec::new();
        for term in terms {
            let under = self.try_underlying(term.typ)?;
            match *self.kind(under) {
                TypeKind::Interface(inner) => {
                    let computed;
                    let inner_terms = match self.interface(inner).tset.get() {
                        Some(set) => &set.terms,
                        None => {
                            computed = self.compute_set(inner, visiting)?.terms;
                            &computed
                        }
                    };
                    match inner_terms {
                        TermList::All => return Some(TermList::All),
                        TermList::Of(inner) => all.extend(inner.iter().cloned()),
                    }
                }
                TypeKind::Basic(crate::Basic::Invalid) => {}
                // No type has an underlying type that is not its own underlying type: the set is empty.
                _ if term.tilde && !self.identical(term.typ, under) => {}
                _ => all.push(term.clone()),
            }
        }
        Some(TermList::of(self, all))
    }

    /// The type set of a union standing alone.
    pub(crate) fn union_set(&self, terms: &[Term]) -> TermList {
        self.union_terms(terms, &mut Vec::new())
            .unwrap_or(TermList::All)
    }

    /// The intersection of two sets of terms with their comparable bits.
    fn intersect(
        &self,
        x: &TermList,
        x_comparable: bool,
        y: &TermList,
        y_comparable: bool,
    ) -> (TermList, bool) {
        let terms = x.intersect(self, y);
        let comparable = x_comparable || y_comparable;
        match terms {
            TermList::Of(mut terms) if comparable => {
                terms.retain(|term| self.is_strictly_comparable(term.typ));
                (TermList::Of(terms), false)
            }
            TermList::All | TermList::Of(_) => (terms, comparable),
        }
    }

    /// Sorts methods as in itabs.
    pub(crate) fn sort_methods(&self, methods: &mut [Method]) {
        methods.sort_by(|a, b| self.compare_names((a.name, a.pkg), (b.name, b.pkg)));
    }

    /// The order of method names: exported ones first, then by text, then by package path.
    pub(crate) fn compare_names(
        &self,
        a: (Sym, Option<PkgId>),
        b: (Sym, Option<PkgId>),
    ) -> std::cmp::Ordering {
        let path = |pkg: Option<PkgId>| pkg.map(|pkg| &*self.pkg(pkg).path);
        let (a_text, b_text) = (self.sym_text(a.0), self.sym_text(b.0));
        a.1.is_some()
            .cmp(&b.1.is_some())
            .then_with(|| a_text.cmp(b_text))
            .then_with(|| path(a.1).cmp(&path(b.1)))
    }

    /// Whether a field's or method's name (with its package if unexported) is the name asked for in `pkg`
    /// (*Uniqueness of identifiers*); `fold_case` ignores upper and lower case and the package.
    #[must_use]
    pub fn same_name(
        &self,
        name: Sym,
        owner: Option<PkgId>,
        want: Sym,
        pkg: PkgId,
        fold_case: bool,
    ) -> bool {
        if fold_case {
            let (a, b) = (self.sym_text(name), self.sym_text(want));
            return a == b || a.to_lowercase() == b.to_lowercase();
        }
        name == want && owner.is_none_or(|owner| owner == pkg)
    }
}
