//! Which declarations of std the overlay replaces.
//!
//! An overlay file is an ordinary file of its package. Each package-level name that it declares hides the
//! declaration of that name in the package's other files, and each method the one of that name on the same
//! receiver base type; decision record 0009 has the rule in full. Initialisers named `init` and the blank
//! identifier declare nothing that could be hidden.

use std::collections::HashSet;

use polkago_syntax::{Decl, ExprId, ExprKind, File, FuncDecl, IdentId};

/// A declared name: of the package, or of a method together with its receiver's base type.
#[derive(PartialEq, Eq, Hash)]
struct DeclName<'a> {
    receiver: Option<&'a str>,
    name: &'a str,
}

/// The declaring identifiers of each file that the overlay hides, in source order; overlay files have none.
///
/// A function, method or type declaration whose name is hidden does not exist. In a constant or variable
/// specification a hidden name counts as blank, so that `iota` and calls with several results stay as they are.
pub fn shadowed(files: &[(&File, bool)]) -> Vec<Vec<IdentId>> {
    // Asked for membership only.
    let mut replaced: HashSet<DeclName<'_>> = HashSet::new();
    for (file, _) in files.iter().filter(|(_, overlay)| *overlay) {
        replaced.extend(declared(file).into_iter().map(|(name, _)| name));
    }
    let hidden = |file: &File| {
        let names = declared(file).into_iter();
        names
            .filter(|(name, _)| replaced.contains(name))
            .map(|(_, ident)| ident)
            .collect()
    };
    files
        .iter()
        .map(|&(file, overlay)| if overlay { Vec::new() } else { hidden(file) })
        .collect()
}

/// Every name that a file declares at package level, methods included, with its identifier.
fn declared(file: &File) -> Vec<(DeclName<'_>, IdentId)> {
    let mut names = Vec::new();
    let mut plain = |ident: IdentId| {
        names.push((
            DeclName {
                receiver: None,
                name: file.ident_text(ident),
            },
            ident,
        ))
    };
    for decl in &file.decls {
        match decl {
            Decl::Const(decl) => decl.names.iter().copied().for_each(&mut plain),
            Decl::Var(decl) => decl.names.iter().copied().for_each(&mut plain),
            Decl::Type(decl) => plain(decl.name),
            Decl::Func(decl) if decl.recv.is_none() => plain(decl.name),
            Decl::Func(_) | Decl::Import(_) | Decl::Bad(_) => {}
        }
    }
    names.retain(|(name, _)| name.name != "init");
    let methods = file.decls.iter().filter_map(|decl| match decl {
        Decl::Func(decl) => Some((method_name(file, decl)?, decl.name)),
        Decl::Const(_) | Decl::Var(_) | Decl::Type(_) | Decl::Import(_) | Decl::Bad(_) => None,
    });
    names.extend(methods);
    names.retain(|(name, _)| name.name != "_");
    names.sort_by_key(|&(_, ident)| ident);
    names
}

/// The name of a method, if its receiver has the form that the specification asks for (*Method declarations*).
fn method_name<'a>(file: &'a File, decl: &FuncDecl) -> Option<DeclName<'a>> {
    let [receiver] = decl.recv.as_deref()? else {
        return None;
    };
    let base = base_type(file, receiver.typ)?;
    Some(DeclName {
        receiver: Some(file.ident_text(base)),
        name: file.ident_text(decl.name),
    })
}

/// The name of the base type in `T`, `*T`, `T[P]` and any of these in parentheses.
fn base_type(file: &File, mut typ: ExprId) -> Option<IdentId> {
    loop {
        match file.expr[typ].kind {
            ExprKind::Ident(ident) => return Some(ident),
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::Index { x, .. } => typ = x,
            _ => return None,
        }
    }
}
