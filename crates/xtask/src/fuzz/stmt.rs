//! Statements of generated programs.

use super::code::Stmt;
use super::program::{Gen, Var};
use super::types::{INTS, Ty, basic};

fn line(text: impl Into<String>) -> Stmt {
    Stmt::Line(text.into())
}

fn block(open: impl Into<String>, body: Vec<Stmt>) -> Stmt {
    Stmt::Blocks(vec![(open.into(), body)], "}")
}

/// A loop that ends when the program has run for too long.
fn burning(open: impl Into<String>, mut body: Vec<Stmt>) -> Stmt {
    body.insert(0, line("if burn() { break }"));
    block(open, body)
}

impl Gen<'_> {
    /// Up to about `most` statements, nested up to `depth` deep. Variables that they declare stay in scope.
    pub fn stmts(&mut self, most: usize, depth: usize) -> Vec<Stmt> {
        let mut body = Vec::new();
        for _ in 0..self.random.between(1, most) {
            self.stmt(depth, &mut body);
        }
        body
    }

    /// A block with a scope of its own; `first` are statements at its beginning.
    fn scope(&mut self, first: Vec<Stmt>, vars: Vec<Var>, most: usize, depth: usize) -> Vec<Stmt> {
        let at = self.vars.len();
        self.vars.extend(vars);
        let mut body = first;
        body.append(&mut self.stmts(most, depth));
        self.vars.truncate(at);
        body
    }

    /// Declares a variable with a value.
    pub fn declare(&mut self, ty: &Ty, body: &mut Vec<Stmt>) {
        let name = self.fresh("v");
        let value = self.expr(ty, 3);
        let text = ty.text(self.prefix);
        body.push(line(format!("var {name} {text} = {value}; _ = {name}")));
        self.vars.push(Var {
            name,
            ty: ty.clone(),
            assignable: true,
            owned: !self.pure,
        });
    }

    fn stmt(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        if depth == 0 {
            return self.simple(body);
        }
        let depth = depth - 1;
        match self.random.below(33) {
            0..=3 => {
                let ty = self.ty(3);
                self.declare(&ty, body);
            }
            4..=6 => self.branch(depth, body),
            7 | 8 => self.count_loop(depth, body),
            9 | 10 => self.range_loop(depth, body),
            11 => self.switch(depth, body),
            12 => self.type_switch(depth, body),
            13 => self.closure(depth, body),
            14 if self.features.panics => self.protected(depth, body),
            15 if self.features.goroutines && !self.pure && self.loops == 0 => {
                self.goroutines(body);
            }
            16 if self.features.iterators => self.iterator(depth, body),
            17 => self.labelled(depth, body),
            18 | 19 if !self.pure => {
                let ty = basic(&mut self.random);
                let value = self.expr(&ty, 4);
                self.show(&value, &ty, 0, body);
            }
            20..=23 => self.idiom(depth, body),
            _ => self.simple(body),
        }
    }

    /// A place to assign to, and its type.
    fn place(&mut self) -> Option<(String, Ty)> {
        let vars: Vec<Var> = self
            .vars
            .iter()
            .filter(|v| v.assignable || v.owned)
            .cloned()
            .collect();
        if vars.is_empty() {
            return None;
        }
        let var = self.random.pick(&vars).clone();
        let (mut text, mut ty) = (var.name.clone(), var.ty.clone());
        let mut whole = true;
        // What is not owned may be assigned as a whole, or in parts that are its own memory.
        while self.random.chance(60) || whole && !var.assignable {
            let before = text.clone();
            (text, ty) = match ty.clone() {
                Ty::Array(n, elem) => {
                    let index = self.expr(&Ty::INT, 1);
                    (format!("{text}[uint(id({index})) % {n}]"), *elem)
                }
                Ty::Struct(i) => {
                    let f = self.random.below(self.structs[i].len());
                    (format!("{text}.f{f}"), self.structs[i][f].clone())
                }
                Ty::Slice(elem) if var.owned && self.features.panics && self.random.chance(10) => {
                    let index = self.expr(&Ty::INT, 1);
                    (format!("{text}[id({index})]"), *elem)
                }
                Ty::Slice(elem) if var.owned => {
                    let index = self.expr(&Ty::INT, 1);
                    (format!("(*slot({text}, {index}))"), *elem)
                }
                Ty::Ptr(elem) if var.owned => (format!("(*{text})"), *elem),
                Ty::Map(key, elem) if var.owned && whole => {
                    let key = self.expr(&key, 1);
                    return Some((format!("{text}[{key}]"), *elem));
                }
                _ if whole && !var.assignable => return None,
                _ => break,
            };
            whole &= text == before;
        }
        Some((text, ty))
    }

    fn simple(&mut self, body: &mut Vec<Stmt>) {
        let Some((place, ty)) = self.place() else {
            let ty = self.ty(1);
            return self.declare(&ty, body);
        };
        let text = match (&ty, self.random.below(4)) {
            (Ty::Int(_), 0) => format!("{place}{}", self.random.pick(&["++", "--"])),
            (Ty::Int(_), 1) => {
                let op = *self
                    .random
                    .pick(&["+=", "-=", "*=", "&=", "|=", "^=", "&^="]);
                format!("{place} {op} {}", self.expr(&ty, 2))
            }
            (Ty::Float32 | Ty::Float64, 0) => format!("{place} += {}", self.expr(&ty, 2)),
            (Ty::Str, 0) => format!("{place} = cut({place} + {})", self.expr(&ty, 2)),
            (Ty::Slice(elem), 0) => {
                // Loops append a bounded number of times, so that memory stays small.
                let value = self.expr(elem, 2);
                format!("if len({place}) < 50 {{ {place} = append({place}, {value}) }}")
            }
            (Ty::Slice(_), 1) => format!("{place} = tailOf({place}, {})", self.expr(&Ty::INT, 1)),
            (Ty::Map(key, _), 0) => {
                // A nil map has nothing to delete, which is no error.
                let key = self.expr(key, 1);
                if self.pure {
                    format!("_ = {place}[{key}]")
                } else {
                    format!("delete({place}, {key})")
                }
            }
            _ => format!("{place} = {}", self.expr(&ty, 3)),
        };
        body.push(line(text));
    }

    fn branch(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let cond = self.expr(&Ty::Bool, 3);
        let mut blocks = vec![(
            format!("if {cond} {{"),
            self.scope(Vec::new(), Vec::new(), 3, depth),
        )];
        if self.random.chance(30) {
            let cond = self.expr(&Ty::Bool, 2);
            blocks.push((
                format!("}} else if {cond} {{"),
                self.scope(Vec::new(), Vec::new(), 2, depth),
            ));
        }
        if self.random.chance(50) {
            blocks.push((
                "} else {".to_owned(),
                self.scope(Vec::new(), Vec::new(), 3, depth),
            ));
        }
        body.push(Stmt::Blocks(blocks, "}"));
    }

    fn count_loop(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let name = self.fresh("i");
        let most = if self.loops == 0 { 9 } else { 3 };
        let n = self.random.between(1, most);
        let (open, ty) = match self.random.below(3) {
            0 => (format!("for {name} := range {n} {{"), Ty::INT),
            1 => {
                let int = *self.random.pick(&INTS);
                let open = format!("for {name} := {}({n}); {name} > 0; {name}-- {{", int.name);
                (open, Ty::Int(int))
            }
            _ => (
                format!("for {name} := 0; {name} < {n}; {name}++ {{"),
                Ty::INT,
            ),
        };
        self.loops += 1;
        let used = line(format!("_ = {name}"));
        let mut inner = self.scope(vec![used], vec![Var::new(&name, ty)], 4, depth);
        if self.random.chance(40) {
            let word = *self.random.pick(&["break", "continue"]);
            let cond = self.expr(&Ty::Bool, 2);
            let at = self.random.below(inner.len() + 1);
            // What it asks is in scope at the beginning of the loop.
            inner.insert(
                if at == 0 { 0 } else { inner.len() },
                line(format!("if {cond} {{ {word} }}")),
            );
        }
        self.loops -= 1;
        body.push(burning(open, inner));
    }

    fn range_loop(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let (key, value) = (self.fresh("k"), self.fresh("e"));
        let elem = self.ty(1);
        let (over, key_ty, value_ty) = match self.random.below(4) {
            0 => (Ty::Str, Ty::INT, Ty::Int(INTS[3])),
            1 => {
                let n = self.random.between(1, 4);
                (Ty::Array(n, Box::new(elem.clone())), Ty::INT, elem)
            }
            2 if self.features.maps && !self.pure => return self.map_loop(body),
            _ => (Ty::Slice(Box::new(elem.clone())), Ty::INT, elem),
        };
        let over = self.expr(&over, 2);
        self.loops += 1;
        let used = line(format!("_, _ = {key}, {value}"));
        let vars = vec![
            Var::new(&key, key_ty),
            Var {
                assignable: true,
                ..Var::new(&value, value_ty)
            },
        ];
        let inner = self.scope(vec![used], vars, 3, depth);
        self.loops -= 1;
        // A composite literal would end the statement's header.
        body.push(burning(
            format!("for {key}, {value} := range ({over}) {{"),
            inner,
        ));
    }

    /// Ranges over a map. What is done with each entry does not depend on their order.
    fn map_loop(&mut self, body: &mut Vec<Stmt>) {
        let maps: Vec<(String, Ty, Ty)> = self
            .vars
            .iter()
            .filter_map(|v| match &v.ty {
                Ty::Map(k, e) => Some((v.name.clone(), (**k).clone(), (**e).clone())),
                _ => None,
            })
            .collect();
        if maps.is_empty() {
            let ty = Ty::Map(Box::new(Ty::INT), Box::new(Ty::INT));
            return self.declare(&ty, body);
        }
        let (map, key_ty, value_ty) = self.random.pick(&maps).clone();
        let (key, value, sum) = (self.fresh("k"), self.fresh("e"), self.fresh("v"));
        let at = self.vars.len();
        self.vars.push(Var::new(&key, key_ty.clone()));
        self.vars.push(Var::new(&value, value_ty));
        let amount = self.expr(&Ty::INT, 2);
        self.vars.truncate(at);
        let mut inner = vec![
            line(format!("_, _ = {key}, {value}")),
            line(format!("{sum} += {amount}")),
        ];
        if self.random.chance(30) && !key_ty.refers() {
            inner.push(line(format!("delete({map}, {key})")));
        }
        body.push(line(format!("var {sum} int; _ = {sum}")));
        body.push(block(
            format!("for {key}, {value} := range {map} {{"),
            inner,
        ));
        self.vars.push(Var {
            assignable: true,
            ..Var::new(&sum, Ty::INT)
        });
    }

    fn switch(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let on = self.expr(&Ty::INT, 3);
        let n = self.random.between(2, 6);
        let mut blocks = vec![(format!("switch uint(id({on})) % {n} {{"), Vec::new())];
        for case in 0..n {
            let mut inner = self.scope(Vec::new(), Vec::new(), 2, depth);
            if case + 1 < n && self.random.chance(15) {
                inner.push(line("fallthrough"));
            }
            let word = if case + 1 == n {
                "default:".to_owned()
            } else {
                format!("case {case}:")
            };
            blocks.push((word, inner));
        }
        body.push(Stmt::Blocks(blocks, "}"));
    }

    fn type_switch(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let on = self.expr(&Ty::Any, 2);
        let name = self.fresh("t");
        let mut blocks = vec![(format!("switch {name} := ({on}).(type) {{"), Vec::new())];
        let mut seen: Vec<String> = Vec::new();
        for _ in 0..self.random.between(1, 4) {
            let ty = self.ty(1);
            let text = ty.text(self.prefix);
            // int32 and rune, uint8 and byte are the same; each type may stand once.
            if seen.contains(&text) || ty == Ty::Any {
                continue;
            }
            seen.push(text.clone());
            let used = line(format!("_ = {name}"));
            let inner = self.scope(vec![used], vec![Var::new(&name, ty)], 2, depth);
            blocks.push((format!("case {text}:"), inner));
        }
        let used = line(format!("_ = {name}"));
        let inner = self.scope(vec![used], Vec::new(), 1, 0);
        blocks.push(("default:".to_owned(), inner));
        body.push(Stmt::Blocks(blocks, "}"));
    }

    /// A function literal that changes variables around it, and calls of it.
    fn closure(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let (name, param) = (self.fresh("g"), self.fresh("p"));
        let ty = self.ty(1);
        let vars = vec![Var {
            assignable: true,
            ..Var::new(&param, ty.clone())
        }];
        let inner = self.scope(vec![line(format!("_ = {param}"))], vars, 3, depth);
        let text = ty.text(self.prefix);
        body.push(block(format!("{name} := func({param} {text}) {{"), inner));
        for _ in 0..self.random.between(1, 2) {
            let arg = self.expr(&ty, 2);
            body.push(line(format!("{name}({arg})")));
        }
    }

    /// Statements that may panic, in a function that recovers, with deferred calls.
    fn protected(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let mut inner = Vec::new();
        for _ in 0..self.random.between(0, 2) {
            let deferred = self.scope(Vec::new(), Vec::new(), 2, 0);
            inner.push(Stmt::Blocks(
                vec![("defer func() {".to_owned(), deferred)],
                "}()",
            ));
        }
        inner.append(&mut self.scope(Vec::new(), Vec::new(), 3, depth));
        match self.random.below(4) {
            0 => {
                let value = self.expr(&Ty::Any, 2);
                inner.push(line(format!("if id(true) {{ panic({value}) }}")));
            }
            1 => inner.push(line("return")),
            _ => {}
        }
        let recovers = if self.pure {
            "defer func() { recover() }()"
        } else {
            "defer func() { showPanic(recover()) }()"
        };
        inner.insert(0, line(recovers));
        body.push(Stmt::Blocks(vec![("func() {".to_owned(), inner)], "}()"));
    }

    /// Ranges over a function.
    fn iterator(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let (key, value) = (self.fresh("k"), self.fresh("e"));
        let ty = self.ty(1);
        let over = self.expr(&Ty::Slice(Box::new(ty.clone())), 2);
        self.loops += 1;
        let vars = vec![Var::new(&key, Ty::INT), Var::new(&value, ty)];
        let used = line(format!("_, _ = {key}, {value}"));
        let mut inner = self.scope(vec![used], vars, 3, depth);
        if self.random.chance(40) {
            let cond = self.expr(&Ty::Bool, 1);
            let word = *self.random.pick(&["break", "continue"]);
            inner.push(line(format!("if {cond} {{ {word} }}")));
        }
        self.loops -= 1;
        body.push(burning(
            format!("for {key}, {value} := range each({over}) {{"),
            inner,
        ));
    }

    /// Nested loops that are left through a label.
    fn labelled(&mut self, depth: usize, body: &mut Vec<Stmt>) {
        let (label, i, j) = (self.fresh("L"), self.fresh("i"), self.fresh("j"));
        self.loops += 2;
        let at = self.vars.len();
        self.vars.push(Var::new(&i, Ty::INT));
        self.vars.push(Var::new(&j, Ty::INT));
        let word = *self.random.pick(&["break", "continue"]);
        let cond = self.expr(&Ty::Bool, 2);
        let mut inner = vec![
            line(format!("_, _ = {i}, {j}")),
            line(format!("if {cond} {{ {word} {label} }}")),
        ];
        inner.append(&mut self.stmts(2, depth));
        self.vars.truncate(at);
        self.loops -= 2;
        let nested = burning(format!("for {j} := range 3 {{"), inner);
        body.push(line(format!("{label}:")));
        body.push(block(format!("for {i} := range 3 {{"), vec![nested]));
    }

    /// Goroutines whose outcome does not depend on their order.
    fn goroutines(&mut self, body: &mut Vec<Stmt>) {
        let (ch, sum, i) = (self.fresh("c"), self.fresh("v"), self.fresh("i"));
        let n = self.random.between(1, 5);
        let size = self.random.below(4);
        let at = self.vars.len();
        self.vars.push(Var::new(&i, Ty::INT));
        let value = self.expr(&Ty::INT, 3);
        self.vars.truncate(at);
        let panics = self.features.panics;
        let guard = if panics {
            "defer func() { recover() }(); "
        } else {
            ""
        };
        let compute = format!("func() (r int) {{ _ = {i}; {guard}return {value} }}()");
        body.push(line(format!("var {sum} int; _ = {sum}")));
        body.push(line(format!("{ch} := make(chan int, {size})")));
        match self.random.below(4) {
            0 => {
                // One result of each of several.
                body.push(line(format!(
                    "for {i} := range {n} {{ go func() {{ {ch} <- {compute} }}() }}"
                )));
                body.push(line(format!("for range {n} {{ {sum} += <-{ch} }}")));
            }
            1 => {
                // A sequence that keeps its order.
                body.push(line(format!(
                    "go func() {{ defer close({ch}); for {i} := range {n} {{ {ch} <- {compute} }} }}()"
                )));
                body.push(line(format!(
                    "for x := range {ch} {{ {sum} = {sum}*31 + x }}"
                )));
            }
            2 => {
                let (wg, mu) = (self.fresh("w"), self.fresh("u"));
                body.push(line(format!(
                    "var {wg} sync.WaitGroup; var {mu} sync.Mutex"
                )));
                body.push(line(format!(
                    "for {i} := range {n} {{ _ = {i}; {wg}.Add(1); go func() {{ defer {wg}.Done(); x := {compute}; {mu}.Lock(); {sum} += x; {mu}.Unlock() }}() }}"
                )));
                body.push(line(format!("{wg}.Wait(); close({ch})")));
            }
            _ => {
                let done = self.fresh("c");
                body.push(line(format!("{done} := make(chan bool)")));
                body.push(line(format!(
                    "go func() {{ for {i} := range {n} {{ {ch} <- {compute} }}; close({done}) }}()"
                )));
                body.push(line(format!(
                    "for open := true; open; {{ select {{ case x := <-{ch}: {sum} += x; case <-{done}: open = false }} }}"
                )));
                body.push(line(format!(
                    "for more := true; more; {{ select {{ case x := <-{ch}: {sum} += x; default: more = false }} }}"
                )));
            }
        }
        self.vars.push(Var {
            assignable: true,
            ..Var::new(&sum, Ty::INT)
        });
    }

    /// Prints a value.
    pub fn show(&mut self, value: &str, ty: &Ty, depth: usize, body: &mut Vec<Stmt>) {
        match ty {
            Ty::Bool | Ty::Int(_) => body.push(line(format!("println({value})"))),
            Ty::Str => body.push(line(format!("showString({value})"))),
            Ty::Float32 => body.push(line(format!("showFloat32({value})"))),
            Ty::Float64 => body.push(line(format!("showFloat64({value})"))),
            Ty::Complex => body.push(line(format!("showComplex({value})"))),
            _ if depth == 0 => {}
            Ty::Array(n, elem) => {
                for i in 0..*n {
                    self.show(&format!("{value}[{i}]"), elem, depth - 1, body);
                }
            }
            Ty::Slice(elem) => {
                let name = self.fresh("e");
                let mut inner = vec![line(format!("_ = {name}"))];
                self.show(&name, elem, depth - 1, &mut inner);
                body.push(line(format!("println(len({value}), {value} == nil)")));
                body.push(block(format!("for _, {name} := range {value} {{"), inner));
            }
            Ty::Map(..) => body.push(line(format!("println(len({value}))"))),
            Ty::Ptr(elem) => {
                let mut inner = Vec::new();
                self.show(&format!("(*{value})"), elem, depth - 1, &mut inner);
                body.push(line(format!("println({value} == nil)")));
                body.push(block(format!("if {value} != nil {{"), inner));
            }
            Ty::Struct(i) => {
                for (f, ty) in self.structs[*i].clone().iter().enumerate() {
                    self.show(&format!("{value}.f{f}"), ty, depth - 1, body);
                }
            }
            Ty::Func(param, result) => {
                let arg = self.expr(param, 1);
                self.show(&format!("{value}({arg})"), result, depth - 1, body);
            }
            Ty::Iface => body.push(line(format!("println({value}.m(3))"))),
            Ty::Any => body.push(line(format!("showAny({value})"))),
        }
    }
}
