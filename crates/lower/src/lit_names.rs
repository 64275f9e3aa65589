//! The names of function literals, and of the bodies of range statements over functions, as traces of the official
//! compiler show them: `F.func2` is the second literal in `F`, `F.func2.1` the first one in that, and `F-range1` the
//! body of the first range statement. A literal in such a body counts as one of the function around the statement.

use crate::cx::Source;
use polkago_syntax::{BlockId, Decl, ExprId, ExprKind, File, Pos, StmtId, StmtKind};
use polkago_types::{FileInfo, Package};
use rustc_hash::FxHashMap;

/// The names of a package, each as what it adds to that of the declaration around it.
#[derive(Debug, Default)]
pub(crate) struct LitNames {
    lits: FxHashMap<(u32, ExprId), String>,
    ranges: FxHashMap<(u32, StmtId), String>,
    /// The types declared in functions, aliases aside, in the order of the source: file, place of the name.
    types: Vec<(u32, Pos)>,
}

/// What gets a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Lit(ExprId),
    Range(StmtId),
}

/// How many literals and range statements a function has had so far.
#[derive(Clone, Copy, Default)]
struct Counts {
    lits: u32,
    ranges: u32,
}

/// A literal that is open.
struct Open {
    end: u32,
    name: String,
    counts: Counts,
}

/// What gets a name in a file among what begins where `within` holds: start, end, node, in the order of the source.
fn named_nodes(
    tree: &File,
    info: &FileInfo,
    within: impl Fn(u32) -> bool,
) -> Vec<(u32, u32, Node)> {
    let lits = (tree.expr.iter())
        .filter(|(_, e)| matches!(e.kind, ExprKind::FuncLit { .. }))
        .map(|(id, e)| (e.span.start.0, e.span.end.0, Node::Lit(id)));
    let over_func = |kind: &StmtKind| matches!(kind, StmtKind::Range { body, .. } if info.range_captures.contains_key(body));
    let ranges = (tree.stmt.iter())
        .filter(|(_, s)| over_func(&s.kind))
        .map(|(id, s)| (s.span.start.0, s.span.end.0, Node::Range(id)));
    let nodes = lits.chain(ranges);
    let mut nodes: Vec<_> = nodes.filter(|&(start, ..)| within(start)).collect();
    nodes.sort_unstable();
    nodes
}

impl LitNames {
    /// Names what is in a package, but for range statements in the bodies whose check was put off.
    pub fn of(pkg: &Package) -> Self {
        let mut this = Self::default();
        // What stands outside of functions is counted through all files.
        let mut outside = Counts::default();
        for (file, (source, info)) in pkg.files.iter().zip(&pkg.info).enumerate() {
            let tree = &source.tree;
            let nodes = named_nodes(tree, info, |_| true);
            let funcs = tree.decls.iter().filter_map(|d| match d {
                Decl::Func(f) => Some((f.span.start.0, f.span.end.0)),
                _ => None,
            });
            let funcs: Vec<_> = funcs.collect();
            this.file(file as u32, &nodes, &funcs, &mut outside);
            for (_, stmt) in tree.stmt.iter() {
                let StmtKind::Decl(decls) = &stmt.kind else {
                    continue;
                };
                this.types
                    .extend(decls.iter().filter_map(|decl| match decl {
                        Decl::Type(t) if !t.alias => Some((file as u32, tree.idents[t.name].pos)),
                        _ => None,
                    }));
            }
        }
        this.types.sort_unstable();
        this
    }

    /// Names what is in a function body whose check was put off, of which [`Self::of`] has no range statements.
    pub fn of_body(source: Source<'_>, body: BlockId) -> Self {
        let mut this = Self::default();
        let block = &source.tree.blocks[body];
        let (start, end) = (block.lbrace.0, block.rbrace.0);
        let nodes = named_nodes(source.tree, source.info, |at| start <= at && at <= end);
        let (funcs, mut outside) = ([(start, end)], Counts::default());
        this.file(source.file, &nodes, &funcs, &mut outside);
        this
    }

    /// Names nodes of a file, given in the order of the source, as are the functions in it.
    fn file(
        &mut self,
        file: u32,
        nodes: &[(u32, u32, Node)],
        funcs: &[(u32, u32)],
        outside: &mut Counts,
    ) {
        let mut funcs = funcs.iter().copied().peekable();
        let mut inside = Counts::default();
        let mut open: Vec<Open> = Vec::new();
        for &(start, end, node) in nodes {
            while funcs.next_if(|&(_, end)| end <= start).is_some() {
                inside = Counts::default();
            }
            while open.pop_if(|o| o.end <= start).is_some() {}
            let (counts, outer) = match (open.last_mut(), funcs.peek()) {
                (Some(o), _) => (&mut o.counts, Some(o.name.as_str())),
                (None, Some(&(from, _))) if from <= start => (&mut inside, None),
                (None, _) => (&mut *outside, None),
            };
            match node {
                Node::Lit(lit) => {
                    counts.lits += 1;
                    let n = counts.lits;
                    let name = match outer {
                        Some(outer) => format!("{outer}.{n}"),
                        None => format!(".func{n}"),
                    };
                    self.lits.insert((file, lit), name.clone());
                    open.push(Open {
                        end,
                        name,
                        counts: Counts::default(),
                    });
                }
                Node::Range(stmt) => {
                    counts.ranges += 1;
                    let name = format!("{}-range{}", outer.unwrap_or_default(), counts.ranges);
                    self.ranges.insert((file, stmt), name);
                }
            }
        }
    }

    /// The number of a type declared in a function, from 1.
    pub fn local_type(&self, file: u32, name: Pos) -> Option<usize> {
        let found = self.types.binary_search(&(file, name));
        found.ok().map(|n| n + 1)
    }

    /// The name of a literal.
    pub fn lit(&self, file: u32, lit: ExprId) -> &str {
        self.lits.get(&(file, lit)).map_or("", String::as_str)
    }

    /// The name of the body of a range statement.
    pub fn range(&self, file: u32, stmt: StmtId) -> &str {
        self.ranges.get(&(file, stmt)).map_or("", String::as_str)
    }
}
