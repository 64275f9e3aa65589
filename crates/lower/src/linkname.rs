//! `//go:linkname`: bodyless declarations find their definitions (decision record 0009).
//!
//! A directive on a declaration with a body offers it under another symbol; on one without, it asks for the
//! definition of a symbol. A bodyless function without a directive asks for its own symbol.

use crate::cx::Cx;
use polkago_types::{ObjId, ObjKind, Package, PkgId};
use rustc_hash::FxHashMap;

/// The directives of all packages.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// The definitions offered under other symbols.
    offers: FxHashMap<String, ObjId>,
    /// The symbols that bodyless declarations ask for.
    asks: FxHashMap<ObjId, String>,
}

impl Links {
    /// Collects the directives. Of two offers of one symbol the first in dependency order counts.
    pub fn of(cx: &Cx<'_>) -> Self {
        let mut links = Self::default();
        for pkg in &cx.packages {
            for link in &pkg.linknames {
                let Some(target) = &link.target else { continue };
                let Some(local) = find(cx, pkg.id, &link.local) else {
                    continue;
                };
                match &cx.obj(local).kind {
                    ObjKind::Func(f) if f.has_body => {
                        links.offers.entry(target.to_string()).or_insert(local);
                    }
                    // A variable with a value is what the one under the other symbol stands for.
                    ObjKind::Var(_) if has_value(pkg, local) => {
                        if let Some(other) = by_symbol(cx, target) {
                            links.asks.insert(other, cx.object_symbol(local));
                        }
                    }
                    ObjKind::Func(_) | ObjKind::Var(_) => {
                        links.asks.insert(local, target.to_string());
                    }
                    _ => {}
                }
            }
        }
        links
    }

    /// The definition behind a declaration: itself if it has a body.
    pub fn resolve(&self, cx: &Cx<'_>, obj: ObjId) -> ObjId {
        let mut at = obj;
        // A chain of declarations that ask for each other ends somewhere: each step is another one.
        for _ in 0..8 {
            match &cx.obj(at).kind {
                ObjKind::Func(f) if f.has_body => return at,
                ObjKind::Func(_) | ObjKind::Var(_) => {}
                _ => return at,
            }
            let is_func = matches!(cx.obj(at).kind, ObjKind::Func(_));
            let symbol = match self.asks.get(&at) {
                Some(symbol) => symbol.clone(),
                None if is_func => cx.object_symbol(at),
                None => return at,
            };
            let next = self
                .offers
                .get(&symbol)
                .copied()
                .or_else(|| by_symbol(cx, &symbol));
            match next {
                Some(next) if next != at => at = next,
                _ => return at,
            }
        }
        at
    }

    /// The symbol that a bodyless declaration asks for, if a directive names one.
    pub fn asked(&self, obj: ObjId) -> Option<&str> {
        self.asks.get(&obj).map(String::as_str)
    }
}

/// Whether a package variable is declared with a value.
fn has_value(pkg: &Package, obj: ObjId) -> bool {
    pkg.init_order.iter().any(|i| i.lhs.contains(&Some(obj)))
}

/// The object that a package declares under a name, also a method as `T.M` or `(*T).M`.
pub(crate) fn find(cx: &Cx<'_>, pkg: PkgId, name: &str) -> Option<ObjId> {
    let Some((base, method)) = name.split_once('.') else {
        return cx.store.lookup_in_pkg(pkg, name);
    };
    let base = base.trim_start_matches("(*").trim_end_matches(')');
    let typ = *cx.obj(cx.store.lookup_in_pkg(pkg, base)?).typ.get()?;
    let named = cx.named(typ)?;
    let method_of = |obj: &ObjId| cx.text(cx.obj(*obj).name) == method;
    cx.store.methods_of(named).iter().copied().find(method_of)
}

/// The object behind `import/path.name`.
fn by_symbol(cx: &Cx<'_>, symbol: &str) -> Option<ObjId> {
    let slash = symbol.rfind('/').map_or(0, |i| i + 1);
    let dot = slash + symbol[slash..].find('.')?;
    let pkg = cx.packages.iter().find(|p| *p.path == symbol[..dot])?;
    find(cx, pkg.id, &symbol[dot + 1..])
}
