//! Parameters, results and type parameters (*Function types*, *Type parameter declarations*).
//!
//! In a list either all parameters have a name or none has one, and which it is shows at the end of the list only:
//! so a list is first read as entries with a name, a type or both, and then sorted out.

use super::Parser;
use crate::ast::{ExprId, ExprKind, IdentId, Param, Pos, SigId, Signature, TypeParam};
use crate::error::ErrorCode;
use crate::token::Token;

/// One entry of a parameter list. Once the list is complete, an entry with a name and no type belongs to the group
/// of the next entry with a type.
#[derive(Clone, Copy)]
pub(super) struct ParamEntry {
    /// The name.
    pub(super) name: Option<IdentId>,
    /// The type.
    pub(super) typ: Option<ExprId>,
}

impl Parser<'_> {
    /// Type parameters, parameters and results, from the opening bracket on. With a `context`, type parameters are
    /// an error.
    pub(super) fn func_type(&mut self, start: Pos, context: &str) -> (Vec<TypeParam>, SigId) {
        let mut tparams = Vec::new();
        let lbrack = self.pos();
        // Signatures take much stack, so they count as a level of their own.
        let fits = self.enter();
        if self.got(Token::Lbrack) {
            if !context.is_empty() {
                self.syntax_error_at(lbrack, &format!("{context} must have no type parameters"));
            }
            if self.tok() == Token::Rbrack {
                self.syntax_error("empty type parameter list");
                self.next();
            } else {
                let list = self.param_list(None, Token::Rbrack, true, false);
                tparams = self.type_params(&list);
            }
        }
        let start = if start == lbrack { self.pos() } else { start };
        let (mut params, mut results) = (Vec::new(), Vec::new());
        if fits {
            self.want(Token::Lparen);
            let list = self.param_list(None, Token::Rparen, false, true);
            params = self.params(&list);
            results = self.results();
        }
        self.leave();
        let span = self.span_from(start);
        (
            tparams,
            self.new_sig(Signature {
                params,
                results,
                span,
            }),
        )
    }

    /// The results of a signature.
    fn results(&mut self) -> Vec<Param> {
        if self.got(Token::Lparen) {
            let list = self.param_list(None, Token::Rparen, false, false);
            return self.params(&list);
        }
        match self.type_or_none() {
            Some(typ) => vec![Param {
                names: Vec::new(),
                typ,
            }],
            None => Vec::new(),
        }
    }

    /// The groups of a complete parameter list.
    pub(super) fn params(&mut self, list: &[ParamEntry]) -> Vec<Param> {
        self.groups(list)
            .into_iter()
            .map(|(names, typ)| Param { names, typ })
            .collect()
    }

    /// The groups of a complete type parameter list.
    pub(super) fn type_params(&mut self, list: &[ParamEntry]) -> Vec<TypeParam> {
        self.groups(list)
            .into_iter()
            .map(|(names, constraint)| TypeParam { names, constraint })
            .collect()
    }

    /// Names with the type that follows them.
    fn groups(&mut self, list: &[ParamEntry]) -> Vec<(Vec<IdentId>, ExprId)> {
        let mut groups = Vec::with_capacity(list.len());
        let mut names = Vec::new();
        for entry in list {
            names.extend(entry.name);
            if let Some(typ) = entry.typ {
                groups.push((std::mem::take(&mut names), typ));
            }
        }
        groups
    }

    /// One entry of a list that ends with `close`; its name may have been read.
    fn param_decl(&mut self, name: Option<IdentId>, close: Token) -> Option<ParamEntry> {
        // Unions and `~` make sense in constraints only.
        let constraint = close == Token::Rbrack;
        let only_type = |typ| {
            Some(ParamEntry {
                name: None,
                typ: Some(typ),
            })
        };
        if name.is_none() && constraint && self.at_tilde() {
            let typ = self.union(None);
            return only_type(typ);
        }

        let name = match name {
            None if self.tok() == Token::Name => Some(self.name()),
            name => name,
        };
        if let Some(name) = name {
            if self.tok() == Token::Lbrack {
                let mut typ = self.array_or_instance(name);
                let unnamed = matches!(self.kind(typ), ExprKind::Index { .. });
                if constraint && self.at_union() {
                    typ = self.union(Some(typ));
                }
                return Some(ParamEntry {
                    name: (!unnamed).then_some(name),
                    typ: Some(typ),
                });
            }
            if self.tok() == Token::Dot {
                let mut typ = self.qualified_name(Some(name));
                if constraint && self.at_union() {
                    typ = self.union(Some(typ));
                }
                return only_type(typ);
            }
            if constraint && self.at_union() {
                let typ = self.ident_expr(name);
                let typ = self.union(Some(typ));
                return only_type(typ);
            }
        }

        if self.tok() == Token::DotDotDot {
            let start = self.pos();
            self.next();
            let typ = match self.type_or_none() {
                Some(elem) => self.with_operand(ExprKind::Ellipsis(elem), start, elem),
                None => {
                    let bad = self.bad_expr();
                    self.syntax_error("... is missing type");
                    bad
                }
            };
            return Some(ParamEntry {
                name,
                typ: Some(typ),
            });
        }
        if constraint && self.at_tilde() {
            let typ = self.union(None);
            return Some(ParamEntry {
                name,
                typ: Some(typ),
            });
        }
        let mut typ = self.type_or_none();
        if constraint && typ.is_some() && self.at_union() {
            typ = Some(self.union(typ));
        }
        if name.is_some() || typ.is_some() {
            return Some(ParamEntry { name, typ });
        }
        self.syntax_error(&format!("expected {}", close.describe()));
        self.advance(&[Token::Comma, close]);
        None
    }

    /// A list of parameters up to and with `close`; the opening bracket, and possibly a `first` entry that has a
    /// name, have been read. Type parameters `need_names`; only the last parameter of a function may be variadic.
    /// In the result all entries have a name or none has one, and a type follows each name.
    pub(super) fn param_list(
        &mut self,
        first: Option<ParamEntry>,
        close: Token,
        need_names: bool,
        variadic: bool,
    ) -> Vec<ParamEntry> {
        // The list below reads no element where it is at its end already.
        if let Some(entry) = first
            && entry.typ.is_some()
            && self.got(close)
        {
            return vec![entry];
        }

        let mut first = first;
        let mut list: Vec<ParamEntry> = Vec::new();
        let end = self.list("parameter list", Token::Comma, close, |p| {
            let entry = match first.take() {
                Some(ParamEntry { name, typ: None }) => p.param_decl(name, close),
                Some(entry) => Some(entry),
                None => p.param_decl(None, close),
            };
            list.extend(entry);
            false
        });
        if list.is_empty() {
            return list;
        }

        let named = list
            .iter()
            .filter(|entry| entry.name.is_some() && entry.typ.is_some())
            .count();
        let typed = list.iter().filter(|entry| entry.typ.is_some()).count();
        if named == 0 && !need_names {
            // What looks like names are types.
            for entry in &mut list {
                if let Some(name) = entry.name.take() {
                    entry.typ = Some(self.ident_expr(name));
                }
            }
        } else if named != list.len() {
            self.complete_names(&mut list, named == typed, need_names, end);
        }
        self.check_variadic(&mut list, variadic);
        list
    }

    /// Gives the entries of a list with names the names and types that they lack, with an error where the list is
    /// no correct one. `all_named` tells that each type has a name.
    fn complete_names(
        &mut self,
        list: &mut [ParamEntry],
        all_named: bool,
        need_names: bool,
        end: Pos,
    ) {
        let mut error = None;
        let mut typed = false;
        for entry in list.iter_mut().rev() {
            match (entry.name, entry.typ) {
                (Some(_), Some(_)) => typed = true,
                (None, Some(typ)) => {
                    typed = true;
                    let pos = self.type_pos(typ);
                    error = Some(pos);
                    entry.name = Some(self.missing_name(pos));
                }
                (Some(name), None) if !typed => {
                    let pos = self.file.idents[name].pos;
                    error = Some(pos);
                    entry.typ = Some(self.bad_expr_at(pos));
                }
                (_, None) => {}
            }
        }
        let Some(pos) = error else { return };
        if all_named {
            // Some names at the end have no type.
            let message = if need_names {
                "missing type constraint"
            } else {
                "missing parameter type"
            };
            self.syntax_error_at(end, message);
        } else {
            let message = match (need_names, list.len()) {
                (true, 1) => "missing type parameter name or invalid array length",
                (true, _) => "missing type parameter name",
                (false, _) => "missing parameter name",
            };
            self.syntax_error_at(pos, message);
        }
    }

    /// Where the official compiler sees a type start: it drops parentheses, and the keyword of a function type.
    fn type_pos(&self, typ: ExprId) -> Pos {
        let typ = self.unparen(typ);
        let start = self.start(typ);
        match self.kind(typ) {
            ExprKind::FuncType(_) => {
                let rest = &self.lex.source()[start.0 as usize + "func".len()..];
                Pos(self.lex.source().len() as u32 - rest.trim_start().len() as u32)
            }
            _ => start,
        }
    }

    /// Reports `...` where it is not allowed, once a list, and drops it there.
    fn check_variadic(&mut self, list: &mut [ParamEntry], variadic: bool) {
        let mut reported = false;
        for i in 0..list.len() {
            let Some(typ) = list[i].typ else { continue };
            let ExprKind::Ellipsis(elem) = *self.kind(typ) else {
                continue;
            };
            let last = i + 1 == list.len();
            let shared = i > 0 && list[i - 1].typ.is_none();
            if variadic && last && !shared {
                continue;
            }
            if !reported {
                reported = true;
                let message = if variadic {
                    "can only use ... with final parameter"
                } else {
                    "invalid use of ..."
                };
                self.error_at(self.start(typ), ErrorCode::Syntax, message.to_owned());
            }
            list[i].typ = Some(elem);
        }
    }
}
