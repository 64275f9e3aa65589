//! Idioms: a few lines about one rule of the language each, with random parts. Random statements alone seldom meet
//! rules that need several things at once: an alias that is written through, a deferred call that changes a result.
//!
//! | file | what its idioms are about |
//! | --- | --- |
//! | `control.rs` | labels, `goto`, `switch`, loops and what closures keep of them |
//! | `data.rs` | slices, arrays, structs, maps, pointers, interfaces: who shares memory with whom, what is equal |
//! | `calls.rs` | methods, results, generics, iterators |
//! | `defers.rs` | `defer`, `panic`, `recover` |
//! | `channels.rs` | channels, `select`, goroutines |
//!
//! The outcome of an idiom is a number, which stays in scope.

mod calls;
mod channels;
mod control;
mod data;
mod defers;

use super::code::Stmt;
use super::program::{Gen, Var};
use super::types::{INTS, Ty};

/// Lines without parts of their own.
fn text(lines: impl Into<String>) -> Stmt {
    Stmt::Line(lines.into())
}

fn block(open: impl Into<String>, body: Vec<Stmt>) -> Stmt {
    Stmt::Blocks(vec![(open.into(), body)], "}")
}

/// Makes an idiom whose outcome is in the variable named.
type Idiom = fn(&mut Gen<'_>, &str, usize, &mut Vec<Stmt>);

impl Gen<'_> {
    /// An idiom.
    pub fn idiom(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let mut idioms: Vec<Idiom> = [control::IDIOMS, data::IDIOMS, calls::IDIOMS].concat();
        if self.methods_ready {
            idioms.extend(calls::METHODS);
            if self.features.panics {
                idioms.extend(defers::METHODS);
            }
        }
        if self.features.maps {
            idioms.extend(data::WITH_MAPS);
        }
        if self.features.generics {
            idioms.extend(calls::GENERIC);
        }
        if self.features.iterators {
            idioms.extend(calls::ITERATORS);
        }
        if self.features.panics {
            idioms.extend(defers::IDIOMS);
            if self.features.iterators {
                idioms.extend(defers::WITH_ITERATORS);
            }
        }
        if self.features.goroutines {
            idioms.extend(channels::IDIOMS);
            // Functions that expressions call start no goroutines, which would be many.
            if !self.pure && self.loops == 0 {
                idioms.extend(channels::GOROUTINES);
            }
        }
        let idiom = *self.random.pick(&idioms);
        let sum = self.fresh("h");
        let mut inner = Vec::new();
        idiom(self, &sum, depth, &mut inner);
        body.push(text(format!("{sum} := 1")));
        body.push(block("{", inner));
        body.push(text(if self.pure {
            format!("_ = {sum}")
        } else {
            format!("println({sum})")
        }));
        self.vars.push(Var {
            assignable: true,
            ..Var::new(&sum, Ty::INT)
        });
    }

    /// A type of a value whose digest tells it from others.
    fn plain_type(&mut self) -> Ty {
        match self.random.below(10) {
            0..=3 => Ty::INT,
            4 => Ty::Str,
            5 => Ty::Float64,
            6 => Ty::Bool,
            7 => Ty::Struct(self.random.below(self.structs.len())),
            _ => Ty::Int(*self.random.pick(&INTS)),
        }
    }

    /// A type of that kind whose values can be compared.
    fn equal_type(&mut self) -> Ty {
        loop {
            let ty = self.plain_type();
            if ty.comparable(&self.structs) {
                return ty;
            }
        }
    }

    /// A small expression, no constant.
    fn value(&mut self, ty: &Ty) -> String {
        self.variable(ty, 2)
    }

    /// A number from 0 up to below a bound, computed.
    fn index(&mut self, bound: usize) -> String {
        let value = self.expr(&Ty::INT, 1);
        format!("int(uint(id({value})) % {bound})")
    }

    /// A condition.
    fn condition(&mut self) -> String {
        let value = self.expr(&Ty::Bool, 2);
        format!("id({value})")
    }

    /// Statements with a scope of their own.
    fn inner(&mut self, vars: &[(&str, &Ty)], depth: usize) -> Vec<Stmt> {
        let at = self.vars.len();
        for (name, ty) in vars {
            self.vars.push(Var::new(name, (*ty).clone()));
        }
        self.loops += 1;
        let body = self.stmts(2, depth.min(1));
        self.loops -= 1;
        self.vars.truncate(at);
        body
    }

    /// An expression that may read some variables beside those in scope.
    fn value_with(&mut self, ty: &Ty, vars: &[(&str, &Ty)]) -> String {
        let at = self.vars.len();
        for (name, ty) in vars {
            self.vars.push(Var::new(name, (*ty).clone()));
        }
        let value = self.variable(ty, 2);
        self.vars.truncate(at);
        value
    }
}
