//! Operands of `print` and `println`: the checker takes those of any type, but the official compiler's back end refuses
//! structs and arrays, in packages without other errors, but for code that constants rule out.

use crate::checker::Checker;
use crate::dead_code::dead_code;
use crate::errors::Code;
use crate::ids::TypeId;
use crate::info::Mode;
use crate::kinds::TypeKind;
use crate::object::Builtin;
use polkago_syntax::{ExprKind, Pos};

impl Checker<'_> {
    /// Reports what cannot be printed.
    pub(crate) fn print_operands(&mut self) {
        for file in 0..self.infos.len() {
            self.enter_file(file);
            let mut found: Vec<(Pos, TypeId)> = Vec::new();
            let (tree, info) = (self.tree(), &self.infos[file]);
            for (_, expr) in tree.expr.iter() {
                let ExprKind::Call {
                    fun, args, lparen, ..
                } = expr.kind
                else {
                    continue;
                };
                let print = [Builtin::Print, Builtin::Println].map(Mode::Builtin);
                if !print.contains(&info.exprs[fun].mode) {
                    continue;
                }
                for &arg in tree.exprs(args) {
                    let Some(typ) = info.exprs[arg].typ.expand() else {
                        continue;
                    };
                    match self.store.kind(typ) {
                        TypeKind::Tuple(types) => found.extend(types.iter().map(|&t| (lparen, t))),
                        _ => found.push((lparen, typ)),
                    }
                }
            }
            found.retain(|&(_, t)| {
                let under = self.store.kind(self.store.underlying(t));
                matches!(under, TypeKind::Struct(_) | TypeKind::Array { .. })
            });
            if !found.is_empty() {
                let dead = dead_code(tree, info);
                found.retain(|&(pos, _)| !dead.iter().any(|s| s.start <= pos && pos < s.end));
            }
            found.sort_by_key(|&(pos, _)| pos);
            for (pos, t) in found {
                let msg = format!("illegal types for operand: print\n\t{}", self.type_str(t));
                self.error(pos, Code::InvalidPrint, msg);
            }
        }
    }
}
