//! Expressions of generated programs.
//!
//! An expression never changes a variable that another one reads: the order in which Go reads variables beside calls
//! is open. It may panic if the program has that feature; it never depends on what Go leaves open otherwise (floats
//! too large for an integer type, the order of maps).

use super::program::{Gen, Var};
use super::types::{INTS, Int, Ty};

/// An expression and whether it is a constant, which the compiler would fold and complain about.
pub struct Expr {
    pub text: String,
    constant: bool,
}

impl Expr {
    fn constant(text: String) -> Self {
        Self {
            text,
            constant: true,
        }
    }

    fn computed(text: String) -> Self {
        Self {
            text,
            constant: false,
        }
    }

    /// The expression as one that the compiler does not fold before it is checked.
    fn variable(self) -> String {
        if self.constant {
            format!("id({})", self.text)
        } else {
            self.text
        }
    }
}

/// How many expressions stand in each other at the most.
const MAX_NESTING: usize = 40;

impl Gen<'_> {
    /// An expression of a type.
    pub fn expr(&mut self, ty: &Ty, depth: usize) -> String {
        self.any_expr(ty, depth).text
    }

    /// Like [`Gen::expr`]; no constant.
    pub fn variable(&mut self, ty: &Ty, depth: usize) -> String {
        self.any_expr(ty, depth).variable()
    }

    fn any_expr(&mut self, ty: &Ty, depth: usize) -> Expr {
        // Literals begin anew with a depth of their own, so that depth alone does not bound an expression.
        if self.nesting >= MAX_NESTING {
            return Expr::computed(format!("(*new({}))", ty.text(self.prefix)));
        }
        self.nesting += 1;
        let expr = self.new_expr(ty, depth);
        self.nesting -= 1;
        expr
    }

    fn new_expr(&mut self, ty: &Ty, depth: usize) -> Expr {
        if depth == 0 || self.random.chance(15) {
            return self.leaf(ty);
        }
        if self.random.chance(25)
            && let Some(text) = self.part_of_variable(ty, depth - 1)
        {
            return Expr::computed(text);
        }
        if self.random.chance(12)
            && let Some(text) = self.call(ty, depth - 1)
        {
            return Expr::computed(text);
        }
        let text = match ty {
            Ty::Bool => self.bool_expr(depth - 1),
            Ty::Int(int) => self.int_expr(*int, depth - 1),
            Ty::Float32 | Ty::Float64 => self.float_expr(ty, depth - 1),
            Ty::Complex => self.complex_expr(depth - 1),
            Ty::Str => self.string_expr(depth - 1),
            Ty::Slice(elem) => self.slice_expr(ty, elem, depth - 1),
            Ty::Array(..) | Ty::Map(..) | Ty::Ptr(_) | Ty::Func(..) | Ty::Struct(_) => {
                return self.leaf(ty);
            }
            Ty::Iface | Ty::Any => return self.leaf(ty),
        };
        Expr::computed(text)
    }

    /// A variable of the type, or a value written out.
    fn leaf(&mut self, ty: &Ty) -> Expr {
        let names: Vec<String> = self.visible(ty).map(|v| v.name.clone()).collect();
        if !names.is_empty() && self.random.chance(70) {
            return Expr::computed(self.random.pick(&names).clone());
        }
        self.literal(ty, 2)
    }

    /// A value written out.
    fn literal(&mut self, ty: &Ty, depth: usize) -> Expr {
        let text = ty.text(self.prefix);
        let text = match ty {
            Ty::Bool => return Expr::constant(self.random.pick(&["true", "false"]).to_string()),
            Ty::Int(int) => return Expr::constant(format!("{text}({})", self.int_literal(*int))),
            Ty::Float32 | Ty::Float64 => {
                let values = [
                    "0",
                    "1",
                    "-1",
                    "0.5",
                    "-2.25",
                    "1e10",
                    "3.1415926",
                    "1e-7",
                    "-123456.789",
                    "65536",
                ];
                return Expr::constant(format!("{text}({})", self.random.pick(&values)));
            }
            Ty::Complex => {
                let (re, im) = (self.random.below(9), self.random.below(9));
                return Expr::constant(format!("complex128(complex({re}.5, -{im}))"));
            }
            Ty::Str => {
                let values = [
                    r#""""#,
                    r#""a""#,
                    r#""hello""#,
                    r#""\u00e9\u6f22z""#,
                    r#""\xff\x00b""#,
                    r#""0123456789abcdef""#,
                ];
                return Expr::constant(self.random.pick(&values).to_string());
            }
            Ty::Array(n, elem) => {
                let parts = self.parts(&vec![(**elem).clone(); *n], depth);
                format!("{text}{{{parts}}}")
            }
            Ty::Struct(i) => {
                let fields = self.structs[*i].clone();
                let parts = self.parts(&fields, depth);
                format!("{text}{{{parts}}}")
            }
            Ty::Slice(elem) => match self.random.below(6) {
                0 if self.features.panics => format!("{text}(nil)"),
                1 => format!("make({text}, {})", self.random.between(1, 6)),
                _ => {
                    let n = self.random.between(1, 4);
                    let parts = self.parts(&vec![(**elem).clone(); n], depth);
                    format!("{text}{{{parts}}}")
                }
            },
            Ty::Map(key, value) => {
                // Keys that are the same twice are an error of the compiler's if they are constants.
                let key = self.variable(key, 1);
                let value = self.expr(value, depth.saturating_sub(1));
                format!("{text}{{{key}: {value}}}")
            }
            Ty::Ptr(elem) => {
                if self.features.panics && self.random.chance(8) {
                    format!("({text})(nil)")
                } else {
                    match &**elem {
                        Ty::Struct(_) => format!("&{}", self.literal(elem, depth).text),
                        elem => format!("ref({})", self.expr(elem, 1)),
                    }
                }
            }
            Ty::Func(param, result) => {
                // It sees what is in scope, but not the variables that it would have to share with others.
                let at = self.vars.len();
                let name = self.fresh("a");
                self.vars.push(Var::new(&name, (**param).clone()));
                let outer = std::mem::replace(&mut self.in_literal, true);
                let value = self.expr(result, depth);
                self.in_literal = outer;
                self.vars.truncate(at);
                let (param, result) = (param.text(self.prefix), result.text(self.prefix));
                format!("func({name} {param}) {result} {{ return {value} }}")
            }
            Ty::Iface => {
                let i = self.random.below(self.structs.len());
                let value = self.literal(&Ty::Struct(i), depth).text;
                if self.pointer_methods(i) {
                    format!("{text}(&{value})")
                } else {
                    format!("{text}({value})")
                }
            }
            Ty::Any => {
                let inner = self.ty(1);
                let value = self.expr(&inner, 1);
                format!("any({value})")
            }
        };
        Expr::computed(text)
    }

    /// Values of some types, separated by commas.
    fn parts(&mut self, types: &[Ty], depth: usize) -> String {
        let parts: Vec<String> = types
            .iter()
            .map(|t| self.expr(t, depth.saturating_sub(1)))
            .collect();
        parts.join(", ")
    }

    fn int_literal(&mut self, int: Int) -> String {
        let max: u64 = if int.signed {
            (1 << (int.bits - 1)) - 1
        } else {
            u64::MAX >> (64 - int.bits)
        };
        match self.random.below(10) {
            0 => max.to_string(),
            1 if int.signed => format!("-{max} - 1"),
            2 => "0".to_owned(),
            3 if int.signed => "-1".to_owned(),
            4 => (self.random.next() & max).to_string(),
            5 => (1u64 << self.random.below(int.bits as usize - 1)).to_string(),
            6 if int.signed => format!("-{}", self.random.below(100)),
            _ => self.random.below(100).to_string(),
        }
    }

    /// A part of a variable that has the type: a field, an element, what a pointer points to, a value of a map.
    fn part_of_variable(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        let mut found = Vec::new();
        for var in &self.vars {
            match &var.ty {
                Ty::Array(n, t) if **t == *ty => found.push((var.name.clone(), 0, *n)),
                Ty::Slice(t) if **t == *ty => found.push((var.name.clone(), 1, 0)),
                Ty::Ptr(t) if **t == *ty => found.push((var.name.clone(), 2, 0)),
                Ty::Map(_, t) if **t == *ty => found.push((var.name.clone(), 3, 0)),
                // A function literal calls no variables, so that it cannot come to call itself.
                Ty::Func(_, t) if **t == *ty && !self.in_literal => {
                    found.push((var.name.clone(), 5, 0));
                }
                _ => {}
            }
            if let Some(i) = var.ty.structure() {
                for (f, t) in self.structs[i].iter().enumerate() {
                    if t == ty {
                        found.push((format!("{}.f{f}", var.name), 4, 0));
                    }
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        let (name, form, n) = self.random.pick(&found).clone();
        Some(match form {
            0 => {
                let index = self.variable(&Ty::INT, depth.min(2));
                format!("{name}[uint({index}) % {n}]")
            }
            1 => {
                let index = self.variable(&Ty::INT, depth.min(2));
                if self.features.panics && self.random.chance(10) {
                    format!("{name}[{index}]")
                } else {
                    format!("at({name}, {index})")
                }
            }
            2 => format!("(*{name})"),
            3 => {
                let key = match self
                    .vars
                    .iter()
                    .find(|v| v.name == name)
                    .map(|v| v.ty.clone())
                {
                    Some(Ty::Map(key, _)) => self.expr(&key, depth.min(2)),
                    _ => return None,
                };
                format!("{name}[{key}]")
            }
            4 => name,
            _ => {
                let param = match self
                    .vars
                    .iter()
                    .find(|v| v.name == name)
                    .map(|v| v.ty.clone())
                {
                    Some(Ty::Func(param, _)) => self.expr(&param, depth.min(2)),
                    _ => return None,
                };
                format!("{name}({param})")
            }
        })
    }

    /// A call of a function of the program that gives the type.
    fn call(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        if let Some(text) = self.method_call(ty, depth) {
            return Some(text);
        }
        let found: Vec<(String, Vec<Ty>)> = self
            .funcs
            .iter()
            .filter(|f| f.result == *ty)
            .map(|f| (f.name.clone(), f.params.clone()))
            .collect();
        if found.is_empty() || self.random.chance(20) {
            if !matches!(ty, Ty::Int(_) | Ty::Str | Ty::Float64) || !self.features.generics {
                return None;
            }
            let (a, b) = (self.variable(ty, depth), self.expr(ty, depth));
            let f = *self.random.pick(&["larger", "first", "max", "min"]);
            let b = if f == "first" { b } else { format!("id({b})") };
            if matches!(ty, Ty::Float64) && f != "first" {
                // max and min of NaN and of both zeros are fixed by Go, but worth a test of their own.
                return Some(format!("first({a}, {b})"));
            }
            return Some(format!("{f}({a}, {b})"));
        }
        let (name, params) = self.random.pick(&found).clone();
        let args = self.parts(&params, depth.min(2) + 1);
        Some(format!("{name}({args})"))
    }

    /// A call of the method that every struct and the interface have.
    fn method_call(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        if *ty != Ty::INT || self.random.chance(50) {
            return None;
        }
        let found: Vec<String> = self
            .vars
            .iter()
            .filter(|v| match &v.ty {
                Ty::Iface => true,
                Ty::Struct(_) => true,
                Ty::Ptr(t) => matches!(**t, Ty::Struct(_)),
                _ => false,
            })
            .map(|v| v.name.clone())
            .collect();
        if found.is_empty() || !self.methods_ready {
            return None;
        }
        let name = self.random.pick(&found).clone();
        let arg = self.expr(&Ty::INT, depth.min(2));
        Some(format!("{name}.m({arg})"))
    }

    fn bool_expr(&mut self, depth: usize) -> String {
        match self.random.below(6) {
            0 => format!("!{}", self.atom(&Ty::Bool, depth)),
            1 => {
                let op = *self.random.pick(&["&&", "||"]);
                format!(
                    "({} {op} {})",
                    self.variable(&Ty::Bool, depth),
                    self.variable(&Ty::Bool, depth)
                )
            }
            2 => {
                let ty = self.ty(2);
                if !ty.comparable(&self.structs) {
                    return self.bool_expr(depth);
                }
                let op = *self.random.pick(&["==", "!="]);
                let (a, b) = (self.variable(&ty, depth), self.variable(&ty, depth));
                format!("(id({a}) {op} id({b}))")
            }
            _ => {
                let ty = match self.random.below(4) {
                    0 => Ty::Str,
                    1 => Ty::Float64,
                    _ => Ty::Int(*self.random.pick(&INTS)),
                };
                let op = *self.random.pick(&["<", "<=", ">", ">=", "==", "!="]);
                let (a, b) = (self.variable(&ty, depth), self.variable(&ty, depth));
                format!("({a} {op} {b})")
            }
        }
    }

    fn atom(&mut self, ty: &Ty, depth: usize) -> String {
        format!("({})", self.variable(ty, depth))
    }

    fn int_expr(&mut self, int: Int, depth: usize) -> String {
        let ty = Ty::Int(int);
        let name = int.name;
        match self.random.below(20) {
            0..=8 => {
                let op = *self.random.pick(&["+", "-", "*", "&", "|", "^", "&^"]);
                format!(
                    "({} {op} {})",
                    self.variable(&ty, depth),
                    self.expr(&ty, depth)
                )
            }
            9 | 10 => {
                let op = *self.random.pick(&["/", "%"]);
                let (a, b) = (self.variable(&ty, depth), self.variable(&ty, depth));
                if self.features.panics && self.random.chance(10) {
                    format!("({a} {op} {b})")
                } else {
                    format!("({a} {op} ({b} | 1))")
                }
            }
            11 | 12 => {
                let op = *self.random.pick(&["<<", ">>"]);
                let count = Ty::Int(*self.random.pick(&INTS[5..]));
                let (a, n) = (self.variable(&ty, depth), self.variable(&count, depth));
                if self.random.chance(50) {
                    format!("({a} {op} ({n} & 31))")
                } else {
                    format!("({a} {op} {n})")
                }
            }
            13 => {
                let op = *self.random.pick(&["-", "^", "+"]);
                format!("({op}{})", self.atom(&ty, depth))
            }
            14..=16 => {
                let from = Ty::Int(*self.random.pick(&INTS));
                format!("{name}({})", self.variable(&from, depth))
            }
            17 => format!(
                "{name}(whole(float64({})))",
                self.variable(&Ty::Float64, depth)
            ),
            18 => {
                let of = match self.random.below(3) {
                    0 => self.variable(&Ty::Str, depth),
                    1 => self.variable(&Ty::Slice(Box::new(Ty::INT)), depth),
                    _ => {
                        let index = self.variable(&Ty::INT, depth);
                        let s = self.variable(&Ty::Str, depth);
                        return format!("{name}(byteAt({s}, {index}))");
                    }
                };
                format!("{name}(len({of}))")
            }
            _ => {
                let (cond, a, b) = (
                    self.variable(&Ty::Bool, depth),
                    self.expr(&ty, depth),
                    self.expr(&ty, depth),
                );
                format!("choose({cond}, {a}, {b})")
            }
        }
    }

    fn float_expr(&mut self, ty: &Ty, depth: usize) -> String {
        let name = ty.text(self.prefix);
        match self.random.below(10) {
            0..=5 => {
                let op = *self.random.pick(&["+", "-", "*", "/"]);
                let (a, b) = (self.variable(ty, depth), self.variable(ty, depth));
                // A conversion keeps products and sums from being fused.
                format!("{name}({a} {op} {b})")
            }
            6 => format!("(-{})", self.atom(ty, depth)),
            7 => {
                let int = Ty::Int(*self.random.pick(&INTS));
                format!("{name}({})", self.variable(&int, depth))
            }
            8 => {
                let other = if *ty == Ty::Float32 {
                    Ty::Float64
                } else {
                    Ty::Float32
                };
                format!("{name}({})", self.variable(&other, depth))
            }
            _ => format!("{name}(real({}))", self.variable(&Ty::Complex, depth)),
        }
    }

    fn complex_expr(&mut self, depth: usize) -> String {
        if self.random.chance(40) {
            let (re, im) = (
                self.variable(&Ty::Float64, depth),
                self.variable(&Ty::Float64, depth),
            );
            return format!("complex({re}, {im})");
        }
        let op = *self.random.pick(&["+", "-", "*"]);
        let (a, b) = (
            self.variable(&Ty::Complex, depth),
            self.variable(&Ty::Complex, depth),
        );
        format!("({a} {op} {b})")
    }

    fn string_expr(&mut self, depth: usize) -> String {
        match self.random.below(6) {
            0 | 1 => {
                let (a, b) = (self.variable(&Ty::Str, depth), self.expr(&Ty::Str, depth));
                format!("cut({a} + {b})")
            }
            2 => {
                let s = self.variable(&Ty::Str, depth);
                let n = self.variable(&Ty::INT, depth);
                if self.features.panics && self.random.chance(10) {
                    format!("{s}[{n}:]")
                } else {
                    format!("tail({s}, {n})")
                }
            }
            3 => {
                let int = Ty::Int(*self.random.pick(&INTS[1..4]));
                format!("string(rune({}))", self.variable(&int, depth))
            }
            4 => format!("string([]byte({}))", self.variable(&Ty::Str, depth)),
            _ => {
                let bytes = Ty::Slice(Box::new(Ty::BYTE));
                format!("cut(string({}))", self.variable(&bytes, depth))
            }
        }
    }

    fn slice_expr(&mut self, ty: &Ty, elem: &Ty, depth: usize) -> String {
        match self.random.below(4) {
            0 => {
                // The capacity is its length, so that append copies.
                let (s, v) = (self.variable(ty, depth), self.expr(elem, depth));
                format!("append(clip({s}), {v})")
            }
            1 => format!(
                "tailOf({}, {})",
                self.variable(ty, depth),
                self.variable(&Ty::INT, 1)
            ),
            2 if *elem == Ty::BYTE => format!("[]byte({})", self.variable(&Ty::Str, depth)),
            _ => self.literal(ty, depth.min(2)).text,
        }
    }
}
