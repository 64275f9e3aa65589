//! The directives of a package: what is marked, and how.
//!
//! ```text
//! //polkago:scale                  a type: encoded as its underlying type is
//! //polkago:scale enum             an integer type with constants, or an interface with variants
//! //polkago:scale Call 3           a type: variant 3 of the interface Call of the same package
//! //polkago:api Core 5             a struct or interface type: a runtime API
//! //polkago:version                a package variable: the runtime version
//! ```

use crate::error::{Code, Finding};
use polkago_syntax::{Decl, Directive, DirectiveList, File, Pos, Span, TypeDecl};
use polkago_types::{FileRef, NamedId, ObjId, Package, Store, TypeKind};

/// A type that is marked.
#[derive(Clone, Debug)]
pub(crate) struct MarkedType {
    /// The type.
    pub named: NamedId,
    /// Its object.
    pub obj: ObjId,
    /// Where it is declared.
    pub at: DeclAt,
    /// Whether it is an enumeration.
    pub is_enum: bool,
    /// The variants that it is.
    pub variants: Vec<VariantMark>,
}

/// A declaration of a package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeclAt {
    /// The file.
    pub file: u32,
    /// The index among the file's declarations.
    pub decl: u32,
    /// The declared name.
    pub span: Span,
}

/// `//polkago:scale Call 3`.
#[derive(Clone, Debug)]
pub(crate) struct VariantMark {
    /// The interface as written.
    pub interface: String,
    /// The index.
    pub index: u8,
    /// The directive.
    pub span: Span,
}

/// `//polkago:api Core 5`.
#[derive(Clone, Debug)]
pub(crate) struct ApiMark {
    /// The name of the API.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The type.
    pub named: NamedId,
    /// Where it is declared.
    pub at: DeclAt,
    /// The directive.
    pub span: Span,
}

/// `//polkago:version`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionMark {
    /// The variable.
    pub obj: ObjId,
    /// Where it is declared.
    pub at: DeclAt,
}

/// What the directives of a package mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directives {
    /// Types with an encoding, in the order of the source.
    pub types: Vec<MarkedType>,
    /// Runtime APIs, in the order of the source.
    pub apis: Vec<ApiMark>,
    /// Runtime versions.
    pub versions: Vec<VersionMark>,
    /// What is wrong with directives by themselves.
    pub findings: Vec<Finding>,
}

/// Whether a directive is one of ours, and the text behind the prefix.
fn ours<'a>(tree: &'a File, directive: &Directive) -> Option<&'a str> {
    tree.text(directive.text).strip_prefix("polkago:")
}

/// The directive without slashes.
fn span(tree: &File, directive: &Directive) -> Span {
    let start = directive.pos.0 + 2;
    let len = tree.text(directive.text).len() as u32;
    Span {
        start: Pos(start),
        end: Pos(start + len),
    }
}

/// Whether a package has directives of ours at all.
pub(crate) fn has_directives(package: &Package) -> bool {
    package.files.iter().any(|file| {
        let mut directives = file.tree.directives.iter();
        directives.any(|d| ours(&file.tree, d).is_some())
    })
}

/// Reads the directives of a package.
pub(crate) fn read(store: &Store, package: &Package) -> Directives {
    let mut reader = Reader {
        store,
        package,
        out: Directives::default(),
    };
    if has_directives(package) {
        for file in 0..package.files.len() {
            reader.file(file as u32);
        }
    }
    reader.out
}

struct Reader<'a> {
    store: &'a Store,
    package: &'a Package,
    out: Directives,
}

impl Reader<'_> {
    fn error(&mut self, file: u32, span: Span, msg: impl Into<String>) {
        let file = FileRef {
            pkg: self.package.id,
            file,
        };
        let finding = Finding::new(file, span, Code::BadSdkDirective, msg);
        self.out.findings.push(finding);
    }

    fn file(&mut self, file: u32) {
        let tree = &self.package.files[file as usize].tree;
        let mut placed = vec![false; tree.directives.len()];
        for (index, decl) in tree.decls.iter().enumerate() {
            let list = match decl {
                Decl::Type(decl) => decl.directives,
                Decl::Var(decl) => decl.directives,
                Decl::Func(decl) => decl.directives,
                Decl::Import(_) | Decl::Const(_) | Decl::Bad(_) => continue,
            };
            if matches!(decl, Decl::Type(_) | Decl::Var(_)) {
                placed[range(list)].fill(true);
            }
            match decl {
                Decl::Type(decl) => self.type_decl(file, index as u32, decl),
                Decl::Var(decl) => {
                    for directive in tree.directives(list) {
                        let Some(text) = ours(tree, directive) else {
                            continue;
                        };
                        let span = span(tree, directive);
                        if text != "version" {
                            let msg = format!("//polkago:{text} is not about variables");
                            self.error(file, span, msg);
                            continue;
                        }
                        let [name] = decl.names[..] else {
                            self.error(file, span, "//polkago:version is about one variable");
                            continue;
                        };
                        let obj = self.package.info[file as usize].defs[name].expand();
                        let at = declared_at(tree, file, index as u32, name);
                        if let Some(obj) = obj {
                            self.out.versions.push(VersionMark { obj, at });
                        }
                    }
                }
                Decl::Func(_) | Decl::Import(_) | Decl::Const(_) | Decl::Bad(_) => {}
            }
        }
        for (directive, placed) in tree.directives.iter().zip(placed) {
            if ours(tree, directive).is_some() && !placed {
                let text = tree.text(directive.text);
                let msg = format!(
                    "misplaced //{text}: it stands before the type or variable that it is about"
                );
                self.error(file, span(tree, directive), msg);
            }
        }
    }

    fn type_decl(&mut self, file: u32, index: u32, decl: &TypeDecl) {
        let tree = &self.package.files[file as usize].tree;
        let directives: Vec<Directive> = tree.directives(decl.directives).to_vec();
        let at = declared_at(tree, file, index, decl.name);
        let obj = self.package.info[file as usize].defs[decl.name].expand();
        let named =
            obj.and_then(|obj| self.store.obj_type(obj))
                .and_then(|t| match *self.store.kind(t) {
                    TypeKind::Named(named) => Some(named),
                    _ => None,
                });
        let mut marked: Option<MarkedType> = None;
        for directive in &directives {
            let Some(text) = ours(tree, directive) else {
                continue;
            };
            let span = span(tree, directive);
            if decl.alias {
                self.error(file, span, format!("//polkago:{text} is not about aliases"));
                continue;
            }
            let (Some(obj), Some(named)) = (obj, named) else {
                continue; // The declaration has an error of its own.
            };
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            match words[..] {
                ["scale", ref words @ ..] => {
                    let mark = marked.get_or_insert_with(|| MarkedType {
                        named,
                        obj,
                        at,
                        is_enum: false,
                        variants: Vec::new(),
                    });
                    match words {
                        [] => {}
                        ["enum"] => mark.is_enum = true,
                        [interface, number] => match number.parse::<u8>() {
                            Ok(index) => mark.variants.push(VariantMark {
                                interface: (*interface).to_owned(),
                                index,
                                span,
                            }),
                            Err(_) => {
                                let msg =
                                    format!("index {number} of a variant: it is from 0 to 255");
                                self.error(file, span, msg);
                            }
                        },
                        _ => self.error(
                            file,
                            span,
                            "usage: //polkago:scale, //polkago:scale enum, or //polkago:scale INTERFACE INDEX",
                        ),
                    }
                }
                ["api", name, version] => {
                    let Ok(version) = version.parse::<u32>() else {
                        let msg = format!("version {version} of a runtime API: it is a number");
                        self.error(file, span, msg);
                        continue;
                    };
                    if !is_api_name(name) {
                        let msg = format!(
                            "name {name} of a runtime API: it is letters and digits, and begins with an upper-case letter"
                        );
                        self.error(file, span, msg);
                        continue;
                    }
                    self.out.apis.push(ApiMark {
                        name: (*name).to_owned(),
                        version,
                        named,
                        at,
                        span,
                    });
                }
                ["api", ..] => self.error(file, span, "usage: //polkago:api NAME VERSION"),
                ["version", ..] => {
                    self.error(file, span, "//polkago:version is not about types");
                }
                _ => self.error(file, span, format!("unknown directive //polkago:{text}")),
            }
        }
        self.out.types.extend(marked);
    }
}

fn range(list: DirectiveList) -> std::ops::Range<usize> {
    list.start as usize..(list.start + list.len) as usize
}

fn declared_at(tree: &File, file: u32, decl: u32, name: polkago_syntax::IdentId) -> DeclAt {
    let start = tree.idents[name].pos;
    let len = tree.ident_text(name).len() as u32;
    let span = Span {
        start,
        end: Pos(start.0 + len),
    };
    DeclAt { file, decl, span }
}

/// Whether a text can be the name of a runtime API.
fn is_api_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
