//! `//go:linkname` directives (decision record 0009): which local name stands for which symbol of another package.

use crate::checker::Checker;
use crate::directives::after_slashes;
use crate::errors::Code;
use crate::{Linkname, ObjKind};
use polkago_syntax::{Decl, File};
use rustc_hash::FxHashSet;
use std::sync::Arc;

impl Checker<'_> {
    /// Collects the directives of all files, and reports those that are wrong.
    pub(crate) fn collect_linknames(&mut self) -> Vec<Linkname> {
        let mut out = Vec::new();
        let mut seen = FxHashSet::default();
        // An overlay may hide what a directive refers to.
        let overlaid = self.files.iter().any(|file| file.overlay);
        for file in 0..self.files.len() {
            self.enter_file(file);
            let tree = self.tree();
            for directive in &tree.directives {
                let Some(rest) = tree.text(directive.text).strip_prefix("go:linkname ") else {
                    continue;
                };
                let words: Vec<&str> = rest.split_whitespace().collect();
                let (local, target) = match words.as_slice() {
                    [local] => (*local, None),
                    [local, target] => (*local, Some(*target)),
                    _ => {
                        let msg = "usage: //go:linkname localname [linkname]";
                        self.error(after_slashes(directive.pos), Code::BadDirective, msg);
                        continue;
                    }
                };
                if !overlaid {
                    let known = seen.contains(local);
                    if let Some(msg) = self.linkname_problem(tree, local, target, known) {
                        self.error(after_slashes(directive.pos), Code::BadDirective, msg);
                    }
                }
                seen.insert(local);
                let pos = self.src_pos(directive.pos);
                out.push(Linkname {
                    local: local.into(),
                    target: target.map(Arc::from),
                    pos,
                });
            }
        }
        out
    }

    /// What is wrong with a directive; `known` tells whether there was one for the name before.
    fn linkname_problem(
        &self,
        tree: &File,
        local: &str,
        target: Option<&str>,
        known: bool,
    ) -> Option<String> {
        if !imports_unsafe(tree) {
            let msg = "//go:linkname only allowed in Go files that import \"unsafe\"";
            return Some(msg.to_owned());
        }
        if target.is_some_and(|target| target.contains('[') && target.contains(']')) {
            return Some("//go:linkname reference of an instantiation is not allowed".to_owned());
        }
        let obj = self.store.lookup_in_pkg(self.pkg, local);
        match obj.map(|obj| &self.store.obj(obj).kind) {
            Some(ObjKind::Func(_) | ObjKind::Var(_)) if known => {
                Some(format!("duplicate //go:linkname for {local}"))
            }
            Some(ObjKind::Func(_) | ObjKind::Var(_)) => None,
            Some(_) | None if self.env.version >= 18 => {
                Some("//go:linkname must refer to declared function or variable".to_owned())
            }
            Some(_) | None => None,
        }
    }
}

/// Whether a file imports `unsafe`.
fn imports_unsafe(tree: &File) -> bool {
    tree.decls
        .iter()
        .any(|decl| matches!(decl, Decl::Import(decl) if tree.text(decl.path) == "\"unsafe\""))
}
