//! One generated program: its types, functions and main function.

use super::code::{Decl, Stmt};
use super::types::{Ty, basic};
use crate::random::Random;

/// The parts of the language that programs may use beside the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Features {
    /// `map` types.
    pub maps: bool,
    /// Run-time panics, `defer` and `recover`.
    pub panics: bool,
    /// Goroutines, channels, `select`, package `sync`.
    pub goroutines: bool,
    /// Functions with type parameters.
    pub generics: bool,
    /// Range over functions.
    pub iterators: bool,
}

/// A variable in scope.
#[derive(Clone, Debug)]
pub struct Var {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Whether a statement may assign to it.
    pub assignable: bool,
    /// Whether memory that it refers to belongs to the function: a function called in an expression may change no
    /// other.
    pub owned: bool,
}

impl Var {
    /// A variable that is only read.
    pub fn new(name: &str, ty: Ty) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            assignable: false,
            owned: false,
        }
    }
}

/// A function that expressions may call.
pub struct Func {
    /// Its name.
    pub name: String,
    /// Types of its parameters.
    pub params: Vec<Ty>,
    /// Type of its result.
    pub result: Ty,
}

/// The state of generating a program.
pub struct Gen<'a> {
    /// Where its randomness comes from.
    pub random: Random,
    /// What stands before the names of its declarations.
    pub prefix: &'a str,
    /// What it may use.
    pub features: Features,
    /// The fields of its struct types.
    pub structs: Vec<Vec<Ty>>,
    /// Functions to call.
    pub funcs: Vec<Func>,
    /// Variables in scope.
    pub vars: Vec<Var>,
    /// Whether the methods are declared by now.
    pub methods_ready: bool,
    /// Whether statements belong to a function that expressions call, which changes only what it owns.
    pub pure: bool,
    /// Whether the expression stands in a function literal.
    pub in_literal: bool,
    /// How many expressions are around the one that is made.
    pub nesting: usize,
    /// How many loops are around the statement, so that run times stay short.
    pub loops: usize,
    decls: Vec<Decl>,
    names: usize,
}

/// Declarations of the program with this seed; `{prefix}main` runs it.
pub fn program(seed: u64, prefix: &str, features: Features) -> Vec<Decl> {
    let mut this = Gen {
        random: Random::new(seed, 0),
        prefix,
        features,
        structs: Vec::new(),
        funcs: Vec::new(),
        vars: Vec::new(),
        methods_ready: false,
        pure: true,
        in_literal: false,
        nesting: 0,
        loops: 0,
        decls: Vec::new(),
        names: 0,
    };
    this.types();
    for _ in 0..this.random.between(1, 3) {
        this.func();
    }
    this.methods();
    for _ in 0..this.random.between(0, 2) {
        this.func();
    }
    this.main();
    this.decls
}

impl Gen<'_> {
    /// A new name.
    pub fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// The variables of a type.
    pub fn visible<'b>(&'b self, ty: &'b Ty) -> impl Iterator<Item = &'b Var> {
        self.vars.iter().filter(move |v| v.ty == *ty)
    }

    /// Whether the method of a struct type has a pointer receiver.
    pub fn pointer_methods(&self, structure: usize) -> bool {
        structure % 2 == 1
    }

    /// A type; `depth` bounds how deeply it is composed.
    pub fn ty(&mut self, depth: usize) -> Ty {
        if depth == 0 || self.random.chance(45) {
            return basic(&mut self.random);
        }
        let part = |this: &mut Self| Box::new(this.ty(depth - 1));
        match self.random.below(9) {
            0 => Ty::Array(self.random.between(1, 4), part(self)),
            1 | 2 => Ty::Slice(part(self)),
            3 if self.features.maps => {
                let key = self.ty(1);
                if key.key(&self.structs) {
                    Ty::Map(Box::new(key), part(self))
                } else {
                    Ty::Map(Box::new(Ty::Str), part(self))
                }
            }
            4 if self.features.panics => Ty::Ptr(part(self)),
            5 if self.features.panics => Ty::Func(Box::new(basic(&mut self.random)), part(self)),
            6 if self.features.panics && !self.structs.is_empty() => Ty::Iface,
            7 => Ty::Any,
            _ if !self.structs.is_empty() => Ty::Struct(self.random.below(self.structs.len())),
            _ => basic(&mut self.random),
        }
    }

    fn types(&mut self) {
        for i in 0..self.random.between(1, 3) {
            let fields: Vec<Ty> = (0..self.random.between(1, 5))
                .map(|_| match self.ty(1) {
                    // These would make the type hold itself or be of little use.
                    Ty::Iface | Ty::Any | Ty::Func(..) => Ty::INT,
                    ty => ty,
                })
                .collect();
            let texts: Vec<String> = fields
                .iter()
                .enumerate()
                .map(|(f, ty)| format!("f{f} {}", ty.text(self.prefix)))
                .collect();
            let text = format!("type {}S{i} struct {{ {} }}", self.prefix, texts.join("; "));
            self.decls.push(Decl::line(text));
            self.digest(i, &fields);
            self.structs.push(fields);
        }
        let text = format!("type {}I interface {{ m(x int) int }}", self.prefix);
        self.decls.push(Decl::line(text));
    }

    /// The method of a struct type that makes a number of its fields.
    fn digest(&mut self, i: usize, fields: &[Ty]) {
        let line = |(f, ty): (usize, &Ty)| {
            Stmt::Line(match ty {
                Ty::Array(..) | Ty::Slice(_) => {
                    format!("for _, e := range recv.f{f} {{ h = mix(h, e) }}")
                }
                Ty::Map(..) => format!("h = mix(h, len(recv.f{f}))"),
                Ty::Ptr(_) | Ty::Func(..) => format!("h = mix(h, recv.f{f} == nil)"),
                _ => format!("h = mix(h, recv.f{f})"),
            })
        };
        let mut body = vec![Stmt::Line("h := 1".to_owned())];
        body.extend(fields.iter().enumerate().map(line));
        self.decls.push(Decl {
            open: format!("func (recv {}S{i}) digest() int {{", self.prefix),
            body,
            close: "\treturn h\n}".to_owned(),
        });
    }

    /// A function that expressions call.
    fn func(&mut self) {
        let name = self.fresh("f");
        let name = format!("{}{name}", self.prefix);
        let params: Vec<Ty> = (0..self.random.between(0, 4)).map(|_| self.ty(2)).collect();
        let result = self.ty(2);
        self.vars.clear();
        self.pure = true;
        let mut texts = Vec::new();
        for ty in &params {
            let param = self.fresh("p");
            texts.push(format!("{param} {}", ty.text(self.prefix)));
            self.vars.push(Var {
                assignable: true,
                ..Var::new(&param, ty.clone())
            });
        }
        let result_text = result.text(self.prefix);
        let texts = texts.join(", ");
        let mut body = Vec::new();
        let recovers = self.features.panics && self.random.chance(30);
        let open = if recovers {
            let at = self.vars.len();
            self.vars.push(Var {
                assignable: true,
                ..Var::new("res", result.clone())
            });
            let value = self.expr(&result, 1);
            self.vars.truncate(at);
            let recovered = Stmt::Line(format!("if recover() != nil {{ res = {value} }}"));
            body.push(Stmt::Blocks(
                vec![("defer func() {".to_owned(), vec![recovered])],
                "}()",
            ));
            format!("func {name}({texts}) (res {result_text}) {{")
        } else {
            format!("func {name}({texts}) {result_text} {{")
        };
        let mut stmts = self.stmts(3, 2);
        body.append(&mut stmts);
        let value = self.expr(&result, 3);
        self.decls.push(Decl {
            open,
            body,
            close: format!("\treturn {value}\n}}"),
        });
        self.funcs.push(Func {
            name,
            params,
            result,
        });
    }

    /// The method of each struct type.
    fn methods(&mut self) {
        for i in 0..self.structs.len() {
            self.vars.clear();
            self.pure = true;
            let receiver = if self.pointer_methods(i) {
                // A nil receiver is allowed, and a method that reads its fields panics.
                self.vars
                    .push(Var::new("recv", Ty::Ptr(Box::new(Ty::Struct(i)))));
                format!("*{}S{i}", self.prefix)
            } else {
                self.vars.push(Var::new("recv", Ty::Struct(i)));
                format!("{}S{i}", self.prefix)
            };
            self.vars.push(Var {
                assignable: true,
                ..Var::new("arg", Ty::INT)
            });
            let body = self.stmts(2, 1);
            let value = self.expr(&Ty::INT, 3);
            self.decls.push(Decl {
                open: format!("func (recv {receiver}) m(arg int) int {{"),
                body,
                close: format!("\treturn {value}\n}}"),
            });
        }
        self.methods_ready = true;
    }

    fn main(&mut self) {
        self.vars.clear();
        self.pure = false;
        let mut body = Vec::new();
        for _ in 0..6 {
            let ty = self.ty(3);
            self.declare(&ty, &mut body);
        }
        // What the first variables hold at the end is shown even if a statement panics.
        let mut shown = Vec::new();
        for var in self.vars.clone() {
            let mut show = Vec::new();
            self.show(&var.name, &var.ty, 3, &mut show);
            if self.features.panics {
                show.insert(
                    0,
                    Stmt::Line("defer func() { showPanic(recover()) }()".to_owned()),
                );
                show = vec![Stmt::Blocks(vec![("func() {".to_owned(), show)], "}()")];
            }
            shown.append(&mut show);
        }
        let shown = Stmt::Blocks(vec![("show := func() {".to_owned(), shown)], "}");
        body.push(shown);
        if self.features.panics {
            body.push(Stmt::Line("defer show()".to_owned()));
        }
        let mut stmts = self.stmts(14, 3);
        body.append(&mut stmts);
        if !self.features.panics {
            body.push(Stmt::Line("show()".to_owned()));
        }
        self.decls.push(Decl {
            open: format!("func {}main() {{", self.prefix),
            body,
            close: "}".to_owned(),
        });
    }
}
