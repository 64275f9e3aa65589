//! Compiler directives before declarations, and functions without body: rules that the official compiler adds to those
//! of the language (`cmd/compile`, *Compiler Directives*). Where a directive may stand is the parser's business.

use crate::check::PackageKind;
use crate::checker::Checker;
use crate::errors::Code;
use polkago_syntax::{Decl, DirectiveList, FuncDecl, Pos, StmtKind, VarDecl};
use rustc_hash::FxHashSet;

/// Where errors about a directive are reported: behind its slashes.
pub(crate) fn after_slashes(pos: Pos) -> Pos {
    Pos(pos.0 + 2)
}

/// The words of a directive; what double quotes enclose is one word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first == '"' {
            match rest[1..].find('"') {
                Some(end) => end + 2,
                None => break,
            }
        } else {
            rest.find(|c: char| c.is_whitespace() || c == '"')
                .unwrap_or(rest.len())
        };
        words.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    words
}

/// The usage of a directive of cgo's that is not used like that.
fn wrong_cgo_usage(text: &str) -> Option<&'static str> {
    let words = words(text);
    let (verb, arguments) = words.split_first()?;
    let quoted: Vec<bool> = arguments.iter().map(|word| word.starts_with('"')).collect();
    let (usage, right) = match verb.as_str() {
        "go:cgo_export_static" => (
            "usage: //go:cgo_export_static local [remote]",
            matches!(quoted[..], [false] | [false, false]),
        ),
        "go:cgo_export_dynamic" => (
            "usage: //go:cgo_export_dynamic local [remote]",
            matches!(quoted[..], [false] | [false, false]),
        ),
        "go:cgo_import_dynamic" => (
            "usage: //go:cgo_import_dynamic local [remote [\"library\"]]",
            matches!(quoted[..], [false] | [false, false] | [false, false, true]),
        ),
        "go:cgo_import_static" => (
            "usage: //go:cgo_import_static local",
            matches!(quoted[..], [false]),
        ),
        "go:cgo_dynamic_linker" => (
            "usage: //go:cgo_dynamic_linker \"path\"",
            matches!(quoted[..], [true]),
        ),
        "go:cgo_ldflag" => (
            "usage: //go:cgo_ldflag \"arg\"",
            matches!(quoted[..], [true]),
        ),
        _ => return None,
    };
    (!right).then_some(usage)
}

impl<'a> Checker<'a> {
    /// Reports directives that only std or generated code may have.
    pub(crate) fn reserved_directives(&mut self) {
        if self.kind == PackageKind::Std {
            return;
        }
        for file in 0..self.files.len() {
            self.enter_file(file);
            let tree = self.tree();
            for directive in &tree.directives {
                let text = tree.text(directive.text);
                let verb = text.split(' ').next().unwrap_or(text);
                let at = after_slashes(directive.pos);
                match verb {
                    "go:systemstack"
                    | "go:nowritebarrier"
                    | "go:nowritebarrierrec"
                    | "go:yeswritebarrierrec" => {
                        let msg = format!("//{verb} only allowed in runtime");
                        self.error(at, Code::BadDirective, msg);
                    }
                    "go:uintptrkeepalive" => {
                        let msg = format!("//{verb} is only allowed in the standard library");
                        self.error(at, Code::BadDirective, msg);
                    }
                    _ if verb.starts_with("go:cgo_") => {
                        // Some modules name libraries of the system.
                        let named = verb == "go:cgo_import_dynamic" && words(text).len() >= 4;
                        if !named {
                            let msg = format!("//{text} only allowed in cgo-generated code");
                            self.error(at, Code::BadDirective, msg);
                        }
                        if let Some(usage) = wrong_cgo_usage(text) {
                            self.error(at, Code::BadDirective, usage);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Checks what stands before variables and functions, once there are no other errors.
    pub(crate) fn declaration_directives(&mut self) {
        let linknamed = self.linknamed();
        for file in 0..self.files.len() {
            self.enter_file(file);
            let tree = self.tree();
            let imports_embed = tree.decls.iter().any(
                |decl| matches!(decl, Decl::Import(decl) if tree.text(decl.path).trim_matches(['"', '`']) == "embed"),
            );
            for decl in &tree.decls {
                match decl {
                    Decl::Var(var) => self.embed_rules(var, imports_embed, false),
                    Decl::Func(func) => self.body_rules(func, &linknamed),
                    Decl::Import(_) | Decl::Const(_) | Decl::Type(_) | Decl::Bad(_) => {}
                }
            }
            for stmt in tree.stmt.values() {
                let StmtKind::Decl(decls) = &stmt.kind else {
                    continue;
                };
                for decl in decls {
                    if let Decl::Var(var) = decl {
                        self.embed_rules(var, imports_embed, true);
                    }
                }
            }
        }
    }

    /// The names that `//go:linkname` directives give another symbol: their bodies may be elsewhere.
    fn linknamed(&self) -> FxHashSet<&'a str> {
        let directives = self.files.iter().flat_map(|file| {
            let texts = file.tree.directives.iter();
            texts.map(|directive| file.tree.text(directive.text))
        });
        directives
            .filter_map(|text| {
                let rest = text.strip_prefix("go:linkname ")?;
                rest.split_whitespace().next()
            })
            .collect()
    }

    /// Checks a variable with `//go:embed`.
    fn embed_rules(&mut self, var: &VarDecl, imports_embed: bool, in_func: bool) {
        let tree = self.tree();
        let Some(embed) = tree
            .directives(var.directives)
            .iter()
            .find(|directive| tree.text(directive.text).starts_with("go:embed "))
        else {
            return;
        };
        let msg = if !imports_embed {
            "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)"
        } else if var.names.len() > 1 {
            "go:embed cannot apply to multiple vars"
        } else if !tree.exprs(var.values).is_empty() {
            "go:embed cannot apply to var with initializer"
        } else if in_func {
            "go:embed cannot apply to var inside func"
        } else if self.go_version < 16 {
            "go:embed requires go1.16 or later"
        } else {
            return;
        };
        self.error(after_slashes(embed.pos), Code::BadDirective, msg);
    }

    /// Checks that a function has a body where it must, and none where it must not.
    fn body_rules(&mut self, func: &FuncDecl, linknamed: &FxHashSet<&str>) {
        let name = self.ident_text(func.name);
        // What the official compiler calls the declaration's place: behind the keyword.
        let place = match func.recv {
            Some(_) => Pos(func.span.start.0 + "func ".len() as u32),
            None => self.tree().idents[func.name].pos,
        };
        let error = |check: &mut Self, code, msg: &str| check.error(place, code, msg);
        let has = |verb: &str| self.has_directive(func.directives, verb);
        let (systemstack, nosplit) = (has("go:systemstack"), has("go:nosplit"));
        let (noescape, wasmimport) = (has("go:noescape"), has("go:wasmimport"));
        let (keepalive, escapes) = (has("go:uintptrkeepalive"), has("go:uintptrescapes"));
        if systemstack && nosplit {
            let msg = "go:nosplit and go:systemstack cannot be combined";
            error(self, Code::BadDirective, msg);
        }
        if func.body.is_some() {
            if noescape {
                let msg = "can only use //go:noescape with external func implementations";
                error(self, Code::BadDirective, msg);
            }
            if keepalive && !escapes && !nosplit {
                let msg = "go:uintptrkeepalive requires go:nosplit";
                error(self, Code::BadDirective, msg);
            }
        } else if name != "_"
            && (self.kind == PackageKind::Plain || name == "init")
            && !wasmimport
            && (func.recv.is_some() || !linknamed.contains(name))
        {
            error(self, Code::MissingBody, "missing function body");
        }
    }

    /// Whether a directive stands before a declaration.
    fn has_directive(&self, list: DirectiveList, verb: &str) -> bool {
        let tree = self.tree();
        tree.directives(list).iter().any(|directive| {
            let text = tree.text(directive.text);
            text.split(' ').next() == Some(verb)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_enclose_words() {
        assert_eq!(words("go:x a \"b c\"d"), ["go:x", "a", "\"b c\"", "d"]);
        assert_eq!(words("go:x \"open"), ["go:x"]);
    }

    #[test]
    fn usage_of_cgo_directives() {
        assert_eq!(wrong_cgo_usage("go:cgo_ldflag \"-lm\""), None);
        assert!(wrong_cgo_usage("go:cgo_ldflag -lm").is_some());
        assert_eq!(wrong_cgo_usage("go:cgo_import_dynamic a b \"c\""), None);
        assert!(wrong_cgo_usage("go:cgo_import_dynamic a \"c\"").is_some());
        assert_eq!(wrong_cgo_usage("go:cgo_unsafe_args"), None);
    }
}
